/* Writes the manual page of lmpath, or of one of its commands, in scdoc(5) form to stdout; the
 * build turns it into roff. */
#include "analyzers/commands.h"
#include "src/cli/exit_codes.h"
#include "src/cli/help.h"

int main(int argc, char **argv)
{
    const struct command *command = &command_lmpath;
    struct error err;

    if (argc > 1 && command_find(&command, argv[1], &err) < 0)
        return command_fail(&err);
    command_manual(command, stdout);
    return EXIT_AS_IT_SHOULD;
}
