/*
 * Reads XML as Word documents have it, piece by piece, and tells where each piece stands, so that a
 * document can be taken over but for what is put in: tags are matched, nothing is expanded. What
 * declares a document type, and with it entities, is refused; so is any encoding but UTF-8.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "src/base/error.h"

enum { SCAN_MAX_DEPTH = 256 };

enum scan_kind {
    SCAN_END,   /* of the document: every element is closed */
    SCAN_OPEN,  /* <a> */
    SCAN_CLOSE, /* </a> */
    SCAN_EMPTY, /* <a/> */
    SCAN_TEXT,  /* between tags, CDATA too */
    SCAN_OTHER, /* a comment or a processing instruction */
};

/* A part of the scanned text; not terminated. */
struct scan_text {
    const char *at;
    size_t n;
};

struct scan_token {
    enum scan_kind kind;
    size_t start, end;           /* offsets of the whole of it */
    size_t depth;                /* of elements around it; of a tag: around its element */
    struct scan_text name;       /* of a tag, without prefix */
    struct scan_text attributes; /* of a tag: as they stand there */
};

struct scan {
    const char *text;
    size_t n_bytes, at, depth;
    bool has_root;
    struct scan_text open[SCAN_MAX_DEPTH]; /* whole names of the open elements */
};

/* scan_begin() - @text is borrowed while scanning. */
void scan_begin(struct scan *s, const char *text, size_t n_bytes);
/*
 * scan_next() - Returns 1; 0 behind SCAN_END; ERR_INPUT or ERR_LIMIT, which names what is wrong and
 * the byte offset.
 */
int scan_next(struct scan *s, struct scan_token *ret_token, struct error *err);
/* scan_is() - is it a tag (of that kind) of an element so called? */
bool scan_is(const struct scan_token *t, enum scan_kind kind, const char *name);
/* scan_begins() - SCAN_OPEN or SCAN_EMPTY of an element so called. */
bool scan_begins(const struct scan_token *t, const char *name);
/* scan_attribute() - the value, as it stands there, of the attribute called @name with whatever
 * prefix. Returns false when there is none. */
bool scan_attribute(const struct scan_token *t, const char *name, struct scan_text *ret_value);
/* scan_equals() - letter by letter. */
bool scan_equals(struct scan_text text, const char *word);
