/* The workbook within a chart: one sheet (SpreadsheetML, ECMA-376 part 1, clause 18). */
#include <math.h>

#include "analyzers/report/docx/chart.h"
#include "analyzers/report/docx/docx.h"
#include "analyzers/report/html.h"

#define SHEET_NS "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define PACKAGE_RELS "http://schemas.openxmlformats.org/package/2006/relationships"

static const struct {
    const char *name, *content;
} fixed_parts[] = {
    { "[Content_Types].xml",
      DOCX_XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
               "<Default Extension=\"rels\" "
               "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
               "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
               "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
               "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
               "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/"
               "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>\n" },
    { "_rels/.rels",
      DOCX_XML "<Relationships xmlns=\"" PACKAGE_RELS "\"><Relationship Id=\"rId1\" Type=\"" DOCX_R
               "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>\n" },
    { "xl/workbook.xml", DOCX_XML "<workbook xmlns=\"" SHEET_NS "\" xmlns:r=\"" DOCX_R
                                  "\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"rId1\"/>"
                                  "</sheets></workbook>\n" },
    { "xl/_rels/workbook.xml.rels",
      DOCX_XML "<Relationships xmlns=\"" PACKAGE_RELS "\"><Relationship Id=\"rId1\" Type=\"" DOCX_R
               "/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>\n" },
};

static void write_text_cell(FILE *out, size_t column, size_t row, const char *text)
{
    char name[4];

    fprintf(out, "<c r=\"%s%zu\" t=\"inlineStr\"><is><t xml:space=\"preserve\">",
            chart_column_name(name, column), row);
    html_text(out, text);
    fputs("</t></is></c>", out);
}

static void write_number_cell(FILE *out, size_t column, size_t row, double value)
{
    char name[4];

    if (isnan(value))
        return;
    fprintf(out, "<c r=\"%s%zu\"><v>%.9g</v></c>", chart_column_name(name, column), row, value);
}

static void write_heading(FILE *out, const struct chart *c)
{
    fputs("<row r=\"1\">", out);
    if (c->kind == CHART_BARS)
        write_text_cell(out, 0, 1, c->y_title);
    for (size_t i = 0; i < c->n_series; i++) {
        if (c->kind == CHART_LINES)
            write_text_cell(out, chart_x_column(c, i), 1, c->x_title);
        write_text_cell(out, chart_y_column(c, i), 1, c->series[i].name);
    }
    fputs("</row>\n", out);
}

static void write_row(FILE *out, const struct chart *c, size_t i)
{
    fprintf(out, "<row r=\"%zu\">", i + 2);
    if (c->kind == CHART_BARS && i < c->n_categories)
        write_text_cell(out, 0, i + 2, c->categories[i]);
    for (size_t k = 0; k < c->n_series; k++) {
        const struct chart_series *s = &c->series[k];

        if (i >= s->n)
            continue;
        if (c->kind == CHART_LINES)
            write_number_cell(out, chart_x_column(c, k), i + 2, s->x[i]);
        write_number_cell(out, chart_y_column(c, k), i + 2, s->y[i]);
    }
    fputs("</row>\n", out);
}

int chart_workbook(const struct chart *c, struct archive *to, struct error *err)
{
    size_t n_rows = c->n_categories;
    FILE *out;

    for (size_t i = 0; i < sizeof(fixed_parts) / sizeof(*fixed_parts); i++) {
        out = archive_begin(to, fixed_parts[i].name);
        if (!out)
            return error_memory(err);
        fputs(fixed_parts[i].content, out);
        if (archive_end(to, err) < 0)
            return ERR_MEMORY;
    }
    for (size_t i = 0; i < c->n_series; i++)
        n_rows = c->series[i].n > n_rows ? c->series[i].n : n_rows;
    out = archive_begin(to, "xl/worksheets/sheet1.xml");
    if (!out)
        return error_memory(err);
    fputs(DOCX_XML "<worksheet xmlns=\"" SHEET_NS "\"><sheetData>\n", out);
    write_heading(out, c);
    for (size_t i = 0; i < n_rows; i++)
        write_row(out, c, i);
    fputs("</sheetData></worksheet>\n", out);
    return archive_end(to, err);
}
