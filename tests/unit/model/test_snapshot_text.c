#include "src/model/snapshot_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static struct error err;

/* @bytes has its own terminator, so its size is one less. */
#define EXPECT_TEXT(bytes, expected) expect_text(bytes, sizeof(bytes) - 1, expected)

static void expect_text(const char *bytes, size_t n_bytes, const char *expected)
{
    char *text = NULL;
    size_t n = 0;

    cr_assert_eq(snapshot_text_decode(&text, &n, bytes, n_bytes, &err), 0, "%s", err.text);
    cr_expect_str_eq(text, expected);
    cr_expect_eq(n, strlen(expected));
    free(text);
}

static void expect_failure(const char *bytes, size_t n_bytes, int code)
{
    char *text = NULL;
    size_t n = 7;

    err.text[0] = '\0';
    cr_expect_eq(snapshot_text_decode(&text, &n, bytes, n_bytes, &err), code);
    cr_expect(err.text[0] != '\0');
    cr_expect_eq(text, NULL);
    cr_expect_eq(n, 7);
}

Test(snapshot_text, keeps_utf8_with_and_without_a_mark)
{
    EXPECT_TEXT("", "");
    EXPECT_TEXT("{\"a\":\"B\xc3\xbcro\"}", "{\"a\":\"B\xc3\xbcro\"}");
    EXPECT_TEXT("\xef\xbb\xbf{\"a\":1}", "{\"a\":1}");
    EXPECT_TEXT("\xf0\x9f\x90\xa7", "\xf0\x9f\x90\xa7");
}

Test(snapshot_text, converts_utf16_of_both_byte_orders)
{
    EXPECT_TEXT("\xff\xfe{\0\xfc\0\xac\x20}\0", "{\xc3\xbc\xe2\x82\xac}");
    EXPECT_TEXT("\xfe\xff\0{\0\xfc\x20\xac\0}", "{\xc3\xbc\xe2\x82\xac}");
    EXPECT_TEXT("\xff\xfe\x3d\xd8\x27\xdc", "\xf0\x9f\x90\xa7");
}

Test(snapshot_text, replaces_unpaired_surrogates_and_half_a_character)
{
    EXPECT_TEXT("\xff\xfe\x3d\xd8x\0", "\xef\xbf\xbdx");
    EXPECT_TEXT("\xff\xfe\x27\xdcx\0", "\xef\xbf\xbdx");
    EXPECT_TEXT("\xff\xfe\x3d\xd8", "\xef\xbf\xbd");
    EXPECT_TEXT("\xff\xfex\0y", "x\xef\xbf\xbd");
}

Test(snapshot_text, takes_stray_bytes_as_latin_1)
{
    EXPECT_TEXT("\"B\xfcro\"", "\"B\xc3\xbcro\"");
    EXPECT_TEXT("\"\x93x\x94\"", "\"\xef\xbf\xbdx\xef\xbf\xbd\"");
    EXPECT_TEXT("\"\xc3\"", "\"\xc3\x83\"");
    EXPECT_TEXT("\xef\xbf\xbd", "\xef\xbf\xbd");
}

Test(snapshot_text, makes_text_of_integers_that_may_not_fit)
{
    EXPECT_TEXT("[18446744073709551615,1]", "[\"18446744073709551615\",1]");
    EXPECT_TEXT("[-9223372036854775808]", "[\"-9223372036854775808\"]");
    EXPECT_TEXT("[999999999999999999]", "[999999999999999999]");
    EXPECT_TEXT("[1.0000000000000000001]", "[1.0000000000000000001]");
    EXPECT_TEXT("{\"18446744073709551615\":\"18446744073709551615 \\\" 1\"}",
                "{\"18446744073709551615\":\"18446744073709551615 \\\" 1\"}");
}

Test(snapshot_text, refuses_a_zero_character)
{
    expect_failure("{\0}", 3, ERR_INPUT);
    expect_failure("\xff\xfe\0\0", 4, ERR_INPUT);
}

Test(snapshot_text, refuses_what_is_too_deep)
{
    char bytes[2 * SNAPSHOT_MAX_DEPTH + 3];

    memset(bytes, '[', SNAPSHOT_MAX_DEPTH);
    memset(bytes + SNAPSHOT_MAX_DEPTH, ']', SNAPSHOT_MAX_DEPTH);
    bytes[2 * SNAPSHOT_MAX_DEPTH] = '\0';
    expect_text(bytes, 2 * SNAPSHOT_MAX_DEPTH, bytes);
    memset(bytes, '[', SNAPSHOT_MAX_DEPTH + 1);
    expect_failure(bytes, SNAPSHOT_MAX_DEPTH + 1, ERR_LIMIT);
}

Test(snapshot_text, counts_no_brackets_in_strings)
{
    char bytes[SNAPSHOT_MAX_DEPTH + 12];

    memset(bytes, '[', sizeof(bytes));
    memcpy(bytes, "\"\\\"", 3);
    bytes[sizeof(bytes) - 2] = '"';
    bytes[sizeof(bytes) - 1] = '\0';
    expect_text(bytes, sizeof(bytes) - 1, bytes);
}

Test(snapshot_text, refuses_too_many_values)
{
    char *bytes = malloc(SNAPSHOT_MAX_VALUES + 2);

    cr_assert(bytes != NULL);
    memset(bytes, ',', SNAPSHOT_MAX_VALUES + 1);
    bytes[SNAPSHOT_MAX_VALUES + 1] = '\0';
    expect_failure(bytes, SNAPSHOT_MAX_VALUES + 1, ERR_LIMIT);
    bytes[SNAPSHOT_MAX_VALUES] = '\0';
    expect_text(bytes, SNAPSHOT_MAX_VALUES, bytes);
    free(bytes);
}

Test(snapshot_text, refuses_what_is_too_large)
{
    expect_failure("", (size_t)SNAPSHOT_MAX_BYTES + 1, ERR_LIMIT);
}
