#include "analyzers/questions/rate.h"

#include <stdlib.h>

#define NS_PER_S INT64_C(1000000000)

int rate_begin(struct rate_series *rate, int64_t start_ns, int64_t end_ns, struct error *err)
{
    uint64_t length_ns = (uint64_t)end_ns - (uint64_t)start_ns;

    *rate = (struct rate_series){ .start_ns = start_ns, .bucket_ns = NS_PER_S };
    while (length_ns / (uint64_t)rate->bucket_ns >= MAX_RATE_BUCKETS)
        rate->bucket_ns *= 2;
    rate->n_buckets = (size_t)(length_ns / (uint64_t)rate->bucket_ns) + 1;
    rate->bytes = calloc(rate->n_buckets, sizeof(*rate->bytes));
    return rate->bytes ? 0 : error_memory(err);
}

void rate_add(struct rate_series *rate, const struct series *s)
{
    for (uint32_t i = 0; s && i < s->n; i++) {
        int64_t middle_ns = (s->first + i) * s->width_ns + s->width_ns / 2;
        int64_t bucket =
            middle_ns < rate->start_ns
                ? 0
                : (int64_t)((uint64_t)middle_ns - (uint64_t)rate->start_ns) / rate->bucket_ns;

        if (bucket >= (int64_t)rate->n_buckets)
            bucket = (int64_t)rate->n_buckets - 1;
        rate->bytes[bucket] += s->bytes[i];
    }
}

double rate_mean(uint64_t bytes, int64_t start_ns, int64_t end_ns)
{
    double seconds = (double)((uint64_t)end_ns - (uint64_t)start_ns) / (double)NS_PER_S;

    return seconds > 0 ? (double)bytes * 8 / seconds : 0;
}

double rate_peak(const struct rate_series *rate, double mean)
{
    double seconds = (double)rate->bucket_ns / (double)NS_PER_S, peak = mean;

    for (size_t i = 0; i < rate->n_buckets; i++) {
        double bits_per_second = (double)rate->bytes[i] * 8 / seconds;

        if (bits_per_second > peak)
            peak = bits_per_second;
    }
    return peak;
}
