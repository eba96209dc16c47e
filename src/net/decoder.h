/*
 * What the layers of packet_decode() share: private to src/net.
 *
 * A layer is one function. It reads its header through the cursor, writes what it says into the
 * packet and names the layer that follows through one of the tables; packet_decode() calls that
 * one next. So layers never call each other, and nesting costs no stack.
 */
#pragma once

#include "src/base/cursor.h"
#include "src/net/packet.h"

struct decoder;

/* Returns what packet_decode() is to return unless it named a next layer. */
typedef enum packet_status layer_decode(struct decoder *d);

struct decoder {
    struct cursor c; /* behind the headers read; ends with the layer or with what was captured */
    const uint8_t *frame;
    uint64_t end_bytes; /* where the layer ends on the wire, counted from the frame's first byte */
    struct packet *packet;
    layer_decode *next;
    bool is_ipv6;
    bool
        length_is_0; /* the IPv6 header left its payload length to a jumbo option or to the frame */
};

/* A row of the tables that are searched. */
struct layer {
    uint16_t number;
    layer_decode *decode;
};

static inline uint16_t bytes_u16be(const uint8_t *p)
{
    return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t bytes_u32be(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static inline uint64_t decoder_offset(const struct decoder *d)
{
    return (uint64_t)(d->c.at - d->frame);
}

/* decoder_left() - bytes of the layer behind the cursor, captured or not. */
static inline uint32_t decoder_left(const struct decoder *d)
{
    uint64_t offset = decoder_offset(d);
    uint64_t left = d->end_bytes > offset ? d->end_bytes - offset : 0;

    return left > UINT32_MAX ? UINT32_MAX : (uint32_t)left;
}

/*
 * decoder_limit() - a header says that its layer ends @n_bytes behind the cursor. That may be
 * beyond the frame: converters lose the original length of large frames, IP keeps it.
 */
static inline void decoder_limit(struct decoder *d, uint64_t n_bytes)
{
    d->end_bytes = decoder_offset(d) + n_bytes;
    if (cursor_left(&d->c) > n_bytes)
        d->c.end = d->c.at + n_bytes;
}

/* decoder_short() - the status of a header that does not fit into what the cursor has. */
static inline enum packet_status decoder_short(const struct decoder *d)
{
    return d->end_bytes > (uint64_t)(d->c.end - d->frame) ? PACKET_CUT : PACKET_MALFORMED;
}

/*
 * decoder_enter_tunnel() - what follows is a packet of its own, which the struct packet is to tell:
 * everything said so far is dropped. @id is cut to 24 bits.
 */
void decoder_enter_tunnel(struct decoder *d, enum tunnel_kind kind, uint32_t id);

/* The tables. Each names the next layer, or returns how decoding ends without one. */
enum packet_status decoder_next_ether_type(struct decoder *d, uint16_t ether_type);
enum packet_status decoder_next_protocol(struct decoder *d, uint8_t protocol);

/* layer_find() - the row of @number among @n_rows, or NULL. */
static inline const struct layer *layer_find(const struct layer *rows, size_t n_rows,
                                             uint16_t number)
{
    for (size_t i = 0; i < n_rows; i++) {
        if (rows[i].number == number)
            return &rows[i];
    }
    return NULL;
}

struct link_type_row {
    uint16_t number;
    const char *name;
    layer_decode *decode;
};

/* link_type_find() - the row of a LINKTYPE_ value, or NULL. */
const struct link_type_row *link_type_find(uint16_t link_type);

layer_decode ethernet_decode;
layer_decode ip_decode; /* whichever version the first half byte says */
layer_decode ipv4_decode;
layer_decode ipv6_decode;
layer_decode tcp_decode;
layer_decode udp_decode;
layer_decode gre_decode;
layer_decode vxlan_decode;
layer_decode ip_in_ip_decode;
