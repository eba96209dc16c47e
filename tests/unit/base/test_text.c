#include "src/base/text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(text, formats_into_memory_of_its_own)
{
    char *text = text_format("%s: %d", "x", 7);

    cr_expect_str_eq(text, "x: 7");
    free(text);
    text = text_format("%s", "");
    cr_expect_str_eq(text, "");
    free(text);
}

Test(text, has_room_for_any_length)
{
    char *text = text_format("%0*d", 100000, 1);

    cr_assert_eq(strlen(text), 100000);
    cr_expect_eq(text[99999], '1');
    free(text);
}

Test(text, copies_nothing_to_nothing)
{
    char *copy = text_copy("abc");

    cr_expect_str_eq(copy, "abc");
    cr_expect_null(text_copy(NULL));
    free(copy);
}

Test(text, joins_what_is_in_a_list)
{
    char *list = text_copy(""), *nothing = NULL;

    text_join(&list, " and ", "a");
    cr_expect_str_eq(list, "a");
    text_join(&list, " and ", "%s");
    cr_expect_str_eq(list, "a and %s");
    text_join(&nothing, ", ", "a");
    cr_expect_null(nothing);
    free(list);
}

Test(text, grows_at_its_end)
{
    char *text = text_copy("a"), *nothing = NULL;

    text_append(&text, "%s%d", ", b", 2);
    text_append(&text, "%s", "");
    cr_expect_str_eq(text, "a, b2");
    text_append(&nothing, "x");
    cr_expect_null(nothing);
    free(text);
}
