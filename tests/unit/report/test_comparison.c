#include "analyzers/report/comparison.h"

#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/report/sample.h"

static const struct report_title untitled;
static struct error err;

static struct comparison compare(const struct comparison_run *before, size_t n_before,
                                 const struct comparison_run *after, size_t n_after)
{
    const struct comparison_run *const runs[N_SETS] = { before, after };
    const size_t n[N_SETS] = { n_before, n_after };
    struct comparison c;

    cr_assert_eq(comparison_make(&c, LANGUAGE_EN, &untitled, runs, n, &err), 0);
    return c;
}

/* The sample, its transfer taking @seconds. */
static struct result taking(double seconds, struct result_transfer *t)
{
    struct result r = *sample_result();

    *t = r.transfers[0];
    t->end_ns = t->start_ns + (int64_t)(seconds * 1e9);
    r.transfers = t;
    return r;
}

Test(comparison, needs_a_result)
{
    const struct comparison_run *const runs[N_SETS] = { NULL, NULL };
    const size_t none[N_SETS] = { 0, 0 };
    struct comparison c;

    cr_assert_eq(comparison_make(&c, LANGUAGE_EN, &untitled, runs, none, &err), ERR_USAGE);
}

Test(comparison, tells_median_least_and_most)
{
    struct result_transfer t[4];
    struct result r[4] = { taking(4, &t[0]), taking(1, &t[1]), taking(2, &t[2]),
                           taking(10, &t[3]) };
    struct comparison_run runs[4];
    struct comparison c;

    for (size_t i = 0; i < 4; i++)
        runs[i] = (struct comparison_run){ .lmpath = "0", .result = &r[i] };
    c = compare(runs, 4, NULL, 0);
    cr_assert_eq(c.rows[MEASURE_TIME].spread[0].n, 4);
    cr_assert(c.rows[MEASURE_TIME].spread[0].median > 2.99);
    cr_assert(c.rows[MEASURE_TIME].spread[0].median < 3.01);
    cr_assert_str_eq(c.rows[MEASURE_TIME].range[0], "1.00 s to 10.0 s");
    comparison_release(&c);
    c = compare(runs, 3, NULL, 0);
    cr_assert_str_eq(c.rows[MEASURE_TIME].value[0], "2.00 s");
    cr_assert_eq(c.sets[0].shown, &runs[2]);
    comparison_release(&c);
}

Test(comparison, tells_the_factor_of_change)
{
    struct result_transfer t[2];
    struct result slow = taking(8, &t[0]), fast = taking(2, &t[1]);
    struct comparison_run before = { .lmpath = "0", .result = &slow };
    struct comparison_run after = { .lmpath = "0", .result = &fast };
    struct comparison c = compare(&before, 1, &after, 1);

    cr_assert_str_eq(c.rows[MEASURE_TIME].change_text, "4 times as fast");
    cr_assert_eq(c.rows[MEASURE_TIME].change, CHANGE_BETTER);
    cr_assert_str_eq(c.rows[MEASURE_MEMORY].change_text, "the same");
    comparison_release(&c);
    c = compare(&after, 1, &before, 1);
    cr_assert_eq(c.rows[MEASURE_TIME].change, CHANGE_WORSE);
    cr_assert_str_eq(c.rows[MEASURE_TIME].change_text, "4 times as long");
    comparison_release(&c);
}

Test(comparison, takes_unknown_for_unknown)
{
    struct result r = *sample_result();
    struct comparison_run run = { .lmpath = "0", .result = &r };
    struct comparison c;

    r.n_transfers = 0;
    r.verdict = VERDICT_NO_MIGRATION;
    c = compare(&run, 1, &run, 1);
    cr_assert_str_eq(c.rows[MEASURE_TIME].value[0], "unknown");
    cr_assert_str_eq(c.rows[MEASURE_TIME].change_text, "can't be told");
    cr_assert_eq(c.sets[0].n_lines, 0);
    cr_assert(c.sets[0].from == NULL);
    comparison_release(&c);
}

Test(comparison, warns_of_other_intended_networks)
{
    struct result a = *sample_result(), b = a;
    struct result_network other[8];
    struct comparison_run before = { .lmpath = "0", .result = &a };
    struct comparison_run after = { .lmpath = "0", .result = &b };
    struct comparison c;

    cr_assert(a.n_networks <= 8);
    memcpy(other, a.networks, a.n_networks * sizeof(*other));
    for (size_t i = 0; i < a.n_networks; i++)
        other[i].name = TEXT("elsewhere");
    b.networks = other;
    c = compare(&before, 1, &after, 1);
    cr_assert_eq(c.n_warnings, 1);
    cr_assert(strstr(c.warnings[0], "different clusters"));
    comparison_release(&c);
}
