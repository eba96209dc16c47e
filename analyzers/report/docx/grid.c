/* Tables. */
#include "analyzers/report/docx/docx.h"
#include "analyzers/report/html.h"

void grid_begin(struct docx *d, const struct grid *g)
{
    unsigned total = 0;

    for (size_t i = 0; i < g->n_columns; i++)
        total += g->twips[i];
    fprintf(d->out,
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/><w:tblW w:w=\"%u\" w:type=\"dxa\"/>"
            "<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"%s\" w:firstRow=\"%d\" "
            "w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" "
            "w:noVBand=\"1\"/><w:tblDescription w:val=\"",
            d->styles->ids[g->style], total, g->has_heading ? "0620" : "0600", g->has_heading);
    html_text(d->out, g->description);
    fputs("\"/></w:tblPr><w:tblGrid>", d->out);
    for (size_t i = 0; i < g->n_columns; i++)
        fprintf(d->out, "<w:gridCol w:w=\"%u\"/>", g->twips[i]);
    fputs("</w:tblGrid>\n", d->out);
}

void grid_end(struct docx *d)
{
    fputs("</w:tbl>\n", d->out);
}

void grid_row_begin(struct docx *d, bool is_heading)
{
    fprintf(d->out, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>", is_heading ? "<w:tblHeader/>" : "");
}

void grid_row_end(struct docx *d)
{
    fputs("</w:tr>\n", d->out);
}

void grid_cell_begin(struct docx *d, const struct grid *g, size_t column,
                     const struct grid_cell *cell)
{
    size_t n = cell->n_joined > 1 ? cell->n_joined : 1;
    unsigned twips = 0;

    for (size_t i = 0; i < n; i++)
        twips += g->twips[column + i];
    fprintf(d->out, "<w:tc><w:tcPr><w:tcW w:w=\"%u\" w:type=\"dxa\"/>", twips);
    if (n > 1)
        fprintf(d->out, "<w:gridSpan w:val=\"%zu\"/>", n);
    if (cell->down != JOIN_NONE)
        fputs(cell->down == JOIN_BEGINS ? "<w:vMerge w:val=\"restart\"/>" : "<w:vMerge/>", d->out);
    if (cell->fill)
        fprintf(d->out, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%s\"/>", cell->fill);
    if (cell->is_centered)
        fputs("<w:vAlign w:val=\"center\"/>", d->out);
    fputs("</w:tcPr>", d->out);
}

void grid_cell_end(struct docx *d)
{
    fputs("</w:tc>", d->out);
}

void grid_text(struct docx *d, const struct grid *g, size_t column, enum style style,
               const char *text)
{
    const struct grid_cell plain = { 0 };

    grid_cell_begin(d, g, column, &plain);
    docx_paragraph(d, style, text);
    grid_cell_end(d);
}
