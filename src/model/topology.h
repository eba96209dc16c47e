/*
 * What is known of the cluster that a verdict needs: networks, which host bears which address, and
 * where the memory should go. Made from a snapshot, from -n options, or from both (options add to a
 * snapshot).
 *
 * Plain data; the topology owns everything in it. Not changed once analysis began, so any thread
 * may read.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/auto.h"
#include "src/base/error.h"
#include "src/net/addr.h"

enum {
    TOPOLOGY_MAX_NETWORKS = 4096,
    TOPOLOGY_MAX_HOSTS = 4096,
    TOPOLOGY_MAX_ADDRESSES = 65536,
    NETWORK_MAX_PREFIXES = 256,
};
enum { NO_NETWORK = -1, NO_HOST = -1 };

/* Get-ClusterNetwork's Role (FACTS 4.1). */
enum network_role {
    ROLE_UNKNOWN = -1,
    ROLE_NONE = 0,
    ROLE_CLUSTER = 1,
    ROLE_CLIENT = 2,
    ROLE_CLUSTER_AND_CLIENT = 3
};
enum network_state {
    STATE_UNKNOWN = -1,
    STATE_UNAVAILABLE = 0,
    STATE_DOWN = 1,
    STATE_PARTITIONED = 2,
    STATE_UP = 3
};
enum network_origin {
    NETWORK_FROM_CLUSTER,   /* Get-ClusterNetwork */
    NETWORK_FROM_HOST_LIST, /* a subnet of Get-VMMigrationNetwork, without a cluster */
    NETWORK_FROM_OPTION,    /* -n NAME=PREFIX */
    NETWORK_GUESSED,        /* the /24 or /64 around an address seen */
};

struct network {
    char *name;
    char *id; /* cluster network id, lower case without braces; "" when there is none */
    enum network_origin origin;
    enum network_role role;
    enum network_state state;
    struct prefix *prefixes;
    size_t n_prefixes;
    int64_t metric;      /* -1: unknown */
    int migration_order; /* place in MigrationNetworkOrder from 0; -1: not listed */
    bool is_excluded;    /* in MigrationExcludeNetworks */
    bool is_intended;    /* the memory should go here */
};

/* Get-VMMigrationNetwork of one host. */
struct migration_subnet {
    struct prefix prefix;
    int64_t priority; /* -1: none */
};

struct host {
    char *name;
    struct migration_subnet *migration_subnets;
    size_t n_migration_subnets;
    bool has_migration_list; /* false: the section is absent or errored, so unknown */
};

/* An address that the snapshot gives to a host's interface. */
struct host_address {
    struct addr addr;
    int host;      /* index into hosts */
    int network;   /* index into networks, or NO_NETWORK */
    char *adapter; /* "vEthernet (LM)"; "" when untold */
};

struct topology {
    char *cluster; /* Get-Cluster's Name; "" */
    struct network *networks;
    size_t n_networks;
    struct host *hosts;
    size_t n_hosts;
    struct host_address *addresses; /* sorted by address */
    size_t n_addresses;
    bool has_cluster_order;   /* MigrationNetworkOrder was in the snapshot (also when empty) */
    bool has_cluster_exclude; /* MigrationExcludeNetworks likewise */
    char *intended_reason;    /* why is_intended stands where it stands: "--expect", "first of the
                                 cluster's migration order", ...; "" */
    struct prefix *expected_prefixes; /* of --expect PREFIX that is no known network's; each also
                                         became a network */
    /* room for growth: capacities, private to topology.c */
    size_t networks_capacity, hosts_capacity, addresses_capacity;
};

void topology_init(struct topology *t);
void topology_release(struct topology *t);

/* topology_define() - "-n NAME=PREFIX[,PREFIX]...": a network, or more prefixes for one of that
 * name. Returns 0 or ERR_USAGE. */
int topology_define(struct topology *t, const char *definition, struct error *err);
/*
 * topology_read_snapshot() - add what a snapshot file tells.
 *
 * Returns 0, ERR_SYSTEM (can't be read), ERR_INPUT (no JSON, or nothing usable in it). The text
 * begins with the path and has the JSON path of the trouble. What is absent stays unknown.
 */
int topology_read_snapshot(struct topology *t, const char *path, struct error *err);
/*
 * topology_expect() - "--expect NAME|PREFIX[,...]": sets is_intended on those networks and on no
 * other. A prefix that no network has becomes a network of its own. Call after all definitions.
 * Returns 0 or ERR_USAGE (the text lists the known names).
 */
int topology_expect(struct topology *t, const char *list, struct error *err);
/*
 * topology_intend() - without --expect: what the layers intend. The cluster's order first (its
 * first network that is not excluded), else the host lists where they agree, else nothing. Sets
 * intended_reason.
 */
void topology_intend(struct topology *t);

/* topology_network_add_guess() - the guessed network around @a (/24 or /64), made when new. Returns
 * its index or a negative code. */
int topology_guess(struct topology *t, const struct addr *a, struct error *err);

/* topology_network_of() - an interface's address wins, then the longest matching prefix. Returns an
 * index or NO_NETWORK. */
int topology_network_of(const struct topology *t, const struct addr *a);
/* topology_host_of() - the host that bears @a. Returns an index or NO_HOST. */
int topology_host_of(const struct topology *t, const struct addr *a);
/* topology_find() - by name (case-insensitive) or id. Returns an index or NO_NETWORK. */
int topology_find(const struct topology *t, const char *name_or_id);
/* topology_host_add() - a host by name, found or made (case-insensitive). Returns its index or a
 * negative code. */
int topology_host_add(struct topology *t, const char *name, struct error *err);
/* topology_address_add() - an address of a host; @adapter may be "". Returns 0 or a negative code.
 */
int topology_address_add(struct topology *t, const struct addr *a, int host, int network,
                         const char *adapter, struct error *err);

const char *network_role_name(
    enum network_role role); /* "None", "Cluster", "Client", "ClusterAndClient"; NULL: unknown */
