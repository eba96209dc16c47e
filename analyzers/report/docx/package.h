/* What a report adds to the parts of a document, whatever that is; for this folder alone. */
#pragma once

#include <stdio.h>

#include "analyzers/report/docx/docx.h"

/* package_write_relations() - from the document to charts and logo. */
void package_write_relations(FILE *out, const struct docx *d);
/* package_write_types() - theirs. */
void package_write_types(FILE *out, const struct docx *d);
