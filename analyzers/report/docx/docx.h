/*
 * The pieces of the DOCX report (Office Open XML, ECMA-376), each in a file of its own; for this
 * folder alone. Elements stand in the order that the standard's schemas want.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "analyzers/report/comparison.h"
#include "analyzers/report/docx/archive.h"
#include "analyzers/report/docx/chart.h"
#include "analyzers/report/docx/styles.h"

enum {
    DOCX_MAX_HEADINGS = 4096,
    DOCX_MAX_COLUMNS = 16, /* of a table */
    EMU_PER_TWIP = 635,
};

#define DOCX_W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCX_R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define DOCX_A "http://schemas.openxmlformats.org/drawingml/2006/main"
#define DOCX_C "http://schemas.openxmlformats.org/drawingml/2006/chart"
#define DOCX_PICTURE "http://schemas.openxmlformats.org/drawingml/2006/picture"
#define DOCX_XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"

struct docx_heading {
    char *text;
    unsigned level; /* from 1 */
};

/* The pages that text stands on. */
struct docx_pages {
    char *upright, *wide;            /* their w:sectPr, whole; owned */
    unsigned text_twips, wide_twips; /* from margin to margin */
};

/* Where a list's bullets come from: written as text, the template's style, or our own numbering. */
enum bullets { BULLETS_TEXT, BULLETS_STYLE, BULLETS_LIST };

/* The body being written. */
struct docx {
    FILE *out;
    const struct comparison *c;
    const struct style_ids *styles;
    unsigned n_figures, n_tables;
    unsigned first_bookmark; /* the first heading's */
    unsigned next_drawing;   /* its number, alone in the document */
    const char *folder;      /* of the document's parts: "word/" */
    enum bullets bullets;
    const struct docx_pages *pages;
    bool is_wide;
    unsigned text_twips; /* from margin to margin, here */
    struct chart charts[CHART_MAX];
    size_t n_charts;
    struct docx_heading *headings; /* for the table of contents */
    size_t n_headings, headings_capacity;
    int failed; /* 0, or the first negative code */
};

/* ---- body.c: paragraphs and runs ---- */

/* docx_begin() - a paragraph; docx_end() ends it. */
void docx_begin(struct docx *d, enum style style);
void docx_end(struct docx *d);
/* docx_begin_kept() - one that stays on the page of what follows. */
void docx_begin_kept(struct docx *d, enum style style);
/* docx_run() - text within a paragraph; text from outside is made harmless. */
void docx_run(struct docx *d, const char *text);
void docx_bold(struct docx *d, const char *text);
/* docx_icon() - a symbol that text fonts lack. */
void docx_icon(struct docx *d, const char *text);
/* docx_paragraph() - all of it. */
void docx_paragraph(struct docx *d, enum style style, const char *text);
/* docx_heading() - @level from 1; remembered for the table of contents. */
void docx_heading(struct docx *d, unsigned level, const char *text, bool starts_page);
/* docx_sentence() - sentence_in() as a run; one that has no translation is marked as English. */
void docx_sentence(struct docx *d, const struct result *r, const char *where, const char *text);
/* docx_bullet_begin() - an item of a list; docx_end() ends it. */
void docx_bullet_begin(struct docx *d);
/* docx_block() - lines of commands, as they are. */
void docx_block(struct docx *d, const char *lines);
/* docx_caption() - "Figure 3: text"; the number is a field that Word keeps right. */
void docx_caption(struct docx *d, enum text word, const char *text);
/* docx_gap() - an empty line of little height, to part tables from what follows. */
void docx_gap(struct docx *d);
/* docx_picture() - that of relationship @id, in a paragraph of its own. */
void docx_picture(struct docx *d, const char *id, const char *description, unsigned wide_twips,
                  unsigned high_twips);
/* docx_figure() - the chart number @chart of the document. */
void docx_figure(struct docx *d, size_t chart);

/* ---- grid.c: tables ---- */

struct grid {
    enum style style;
    bool has_heading;        /* its first row is one */
    const char *description; /* for those who don't see it */
    unsigned twips[DOCX_MAX_COLUMNS];
    size_t n_columns;
};

enum join { JOIN_NONE, JOIN_BEGINS, JOIN_GOES_ON };

struct grid_cell {
    const char *fill;  /* "F4F6F9"; NULL: the style's */
    unsigned n_joined; /* columns that it spans, 0 or 1: its own */
    enum join down;    /* with the cells below and above */
    bool is_centered;  /* top to bottom */
};

void grid_begin(struct docx *d, const struct grid *g);
void grid_end(struct docx *d);
/* A row is never split over pages; a heading row stands on top of each page. */
void grid_row_begin(struct docx *d, bool is_heading);
void grid_row_end(struct docx *d);
/* grid_cell_begin() - column @column; paragraphs follow, at least one. */
void grid_cell_begin(struct docx *d, const struct grid *g, size_t column,
                     const struct grid_cell *cell);
void grid_cell_end(struct docx *d);
/* grid_text() - a whole cell. */
void grid_text(struct docx *d, const struct grid *g, size_t column, enum style style,
               const char *text);

/* ---- result_table.c, path.c, figures.c, front.c, chapters.c and what it is made of ---- */

struct table;

/* docx_table() - with a caption; nothing when there is no row. */
void docx_table(struct docx *d, const struct table *t, const struct result *r);

/* docx_path() - the picture of one set's path, as a table whose lines are as thick as shares. */
void docx_path(struct docx *d, const struct comparison_set *set);
/* figure_rates() and the like - charts of what comparisons hold. Return 1, 0: nothing to draw,
 * or ERR_MEMORY. @ret_chart is released by chart_release() in any case. */
int figure_rates(struct chart *ret_chart, const struct comparison *c, struct error *err);
int figure_nics(struct chart *ret_chart, const struct comparison *c, struct error *err);
int figure_bytes(struct chart *ret_chart, const struct comparison *c, struct error *err);
/* docx_in() - text_in() in the report's language. */
const char *docx_in(const struct docx *d, enum text text);
/* docx_finding() - one, with its evidence and what mends it. */
void docx_finding(struct docx *d, const struct comparison_finding *found);
/* docx_test_has() - was a command watched, or something marked? */
bool docx_test_has(const struct comparison *c);
/* Chapters with files of their own. */
void docx_why(struct docx *d);
void docx_findings(struct docx *d);
void docx_test(struct docx *d);
void docx_evidence(struct docx *d);
void docx_inputs(struct docx *d);
/* docx_chapters() - all that is in the body, but for title and contents. */
void docx_chapters(struct docx *d);
/* docx_title() - what stands before the contents. */
void docx_title(struct docx *d);
/* docx_contents() - of the headings that are known. */
void docx_contents(struct docx *d);
/* docx_turn_page() - what follows stands on wide pages. */
void docx_turn_page(struct docx *d);

/* ---- parts.c: the parts that a document without a template needs ---- */

/* docx_pages_own() - A4. Returns 0 or ERR_MEMORY. */
int docx_pages_own(struct docx_pages *ret_pages, struct error *err);
void docx_pages_release(struct docx_pages *pages);
/* docx_add_fixed() - theme, settings, headers, footers, styles. Returns 0, ERR_LIMIT or ERR_MEMORY.
 */
int docx_add_fixed(struct archive *to, const struct docx *d, struct error *err);
/* docx_accent() - the colour of headings, "0B57A4", as it reads on white. */
char *docx_accent(char to[8], const struct comparison *c);
/* docx_write_properties() - title, author and the like. */
void docx_write_properties(FILE *out, const struct comparison *c);
