/* The parts that a document has of its own when there is no template to take them from. */
#include <string.h>

#include "analyzers/report/docx/docx.h"
#include "analyzers/report/html.h"
#include "src/base/text.h"

enum { PAGE_SHORT = 11906, PAGE_LONG = 16838, MARGIN = 1134 }; /* A4, in twips */
enum { EDGE_COLUMNS = 48 };                                    /* of a text in a header */

#define DRAWING_FORMATS                                                                            \
    "<a:fmtScheme name=\"Office\"><a:fillStyleLst>" FILL FILL FILL "</a:fillStyleLst>"             \
    "<a:lnStyleLst>" LINE LINE LINE "</a:lnStyleLst><a:effectStyleLst>" EFFECT EFFECT EFFECT       \
    "</a:effectStyleLst><a:bgFillStyleLst>" FILL FILL FILL "</a:bgFillStyleLst></a:fmtScheme>"
#define FILL "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
#define LINE "<a:ln w=\"9525\">" FILL "<a:prstDash val=\"solid\"/></a:ln>"
#define EFFECT "<a:effectStyle><a:effectLst/></a:effectStyle>"

int docx_pages_own(struct docx_pages *ret_pages, struct error *err)
{
    static const char format[] =
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rIdHeader%d\"/><w:footerReference "
        "w:type=\"default\" r:id=\"rIdFooter%d\"/><w:type w:val=\"nextPage\"/><w:pgSz w:w=\"%d\" "
        "w:h=\"%d\"%s/><w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" "
        "w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/><w:cols w:space=\"708\"/></w:sectPr>";

    ret_pages->upright =
        text_format(format, 1, 1, PAGE_SHORT, PAGE_LONG, "", MARGIN, MARGIN, MARGIN, MARGIN);
    ret_pages->wide = text_format(format, 2, 2, PAGE_LONG, PAGE_SHORT, " w:orient=\"landscape\"",
                                  MARGIN, MARGIN, MARGIN, MARGIN);
    ret_pages->text_twips = PAGE_SHORT - 2 * MARGIN;
    ret_pages->wide_twips = PAGE_LONG - 2 * MARGIN;
    return ret_pages->upright && ret_pages->wide ? 0 : error_memory(err);
}

void docx_pages_release(struct docx_pages *pages)
{
    free(pages->upright);
    free(pages->wide);
}

char *docx_accent(char to[8], const struct comparison *c)
{
    struct brand_color color = { 0x0b, 0x57, 0xa4 };

    if (c->brand && c->brand->has_accent)
        color = brand_text_color(c->brand, GROUND_LIGHT);
    snprintf(to, 8, "%02X%02X%02X", color.red, color.green, color.blue);
    return to;
}

static void write_theme(FILE *out, const struct docx *d)
{
    char accent[8];

    fprintf(out,
            DOCX_XML
            "<a:theme xmlns:a=\"" DOCX_A "\" name=\"lmpath\"><a:themeElements><a:clrScheme "
            "name=\"lmpath\"><a:dk1><a:srgbClr val=\"17202E\"/></a:dk1><a:lt1><a:srgbClr "
            "val=\"FFFFFF\"/></a:lt1><a:dk2><a:srgbClr val=\"404A5A\"/></a:dk2><a:lt2><a:srgbClr "
            "val=\"EDF0F5\"/></a:lt2><a:accent1><a:srgbClr val=\"%s\"/></a:accent1><a:accent2>"
            "<a:srgbClr val=\"A8480C\"/></a:accent2><a:accent3><a:srgbClr val=\"0A6640\"/>"
            "</a:accent3><a:accent4><a:srgbClr val=\"A1122A\"/></a:accent4><a:accent5><a:srgbClr "
            "val=\"7A4A00\"/></a:accent5><a:accent6><a:srgbClr val=\"515D70\"/></a:accent6>"
            "<a:hlink><a:srgbClr val=\"%s\"/></a:hlink><a:folHlink><a:srgbClr val=\"515D70\"/>"
            "</a:folHlink></a:clrScheme>",
            docx_accent(accent, d->c), accent);
    fputs("<a:fontScheme name=\"lmpath\"><a:majorFont><a:latin typeface=\"Calibri\"/><a:ea "
          "typeface=\"\"/><a:cs typeface=\"\"/></a:majorFont><a:minorFont><a:latin "
          "typeface=\"Calibri\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:minorFont>"
          "</a:fontScheme>" DRAWING_FORMATS "</a:themeElements></a:theme>\n",
          out);
}

/* "en-GB" */
static const char *language_code(const struct comparison *c)
{
    static const char *const names[N_LANGUAGES] = {
        [LANGUAGE_EN] = "en-GB", [LANGUAGE_NL] = "nl-NL"
    };

    return names[c->language];
}

static void write_settings(FILE *out, const struct docx *d)
{
    fprintf(out,
            DOCX_XML
            "<w:settings xmlns:w=\"" DOCX_W "\"><w:zoom w:percent=\"100\"/><w:defaultTabStop "
            "w:val=\"708\"/><w:characterSpacingControl w:val=\"doNotCompress\"/><w:updateFields "
            "w:val=\"true\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" "
            "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
            "<w:themeFontLang w:val=\"%s\"/><w:clrSchemeMapping w:bg1=\"light1\" w:t1=\"dark1\" "
            "w:bg2=\"light2\" w:t2=\"dark2\" w:accent1=\"accent1\" w:accent2=\"accent2\" "
            "w:accent3=\"accent3\" w:accent4=\"accent4\" w:accent5=\"accent5\" "
            "w:accent6=\"accent6\" w:hyperlink=\"hyperlink\" "
            "w:followedHyperlink=\"followedHyperlink\"/></w:settings>\n",
            language_code(d->c));
}

static void write_styles(FILE *out, const struct docx *d)
{
    char accent[8];

    styles_write(out, d->styles, docx_accent(accent, d->c), language_code(d->c));
}

static void write_numbering(FILE *out, const struct docx *d)
{
    (void)d;
    fputs(DOCX_XML
          "<w:numbering xmlns:w=\"" DOCX_W "\"><w:abstractNum w:abstractNumId=\"0\">"
          "<w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>"
          "<w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\342\200\242\"/><w:lvlJc "
          "w:val=\"left\"/><w:pPr><w:ind w:left=\"360\" w:hanging=\"360\"/></w:pPr></w:lvl>"
          "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
          "</w:numbering>\n",
          out);
}

/* Two texts, at the left margin and at the right one. */
static void write_edge(FILE *out, const struct docx *d, const char *element, enum style style,
                       unsigned twips, void (*left)(FILE *out, const struct docx *d),
                       void (*right)(FILE *out, const struct docx *d))
{
    fprintf(out, DOCX_XML "<w:%s xmlns:w=\"" DOCX_W "\"><w:p><w:pPr><w:pStyle w:val=\"%s\"/>",
            element, d->styles->ids[style]);
    if (twips != d->pages->text_twips) /* where the style has its tab */
        fprintf(out,
                "<w:tabs><w:tab w:val=\"clear\" w:pos=\"%u\"/><w:tab w:val=\"right\" "
                "w:pos=\"%u\"/></w:tabs>",
                d->pages->text_twips, twips);
    fputs("</w:pPr>", out);
    left(out, d);
    fputs("<w:r><w:tab/></w:r>", out);
    right(out, d);
    fprintf(out, "</w:p></w:%s>\n", element);
}

static void write_words(FILE *out, const char *text)
{
    if (!text)
        return;
    fputs("<w:r><w:t xml:space=\"preserve\">", out);
    html_cut(out, text, EDGE_COLUMNS);
    fputs("</w:t></w:r>", out);
}

static void write_report_kind(FILE *out, const struct docx *d)
{
    write_words(out, text_in(d->c->language, TEXT_REPORT_KIND));
}

static void write_subject(FILE *out, const struct docx *d)
{
    write_words(out, d->c->title.customer ? d->c->title.customer : d->c->title.cluster);
}

static void write_reference(FILE *out, const struct docx *d)
{
    write_words(out, d->c->title.reference ? d->c->title.reference : d->c->title.date);
}

static void write_field(FILE *out, const char *field)
{
    fprintf(out,
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText "
            "xml:space=\"preserve\"> %s </w:instrText></w:r><w:r><w:fldChar "
            "w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar "
            "w:fldCharType=\"end\"/></w:r>",
            field);
}

/* "Page {1} of {2}" with fields for the numbers. */
static void write_page_number(FILE *out, const struct docx *d)
{
    const char *at = text_in(d->c->language, TEXT_PAGE_OF);

    while (*at) {
        size_t n = strcspn(at, "{");

        if (n > 0)
            fprintf(out, "<w:r><w:t xml:space=\"preserve\">%.*s</w:t></w:r>", (int)n, at);
        at += n;
        if (*at) {
            write_field(out, at[1] == '1' ? "PAGE" : "NUMPAGES");
            at += sizeof("{1}") - 1;
        }
    }
}

static void write_header(FILE *out, const struct docx *d)
{
    write_edge(out, d, "hdr", STYLE_HEADER, d->pages->text_twips, write_report_kind, write_subject);
}

static void write_wide_header(FILE *out, const struct docx *d)
{
    write_edge(out, d, "hdr", STYLE_HEADER, d->pages->wide_twips, write_report_kind, write_subject);
}

static void write_footer(FILE *out, const struct docx *d)
{
    write_edge(out, d, "ftr", STYLE_FOOTER, d->pages->text_twips, write_reference,
               write_page_number);
}

static void write_wide_footer(FILE *out, const struct docx *d)
{
    write_edge(out, d, "ftr", STYLE_FOOTER, d->pages->wide_twips, write_reference,
               write_page_number);
}

int docx_add_fixed(struct archive *to, const struct docx *d, struct error *err)
{
    static const struct {
        const char *name;
        void (*write)(FILE *out, const struct docx *d);
    } parts[] = {
        { "word/styles.xml", write_styles },     { "word/numbering.xml", write_numbering },
        { "word/settings.xml", write_settings }, { "word/theme/theme1.xml", write_theme },
        { "word/header1.xml", write_header },    { "word/header2.xml", write_wide_header },
        { "word/footer1.xml", write_footer },    { "word/footer2.xml", write_wide_footer },
    };
    int r = 0;

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && r == 0; i++) {
        FILE *out = archive_begin(to, parts[i].name);

        if (!out)
            return error_memory(err);
        parts[i].write(out, d);
        r = archive_end(to, err);
    }
    return r;
}

/* "2026-11-22": what the properties take for a date. */
static bool is_date(const char *text)
{
    static const char form[] = "0000-00-00";

    for (size_t i = 0; form[i]; i++) {
        if (form[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    }
    return !text[sizeof(form) - 1];
}

static void write_property(FILE *out, const char *element, const char *text)
{
    if (!text || !*text)
        return;
    fprintf(out, "<%s>", element);
    html_text(out, text);
    fprintf(out, "</%s>", element);
}

void docx_write_properties(FILE *out, const struct comparison *c)
{
    fputs(DOCX_XML
          "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/"
          "core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
          "xmlns:dcterms=\"http://purl.org/dc/terms/\" "
          "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">",
          out);
    write_property(
        out, "dc:title",
        text_in(c->language, c->n_sets == N_SETS ? TEXT_QUESTION_COMPARED : TEXT_QUESTION));
    write_property(out, "dc:subject", c->title.cluster ? c->title.cluster : c->title.customer);
    write_property(out, "dc:creator", c->title.author);
    write_property(out, "dc:description", c->title.reference);
    write_property(out, "dc:language", language_code(c));
    if (c->title.date && is_date(c->title.date))
        fprintf(out, "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%sT00:00:00Z</dcterms:created>",
                c->title.date);
    fputs("</cp:coreProperties>\n", out);
}
