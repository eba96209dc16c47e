/*
 * Sequence space: one direction's segments and acknowledgements turned into exact byte counts.
 *
 * Order does not matter: a segment counts as new where no segment before it covered the range, as
 * retransmitted where one did. Numbers are unwrapped to 64 bits around the highest seen
 * (RFC 9293, 3.4); the stream may pass 4 GiB any number of times.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "analyzers/flow/holes.h"
#include "analyzers/flow/observation.h"

/* How a SYN fits what is known of its sender. */
enum sequence_fit {
    SEQUENCE_FITS,   /* this connection's SYN, seen first, again or late */
    SEQUENCE_BEGINS, /* another connection's: the 5-tuple is used again */
};

/*
 * sequence_add_data() - @n_bytes of payload at @seq.
 *
 * Returns the bytes by which the stream grew, at its end or before its start (0 for what fills
 * holes, repeats, or was acknowledged already). The caller adds n_bytes to payload_bytes;
 * retransmitted_bytes is counted here.
 */
uint64_t sequence_add_any_data(struct half *h, struct hole_pool *pool, uint32_t seq,
                               uint32_t n_bytes);

/* The usual segment: it continues what was seen, and nothing beyond it was acknowledged. */
static inline bool sequence_continues(const struct half *h, uint32_t seq)
{
    return seq == (uint32_t)h->next && h->flags & HALF_HAS_DATA && h->acked <= h->next;
}

static inline uint64_t sequence_add_data(struct half *h, struct hole_pool *pool, uint32_t seq,
                                         uint32_t n_bytes)
{
    if (sequence_continues(h, seq)) {
        h->next += n_bytes;
        return n_bytes;
    }
    return sequence_add_any_data(h, pool, seq, n_bytes);
}

/* sequence_fit_syn() - judge a SYN before it is added. */
enum sequence_fit sequence_fit_syn(const struct half *h, uint32_t syn_seq);
/* sequence_add_syn() - the stream begins behind @syn_seq. Only after SEQUENCE_FITS. */
void sequence_add_syn(struct half *h, struct hole_pool *pool, uint32_t syn_seq);
/* sequence_add_fin() - the stream ends at @seq (the FIN's, behind its data). */
void sequence_add_fin(struct half *h, struct hole_pool *pool, uint32_t seq);
/*
 * sequence_add_ack() - the peer of @h acknowledges all before @ack. Returns the bytes by which that
 * moved the end.
 */
uint64_t sequence_add_any_ack(struct half *h, uint32_t ack);

/* The usual acknowledgement: again the last one, or @by bytes more of what was seen. */
static inline bool sequence_acknowledges(const struct half *h, uint32_t by)
{
    return h->flags & HALF_HAS_ACK && (by == 0 || (by < INT32_MAX && h->acked + by <= h->next));
}

static inline uint64_t sequence_add_ack(struct half *h, uint32_t ack)
{
    uint32_t by = ack - (uint32_t)h->acked;

    if (sequence_acknowledges(h, by)) {
        h->acked += by;
        return 0;
    }
    return sequence_add_any_ack(h, ack);
}
