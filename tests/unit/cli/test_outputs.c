#include "src/cli/outputs.h"

#include <criterion/criterion.h>
#include <string.h>

static struct error err;

static int write_text(const void *context, FILE *out, struct error *e)
{
    (void)e;
    fputs(context, out);
    return 0;
}

static int write_half(const void *context, FILE *out, struct error *e)
{
    fputs(context, out);
    return error_set(e, ERR_INPUT, "broke off");
}

static const char *content(const char *path)
{
    static char text[64];
    FILE *file = fopen(path, "rb");

    if (!file)
        return NULL;
    text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
    fclose(file);
    return text;
}

Test(outputs, pair_each_format_with_the_file_behind_it)
{
    struct outputs o = { 0 };

    outputs_add_format(&o, "text", &err);
    outputs_add_format(&o, "json", &err);
    outputs_add_path(&o, "r.json", &err);
    outputs_add_path(&o, "r.md", &err);
    cr_assert_eq(o.n_rows, 3);
    cr_assert_str_eq(o.rows[0].format, "text");
    cr_assert(o.rows[0].path == NULL);
    cr_assert_str_eq(o.rows[1].format, "json");
    cr_assert_str_eq(o.rows[1].path, "r.json");
    cr_assert(o.rows[2].format == NULL);
    cr_assert_str_eq(o.rows[2].path, "r.md");
}

Test(outputs, are_stdout_when_none_is_given)
{
    struct outputs o = { 0 };

    cr_assert_eq(outputs_check(&o, &err), 0);
    cr_assert_eq(o.n_rows, 1);
    cr_assert(o.rows[0].path == NULL && o.rows[0].format == NULL);
}

Test(outputs, send_one_result_to_stdout_at_most)
{
    struct outputs o = { 0 };

    outputs_add_format(&o, "text", &err);
    outputs_add_format(&o, "json", &err);
    outputs_add_path(&o, "-", &err);
    cr_assert_eq(outputs_check(&o, &err), ERR_USAGE);
    cr_assert_str_eq(err.text,
                     "two results would go to standard output, give one a file: -f json -o FILE");
}

/* It is a link: a result put in its place would break it for everybody. */
Test(outputs, know_stdout_by_the_names_that_linux_gives_it)
{
    static const char *const names[] = { "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        struct outputs o = { 0 };

        cr_assert_eq(outputs_add_path(&o, names[i], &err), 0);
        cr_expect(o.rows[0].path == NULL, "%s", names[i]);
    }
}

Test(outputs, send_one_result_to_a_file_at_most)
{
    struct outputs o = { 0 };

    outputs_add_path(&o, "same", &err);
    outputs_add_path(&o, "same", &err);
    cr_assert_eq(outputs_check(&o, &err), ERR_USAGE);
    cr_assert_str_eq(err.text, "two results would go to 'same'");
}

Test(outputs, have_a_limit)
{
    struct outputs o = { 0 };

    for (int i = 0; i < OUTPUTS_MAX; i++)
        cr_assert_eq(outputs_add_format(&o, "text", &err), 0);
    cr_assert_eq(outputs_add_format(&o, "text", &err), ERR_USAGE);
    cr_assert_eq(o.n_rows, OUTPUTS_MAX);
}

Test(outputs, are_refused_before_the_work_when_they_cannot_be_written)
{
    struct outputs o = { 0 };

    outputs_add_path(&o, "no-such-folder/result.json", &err);
    cr_assert_eq(outputs_check(&o, &err), ERR_SYSTEM);
    cr_assert(strncmp(err.text, "can't write 'no-such-folder/result.json': ", 42) == 0);
}

Test(outputs, leave_nothing_behind_when_checked)
{
    struct outputs o = { 0 };

    remove("test_outputs_checked.txt");
    outputs_add_path(&o, "test_outputs_checked.txt", &err);
    cr_assert_eq(outputs_check(&o, &err), 0);
    cr_assert(content("test_outputs_checked.txt") == NULL);
}

Test(outputs, replace_a_file_by_a_whole_one)
{
    struct output o = { "text", "test_outputs_whole.txt" };

    cr_assert_eq(output_write(&o, write_text, "first", &err), 0);
    cr_assert_str_eq(content(o.path), "first");
    cr_assert_eq(output_write(&o, write_text, "second", &err), 0);
    cr_assert_str_eq(content(o.path), "second");
    remove(o.path);
}

Test(outputs, keep_the_old_file_when_the_new_one_fails)
{
    struct output o = { "text", "test_outputs_kept.txt" };

    cr_assert_eq(output_write(&o, write_text, "old", &err), 0);
    cr_assert_eq(output_write(&o, write_half, "new", &err), ERR_INPUT);
    cr_assert_str_eq(err.text, "broke off");
    cr_assert_str_eq(content(o.path), "old");
    remove(o.path);
}
