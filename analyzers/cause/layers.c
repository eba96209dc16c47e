#include "analyzers/cause/layers.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/text.h"
#include "src/base/units.h"
#include "src/model/snapshot_enums.h"

static const int64_t ns_per_ms = 1000000;

const struct config_host *layers_host(const struct result *r, const struct config *c, int host)
{
    for (size_t i = 0; i < c->n_hosts; i++)
        if (strcmp(c->topology.hosts[c->hosts[i].host].name, r->hosts[host].name) == 0)
            return &c->hosts[i];
    return NULL;
}

/* PowerShell 7 writes ISO 8601, Windows PowerShell 5.1 "/Date(1795253400000)/". */
static int64_t collected_ns(const struct config *c)
{
    static const char old_form[] = "/Date(";
    struct snapshot_node node = snapshot_node_member(&c->root, "Collected");
    const char *text;
    int64_t time_ns, ms;
    char *end;

    if (snapshot_node_text(&node, &text, NULL) <= 0)
        return SESSION_NO_TIME;
    if (time_parse(&time_ns, text, NULL) == 0)
        return time_ns;
    if (strncmp(text, old_form, sizeof(old_form) - 1) != 0)
        return SESSION_NO_TIME;
    ms = strtoll(text + sizeof(old_form) - 1, &end, 10);
    if (*end != ')' || ms <= 0 || ms > INT64_MAX / ns_per_ms)
        return SESSION_NO_TIME;
    return ms * ns_per_ms;
}

/* NULL: unknown. */
static const char *word_of(const struct snapshot_word *words, int64_t value)
{
    for (; words->name; words++)
        if (words->value == value)
            return words->name;
    return NULL;
}

static int fill_cluster(struct result_layers *l, const struct topology *t, struct error *err)
{
    l->networks = calloc(t->n_networks + 1, sizeof(*l->networks));
    if (!l->networks)
        return error_memory(err);
    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        if (n->origin != NETWORK_FROM_CLUSTER)
            continue;
        l->networks[l->n_networks++] = (struct result_cluster_layer){
            .network = (int)i,
            .state = n->state == STATE_UNKNOWN ? NULL : word_of(enum_network_state, n->state),
            .order = t->has_cluster_order ? n->migration_order + 1 : -1,
            .is_excluded = t->has_cluster_exclude ? n->is_excluded : -1,
            .metric = n->metric,
        };
    }
    return 0;
}

/* ---- hosts ---- */

static int set_text(char **to, const char *text, struct error *err)
{
    *to = text_copy(text);
    return *to ? 0 : error_memory(err);
}

static int set_entry(struct result_host_entry *to, const struct config_entry *e, struct error *err)
{
    char prefix[PREFIX_TEXT_BYTES];

    to->is_listed = 1;
    to->priority = e->priority == INT64_MAX ? -1 : e->priority;
    return set_text(&to->subnet, prefix_text(prefix, &e->prefix), err);
}

/* The entry that the host tries first, of those in one network. */
static const struct config_entry *entry_in(const struct config_host *h, int network)
{
    const struct config_entry *best = NULL;

    for (size_t i = 0; i < h->n_entries; i++)
        if (h->entries[i].network == network && (!best || h->entries[i].priority < best->priority))
            best = &h->entries[i];
    return best;
}

static int set_address(struct result_host_entry *to, const struct config *c,
                       const struct config_host *h, struct error *err)
{
    const struct config_adapter *adapter = config_adapter_in(h, to->network);
    const struct host_address *a;
    char text[ADDR_TEXT_BYTES];
    int n;

    if (h->address_of[to->network] < 0)
        return 0;
    a = &c->topology.addresses[h->address_of[to->network]];
    n = set_text(&to->address, addr_text(text, &a->addr), err);
    if (n == 0 && *a->adapter)
        n = set_text(&to->adapter, a->adapter, err);
    if (adapter && adapter->settings[ADAPTER_METRIC].is_known)
        to->adapter_metric = adapter->settings[ADAPTER_METRIC].value;
    if (adapter && adapter->settings[ADAPTER_SPEED].is_known &&
        adapter->settings[ADAPTER_SPEED].value >= 0)
        to->bits_per_second = (uint64_t)adapter->settings[ADAPTER_SPEED].value;
    return n;
}

static int fill_entries(struct result_host_layer *l, const struct config *c,
                        const struct config_host *h, struct error *err)
{
    const struct result_host_entry unknown = {
        .network = -1,
        .is_listed = h->has_section[SECTION_MIGRATION_NETWORK] ? 0 : -1,
        .priority = -1,
        .adapter_metric = -1,
        .bits_per_second = RESULT_UNKNOWN
    };
    size_t n_networks = c->topology.n_networks;
    int n = 0;

    l->entries = calloc(n_networks + h->n_entries + 1, sizeof(*l->entries));
    if (!l->entries)
        return error_memory(err);
    for (size_t i = 0; i < n_networks && n == 0; i++) {
        const struct config_entry *e = entry_in(h, (int)i);
        struct result_host_entry *to = &l->entries[l->n_entries++];

        *to = unknown;
        to->network = (int)i;
        n = set_address(to, c, h, err);
        if (e && n == 0)
            n = set_entry(to, e, err);
    }
    for (size_t i = 0; i < h->n_entries && n == 0; i++) {
        if (h->entries[i].network != NO_NETWORK)
            continue;
        l->entries[l->n_entries] = unknown;
        n = set_entry(&l->entries[l->n_entries++], &h->entries[i], err);
    }
    return n;
}

static int flag_of(const struct setting *s)
{
    return s->is_known ? s->value != 0 : -1;
}

static int fill_host(struct result_layers *l, int host, const struct config *c,
                     const struct config_host *h, struct error *err)
{
    const struct setting *performance = &h->settings[HOST_PERFORMANCE];
    struct result_host_layer *to = &l->hosts[l->n_hosts++];

    *to = (struct result_host_layer){
        .host = host,
        .is_enabled = flag_of(&h->settings[HOST_ENABLED]),
        .any_network = flag_of(&h->settings[HOST_ANY_NETWORK]),
        .performance = performance->is_known ? word_of(enum_performance, performance->value) : NULL,
    };
    return fill_entries(to, c, h, err);
}

/* Without any direction all hosts may be looked at. */
static bool is_concerned(const struct result *r, int host)
{
    for (size_t i = 0; i < r->n_directions; i++)
        if (r->directions[i].source_host == host || r->directions[i].destination_host == host)
            return true;
    return r->n_directions == 0;
}

int layers_fill(struct result *r, const struct config *c, struct error *err)
{
    struct result_layers *l = &r->layers;
    int n = fill_cluster(l, &c->topology, err);

    l->collected_ns = collected_ns(c);
    l->hosts = calloc(r->n_hosts + 1, sizeof(*l->hosts));
    if (!l->hosts)
        return error_memory(err);
    for (size_t i = 0; i < r->n_hosts && n == 0; i++) {
        const struct config_host *h = is_concerned(r, (int)i) ? layers_host(r, c, (int)i) : NULL;

        if (h)
            n = fill_host(l, (int)i, c, h, err);
    }
    return n;
}
