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
    TOPOLOGY_MAX_PREFIXES = 16384, /* of all networks */
    TOPOLOGY_MAX_HOSTS = 1024,
    TOPOLOGY_MAX_ADDRESSES = 16384,
    TOPOLOGY_MAX_NAME_BYTES = 1024, /* of a network, host, adapter or cluster */
    NETWORK_MAX_PREFIXES = 256,
    HOST_MAX_MIGRATION_SUBNETS = 64,
};
enum { NO_NETWORK = -1, NO_HOST = -1 };

/* Get-ClusterNetwork's Role. */
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
    int expected_place;  /* of the --expect item that names it, from 0; -1: none does */
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
    int host;      /* index into hosts; NO_HOST: two hosts claim it */
    int network;   /* that the interface is told to be in, or NO_NETWORK; topology_network_of()
                      answers for both */
    char *adapter; /* "vEthernet (LM)"; "" when untold */
    unsigned subnet_bits; /* of the subnet that the host has it in (24 of an IPv4 /24); 0: unknown,
                             or a subnet of this address alone */
};

struct prefix_row; /* private to topology.c: all networks' prefixes, sorted for the lookup */
struct snapshot;

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
    char *intended_reason;    /* one sentence, no full stop: why is_intended stands where it stands,
                                 or why it stands nowhere; "" until topology_expect() or
                                 topology_intend() */
    /* private to topology.c */
    struct prefix_row *prefix_rows;
    size_t n_prefix_rows;
    size_t networks_capacity, hosts_capacity, addresses_capacity, prefix_rows_capacity;
};

void topology_init(struct topology *t);
void topology_release(struct topology *t);

/*
 * topology_define() - "-n NAME=PREFIX[,PREFIX]...": a network, or more prefixes for one of that
 * name.
 *
 * Returns 0, ERR_USAGE (also for a prefix that another network has already), ERR_LIMIT, ERR_MEMORY.
 */
int topology_define(struct topology *t, const char *definition, struct error *err);
/*
 * topology_read_snapshot() - add what a snapshot file tells.
 *
 * Returns 0, ERR_SYSTEM (can't be read), ERR_INPUT (no JSON, or nothing usable in it), ERR_LIMIT,
 * ERR_MEMORY. The text begins with the path and has the JSON path of the trouble. What is absent
 * stays unknown. After a failure the topology is only good for topology_release().
 */
int topology_read_snapshot(struct topology *t, const char *path, struct error *err);
/* topology_add_snapshot() - the same from a snapshot that is read already; copies what it keeps. */
int topology_add_snapshot(struct topology *t, const struct snapshot *s, struct error *err);
/*
 * topology_expect() - "--expect NAME|ID|PREFIX[,...]": sets is_intended on those networks and on no
 * other. Call after all definitions.
 *
 * A name may have commas in it. An address stands for the network that it is in. A prefix stands
 * for the network that has it and for every network that has one within it; one that no network has
 * becomes a network of its own. Returns 0, ERR_USAGE (the text lists the known names), ERR_LIMIT,
 * ERR_MEMORY.
 */
int topology_expect(struct topology *t, const char *list, struct error *err);
/*
 * topology_pick() - sets @picked (a flag for each network) for those that "NAME|ID|PREFIX[,...]"
 * names, as topology_expect() does. Returns 0 or ERR_USAGE (the text lists the known names).
 */
int topology_pick(const struct topology *t, const char *list, bool *picked, struct error *err);
/*
 * topology_intend() - without --expect: what the layers intend. The first rule that applies
 * decides:
 *
 * 1. The cluster's migration order: its first network that exists and is not excluded; and with it
 *    those directly behind it which every host's list gives the same priority as the first (two
 *    live migration networks side by side). Role, state and metric don't matter here: Windows tries
 *    the order from its start, and role None doesn't forbid a migration network.
 * 2. The cluster's exclude list, when it is not empty and exactly one network is left, or exactly
 *    one with a role other than None.
 * 3. The host lists, when all that are known and not empty put the same networks first (lowest
 *    Priority; entries without one come last) and none of those is excluded. An empty list tells
 *    nothing: a cluster may keep its networks elsewhere.
 *
 * An order or lists left at their defaults intend nothing: metrics predict a path, they don't state
 * a will. Sets is_intended and intended_reason. Returns 0 or ERR_MEMORY.
 */
int topology_intend(struct topology *t, struct error *err);

/*
 * topology_guess() - the network of @a, or else a guessed one around it: the subnet that its host
 * has it in, else /24 or /64, the whole 169.254.0.0/16 of a link-local address. Returns its index,
 * ERR_LIMIT or ERR_MEMORY.
 */
int topology_guess(struct topology *t, const struct addr *a, struct error *err);

/*
 * topology_network_of() - a prefix given as an option wins, then the interface that bears the
 * address, then the longest matching prefix. Returns an index or NO_NETWORK.
 */
int topology_network_of(const struct topology *t, const struct addr *a);
/* topology_host_of() - the host that bears @a. Returns an index or NO_HOST. */
int topology_host_of(const struct topology *t, const struct addr *a);
/* topology_address_of() - what is known of an address. Borrows from @t; NULL: nothing. */
const struct host_address *topology_address_of(const struct topology *t, const struct addr *a);
/* topology_find() - by name or id, case-insensitive; an id with or without braces. Returns an index
 * or NO_NETWORK. */
int topology_find(const struct topology *t, const char *name_or_id);

/*
 * topology_network_add() - a network by name, found or made (case-insensitive; @origin is that of a
 * new one). Returns its index, ERR_USAGE (no name), ERR_LIMIT or ERR_MEMORY.
 */
int topology_network_add(struct topology *t, const char *name, enum network_origin origin,
                         struct error *err);
/*
 * topology_prefix_add() - one more prefix of a network. The first network that has a prefix keeps
 * it: for another one it is listed, and not looked up. Returns 0, ERR_LIMIT or ERR_MEMORY.
 */
int topology_prefix_add(struct topology *t, int network, const struct prefix *p, struct error *err);
/* topology_prefix_find() - the network that has exactly this prefix, or NO_NETWORK. */
int topology_prefix_find(const struct topology *t, const struct prefix *p);
/*
 * topology_host_add() - a host by name, found or made: case-insensitive, and "hv01" is
 * "HV01.corp.example". Returns its index or a negative code.
 */
int topology_host_add(struct topology *t, const char *name, struct error *err);
/* host_names_equal() - case-insensitive; "hv01" is "HV01.corp.example". */
bool host_names_equal(const char *a, const char *b);
/* topology_host_find() - the same, and NO_HOST for one that isn't there. */
int topology_host_find(const struct topology *t, const char *name);
/*
 * topology_address_add() - an address of a host; @adapter may be "". Told again it fills in what
 * was not known; told of another host it is no host's. Returns 0 or a negative code.
 */
int topology_address_add(struct topology *t, const struct addr *a, int host, int network,
                         const char *adapter, struct error *err);

/* topology_address_set_subnet() - what an address that is there is known to be in, in the family's
 * own bits. */
void topology_address_set_subnet(struct topology *t, const struct addr *a, unsigned family_bits);

/* network_role_name() - "None", "Cluster", "Client", "ClusterAndClient"; NULL: unknown. */
const char *network_role_name(enum network_role role);
