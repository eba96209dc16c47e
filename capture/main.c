/* lmpathd: the daemon that records. */
#include "capture/command.h"
#include "src/cli/terminal.h"

int main(int argc, char **argv)
{
    terminal_start();
    return command_lmpathd.run(&command_lmpathd, argc, argv);
}
