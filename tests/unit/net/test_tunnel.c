#include <criterion/criterion.h>

#include "tests/unit/net/frame.h"

/* The outer packet goes from 192.0.2.1 to 192.0.2.2. */
#define OUTER(total_bytes, protocol)                                                               \
    "45 00 " total_bytes " 00 07 00 00 20 " protocol " 00 00  c0 00 02 01  c0 00 02 02 "
#define INNER ETHERNET("08 00") IPV4_PACKET /* 58 bytes */
#define ERSPAN2(session) "10 64 " session " 00 00 00 05 "
#define ERSPAN3(session, flags) "20 64 " session " 01 02 03 04 00 00 " flags " "
#define VXLAN_UDP(length) "e0 01 12 b5 " length " 00 00 "
#define LINUX_UDP(length) "e0 01 21 18 " length " 00 00 "
#define GPE_UDP(length) "e0 01 12 b6 " length " 00 00 "
#define GPE(next) "0c 00 00 " next " 01 23 45 00 "
#define GENEVE_UDP(length) "e0 01 17 c1 " length " 00 00 "
#define GENEVE(options, type) options " 00 " type " 01 23 45 00 "
#define VXLAN(flags) flags " 00 00 00 01 23 45 00 "

static const struct {
    const char *hex;
    uint32_t tunnel;
    uint16_t ether_type;
    uint32_t vlan;
} tunnels[] = {
    /* GRE plain, with a key, with checksum, key and sequence number */
    { OUTER("00 44", "2f") "00 00 08 00 " IPV4_PACKET, 0x01000000, 0, 0 },
    { OUTER("00 58", "2f") "00 00 86 dd " IPV6_PACKET, 0x01000000, 0, 0 },
    { OUTER("00 48", "2f") "20 00 08 00 00 00 00 2a " IPV4_PACKET, 0x0100002a, 0, 0 },
    { OUTER("00 50", "2f") "b0 00 08 00 12 34 00 00 ff 00 00 2a 00 00 00 09 " IPV4_PACKET,
      0x0100002a, 0, 0 },
    /* Ethernet in GRE; NVGRE with subnet 5001 and two flow ids */
    { OUTER("00 52", "2f") "00 00 65 58 " INNER, 0x01000000, 0x0800, 0 },
    { OUTER("00 56", "2f") "20 00 65 58 00 13 89 11 " INNER, 0x01001389, 0x0800, 0 },
    { OUTER("00 56", "2f") "20 00 65 58 00 13 89 22 " INNER, 0x01001389, 0x0800, 0 },
    { OUTER("00 56", "2f") "20 00 65 58 00 00 01 02 " INNER, 0x01000102, 0x0800, 0 },
    /* ERSPAN I, and II with session 5 */
    { OUTER("00 52", "2f") "00 00 88 be " INNER, 0x02000000, 0x0800, 0 },
    { OUTER("00 5e", "2f") "10 00 88 be 00 00 00 07 " ERSPAN2("18 05") INNER, 0x02000005, 0x0800,
      0 },
    /* ERSPAN III with session 1023: Ethernet, the same with a platform header, bare IP */
    { OUTER("00 62", "2f") "10 00 22 eb 00 00 00 07 " ERSPAN3("03 ff", "00 00") INNER, 0x020003ff,
      0x0800, 0 },
    { OUTER("00 6a", "2f") "10 00 22 eb 00 00 00 07 " ERSPAN3(
          "03 ff", "00 01") "00 01 02 03 04 05 06 07 " INNER,
      0x020003ff, 0x0800, 0 },
    { OUTER("00 54", "2f") "10 00 22 eb 00 00 00 07 " ERSPAN3("03 ff", "08 00") IPV4_PACKET,
      0x020003ff, 0, 0 },
    /* a tag inside the mirrored frame is its own */
    { OUTER("00 62", "2f") "10 00 88 be 00 00 00 07 " ERSPAN2("18 05")
          ETHERNET("81 00") "00 64 08 00 " IPV4_PACKET,
      0x02000005, 0x0800, 0x1064 },
    { OUTER("00 5e", "11") VXLAN_UDP("00 4a") VXLAN("08") INNER, 0x03012345, 0x0800, 0 },
    { OUTER("00 5e", "11") LINUX_UDP("00 4a") VXLAN("08") INNER, 0x03012345, 0x0800, 0 },
    /* VXLAN-GPE around Ethernet, and IPv4 on VXLAN's own port */
    { OUTER("00 5e", "11") GPE_UDP("00 4a") GPE("03") INNER, 0x03012345, 0x0800, 0 },
    { OUTER("00 50", "11") VXLAN_UDP("00 3c") GPE("01") IPV4_PACKET, 0x03012345, 0, 0 },
    { OUTER("00 64", "11") GPE_UDP("00 50") GPE("02") IPV6_PACKET, 0x03012345, 0, 0 },
    /* Geneve around Ethernet, IPv4, and IPv6 with two words of options */
    { OUTER("00 5e", "11") GENEVE_UDP("00 4a") GENEVE("00", "65 58") INNER, 0x05012345, 0x0800, 0 },
    { OUTER("00 50", "11") GENEVE_UDP("00 3c") GENEVE("00", "08 00") IPV4_PACKET, 0x05012345, 0,
      0 },
    { OUTER("00 6c", "11") GENEVE_UDP("00 58")
          GENEVE("02", "86 dd") "01 02 80 01 00 00 00 07 " IPV6_PACKET,
      0x05012345, 0, 0 },
    /* MPLS in GRE */
    { OUTER("00 48", "2f") "00 00 88 47 00 06 01 3f " IPV4_PACKET, 0x01000000, 0, 0 },
    /* IPv4 and IPv6 in IPv4 */
    { OUTER("00 40", "04") IPV4_PACKET, 0x04000000, 0, 0 },
    { OUTER("00 54", "29") IPV6_PACKET, 0x04000000, 0, 0 },
    /* a VXLAN frame in a mirrored one: the innermost tunnel is told */
    { OUTER("00 90", "2f") "10 00 88 be 00 00 00 07 " ERSPAN2("18 05") ETHERNET("08 00")
          OUTER("00 5e", "11") VXLAN_UDP("00 4a") VXLAN("08") INNER,
      0x03012345, 0x0800, 0 },
};

enum { N_TUNNELS = sizeof(tunnels) / sizeof(tunnels[0]) };

Test(packet_tunnel, leads_to_the_inner_packet)
{
    struct packet p;

    for (unsigned i = 0; i < N_TUNNELS; i++) {
        cr_expect_eq(frame_decode(&p, LINK_RAW, tunnels[i].hex), PACKET_OK, "%u", i);
        cr_expect(packet_is_sample(&p), "%u", i);
        cr_expect_eq(p.tunnel, tunnels[i].tunnel, "%u", i);
        cr_expect_eq(p.ether_type, tunnels[i].ether_type, "%u", i);
        cr_expect_eq(p.vlan, tunnels[i].vlan, "%u", i);
    }
}

static bool cut_is_told(const struct frame *f, uint32_t n_bytes, uint32_t header_bytes)
{
    struct packet p;
    enum packet_status status = frame_decode_cut(&p, LINK_RAW, f, n_bytes, f->n_bytes);

    if (n_bytes >= header_bytes)
        return status == PACKET_OK && packet_is_sample(&p);
    return status == PACKET_CUT && p.has_seq == (n_bytes >= header_bytes - 12) &&
           p.has_tcp == (n_bytes >= header_bytes - 6);
}

Test(packet_tunnel, needs_every_byte_of_the_headers)
{
    for (unsigned i = 0; i < N_TUNNELS; i++) {
        struct frame f = frame_of(tunnels[i].hex);

        for (uint32_t n = 0; n <= f.n_bytes; n++)
            cr_expect(cut_is_told(&f, n, f.n_bytes - DATA_BYTES), "%u cut to %u", i, n);
    }
}

Test(packet_tunnel, leads_through_a_backbone)
{
    static const char hex[] =
        ETHERNET("88 a8") "00 c8 88 e7 00 01 23 45 " ETHERNET("81 00") "00 64 08 00 " IPV4_PACKET;
    struct frame f = frame_of(hex);
    struct packet p;

    cr_assert_eq(frame_decode(&p, LINK_ETHERNET, hex), PACKET_OK);
    cr_assert(packet_is_sample(&p));
    cr_assert_eq(p.tunnel, 0x06012345);
    cr_assert_eq(p.vlan, 0x1064); /* the customer's, not the backbone's */
    cr_assert_eq(frame_find_bad_prefix(LINK_ETHERNET, hex, f.n_bytes - DATA_BYTES), UINT32_MAX);
}

Test(packet_tunnel, drops_what_the_outer_packet_said)
{
    struct packet p;

    /* tagged 100 outside; VXLAN around ARP */
    cr_assert_eq(frame_decode(&p, LINK_ETHERNET,
                              ETHERNET("81 00") "00 64 08 00 " OUTER("00 36", "11")
                                  VXLAN_UDP("00 22") VXLAN("08") ETHERNET("08 06") "00 01 08 00 "),
                 PACKET_OTHER);
    cr_assert_eq(p.tunnel, 0x03012345);
    cr_assert_eq(p.ether_type, 0x0806);
    cr_assert_eq(p.vlan, 0);
    cr_assert_eq(p.protocol, 0);
    cr_assert(!p.has_ports);
    cr_assert_eq(p.payload_bytes, 0);
}

Test(packet_tunnel, takes_an_inner_length_0_from_the_outer_packet)
{
    struct packet p;

    /* the outer packet ends 4 bytes before the frame does */
    cr_assert_eq(frame_decode(&p, LINK_RAW,
                              OUTER("00 44", "2f") "00 00 08 00 " IPV4("00 00", "06")
                                  TCP("50", "18") DATA "00 00 00 00 "),
                 PACKET_OK);
    cr_assert(packet_is_sample(&p));
}

Test(packet_tunnel, stays_outside_what_it_does_not_know)
{
    static const struct {
        const char *hex;
        uint8_t protocol;
        uint32_t payload_bytes;
    } packets[] = {
        { OUTER("00 44", "2f") "00 00 88 3e " IPV4_PACKET, IP_GRE, 48 },             /* WCCP */
        { OUTER("00 48", "2f") "40 00 08 00 00 00 00 00 " IPV4_PACKET, IP_GRE, 52 }, /* routing */
        { OUTER("00 48", "2f") "20 01 08 00 00 00 00 00 " IPV4_PACKET, IP_GRE, 52 }, /* version 1 */
        { OUTER("00 5e", "11") VXLAN_UDP("00 4a") VXLAN("00") INNER, IP_UDP, 66 },   /* no VNI */
        /* VXLAN-GPE around a network service header */
        { OUTER("00 50", "11") GPE_UDP("00 3c") GPE("04") IPV4_PACKET, IP_UDP, 52 },
        /* Geneve of version 1, and around ARP */
        { OUTER("00 50", "11") GENEVE_UDP("00 3c") GENEVE("40", "08 00") IPV4_PACKET, IP_UDP, 52 },
        { OUTER("00 50", "11") GENEVE_UDP("00 3c") GENEVE("00", "08 06") IPV4_PACKET, IP_UDP, 52 },
    };
    struct packet p;

    for (unsigned i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
        cr_expect_eq(frame_decode(&p, LINK_RAW, packets[i].hex), PACKET_OK, "%u", i);
        cr_expect_eq(p.protocol, packets[i].protocol, "%u", i);
        cr_expect_eq(p.payload_bytes, packets[i].payload_bytes, "%u", i);
        cr_expect_eq(p.tunnel, 0, "%u", i);
        cr_expect_eq(p.ttl, 32, "%u", i);
    }
    frame_decode(&p, LINK_RAW, packets[3].hex);
    cr_assert_eq(p.destination_port, 4789);
}

Test(packet_tunnel, refuses_what_contradicts_itself)
{
    static const char *const packets[] = {
        /* ERSPAN II of version 2, III of version 1 */
        OUTER("00 5e", "2f") "10 00 88 be 00 00 00 07 20 64 18 05 00 00 00 05 " INNER,
        OUTER("00 62", "2f") "10 00 22 eb 00 00 00 07 10 64 03 ff 01 02 03 04 00 00 00 00 " INNER,
        /* the outer packet ends within GRE, its key, ERSPAN, the platform header, VXLAN */
        OUTER("00 17", "2f") "00 00 08 00 " IPV4_PACKET,
        OUTER("00 1b", "2f") "20 00 08 00 00 00 00 2a " IPV4_PACKET,
        OUTER("00 23", "2f") "10 00 88 be 00 00 00 07 " ERSPAN2("18 05") INNER,
        OUTER("00 27", "2f") "10 00 22 eb 00 00 00 07 " ERSPAN3("03 ff", "00 00") INNER,
        OUTER("00 2f", "2f") "10 00 22 eb 00 00 00 07 " ERSPAN3("03 ff", "00 01") INNER,
        OUTER("00 5e", "11") VXLAN_UDP("00 0f") VXLAN("08") INNER,
        OUTER("00 27", "04") IPV4_PACKET,
    };
    struct packet p;

    for (unsigned i = 0; i < sizeof(packets) / sizeof(packets[0]); i++) {
        cr_expect_eq(frame_decode(&p, LINK_RAW, packets[i]), PACKET_MALFORMED, "%u", i);
        cr_expect(!p.has_tcp, "%u", i);
    }
    cr_assert_eq(frame_decode(&p, LINK_RAW,
                              OUTER("00 62", "2f") "10 00 22 eb 00 00 00 07 " ERSPAN3(
                                  "03 ff", "04 00") INNER),
                 PACKET_OTHER); /* a frame type of which nothing is known */
}

Test(packet_tunnel, stops_at_too_many_of_them)
{
    struct frame f = { .n_bytes = 0 };
    struct frame outer = frame_of(OUTER("ff ff", "04"));
    struct frame inner = frame_of(IPV4_PACKET);
    struct packet p;

    for (uint32_t n = 0; n <= PACKET_LAYERS_MAX; n++) {
        memcpy(f.bytes + 20 * n, inner.bytes, inner.n_bytes);
        cr_assert_eq(frame_decode_cut(&p, LINK_RAW, &f, 20 * n + inner.n_bytes, 4000),
                     n < PACKET_LAYERS_MAX ? PACKET_OK : PACKET_MALFORMED);
        memcpy(f.bytes + 20 * n, outer.bytes, outer.n_bytes);
    }
}
