/*
 * Input: 2 bytes that choose the link type, 4 of wire length (both big-endian), then the frame.
 * Checked beyond memory: what the result says of itself, and that cutting a frame shorter hides
 * fields but changes none.
 */
#include <stdlib.h>

#include "src/net/packet.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

enum { HEADER_BYTES = 6 };

static const uint16_t link_types[] = {
    LINK_ETHERNET, LINK_NULL,  LINK_PPP,        LINK_RAW_BSD, LINK_RAW_OPENBSD,
    LINK_PPP_HDLC, LINK_RAW,   LINK_LOOP,       LINK_IPV4,    LINK_LINUX_SLL,
    LINK_IPV6,     LINK_NFLOG, LINK_LINUX_SLL2, 105,          LINK_CISCO_HDLC,
};

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_packet(const struct packet *p, enum packet_status status)
{
    check(status <= PACKET_LINK_UNKNOWN);
    check(!p->has_tcp || p->has_seq);
    check(!p->has_seq || (p->has_ports && p->protocol == IP_TCP));
    check(!p->has_ports || p->protocol == IP_TCP || p->protocol == IP_UDP);
    check(!p->has_ports || p->fragment_offset == 0);
    check(p->has_ports || (p->source_port == 0 && p->destination_port == 0));
    check(p->has_tcp ? p->tcp_header_bytes >= 20 && p->tcp_header_bytes <= 60
                     : p->tcp_header_bytes == 0 && p->tcp_flags == 0 && p->ack == 0);
    check(status != PACKET_MALFORMED || !p->has_seq);
    check(status != PACKET_OTHER || p->protocol == 0);
    check(status != PACKET_OK || p->protocol != IP_TCP || p->fragment_offset || p->has_tcp);
}

static void check_cut(const struct packet *cut, const struct packet *whole)
{
    if (!cut->has_tcp)
        return;
    check(whole->has_tcp);
    check(cut->payload_bytes == whole->payload_bytes);
    check(cut->seq == whole->seq && cut->ack == whole->ack);
    check(addr_equal(&cut->source, &whole->source));
    check(cut->vlan == whole->vlan && cut->tunnel == whole->tunnel);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    const uint8_t *frame = bytes + HEADER_BYTES;
    struct packet whole, cut;
    uint32_t wire_bytes, captured_bytes;
    uint16_t link_type;

    if (n_bytes < HEADER_BYTES || n_bytes > UINT16_MAX)
        return 0;
    link_type =
        link_types[(bytes[0] << 8 | bytes[1]) % (sizeof(link_types) / sizeof(link_types[0]))];
    wire_bytes =
        (uint32_t)bytes[2] << 24 | (uint32_t)bytes[3] << 16 | (uint32_t)bytes[4] << 8 | bytes[5];
    captured_bytes = (uint32_t)(n_bytes - HEADER_BYTES);
    if (wire_bytes < captured_bytes)
        wire_bytes = captured_bytes;
    check_packet(&whole, packet_decode(&whole, link_type, frame, captured_bytes, wire_bytes));
    for (uint32_t n = captured_bytes < 128 ? captured_bytes : 128; n > 0; n--) {
        check_packet(&cut, packet_decode(&cut, link_type, frame, n - 1, wire_bytes));
        check_cut(&cut, &whole);
    }
    return 0;
}
