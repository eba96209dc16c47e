#include "src/cli/options.h"

#include <criterion/criterion.h>
#include <string.h>

struct settings {
    char words[8][32]; /* what was parsed, in its order */
    int n_words;
};

static int add(void *options, const char *value, struct error *err)
{
    struct settings *s = options;

    (void)err;
    snprintf(s->words[s->n_words++], sizeof(s->words[0]), "%s", value ? value : "(none)");
    return 0;
}

static int refuse(void *options, const char *value, struct error *err)
{
    (void)options;
    return error_set(err, ERR_USAGE, "'%s' is wrong", value);
}

static int finish(void *options, const char *value, struct error *err)
{
    (void)options;
    (void)value;
    (void)err;
    return 1;
}

static const struct option_row general_rows[] = {
    { 'n', "network", "NAME", "define a network", add },
    { 'v', "verbose", NULL, "tell more", add },
    { 0, "min-share", "PERCENT", "how much", refuse },
    { 0 },
};
static const struct option_row other_rows[] = {
    { 0, "min-size", "SIZE", "how large", add },
    { 'V', "version", NULL, "tell the version", finish },
    { 0 },
};
static const struct option_group groups[] = { { "General", general_rows },
                                              { "Other", other_rows },
                                              { NULL, NULL } };
static const struct command command = { .program = "tool", .name = "test", .groups = groups };

static struct settings settings;
static struct error err;
static char words[256], *argv[16];
static int operands;

/* A command line without quotes. */
static int parse(const char *line)
{
    int argc = 0;

    snprintf(words, sizeof(words), "test %s", line);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        argv[argc++] = word;
    argv[argc] = NULL;
    settings.n_words = 0;
    operands = -1;
    return options_parse(&command, argc, argv, &settings, &operands, &err);
}

Test(options, come_in_the_order_of_the_command_line)
{
    cr_assert_eq(parse("-n A --network=B -v -nC --min-size 4"), 0);
    cr_assert_eq(settings.n_words, 5);
    cr_assert_str_eq(settings.words[0], "A");
    cr_assert_str_eq(settings.words[1], "B");
    cr_assert_str_eq(settings.words[2], "(none)");
    cr_assert_str_eq(settings.words[3], "C");
    cr_assert_str_eq(settings.words[4], "4");
}

Test(options, may_stand_behind_operands)
{
    cr_assert_eq(parse("one -v two -n A"), 0);
    cr_assert_eq(settings.n_words, 2);
    cr_assert_eq(operands, 4);
    cr_assert_str_eq(argv[operands], "one");
    cr_assert_str_eq(argv[operands + 1], "two");
}

Test(options, end_at_two_dashes)
{
    cr_assert_eq(parse("-v -- -n"), 0);
    cr_assert_eq(settings.n_words, 1);
    cr_assert_str_eq(argv[operands], "-n");
}

Test(options, take_a_single_dash_for_an_operand)
{
    cr_assert_eq(parse("- -v"), 0);
    cr_assert_str_eq(argv[operands], "-");
}

Test(options, may_be_cut_where_that_is_unique)
{
    cr_assert_eq(parse("--netw A"), 0);
    cr_assert_str_eq(settings.words[0], "A");
}

Test(options, tell_which_two_a_cut_one_could_be)
{
    cr_assert_eq(parse("--min=3"), ERR_USAGE);
    cr_assert_str_eq(err.text, "option '--min' is short for '--min-share' and for '--min-size'");
}

Test(options, suggest_the_nearest_for_an_unknown_one)
{
    cr_assert_eq(parse("--netwrok=A"), ERR_USAGE);
    cr_assert_str_eq(err.text, "unknown option '--netwrok', did you mean '--network'?");
    cr_assert_eq(parse("--frobnicate"), ERR_USAGE);
    cr_assert_str_eq(err.text, "unknown option '--frobnicate', see 'tool test --help'");
    cr_assert_eq(parse("-x"), ERR_USAGE);
    cr_assert_str_eq(err.text, "unknown option '-x', see 'tool test --help'");
}

Test(options, need_their_value)
{
    cr_assert_eq(parse("-n"), ERR_USAGE);
    cr_assert_str_eq(err.text, "option '--network' needs a value: --network NAME");
    cr_assert_eq(parse("--network"), ERR_USAGE);
    cr_assert_str_eq(err.text, "option '--network' needs a value: --network NAME");
}

Test(options, refuse_a_value_they_do_not_take)
{
    cr_assert_eq(parse("--verbose=3"), ERR_USAGE);
    cr_assert_str_eq(err.text, "option '--verbose' takes no value");
}

Test(options, name_themselves_before_what_is_wrong)
{
    cr_assert_eq(parse("--min-share much"), ERR_USAGE);
    cr_assert_str_eq(err.text, "--min-share: 'much' is wrong");
}

Test(options, stop_where_one_has_done_all)
{
    cr_assert_eq(parse("-V --no-such-option"), 1);
}
