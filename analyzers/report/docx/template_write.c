/* A template's document with the report in it: what is not changed is copied. */
#include <string.h>

#include "analyzers/report/docx/package.h"
#include "analyzers/report/docx/template_parts.h"

static void copy(FILE *out, const struct archive_part *part, size_t from, size_t to)
{
    fwrite(part->bytes + from, 1, to - from, out);
}

/* A template for documents becomes a document. */
static void write_types(FILE *out, const struct docx_template *t, const struct docx *d,
                        const char *body)
{
    static const char is[] = "wordprocessingml.template.main+xml",
                      becomes[] = "wordprocessingml.document.main+xml";
    const char *found = strstr(t->types->bytes, is);
    size_t at = found ? (size_t)(found - t->types->bytes) : t->types_end;

    (void)body;
    at = at < t->types_end ? at : t->types_end;
    copy(out, t->types, 0, at);
    if (at < t->types_end) {
        fputs(becomes, out);
        copy(out, t->types, at + sizeof(is) - 1, t->types_end);
    }
    package_write_types(out, d);
    copy(out, t->types, t->types_end, t->types->n_bytes);
}

static void write_relations(FILE *out, const struct docx_template *t, const struct docx *d,
                            const char *body)
{
    (void)body;
    copy(out, t->relations, 0, t->relations_end);
    package_write_relations(out, d);
    copy(out, t->relations, t->relations_end, t->relations->n_bytes);
}

static void write_styles(FILE *out, const struct docx_template *t, const struct docx *d,
                         const char *body)
{
    char accent[8];

    (void)body;
    copy(out, t->styles, 0, t->styles_end);
    for (enum style s = 0; s < N_STYLES; s++) {
        if (!t->has_style[s] && s != STYLE_HEADER && s != STYLE_FOOTER)
            style_write(out, s, &t->ids, docx_accent(accent, d->c));
    }
    copy(out, t->styles, t->styles_end, t->styles->n_bytes);
}

static void write_document(FILE *out, const struct docx_template *t, const struct docx *d,
                           const char *body)
{
    const char *page = d->is_wide ? t->pages.wide : t->pages.upright;

    copy(out, t->document, 0, t->report.from);
    fputs(body, out);
    if (!t->is_last)
        fprintf(out,
                "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" "
                "w:lineRule=\"exact\"/>%s</w:pPr></w:p>",
                page);
    copy(out, t->document, t->report.to, t->section.from);
    fputs(t->is_last ? page : t->rest_section, out);
    copy(out, t->document, t->section.to, t->document->n_bytes);
}

static void write_properties(FILE *out, const struct docx_template *t, const struct docx *d,
                             const char *body)
{
    (void)t;
    (void)body;
    docx_write_properties(out, d->c);
}

typedef void part_writer(FILE *out, const struct docx_template *t, const struct docx *d,
                         const char *body);

static int add_changed(struct archive *to, const struct archive_part *part, part_writer *write,
                       const struct docx_template *t, const struct docx *d, const char *body,
                       struct error *err)
{
    FILE *out = archive_begin(to, part->name);

    if (!out)
        return error_memory(err);
    write(out, t, d, body);
    return archive_end(to, err);
}

int template_write(struct archive *to, const struct docx *d, const char *body, struct error *err)
{
    const struct docx_template *t = d->c->docx_template;
    const struct {
        const struct archive_part *part;
        part_writer *write;
    } changed[] = {
        { t->types, write_types },           { t->document, write_document },
        { t->relations, write_relations },   { t->styles, write_styles },
        { t->properties, write_properties },
    };
    enum { N_CHANGED = sizeof(changed) / sizeof(*changed) };
    int r = add_changed(to, t->types, write_types, t, d, body, err);

    for (size_t i = 0; i < t->parts.n && r == 0; i++) {
        const struct archive_part *part = &t->parts.parts[i];
        size_t k = 0;

        while (k < N_CHANGED && changed[k].part != part)
            k++;
        if (k == N_CHANGED)
            r = archive_add(to, part->name, part->bytes, part->n_bytes, err);
        else if (k > 0) /* the types stand first */
            r = add_changed(to, part, changed[k].write, t, d, body, err);
    }
    return r;
}
