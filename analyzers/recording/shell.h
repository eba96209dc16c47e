/*
 * PowerShell as a program: found, and its command line and environment made for one script.
 */
#pragma once

#include "analyzers/recording/program.h"
#include "src/base/error.h"

enum { SHELL_WORDS = 8 };

struct shell_command {
    char program[PROGRAM_PATH_BYTES];
    char *words[SHELL_WORDS]; /* NULL-ended; they refer to @program and @code */
    char *code;               /* the script, as -EncodedCommand takes it */
    char **env;               /* NULL-ended */
};

/* shell_is_there() - can this system have one that runs cmdlets? */
bool shell_is_there(void);
/*
 * shell_command_init() - for a script of one line or several. It refers to itself and stays where
 * it is; shell_command_release() is due in any case.
 *
 * Returns 0, ERR_SYSTEM (there is no PowerShell) or ERR_MEMORY.
 */
int shell_command_init(struct shell_command *c, const char *script, struct error *err);
void shell_command_release(struct shell_command *c);
