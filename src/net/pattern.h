/*
 * Header prediction (after Van Jacobson): a frame of a connection that was decoded before differs
 * from the earlier one only in what TCP has to say.
 *
 * A pattern is made from a usual frame: Ethernet with at most one tag, IPv4 without options or IPv6
 * without extension headers, TCP. A frame that fits it is decoded in a fraction of the time, to the
 * same struct packet that packet_decode() would write; one that doesn't fit, or opens or ends a
 * connection, is packet_decode()'s.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "src/net/packet.h"

enum { PATTERN_MAX_BYTES = 64 };

struct packet_pattern {
    uint8_t bytes[PATTERN_MAX_BYTES]; /* what a frame must have up to the TCP ports, ... */
    uint8_t mask[PATTERN_MAX_BYTES];  /* ... where these bits are set */
    uint8_t ip_offset;
    uint8_t tcp_offset; /* 0: no pattern, nothing fits */
    bool is_ipv6;
    struct packet packet; /* what all frames that fit have in common; the rest is zero */
};

/*
 * packet_pattern_make() - the pattern of a frame.
 * @bytes: a frame of LINK_ETHERNET, of which packet_decode() said PACKET_OK and wrote @p
 *
 * Returns false for a frame that is not usual; *ret_pattern is not touched then.
 */
bool packet_pattern_make(struct packet_pattern *ret_pattern, const uint8_t *bytes,
                         uint32_t captured_bytes, const struct packet *p);

/*
 * packet_pattern_decode() - decode a frame by a pattern.
 *
 * Returns true and writes @ret_packet as packet_decode() would, which would return PACKET_OK; or
 * false, with nothing written.
 */
bool packet_pattern_decode(const struct packet_pattern *pattern, struct packet *ret_packet,
                           const uint8_t *bytes, uint32_t captured_bytes);
