#include "src/cli/options.h"

#include <assert.h>
#include <getopt.h>
#include <string.h>

#include "src/cli/help.h"
#include "src/cli/suggest.h"

/* getopt_long() tells an option by its letter, or by this and the row's index. */
enum { LONG_BASE = 256, OPTION_UNKNOWN = '?', OPTION_INCOMPLETE = ':' };

const struct option_row options_help_row = { 'h', "help", NULL, "show this help", NULL };

struct parser {
    const struct option_row *rows[OPTIONS_MAX];
    size_t n_rows;
    struct option longs[OPTIONS_MAX + 1];
    char letters[2 * OPTIONS_MAX + 2];
};

static void add_row(struct parser *p, const struct option_row *row)
{
    size_t at = strlen(p->letters);

    assert(p->n_rows < OPTIONS_MAX);
    p->longs[p->n_rows] =
        (struct option){ row->name, row->value ? required_argument : no_argument, NULL,
                         row->letter ? row->letter : (int)(LONG_BASE + p->n_rows) };
    if (row->letter)
        p->letters[at++] = row->letter;
    if (row->letter && row->value)
        p->letters[at] = ':';
    p->rows[p->n_rows++] = row;
}

static void parser_init(struct parser *p, const struct command *command)
{
    *p = (struct parser){ .letters = ":" };
    for (const struct option_group *g = command->groups; g && g->rows; g++) {
        for (const struct option_row *row = g->rows; row->name; row++)
            add_row(p, row);
    }
    add_row(p, &options_help_row);
}

static const struct option_row *find_row(const struct parser *p, int code)
{
    for (size_t i = 0; i < p->n_rows; i++) {
        if (p->longs[i].val == code)
            return p->rows[i];
    }
    return NULL;
}

/* An unknown long option, or the beginning of several. */
static int unknown_long(const struct command *command, const struct parser *p, const char *word,
                        struct error *err)
{
    char name[64] = "", title[COMMAND_TITLE_BYTES];
    struct suggestion near = suggestion_for(name);
    const char *matches[2] = { NULL, NULL };

    snprintf(name, sizeof(name), "%.*s", (int)strcspn(word, "="), word);
    for (size_t i = 0; i < p->n_rows; i++) {
        suggestion_consider(&near, p->rows[i]->name);
        if (strncmp(p->rows[i]->name, name, strlen(name)) == 0)
            matches[matches[0] != NULL] = p->rows[i]->name;
    }
    if (matches[1])
        return error_set(err, ERR_USAGE, "option '--%s' is short for '--%s' and for '--%s'", name,
                         matches[0], matches[1]);
    if (near.best)
        return error_set(err, ERR_USAGE, "unknown option '--%s', did you mean '--%s'?", name,
                         near.best);
    return error_set(err, ERR_USAGE, "unknown option '--%s', see '%s --help'", name,
                     command_title(title, command, ' '));
}

/* getopt_long() implementations differ in what they return for a value missing or too many, but
 * all leave the option in optopt. */
static int bad_option(const struct command *command, const struct parser *p, char **argv,
                      struct error *err)
{
    const struct option_row *row = find_row(p, optopt);
    char title[COMMAND_TITLE_BYTES];

    if (row && row->value)
        return error_set(err, ERR_USAGE, "option '--%s' needs a value: --%s %s", row->name,
                         row->name, row->value);
    if (row)
        return error_set(err, ERR_USAGE, "option '--%s' takes no value", row->name);
    if (optopt)
        return error_set(err, ERR_USAGE, "unknown option '-%c', see '%s --help'", optopt,
                         command_title(title, command, ' '));
    return unknown_long(command, p, argv[optind - 1] + 2, err);
}

int options_parse(const struct command *command, int argc, char **argv, void *options,
                  int *ret_operands, struct error *err)
{
    struct parser p;
    int code;

    parser_init(&p, command);
    optind = 0; /* begin anew: glibc and mingw both take it so */
    opterr = 0;
    while ((code = getopt_long(argc, argv, p.letters, p.longs, NULL)) != -1) {
        const struct option_row *row;
        int r;

        if (code == OPTION_UNKNOWN || code == OPTION_INCOMPLETE)
            return bad_option(command, &p, argv, err);
        row = find_row(&p, code);
        assert(row);
        if (row == &options_help_row) {
            command_help(command, stdout);
            return 1;
        }
        r = row->parse(options, row->value ? optarg : NULL, err);
        if (r < 0)
            return error_prefix(err, r, "--%s", row->name);
        if (r > 0)
            return r;
    }
    *ret_operands = optind;
    return 0;
}
