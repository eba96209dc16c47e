/* --help and the manual page, from a command's own table. */
#pragma once

#include <stdio.h>

#include "src/cli/options.h"

enum { COMMAND_TITLE_BYTES = 64 };

/* command_title() - "lmpath analyze" or, as a manual page is named, "lmpath-analyze". */
const char *command_title(char to[COMMAND_TITLE_BYTES], const struct command *command,
                          char separator);
/* command_help() - plain text, as wide as the terminal, 80 columns where there is none. */
void command_help(const struct command *command, FILE *out);
/* command_manual() - the same as a manual page in scdoc(5) form. */
void command_manual(const struct command *command, FILE *out);
