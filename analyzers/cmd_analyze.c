/* lmpath analyze: captures in, verdict out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/analysis.h"
#include "analyzers/commands.h"
#include "analyzers/report/report.h"
#include "src/base/array.h"
#include "src/base/units.h"
#include "src/cli/exit_codes.h"
#include "src/cli/outputs.h"
#include "src/cli/progress.h"
#include "src/cli/terminal.h"

enum { WORDS_MAX = 65536 }; /* inputs, or networks, of one command line */

struct analyze_options {
    struct analysis_options analysis; /* its arrays are the two below */
    char **inputs, **networks;
    size_t inputs_capacity, networks_capacity;
    struct outputs outputs;
    enum color_choice color;
    enum report_detail detail;
};

static void analyze_options_release(struct analyze_options *o)
{
    free(o->inputs);
    free(o->networks);
}

static int add_word(char ***words, size_t *n, size_t *n_capacity, const char *word,
                    struct error *err)
{
    int r = array_reserve(words, n_capacity, *n + 1, sizeof(**words), WORDS_MAX, err);

    if (r < 0)
        return r;
    (*words)[(*n)++] = (char *)word;
    return 0;
}

static int add_input(void *options, const char *value, struct error *err)
{
    struct analyze_options *o = options;

    return add_word(&o->inputs, &o->analysis.n_inputs, &o->inputs_capacity, value, err);
}

static int add_network(void *options, const char *value, struct error *err)
{
    struct analyze_options *o = options;

    return add_word(&o->networks, &o->analysis.n_networks, &o->networks_capacity, value, err);
}

static int set_topology(void *options, const char *value, struct error *err)
{
    struct analyze_options *o = options;

    if (o->analysis.snapshot)
        return error_set(err, ERR_USAGE, "given twice, one snapshot describes one cluster");
    o->analysis.snapshot = value;
    return 0;
}

static int set_expect(void *options, const char *value, struct error *err)
{
    struct analyze_options *o = options;

    if (o->analysis.expect)
        return error_set(err, ERR_USAGE, "given twice, write several networks as one list: %s,%s",
                         o->analysis.expect, value);
    o->analysis.expect = value;
    return 0;
}

static int set_vm_memory(void *options, const char *value, struct error *err)
{
    struct analyze_options *o = options;
    uint64_t bytes;
    int r = bytes_parse(&bytes, value, err);

    if (r < 0)
        return r;
    if (bytes == 0)
        return error_set(err, ERR_USAGE, "a VM has more memory than 0");
    o->analysis.vm_memory_bytes = bytes;
    return 0;
}

/* Below half, a transfer could be on the right and on the wrong network at once. */
static int set_min_share(void *options, const char *value, struct error *err)
{
    struct analyze_options *o = options;
    char *end;
    double percent = strtod(value, &end);

    if (end == value || (*end && strcmp(end, "%") != 0) || !isfinite(percent))
        return error_set(err, ERR_USAGE, "'%s' is no percentage, write one like 95", value);
    if (percent < 50 || percent > 100)
        return error_set(err, ERR_USAGE, "'%s' is not between 50 and 100", value);
    o->analysis.min_share = percent / 100;
    return 0;
}

static int parse_port(uint16_t *ret_port, const char *value, struct error *err)
{
    char *end;
    unsigned long port = strtoul(value, &end, 10);

    if (*value < '0' || *value > '9' || *end || port == 0 || port > UINT16_MAX)
        return error_set(err, ERR_USAGE, "'%s' is no TCP port, those are 1 to 65535", value);
    *ret_port = (uint16_t)port;
    return 0;
}

static int set_lm_port(void *options, const char *value, struct error *err)
{
    return parse_port(&((struct analyze_options *)options)->analysis.lm_port, value, err);
}

static int set_smb_port(void *options, const char *value, struct error *err)
{
    return parse_port(&((struct analyze_options *)options)->analysis.smb_port, value, err);
}

static int add_format(void *options, const char *value, struct error *err)
{
    const struct report_format *format;
    int r = report_find(&format, value, err);

    if (r < 0)
        return r;
    return outputs_add_format(&((struct analyze_options *)options)->outputs, format->name, err);
}

static int add_output(void *options, const char *value, struct error *err)
{
    return outputs_add_path(&((struct analyze_options *)options)->outputs, value, err);
}

static int be_quiet(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct analyze_options *)options)->detail = REPORT_VERDICT;
    return 0;
}

static int be_verbose(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct analyze_options *)options)->detail = REPORT_ALL;
    return 0;
}

static int set_color(void *options, const char *value, struct error *err)
{
    return color_choice_parse(&((struct analyze_options *)options)->color, value, err);
}

static const struct option_row input_rows[] = {
    { 'r', "read", "INPUT", "an input, as tcpdump names it; the same as INPUT alone", add_input },
    { 0 },
};

static const struct option_row network_rows[] = {
    { 'n', "network", "NAME=PREFIX[,PREFIX]...",
      "define a network by its subnets, IPv4 or IPv6; repeatable, and adds to what a snapshot "
      "tells",
      add_network },
    { 'e', "expect", "NAME|PREFIX[,...]",
      "where the memory should go; without it, what the snapshot's migration settings intend",
      set_expect },
    { 't', "topology", "SNAPSHOT",
      "the cluster's configuration as Get-LmPathSnapshot.ps1 collected it: networks, hosts, "
      "addresses and migration settings",
      set_topology },
    { 0 },
};

static const struct option_row judging_rows[] = {
    { 'm', "vm-memory", "SIZE",
      "the VM's memory, such as 16GiB: a transfer far smaller than that is told, as most of it may "
      "have gone unseen",
      set_vm_memory },
    { 0, "min-share", "PERCENT",
      "share of the memory that makes a verdict of right or wrong, less is split (default 95)",
      set_min_share },
    { 0, "lm-port", "N", "TCP port of live migration, for labs (default 6600)", set_lm_port },
    { 0, "smb-port", "N", "TCP port of SMB, for labs (default 445)", set_smb_port },
    { 0 },
};

static const struct option_row output_rows[] = {
    { 'f', "format", "FORMAT",
      "text (the default), json or markdown; repeatable, each is written to the -o behind it, one "
      "may go to standard output",
      add_format },
    { 'o', "output", "FILE",
      "write there, - is standard output; without an -f of its own the name tells the format: "
      ".json, .md, else text",
      add_output },
    { 'v', "verbose", NULL,
      "show everything: all connections, vantage points, interfaces and evidence", be_verbose },
    { 'q', "quiet", NULL, "show the verdict's line only, and no progress", be_quiet },
    { 0, "color", "WHEN", "auto (on a terminal, unless NO_COLOR is set), always or never",
      set_color },
    { 0 },
};

static const struct option_group groups[] = { { "Input", input_rows },
                                              { "Networks", network_rows },
                                              { "Judging", judging_rows },
                                              { "Output", output_rows },
                                              { NULL, NULL } };

struct writing {
    const struct result *result;
    const struct report_format *format;
    struct report_options options;
};

static int write_report(const void *context, FILE *out, struct error *err)
{
    const struct writing *w = context;

    return w->format->write(w->result, &w->options, out, err);
}

static const struct report_format *format_of(const struct output *output)
{
    const struct report_format *format = NULL;

    if (!output->format)
        return report_for_file(output->path ? output->path : "");
    report_find(&format, output->format, NULL); /* checked as it was parsed */
    return format;
}

static int write_outputs(const struct analyze_options *o, const struct result *result,
                         struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < o->outputs.n_rows; i++) {
        const struct output *output = &o->outputs.rows[i];
        struct writing w = { .result = result, .format = format_of(output) };

        w.options.detail = o->detail;
        w.options.use_color =
            output->path ? o->color == COLOR_ALWAYS : terminal_takes_color(stdout, o->color);
        r = output_write(output, write_report, &w, err);
    }
    return r;
}

/* Everything that can be wrong with the command line is told before a capture is opened. */
static int complete_options(struct analyze_options *o, struct error *err)
{
    int r;

    if (o->analysis.n_inputs == 0)
        return error_set(err, ERR_USAGE,
                         "no input: name captures or a folder of them, or - for standard input, as "
                         "in 'lmpath analyze migration.pcapng'");
    r = outputs_check(&o->outputs, err);
    if (r < 0)
        return r;
    o->analysis.inputs = o->inputs;
    o->analysis.networks = o->networks;
    for (size_t i = 0; i < o->outputs.n_rows; i++)
        o->analysis.want_digests |= format_of(&o->outputs.rows[i])->wants_digests;
    return 0;
}

static void show_progress(void *context, uint64_t packets, uint64_t bytes, uint64_t total_bytes)
{
    progress_show(context, packets, bytes, total_bytes);
}

static int analyze(struct analyze_options *o, struct result *result, struct error *err)
{
    struct progress progress;
    int r;

    progress_start(&progress, stderr);
    if (o->detail != REPORT_VERDICT) {
        o->analysis.progress = show_progress;
        o->analysis.progress_context = &progress;
    }
    r = analysis_run(result, &o->analysis, err);
    progress_end(&progress);
    return r < 0 ? r : write_outputs(o, result, err);
}

static int run_parsed(struct analyze_options *o, struct error *err)
{
    struct result result;
    int r = complete_options(o, err);

    if (r < 0)
        return command_fail(err);
    result_init(&result);
    r = analyze(o, &result, err);
    r = r < 0 ? command_fail(err) : verdict_exit_code(result.verdict);
    result_release(&result);
    return r;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct analyze_options o = { .detail = REPORT_SUMMARY };
    struct error err;
    int operands = 0, r;

    analysis_options_init(&o.analysis);
    r = options_parse(command, argc, argv, &o, &operands, &err);
    for (int i = operands; r == 0 && i < argc; i++)
        r = add_input(&o, argv[i], &err);
    r = r < 0 ? command_fail(&err) : r > 0 ? EXIT_AS_IT_SHOULD : run_parsed(&o, &err);
    analyze_options_release(&o);
    return r;
}

const struct command command_analyze = {
    .program = "lmpath",
    .name = "analyze",
    .operands = "INPUT...",
    .summary = "tell from captures which network carried a migrated VM's memory",
    .text =
        "An INPUT is a capture (pcap or pcapng, also compressed with gzip, zstd or lz4), a folder "
        "of captures, or - for standard input. Captures may come from any tool, host or mirror "
        "port, and need no more than the packets' first 96 bytes. Several are merged by time; a "
        "connection seen at several places counts once.\n\n"
        "Name the networks with -n or a snapshot (-t), and with -e the one the memory should have "
        "taken. Without names, subnets are guessed; without an intended network the verdict is "
        "inconclusive, as right and wrong are not known.",
    .groups = groups,
    .exit_codes = "0\n    the memory went over the intended network\n"
                  "1\n    it went over another one, or was split over several\n"
                  "2\n    the command line, an input or the system is at fault\n"
                  "3\n    inconclusive, or no migration was seen",
    .examples = "lmpath analyze hv01.pcapng -n LM=10.20.0.0/24 -n Mgmt=10.10.10.0/24 -e LM\n"
                "    did the memory take LM?\n"
                "lmpath analyze hv01.pcapng hv02.pcapng -t snapshot.json -v\n"
                "    both hosts' captures, names from the cluster itself, all details\n"
                "lmpath analyze captures/ -t snapshot.json -f text -f json -o result.json\n"
                "    a folder; the text on the terminal, all numbers in a file\n"
                "ssh hv02 tcpdump -s 96 -w - tcp port 6600 | lmpath analyze - -e 10.20.0.0/24\n"
                "    from another machine, until tcpdump is stopped",
    .run = run,
};
