/* The pieces of the HTML report, each in a file of its own. */
#pragma once

#include <stdio.h>

#include "analyzers/report/comparison.h"
#include "analyzers/report/sentences.h"

/* html_text() - text from outside, in an element or a quoted attribute: escaped, and what would
 * turn it around or hide in it made visible. */
void html_text(FILE *out, const char *text);
/* html_cut() - the same in at most @max_columns columns, for pictures. */
void html_cut(FILE *out, const char *text, unsigned max_columns);
/* html_with() - text_with()'s, escaped likewise. */
#define html_with(out, language, text, ...)                                                        \
    html_with_words(out, language, text, (const char *const[]){ __VA_ARGS__, NULL })
void html_with_words(FILE *out, enum language language, enum text text, const char *const words[]);

/* html_accent() - the accent colour, as CSS behind html_style. @b: NULL, none. */
void html_accent(FILE *out, const struct brand *b);
bool html_has_logo(const struct comparison *c);
/* html_logo() - the logo as an element, if there is one. */
void html_logo(FILE *out, const struct comparison *c);

/* html_sentence() - sentence_in()'s; what it can't translate is marked as English. */
void html_sentence(FILE *out, enum language language, const struct result *r, const char *where,
                   const char *sentence);

/* html_path() - the picture of one set's path: hosts, and networks as lanes between them. */
void html_path(FILE *out, const struct comparison *c, const struct comparison_set *set);
/* html_rates() - the chart of rates over time, all sets on one scale, and its values as a table. */
void html_rates(FILE *out, const struct comparison *c);
/* html_bytes() - the chart of bytes by network. */
void html_bytes(FILE *out, const struct comparison *c);

/* html_nics() - the chart of bytes by NIC, held against the VM's memory. */
void html_nics(FILE *out, const struct comparison *c);

/* html_finding() - one finding; of a cause what is told with it already is left out. */
void html_finding(FILE *out, const struct comparison *c, const struct comparison_finding *found);
/* html_why() - the chapter on the cause. */
void html_why(FILE *out, const struct comparison *c);

extern const char *const html_style[]; /* CSS, in parts, ended by NULL */
extern const char html_script[];       /* sorting and copying; the page is complete without it */
