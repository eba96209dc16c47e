/* lmpath check: a snapshot in, findings and predicted paths out. */
#include <stdlib.h>
#include <string.h>

#include "analyzers/check/writers.h"
#include "analyzers/commands.h"
#include "src/cli/exit_codes.h"

struct check_options {
    const char *expect;
    struct outputs outputs;
    bool is_whole;
};

static const struct {
    const char *name, *extension;
    output_writer *write;
} formats[] = { { "text", ".txt", check_write_text },
                { "json", ".json", check_write_json },
                { "markdown", ".md", check_write_markdown } };
enum { N_FORMATS = sizeof(formats) / sizeof(formats[0]) };

static int set_expect(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct check_options *)options)->expect = value;
    return 0;
}

static int add_format(void *options, const char *value, struct error *err)
{
    for (int i = 0; i < N_FORMATS; i++)
        if (strcmp(value, formats[i].name) == 0)
            return outputs_add_format(&((struct check_options *)options)->outputs, value, err);
    return error_set(err, ERR_USAGE, "'%s' is not one of text, json, markdown", value);
}

static int add_output(void *options, const char *value, struct error *err)
{
    return outputs_add_path(&((struct check_options *)options)->outputs, value, err);
}

static int be_verbose(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct check_options *)options)->is_whole = true;
    return 0;
}

static const struct option_row judging_rows_of_check[] = {
    { 'e', "expect", "NAME|PREFIX[,...]",
      "where the memory should go; without it, what the snapshot's migration settings intend",
      set_expect },
    { 0 },
};
static const struct option_row output_rows[] = {
    { 'f', "format", "FORMAT",
      "text (the default), json or markdown; repeatable, each is written to the -o behind it",
      add_format },
    { 'o', "output", "FILE",
      "write there, - is standard output; without an -f of its own the name tells the format: "
      ".json, .md, else text",
      add_output },
    { 'v', "verbose", NULL,
      "show where each setting stands, why it matters, the commands that mend it, and the path of "
      "each pair of hosts",
      be_verbose },
    { 0 },
};
static const struct option_group groups[] = { { "Judging", judging_rows_of_check },
                                              { "Output", output_rows },
                                              { NULL, NULL } };

static output_writer *writer_of(const struct output *o)
{
    const char *end = o->path ? strrchr(o->path, '.') : NULL;

    for (int i = 0; i < N_FORMATS; i++)
        if (o->format ? strcmp(o->format, formats[i].name) == 0
                      : end && strcmp(end, formats[i].extension) == 0)
            return formats[i].write;
    return formats[0].write;
}

static int write_all(const struct check_options *o, const struct check_report *report,
                     struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < o->outputs.n_rows; i++)
        r = output_write(&o->outputs.rows[i], writer_of(&o->outputs.rows[i]), report, err);
    return r;
}

/* Returns the exit code, or a negative code. */
static int check_file(struct check_options *o, const char *path, struct error *err)
{
    AUTO(snapshot) snapshot = NULL;
    struct predictions predictions = { 0 };
    struct check check;
    struct check_report report = { &check, &predictions, o->is_whole };
    int r = snapshot_read(&snapshot, path, err);

    if (r < 0)
        return r;
    r = check_init(&check, snapshot, o->expect, err);
    if (r == 0)
        r = predictions_make(&predictions, &check.config, err);
    if (r == 0)
        r = write_all(o, &report, err);
    if (r == 0)
        r = check_is_failed(&check) ? EXIT_WRONG : EXIT_AS_IT_SHOULD;
    free(predictions.paths);
    check_release(&check);
    return r;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct check_options o = { 0 };
    struct error err;
    int operands = 0, r;

    r = options_parse(command, argc, argv, &o, &operands, &err);
    if (r > 0)
        return EXIT_AS_IT_SHOULD;
    if (r == 0 && argc - operands != 1)
        r = error_set(&err, ERR_USAGE, "name one snapshot, as in 'lmpath check snapshot.json'");
    if (r == 0)
        r = outputs_check(&o.outputs, &err);
    if (r == 0)
        r = check_file(&o, argv[operands], &err);
    return r < 0 ? command_fail(&err) : r;
}

const struct command command_check = {
    .program = "lmpath",
    .name = "check",
    .operands = "SNAPSHOT",
    .summary = "tell what in the configuration may lead a migration astray",
    .text = "SNAPSHOT is what Get-LmPathSnapshot.ps1 wrote. What it does not tell is unknown, and "
            "nothing is said about it. The predicted paths are what each stated rule would pick; "
            "sources disagree on which of them Windows follows, so only a watched migration "
            "proves a path.",
    .groups = groups,
    .exit_codes = "0\n    nothing wrong found (notes apart)\n"
                  "1\n    at least one error or warning\n"
                  "2\n    the command line, the snapshot or the system is at fault",
    .examples = "lmpath check snapshot.json\n"
                "    do the three layers agree?\n"
                "lmpath check snapshot.json -e Storage1 -f markdown -o check.md\n"
                "    for a ticket, with the commands that mend it",
    .run = run,
};
