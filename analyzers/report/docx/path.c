/*
 * The picture of a path: a table with the hosts at its sides and a row for each network, whose line
 * is as thick as its share; whole where it is intended, broken where it is not, dotted where
 * unused.
 */
#include "analyzers/report/docx/docx.h"
#include "analyzers/report/html.h"
#include "analyzers/report/numbers.h"

enum {
    HOST = 0,
    SOURCE = 1,
    LANE = 2,
    DESTINATION = 3,
    PEER = 4,
    N_COLUMNS = 5,
    HOST_TWIPS = 1500,
    ADDRESS_TWIPS = 1500,
    LANES_SHOWN = 12,
    NAME_COLUMNS = 40,
    THICKEST = 96, /* eighths of a point: what a border can be */
    THINNEST = 12,
};

static void write_line(struct docx *d, const struct comparison_lane *lane)
{
    bool is_used = lane->bytes > 0;
    int thick = is_used ? THINNEST + (int)((THICKEST - THINNEST) * lane->share) : 8;

    fprintf(d->out,
            "<w:p><w:pPr><w:pStyle w:val=\"%s\"/><w:pBdr><w:bottom w:val=\"%s\" w:sz=\"%d\" "
            "w:space=\"1\" w:color=\"%s\"/></w:pBdr><w:spacing w:before=\"0\" w:after=\"40\" "
            "w:line=\"80\" w:lineRule=\"exact\"/></w:pPr></w:p>",
            d->styles->ids[STYLE_CELL_CENTERED],
            !is_used            ? "dotted"
            : lane->is_intended ? "single"
                                : "dashed",
            thick,
            !is_used            ? "8A94A6"
            : lane->is_intended ? "0A6640"
                                : "A1122A");
}

static void write_lane(struct docx *d, const struct comparison_lane *lane, bool knows_intended)
{
    char size[UNITS_TEXT_BYTES], share[UNITS_TEXT_BYTES], told[4 * UNITS_TEXT_BYTES];

    docx_begin_kept(d, STYLE_CELL_CENTERED);
    fputs("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">", d->out);
    html_cut(d->out, lane->name, NAME_COLUMNS);
    fputs("</w:t></w:r>", d->out);
    if (lane->bytes > 0)
        docx_icon(d, "  \342\236\234");
    fputs("</w:p>", d->out);
    write_line(d, lane);
    docx_begin(d, STYLE_CELL_CENTERED);
    if (lane->bytes > 0)
        docx_run(d, text_with(told, sizeof(told), d->c->language, TEXT_LANE_CARRIED,
                              bytes_in(d->c->language, size, lane->bytes),
                              percent_in(d->c->language, share, lane->share)));
    else
        docx_run(d, text_in(d->c->language, TEXT_LANE_NOTHING));
    if (lane->bytes > 0 && (lane->is_intended || knows_intended)) {
        docx_run(d, " ");
        docx_icon(d,
                  text_in(d->c->language, lane->is_intended ? TEXT_MARK_RIGHT : TEXT_MARK_WRONG));
    } else if (lane->is_intended) {
        docx_run(d, " ");
        docx_run(d, text_in(d->c->language, TEXT_INTENDED_ASIDE));
    }
    docx_end(d);
}

static void write_host(struct docx *d, const struct grid *g, size_t column, const char *name,
                       bool is_first)
{
    grid_cell_begin(d, g, column,
                    &(struct grid_cell){ .fill = "E9EDF4",
                                         .down = is_first ? JOIN_BEGINS : JOIN_GOES_ON,
                                         .is_centered = true });
    docx_begin(d, STYLE_CELL_CENTERED);
    if (is_first)
        docx_bold(d, name);
    docx_end(d);
    grid_cell_end(d);
}

static void write_address(struct docx *d, const struct grid *g, size_t column, const char *address)
{
    grid_cell_begin(d, g, column, &(struct grid_cell){ .is_centered = true });
    docx_paragraph(d, column == SOURCE ? STYLE_CELL_SMALL : STYLE_CELL_SMALL_NUMBER, address);
    grid_cell_end(d);
}

void docx_path(struct docx *d, const struct comparison_set *set)
{
    struct grid g = { .style = STYLE_TABLE_BARE, .n_columns = N_COLUMNS };
    char told[PARAGRAPH_BYTES];
    bool knows_intended = false;

    g.twips[HOST] = g.twips[PEER] = HOST_TWIPS;
    g.twips[SOURCE] = g.twips[DESTINATION] = ADDRESS_TWIPS;
    g.twips[LANE] = d->text_twips - 2 * (HOST_TWIPS + ADDRESS_TWIPS);
    g.description =
        text_with(told, sizeof(told), d->c->language, TEXT_PATH_FROM_TO, set->from, set->to);
    for (size_t i = 0; i < set->n_lanes; i++)
        knows_intended |= set->lanes[i].is_intended;
    grid_begin(d, &g);
    for (size_t i = 0; i < set->n_lanes && i < LANES_SHOWN; i++) {
        const struct comparison_lane *lane = &set->lanes[i];

        grid_row_begin(d, false);
        write_host(d, &g, HOST, set->from, i == 0);
        write_address(d, &g, SOURCE, lane->source);
        grid_cell_begin(d, &g, LANE, &(struct grid_cell){ 0 });
        write_lane(d, lane, knows_intended);
        grid_cell_end(d);
        write_address(d, &g, DESTINATION, lane->destination);
        write_host(d, &g, PEER, set->to, i == 0);
        grid_row_end(d);
    }
    grid_end(d);
}
