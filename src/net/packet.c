/* Where a frame enters: the table of link types. The next one is a row here, a function in link.c.
 */
#include "src/net/packet.h"

#include "src/net/decoder.h"

/* LINKTYPE_ values: https://www.tcpdump.org/linktypes.html */
static const struct layer link_types[] = {
    { LINK_ETHERNET, ethernet_decode, "Ethernet" },
    { LINK_LINUX_SLL2, sll2_decode, "Linux cooked v2" },
    { LINK_LINUX_SLL, sll_decode, "Linux cooked v1" },
    { LINK_RAW, ip_decode, "raw IP" },
    { LINK_RAW_BSD, ip_decode, "raw IP" },
    { LINK_RAW_OPENBSD, ip_decode, "raw IP" },
    { LINK_IPV4, ipv4_decode, "raw IPv4" },
    { LINK_IPV6, ipv6_decode, "raw IPv6" },
    { LINK_NULL, null_decode, "BSD loopback" },
    { LINK_LOOP, null_decode, "OpenBSD loopback" },
    { LINK_PPP, ppp_hdlc_decode, "PPP" },
    { LINK_PPP_HDLC, ppp_hdlc_decode, "PPP in HDLC framing" },
    { LINK_CISCO_HDLC, ppp_hdlc_decode, "Cisco HDLC" },
    { LINK_NFLOG, nflog_decode, "Linux netfilter log" },
};

static inline const struct layer *link_type_find(uint16_t link_type)
{
    return LAYER_FIND(link_types, link_type);
}

/* Copied, since compilers clear a struct of this size by an instruction that takes longer. */
static const struct packet nothing;

/* Writes the packet whole; *d is left where decoding ended. */
static inline enum packet_status decode(struct decoder *d, struct packet *ret_packet,
                                        uint16_t link_type, const uint8_t *bytes,
                                        uint32_t captured_bytes, uint32_t wire_bytes)
{
    const struct layer *row = link_type_find(link_type);

    /* One by one: for the compiler it is cheaper than clearing the whole. */
    d->c = cursor_of(bytes, captured_bytes);
    d->uncaptured_bytes = wire_bytes > captured_bytes ? wire_bytes - captured_bytes : 0;
    d->n_layers = 0;
    d->packet = ret_packet;
    d->is_ipv6 = false;
    d->length_is_0 = false;
    *ret_packet = nothing;
    return row ? row->decode(d) : PACKET_LINK_UNKNOWN;
}

enum packet_status packet_decode(struct packet *ret_packet, uint16_t link_type,
                                 const uint8_t *bytes, uint32_t captured_bytes, uint32_t wire_bytes)
{
    struct decoder d;

    return decode(&d, ret_packet, link_type, bytes, captured_bytes, wire_bytes);
}

enum packet_status packet_decode_headers(struct packet *ret_packet, uint32_t *ret_header_bytes,
                                         uint16_t link_type, const uint8_t *bytes,
                                         uint32_t captured_bytes, uint32_t wire_bytes)
{
    struct decoder d;
    enum packet_status status =
        decode(&d, ret_packet, link_type, bytes, captured_bytes, wire_bytes);

    *ret_header_bytes = (uint32_t)(d.c.at - bytes);
    return status;
}

const char *link_type_name(uint16_t link_type)
{
    const struct layer *row = link_type_find(link_type);

    return row ? row->name : NULL;
}
