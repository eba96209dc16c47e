#include "analyzers/check/predict.h"

#include "src/base/array.h"

const char *predict_rule_name(enum predict_rule rule)
{
    static const char *const names[] = { "cluster-order", "host-list", "metric",
                                         "smb-multichannel" };

    return names[rule];
}

/* One pair at work. */
struct pair {
    struct predictions *to;
    const struct config *c;
    const struct config_host *source, *destination;
};

static bool is_shared(const struct pair *p, int network)
{
    return p->source->address_of[network] >= 0 && p->destination->address_of[network] >= 0;
}

static int add(const struct pair *p, enum predict_rule rule, int network, struct error *err)
{
    bool found = network != NO_NETWORK;
    int r = array_reserve(&p->to->paths, &p->to->capacity, p->to->n_paths + 1,
                          sizeof(*p->to->paths), PREDICTIONS_MAX, err);

    if (r < 0)
        return r;
    p->to->paths[p->to->n_paths++] = (struct prediction_path){
        p->source,
        p->destination,
        rule,
        network,
        found ? p->source->address_of[network] : -1,
        found ? p->destination->address_of[network] : -1,
    };
    return 0;
}

static bool is_usable(const struct pair *p, const struct network *n, int index)
{
    return !n->is_excluded && n->state != STATE_DOWN && n->state != STATE_UNAVAILABLE &&
           is_shared(p, index);
}

/* Returns 1 when the rule applies. */
static int by_order(const struct pair *p, int *ret_network)
{
    const struct topology *t = &p->c->topology;
    bool is_ordered = false;

    *ret_network = NO_NETWORK;
    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        is_ordered |= n->migration_order >= 0;
        if (n->migration_order >= 0 && is_usable(p, n, (int)i) &&
            (*ret_network == NO_NETWORK ||
             n->migration_order < t->networks[*ret_network].migration_order))
            *ret_network = (int)i;
    }
    return is_ordered;
}

static int by_list(const struct pair *p, int *ret_network)
{
    const struct config_host *h = p->source;
    int64_t best = 0;

    *ret_network = NO_NETWORK;
    for (size_t i = 0; i < h->n_entries; i++) {
        const struct config_entry *e = &h->entries[i];

        if (e->network == NO_NETWORK || !is_shared(p, e->network) ||
            (*ret_network != NO_NETWORK && e->priority >= best))
            continue;
        *ret_network = e->network;
        best = e->priority;
    }
    return h->n_entries > 0;
}

/* Without an order. The cluster's own traffic takes the lowest metric, so migration takes that
 * network last. */
static int by_metric(const struct pair *p, int *ret_network)
{
    const struct topology *t = &p->c->topology;
    int lowest = NO_NETWORK, next = NO_NETWORK;

    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        if (n->migration_order >= 0)
            return 0;
        if (n->origin != NETWORK_FROM_CLUSTER || !is_usable(p, n, (int)i))
            continue;
        if (n->metric < 0)
            return 0;
        if (lowest == NO_NETWORK || n->metric < t->networks[lowest].metric) {
            next = lowest;
            lowest = (int)i;
        } else if (next == NO_NETWORK || n->metric < t->networks[next].metric) {
            next = (int)i;
        }
    }
    *ret_network = next != NO_NETWORK ? next : lowest;
    return *ret_network != NO_NETWORK;
}

/* ---- SMB Multichannel ---- */

/* rank_of() - class (RDMA, RSS, plain) before speed, of the worse end; -1: not known. */
static int64_t rank_of(const struct pair *p, int network)
{
    const struct config_adapter *ends[] = { config_adapter_in(p->source, network),
                                            config_adapter_in(p->destination, network) };
    int64_t worst = INT64_MAX;

    for (int i = 0; i < 2; i++) {
        const struct setting *s = ends[i] ? ends[i]->settings : NULL;
        int64_t rank;

        if (!s || !s[ADAPTER_SPEED].is_known || !s[ADAPTER_RDMA].is_known ||
            !s[ADAPTER_RSS].is_known || s[ADAPTER_SPEED].value < 0 ||
            s[ADAPTER_SPEED].value >> 60 != 0)
            return -1;
        rank = (s[ADAPTER_RDMA].value ? 2 : s[ADAPTER_RSS].value ? 1 : 0);
        rank = rank << 60 | s[ADAPTER_SPEED].value;
        if (rank < worst)
            worst = rank;
    }
    return worst;
}

static int add_smb(const struct pair *p, struct error *err)
{
    const struct setting *option = &p->source->settings[HOST_PERFORMANCE];
    size_t n_networks = p->c->topology.n_networks;
    int64_t best = -1;
    int r = 0;

    if (!option->is_known || option->value != PERFORMANCE_SMB)
        return 0;
    for (size_t i = 0; i < n_networks; i++) {
        int64_t rank;

        if (!is_shared(p, (int)i))
            continue;
        rank = rank_of(p, (int)i);
        if (rank < 0)
            return 0;
        if (rank > best)
            best = rank;
    }
    for (size_t i = 0; r == 0 && i < n_networks; i++)
        if (is_shared(p, (int)i) && rank_of(p, (int)i) == best)
            r = add(p, PREDICT_SMB, (int)i, err);
    return r;
}

int predictions_add_pair(struct predictions *p, const struct config *c,
                         const struct config_host *source, const struct config_host *destination,
                         struct error *err)
{
    static int (*const rules[])(const struct pair *, int *) = { by_order, by_list, by_metric };
    const struct pair pair = { p, c, source, destination };
    int network = NO_NETWORK, r = 0;

    for (int i = 0; r == 0 && i < 3; i++)
        if (rules[i](&pair, &network))
            r = add(&pair, (enum predict_rule)i, network, err);
    return r == 0 ? add_smb(&pair, err) : r;
}

int predictions_make(struct predictions *p, const struct config *c, struct error *err)
{
    int r = 0;

    for (size_t i = 0; i < c->n_hosts; i++) {
        for (size_t k = 0; r == 0 && k < c->n_hosts; k++)
            if (i != k)
                r = predictions_add_pair(p, c, &c->hosts[i], &c->hosts[k], err);
    }
    return r;
}
