#include "src/cli/terminal.h"

#include <criterion/criterion.h>

#include "tests/unit/scratch.h"

Test(terminal, colors_only_where_somebody_looks)
{
    cr_assert(color_is_wanted(COLOR_AUTO, true, NULL, "xterm"));
    cr_assert(color_is_wanted(COLOR_AUTO, true, NULL, NULL));
    cr_assert(!color_is_wanted(COLOR_AUTO, false, NULL, "xterm"));
}

Test(terminal, obeys_no_color_and_dumb_terminals)
{
    cr_assert(!color_is_wanted(COLOR_AUTO, true, "1", "xterm"));
    cr_assert(!color_is_wanted(COLOR_AUTO, true, "0", "xterm"));
    cr_assert(color_is_wanted(COLOR_AUTO, true, "", "xterm"));
    cr_assert(!color_is_wanted(COLOR_AUTO, true, NULL, "dumb"));
}

Test(terminal, obeys_the_option_before_all)
{
    cr_assert(color_is_wanted(COLOR_ALWAYS, false, "1", "dumb"));
    cr_assert(!color_is_wanted(COLOR_NEVER, true, NULL, "xterm"));
}

Test(terminal, knows_three_choices)
{
    enum color_choice choice = COLOR_AUTO;
    struct error err;

    cr_assert_eq(color_choice_parse(&choice, "never", &err), 0);
    cr_assert_eq(choice, COLOR_NEVER);
    cr_assert_eq(color_choice_parse(&choice, "always", &err), 0);
    cr_assert_eq(choice, COLOR_ALWAYS);
    cr_assert_eq(color_choice_parse(&choice, "sometimes", &err), ERR_USAGE);
    cr_assert_str_eq(err.text, "'sometimes' is not one of auto, always, never");
    cr_assert_eq(choice, COLOR_ALWAYS);
}

Test(terminal, is_eighty_columns_wide_where_there_is_none)
{
    struct scratch s = scratch_open();
    char nothing[8];

    cr_assert_eq(terminal_columns(s.out), 80);
    cr_assert(!terminal_is_watched(s.out));
    scratch_close(&s, nothing, sizeof(nothing));
}
