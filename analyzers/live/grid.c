#include "analyzers/live/grid.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"
#include "src/base/plain.h"
#include "src/base/text.h"

enum { CELL_BYTES = 1024, GAP = 2 };

void grid_init(struct grid *g, const struct grid_column *columns)
{
    *g = (struct grid){ .columns = columns };
    while (columns[g->n_columns].title)
        g->n_columns++;
}

void grid_release(struct grid *g)
{
    for (size_t i = 0; i < g->n_cells; i++)
        free(g->cells[i]);
    free(g->cells);
    grid_init(g, g->columns);
}

int grid_add(struct grid *g, const char *text, struct error *err)
{
    char plain[CELL_BYTES];
    int r = array_reserve(&g->cells, &g->capacity, g->n_cells + 1, sizeof(*g->cells),
                          (size_t)GRID_MAX_ROWS * g->n_columns, err);

    if (r < 0)
        return r;
    plain_text(plain, sizeof(plain), text, PLAIN_UNCUT);
    g->cells[g->n_cells] = text_copy(plain);
    if (!g->cells[g->n_cells])
        return error_memory(err);
    g->n_cells++;
    return 0;
}

static size_t n_rows(const struct grid *g)
{
    return g->n_cells / g->n_columns;
}

/* 0: every cell is empty. */
static unsigned width_of(const struct grid *g, size_t column)
{
    unsigned title = plain_columns(g->columns[column].title), width = 0;

    for (size_t row = 0; row < n_rows(g); row++) {
        unsigned columns = plain_columns(g->cells[row * g->n_columns + column]);

        width = columns > width ? columns : width;
    }
    return width == 0 ? 0 : width < title ? title : width;
}

/* One more cell at the end of the line; blanks before it come only with it. */
static void append_cell(char line[GRID_LINE_BYTES], unsigned *n_blanks, const char *cell,
                        unsigned width, bool is_number)
{
    unsigned pad = width - plain_columns(cell);
    size_t at = strlen(line);

    if (*cell)
        snprintf(line + at, GRID_LINE_BYTES - at, "%*s%s", (int)(*n_blanks + (is_number ? pad : 0)),
                 "", cell);
    *n_blanks = *cell ? (is_number ? 0 : pad) + GAP : *n_blanks + width + GAP;
}

void grid_write(const struct grid *g, void (*put_line)(void *context, const char *line),
                void *context)
{
    unsigned widths[GRID_MAX_COLUMNS];

    for (size_t c = 0; c < g->n_columns; c++)
        widths[c] = width_of(g, c);
    for (size_t row = 0; n_rows(g) > 0 && row <= n_rows(g); row++) {
        char line[GRID_LINE_BYTES] = "";
        unsigned n_blanks = GAP;

        for (size_t c = 0; c < g->n_columns; c++) {
            const char *cell =
                row == 0 ? g->columns[c].title : g->cells[(row - 1) * g->n_columns + c];

            if (widths[c] > 0)
                append_cell(line, &n_blanks, cell, widths[c], g->columns[c].is_number);
        }
        put_line(context, line);
    }
}
