/*
 * What the layers of packet_decode() share: private to src/net.
 *
 * A layer is one function. It reads its header through the cursor, writes what it says into the
 * packet and returns what the next layer returns, which it finds in one of the tables. Every way
 * around passes decoder_next_ether_type() or decoder_next_protocol(), which count, so that the
 * nesting has a limit.
 */
#pragma once

#include "src/base/cursor.h"
#include "src/net/bytes.h"
#include "src/net/packet.h"

struct decoder;

typedef enum packet_status layer_decode(struct decoder *d);

struct decoder {
    struct cursor c; /* behind the headers read; ends with the layer or with what was captured */
    uint32_t uncaptured_bytes; /* of the layer, behind the cursor's end */
    unsigned n_layers;
    struct packet *packet;
    bool is_ipv6;     /* the innermost IP header */
    bool length_is_0; /* which left its length to a jumbo option or to the frame */
};

/* A row of a table; names belong to link types alone. */
struct layer {
    uint16_t number;
    layer_decode *decode;
    const char *name;
};

/* decoder_left() - bytes of the layer behind the cursor, captured or not. */
static inline uint32_t decoder_left(const struct decoder *d)
{
    return (uint32_t)cursor_left(&d->c) + d->uncaptured_bytes;
}

/*
 * decoder_limit() - a header says that its layer ends @n_bytes behind the cursor. That may be
 * beyond the frame: converters lose the original length of large frames, IP keeps it.
 */
static inline void decoder_limit(struct decoder *d, uint32_t n_bytes)
{
    uint32_t captured_bytes = (uint32_t)cursor_left(&d->c);

    if (captured_bytes > n_bytes) {
        d->c.end = d->c.at + n_bytes;
        captured_bytes = n_bytes;
    }
    d->uncaptured_bytes = n_bytes - captured_bytes;
}

/* decoder_short() - the status of a header that does not fit into what the cursor has. */
static inline enum packet_status decoder_short(const struct decoder *d)
{
    return d->uncaptured_bytes ? PACKET_CUT : PACKET_MALFORMED;
}

/*
 * decoder_enter_tunnel() - what follows is a packet of its own, which the struct packet is to tell:
 * everything said so far is dropped. @id is cut to 24 bits.
 */
void decoder_enter_tunnel(struct decoder *d, enum tunnel_kind kind, uint32_t id);

/* The tables: what the next layer returns, or how decoding ends without one. */
enum packet_status decoder_next_ether_type(struct decoder *d, uint16_t ether_type);
enum packet_status decoder_next_protocol(struct decoder *d, uint8_t protocol);

/* LAYER_FIND() - the row of @number in an array of rows, or NULL. */
#define LAYER_FIND(rows, number) layer_find(rows, sizeof(rows) / sizeof((rows)[0]), number)

static inline const struct layer *layer_find(const struct layer *rows, size_t n_rows,
                                             uint16_t number)
{
    for (size_t i = 0; i < n_rows; i++) {
        if (rows[i].number == number)
            return &rows[i];
    }
    return NULL;
}

layer_decode ethernet_decode;
layer_decode sll_decode;
layer_decode sll2_decode;
layer_decode null_decode;
layer_decode ppp_decode;
layer_decode ppp_hdlc_decode;
layer_decode nflog_decode;
layer_decode ip_decode; /* whichever version the first half byte says */
layer_decode ipv4_decode;
layer_decode ipv6_decode;
layer_decode tcp_decode;
layer_decode udp_decode;
layer_decode gre_decode;
layer_decode vxlan_decode;
layer_decode geneve_decode;
layer_decode mpls_decode;
layer_decode backbone_decode;
layer_decode ip_in_ip_decode;
