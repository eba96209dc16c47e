/* The named styles of the document. */
#pragma once

#include <stdio.h>

enum style {
    STYLE_NORMAL,
    STYLE_TITLE,
    STYLE_SUBTITLE,
    STYLE_HEADING_1,
    STYLE_HEADING_2,
    STYLE_HEADING_3,
    STYLE_CONTENTS_HEADING,
    STYLE_CONTENTS_1,
    STYLE_CONTENTS_2,
    STYLE_CAPTION,
    STYLE_LIST_BULLET,
    STYLE_HEADER,
    STYLE_FOOTER,
    STYLE_LEAD,
    STYLE_NOTE,
    STYLE_WARNING,
    STYLE_GOOD,
    STYLE_BAD,
    STYLE_UNSURE,
    STYLE_CODE,
    STYLE_CELL,
    STYLE_CELL_NUMBER,
    STYLE_CELL_SMALL,
    STYLE_CELL_SMALL_NUMBER,
    STYLE_CELL_CENTERED,
    STYLE_TABLE_NORMAL,
    STYLE_TABLE,
    STYLE_TABLE_BARE,
    N_STYLES
};

enum { STYLE_ID_BYTES = 64 };

/* By what ids the styles are known in a document. */
struct style_ids {
    char ids[N_STYLES][STYLE_ID_BYTES];
};

/* styles_own_ids() - as a document without a template has them. */
void styles_own_ids(struct style_ids *ret_ids);
/* style_name() - "heading 1": by it a template's style is known. A constant. */
const char *style_name(enum style style);
/* style_type() - "paragraph", "table". A constant. */
const char *style_type(enum style style);
/* styles_write() - the whole part. @accent: "0B57A4"; @language: "en-GB". */
void styles_write(FILE *out, const struct style_ids *ids, const char *accent, const char *language);
/* style_write() - one style. */
void style_write(FILE *out, enum style style, const struct style_ids *ids, const char *accent);
