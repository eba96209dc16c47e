#include "analyzers/flow/recent.h"

#include <criterion/criterion.h>

static struct recent recent;

static void begin(void)
{
    recent = (struct recent){ 0 };
}

/* Prints of one set: bits 48 and up choose it, the upper 16 of the 64 are not compared. */
static uint64_t print_of(uint64_t n)
{
    return UINT64_C(0x0123) << 48 | (n + 1) << 8;
}

Test(recent, finds_what_was_added_and_says_how_far_apart, .init = begin)
{
    cr_expect_eq(recent_find(&recent, print_of(1), 0), -1);
    recent_add(&recent, print_of(1), 0);
    cr_expect_eq(recent_find(&recent, print_of(1), 0), 0);
    cr_expect_eq(recent_find(&recent, print_of(1), 5 * RECENT_TICK_NS), 5);
    cr_expect_eq(recent_find(&recent, print_of(2), 0), -1);
}

Test(recent, a_copy_may_bear_an_earlier_time, .init = begin)
{
    recent_add(&recent, print_of(1), 5 * RECENT_TICK_NS);
    cr_expect_eq(recent_find(&recent, print_of(1), 3 * RECENT_TICK_NS), 2);
    recent_add(&recent, print_of(2), RECENT_TICK_NS);
    cr_expect_eq(recent_find(&recent, print_of(2), -RECENT_TICK_NS), 2);
}

Test(recent, goes_over_the_wrap_of_its_clock, .init = begin)
{
    const int64_t wrap_ns = (INT64_C(1) << RECENT_TIME_BITS) * RECENT_TICK_NS;

    recent_add(&recent, print_of(1), wrap_ns - RECENT_TICK_NS);
    cr_expect_eq(recent_find(&recent, print_of(1), wrap_ns + RECENT_TICK_NS), 2);
}

Test(recent, remembers_the_latest_of_each_set, .init = begin)
{
    for (uint64_t n = 0; n < 3 * RECENT_WAYS; n++)
        recent_add(&recent, print_of(n), 0);
    for (uint64_t n = 0; n < 2 * RECENT_WAYS; n++)
        cr_expect_eq(recent_find(&recent, print_of(n), 0), -1);
    for (uint64_t n = 2 * RECENT_WAYS; n < 3 * RECENT_WAYS; n++)
        cr_expect_eq(recent_find(&recent, print_of(n), 0), 0);
}

/* A keep-alive without an IP id is the same packet every time. */
Test(recent, tells_the_nearest_of_several_alike, .init = begin)
{
    recent_add(&recent, print_of(1), 0);
    recent_add(&recent, print_of(1), 10000 * RECENT_TICK_NS);
    cr_expect_eq(recent_find(&recent, print_of(1), 10001 * RECENT_TICK_NS), 1);
    cr_expect_eq(recent_find(&recent, print_of(1), 2 * RECENT_TICK_NS), 2);
}

Test(recent, a_few_hundred_packets_are_remembered)
{
    enum { N = 512 };
    unsigned found = 0;

    for (uint64_t n = 0; n < N; n++)
        recent_add(&recent, (n + 1) * UINT64_C(0x9e3779b97f4a7c15), 0);
    for (uint64_t n = 0; n < N; n++)
        found += recent_find(&recent, (n + 1) * UINT64_C(0x9e3779b97f4a7c15), 0) == 0;
    cr_expect_eq(found, N);
}
