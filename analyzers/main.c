/* lmpath: the command table and its dispatch. */
#include <errno.h>

#include "analyzers/commands.h"
#include "src/cli/exit_codes.h"
#include "src/cli/help.h"
#include "src/cli/terminal.h"

/* Options before a command: --help, --version, or a mistake. */
static int run_options(int argc, char **argv)
{
    struct error err;
    int operands, r;

    r = options_parse(&command_lmpath, argc, argv, NULL, &operands, &err);
    if (r == 0)
        r = error_set(&err, ERR_USAGE, "the command comes first, see 'lmpath --help'");
    return r < 0 ? command_fail(&err) : EXIT_AS_IT_SHOULD;
}

static int dispatch(int argc, char **argv)
{
    const struct command *command;
    struct error err;

    if (argc < 2) {
        command_help(&command_lmpath, stderr);
        return EXIT_TROUBLE;
    }
    if (argv[1][0] == '-')
        return run_options(argc, argv);
    if (command_find(&command, argv[1], &err) < 0)
        return command_fail(&err);
    return command->run(command, argc - 1, argv + 1);
}

/* What was printed and not yet written may still be refused. */
static int finish(int code)
{
    struct error err;

    if (code == EXIT_TROUBLE || (fflush(stdout) == 0 && !ferror(stdout)))
        return code;
    error_system(&err, errno, "can't write to standard output");
    return command_fail(&err);
}

int main(int argc, char **argv)
{
    terminal_start();
    return finish(dispatch(argc, argv));
}
