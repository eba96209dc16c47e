#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/questions/questions.h"
#include "src/base/text.h"

enum { HV01, HV02, HV03, N_HOSTS };
enum { STORAGE, MANAGEMENT };

static struct result r;
static struct question q;

static void start(void)
{
    static const char *const hosts[] = { "HV01", "HV02", "HV03" };
    static const char *const networks[] = { "Storage1", "Management" };

    result_init(&r);
    q = (struct question){ .min_share = 0.95 };
    r.n_hosts = N_HOSTS;
    r.hosts = calloc(N_HOSTS, sizeof(*r.hosts));
    for (int i = 0; i < N_HOSTS; i++)
        r.hosts[i].name = text_copy(hosts[i]);
    r.n_networks = 2;
    r.networks = calloc(2, sizeof(*r.networks));
    for (int i = 0; i < 2; i++)
        r.networks[i].name = text_copy(networks[i]);
    r.transfers = calloc(16, sizeof(*r.transfers));
}

static struct result_transfer *move(int from, int to, int network, double seconds)
{
    struct result_transfer *t = &r.transfers[r.n_transfers++];

    *t = (struct result_transfer){ .source_host = from,
                                   .destination_host = to,
                                   .end_ns = (int64_t)(seconds * 1e9),
                                   .certainty = CERTAINTY_CERTAIN,
                                   .bytes = 1000,
                                   .mean_bits_per_second = 8000 / seconds,
                                   .n_networks = 1 };
    t->networks = calloc(1, sizeof(*t->networks));
    t->networks[0] =
        (struct result_transfer_network){ .network = network, .bytes = 1000, .share = 1 };
    return t;
}

static void ask(void)
{
    cr_assert_eq(question_directions(&r, &q, NULL), 0);
}

static bool has_finding(const char *id)
{
    for (size_t i = 0; i < r.n_findings; i++) {
        if (strcmp(r.findings[i].id, id) == 0)
            return true;
    }
    return false;
}

Test(directions, tells_the_same_both_ways, .init = start)
{
    move(HV01, HV02, STORAGE, 2);
    move(HV02, HV01, STORAGE, 3);
    ask();
    cr_assert_eq(r.n_directions, 2);
    cr_expect_eq(r.directions[0].way_back, 1);
    cr_expect_eq(r.directions[1].way_back, 0);
    cr_expect_eq(r.symmetry, SYMMETRY_SAME);
    cr_expect_eq(r.n_findings, 1);
    cr_assert_str_eq(r.findings[0].detail,
                     "HV01 to HV02 over Storage1, 2.00 s; HV02 to HV01 over Storage1, 3.00 s");
    result_release(&r);
}

Test(directions, tells_another_way_back, .init = start)
{
    move(HV01, HV02, STORAGE, 2);
    move(HV02, HV01, MANAGEMENT, 3);
    ask();
    cr_expect_eq(r.symmetry, SYMMETRY_DIFFERENT);
    cr_expect(has_finding("LM108"));
    result_release(&r);
}

Test(directions, is_different_when_one_of_several_pairs_is, .init = start)
{
    move(HV01, HV02, STORAGE, 2);
    move(HV02, HV01, MANAGEMENT, 2);
    move(HV01, HV03, STORAGE, 2);
    move(HV03, HV01, STORAGE, 2);
    ask();
    cr_expect_eq(r.symmetry, SYMMETRY_DIFFERENT);
    cr_expect(has_finding("LM108") && has_finding("LM109"));
    result_release(&r);
}

Test(directions, says_nothing_of_a_single_transfer, .init = start)
{
    move(HV01, HV02, STORAGE, 2);
    ask();
    cr_assert_eq(r.n_directions, 1);
    cr_expect_eq(r.symmetry, SYMMETRY_UNKNOWN);
    cr_expect_eq(r.n_findings, 0);
    result_release(&r);
}

Test(directions, leaves_out_what_is_only_possible, .init = start)
{
    move(HV01, HV02, STORAGE, 2);
    move(HV02, HV01, MANAGEMENT, 2)->certainty = CERTAINTY_POSSIBLE;
    ask();
    cr_expect_eq(r.n_directions, 1);
    cr_expect_eq(r.symmetry, SYMMETRY_UNKNOWN);
    result_release(&r);
}

Test(directions, has_median_and_spread, .init = start)
{
    move(HV01, HV02, STORAGE, 4);
    move(HV01, HV02, STORAGE, 1);
    move(HV01, HV02, STORAGE, 2);
    move(HV01, HV02, STORAGE, 8);
    ask();
    cr_assert_eq(r.n_directions, 1);
    cr_expect_eq(r.directions[0].n_transfers, 4);
    cr_expect_eq(r.directions[0].bytes, 4000);
    cr_expect(fabs(r.directions[0].duration_s.median - 3) < 1e-6, "of an even number");
    cr_expect(fabs(r.directions[0].duration_s.least - 1) < 1e-6);
    cr_expect(fabs(r.directions[0].duration_s.most - 8) < 1e-6);
    cr_expect(fabs(r.directions[0].bits_per_second.most - 8000) < 1e-6);
    cr_expect(has_finding("LM110"));
    result_release(&r);
}

/* Far less than a verdict would mind. */
static void add_share(struct result_transfer *t, int network, uint64_t bytes)
{
    t->networks = realloc(t->networks, 2 * sizeof(*t->networks));
    t->networks[t->n_networks++] =
        (struct result_transfer_network){ .network = network, .bytes = bytes };
    t->bytes += bytes;
}

Test(directions, overlooks_what_the_verdict_overlooks, .init = start)
{
    move(HV01, HV02, STORAGE, 2);
    add_share(move(HV02, HV01, STORAGE, 2), MANAGEMENT, 50);
    ask();
    cr_expect_eq(r.symmetry, SYMMETRY_SAME);
    result_release(&r);
    start();
    move(HV01, HV02, STORAGE, 2);
    add_share(move(HV02, HV01, STORAGE, 2), MANAGEMENT, 60);
    ask();
    cr_expect_eq(r.symmetry, SYMMETRY_DIFFERENT);
    result_release(&r);
}

/* A recording at HV01 without a snapshot: the other host is known by its addresses alone. */
static void infer_hosts(size_t n_commands)
{
    for (int i = 0; i < N_HOSTS; i++)
        r.hosts[i].is_inferred = true;
    r.n_nics = 1;
    r.nics = calloc(1, sizeof(*r.nics));
    r.nics[0].host = HV01;
    r.n_sessions = 1;
    r.sessions = calloc(1, sizeof(*r.sessions));
    r.sessions[0].session.n_commands = 0;
    for (size_t i = 0; i < n_commands; i++) {
        char word[] = "move", *words[] = { word };

        session_add_command(&r.sessions[0].session, words, 1, NULL);
    }
}

Test(directions, takes_the_other_end_of_watched_commands_for_one_host, .init = start)
{
    infer_hosts(2);
    move(HV01, HV02, STORAGE, 2);
    move(HV03, HV01, MANAGEMENT, 2);
    ask();
    cr_assert_eq(r.n_directions, 2);
    cr_expect_eq(r.symmetry, SYMMETRY_DIFFERENT);
    result_release(&r);
}

Test(directions, keeps_hosts_apart_that_no_command_joins, .init = start)
{
    infer_hosts(1);
    move(HV01, HV02, STORAGE, 2);
    move(HV03, HV01, MANAGEMENT, 2);
    ask();
    cr_expect_eq(r.symmetry, SYMMETRY_UNKNOWN);
    result_release(&r);
}
