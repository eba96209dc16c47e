#include "src/model/topology.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct topology topology;
static struct error err;

static void setup(void)
{
    topology_init(&topology);
    err.text[0] = '\0';
    cr_assert_eq(topology_define(&topology, "Management=10.10.10.0/24,fd00:10::/64", &err), 0);
    cr_assert_eq(topology_define(&topology, "Storage1=10.20.0.0/24,fd00:20::/64", &err), 0);
    cr_assert_eq(topology_define(&topology, "Storage2=10.20.1.0/24", &err), 0);
}

/* One digit a network: "010" is Storage1 alone. */
static void expect_intended(const char *list, const char *intended)
{
    cr_assert_eq(topology_expect(&topology, list, &err), 0, "%s: %s", list, err.text);
    cr_assert_eq(topology.n_networks, strlen(intended), "%s", list);
    for (size_t i = 0; i < topology.n_networks; i++)
        cr_expect_eq(topology.networks[i].is_intended, intended[i] == '1', "%s: network %zu", list,
                     i);
}

Test(topology_expect, takes_names_in_any_case, .init = setup)
{
    expect_intended("storage1", "010");
    expect_intended("STORAGE2, Management", "101");
    cr_expect_str_eq(topology.intended_reason, "given with --expect");
    topology_release(&topology);
}

Test(topology_expect, takes_names_with_commas, .init = setup)
{
    free(topology.networks[1].name);
    topology.networks[1].name = strdup("Storage, Live Migration");
    expect_intended("Storage, Live Migration", "010");
    expect_intended("storage, live migration ,Storage2", "011");
    expect_intended("Storage2,Storage, Live Migration", "011");
    cr_expect_eq(topology_expect(&topology, "Storage, Live", &err), ERR_USAGE);
    topology_release(&topology);
}

Test(topology_expect, takes_ids, .init = setup)
{
    free(topology.networks[1].id);
    topology.networks[1].id = strdup("7e5d2a1c");
    expect_intended("{7E5D2A1C}", "010");
    topology_release(&topology);
}

Test(topology_expect, takes_the_prefix_and_the_address_of_a_known_network, .init = setup)
{
    expect_intended("10.20.0.0/24", "010");
    expect_intended("fd00:20::/64", "010");
    expect_intended("10.20.1.77", "001");
    topology_release(&topology);
}

Test(topology_expect, makes_a_network_of_a_new_prefix, .init = setup)
{
    struct addr inside = { { 0 } };

    expect_intended("10.30.0.0/24", "0001");
    cr_expect_str_eq(topology.networks[3].name, "10.30.0.0/24");
    cr_assert_eq(addr_parse(&inside, "10.30.0.5", &err), 0);
    cr_expect_eq(topology_network_of(&topology, &inside), 3);
    topology_release(&topology);
}

Test(topology_expect, means_the_networks_within_a_wide_prefix_too, .init = setup)
{
    expect_intended("10.20.0.0/16", "0111");
    topology_release(&topology);
}

Test(topology_expect, refuses_what_it_does_not_know_and_lists_what_it_does, .init = setup)
{
    cr_expect_eq(topology_expect(&topology, "Storage1,Storage9", &err), ERR_USAGE);
    cr_expect_str_eq(err.text, "--expect: no network 'Storage9'; known are 'Management', "
                               "'Storage1', 'Storage2'");
    cr_expect_eq(topology_expect(&topology, "192.0.2.1", &err), ERR_USAGE);
    cr_expect(strstr(err.text, "'192.0.2.1/24'") != NULL, "%s", err.text);
    cr_expect_eq(topology_expect(&topology, "10.20.0.0/40", &err), ERR_USAGE);
    cr_expect_eq(topology_expect(&topology, "Storage1,,Storage2", &err), ERR_USAGE);
    cr_expect_eq(topology_expect(&topology, "", &err), ERR_USAGE);
    topology_release(&topology);
}

Test(topology_expect, says_how_to_make_one_known_when_none_is)
{
    topology_init(&topology);
    cr_expect_eq(topology_expect(&topology, "Storage1", &err), ERR_USAGE);
    cr_expect(strstr(err.text, "-n NAME=PREFIX") != NULL, "%s", err.text);
    topology_release(&topology);
}

Test(topology_expect, cuts_a_long_list_of_known_names)
{
    char definition[320];

    topology_init(&topology);
    for (int i = 0; i < 40; i++) {
        int n = snprintf(definition, sizeof(definition),
                         "a rather long network name %d=10.%d.0.0/16", i, i);

        cr_assert(n > 0 && topology_define(&topology, definition, &err) == 0);
    }
    cr_expect_eq(topology_expect(&topology, "x", &err), ERR_USAGE);
    cr_expect(strstr(err.text, ", ...") != NULL, "%s", err.text);
    topology_release(&topology);
}

Test(topology_expect, keeps_the_sequence, .init = setup)
{
    expect_intended("Storage2,10.20.0.0/16,Management", "1111");
    cr_expect_eq(topology.networks[2].expected_place, 0);
    cr_expect_eq(topology.networks[1].expected_place, 1);
    cr_expect_eq(topology.networks[3].expected_place, 1);
    cr_expect_eq(topology.networks[0].expected_place, 2);
    expect_intended("Management", "1000");
    cr_expect_eq(topology.networks[2].expected_place, -1);
    topology_release(&topology);
}

/* What topology_pick() picks, one digit a network. */
static void expect_picked(const char *list, const char *expected)
{
    bool picked[3] = { false };

    cr_assert_eq(topology_pick(&topology, list, picked, &err), 0, "%s: %s", list, err.text);
    for (size_t i = 0; i < 3; i++)
        cr_expect_eq(picked[i], expected[i] == '1', "%s: network %zu", list, i);
}

Test(topology_pick, takes_names_addresses_and_prefixes, .init = setup)
{
    expect_picked("storage2", "001");
    expect_picked("10.20.0.77,Management", "110");
    expect_picked("10.20.0.0/16", "011");
    expect_picked("fd00:10::/64", "100");
    cr_expect_eq(topology.n_networks, 3);
    topology_release(&topology);
}

Test(topology_pick, refuses_what_is_not_there, .init = setup)
{
    bool picked[3] = { false };

    cr_expect_eq(topology_pick(&topology, "192.0.2.0/24", picked, &err), ERR_USAGE);
    cr_expect_str_eq(err.text, "no network '192.0.2.0/24'; known are 'Management', 'Storage1', "
                               "'Storage2'");
    cr_expect_eq(topology_pick(&topology, "Storage9", picked, &err), ERR_USAGE);
    cr_expect_eq(topology_pick(&topology, "", picked, &err), ERR_USAGE);
    topology_release(&topology);
}

Test(topology_host_find, finds_and_makes_nothing, .init = setup)
{
    cr_expect_eq(topology_host_find(&topology, "HV01"), NO_HOST);
    cr_assert_eq(topology_host_add(&topology, "HV01.corp.example", &err), 0);
    cr_expect_eq(topology_host_find(&topology, "hv01"), 0);
    cr_expect_eq(topology.n_hosts, 1);
    topology_release(&topology);
}
