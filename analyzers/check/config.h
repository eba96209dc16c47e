/*
 * A snapshot as rules read it: settings by name, each with the place where it stands, joined per
 * host and adapter.
 *
 * What is absent, errored or flattened is unknown: a rule is silent about it. Everything borrows
 * from the snapshot, which must live as long.
 */
#pragma once

#include "src/model/snapshot.h"
#include "src/model/snapshot_enums.h"
#include "src/model/topology.h"

/* A value and where it stands; the nodes point at each other, so it is never copied. */
struct setting {
    struct snapshot_node item, node;
    bool is_known;
    int64_t value;
};

enum cluster_setting {
    CLUSTER_MAXIMUM,   /* MaximumParallelMigrations */
    CLUSTER_DELAY,     /* SameSubnetDelay, milliseconds */
    CLUSTER_THRESHOLD, /* SameSubnetThreshold, heartbeats */
    CLUSTER_SETS_LIMIT,
    CLUSTER_LIMIT_FACTOR, /* of SMB bandwidth, 2500 is 25 % */
    N_CLUSTER_SETTINGS
};

enum host_setting {
    HOST_ENABLED,
    HOST_ANY_NETWORK,
    HOST_PERFORMANCE, /* enum performance */
    HOST_AUTHENTICATION,
    HOST_MAXIMUM,
    HOST_ENCRYPTS, /* SMB server */
    HOST_CHIMNEY,
    N_HOST_SETTINGS
};

enum adapter_setting {
    ADAPTER_SPEED, /* bit/s */
    ADAPTER_MTU,
    ADAPTER_JUMBO, /* the driver's frame size */
    ADAPTER_VLAN,
    ADAPTER_VLAN_ACCESS, /* of a virtual adapter */
    ADAPTER_RDMA,
    ADAPTER_METRIC,
    ADAPTER_SMB_CLIENT,
    ADAPTER_SMB_SERVER,
    ADAPTER_RSS,
    ADAPTER_RSS_FIRST,
    ADAPTER_RSS_LAST,
    N_ADAPTER_SETTINGS
};

enum section {
    SECTION_VM_HOST,
    SECTION_MIGRATION_NETWORK,
    SECTION_ADAPTER,
    SECTION_ADVANCED,
    SECTION_VM_VLAN,
    SECTION_RDMA,
    SECTION_IP_INTERFACE,
    SECTION_BINDING,
    SECTION_RSS,
    SECTION_SMB_SERVER,
    SECTION_BANDWIDTH,
    SECTION_QOS,
    SECTION_FIREWALL,
    SECTION_IPSEC,
    SECTION_INTENT,
    SECTION_DEVICE_GUARD,
    SECTION_IP_ADDRESS,
    SECTION_VM_NIC,
    SECTION_TEAM_MAPPING,
    SECTION_SWITCH,
    SECTION_TEAM,
    SECTION_SERVICE,
    SECTION_FIREWALL_PROFILE,
    SECTION_CONNECTION_PROFILE,
    SECTION_OFFLOAD,
    N_SECTIONS
};

/* An adapter that bears an address of a known network. */
struct config_adapter {
    const char *name;
    int network;
    struct setting settings[N_ADAPTER_SETTINGS];
};

/* An entry of Get-VMMigrationNetwork. */
struct config_entry {
    struct snapshot_node item;
    struct prefix prefix;
    int64_t priority; /* INT64_MAX: none, which comes last */
    int network;      /* or NO_NETWORK */
};

struct config_host {
    struct snapshot_node node; /* the member of "Nodes" */
    const char *name;
    int host; /* in the topology */
    struct snapshot_node sections[N_SECTIONS];
    bool has_section[N_SECTIONS];
    struct setting settings[N_HOST_SETTINGS];
    struct config_adapter *adapters;
    size_t n_adapters;
    struct config_entry *entries;
    size_t n_entries;
    int *address_of; /* for each network an index into the topology's addresses, or -1 */
};

struct config {
    const struct snapshot *snapshot;
    struct topology topology;
    struct snapshot_node root, nodes;
    bool is_cluster;
    struct snapshot_node cluster;
    struct setting settings[N_CLUSTER_SETTINGS];
    struct config_host *hosts; /* in the snapshot's order */
    size_t n_hosts;
};

/*
 * config_init() - read what rules need; the intended networks are those of @expect, or NULL: what
 * the layers intend.
 *
 * Returns 0, ERR_USAGE (@expect), ERR_INPUT (the text has the JSON path), ERR_LIMIT, ERR_MEMORY;
 * config_release() is due in any case.
 */
int config_init(struct config *c, const struct snapshot *s, const char *expect, struct error *err);
/* config_init_made() - the same with networks and intentions that are made already, from @s among
 * others; takes @made over and leaves it empty. Returns as config_init(), but for ERR_USAGE. */
int config_init_made(struct config *c, const struct snapshot *s, struct topology *made,
                     struct error *err);
void config_release(struct config *c);

/* config_adapter_load() - an adapter by its name, also one without an address: @a->name is set by
 * the caller, and @a stays where it is. Returns 0 or a negative code. */
int config_adapter_load(struct config_adapter *a, const struct config_host *h, struct error *err);
/* config_section_name() - "Get-VMHost", a constant. */
const char *config_section_name(enum section section);
/* config_adapter_in() - the host's adapter in a network; NULL: none is known. */
const struct config_adapter *config_adapter_in(const struct config_host *h, int network);
/* config_network_path() - where a property of a cluster network stands. Returns @to. */
char *config_network_path(char to[SNAPSHOT_PATH_BYTES], const struct config *c, int network,
                          const char *property);
/* A value of the resource type "Virtual Machine", and the nodes that its path leads through. */
struct config_parameter {
    struct snapshot_node list, item, value;
};

/* config_parameter_find() - MigrationNetworkOrder or MigrationExcludeNetworks. Returns false when
 * it is unknown. */
bool config_parameter_find(struct config_parameter *p, const struct config *c, const char *name);
/* config_has_intended() - is any network intended? */
bool config_has_intended(const struct config *c);
