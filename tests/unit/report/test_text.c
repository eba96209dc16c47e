#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/report/sample.h"

static const struct report_options brief = { .detail = REPORT_SUMMARY };
static const struct report_options whole = { .detail = REPORT_ALL };
static const struct report_options colored = { .use_color = true, .detail = REPORT_SUMMARY };

Test(text, begins_with_the_verdict)
{
    const char *at = sample_write(sample_result(), "text", &brief);

    cr_assert(strstr(at, "WRONG NETWORK: 100 % of the memory (198 MiB) went over Management, not "
                         "over Storage1\n") == at);
}

Test(text, shows_transfers_and_findings_in_ten_lines)
{
    const char *at = sample_write(sample_result(), "text", &brief);

    cr_assert_str_eq(strchr(at, '\n') + 1,
                     "\n"
                     "  from              to         network       bytes    time        rate\n"
                     "  HV01 (10.10.0.1)  10.10.0.2  Management  198 MiB  1.75 s  951 Mbit/s\n"
                     "\n"
                     "error LM101: memory on the wrong network\n"
                     "  the memory went over Management\n"
                     "  to do: put Storage1 first\n"
                     "info LM205: packets seen twice\n"
                     "  12 duplicates\n");
}

Test(text, is_one_line_when_only_the_verdict_is_wanted)
{
    const struct report_options quiet = { .detail = REPORT_VERDICT };

    cr_assert_eq(sample_lines(sample_write(sample_result(), "text", &quiet)), 1);
}

Test(text, keeps_to_ten_lines_whatever_there_is)
{
    struct result_transfer transfers[30];
    struct finding findings[30];
    char *reasons[9];

    for (size_t n_transfers = 0; n_transfers <= 30; n_transfers += 3) {
        for (size_t n_findings = 0; n_findings <= 30; n_findings += 2) {
            for (size_t n_reasons = 0; n_reasons <= 9; n_reasons += 3) {
                struct result *r = sample_result();
                const char *at;

                for (size_t i = 0; i < 30; i++) {
                    transfers[i] = r->transfers[0];
                    findings[i] = r->findings[0];
                }
                for (size_t i = 0; i < 9; i++)
                    reasons[i] = r->reasons[0];
                r->transfers = transfers;
                r->findings = findings;
                r->reasons = reasons;
                r->n_transfers = n_transfers;
                r->n_findings = n_findings;
                r->n_reasons = n_reasons;
                at = sample_write(r, "text", &brief);
                cr_assert(sample_lines(at) <= 10);
                cr_assert_eq(strstr(at, "LM101") != NULL, n_findings > 0);
                cr_assert_eq(strstr(at, "to do") != NULL, n_findings > 0);
                cr_assert_eq(strstr(at, "HV01") != NULL, n_transfers > 0);
            }
        }
    }
}

Test(text, tells_the_reasons_of_an_open_answer)
{
    struct result *r = sample_result();
    const char *at;

    r->verdict = VERDICT_INCONCLUSIVE;
    r->reasons[0] = TEXT("it is not known where the memory should go");
    at = sample_write(r, "text", &brief);
    cr_assert(strstr(at, "INCONCLUSIVE: it is not known where the memory should go\n"
                         "  both ends of the connection are in 10.10.0.0/24\n") == at);
}

Test(text, wraps_sentences_and_still_keeps_to_ten_lines)
{
    struct result *r = sample_result();
    const char *at;

    r->findings[0].detail =
        TEXT("one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
             "fifteen sixteen seventeen eighteen nineteen twenty");
    r->findings[0].remedy = TEXT("first this; then that. And more.");
    at = sample_write(r, "text", &brief);
    cr_assert(strstr(at,
                     "\n  one two three four five six seven eight nine ten eleven twelve thirteen"
                     "\n  fourteen fifteen sixteen seventeen eighteen nineteen twenty\n"
                     "  to do: first this\n"));
    cr_assert_eq(sample_lines(at), 9);
}

Test(text, says_what_it_left_out)
{
    struct result *r = sample_result();
    struct result_transfer transfers[9];
    struct finding findings[5];

    for (size_t i = 0; i < 9; i++)
        transfers[i] = r->transfers[0];
    for (size_t i = 0; i < 5; i++)
        findings[i] = r->findings[0];
    r->transfers = transfers;
    r->n_transfers = 9;
    r->findings = findings;
    r->n_findings = 5;
    cr_assert(
        strstr(sample_write(r, "text", &brief),
               "\n... 7 more transfers and 3 more findings: LM101 (3 times) (-v shows all)\n"));
}

Test(text, names_the_one_finding_it_left_out)
{
    struct result *r = sample_result();

    r->findings[0].detail =
        TEXT("one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
             "fifteen sixteen seventeen eighteen nineteen twenty one two three four five six seven "
             "eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen");
    r->findings[1].detail = r->findings[0].detail;
    cr_assert(strstr(sample_write(r, "text", &brief),
                     "\n... 1 more finding: LM205 packets seen twice (-v shows all)\n"));
}

Test(text, wraps_an_open_answer_unless_one_line_is_wanted)
{
    const struct report_options quiet = { .detail = REPORT_VERDICT };
    struct result *r = sample_result();

    r->verdict = VERDICT_INCONCLUSIVE;
    r->reasons[0] = TEXT("one two three four five six seven eight nine ten eleven twelve thirteen");
    cr_assert(
        strstr(sample_write(r, "text", &brief),
               "INCONCLUSIVE: one two three four five six seven eight nine ten eleven twelve\n"
               "  thirteen\n"));
    cr_assert_str_eq(sample_write(r, "text", &quiet),
                     "INCONCLUSIVE: one two three four five six seven eight nine ten eleven twelve "
                     "thirteen\n");
}

Test(text, keeps_the_end_of_a_long_path)
{
    struct result *r = sample_result();
    const char *at;

    r->inputs[0].path = TEXT("/very/long/path/that/nobody/wants/to/read/in/a/table/of/captures/"
                             "hv01.pcapng");
    at = sample_write(r, "text", &whole);
    cr_assert(strstr(at, "\n  ..."));
    cr_assert(strstr(at, "/captures/hv01.pcapng  pcapng  "));
    cr_assert(strstr(at, "/very/long") == NULL);
}

Test(text, shows_everything_when_asked)
{
    const char *at = sample_write(sample_result(), "text", &whole);

    cr_assert(strstr(at, "\n  both ends of the connection are in 10.10.0.0/24\n"));
    cr_assert(strstr(at, "\nTransfers\n"));
    cr_assert(strstr(at, "\nNetworks\n"));
    cr_assert(strstr(at, "10.10.0.0/24, fd00:10::/64"));
    cr_assert(strstr(at, "\nConnections\n"));
    cr_assert(strstr(at, "10.10.0.1:49152"));
    cr_assert(strstr(at, "207,925,976"));
    cr_assert(strstr(at, "\nVantage points\n"));
    cr_assert(strstr(at, "\nInterfaces\n"));
    cr_assert(strstr(at, "unknown (999)"));
    cr_assert(strstr(at, "\nInputs\n"));
    cr_assert(strstr(at, "\n    network: Management\n"));
    cr_assert(strstr(at, "\n    Get-ClusterNetwork\n    Set-It 1\n"));
}

Test(text, leaves_out_columns_that_have_nothing_to_say)
{
    struct result *r = sample_result();

    cr_assert(strstr(sample_write(r, "text", &brief), "how") == NULL);
    r->transfers[0].certainty = CERTAINTY_POSSIBLE;
    r->transfers[0].transport = TRANSPORT_SMB;
    cr_assert(strstr(sample_write(r, "text", &brief), "951 Mbit/s  SMB, possible\n"));
}

Test(text, colors_words_only_when_asked)
{
    const char *at = sample_write(sample_result(), "text", &colored);

    cr_assert(strncmp(at, "\033[1;31mWRONG NETWORK\033[0m: 100 %", 30) == 0);
    cr_assert(strchr(sample_write(sample_result(), "text", &brief), '\033') == NULL);
}

Test(text, names_every_network_of_a_split_transfer)
{
    struct result *r = sample_result();
    struct result_transfer_network shares[] = { { 1, 75, 0.75 },
                                                { NETWORK_CROSS, 20, 0.2 },
                                                { NETWORK_OUTSIDE, 5, 0.05 } };

    r->transfers[0].networks = shares;
    r->transfers[0].n_networks = 3;
    cr_assert(
        strstr(sample_write(r, "text", &brief),
               "Storage1 75.0 %, between networks 20.0 %, outside every network 5.0 %  198 MiB"));
}

Test(text, takes_no_orders_from_names)
{
    struct result *r = sample_result();
    const char *at;

    r->networks[0].name = HOSTILE;
    r->hosts[0].name = HOSTILE;
    r->inputs[0].path = HOSTILE;
    r->nics[0].name = HOSTILE;
    r->reasons[0] = HOSTILE;
    r->findings[0].detail = HOSTILE;
    r->findings[0].powershell = HOSTILE;
    at = sample_write(r, "text", &whole);
    cr_assert(strchr(at, '\033') == NULL);
    cr_assert(strchr(at, '\r') == NULL);
    cr_assert(strstr(at, "\342\200\256") == NULL);
    cr_assert(strstr(at, "\\x1b[31mEvil\\x0d\\x0a| a"));
}
