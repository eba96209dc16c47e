/* The tables of what sessions were told: commands and marks. */
#include <inttypes.h>

#include "analyzers/report/cells.h"
#include "analyzers/report/numbers.h"
#include "src/base/auto.h"
#include "src/base/text.h"

static void put_words(struct table_row *row, size_t i, const struct session_command *c)
{
    AUTO_MEMORY char *words = text_copy("");

    for (size_t k = 0; k < c->n_words; k++)
        text_append(&words, "%s%s", k ? " " : "", c->words[k]);
    cell_text(row, i, words);
}

static void put_end(struct table_row *row, size_t i, const struct session_command *c)
{
    bool was_killed = c->signal != SESSION_NO_STATUS;
    char number[UNITS_TEXT_BYTES];

    if (c->problem && *c->problem) {
        text_with(row->cells[i], CELL_BYTES, row->language, TEXT_NOT_STARTED, c->problem);
    } else if (was_killed || c->status != SESSION_NO_STATUS) {
        snprintf(number, sizeof(number), "%" PRId64, was_killed ? c->signal : c->status);
        text_with(row->cells[i], CELL_BYTES, row->language, was_killed ? TEXT_SIGNAL : TEXT_STATUS,
                  number);
    }
}

static bool next_command(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct session_command *c;

    while (at->major < r->n_sessions && at->minor >= r->sessions[at->major].session.n_commands) {
        at->major++;
        at->minor = 0;
    }
    if (at->major >= r->n_sessions)
        return false;
    c = &r->sessions[at->major].session.commands[at->minor++];
    if (r->n_sessions > 1)
        cell_path(row, 0, r->sessions[at->major].folder);
    put_words(row, 1, c);
    if (c->start_ns != SESSION_NO_TIME)
        clock_in(row->language, row->cells[2], c->start_ns);
    if (c->start_ns != SESSION_NO_TIME && c->end_ns != SESSION_NO_TIME)
        duration_in(row->language, row->cells[3], c->end_ns - c->start_ns);
    put_end(row, 4, c);
    return true;
}

static const struct table_column command_columns[] = {
    { TEXT_COL_SESSION, false, 0 }, { TEXT_COL_COMMAND, false, 0 }, { TEXT_COL_START, true, 0 },
    { TEXT_COL_TIME, true, 0 },     { TEXT_COL_ENDED, false, 0 },   { 0 },
};
const struct table table_commands = { TEXT_COMMANDS, command_columns, next_command };

static bool next_mark(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct session_mark *m;

    while (at->major < r->n_sessions && at->minor >= r->sessions[at->major].session.n_marks) {
        at->major++;
        at->minor = 0;
    }
    if (at->major >= r->n_sessions)
        return false;
    m = &r->sessions[at->major].session.marks[at->minor++];
    if (r->n_sessions > 1)
        cell_path(row, 0, r->sessions[at->major].folder);
    if (m->time_ns != SESSION_NO_TIME)
        clock_in(row->language, row->cells[1], m->time_ns);
    cell_text(row, 2, m->text);
    return true;
}

static const struct table_column mark_columns[] = {
    { TEXT_COL_SESSION, false, 0 },
    { TEXT_COL_WHEN, true, 0 },
    { TEXT_COL_MARK, false, 0 },
    { 0 },
};
const struct table table_marks = { TEXT_MARKS, mark_columns, next_mark };
