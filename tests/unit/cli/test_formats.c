#include "src/cli/formats.h"

#include <criterion/criterion.h>

static int write_nothing(const void *context, FILE *out, struct error *err)
{
    (void)context;
    (void)out;
    (void)err;
    return 0;
}

static const struct output_format formats[] = { { "text", ".txt", write_nothing },
                                                { "json", ".json", write_nothing },
                                                { "baseline", NULL, write_nothing },
                                                { 0 } };

static const char *found(const char *format, const char *path)
{
    struct output o = { format, path };

    return formats_find(formats, &o)->name;
}

Test(formats, are_found_by_name_then_by_ending)
{
    cr_assert_str_eq(found("baseline", "x.txt"), "baseline");
    cr_assert_str_eq(found(NULL, "x.json"), "json");
    cr_assert_str_eq(found(NULL, "X.JSON"), "json");
    cr_assert_str_eq(found(NULL, "a.json/x.txt"), "text");
}

Test(formats, default_to_the_first)
{
    cr_assert_str_eq(found(NULL, NULL), "text");
    cr_assert_str_eq(found(NULL, "x"), "text");
    cr_assert_str_eq(found(NULL, "x.docx"), "text");
}

Test(formats, take_only_names_of_the_table)
{
    struct outputs o = { 0 };
    struct error err;

    cr_assert_eq(formats_add(formats, &o, "json", &err), 0);
    cr_assert_str_eq(o.rows[0].format, "json");
    cr_assert_eq(formats_add(formats, &o, "jsn", &err), ERR_USAGE);
    cr_assert_str_eq(err.text, "'jsn' is not one of text, json, baseline");
}
