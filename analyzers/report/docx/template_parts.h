/* What is known of a template; for this folder alone. */
#pragma once

#include <stdbool.h>

#include "analyzers/report/docx/docx.h"
#include "analyzers/report/docx/template.h"

/* A part of a part's text. */
struct place {
    size_t from, to;
};

struct docx_template {
    struct archive_parts parts;
    char folder[ARCHIVE_NAME_BYTES]; /* of the document: "word/" */
    const struct archive_part *types, *document, *relations, *styles;
    const struct archive_part *properties; /* NULL: none */
    struct place report;                   /* in the document: what the report takes the place of */
    struct place section; /* of the w:sectPr that holds there; empty: there is none yet */
    bool is_last;         /* nothing stands between the report and the section's end */
    bool is_inner;        /* the section ends before the document does */
    struct docx_pages pages;
    char *rest_section; /* what the section's w:sectPr becomes behind the report; owned */
    struct style_ids ids;
    bool has_style[N_STYLES];
    bool has_bullets; /* its "List Bullet" has bullets */
    unsigned greatest_bookmark, greatest_drawing;
    size_t types_end, relations_end, styles_end; /* where to add to those parts */
};

/* template_in_part() - names the part in the text of a negative @r. Returns @r. */
int template_in_part(const struct archive_part *part, int r, struct error *err);
/* template_place() - report, section and what stands beside them in the document. Returns 0,
 * ERR_INPUT or ERR_LIMIT. */
int template_place(struct docx_template *t, struct error *err);
/* template_sections() - pages and rest_section, from section. Returns 0, ERR_INPUT or ERR_MEMORY.
 */
int template_sections(struct docx_template *t, struct error *err);
/* template_write() - the whole document with the report in it. */
int template_write(struct archive *to, const struct docx *d, const char *body, struct error *err);
