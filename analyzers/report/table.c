#include "analyzers/report/table.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "analyzers/report/html.h"
#include "analyzers/report/numbers.h"
#include "src/base/plain.h"

bool table_next(const struct table *t, const struct result *r, struct table_place *at,
                struct table_row *row)
{
    for (size_t i = 0; i < TABLE_MAX_COLUMNS; i++)
        row->cells[i][0] = '\0';
    return t->next(r, at, row);
}

bool table_has_rows(const struct table *t, const struct result *r)
{
    struct table_place at = { 0 };
    struct table_row row = { .language = LANGUAGE_EN };

    return table_next(t, r, &at, &row);
}

void table_measure(const struct table *t, const struct result *r, enum language language,
                   size_t max_rows, struct table_shape *ret_shape)
{
    struct table_place at = { 0 };
    struct table_row row = { .language = language };
    char plain[CELL_BYTES];

    *ret_shape = (struct table_shape){ 0 };
    while (t->columns[ret_shape->n_columns].title != TEXT_NONE)
        ret_shape->n_columns++;
    for (; ret_shape->n_rows < max_rows && table_next(t, r, &at, &row); ret_shape->n_rows++) {
        for (size_t i = 0; i < ret_shape->n_columns; i++) {
            unsigned width =
                plain_text(plain, sizeof(plain), row.cells[i], t->columns[i].max_columns);

            if (width > ret_shape->widths[i])
                ret_shape->widths[i] = width;
        }
    }
    for (size_t i = 0; i < ret_shape->n_columns; i++) {
        unsigned width = plain_columns(text_in(language, t->columns[i].title));

        if (ret_shape->widths[i] && width > ret_shape->widths[i])
            ret_shape->widths[i] = width;
    }
}

/* Blanks at the end of a line are kept back until something follows them. */
static void write_cell(FILE *out, unsigned *pending, const struct table_column *column,
                       unsigned width, const char *text)
{
    unsigned used = plain_columns(text), gap = width - used;

    if (column->is_number)
        *pending += gap;
    if (*text)
        fprintf(out, "%*s%s", (int)*pending, "", text);
    *pending = (*text ? 0 : *pending + used) + (column->is_number ? 0 : gap) + 2;
}

static void write_line(const struct table *t, const struct table_shape *shape, FILE *out,
                       unsigned indent, const struct table_row *row)
{
    unsigned pending = indent;

    for (size_t i = 0; i < shape->n_columns; i++) {
        char plain[CELL_BYTES];

        if (!shape->widths[i])
            continue;
        plain_text(plain, sizeof(plain),
                   row ? row->cells[i] : text_in(LANGUAGE_EN, t->columns[i].title),
                   row ? t->columns[i].max_columns : PLAIN_UNCUT);
        write_cell(out, &pending, &t->columns[i], shape->widths[i], plain);
    }
    fputc('\n', out);
}

void table_write_text(const struct table *t, const struct result *r, FILE *out, unsigned indent,
                      size_t max_rows)
{
    struct table_place at = { 0 };
    struct table_row row = { .language = LANGUAGE_EN };
    struct table_shape shape;

    table_measure(t, r, LANGUAGE_EN, max_rows, &shape);
    if (shape.n_rows == 0)
        return;
    write_line(t, &shape, out, indent, NULL);
    for (size_t i = 0; i < shape.n_rows && table_next(t, r, &at, &row); i++)
        write_line(t, &shape, out, indent, &row);
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) != 0;
}

/*
 * CommonMark takes any ASCII punctuation behind a backslash as it is; these are the ones that begin
 * something within a line (GFM's bare links too), the rest stays legible.
 */
static bool is_markup(const char *text, size_t i)
{
    switch (text[i]) {
    case '_':
        return i == 0 || !is_word(text[i - 1]) || !is_word(text[i + 1]);
    case ':':
        return text[i + 1] == '/' && text[i + 2] == '/';
    case '.':
        return i >= 3 && strncasecmp(text + i - 3, "www", 3) == 0;
    }
    return strchr("\\`*[]<>|~&#$@", text[i]) != NULL;
}

void markdown_text(FILE *out, const char *text)
{
    char plain[1024];

    plain_text(plain, sizeof(plain), text, PLAIN_UNCUT);
    for (size_t i = 0; plain[i]; i++) {
        if (is_markup(plain, i))
            fputc('\\', out);
        fputc(plain[i], out);
    }
}

void table_write_markdown(const struct table *t, const struct result *r, enum language language,
                          FILE *out)
{
    struct table_place at = { 0 };
    struct table_row row = { .language = language };
    struct table_shape shape;

    table_measure(t, r, language, SIZE_MAX, &shape);
    if (shape.n_rows == 0)
        return;
    fprintf(out, "\n## %s\n\n|", text_in(language, t->title));
    for (size_t i = 0; i < shape.n_columns; i++) {
        if (shape.widths[i])
            fprintf(out, " %s |", text_in(language, t->columns[i].title));
    }
    fputs("\n|", out);
    for (size_t i = 0; i < shape.n_columns; i++) {
        if (shape.widths[i])
            fputs(t->columns[i].is_number ? " ---: |" : " --- |", out);
    }
    fputc('\n', out);
    while (table_next(t, r, &at, &row)) {
        fputc('|', out);
        for (size_t i = 0; i < shape.n_columns; i++) {
            if (!shape.widths[i])
                continue;
            fputc(' ', out);
            markdown_text(out, row.cells[i]);
            fputs(" |", out);
        }
        fputc('\n', out);
    }
}

static void write_html_row(const struct table *t, const struct table_shape *shape, FILE *out,
                           const struct table_row *row)
{
    fputs("<tr>", out);
    for (size_t i = 0; i < shape->n_columns; i++) {
        if (!shape->widths[i])
            continue;
        fputs(t->columns[i].is_number ? "<td class=\"n\">" : "<td>", out);
        html_text(out, row->cells[i]);
        fputs("</td>", out);
    }
    fputs("</tr>\n", out);
}

void table_write_html(const struct table *t, const struct result *r, enum language language,
                      FILE *out, size_t max_rows)
{
    struct table_place at = { 0 };
    struct table_row row = { .language = language };
    struct table_shape shape;
    char count[UNITS_TEXT_BYTES];
    size_t n = 0;

    table_measure(t, r, language, SIZE_MAX, &shape);
    if (shape.n_rows == 0)
        return;
    fputs("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"", out);
    html_text(out, text_in(language, t->title));
    fputs("\">\n<table class=\"sortable\">\n<caption>", out);
    html_text(out, text_in(language, t->title));
    fputs("</caption>\n<thead><tr>", out);
    for (size_t i = 0; i < shape.n_columns; i++) {
        if (!shape.widths[i])
            continue;
        fputs(t->columns[i].is_number ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">",
              out);
        html_text(out, text_in(language, t->columns[i].title));
        fputs("</th>", out);
    }
    fputs("</tr></thead>\n<tbody>\n", out);
    for (; n < max_rows && table_next(t, r, &at, &row); n++)
        write_html_row(t, &shape, out, &row);
    fputs("</tbody>\n</table>\n</div>\n", out);
    if (n == shape.n_rows)
        return;
    fputs("<p class=\"note\">", out);
    html_with(out, language, TEXT_MORE_ROWS, count_in(language, count, shape.n_rows - n));
    fputs("</p>\n", out);
}
