#include "src/base/error.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

static struct error err;

Test(error, set_returns_its_code_and_writes_the_line)
{
    cr_expect_eq(error_set(&err, ERR_INPUT, "'%s': byte %d", "a.pcap", 24), ERR_INPUT);
    cr_expect_str_eq(err.text, "'a.pcap': byte 24");
}

Test(error, works_without_a_place_for_the_text)
{
    cr_expect_eq(error_set(NULL, ERR_USAGE, "x"), ERR_USAGE);
    cr_expect_eq(error_prefix(NULL, ERR_LIMIT, "x"), ERR_LIMIT);
    cr_expect_eq(error_system(NULL, ENOENT, "x"), ERR_SYSTEM);
    cr_expect_eq(error_memory(NULL), ERR_MEMORY);
}

Test(error, prefix_stands_before_what_is_there)
{
    error_set(&err, ERR_INPUT, "no JSON");
    cr_expect_eq(error_prefix(&err, ERR_INPUT, "'%s'", "x.json"), ERR_INPUT);
    cr_expect_str_eq(err.text, "'x.json': no JSON");
}

Test(error, system_ends_in_the_system_s_own_words)
{
    cr_expect_eq(error_system(&err, ENOENT, "'x': can't open"), ERR_SYSTEM);
    cr_expect_eq(strncmp(err.text, "'x': can't open: ", 17), 0);
    cr_expect_str_eq(err.text + 17, strerror(ENOENT));
}

Test(error, escapes_what_would_steer_a_terminal)
{
    error_set(&err, ERR_INPUT, "'%s'", "\x1b[2J\n\x7f");
    cr_expect_str_eq(err.text, "'\\x1b[2J\\x0a\\x7f'");
    error_set(&err, ERR_INPUT, "'%s'",
              "a\xc2\x9b"
              "2J"); /* U+009B does what ESC [ does */
    cr_expect_str_eq(err.text, "'a\\xc2\\x9b2J'");
    error_set(&err, ERR_INPUT, "'%s'",
              "a\x9b"
              "2J");
    cr_expect_str_eq(err.text, "'a\\x9b2J'");
    error_set(&err, ERR_INPUT, "'%s'", "\xef(");
    cr_expect_str_eq(err.text, "'\\xef('");
}

Test(error, leaves_names_in_any_script_alone)
{
    error_set(&err, ERR_INPUT, "'%s'",
              "Gr\xc3\xb6\xc3\x9f"
              "e \xe7\xb6\xb2 \xf0\x9f\x92\xbe");
    cr_expect_str_eq(err.text, "'Gr\xc3\xb6\xc3\x9f"
                               "e \xe7\xb6\xb2 \xf0\x9f\x92\xbe'");
}

Test(error, bounds_every_text)
{
    char name[4096];

    memset(name, '\n', sizeof(name) - 1);
    name[sizeof(name) - 1] = '\0';
    error_set(&err, ERR_INPUT, "%s", name);
    cr_expect(strlen(err.text) >= 1000 && strlen(err.text) < sizeof(err.text));
    error_prefix(&err, ERR_INPUT, "%s", name);
    cr_expect(strlen(err.text) >= 1000 && strlen(err.text) < sizeof(err.text));
    error_system(&err, ENOENT, "%s", name);
    cr_expect(strlen(err.text) < sizeof(err.text));
}
