#include "analyzers/flow/fragments.h"

#include <criterion/criterion.h>

static struct fragments fragments;

static struct fragment_note note(uint64_t print, int64_t time_ns)
{
    return (struct fragment_note){
        .print = print, .time_ns = time_ns, .observation = 3, .seq = 1000, .header_bytes = 20
    };
}

Test(fragments, finds_the_note_of_the_first)
{
    const struct fragment_note *found;

    cr_expect_null(fragments_find(&fragments, 0, 0)); /* an empty slot is no note, print 0 or not */
    fragments_add(&fragments, note(0, 0));
    found = fragments_find(&fragments, 0, 0);
    cr_assert_not_null(found);
    cr_expect_eq(found->observation, 3);
    cr_expect_eq(found->seq, 1000);
    cr_expect_null(fragments_find(&fragments, 1, 0));
    cr_expect_null(fragments_find(&fragments, FRAGMENT_SLOTS, 0));
}

Test(fragments, notes_grow_old)
{
    fragments_add(&fragments, note(7, 0));
    cr_expect_not_null(fragments_find(&fragments, 7, FRAGMENT_LIFE_NS));
    cr_expect_null(fragments_find(&fragments, 7, FRAGMENT_LIFE_NS + 1));
}

Test(fragments, time_may_run_backwards)
{
    fragments_add(&fragments, note(7, 1000));
    cr_expect_not_null(fragments_find(&fragments, 7, 0));
    cr_expect_null(fragments_find(&fragments, 7, 999 - FRAGMENT_LIFE_NS));
    fragments_add(&fragments, note(7, INT64_MIN));
    cr_expect_null(fragments_find(&fragments, 7, INT64_MAX));
    fragments_add(&fragments, note(7, INT64_MAX));
    cr_expect_null(fragments_find(&fragments, 7, INT64_MIN));
}

Test(fragments, a_later_note_takes_the_place)
{
    fragments_add(&fragments, note(7, 0));
    fragments_add(&fragments, note(7 + FRAGMENT_SLOTS, 0));
    cr_expect_null(fragments_find(&fragments, 7, 0));
    cr_expect_not_null(fragments_find(&fragments, 7 + FRAGMENT_SLOTS, 0));
}
