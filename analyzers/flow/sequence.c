#include "analyzers/flow/sequence.h"

/* Where unwrapped numbers begin, so that data from before the first segment seen is still positive.
 */
#define FIRST_WRAP (UINT64_C(1) << 32)

/* No window is larger (RFC 7323, 2.3), so no honest acknowledgement is further ahead of the data
 * seen. */
enum { MAX_WINDOW_BYTES = 1 << 30 };

/* A SYN that comes later than data of its stream was overtaken within one window's flight at the
 * most. */
enum { MAX_LATE_SYN_BYTES = 1 << 20 };

static uint64_t highest(const struct half *h)
{
    return h->flags & HALF_HAS_ACK && h->acked > h->next ? h->acked : h->next;
}

static uint64_t unwrap(uint64_t near, uint32_t seq)
{
    return near + (uint64_t)(int64_t)(int32_t)(seq - (uint32_t)near);
}

static void begin_at(struct half *h, uint64_t at)
{
    h->start = at;
    h->next = at;
}

/*
 * The first byte of data seen: what was acknowledged before it belongs to the time before the
 * capture. A FIN seen before it still says where the stream ends.
 */
static void begin_with_data(struct half *h, struct hole_pool *pool, uint32_t seq)
{
    bool is_known = h->flags & (HALF_HAS_ACK | HALF_HAS_FIN);
    uint64_t at = is_known ? unwrap(highest(h), seq) : FIRST_WRAP + seq;

    if (h->flags & HALF_HAS_FIN && at < h->next) {
        holes_append(pool, &h->holes, at, h->next);
        h->start = at;
    } else {
        begin_at(h, at);
    }
    h->flags |= HALF_HAS_DATA;
}

/* Data that does not simply follow: behind a gap, filling one, repeated, or from before the start.
 */
static void add_out_of_order(struct half *h, struct hole_pool *pool, uint64_t seq, uint64_t end)
{
    uint64_t n_new = 0;

    if (seq < h->start && !(h->flags & HALF_HAS_SYN)) {
        uint64_t below = end < h->start ? end : h->start;

        n_new += below - seq;
        if (end < h->start)
            holes_prepend(pool, &h->holes, end, h->start);
        h->start = seq;
    }
    if (h->holes != NO_HOLES && end > h->start)
        n_new += holes_fill(pool, &h->holes, seq, end);
    if (seq > h->next)
        holes_append(pool, &h->holes, h->next, seq);
    if (end > h->next) {
        uint64_t from = seq > h->next ? seq : h->next;

        n_new += end - from;
        h->next = end;
    }
    h->retransmitted_bytes += end - seq - n_new;
}

static uint64_t length(const struct half *h)
{
    return highest(h) - h->start;
}

uint64_t sequence_add_any_data(struct half *h, struct hole_pool *pool, uint32_t seq,
                               uint32_t n_bytes)
{
    uint64_t before = length(h), at;

    if (!(h->flags & (HALF_HAS_DATA | HALF_HAS_SYN)))
        begin_with_data(h, pool, seq);
    h->flags |= HALF_HAS_DATA;
    at = unwrap(highest(h), seq);
    if (at == h->next)
        h->next += n_bytes;
    else
        add_out_of_order(h, pool, at, at + n_bytes);
    return length(h) > before ? length(h) - before : 0; /* a later start may have shortened it */
}

enum sequence_fit sequence_fit_syn(const struct half *h, uint32_t syn_seq)
{
    uint32_t first = syn_seq + 1;

    if (!(h->flags & (HALF_HAS_SYN | HALF_HAS_DATA | HALF_HAS_ACK)))
        return SEQUENCE_FITS;
    if (h->flags & HALF_HAS_SYN)
        return (uint32_t)h->start == first ? SEQUENCE_FITS : SEQUENCE_BEGINS;
    return (uint32_t)h->start - first <= MAX_LATE_SYN_BYTES ? SEQUENCE_FITS : SEQUENCE_BEGINS;
}

void sequence_add_syn(struct half *h, struct hole_pool *pool, uint32_t syn_seq)
{
    uint64_t first;

    if (h->flags & HALF_HAS_SYN)
        return;
    if (h->flags & (HALF_HAS_DATA | HALF_HAS_ACK)) {
        first = unwrap(h->start, syn_seq + 1);
        if (first < h->start && h->flags & HALF_HAS_DATA)
            holes_prepend(pool, &h->holes, first, h->start);
        if (!(h->flags & HALF_HAS_DATA))
            h->next = first;
        h->start = first;
    } else {
        begin_at(h, FIRST_WRAP + (uint32_t)(syn_seq + 1));
    }
    h->flags |= HALF_HAS_SYN;
}

void sequence_add_fin(struct half *h, struct hole_pool *pool, uint32_t seq)
{
    uint64_t at;

    if (!(h->flags & (HALF_HAS_DATA | HALF_HAS_SYN | HALF_HAS_ACK | HALF_HAS_FIN)))
        begin_at(h, FIRST_WRAP + seq);
    at = unwrap(highest(h), seq);
    h->flags |= HALF_HAS_FIN;
    if (!(h->flags & (HALF_HAS_DATA | HALF_HAS_SYN))) {
        h->next = at;
        if (at < h->start)
            h->start = at;
    } else if (at > h->next && at - h->next <= MAX_WINDOW_BYTES) {
        holes_append(pool, &h->holes, h->next, at);
        h->next = at;
    }
}

uint64_t sequence_add_any_ack(struct half *h, uint32_t ack)
{
    uint64_t at, before;

    if (!(h->flags & (HALF_HAS_DATA | HALF_HAS_SYN | HALF_HAS_ACK | HALF_HAS_FIN))) {
        begin_at(h, FIRST_WRAP + ack);
        h->acked = h->next;
        h->flags |= HALF_HAS_ACK;
        return 0;
    }
    before = highest(h);
    at = unwrap(before, ack);
    if (h->flags & HALF_HAS_DATA && at > before && at - before > MAX_WINDOW_BYTES)
        return 0;
    if (at < h->start && !(h->flags & (HALF_HAS_DATA | HALF_HAS_SYN))) {
        /* Nothing but acknowledgements tells of this direction: it starts at the lowest. */
        if (!(h->flags & HALF_HAS_FIN))
            h->next = at;
        h->start = at;
    }
    if (at < h->start)
        return 0;
    if (!(h->flags & HALF_HAS_ACK) || at > h->acked)
        h->acked = at;
    h->flags |= HALF_HAS_ACK;
    return at > before ? at - before : 0;
}
