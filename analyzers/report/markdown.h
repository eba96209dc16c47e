/* Pieces of Markdown that a result's page and a report share. */
#pragma once

#include <stdio.h>

#include "analyzers/report/language.h"
#include "analyzers/result.h"

/* markdown_finding() - a finding of @r with its evidence and remedy, under a heading of its own. */
void markdown_finding(FILE *out, enum language language, const struct result *r,
                      const struct finding *f);
