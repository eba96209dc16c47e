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

/* One comparison of the sample with a changed copy of it; the warning that is to come. */
static void expect_warning(const struct result *a, const struct result *b, const char *words)
{
    struct comparison_run before = { .lmpath = "0", .result = a };
    struct comparison_run after = { .lmpath = "0", .result = b };
    struct comparison c = compare(&before, 1, &after, 1);

    cr_assert_eq(c.n_warnings, 1, "%s: %zu warnings", words, c.n_warnings);
    cr_assert(strstr(c.warnings[0], words), "%s", c.warnings[0]);
    comparison_release(&c);
}

Test(comparison, warns_of_what_may_be_another_test)
{
    struct result a = *sample_result(), b = a;
    struct result_transfer t = a.transfers[0];
    struct result_host hosts[] = { { TEXT("HV07"), false }, { TEXT("HV08"), false } };
    struct result_network networks[2];
    struct prefix prefix;

    b.options.smb_port = 4450;
    expect_warning(&a, &b, "different options");
    b = a;
    a.options.vm_memory_bytes = UINT64_C(8) << 30;
    b.options.vm_memory_bytes = UINT64_C(16) << 30;
    expect_warning(&a, &b, "8.00 GiB and 16.0 GiB");
    b.options.vm_memory_bytes = a.options.vm_memory_bytes;
    b.hosts = hosts;
    expect_warning(&a, &b, "no host in common");
    hosts[0].is_inferred = hosts[1].is_inferred = true; /* an address may be any host's */
    b.transfers = &t;
    t.transport = TRANSPORT_SMB;
    expect_warning(&a, &b, "by TCP/IP and by SMB");
    b = a;
    memcpy(networks, a.networks, sizeof(networks));
    cr_assert_eq(prefix_parse(&prefix, "192.168.7.0/24", &err), 0);
    networks[0].prefixes = &prefix;
    networks[0].n_prefixes = 1;
    b.networks = networks;
    expect_warning(&a, &b, "The network Management has other subnets");
}

Test(comparison, warns_of_a_rate_in_other_units)
{
    struct result a = *sample_result();
    struct result_transfer t = a.transfers[0];
    struct comparison_run run = { .lmpath = "0", .result = &a };
    struct comparison c;

    t.mean_bits_per_second /= 8;
    a.transfers = &t;
    c = compare(&run, 1, NULL, 0);
    cr_assert_eq(c.n_warnings, 1);
    cr_assert(strstr(c.warnings[0], "units"));
    comparison_release(&c);
}

Test(comparison, draws_a_split_transfer_by_network)
{
    uint64_t management[] = { 100000000, 7925976 }, storage[] = { 0, 100000000 };
    struct result r = *sample_result();
    struct result_transfer t = r.transfers[0];
    struct result_transfer_network shares[] = {
        { .network = 0,
          .bytes = 107925976,
          .share = 0.52,
          .rate = { t.rate.start_ns, 1000000000, management, 2 } },
        { .network = 1,
          .bytes = 100000000,
          .share = 0.48,
          .rate = { t.rate.start_ns, 1000000000, storage, 2 } },
    };
    struct comparison_run run = { .lmpath = "0", .result = &r };
    struct comparison c;

    t.networks = shares;
    t.n_networks = 2;
    r.transfers = &t;
    c = compare(&run, 1, NULL, 0);
    cr_assert_eq(c.sets[0].n_lines, 2);
    cr_expect_str_eq(c.sets[0].lines[0].label, "HV01 to 10.10.0.2: Management");
    cr_expect_not(c.sets[0].lines[0].is_intended);
    cr_expect_str_eq(c.sets[0].lines[1].label, "HV01 to 10.10.0.2: Storage1");
    cr_expect(c.sets[0].lines[1].is_intended);
    cr_expect_eq(c.sets[0].lines[1].bits_per_second[0], 0);
    comparison_release(&c);
    shares[0].rate.n_buckets = shares[1].rate.n_buckets = 0; /* an older result */
    c = compare(&run, 1, NULL, 0);
    cr_assert_eq(c.sets[0].n_lines, 1);
    cr_expect_str_eq(c.sets[0].lines[0].label, "HV01 to 10.10.0.2: Management and others");
    comparison_release(&c);
}

Test(comparison, tells_directions_with_their_spread)
{
    struct result_transfer_network wrong = { .network = 0, .bytes = 600, .share = 1 };
    struct result_direction ways[] = {
        { 0, 1, 3, 600, &wrong, 1, { 2, 1, 4 }, { 800, 700, 900 }, 1 },
        { 1, 0, 1, 600, &wrong, 1, { 3, 3, 3 }, { 800, 800, 800 }, 0 },
    };
    struct result r = *sample_result();
    struct comparison_run runs[2] = { { .lmpath = "0", .result = &r },
                                      { .lmpath = "0", .result = &r } };
    struct comparison c;

    r.directions = ways;
    r.n_directions = 2;
    r.symmetry = SYMMETRY_SAME;
    c = compare(runs, 2, NULL, 0);
    cr_assert_eq(c.sets[0].n_directions, 2);
    cr_expect_eq(c.sets[0].directions[0].n_transfers, 6);
    cr_expect_eq(c.sets[0].directions[0].intended_bytes, 0);
    cr_expect_str_eq(c.sets[0].directions[0].time, "2.00 s");
    cr_expect_str_eq(c.sets[0].directions[0].time_range, "1.00 s to 4.00 s");
    cr_expect_str_eq(c.sets[0].directions[1].time_range, "");
    cr_expect(strstr(c.symmetry, "behave alike"));
    comparison_release(&c);
    r.symmetry = SYMMETRY_DIFFERENT;
    c = compare(runs, 2, NULL, 0);
    cr_expect(strstr(c.symmetry, "take different networks"), "%s", c.symmetry);
    comparison_release(&c);
}
