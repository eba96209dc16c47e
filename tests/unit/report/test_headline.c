#include "analyzers/report/headline.h"

#include <criterion/criterion.h>

#include "tests/unit/report/sample.h"

static char line[HEADLINE_BYTES];

static struct result_transfer_network shares[4];

/* The sample's transfer, spread over networks: bytes of each. */
static struct result *spread(enum verdict verdict, uint64_t storage, uint64_t management,
                             uint64_t outside, uint64_t cross)
{
    struct result *r = sample_result();

    shares[0] = (struct result_transfer_network){ .network = 1, .bytes = storage };
    shares[1] = (struct result_transfer_network){ .network = 0, .bytes = management };
    shares[2] = (struct result_transfer_network){ .network = NETWORK_OUTSIDE, .bytes = outside };
    shares[3] = (struct result_transfer_network){ .network = NETWORK_CROSS, .bytes = cross };
    r->transfers[0].networks = shares;
    r->transfers[0].n_networks = 4;
    r->verdict = verdict;
    return r;
}

Test(headline, tells_the_right_network)
{
    cr_assert_str_eq(
        headline_text(LANGUAGE_EN, line, spread(VERDICT_RIGHT_NETWORK, 1 << 20, 0, 0, 0)),
        "RIGHT NETWORK: 100 % of the memory (1.00 MiB) went over Storage1");
    cr_assert_str_eq(headline_text(LANGUAGE_EN, line, spread(VERDICT_RIGHT_NETWORK, 980, 20, 0, 0)),
                     "RIGHT NETWORK: 98.0 % of the memory (1000 bytes) went over Storage1");
}

Test(headline, tells_the_wrong_networks_and_the_intended_one)
{
    cr_assert_str_eq(
        headline_text(LANGUAGE_EN, line, spread(VERDICT_WRONG_NETWORK, 0, 1 << 20, 0, 0)),
        "WRONG NETWORK: 100 % of the memory (1.00 MiB) went over Management, not over "
        "Storage1");
    cr_assert_str_eq(
        headline_text(LANGUAGE_EN, line, spread(VERDICT_WRONG_NETWORK, 0, 600, 100, 300)),
        "WRONG NETWORK: 100 % of the memory (1000 bytes) went over Management, "
        "between networks and "
        "outside every network, not over Storage1");
}

Test(headline, tells_every_share_of_a_split)
{
    cr_assert_str_eq(
        headline_text(LANGUAGE_EN, line, spread(VERDICT_SPLIT_NETWORKS, 750, 250, 0, 0)),
        "SPLIT NETWORKS: 75.0 % of the memory (1000 bytes) went over Storage1 "
        "(intended), 25.0 % over Management");
}

Test(headline, counts_the_transfers)
{
    struct result *r = spread(VERDICT_RIGHT_NETWORK, 512, 0, 0, 0);
    struct result_transfer twice[] = { r->transfers[0], r->transfers[0] };

    r->transfers = twice;
    r->n_transfers = 2;
    cr_assert_str_eq(
        headline_text(LANGUAGE_EN, line, r),
        "RIGHT NETWORK: 100 % of the memory (1.00 KiB in 2 transfers) went over Storage1");
}

Test(headline, leaves_out_transfers_that_only_may_be_some)
{
    struct result *r = spread(VERDICT_RIGHT_NETWORK, 512, 0, 0, 0);
    struct result_transfer two[] = { r->transfers[0], r->transfers[0] };
    struct result_transfer_network management = { 0, 512, 1 };

    two[1].certainty = CERTAINTY_POSSIBLE;
    two[1].networks = &management;
    two[1].n_networks = 1;
    r->transfers = two;
    r->n_transfers = 2;
    cr_assert_str_eq(headline_text(LANGUAGE_EN, line, r),
                     "RIGHT NETWORK: 100 % of the memory (512 bytes) went over Storage1");
}

Test(headline, gives_the_first_reason_where_nothing_is_decided)
{
    struct result *r = spread(VERDICT_INCONCLUSIVE, 512, 0, 0, 0);

    r->reasons[0] = TEXT("it is not known");
    cr_assert_str_eq(headline_text(LANGUAGE_EN, line, r), "INCONCLUSIVE: it is not known");
    cr_assert(!headline_says_reasons(r));
    r->verdict = VERDICT_NO_MIGRATION;
    cr_assert_str_eq(headline_text(LANGUAGE_EN, line, r), "NO MIGRATION: it is not known");
    r->verdict = VERDICT_RIGHT_NETWORK;
    cr_assert(headline_says_reasons(r));
}

Test(headline, gives_the_first_reason_of_a_verdict_that_shares_do_not_tell)
{
    struct result *r = spread(VERDICT_RIGHT_NETWORK, 0, 0, 0, 512);

    r->reasons[0] = TEXT("routed between intended networks");
    cr_assert_str_eq(headline_text(LANGUAGE_EN, line, r),
                     "RIGHT NETWORK: routed between intended networks");
    r->n_transfers = 0;
    cr_assert_str_eq(headline_text(LANGUAGE_EN, line, r),
                     "RIGHT NETWORK: routed between intended networks");
}

Test(headline, cuts_long_and_shows_hostile_names)
{
    struct result *r = spread(VERDICT_RIGHT_NETWORK, 512, 0, 0, 0);

    r->networks[1].name = TEXT("\033]0;x\007 0123456789 0123456789 0123456789 0123456789");
    cr_assert_str_eq(headline_text(LANGUAGE_EN, line, r),
                     "RIGHT NETWORK: 100 % of the memory (512 bytes) went over \\x1b]0;x\\x07 "
                     "0123456789 0123456789 01...");
}
