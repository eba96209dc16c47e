#include "analyzers/check/looked.h"

#include <string.h>

/* What is known of the cluster as a whole, as bits. */
enum {
    NEEDS_CLUSTER = 1,
    NEEDS_NETWORKS = 2,
    NEEDS_ORDER = 4,
    NEEDS_EXCLUDE = 8,
    NEEDS_INTENDED = 16,
    NEEDS_LISTS = NEEDS_ORDER | NEEDS_EXCLUDE,
    NEEDS_INTENDED_NETWORK = NEEDS_INTENDED | NEEDS_NETWORKS,
};
enum { SECTIONS_MAX = 2, NO_SECTION = -1 };

static const struct need {
    const char *id;
    int bits;
    int sections[SECTIONS_MAX]; /* of any host */
} needs[] = {
    { "LM401", NEEDS_ORDER, { NO_SECTION, NO_SECTION } },
    { "LM402", NEEDS_ORDER | NEEDS_NETWORKS, { NO_SECTION, NO_SECTION } },
    { "LM403", NEEDS_LISTS, { NO_SECTION, NO_SECTION } },
    { "LM404", NEEDS_EXCLUDE | NEEDS_INTENDED, { NO_SECTION, NO_SECTION } },
    { "LM405", NEEDS_ORDER | NEEDS_INTENDED, { NO_SECTION, NO_SECTION } },
    { "LM406", NEEDS_EXCLUDE | NEEDS_INTENDED_NETWORK, { NO_SECTION, NO_SECTION } },
    { "LM407", NEEDS_EXCLUDE | NEEDS_INTENDED_NETWORK, { NO_SECTION, NO_SECTION } },
    { "LM408", NEEDS_ORDER | NEEDS_NETWORKS, { NO_SECTION, NO_SECTION } },
    { "LM410", NEEDS_INTENDED_NETWORK, { NO_SECTION, NO_SECTION } },
    { "LM411", NEEDS_INTENDED_NETWORK, { NO_SECTION, NO_SECTION } },
    { "LM412", NEEDS_INTENDED_NETWORK, { NO_SECTION, NO_SECTION } },
    { "LM413", NEEDS_INTENDED_NETWORK, { NO_SECTION, NO_SECTION } },
    { "LM414", NEEDS_INTENDED, { SECTION_IP_ADDRESS, NO_SECTION } },
    { "LM415", NEEDS_NETWORKS, { NO_SECTION, NO_SECTION } },
    { "LM416", 0, { SECTION_IP_ADDRESS, NO_SECTION } },
    { "LM417", NEEDS_INTENDED, { SECTION_ADAPTER, NO_SECTION } },
    { "LM418", NEEDS_CLUSTER | NEEDS_INTENDED_NETWORK, { NO_SECTION, NO_SECTION } },
    { "LM420", NEEDS_INTENDED, { SECTION_MIGRATION_NETWORK, NO_SECTION } },
    { "LM421", 0, { SECTION_MIGRATION_NETWORK, NO_SECTION } },
    { "LM422", NEEDS_INTENDED, { SECTION_MIGRATION_NETWORK, NO_SECTION } },
    { "LM423", NEEDS_INTENDED, { SECTION_MIGRATION_NETWORK, NO_SECTION } },
    { "LM424", NEEDS_INTENDED, { SECTION_MIGRATION_NETWORK, NO_SECTION } },
    { "LM425", NEEDS_NETWORKS, { SECTION_MIGRATION_NETWORK, NO_SECTION } },
    { "LM430", 0, { SECTION_VM_HOST, NO_SECTION } },
    { "LM431", 0, { SECTION_VM_HOST, NO_SECTION } },
    { "LM432", 0, { SECTION_VM_HOST, NO_SECTION } },
    { "LM433", 0, { SECTION_VM_HOST, NO_SECTION } },
    { "LM434", 0, { SECTION_VM_HOST, NO_SECTION } },
    { "LM435", 0, { SECTION_VM_HOST, SECTION_DEVICE_GUARD } },
    { "LM436", 0, { SECTION_VM_HOST, NO_SECTION } },
    { "LM440", NEEDS_INTENDED, { SECTION_ADAPTER, NO_SECTION } },
    { "LM441", NEEDS_INTENDED, { SECTION_ADAPTER, NO_SECTION } },
    { "LM442", NEEDS_INTENDED, { SECTION_ADAPTER, NO_SECTION } },
    { "LM443", NEEDS_INTENDED, { SECTION_RDMA, NO_SECTION } },
    { "LM444", NEEDS_INTENDED, { SECTION_IP_INTERFACE, NO_SECTION } },
    { "LM445", NEEDS_INTENDED, { SECTION_BINDING, NO_SECTION } },
    { "LM446", 0, { SECTION_RSS, NO_SECTION } },
    { "LM450", NEEDS_INTENDED, { SECTION_VM_HOST, SECTION_RDMA } },
    { "LM451", NEEDS_INTENDED, { SECTION_VM_HOST, SECTION_RDMA } },
    { "LM452", 0, { SECTION_SMB_SERVER, NO_SECTION } },
    { "LM453", 0, { SECTION_BANDWIDTH, SECTION_ADAPTER } },
    { "LM454", NEEDS_CLUSTER, { NO_SECTION, NO_SECTION } },
    { "LM455", 0, { SECTION_QOS, SECTION_ADAPTER } },
    { "LM456", 0, { SECTION_FIREWALL, SECTION_VM_HOST } },
    { "LM457", 0, { SECTION_IPSEC, NO_SECTION } },
    { "LM458", NEEDS_INTENDED, { SECTION_VM_HOST, SECTION_RDMA } },
    { "LM460", 0, { SECTION_INTENT, NO_SECTION } },
    { "LM461", NEEDS_CLUSTER, { SECTION_VM_HOST, NO_SECTION } },
    { "LM462", 0, { SECTION_SERVICE, NO_SECTION } },
    { "LM470", NEEDS_INTENDED, { SECTION_ADAPTER, NO_SECTION } },
    { "LM471", NEEDS_INTENDED, { SECTION_ADAPTER, NO_SECTION } },
    { "LM472", NEEDS_INTENDED, { SECTION_SWITCH, NO_SECTION } },
};

static bool has_section(const struct config *c, const char *cmdlet)
{
    struct snapshot_node section;

    return snapshot_section(c->snapshot, &c->root, cmdlet, &section);
}

static const char *missing_of_cluster(const struct config *c, int bits)
{
    if (bits & NEEDS_NETWORKS && !has_section(c, "Get-ClusterNetwork"))
        return "Get-ClusterNetwork";
    if (bits & NEEDS_CLUSTER && !has_section(c, "Get-Cluster"))
        return "Get-Cluster";
    if (bits & NEEDS_ORDER && !c->topology.has_cluster_order)
        return "MigrationNetworkOrder";
    if (bits & NEEDS_EXCLUDE && !c->topology.has_cluster_exclude)
        return "MigrationExcludeNetworks";
    if (bits & NEEDS_INTENDED && !config_has_intended(c))
        return "an intended network";
    return NULL;
}

const char *looked_missing(const struct check *c, const char *id)
{
    for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++) {
        const struct need *n = &needs[i];
        const char *missing;

        if (strcmp(n->id, id) != 0)
            continue;
        missing = missing_of_cluster(&c->config, n->bits);
        for (int k = 0; k < SECTIONS_MAX && !missing && n->sections[k] != NO_SECTION; k++) {
            bool is_there = false;

            for (size_t h = 0; h < c->config.n_hosts; h++)
                is_there |= c->config.hosts[h].has_section[n->sections[k]];
            if (!is_there)
                missing = config_section_name((enum section)n->sections[k]);
        }
        return missing;
    }
    return NULL;
}
