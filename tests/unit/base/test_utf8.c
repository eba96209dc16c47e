#include "src/base/utf8.h"

#include <criterion/criterion.h>

static void expect_character(const char *text, uint32_t character, unsigned n_bytes)
{
    const char *at = text;

    cr_expect_eq(utf8_next(&at), character, "%s", text);
    cr_expect_eq((unsigned)(at - text), n_bytes, "%s", text);
}

Test(utf8, reads_the_first_and_last_of_each_length)
{
    expect_character("\x01", 1, 1);
    expect_character("\x7f", 0x7f, 1);
    expect_character("\xc2\x80", 0x80, 2);
    expect_character("\xdf\xbf", 0x7ff, 2);
    expect_character("\xe0\xa0\x80", 0x800, 3);
    expect_character("\xed\x9f\xbf", 0xd7ff, 3);
    expect_character("\xee\x80\x80", 0xe000, 3);
    expect_character("\xef\xbf\xbf", 0xffff, 3);
    expect_character("\xf0\x90\x80\x80", 0x10000, 4);
    expect_character("\xf4\x8f\xbf\xbf", 0x10ffff, 4);
}

Test(utf8, stays_at_the_terminator)
{
    expect_character("", 0, 0);
}

Test(utf8, passes_one_byte_of_what_is_no_character)
{
    static const char *const broken[] = {
        "\x80",             /* a byte that only continues */
        "\xc0\x80",         /* 0 in two bytes */
        "\xc1\xbf",         /* U+007F in two */
        "\xe0\x9f\xbf",     /* U+07FF in three */
        "\xf0\x8f\xbf\xbf", /* U+FFFF in four */
        "\xed\xa0\x80",     /* a surrogate */
        "\xed\xbf\xbf",     /* the last one */
        "\xf4\x90\x80\x80", /* beyond U+10FFFF */
        "\xf5\x80\x80\x80", /* no first byte, */
        "\xff",             /* nor this */
        "\xc3(",            /* not continued */
        "\xe2\x82(",
        "\xf0\x9f\x92(",
    };

    for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++)
        expect_character(broken[i], 0xfffd, 1);
}

Test(utf8, never_reads_past_the_terminator)
{
    expect_character("\xc3", 0xfffd, 1);
    expect_character("\xe2\x82", 0xfffd, 1);
    expect_character("\xf0\x9f\x92", 0xfffd, 1);
}

Test(utf8, goes_through_a_text)
{
    const char *at = "a\xc3\xb6\xff\xe7\xb6\xb2";

    cr_expect_eq(utf8_next(&at), 'a');
    cr_expect_eq(utf8_next(&at), 0xf6);
    cr_expect_eq(utf8_next(&at), 0xfffd);
    cr_expect_eq(utf8_next(&at), 0x7db2);
    cr_expect_eq(utf8_next(&at), 0);
    cr_expect_eq(utf8_next(&at), 0);
}
