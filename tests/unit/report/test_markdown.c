#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/report/sample.h"

static const struct report_options page = { .detail = REPORT_SUMMARY };

Test(markdown, begins_with_the_verdict)
{
    const char *at = sample_write(sample_result(), "markdown", &page);

    cr_assert(strncmp(at, "# WRONG NETWORK: 100 % of the memory (198 MiB) went over Management",
                      67) == 0);
    cr_assert(strstr(at, "\n- both ends of the connection are in 10.10.0.0/24\n"));
}

Test(markdown, makes_tables)
{
    const char *at = sample_write(sample_result(), "markdown", &page);

    cr_assert(strstr(at, "\n## Transfers\n\n| from | to | network | bytes | time | rate |\n"
                         "| --- | --- | --- | ---: | ---: | ---: |\n"
                         "| HV01 (10.10.0.1) | 10.10.0.2 | Management | 198 MiB | 1.75 s | 951 "
                         "Mbit/s |\n"));
    cr_assert(strstr(at, "\n## Connections that bear on the answer\n"));
}

Test(markdown, shows_what_to_do)
{
    const char *at = sample_write(sample_result(), "markdown", &page);

    cr_assert(strstr(at, "\n### LM101 (error): memory on the wrong network\n\nthe memory went"));
    cr_assert(strstr(at, "\n- bytes: 207,925,976\n"));
    cr_assert(strstr(at, "\n**To do:** put Storage1 first\n"));
    cr_assert(strstr(at, "\n```powershell\nGet-ClusterNetwork\nSet-It 1\n```\n"));
}

Test(markdown, takes_no_orders_from_names)
{
    struct result *r = sample_result();
    const char *at;

    r->networks[0].name = HOSTILE;
    r->verdict = VERDICT_INCONCLUSIVE;
    r->reasons[0] = HOSTILE;
    r->findings[0].title = HOSTILE;
    at = sample_write(r, "markdown", &page);
    cr_assert(strchr(at, '\033') == NULL);
    cr_assert(strchr(at, '\r') == NULL);
    cr_assert(strstr(at, "# INCONCLUSIVE: \\\\x1b\\[31mEvil\\\\x0d\\\\x0a\\| a \\| b "
                         "\\|\\\\u202e\\`\\<b\\>?\\[x\\](http\\://e.vil)\n"));
}

Test(markdown, fences_powershell_that_contains_a_fence)
{
    struct result *r = sample_result();

    r->findings[0].powershell = TEXT("one\n```\n````two");
    cr_assert(strstr(sample_write(r, "markdown", &page),
                     "\n`````powershell\none\n```\n````two\n`````\n"));
}
