/* Where in a template's document the report goes, and on what pages. */
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/docx/scan.h"
#include "analyzers/report/docx/template_parts.h"

enum { NUMBER_BYTES = 16 };

static const char bookmark_name[] = "lmpath";

/* "12": 0 for what is none. */
static unsigned number_of(struct scan_text text)
{
    char digits[NUMBER_BYTES];
    unsigned long value;

    if (text.n >= sizeof(digits))
        return 0;
    memcpy(digits, text.at, text.n);
    digits[text.n] = '\0';
    value = strtoul(digits, NULL, 10);
    return value > INT32_MAX ? 0 : (unsigned)value;
}

enum { BODY_DEPTH = 2 }; /* of the body's children: document, body */

/* What is seen of the document while it is read. */
struct reading {
    struct place block;         /* the body's child that is open: a paragraph, a table, ... */
    bool in_block, has_content; /* is it anything but a paragraph with the bookmark alone? */
    bool wants_end;             /* the report goes behind that block */
    bool is_placed;
    struct place last_section;
    size_t section_depth;
    bool in_section, is_after; /* that section began behind the report's place */
    size_t body_end;
};

static int check_root(const struct scan_token *token, struct error *err)
{
    struct scan_text space;

    if (!scan_equals(token->name, "document"))
        return error_set(err, ERR_INPUT, "it is no Word document");
    if (scan_attribute(token, "xmlns:w", &space) && scan_equals(space, DOCX_W))
        return 0;
    return error_set(err, ERR_INPUT,
                     "it is of an unusual form (strict Open XML?), save it as an ordinary .docx");
}

/* A bookmark within a block: that is waited for, as pages turn between blocks alone. */
static void meet_bookmark(struct docx_template *t, struct reading *at,
                          const struct scan_token *token)
{
    struct scan_text name;

    if (at->is_placed || at->wants_end || token->depth < BODY_DEPTH ||
        !scan_attribute(token, "name", &name) || !scan_equals(name, bookmark_name))
        return;
    at->wants_end = at->in_block;
    at->is_placed = !at->in_block;
    if (at->is_placed)
        t->report = (struct place){ token->start, token->start };
}

static bool is_content(const struct scan_token *token)
{
    static const char *const names[] = {
        "t",      "drawing", "pict", "object", "fldChar",
        "sectPr", "br",      "sym",  "tab",    "footnoteReference"
    };

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if (scan_begins(token, names[i]))
            return true;
    }
    return false;
}

/* A paragraph that has the bookmark alone makes place for the report, others stay before it. */
static void meet_block(struct docx_template *t, struct reading *at, const struct scan_token *token)
{
    if (token->kind == SCAN_OPEN && token->depth == BODY_DEPTH) {
        at->in_block = true;
        at->has_content = !scan_equals(token->name, "p");
        at->block.from = token->start;
    } else if (token->kind == SCAN_CLOSE && token->depth == BODY_DEPTH) {
        at->in_block = false;
        if (!at->wants_end || at->is_placed)
            return;
        t->report = (struct place){ at->has_content ? token->end : at->block.from, token->end };
        at->is_placed = true;
    } else if (at->in_block && is_content(token)) {
        at->has_content = true;
    }
}

/* The first one behind the report, and the body's last one. */
static void meet_section(struct docx_template *t, struct reading *at,
                         const struct scan_token *token)
{
    if (scan_begins(token, "sectPr") && !at->in_section) {
        at->section_depth = token->depth;
        at->last_section = (struct place){ token->start, token->end };
        at->is_after = at->is_placed && t->section.to == 0;
        at->in_section = token->kind == SCAN_OPEN;
    } else if (scan_is(token, SCAN_CLOSE, "sectPr") && at->in_section &&
               token->depth == at->section_depth) {
        at->last_section.to = token->end;
        at->in_section = false;
    } else {
        return;
    }
    if (!at->in_section && at->is_after) {
        t->section = at->last_section;
        t->is_inner = at->section_depth != BODY_DEPTH;
    }
}

static void meet_number(unsigned *greatest, const struct scan_token *token)
{
    struct scan_text id;

    if (scan_attribute(token, "id", &id) && number_of(id) > *greatest)
        *greatest = number_of(id);
}

/*
 * Without a bookmark: before the body's own section, else at the end of the body. Where no section
 * holds for the report's place, there will be one at the end of the body.
 */
static int place_at_end(struct docx_template *t, const struct reading *at, struct error *err)
{
    if (at->body_end == 0)
        return error_set(err, ERR_INPUT, "it has no body");
    if (!at->is_placed) {
        bool has_section = at->last_section.to > 0 && at->section_depth == BODY_DEPTH;

        t->report.from = has_section ? at->last_section.from : at->body_end;
        t->report.to = t->report.from;
        if (has_section)
            t->section = at->last_section;
    }
    if (t->section.to == 0)
        t->section = (struct place){ at->body_end, at->body_end };
    return t->report.to <= t->section.from ? 0 : error_set(err, ERR_INPUT, "its body is malformed");
}

static bool is_blank(const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!strchr(" \t\r\n", text[i]) || !text[i])
            return false;
    }
    return true;
}

int template_place(struct docx_template *t, struct error *err)
{
    struct reading at = { 0 };
    struct scan_token token;
    struct scan scan;
    int r;

    scan_begin(&scan, t->document->bytes, t->document->n_bytes);
    while ((r = scan_next(&scan, &token, err)) > 0) {
        if (token.depth == 0 && (token.kind == SCAN_OPEN || token.kind == SCAN_EMPTY))
            r = check_root(&token, err);
        if (r < 0)
            return template_in_part(t->document, r, err);
        meet_block(t, &at, &token);
        meet_section(t, &at, &token);
        if (scan_begins(&token, "bookmarkStart")) {
            meet_number(&t->greatest_bookmark, &token);
            meet_bookmark(t, &at, &token);
        } else if (scan_begins(&token, "docPr")) {
            meet_number(&t->greatest_drawing, &token);
        } else if (scan_is(&token, SCAN_CLOSE, "body") && token.depth == 1) {
            at.body_end = token.start;
        }
    }
    if (r == 0)
        r = place_at_end(t, &at, err);
    if (r < 0)
        return template_in_part(t->document, r, err);
    t->is_last =
        !t->is_inner && is_blank(t->document->bytes + t->report.to, t->section.from - t->report.to);
    return 0;
}
