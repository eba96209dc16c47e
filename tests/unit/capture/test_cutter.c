#include "capture/cutter.h"

#include <criterion/criterion.h>

#include "tests/unit/capture/smb.h"
#include "tests/unit/net/frame.h"

enum { SMB_PORT = 445, CLIENT_PORT = 49153 };
enum { CLIENT_START = -16, SERVER_START = 7000 }; /* the first wraps */
enum { TCP_HEADERS = 14 + 20 + 20, TAG_BYTES = 4, SEGMENT_BYTES = 9000 };

static const char secret[] = "GUEST-MEMORY-MUST-NOT-BE-KEPT";

struct segment {
    uint8_t bytes[SEGMENT_BYTES];
    uint32_t n;
};

/* What of a segment the tests vary. */
struct say {
    bool to_client;
    uint16_t client_port; /* 0: CLIENT_PORT */
    uint16_t vlan;        /* 0: no tag */
    uint8_t flags;
    uint32_t seq;
    uint32_t ack;
};

static void put_u16(struct segment *s, uint32_t value)
{
    s->bytes[s->n++] = (uint8_t)(value >> 8);
    s->bytes[s->n++] = (uint8_t)value;
}

static void put_u32(struct segment *s, uint32_t value)
{
    put_u16(s, value >> 16);
    put_u16(s, value & 0xffff);
}

static void put(struct segment *s, const void *bytes, uint32_t n_bytes)
{
    memcpy(s->bytes + s->n, bytes, n_bytes);
    s->n += n_bytes;
}

static struct segment segment_of(struct say say, const void *payload, uint32_t n_bytes)
{
    uint16_t client_port = say.client_port ? say.client_port : CLIENT_PORT;
    struct segment s = { .n = 0 };

    put(&s, "\2\0\0\0\0\2\2\0\0\0\0\1", 12);
    if (say.vlan) {
        put_u16(&s, 0x8100);
        put_u16(&s, say.vlan);
    }
    put_u16(&s, 0x0800);
    put_u16(&s, 0x4500);
    put_u16(&s, 40 + n_bytes);
    put(&s, "\0\1\x40\0\x40\6\0\0", 8);
    put_u32(&s, say.to_client ? 0x0a140002 : 0x0a140001);
    put_u32(&s, say.to_client ? 0x0a140001 : 0x0a140002);
    put_u16(&s, say.to_client ? SMB_PORT : client_port);
    put_u16(&s, say.to_client ? client_port : SMB_PORT);
    put_u32(&s, say.seq);
    put_u32(&s, say.ack);
    put_u16(&s, 0x5000u | say.flags);
    put(&s, "\1\0\0\0\0\0", 6);
    put(&s, payload, n_bytes);
    return s;
}

/* Bytes kept of a segment's payload. */
static uint32_t keep(struct cutter *c, struct say say, const void *payload, uint32_t n_bytes)
{
    struct segment s = segment_of(say, payload, n_bytes);
    struct packet p;
    uint32_t header_bytes = TCP_HEADERS + (say.vlan ? TAG_BYTES : 0);
    uint32_t kept = cutter_keep(c, LINK_ETHERNET, s.bytes, s.n, s.n, &p);

    cr_expect(kept >= header_bytes && kept <= s.n);
    cr_expect_eq(p.payload_bytes, n_bytes);
    return kept - header_bytes;
}

static struct cutter *cutter(void)
{
    struct cutter *c;

    cr_assert_eq(cutter_new(&c, SMB_PORT, NULL), 0);
    return c;
}

static void connect_as(struct cutter *c, struct say say)
{
    say.flags = TCP_SYN;
    say.seq = (uint32_t)CLIENT_START - 1;
    cr_expect_eq(keep(c, say, "", 0), 0);
    say.to_client = true;
    say.flags = TCP_SYN | TCP_ACK;
    say.ack = CLIENT_START;
    say.seq = SERVER_START - 1;
    cr_expect_eq(keep(c, say, "", 0), 0);
}

static const struct say to_server = { .flags = TCP_ACK, .seq = CLIENT_START };
static const struct say to_client = { .flags = TCP_ACK, .seq = SERVER_START, .to_client = true };

static struct smb write_request(void)
{
    struct smb m = { .n = 0 };

    smb_add_write(&m, secret, sizeof(secret));
    return m;
}

enum { WRITE_HEAD = SMB_FRAMING + SMB_HEADER + SMB_WRITE };

Test(cutter, keeps_smb_headers_of_both_directions)
{
    AUTO(cutter) c = cutter();
    struct smb m = write_request();

    connect_as(c, (struct say){ 0 });
    cr_assert_eq(keep(c, to_server, m.bytes, m.n), WRITE_HEAD);
    cr_assert_eq(keep(c, to_client, m.bytes, m.n), WRITE_HEAD);
}

Test(cutter, keeps_no_smb_of_a_connection_whose_start_it_did_not_see)
{
    AUTO(cutter) c = cutter();
    struct smb m = write_request();

    cr_assert_eq(keep(c, to_server, m.bytes, m.n), 0);
    cr_assert_eq(keep(c, to_client, m.bytes, m.n), 0);
}

Test(cutter, takes_a_syn_for_a_start_only_when_it_was_answered)
{
    AUTO(cutter) c = cutter();
    struct smb m = write_request();

    keep(c, (struct say){ .flags = TCP_SYN, .seq = (uint32_t)CLIENT_START - 1 }, "", 0);
    cr_assert_eq(keep(c, to_server, m.bytes, m.n), 0);
    keep(c,
         (struct say){
             .flags = TCP_SYN | TCP_ACK, .to_client = true, .ack = (uint32_t)CLIENT_START + 1 },
         "", 0);
    cr_assert_eq(keep(c, to_server, m.bytes, m.n), 0);
    connect_as(c, (struct say){ 0 });
    cr_assert_eq(keep(c, to_server, m.bytes, m.n), WRITE_HEAD);
}

Test(cutter, is_not_moved_by_a_syn_that_strays_in)
{
    AUTO(cutter) c = cutter();
    struct smb m = write_request();
    struct say stray = { .flags = TCP_SYN, .seq = (uint32_t)CLIENT_START + WRITE_HEAD - 1 };

    connect_as(c, (struct say){ 0 });
    keep(c, stray, "", 0);
    cr_assert_eq(keep(c, to_server, m.bytes, m.n), WRITE_HEAD);
}

Test(cutter, follows_a_connection_that_begins_anew)
{
    AUTO(cutter) c = cutter();
    struct smb m = write_request();
    struct say lost = to_server;

    connect_as(c, (struct say){ 0 });
    lost.seq += 1;
    cr_assert_eq(keep(c, lost, m.bytes, m.n), 0);
    cr_assert_eq(keep(c, to_server, m.bytes, m.n), 0);
    connect_as(c, (struct say){ 0 });
    cr_assert_eq(keep(c, to_server, m.bytes, m.n), WRITE_HEAD);
}

Test(cutter, keeps_connections_apart_by_port_and_vlan)
{
    AUTO(cutter) c = cutter();
    struct smb m = write_request();
    struct say other_port = to_server, tagged = to_server;

    connect_as(c, (struct say){ 0 });
    other_port.client_port = CLIENT_PORT + 1;
    cr_expect_eq(keep(c, other_port, m.bytes, m.n), 0);
    tagged.vlan = 20;
    cr_expect_eq(keep(c, tagged, m.bytes, m.n), 0);
    connect_as(c, (struct say){ .vlan = 20 });
    cr_expect_eq(keep(c, tagged, m.bytes, m.n), WRITE_HEAD);
    cr_expect_eq(keep(c, to_server, m.bytes, m.n), WRITE_HEAD);
}

Test(cutter, forgets)
{
    AUTO(cutter) c = cutter();
    struct smb m = write_request();

    connect_as(c, (struct say){ 0 });
    cutter_forget(c);
    cr_assert_eq(keep(c, to_server, m.bytes, m.n), 0);
}

Test(cutter, takes_no_payload_of_a_reset_for_the_stream)
{
    AUTO(cutter) c = cutter();
    struct smb m = write_request();
    struct say reset = to_server;

    connect_as(c, (struct say){ 0 });
    reset.flags = TCP_RST;
    cr_assert_eq(keep(c, reset, m.bytes, m.n), 0);
    cr_assert_eq(keep(c, to_server, m.bytes, m.n), WRITE_HEAD);
}

Test(cutter, follows_a_limited_number_of_connections)
{
    enum { FIRST = 1024, MANY = 8 * MAX_CUTTER_CONNECTIONS };
    AUTO(cutter) c = cutter();
    struct smb m = write_request();
    struct say say = to_server;
    uint32_t n_followed = 0;

    for (uint16_t i = 0; i < MANY; i++)
        connect_as(c, (struct say){ .client_port = FIRST + i });
    for (uint16_t i = 0; i < MANY; i++) {
        say.client_port = FIRST + i;
        n_followed += keep(c, say, m.bytes, m.n) == WRITE_HEAD;
    }
    cr_assert_eq(n_followed, MAX_CUTTER_CONNECTIONS);
    /* The newest is one of them. */
    say.seq += m.n;
    cr_assert_eq(keep(c, say, m.bytes, m.n), WRITE_HEAD);
}

Test(cutter, keeps_no_more_than_the_headers_of_a_migration)
{
    AUTO(cutter) c = cutter();
    struct frame f =
        frame_of(ETHERNET("08 00") IPV4("00 30", "06") TCP("60", "18") "01 01 01 00 " DATA);
    struct packet p;

    cr_assert_eq(cutter_keep(c, LINK_ETHERNET, f.bytes, f.n_bytes, f.n_bytes, &p), f.n_bytes - 4);
    cr_assert_eq(p.destination_port, 6600);
}

Test(cutter, keeps_no_more_than_there_is_of_each_shorter_frame)
{
    AUTO(cutter) c = cutter();
    struct smb m = write_request();
    struct segment s = segment_of(to_server, m.bytes, m.n);
    struct packet p;

    for (uint32_t n = 0; n <= s.n; n++) {
        uint8_t *bytes = malloc(n ? n : 1);
        uint32_t kept;

        memcpy(bytes, s.bytes, n);
        connect_as(c, (struct say){ 0 });
        kept = cutter_keep(c, LINK_ETHERNET, bytes, n, s.n, &p);
        free(bytes);
        cr_expect(kept <= n && kept <= TCP_HEADERS + WRITE_HEAD);
        if (n >= TCP_HEADERS + SMB_FRAMING + 4)
            cr_expect_eq(kept, n < TCP_HEADERS + WRITE_HEAD ? n : TCP_HEADERS + WRITE_HEAD);
    }
}

/* Bytes kept of a frame written in hexadecimal. */
static uint32_t kept_of(const char *hex)
{
    AUTO(cutter) c = cutter();
    struct frame f = frame_of(hex);
    struct packet p;

    return cutter_keep(c, LINK_ETHERNET, f.bytes, f.n_bytes, f.n_bytes, &p);
}

#define MEMORY "47 55 45 53 54 2d 4d 45 4d 4f 52 59 2d 4d 55 53 54 2d 4e 4f 54 "

Test(cutter, keeps_no_padding)
{
    cr_assert_eq(kept_of(ETHERNET("08 00") IPV4("00 28", "06") TCP("50", "10") MEMORY), 54);
}

Test(cutter, keeps_udp_up_to_its_header)
{
    cr_assert_eq(kept_of(ETHERNET("08 00") IPV4("00 31", "11") UDP("00 1d") MEMORY), 42);
}

Test(cutter, keeps_the_transport_header_of_roce)
{
    cr_assert_eq(kept_of(ETHERNET("08 00") IPV4("00 31", "11") "c0 01 12 b7 00 1d 00 00 " MEMORY),
                 42 + 12);
    cr_assert_eq(kept_of(ETHERNET("08 00") IPV4("00 20", "11") "c0 01 12 b7 00 0c 00 00 " MEMORY),
                 42 + 4);
}

Test(cutter, keeps_index_and_number_of_esp)
{
    cr_assert_eq(kept_of(ETHERNET("08 00") IPV4("00 29", "32") MEMORY), 34 + 8);
}

Test(cutter, keeps_arp)
{
    cr_assert_eq(kept_of(ETHERNET("08 06") MEMORY MEMORY), 14 + 28);
    cr_assert_eq(kept_of(ETHERNET("08 06") MEMORY), 14 + 21);
}

Test(cutter, keeps_only_the_link_header_of_what_is_no_ip)
{
    cr_assert_eq(kept_of(ETHERNET("88 cc") MEMORY), 14);
}

Test(cutter, keeps_no_bytes_of_an_unknown_link_type)
{
    AUTO(cutter) c = cutter();
    struct packet p;

    cr_assert_eq(cutter_keep(c, 105, (const uint8_t *)secret, sizeof(secret), sizeof(secret), &p),
                 0);
}

Test(cutter, keeps_of_an_icmp_error_the_quoted_headers)
{
    /* unreachable; of the quoted packet the whole of TCP, or 8 bytes of it */
    cr_expect_eq(kept_of(ETHERNET("08 00") IPV4("00 59", "01") "03 04 00 00 00 00 05 dc " IPV4(
                     "05 dc", "06") TCP("50", "10") MEMORY),
                 34 + 8 + 40);
    cr_expect_eq(kept_of(ETHERNET("08 00") IPV4("00 38", "01") "03 04 00 00 00 00 05 dc " IPV4(
                     "05 dc", "06") "c0 01 19 c8  11 22 33 44 "),
                 34 + 8 + 28);
    cr_expect_eq(kept_of(ETHERNET("08 00") IPV4("00 49", "01") "03 04 00 00 00 00 05 dc " IPV4(
                     "05 dc", "11") UDP("05 c8") MEMORY),
                 34 + 8 + 28);
    cr_expect_eq(kept_of(ETHERNET("86 dd") IPV6("00 59", "3a") "02 00 00 00 00 00 05 dc " IPV6(
                     "05 dc", "06") TCP("50", "10") MEMORY),
                 54 + 8 + 60);
}

Test(cutter, keeps_of_other_icmp_its_header)
{
    cr_assert_eq(kept_of(ETHERNET("08 00") IPV4("00 31", "01") "08 00 00 00 00 01 00 01 " MEMORY),
                 34 + 8);
}

Test(cutter, keeps_of_a_later_fragment_what_is_ip)
{
    cr_assert_eq(kept_of(ETHERNET("08 00") "45 00 00 29 12 34 00 10 40 01 00 00 0a 14 00 01 "
                                           "0a 14 00 02 " MEMORY),
                 34);
}
