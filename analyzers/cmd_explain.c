/* lmpath explain: a row of the catalogue of findings, or all of it. */
#include <string.h>

#include "analyzers/commands.h"
#include "analyzers/findings.h"
#include "src/base/plain.h"
#include "src/cli/exit_codes.h"
#include "src/cli/suggest.h"
#include "src/cli/terminal.h"

enum { INDENT = 2 };

struct explain_options {
    bool is_markdown, wants_all;
};

static int set_format(void *options, const char *value, struct error *err)
{
    struct explain_options *o = options;

    o->is_markdown = strcmp(value, "markdown") == 0;
    if (!o->is_markdown && strcmp(value, "text") != 0)
        return error_set(err, ERR_USAGE, "'%s' is not one of text, markdown", value);
    return 0;
}

static int want_all(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct explain_options *)options)->wants_all = true;
    return 0;
}

static const struct option_row rows[] = {
    { 'a', "all", NULL, "explain every finding there is", want_all },
    { 'f', "format", "FORMAT", "text (the default) or markdown", set_format },
    { 0 },
};
static const struct option_group groups[] = { { "Options", rows }, { NULL, NULL } };

static void write_part(const char *label, const char *text)
{
    struct plain_margins m = { INDENT, 0, terminal_columns(stdout) };

    if (!*text)
        return;
    printf("\n%s\n%*s", label, INDENT, "");
    m.at_column = INDENT;
    plain_wrap(stdout, text, strlen(text), m);
}

static void write_text(const struct finding_kind *k)
{
    printf("%s (%s): %s\n", k->id, severity_name(k->severity), k->title);
    write_part("Why it matters", k->why);
    write_part("How to make sure", k->verify);
    write_part("What to do", k->remedy);
}

static void write_markdown(const struct finding_kind *k)
{
    printf("## %s: %s\n\n**%s.** %s\n", k->id, k->title, severity_name(k->severity), k->why);
    if (*k->verify)
        printf("\n**To make sure:** %s\n", k->verify);
    printf("\n**To do:** %s\n", k->remedy);
}

/* The whole catalogue. */
static const struct finding_kind *kind_at(size_t index)
{
    size_t n = 0;

    while (n < index && finding_kind_at(n))
        n++;
    return finding_kind_at(n) ? finding_kind_at(n) : finding_check_kind_at(index - n);
}

static int write_all(const struct explain_options *o)
{
    const struct finding_kind *k;

    if (o->is_markdown)
        fputs("# Every finding\n\nMade by `lmpath explain --all -f markdown`; `lmpath explain ID` "
              "shows one of them. An id keeps its\nmeaning for good.\n\n",
              stdout);
    for (size_t i = 0; (k = kind_at(i)) != NULL; i++) {
        if (i > 0)
            putchar('\n');
        (o->is_markdown ? write_markdown : write_text)(k);
    }
    return EXIT_AS_IT_SHOULD;
}

static int unknown(const char *id, struct error *err)
{
    struct suggestion near = suggestion_for(id);
    const struct finding_kind *k;

    for (size_t i = 0; (k = kind_at(i)) != NULL; i++)
        suggestion_consider(&near, k->id);
    if (near.best)
        return error_set(err, ERR_USAGE, "no finding '%s', did you mean '%s'?", id, near.best);
    return error_set(err, ERR_USAGE, "no finding '%s'; 'lmpath explain --all' has them all", id);
}

/* All ids are looked up before the first is explained: an error stands alone. */
static int write_each(const struct explain_options *o, int n, char **ids, struct error *err)
{
    for (int i = 0; i < n; i++)
        if (!finding_kind_find(ids[i]))
            return unknown(ids[i], err);
    for (int i = 0; i < n; i++) {
        if (i > 0)
            putchar('\n');
        (o->is_markdown ? write_markdown : write_text)(finding_kind_find(ids[i]));
    }
    return 0;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct explain_options o = { 0 };
    struct error err;
    int operands = 0, r;

    r = options_parse(command, argc, argv, &o, &operands, &err);
    if (r > 0)
        return EXIT_AS_IT_SHOULD;
    if (r == 0 && o.wants_all != (operands == argc))
        r = error_set(&err, ERR_USAGE,
                      "name a finding as in 'lmpath explain LM101', or all of them with --all");
    if (r == 0 && o.wants_all)
        return write_all(&o);
    if (r == 0)
        r = write_each(&o, argc - operands, argv + operands, &err);
    return r < 0 ? command_fail(&err) : EXIT_AS_IT_SHOULD;
}

const struct command command_explain = {
    .program = "lmpath",
    .name = "explain",
    .operands = "ID...",
    .summary = "tell what a finding means, why it matters and how to mend it",
    .text = "An ID is what stands before a finding, such as LM101.",
    .groups = groups,
    .exit_codes = "0\n    explained\n"
                  "2\n    there is no such finding",
    .examples = "lmpath explain LM101\n"
                "    memory went over the wrong network: what now?\n"
                "lmpath explain --all -f markdown\n"
                "    the whole catalogue, as a page",
    .run = run,
};
