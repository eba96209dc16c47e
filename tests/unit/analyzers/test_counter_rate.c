#include "analyzers/questions/counter_rate.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define NS_PER_S INT64_C(1000000000)

enum { MOMENTS = 8 };

static struct counter_moment moments[MOMENTS];
static struct counter_row rows[MOMENTS];
static struct counters counters = { .moments = moments, .n_nics = 1, .rows = rows };
static struct rate_series rate;

static void begin(void)
{
    counters.n_moments = 0;
}

static void end(void)
{
    free(rate.bytes);
}

/* A sample @at_ns after an hour on the clock that nobody sets. */
static void sample(int64_t at_ns, uint64_t rx, uint64_t tx)
{
    size_t i = counters.n_moments++;

    moments[i] = (struct counter_moment){ 1795302548 * NS_PER_S + at_ns, 3600 * NS_PER_S + at_ns };
    counter_row_init(&rows[i], 0);
    rows[i].values[COUNTER_RX_BYTES] = rx;
    rows[i].values[COUNTER_TX_BYTES] = tx;
}

static void measure(void)
{
    cr_assert_eq(counter_rate(&rate, &counters, 0, NULL), 0);
}

Test(counter_rate, adds_both_ways, .init = begin, .fini = end)
{
    sample(0, 1000, 50);
    sample(NS_PER_S, 1100, 51);
    sample(2 * NS_PER_S, 1100, 151);
    measure();
    cr_assert_eq(rate.n_buckets, 2);
    cr_expect_eq(rate.start_ns, 1795302548 * NS_PER_S);
    cr_expect_eq(rate.bucket_ns, NS_PER_S);
    cr_expect_eq(rate.bytes[0], 101);
    cr_expect_eq(rate.bytes[1], 100);
}

Test(counter_rate, spreads_over_the_time_between_samples, .init = begin, .fini = end)
{
    sample(0, 0, 0);
    sample(NS_PER_S / 2, 10, 0);
    sample(5 * NS_PER_S / 2, 31, 0);
    measure();
    cr_assert_eq(rate.n_buckets, 3);
    cr_expect_eq(rate.bytes[0], 10 + 5);
    cr_expect_eq(rate.bytes[1], 10);
    cr_expect_eq(rate.bytes[2], 6); /* nothing gets lost by rounding */
}

Test(counter_rate, bridges_samples_that_could_not_be_read, .init = begin, .fini = end)
{
    sample(0, 100, 0);
    sample(NS_PER_S, COUNTER_UNKNOWN, COUNTER_UNKNOWN);
    sample(2 * NS_PER_S, 300, 0);
    measure();
    cr_assert_eq(rate.n_buckets, 2);
    cr_expect_eq(rate.bytes[0], 100);
    cr_expect_eq(rate.bytes[1], 100);
}

Test(counter_rate, survives_a_counter_set_to_zero, .init = begin, .fini = end)
{
    sample(0, 5000, 0);
    sample(NS_PER_S, 40, 0);
    measure();
    cr_assert_eq(rate.n_buckets, 1);
    cr_expect_eq(rate.bytes[0], 40);
}

Test(counter_rate, widens_buckets_until_they_are_few, .init = begin, .fini = end)
{
    sample(0, 0, 0);
    sample(3600 * NS_PER_S, 3600, 0);
    measure();
    cr_expect_eq(rate.bucket_ns, 16 * NS_PER_S);
    cr_assert_eq(rate.n_buckets, 225);
    cr_expect_eq(rate.bytes[100], 16);
}

Test(counter_rate, needs_two_samples, .init = begin, .fini = end)
{
    sample(0, 0, 0);
    measure();
    cr_expect_eq(rate.n_buckets, 0);
}

Test(counter_rate, takes_a_forged_clock, .init = begin, .fini = end)
{
    sample(0, 0, 0);
    sample(0, INT64_MAX, 0);
    moments[0].monotonic_ns = INT64_MIN;
    moments[1].monotonic_ns = INT64_MAX;
    sample(0, INT64_MAX, 7);
    moments[2].monotonic_ns = 0;
    measure();
    cr_expect_leq(rate.n_buckets, COUNTER_RATE_MAX_BUCKETS);
}
