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
}

static struct addr addr(const char *text)
{
    struct addr a = { { 0 } };

    cr_assert_eq(addr_parse(&a, text, &err), 0);
    return a;
}

static struct prefix prefix(const char *text)
{
    struct prefix p = { { { 0 } }, 0 };

    cr_assert_eq(prefix_parse(&p, text, &err), 0);
    return p;
}

static int network_of(const char *text)
{
    struct addr a = addr(text);

    return topology_network_of(&topology, &a);
}

static int host_of(const char *text)
{
    struct addr a = addr(text);

    return topology_host_of(&topology, &a);
}

static void define(const char *definition)
{
    cr_assert_eq(topology_define(&topology, definition, &err), 0, "%s", err.text);
}

static void bear(const char *address, int host, int network, const char *adapter)
{
    struct addr a = addr(address);

    cr_assert_eq(topology_address_add(&topology, &a, host, network, adapter, &err), 0);
}

Test(topology_define, makes_a_network_of_several_prefixes, .init = setup)
{
    define("Storage1=10.20.0.0/24,fd00:20::/64");
    cr_assert_eq(topology.n_networks, 1);
    cr_expect_str_eq(topology.networks[0].name, "Storage1");
    cr_expect_str_eq(topology.networks[0].id, "");
    cr_expect_eq(topology.networks[0].origin, NETWORK_FROM_OPTION);
    cr_expect_eq(topology.networks[0].role, ROLE_UNKNOWN);
    cr_expect_eq(topology.networks[0].n_prefixes, 2);
    cr_expect_eq(network_of("10.20.0.9"), 0);
    cr_expect_eq(network_of("fd00:20::9"), 0);
    cr_expect_eq(network_of("10.20.1.9"), NO_NETWORK);
    cr_expect_eq(network_of("fd00:21::9"), NO_NETWORK);
    topology_release(&topology);
}

Test(topology_define, adds_prefixes_to_a_network_of_that_name, .init = setup)
{
    define("Storage1=10.20.0.0/24");
    define(" storage1 = 10.21.0.0/24 , 10.20.0.0/24");
    cr_assert_eq(topology.n_networks, 1);
    cr_expect_eq(topology.networks[0].n_prefixes, 2);
    cr_expect_eq(network_of("10.21.0.1"), 0);
    topology_release(&topology);
}

Test(topology_define, keeps_an_equals_sign_in_a_name, .init = setup)
{
    define("a=b=10.20.0.0/24");
    cr_expect_str_eq(topology.networks[0].name, "a=b");
    topology_release(&topology);
}

Test(topology_define, refuses_what_is_no_definition, .init = setup)
{
    static const char *const bad[] = {
        "",   "Storage1",      "=10.0.0.0/8",   " =10.0.0.0/8", "a,b=10.0.0.0/8",
        "a=", "a=10.0.0.0/8,", "a=10.0.0.0/33", "a=ten",
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        err.text[0] = '\0';
        cr_expect_eq(topology_define(&topology, bad[i], &err), ERR_USAGE, "'%s'", bad[i]);
        cr_expect(err.text[0] != '\0', "'%s'", bad[i]);
    }
    topology_release(&topology);
}

Test(topology_define, refuses_a_prefix_that_another_network_has, .init = setup)
{
    define("Storage1=10.20.0.0/24");
    cr_expect_eq(topology_define(&topology, "Other=10.20.0.7/24", &err), ERR_USAGE);
    cr_expect(strstr(err.text, "'Storage1'") != NULL, "%s", err.text);
    topology_release(&topology);
}

Test(topology_define, takes_no_more_prefixes_than_a_network_may_have, .init = setup)
{
    char definition[64];
    int r = 0;

    for (int i = 0; i <= NETWORK_MAX_PREFIXES && r == 0; i++) {
        sprintf(definition, "a=10.%d.%d.0/24", i / 256, i % 256);
        r = topology_define(&topology, definition, &err);
    }
    cr_expect_eq(r, ERR_LIMIT);
    cr_expect_eq(topology.networks[0].n_prefixes, NETWORK_MAX_PREFIXES);
    topology_release(&topology);
}

Test(topology_network_of, takes_the_longest_prefix, .init = setup)
{
    define("all=0.0.0.0/0");
    define("ten=10.0.0.0/8");
    define("storage=10.20.0.0/16");
    define("lm=10.20.128.0/24");
    define("point=10.20.128.7/32");
    cr_expect_eq(network_of("10.20.128.7"), 4);
    cr_expect_eq(network_of("10.20.128.6"), 3);
    cr_expect_eq(network_of("10.20.128.255"), 3);
    cr_expect_eq(network_of("10.20.129.0"), 2);
    cr_expect_eq(network_of("10.20.0.0"), 2);
    cr_expect_eq(network_of("10.255.255.255"), 1);
    cr_expect_eq(network_of("11.0.0.0"), 0);
    cr_expect_eq(network_of("255.255.255.255"), 0);
    cr_expect_eq(network_of("::1"), NO_NETWORK);
    topology_release(&topology);
}

Test(topology_network_of, does_not_depend_on_the_order_of_definition, .init = setup)
{
    define("lm=10.20.128.0/24");
    define("ten=10.0.0.0/8");
    define("storage=10.20.0.0/16");
    cr_expect_eq(network_of("10.20.128.1"), 0);
    cr_expect_eq(network_of("10.20.127.1"), 2);
    cr_expect_eq(network_of("10.21.0.1"), 1);
    topology_release(&topology);
}

Test(topology_network_of, never_finds_an_ipv4_address_in_an_ipv6_prefix, .init = setup)
{
    define("six=::/0");
    define("ten=10.0.0.0/8");
    cr_expect_eq(network_of("11.0.0.1"), NO_NETWORK);
    cr_expect_eq(network_of("10.0.0.1"), 1);
    cr_expect_eq(network_of("2001:db8::1"), 0);
    cr_expect_eq(network_of("::1"), 0);
    topology_release(&topology);
}

/* The slow and obvious way, against which the sorted rows are held. */
static int network_of_slowly(const struct addr *a)
{
    int best = NO_NETWORK, best_bits = -1;

    for (size_t i = 0; i < topology.n_networks; i++)
        for (size_t j = 0; j < topology.networks[i].n_prefixes; j++) {
            const struct prefix *p = &topology.networks[i].prefixes[j];

            if (prefix_contains(p, a) && p->bits > best_bits) {
                best = (int)i;
                best_bits = p->bits;
            }
        }
    return best;
}

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* Few distinct bits, so that prefixes nest often. */
static struct addr random_addr(uint32_t *state)
{
    uint32_t bits = next_random(state);
    uint8_t v4[4] = { 10, bits & 3, bits >> 2 & 0xc1, bits >> 10 & 0xff };
    struct addr a = addr_v4(v4);

    if (bits >> 31) {
        memset(a.bytes, 0, sizeof(a.bytes));
        a.bytes[0] = 0xfd;
        a.bytes[3] = bits >> 20 & 3;
        a.bytes[7] = bits & 0xc1;
        a.bytes[15] = bits >> 8 & 0xff;
    }
    return a;
}

Test(topology_network_of, agrees_with_a_linear_search, .init = setup)
{
    uint32_t state = 12345;
    char name[16];

    for (int i = 0; i < 300; i++) {
        struct addr a = random_addr(&state);
        uint32_t bits = next_random(&state);
        struct prefix p = prefix_of(&a, bits % (addr_is_v4(&a) ? 33 : 129));
        int network;

        sprintf(name, "n%d", i);
        network = topology_network_add(&topology, name, NETWORK_FROM_CLUSTER, &err);
        cr_assert_eq(network, i);
        if (topology_prefix_find(&topology, &p) == NO_NETWORK)
            cr_assert_eq(topology_prefix_add(&topology, network, &p, &err), 0);
    }
    for (int i = 0; i < 20000; i++) {
        struct addr a = random_addr(&state);

        cr_assert_eq(topology_network_of(&topology, &a), network_of_slowly(&a));
    }
    topology_release(&topology);
}

Test(topology_network_of, lets_an_interface_win_over_a_prefix, .init = setup)
{
    struct prefix p = prefix("10.20.0.0/24");
    int lm = topology_network_add(&topology, "LM", NETWORK_FROM_CLUSTER, &err);
    int other = topology_network_add(&topology, "Other", NETWORK_FROM_CLUSTER, &err);
    int host = topology_host_add(&topology, "HV01", &err);

    topology_prefix_add(&topology, lm, &p, &err);
    bear("10.20.0.7", host, other, "");
    bear("10.20.0.8", host, NO_NETWORK, "");
    cr_expect_eq(network_of("10.20.0.6"), lm);
    cr_expect_eq(network_of("10.20.0.7"), other);
    cr_expect_eq(network_of("10.20.0.8"), lm);
    topology_release(&topology);
}

Test(topology_network_of, lets_an_option_win_over_an_interface, .init = setup)
{
    struct prefix p = prefix("10.20.0.0/24");
    int lm = topology_network_add(&topology, "LM", NETWORK_FROM_CLUSTER, &err);
    int host = topology_host_add(&topology, "HV01", &err);

    topology_prefix_add(&topology, lm, &p, &err);
    bear("10.20.0.7", host, lm, "");
    bear("10.20.0.200", host, lm, "");
    define("Half=10.20.0.0/25");
    cr_expect_eq(network_of("10.20.0.7"), 1);
    cr_expect_eq(network_of("10.20.0.200"), lm);
    topology_release(&topology);
}

Test(topology_prefix_add, leaves_a_prefix_with_the_network_that_had_it_first, .init = setup)
{
    struct prefix p = prefix("10.20.0.0/24");
    int first = topology_network_add(&topology, "first", NETWORK_FROM_CLUSTER, &err);
    int second = topology_network_add(&topology, "second", NETWORK_FROM_CLUSTER, &err);

    cr_assert_eq(topology_prefix_add(&topology, first, &p, &err), 0);
    cr_assert_eq(topology_prefix_add(&topology, second, &p, &err), 0);
    cr_expect_eq(network_of("10.20.0.1"), first);
    cr_expect_eq(topology_prefix_find(&topology, &p), first);
    cr_expect_eq(topology.networks[second].n_prefixes, 1);
    topology_release(&topology);
}

Test(topology_prefix_add, has_a_limit_over_all_networks, .init = setup)
{
    char name[16];
    size_t n = 0;
    int r = 0;

    while (r == 0 && n <= TOPOLOGY_MAX_PREFIXES) {
        uint8_t v4[4] = { 10, (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n };
        struct addr a = addr_v4(v4);
        struct prefix p = prefix_of(&a, 32);
        int network;

        sprintf(name, "n%d", (int)(n / NETWORK_MAX_PREFIXES));
        network = topology_network_add(&topology, name, NETWORK_FROM_CLUSTER, &err);
        r = topology_prefix_add(&topology, network, &p, &err);
        n += r == 0;
    }
    cr_expect_eq(r, ERR_LIMIT);
    cr_expect_eq(n, TOPOLOGY_MAX_PREFIXES);
    topology_release(&topology);
}

Test(topology_network_add, has_a_limit, .init = setup)
{
    char name[16];
    int r = 0;

    for (int i = 0; i <= TOPOLOGY_MAX_NETWORKS && r >= 0; i++) {
        sprintf(name, "n%d", i);
        r = topology_network_add(&topology, name, NETWORK_FROM_CLUSTER, &err);
    }
    cr_expect_eq(r, ERR_LIMIT);
    cr_expect_eq(topology.n_networks, TOPOLOGY_MAX_NETWORKS);
    topology_release(&topology);
}

Test(topology_network_add, refuses_a_name_that_is_too_long, .init = setup)
{
    char name[TOPOLOGY_MAX_NAME_BYTES + 2];

    memset(name, 'x', sizeof(name));
    name[TOPOLOGY_MAX_NAME_BYTES + 1] = '\0';
    cr_expect_eq(topology_network_add(&topology, name, NETWORK_FROM_CLUSTER, &err), ERR_LIMIT);
    name[TOPOLOGY_MAX_NAME_BYTES] = '\0';
    cr_expect_eq(topology_network_add(&topology, name, NETWORK_FROM_CLUSTER, &err), 0);
    topology_release(&topology);
}

Test(topology_find, compares_names_and_ids_without_case_or_braces, .init = setup)
{
    define("Storage1=10.20.0.0/24");
    define("Management=10.10.10.0/24");
    strcpy(topology.networks[0].id = realloc(topology.networks[0].id, 8), "ab-01");
    cr_expect_eq(topology_find(&topology, "storage1"), 0);
    cr_expect_eq(topology_find(&topology, "MANAGEMENT"), 1);
    cr_expect_eq(topology_find(&topology, "{AB-01}"), 0);
    cr_expect_eq(topology_find(&topology, "ab-01"), 0);
    cr_expect_eq(topology_find(&topology, "ab-0"), NO_NETWORK);
    cr_expect_eq(topology_find(&topology, ""), NO_NETWORK);
    cr_expect_eq(topology_find(&topology, "{}"), NO_NETWORK);
    topology_release(&topology);
}

Test(topology_host_add, finds_a_host_by_its_short_and_its_full_name, .init = setup)
{
    cr_expect_eq(topology_host_add(&topology, "HV01", &err), 0);
    cr_expect_eq(topology_host_add(&topology, "hv01.corp.example", &err), 0);
    cr_expect_eq(topology_host_add(&topology, "HV02.corp.example", &err), 1);
    cr_expect_eq(topology_host_add(&topology, "hv02", &err), 1);
    cr_expect_eq(topology_host_add(&topology, "HV02.lab.example", &err), 2);
    cr_expect_eq(topology_host_add(&topology, "HV0", &err), 3);
    cr_expect_eq(topology_host_add(&topology, "", &err), ERR_INPUT);
    topology_release(&topology);
}

Test(topology_host_add, has_a_limit, .init = setup)
{
    char name[16];
    int r = 0;

    for (int i = 0; i <= TOPOLOGY_MAX_HOSTS && r >= 0; i++) {
        sprintf(name, "h%d", i);
        r = topology_host_add(&topology, name, &err);
    }
    cr_expect_eq(r, ERR_LIMIT);
    cr_expect_eq(topology.n_hosts, TOPOLOGY_MAX_HOSTS);
    topology_release(&topology);
}

Test(topology_address_add, keeps_addresses_sorted_and_found, .init = setup)
{
    static const char *const texts[] = { "10.20.0.2", "fd00:20::1", "10.20.0.1", "10.10.10.2",
                                         "10.10.10.1" };
    int host = topology_host_add(&topology, "HV01", &err);

    for (size_t i = 0; i < 5; i++)
        bear(texts[i], host, NO_NETWORK, "nic");
    cr_assert_eq(topology.n_addresses, 5);
    for (size_t i = 1; i < 5; i++)
        cr_expect(memcmp(&topology.addresses[i - 1].addr, &topology.addresses[i].addr, 16) < 0);
    for (size_t i = 0; i < 5; i++)
        cr_expect_eq(host_of(texts[i]), host);
    cr_expect_eq(host_of("10.20.0.3"), NO_HOST);
    cr_expect_eq(host_of("fd00:20::2"), NO_HOST);
    topology_release(&topology);
}

Test(topology_address_add, fills_in_what_was_not_known, .init = setup)
{
    struct addr a = addr("10.20.0.1");
    int lm = topology_network_add(&topology, "LM", NETWORK_FROM_CLUSTER, &err);
    int host = topology_host_add(&topology, "HV01", &err);

    bear("10.20.0.1", host, NO_NETWORK, "old");
    bear("10.20.0.1", host, lm, "");
    bear("10.20.0.1", host, NO_NETWORK, "vEthernet (LM)");
    cr_assert_eq(topology.n_addresses, 1);
    cr_expect_eq(topology_address_of(&topology, &a)->network, lm);
    cr_expect_str_eq(topology_address_of(&topology, &a)->adapter, "vEthernet (LM)");
    topology_release(&topology);
}

Test(topology_address_add, gives_an_address_that_two_hosts_claim_to_neither, .init = setup)
{
    bear("192.168.137.1", topology_host_add(&topology, "HV01", &err), NO_NETWORK, "nat");
    bear("192.168.137.1", topology_host_add(&topology, "HV02", &err), NO_NETWORK, "nat");
    bear("192.168.137.1", topology_host_add(&topology, "HV01", &err), NO_NETWORK, "nat");
    cr_expect_eq(host_of("192.168.137.1"), NO_HOST);
    topology_release(&topology);
}

Test(topology_address_add, has_a_limit, .init = setup)
{
    int host = topology_host_add(&topology, "HV01", &err);
    int r = 0;

    for (int i = 0; i <= TOPOLOGY_MAX_ADDRESSES && r == 0; i++) {
        uint8_t v4[4] = { 10, 0, (uint8_t)(i >> 8), (uint8_t)i };
        struct addr a = addr_v4(v4);

        r = topology_address_add(&topology, &a, host, NO_NETWORK, "", &err);
    }
    cr_expect_eq(r, ERR_LIMIT);
    cr_expect_eq(topology.n_addresses, TOPOLOGY_MAX_ADDRESSES);
    topology_release(&topology);
}

Test(topology_guess, makes_a_24_or_a_64_once, .init = setup)
{
    struct addr a = addr("192.0.2.7"), near = addr("192.0.2.200"), six = addr("2001:db8::5");
    struct addr link_local = addr("169.254.3.4");

    cr_expect_eq(topology_guess(&topology, &a, &err), 0);
    cr_expect_eq(topology_guess(&topology, &near, &err), 0);
    cr_expect_eq(topology_guess(&topology, &six, &err), 1);
    cr_expect_eq(topology_guess(&topology, &link_local, &err), 2);
    cr_expect_eq(topology.n_networks, 3);
    cr_expect_str_eq(topology.networks[0].name, "192.0.2.0/24");
    cr_expect_str_eq(topology.networks[1].name, "2001:db8::/64");
    cr_expect_str_eq(topology.networks[2].name, "169.254.0.0/16");
    cr_expect_eq(topology.networks[0].origin, NETWORK_GUESSED);
    cr_expect_eq(network_of("192.0.2.99"), 0);
    topology_release(&topology);
}

Test(topology_guess, takes_a_known_network_first, .init = setup)
{
    struct addr a = addr("10.20.0.7");

    define("Storage1=10.20.0.0/16");
    cr_expect_eq(topology_guess(&topology, &a, &err), 0);
    cr_expect_eq(topology.n_networks, 1);
    topology_release(&topology);
}

Test(network_role_name, is_the_cmdlets_word)
{
    cr_expect_str_eq(network_role_name(ROLE_NONE), "None");
    cr_expect_str_eq(network_role_name(ROLE_CLUSTER), "Cluster");
    cr_expect_str_eq(network_role_name(ROLE_CLIENT), "Client");
    cr_expect_str_eq(network_role_name(ROLE_CLUSTER_AND_CLIENT), "ClusterAndClient");
    cr_expect_eq(network_role_name(ROLE_UNKNOWN), NULL);
}
