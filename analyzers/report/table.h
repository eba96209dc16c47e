/*
 * Tables over a result, defined once and rendered by every format alike.
 *
 * Rows come one by one from next(), so that a million connections are never held as text; the
 * text rendering asks twice, as it must know the widths first. Cells are raw: the rendering makes
 * hostile names harmless. A column in which every cell is empty is left out.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "analyzers/report/language.h"
#include "analyzers/result.h"

enum { TABLE_MAX_COLUMNS = 16, CELL_BYTES = 320 };

struct table_column {
    enum text title;
    bool is_number;       /* to the right */
    unsigned max_columns; /* text is cut there; PLAIN_UNCUT: nowhere */
};

/* Where next() is: zero before the first row. */
struct table_place {
    size_t major, minor;
};

struct table_row {
    enum language language;                    /* of the cells */
    char cells[TABLE_MAX_COLUMNS][CELL_BYTES]; /* empty where next() leaves them alone */
};

struct table {
    enum text title;
    const struct table_column *columns; /* ended by one without a title */
    /* Fills the row at @at and moves on. Returns false behind the last row. */
    bool (*next)(const struct result *r, struct table_place *at, struct table_row *row);
};

/* A table's columns as a writer needs to know them beforehand. */
struct table_shape {
    size_t n_columns;
    unsigned widths[TABLE_MAX_COLUMNS]; /* 0: every cell is empty, the column is left out */
    size_t n_rows;
};

/* table_measure() - of at most @max_rows rows. */
void table_measure(const struct table *t, const struct result *r, enum language language,
                   size_t max_rows, struct table_shape *ret_shape);
/* table_next() - the row at @at, from empty cells. Returns false behind the last row. */
bool table_next(const struct table *t, const struct result *r, struct table_place *at,
                struct table_row *row);

/* table_write_text() - aligned, at most @max_rows rows, in English. Nothing when there is none. */
void table_write_text(const struct table *t, const struct result *r, FILE *out, unsigned indent,
                      size_t max_rows);
/* table_has_rows() - is there anything to write? */
bool table_has_rows(const struct table *t, const struct result *r);
/* table_write_markdown() - with "## title" above it. Writes nothing when there is no row. */
void table_write_markdown(const struct table *t, const struct result *r, enum language language,
                          FILE *out);
/*
 * table_write_html() - a table element that a script can sort, at most @max_rows rows; below it,
 * how many more there are. Writes nothing when there is no row.
 */
void table_write_html(const struct table *t, const struct result *r, enum language language,
                      FILE *out, size_t max_rows);
/* markdown_text() - a text from outside within Markdown. */
void markdown_text(FILE *out, const char *text);

extern const struct table table_transfers;     /* what the summary shows */
extern const struct table table_transfers_all; /* and the numbers behind it */
extern const struct table table_networks;
extern const struct table table_predictions; /* beside what was seen */
extern const struct table table_cluster_layers;
extern const struct table table_host_layers;
extern const struct table table_inputs;
extern const struct table table_digests;
extern const struct table table_nics;
extern const struct table table_counters;            /* of sessions */
extern const struct table table_commands;            /* that sessions watched */
extern const struct table table_marks;               /* that were set meanwhile */
extern const struct table table_connections;         /* all */
extern const struct table table_connections_bearing; /* those that have a role */
/* The same with a column for the Community ID, which costs time. */
extern const struct table table_connections_id;
extern const struct table table_connections_bearing_id;
extern const struct table table_vantage_points; /* the observations of every connection */
