#include "analyzers/questions/counter_rate.h"

#include <stdlib.h>

#define NS_PER_S INT64_C(1000000000)

/* Since the first sample, by the clock that nobody sets; one that runs back is a forged file's. */
static uint64_t offset_ns(const struct counters *c, size_t moment)
{
    int64_t from_ns = c->moments[0].monotonic_ns, to_ns = c->moments[moment].monotonic_ns;

    return to_ns > from_ns ? (uint64_t)to_ns - (uint64_t)from_ns : 0;
}

static uint64_t greatest_offset_ns(const struct counters *c)
{
    uint64_t greatest = 0;

    for (size_t i = 0; i < c->n_moments; i++)
        greatest = offset_ns(c, i) > greatest ? offset_ns(c, i) : greatest;
    return greatest;
}

/* The bytes of a bucket are those up to its end, less those up to its start: none get lost. */
static void spread(struct rate_series *rate, uint64_t bytes, uint64_t from_ns, uint64_t to_ns)
{
    uint64_t width_ns = (uint64_t)rate->bucket_ns, given = 0;
    size_t last = rate->n_buckets - 1;

    for (size_t i = from_ns / width_ns < last ? from_ns / width_ns : last; i <= last; i++) {
        uint64_t end_ns = (i + 1) * width_ns, until = bytes;

        if (end_ns < to_ns && i < last)
            until = (uint64_t)((double)bytes *
                               ((double)(end_ns - from_ns) / (double)(to_ns - from_ns)));
        rate->bytes[i] += until - given;
        given = until;
        if (given == bytes)
            return;
    }
}

/* A count that falls was set to 0 in between: all that it has now came since. */
static void add(struct rate_series *rate, const struct counters *c, uint32_t nic,
                enum counter counter)
{
    uint64_t before = COUNTER_UNKNOWN;
    size_t at = 0;

    for (size_t i = 0; i < c->n_moments; i++) {
        uint64_t value = counters_row(c, i, nic)->values[counter];
        uint64_t rise = before != COUNTER_UNKNOWN && value >= before ? value - before : value;

        if (value == COUNTER_UNKNOWN)
            continue;
        if (before != COUNTER_UNKNOWN && rise <= INT64_MAX)
            spread(rate, rise, offset_ns(c, at), offset_ns(c, i));
        before = value;
        at = i;
    }
}

int counter_rate(struct rate_series *ret_rate, const struct counters *c, uint32_t nic,
                 struct error *err)
{
    struct rate_series rate = { .bucket_ns = NS_PER_S };
    uint64_t length_ns = c->n_moments > 1 ? greatest_offset_ns(c) : 0;

    *ret_rate = (struct rate_series){ 0 };
    if (length_ns == 0)
        return 0;
    while ((length_ns - 1) / (uint64_t)rate.bucket_ns >= COUNTER_RATE_MAX_BUCKETS)
        rate.bucket_ns *= 2;
    rate.start_ns = c->moments[0].time_ns;
    rate.n_buckets = (size_t)((length_ns - 1) / (uint64_t)rate.bucket_ns) + 1;
    rate.bytes = calloc(rate.n_buckets, sizeof(*rate.bytes));
    if (!rate.bytes)
        return error_memory(err);
    add(&rate, c, nic, COUNTER_RX_BYTES);
    add(&rate, c, nic, COUNTER_TX_BYTES);
    *ret_rate = rate;
    return 0;
}
