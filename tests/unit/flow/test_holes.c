#include "analyzers/flow/holes.h"

#include <criterion/criterion.h>

#include "analyzers/flow/observation.h"

static struct hole_pool pool;
static uint32_t list;

static void begin(void)
{
    hole_pool_init(&pool);
    list = NO_HOLES;
}

static void end(void)
{
    hole_pool_release(&pool);
}

/* Bytes that are still in the list, which must be in order. */
static uint64_t left_in(uint32_t which)
{
    const struct hole_list *l;
    uint64_t sum = 0, at = 0;

    if (which == NO_HOLES)
        return 0;
    l = &pool.lists[which];
    cr_assert(l->n > 0 && l->n <= MAX_HOLES && l->first + l->n <= l->capacity);
    for (uint32_t i = 0; i < l->n; i++) {
        const struct hole *h = &l->holes[l->first + i];

        cr_assert(h->start < h->end && h->start >= at);
        sum += h->end - h->start;
        at = h->end;
    }
    return sum;
}

Test(holes, nothing_is_in_no_list, .init = begin, .fini = end)
{
    cr_expect_eq(holes_fill(&pool, &list, 0, UINT64_MAX), 0);
    cr_expect_eq(list, NO_HOLES);
}

Test(holes, a_hole_is_filled_once, .init = begin, .fini = end)
{
    holes_append(&pool, &list, 100, 200);
    cr_expect_eq(holes_fill(&pool, &list, 100, 200), 100);
    cr_expect_eq(list, NO_HOLES);
    cr_expect_eq(holes_fill(&pool, &list, 100, 200), 0);
}

Test(holes, what_is_beside_a_hole_is_not_in_it, .init = begin, .fini = end)
{
    holes_append(&pool, &list, 100, 200);
    cr_expect_eq(holes_fill(&pool, &list, 0, 100), 0);
    cr_expect_eq(holes_fill(&pool, &list, 200, 300), 0);
    cr_expect_eq(left_in(list), 100);
}

Test(holes, are_filled_from_either_end_and_in_the_middle, .init = begin, .fini = end)
{
    holes_append(&pool, &list, 100, 200);
    cr_expect_eq(holes_fill(&pool, &list, 50, 110), 10);
    cr_expect_eq(holes_fill(&pool, &list, 190, 250), 10);
    cr_expect_eq(holes_fill(&pool, &list, 140, 150), 10);
    cr_expect_eq(left_in(list), 70);
    cr_expect_eq(holes_fill(&pool, &list, 130, 160), 20);
    cr_expect_eq(holes_fill(&pool, &list, 0, 1000), 50);
    cr_expect_eq(list, NO_HOLES);
}

Test(holes, one_segment_may_fill_many, .init = begin, .fini = end)
{
    for (uint64_t i = 0; i < 100; i++)
        holes_append(&pool, &list, i * 100, i * 100 + 10);
    cr_expect_eq(holes_fill(&pool, &list, 1005, 2005), 5 + 9 * 10 + 5);
    cr_expect_eq(left_in(list), 900);
    cr_expect_eq(holes_fill(&pool, &list, 1000, 2010), 10);
}

Test(holes, one_below_all_others_may_come_late, .init = begin, .fini = end)
{
    holes_append(&pool, &list, 1000, 1100);
    holes_append(&pool, &list, 2000, 2100);
    holes_prepend(&pool, &list, 100, 200);
    cr_expect_eq(left_in(list), 300);
    cr_expect_eq(holes_fill(&pool, &list, 150, 1050), 100);
    cr_expect_eq(left_in(list), 200);
}

Test(holes, lists_are_apart_and_used_again, .init = begin, .fini = end)
{
    uint32_t other = NO_HOLES, before;

    holes_append(&pool, &list, 0, 10);
    holes_append(&pool, &other, 0, 10);
    cr_expect_neq(list, other);
    before = list;
    cr_expect_eq(holes_fill(&pool, &list, 0, 10), 10);
    cr_expect_eq(left_in(other), 10);
    holes_append(&pool, &list, 5, 7);
    cr_expect_eq(list, before);
    cr_expect_eq(left_in(list), 2);
}

Test(holes, past_the_limit_the_lowest_is_forgotten, .init = begin, .fini = end)
{
    for (uint64_t i = 0; i < MAX_HOLES + 3; i++)
        holes_append(&pool, &list, i * 10, i * 10 + 1);
    cr_expect_eq(left_in(list), MAX_HOLES);
    cr_expect_eq(holes_fill(&pool, &list, 0, 30), 0);
    cr_expect_eq(holes_fill(&pool, &list, 30, 31), 1);
}

Test(holes, a_full_list_takes_none_below_and_splits_by_forgetting_the_lowest, .init = begin,
     .fini = end)
{
    for (uint64_t i = 1; i <= MAX_HOLES; i++)
        holes_append(&pool, &list, i * 10, i * 10 + 5);
    holes_prepend(&pool, &list, 0, 5);
    cr_expect_eq(holes_fill(&pool, &list, 0, 10), 0);
    cr_expect_eq(holes_fill(&pool, &list, 1002, 1003), 1); /* one becomes two */
    cr_expect_eq(left_in(list), (MAX_HOLES - 1) * 5 - 1);
    cr_expect_eq(holes_fill(&pool, &list, 10, 15), 0); /* for it this one had to go */
    cr_expect_eq(holes_fill(&pool, &list, 1000, 1005), 4);
}

Test(holes, the_first_of_a_full_list_may_be_the_one_to_split, .init = begin, .fini = end)
{
    for (uint64_t i = 0; i < MAX_HOLES; i++)
        holes_append(&pool, &list, i * 10, i * 10 + 5);
    cr_expect_eq(holes_fill(&pool, &list, 2, 3), 1);
    cr_expect_eq(left_in(list), (MAX_HOLES - 1) * 5 + 2);
    cr_expect_eq(holes_fill(&pool, &list, 3, 5), 2);
}

Test(holes, give_back_what_they_took, .init = begin, .fini = end)
{
    for (int round = 0; round < 50; round++) {
        for (uint64_t i = 0; i < 1000; i++)
            holes_append(&pool, &list, i * 10, i * 10 + 1);
        cr_expect_eq(holes_fill(&pool, &list, 0, UINT64_MAX), 1000);
    }
    cr_expect_eq(pool.n_holes, 0);
    cr_expect_eq(pool.n_lists, 1);
}

/* A window of holes that moves up for ever stays where it is in memory. */
Test(holes, a_moving_window_needs_no_more_room_than_it_is_wide, .init = begin, .fini = end)
{
    for (uint64_t i = 0; i < 100000; i++) {
        holes_append(&pool, &list, i * 10, i * 10 + 5);
        if (i >= 20)
            cr_assert_eq(holes_fill(&pool, &list, (i - 20) * 10, (i - 20) * 10 + 5), 5);
    }
    cr_expect_eq(left_in(list), 20 * 5);
    cr_expect(pool.n_holes <= 64);
}

/* Against a map with one entry a byte. */
Test(holes, agree_with_a_map_of_bytes, .init = begin, .fini = end)
{
    enum { N = 600, ROUNDS = 400 };
    static bool open[N];
    uint64_t random = 88172645463325252u;

    for (int round = 0; round < ROUNDS; round++) {
        uint64_t at = 0, left = 0;

        holes_fill(&pool, &list, 0, UINT64_MAX);
        memset(open, 0, sizeof(open));
        while (at + 20 < N) {
            uint64_t start = at + 1 + random % 7, until = start + 1 + random / 7 % 11;

            holes_append(&pool, &list, start, until);
            memset(open + start, 1, until - start);
            left += until - start;
            at = until;
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
        }
        for (int i = 0; i < 60; i++) {
            uint64_t start = random % N, until = start + 1 + random / N % 40, filled = 0;

            for (uint64_t b = start; b < until && b < N; b++) {
                filled += open[b];
                open[b] = false;
            }
            cr_assert_eq(holes_fill(&pool, &list, start, until), filled);
            left -= filled;
            cr_assert_eq(left_in(list), left);
            random ^= random << 13, random ^= random >> 7, random ^= random << 17;
        }
    }
}
