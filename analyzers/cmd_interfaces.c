/* lmpath interfaces: which NICs there are, and whether they can be captured. */
#include <string.h>

#include "analyzers/commands.h"
#include "analyzers/recording/nic_list.h"
#include "src/cli/exit_codes.h"

struct interfaces_options {
    struct recording recording; /* first: the shared rows expect it there */
    bool is_json;
};

static int set_format(void *options, const char *value, struct error *err)
{
    struct interfaces_options *o = options;

    o->is_json = strcmp(value, "json") == 0;
    if (!o->is_json && strcmp(value, "text") != 0)
        return error_set(err, ERR_USAGE, "'%s' is not one of text, json", value);
    return 0;
}

static const struct option_row output_rows[] = {
    { 'f', "format", "FORMAT", "text (the default) or json", set_format },
    { 0 },
};
static const struct option_group groups[] = { { "Networks", judging_network_rows },
                                              { "Output", output_rows },
                                              { NULL, NULL } };

static int run(const struct command *command, int argc, char **argv)
{
    struct interfaces_options o = { 0 };
    struct error err;
    int operands = 0, r;

    recording_init(&o.recording);
    r = options_parse(command, argc, argv, &o, &operands, &err);
    if (r == 0 && operands < argc)
        r = error_set(&err, ERR_USAGE, "'%s' is no option", argv[operands]);
    r = r < 0   ? command_fail(&err)
        : r > 0 ? EXIT_AS_IT_SHOULD
                : nic_list_show(&o.recording, o.is_json);
    recording_release(&o.recording);
    return r;
}

const struct command command_interfaces = {
    .program = "lmpath",
    .name = "interfaces",
    .summary = "list NICs, their addresses and networks, and whether they can be recorded",
    .text = "The last column tells whether 'lmpath record' with the same networks would take the "
            "NIC, and if it can't be captured, why.",
    .groups = groups,
    .exit_codes = "0\n    listed\n"
                  "2\n    lmpathd can't be started, or can't list them",
    .examples = "lmpath interfaces -t snapshot.json\n"
                "    which NIC stands in which cluster network?",
    .run = run,
};
