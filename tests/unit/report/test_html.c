#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/report/sample.h"

static const struct report_options page = { .detail = REPORT_SUMMARY };

static const char *with_hostile_names(const char *format)
{
    struct result *r = sample_result();

    for (size_t i = 0; i < r->n_networks; i++)
        r->networks[i].name = HOSTILE;
    for (size_t i = 0; i < r->n_hosts; i++)
        r->hosts[i].name = HOSTILE;
    for (size_t i = 0; i < r->n_nics; i++)
        r->nics[i].name = r->nics[i].description = HOSTILE;
    r->findings[0].title = r->findings[0].detail = r->findings[0].remedy = HOSTILE;
    r->findings[0].powershell = TEXT("</code></pre><script>alert(1)</script>");
    r->reasons[0] = HOSTILE;
    return sample_write(r, format, &page);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;

    for (text = strstr(text, part); text; text = strstr(text + 1, part))
        n++;
    return n;
}

Test(html, is_one_page_that_loads_nothing)
{
    const char *at = sample_write(sample_result(), "html", &page);

    cr_assert(strncmp(at, "<!DOCTYPE html>\n", 16) == 0);
    cr_assert_eq(count(at, "src="), 0);
    cr_assert_eq(count(at, "http:"), 0);
    cr_assert_eq(count(at, "https:"), 0);
    cr_assert_eq(count(at, "<h1>"), 1);
    cr_assert(strstr(at, "default-src 'none'"));
}

Test(html, takes_no_orders_from_names)
{
    const char *at = with_hostile_names("html");

    cr_assert_eq(count(at, "<script>"), 1);
    cr_assert_eq(count(at, "<b>\xff"), 0);
    cr_assert(strchr(at, '\033') == NULL);
    cr_assert(strchr(at, '\r') == NULL);
    cr_assert(strstr(at, "\342\200\256") == NULL);
    cr_assert(strstr(at, "\\x1b[31mEvil\\x0d\\x0a| a | b |\\u202e`&lt;b&gt;?[x]"));
    cr_assert(strstr(at, "&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;alert(1)"));
}

Test(html, leaves_out_what_has_nothing_to_say)
{
    struct result *r = sample_result();
    size_t n_transfers = r->n_transfers, n_findings = r->n_findings;
    const char *at;

    r->n_transfers = 0;
    r->n_findings = 0;
    at = sample_write(r, "html", &page);
    r->n_transfers = n_transfers;
    r->n_findings = n_findings;
    cr_assert(strstr(at, "id=\"summary\""));
    cr_assert(strstr(at, "id=\"findings\"") == NULL);
    cr_assert(strstr(at, "id=\"rates\"") == NULL);
    cr_assert(strstr(at, "id=\"path\"") == NULL);
}

Test(junit, escapes_and_fails_with_what_to_do)
{
    const char *at = with_hostile_names("junit");

    cr_assert(strstr(at, "<failure type=\"LM101\" message=\"?[31mEvil"));
    cr_assert(strstr(at, "expected: nothing of this kind"));
    cr_assert(strstr(at, "\nwhat to do: ?[31mEvil"));
    cr_assert(strchr(at, '\033') == NULL);
    cr_assert(strstr(at, "`&lt;b&gt;?[x]"));
}

Test(prometheus, escapes_labels)
{
    struct result *r = sample_result();
    const char *at;

    for (size_t i = 0; i < r->n_networks; i++)
        r->networks[i].name = TEXT("a\"b\\c\nd");
    at = sample_write(r, "prometheus", &page);
    cr_assert(strstr(at, "network=\"a\\\"b\\\\c\\\\x0ad\""));
    cr_assert(strstr(at, "lmpath_verdict{set=\"result\",run=\"1\",verdict=\"wrong-network\"} 1\n"));
}
