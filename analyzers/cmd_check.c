/* lmpath check: a snapshot in, findings and predicted paths out. */
#include <stdlib.h>

#include "analyzers/check/writers.h"
#include "analyzers/commands.h"
#include "analyzers/drift/baseline.h"
#include "analyzers/drift/inventory.h"
#include "src/cli/exit_codes.h"
#include "src/cli/formats.h"

struct check_options {
    const char *expect;
    struct outputs outputs;
    bool is_whole;
};

static const struct output_format formats[] = {
    { "text", ".txt", check_write_text },        { "json", ".json", check_write_json },
    { "markdown", ".md", check_write_markdown }, { "junit", ".xml", check_write_junit },
    { "baseline", NULL, baseline_write },        { 0 }
};

static int set_expect(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct check_options *)options)->expect = value;
    return 0;
}

static int add_format(void *options, const char *value, struct error *err)
{
    return formats_add(formats, &((struct check_options *)options)->outputs, value, err);
}

static int add_baseline(void *options, const char *value, struct error *err)
{
    (void)value;
    return add_format(options, "baseline", err);
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
      "text (the default), json, markdown, junit or baseline; repeatable, each is written to the "
      "-o "
      "behind it",
      add_format },
    { 'o', "output", "FILE",
      "write there, - is standard output; without an -f of its own the name tells the format: "
      ".json, .md, .xml, else text",
      add_output },
    { 0, "baseline", NULL,
      "as -f baseline: write the snapshot again in one order and form, without what changes by "
      "itself, for 'lmpath drift' and for source control",
      add_baseline },
    { 'v', "verbose", NULL,
      "show where each setting stands, why it matters, the commands that mend it, and the path of "
      "each pair of hosts",
      be_verbose },
    { 0 },
};
static const struct option_group groups[] = { { "Judging", judging_rows_of_check },
                                              { "Output", output_rows },
                                              { NULL, NULL } };

static bool is_baseline(const struct output *o)
{
    return formats_find(formats, o)->write == baseline_write;
}

/* "-o baseline.json --baseline" means what it says, though an -f stands before its -o. */
static void baseline_take_path(struct outputs *o)
{
    struct output *last = o->n_rows > 1 ? &o->rows[o->n_rows - 1] : NULL;

    if (!last || last->path || !last->format || !is_baseline(last))
        return;
    for (size_t i = 0; i + 1 < o->n_rows; i++) {
        if (o->rows[i].format || !o->rows[i].path)
            continue;
        o->rows[i].format = last->format;
        o->n_rows--;
        return;
    }
}

static bool is_baseline_only(const struct outputs *o)
{
    for (size_t i = 0; i < o->n_rows; i++)
        if (!is_baseline(&o->rows[i]))
            return false;
    return true;
}

static int write_baselines(const struct check_options *o, const struct snapshot *s,
                           struct error *err)
{
    AUTO(inventory) inventory = NULL;
    int r = 0;

    for (size_t i = 0; r == 0 && i < o->outputs.n_rows; i++) {
        if (!is_baseline(&o->outputs.rows[i]))
            continue;
        if (!inventory)
            r = inventory_read(&inventory, s, err);
        if (r == 0)
            r = output_write(&o->outputs.rows[i], baseline_write, inventory, err);
    }
    return r;
}

static int write_findings(const struct check_options *o, const struct check_report *report,
                          struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < o->outputs.n_rows; i++)
        if (!is_baseline(&o->outputs.rows[i]))
            r = output_write(&o->outputs.rows[i], formats_find(formats, &o->outputs.rows[i])->write,
                             report, err);
    return r;
}

/* Returns the exit code, or a negative code. */
static int check_snapshot(const struct check_options *o, const struct snapshot *s,
                          struct error *err)
{
    struct predictions predictions = { 0 };
    struct check check;
    struct check_report report = { &check, &predictions, o->is_whole };
    int r = check_init(&check, s, o->expect, err);

    if (r == 0)
        r = predictions_make(&predictions, &check.config, err);
    if (r == 0)
        r = write_findings(o, &report, err);
    if (r == 0)
        r = write_baselines(o, s, err);
    if (r == 0)
        r = check_is_failed(&check) ? EXIT_WRONG : EXIT_AS_IT_SHOULD;
    free(predictions.paths);
    check_release(&check);
    return r;
}

/* A baseline alone judges nothing. */
static int check_file(const struct check_options *o, const char *path, struct error *err)
{
    AUTO(snapshot) snapshot = NULL;
    int r = snapshot_read(&snapshot, path, err);

    if (r < 0)
        return r;
    return is_baseline_only(&o->outputs) ? write_baselines(o, snapshot, err)
                                         : check_snapshot(o, snapshot, err);
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
    baseline_take_path(&o.outputs);
    if (r == 0)
        r = outputs_check(&o.outputs, &err);
    if (r == 0)
        r = outputs_spare(&o.outputs, argv[operands], &err);
    if (r == 0)
        r = check_file(&o, argv[operands], &err);
    return r < 0 ? command_fail(&err) : r;
}

const struct command command_check = {
    .program = "lmpath",
    .name = "check",
    .operands = "SNAPSHOT",
    .summary = "tell what in the configuration may lead a migration astray",
    .text = "SNAPSHOT is what 'lmpath snapshot' wrote. What it does not tell is unknown, and "
            "nothing is said about it. The predicted paths are what each stated rule would pick; "
            "sources disagree on which of them Windows follows, so only a watched migration "
            "proves a path.",
    .groups = groups,
    .exit_codes = "0\n    nothing wrong found (notes apart), or only a baseline was asked for\n"
                  "1\n    at least one error or warning\n"
                  "2\n    the command line, the snapshot or the system is at fault",
    .examples = "lmpath check snapshot.json\n"
                "    do the three layers agree?\n"
                "lmpath check snapshot.json -e Storage1 -f markdown -o check.md\n"
                "    for a ticket, with the commands that mend it\n"
                "lmpath check snapshot.json --baseline -o baseline.json\n"
                "    for source control: what 'lmpath drift' compares with",
    .run = run,
};
