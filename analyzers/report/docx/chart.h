/*
 * A native Word chart: numbers that stand in the chart and in a workbook within the document, so
 * that it shows everywhere and can be edited.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "analyzers/report/docx/archive.h"

enum {
    CHART_MAX = 4, /* of a document */
    CHART_MAX_SERIES = 16,
    CHART_TITLE_BYTES = 256,
    CHART_UNIT_BYTES = 16,
};

enum chart_kind { CHART_LINES, CHART_BARS };

/* The theme's accents; a series of the second has dashed lines, so that no colour is needed. */
enum chart_color { CHART_ACCENT_1 = 1, CHART_ACCENT_2 = 2, CHART_ACCENT_6 = 6 };

struct chart_series {
    char *name;               /* owned, as the arrays are */
    size_t n;                 /* points */
    double *x, *y;            /* y is NAN where it is unknown */
    bool *is_hatched;         /* of each bar; NULL with lines */
    enum chart_color *colors; /* of each bar; NULL: the series' */
    enum chart_color color;
};

struct chart {
    enum chart_kind kind;
    char description[CHART_TITLE_BYTES * 8]; /* for those who don't see it */
    char x_title[CHART_TITLE_BYTES];         /* of lines */
    char y_title[CHART_TITLE_BYTES];
    char unit[CHART_UNIT_BYTES]; /* "GiB": what values are told in */
    char **categories;           /* of bars; owned */
    size_t n_categories;
    struct chart_series series[CHART_MAX_SERIES];
    size_t n_series;
};

/* chart_write() - the chart's part; its workbook is the relationship "rId1". */
void chart_write(const struct chart *c, FILE *out);
/* chart_workbook() - the numbers as a workbook, into @to. Returns 0, ERR_LIMIT or ERR_MEMORY. */
int chart_workbook(const struct chart *c, struct archive *to, struct error *err);
void chart_release(struct chart *c);

/*
 * Where the workbook's sheet has what, so that the chart's references fit: lines have two columns a
 * series, x and y; bars one for the categories and one a series. Row 1 holds the names.
 */
size_t chart_x_column(const struct chart *c, size_t series);
size_t chart_y_column(const struct chart *c, size_t series);
/* chart_column_name() - "A", "AB". */
char *chart_column_name(char to[4], size_t column);
