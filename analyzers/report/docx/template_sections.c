/*
 * The pages of a template that the report stands on: those of the section that it is put into, and
 * the same turned for wide tables.
 */
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/docx/scan.h"
#include "analyzers/report/docx/template_parts.h"
#include "src/base/memory_file.h"
#include "src/base/text.h"

enum {
    PAGE_SHORT = 11906, /* A4 and its usual margins, in twips, where a template tells none */
    PAGE_LONG = 16838,
    MARGIN = 1134,
    LEAST_TEXT = 3000, /* less is no page to put a report on */
    MOST_PAGE = 31680, /* 22 inches: what Word takes */
};

struct page {
    unsigned width, height, margins; /* left, right and gutter together */
};

enum variant { SECTION_UPRIGHT, SECTION_WIDE, SECTION_REST };

static unsigned twips_of(const struct scan_token *token, const char *name, unsigned otherwise)
{
    struct scan_text text;
    char digits[16];
    unsigned long value;

    if (!scan_attribute(token, name, &text) || text.n >= sizeof(digits))
        return otherwise;
    memcpy(digits, text.at, text.n);
    digits[text.n] = '\0';
    value = strtoul(digits, NULL, 10);
    return value > MOST_PAGE ? otherwise : (unsigned)value;
}

static void read_page(struct page *page, const struct scan_token *token)
{
    if (scan_begins(token, "pgSz")) {
        page->width = twips_of(token, "w", PAGE_SHORT);
        page->height = twips_of(token, "h", PAGE_LONG);
    } else if (scan_begins(token, "pgMar")) {
        page->margins = twips_of(token, "left", MARGIN) + twips_of(token, "right", MARGIN) +
                        twips_of(token, "gutter", 0);
    }
}

/* What only the first part of a divided section keeps: first page, page numbers, kind of break. */
static bool belongs(const struct scan_token *token, enum variant variant)
{
    static const char *const first[] = { "titlePg", "pgNumType", "type" };

    if (scan_begins(token, "sectPrChange"))
        return false;
    for (size_t i = 0; variant != SECTION_UPRIGHT && i < sizeof(first) / sizeof(*first); i++) {
        if (scan_begins(token, first[i]))
            return false;
    }
    return !(variant == SECTION_WIDE && scan_begins(token, "pgSz"));
}

static void write_wide(FILE *out, const struct page *page)
{
    bool is_wide = page->width > page->height;

    fprintf(out, "<w:pgSz w:w=\"%u\" w:h=\"%u\" w:orient=\"landscape\"/>",
            is_wide ? page->width : page->height, is_wide ? page->height : page->width);
}

/* The section's children, as they are but for what the variant changes. */
static int write_variant(FILE *out, const struct docx_template *t, struct page *page,
                         enum variant variant, struct error *err)
{
    const char *text = t->document->bytes + t->section.from;
    struct scan_token token;
    struct scan scan;
    size_t from = 0;
    bool keeps = false;
    int r;

    fputs("<w:sectPr>", out);
    scan_begin(&scan, text, t->section.to - t->section.from);
    while ((r = scan_next(&scan, &token, err)) > 0) {
        if (token.depth != 1 || token.kind == SCAN_TEXT || token.kind == SCAN_OTHER)
            continue;
        if (token.kind != SCAN_CLOSE) {
            from = token.start;
            keeps = belongs(&token, variant);
            read_page(page, &token);
            if (variant == SECTION_WIDE && scan_begins(&token, "pgSz"))
                write_wide(out, page);
        }
        if (token.kind != SCAN_OPEN && keeps)
            fwrite(text + from, 1, token.end - from, out);
    }
    fputs("</w:sectPr>", out);
    return r;
}

/* A document that tells no section has Word's own. */
static void write_default(FILE *out, enum variant variant)
{
    const struct page page = { PAGE_SHORT, PAGE_LONG, 0 };

    fputs("<w:sectPr>", out);
    if (variant == SECTION_WIDE)
        write_wide(out, &page);
    else
        fprintf(out, "<w:pgSz w:w=\"%d\" w:h=\"%d\"/>", PAGE_SHORT, PAGE_LONG);
    fprintf(out,
            "<w:pgMar w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"567\" "
            "w:footer=\"567\" w:gutter=\"0\"/></w:sectPr>",
            MARGIN, MARGIN, MARGIN, MARGIN);
}

static int make_variant(char **ret_text, const struct docx_template *t, struct page *page,
                        enum variant variant, struct error *err)
{
    AUTO(memory_file) memory = NULL;
    const char *text;
    size_t n_bytes;
    FILE *out;
    int r = memory_file_new(&memory, err);

    if (r < 0)
        return r;
    out = memory_file_begin(memory);
    if (!out)
        return error_memory(err);
    if (t->section.to > t->section.from)
        r = write_variant(out, t, page, variant, err);
    else
        write_default(out, variant);
    text = memory_file_end(memory, &n_bytes);
    *ret_text = text ? text_copy(text) : NULL;
    return *ret_text ? r : error_memory(err);
}

static unsigned text_width(unsigned width, unsigned margins)
{
    return width < margins + LEAST_TEXT ? LEAST_TEXT : width - margins;
}

int template_sections(struct docx_template *t, struct error *err)
{
    struct page page = { PAGE_SHORT, PAGE_LONG, 2 * MARGIN };
    int r = make_variant(&t->pages.upright, t, &page, SECTION_UPRIGHT, err);

    if (r == 0)
        r = make_variant(&t->pages.wide, t, &page, SECTION_WIDE, err);
    if (r == 0)
        r = make_variant(&t->rest_section, t, &page, SECTION_REST, err);
    t->pages.text_twips = text_width(page.width, page.margins);
    t->pages.wide_twips =
        text_width(page.width > page.height ? page.width : page.height, page.margins);
    return r;
}
