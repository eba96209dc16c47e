/* From the link layer to IP: one function for each framing, and the table of ether types. */
#include "src/net/decoder.h"

enum {
    ETHERNET_BYTES = 14,
    VLAN_TAG_BYTES = 4,
    SNAP_BYTES = 8,
    SLL_BYTES = 16,
    SLL2_BYTES = 20,
    PPPOE_BYTES = 6,
    VNTAG_BYTES = 6,
    ETAG_BYTES = 8,
    SGT_TAG_BYTES = 8,
    FABRICPATH_BYTES = 2,
    MPLS_LABEL_BYTES = 4,
    CONTROL_WORD_BYTES = 4,
    NFLOG_BYTES = 4,
    NFLOG_ATTRIBUTE_BYTES = 4,
};

enum {
    ETHER_IPV4 = 0x0800,
    ETHER_VLAN = 0x8100,
    ETHER_IPV6 = 0x86dd,
    ETHER_PPPOE = 0x8864,
    ETHER_MPLS = 0x8847,
    ETHER_MPLS_MULTICAST = 0x8848,
    ETHER_VLAN_SERVICE = 0x88a8,
    ETHER_BACKBONE = 0x88e7,
    ETHER_FABRICPATH = 0x8903,
    ETHER_SGT_TAG = 0x8909,
    ETHER_VNTAG = 0x8926,
    ETHER_ETAG = 0x893f,
    ETHER_VLAN_OLD = 0x9100,   /* stacked tags before 802.1ad */
    ETHER_TYPES_FROM = 0x0600, /* IEEE 802.3, 3.2.6: below it is a length */
};

enum { PPP_IPV4 = 0x0021, PPP_IPV6 = 0x0057 };

enum { NFLOG_PAYLOAD = 9 };

/* AF_INET is 2 everywhere; of AF_INET6 every system has its own idea. */
enum {
    FAMILY_INET = 2,
    FAMILY_INET6_LINUX = 10,
    FAMILY_INET6_WINDOWS = 23,
    FAMILY_INET6_BSD = 24,
    FAMILY_INET6_FREEBSD = 28,
    FAMILY_INET6_DARWIN = 30,
};

enum packet_status ethernet_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, ETHERNET_BYTES);

    return h ? decoder_next_ether_type(d, bytes_u16be(h + 12)) : decoder_short(d);
}

/*
 * IEEE 802.1Q, 9.6: priority 3 bits | drop eligible 1 | VLAN id 12, then the next type. Id 0 marks
 * a priority without a VLAN. Of more than two tags the inner two stay.
 */
static enum packet_status vlan_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, VLAN_TAG_BYTES);
    uint32_t id;

    if (!h)
        return decoder_short(d);
    id = bytes_u16be(h) & 0x0fff;
    if (id)
        d->packet->vlan = d->packet->vlan << 16 | 0x1000 | id;
    return decoder_next_ether_type(d, bytes_u16be(h + 2));
}

/*
 * Tags that a switch puts in front of the type for itself, and which its mirror port shows. They
 * name ports and groups, differ between directions, and end in the next type.
 */
static enum packet_status tag_skip(struct decoder *d, size_t n_bytes)
{
    const uint8_t *h = cursor_take(&d->c, n_bytes);

    return h ? decoder_next_ether_type(d, bytes_u16be(h + n_bytes - 2)) : decoder_short(d);
}

/* VN-Tag (fabric extenders): direction, pointer, destination 14 bits | looped, version, source */
static enum packet_status vntag_decode(struct decoder *d)
{
    return tag_skip(d, VNTAG_BYTES);
}

/* IEEE 802.1BR, 7.5: priority, ingress channel 12 bits | group, channel | their upper 8 bits each
 */
static enum packet_status etag_decode(struct decoder *d)
{
    return tag_skip(d, ETAG_BYTES);
}

/* Cisco metadata: version 1 | length 1 | option 2 | security group 2 */
static enum packet_status sgt_tag_decode(struct decoder *d)
{
    return tag_skip(d, SGT_TAG_BYTES);
}

/* Cisco FabricPath, behind addresses of switches: forwarding tag 10 bits, time to live 6 */
static enum packet_status fabricpath_decode(struct decoder *d)
{
    return cursor_take(&d->c, FABRICPATH_BYTES) ? ethernet_decode(d) : decoder_short(d);
}

static bool leads_to_ip(const struct cursor *c, size_t offset);

/*
 * RFC 3032, 2.1: label 20 bits | class 3 | last 1 | time to live 8. Labels differ between
 * directions. What is inside the packet doesn't tell: by the first half byte it is IP; else it is
 * Ethernet, which a control word (RFC 4385, 3) may precede.
 */
enum packet_status mpls_decode(struct decoder *d)
{
    const uint8_t *h;

    do {
        h = cursor_take(&d->c, MPLS_LABEL_BYTES);
        if (!h || !cursor_left(&d->c))
            return decoder_short(d);
        if (++d->n_layers > PACKET_LAYERS_MAX)
            return PACKET_MALFORMED;
    } while (!(h[2] & 1));
    if (d->c.at[0] >> 4 == 4 || d->c.at[0] >> 4 == 6)
        return ip_decode(d);
    if (cursor_left(&d->c) < CONTROL_WORD_BYTES + ETHERNET_BYTES)
        return d->uncaptured_bytes ? PACKET_CUT : PACKET_OTHER;
    if (leads_to_ip(&d->c, CONTROL_WORD_BYTES))
        cursor_skip(&d->c, CONTROL_WORD_BYTES);
    else if (!leads_to_ip(&d->c, 0))
        return PACKET_OTHER;
    return ethernet_decode(d);
}

/* IEEE 802.2 with SNAP: aa aa 03 | OUI 3 | type; OUI 0 is Ethernet (RFC 1042), f8 802.1H. */
static enum packet_status llc_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, SNAP_BYTES);
    uint16_t type;

    if (!h || h[0] != 0xaa || h[1] != 0xaa || h[2] != 0x03 || h[3] || h[4] ||
        (h[5] && h[5] != 0xf8))
        return PACKET_OTHER;
    type = bytes_u16be(h + 6);
    return type < ETHER_TYPES_FROM ? PACKET_OTHER : decoder_next_ether_type(d, type);
}

/* RFC 1661, 2 and RFC 1662, 3.1: address and control, and the protocol's upper byte, may lack. */
enum packet_status ppp_decode(struct decoder *d)
{
    uint16_t protocol;

    if (cursor_left(&d->c) && d->c.at[0] == 0xff)
        cursor_skip(&d->c, 2);
    protocol = cursor_u8(&d->c);
    if (!(protocol & 1))
        protocol = (uint16_t)(protocol << 8 | cursor_u8(&d->c));
    if (d->c.failed)
        return decoder_short(d);
    switch (protocol) {
    case PPP_IPV4:
        return ipv4_decode(d);
    case PPP_IPV6:
        return ipv6_decode(d);
    default:
        return PACKET_OTHER;
    }
}

/* LINKTYPE_PPP_HDLC: PPP, or Cisco's framing (RFC 1547, 4.3.1): 0f or 8f | 00 | ether type. */
enum packet_status ppp_hdlc_decode(struct decoder *d)
{
    const uint8_t *h = d->c.at;

    if (cursor_left(&d->c) < 4)
        return decoder_short(d);
    if (h[0] != 0x0f && h[0] != 0x8f)
        return ppp_decode(d);
    cursor_skip(&d->c, 4);
    return decoder_next_ether_type(d, bytes_u16be(h + 2));
}

/* RFC 2516, 4: version 1 and type 1 | code (0 in a session) | session id 2 | length 2 | PPP */
static enum packet_status pppoe_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, PPPOE_BYTES);

    if (!h)
        return decoder_short(d);
    if (h[0] != 0x11 || h[1])
        return PACKET_MALFORMED;
    decoder_limit(d, bytes_u16be(h + 4));
    return ppp_decode(d);
}

/* LINKTYPE_LINUX_SLL: packet type 2 | ARPHRD 2 | address length 2 | address 8 | protocol 2 */
enum packet_status sll_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, SLL_BYTES);

    return h ? decoder_next_ether_type(d, bytes_u16be(h + 14)) : decoder_short(d);
}

/* LINKTYPE_LINUX_SLL2: protocol 2 | 0 2 | index 4 | ARPHRD 2 | packet type 1 | address 1 + 8 */
enum packet_status sll2_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, SLL2_BYTES);

    return h ? decoder_next_ether_type(d, bytes_u16be(h)) : decoder_short(d);
}

/* LINKTYPE_NULL and LINKTYPE_LOOP: the address family in the byte order of whoever captured. */
enum packet_status null_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, 4);
    uint32_t family;

    if (!h)
        return decoder_short(d);
    family = bytes_u32be(h);
    if (family > UINT16_MAX)
        family = family >> 24 | (family >> 8 & 0xff00);
    switch (family) {
    case FAMILY_INET:
        return ipv4_decode(d);
    case FAMILY_INET6_LINUX:
    case FAMILY_INET6_WINDOWS:
    case FAMILY_INET6_BSD:
    case FAMILY_INET6_FREEBSD:
    case FAMILY_INET6_DARWIN:
        return ipv6_decode(d);
    default:
        return PACKET_OTHER;
    }
}

/*
 * LINKTYPE_NFLOG: family 1 | version 1 | resource 2 | attributes. An attribute is its length with
 * these 4 bytes, its type, its value and padding to 4; numbers in the byte order of whoever
 * captured, which the file does not tell here. Types are small, so the first one gives it away.
 */
enum packet_status nflog_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, NFLOG_BYTES);
    uint16_t n_bytes, type;
    uint8_t family;
    bool is_big;

    if (!h)
        return decoder_short(d);
    family = h[0];
    if (h[1] || (family != FAMILY_INET && family != FAMILY_INET6_LINUX))
        return PACKET_OTHER;
    is_big = cursor_left(&d->c) >= NFLOG_ATTRIBUTE_BYTES && !h[6] && h[7];
    for (;;) {
        n_bytes = is_big ? cursor_u16be(&d->c) : cursor_u16le(&d->c);
        type = is_big ? cursor_u16be(&d->c) : cursor_u16le(&d->c);
        if (d->c.failed)
            return decoder_short(d);
        if (n_bytes < NFLOG_ATTRIBUTE_BYTES)
            return PACKET_MALFORMED;
        if (type == NFLOG_PAYLOAD)
            break;
        cursor_skip(&d->c, (n_bytes + 3u) / 4 * 4 - NFLOG_ATTRIBUTE_BYTES);
    }
    decoder_limit(d, (uint32_t)n_bytes - NFLOG_ATTRIBUTE_BYTES);
    return family == FAMILY_INET ? ipv4_decode(d) : ipv6_decode(d);
}

static const struct layer ether_types[] = {
    { ETHER_IPV4, ipv4_decode, NULL },
    { ETHER_IPV6, ipv6_decode, NULL },
    { ETHER_VLAN, vlan_decode, NULL },
    { ETHER_VLAN_SERVICE, vlan_decode, NULL },
    { ETHER_VLAN_OLD, vlan_decode, NULL },
    { ETHER_PPPOE, pppoe_decode, NULL },
    { ETHER_MPLS, mpls_decode, NULL },
    { ETHER_MPLS_MULTICAST, mpls_decode, NULL },
    { ETHER_VNTAG, vntag_decode, NULL },
    { ETHER_ETAG, etag_decode, NULL },
    { ETHER_SGT_TAG, sgt_tag_decode, NULL },
    { ETHER_BACKBONE, backbone_decode, NULL },
    { ETHER_FABRICPATH, fabricpath_decode, NULL },
};

/* An Ethernet header there, of which at least that is captured, has a type of the table. */
static bool leads_to_ip(const struct cursor *c, size_t offset)
{
    return LAYER_FIND(ether_types, bytes_u16be(c->at + offset + ETHERNET_BYTES - 2)) != NULL;
}

enum packet_status decoder_next_ether_type(struct decoder *d, uint16_t ether_type)
{
    const struct layer *row = LAYER_FIND(ether_types, ether_type);

    d->packet->ether_type = ether_type;
    if (++d->n_layers > PACKET_LAYERS_MAX)
        return PACKET_MALFORMED;
    if (ether_type < ETHER_TYPES_FROM)
        return llc_decode(d);
    return row ? row->decode(d) : PACKET_OTHER;
}
