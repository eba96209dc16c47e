/* lmpath drift: two snapshots in, what changed between them out. */
#include "analyzers/commands.h"
#include "analyzers/drift/outcome.h"
#include "src/cli/exit_codes.h"
#include "src/cli/formats.h"

struct drift_options {
    struct outputs outputs;
};

static const struct output_format formats[] = { { "text", ".txt", drift_write_text },
                                                { "json", ".json", drift_write_json },
                                                { "markdown", ".md", drift_write_markdown },
                                                { "junit", ".xml", drift_write_junit },
                                                { 0 } };

static int add_format(void *options, const char *value, struct error *err)
{
    return formats_add(formats, &((struct drift_options *)options)->outputs, value, err);
}

static int add_output(void *options, const char *value, struct error *err)
{
    return outputs_add_path(&((struct drift_options *)options)->outputs, value, err);
}

static const struct option_row output_rows[] = {
    { 'f', "format", "FORMAT",
      "text (the default), json, markdown or junit; repeatable, each is written to the -o behind "
      "it",
      add_format },
    { 'o', "output", "FILE",
      "write there, - is standard output; without an -f of its own the name tells the format: "
      ".json, .md, .xml, else text",
      add_output },
    { 0 },
};
static const struct option_group groups[] = { { "Output", output_rows }, { NULL, NULL } };

static int read_side(struct inventory **ret_inventory, const char *path, struct error *err)
{
    AUTO(snapshot) snapshot = NULL;
    int r = snapshot_read(&snapshot, path, err);

    return r < 0 ? r : inventory_read(ret_inventory, snapshot, err);
}

static int write_all(const struct outputs *outputs, const struct drift *d, struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < outputs->n_rows; i++)
        r = output_write(&outputs->rows[i], formats_find(formats, &outputs->rows[i])->write, d,
                         err);
    return r;
}

/* Returns the exit code, or a negative code. */
static int compare_files(const struct drift_options *o, const char *base_path, const char *now_path,
                         struct error *err)
{
    AUTO(inventory) base = NULL;
    AUTO(inventory) now = NULL;
    struct drift drift;
    int r = read_side(&base, base_path, err);

    if (r == 0)
        r = read_side(&now, now_path, err);
    if (r < 0)
        return r;
    r = drift_init(&drift, base, now, err);
    if (r == 0)
        r = write_all(&o->outputs, &drift, err);
    if (r == 0)
        r = drift_count(&drift, false) > 0 ? EXIT_WRONG : EXIT_AS_IT_SHOULD;
    drift_release(&drift);
    return r;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct drift_options o = { 0 };
    struct error err;
    int operands = 0, r;

    r = options_parse(command, argc, argv, &o, &operands, &err);
    if (r > 0)
        return EXIT_AS_IT_SHOULD;
    if (r == 0 && argc - operands != 2)
        r = error_set(&err, ERR_USAGE,
                      "name two snapshots, the older first, as in 'lmpath drift baseline.json "
                      "snapshot.json'");
    if (r == 0)
        r = outputs_check(&o.outputs, &err);
    for (int i = operands; r == 0 && i < argc; i++)
        r = outputs_spare(&o.outputs, argv[i], &err);
    if (r == 0)
        r = outputs_spare(&o.outputs, argv[operands], &err);
    if (r == 0)
        r = outputs_spare(&o.outputs, argv[operands + 1], &err);
    if (r == 0)
        r = compare_files(&o, argv[operands], argv[operands + 1], &err);
    return r < 0 ? command_fail(&err) : r;
}

const struct command command_drift = {
    .program = "lmpath",
    .name = "drift",
    .operands = "BASE NOW",
    .summary = "tell what changed in the configuration, and what it may do to the path",
    .text = "BASE and NOW are snapshots of one cluster, or of the same hosts without one: what "
            "'lmpath snapshot' wrote, or a baseline of 'lmpath check --baseline'. Settings "
            "are compared by their meaning: order, letter case of names, encodings, the "
            "PowerShell version and whatever changes by itself (counters, times, connections, "
            "indices) don't matter. What only one of them tells is unknown, and told as not "
            "comparable.",
    .groups = groups,
    .exit_codes = "0\n    no drift (notes, such as a new build, apart)\n"
                  "1\n    at least one change that may move the path\n"
                  "2\n    the command line, a snapshot or the system is at fault, or the snapshots "
                  "are of different clusters",
    .examples = "lmpath drift baseline.json snapshot.json\n"
                "    has anything changed since the baseline?\n"
                "lmpath drift monday.json tuesday.json -f text -f junit -o drift.xml\n"
                "    on the screen, and for a build server",
    .run = run,
};
