#include "analyzers/flow/series.h"

#include <stdlib.h>
#include <string.h>

#include "analyzers/flow/observation.h"
#include "src/base/array.h"

enum { FIRST_BUCKETS = 16 };

void series_pool_init(struct series_pool *pool)
{
    *pool = (struct series_pool){ 0 };
}

void series_pool_release(struct series_pool *pool)
{
    for (size_t i = 0; i < pool->n; i++)
        free(pool->series[i].bytes);
    free(pool->series);
    series_pool_init(pool);
}

static int64_t bucket_of(int64_t time_ns, int64_t width_ns)
{
    return time_ns / width_ns - (time_ns % width_ns < 0);
}

static struct series *series_take(struct series_pool *pool, uint32_t *series, int64_t time_ns)
{
    struct series *s;

    if (*series != NO_SERIES)
        return &pool->series[*series];
    if (pool->n_buckets >= MAX_POOL_BUCKETS ||
        array_reserve(&pool->series, &pool->capacity, pool->n + 1, sizeof(*pool->series),
                      NO_SERIES - 1, NULL) < 0)
        return NULL;
    s = &pool->series[pool->n];
    *s = (struct series){ .first = bucket_of(time_ns, SERIES_BUCKET_NS),
                          .width_ns = SERIES_BUCKET_NS };
    *series = (uint32_t)pool->n++;
    return s;
}

/* Twice the width: pairs of buckets become one. */
static void widen(struct series *s)
{
    int64_t first = bucket_of(s->first, 2);
    uint32_t n = 0;

    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t to = (uint32_t)(bucket_of(s->first + i, 2) - first);
        uint64_t bytes = s->bytes[i];

        if (to >= n) {
            s->bytes[to] = 0;
            n = to + 1;
        }
        s->bytes[to] += bytes;
    }
    s->first = first;
    s->n = n;
    s->width_ns *= 2;
}

static int reserve(struct series_pool *pool, struct series *s, uint32_t n)
{
    uint32_t room = s->capacity ? s->capacity : FIRST_BUCKETS;
    uint64_t *grown;

    if (n <= s->capacity)
        return 0;
    while (room < n)
        room *= 2;
    if (pool->n_buckets + room - s->capacity > MAX_POOL_BUCKETS)
        return -1;
    grown = realloc(s->bytes, room * sizeof(*grown));
    if (!grown)
        return -1;
    s->bytes = grown;
    pool->n_buckets += room - s->capacity;
    s->capacity = room;
    return 0;
}

/* Moves the first bucket down to @first; there is room for @n in all. */
static void extend_down(struct series *s, int64_t first, uint32_t n)
{
    uint32_t by = n - s->n;

    memmove(s->bytes + by, s->bytes, s->n * sizeof(*s->bytes));
    memset(s->bytes, 0, by * sizeof(*s->bytes));
    s->first = first;
    s->n = n;
}

void series_add_anywhere(struct series_pool *pool, uint32_t *series, int64_t time_ns,
                         uint64_t bytes)
{
    struct series *s = series_take(pool, series, time_ns);
    int64_t bucket, first, last;

    if (!s)
        return;
    for (;; widen(s)) {
        bucket = bucket_of(time_ns, s->width_ns);
        if (s->n == 0)
            s->first = bucket;
        first = bucket < s->first ? bucket : s->first;
        last = bucket >= s->first + s->n ? bucket : s->first + s->n - 1;
        if (last - first < MAX_SERIES_BUCKETS)
            break;
    }
    if (reserve(pool, s, (uint32_t)(last - first + 1)) < 0)
        return;
    if (first < s->first)
        extend_down(s, first, (uint32_t)(last - first + 1));
    while (s->first + s->n <= last)
        s->bytes[s->n++] = 0;
    s->last = (uint32_t)(bucket - s->first);
    s->last_start_ns = bucket * s->width_ns;
    s->bytes[s->last] += bytes;
}
