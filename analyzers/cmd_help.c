/* lmpath help: what --help of each command tells, found where people look for it. */
#include "analyzers/commands.h"
#include "src/cli/exit_codes.h"
#include "src/cli/help.h"

static int run(const struct command *command, int argc, char **argv)
{
    const struct command *topic = &command_lmpath;
    struct error err;
    int operands, r;

    r = options_parse(command, argc, argv, NULL, &operands, &err);
    if (r == 0 && operands < argc)
        r = command_find(&topic, argv[operands], &err);
    if (r < 0)
        return command_fail(&err);
    if (r == 0)
        command_help(topic, stdout);
    return EXIT_AS_IT_SHOULD;
}

const struct command command_help_on = {
    .program = "lmpath",
    .name = "help",
    .operands = "[COMMAND]",
    .summary = "show help on a command",
    .run = run,
};
