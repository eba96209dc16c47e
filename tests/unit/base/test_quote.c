#include "src/base/quote.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void expect(const char *text, const char *expected)
{
    char *quoted = quote_powershell(text);

    cr_assert_str_eq(quoted, expected);
    free(quoted);
}

Test(quote, keeps_plain_text_and_doubles_the_quote)
{
    expect("", "''");
    expect("Storage 1", "'Storage 1'");
    expect("it's", "'it''s'");
    expect("'", "''''");
}

Test(quote, expands_nothing)
{
    expect("$(whoami) `n \"x\" #> @'", "'$(whoami) `n \"x\" #> @'''");
    expect("%s%n", "'%s%n'");
}

/* PowerShell takes U+2018 to U+201B for the ASCII quote. */
Test(quote, spells_out_typographic_quotes)
{
    expect("\xe2\x80\x98\xe2\x80\x99\xe2\x80\x9a\xe2\x80\x9b",
           "('' + [char]0x2018 + [char]0x2019 + [char]0x201A + [char]0x201B)");
    expect("a\xe2\x80\x99; Stop-VM *", "('a' + [char]0x2019 + '; Stop-VM *')");
}

Test(quote, spells_out_what_is_not_ascii)
{
    expect("L\xc3\xb8kke", "('L' + [char]0xF8 + 'kke')");
    expect("a\r\nb", "('a' + [char]0x0D + [char]0x0A + 'b')");
    expect("\x7f", "('' + [char]0x7F)");
    expect("\xf0\x9f\x98\x80'", "('' + [char]0xD83D + [char]0xDE00 + '''')");
    expect("\xff", "('' + [char]0xFFFD)");
}

Test(quote, has_room_for_the_longest_growth)
{
    char text[601], *quoted;

    for (int i = 0; i < 600; i++)
        text[i] = i % 2 ? '\'' : '\n';
    text[600] = '\0';
    quoted = quote_powershell(text);
    cr_assert_eq(strlen(quoted), 4 + 300 * strlen(" + [char]0x0A + ''''"));
    free(quoted);
}

Test(quote, makes_lists)
{
    char *list = calloc(1, 1), *none = NULL;

    quote_append(&list, "a");
    cr_expect_str_eq(list, "'a'");
    quote_append(&list, "b, 'c");
    cr_expect_str_eq(list, "'a', 'b, ''c'");
    quote_append(&none, "a");
    cr_expect(none == NULL);
    free(list);
}
