/* lmpath analyze: captures in, verdict out. */
#include "analyzers/commands.h"
#include "analyzers/judging.h"
#include "src/cli/exit_codes.h"

struct analyze_options {
    struct judging judging; /* first: the shared rows expect it there */
    struct word_list inputs;
};

static int add_input(void *options, const char *value, struct error *err)
{
    return word_list_add(&((struct analyze_options *)options)->inputs, value, err);
}

static const struct option_row input_rows[] = {
    { 'r', "read", "INPUT", "an input, as tcpdump names it; the same as INPUT alone", add_input },
    { 0 },
};

static const struct option_group groups[] = { { "Input", input_rows },
                                              { "Networks", judging_network_rows },
                                              { "Judging", judging_rows },
                                              { "Ports", judging_port_rows },
                                              { "Output", judging_output_rows },
                                              { "Redaction", judging_redact_rows },
                                              { NULL, NULL } };

static int analyze(struct judging *o, struct result *result, struct error *err)
{
    int r = judging_analyze(o, result, err);

    return r < 0 ? r : judging_write(o, result, err);
}

static int run_parsed(struct analyze_options *o, struct error *err)
{
    struct result result;
    int r;

    if (o->inputs.n == 0) {
        error_set(err, ERR_USAGE,
                  "no input: name captures or a folder of them, or - for standard input, as in "
                  "'lmpath analyze migration.pcapng'");
        return command_fail(err);
    }
    o->judging.analysis.inputs = o->inputs.words;
    o->judging.analysis.n_inputs = o->inputs.n;
    if (judging_check(&o->judging, err) < 0)
        return command_fail(err);
    result_init(&result);
    r = analyze(&o->judging, &result, err);
    r = r < 0 ? command_fail(err) : verdict_exit_code(result.verdict);
    result_release(&result);
    return r;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct analyze_options o = { 0 };
    struct error err;
    int operands = 0, r;

    judging_init(&o.judging);
    r = options_parse(command, argc, argv, &o, &operands, &err);
    for (int i = operands; r == 0 && i < argc; i++)
        r = word_list_add(&o.inputs, argv[i], &err);
    r = r < 0 ? command_fail(&err) : r > 0 ? EXIT_AS_IT_SHOULD : run_parsed(&o, &err);
    word_list_release(&o.inputs);
    judging_release(&o.judging);
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
