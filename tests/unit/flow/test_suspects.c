#include "analyzers/flow/suspects.h"

#include <criterion/criterion.h>

static struct suspects suspects;

static void end(void)
{
    suspects_release(&suspects);
}

static const struct suspect *find(uint32_t number, int half)
{
    for (size_t i = 0; i < suspects.n_slots; i++)
        if (suspects.slots[i].half_number == 2 * number + (uint32_t)half + 1)
            return &suspects.slots[i];
    return NULL;
}

Test(suspects, are_summed_for_each_half, .fini = end)
{
    cr_assert(suspects_count(&suspects, 7, 0, 1500, 1448));
    cr_assert(suspects_count(&suspects, 7, 0, 100, 48));
    cr_assert(suspects_count(&suspects, 7, 1, 60, 0));
    cr_assert(suspects_count(&suspects, 0, 0, 70, 10));
    cr_expect_eq(find(7, 0)->packets, 2);
    cr_expect_eq(find(7, 0)->wire_bytes, 1600);
    cr_expect_eq(find(7, 0)->payload_bytes, 1496);
    cr_expect_eq(find(7, 1)->packets, 1);
    cr_expect_eq(find(0, 0)->payload_bytes, 10);
    cr_expect_null(find(0, 1));
    cr_expect_eq(suspects.n, 3);
}

Test(suspects, none_is_lost_while_the_table_grows, .fini = end)
{
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < 5000; i++)
            cr_assert(suspects_count(&suspects, i * 3, i % 2, i, 1));
    for (uint32_t i = 0; i < 5000; i++) {
        const struct suspect *s = find(i * 3, i % 2);

        cr_assert_not_null(s);
        cr_assert_eq(s->packets, 2);
        cr_assert_eq(s->wire_bytes, 2 * i);
    }
}

Test(suspects, the_last_number_has_two_halves, .fini = end)
{
    enum { LAST = 4 * 1024 * 1024 - 1 };

    cr_assert(suspects_count(&suspects, LAST, 0, 1, 1));
    cr_assert(suspects_count(&suspects, LAST, 1, 2, 2));
    cr_expect_eq(find(LAST, 1)->wire_bytes, 2);
}

Test(suspects, has_a_limit, .fini = end)
{
    uint32_t n = 0;

    while (n < 2 * MAX_SUSPECTS && suspects_count(&suspects, n, 0, 1, 1))
        n++;
    cr_expect(n >= MAX_SUSPECTS && n < 2 * MAX_SUSPECTS);
    cr_expect(!suspects_count(&suspects, n, 0, 1, 1));
    cr_expect(!suspects_count(&suspects, 0, 1, 1, 1));
}

Test(suspects, a_number_may_come_to_mean_another, .fini = end)
{
    suspects_forget(&suspects, 7);
    cr_assert(suspects_count(&suspects, 7, 0, 1500, 1448));
    cr_assert(suspects_count(&suspects, 7, 1, 1500, 1448));
    cr_assert(suspects_count(&suspects, 8, 0, 1500, 1448));
    suspects_forget(&suspects, 7);
    suspects_forget(&suspects, 9);
    cr_expect_eq(find(7, 0)->packets, 0);
    cr_assert(suspects_count(&suspects, 7, 1, 60, 0));
    cr_expect_eq(find(7, 1)->packets, 1);
    cr_expect_eq(find(7, 1)->wire_bytes, 60);
    cr_expect_eq(find(8, 0)->packets, 1);
    cr_expect_eq(suspects.n, 3);
}
