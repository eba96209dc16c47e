#include "analyzers/flow/series.h"

#include <criterion/criterion.h>

#include "analyzers/flow/observation.h"

#define NS_PER_S INT64_C(1000000000)

static struct series_pool pool;
static uint32_t series;

static void begin(void)
{
    series_pool_init(&pool);
    series = NO_SERIES;
}

static void end(void)
{
    series_pool_release(&pool);
}

static void add(int64_t time_ns, uint64_t bytes)
{
    if (series == NO_SERIES)
        series_add_anywhere(&pool, &series, time_ns, bytes);
    else
        series_add(&pool, &series, time_ns, bytes);
}

static const struct series *made(void)
{
    cr_assert_neq(series, NO_SERIES);
    return &pool.series[series];
}

/* What the bucket holds that a time falls in. */
static uint64_t bytes_at(int64_t time_ns)
{
    const struct series *s = made();
    int64_t bucket = time_ns / s->width_ns - (time_ns % s->width_ns < 0) - s->first;

    cr_assert(bucket >= 0 && bucket < s->n);
    return s->bytes[bucket];
}

static uint64_t sum(void)
{
    const struct series *s = made();
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < s->n; i++)
        bytes += s->bytes[i];
    return bytes;
}

Test(series, puts_bytes_where_their_time_is, .init = begin, .fini = end)
{
    add(10 * NS_PER_S, 1);
    add(10 * NS_PER_S + SERIES_BUCKET_NS - 1, 2);
    add(10 * NS_PER_S + SERIES_BUCKET_NS, 4);
    add(11 * NS_PER_S, 8);
    cr_expect_eq(bytes_at(10 * NS_PER_S), 3);
    cr_expect_eq(bytes_at(10 * NS_PER_S + SERIES_BUCKET_NS), 4);
    cr_expect_eq(bytes_at(10 * NS_PER_S + 2 * SERIES_BUCKET_NS), 0);
    cr_expect_eq(bytes_at(11 * NS_PER_S), 8);
    cr_expect_eq(made()->n, 11);
}

Test(series, buckets_lie_at_whole_tenths_of_a_second, .init = begin, .fini = end)
{
    add(10 * NS_PER_S + 123456789, 1);
    cr_expect_eq(made()->first * made()->width_ns, 10 * NS_PER_S + SERIES_BUCKET_NS);
}

Test(series, times_may_run_backwards, .init = begin, .fini = end)
{
    add(10 * NS_PER_S, 1);
    add(12 * NS_PER_S, 2);
    add(9 * NS_PER_S, 4);
    add(10 * NS_PER_S, 8);
    add(9 * NS_PER_S, 16);
    cr_expect_eq(bytes_at(9 * NS_PER_S), 20);
    cr_expect_eq(bytes_at(10 * NS_PER_S), 9);
    cr_expect_eq(bytes_at(12 * NS_PER_S), 2);
    cr_expect_eq(made()->n, 31);
}

Test(series, times_before_1970_are_times, .init = begin, .fini = end)
{
    add(-1, 1);
    add(0, 2);
    add(-SERIES_BUCKET_NS, 4);
    add(-SERIES_BUCKET_NS - 1, 8);
    cr_expect_eq(bytes_at(-1), 5);
    cr_expect_eq(bytes_at(0), 2);
    cr_expect_eq(bytes_at(-SERIES_BUCKET_NS - 1), 8);
}

Test(series, doubles_its_width_when_it_grows_too_long, .init = begin, .fini = end)
{
    const int64_t length_ns = (int64_t)SERIES_BUCKET_NS * MAX_SERIES_BUCKETS;

    for (int64_t t = 0; t < length_ns; t += SERIES_BUCKET_NS)
        add(t, 1);
    cr_expect_eq(made()->width_ns, SERIES_BUCKET_NS);
    cr_expect_eq(made()->n, MAX_SERIES_BUCKETS);
    add(length_ns, 1);
    cr_expect_eq(made()->width_ns, 2 * SERIES_BUCKET_NS);
    cr_expect_eq(made()->n, MAX_SERIES_BUCKETS / 2 + 1);
    cr_expect_eq(bytes_at(0), 2);
    cr_expect_eq(bytes_at(length_ns - 1), 2);
    cr_expect_eq(bytes_at(length_ns), 1);
    add(length_ns + SERIES_BUCKET_NS, 1);
    cr_expect_eq(bytes_at(length_ns), 2);
    cr_expect_eq(sum(), MAX_SERIES_BUCKETS + 2);
}

Test(series, widens_downwards_as_well, .init = begin, .fini = end)
{
    for (int64_t t = 0; t > -3 * (int64_t)SERIES_BUCKET_NS * MAX_SERIES_BUCKETS;
         t -= SERIES_BUCKET_NS)
        add(t, 1);
    cr_expect_eq(sum(), 3 * MAX_SERIES_BUCKETS);
    cr_expect(made()->n <= MAX_SERIES_BUCKETS);
    cr_expect_eq(made()->width_ns, 4 * SERIES_BUCKET_NS);
    cr_expect_eq(bytes_at(-NS_PER_S), 4);
}

Test(series, an_odd_first_bucket_is_half_of_a_wider_one, .init = begin, .fini = end)
{
    add(SERIES_BUCKET_NS, 1);
    add(2 * SERIES_BUCKET_NS, 2);
    add(SERIES_BUCKET_NS * INT64_C(5000), 4);
    cr_expect_eq(bytes_at(0), 1);
    cr_expect_eq(bytes_at(2 * SERIES_BUCKET_NS), 2);
    cr_expect_eq(sum(), 7);
}

Test(series, the_ends_of_time_fit, .init = begin, .fini = end)
{
    const int64_t last = INT64_MAX / 4, first = -(INT64_MAX / 4);

    add(0, 1);
    add(last, 2);
    add(first, 4);
    add(0, 8);
    add(last, 16);
    cr_expect_eq(sum(), 31);
    cr_expect(made()->n <= MAX_SERIES_BUCKETS);
    cr_expect_eq(bytes_at(first), 4);
    cr_expect_eq(bytes_at(last), 18);
    cr_expect_eq(bytes_at(0), 9);
}

Test(series, each_keeps_its_own, .init = begin, .fini = end)
{
    uint32_t other = NO_SERIES;

    add(0, 1);
    series_add_anywhere(&pool, &other, 0, 2);
    add(0, 4);
    cr_expect_neq(other, series);
    cr_expect_eq(sum(), 5);
    cr_expect_eq(pool.series[other].bytes[0], 2);
}

Test(series, past_the_budget_a_connection_has_none, .init = begin, .fini = end)
{
    uint32_t more = NO_SERIES;

    add(0, 1);
    pool.n_buckets = MAX_POOL_BUCKETS; /* as if others had taken all */
    series_add_anywhere(&pool, &more, 0, 2);
    cr_expect_eq(more, NO_SERIES);
    add(0, 2);
    cr_expect_eq(sum(), 3);
    add(100 * NS_PER_S, 4); /* no room to grow: it is left out, and nothing else happens */
    cr_expect_eq(sum(), 3);
    add(0, 8);
    cr_expect_eq(bytes_at(0), 11);
}
