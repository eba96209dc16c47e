/* lmpath snapshot: run the collector where PowerShell is. */
#include "analyzers/commands.h"
#include "analyzers/recording/collector.h"
#include "src/base/auto.h"
#include "src/cli/exit_codes.h"
#include "src/cli/outputs.h"

enum { COPY_BYTES = 1 << 16 };

struct snapshot_options {
    struct outputs outputs;
    bool is_script, is_without_cluster;
};

static int set_output(void *options, const char *value, struct error *err)
{
    struct outputs *outputs = &((struct snapshot_options *)options)->outputs;

    if (outputs->n_rows > 0)
        return error_set(err, ERR_USAGE, "given twice, there is one snapshot");
    return outputs_add_path(outputs, value, err);
}

static int be_script(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct snapshot_options *)options)->is_script = true;
    return 0;
}

static int be_without_cluster(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct snapshot_options *)options)->is_without_cluster = true;
    return 0;
}

static const struct option_row host_rows[] = {
    { 0, "no-cluster", NULL, "the NODEs are hosts in no cluster: don't ask for one",
      be_without_cluster },
    { 0 },
};
static const struct option_row output_rows[] = {
    { 'o', "output", "FILE",
      "write there, - is standard output (default: snapshot.json in the current folder)",
      set_output },
    { 0, "script", NULL,
      "print the collector instead, a PowerShell script, to be run on a node that has no lmpath",
      be_script },
    { 0 },
};
static const struct option_group groups[] = { { "Hosts", host_rows },
                                              { "Output", output_rows },
                                              { NULL, NULL } };

static int write_script(const void *context, FILE *out, struct error *err)
{
    (void)context;
    (void)err; /* output_write() looks at the stream */
    fputs(collector_script, out);
    return 0;
}

static int write_copy(const void *context, FILE *out, struct error *err)
{
    const struct collection *c = context;
    AUTO_FILE from = fopen(c->snapshot, "rb");
    char bytes[COPY_BYTES];
    size_t n;

    if (!from)
        return error_set(err, ERR_SYSTEM, "can't read '%s'", c->snapshot);
    while ((n = fread(bytes, 1, sizeof(bytes), from)) > 0)
        fwrite(bytes, 1, n, out);
    return ferror(from) ? error_set(err, ERR_SYSTEM, "can't read '%s'", c->snapshot) : 0;
}

static int collect(const struct snapshot_options *o, char *const *nodes, struct error *err)
{
    struct collection c;
    int r = collection_make(&c, nodes, !o->is_without_cluster, err);

    if (r == 0)
        r = output_write(&o->outputs.rows[0], write_copy, &c, err);
    collection_release(&c);
    return r;
}

static int run_checked(struct snapshot_options *o, char *const *nodes, struct error *err)
{
    char name[] = "snapshot.json";
    int r = 0;

    if (o->is_script && *nodes)
        return error_set(err, ERR_USAGE, "--script takes no nodes: the script does, as -Node %s",
                         *nodes);
    if (o->is_without_cluster && !*nodes)
        return error_set(err, ERR_USAGE,
                         "name the hosts, as in 'lmpath snapshot --no-cluster HV01 HV02'");
    if (o->outputs.n_rows == 0 && !o->is_script)
        r = outputs_add_path(&o->outputs, name, err);
    if (r == 0)
        r = outputs_check(&o->outputs, err);
    if (r < 0)
        return r;
    return o->is_script ? output_write(&o->outputs.rows[0], write_script, NULL, err)
                        : collect(o, nodes, err);
}

static int run(const struct command *command, int argc, char **argv)
{
    struct snapshot_options o = { 0 };
    struct error err;
    int operands = 0;
    int r = options_parse(command, argc, argv, &o, &operands, &err);

    if (r == 0)
        r = run_checked(&o, argv + operands, &err);
    return r < 0 ? command_fail(&err) : EXIT_AS_IT_SHOULD;
}

const struct command command_snapshot = {
    .program = "lmpath",
    .name = "snapshot",
    .operands = "[NODE]...",
    .summary = "collect the configuration that decides a migration's path, into one file",
    .text =
        "Runs the collector, a PowerShell script that stands in lmpath itself, and writes what it "
        "read: the cluster's networks and migration settings, and of every node (or of the NODEs "
        "given) adapters, addresses, lists and limits. It changes "
        "nothing. Needs an administrator on a cluster node; the other nodes are asked over "
        "PowerShell remoting.\n\n"
        "A node that can't be reached, or a cmdlet that isn't there, costs its part; the file "
        "says which, and the checks leave it out.",
    .groups = groups,
    .exit_codes = "0\n    the snapshot is written\n"
                  "2\n    it is not; one line says why, or where to run it instead",
    .examples = "lmpath snapshot\n"
                "    snapshot.json of the whole cluster, for 'lmpath check' and 'analyze -t'\n"
                "lmpath snapshot --script -o Get-LmPathSnapshot.ps1\n"
                "    the script, to be carried to a node",
    .run = run,
};
