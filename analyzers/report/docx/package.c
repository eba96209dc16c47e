/* The report as a Word document: its parts put together. */
#include "analyzers/report/docx/package.h"

#include <stdlib.h>

#include "analyzers/report/docx/template_parts.h"
#include "analyzers/report/report.h"
#include "src/base/memory_file.h"

#define PACKAGE_NS "http://schemas.openxmlformats.org/package/2006/"
#define WORD_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."
#define CHART_TYPE "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
#define SHEET_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

/* ---- what the report adds to a document, whatever that is ---- */

static int add_chart(struct archive *to, const struct docx *d, size_t i, struct error *err)
{
    AUTO(archive) workbook = NULL;
    char name[ARCHIVE_NAME_BYTES];
    const void *bytes;
    size_t n_bytes;
    FILE *out;
    int r;

    snprintf(name, sizeof(name), "%scharts/lmpath%zu.xml", d->folder, i + 1);
    out = archive_begin(to, name);
    if (!out)
        return error_memory(err);
    chart_write(&d->charts[i], out);
    r = archive_end(to, err);
    if (r < 0)
        return r;
    snprintf(name, sizeof(name), "%scharts/_rels/lmpath%zu.xml.rels", d->folder, i + 1);
    out = archive_begin(to, name);
    if (!out)
        return error_memory(err);
    fprintf(out,
            DOCX_XML "<Relationships xmlns=\"" PACKAGE_NS "relationships\"><Relationship "
                     "Id=\"rId1\" Type=\"" DOCX_R "/package\" "
                     "Target=\"../embeddings/lmpath%zu.xlsx\"/></Relationships>\n",
            i + 1);
    r = archive_end(to, err);
    if (r == 0)
        r = archive_new(&workbook, err);
    if (r == 0)
        r = chart_workbook(&d->charts[i], workbook, err);
    if (r == 0)
        r = archive_finish(workbook, &bytes, &n_bytes, err);
    if (r < 0)
        return r;
    snprintf(name, sizeof(name), "%sembeddings/lmpath%zu.xlsx", d->folder, i + 1);
    return archive_add(to, name, bytes, n_bytes, err);
}

static const struct brand *logo_of(const struct docx *d)
{
    return d->c->brand && d->c->brand->logo_bytes ? d->c->brand : NULL;
}

/* "media/lmpath-logo.png", below word/. */
static char *logo_name(char to[ARCHIVE_NAME_BYTES], const char *folder, const struct brand *brand)
{
    snprintf(to, ARCHIVE_NAME_BYTES, "%smedia/lmpath-logo.%s", folder,
             image_type(brand->logo.kind) + sizeof("image/") - 1);
    return to;
}

static int add_additions(struct archive *to, const struct docx *d, struct error *err)
{
    const struct brand *brand = logo_of(d);
    char name[ARCHIVE_NAME_BYTES];
    int r = 0;

    for (size_t i = 0; i < d->n_charts && r == 0; i++)
        r = add_chart(to, d, i, err);
    if (brand && r == 0)
        r = archive_add(to, logo_name(name, d->folder, brand), brand->logo_bytes,
                        brand->n_logo_bytes, err);
    return r;
}

void package_write_relations(FILE *out, const struct docx *d)
{
    char name[ARCHIVE_NAME_BYTES];

    for (size_t i = 0; i < d->n_charts; i++)
        fprintf(out,
                "<Relationship Id=\"lmpathChart%zu\" Type=\"" DOCX_R
                "/chart\" Target=\"charts/lmpath%zu.xml\"/>\n",
                i + 1, i + 1);
    if (logo_of(d))
        fprintf(out, "<Relationship Id=\"lmpathLogo\" Type=\"" DOCX_R "/image\" Target=\"%s\"/>\n",
                logo_name(name, "", logo_of(d)));
}

void package_write_types(FILE *out, const struct docx *d)
{
    char name[ARCHIVE_NAME_BYTES];

    for (size_t i = 0; i < d->n_charts; i++)
        fprintf(out,
                "<Override PartName=\"/%scharts/lmpath%zu.xml\" ContentType=\"" CHART_TYPE
                "\"/>\n<Override PartName=\"/%sembeddings/lmpath%zu.xlsx\" "
                "ContentType=\"" SHEET_TYPE "\"/>\n",
                d->folder, i + 1, d->folder, i + 1);
    if (logo_of(d))
        fprintf(out, "<Override PartName=\"/%s\" ContentType=\"%s\"/>\n",
                logo_name(name, d->folder, logo_of(d)), image_type(logo_of(d)->logo.kind));
}

/* ---- a document of its own ---- */

static const struct own_part {
    const char *name, *type;
} own_parts[] = {
    { "word/document.xml", WORD_TYPE "document.main+xml" },
    { "word/styles.xml", WORD_TYPE "styles+xml" },
    { "word/numbering.xml", WORD_TYPE "numbering+xml" },
    { "word/settings.xml", WORD_TYPE "settings+xml" },
    { "word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml" },
    { "word/header1.xml", WORD_TYPE "header+xml" },
    { "word/header2.xml", WORD_TYPE "header+xml" },
    { "word/footer1.xml", WORD_TYPE "footer+xml" },
    { "word/footer2.xml", WORD_TYPE "footer+xml" },
    { "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml" },
    { "docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml" },
};

static void write_own_types(FILE *out, const struct docx *d, const char *body)
{
    (void)body;
    fputs(DOCX_XML "<Types xmlns=\"" PACKAGE_NS "content-types\">\n<Default Extension=\"rels\" "
                   "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\n"
                   "<Default Extension=\"xml\" ContentType=\"application/xml\"/>\n",
          out);
    for (size_t i = 0; i < sizeof(own_parts) / sizeof(*own_parts); i++)
        fprintf(out, "<Override PartName=\"/%s\" ContentType=\"%s\"/>\n", own_parts[i].name,
                own_parts[i].type);
    package_write_types(out, d);
    fputs("</Types>\n", out);
}

static void write_own_roots(FILE *out, const struct docx *d, const char *body)
{
    (void)d;
    (void)body;
    fputs(DOCX_XML
          "<Relationships xmlns=\"" PACKAGE_NS "relationships\">\n<Relationship Id=\"rId1\" "
          "Type=\"" DOCX_R "/officeDocument\" Target=\"word/document.xml\"/>\n<Relationship "
          "Id=\"rId2\" Type=\"" PACKAGE_NS "relationships/metadata/core-properties\" "
          "Target=\"docProps/core.xml\"/>\n<Relationship Id=\"rId3\" Type=\"" DOCX_R
          "/extended-properties\" Target=\"docProps/app.xml\"/>\n</Relationships>\n",
          out);
}

static void write_own_relations(FILE *out, const struct docx *d, const char *body)
{
    (void)body;
    fputs(DOCX_XML
          "<Relationships xmlns=\"" PACKAGE_NS "relationships\">\n"
          "<Relationship Id=\"rIdStyles\" Type=\"" DOCX_R "/styles\" Target=\"styles.xml\"/>\n"
          "<Relationship Id=\"rIdNumbering\" Type=\"" DOCX_R
          "/numbering\" Target=\"numbering.xml\"/>\n"
          "<Relationship Id=\"rIdSettings\" Type=\"" DOCX_R
          "/settings\" Target=\"settings.xml\"/>\n"
          "<Relationship Id=\"rIdTheme\" Type=\"" DOCX_R "/theme\" Target=\"theme/theme1.xml\"/>\n",
          out);
    for (int i = 1; i <= 2; i++)
        fprintf(out,
                "<Relationship Id=\"rIdHeader%d\" Type=\"" DOCX_R
                "/header\" Target=\"header%d.xml\"/>\n<Relationship Id=\"rIdFooter%d\" "
                "Type=\"" DOCX_R "/footer\" Target=\"footer%d.xml\"/>\n",
                i, i, i, i);
    package_write_relations(out, d);
    fputs("</Relationships>\n", out);
}

static void write_own_document(FILE *out, const struct docx *d, const char *body)
{
    fputs(DOCX_XML "<w:document xmlns:w=\"" DOCX_W "\" xmlns:r=\"" DOCX_R "\"><w:body>\n", out);
    fputs(body, out);
    fprintf(out, "%s</w:body></w:document>\n", d->is_wide ? d->pages->wide : d->pages->upright);
}

static void write_own_core(FILE *out, const struct docx *d, const char *body)
{
    (void)body;
    docx_write_properties(out, d->c);
}

static void write_own_app(FILE *out, const struct docx *d, const char *body)
{
    (void)d;
    (void)body;
    fputs(DOCX_XML "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/"
                   "extended-properties\"><Application>lmpath</Application></Properties>\n",
          out);
}

static int write_own(struct archive *to, const struct docx *d, const char *body, struct error *err)
{
    static const struct {
        const char *name;
        void (*write)(FILE *out, const struct docx *d, const char *body);
    } parts[] = {
        { "[Content_Types].xml", write_own_types },
        { "_rels/.rels", write_own_roots },
        { "word/document.xml", write_own_document },
        { "word/_rels/document.xml.rels", write_own_relations },
        { "docProps/core.xml", write_own_core },
        { "docProps/app.xml", write_own_app },
    };
    int r = 0;

    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && r == 0; i++) {
        FILE *out = archive_begin(to, parts[i].name);

        if (!out)
            return error_memory(err);
        parts[i].write(out, d, body);
        r = archive_end(to, err);
    }
    return r == 0 ? docx_add_fixed(to, d, err) : r;
}

/* ---- the whole ---- */

/* The chapters first: contents need their headings, and charts are counted with them. */
static int write_body(struct docx *d, struct memory_file *chapters, struct memory_file *whole,
                      const char **ret_body, struct error *err)
{
    const char *text;
    size_t n_bytes;

    d->out = memory_file_begin(chapters);
    if (!d->out)
        return error_memory(err);
    docx_chapters(d);
    text = memory_file_end(chapters, &n_bytes);
    if (!text || d->failed == ERR_MEMORY)
        return error_memory(err);
    if (d->failed < 0)
        return error_set(err, d->failed, "the report has more than %d headings", DOCX_MAX_HEADINGS);
    d->out = memory_file_begin(whole);
    if (!d->out)
        return error_memory(err);
    d->text_twips = d->pages->text_twips; /* before the pages that are turned */
    docx_title(d);
    docx_contents(d);
    fwrite(text, 1, n_bytes, d->out);
    *ret_body = memory_file_end(whole, &n_bytes);
    return *ret_body ? 0 : error_memory(err);
}

static void docx_release(struct docx *d)
{
    for (size_t i = 0; i < d->n_charts; i++)
        chart_release(&d->charts[i]);
    for (size_t i = 0; i < d->n_headings; i++)
        free(d->headings[i].text);
    free(d->headings);
}

static int write_parts(struct docx *d, FILE *out, struct error *err)
{
    AUTO(memory_file) chapters = NULL;
    AUTO(memory_file) whole = NULL;
    AUTO(archive) archive = NULL;
    const char *body;
    const void *bytes;
    size_t n_bytes;
    int r = memory_file_new(&chapters, err);

    if (r == 0)
        r = memory_file_new(&whole, err);
    if (r == 0)
        r = archive_new(&archive, err);
    if (r == 0)
        r = write_body(d, chapters, whole, &body, err);
    if (r == 0)
        r = d->c->docx_template ? template_write(archive, d, body, err)
                                : write_own(archive, d, body, err);
    if (r == 0)
        r = add_additions(archive, d, err);
    if (r == 0)
        r = archive_finish(archive, &bytes, &n_bytes, err);
    if (r == 0)
        fwrite(bytes, 1, n_bytes, out);
    return r;
}

static int write_alone(struct docx *d, FILE *out, struct error *err)
{
    struct docx_pages pages = { 0 };
    struct style_ids styles;
    int r = docx_pages_own(&pages, err);

    styles_own_ids(&styles);
    d->styles = &styles;
    d->bullets = BULLETS_LIST;
    d->pages = &pages;
    d->text_twips = pages.text_twips;
    if (r == 0)
        r = write_parts(d, out, err);
    docx_pages_release(&pages);
    return r;
}

static int write_into(struct docx *d, const struct docx_template *t, FILE *out, struct error *err)
{
    d->folder = t->folder;
    d->styles = &t->ids;
    d->bullets = t->has_bullets ? BULLETS_STYLE : BULLETS_TEXT;
    d->pages = &t->pages;
    d->text_twips = t->pages.text_twips;
    d->first_bookmark += t->greatest_bookmark;
    d->next_drawing += t->greatest_drawing;
    return write_parts(d, out, err);
}

int report_write_docx(const struct comparison *c, FILE *out, struct error *err)
{
    struct docx d = { .c = c, .folder = "word/", .first_bookmark = 1, .next_drawing = 1 };
    int r =
        c->docx_template ? write_into(&d, c->docx_template, out, err) : write_alone(&d, out, err);

    docx_release(&d);
    return r;
}
