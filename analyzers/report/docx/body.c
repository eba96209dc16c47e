/* Paragraphs and what stands in them. */
#include <string.h>

#include "analyzers/report/docx/docx.h"
#include "analyzers/report/html.h"
#include "analyzers/report/sentences.h"
#include "src/base/array.h"
#include "src/base/text.h"

enum {
    LINES_TWIPS = 4100,
    BARS_TWIPS = 1700, /* of a chart of bars, without them, */
    GROUP_TWIPS = 240, /* for each group of them, */
    BAR_TWIPS = 280,   /* and for each */
    BLOCK_LINE_BYTES = 1024
};

void docx_begin(struct docx *d, enum style style)
{
    fprintf(d->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", d->styles->ids[style]);
}

void docx_begin_kept(struct docx *d, enum style style)
{
    fprintf(d->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/><w:keepNext/></w:pPr>",
            d->styles->ids[style]);
}

void docx_end(struct docx *d)
{
    fputs("</w:p>\n", d->out);
}

static void write_text(struct docx *d, const char *text)
{
    fputs("<w:t xml:space=\"preserve\">", d->out);
    html_text(d->out, text);
    fputs("</w:t>", d->out);
}

void docx_run(struct docx *d, const char *text)
{
    fputs("<w:r>", d->out);
    write_text(d, text);
    fputs("</w:r>", d->out);
}

static void run_english(struct docx *d, const char *text)
{
    fputs("<w:r><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr>", d->out);
    write_text(d, text);
    fputs("</w:r>", d->out);
}

void docx_bold(struct docx *d, const char *text)
{
    fputs("<w:r><w:rPr><w:b/></w:rPr>", d->out);
    write_text(d, text);
    fputs("</w:r>", d->out);
}

void docx_icon(struct docx *d, const char *text)
{
    fputs("<w:r><w:rPr><w:rFonts w:ascii=\"Segoe UI Symbol\" w:eastAsia=\"Segoe UI Symbol\" "
          "w:hAnsi=\"Segoe UI Symbol\" w:cs=\"Segoe UI Symbol\"/></w:rPr>",
          d->out);
    write_text(d, text);
    fputs("</w:r>", d->out);
}

void docx_paragraph(struct docx *d, enum style style, const char *text)
{
    docx_begin(d, style);
    docx_run(d, text);
    docx_end(d);
}

static int remember(struct docx *d, unsigned level, const char *text)
{
    int r = array_reserve(&d->headings, &d->headings_capacity, d->n_headings + 1,
                          sizeof(*d->headings), DOCX_MAX_HEADINGS, NULL);
    char *copy = r < 0 ? NULL : text_copy(text);

    if (!copy)
        return r < 0 ? r : ERR_MEMORY;
    d->headings[d->n_headings++] = (struct docx_heading){ copy, level };
    return 0;
}

void docx_heading(struct docx *d, unsigned level, const char *text, bool starts_page)
{
    size_t number = d->n_headings;

    if (d->failed < 0)
        return;
    d->failed = remember(d, level, text);
    fprintf(d->out,
            "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr><w:bookmarkStart w:id=\"%zu\" "
            "w:name=\"_Toc%09zu\"/>",
            d->styles->ids[STYLE_HEADING_1 + level - 1], starts_page ? "<w:pageBreakBefore/>" : "",
            (size_t)d->first_bookmark + number, number + 1);
    docx_run(d, text);
    fprintf(d->out, "<w:bookmarkEnd w:id=\"%zu\"/></w:p>\n", (size_t)d->first_bookmark + number);
}

void docx_sentence(struct docx *d, const struct result *r, const char *where, const char *text)
{
    char words[SENTENCE_BYTES];
    bool is_translated = sentence_in(d->c->language, r, where, words, text);

    if (d->c->language == LANGUAGE_EN)
        docx_run(d, text);
    else if (is_translated)
        docx_run(d, words);
    else
        run_english(d, text);
}

void docx_bullet_begin(struct docx *d)
{
    fprintf(d->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>",
            d->styles->ids[STYLE_LIST_BULLET],
            d->bullets == BULLETS_LIST
                ? "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>"
                : "");
    if (d->bullets == BULLETS_TEXT)
        fputs("<w:r><w:t>\342\200\242</w:t><w:tab/></w:r>", d->out);
}

void docx_block(struct docx *d, const char *lines)
{
    docx_begin(d, STYLE_CODE);
    fputs("<w:r>", d->out);
    while (*lines) {
        char line[BLOCK_LINE_BYTES];
        size_t n = strcspn(lines, "\n"), shown = n < sizeof(line) - 1 ? n : sizeof(line) - 1;

        memcpy(line, lines, shown);
        line[shown] = '\0';
        if (shown == n && n > 0 && line[n - 1] == '\r')
            line[n - 1] = '\0';
        write_text(d, line);
        lines += shown == n ? n + (lines[n] == '\n') : shown;
        if (shown == n && *lines)
            fputs("<w:br/>", d->out);
    }
    fputs("</w:r>", d->out);
    docx_end(d);
}

void docx_caption(struct docx *d, enum text word, const char *text)
{
    const char *name = text_in(d->c->language, word);
    unsigned number = word == TEXT_FIGURE ? ++d->n_figures : ++d->n_tables;

    fprintf(d->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>", d->styles->ids[STYLE_CAPTION],
            word == TEXT_FIGURE ? "" : "<w:keepNext/>");
    fprintf(d->out,
            "<w:r><w:t xml:space=\"preserve\">%s </w:t></w:r><w:r><w:fldChar "
            "w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> SEQ %s \\* "
            "ARABIC </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r>"
            "<w:t>%u</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
            name, name, number);
    docx_run(d, ": ");
    docx_run(d, text);
    docx_end(d);
}

void docx_gap(struct docx *d)
{
    fprintf(d->out,
            "<w:p><w:pPr><w:pStyle w:val=\"%s\"/><w:spacing w:before=\"0\" w:after=\"0\" "
            "w:line=\"160\" w:lineRule=\"exact\"/></w:pPr></w:p>\n",
            d->styles->ids[STYLE_NORMAL]);
}

/* A paragraph with a drawing, up to what is drawn. */
static void drawing_begin(struct docx *d, const char *description, unsigned wide_twips,
                          unsigned high_twips, bool has_caption)
{
    unsigned number = d->next_drawing++;

    fprintf(d->out,
            "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s<w:spacing w:before=\"120\" w:after=\"%s\" "
            "w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:r><w:drawing><wp:inline "
            "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
            "distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"%lu\" cy=\"%lu\"/>"
            "<wp:docPr id=\"%u\" name=\"lmpath %u\" descr=\"",
            d->styles->ids[STYLE_NORMAL], has_caption ? "<w:keepNext/>" : "",
            has_caption ? "0" : "120", (unsigned long)wide_twips * EMU_PER_TWIP,
            (unsigned long)high_twips * EMU_PER_TWIP, number, number);
    html_text(d->out, description);
    fputs("\"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a=\"" DOCX_A "\">", d->out);
}

static void drawing_end(struct docx *d)
{
    fputs("</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>\n", d->out);
}

void docx_figure(struct docx *d, size_t chart)
{
    const struct chart *c = &d->charts[chart];
    size_t bars = c->n_categories * (GROUP_TWIPS + c->n_series * BAR_TWIPS);

    drawing_begin(d, c->description, d->text_twips,
                  c->kind == CHART_LINES ? LINES_TWIPS : BARS_TWIPS + (unsigned)bars, true);
    fprintf(d->out,
            "<a:graphicData uri=\"" DOCX_C "\"><c:chart xmlns:c=\"" DOCX_C "\" xmlns:r=\"" DOCX_R
            "\" r:id=\"lmpathChart%zu\"/>",
            chart + 1);
    drawing_end(d);
}

void docx_picture(struct docx *d, const char *id, const char *description, unsigned wide_twips,
                  unsigned high_twips)
{
    drawing_begin(d, description, wide_twips, high_twips, false);
    fprintf(d->out,
            "<a:graphicData uri=\"" DOCX_PICTURE "\"><pic:pic xmlns:pic=\"" DOCX_PICTURE
            "\"><pic:nvPicPr><pic:cNvPr id=\"0\" name=\"%s\"/><pic:cNvPicPr/></pic:nvPicPr>"
            "<pic:blipFill><a:blip xmlns:r=\"" DOCX_R "\" r:embed=\"%s\"/><a:stretch>"
            "<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>"
            "<a:ext cx=\"%lu\" cy=\"%lu\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>"
            "</a:prstGeom></pic:spPr></pic:pic>",
            id, id, (unsigned long)wide_twips * EMU_PER_TWIP,
            (unsigned long)high_twips * EMU_PER_TWIP);
    drawing_end(d);
}
