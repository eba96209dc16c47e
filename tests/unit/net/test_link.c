#include <criterion/criterion.h>

#include "tests/unit/net/frame.h"

#define SLL(protocol) "00 04 00 01 00 06 02 00 00 00 00 01 00 00 " protocol " "
#define SLL2(protocol) protocol " 00 00 00 00 00 02 00 01 04 06 02 00 00 00 00 01 00 00 "
#define LABEL(last) "00 06 " last " 3f " /* label 96 */
#define PPPOE(length) "11 00 00 07 " length " "

/* NFLOG: family, version, resource id; a packet header, a prefix padded to 4, the payload. */
#define NFLOG_LITTLE(payload)                                                                      \
    "02 00 00 05  08 00 01 00 08 00 01 00  06 00 0a 00 78 00 00 00 " payload " 09 00 "
#define NFLOG_BIG(payload)                                                                         \
    "02 00 00 05  00 08 00 01 08 00 01 00  00 06 00 0a 78 00 00 00 " payload " 00 09 "

static const struct {
    uint16_t link_type;
    const char *hex;
    uint16_t ether_type;
    uint32_t vlan;
} links[] = {
    { LINK_ETHERNET, ETHERNET("08 00") IPV4_PACKET, 0x0800, 0 },
    { LINK_ETHERNET, ETHERNET("86 dd") IPV6_PACKET, 0x86dd, 0 },
    /* 802.1Q: priority 5, VLAN 100 */
    { LINK_ETHERNET, ETHERNET("81 00") "a0 64 08 00 " IPV4_PACKET, 0x0800, 0x1064 },
    { LINK_ETHERNET, ETHERNET("81 00") "00 64 86 dd " IPV6_PACKET, 0x86dd, 0x1064 },
    /* 802.1ad, two 802.1Q, and the type before 802.1ad: outer 200, inner 100 */
    { LINK_ETHERNET, ETHERNET("88 a8") "00 c8 81 00 00 64 08 00 " IPV4_PACKET, 0x0800, 0x10c81064 },
    { LINK_ETHERNET, ETHERNET("81 00") "00 c8 81 00 00 64 08 00 " IPV4_PACKET, 0x0800, 0x10c81064 },
    { LINK_ETHERNET, ETHERNET("91 00") "00 c8 81 00 00 64 08 00 " IPV4_PACKET, 0x0800, 0x10c81064 },
    /* three tags, of which the inner two stay */
    { LINK_ETHERNET, ETHERNET("88 a8") "01 2c 88 a8 00 c8 81 00 00 64 08 00 " IPV4_PACKET, 0x0800,
      0x10c81064 },
    /* VLAN 4095, and a priority without a VLAN */
    { LINK_ETHERNET, ETHERNET("81 00") "0f ff 08 00 " IPV4_PACKET, 0x0800, 0x1fff },
    { LINK_ETHERNET, ETHERNET("81 00") "e0 00 08 00 " IPV4_PACKET, 0x0800, 0 },
    { LINK_ETHERNET, ETHERNET("81 00") "00 c8 81 00 e0 00 08 00 " IPV4_PACKET, 0x0800, 0x10c8 },
    /* PPPoE session, PPP protocol 0021 */
    { LINK_ETHERNET, ETHERNET("88 64") PPPOE("00 2e") "00 21 " IPV4_PACKET, 0x8864, 0 },
    /* VN-Tag, also behind a VLAN; E-Tag; Cisco's security group tag; E-Tag, then a VLAN */
    { LINK_ETHERNET, ETHERNET("89 26") "00 11 00 22 08 00 " IPV4_PACKET, 0x0800, 0 },
    { LINK_ETHERNET, ETHERNET("81 00") "00 64 89 26 80 11 00 22 86 dd " IPV6_PACKET, 0x86dd,
      0x1064 },
    { LINK_ETHERNET, ETHERNET("89 3f") "e0 11 00 22 00 00 08 00 " IPV4_PACKET, 0x0800, 0 },
    { LINK_ETHERNET, ETHERNET("89 09") "01 01 00 01 00 07 08 00 " IPV4_PACKET, 0x0800, 0 },
    { LINK_ETHERNET, ETHERNET("89 3f") "e0 11 00 22 00 00 81 00 00 64 08 00 " IPV4_PACKET, 0x0800,
      0x1064 },
    /* FabricPath around a tagged frame */
    { LINK_ETHERNET, ETHERNET("89 03") "00 5f " ETHERNET("81 00") "00 64 08 00 " IPV4_PACKET,
      0x0800, 0x1064 },
    /* MPLS: one label, two, multicast */
    { LINK_ETHERNET, ETHERNET("88 47") LABEL("01") IPV4_PACKET, 0x8847, 0 },
    { LINK_ETHERNET, ETHERNET("88 47") LABEL("00") LABEL("01") IPV6_PACKET, 0x8847, 0 },
    { LINK_ETHERNET, ETHERNET("88 48") LABEL("01") IPV4_PACKET, 0x8848, 0 },
    /* Ethernet in MPLS without and with a control word, the latter with a tag */
    { LINK_ETHERNET, ETHERNET("88 47") LABEL("01") ETHERNET("08 00") IPV4_PACKET, 0x0800, 0 },
    { LINK_ETHERNET,
      ETHERNET("88 47") LABEL("00")
          LABEL("01") "00 00 00 07 " ETHERNET("81 00") "00 64 08 00 " IPV4_PACKET,
      0x0800, 0x1064 },
    { LINK_LINUX_SLL, SLL("08 00") IPV4_PACKET, 0x0800, 0 },
    { LINK_LINUX_SLL, SLL("86 dd") IPV6_PACKET, 0x86dd, 0 },
    { LINK_LINUX_SLL, SLL("81 00") "00 64 08 00 " IPV4_PACKET, 0x0800, 0x1064 },
    { LINK_LINUX_SLL2, SLL2("08 00") IPV4_PACKET, 0x0800, 0 },
    { LINK_LINUX_SLL2, SLL2("86 dd") IPV6_PACKET, 0x86dd, 0 },
    { LINK_LINUX_SLL2, SLL2("81 00") "00 64 08 00 " IPV4_PACKET, 0x0800, 0x1064 },
    { LINK_RAW, IPV4_PACKET, 0, 0 },
    { LINK_RAW, IPV6_PACKET, 0, 0 },
    { LINK_RAW_BSD, IPV4_PACKET, 0, 0 },
    { LINK_RAW_OPENBSD, IPV6_PACKET, 0, 0 },
    { LINK_IPV4, IPV4_PACKET, 0, 0 },
    { LINK_IPV6, IPV6_PACKET, 0, 0 },
    /* the address family as a little and as a big machine writes it */
    { LINK_NULL, "02 00 00 00 " IPV4_PACKET, 0, 0 },
    { LINK_NULL, "00 00 00 02 " IPV4_PACKET, 0, 0 },
    { LINK_NULL, "0a 00 00 00 " IPV6_PACKET, 0, 0 }, /* Linux */
    { LINK_NULL, "17 00 00 00 " IPV6_PACKET, 0, 0 }, /* Windows */
    { LINK_NULL, "18 00 00 00 " IPV6_PACKET, 0, 0 }, /* OpenBSD, NetBSD */
    { LINK_NULL, "1c 00 00 00 " IPV6_PACKET, 0, 0 }, /* FreeBSD */
    { LINK_NULL, "00 00 00 1e " IPV6_PACKET, 0, 0 }, /* Darwin */
    { LINK_LOOP, "00 00 00 02 " IPV4_PACKET, 0, 0 },
    { LINK_LOOP, "00 00 00 18 " IPV6_PACKET, 0, 0 },
    /* with and without address and control, and with a short protocol */
    { LINK_PPP, "ff 03 00 21 " IPV4_PACKET, 0, 0 },
    { LINK_PPP, "ff 03 00 57 " IPV6_PACKET, 0, 0 },
    { LINK_PPP, "00 21 " IPV4_PACKET, 0, 0 },
    { LINK_PPP, "21 " IPV4_PACKET, 0, 0 },
    { LINK_PPP, "0f 00 08 00 " IPV4_PACKET, 0x0800, 0 }, /* Cisco */
    { LINK_PPP_HDLC, "ff 03 00 21 " IPV4_PACKET, 0, 0 },
    { LINK_PPP_HDLC, "0f 00 08 00 " IPV4_PACKET, 0x0800, 0 }, /* Cisco */
    { LINK_CISCO_HDLC, "0f 00 08 00 " IPV4_PACKET, 0x0800, 0 },
    { LINK_CISCO_HDLC, "8f 00 86 dd " IPV6_PACKET, 0x86dd, 0 },
    { LINK_NFLOG, NFLOG_LITTLE("30 00") IPV4_PACKET, 0, 0 },
    { LINK_NFLOG, NFLOG_BIG("00 30") IPV4_PACKET, 0, 0 },
    { LINK_NFLOG, "0a 00 00 05 44 00 09 00 " IPV6_PACKET, 0, 0 },
};

enum { N_LINKS = sizeof(links) / sizeof(links[0]) };

Test(packet_link, leads_to_the_packet)
{
    struct packet p;

    for (unsigned i = 0; i < N_LINKS; i++) {
        cr_expect_eq(frame_decode(&p, links[i].link_type, links[i].hex), PACKET_OK, "%u", i);
        cr_expect(packet_is_sample(&p), "%u", i);
        cr_expect_eq(p.ether_type, links[i].ether_type, "%u", i);
        cr_expect_eq(p.vlan, links[i].vlan, "%u", i);
        cr_expect_eq(p.tunnel, 0, "%u", i);
    }
}

Test(packet_link, needs_every_byte_of_the_headers)
{
    for (unsigned i = 0; i < N_LINKS; i++) {
        struct frame f = frame_of(links[i].hex);

        cr_expect_eq(
            frame_find_bad_prefix(links[i].link_type, links[i].hex, f.n_bytes - DATA_BYTES),
            UINT32_MAX, "%u", i);
    }
}

Test(packet_link, reads_snap_behind_a_length)
{
    struct packet p;

    /* 802.3 length 52; aa aa 03; OUI 0, then 802.1H's */
    cr_assert_eq(
        frame_decode(&p, LINK_ETHERNET, ETHERNET("00 34") "aa aa 03 00 00 00 08 00 " IPV4_PACKET),
        PACKET_OK);
    cr_assert(packet_is_sample(&p));
    cr_assert_eq(p.ether_type, 0x0800);
    cr_assert_eq(
        frame_decode(&p, LINK_ETHERNET, ETHERNET("00 34") "aa aa 03 00 00 f8 08 00 " IPV4_PACKET),
        PACKET_OK);
    cr_assert(packet_is_sample(&p));
    /* inside a tag, and as Linux cooked captures have 802.2 */
    cr_assert_eq(frame_decode(&p, LINK_ETHERNET,
                              ETHERNET("81 00") "00 64 00 34 aa aa 03 00 00 00 08 00 " IPV4_PACKET),
                 PACKET_OK);
    cr_assert_eq(p.vlan, 0x1064);
    cr_assert_eq(
        frame_decode(&p, LINK_LINUX_SLL, SLL("00 04") "aa aa 03 00 00 00 08 00 " IPV4_PACKET),
        PACKET_OK);
    cr_assert(packet_is_sample(&p));
}

Test(packet_link, leaves_alone_what_is_not_ip)
{
    static const struct {
        uint16_t link_type;
        const char *hex;
    } others[] = {
        { LINK_ETHERNET, ETHERNET("08 06") "00 01 08 00 06 04 00 01 " },          /* ARP */
        { LINK_ETHERNET, ETHERNET("88 cc") "02 07 04 " },                         /* LLDP */
        { LINK_ETHERNET, ETHERNET("81 00") "00 64 08 06 00 01 08 00 06 04 " },    /* tagged ARP */
        { LINK_ETHERNET, ETHERNET("00 26") "42 42 03 00 00 00 00 00 00 00 " },    /* STP */
        { LINK_ETHERNET, ETHERNET("00 26") "aa aa 03 00 00 0c 01 0b 00 00 " },    /* Cisco's OUI */
        { LINK_ETHERNET, ETHERNET("00 26") "aa aa 03 00 00 00 00 40 00 00 " },    /* no type */
        { LINK_ETHERNET, ETHERNET("88 64") PPPOE("00 06") "c0 21 01 01 00 04 " }, /* PPP LCP */
        /* MPLS around what is neither IP nor Ethernet, and too short for Ethernet */
        { LINK_ETHERNET, ETHERNET("88 47") LABEL("01") "10 00 00 07 " IPV4_PACKET },
        { LINK_ETHERNET, ETHERNET("88 47") LABEL("01") "00 00 00 07 00 01 " },
        { LINK_LINUX_SLL, SLL("08 06") "00 01 08 00 06 04 00 01 " },
        { LINK_LINUX_SLL2, SLL2("08 06") "00 01 08 00 06 04 00 01 " },
        { LINK_RAW, "00 01 08 00 06 04 00 01 " },
        { LINK_NULL, "10 00 00 00 " IPV4_PACKET }, /* AF_APPLETALK */
        { LINK_PPP, "ff 03 c0 21 01 01 00 04 " },
        { LINK_PPP_HDLC, "ff 03 80 21 01 01 00 04 " },
        { LINK_NFLOG, "07 00 00 05 30 00 09 00 " IPV4_PACKET }, /* AF_BRIDGE */
        { LINK_NFLOG, "02 01 00 05 30 00 09 00 " IPV4_PACKET }, /* version 1 */
    };
    struct packet p;

    for (unsigned i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        cr_expect_eq(frame_decode(&p, others[i].link_type, others[i].hex), PACKET_OTHER, "%u", i);
        cr_expect_eq(p.protocol, 0, "%u", i);
        cr_expect(!p.has_ports, "%u", i);
    }
    frame_decode(&p, LINK_ETHERNET, others[2].hex);
    cr_assert_eq(p.ether_type, 0x0806);
    cr_assert_eq(p.vlan, 0x1064);
}

Test(packet_link, refuses_what_contradicts_itself)
{
    struct packet p;

    /* the frame ends within the Ethernet header, and within a tag */
    cr_assert_eq(frame_decode(&p, LINK_ETHERNET, "02 00 00 00 00 02 "), PACKET_MALFORMED);
    cr_assert_eq(frame_decode(&p, LINK_ETHERNET, ETHERNET("81 00") "00 64 "), PACKET_MALFORMED);
    /* within an E-Tag, and behind a label that is not the last */
    cr_assert_eq(frame_decode(&p, LINK_ETHERNET, ETHERNET("89 3f") "e0 11 00 22 00 00 "),
                 PACKET_MALFORMED);
    cr_assert_eq(frame_decode(&p, LINK_ETHERNET, ETHERNET("88 47") LABEL("00")), PACKET_MALFORMED);
    /* PPPoE of version 2, of a discovery packet, and shorter than what is in it */
    cr_assert_eq(
        frame_decode(&p, LINK_ETHERNET, ETHERNET("88 64") "21 00 00 07 00 2e 00 21 " IPV4_PACKET),
        PACKET_MALFORMED);
    cr_assert_eq(
        frame_decode(&p, LINK_ETHERNET, ETHERNET("88 64") "11 09 00 07 00 2e 00 21 " IPV4_PACKET),
        PACKET_MALFORMED);
    cr_assert_eq(
        frame_decode(&p, LINK_ETHERNET, ETHERNET("88 64") PPPOE("00 0a") "00 21 " IPV4_PACKET),
        PACKET_MALFORMED);
    /* an NFLOG attribute shorter than its own header, and no payload at all */
    cr_assert_eq(frame_decode(&p, LINK_NFLOG, "02 00 00 05 03 00 01 00 " IPV4_PACKET),
                 PACKET_MALFORMED);
    cr_assert_eq(frame_decode(&p, LINK_NFLOG, "02 00 00 05 08 00 01 00 08 00 01 00 "),
                 PACKET_MALFORMED);
}

Test(packet_link, refuses_labels_without_an_end)
{
    char hex[sizeof(ETHERNET("88 47")) + 40 * sizeof(LABEL("00"))] = ETHERNET("88 47");
    struct packet p;

    for (int i = 0; i < 40; i++)
        strcat(hex, LABEL("00"));
    cr_assert_eq(frame_decode(&p, LINK_ETHERNET, hex), PACKET_MALFORMED);
}

Test(packet_link, counts_no_padding_behind_an_nflog_payload)
{
    struct packet p;

    /* an offloaded packet of 43 bytes in an attribute of 47, then one byte of padding */
    cr_assert_eq(frame_decode(&p, LINK_NFLOG,
                              "02 00 00 05 2f 00 09 00 " IPV4("00 00", "06") TCP("50", "18") DATA),
                 PACKET_OK);
    cr_assert_eq(p.payload_bytes, DATA_BYTES - 1);
}
