/*
 * One table of options per command yields its parsing, its --help and its manual page.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "src/base/error.h"

enum { OPTIONS_MAX = 64 }; /* rows of one command, all groups together */

/*
 * One option. parse() is called for each occurrence, in the order of the command line, with the
 * value (NULL for an option without one) and the command's own option struct. It returns 0, 1 when
 * it has done all that was asked for (--version), or a negative code.
 */
struct option_row {
    char letter;       /* 0: none */
    const char *name;  /* long name without dashes */
    const char *value; /* "NAME=PREFIX,..." as help shows it; NULL: takes none */
    const char *help;  /* a sentence or more, lower case start, no full stop; wrapped where shown */
    int (*parse)(void *options, const char *value, struct error *err);
};

struct option_group {
    const char *title;
    const struct option_row *rows; /* ended by a row without a name */
};

/*
 * Text is paragraphs separated by blank lines. Notes are pairs of lines, a term and, indented by
 * four blanks, what it means: examples and exit codes have this form.
 */
struct command {
    const char *program;                   /* "lmpath"; NULL: the command is the program */
    const char *name;                      /* "analyze" */
    const char *operands;                  /* "INPUT..." */
    const char *summary;                   /* one line, no full stop */
    const char *text;                      /* more about it */
    const struct option_group *groups;     /* ended by one without rows; NULL: only --help */
    const char *exit_codes;                /* notes; NULL: not told */
    const char *examples;                  /* notes */
    const struct command *const *commands; /* NULL-ended: what it dispatches to; NULL: nothing */
    int (*run)(const struct command *command, int argc,
               char **argv); /* the exit code; argv[0] is the command's name */
};

/*
 * options_parse() - getopt_long() over the command's table; operands may stand between options,
 * "--" ends options. -h and --help belong to every command.
 * @ret_operands: index of the first operand in argv, which is reordered
 *
 * Returns 0; 1 when an option has done all there is to do (--help prints to stdout); ERR_USAGE.
 */
int options_parse(const struct command *command, int argc, char **argv, void *options,
                  int *ret_operands, struct error *err);

/* The row of --help, as every command's help and manual show it. */
extern const struct option_row options_help_row;
