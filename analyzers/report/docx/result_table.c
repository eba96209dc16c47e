/* The tables over a result. */
#include "analyzers/report/docx/docx.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/table.h"

enum {
    ROWS_SHOWN = 250,
    LEAST_WEIGHT = 5, /* characters that a column is wide at least, */
    MOST_WEIGHT = 26, /* and at most where room is scarce */
    PAD_WEIGHT = 2,   /* its margins */
    TWIPS_PER_CHARACTER = 96,
};

/* What each column should have of the width, at most @most. Returns their sum. */
static unsigned weigh(unsigned weights[TABLE_MAX_COLUMNS], const struct table_shape *shape,
                      unsigned most)
{
    unsigned total = 0;
    size_t n = 0;

    for (size_t i = 0; i < shape->n_columns; i++) {
        unsigned w = shape->widths[i];

        if (w == 0)
            continue;
        w = w < LEAST_WEIGHT ? LEAST_WEIGHT : w > most ? most : w;
        total += weights[n++] = w + PAD_WEIGHT;
    }
    return total;
}

/* Columns share the page's width by what stands in them; long texts break when it is too narrow. */
static void share_width(struct grid *g, const struct table_shape *shape, unsigned text_twips)
{
    unsigned weights[TABLE_MAX_COLUMNS], total = weigh(weights, shape, CELL_BYTES), wide;

    if (total * TWIPS_PER_CHARACTER > text_twips)
        total = weigh(weights, shape, MOST_WEIGHT);
    wide = total * TWIPS_PER_CHARACTER;
    wide = wide > text_twips ? text_twips : wide;
    for (size_t i = 0; i < shape->n_columns; i++) {
        if (shape->widths[i]) {
            g->twips[g->n_columns] = wide * weights[g->n_columns] / total;
            g->n_columns++;
        }
    }
}

static void write_row(struct docx *d, const struct grid *g, const struct table *t,
                      const struct table_shape *shape, const struct table_row *row)
{
    size_t column = 0;

    grid_row_begin(d, !row);
    for (size_t i = 0; i < shape->n_columns; i++) {
        if (!shape->widths[i])
            continue;
        grid_text(d, g, column++,
                  t->columns[i].is_number ? STYLE_CELL_SMALL_NUMBER : STYLE_CELL_SMALL,
                  row ? row->cells[i] : text_in(d->c->language, t->columns[i].title));
    }
    grid_row_end(d);
}

void docx_table(struct docx *d, const struct table *t, const struct result *r)
{
    const char *title = text_in(d->c->language, t->title);
    struct grid g = { .style = STYLE_TABLE, .has_heading = true, .description = title };
    struct table_place at = { 0 };
    struct table_shape shape;
    struct table_row row = { .language = d->c->language };
    size_t n = 0;

    table_measure(t, r, d->c->language, SIZE_MAX, &shape);
    if (shape.n_rows == 0)
        return;
    share_width(&g, &shape, d->text_twips);
    docx_caption(d, TEXT_TABLE, title);
    grid_begin(d, &g);
    write_row(d, &g, t, &shape, NULL);
    for (; n < ROWS_SHOWN && table_next(t, r, &at, &row); n++)
        write_row(d, &g, t, &shape, &row);
    grid_end(d);
    if (n < shape.n_rows) {
        char told[PHRASE_BYTES], more[UNITS_TEXT_BYTES];

        count_in(d->c->language, more, shape.n_rows - n);
        docx_paragraph(d, STYLE_NOTE,
                       text_with(told, sizeof(told), d->c->language, TEXT_MORE_ROWS, more));
    } else {
        docx_gap(d);
    }
}
