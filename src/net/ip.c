/* IPv4, IPv6 with its extension headers, and the table of protocols. */
#include "src/net/decoder.h"

enum {
    IPV4_BYTES = 20,
    IPV6_BYTES = 40,
    EXTENSION_BYTES = 8, /* the least an extension header has, and the unit of its length */
    FRAGMENT_BYTES = 8,
};

enum {
    IP_HOP_BY_HOP = 0,
    IP_IPV6 = 41,
    IP_ROUTING = 43,
    IP_FRAGMENT = 44,
    IP_AH = 51,
    IP_NO_NEXT = 59,
    IP_DESTINATION = 60,
    IP_MOBILITY = 135,
    IP_HOST_IDENTITY = 139,
    IP_SHIM6 = 140,
};

enum { OPTION_PAD1 = 0, OPTION_JUMBO = 0xc2, OPTION_JUMBO_BYTES = 4 };

enum packet_status ip_decode(struct decoder *d)
{
    if (!cursor_left(&d->c))
        return decoder_short(d);
    switch (d->c.at[0] >> 4) {
    case 4:
        return ipv4_decode(d);
    case 6:
        return ipv6_decode(d);
    default:
        return PACKET_OTHER;
    }
}

/*
 * RFC 791, 3.1: version and header words | service | total length 2 | identification 2 |
 * flags 3 bits and offset 13 in units of 8 | time to live | protocol | checksum 2 | source |
 * destination | options
 */
enum packet_status ipv4_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, IPV4_BYTES);
    struct packet *p = d->packet;
    uint32_t header_bytes, total_bytes, fragment;

    if (!h)
        return decoder_short(d);
    header_bytes = (h[0] & 0x0fu) * 4;
    total_bytes = bytes_u16be(h + 2);
    /* Offload leaves the length to the card, and 16 bits don't hold that of a large frame. */
    if (total_bytes == 0)
        total_bytes = IPV4_BYTES + decoder_left(d);
    if (h[0] >> 4 != 4 || header_bytes < IPV4_BYTES || total_bytes < header_bytes)
        return PACKET_MALFORMED;
    fragment = bytes_u16be(h + 6);
    p->ip_id = bytes_u16be(h + 4);
    p->fragment_offset = (fragment & 0x1fff) * 8;
    p->more_fragments = fragment & 0x2000;
    p->ttl = h[8];
    p->protocol = h[9];
    p->source = addr_v4(h + 12);
    p->destination = addr_v4(h + 16);
    p->payload_bytes = total_bytes - header_bytes;
    decoder_limit(d, total_bytes - IPV4_BYTES);
    if (header_bytes > IPV4_BYTES && !cursor_take(&d->c, header_bytes - IPV4_BYTES))
        return decoder_short(d);
    return p->fragment_offset ? PACKET_OK : decoder_next_protocol(d, h[9]);
}

/*
 * RFC 8200, 3: version 4 bits, class 8, flow label 20 | payload length 2 | next header |
 * hop limit | source 16 | destination 16
 */
enum packet_status ipv6_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, IPV6_BYTES);
    struct packet *p = d->packet;
    uint32_t payload_bytes;

    if (!h)
        return decoder_short(d);
    if (h[0] >> 4 != 6)
        return PACKET_MALFORMED;
    payload_bytes = bytes_u16be(h + 4);
    d->length_is_0 = payload_bytes == 0 && h[6] != IP_NO_NEXT;
    if (d->length_is_0)
        payload_bytes = decoder_left(d);
    p->ttl = h[7];
    memcpy(p->source.bytes, h + 8, sizeof(p->source.bytes));
    memcpy(p->destination.bytes, h + 24, sizeof(p->destination.bytes));
    p->payload_bytes = payload_bytes;
    d->is_ipv6 = true;
    decoder_limit(d, payload_bytes);
    return decoder_next_protocol(d, h[6]);
}

/* Moves past an extension header of @n_bytes, of which @n_read were taken, to the next one. */
static enum packet_status extension_end(struct decoder *d, uint8_t next, uint32_t n_bytes,
                                        uint32_t n_read)
{
    if (n_bytes < n_read || n_bytes > d->packet->payload_bytes)
        return PACKET_MALFORMED;
    if (!cursor_take(&d->c, n_bytes - n_read))
        return decoder_short(d);
    d->packet->payload_bytes -= n_bytes;
    return decoder_next_protocol(d, next);
}

/* RFC 8200, 4.4, 4.6: next header | length in units of 8 behind the first 8 | ... */
static enum packet_status extension_decode(struct decoder *d)
{
    const uint8_t *h;

    if (!d->is_ipv6)
        return PACKET_OK;
    h = cursor_take(&d->c, 2);
    return h ? extension_end(d, h[0], (h[1] + 1u) * EXTENSION_BYTES, 2) : decoder_short(d);
}

/* RFC 4302, 2: next header | length in units of 4 behind the first 8 | ... */
static enum packet_status ah_decode(struct decoder *d)
{
    const uint8_t *h = cursor_take(&d->c, 2);

    return h ? extension_end(d, h[0], (h[1] + 2u) * 4, 2) : decoder_short(d);
}

/* RFC 2675, 2: the jumbo payload length, or 0 without that option. */
static uint32_t jumbo_find(struct cursor options)
{
    while (cursor_left(&options) && !options.failed) {
        uint8_t type = cursor_u8(&options);
        uint8_t n_bytes = type == OPTION_PAD1 ? 0 : cursor_u8(&options);

        if (type == OPTION_JUMBO && n_bytes == OPTION_JUMBO_BYTES)
            return cursor_u32be(&options);
        cursor_skip(&options, n_bytes);
    }
    return 0;
}

static enum packet_status hop_by_hop_decode(struct decoder *d)
{
    const uint8_t *h = d->c.at;
    uint32_t n_bytes, jumbo_bytes;

    if (!d->is_ipv6)
        return PACKET_OK;
    if (cursor_left(&d->c) < 2)
        return decoder_short(d);
    n_bytes = (h[1] + 1u) * EXTENSION_BYTES;
    if (d->length_is_0 && cursor_left(&d->c) >= n_bytes) {
        jumbo_bytes = jumbo_find(cursor_of(h + 2, n_bytes - 2));
        if (jumbo_bytes) {
            d->packet->payload_bytes = jumbo_bytes;
            decoder_limit(d, jumbo_bytes);
        }
    }
    return extension_end(d, h[0], n_bytes, 0);
}

/* RFC 8200, 4.5: next header | 0 | offset 13 bits in units of 8, 0 2, more 1 | identification 4 */
static enum packet_status fragment_decode(struct decoder *d)
{
    struct packet *p = d->packet;
    const uint8_t *h;

    if (!d->is_ipv6)
        return PACKET_OK;
    h = cursor_take(&d->c, FRAGMENT_BYTES);
    if (!h)
        return decoder_short(d);
    p->protocol = h[0];
    p->fragment_offset = bytes_u16be(h + 2) & 0xfff8;
    p->more_fragments = h[3] & 1;
    p->ip_id = bytes_u32be(h + 4);
    p->payload_bytes -= FRAGMENT_BYTES;
    return p->fragment_offset ? PACKET_OK : decoder_next_protocol(d, h[0]);
}

/*
 * Without a row a protocol is told and ends the decoding: ICMP (what it quotes was not sent), ESP.
 */
static layer_decode *const protocols[UINT8_MAX + 1] = {
    [IP_TCP] = tcp_decode,
    [IP_UDP] = udp_decode,
    [IP_GRE] = gre_decode,
    [IP_IN_IP] = ip_in_ip_decode,
    [IP_IPV6] = ip_in_ip_decode,
    [IP_AH] = ah_decode,
    [IP_HOP_BY_HOP] = hop_by_hop_decode,
    [IP_ROUTING] = extension_decode,
    [IP_FRAGMENT] = fragment_decode,
    [IP_DESTINATION] = extension_decode,
    [IP_MOBILITY] = extension_decode,
    [IP_HOST_IDENTITY] = extension_decode,
    [IP_SHIM6] = extension_decode,
};

enum packet_status decoder_next_protocol(struct decoder *d, uint8_t protocol)
{
    layer_decode *decode = protocols[protocol];

    d->packet->protocol = protocol;
    if (++d->n_layers > PACKET_LAYERS_MAX)
        return PACKET_MALFORMED;
    return decode ? decode(d) : PACKET_OK;
}
