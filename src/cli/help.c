#include "src/cli/help.h"

#include <string.h>

#include "src/base/plain.h"
#include "src/cli/terminal.h"

enum { OPTION_COLUMNS = 26, OPTION_BYTES = 128 };

const char *command_title(char to[COMMAND_TITLE_BYTES], const struct command *c, char separator)
{
    if (c->program)
        snprintf(to, COMMAND_TITLE_BYTES, "%s%c%s", c->program, separator, c->name);
    else
        snprintf(to, COMMAND_TITLE_BYTES, "%s", c->name);
    return to;
}

static const char *line_end(const char *at)
{
    return at + strcspn(at, "\n");
}

static void write_paragraphs(FILE *out, const char *text, unsigned columns)
{
    while (text && *text) {
        const char *end = strstr(text, "\n\n");

        fputc('\n', out);
        plain_wrap(out, text, end ? (size_t)(end - text) : strlen(text),
                   (struct plain_margins){ .columns = columns });
        text = end ? end + 2 : NULL;
    }
}

/* Notes: a term, then what it means behind four blanks; on one line where the term is as short.
 * Terms are never wrapped, as they are there to be copied. */
static void write_notes(FILE *out, const char *heading, const char *notes, unsigned columns)
{
    enum { TERM_INDENT = 2, INDENT = 6 };

    if (!notes)
        return;
    fprintf(out, "\n%s:\n", heading);
    while (*notes) {
        int n_bytes = (int)strcspn(notes, "\n");

        if (*notes == ' ')
            plain_wrap(out, notes, (size_t)n_bytes,
                       (struct plain_margins){ INDENT, INDENT, columns });
        else if (n_bytes < INDENT - TERM_INDENT)
            fprintf(out, "  %-*.*s", INDENT - TERM_INDENT, n_bytes, notes);
        else
            fprintf(out, "  %.*s\n%*s", n_bytes, notes, INDENT, "");
        notes += n_bytes + (notes[n_bytes] == '\n');
    }
}

static void option_text(char to[OPTION_BYTES], const struct option_row *row)
{
    char letter[8] = "    ";

    if (row->letter)
        snprintf(letter, sizeof(letter), "-%c, ", row->letter);
    snprintf(to, OPTION_BYTES, "%s--%s%s%s", letter, row->name, row->value ? " " : "",
             row->value ? row->value : "");
}

static void write_option(FILE *out, const struct option_row *row, unsigned columns)
{
    char text[OPTION_BYTES];

    option_text(text, row);
    if (strlen(text) + 4 > OPTION_COLUMNS)
        fprintf(out, "  %s\n%*s", text, OPTION_COLUMNS, "");
    else
        fprintf(out, "  %-*s", OPTION_COLUMNS - 2, text);
    plain_wrap(out, row->help, strlen(row->help),
               (struct plain_margins){ OPTION_COLUMNS, OPTION_COLUMNS, columns });
}

/* What -h stands under: the options themselves where they are one group, else a group of its own.
 */
static const char *help_title(const struct command *c)
{
    size_t n = 0;

    while (c->groups && c->groups[n].rows)
        n++;
    return n == 0 ? "Options" : n == 1 ? NULL : "Help";
}

static void write_options(FILE *out, const struct command *c, unsigned columns)
{
    for (const struct option_group *g = c->groups; g && g->rows; g++) {
        fprintf(out, "\n%s:\n", g->title);
        for (const struct option_row *row = g->rows; row->name; row++)
            write_option(out, row, columns);
    }
    if (help_title(c))
        fprintf(out, "\n%s:\n", help_title(c));
    write_option(out, &options_help_row, columns);
}

static void write_commands(FILE *out, const struct command *c)
{
    if (!c->commands)
        return;
    fputs("\nCommands:\n", out);
    for (size_t i = 0; c->commands[i]; i++)
        fprintf(out, "  %-*s%s\n", OPTION_COLUMNS - 2, c->commands[i]->name,
                c->commands[i]->summary);
}

void command_help(const struct command *c, FILE *out)
{
    unsigned columns = terminal_columns(out);
    char name[COMMAND_TITLE_BYTES];

    command_title(name, c, ' ');
    fprintf(out, "%s: %s\n\n", name, c->summary);
    fprintf(out, "usage: %s%s%s%s\n", name, c->groups ? " [OPTION]..." : "", c->operands ? " " : "",
            c->operands ? c->operands : "");
    write_paragraphs(out, c->text, columns);
    write_commands(out, c);
    write_options(out, c, columns);
    write_notes(out, "Exit code", c->exit_codes, columns);
    write_notes(out, "Examples", c->examples, columns);
}

/* scdoc takes a character behind a backslash as it is. */
static void escape_scdoc(FILE *out, const char *text, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i++) {
        if (strchr("\\*_#+[]|<-", text[i]))
            fputc('\\', out);
        fputc(text[i], out);
    }
}

static void marked(FILE *out, char mark, const char *text)
{
    fputc(mark, out);
    escape_scdoc(out, text, strlen(text));
    fputc(mark, out);
}

static void manual_option(FILE *out, const struct option_row *row)
{
    char name[OPTION_BYTES];

    if (row->letter)
        fprintf(out, "*\\-%c*, ", row->letter);
    snprintf(name, sizeof(name), "--%s", row->name);
    marked(out, '*', name);
    if (row->value) {
        fputc(' ', out);
        marked(out, '_', row->value);
    }
    fputs("\n\t", out);
    escape_scdoc(out, row->help, strlen(row->help));
    fputs("\n\n", out);
}

static void manual_options(FILE *out, const struct command *c)
{
    fputs("# OPTIONS\n\n", out);
    for (const struct option_group *g = c->groups; g && g->rows; g++) {
        fprintf(out, "## %s\n\n", g->title);
        for (const struct option_row *row = g->rows; row->name; row++)
            manual_option(out, row);
    }
    if (c->groups && help_title(c))
        fprintf(out, "## %s\n\n", help_title(c));
    manual_option(out, &options_help_row);
}

static void manual_notes(FILE *out, const char *heading, const char *notes)
{
    if (!notes)
        return;
    fprintf(out, "# %s\n\n", heading);
    while (*notes) {
        const char *end = line_end(notes);
        bool is_term = *notes != ' ';

        notes += strspn(notes, " ");
        fputs(is_term ? "*" : "\t", out);
        escape_scdoc(out, notes, (size_t)(end - notes));
        fputs(is_term ? "*\n" : "\n\n", out);
        notes = end + (*end == '\n');
    }
}

static void manual_commands(FILE *out, const struct command *c)
{
    if (!c->commands)
        return;
    fputs("# COMMANDS\n\n", out);
    for (size_t i = 0; c->commands[i]; i++) {
        char page[COMMAND_TITLE_BYTES];

        command_title(page, c->commands[i], '-');
        marked(out, '*', page);
        fputs("(1)\n\t", out);
        escape_scdoc(out, c->commands[i]->summary, strlen(c->commands[i]->summary));
        fputs("\n\n", out);
    }
}

void command_manual(const struct command *c, FILE *out)
{
    char page[COMMAND_TITLE_BYTES], name[COMMAND_TITLE_BYTES];

    command_title(page, c, '-');
    command_title(name, c, ' ');
    fprintf(out, "%s(1)\n\n# NAME\n\n%s - %s\n\n# SYNOPSIS\n\n*%s*", page, page, c->summary, name);
    if (c->groups)
        fputs(" [_OPTION_]...", out);
    if (c->operands) {
        fputc(' ', out);
        escape_scdoc(out, c->operands, strlen(c->operands));
    }
    if (c->text) {
        fputs("\n\n# DESCRIPTION\n\n", out);
        escape_scdoc(out, c->text, strlen(c->text));
    }
    fputs("\n\n", out);
    manual_commands(out, c);
    manual_options(out, c);
    manual_notes(out, "EXIT STATUS", c->exit_codes);
    manual_notes(out, "EXAMPLES", c->examples);
    if (c->program)
        fprintf(out, "# SEE ALSO\n\n*%s*(1)\n", c->program);
}
