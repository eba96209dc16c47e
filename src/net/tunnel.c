/*
 * The encapsulations in which a mirror port delivers or which it sees: GRE, ERSPAN I to III, VXLAN,
 * Geneve, provider backbone bridging, IP in IP.
 */
#include "src/net/decoder.h"

enum {
    GRE_BYTES = 4,
    VXLAN_BYTES = 8,
    GENEVE_BYTES = 8,
    BACKBONE_BYTES = 4,
    ERSPAN2_BYTES = 8,
    ERSPAN3_BYTES = 12,
    ERSPAN3_PLATFORM_BYTES = 8,
};

enum {
    GRE_CHECKSUM = 0x8000,
    GRE_ROUTING = 0x4000,
    GRE_KEY = 0x2000,
    GRE_SEQUENCE = 0x1000,
    GRE_VERSION = 0x0007,
};

enum {
    GRE_IPV4 = 0x0800,
    GRE_ETHERNET = 0x6558,
    GRE_IPV6 = 0x86dd,
    GRE_MPLS = 0x8847,
    GRE_ERSPAN = 0x88be,
    GRE_ERSPAN3 = 0x22eb,
};

enum { VXLAN_HAS_VNI = 0x08, VXLAN_HAS_TYPE = 0x04 };

enum { VXLAN_IPV4 = 1, VXLAN_IPV6 = 2, VXLAN_ETHERNET = 3 };

enum { NVGRE_RESERVED_SUBNETS = 0x1000 };

enum { ERSPAN3_FRAME_ETHERNET = 0, ERSPAN3_FRAME_IP = 2 };

void decoder_enter_tunnel(struct decoder *d, enum tunnel_kind kind, uint32_t id)
{
    d->is_ipv6 = false;
    *d->packet = (struct packet){ .tunnel = (uint32_t)kind << 24 | (id & 0xffffff) };
}

enum packet_status ip_in_ip_decode(struct decoder *d)
{
    bool is_v4 = d->packet->protocol == IP_IN_IP;

    decoder_enter_tunnel(d, TUNNEL_IP_IN_IP, 0);
    return is_v4 ? ipv4_decode(d) : ipv6_decode(d);
}

/*
 * ERSPAN II, 8 bytes: version 1 4 bits, VLAN 12 | class 3, encapsulation 2, truncated 1, session 10
 * | 0 12, port 20. The VLAN is left alone: of frames the mirrored port sent it need not be theirs,
 * and would tear the directions of a connection apart.
 */
static enum packet_status erspan2_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, ERSPAN2_BYTES);

    if (!h)
        return decoder_short(d);
    if (h[0] >> 4 != 1)
        return PACKET_MALFORMED;
    decoder_enter_tunnel(d, TUNNEL_ERSPAN, bytes_u16be(h + 2) & 0x03ff);
    return ethernet_decode(d);
}

/*
 * ERSPAN III, 12 bytes: version 2 4 bits, VLAN 12 | class 3, bad 2, truncated 1, session 10 |
 * timestamp 4 bytes | group tag 16 | P 1, frame type 5, hardware 6, direction 1, granularity 2,
 * platform header follows 1
 */
static enum packet_status erspan3_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, ERSPAN3_BYTES);
    uint16_t flags;

    if (!h)
        return decoder_short(d);
    if (h[0] >> 4 != 2)
        return PACKET_MALFORMED;
    flags = bytes_u16be(h + 10);
    if (flags & 1 && !cursor_take(&d->c, ERSPAN3_PLATFORM_BYTES))
        return decoder_short(d);
    decoder_enter_tunnel(d, TUNNEL_ERSPAN, bytes_u16be(h + 2) & 0x03ff);
    switch (flags >> 10 & 0x1f) {
    case ERSPAN3_FRAME_ETHERNET:
        return ethernet_decode(d);
    case ERSPAN3_FRAME_IP:
        return ip_decode(d);
    default:
        return PACKET_OTHER;
    }
}

static const struct layer gre_types[] = {
    { GRE_ERSPAN, erspan2_decode, NULL }, { GRE_ERSPAN3, erspan3_decode, NULL },
    { GRE_IPV4, ipv4_decode, NULL },      { GRE_ETHERNET, ethernet_decode, NULL },
    { GRE_IPV6, ipv6_decode, NULL },      { GRE_MPLS, mpls_decode, NULL },
};

/* NVGRE (RFC 7637, 3.2): subnet id 24 bits | flow id 8, which may differ between directions. */
static uint32_t gre_id(uint16_t type, uint32_t key)
{
    return type == GRE_ETHERNET && key >> 8 >= NVGRE_RESERVED_SUBNETS ? key >> 8 : key;
}

/* RFC 2784, 2 and 2890, 2: flags and version 2 | ether type 2 | checksum, 0 4 | key 4 | sequence 4
 */
enum packet_status gre_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, GRE_BYTES);
    const struct layer *row;
    uint16_t flags, type;
    uint32_t key = 0;

    if (!h)
        return decoder_short(d);
    flags = bytes_u16be(h);
    type = bytes_u16be(h + 2);
    row = LAYER_FIND(gre_types, type);
    if (!row || flags & (GRE_ROUTING | GRE_VERSION))
        return PACKET_OK;
    if (flags & GRE_CHECKSUM)
        cursor_skip(&d->c, 4);
    if (flags & GRE_KEY)
        key = cursor_u32be(&d->c);
    if (flags & GRE_SEQUENCE)
        cursor_skip(&d->c, 4);
    if (d->c.failed)
        return decoder_short(d);
    decoder_enter_tunnel(d, type == GRE_ERSPAN ? TUNNEL_ERSPAN : TUNNEL_GRE, gre_id(type, key));
    /* ERSPAN I has no header of its own, and no sequence number either. */
    return type == GRE_ERSPAN && !(flags & GRE_SEQUENCE) ? ethernet_decode(d) : row->decode(d);
}

/* draft-ietf-nvo3-vxlan-gpe, 3.2 */
static const struct layer vxlan_types[] = {
    { VXLAN_ETHERNET, ethernet_decode, NULL },
    { VXLAN_IPV4, ipv4_decode, NULL },
    { VXLAN_IPV6, ipv6_decode, NULL },
};

/*
 * RFC 7348, 5: flags 1 | 0 3 | VNI 3 | 0 1; with the flag of the generic extension the fourth byte
 * tells what follows. Without the flag for a valid VNI it is plain UDP.
 */
enum packet_status vxlan_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, VXLAN_BYTES);
    const struct layer *row;

    if (!h)
        return decoder_short(d);
    row = LAYER_FIND(vxlan_types, h[0] & VXLAN_HAS_TYPE ? h[3] : VXLAN_ETHERNET);
    if (!row || !(h[0] & VXLAN_HAS_VNI))
        return PACKET_OK;
    decoder_enter_tunnel(d, TUNNEL_VXLAN, bytes_u32be(h + 4) >> 8);
    return row->decode(d);
}

static const struct layer geneve_types[] = {
    { GRE_ETHERNET, ethernet_decode, NULL },
    { GRE_IPV4, ipv4_decode, NULL },
    { GRE_IPV6, ipv6_decode, NULL },
};

/*
 * RFC 8926, 3.4: version 0 2 bits, options in words 6 | flags 1 | ether type 2 | VNI 3 | 0 1 |
 * options. Of another version, or around what has no row, it is plain UDP.
 */
enum packet_status geneve_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, GENEVE_BYTES);
    const struct layer *row;

    if (!h)
        return decoder_short(d);
    row = LAYER_FIND(geneve_types, bytes_u16be(h + 2));
    if (!row || h[0] >> 6)
        return PACKET_OK;
    if (!cursor_take(&d->c, (h[0] & 0x3fu) * 4))
        return decoder_short(d);
    decoder_enter_tunnel(d, TUNNEL_GENEVE, bytes_u32be(h + 4) >> 8);
    return row->decode(d);
}

/* IEEE 802.1Q, 9.7 (802.1ah): priority and flags 1 | service id 3 | the customer's frame */
enum packet_status backbone_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, BACKBONE_BYTES);

    if (!h)
        return decoder_short(d);
    decoder_enter_tunnel(d, TUNNEL_BACKBONE, bytes_u32be(h));
    return ethernet_decode(d);
}
