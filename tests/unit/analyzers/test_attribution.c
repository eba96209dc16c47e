#include <criterion/criterion.h>

#include "tests/unit/analyzers/lab.h"

static void connect_to(const char *from, const char *to)
{
    lab_connect((struct lab_connection){ .from = from, .to = to, .port = 6600, .bytes = 20 * MIB });
}

static const char *network(int index)
{
    if (index < 0)
        return "";
    cr_assert_lt((size_t)index, lab.result.n_networks);
    return lab.result.networks[index].name;
}

/* Of the client's and the server's end of the first connection. */
static void expect_networks(const char *client, const char *server)
{
    const struct result_connection *c = &lab.result.connections[0];

    cr_expect_str_eq(network(c->network[c->client]), client);
    cr_expect_str_eq(network(c->network[!c->client]), server);
}

Test(attribution, each_end_is_in_a_network_of_its_own, .init = lab_begin, .fini = lab_end)
{
    lab_networks();
    connect_to("10.20.0.1", "10.10.0.2");
    lab_join();
    expect_networks("Storage1", "Management");
    cr_expect_eq(result_connection_network(&lab.result.connections[0]), -1);
}

Test(attribution, the_longest_prefix_wins, .init = lab_begin, .fini = lab_end)
{
    lab_network("All=10.0.0.0/8");
    lab_network("Storage1=10.20.0.0/24");
    lab_network("One=10.20.0.7");
    connect_to("10.20.0.1", "10.20.0.7");
    lab_join();
    expect_networks("Storage1", "One");
}

Test(attribution, a_network_may_have_several_subnets_of_both_families, .init = lab_begin,
     .fini = lab_end)
{
    lab_network("Storage1=10.20.0.0/24,fd00:20::/64");
    connect_to("fd00:20::1", "fd00:20::2");
    lab_join();
    expect_networks("Storage1", "Storage1");
}

Test(attribution, an_address_in_no_network_is_told_by_its_subnet, .init = lab_begin,
     .fini = lab_end)
{
    lab_networks();
    connect_to("10.20.0.1", "192.0.2.1");
    lab_join();
    expect_networks("Storage1", "192.0.2.0/24");
    cr_assert_eq(lab.result.n_networks, 4);
    cr_expect(lab.result.networks[3].is_guessed);
    cr_expect(!lab.result.networks[3].is_intended);
}

Test(attribution, without_any_network_they_are_guessed, .init = lab_begin, .fini = lab_end)
{
    connect_to("10.20.0.1", "10.20.0.2");
    lab_connect((struct lab_connection){
        .from = "192.0.2.1", .to = "192.0.2.2", .port = 443, .bytes = 5000, .start_s = 5 });
    lab_join();
    expect_networks("10.20.0.0/24", "10.20.0.0/24");
    cr_expect_eq(lab.result.n_networks, 1); /* of what may matter only */
    cr_expect(lab.result.networks[0].is_guessed);
    cr_expect(!lab.result.networks[0].is_intended);
}

Test(attribution, nics_are_in_the_network_of_their_address, .init = lab_begin, .fini = lab_end)
{
    int storage, management, other;

    lab_networks();
    storage = lab_nic(0, "stor1");
    management = lab_nic(0, "mgmt");
    other = lab_nic(0, "other");
    lab_local(storage, "fe80::1"); /* says nothing */
    lab_local(storage, "10.20.0.1");
    lab_local(management, "10.10.0.1");
    lab_join();
    cr_expect_str_eq(network(lab.result.nics[storage].network), "Storage1");
    cr_expect_str_eq(network(lab.result.nics[management].network), "Management");
    cr_expect_eq(lab.result.nics[other].network, -1);
}

Test(attribution, networks_of_the_result_are_those_of_the_topology, .init = lab_begin,
     .fini = lab_end)
{
    lab_networks();
    lab_expect("Storage2");
    lab_join();
    cr_assert_eq(lab.result.n_networks, 3);
    for (size_t i = 0; i < 3; i++) {
        cr_expect_str_eq(lab.result.networks[i].name, lab.topology.networks[i].name);
        cr_expect_eq(lab.result.networks[i].is_intended, i == 1);
        cr_expect_eq(lab.result.networks[i].n_prefixes, 1);
        cr_expect(!lab.result.networks[i].is_guessed);
    }
}
