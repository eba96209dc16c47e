#include "analyzers/live/grid.h"

#include <criterion/criterion.h>

#include "tests/unit/live/lines.h"

static const struct grid_column columns[] = {
    { "name", false }, { "note", false }, { "bytes", true }, { NULL, false }
};

static struct grid g;

static void start(void)
{
    lines_clear();
    grid_init(&g, columns);
}

static void add_row(const char *name, const char *note, const char *bytes)
{
    cr_assert_eq(grid_add(&g, name, NULL), 0);
    cr_assert_eq(grid_add(&g, note, NULL), 0);
    cr_assert_eq(grid_add(&g, bytes, NULL), 0);
}

Test(grid, aligns_words_to_the_left_and_numbers_to_the_right, .init = start)
{
    add_row("a", "much", "1");
    add_row("longer", "", "1,000,000");
    grid_write(&g, lines_put, NULL);
    cr_assert_str_eq(lines, "  name    note      bytes\n"
                            "  a       much          1\n"
                            "  longer        1,000,000\n");
    grid_release(&g);
}

Test(grid, leaves_an_empty_column_out, .init = start)
{
    add_row("a", "", "1");
    grid_write(&g, lines_put, NULL);
    cr_assert_str_eq(lines, "  name  bytes\n"
                            "  a         1\n");
    grid_release(&g);
}

Test(grid, writes_nothing_without_a_row, .init = start)
{
    grid_write(&g, lines_put, NULL);
    cr_assert_str_eq(lines, "");
    grid_release(&g);
}

Test(grid, makes_hostile_text_harmless, .init = start)
{
    add_row("\033[2J", "line\nbreak", "1");
    grid_write(&g, lines_put, NULL);
    cr_assert(!strchr(lines, '\033'));
    cr_assert_eq(strchr(strchr(lines, '\n') + 1, '\n')[1], '\0', "two lines and no more");
    grid_release(&g);
}

Test(grid, takes_no_more_rows_than_the_limit, .init = start)
{
    for (int i = 0; i < GRID_MAX_ROWS; i++)
        add_row("a", "b", "c");
    cr_assert_eq(grid_add(&g, "a", NULL), ERR_LIMIT);
    grid_release(&g);
}
