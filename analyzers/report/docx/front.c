/* What stands before the chapters, and what parts them. */
#include "analyzers/report/docx/docx.h"

enum { CONTENTS_LEVELS = 2 };

static void write_entry(struct docx *d, size_t i)
{
    const struct docx_heading *h = &d->headings[i];

    docx_begin(d, h->level == 1 ? STYLE_CONTENTS_1 : STYLE_CONTENTS_2);
    if (i == 0)
        fputs("<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText "
              "xml:space=\"preserve\"> TOC \\o \"1-2\" \\h \\z \\u </w:instrText></w:r><w:r>"
              "<w:fldChar w:fldCharType=\"separate\"/></w:r>",
              d->out);
    fprintf(d->out, "<w:hyperlink w:anchor=\"_Toc%09zu\" w:history=\"1\">", i + 1);
    docx_run(d, h->text);
    fputs("</w:hyperlink>", d->out);
    docx_end(d);
}

void docx_contents(struct docx *d)
{
    fputs("<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/>"
          "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>\n",
          d->out);
    docx_paragraph(d, STYLE_CONTENTS_HEADING, text_in(d->c->language, TEXT_CONTENTS));
    for (size_t i = 0; i < d->n_headings; i++) {
        if (d->headings[i].level <= CONTENTS_LEVELS)
            write_entry(d, i);
    }
    docx_begin(d, STYLE_NORMAL);
    fputs("<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>", d->out);
    docx_end(d);
    fputs("</w:sdtContent></w:sdt>\n", d->out);
}

void docx_turn_page(struct docx *d)
{
    fprintf(d->out,
            "<w:p><w:pPr><w:pStyle w:val=\"%s\"/><w:spacing w:before=\"0\" w:after=\"0\" "
            "w:line=\"20\" w:lineRule=\"exact\"/>%s</w:pPr></w:p>\n",
            d->styles->ids[STYLE_NORMAL], d->pages->upright);
    d->is_wide = true;
    d->text_twips = d->pages->wide_twips;
}
