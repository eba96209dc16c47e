/* From a snapshot to networks, hosts and addresses. */
#include "src/model/topology.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "src/base/array.h"
#include "src/model/snapshot.h"
#include "src/model/snapshot_enums.h"

/* Reads one object of a list. @host: whose it is; NO_HOST in the cluster's sections. */
typedef int read_item(struct topology *t, int host, const struct snapshot_node *item,
                      struct error *err);

/* at() - says where in the snapshot something of the topology's failed. */
static int at(const struct snapshot_node *n, int r, struct error *err)
{
    char path[SNAPSHOT_PATH_BYTES];

    return r < 0 ? error_prefix(err, r, "%s", snapshot_node_path(path, n)) : r;
}

static int list_read(struct topology *t, int host, const struct snapshot_node *list,
                     read_item *read, struct error *err)
{
    struct snapshot_node item;
    size_t n;
    int r = snapshot_node_count(list, &n, err);

    for (size_t i = 0; r >= 0 && i < n; i++) {
        r = snapshot_node_item(list, i, &item, err);
        if (r > 0)
            r = read(t, host, &item, err);
    }
    return r < 0 ? r : 0;
}

/* member_text() - sets *ret_text to "" when it is unknown. */
static int member_text(const char **ret_text, const struct snapshot_node *owner, const char *name,
                       struct error *err)
{
    struct snapshot_node member = snapshot_node_member(owner, name);

    *ret_text = "";
    return snapshot_node_text(&member, ret_text, err);
}

static int word_addr(struct addr *ret_addr, const struct snapshot_words *w, struct error *err)
{
    if (addr_parse(ret_addr, w->word, NULL) < 0)
        return snapshot_node_error(&w->item, err, "'%s' is no address", w->word);
    return 0;
}

/* ---- networks ---- */

/* What -n named may not have two names; and every network has fe80::/64, so it tells none apart. */
static int network_take_prefix(struct topology *t, int network, const struct prefix *p,
                               struct error *err)
{
    char text[PREFIX_TEXT_BYTES];
    int owner = topology_prefix_find(t, p);

    if (!addr_is_v4(&p->addr) && addr_is_link_local(&p->addr))
        return 0;
    if (owner != NO_NETWORK && owner != network && t->networks[owner].origin == NETWORK_FROM_OPTION)
        return error_set(
            err, ERR_USAGE,
            "network '%s' has the prefix '%s' that -n gives to '%s'; leave that out or "
            "call it by the snapshot's name",
            t->networks[network].name, prefix_text(text, p), t->networks[owner].name);
    return topology_prefix_add(t, network, p, err);
}

/*
 * network_read_prefixes() - addresses and, beside them, their lengths or masks.
 *
 * Returns how many there were, or a negative code. Without lengths nothing is known.
 */
static int network_read_prefixes(struct topology *t, int network, const struct snapshot_node *item,
                                 const char *addresses_name, const char *lengths_name,
                                 struct error *err)
{
    struct snapshot_node addresses = snapshot_node_member(item, addresses_name);
    struct snapshot_node lengths = snapshot_node_member(item, lengths_name);
    struct snapshot_words a, l;
    struct addr address;
    struct prefix p;
    unsigned bits;
    int n = 0, r;

    snapshot_words_init(&a, &addresses);
    snapshot_words_init(&l, &lengths);
    while ((r = snapshot_words_next(&a, err)) > 0) {
        r = snapshot_words_next(&l, err);
        if (r == 0 && n == 0)
            return 0;
        if (r == 0)
            return snapshot_node_error(&lengths, err, "fewer entries than %s", addresses_name);
        if (r > 0)
            r = word_addr(&address, &a, err);
        if (r < 0)
            return r;
        if (prefix_bits_parse(&bits, &address, l.word) < 0)
            return snapshot_node_error(&l.item, err, "'%s' is no prefix length", l.word);
        p = prefix_of(&address, bits);
        r = at(&a.item, network_take_prefix(t, network, &p, err), err);
        if (r < 0)
            return r;
        n++;
    }
    return r < 0 ? r : n;
}

static int network_read_id(struct network *n, const struct snapshot_node *item, struct error *err)
{
    const char *text;
    char *id;
    size_t n_id;
    int r = member_text(&text, item, "Id", err);

    if (r <= 0 || *n->id)
        return r;
    n_id = strlen(text);
    if (n_id > TOPOLOGY_MAX_NAME_BYTES)
        return snapshot_node_error(item, err, "Id is longer than %d bytes",
                                   TOPOLOGY_MAX_NAME_BYTES);
    if (n_id >= 2 && text[0] == '{' && text[n_id - 1] == '}') {
        text++;
        n_id -= 2;
    }
    id = realloc(n->id, n_id + 1);
    if (!id)
        return error_memory(err);
    n->id = id;
    for (size_t i = 0; i < n_id; i++)
        id[i] = (char)tolower((unsigned char)text[i]);
    id[n_id] = '\0';
    return 0;
}

static int network_read_numbers(struct network *n, const struct snapshot_node *item,
                                struct error *err)
{
    struct snapshot_node role = snapshot_node_member(item, "Role");
    struct snapshot_node state = snapshot_node_member(item, "State");
    struct snapshot_node metric = snapshot_node_member(item, "Metric");
    int value, r;

    r = snapshot_node_enum(&role, enum_network_role, &value, err);
    if (r > 0)
        n->role = (enum network_role)value;
    if (r >= 0)
        r = snapshot_node_enum(&state, enum_network_state, &value, err);
    if (r > 0)
        n->state = (enum network_state)value;
    if (r >= 0)
        r = snapshot_node_integer(&metric, &n->metric, err);
    return r;
}

/* A network may come from -n already: then the snapshot fills it in. */
static int network_read(struct topology *t, int host, const struct snapshot_node *item,
                        struct error *err)
{
    const char *name;
    int network, n_v4, r;

    (void)host;
    r = member_text(&name, item, "Name", err);
    if (r < 0)
        return r;
    if (!*name)
        return snapshot_node_error(item, err, "a cluster network without Name");
    network = at(item, topology_network_add(t, name, NETWORK_FROM_CLUSTER, err), err);
    if (network < 0)
        return network;
    t->networks[network].origin = NETWORK_FROM_CLUSTER;
    r = network_read_id(&t->networks[network], item, err);
    if (r >= 0)
        r = network_read_numbers(&t->networks[network], item, err);
    if (r < 0)
        return r;
    n_v4 = network_read_prefixes(t, network, item, "Ipv4Addresses", "Ipv4PrefixLengths", err);
    if (n_v4 == 0)
        n_v4 = network_read_prefixes(t, network, item, "Address", "AddressMask", err);
    if (n_v4 < 0)
        return n_v4;
    return network_read_prefixes(t, network, item, "Ipv6Addresses", "Ipv6PrefixLengths", err);
}

/* ---- the cluster's order and exclude list ---- */

static void order_take(struct topology *t, int network, int place)
{
    t->has_cluster_order = true;
    if (network != NO_NETWORK && t->networks[network].migration_order < 0)
        t->networks[network].migration_order = place;
}

static void exclude_take(struct topology *t, int network, int place)
{
    (void)place;
    t->has_cluster_exclude = true;
    if (network != NO_NETWORK)
        t->networks[network].is_excluded = true;
}

static const struct parameter {
    const char *name;
    /* called for each id, and once with NO_NETWORK for the parameter itself */
    void (*take)(struct topology *t, int network, int place);
} PARAMETERS[] = {
    { "MigrationNetworkOrder", order_take },
    { "MigrationExcludeNetworks", exclude_take },
};
enum { N_PARAMETERS = sizeof(PARAMETERS) / sizeof(PARAMETERS[0]) };

/* Ids of networks that are gone stay behind in these lists: they keep their place, no more. */
static int parameter_read(struct topology *t, const struct parameter *p,
                          const struct snapshot_node *value, struct error *err)
{
    struct snapshot_words w;
    int place = 0, r;

    p->take(t, NO_NETWORK, 0);
    snapshot_words_init(&w, value);
    while ((r = snapshot_words_next(&w, err)) > 0)
        p->take(t, topology_find(t, w.word), place++);
    return r;
}

/* {"Name": "MigrationNetworkOrder", "Value": "id;id"} or {"MigrationNetworkOrder": "id;id"}. */
static int parameter_item_read(struct topology *t, int host, const struct snapshot_node *item,
                               struct error *err)
{
    struct snapshot_node value = snapshot_node_member(item, "Value"), named;
    const char *name;
    int r = member_text(&name, item, "Name", err);

    (void)host;
    for (size_t i = 0; r >= 0 && i < N_PARAMETERS; i++) {
        named = snapshot_node_member(item, PARAMETERS[i].name);
        if (strcasecmp(name, PARAMETERS[i].name) == 0)
            r = parameter_read(t, &PARAMETERS[i], &value, err);
        else if (!snapshot_node_is_absent(&named))
            r = parameter_read(t, &PARAMETERS[i], &named, err);
    }
    return r;
}

/* ---- the hosts' addresses ---- */

static bool is_loopback(const struct addr *a)
{
    static const struct addr v6_loopback = { { [15] = 1 } };

    return addr_is_v4(a) ? a->bytes[12] == 127 : addr_equal(a, &v6_loopback);
}

/* The connection's name: "HV01 - vEthernet (LM)" without the node; else what Adapter tells. */
static int nic_read_adapter(const char **ret_adapter, const struct snapshot_node *item,
                            const char *node, struct error *err)
{
    const char *name;
    size_t n = strlen(node);
    int r = member_text(&name, item, "Name", err);

    if (r < 0)
        return r;
    if (n && strncasecmp(name, node, n) == 0 && strncmp(name + n, " - ", 3) == 0) {
        *ret_adapter = name + n + 3;
        return 1;
    }
    return member_text(ret_adapter, item, "Adapter", err);
}

/* Node is the node's name, or its object. */
static int nic_read_node(const char **ret_node, const struct snapshot_node *item, struct error *err)
{
    struct snapshot_node node = snapshot_node_member(item, "Node");

    if (snapshot_node_object(&node, NULL) > 0)
        return member_text(ret_node, &node, "Name", err);
    return member_text(ret_node, item, "Node", err);
}

/* Network is the network's object or its name; a type's name finds none, and the address tells. */
static int nic_read_network(int *ret_network, const struct topology *t,
                            const struct snapshot_node *item, struct error *err)
{
    static const char *const names[] = { "Name", "Id" };
    struct snapshot_node network = snapshot_node_member(item, "Network");
    const char *text;
    int r;

    *ret_network = NO_NETWORK;
    if (snapshot_node_object(&network, NULL) <= 0) {
        r = snapshot_node_text(&network, &text, err);
        if (r > 0)
            *ret_network = topology_find(t, text);
        return r;
    }
    for (size_t i = 0; i < 2 && *ret_network == NO_NETWORK; i++) {
        r = member_text(&text, &network, names[i], err);
        if (r < 0)
            return r;
        *ret_network = topology_find(t, text);
    }
    return 0;
}

/* Returns how many addresses the property had, or a negative code. */
static int nic_read_addresses(struct topology *t, const struct snapshot_node *item,
                              const char *property, int host, int network, const char *adapter,
                              struct error *err)
{
    struct snapshot_node addresses = snapshot_node_member(item, property);
    struct snapshot_words w;
    struct addr a;
    int n = 0, r;

    snapshot_words_init(&w, &addresses);
    while ((r = snapshot_words_next(&w, err)) > 0) {
        r = word_addr(&a, &w, err);
        if (r == 0)
            r = at(&w.item, topology_address_add(t, &a, host, network, adapter, err), err);
        if (r < 0)
            return r;
        n++;
    }
    return r < 0 ? r : n;
}

static int nic_read(struct topology *t, int host, const struct snapshot_node *item,
                    struct error *err)
{
    static const char *const properties[] = { "Ipv4Addresses", "Ipv6Addresses", "Address" };
    const char *node, *adapter;
    int network, n_v4 = 0, r;

    r = nic_read_node(&node, item, err);
    if (r < 0 || !*node)
        return r;
    host = at(item, topology_host_add(t, node, err), err);
    if (host < 0)
        return host;
    r = nic_read_adapter(&adapter, item, node, err);
    if (r >= 0)
        r = nic_read_network(&network, t, item, err);
    for (size_t i = 0; r >= 0 && i < (n_v4 ? 2 : 3); i++) {
        r = nic_read_addresses(t, item, properties[i], host, network, adapter, err);
        if (i == 0)
            n_v4 = r;
    }
    return r;
}

static int ip_address_read(struct topology *t, int host, const struct snapshot_node *item,
                           struct error *err)
{
    struct snapshot_node address = snapshot_node_member(item, "IPAddress");
    struct snapshot_node length = snapshot_node_member(item, "PrefixLength");
    const char *text, *alias;
    int64_t bits = 0;
    struct addr a;
    int r;

    r = snapshot_node_text(&address, &text, err);
    if (r <= 0)
        return r;
    if (addr_parse(&a, text, NULL) < 0)
        return snapshot_node_error(&address, err, "'%.64s' is no address", text);
    r = member_text(&alias, item, "InterfaceAlias", err);
    if (r >= 0)
        r = snapshot_node_integer(&length, &bits, err);
    if (r < 0 || is_loopback(&a))
        return r;
    if (bits < 0 || bits > (addr_is_v4(&a) ? 32 : 128))
        return snapshot_node_error(&length, err, "'%lld' is no prefix length", (long long)bits);
    r = at(&address, topology_address_add(t, &a, host, NO_NETWORK, alias, err), err);
    if (r == 0 && bits)
        topology_address_set_subnet(t, &a, (unsigned)bits);
    return r;
}

/* ---- the hosts' migration lists ---- */

static int migration_subnet_read(struct topology *t, int host, const struct snapshot_node *item,
                                 struct error *err)
{
    struct host *h = &t->hosts[host];
    struct snapshot_node subnet = snapshot_node_member(item, "Subnet");
    struct snapshot_node priority = snapshot_node_member(item, "Priority");
    struct migration_subnet entry = { .priority = -1 };
    size_t capacity = h->n_migration_subnets;
    const char *text;
    int r;

    r = snapshot_node_text(&subnet, &text, err);
    if (r < 0)
        return r;
    if (r == 0)
        return snapshot_node_error(item, err, "a migration network without Subnet");
    if (prefix_parse(&entry.prefix, text, NULL) < 0)
        return snapshot_node_error(&subnet, err, "'%.64s' is no subnet", text);
    r = snapshot_node_integer(&priority, &entry.priority, err);
    if (r >= 0)
        r = at(item,
               array_reserve(&h->migration_subnets, &capacity, h->n_migration_subnets + 1,
                             sizeof(entry), HOST_MAX_MIGRATION_SUBNETS, err),
               err);
    if (r < 0)
        return r;
    h->migration_subnets[h->n_migration_subnets++] = entry;
    return 0;
}

static int node_read(struct topology *t, const struct snapshot *s, const struct snapshot_node *node,
                     struct error *err)
{
    struct snapshot_node section;
    int host, r;

    r = snapshot_node_object(node, err);
    if (r <= 0)
        return r;
    if (!*node->key)
        return snapshot_node_error(node, err, "a host without a name");
    host = at(node, topology_host_add(t, node->key, err), err);
    if (host < 0)
        return host;
    r = 0;
    if (snapshot_section(s, node, "Get-VMMigrationNetwork", &section)) {
        t->hosts[host].has_migration_list = true;
        r = list_read(t, host, &section, migration_subnet_read, err);
    }
    if (r == 0 && snapshot_section(s, node, "Get-NetIPAddress", &section))
        r = list_read(t, host, &section, ip_address_read, err);
    return r;
}

static int nodes_read(struct topology *t, const struct snapshot *s,
                      const struct snapshot_node *root, struct error *err)
{
    struct snapshot_node nodes = snapshot_node_member(root, "Nodes"), node = { 0 };
    int r = snapshot_node_object(&nodes, err);

    while (r >= 0 && snapshot_node_next(&node, &nodes))
        r = node_read(t, s, &node, err);
    return r < 0 ? r : 0;
}

/* ---- all of it ---- */

static bool has_cluster_network(const struct topology *t)
{
    for (size_t i = 0; i < t->n_networks; i++)
        if (t->networks[i].origin == NETWORK_FROM_CLUSTER)
            return true;
    return false;
}

/*
 * Without a cluster the lists' subnets are the networks. "Any network" (/0) is none. An entry for
 * one address means the subnet that the host has it in.
 */
static int network_of_entry(struct topology *t, const struct migration_subnet *entry,
                            struct error *err)
{
    const struct host_address *own = topology_address_of(t, &entry->prefix.addr);
    struct prefix p = entry->prefix;
    char name[PREFIX_TEXT_BYTES];
    int network;

    if (!prefix_family_bits(&p) || topology_prefix_find(t, &p) != NO_NETWORK)
        return 0;
    if (p.bits == 128 && own && own->subnet_bits)
        p = prefix_of(&p.addr, own->subnet_bits);
    network = topology_network_add(t, prefix_text(name, &p), NETWORK_FROM_HOST_LIST, err);
    return network < 0 ? network : topology_prefix_add(t, network, &p, err);
}

static int networks_from_lists(struct topology *t, struct error *err)
{
    int r = 0;

    for (size_t i = 0; i < t->n_hosts; i++)
        for (size_t j = 0; r == 0 && j < t->hosts[i].n_migration_subnets; j++)
            r = network_of_entry(t, &t->hosts[i].migration_subnets[j], err);
    return r;
}

static int cluster_read(struct topology *t, int host, const struct snapshot_node *item,
                        struct error *err)
{
    const char *name;
    char *copy;
    int r = member_text(&name, item, "Name", err);

    (void)host;
    if (r <= 0)
        return r;
    if (strlen(name) > TOPOLOGY_MAX_NAME_BYTES)
        return snapshot_node_error(item, err, "Name is longer than %d bytes",
                                   TOPOLOGY_MAX_NAME_BYTES);
    copy = strdup(name);
    if (!copy)
        return error_memory(err);
    free(t->cluster);
    t->cluster = copy;
    return 0;
}

/* Order matters: ids and names are looked up in the networks. */
static const struct {
    const char *cmdlet;
    read_item *read;
} CLUSTER_SECTIONS[] = {
    { "Get-Cluster", cluster_read },
    { "Get-ClusterNetwork", network_read },
    { "Get-ClusterParameter", parameter_item_read },
    { "Get-ClusterNetworkInterface", nic_read },
};

static int sections_read(struct topology *t, const struct snapshot *s, struct error *err)
{
    struct snapshot_node root = snapshot_root(s), section;
    int r = 0;

    for (size_t i = 0; r == 0 && i < sizeof(CLUSTER_SECTIONS) / sizeof(CLUSTER_SECTIONS[0]); i++)
        if (snapshot_section(s, &root, CLUSTER_SECTIONS[i].cmdlet, &section))
            r = list_read(t, NO_HOST, &section, CLUSTER_SECTIONS[i].read, err);
    if (r == 0)
        r = nodes_read(t, s, &root, err);
    if (r == 0 && !has_cluster_network(t))
        r = networks_from_lists(t, err);
    return r;
}

static bool tells_something(const struct topology *t)
{
    for (size_t i = 0; i < t->n_hosts; i++)
        if (t->hosts[i].n_migration_subnets)
            return true;
    return has_cluster_network(t) || t->n_addresses;
}

int topology_add_snapshot(struct topology *t, const struct snapshot *s, struct error *err)
{
    int r = sections_read(t, s, err);

    if (r == 0 && !tells_something(t))
        r = error_set(err, ERR_INPUT,
                      "tells of no network: it needs Get-ClusterNetwork, or Get-VMMigrationNetwork "
                      "or Get-NetIPAddress of a host under Nodes");
    return r < 0 ? error_prefix(err, r, "%s", snapshot_name(s)) : 0;
}

int topology_read_snapshot(struct topology *t, const char *path, struct error *err)
{
    AUTO(snapshot) s = NULL;
    int r = snapshot_read(&s, path, err);

    return r < 0 ? r : topology_add_snapshot(t, s, err);
}
