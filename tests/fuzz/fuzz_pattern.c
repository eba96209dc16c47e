/*
 * Input: 1 byte that says how long the frame is, the frame, then pairs of an offset and a value
 * that change it. Checked: whatever a pattern of the frame predicts, before and after each change
 * and cut short anywhere, packet_decode() reads as well.
 */
#include <stdlib.h>

#include "src/net/pattern.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* Of the pattern's frame and one that fits: all but what a segment says, and the time to live. */
static void check_same_place(const struct packet *a, const struct packet *b)
{
    check(addr_equal(&a->source, &b->source) && addr_equal(&a->destination, &b->destination));
    check(a->source_port == b->source_port && a->destination_port == b->destination_port);
    check(a->protocol == b->protocol && a->mss == b->mss);
    check(a->fragment_offset == b->fragment_offset && a->more_fragments == b->more_fragments);
    check(a->has_ports && b->has_ports && a->has_seq && b->has_seq && a->has_tcp && b->has_tcp);
    check(a->ether_type == b->ether_type && a->vlan == b->vlan && a->tunnel == b->tunnel);
}

static void check_same_segment(const struct segment *a, const struct packet *b)
{
    check(a->seq == b->seq && a->ack == b->ack && a->window == b->window);
    check(a->tcp_flags == b->tcp_flags && a->tcp_header_bytes == b->tcp_header_bytes);
    check(a->options_hash == b->options_hash && a->payload_bytes == b->payload_bytes);
    check(a->ip_id == b->ip_id);
}

/* The first @n bytes, in memory of just that size: a read behind them is found. */
static void check_prediction(const struct packet_pattern *pattern, const struct packet *made_of,
                             const uint8_t *frame, uint32_t n)
{
    struct segment predicted;
    struct packet decoded;
    uint8_t *copy = malloc(n ? n : 1);

    check(copy != NULL);
    memcpy(copy, frame, n);
    if (packet_pattern_decode(pattern, &predicted, copy, n)) {
        for (uint32_t uncaptured = 0; uncaptured <= 1000; uncaptured += 1000) {
            check(packet_decode(&decoded, LINK_ETHERNET, copy, n, n + uncaptured) == PACKET_OK);
            check_same_place(made_of, &decoded);
            check_same_segment(&predicted, &decoded);
        }
    }
    free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    uint8_t frame[UINT8_MAX];
    struct packet_pattern pattern;
    struct packet p;
    uint32_t n;

    if (n_bytes < 1 || n_bytes - 1 < bytes[0])
        return 0;
    n = bytes[0];
    memcpy(frame, bytes + 1, n);
    bytes += 1 + n;
    n_bytes -= 1 + n;
    if (packet_decode(&p, LINK_ETHERNET, frame, n, n) != PACKET_OK ||
        !packet_pattern_make(&pattern, frame, n, &p))
        return 0;
    for (uint32_t cut = 0; cut <= n; cut++)
        check_prediction(&pattern, &p, frame, cut);
    for (; n_bytes >= 2; bytes += 2, n_bytes -= 2) {
        frame[bytes[0] % n] = bytes[1];
        check_prediction(&pattern, &p, frame, n);
        check_prediction(&pattern, &p, frame, n * 3 / 4);
    }
    return 0;
}
