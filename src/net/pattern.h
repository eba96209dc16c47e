/*
 * Header prediction (after Van Jacobson): a frame of a connection that was decoded before differs
 * from the earlier one only in what TCP has to say.
 *
 * A pattern is made from a usual frame: Ethernet with at most one tag, IPv4 without options or IPv6
 * without extension headers, TCP. A frame that fits it is decoded in a fraction of the time, to
 * what packet_decode() would say; one that doesn't fit, or opens or ends a connection, is
 * packet_decode()'s.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "src/net/bytes.h"
#include "src/net/packet.h"
#include "src/net/segment.h"

/* Sixteen bytes as one value: most processors compare them at once. */
typedef uint64_t pattern_part __attribute__((vector_size(16)));

enum {
    PATTERN_PARTS = 4,
    PATTERN_BYTES = PATTERN_PARTS * sizeof(pattern_part),
    PATTERN_TCP_BYTES = 14, /* of the TCP header: up to the flags */
};

struct packet_pattern {
    /* The PATTERN_BYTES of a frame that end behind the TCP flags: what they must be, ... */
    pattern_part bytes[PATTERN_PARTS];
    pattern_part mask[PATTERN_PARTS]; /* ... where these bits are set */
    uint8_t tcp_offset;
    uint8_t tcp_header_bytes; /* 0: no pattern, nothing fits */
    uint8_t length_offset;    /* where the IP length stands, ... */
    uint8_t length_less;      /* ... and by how much it exceeds the payload's */
    uint16_t ip_id_mask;      /* on the two bytes behind it */
    bool is_ipv6;
};

/*
 * packet_pattern_make() - the pattern of a frame.
 * @bytes: a frame of LINK_ETHERNET, of which packet_decode() said PACKET_OK and wrote @p
 *
 * Returns false for a frame that is not usual; *ret_pattern is not touched then.
 */
bool packet_pattern_make(struct packet_pattern *ret_pattern, const uint8_t *bytes,
                         uint32_t captured_bytes, const struct packet *p);

static inline pattern_part pattern_differs(const struct packet_pattern *pattern, size_t part,
                                           const uint8_t *end)
{
    pattern_part is;

    memcpy(&is, end - (PATTERN_PARTS - part) * sizeof(is), sizeof(is));
    return (is ^ pattern->bytes[part]) & pattern->mask[part];
}

/* Over IPv4 all that matters is in the last three parts; before them the frame may begin. */
static inline bool pattern_fits(const struct packet_pattern *pattern, const uint8_t *end)
{
    pattern_part differs = pattern_differs(pattern, 1, end) | pattern_differs(pattern, 2, end) |
                           pattern_differs(pattern, 3, end);

    if (pattern->is_ipv6)
        differs |= pattern_differs(pattern, 0, end);
    return (differs[0] | differs[1]) == 0;
}

/*
 * packet_pattern_decode() - decode a frame by a pattern.
 *
 * Returns true and writes @ret_segment: packet_decode() would return PACKET_OK, and say the same of
 * the segment, and of all else, but for the time to live, what it said of the pattern's frame. Or
 * false, with nothing written. Inlined, as it is all that most frames need.
 */
static inline bool packet_pattern_decode(const struct packet_pattern *pattern,
                                         struct segment *ret_segment, const uint8_t *bytes,
                                         uint32_t captured_bytes)
{
    uint32_t header_bytes = pattern->tcp_header_bytes, payload_bytes;
    const uint8_t *tcp = bytes + pattern->tcp_offset, *length = bytes + pattern->length_offset;

    if (!header_bytes || captured_bytes < pattern->tcp_offset + header_bytes ||
        !pattern_fits(pattern, tcp + PATTERN_TCP_BYTES))
        return false;
    payload_bytes = bytes_u16be(length) - (uint32_t)pattern->length_less;
    if (payload_bytes > UINT16_MAX) /* a length of 0, or too short: wrapped */
        return false;
    ret_segment->seq = bytes_u32be(tcp + 4);
    ret_segment->ack = bytes_u32be(tcp + 8);
    ret_segment->payload_bytes = payload_bytes;
    ret_segment->options_hash =
        tcp_options_hash(tcp + TCP_HEADER_BYTES, header_bytes - TCP_HEADER_BYTES);
    ret_segment->ip_id = bytes_u16be(length + 2) & pattern->ip_id_mask;
    ret_segment->window = bytes_u16be(tcp + 14);
    ret_segment->tcp_flags = tcp[13];
    ret_segment->tcp_header_bytes = (uint8_t)header_bytes;
    return true;
}
