#include "analyzers/report/docx/scan.h"

#include <criterion/criterion.h>
#include <string.h>

/* Scans to the end. Returns what scan_next() came to. */
static int scan_all(const char *text, size_t n_bytes, struct error *err)
{
    struct scan_token token;
    struct scan scan;
    int r;

    scan_begin(&scan, text, n_bytes);
    while ((r = scan_next(&scan, &token, err)) > 0)
        continue;
    return r;
}

static int scan_text(const char *text, struct error *err)
{
    return scan_all(text, strlen(text), err);
}

Test(scan, tells_the_pieces_in_order)
{
    static const char text[] = "<?xml version='1.0'?><w:a><b/>t<!-- > --></w:a>";
    static const enum scan_kind kinds[] = { SCAN_OTHER, SCAN_OPEN,  SCAN_EMPTY,
                                            SCAN_TEXT,  SCAN_OTHER, SCAN_CLOSE };
    struct scan_token token;
    struct scan scan;

    scan_begin(&scan, text, strlen(text));
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        cr_assert_eq(scan_next(&scan, &token, NULL), 1);
        cr_assert_eq(token.kind, kinds[i]);
    }
    cr_assert(scan_is(&token, SCAN_CLOSE, "a"));
    cr_assert_eq(token.depth, 0);
    cr_assert_eq(token.end, strlen(text));
    cr_assert_eq(scan_next(&scan, &token, NULL), 0);
}

Test(scan, finds_attributes_by_their_local_names)
{
    struct scan_token token;
    struct scan_text value;
    struct scan scan;

    scan_begin(&scan, "<a w:id='1' r:type=\"x>y\" />", 27);
    cr_assert_eq(scan_next(&scan, &token, NULL), 1);
    cr_assert(scan_attribute(&token, "type", &value));
    cr_assert(scan_equals(value, "x>y"));
    cr_assert(scan_attribute(&token, "w:id", &value));
    cr_assert(scan_equals(value, "1"));
    cr_assert_not(scan_attribute(&token, "d", &value));
}

Test(scan, refuses_every_cut)
{
    static const char text[] = "<a b='c'><d><!-- e --><![CDATA[f]]></d></a>";
    struct error err;

    cr_assert_eq(scan_text(text, NULL), 0);
    for (size_t n = 0; n + 1 < sizeof(text); n++)
        cr_assert_eq(scan_all(text, n, &err), ERR_INPUT);
}

Test(scan, refuses_what_is_not_well_formed)
{
    static const char *const texts[] = { "<a></b>",        "</a>",       "<a/><b/>", "<a/>text",
                                         "<a b=c/>",       "<a b='<'/>", "< a/>",    "<a b/>",
                                         "<a><b></a></b>", "<a b='c/>",  "<=/>" };
    struct error err;

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        err.text[0] = '\0';
        cr_expect_eq(scan_text(texts[i], &err), ERR_INPUT);
        cr_expect(err.text[0] != '\0');
    }
}

Test(scan, refuses_entities)
{
    struct error err;

    cr_assert_eq(scan_text("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", &err), ERR_INPUT);
    cr_assert_str_eq(err.text, "byte 0: it declares a document type, which no Word document does");
}

Test(scan, reads_utf8_alone)
{
    struct error err;

    cr_assert_eq(scan_text("\357\273\277<?xml version='1.0' encoding='utf-8'?><a/>", NULL), 0);
    cr_assert_eq(scan_text("<?xml version='1.0' encoding='ISO-8859-1'?><a/>", &err), ERR_INPUT);
    cr_assert_eq(scan_all("<\0a\0/\0>\0", 8, &err), ERR_INPUT);
}

Test(scan, goes_so_deep)
{
    enum { TAG = 3 };
    char text[(SCAN_MAX_DEPTH + 1) * TAG];
    struct error err;

    for (size_t i = 0; i <= SCAN_MAX_DEPTH; i++)
        memcpy(text + i * TAG, "<a>", TAG);
    cr_assert_eq(scan_all(text, sizeof(text) - TAG, &err), ERR_INPUT);
    cr_assert_eq(scan_all(text, sizeof(text), &err), ERR_LIMIT);
}
