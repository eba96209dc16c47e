/* What the report tells, chapter by chapter; those with nothing to say are left out. */
#include <string.h>

#include "analyzers/report/docx/docx.h"
#include "analyzers/report/numbers.h"

enum { VALUE_TWIPS = 1800, CHANGE_TWIPS = 2900, LOGO_TWIPS = 900 };

const char *docx_in(const struct docx *d, enum text text)
{
    return text_in(d->c->language, text);
}

static const struct face {
    const char *icon, *fill;
    enum text words;
    enum style style;
} faces[] = {
    [VERDICT_RIGHT_NETWORK] = { "\342\234\224", "E5F4EC", TEXT_VERDICT_RIGHT, STYLE_GOOD },
    [VERDICT_WRONG_NETWORK] = { "\342\234\226", "FDEAED", TEXT_VERDICT_WRONG, STYLE_BAD },
    [VERDICT_SPLIT_NETWORKS] = { "\342\207\206", "FDEAED", TEXT_VERDICT_SPLIT, STYLE_BAD },
    [VERDICT_INCONCLUSIVE] = { "?", "FDF3E0", TEXT_VERDICT_INCONCLUSIVE, STYLE_UNSURE },
    [VERDICT_NO_MIGRATION] = { "\342\200\223", "FDF3E0", TEXT_VERDICT_NONE, STYLE_UNSURE },
};

/* ---- title and summary ---- */

static void write_field(struct docx *d, const struct grid *g, enum text term, const char *text)
{
    if (!text || !*text)
        return;
    grid_row_begin(d, false);
    grid_text(d, g, 0, STYLE_CELL, docx_in(d, term));
    grid_cell_begin(d, g, 1, &(struct grid_cell){ 0 });
    docx_begin(d, STYLE_CELL);
    docx_bold(d, text);
    docx_end(d);
    grid_cell_end(d);
    grid_row_end(d);
}

static void write_logo(struct docx *d)
{
    const struct brand *brand = d->c->brand;
    unsigned high = LOGO_TWIPS, wide;

    if (!brand || !brand->logo_bytes)
        return;
    wide = high * brand->logo.width / brand->logo.height;
    if (wide > d->text_twips / 2) {
        wide = d->text_twips / 2;
        high = wide * brand->logo.height / brand->logo.width;
    }
    docx_picture(d, "lmpathLogo", docx_in(d, TEXT_LOGO), wide, high ? high : 1);
}

void docx_title(struct docx *d)
{
    const struct report_title *t = &d->c->title;
    struct grid g = { .style = STYLE_TABLE_BARE,
                      .twips = { 1700, d->text_twips - 1700 },
                      .n_columns = 2,
                      .description = docx_in(d, TEXT_REPORT_KIND) };

    write_logo(d);
    docx_paragraph(d, STYLE_TITLE,
                   docx_in(d, d->c->n_sets == N_SETS ? TEXT_QUESTION_COMPARED : TEXT_QUESTION));
    docx_paragraph(d, STYLE_SUBTITLE, docx_in(d, TEXT_REPORT_KIND));
    if (!t->customer && !t->cluster && !t->author && !t->date && !t->reference)
        return;
    grid_begin(d, &g);
    write_field(d, &g, TEXT_CUSTOMER, t->customer);
    write_field(d, &g, TEXT_CLUSTER, t->cluster);
    write_field(d, &g, TEXT_AUTHOR, t->author);
    write_field(d, &g, TEXT_DATE, t->date);
    write_field(d, &g, TEXT_REFERENCE, t->reference);
    grid_end(d);
}

static bool always(const struct comparison *c)
{
    (void)c;
    return true;
}

static void write_banner(struct docx *d, const struct grid *g, size_t column,
                         const struct comparison_set *set)
{
    const struct face *face = &faces[set->verdict];
    const char *rest = strstr(set->headline, ": ");

    grid_cell_begin(d, g, column, &(struct grid_cell){ .fill = face->fill });
    if (d->c->n_sets == N_SETS)
        docx_paragraph(d, STYLE_NOTE, set->label);
    docx_begin(d, face->style);
    docx_icon(d, face->icon);
    docx_run(d, "  ");
    docx_run(d, docx_in(d, face->words));
    docx_end(d);
    docx_paragraph(d, STYLE_NORMAL, rest ? rest + 2 : set->headline);
    grid_cell_end(d);
}

static void write_summary(struct docx *d)
{
    const struct comparison *c = d->c;
    struct grid g = { .style = STYLE_TABLE_BARE,
                      .n_columns = c->n_sets,
                      .description = docx_in(d, TEXT_COL_VERDICT) };

    docx_paragraph(d, STYLE_LEAD, c->summary);
    for (size_t i = 0; i < c->n_warnings; i++) {
        docx_begin(d, STYLE_WARNING);
        docx_bold(d, docx_in(d, TEXT_MIND));
        docx_run(d, " ");
        docx_run(d, c->warnings[i]);
        docx_end(d);
    }
    for (size_t s = 0; s < c->n_sets; s++)
        g.twips[s] = d->text_twips / (unsigned)c->n_sets;
    grid_begin(d, &g);
    grid_row_begin(d, false);
    for (size_t s = 0; s < c->n_sets; s++)
        write_banner(d, &g, s, &c->sets[s]);
    grid_row_end(d);
    grid_end(d);
    docx_gap(d);
}

/* ---- numbers ---- */

static bool has_numbers(const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        if (c->rows[MEASURE_MEMORY].spread[s].n > 0)
            return true;
    }
    return false;
}

static void write_change(struct docx *d, const struct grid *g, size_t column,
                         const struct comparison_row *row)
{
    static const char *const marks[] = { [CHANGE_NONE] = "",
                                         [CHANGE_BETTER] = "\342\226\262 ",
                                         [CHANGE_WORSE] = "\342\226\274 ",
                                         [CHANGE_OTHER] = "" };

    grid_cell_begin(d, g, column, &(struct grid_cell){ 0 });
    docx_begin(d, STYLE_CELL);
    if (*marks[row->change])
        docx_icon(d, marks[row->change]);
    docx_run(d, row->change_text);
    docx_end(d);
    grid_cell_end(d);
}

/* Below the median the least and the most. */
static void write_median(struct docx *d, const struct grid *g, size_t column, const char *median,
                         const char *range)
{
    grid_cell_begin(d, g, column, &(struct grid_cell){ 0 });
    docx_paragraph(d, STYLE_CELL_NUMBER, median);
    if (*range)
        docx_paragraph(d, STYLE_CELL_SMALL_NUMBER, range);
    grid_cell_end(d);
}

static void write_numbers(struct docx *d)
{
    const struct comparison *c = d->c;
    struct grid g = { .style = STYLE_TABLE,
                      .has_heading = true,
                      .n_columns = c->n_sets == N_SETS ? 4 : 2,
                      .description = docx_in(d, TEXT_NUMBERS) };

    for (size_t i = 1; i <= c->n_sets; i++)
        g.twips[i] = VALUE_TWIPS;
    g.twips[0] = d->text_twips - (unsigned)c->n_sets * VALUE_TWIPS;
    if (c->n_sets == N_SETS) {
        g.twips[3] = CHANGE_TWIPS;
        g.twips[0] -= CHANGE_TWIPS;
    }
    docx_caption(d, TEXT_TABLE, docx_in(d, TEXT_NUMBERS));
    grid_begin(d, &g);
    grid_row_begin(d, true);
    grid_text(d, &g, 0, STYLE_CELL, docx_in(d, TEXT_WHAT));
    for (size_t s = 0; s < c->n_sets; s++)
        grid_text(d, &g, 1 + s, STYLE_CELL_NUMBER, c->sets[s].label);
    if (c->n_sets == N_SETS)
        grid_text(d, &g, 3, STYLE_CELL, docx_in(d, TEXT_CHANGE));
    grid_row_end(d);
    for (size_t i = 0; i < c->n_rows; i++) {
        grid_row_begin(d, false);
        grid_text(d, &g, 0, STYLE_CELL, c->rows[i].label);
        for (size_t s = 0; s < c->n_sets; s++)
            write_median(d, &g, 1 + s, c->rows[i].value[s], c->rows[i].range[s]);
        if (c->n_sets == N_SETS)
            write_change(d, &g, 3, &c->rows[i]);
        grid_row_end(d);
    }
    grid_end(d);
    if (c->n_sets == N_SETS)
        docx_paragraph(d, STYLE_NOTE, docx_in(d, TEXT_BETTER_WORSE));
    else
        docx_gap(d);
}

/* ---- pictures ---- */

static bool has_pictures(const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        if (c->sets[s].from && c->sets[s].n_lanes > 0)
            return true;
    }
    return false;
}

static void write_paths(struct docx *d)
{
    char told[PARAGRAPH_BYTES];

    for (size_t s = 0; s < d->c->n_sets; s++) {
        const struct comparison_set *set = &d->c->sets[s];

        if (!set->from || set->n_lanes == 0)
            continue;
        docx_path(d, set);
        docx_caption(d, TEXT_FIGURE,
                     text_with(told, sizeof(told), d->c->language, TEXT_SET_SAYS, set->label,
                               docx_in(d, TEXT_PATH_CAPTION_BROKEN)));
    }
}

static bool has_rates(const struct comparison *c)
{
    return c->most_bits_per_second > 0 && c->most_seconds > 0;
}

/* The chart behind those that are there. Returns false where there is nothing to draw. */
static bool add_chart(struct docx *d, int (*make)(struct chart *ret_chart,
                                                  const struct comparison *c, struct error *err))
{
    int r = make(&d->charts[d->n_charts], d->c, NULL);

    d->n_charts++;
    if (r < 0)
        d->failed = r;
    else if (r == 0)
        chart_release(&d->charts[--d->n_charts]);
    return r > 0;
}

static void write_rates(struct docx *d)
{
    const struct comparison *c = d->c;
    char told[PARAGRAPH_BYTES], more[UNITS_TEXT_BYTES];

    if (!add_chart(d, figure_rates))
        return;
    docx_figure(d, d->n_charts - 1);
    docx_caption(d, TEXT_FIGURE, docx_in(d, TEXT_RATES_CAPTION));
    for (size_t s = 0; s < c->n_sets; s++) {
        if (c->sets[s].n_lines_left_out == 0)
            continue;
        count_in(c->language, more, c->sets[s].n_lines_left_out);
        docx_paragraph(d, STYLE_NOTE,
                       text_with(told, sizeof(told), c->language, TEXT_RATES_NOT_DRAWN,
                                 c->sets[s].label, more));
    }
}

static bool has_bytes(const struct comparison *c)
{
    return c->most_bytes > 0;
}

static void write_bytes(struct docx *d)
{
    if (!add_chart(d, figure_bytes))
        return;
    docx_figure(d, d->n_charts - 1);
    docx_caption(d, TEXT_FIGURE, docx_in(d, TEXT_BYTES_CAPTION));
}

static bool has_nics(const struct comparison *c)
{
    return c->most_nic_bytes > 0;
}

static void write_nics(struct docx *d)
{
    const struct comparison *c = d->c;
    char told[PHRASE_BYTES], size[UNITS_TEXT_BYTES];
    bool are_counted = true;

    if (!add_chart(d, figure_nics))
        return;
    for (size_t s = 0; s < c->n_sets; s++)
        are_counted = are_counted && (c->sets[s].nics_are_counted || c->sets[s].n_nics == 0);
    docx_figure(d, d->n_charts - 1);
    docx_caption(d, TEXT_FIGURE, docx_in(d, are_counted ? TEXT_NICS_COUNTED : TEXT_NICS_CAPTURED));
    if (c->memory_bytes > 0)
        docx_paragraph(
            d, STYLE_NOTE,
            text_with(told, sizeof(told), c->language,
                      c->vm_memory_bytes == RESULT_UNKNOWN ? TEXT_NICS_BAR_MOVED : TEXT_NICS_BAR_VM,
                      bytes_in(c->language, size, c->memory_bytes)));
}

static bool has_directions(const struct comparison *c)
{
    return c->sets[0].n_directions > 0 || c->sets[1].n_directions > 0;
}

static void write_direction(struct docx *d, const struct grid *g, const char *label,
                            const struct comparison_direction *direction)
{
    size_t column = 0;
    char count[UNITS_TEXT_BYTES];

    count_in(d->c->language, count, direction->n_transfers);
    grid_row_begin(d, false);
    if (d->c->n_sets == N_SETS)
        grid_text(d, g, column++, STYLE_CELL, label);
    grid_text(d, g, column++, STYLE_CELL, direction->from);
    grid_text(d, g, column++, STYLE_CELL, direction->to);
    grid_text(d, g, column++, STYLE_CELL_NUMBER, count);
    grid_text(d, g, column++, STYLE_CELL_NUMBER, direction->size);
    write_median(d, g, column++, direction->time, direction->time_range);
    write_median(d, g, column++, direction->rate, direction->rate_range);
    grid_text(d, g, column++, STYLE_CELL_NUMBER, direction->share);
    grid_row_end(d);
}

static void write_directions(struct docx *d)
{
    static const enum text titles[] = { TEXT_COL_SET,       TEXT_COL_FROM,         TEXT_COL_TO,
                                        TEXT_COL_TRANSFERS, TEXT_COL_MEMORY,       TEXT_COL_TIME,
                                        TEXT_COL_MEAN_RATE, TEXT_COL_OVER_INTENDED };
    enum { N_TITLES = sizeof(titles) / sizeof(*titles), FIRST_NUMBER = 3 };
    static const unsigned parts[N_TITLES] = { 8, 10, 10, 17, 13, 10, 16, 16 }; /* of the width */
    const struct comparison *c = d->c;
    size_t first = c->n_sets == N_SETS ? 0 : 1;
    unsigned total = 0;
    struct grid g = { .style = STYLE_TABLE,
                      .has_heading = true,
                      .n_columns = N_TITLES - first,
                      .description = docx_in(d, TEXT_DIRECTIONS) };

    if (*c->symmetry) {
        docx_begin_kept(d, STYLE_NORMAL);
        docx_run(d, c->symmetry);
        docx_end(d);
    }
    for (size_t i = 0; i < g.n_columns; i++)
        total += parts[first + i];
    for (size_t i = 0; i < g.n_columns; i++)
        g.twips[i] = d->text_twips * parts[first + i] / total;
    docx_caption(d, TEXT_TABLE, docx_in(d, TEXT_DIRECTIONS));
    grid_begin(d, &g);
    grid_row_begin(d, true);
    for (size_t i = first; i < N_TITLES; i++)
        grid_text(d, &g, i - first, i < FIRST_NUMBER ? STYLE_CELL : STYLE_CELL_NUMBER,
                  docx_in(d, titles[i]));
    grid_row_end(d);
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_directions; i++)
            write_direction(d, &g, c->sets[s].label, &c->sets[s].directions[i]);
    }
    grid_end(d);
    docx_gap(d);
}

static void write_method(struct docx *d)
{
    char where[PARAGRAPH_BYTES];
    static const enum text limits[] = { TEXT_METHOD_RDMA,  TEXT_METHOD_VSWITCH, TEXT_METHOD_OFFLOAD,
                                        TEXT_METHOD_IPSEC, TEXT_METHOD_SMB,     TEXT_METHOD_LATER };

    docx_paragraph(d, STYLE_NORMAL, docx_in(d, TEXT_METHOD_HOW));
    for (size_t s = 0; s < d->c->n_sets; s++)
        docx_paragraph(d, STYLE_NORMAL, comparison_where(where, d->c, s));
    docx_heading(d, 3, docx_in(d, TEXT_METHOD_BLIND), false);
    for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++) {
        docx_bullet_begin(d);
        docx_run(d, docx_in(d, limits[i]));
        docx_end(d);
    }
    docx_paragraph(d, STYLE_NOTE, docx_in(d, TEXT_METHOD_UNITS));
}

enum page { PAGE_SAME, PAGE_NEW, PAGE_WIDE };

/* Wide tables come last, on pages of their own. */
static const struct chapter {
    enum text title;
    bool (*has)(const struct comparison *c);
    void (*write)(struct docx *d);
    enum page page;
} chapters[] = {
    { TEXT_SUMMARY, always, write_summary, PAGE_SAME },
    { TEXT_CAUSE_CHAPTER, comparison_has_why, docx_why, PAGE_NEW },
    { TEXT_NUMBERS, has_numbers, write_numbers, PAGE_NEW },
    { TEXT_PATH, has_pictures, write_paths, PAGE_SAME },
    { TEXT_RATES, has_rates, write_rates, PAGE_NEW },
    { TEXT_MEMORY_BY_NETWORK, has_bytes, write_bytes, PAGE_SAME },
    { TEXT_BYTES_BY_NIC, has_nics, write_nics, PAGE_SAME },
    { TEXT_DIRECTIONS, has_directions, write_directions, PAGE_SAME },
    { TEXT_FINDINGS_TO_DO, comparison_has_findings, docx_findings, PAGE_NEW },
    { TEXT_METHOD, always, write_method, PAGE_SAME },
    { TEXT_TEST, docx_test_has, docx_test, PAGE_SAME },
    { TEXT_EVIDENCE, always, docx_evidence, PAGE_WIDE },
    { TEXT_INPUTS_OPTIONS, always, docx_inputs, PAGE_SAME },
};

void docx_chapters(struct docx *d)
{
    char told[PHRASE_BYTES];

    for (size_t i = 0; i < sizeof(chapters) / sizeof(*chapters) && d->failed == 0; i++) {
        if (!chapters[i].has(d->c))
            continue;
        if (chapters[i].page == PAGE_WIDE)
            docx_turn_page(d);
        docx_heading(d, 1, docx_in(d, chapters[i].title), chapters[i].page == PAGE_NEW);
        chapters[i].write(d);
    }
    docx_paragraph(d, STYLE_NOTE,
                   text_with(told, sizeof(told), d->c->language, TEXT_MADE_BY, LMPATH_VERSION));
}
