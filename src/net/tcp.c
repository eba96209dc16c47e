/* TCP and UDP headers, as much of them as was captured. */
#include "src/net/decoder.h"
#include "src/net/segment.h"

enum {
    TCP_FLAGS_END = 14, /* ports, seq, ack, data offset and flags */
    UDP_BYTES = 8,
    VXLAN_PORT = 4789,
    VXLAN_LINUX_PORT = 8472, /* what Linux took before IANA chose, and still does */
    VXLAN_GPE_PORT = 4790,
    GENEVE_PORT = 6081,
};

enum { OPTION_END = 0, OPTION_NOP = 1, OPTION_MSS = 2, OPTION_MSS_BYTES = 4 };

uint32_t tcp_options_hash_any(const uint8_t *at, size_t n_bytes)
{
    uint64_t hash = n_bytes;

    for (size_t i = 0; i < n_bytes; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(hash >> 32) | 1;
}

/* RFC 9293, 3.1: kinds 0 and 1 stand alone, all others have a length that counts kind and itself.
 */
static uint16_t mss_find(struct cursor options)
{
    while (cursor_left(&options) && !options.failed) {
        uint8_t kind = cursor_u8(&options);
        uint8_t n_bytes;

        if (kind == OPTION_END)
            break;
        if (kind == OPTION_NOP)
            continue;
        n_bytes = cursor_u8(&options);
        if (n_bytes < 2)
            break;
        if (kind == OPTION_MSS && n_bytes == OPTION_MSS_BYTES)
            return cursor_u16be(&options);
        cursor_skip(&options, n_bytes - 2u);
    }
    return 0;
}

/* RFC 9293, 3.1: ports 2 + 2 | seq 4 | ack 4 | offset in words 4 bits, 0, flags | window 2 | ... */
enum packet_status tcp_decode(struct decoder *d)
{
    const uint8_t *h = d->c.at;
    size_t n = cursor_left(&d->c);
    struct packet *p = d->packet;
    uint32_t header_bytes, options_bytes;

    if (n < TCP_HEADER_BYTES && !d->uncaptured_bytes)
        return PACKET_MALFORMED;
    if (n < 4)
        return PACKET_CUT;
    p->source_port = bytes_u16be(h);
    p->destination_port = bytes_u16be(h + 2);
    p->has_ports = true;
    if (n < 8)
        return PACKET_CUT;
    p->seq = bytes_u32be(h + 4);
    p->has_seq = true;
    if (n < TCP_FLAGS_END)
        return PACKET_CUT;
    header_bytes = (h[12] >> 4) * 4u;
    if (header_bytes < TCP_HEADER_BYTES || header_bytes > p->payload_bytes) {
        p->has_seq = false;
        return PACKET_MALFORMED;
    }
    p->ack = bytes_u32be(h + 8);
    p->tcp_header_bytes = (uint8_t)header_bytes;
    p->tcp_flags = h[13];
    p->payload_bytes -= header_bytes;
    p->has_tcp = true;
    if (n < 16)
        return PACKET_CUT;
    p->window = bytes_u16be(h + 14);
    if (n < TCP_HEADER_BYTES)
        return PACKET_CUT;
    cursor_skip(&d->c, TCP_HEADER_BYTES);
    options_bytes = header_bytes - TCP_HEADER_BYTES;
    if (!options_bytes)
        return PACKET_OK;
    if (n < header_bytes)
        options_bytes = (uint32_t)n - TCP_HEADER_BYTES;
    h = cursor_take(&d->c, options_bytes);
    p->options_hash = tcp_options_hash(h, options_bytes);
    if (p->tcp_flags & TCP_SYN)
        p->mss = mss_find(cursor_of(h, options_bytes));
    return n < header_bytes ? PACKET_CUT : PACKET_OK;
}

static const struct layer udp_tunnels[] = {
    { VXLAN_PORT, vxlan_decode, NULL },
    { VXLAN_LINUX_PORT, vxlan_decode, NULL },
    { VXLAN_GPE_PORT, vxlan_decode, NULL },
    { GENEVE_PORT, geneve_decode, NULL },
};

/* RFC 768: ports 2 + 2 | length 2 with this header | checksum 2 */
enum packet_status udp_decode(struct decoder *d)
{
    const uint8_t *h = d->c.at;
    size_t n = cursor_left(&d->c);
    struct packet *p = d->packet;
    const struct layer *tunnel;
    uint32_t n_bytes;

    if (n < UDP_BYTES && !d->uncaptured_bytes)
        return PACKET_MALFORMED;
    if (n >= 4) {
        p->source_port = bytes_u16be(h);
        p->destination_port = bytes_u16be(h + 2);
        p->has_ports = true;
    }
    if (n < UDP_BYTES)
        return PACKET_CUT;
    n_bytes = bytes_u16be(h + 4);
    /* 0 is offload or a jumbogram (RFC 2675, 4); more than IP brings, a fragment: IP decides. */
    if (n_bytes == 0 || n_bytes > p->payload_bytes)
        n_bytes = p->payload_bytes;
    if (n_bytes < UDP_BYTES)
        return PACKET_MALFORMED;
    p->payload_bytes = n_bytes - UDP_BYTES;
    cursor_skip(&d->c, UDP_BYTES);
    tunnel = LAYER_FIND(udp_tunnels, p->destination_port);
    if (!tunnel)
        return PACKET_OK;
    decoder_limit(d, p->payload_bytes);
    return tunnel->decode(d);
}
