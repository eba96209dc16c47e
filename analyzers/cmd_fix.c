/* lmpath fix: a snapshot in, the PowerShell that mends its three layers out. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyzers/commands.h"
#include "analyzers/fix/fix.h"
#include "src/base/plain.h"
#include "src/cli/exit_codes.h"

struct fix_options {
    const char *expect, *exclude;
    struct outputs outputs;
    bool is_undo;
};

static const struct {
    const char *name, *extension;
    output_writer *write;
} formats[] = { { "powershell", ".ps1", fix_write_script }, { "json", ".json", fix_write_json } };
enum { N_FORMATS = sizeof(formats) / sizeof(formats[0]) };

static int set_expect(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct fix_options *)options)->expect = value;
    return 0;
}

static int set_exclude(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct fix_options *)options)->exclude = value;
    return 0;
}

static int set_undo(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct fix_options *)options)->is_undo = true;
    return 0;
}

static int add_format(void *options, const char *value, struct error *err)
{
    for (int i = 0; i < N_FORMATS; i++)
        if (strcmp(value, formats[i].name) == 0)
            return outputs_add_format(&((struct fix_options *)options)->outputs, value, err);
    return error_set(err, ERR_USAGE, "'%s' is not one of powershell, json", value);
}

static int add_output(void *options, const char *value, struct error *err)
{
    return outputs_add_path(&((struct fix_options *)options)->outputs, value, err);
}

static const struct option_row change_rows[] = {
    { 'e', "expect", "NAME|PREFIX[,...]",
      "where the memory should go; of several the first is tried first. Without it, what the "
      "snapshot's migration settings intend",
      set_expect },
    { 0, "exclude", "NAME|PREFIX[,...]",
      "exclude these networks, and those without a role; the others stay a second choice. Without "
      "it, all networks are excluded that are not intended",
      set_exclude },
    { 0, "undo", NULL, "print the script that puts the snapshot's values back", set_undo },
    { 0 },
};
static const struct option_row output_rows[] = {
    { 'f', "format", "FORMAT",
      "powershell (the default) or json: the changes as data; repeatable, each is written to the "
      "-o behind it",
      add_format },
    { 'o', "output", "FILE",
      "write there, - is standard output; without an -f of its own the name tells the format: "
      ".json, else powershell",
      add_output },
    { 0 },
};
static const struct option_group groups[] = { { "Changes", change_rows },
                                              { "Output", output_rows },
                                              { NULL, NULL } };

static output_writer *writer_of(const struct output *o)
{
    const char *end = o->path ? strrchr(o->path, '.') : NULL;

    for (int i = 0; i < N_FORMATS; i++)
        if (o->format ? strcmp(o->format, formats[i].name) == 0
                      : end && strcasecmp(end, formats[i].extension) == 0)
            return formats[i].write;
    return formats[0].write;
}

/* What a reader of the file alone would learn too late. */
static void tell(const struct plan *p)
{
    if (p->n_changes == 0)
        fputs(p->is_undo ? "lmpath: nothing to put back\n" : "lmpath: nothing to change\n", stderr);
    for (size_t i = 0; i < p->n_notes; i++) {
        char text[1024];

        if (p->notes[i].kind != PLAN_WARNING)
            continue;
        plain_text(text, sizeof(text), p->notes[i].text, PLAIN_UNCUT);
        fprintf(stderr, "lmpath: warning: %s\n", text);
    }
}

static int write_all(const struct fix_options *o, const struct fix_report *report,
                     struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < o->outputs.n_rows; i++)
        r = output_write(&o->outputs.rows[i], writer_of(&o->outputs.rows[i]), report, err);
    return r;
}

static int fix_file(const struct fix_options *o, const char *path, struct error *err)
{
    AUTO(snapshot) snapshot = NULL;
    struct config config;
    struct plan plan = { 0 };
    struct fix_report report = { &plan, path, o->expect, o->exclude };
    int r = snapshot_read(&snapshot, path, err);

    if (r < 0)
        return r;
    r = config_init(&config, snapshot, o->expect, err);
    if (r == 0)
        r = plan_make(&plan, &config, o->exclude, err);
    if (r == 0 && o->is_undo)
        plan_reverse(&plan);
    if (r == 0)
        r = write_all(o, &report, err);
    if (r == 0)
        tell(&plan);
    plan_release(&plan);
    config_release(&config);
    return r;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct fix_options o = { 0 };
    struct error err;
    int operands = 0, r;

    r = options_parse(command, argc, argv, &o, &operands, &err);
    if (r > 0)
        return EXIT_AS_IT_SHOULD;
    if (r == 0 && argc - operands != 1)
        r = error_set(&err, ERR_USAGE,
                      "name one snapshot, as in 'lmpath fix snapshot.json -e Storage1'");
    if (r == 0)
        r = outputs_check(&o.outputs, &err);
    if (r == 0)
        r = outputs_spare(&o.outputs, argv[operands], &err);
    if (r == 0)
        r = fix_file(&o, argv[operands], &err);
    return r < 0 ? command_fail(&err) : EXIT_AS_IT_SHOULD;
}

const struct command command_fix = {
    .program = "lmpath",
    .name = "fix",
    .operands = "SNAPSHOT",
    .summary = "print the PowerShell that makes the migration settings agree",
    .text =
        "SNAPSHOT is what 'lmpath snapshot' wrote. The script is for you to read, and to run on "
        "a node of the cluster; lmpath changes nothing. It sets the intended network's role, "
        "the cluster's migration order and exclude list, and each host's list of migration "
        "networks and options, so that all layers say the same. It stops before the first "
        "change on another cluster than the snapshot's, changes only what is not right yet, "
        "and knows -WhatIf. What the snapshot does not tell, and what Network ATC or the "
        "cluster sets by itself, is left alone; the script says what and why.",
    .groups = groups,
    .exit_codes =
        "0\n    the script is printed; standard error tells when it has nothing to change\n"
        "2\n    the command line, the snapshot or the system is at fault",
    .examples = "lmpath fix snapshot.json -e Storage1 -o fix.ps1\n"
                "    then, on a node: .\\fix.ps1 -WhatIf\n"
                "lmpath fix snapshot.json -e Storage1 --undo -o undo.ps1\n"
                "    the way back",
    .run = run,
};
