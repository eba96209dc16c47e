/*
 * What one TCP segment says that another of its connection does not: the part of struct packet that
 * is counted, where a frame was decoded by a pattern. Its fields are those of struct packet.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "src/base/hash.h"
#include "src/net/packet.h"

struct segment {
    uint32_t seq;
    uint32_t ack;
    uint32_t payload_bytes;
    uint32_t options_hash;
    uint32_t ip_id;
    uint16_t window;
    uint8_t tcp_flags;
    uint8_t tcp_header_bytes;
};

static inline struct segment segment_of(const struct packet *p)
{
    return (struct segment){ .seq = p->seq,
                             .ack = p->ack,
                             .payload_bytes = p->payload_bytes,
                             .options_hash = p->options_hash,
                             .ip_id = p->ip_id,
                             .window = p->window,
                             .tcp_flags = p->tcp_flags,
                             .tcp_header_bytes = p->tcp_header_bytes };
}

enum { TCP_HEADER_BYTES = 20 }; /* without options */

/* The slow half of tcp_options_hash(). */
uint32_t tcp_options_hash_any(const uint8_t *at, size_t n_bytes);

/*
 * tcp_options_hash() - equal bytes give equal numbers, never 0 but for none: enough to tell a
 * copied packet from one sent again. The usual ones, timestamps, are two words that overlap.
 */
static inline uint32_t tcp_options_hash(const uint8_t *at, size_t n_bytes)
{
    uint64_t first, last;

    if (n_bytes < sizeof(first) || n_bytes > 2 * sizeof(first))
        return n_bytes ? tcp_options_hash_any(at, n_bytes) : 0;
    memcpy(&first, at, sizeof(first));
    memcpy(&last, at + n_bytes - sizeof(last), sizeof(last));
    first = hash_fold(first ^ UINT64_C(0x9e3779b97f4a7c15), last ^ UINT64_C(0xd6e8feb86659fd93));
    return (uint32_t)(first >> 32 ^ first) | 1;
}
