/*
 * Input: a Word document as a template, or, when it begins with '<', a part of one. Checked: the
 * pieces of a part follow each other without a gap, and what is refused says why.
 */
#include <stdint.h>
#include <stdlib.h>

#include "analyzers/report/docx/scan.h"
#include "analyzers/report/docx/template.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

static void scan_part(const char *text, size_t n_bytes)
{
    struct error err = { "" };
    struct scan_token token;
    struct scan_text value;
    struct scan scan;
    size_t at;
    int r;

    scan_begin(&scan, text, n_bytes);
    at = scan.at;
    while ((r = scan_next(&scan, &token, &err)) > 0) {
        if (token.start != at || token.end <= token.start || token.end > n_bytes)
            abort();
        if (scan_attribute(&token, "w", &value) &&
            (value.at < text || value.at + value.n > text + n_bytes))
            abort();
        at = token.end;
    }
    if (r < 0 ? !err.text[0] : at != n_bytes)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    AUTO(docx_template) template = NULL;
    struct error err = { "" };

    if (n_bytes > 0 && bytes[0] == '<')
        scan_part((const char *)bytes, n_bytes);
    else if (docx_template_parse(&template, bytes, n_bytes, &err) < 0 && !err.text[0])
        abort();
    return 0;
}
