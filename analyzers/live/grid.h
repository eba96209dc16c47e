/* Rows of text in aligned columns, line by line: for what is no result and so no report's table. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "src/base/error.h"

enum { GRID_MAX_COLUMNS = 12, GRID_MAX_ROWS = 4096, GRID_LINE_BYTES = 4096 };

struct grid_column {
    const char *title;
    bool is_number; /* to the right */
};

/* Columns are borrowed; cells are owned, and fit for a terminal. */
struct grid {
    const struct grid_column *columns; /* ended by one without a title */
    size_t n_columns;
    char **cells; /* row by row */
    size_t n_cells, capacity;
};

void grid_init(struct grid *g, const struct grid_column *columns);
void grid_release(struct grid *g);
/* grid_add() - the next cell, from left to right, row by row. Returns 0, ERR_LIMIT or ERR_MEMORY.
 */
int grid_add(struct grid *g, const char *text, struct error *err);
/* grid_write() - the title line and each row. A column in which every cell is empty is left out;
 * without a row nothing is written. */
void grid_write(const struct grid *g, void (*put_line)(void *context, const char *line),
                void *context);
