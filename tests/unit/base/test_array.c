#include "src/base/array.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static struct error err;

Test(array, keeps_what_is_in_it)
{
    int *items = NULL;
    size_t capacity = 0;

    for (int i = 0; i < 1000; i++) {
        cr_assert_eq(array_reserve(&items, &capacity, (size_t)i + 1, sizeof(*items), 1000, &err),
                     0);
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(items[i], i);
    cr_expect_eq(capacity, 1000); /* never beyond the limit */
    free(items);
}

Test(array, does_nothing_when_there_is_room)
{
    int *items = NULL, *before;
    size_t capacity = 0;

    cr_assert_eq(array_reserve(&items, &capacity, 3, sizeof(*items), 100, &err), 0);
    before = items;
    cr_assert(capacity >= 3);
    cr_assert_eq(array_reserve(&items, &capacity, capacity, sizeof(*items), 100, &err), 0);
    cr_expect_eq(items, before);
    free(items);
}

Test(array, says_which_limit_and_changes_nothing)
{
    int *items = NULL, *before;
    size_t capacity = 0, capacity_before;

    cr_assert_eq(array_reserve(&items, &capacity, 5, sizeof(*items), 5, &err), 0);
    before = items;
    capacity_before = capacity;
    cr_expect_eq(array_reserve(&items, &capacity, 6, sizeof(*items), 5, &err), ERR_LIMIT);
    cr_expect_not_null(strstr(err.text, "5"));
    cr_expect_eq(items, before);
    cr_expect_eq(capacity, capacity_before);
    free(items);
}

Test(array, refuses_what_no_memory_can_hold)
{
    uint64_t *items = NULL;
    size_t capacity = 0;

    cr_expect_lt(array_reserve(&items, &capacity, SIZE_MAX / 2, sizeof(*items), SIZE_MAX, &err), 0);
    cr_expect_null(items);
    cr_expect_eq(capacity, 0);
}
