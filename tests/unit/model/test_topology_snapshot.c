#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "src/model/snapshot.h"
#include "src/model/topology.h"

/* FIXTURES is the folder's path, from meson.build. */
static struct topology topology;
static struct error err;

static void setup(void)
{
    topology_init(&topology);
    err.text[0] = '\0';
}

static int read_fixture(const char *name)
{
    char path[512];

    snprintf(path, sizeof(path), "%s/snapshots/%s", FIXTURES, name);
    return topology_read_snapshot(&topology, path, &err);
}

static int add(const char *json)
{
    AUTO(snapshot) s = NULL;

    cr_assert_eq(snapshot_parse(&s, json, strlen(json), "x.json", &err), 0, "%s", err.text);
    return topology_add_snapshot(&topology, s, &err);
}

static void expect_refused(const char *json, const char *text)
{
    topology_init(&topology);
    cr_expect_eq(add(json), ERR_INPUT, "%s", json);
    cr_expect_str_eq(err.text, text);
    topology_release(&topology);
}

static int network_of(const char *text)
{
    struct addr a;

    cr_assert_eq(addr_parse(&a, text, &err), 0);
    return topology_network_of(&topology, &a);
}

static const struct host_address *address(const char *text)
{
    struct addr a;
    const struct host_address *known;

    cr_assert_eq(addr_parse(&a, text, &err), 0);
    known = topology_address_of(&topology, &a);
    cr_assert(known != NULL, "%s", text);
    return known;
}

static void expect_prefixes(int network, const char *expected)
{
    char all[512] = "", text[PREFIX_TEXT_BYTES];

    cr_assert(network >= 0 && (size_t)network < topology.n_networks);
    for (size_t i = 0; i < topology.networks[network].n_prefixes; i++) {
        strcat(all, prefix_text(text, &topology.networks[network].prefixes[i]));
        strcat(all, " ");
    }
    cr_expect_str_eq(all, expected);
}

/* ---- the fixtures ---- */

static void expect_lab_networks(void)
{
    static const char *const ids[] = { "1f0c5a52-7a3e-4d0e-9b61-0c8a5d2e1a01",
                                       "7e5d2a1c-93b4-4f7a-8c12-5b7d9e3f2b02",
                                       "c3a98f10-2d6b-4b1f-a7e4-6f4c8d1b3c03" };
    static const enum network_role roles[] = { ROLE_CLUSTER_AND_CLIENT, ROLE_CLUSTER,
                                               ROLE_CLUSTER };
    static const int64_t metrics[] = { 70384, 30240, 39840 };

    cr_assert_eq(topology.n_networks, 3);
    cr_expect_str_eq(topology.cluster, "LAB");
    cr_expect_str_eq(topology.networks[0].name, "Management");
    cr_expect_str_eq(topology.networks[1].name, "Storage1");
    cr_expect_str_eq(topology.networks[2].name, "Heartbeat");
    expect_prefixes(0, "10.10.10.0/24 fd00:10::/64 ");
    expect_prefixes(1, "10.20.0.0/24 fd00:20::/64 ");
    expect_prefixes(2, "10.30.0.0/24 ");
    for (int i = 0; i < 3; i++) {
        cr_expect_str_eq(topology.networks[i].id, ids[i]);
        cr_expect_eq(topology.networks[i].role, roles[i]);
        cr_expect_eq(topology.networks[i].metric, metrics[i]);
        cr_expect_eq(topology.networks[i].origin, NETWORK_FROM_CLUSTER);
        cr_expect_eq(topology.networks[i].migration_order, i == 1 ? 0 : -1);
        cr_expect_eq(topology.networks[i].is_excluded, i == 0);
    }
    cr_expect(topology.has_cluster_order);
    cr_expect(topology.has_cluster_exclude);
}

static void expect_lab_hosts(void)
{
    static const char *const addresses[] = { "10.10.10.1", "10.20.0.1", "10.30.0.1", "fd00:10::1",
                                             "fd00:20::1" };
    static const int networks[] = { 0, 1, 2, 0, 1 };
    static const char *const adapters[] = { "mgmt0", "stor1", "hb0" };

    cr_assert_eq(topology.n_hosts, 2);
    for (int i = 0; i < 2; i++) {
        cr_expect_str_eq(topology.hosts[i].name, i ? "HV02" : "HV01");
        cr_expect(topology.hosts[i].has_migration_list);
        cr_assert_eq(topology.hosts[i].n_migration_subnets, 1);
        cr_expect_eq(topology.hosts[i].migration_subnets[0].priority, 1);
    }
    cr_expect_eq(topology.n_addresses, 12);
    for (int i = 0; i < 5; i++) {
        const struct host_address *a = address(addresses[i]);

        cr_expect_eq(a->host, 0, "%s", addresses[i]);
        cr_expect_str_eq(a->adapter, adapters[networks[i]]);
        cr_expect_eq(a->subnet_bits, addresses[i][0] == 'f' ? 64 : 24);
        cr_expect_eq(network_of(addresses[i]), networks[i], "%s", addresses[i]);
    }
    cr_expect_eq(address("10.20.0.2")->host, 1);
    cr_expect_eq(address("fe80::215:5dff:fe00:1")->host, 0);
}

static void expect_lab(const char *name)
{
    cr_assert_eq(read_fixture(name), 0, "%s", err.text);
    expect_lab_networks();
    expect_lab_hosts();
    cr_assert_eq(topology_intend(&topology, &err), 0);
    cr_expect_eq(topology.networks[1].is_intended, true);
    cr_expect_str_eq(topology.intended_reason, "Storage1 is first in the cluster's migration "
                                               "order");
}

Test(topology_snapshot, reads_the_lab, .init = setup)
{
    expect_lab("lab.json");
    cr_expect_eq(topology.networks[2].state, STATE_UP);
    cr_expect_eq(address("10.20.0.1")->network, 1);
    topology_release(&topology);
}

Test(topology_snapshot, reads_the_lab_as_windows_powershell_leaves_it, .init = setup)
{
    expect_lab("lab-ps51.json");
    cr_expect_eq(topology.networks[2].state, STATE_UP);
    topology_release(&topology);
}

Test(topology_snapshot, reads_the_lab_as_powershell_7_leaves_it, .init = setup)
{
    expect_lab("lab-ps7.json");
    cr_expect_eq(topology.networks[1].state, STATE_UP);
    cr_expect_eq(topology.networks[2].state, STATE_PARTITIONED);
    topology_release(&topology);
}

Test(topology_snapshot, intends_both_networks_of_a_converged_cluster, .init = setup)
{
    cr_assert_eq(read_fixture("converged.json"), 0, "%s", err.text);
    cr_assert_eq(topology_intend(&topology, &err), 0);
    for (size_t i = 0; i < topology.n_networks; i++)
        cr_expect_eq(topology.networks[i].is_intended,
                     strncmp(topology.networks[i].name, "LM", 2) == 0);
    cr_expect_eq(topology.networks[2].migration_order, 1);
    topology_release(&topology);
}

Test(topology_snapshot, intends_nothing_when_all_is_empty, .init = setup)
{
    cr_assert_eq(read_fixture("order-empty.json"), 0, "%s", err.text);
    cr_expect(topology.has_cluster_order);
    cr_expect(topology.hosts[1].has_migration_list);
    cr_expect_eq(topology.hosts[1].n_migration_subnets, 0);
    cr_assert_eq(topology_intend(&topology, &err), 0);
    for (size_t i = 0; i < topology.n_networks; i++)
        cr_expect(!topology.networks[i].is_intended);
    topology_release(&topology);
}

Test(topology_snapshot, takes_an_errored_section_for_unknown, .init = setup)
{
    cr_assert_eq(read_fixture("section-errored.json"), 0, "%s", err.text);
    cr_expect(!topology.has_cluster_order);
    cr_expect(!topology.has_cluster_exclude);
    cr_expect(topology.hosts[0].has_migration_list);
    cr_expect(!topology.hosts[1].has_migration_list);
    topology_release(&topology);
}

Test(topology_snapshot, takes_the_subnets_of_hosts_without_a_cluster, .init = setup)
{
    cr_assert_eq(read_fixture("hosts.json"), 0, "%s", err.text);
    cr_assert_eq(topology.n_networks, 3);
    cr_expect_eq(topology.cluster, NULL);
    cr_expect_str_eq(topology.networks[0].name, "10.20.0.0/24");
    cr_expect_eq(topology.networks[0].origin, NETWORK_FROM_HOST_LIST);
    cr_expect_str_eq(topology.networks[1].name, "fd00:20::/64");
    cr_assert_eq(topology_intend(&topology, &err), 0);
    cr_expect(topology.networks[0].is_intended);
    cr_expect(topology.networks[1].is_intended);
    cr_expect(!topology.networks[2].is_intended);
    topology_release(&topology);
}

static void expect_broken(const char *name, const char *text)
{
    topology_init(&topology);
    cr_expect_eq(read_fixture(name), ERR_INPUT, "%s", name);
    cr_expect(strstr(err.text, name) != NULL, "%s", err.text);
    cr_expect(strstr(err.text, text) != NULL, "%s", err.text);
    topology_release(&topology);
}

Test(topology_snapshot, tells_in_one_line_what_is_broken)
{
    expect_broken("broken-not-json.json", ": line 1, column 3: no JSON: ");
    expect_broken("broken-cut.json", ": line 198, column 22: no JSON: ");
    expect_broken("broken-address.json",
                  ": Get-ClusterNetwork[2].Ipv4Addresses[0]: '10.30.0.x' is no address");
    expect_broken("broken-types.json", ": Get-ClusterNetwork[0].Role: an array is no number or "
                                       "name");
    expect_broken("broken-depth.json", ": Nodes.HV02.Get-VMMigrationNetwork[0]: "
                                       "'Microsoft.HyperV.PowerShell.VMMigrationNetwork' is a "
                                       "flattened object");
    expect_broken("broken-nothing.json", ": tells of no network");
}

/* ---- networks ---- */

Test(topology_snapshot, falls_back_to_address_and_mask, .init = setup)
{
    cr_assert_eq(add("{\"Get-ClusterNetwork\":[{\"Name\":\"a\",\"Address\":\"10.20.0.0\","
                     "\"AddressMask\":\"255.255.254.0\","
                     "\"Ipv4Addresses\":\"System.Collections.Specialized.StringCollection\"},"
                     "{\"Name\":\"b\",\"Address\":\"10.30.0.0\",\"AddressMask\":\"\"}]}"),
                 0, "%s", err.text);
    expect_prefixes(0, "10.20.0.0/23 ");
    expect_prefixes(1, "");
    topology_release(&topology);
}

Test(topology_snapshot, lumps_several_subnets_in_one_network, .init = setup)
{
    cr_assert_eq(add("{\"Get-ClusterNetwork\":{\"Name\":\"a\","
                     "\"Ipv4Addresses\":[\"10.20.0.0\",\"10.21.0.0\"],"
                     "\"Ipv4PrefixLengths\":\"24 16\"}}"),
                 0, "%s", err.text);
    expect_prefixes(0, "10.20.0.0/24 10.21.0.0/16 ");
    topology_release(&topology);
}

Test(topology_snapshot, leaves_out_link_local_ipv6_prefixes, .init = setup)
{
    cr_assert_eq(add("{\"Get-ClusterNetwork\":{\"Name\":\"a\","
                     "\"Ipv6Addresses\":[\"fe80::\",\"fd00:20::\"],"
                     "\"Ipv6PrefixLengths\":[64,\"64\"]}}"),
                 0, "%s", err.text);
    expect_prefixes(0, "fd00:20::/64 ");
    topology_release(&topology);
}

Test(topology_snapshot, refuses_networks_that_make_no_sense)
{
    expect_refused("{\"Get-ClusterNetwork\":[{\"Role\":1}]}",
                   "x.json: Get-ClusterNetwork[0]: a cluster network without Name");
    expect_refused("{\"Get-ClusterNetwork\":{\"Name\":\"a\",\"Ipv4Addresses\":[\"10.0.0.0\"],"
                   "\"Ipv4PrefixLengths\":[\"33\"]}}",
                   "x.json: Get-ClusterNetwork.Ipv4PrefixLengths[0]: '33' is no prefix length");
    expect_refused("{\"Get-ClusterNetwork\":{\"Name\":\"a\",\"Ipv4Addresses\":[\"10.0.0.0\"],"
                   "\"Ipv4PrefixLengths\":[\"255.0.255.0\"]}}",
                   "x.json: Get-ClusterNetwork.Ipv4PrefixLengths[0]: '255.0.255.0' is no prefix "
                   "length");
    expect_refused("{\"Get-ClusterNetwork\":{\"Name\":\"a\","
                   "\"Ipv4Addresses\":[\"10.0.0.0\",\"10.1.0.0\"],\"Ipv4PrefixLengths\":\"24\"}}",
                   "x.json: Get-ClusterNetwork.Ipv4PrefixLengths: fewer entries than "
                   "Ipv4Addresses");
    expect_refused("{\"Get-ClusterNetwork\":\"a\"}",
                   "x.json: Get-ClusterNetwork: 'a' is no list of objects");
    expect_refused("{\"Nodes\":[]}", "x.json: Nodes: an array is no object");
}

Test(topology_snapshot, fills_in_a_network_that_an_option_named, .init = setup)
{
    cr_assert_eq(topology_define(&topology, "storage1=10.99.0.0/24", &err), 0);
    cr_assert_eq(read_fixture("lab.json"), 0, "%s", err.text);
    cr_assert_eq(topology.n_networks, 3);
    cr_expect_eq(topology.networks[0].role, ROLE_CLUSTER);
    expect_prefixes(0, "10.99.0.0/24 10.20.0.0/24 fd00:20::/64 ");
    topology_release(&topology);
}

Test(topology_snapshot, refuses_a_second_name_from_an_option, .init = setup)
{
    cr_assert_eq(topology_define(&topology, "LM=10.20.0.0/24", &err), 0);
    cr_expect_eq(read_fixture("lab.json"), ERR_USAGE);
    cr_expect(strstr(err.text, "Get-ClusterNetwork[1].Ipv4Addresses[0]: network 'Storage1' has "
                               "the prefix '10.20.0.0/24' that -n gives to 'LM'") != NULL,
              "%s", err.text);
    topology_release(&topology);
    topology_init(&topology);
    cr_assert_eq(read_fixture("lab.json"), 0, "%s", err.text);
    cr_expect_eq(topology_define(&topology, "LM=10.20.0.0/24", &err), ERR_USAGE);
    topology_release(&topology);
}

/* ---- order and exclude list ---- */

#define TWO_NETWORKS                                                                               \
    "\"Get-ClusterNetwork\":[{\"Name\":\"A\",\"Id\":\"{AAAA-1}\"},{\"Name\":\"B\",\"Id\":"         \
    "\"bbbb-2\"}]"

static void expect_order(const char *parameters, int a, int b, bool is_a_excluded)
{
    char json[1024];

    topology_init(&topology);
    snprintf(json, sizeof(json), "{%s,\"Get-ClusterParameter\":%s}", TWO_NETWORKS, parameters);
    cr_assert_eq(add(json), 0, "%s", err.text);
    cr_expect_eq(topology.networks[0].migration_order, a, "%s", parameters);
    cr_expect_eq(topology.networks[1].migration_order, b, "%s", parameters);
    cr_expect_eq(topology.networks[0].is_excluded, is_a_excluded, "%s", parameters);
    cr_expect(topology.has_cluster_order, "%s", parameters);
    topology_release(&topology);
}

Test(topology_snapshot, reads_the_order_in_every_form)
{
    expect_order("[{\"Name\":\"MigrationNetworkOrder\",\"Value\":\"bbbb-2;aaaa-1\"}]", 1, 0, false);
    expect_order("{\"Name\":\"migrationnetworkorder\",\"Value\":\" {BBBB-2} , AAAA-1 \"}", 1, 0,
                 false);
    expect_order("[{\"Name\":\"MigrationNetworkOrder\",\"Value\":[\"aaaa-1\",\"bbbb-2\"]},"
                 "{\"Name\":\"MigrationExcludeNetworks\",\"Value\":\"aaaa-1;stale\"}]",
                 0, 1, true);
    expect_order("{\"MigrationNetworkOrder\":\"stale;stale;bbbb-2;bbbb-2\"}", -1, 2, false);
    expect_order("[{\"Name\":\"MigrationNetworkOrder\",\"Value\":\"\"}]", -1, -1, false);
    expect_order("[{\"Name\":\"MigrationNetworkOrder\",\"Value\":null}]", -1, -1, false);
}

/* ---- interfaces and addresses ---- */

Test(topology_snapshot, takes_the_network_of_an_interface_in_every_form, .init = setup)
{
    cr_assert_eq(
        add("{" TWO_NETWORKS ",\"Get-ClusterNetworkInterface\":["
            "{\"Node\":\"H\",\"Network\":\"B\",\"Ipv4Addresses\":\"10.0.0.1 10.0.0.2\"},"
            "{\"Node\":\"H\",\"Network\":{\"Name\":\"b\"},\"Address\":\"10.0.0.3\"},"
            "{\"Node\":\"H\",\"Network\":{\"Id\":\"BBBB-2\"},\"Ipv6Addresses\":[\"fd00::4\"]},"
            "{\"Node\":\"H\",\"Network\":\"Microsoft.FailoverClusters.PowerShell.ClusterNetwork\","
            "\"Address\":\"10.0.0.5\"},"
            "{\"Node\":\"H\",\"Network\":null,\"Address\":\"10.0.0.6\"},"
            "{\"Node\":null,\"Address\":\"10.0.0.7\"},"
            "{\"Node\":{\"Name\":\"h\"},\"Network\":\"A\",\"Address\":\"10.0.0.8\"}]}"),
        0, "%s", err.text);
    cr_expect_eq(topology.n_hosts, 1);
    cr_expect_eq(topology.n_addresses, 7);
    cr_expect_eq(address("10.0.0.1")->network, 1);
    cr_expect_eq(address("10.0.0.2")->network, 1);
    cr_expect_eq(address("10.0.0.3")->network, 1);
    cr_expect_eq(address("fd00::4")->network, 1);
    cr_expect_eq(address("10.0.0.5")->network, NO_NETWORK);
    cr_expect_eq(address("10.0.0.6")->network, NO_NETWORK);
    topology_release(&topology);
}

Test(topology_snapshot, names_the_adapter_as_the_host_does, .init = setup)
{
    cr_assert_eq(add("{\"Get-ClusterNetworkInterface\":["
                     "{\"Node\":\"H\",\"Name\":\"h - vEthernet (LM)\",\"Adapter\":\"Hyper-V "
                     "Virtual Ethernet Adapter\",\"Address\":\"10.0.0.1\"},"
                     "{\"Node\":\"H\",\"Name\":\"other\",\"Adapter\":\"Mellanox\",\"Address\":"
                     "\"10.0.0.2\"}],"
                     "\"Nodes\":{\"H\":{\"Get-NetIPAddress\":["
                     "{\"IPAddress\":\"10.0.0.2\",\"InterfaceAlias\":\"SLOT 3\"},"
                     "{\"IPAddress\":\"10.0.0.3\",\"InterfaceAlias\":\"B\xfcro\"},"
                     "{\"IPAddress\":\"127.0.0.1\"},{\"IPAddress\":\"::1\"},"
                     "{\"IPAddress\":null}]}}}"),
                 0, "%s", err.text);
    cr_expect_eq(topology.n_addresses, 3);
    cr_expect_str_eq(address("10.0.0.1")->adapter, "vEthernet (LM)");
    cr_expect_str_eq(address("10.0.0.2")->adapter, "SLOT 3");
    cr_expect_str_eq(address("10.0.0.3")->adapter, "B\xc3\xbcro");
    topology_release(&topology);
}

Test(topology_snapshot, refuses_addresses_that_are_none)
{
    expect_refused("{\"Get-ClusterNetworkInterface\":{\"Node\":\"H\",\"Address\":\"ten\"}}",
                   "x.json: Get-ClusterNetworkInterface.Address: 'ten' is no address");
    expect_refused("{\"Nodes\":{\"H\":{\"Get-NetIPAddress\":[{},{\"IPAddress\":\"ten\"}]}}}",
                   "x.json: Nodes.H.Get-NetIPAddress[1].IPAddress: 'ten' is no address");
    expect_refused("{\"Nodes\":{\"H\":{\"Get-NetIPAddress\":{\"IPAddress\":\"10.0.0.1\","
                   "\"PrefixLength\":33}}}}",
                   "x.json: Nodes.H.Get-NetIPAddress.PrefixLength: '33' is no prefix length");
    expect_refused("{\"Nodes\":{\"H\":7}}", "x.json: Nodes.H: a number is no object");
    expect_refused("{\"Nodes\":{\"\":{}}}", "x.json: Nodes[\"\"]: a host without a name");
}

Test(topology_snapshot, guesses_the_subnet_that_a_host_has_its_address_in, .init = setup)
{
    struct addr a;

    cr_assert_eq(add("{\"Nodes\":{\"H\":{\"Get-NetIPAddress\":{\"IPAddress\":\"10.9.8.7\","
                     "\"PrefixLength\":\"20\"}}}}"),
                 0, "%s", err.text);
    cr_assert_eq(addr_parse(&a, "10.9.8.7", &err), 0);
    cr_expect_eq(topology_guess(&topology, &a, &err), 0);
    cr_expect_str_eq(topology.networks[0].name, "10.9.0.0/20");
    topology_release(&topology);
}

/* ---- host lists ---- */

Test(topology_snapshot, widens_an_entry_for_one_address_to_its_subnet, .init = setup)
{
    cr_assert_eq(add("{\"Nodes\":{\"H\":{\"Get-NetIPAddress\":{\"IPAddress\":\"10.20.0.1\","
                     "\"PrefixLength\":24},"
                     "\"Get-VMMigrationNetwork\":[{\"Subnet\":\"10.20.0.1\",\"Priority\":null},"
                     "{\"Subnet\":\"10.21.0.1/32\",\"Priority\":\"3\"},"
                     "{\"Subnet\":\"0.0.0.0/0\"},{\"Subnet\":\"::/0\"}]}}}"),
                 0, "%s", err.text);
    cr_assert_eq(topology.n_networks, 2);
    expect_prefixes(0, "10.20.0.0/24 ");
    expect_prefixes(1, "10.21.0.1/32 ");
    cr_expect_eq(topology.hosts[0].n_migration_subnets, 4);
    cr_expect_eq(topology.hosts[0].migration_subnets[0].priority, -1);
    cr_expect_eq(topology.hosts[0].migration_subnets[1].priority, 3);
    topology_release(&topology);
}

Test(topology_snapshot, makes_no_networks_of_lists_beside_a_cluster, .init = setup)
{
    cr_assert_eq(add("{" TWO_NETWORKS ",\"Nodes\":{\"H\":{\"Get-VMMigrationNetwork\":"
                     "{\"Subnet\":\"10.20.0.0/24\"}}}}"),
                 0, "%s", err.text);
    cr_expect_eq(topology.n_networks, 2);
    topology_release(&topology);
}

Test(topology_snapshot, refuses_host_lists_that_are_none)
{
    expect_refused("{\"Nodes\":{\"H\":{\"Get-VMMigrationNetwork\":{\"Priority\":1}}}}",
                   "x.json: Nodes.H.Get-VMMigrationNetwork: a migration network without Subnet");
    expect_refused("{\"Nodes\":{\"H\":{\"Get-VMMigrationNetwork\":[{\"Subnet\":\"ten\"}]}}}",
                   "x.json: Nodes.H.Get-VMMigrationNetwork[0].Subnet: 'ten' is no subnet");
}

Test(topology_snapshot, has_a_limit_for_a_hosts_list, .init = setup)
{
    char json[8192];
    char *to = json;

    to += sprintf(to, "{\"Nodes\":{\"H\":{\"Get-VMMigrationNetwork\":[");
    for (int i = 0; i <= HOST_MAX_MIGRATION_SUBNETS; i++)
        to += sprintf(to, "%s{\"Subnet\":\"10.%d.0.0/16\"}", i ? "," : "", i);
    strcpy(to, "]}}}");
    cr_expect_eq(add(json), ERR_LIMIT);
    cr_expect_eq(topology.hosts[0].n_migration_subnets, HOST_MAX_MIGRATION_SUBNETS);
    topology_release(&topology);
}
