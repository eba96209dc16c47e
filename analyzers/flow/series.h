/*
 * How a stream advanced over time, for the rates of transfers: bytes in buckets of equal width.
 *
 * Buckets are aligned to the epoch and begin at SERIES_BUCKET_NS; when a series would need more
 * than MAX_SERIES_BUCKETS its width doubles, so that its memory does not grow with the length of
 * the capture. All series share one budget; past it a connection simply has none.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { SERIES_BUCKET_NS = 100 * 1000 * 1000, MAX_SERIES_BUCKETS = 4096 };
enum { MAX_POOL_BUCKETS = 8 * 1024 * 1024 };

struct series {
    int64_t first; /* the first bucket begins at first * width_ns */
    int64_t width_ns;
    uint64_t *bytes;
    uint32_t n;
    uint32_t capacity;
    uint32_t last;         /* the bucket added to last, */
    int64_t last_start_ns; /* and when it begins: most additions go there again */
};

struct series_pool {
    struct series *series;
    size_t n;
    size_t capacity;
    size_t n_buckets;
};

void series_pool_init(struct series_pool *pool);
void series_pool_release(struct series_pool *pool);

/*
 * series_add_anywhere() - @bytes more at @time_ns. *series is NO_SERIES at first and set when a
 * series is made.
 */
void series_add_anywhere(struct series_pool *pool, uint32_t *series, int64_t time_ns,
                         uint64_t bytes);

/* series_add() - the same to a series that is made already: mostly to the bucket of the time
 * before. */
static inline void series_add(struct series_pool *pool, uint32_t *series, int64_t time_ns,
                              uint64_t bytes)
{
    struct series *s = &pool->series[*series];

    if ((uint64_t)time_ns - (uint64_t)s->last_start_ns < (uint64_t)s->width_ns)
        s->bytes[s->last] += bytes;
    else
        series_add_anywhere(pool, series, time_ns, bytes);
}
