#include "analyzers/check/config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const section_names[N_SECTIONS] = {
    [SECTION_VM_HOST] = "Get-VMHost",
    [SECTION_MIGRATION_NETWORK] = "Get-VMMigrationNetwork",
    [SECTION_ADAPTER] = "Get-NetAdapter",
    [SECTION_ADVANCED] = "Get-NetAdapterAdvancedProperty",
    [SECTION_VM_VLAN] = "Get-VMNetworkAdapterVlan",
    [SECTION_RDMA] = "Get-NetAdapterRdma",
    [SECTION_IP_INTERFACE] = "Get-NetIPInterface",
    [SECTION_BINDING] = "Get-NetAdapterBinding",
    [SECTION_RSS] = "Get-NetAdapterRss",
    [SECTION_SMB_SERVER] = "Get-SmbServerConfiguration",
    [SECTION_BANDWIDTH] = "Get-SmbBandwidthLimit",
    [SECTION_QOS] = "Get-NetQosPolicy",
    [SECTION_FIREWALL] = "Get-NetFirewallRule",
    [SECTION_IPSEC] = "Get-NetIPsecRule",
    [SECTION_INTENT] = "Get-NetIntent",
    [SECTION_DEVICE_GUARD] = "Win32_DeviceGuard",
    [SECTION_IP_ADDRESS] = "Get-NetIPAddress",
    [SECTION_VM_NIC] = "Get-VMNetworkAdapter",
    [SECTION_TEAM_MAPPING] = "Get-VMNetworkAdapterTeamMapping",
    [SECTION_SWITCH] = "Get-VMSwitch",
    [SECTION_TEAM] = "Get-NetLbfoTeam",
    [SECTION_SERVICE] = "Get-Service",
    [SECTION_FIREWALL_PROFILE] = "Get-NetFirewallProfile",
    [SECTION_CONNECTION_PROFILE] = "Get-NetConnectionProfile",
    [SECTION_OFFLOAD] = "Get-NetOffloadGlobalSetting",
};

/* One setting: of the first object of the section, or of the one that @match and @filter name. */
struct row {
    enum section section;
    const char *match; /* the property that names the adapter; NULL: none */
    const char *filter, *filter_text;
    const char *property;
    enum { AS_INTEGER, AS_BOOL, AS_WORD, AS_ENUM } form; /* a word: a list's first number */
    const struct snapshot_word *words;
};

static const struct row cluster_rows[N_CLUSTER_SETTINGS] = {
    [CLUSTER_MAXIMUM] = { .property = "MaximumParallelMigrations" },
    [CLUSTER_DELAY] = { .property = "SameSubnetDelay" },
    [CLUSTER_THRESHOLD] = { .property = "SameSubnetThreshold" },
    [CLUSTER_SETS_LIMIT] = { .property = "SetSMBBandwidthLimit" },
    [CLUSTER_LIMIT_FACTOR] = { .property = "SMBBandwidthLimitFactor" },
};

static const struct row host_rows[N_HOST_SETTINGS] = {
    [HOST_ENABLED] = { SECTION_VM_HOST, .property = "VirtualMachineMigrationEnabled",
                       .form = AS_BOOL },
    [HOST_ANY_NETWORK] = { SECTION_VM_HOST, .property = "UseAnyNetworkForMigration",
                           .form = AS_BOOL },
    [HOST_PERFORMANCE] = { SECTION_VM_HOST, .property = "VirtualMachineMigrationPerformanceOption",
                           .form = AS_ENUM, .words = enum_performance },
    [HOST_AUTHENTICATION] = { SECTION_VM_HOST,
                              .property = "VirtualMachineMigrationAuthenticationType",
                              .form = AS_ENUM, .words = enum_authentication },
    [HOST_MAXIMUM] = { SECTION_VM_HOST, .property = "MaximumVirtualMachineMigrations" },
    [HOST_ENCRYPTS] = { SECTION_SMB_SERVER, .property = "EncryptData", .form = AS_BOOL },
    [HOST_CHIMNEY] = { SECTION_OFFLOAD, .property = "Chimney", .form = AS_ENUM,
                       .words = enum_switched },
};

static const struct row adapter_rows[N_ADAPTER_SETTINGS] = {
    [ADAPTER_SPEED] = { SECTION_ADAPTER, "Name", .property = "TransmitLinkSpeed" },
    [ADAPTER_MTU] = { SECTION_ADAPTER, "Name", .property = "MtuSize" },
    [ADAPTER_JUMBO] = { SECTION_ADVANCED, "Name", "RegistryKeyword", "*JumboPacket",
                        "RegistryValue", AS_WORD },
    [ADAPTER_VLAN] = { SECTION_ADAPTER, "Name", .property = "VlanID" },
    [ADAPTER_VLAN_ACCESS] = { SECTION_VM_VLAN, "ParentAdapter", .property = "AccessVlanId" },
    [ADAPTER_RDMA] = { SECTION_RDMA, "Name", .property = "Enabled", .form = AS_BOOL },
    [ADAPTER_METRIC] = { SECTION_IP_INTERFACE, "InterfaceAlias", .property = "InterfaceMetric" },
    [ADAPTER_SMB_CLIENT] = { SECTION_BINDING, "Name", "ComponentID", "ms_msclient", "Enabled",
                             AS_BOOL },
    [ADAPTER_SMB_SERVER] = { SECTION_BINDING, "Name", "ComponentID", "ms_server", "Enabled",
                             AS_BOOL },
    [ADAPTER_RSS] = { SECTION_RSS, "Name", .property = "Enabled", .form = AS_BOOL },
    [ADAPTER_RSS_FIRST] = { SECTION_RSS, "Name", .property = "BaseProcessorNumber" },
    [ADAPTER_RSS_LAST] = { SECTION_RSS, "Name", .property = "MaxProcessorNumber" },
};

/* ---- settings ---- */

static int word_read(const struct snapshot_node *n, int64_t *ret_value, struct error *err)
{
    struct snapshot_words words;
    char *end;
    int r;

    snapshot_words_init(&words, n);
    r = snapshot_words_next(&words, err);
    if (r <= 0)
        return r;
    *ret_value = strtoll(words.word, &end, 10);
    return end != words.word && *end == '\0';
}

static int value_read(struct setting *s, const struct row *row, struct error *err)
{
    bool is_true = false;
    int name = 0, r;

    switch (row->form) {
    case AS_BOOL:
        r = snapshot_node_bool(&s->node, &is_true, err);
        s->value = is_true;
        break;
    case AS_ENUM:
        r = snapshot_node_enum(&s->node, row->words, &name, err);
        s->value = name;
        break;
    case AS_WORD:
        r = word_read(&s->node, &s->value, err);
        break;
    default:
        r = snapshot_node_integer(&s->node, &s->value, err);
    }
    s->is_known = r > 0;
    return r;
}

/* is_text() - does a property read so? Returns 1, 0 or a negative code. */
static int is_text(const struct snapshot_node *item, const char *property, const char *text,
                   struct error *err)
{
    struct snapshot_node node = snapshot_node_member(item, property);
    const char *found;
    int r = snapshot_node_text(&node, &found, err);

    return r > 0 ? strcasecmp(found, text) == 0 : r;
}

/* Virtual adapters are "vEthernet (LM)" to Windows and "LM" to Hyper-V. */
static int is_adapter(const struct snapshot_node *item, const struct row *row, const char *adapter,
                      struct error *err)
{
    static const char prefix[] = "vEthernet (";
    size_t n_prefix = sizeof(prefix) - 1, n = strlen(adapter);
    char inner[SNAPSHOT_WORD_BYTES];
    int r = is_text(item, row->match, adapter, err);

    if (r != 0 || row->section != SECTION_VM_VLAN || strncmp(adapter, prefix, n_prefix) != 0 ||
        n - n_prefix >= sizeof(inner))
        return r;
    memcpy(inner, adapter + n_prefix, n - n_prefix + 1);
    inner[strlen(inner) - 1] = '\0';
    return is_text(item, row->match, inner, err);
}

static int setting_load(struct setting *s, const struct snapshot_node *section,
                        const struct row *row, const char *adapter, struct error *err)
{
    size_t n;
    int r = snapshot_node_count(section, &n, err);

    for (size_t i = 0; r >= 0 && i < n && !s->is_known; i++) {
        r = snapshot_node_item(section, i, &s->item, err);
        if (r > 0 && row->match)
            r = is_adapter(&s->item, row, adapter, err);
        if (r > 0 && row->filter)
            r = is_text(&s->item, row->filter, row->filter_text, err);
        if (r <= 0)
            continue;
        s->node = snapshot_node_member(&s->item, row->property);
        r = value_read(s, row, err);
    }
    return r < 0 ? r : 0;
}

static int settings_load(struct setting *settings, const struct row *rows, size_t n_rows,
                         const struct config_host *h, const char *adapter, struct error *err)
{
    int r = 0;

    for (size_t i = 0; r >= 0 && i < n_rows; i++)
        if (h->has_section[rows[i].section])
            r = setting_load(&settings[i], &h->sections[rows[i].section], &rows[i], adapter, err);
    return r;
}

/* ---- hosts ---- */

static int network_of_prefix(const struct topology *t, const struct prefix *p)
{
    int network = topology_prefix_find(t, p);

    return network != NO_NETWORK ? network : topology_network_of(t, &p->addr);
}

/* Returns 1, 0 when the entry names no subnet, or a negative code. */
static int entry_load(struct config_entry *e, const struct topology *t, struct error *err)
{
    struct snapshot_node subnet = snapshot_node_member(&e->item, "Subnet");
    struct snapshot_node priority = snapshot_node_member(&e->item, "Priority");
    const char *text;
    int r = snapshot_node_text(&subnet, &text, err);

    if (r <= 0)
        return r;
    if (prefix_parse(&e->prefix, text, err) < 0)
        return snapshot_node_error(&subnet, err, "'%.64s' is no subnet", text);
    e->priority = INT64_MAX;
    e->network = network_of_prefix(t, &e->prefix);
    r = snapshot_node_integer(&priority, &e->priority, err);
    return r < 0 ? r : 1;
}

static int entries_load(struct config_host *h, const struct topology *t, struct error *err)
{
    const struct snapshot_node *list = &h->sections[SECTION_MIGRATION_NETWORK];
    size_t n;
    int r;

    if (!h->has_section[SECTION_MIGRATION_NETWORK])
        return 0;
    r = snapshot_node_count(list, &n, err);
    if (r < 0)
        return r;
    h->entries = calloc(n + 1, sizeof(*h->entries));
    if (!h->entries)
        return error_memory(err);
    for (size_t i = 0; i < n; i++) {
        struct config_entry *e = &h->entries[h->n_entries];

        r = snapshot_node_item(list, i, &e->item, err);
        if (r > 0)
            r = entry_load(e, t, err);
        if (r < 0)
            return r;
        h->n_entries += r > 0;
    }
    return 0;
}

static bool has_adapter(const struct config_host *h, const char *name)
{
    for (size_t i = 0; i < h->n_adapters; i++)
        if (strcasecmp(h->adapters[i].name, name) == 0)
            return true;
    return false;
}

/* IPv4 sorts in front of all but ::/80, so the first address of a network is its IPv4 one. */
static int adapters_find(struct config_host *h, const struct topology *t, struct error *err)
{
    size_t n = 0;

    for (size_t i = 0; i < t->n_addresses; i++)
        n += t->addresses[i].host == h->host;
    h->adapters = calloc(n + 1, sizeof(*h->adapters));
    h->address_of = malloc((t->n_networks + 1) * sizeof(*h->address_of));
    if (!h->adapters || !h->address_of)
        return error_memory(err);
    for (size_t i = 0; i < t->n_networks; i++)
        h->address_of[i] = -1;
    for (size_t i = 0; i < t->n_addresses; i++) {
        const struct host_address *a = &t->addresses[i];
        int network = topology_network_of(t, &a->addr);

        if (a->host != h->host || network == NO_NETWORK || addr_is_link_local(&a->addr))
            continue;
        if (h->address_of[network] < 0)
            h->address_of[network] = (int)i;
        if (!*a->adapter || has_adapter(h, a->adapter))
            continue;
        h->adapters[h->n_adapters++] =
            (struct config_adapter){ .name = a->adapter, .network = network };
    }
    return 0;
}

/* Cmdlets that list what can do something: an adapter that isn't listed can't. Where a name can't
 * be read nobody knows which adapter that is. */
static int settle_unlisted(struct setting *s, const struct config_host *h, enum section section,
                           struct error *err)
{
    const struct snapshot_node *list = &h->sections[section];
    struct snapshot_node item, name;
    const char *text;
    size_t n;
    int r;

    if (s->is_known || !h->has_section[section])
        return 0;
    r = snapshot_node_count(list, &n, err);
    for (size_t i = 0; r >= 0 && i < n; i++) {
        r = snapshot_node_item(list, i, &item, err);
        if (r <= 0)
            return r;
        name = snapshot_node_member(&item, "Name");
        if (snapshot_node_text(&name, &text, NULL) <= 0)
            return 0;
    }
    if (r < 0)
        return r;
    s->is_known = true;
    s->value = 0;
    s->node = *list;
    return 0;
}

/* Returns 1, 0 or a negative code. */
static int is_listed(const struct config_host *h, enum section section, const char *adapter,
                     struct error *err)
{
    const struct snapshot_node *list = &h->sections[section];
    struct snapshot_node item;
    size_t n = 0;
    int r = h->has_section[section] ? snapshot_node_count(list, &n, err) : 0;

    for (size_t i = 0; r >= 0 && i < n; i++) {
        r = snapshot_node_item(list, i, &item, err);
        if (r > 0 && (r = is_text(&item, "Name", adapter, err)) > 0)
            return 1;
    }
    return r < 0 ? r : 0;
}

int config_adapter_load(struct config_adapter *a, const struct config_host *h, struct error *err)
{
    static const struct {
        enum adapter_setting setting;
        enum section section;
    } abilities[] = { { ADAPTER_RDMA, SECTION_RDMA }, { ADAPTER_RSS, SECTION_RSS } };
    int r = settings_load(a->settings, adapter_rows, N_ADAPTER_SETTINGS, h, a->name, err);

    for (size_t i = 0; r >= 0 && i < sizeof(abilities) / sizeof(abilities[0]); i++) {
        r = is_listed(h, abilities[i].section, a->name, err);
        if (r == 0)
            r = settle_unlisted(&a->settings[abilities[i].setting], h, abilities[i].section, err);
    }
    return r < 0 ? r : 0;
}

static int host_load(struct config_host *h, struct config *c, struct error *err)
{
    int r;

    h->name = h->node.key;
    h->host = topology_host_add(&c->topology, h->name, err); /* it is there: this finds it */
    if (h->host < 0)
        return h->host;
    for (int i = 0; i < N_SECTIONS; i++)
        h->has_section[i] =
            snapshot_section(c->snapshot, &h->node, section_names[i], &h->sections[i]);
    r = adapters_find(h, &c->topology, err);
    if (r == 0)
        r = entries_load(h, &c->topology, err);
    if (r == 0)
        r = settings_load(h->settings, host_rows, N_HOST_SETTINGS, h, NULL, err);
    for (size_t i = 0; r == 0 && i < h->n_adapters; i++)
        r = config_adapter_load(&h->adapters[i], h, err);
    return r;
}

static int hosts_load(struct config *c, struct error *err)
{
    struct snapshot_node member = { 0 };
    size_t n = 0;
    int r = snapshot_node_object(&c->nodes, err);

    if (r <= 0)
        return r;
    while (snapshot_node_next(&member, &c->nodes))
        n++;
    if (n > TOPOLOGY_MAX_HOSTS)
        return error_set(err, ERR_LIMIT, "Nodes: more than %d hosts", TOPOLOGY_MAX_HOSTS);
    c->hosts = calloc(n + 1, sizeof(*c->hosts));
    if (!c->hosts)
        return error_memory(err);
    member = (struct snapshot_node){ 0 };
    while (r >= 0 && snapshot_node_next(&member, &c->nodes)) {
        struct config_host *h = &c->hosts[c->n_hosts];

        h->node = member;
        r = snapshot_node_object(&h->node, err);
        if (r <= 0)
            continue;
        c->n_hosts++;
        r = host_load(h, c, err);
    }
    return r < 0 ? r : 0;
}

static int cluster_load(struct config *c, struct error *err)
{
    int r = 0;

    if (!snapshot_section(c->snapshot, &c->root, "Get-Cluster", &c->cluster))
        return 0;
    c->is_cluster = true;
    for (int i = 0; r == 0 && i < N_CLUSTER_SETTINGS; i++)
        r = setting_load(&c->settings[i], &c->cluster, &cluster_rows[i], NULL, err);
    return r;
}

static void begin(struct config *c, const struct snapshot *s)
{
    memset(c, 0, sizeof(*c));
    c->snapshot = s;
    c->root = snapshot_root(s);
    c->nodes = snapshot_node_member(&c->root, "Nodes");
    topology_init(&c->topology);
}

/* The topology is whole by now: a host's settings are joined with its networks. */
static int load(struct config *c, struct error *err)
{
    struct snapshot_node networks = snapshot_node_member(&c->root, "Get-ClusterNetwork");
    int r = cluster_load(c, err);

    c->is_cluster |= !snapshot_node_is_absent(&networks);
    if (r == 0)
        r = hosts_load(c, err);
    return r < 0 ? error_prefix(err, r, "%s", snapshot_name(c->snapshot)) : 0;
}

int config_init(struct config *c, const struct snapshot *s, const char *expect, struct error *err)
{
    int r;

    begin(c, s);
    r = topology_add_snapshot(&c->topology, s, err);
    if (r < 0)
        return r;
    r = expect ? topology_expect(&c->topology, expect, err) : topology_intend(&c->topology, err);
    if (r < 0)
        return r == ERR_USAGE ? r : error_prefix(err, r, "%s", snapshot_name(s));
    return load(c, err);
}

int config_init_made(struct config *c, const struct snapshot *s, struct topology *made,
                     struct error *err)
{
    begin(c, s);
    c->topology = *made;
    topology_init(made);
    return load(c, err);
}

void config_release(struct config *c)
{
    for (size_t i = 0; i < c->n_hosts; i++) {
        free(c->hosts[i].adapters);
        free(c->hosts[i].entries);
        free(c->hosts[i].address_of);
    }
    free(c->hosts);
    topology_release(&c->topology);
}

/* ---- asking ---- */

const char *config_section_name(enum section section)
{
    return section_names[section];
}

const struct config_adapter *config_adapter_in(const struct config_host *h, int network)
{
    for (size_t i = 0; i < h->n_adapters; i++)
        if (h->adapters[i].network == network)
            return &h->adapters[i];
    return NULL;
}

char *config_network_path(char to[SNAPSHOT_PATH_BYTES], const struct config *c, int network,
                          const char *property)
{
    struct snapshot_node list = snapshot_node_member(&c->root, "Get-ClusterNetwork");
    struct snapshot_node item, node;
    size_t n;

    to[0] = '\0';
    if (snapshot_node_count(&list, &n, NULL) < 0)
        return to;
    for (size_t i = 0; i < n; i++) {
        if (snapshot_node_item(&list, i, &item, NULL) <= 0 ||
            is_text(&item, "Name", c->topology.networks[network].name, NULL) <= 0)
            continue;
        node = snapshot_node_member(&item, property);
        return snapshot_node_path(to, &node);
    }
    return to;
}

bool config_parameter_find(struct config_parameter *p, const struct config *c, const char *name)
{
    struct snapshot_node key;
    const char *text;
    size_t n;

    if (!snapshot_section(c->snapshot, &c->root, "Get-ClusterParameter", &p->list) ||
        snapshot_node_count(&p->list, &n, NULL) < 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (snapshot_node_item(&p->list, i, &p->item, NULL) <= 0)
            continue;
        p->value = snapshot_node_member(&p->item, name);
        if (!snapshot_node_is_absent(&p->value))
            return true;
        key = snapshot_node_member(&p->item, "Name");
        if (snapshot_node_text(&key, &text, NULL) <= 0 || strcasecmp(text, name) != 0)
            continue;
        p->value = snapshot_node_member(&p->item, "Value");
        return true;
    }
    return false;
}

bool config_has_intended(const struct config *c)
{
    for (size_t i = 0; i < c->topology.n_networks; i++)
        if (c->topology.networks[i].is_intended)
            return true;
    return false;
}
