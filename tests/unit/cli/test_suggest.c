#include "src/cli/suggest.h"

#include <criterion/criterion.h>

static const char *nearest(const char *word)
{
    struct suggestion s = suggestion_for(word);

    suggestion_consider(&s, "analyze");
    suggestion_consider(&s, "record");
    suggestion_consider(&s, "run");
    suggestion_consider(&s, "report");
    return s.best;
}

Test(suggest, forgives_a_slip)
{
    cr_assert_str_eq(nearest("analyse"), "analyze");
    cr_assert_str_eq(nearest("anaylze"), "analyze");
    cr_assert_str_eq(nearest("nalyze"), "analyze");
    cr_assert_str_eq(nearest("recordd"), "record");
}

Test(suggest, takes_the_beginning_of_a_word)
{
    cr_assert_str_eq(nearest("ana"), "analyze");
    cr_assert_str_eq(nearest("rec"), "record");
}

Test(suggest, is_silent_when_nothing_is_near)
{
    cr_assert(nearest("frobnicate") == NULL);
    cr_assert(nearest("x") == NULL);
    cr_assert(nearest("ran4") == NULL);
    cr_assert(nearest("a-very-long-word-that-nobody-would-ever-type-here") == NULL);
}

Test(suggest, prefers_the_nearer)
{
    cr_assert_str_eq(nearest("reprd"), "record");
    cr_assert_str_eq(nearest("repot"), "report");
}
