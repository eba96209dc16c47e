#include <criterion/criterion.h>

#include "tests/unit/net/frame.h"

/* With identification 1234, a fragment word, and 10.20.0.1 to 10.20.0.2. */
#define IPV4_FRAGMENT(total_bytes, fragment, protocol)                                             \
    "45 00 " total_bytes " 12 34 " fragment " 40 " protocol " 00 00  0a 14 00 01  0a 14 00 02 "
#define IPV6_FRAGMENT(next, fragment) next " 00 " fragment " 00 01 e2 40 "

#define HOP_BY_HOP(next) next " 00 01 04 00 00 00 00 "
#define JUMBO(next, length) next " 00 c2 04 " length " "
#define ROUTING(next)                                                                              \
    next " 02 00 00 00 00 00 00  20 01 00 00 00 00 00 00  00 00 00 00 00 00 00 01 "
#define DESTINATION(next) next " 01 01 0c 00 00 00 00 00 00 00 00 00 00 00 00 "
#define AH(next) next " 04 00 00 00 00 00 01 00 00 00 02  01 02 03 04 05 06 07 08 09 0a 0b 0c "

static enum packet_status decode_large(struct packet *ret_packet, const char *hex,
                                       uint32_t wire_bytes)
{
    struct frame f = frame_of(hex);

    return frame_decode_cut(ret_packet, LINK_ETHERNET, &f, f.n_bytes, wire_bytes);
}

Test(packet_ipv4, tells_its_fields)
{
    struct packet p;

    cr_assert_eq(frame_decode(&p, LINK_RAW, IPV4_PACKET), PACKET_OK);
    cr_assert(packet_is_sample(&p));
    cr_assert_eq(p.ip_id, 0x1234);
    cr_assert_eq(p.fragment_offset, 0);
    cr_assert(!p.more_fragments);
}

Test(packet_ipv4, skips_options)
{
    /* 6 words of header: record route, end */
    static const char with_options[] =
        "46 00 00 30 12 34 40 00 40 06 00 00  0a 14 00 01  0a 14 00 02 "
        "07 03 04 00 " TCP("50", "18") DATA;
    struct packet p;

    cr_assert_eq(frame_decode(&p, LINK_RAW, with_options), PACKET_OK);
    cr_assert(packet_is_sample(&p));
    cr_assert_eq(frame_find_bad_prefix(LINK_RAW, with_options, 44), UINT32_MAX);
}

Test(packet_ipv4, counts_by_its_length_and_not_by_the_frame)
{
    struct packet p;
    struct frame f;

    /* Ethernet pads 40 bytes to 46, and a trailer follows */
    cr_assert_eq(frame_decode(&p, LINK_ETHERNET,
                              ETHERNET("08 00") IPV4("00 28", "06")
                                  TCP("50", "10") "00 00 00 00 00 00 aa bb cc dd "),
                 PACKET_OK);
    cr_assert_eq(p.payload_bytes, 0);
    /* snapped: 1500 bytes, of which 54 were captured */
    f = frame_of(ETHERNET("08 00") IPV4("05 dc", "06") TCP("50", "10"));
    cr_assert_eq(frame_decode_cut(&p, LINK_ETHERNET, &f, 54, 1514), PACKET_OK);
    cr_assert_eq(p.payload_bytes, 1460);
    /* a converter lost the frame's original length */
    cr_assert_eq(frame_decode_cut(&p, LINK_ETHERNET, &f, 54, 54), PACKET_OK);
    cr_assert_eq(p.payload_bytes, 1460);
}

Test(packet_ipv4, takes_length_0_from_the_frame)
{
    struct packet p;

    cr_assert_eq(decode_large(&p, ETHERNET("08 00") IPV4("00 00", "06") TCP("50", "10"), 179026),
                 PACKET_OK);
    cr_assert_eq(p.payload_bytes, 179026 - 54);
    cr_assert_eq(decode_large(&p,
                              ETHERNET("81 00") "00 64 08 00 " IPV4("00 00", "06") TCP("50", "10"),
                              62706),
                 PACKET_OK);
    cr_assert_eq(p.payload_bytes, 62706 - 58);
    cr_assert_eq(
        decode_large(&p, ETHERNET("08 00") IPV4("00 00", "06") TCP("50", "10"), UINT32_MAX),
        PACKET_OK);
    cr_assert_eq(p.payload_bytes, UINT32_MAX - 54);
}

Test(packet_ipv4, reads_ports_in_the_first_fragment_only)
{
    struct packet p;

    /* more fragments: 24 bytes, TCP and 4 of data */
    cr_assert_eq(
        frame_decode(&p, LINK_RAW, IPV4_FRAGMENT("00 2c", "20 00", "06") TCP("50", "18") DATA),
        PACKET_OK);
    cr_assert(packet_is_sample(&p));
    cr_assert(p.more_fragments);
    cr_assert_eq(p.fragment_offset, 0);
    /* more fragments at 24 */
    cr_assert_eq(
        frame_decode(&p, LINK_RAW, IPV4_FRAGMENT("00 2c", "20 03", "06") TCP("50", "18") DATA),
        PACKET_OK);
    cr_assert_eq(p.protocol, IP_TCP);
    cr_assert_eq(p.ip_id, 0x1234);
    cr_assert_eq(p.fragment_offset, 24);
    cr_assert(p.more_fragments);
    cr_assert(!p.has_ports);
    cr_assert(!p.has_tcp);
    cr_assert_eq(p.payload_bytes, 24);
    /* the last one, at the highest offset */
    cr_assert_eq(frame_decode(&p, LINK_RAW, IPV4_FRAGMENT("00 18", "1f ff", "11") DATA), PACKET_OK);
    cr_assert_eq(p.protocol, IP_UDP);
    cr_assert_eq(p.fragment_offset, 65528);
    cr_assert(!p.more_fragments);
    cr_assert_eq(p.payload_bytes, 4);
}

Test(packet_ipv4, refuses_what_contradicts_itself)
{
    static const char *const packets[] = {
        "44 00 00 2c 12 34 40 00 40 06 00 00 0a 14 00 01 0a 14 00 02 " TCP("50", "18") DATA,
        "40 00 00 2c 12 34 40 00 40 06 00 00 0a 14 00 01 0a 14 00 02 " TCP("50", "18") DATA,
        "65 00 00 2c 12 34 40 00 40 06 00 00 0a 14 00 01 0a 14 00 02 " TCP("50", "18") DATA,
        IPV4("00 13", "06") TCP("50", "18") DATA, /* shorter than its header */
        "46 00 00 17 12 34 40 00 40 06 00 00 0a 14 00 01 0a 14 00 02 01 01 01 00 " TCP("50", "18"),
        IPV4("00 27", "06") TCP("50", "18") DATA, /* and than TCP's */
    };
    struct packet p;

    for (unsigned i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
        cr_expect_eq(frame_decode(&p, LINK_IPV4, packets[i]), PACKET_MALFORMED, "%u", i);
        cr_expect(!p.has_seq, "%u", i);
        cr_expect(!p.has_tcp, "%u", i);
    }
}

Test(packet_ip, ends_at_other_protocols)
{
    struct packet p;

    /* an ICMP port unreachable quotes the TCP packet that it answers */
    cr_assert_eq(
        frame_decode(&p, LINK_RAW, IPV4("00 48", "01") "03 03 00 00 00 00 00 00 " IPV4_PACKET),
        PACKET_OK);
    cr_assert_eq(p.protocol, IP_ICMP);
    cr_assert_eq(p.payload_bytes, 52);
    cr_assert(!p.has_ports);
    cr_assert(!p.has_tcp);
    cr_assert_eq(
        frame_decode(&p, LINK_RAW, IPV6("00 34", "3a") "01 04 00 00 00 00 00 00 " IPV4_PACKET),
        PACKET_OK);
    cr_assert_eq(p.protocol, IP_ICMPV6);
    cr_assert(!p.has_ports);
    /* what ESP carries nobody knows */
    cr_assert_eq(frame_decode(&p, LINK_RAW, IPV4("00 2c", "32") TCP("50", "18") DATA), PACKET_OK);
    cr_assert_eq(p.protocol, IP_ESP);
    cr_assert_eq(p.payload_bytes, 24);
    cr_assert(!p.has_ports);
    /* the extension headers of IPv6 are no part of IPv4 */
    cr_assert_eq(
        frame_decode(&p, LINK_RAW, IPV4("00 34", "00") HOP_BY_HOP("06") TCP("50", "18") DATA),
        PACKET_OK);
    cr_assert_eq(p.payload_bytes, 32);
    cr_assert(!p.has_ports);
    cr_assert_eq(frame_decode(&p, LINK_RAW,
                              IPV4("00 34", "2c") IPV6_FRAGMENT("06", "00 01") TCP("50", "18")
                                  DATA),
                 PACKET_OK);
    cr_assert_eq(p.protocol, 44);
    cr_assert_eq(frame_decode(&p, LINK_RAW, IPV4("00 44", "2b") ROUTING("06") TCP("50", "18") DATA),
                 PACKET_OK);
    cr_assert_eq(p.protocol, 43);
}

Test(packet_ipv6, walks_its_extension_headers)
{
    static const struct {
        const char *hex;
        uint32_t header_bytes; /* up to the data */
    } packets[] = {
        { IPV6("00 20", "00") HOP_BY_HOP("06") TCP("50", "18") DATA, 68 },
        { IPV6("00 30", "2b") ROUTING("06") TCP("50", "18") DATA, 84 },
        { IPV6("00 28", "3c") DESTINATION("06") TCP("50", "18") DATA, 76 },
        { IPV6("00 30", "33") AH("06") TCP("50", "18") DATA, 84 },
        { IPV6("00 20", "2c") IPV6_FRAGMENT("06", "00 01") TCP("50", "18") DATA, 68 },
        { IPV6("00 20", "87") HOP_BY_HOP("06") TCP("50", "18") DATA, 68 }, /* mobility */
        { IPV6("00 60", "00") HOP_BY_HOP("3c") DESTINATION("2b") ROUTING("33") AH("06")
              TCP("50", "18") DATA,
          132 },
    };
    struct packet p;

    for (unsigned i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
        cr_expect_eq(frame_decode(&p, LINK_RAW, packets[i].hex), PACKET_OK, "%u", i);
        cr_expect(packet_is_sample(&p), "%u", i);
        cr_expect_eq(frame_find_bad_prefix(LINK_RAW, packets[i].hex, packets[i].header_bytes),
                     UINT32_MAX, "%u", i);
    }
}

Test(packet_ipv4, walks_an_authentication_header)
{
    static const char packet[] = IPV4("00 44", "33") AH("06") TCP("50", "18") DATA;
    struct packet p;

    cr_assert_eq(frame_decode(&p, LINK_RAW, packet), PACKET_OK);
    cr_assert(packet_is_sample(&p));
    cr_assert_eq(frame_find_bad_prefix(LINK_RAW, packet, 64), UINT32_MAX);
}

Test(packet_ipv6, reads_ports_in_the_first_fragment_only)
{
    struct packet p;

    cr_assert_eq(frame_decode(&p, LINK_RAW,
                              IPV6("00 20", "2c") IPV6_FRAGMENT("06", "00 01") TCP("50", "18")
                                  DATA),
                 PACKET_OK);
    cr_assert(packet_is_sample(&p));
    cr_assert_eq(p.ip_id, 123456);
    cr_assert_eq(p.fragment_offset, 0);
    cr_assert(p.more_fragments);
    cr_assert_eq(frame_decode(&p, LINK_RAW,
                              IPV6("00 20", "2c") IPV6_FRAGMENT("06", "05 a8") TCP("50", "18")
                                  DATA),
                 PACKET_OK);
    cr_assert_eq(p.protocol, IP_TCP);
    cr_assert_eq(p.fragment_offset, 1448);
    cr_assert(!p.more_fragments);
    cr_assert(!p.has_ports);
    cr_assert_eq(p.payload_bytes, 24);
}

Test(packet_ipv6, takes_length_0_from_the_frame)
{
    struct packet p;

    cr_assert_eq(decode_large(&p, ETHERNET("86 dd") IPV6("00 00", "06") TCP("50", "10"), 62722),
                 PACKET_OK);
    cr_assert_eq(p.payload_bytes, 62722 - 74);
    /* through a hop-by-hop header without a jumbo option */
    cr_assert_eq(
        decode_large(&p, ETHERNET("86 dd") IPV6("00 00", "00") HOP_BY_HOP("06") TCP("50", "10"),
                     62722),
        PACKET_OK);
    cr_assert_eq(p.payload_bytes, 62722 - 82);
    /* with no next header it is just empty, whatever the padding */
    cr_assert_eq(frame_decode(&p, LINK_ETHERNET, ETHERNET("86 dd") IPV6("00 00", "3b") DATA),
                 PACKET_OK);
    cr_assert_eq(p.payload_bytes, 0);
}

Test(packet_ipv6, takes_the_length_of_a_jumbo_option)
{
    static const char jumbo[] =
        ETHERNET("86 dd") IPV6("00 00", "00") JUMBO("06", "00 02 b9 b0") TCP("50", "10");
    struct packet p;

    /* 178608 bytes behind the IPv6 header, whatever the frame says */
    cr_assert_eq(decode_large(&p, jumbo, 178662), PACKET_OK);
    cr_assert_eq(p.payload_bytes, 178608 - 28);
    cr_assert_eq(decode_large(&p, jumbo, 82), PACKET_OK);
    cr_assert_eq(p.payload_bytes, 178608 - 28);
    /* behind padding options; and not while the IPv6 header has a length */
    cr_assert_eq(
        decode_large(&p,
                     ETHERNET("86 dd")
                         IPV6("00 00", "00") "06 01 00 01 02 00 00 00 c2 04 00 02 b9 b0 01 00 " TCP(
                             "50", "10"),
                     90),
        PACKET_OK);
    cr_assert_eq(p.payload_bytes, 178608 - 36);
    cr_assert_eq(decode_large(&p,
                              ETHERNET("86 dd") IPV6("00 20", "00") JUMBO("06", "00 02 b9 b0")
                                  TCP("50", "18") DATA,
                              86),
                 PACKET_OK);
    cr_assert(packet_is_sample(&p));
}

Test(packet_ipv6, refuses_what_contradicts_itself)
{
    static const char *const packets[] = {
        "40 00 00 00 00 18 06 40 fd 00 00 20 00 00 00 00 00 00 00 00 00 00 00 01 "
        "fd 00 00 20 00 00 00 00 00 00 00 00 00 00 00 02 " TCP("50", "18") DATA,
        IPV6("00 13", "06") TCP("50", "18") DATA,                         /* shorter than TCP */
        IPV6("00 07", "2c") IPV6_FRAGMENT("06", "00 00") TCP("50", "18"), /* than the fragment */
        IPV6("00 10", "2b") ROUTING("06") TCP("50", "18") DATA,     /* than the routing header */
        IPV6("00 01", "3c") DESTINATION("06") TCP("50", "18") DATA, /* than its two first bytes */
        IPV6("00 01", "00") HOP_BY_HOP("06") TCP("50", "18") DATA,
        IPV6("00 07", "00") HOP_BY_HOP("06") TCP("50", "18") DATA,
        IPV6("00 00", "00") JUMBO("06", "00 00 00 07") TCP("50", "18") DATA,
        IPV6("00 00", "00") JUMBO("06", "00 00 00 1b") TCP("50", "18") DATA,
    };
    struct packet p;

    for (unsigned i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
        cr_expect_eq(frame_decode(&p, LINK_IPV6, packets[i]), PACKET_MALFORMED, "%u", i);
        cr_expect(!p.has_tcp, "%u", i);
    }
}

Test(packet_ip, tells_a_raw_packet_by_its_version)
{
    struct packet p;

    cr_assert_eq(frame_decode(&p, LINK_RAW, "55 00 "), PACKET_OTHER);
    cr_assert_eq(packet_decode(&p, LINK_RAW, NULL, 0, 60), PACKET_CUT);
}
