#include "analyzers/questions/rate.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define NS_PER_S INT64_C(1000000000)

static struct rate_series rate;

static void end(void)
{
    free(rate.bytes);
}

/* A series with one bucket after the other from @start_ns on. */
static struct series series_of(int64_t start_ns, int64_t width_ns, uint64_t *bytes, uint32_t n)
{
    return (struct series){
        .first = start_ns / width_ns, .width_ns = width_ns, .bytes = bytes, .n = n
    };
}

Test(rate, has_a_bucket_for_each_second, .fini = end)
{
    cr_assert_eq(rate_begin(&rate, 5 * NS_PER_S, 15 * NS_PER_S, NULL), 0);
    cr_expect_eq(rate.bucket_ns, NS_PER_S);
    cr_expect_eq(rate.n_buckets, 11); /* the last second begins at the end */
    cr_expect_eq(rate.start_ns, 5 * NS_PER_S);
}

Test(rate, a_moment_is_one_bucket, .fini = end)
{
    cr_assert_eq(rate_begin(&rate, 5, 5, NULL), 0);
    cr_expect_eq(rate.n_buckets, 1);
    cr_expect_eq(rate_mean(100, 5, 5), 0); /* not known */
    cr_expect_eq(rate_peak(&rate, 0), 0);
}

Test(rate, buckets_widen_with_the_length, .fini = end)
{
    cr_assert_eq(rate_begin(&rate, 0, 4096 * NS_PER_S - 1, NULL), 0);
    cr_expect_eq(rate.n_buckets, MAX_RATE_BUCKETS);
    free(rate.bytes);
    cr_assert_eq(rate_begin(&rate, 0, 4096 * NS_PER_S, NULL), 0);
    cr_expect_eq(rate.bucket_ns, 2 * NS_PER_S);
    cr_expect_eq(rate.n_buckets, MAX_RATE_BUCKETS / 2 + 1);
    free(rate.bytes);
    cr_assert_eq(rate_begin(&rate, -(INT64_MAX / 4), INT64_MAX / 4, NULL), 0);
    cr_expect(rate.n_buckets <= MAX_RATE_BUCKETS);
}

Test(rate, takes_each_series_into_the_buckets_it_falls_in, .fini = end)
{
    uint64_t bytes[30];
    struct series s = series_of(4 * NS_PER_S, NS_PER_S / 10, bytes, 30);

    for (int i = 0; i < 30; i++)
        bytes[i] = 1;
    cr_assert_eq(rate_begin(&rate, 4 * NS_PER_S, 7 * NS_PER_S, NULL), 0);
    rate_add(&rate, &s);
    rate_add(&rate, &s);
    rate_add(&rate, NULL);
    cr_expect_eq(rate.bytes[0], 20);
    cr_expect_eq(rate.bytes[1], 20);
    cr_expect_eq(rate.bytes[2], 20);
    cr_expect_eq(rate.bytes[3], 0);
}

Test(rate, loses_nothing_that_lies_beyond_its_ends, .fini = end)
{
    uint64_t bytes[3] = { 1, 2, 4 };
    struct series s = series_of(0, 10 * NS_PER_S, bytes, 3);

    cr_assert_eq(rate_begin(&rate, 12 * NS_PER_S, 14 * NS_PER_S, NULL), 0);
    rate_add(&rate, &s);
    cr_expect_eq(rate.bytes[0] + rate.bytes[1] + rate.bytes[2], 7);
    cr_expect_eq(rate.bytes[0], 1);
}

Test(rate, the_mean_is_over_the_whole_time)
{
    cr_expect_float_eq(rate_mean(1000, 0, 4 * NS_PER_S), 2000.0, 1e-9);
    cr_expect_float_eq(rate_mean(1000, -NS_PER_S, NS_PER_S), 4000.0, 1e-9);
}

Test(rate, the_peak_is_of_the_fullest_bucket_and_never_below_the_mean, .fini = end)
{
    cr_assert_eq(rate_begin(&rate, 0, 3 * NS_PER_S, NULL), 0);
    rate.bytes[1] = 500;
    rate.bytes[2] = 1000;
    cr_expect_float_eq(rate_peak(&rate, 4000), 8000.0, 1e-9);
    cr_expect_float_eq(rate_peak(&rate, 9000), 9000.0, 1e-9);
    rate.bucket_ns = 2 * NS_PER_S;
    cr_expect_float_eq(rate_peak(&rate, 0), 4000.0, 1e-9);
}
