#include "src/cli/terminal.h"

#include <stdlib.h>
#include <string.h>

#include "src/cli/platform.h"

enum { COLUMNS_LEAST = 60, COLUMNS_MOST = 100 }; /* narrower breaks words, wider is hard to read */

int color_choice_parse(enum color_choice *ret_choice, const char *text, struct error *err)
{
    static const char *const names[] = { "auto", "always", "never" };

    for (int i = 0; i <= COLOR_NEVER; i++) {
        if (strcmp(text, names[i]) == 0) {
            *ret_choice = (enum color_choice)i;
            return 0;
        }
    }
    return error_set(err, ERR_USAGE, "'%s' is not one of auto, always, never", text);
}

bool color_is_wanted(enum color_choice choice, bool is_terminal, const char *no_color,
                     const char *term)
{
    if (choice != COLOR_AUTO)
        return choice == COLOR_ALWAYS;
    return is_terminal && !(no_color && *no_color) && !(term && strcmp(term, "dumb") == 0);
}

void terminal_start(void)
{
    platform_start();
}

bool terminal_is_watched(FILE *out)
{
    return platform_is_terminal(out);
}

unsigned terminal_columns(FILE *out)
{
    unsigned columns = platform_is_terminal(out) ? platform_columns(out) : 0;

    if (columns == 0)
        return TERMINAL_COLUMNS;
    return columns < COLUMNS_LEAST  ? COLUMNS_LEAST
           : columns > COLUMNS_MOST ? COLUMNS_MOST
                                    : columns;
}

bool terminal_takes_color(FILE *out, enum color_choice choice)
{
    bool is_terminal = platform_is_terminal(out);

    if (!color_is_wanted(choice, is_terminal, getenv("NO_COLOR"), getenv("TERM")))
        return false;
    return !is_terminal || platform_enable_escapes(out);
}

void terminal_size(FILE *out, unsigned *ret_columns, unsigned *ret_rows)
{
    bool is_terminal = platform_is_terminal(out);
    unsigned columns = is_terminal ? platform_columns(out) : 0;
    unsigned rows = is_terminal ? platform_rows(out) : 0;

    *ret_columns = columns ? columns : TERMINAL_COLUMNS;
    *ret_rows = rows ? rows : TERMINAL_ROWS;
}

bool terminal_has_screen(FILE *out)
{
    const char *term = getenv("TERM");

    return platform_is_terminal(out) && !(term && strcmp(term, "dumb") == 0) &&
           platform_enable_escapes(out);
}
