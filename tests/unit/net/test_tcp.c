#include <criterion/criterion.h>

#include "tests/unit/net/frame.h"

#define TIMESTAMPS "01 01 08 0a 01 02 03 04 05 06 07 08 "

Test(packet_tcp, tells_its_fields)
{
    struct packet p;

    cr_assert_eq(frame_decode(&p, LINK_RAW, IPV4_PACKET), PACKET_OK);
    cr_assert(packet_is_sample(&p));
    cr_assert_eq(p.options_hash, 0);
    cr_assert_eq(p.mss, 0);
}

Test(packet_tcp, needs_every_byte_of_the_header)
{
    cr_assert_eq(frame_find_bad_prefix(LINK_RAW, IPV4_PACKET, 40), UINT32_MAX);
    cr_assert_eq(frame_find_bad_prefix(LINK_RAW, IPV6_PACKET, 60), UINT32_MAX);
}

/* A snap length of 64 leaves 10 bytes of TCP behind Ethernet and IPv6. */
Test(packet_tcp, tells_ports_and_seq_of_a_cut_header)
{
    struct frame f = frame_of(ETHERNET("86 dd") IPV6("05 b4", "06") TCP("80", "18") TIMESTAMPS);
    struct packet p;

    cr_assert_eq(frame_decode_cut(&p, LINK_ETHERNET, &f, 64, 1514), PACKET_CUT);
    cr_assert(p.has_ports);
    cr_assert_eq(p.source_port, 49153);
    cr_assert_eq(p.destination_port, 6600);
    cr_assert(p.has_seq);
    cr_assert_eq(p.seq, 0x11223344);
    cr_assert(!p.has_tcp);
    cr_assert_eq(p.ack, 0);
    cr_assert_eq(p.tcp_flags, 0);
    cr_assert_eq(p.tcp_header_bytes, 0);
    cr_assert_eq(p.payload_bytes, 1460);
}

Test(packet_tcp, has_no_window_before_it_was_captured)
{
    struct frame f = frame_of(IPV4_PACKET);
    struct packet p;

    cr_assert_eq(frame_decode_cut(&p, LINK_RAW, &f, 35, 44), PACKET_CUT);
    cr_assert(p.has_tcp);
    cr_assert_eq(p.ack, 0x55667788);
    cr_assert_eq(p.window, 0);
    cr_assert_eq(frame_decode_cut(&p, LINK_RAW, &f, 36, 44), PACKET_CUT);
    cr_assert_eq(p.window, 502);
}

Test(packet_tcp, counts_in_full_when_its_options_are_cut)
{
    struct frame f = frame_of(IPV4("05 dc", "06") TCP("80", "18") TIMESTAMPS);
    struct packet p;

    for (uint32_t n = 40; n <= 52; n++) {
        cr_assert_eq(frame_decode_cut(&p, LINK_RAW, &f, n, 1500), n < 52 ? PACKET_CUT : PACKET_OK);
        cr_assert(p.has_tcp);
        cr_assert_eq(p.tcp_header_bytes, 32);
        cr_assert_eq(p.payload_bytes, 1448);
        cr_assert_eq(p.options_hash != 0, n > 40);
    }
}

Test(packet_tcp, refuses_what_contradicts_itself)
{
    static const char *const packets[] = {
        IPV4("00 2c", "06") TCP("40", "18") DATA, /* 16 bytes of header */
        IPV4("00 2c", "06") TCP("00", "18") DATA,
        IPV4("00 2c", "06") TCP("70", "18") DATA, /* 28, and IP brings 24 */
        IPV4("00 27", "06") TCP("50", "18") DATA,
        IPV4("00 17", "06") TCP("50", "18") DATA,
    };
    struct packet p;

    for (unsigned i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
        cr_expect_eq(frame_decode(&p, LINK_RAW, packets[i]), PACKET_MALFORMED, "%u", i);
        cr_expect(!p.has_seq, "%u", i);
        cr_expect(!p.has_tcp, "%u", i);
    }
}

Test(packet_tcp, finds_the_mss_of_a_syn)
{
    static const struct {
        const char *hex;
        uint16_t mss;
    } packets[] = {
        /* MSS 8960, SACK permitted, timestamps, window scale */
        { IPV4("00 3c", "06")
              TCP("a0", "02") "02 04 23 00 04 02 08 0a 00 00 00 01 00 00 00 00 01 03 03 07 ",
          8960 },
        { IPV4("00 3c", "06")
              TCP("a0", "12") "01 01 04 02 08 0a 00 00 00 01 00 00 00 00 02 04 05 b4 01 00 ",
          1460 },
        /* no SYN; behind the end of the list; a length that is wrong, too small, too large */
        { IPV4("00 2c", "06") TCP("60", "10") "02 04 23 00 ", 0 },
        { IPV4("00 30", "06") TCP("70", "02") "00 00 00 00 02 04 23 00 ", 0 },
        { IPV4("00 30", "06") TCP("70", "02") "02 05 23 00 00 00 00 00 ", 0 },
        { IPV4("00 30", "06") TCP("70", "02") "08 01 02 04 23 00 00 00 ", 0 },
        { IPV4("00 30", "06") TCP("70", "02") "08 00 02 04 23 00 00 00 ", 0 },
        { IPV4("00 30", "06") TCP("70", "02") "08 20 02 04 23 00 00 00 ", 0 },
        { IPV4("00 2c", "06") TCP("60", "02") "01 01 02 04 ", 0 },
        { IPV4("00 2c", "06") TCP("60", "02") "01 01 01 02 ", 0 },
    };
    struct packet p;

    for (unsigned i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
        cr_expect_eq(frame_decode(&p, LINK_RAW, packets[i].hex), PACKET_OK, "%u", i);
        cr_expect_eq(p.mss, packets[i].mss, "%u", i);
    }
}

/* Every bit of the options counts, wherever it stands and however many there are. */
Test(packet_tcp, tells_different_options_apart)
{
    for (uint32_t n_options = 4; n_options <= 40; n_options += 4) {
        struct frame f = frame_of(IPV4("00 50", "06") TCP("50", "10"));
        struct packet p, other;

        f.n_bytes = 80;
        f.bytes[32] = (uint8_t)((20 + n_options) / 4 << 4);
        memset(f.bytes + 40, 1, n_options);
        cr_assert_eq(frame_decode_cut(&p, LINK_RAW, &f, 80, 80), PACKET_OK);
        cr_assert(p.options_hash != 0);
        frame_decode_cut(&other, LINK_RAW, &f, 80, 80);
        cr_assert_eq(p.options_hash, other.options_hash);
        for (uint32_t bit = 0; bit < 8 * n_options; bit++) {
            f.bytes[40 + bit / 8] ^= (uint8_t)(1u << bit % 8);
            frame_decode_cut(&other, LINK_RAW, &f, 80, 80);
            cr_expect(p.options_hash != other.options_hash, "bit %u of %u bytes", bit, n_options);
            f.bytes[40 + bit / 8] ^= (uint8_t)(1u << bit % 8);
        }
    }
}

Test(packet_udp, tells_its_fields)
{
    struct packet p;

    cr_assert_eq(frame_decode(&p, LINK_RAW, IPV4("00 20", "11") UDP("00 0c") DATA), PACKET_OK);
    cr_assert_eq(p.protocol, IP_UDP);
    cr_assert(p.has_ports);
    cr_assert_eq(p.source_port, 49153);
    cr_assert_eq(p.destination_port, 3343);
    cr_assert_eq(p.payload_bytes, 4);
    cr_assert(!p.has_seq);
    cr_assert(!p.has_tcp);
}

Test(packet_udp, needs_every_byte_of_the_header)
{
    struct frame f = frame_of(IPV4("00 20", "11") UDP("00 0c") DATA);
    struct packet p;

    for (uint32_t n = 0; n < f.n_bytes; n++) {
        cr_expect_eq(frame_decode_cut(&p, LINK_RAW, &f, n, f.n_bytes),
                     n < 28 ? PACKET_CUT : PACKET_OK, "%u", n);
        cr_expect_eq(p.has_ports, n >= 24, "%u", n);
        cr_expect_eq(p.payload_bytes, n < 20 ? 0u : n < 28 ? 12u : 4u, "%u", n);
    }
}

Test(packet_udp, believes_its_length_within_what_ip_brings)
{
    static const struct {
        const char *hex;
        enum packet_status status;
        uint32_t payload_bytes;
    } packets[] = {
        { IPV4("00 20", "11") UDP("00 0a") DATA, PACKET_OK, 2 }, /* shorter than IP says */
        { IPV4("00 20", "11") UDP("00 08") DATA, PACKET_OK, 0 }, /* empty */
        { IPV4("00 20", "11") UDP("00 00") DATA, PACKET_OK, 4 }, /* offload */
        { IPV4("00 20", "11") UDP("ff ff") DATA, PACKET_OK, 4 }, /* the first of many fragments */
        { IPV4("00 20", "11") UDP("00 07") DATA, PACKET_MALFORMED, 12 },
        { IPV4("00 1b", "11") UDP("00 0c") DATA, PACKET_MALFORMED, 7 },
    };
    struct packet p;

    for (unsigned i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
        cr_expect_eq(frame_decode(&p, LINK_RAW, packets[i].hex), packets[i].status, "%u", i);
        cr_expect_eq(p.payload_bytes, packets[i].payload_bytes, "%u", i);
    }
}
