#include "analyzers/report/result_read.h"

#include <criterion/criterion.h>
#include <string.h>

#include "src/base/auto.h"
#include "src/base/text.h"
#include "tests/unit/report/sample.h"

static const struct report_options whole = { .detail = REPORT_ALL };
static struct error err;

static char *sample_json(void)
{
    return text_copy(sample_write(sample_result(), "json", &whole));
}

static int parse(struct saved_result *saved, const char *json)
{
    return result_parse(saved, json, strlen(json), "r.json", &err);
}

/* @json with the first @from replaced. */
static char *with(const char *json, const char *from, const char *to)
{
    const char *at = strstr(json, from);

    cr_assert(at);
    return text_format("%.*s%s%s", (int)(at - json), json, to, at + strlen(from));
}

static void expect_problem(const char *from, const char *to, const char *problem)
{
    AUTO_MEMORY char *json = sample_json();
    AUTO_MEMORY char *changed = with(json, from, to);
    struct saved_result saved;

    cr_assert_eq(parse(&saved, changed), ERR_INPUT);
    cr_assert(strstr(err.text, "'r.json': ") == err.text);
    cr_assert(strstr(err.text, problem));
}

Test(result_read, gives_what_was_written)
{
    AUTO_MEMORY char *json = sample_json();
    struct saved_result saved;

    cr_assert_eq(parse(&saved, json), 0);
    cr_assert_str_eq(sample_write(&saved.result, "json", &whole), json);
    cr_assert_str_eq(saved.lmpath, LMPATH_VERSION);
    saved_result_release(&saved);
}

Test(result_read, ignores_what_it_does_not_know)
{
    AUTO_MEMORY char *json = sample_json();
    AUTO_MEMORY char *newer = with(json, "\"verdict\"", "\"weather\": [1, {}], \"verdict\"");
    struct saved_result saved;

    cr_assert_eq(parse(&saved, newer), 0);
    cr_assert_str_eq(sample_write(&saved.result, "json", &whole), json);
    saved_result_release(&saved);
}

Test(result_read, takes_what_is_missing_as_unknown)
{
    struct saved_result saved;

    cr_assert_eq(
        parse(&saved, "{\"schema\": \"lmpath.analysis/1\", \"verdict\": \"inconclusive\"}"), 0);
    cr_assert_eq(saved.result.verdict, VERDICT_INCONCLUSIVE);
    cr_assert_eq(saved.result.options.vm_memory_bytes, RESULT_UNKNOWN);
    saved_result_release(&saved);
}

Test(result_read, knows_the_rate_of_a_results_only_network_that_does_not_tell_it)
{
    AUTO_MEMORY char *json = sample_json();
    AUTO_MEMORY char *older = with(json, ", \"rate_bytes\": [100000000, 107925976]", "");
    struct saved_result saved;

    cr_assert_eq(parse(&saved, older), 0);
    cr_assert_str_eq(sample_write(&saved.result, "json", &whole), json);
    saved_result_release(&saved);
}

Test(result_read, refuses_every_shorter_prefix)
{
    AUTO_MEMORY char *json = sample_json();
    struct saved_result saved;
    size_t n = strlen(json) - 1;

    while (n > 0 && json[n - 1] != '}')
        n--;
    for (size_t i = 0; i < n; i += 7)
        cr_assert_eq(result_parse(&saved, json, i < n - 1 ? i : n - 2, "r.json", &err), ERR_INPUT);
}

Test(result_read, refuses_another_tools_json)
{
    struct saved_result saved;

    cr_assert_eq(parse(&saved, "{\"start\": {}, \"intervals\": []}"), ERR_INPUT);
    cr_assert(strstr(err.text, "is no result of lmpath"));
    cr_assert_eq(parse(&saved, "{\"schema\": \"lmpath.analysis/2\"}"), ERR_INPUT);
    cr_assert(strstr(err.text, "schema: is 'lmpath.analysis/2'"));
}

Test(result_read, tells_where_a_member_is_wrong)
{
    expect_problem("\"verdict\": \"wrong-network\"", "\"verdict\": \"fine\"", "verdict: ");
    expect_problem("\"packets\": ", "\"packets\": -", "packets: is no count");
    expect_problem("\"min_share\": 0", "\"min_share\": \"x\", \"y\": 0", "options.min_share: ");
    expect_problem("\"transfers\": [", "\"transfers\": [7, ", "transfers[0]: is no object");
    expect_problem("\"interface_id\": 1", "\"interface_id\": 70000",
                   "connections[0].vantage_points[0].interface_id: is no interface's id");
    expect_problem("\"connections\": [1", "\"connections\": [99",
                   "transfers[0].connections: has an item that is no connection's id");
    expect_problem("\"rate_bytes\": [100000000, 107925976]", "\"rate_bytes\": [1]",
                   "transfers[0].networks: have other rate_bytes than the rate has bytes");
    expect_problem("\"rate_bytes\": [100000000", "\"rate_bytes\": [-1",
                   "transfers[0].networks[0].rate_bytes: has an item that is no count");
}
