/* Rules about the cluster's networks, their order and their roles. */
#include <string.h>
#include <strings.h>

#include "analyzers/check/remedies.h"
#include "analyzers/check/rules.h"
#include "analyzers/check/underlay.h"
#include "src/base/quote.h"
#include "src/base/text.h"

enum {
    HEARTBEAT_TOLERANCE_MS = 10000, /* the default since 2016: 10 heartbeats, one a second */
};

static char *parameter_path(char to[SNAPSHOT_PATH_BYTES], const struct check *c, const char *name)
{
    struct config_parameter p;

    to[0] = '\0';
    return config_parameter_find(&p, &c->config, name) ? snapshot_node_path(to, &p.value) : to;
}

/* parameter_text() - "" where it is no plain text; borrowed from the snapshot. */
static const char *parameter_text(const struct check *c, const char *name)
{
    struct config_parameter p;
    const char *text = "";

    if (config_parameter_find(&p, &c->config, name))
        snapshot_node_text(&p.value, &text, NULL);
    return text;
}

static char *order_path(char to[SNAPSHOT_PATH_BYTES], const struct check *c)
{
    return parameter_path(to, c, "MigrationNetworkOrder");
}

/* "'Storage1', 'Storage2'"; "" when none is intended, NULL without memory. */
static char *intended_names(const struct check *c)
{
    const struct topology *t = &c->config.topology;
    char *names = text_copy("");

    for (size_t i = 0; i < t->n_networks; i++) {
        if (t->networks[i].is_intended)
            quote_append(&names, t->networks[i].name);
    }
    return names;
}

/* Both lists are written whole, with ids looked up by name when the commands run. */
static char *lists_script(const struct check *c)
{
    AUTO_MEMORY char *names = intended_names(c);
    AUTO_MEMORY char *order = remedy_parameter("MigrationNetworkOrder", "$order");
    AUTO_MEMORY char *exclude = remedy_parameter("MigrationExcludeNetworks", "$exclude");

    if (!names || !*names || !order || !exclude)
        return NULL;
    return text_format(
        "$intended = %s\n"
        "$all = Get-ClusterNetwork\n"
        "$order = ($intended | ForEach-Object { $n = $_; ($all | Where-Object Name -eq $n).Id "
        "}) -join ';'\n"
        "$exclude = ($all | Where-Object Name -notin $intended).Id -join ';'\n"
        "%s\n"
        "%s",
        names, order, exclude);
}

static char *role_script(const struct network *n)
{
    AUTO_MEMORY char *name = quote_powershell(n->name);
    AUTO_MEMORY char *network = name ? text_format("(Get-ClusterNetwork -Name %s)", name) : NULL;

    return network ? remedy_role(network, ROLE_CLUSTER) : NULL;
}

/* ---- order and exclude list ---- */

static bool has_order(const struct topology *t)
{
    for (size_t i = 0; i < t->n_networks; i++)
        if (t->networks[i].migration_order >= 0)
            return true;
    return false;
}

int rule_order_empty(struct check *c, struct error *err)
{
    char path[SNAPSHOT_PATH_BYTES];

    if (!c->config.topology.has_cluster_order || has_order(&c->config.topology))
        return 0;
    return check_tell(c, order_path(path, c), "", lists_script(c), err,
                      "the order names no network that exists");
}

static int stale_in(struct check *c, const char *name, struct error *err)
{
    char path[SNAPSHOT_PATH_BYTES];
    struct snapshot_words words;
    struct config_parameter p;
    int r;

    if (!config_parameter_find(&p, &c->config, name))
        return 0;
    snapshot_words_init(&words, &p.value);
    while ((r = snapshot_words_next(&words, err)) > 0) {
        if (topology_find(&c->config.topology, words.word) != NO_NETWORK)
            continue;
        r = check_tell(c, snapshot_node_path(path, &words.item), words.word, lists_script(c), err,
                       "%s names '%s', and no cluster network has that id", name, words.word);
        if (r < 0)
            return r;
    }
    return r;
}

int rule_stale_ids(struct check *c, struct error *err)
{
    struct snapshot_node networks;
    int r;

    if (!snapshot_section(c->config.snapshot, &c->config.root, "Get-ClusterNetwork", &networks))
        return 0;
    r = stale_in(c, "MigrationNetworkOrder", err);
    return r < 0 ? r : stale_in(c, "MigrationExcludeNetworks", err);
}

/* for_networks() - tell of each network that @is_wrong. */
static int for_networks(struct check *c, bool (*is_wrong)(const struct network *n),
                        const char *property,
                        char *(*script)(const struct check *c, const struct network *n),
                        const char *what, struct error *err)
{
    const struct topology *t = &c->config.topology;
    char path[SNAPSHOT_PATH_BYTES];
    int r = 0;

    for (size_t i = 0; r == 0 && i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        if (n->origin != NETWORK_FROM_CLUSTER || !is_wrong(n))
            continue;
        if (strncmp(property, "Migration", 9) == 0)
            r = check_tell(c, parameter_path(path, c, property), parameter_text(c, property),
                           script(c, n), err, "%s %s", n->name, what);
        else
            r = check_tell(c, config_network_path(path, &c->config, (int)i, property),
                           strcmp(property, "Role") == 0 ? network_role_name(n->role) : "",
                           script(c, n), err, "%s %s", n->name, what);
    }
    return r;
}

static char *script_lists(const struct check *c, const struct network *n)
{
    (void)n;
    return lists_script(c);
}

static char *script_role(const struct check *c, const struct network *n)
{
    (void)c;
    return role_script(n);
}

static char *script_none(const struct check *c, const struct network *n)
{
    (void)c;
    (void)n;
    return NULL;
}

static bool is_both(const struct network *n)
{
    return n->is_excluded && n->migration_order >= 0;
}

int rule_ordered_and_excluded(struct check *c, struct error *err)
{
    return for_networks(c, is_both, "MigrationExcludeNetworks", script_lists,
                        "stands in the migration order and in the exclude list", err);
}

static bool is_intended_excluded(const struct network *n)
{
    return n->is_intended && n->is_excluded;
}

int rule_intended_excluded(struct check *c, struct error *err)
{
    return for_networks(c, is_intended_excluded, "MigrationExcludeNetworks", script_lists,
                        "is intended for migration and excluded from it", err);
}

/* The first of the order that is not intended; NULL: there is none. An excluded one counts: which
 * of the lists wins is not documented. */
static const struct network *first_other(const struct topology *t)
{
    const struct network *first = NULL;

    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        if (!n->is_intended && n->migration_order >= 0 &&
            (!first || n->migration_order < first->migration_order))
            first = n;
    }
    return first;
}

/* The intended networks must be the first of the order, in whatever sequence. */
int rule_intended_not_first(struct check *c, struct error *err)
{
    const struct topology *t = &c->config.topology;
    const struct network *other = first_other(t), *behind = NULL;
    char path[SNAPSHOT_PATH_BYTES];
    bool is_ordered = false;

    if (!t->has_cluster_order || !config_has_intended(&c->config) || !other)
        return 0;
    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        if (!n->is_intended)
            continue;
        is_ordered |= n->migration_order >= 0 && n->migration_order < other->migration_order;
        if (!behind && n->migration_order > other->migration_order)
            behind = n;
    }
    if (is_ordered && !behind)
        return 0;
    if (!is_ordered)
        return check_tell(c, order_path(path, c), parameter_text(c, "MigrationNetworkOrder"),
                          lists_script(c), err,
                          "%s comes first in the cluster's order and is not intended", other->name);
    return check_tell(
        c, order_path(path, c), parameter_text(c, "MigrationNetworkOrder"), lists_script(c), err,
        "%s comes before %s in the cluster's order and is not intended", other->name, behind->name);
}

static bool may_carry_management(const struct network *n)
{
    return !n->is_intended && !n->is_excluded &&
           (n->role == ROLE_CLIENT || n->role == ROLE_CLUSTER_AND_CLIENT);
}

static bool may_carry_other(const struct network *n)
{
    return !n->is_intended && !n->is_excluded && n->role == ROLE_CLUSTER;
}

static int not_excluded(struct check *c, bool (*is_wrong)(const struct network *n),
                        const char *what, struct error *err)
{
    if (!c->config.topology.has_cluster_exclude || !config_has_intended(&c->config))
        return 0;
    return for_networks(c, is_wrong, "MigrationExcludeNetworks", script_lists, what, err);
}

int rule_management_not_excluded(struct check *c, struct error *err)
{
    return not_excluded(c, may_carry_management,
                        "is open to clients and not excluded from migration", err);
}

int rule_other_not_excluded(struct check *c, struct error *err)
{
    return not_excluded(c, may_carry_other, "is not intended and not excluded from migration", err);
}

static bool is_ordered_without_role(const struct network *n)
{
    return n->role == ROLE_NONE && n->migration_order >= 0 && !n->is_excluded && !n->is_intended;
}

bool network_is_iscsi(const struct network *n)
{
    for (const char *at = n->name; *at; at++)
        if (strncasecmp(at, "iscsi", 5) == 0)
            return true;
    return false;
}

static bool is_ordered_for_iscsi(const struct network *n)
{
    return n->role != ROLE_NONE && network_is_iscsi(n) && n->migration_order >= 0 &&
           !n->is_excluded;
}

int rule_no_role_ordered(struct check *c, struct error *err)
{
    int r = for_networks(c, is_ordered_without_role, "MigrationNetworkOrder", script_lists,
                         "has no role in the cluster and stands in the migration order", err);

    return r < 0 ? r
                 : for_networks(c, is_ordered_for_iscsi, "MigrationNetworkOrder", script_lists,
                                "is for iSCSI by its name and stands in the migration order", err);
}

/* ---- role and state ---- */

static bool is_intended_without_role(const struct network *n)
{
    return n->is_intended && n->role == ROLE_NONE;
}

int rule_intended_no_role(struct check *c, struct error *err)
{
    return for_networks(c, is_intended_without_role, "Role", script_role,
                        "is intended for migration and has no role in the cluster", err);
}

static bool is_intended_for_clients(const struct network *n)
{
    return n->is_intended && (n->role == ROLE_CLIENT || n->role == ROLE_CLUSTER_AND_CLIENT);
}

int rule_intended_for_clients(struct check *c, struct error *err)
{
    return for_networks(c, is_intended_for_clients, "Role", script_role,
                        "is intended for migration and open to clients", err);
}

static bool is_intended_down(const struct network *n)
{
    return n->is_intended && (n->state == STATE_DOWN || n->state == STATE_UNAVAILABLE);
}

int rule_intended_down(struct check *c, struct error *err)
{
    return for_networks(c, is_intended_down, "State", script_none,
                        "is intended for migration and not up", err);
}

static bool is_intended_partitioned(const struct network *n)
{
    return n->is_intended && n->state == STATE_PARTITIONED;
}

int rule_intended_partitioned(struct check *c, struct error *err)
{
    return for_networks(c, is_intended_partitioned, "State", script_none,
                        "is intended for migration, and not every node reaches every other over it",
                        err);
}

/* ---- subnets and addresses ---- */

int rule_no_address(struct check *c, struct error *err)
{
    const struct topology *t = &c->config.topology;
    char path[SNAPSHOT_PATH_BYTES];
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        if (!h->has_section[SECTION_IP_ADDRESS])
            continue;
        for (size_t i = 0; r == 0 && i < t->n_networks; i++)
            if (t->networks[i].is_intended && h->address_of[i] < 0)
                r = check_tell(c, snapshot_node_path(path, &h->sections[SECTION_IP_ADDRESS]), "",
                               NULL, err, "%s has no address in %s", h->name, t->networks[i].name);
    }
    return r;
}

static bool has_several_subnets(const struct network *n)
{
    size_t n_v4 = 0;

    for (size_t i = 0; i < n->n_prefixes; i++)
        n_v4 += addr_is_v4(&n->prefixes[i].addr);
    return n_v4 > 1 || n->n_prefixes - n_v4 > 1;
}

int rule_several_subnets(struct check *c, struct error *err)
{
    return for_networks(c, has_several_subnets, "Ipv4Addresses", script_none,
                        "holds more than one subnet of a family", err);
}

static bool bears_heartbeats(const struct network *n)
{
    return n->role == ROLE_CLUSTER || n->role == ROLE_CLUSTER_AND_CLIENT;
}

/* Do two adapters of a host come down to the same? Returns 1, 0 also when unknown, or a negative
 * code. */
static int is_one_wire(const struct config_host *h, const struct config_adapter *a,
                       const struct config_adapter *b, struct error *err)
{
    struct underlay first, second;
    int r = underlay_find(&first, h, a->name, err);

    if (r > 0)
        r = underlay_find(&second, h, b->name, err);
    return r > 0 ? underlay_overlaps(&first, &second) : r;
}

/* shares_every() - does every other network with heartbeats come down to the adapters of an
 * intended one? Returns 1, 0 or a negative code. */
static int shares_every(const struct check *c, const struct config_host *h, struct error *err)
{
    const struct network *networks = c->config.topology.networks;
    bool has_other = false;

    for (size_t i = 0; i < h->n_adapters; i++) {
        const struct config_adapter *a = &h->adapters[i];
        int r = 0;

        if (networks[a->network].is_intended || !bears_heartbeats(&networks[a->network]))
            continue;
        has_other = true;
        for (size_t k = 0; r == 0 && k < h->n_adapters; k++)
            if (networks[h->adapters[k].network].is_intended)
                r = is_one_wire(h, a, &h->adapters[k], err);
        if (r <= 0)
            return r;
    }
    return has_other;
}

/* heartbeats_exposed() - where migrations can take all that heartbeats have. @ret_host: NULL:
 * everywhere. Returns 1, 0 or a negative code. */
static int heartbeats_exposed(const struct check *c, const struct config_host **ret_host,
                              struct error *err)
{
    const struct topology *t = &c->config.topology;
    bool on_intended = false, on_other = false;
    int r = 0;

    *ret_host = NULL;
    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        if (n->role == ROLE_UNKNOWN)
            return 0;
        on_intended |= n->is_intended && bears_heartbeats(n);
        on_other |= !n->is_intended && bears_heartbeats(n);
    }
    if (!on_other)
        return on_intended;
    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++) {
        *ret_host = &c->config.hosts[k];
        r = shares_every(c, *ret_host, err);
    }
    return r;
}

int rule_heartbeats_shared(struct check *c, struct error *err)
{
    const struct setting *delay = &c->config.settings[CLUSTER_DELAY];
    const struct setting *threshold = &c->config.settings[CLUSTER_THRESHOLD];
    const struct config_host *h;
    int r;

    if (!delay->is_known || !threshold->is_known || delay->value < 0 ||
        delay->value > HEARTBEAT_TOLERANCE_MS || threshold->value < 0 ||
        threshold->value > HEARTBEAT_TOLERANCE_MS ||
        delay->value * threshold->value >= HEARTBEAT_TOLERANCE_MS)
        return 0;
    r = heartbeats_exposed(c, &h, err);
    if (r <= 0)
        return r;
    return check_tell_setting(c, threshold, text_copy("(Get-Cluster).SameSubnetThreshold = 20"),
                              err, "%s%s, and a node is given up after %lld ms",
                              h ? "all heartbeats take the adapters of the intended network on "
                                : "no network bears heartbeats but the intended one",
                              h ? h->name : "", (long long)(delay->value * threshold->value));
}
