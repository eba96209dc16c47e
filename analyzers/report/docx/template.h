/* A customer's Word document that a report is put into. */
#pragma once

#include <stddef.h>

#include "src/base/auto.h"
#include "src/base/error.h"

struct docx_template; /* opaque */

enum { DOCX_TEMPLATE_MAX_BYTES = 64 * 1024 * 1024 };

/*
 * docx_template_read() - from a file; the report goes to its bookmark called "lmpath", else to its
 * end.
 *
 * Returns 0; ERR_SYSTEM; ERR_INPUT (no Word document, damaged, or of a kind that nothing can be put
 * into); ERR_LIMIT; ERR_MEMORY. The text begins with the path and says what to do.
 */
int docx_template_read(struct docx_template **ret_template, const char *path, struct error *err);
/* docx_template_parse() - the same from bytes, for tests; they need not stay. */
int docx_template_parse(struct docx_template **ret_template, const void *bytes, size_t n_bytes,
                        struct error *err);
struct docx_template *docx_template_free(struct docx_template *t);
DEFINE_AUTO(docx_template)
