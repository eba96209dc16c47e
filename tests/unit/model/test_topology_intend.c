#include "src/model/topology.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static struct topology topology;
static struct error err;

enum { MANAGEMENT, LM1, LM2, ISCSI };

/* A cluster of four networks; nothing of it is ordered, excluded or listed yet. */
static void setup(void)
{
    static const char *const subnets[] = { "10.10.10.0/24", "10.20.1.0/24", "10.20.2.0/24",
                                           "10.40.0.0/24" };
    static const char *const names[] = { "Management", "LM1", "LM2", "iSCSI" };

    topology_init(&topology);
    for (int i = 0; i < 4; i++) {
        struct prefix p;
        int network = topology_network_add(&topology, names[i], NETWORK_FROM_CLUSTER, &err);

        cr_assert_eq(network, i);
        cr_assert_eq(prefix_parse(&p, subnets[i], &err), 0);
        cr_assert_eq(topology_prefix_add(&topology, network, &p, &err), 0);
        topology.networks[i].role = i == ISCSI ? ROLE_NONE : ROLE_CLUSTER;
    }
    topology.has_cluster_order = true;
    topology.has_cluster_exclude = true;
}

/* A host whose list has these "subnet priority" pairs; priority -1: none. */
static void list(const char *host, const char *subnet, int64_t priority)
{
    struct host *h;
    int i = topology_host_add(&topology, host, &err);

    cr_assert(i >= 0);
    h = &topology.hosts[i];
    h->has_migration_list = true;
    h->migration_subnets =
        realloc(h->migration_subnets, (h->n_migration_subnets + 1) * sizeof(*h->migration_subnets));
    h->migration_subnets[h->n_migration_subnets].priority = priority;
    cr_assert_eq(prefix_parse(&h->migration_subnets[h->n_migration_subnets++].prefix, subnet, &err),
                 0);
}

static void order(int first, int second)
{
    topology.networks[first].migration_order = 0;
    if (second >= 0)
        topology.networks[second].migration_order = 1;
}

static void expect_intended(const char *intended, const char *reason)
{
    cr_assert_eq(topology_intend(&topology, &err), 0);
    for (size_t i = 0; i < topology.n_networks; i++)
        cr_expect_eq(topology.networks[i].is_intended, intended[i] == '1', "network %zu", i);
    cr_expect_str_eq(topology.intended_reason, reason);
    topology_release(&topology);
}

Test(topology_intend, takes_the_first_of_the_clusters_order, .init = setup)
{
    order(LM2, MANAGEMENT);
    expect_intended("0010", "LM2 is first in the cluster's migration order");
}

Test(topology_intend, passes_over_an_excluded_and_a_missing_network, .init = setup)
{
    topology.networks[MANAGEMENT].migration_order = 0;
    topology.networks[MANAGEMENT].is_excluded = true;
    topology.networks[LM1].migration_order = 2; /* place 1 is a stale id */
    expect_intended("0100", "LM1 is first in the cluster's migration order");
}

Test(topology_intend, follows_the_order_against_the_host_lists, .init = setup)
{
    order(LM1, -1);
    list("HV01", "10.10.10.0/24", 1);
    list("HV02", "10.10.10.0/24", 1);
    expect_intended("0100", "LM1 is first in the cluster's migration order");
}

Test(topology_intend, joins_networks_that_every_host_gives_one_priority, .init = setup)
{
    order(LM1, LM2);
    list("HV01", "10.20.1.0/24", 10);
    list("HV01", "10.20.2.0/24", 10);
    list("HV02", "10.20.2.0/24", 5);
    list("HV02", "10.20.1.0/24", 5);
    expect_intended("0110", "LM1 and LM2 lead the cluster's migration order, and every host list "
                            "gives them one priority");
}

Test(topology_intend, joins_none_that_one_host_gives_another_priority, .init = setup)
{
    order(LM1, LM2);
    list("HV01", "10.20.1.0/24", 10);
    list("HV01", "10.20.2.0/24", 10);
    list("HV02", "10.20.1.0/24", 10);
    list("HV02", "10.20.2.0/24", 11);
    expect_intended("0100", "LM1 is first in the cluster's migration order");
}

Test(topology_intend, takes_the_one_network_that_is_not_excluded, .init = setup)
{
    topology.networks[MANAGEMENT].is_excluded = true;
    topology.networks[LM2].is_excluded = true;
    topology.networks[ISCSI].is_excluded = true;
    expect_intended("0100",
                    "LM1 is the only network that the cluster does not exclude from migration");
}

Test(topology_intend, takes_the_one_network_with_a_role_that_is_not_excluded, .init = setup)
{
    topology.networks[MANAGEMENT].is_excluded = true;
    topology.networks[LM2].is_excluded = true;
    expect_intended("0100", "LM1 is the only network with a role that the cluster does not exclude "
                            "from migration");
}

Test(topology_intend, takes_what_all_host_lists_put_first, .init = setup)
{
    topology.networks[MANAGEMENT].is_excluded = true;
    list("HV01", "10.20.1.0/24", 1);
    list("HV01", "10.20.2.0/24", 1);
    list("HV01", "10.10.10.0/24", 2);
    list("HV02", "10.20.2.0/24", 7);
    list("HV02", "10.20.1.0/24", 7);
    list("HV02", "10.40.0.0/24", -1);
    topology_host_add(&topology, "HV03", &err); /* its empty list says nothing */
    expect_intended("0110", "LM1 and LM2: first in the migration network list of every host that "
                            "has one");
}

Test(topology_intend, finds_the_network_of_a_host_list_entry_for_one_address, .init = setup)
{
    list("HV01", "10.20.1.1/32", -1);
    expect_intended("0100", "LM1: first in the migration network list of the one host that has "
                            "one");
}

static const char nothing[] = "the snapshot names none: the cluster's migration order lists no "
                              "usable network, its exclude list does not leave exactly one, and "
                              "the host lists are empty or differ";

Test(topology_intend, takes_nothing_from_lists_that_differ, .init = setup)
{
    list("HV01", "10.20.1.0/24", 1);
    list("HV02", "10.10.10.0/24", 1);
    expect_intended("0000", nothing);
}

Test(topology_intend, takes_nothing_from_lists_that_name_an_excluded_network, .init = setup)
{
    topology.networks[LM1].is_excluded = true;
    list("HV01", "10.20.1.0/24", 1);
    list("HV02", "10.20.1.0/24", 1);
    expect_intended("0000", nothing);
}

Test(topology_intend, takes_nothing_from_lists_of_unknown_subnets, .init = setup)
{
    list("HV01", "192.0.2.0/24", 1);
    list("HV02", "192.0.2.0/24", 1);
    expect_intended("0000", nothing);
}

Test(topology_intend, takes_nothing_from_defaults, .init = setup)
{
    expect_intended("0000", nothing);
}

Test(topology_intend, says_so_when_nothing_was_given)
{
    topology_init(&topology);
    expect_intended("", "neither --expect nor a snapshot says where migration should go");
}

Test(topology_intend, forgets_what_was_intended_before, .init = setup)
{
    topology.networks[ISCSI].is_intended = true;
    order(LM1, -1);
    expect_intended("0100", "LM1 is first in the cluster's migration order");
}
