#include "analyzers/verdict.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "src/base/text.h"
#include "tests/unit/analyzers/lab.h"

static struct result *r;

/* Three networks, of which the first two are intended, and one transfer. */
static void begin(void)
{
    static const char *const names[] = { "Storage1", "Storage2", "Management" };

    lab_begin();
    lab_networks();
    lab_expect("Storage1,Storage2");
    r = &lab.result;
    r->networks = calloc(3, sizeof(*r->networks));
    r->transfers = calloc(2, sizeof(*r->transfers));
    cr_assert(r->networks && r->transfers);
    for (; r->n_networks < 3; r->n_networks++) {
        r->networks[r->n_networks].name = text_copy(names[r->n_networks]);
        r->networks[r->n_networks].is_intended = r->n_networks < 2;
    }
}

static void add_transfer(uint64_t intended, uint64_t other, enum certainty certainty)
{
    struct result_transfer *t = &r->transfers[r->n_transfers++];

    t->certainty = certainty;
    t->bytes = intended + other;
    t->networks = calloc(2, sizeof(*t->networks));
    cr_assert_not_null(t->networks);
    t->networks[0] = (struct result_transfer_network){ .network = 0, .bytes = intended };
    t->networks[1] = (struct result_transfer_network){ .network = 2, .bytes = other };
    t->n_networks = 2;
}

static enum verdict reach(void)
{
    cr_assert_eq(verdict_reach(r, &lab.q, NULL), 0);
    cr_assert(r->n_reasons > 0);
    return r->verdict;
}

Test(verdict, is_by_the_share_of_the_intended_networks)
{
    static const struct {
        double min_share;
        uint64_t intended, other;
        enum verdict verdict;
    } cases[] = {
        { 0.95, 100, 0, VERDICT_RIGHT_NETWORK },
        { 0.95, 0, 100, VERDICT_WRONG_NETWORK },
        { 0.95, 50, 50, VERDICT_SPLIT_NETWORKS },
        { 0.95, 95, 5, VERDICT_RIGHT_NETWORK }, /* exactly is enough, */
        { 0.95, 5, 95, VERDICT_WRONG_NETWORK }, /* both ways */
        { 0.95, 9499, 501, VERDICT_SPLIT_NETWORKS },
        { 0.95, 501, 9499, VERDICT_SPLIT_NETWORKS },
        { 0.93, 93, 7, VERDICT_RIGHT_NETWORK },
        { 0.93, 7, 93, VERDICT_WRONG_NETWORK }, /* 1 - 0.07 is less than 0.93 to a computer */
        { 0.5, 1, 1, VERDICT_RIGHT_NETWORK },
        { 0.5, 1, 2, VERDICT_WRONG_NETWORK },
        { 1, 1000000000000, 0, VERDICT_RIGHT_NETWORK },
        { 1, 999999999999, 1, VERDICT_SPLIT_NETWORKS },
        { 1, 1, 999999999999, VERDICT_SPLIT_NETWORKS },
        { 1, 0, 999999999999, VERDICT_WRONG_NETWORK },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        begin();
        lab.q.min_share = cases[i].min_share;
        add_transfer(cases[i].intended, cases[i].other, CERTAINTY_CERTAIN);
        cr_expect_eq(reach(), cases[i].verdict, "case %zu", i);
        cr_expect_eq(r->transfers[0].verdict, cases[i].verdict, "case %zu", i);
        lab_end();
    }
}

Test(verdict, every_percentage_is_enough_for_itself)
{
    for (uint64_t percent = 50; percent <= 100; percent++) {
        for (int is_right = 0; is_right < 2; is_right++) {
            begin();
            lab.q.min_share = (double)percent / 100;
            add_transfer((is_right ? percent : 100 - percent) * 7919,
                         (is_right ? 100 - percent : percent) * 7919, CERTAINTY_CERTAIN);
            cr_expect_eq(reach(),
                         is_right || percent == 50 ? VERDICT_RIGHT_NETWORK : VERDICT_WRONG_NETWORK,
                         "%u %%", (unsigned)percent);
            lab_end();
        }
    }
}

Test(verdict, all_transfers_are_weighed_together, .init = begin, .fini = lab_end)
{
    add_transfer(900, 0, CERTAINTY_CERTAIN);
    add_transfer(0, 100, CERTAINTY_LIKELY);
    cr_expect_eq(reach(), VERDICT_SPLIT_NETWORKS);
    cr_expect_eq(r->transfers[0].verdict, VERDICT_RIGHT_NETWORK);
    cr_expect_eq(r->transfers[1].verdict, VERDICT_WRONG_NETWORK);
}

Test(verdict, what_is_only_possible_weighs_nothing, .init = begin, .fini = lab_end)
{
    add_transfer(100, 0, CERTAINTY_LIKELY);
    add_transfer(0, 1000000, CERTAINTY_POSSIBLE);
    cr_expect_eq(reach(), VERDICT_RIGHT_NETWORK);
    cr_expect_eq(r->transfers[1].verdict, VERDICT_INCONCLUSIVE);
}

Test(verdict, addresses_outside_every_network_are_not_intended, .init = begin, .fini = lab_end)
{
    add_transfer(0, 100, CERTAINTY_CERTAIN);
    r->transfers[0].networks[1].network = NETWORK_OUTSIDE;
    cr_expect_eq(reach(), VERDICT_WRONG_NETWORK);
}

Test(verdict, possible_alone_is_inconclusive, .init = begin, .fini = lab_end)
{
    add_transfer(100, 0, CERTAINTY_POSSIBLE);
    r->transfers[0].transport = TRANSPORT_SMB;
    cr_expect_eq(reach(), VERDICT_INCONCLUSIVE);
    cr_expect(lab_has_reason("SMB"));
}

Test(verdict, nothing_at_all_is_no_migration, .init = begin, .fini = lab_end)
{
    cr_expect_eq(reach(), VERDICT_NO_MIGRATION);
    cr_expect_eq(verdict_exit_code(r->verdict), 3);
}

Test(verdict, without_an_intended_network_there_is_none, .init = begin, .fini = lab_end)
{
    r->networks[0].is_intended = r->networks[1].is_intended = false;
    r->networks[0].transfer_bytes = 100;
    add_transfer(100, 0, CERTAINTY_CERTAIN);
    cr_expect_eq(reach(), VERDICT_INCONCLUSIVE);
    cr_expect(lab_has_reason("Storage1"));
    cr_expect(lab_has_reason("--expect"));
}

/* --- addresses that don't tell --- */

static void give_prefix(size_t network, const char *text)
{
    struct result_network *n = &r->networks[network];

    n->prefixes = calloc(1, sizeof(*n->prefixes));
    cr_assert_not_null(n->prefixes);
    cr_assert_eq(prefix_parse(n->prefixes, text, NULL), 0);
    n->n_prefixes = 1;
}

/* @bytes of 100 between addresses that nobody named, when the intended network has 10.20.0.0/24. */
static enum verdict judge_guess(const char *prefix, uint64_t bytes)
{
    give_prefix(0, "10.20.0.0/24");
    give_prefix(2, prefix);
    r->networks[2].is_guessed = true;
    r->networks[2].transfer_bytes = bytes;
    add_transfer(100 - bytes, bytes, CERTAINTY_LIKELY);
    return reach();
}

Test(verdict, another_subnet_of_the_same_family_is_wrong, .init = begin, .fini = lab_end)
{
    cr_expect_eq(judge_guess("10.30.0.0/24", 100), VERDICT_WRONG_NETWORK);
}

Test(verdict, ipv6_is_not_wrong_where_only_ipv4_was_named, .init = begin, .fini = lab_end)
{
    cr_expect_eq(judge_guess("fd00:20::/64", 100), VERDICT_INCONCLUSIVE);
    cr_expect_eq(r->transfers[0].verdict, VERDICT_INCONCLUSIVE);
    cr_expect(lab_has_reason("may be part of"));
}

Test(verdict, ipv6_is_wrong_where_it_was_named, .init = begin, .fini = lab_end)
{
    give_prefix(1, "fd00:21::/64");
    cr_expect_eq(judge_guess("fd00:20::/64", 100), VERDICT_WRONG_NETWORK);
}

Test(verdict, link_local_addresses_are_of_no_network, .init = begin, .fini = lab_end)
{
    cr_expect_eq(judge_guess("169.254.0.0/16", 100), VERDICT_INCONCLUSIVE);
}

Test(verdict, what_is_unclear_and_decides_nothing_is_no_matter, .init = begin, .fini = lab_end)
{
    cr_expect_eq(judge_guess("fe80::/64", 5), VERDICT_RIGHT_NETWORK);
}

/* --- what weakens it --- */

static void lose(uint64_t kept, uint64_t lost)
{
    int nic = lab_nic(0, "stor1");

    r->nics[nic].packets = kept;
    r->nics[nic].dropped = lost;
}

Test(verdict, more_than_half_lost_carries_no_answer, .init = begin, .fini = lab_end)
{
    lose(100, 101);
    add_transfer(100, 0, CERTAINTY_CERTAIN);
    cr_expect_eq(reach(), VERDICT_INCONCLUSIVE);
    cr_expect(lab_has_reason("lost"));
}

Test(verdict, half_lost_still_does, .init = begin, .fini = lab_end)
{
    lose(100, 100);
    lose(100, RESULT_UNKNOWN);
    add_transfer(100, 0, CERTAINTY_CERTAIN);
    cr_expect_eq(reach(), VERDICT_RIGHT_NETWORK);
}

Test(verdict, a_capture_that_lost_most_does_not_tell_that_nothing_moved, .init = begin,
     .fini = lab_end)
{
    lose(100, 101);
    cr_expect_eq(reach(), VERDICT_INCONCLUSIVE);
    cr_expect(lab_has_reason("lost"));
}

Test(verdict, loss_is_weighed_against_all_that_came, .init = begin, .fini = lab_end)
{
    lose(100, 101);
    r->nics[0].received = 202;
    add_transfer(100, 0, CERTAINTY_CERTAIN);
    cr_expect_eq(reach(), VERDICT_RIGHT_NETWORK);
}

Test(verdict, packets_cut_too_short_hide_what_moved, .init = begin, .fini = lab_end)
{
    int nic = lab_nic(0, "stor1");

    r->nics[nic].packets = 100;
    r->nics[nic].blind_packets = 50;
    cr_expect_eq(reach(), VERDICT_NO_MIGRATION);
    r->nics[nic].blind_packets = 51;
    cr_expect_eq(reach(), VERDICT_INCONCLUSIVE);
    cr_expect(lab_has_reason("snap length"));
}

Test(verdict, bulk_in_esp_could_have_been_a_migration, .init = begin, .fini = lab_end)
{
    int nic = lab_nic(0, "stor1");

    r->nics[nic].esp_bytes = 64 * MIB;
    cr_expect_eq(reach(), VERDICT_INCONCLUSIVE);
    cr_expect(lab_has_reason("ESP"));
}

Test(verdict, a_little_esp_could_not, .init = begin, .fini = lab_end)
{
    int nic = lab_nic(0, "stor1");

    r->nics[nic].esp_bytes = MIB / 2;
    cr_expect_eq(reach(), VERDICT_NO_MIGRATION);
}

Test(verdict, far_too_little_for_the_vm_carries_no_answer, .init = begin, .fini = lab_end)
{
    lab.q.vm_memory_bytes = 1000 * MIB;
    add_transfer(99 * MIB, 0, CERTAINTY_CERTAIN);
    cr_expect_eq(reach(), VERDICT_INCONCLUSIVE);
    cr_expect(lab_has_reason("RDMA"));
}

Test(verdict, compression_makes_a_transfer_smaller_than_the_vm, .init = begin, .fini = lab_end)
{
    lab.q.vm_memory_bytes = 1000 * MIB;
    add_transfer(100 * MIB, 0, CERTAINTY_CERTAIN);
    cr_expect_eq(reach(), VERDICT_RIGHT_NETWORK);
}

/* --- routed --- */

Test(verdict, routed_between_two_intended_networks_stays_within, .init = lab_begin, .fini = lab_end)
{
    lab_networks();
    lab_expect("Storage1,Storage2");
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.1.2", .port = 6600, .bytes = 30 * MIB });
    lab_judge();
    cr_expect_eq(lab.result.verdict, VERDICT_RIGHT_NETWORK);
    cr_expect_not_null(lab_finding("LM103"));
}

Test(verdict, routed_rdma_between_two_intended_networks_as_well, .init = lab_begin, .fini = lab_end)
{
    lab_networks();
    lab_expect("Storage1,Storage2");
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 5000, .length_s = 5 });
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.1.2",
                                         .port = 4791,
                                         .bytes = 30 * MIB,
                                         .start_s = 1,
                                         .is_udp = true });
    lab_judge();
    cr_expect_eq(lab.result.verdict, VERDICT_RIGHT_NETWORK);
}

Test(verdict, routed_from_an_intended_network_to_another_is_not, .init = lab_begin, .fini = lab_end)
{
    lab_networks();
    lab_expect("Storage1");
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.1.2", .port = 6600, .bytes = 30 * MIB });
    lab_judge();
    cr_expect_eq(lab.result.verdict, VERDICT_WRONG_NETWORK);
}

Test(verdict, has_the_exit_codes_of_the_contract)
{
    cr_expect_eq(verdict_exit_code(VERDICT_RIGHT_NETWORK), 0);
    cr_expect_eq(verdict_exit_code(VERDICT_WRONG_NETWORK), 1);
    cr_expect_eq(verdict_exit_code(VERDICT_SPLIT_NETWORKS), 1);
    cr_expect_eq(verdict_exit_code(VERDICT_INCONCLUSIVE), 3);
    cr_expect_eq(verdict_exit_code(VERDICT_NO_MIGRATION), 3);
}
