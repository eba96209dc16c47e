/*
 * One table of options per command yields its parsing, its --help and its manual page.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "src/base/error.h"

/*
 * One option. parse() is called for each occurrence, in the order of the command line, with the
 * value (NULL for an option without one) and the command's own option struct.
 */
struct option_row {
    char letter;       /* 0: none */
    const char *name;  /* long name without dashes */
    const char *value; /* "NAME=PREFIX,..." as help shows it; NULL: takes none */
    const char
        *help; /* one sentence or more, lower case start, no full stop; wrapped where shown */
    int (*parse)(void *options, const char *value, struct error *err);
};

struct command {
    const char *name;     /* "analyze" */
    const char *operands; /* "INPUT..." */
    const char *summary;  /* one line */
    const char *text;     /* paragraphs for --help and the manual page, separated by blank lines */
    const char *examples; /* lines "command\n    what it does" */
    const struct option_row *const
        *option_groups; /* NULL-ended list of tables, each ended by a row without a name */
    int (*run)(const struct command *command, int argc,
               char **argv); /* the exit code; argv[0] is the command's name */
};

/*
 * options_parse() - getopt_long over the command's table; operands may stand between options, "--"
 * ends options.
 * @ret_operands: set to the index of the first operand in argv, which is reordered
 *
 * Returns 0; 1 when --help was asked for and has been printed to stdout; ERR_USAGE.
 */
int options_parse(const struct command *command, int argc, char **argv, void *options,
                  int *ret_operands, struct error *err);

void command_help(const struct command *command, FILE *out);
/* command_manual() - the same in scdoc(5) form. */
void command_manual(const struct command *command, FILE *out);
