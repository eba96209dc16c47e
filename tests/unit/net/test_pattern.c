#include "src/net/pattern.h"

#include <criterion/criterion.h>

#include "tests/unit/net/frame.h"

/* All 64 bytes at least: so much a pattern needs. */
#define PADDING "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
#define FRAME ETHERNET("08 00") IPV4_PACKET PADDING
#define FRAME_V6 ETHERNET("86 dd") IPV6_PACKET
#define FRAME_TAGGED ETHERNET("81 00") "60 14 08 00 " IPV4_PACKET PADDING
#define FRAME_V6_TAGGED ETHERNET("81 00") "00 14 86 dd " IPV6_PACKET

enum { IP_AT = 14 };

static struct packet_pattern pattern;
static struct frame frame;

/* The pattern of the frame as it is now. */
static bool remake(void)
{
    struct packet p;

    cr_assert_eq(packet_decode(&p, LINK_ETHERNET, frame.bytes, frame.n_bytes, frame.n_bytes),
                 PACKET_OK);
    return packet_pattern_make(&pattern, frame.bytes, frame.n_bytes, &p);
}

static bool make(const char *hex)
{
    frame = frame_of(hex);
    return remake();
}

static bool fits(void)
{
    struct segment segment;

    return packet_pattern_decode(&pattern, &segment, frame.bytes, frame.n_bytes);
}

/* The frame as it is now is predicted, and to the same as it is decoded. */
static void expect_same(void)
{
    struct segment predicted, expected;
    struct packet decoded;

    memset(&predicted, 0x5a, sizeof(predicted));
    cr_assert_eq(packet_decode(&decoded, LINK_ETHERNET, frame.bytes, frame.n_bytes, frame.n_bytes),
                 PACKET_OK);
    cr_assert(packet_pattern_decode(&pattern, &predicted, frame.bytes, frame.n_bytes));
    expected = segment_of(&decoded);
    cr_expect_eq(predicted.seq, decoded.seq);
    cr_expect_eq(predicted.ack, decoded.ack);
    cr_expect_eq(predicted.window, decoded.window);
    cr_expect_eq(predicted.ip_id, decoded.ip_id);
    cr_expect_eq(predicted.tcp_flags, decoded.tcp_flags);
    cr_expect_eq(predicted.tcp_header_bytes, decoded.tcp_header_bytes);
    cr_expect_eq(predicted.options_hash, decoded.options_hash);
    cr_expect_eq(predicted.payload_bytes, decoded.payload_bytes);
    cr_expect_eq(memcmp(&predicted, &expected, sizeof(expected)), 0);
}

Test(pattern, predicts_the_frame_it_was_made_from)
{
    static const char *const frames[] = { FRAME, FRAME_V6, FRAME_TAGGED, FRAME_V6_TAGGED };

    for (size_t i = 0; i < sizeof(frames) / sizeof(*frames); i++) {
        cr_assert(make(frames[i]), "%zu", i);
        expect_same();
    }
}

Test(pattern, an_empty_one_fits_nothing)
{
    pattern = (struct packet_pattern){ 0 };
    frame = frame_of(FRAME);
    cr_expect(!fits());
}

Test(pattern, what_tcp_has_to_say_may_differ)
{
    uint8_t *tcp = frame.bytes + IP_AT + 20;

    cr_assert(make(FRAME));
    memset(frame.bytes, 0x77, 12);  /* MAC addresses, */
    frame.bytes[IP_AT + 1] = 3;     /* service and congestion marks, */
    frame.bytes[IP_AT + 3] = 0x3c;  /* length, */
    frame.bytes[IP_AT + 5] = 0x99;  /* id, */
    frame.bytes[IP_AT + 6] ^= 0x40; /* "don't fragment", */
    frame.bytes[IP_AT + 8] = 63;    /* time to live, */
    frame.bytes[IP_AT + 10] = 0xab; /* checksum */
    memset(tcp + 4, 0xc3, 8);       /* seq, ack */
    tcp[13] = TCP_ACK | TCP_URG;    /* flags */
    tcp[14] = 0x12;                 /* window */
    expect_same();
}

Test(pattern, options_may_differ_but_not_their_length)
{
    uint8_t *tcp = frame.bytes + IP_AT + 20;

    for (uint8_t n_words = 6; n_words <= 11; n_words++) {
        frame = frame_of(FRAME PADDING);
        frame.bytes[IP_AT + 3] = 80;
        tcp[12] = (uint8_t)(n_words << 4);
        cr_assert(remake());
        tcp[20] ^= 0xff;
        expect_same();
        tcp[n_words * 4 - 1] ^= 0xff;
        expect_same();
        tcp[12] = 0x50;
        cr_expect(!fits(), "%u", n_words);
    }
}

Test(pattern, who_and_where_may_not_differ)
{
    /* ethertype, version and header length, fragment offset, more fragments, protocol, addresses,
     * ports */
    static const struct {
        size_t at;
        uint8_t bit;
    } changes[] = { { 12, 1 }, { 13, 1 }, { 14, 1 }, { 14, 0x10 }, { 20, 0x20 }, { 20, 1 },
                    { 21, 1 }, { 23, 1 }, { 26, 1 }, { 29, 1 },    { 30, 1 },    { 33, 1 },
                    { 34, 1 }, { 35, 1 }, { 36, 1 }, { 37, 1 } };

    cr_assert(make(FRAME));
    for (size_t i = 0; i < sizeof(changes) / sizeof(*changes); i++) {
        frame.bytes[changes[i].at] ^= changes[i].bit;
        cr_expect(!fits(), "byte %zu", changes[i].at);
        frame.bytes[changes[i].at] ^= changes[i].bit;
    }
    cr_expect(fits());
}

Test(pattern, the_vlan_may_not_differ_but_its_priority)
{
    cr_assert(make(FRAME_TAGGED));
    frame.bytes[14] ^= 0xe0;
    expect_same();
    frame.bytes[15] ^= 1;
    cr_expect(!fits());
    frame.bytes[15] ^= 1;
    frame.bytes[14] ^= 1;
    cr_expect(!fits());
}

Test(pattern, the_flow_label_of_ipv6_may_differ_but_no_next_header)
{
    cr_assert(make(FRAME_V6));
    frame.bytes[IP_AT] |= 0x0f;
    frame.bytes[IP_AT + 3] = 0xff;
    frame.bytes[IP_AT + 7] = 1;
    expect_same();
    frame.bytes[IP_AT + 6] = 44;
    cr_expect(!fits());
}

Test(pattern, leaves_what_opens_and_ends_a_connection)
{
    static const uint8_t flags[] = { TCP_SYN, TCP_SYN | TCP_ACK, TCP_FIN | TCP_ACK, TCP_RST };

    cr_assert(make(FRAME));
    for (size_t i = 0; i < sizeof(flags); i++) {
        frame.bytes[IP_AT + 20 + 13] = flags[i];
        cr_expect(!fits(), "flags %x", flags[i]);
    }
}

Test(pattern, leaves_lengths_that_need_judgement)
{
    cr_assert(make(FRAME));
    for (unsigned total = 0; total < 40; total++) { /* 0: offload; fewer than the headers */
        frame.bytes[IP_AT + 3] = (uint8_t)total;
        cr_expect(!fits(), "length %u", total);
    }
    frame.bytes[IP_AT + 3] = 40;
    expect_same();
    frame.bytes[IP_AT + 20 + 12] = 0x40; /* a header of 16 bytes */
    cr_expect(!fits());
    frame.bytes[IP_AT + 20 + 12] = 0x60; /* of 24, of which IP brings 20 */
    cr_expect(!fits());
    cr_assert(make(FRAME_V6));
    frame.bytes[IP_AT + 5] = 0;
    cr_expect(!fits());
}

Test(pattern, the_largest_lengths_are_lengths)
{
    cr_assert(make(FRAME));
    frame.bytes[IP_AT + 2] = frame.bytes[IP_AT + 3] = 0xff;
    expect_same();
    cr_assert(make(FRAME_V6));
    frame.bytes[IP_AT + 4] = frame.bytes[IP_AT + 5] = 0xff;
    expect_same();
}

/* In memory of just that size: a read behind it is found. */
Test(pattern, needs_every_byte_of_the_headers)
{
    frame = frame_of(FRAME);
    frame.bytes[IP_AT + 3] = 60;
    frame.bytes[IP_AT + 20 + 12] = 0x80;
    cr_assert(remake());
    for (uint32_t n = 0; n <= frame.n_bytes; n++) {
        uint8_t *bytes = malloc(n ? n : 1);
        struct segment segment;

        memcpy(bytes, frame.bytes, n);
        cr_expect_eq(packet_pattern_decode(&pattern, &segment, bytes, n), n >= IP_AT + 20 + 32,
                     "%u", n);
        free(bytes);
    }
}

Test(pattern, writes_nothing_where_it_does_not_fit)
{
    struct segment segment, before;

    cr_assert(make(FRAME));
    memset(&segment, 0x5a, sizeof(segment));
    before = segment;
    frame.bytes[IP_AT + 20 + 13] = TCP_FIN;
    cr_assert(!packet_pattern_decode(&pattern, &segment, frame.bytes, frame.n_bytes));
    cr_expect_eq(memcmp(&segment, &before, sizeof(segment)), 0);
}

Test(pattern, is_made_of_the_usual_alone)
{
    static const char *const frames[] = {
        ETHERNET("08 00") IPV4("00 2c", "11") UDP("00 18") PADDING PADDING,
        ETHERNET("08 00") IPV4("00 2c", "01") PADDING PADDING,
        /* options of IPv4 */
        ETHERNET("08 00") "46 00 00 30 12 34 40 00 40 06 00 00 0a 14 00 01 0a 14 00 02 01 01 01 "
                          "01 " TCP("50", "18") DATA PADDING,
        /* a first fragment */
        ETHERNET("08 00") "45 00 00 2c 12 34 20 00 40 06 00 00 0a 14 00 01 0a 14 00 02 " TCP(
            "50", "18") DATA PADDING,
        /* two tags */
        ETHERNET("88 a8") "00 14 81 00 00 15 08 00 " IPV4_PACKET PADDING,
        ETHERNET("88 a8") "00 14 08 00 " IPV4_PACKET PADDING,
        /* what opens and what ends a connection */
        ETHERNET("08 00") IPV4("00 2c", "06") TCP("50", "02") DATA PADDING,
        ETHERNET("08 00") IPV4("00 2c", "06") TCP("50", "11") DATA PADDING,
        /* an extension header */
        ETHERNET("86 dd") IPV6("00 20", "3c") "06 00 01 04 00 00 00 00 " TCP("50", "18") DATA,
    };

    for (size_t i = 0; i < sizeof(frames) / sizeof(*frames); i++) {
        pattern.tcp_offset = 99;
        cr_expect(!make(frames[i]), "frame %zu", i);
        cr_expect_eq(pattern.tcp_offset, 99);
    }
}

Test(pattern, headers_are_enough_to_make_one)
{
    enum { HEADERS = IP_AT + 20 + 20 };
    struct packet p;

    frame = frame_of(FRAME);
    packet_decode(&p, LINK_ETHERNET, frame.bytes, frame.n_bytes, frame.n_bytes);
    cr_expect(!packet_pattern_make(&pattern, frame.bytes, HEADERS - 1, &p));
    cr_expect(packet_pattern_make(&pattern, frame.bytes, HEADERS, &p));
}
