/* Pieces of Markdown that a result's page and a report share. */
#pragma once

#include <stdio.h>

#include "analyzers/report/comparison.h"

/* markdown_sentence() - sentence_in()'s. */
void markdown_sentence(FILE *out, enum language language, const struct result *r, const char *where,
                       const char *sentence);
/* markdown_powershell() - commands as a block of code. */
void markdown_powershell(FILE *out, const char *text);
/* markdown_finding() - a finding of @r with its evidence and remedy, under a heading of its own. */
void markdown_finding(FILE *out, enum language language, const struct result *r,
                      const struct finding *f);
/* markdown_why() - the report's chapter on the cause, if there is something to tell. */
void markdown_why(FILE *out, const struct comparison *c);
