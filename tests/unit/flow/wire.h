/* A packet of the tests as the frame that it would be captured in: Ethernet, at most one tag, IPv4,
 * TCP without options. */
#pragma once

#include <stdbool.h>
#include <string.h>

#include "src/net/packet.h"

enum { WIRE_MAX_BYTES = 64 };

struct wire {
    uint8_t bytes[WIRE_MAX_BYTES]; /* the headers */
    uint32_t n_bytes;
};

static inline void wire_put(struct wire *w, uint32_t value, unsigned n_bytes)
{
    while (n_bytes-- > 0)
        w->bytes[w->n_bytes++] = (uint8_t)(value >> 8 * n_bytes);
}

static inline void wire_put_addr(struct wire *w, const struct addr *a)
{
    memcpy(w->bytes + w->n_bytes, a->bytes + 12, 4);
    w->n_bytes += 4;
}

/* Whether it can be told as such a frame, and packet_decode() would read it the same. */
static inline bool wire_of(struct wire *ret, const struct packet *p)
{
    *ret = (struct wire){ .n_bytes = 12 };
    if (!p->has_tcp || p->tcp_header_bytes != 20 || p->tunnel || p->more_fragments ||
        p->fragment_offset || p->vlan >> 16)
        return false;
    if (p->vlan)
        wire_put(ret, UINT32_C(0x81000000) | (p->vlan & 0xfff), 4);
    wire_put(ret, 0x0800, 2);
    wire_put(ret, 0x4500u << 16 | (40 + p->payload_bytes), 4);
    wire_put(ret, p->ip_id << 16 | 0x4000, 4);
    wire_put(ret, 0x40060000, 4);
    wire_put_addr(ret, &p->source);
    wire_put_addr(ret, &p->destination);
    wire_put(ret, (uint32_t)p->source_port << 16 | p->destination_port, 4);
    wire_put(ret, p->seq, 4);
    wire_put(ret, p->ack, 4);
    wire_put(ret, 0x5000u | p->tcp_flags, 2);
    wire_put(ret, p->window, 2);
    wire_put(ret, 0, 4);
    return true;
}
