#include "src/base/json_writer.h"

#include <criterion/criterion.h>
#include <math.h>

#include "tests/unit/scratch.h"

static struct scratch scratch;
static struct json_writer w;
static char text[4096];

static void begin(void)
{
    scratch = scratch_open();
    json_writer_init(&w, scratch.out);
}

static const char *written(void)
{
    return scratch_close(&scratch, text, sizeof(text));
}

Test(json_writer, indents_by_two_spaces_and_ends_in_a_line, .init = begin)
{
    json_object_begin(&w, NULL);
    json_put_u64(&w, "a", 1);
    json_array_begin(&w, "b");
    json_put_i64(&w, NULL, -2);
    json_put_bool(&w, NULL, true);
    json_array_end(&w);
    json_put_null(&w, "c");
    json_object_end(&w);
    cr_expect_str_eq(written(), "{\n  \"a\": 1,\n  \"b\": [\n    -2,\n    true\n  ],\n"
                                "  \"c\": null\n}\n");
}

Test(json_writer, writes_empty_groups_on_one_line, .init = begin)
{
    json_object_begin(&w, NULL);
    json_array_begin(&w, "a");
    json_array_end(&w);
    json_object_begin(&w, "b");
    json_object_end(&w);
    json_object_end(&w);
    cr_expect_str_eq(written(), "{\n  \"a\": [],\n  \"b\": {}\n}\n");
}

Test(json_writer, keeps_a_flat_group_and_all_in_it_on_one_line, .init = begin)
{
    json_array_begin(&w, NULL);
    json_flat_begin(&w);
    json_object_begin(&w, NULL);
    json_put_u64(&w, "a", 1);
    json_array_begin(&w, "b");
    json_put_u64(&w, NULL, 2);
    json_put_u64(&w, NULL, 3);
    json_array_end(&w);
    json_object_end(&w);
    json_object_begin(&w, NULL);
    json_put_u64(&w, "c", 4);
    json_object_end(&w);
    json_array_end(&w);
    cr_expect_str_eq(written(), "[\n  {\"a\": 1, \"b\": [2, 3]},\n  {\n    \"c\": 4\n  }\n]\n");
}

Test(json_writer, escapes_what_json_and_terminals_take_for_more_than_text, .init = begin)
{
    json_array_begin(&w, NULL);
    json_put_string(&w, NULL, "a\"b\\c\n\t\x1b[2J\x7f");
    json_array_end(&w);
    cr_expect_str_eq(written(), "[\n  \"a\\\"b\\\\c\\n\\u0009\\u001b[2J\\u007f\"\n]\n");
}

Test(json_writer, writes_utf8_and_replaces_what_is_none, .init = begin)
{
    json_array_begin(&w, NULL);
    json_put_string(&w, NULL, "\xc3\xb6|\xff|\xf0\x9f\x92\xbe|\xed\xa0\x80");
    json_array_end(&w);
    cr_expect_str_eq(written(),
                     "[\n  \"\xc3\xb6|\\ufffd|\xf0\x9f\x92\xbe|\\ufffd\\ufffd\\ufffd\"\n]\n");
}

Test(json_writer, keys_are_text_as_well, .init = begin)
{
    json_object_begin(&w, NULL);
    json_put_u64(&w, "a\"\n", 1);
    json_object_end(&w);
    cr_expect_str_eq(written(), "{\n  \"a\\\"\\n\": 1\n}\n");
}

Test(json_writer, unknown_is_null, .init = begin)
{
    json_array_begin(&w, NULL);
    json_put_string(&w, NULL, NULL);
    json_put_real(&w, NULL, INFINITY, 2);
    json_put_real(&w, NULL, NAN, 2);
    json_array_end(&w);
    cr_expect_str_eq(written(), "[\n  null,\n  null,\n  null\n]\n");
}

Test(json_writer, writes_numbers_of_every_size, .init = begin)
{
    json_array_begin(&w, NULL);
    json_put_u64(&w, NULL, UINT64_MAX);
    json_put_i64(&w, NULL, INT64_MIN);
    json_put_real(&w, NULL, 0.95, 6);
    json_put_real(&w, NULL, 1e15, 0);
    json_put_time(&w, NULL, 1500000000);
    json_array_end(&w);
    cr_expect_str_eq(written(), "[\n  18446744073709551615,\n  -9223372036854775808,\n  0.950000,\n"
                                "  1000000000000000,\n  \"1970-01-01T00:00:01.500000000Z\"\n]\n");
}
