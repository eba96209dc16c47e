/* Writes the manual page of lmpathd in scdoc(5) form to stdout, as manual.c does lmpath's. */
#include "capture/command.h"
#include "src/cli/exit_codes.h"
#include "src/cli/help.h"

int main(void)
{
    command_manual(&command_lmpathd, stdout);
    return EXIT_AS_IT_SHOULD;
}
