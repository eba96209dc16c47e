/* Is anybody looking, how wide is the window, may it be coloured. */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "src/base/error.h"

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

enum { TERMINAL_COLUMNS = 80, TERMINAL_ROWS = 24 }; /* where there is no terminal */

/* color_choice_parse() - "auto", "always", "never". Returns 0 or ERR_USAGE. */
int color_choice_parse(enum color_choice *ret_choice, const char *text, struct error *err);
/*
 * color_is_wanted() - the rule alone: a choice is obeyed; auto means a terminal that is not dumb,
 * and no NO_COLOR (https://no-color.org: any value but an empty one).
 * @no_color, @term: the environment's NO_COLOR and TERM; NULL: not set
 */
bool color_is_wanted(enum color_choice choice, bool is_terminal, const char *no_color,
                     const char *term);

/* terminal_start() - once, first of all. */
void terminal_start(void);
bool terminal_is_watched(FILE *out);
/* terminal_columns() - for text to be read: within what is readable. */
unsigned terminal_columns(FILE *out);
/* terminal_size() - as the window is. */
void terminal_size(FILE *out, unsigned *ret_columns, unsigned *ret_rows);
/* terminal_has_screen() - a terminal that can be drawn on. */
bool terminal_has_screen(FILE *out);
/* terminal_takes_color() - the rule applied to @out and the environment. */
bool terminal_takes_color(FILE *out, enum color_choice choice);
