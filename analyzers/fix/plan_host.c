/* The hosts' part of a plan: their lists of migration networks, and their options. */
#include "analyzers/check/remedies.h"
#include "analyzers/check/rules.h"
#include "analyzers/fix/parts.h"

/* What is wanted of every host alike. */
struct wanted {
    int64_t priority, performance, maximum;
    bool has_performance, has_maximum;
};

static bool is_wanted_network(const struct plan *p, int network)
{
    for (size_t i = 0; i < p->n_intended; i++)
        if (p->intended[i] == network)
            return true;
    return false;
}

/* ---- a host's list ---- */

/* The one that all entries for intended networks share, else the first there is. */
static int64_t priority_find(const struct plan *p)
{
    enum { FIRST = 1 };
    int64_t shared = NO_PRIORITY;

    for (size_t k = 0; k < p->config->n_hosts; k++) {
        const struct config_host *h = &p->config->hosts[k];

        for (size_t i = 0; i < h->n_entries; i++) {
            const struct config_entry *e = &h->entries[i];

            if (!is_wanted_network(p, e->network))
                continue;
            if (e->priority < 0 || e->priority > INT32_MAX ||
                (shared != NO_PRIORITY && e->priority != shared))
                return FIRST;
            shared = e->priority;
        }
    }
    return shared == NO_PRIORITY ? FIRST : shared;
}

static bool has_entry(const struct config_host *h, int network)
{
    for (size_t i = 0; i < h->n_entries; i++)
        if (h->entries[i].network == network)
            return true;
    return false;
}

static bool has_subnet(const struct plan_value *list, const struct prefix *subnet)
{
    for (size_t i = 0; i < list->n_items; i++)
        if (prefix_equal(&list->items[i].subnet, subnet))
            return true;
    return false;
}

static bool is_list_sound(const struct plan *p, const struct config_host *h, int64_t priority)
{
    for (size_t i = 0; i < h->n_entries; i++)
        if (!is_wanted_network(p, h->entries[i].network) || h->entries[i].priority != priority)
            return false;
    for (size_t i = 0; i < p->n_intended; i++)
        if (p->config->topology.networks[p->intended[i]].n_prefixes &&
            !has_entry(h, p->intended[i]))
            return false;
    return true;
}

static int entry_add(struct plan_value *list, const struct prefix *subnet, int network,
                     int64_t priority, struct error *err)
{
    const struct plan_item item = { .network = network, .subnet = *subnet, .priority = priority };

    return plan_value_add(list, &item, err);
}

static int old_list(struct plan_value *list, const struct config_host *h, struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < h->n_entries; i++) {
        const struct config_entry *e = &h->entries[i];

        r = entry_add(list, &e->prefix, e->network,
                      e->priority == INT64_MAX ? NO_PRIORITY : e->priority, err);
    }
    return r;
}

/* What the host lists of an intended network stays; a network that it lacks comes with its first
 * subnet. */
static int new_list(struct plan_value *list, const struct plan *p, const struct config_host *h,
                    int64_t priority, struct error *err)
{
    int r = 0;

    for (size_t n = 0; r == 0 && n < p->n_intended; n++) {
        int network = p->intended[n];
        const struct network *to = &p->config->topology.networks[network];

        for (size_t i = 0; r == 0 && i < h->n_entries; i++)
            if (h->entries[i].network == network && !has_subnet(list, &h->entries[i].prefix))
                r = entry_add(list, &h->entries[i].prefix, network, priority, err);
        if (r == 0 && !has_entry(h, network) && to->n_prefixes)
            r = entry_add(list, &to->prefixes[0], network, priority, err);
    }
    return r;
}

static int plan_list(struct plan *p, const struct config_host *h, const struct wanted *w,
                     struct error *err)
{
    struct plan_change change = { .setting = PLAN_LIST, .host = h, .network = NO_NETWORK };
    int r;

    if (!h->has_section[SECTION_MIGRATION_NETWORK] || is_list_sound(p, h, w->priority))
        return 0;
    r = old_list(&change.old, h, err);
    if (r == 0)
        r = new_list(&change.new, p, h, w->priority, err);
    if (r == 0)
        return plan_add(p, &change, err);
    plan_value_release(&change.old);
    plan_value_release(&change.new);
    return r;
}

/* ---- options ---- */

static int plan_number(struct plan *p, const struct config_host *h, enum plan_setting setting,
                       const struct setting *s, int64_t wanted, struct error *err)
{
    struct plan_change change = { .setting = setting,
                                  .host = h,
                                  .network = NO_NETWORK,
                                  .old = { .number = s->value },
                                  .new = { .number = wanted } };

    return !s->is_known || s->value == wanted ? 0 : plan_add(p, &change, err);
}

enum rdma { RDMA_UNKNOWN, RDMA_NONE, RDMA_ALL };

/* Of the host's adapters in intended networks. */
static enum rdma rdma_of(const struct plan *p, const struct config_host *h)
{
    size_t n = 0, n_known = 0, n_with = 0;

    for (size_t i = 0; i < h->n_adapters; i++) {
        const struct setting *s = &h->adapters[i].settings[ADAPTER_RDMA];

        if (!is_wanted_network(p, h->adapters[i].network))
            continue;
        n++;
        n_known += s->is_known;
        n_with += s->is_known && s->value != 0;
    }
    if (n == 0 || n_known < n)
        return RDMA_UNKNOWN;
    return n_with == n ? RDMA_ALL : n_with == 0 ? RDMA_NONE : RDMA_UNKNOWN;
}

/* What most hosts have. SMB only where no host lacks RDMA for it, and first where all have it. */
static void performance_find(struct wanted *w, const struct plan *p)
{
    static const int with_rdma[] = { PERFORMANCE_SMB, PERFORMANCE_COMPRESSION, PERFORMANCE_TCPIP };
    static const int without[] = { PERFORMANCE_COMPRESSION, PERFORMANCE_TCPIP, PERFORMANCE_SMB };
    size_t n_rdma[RDMA_ALL + 1] = { 0 }, n_option[PERFORMANCE_SMB + 1] = { 0 }, best = 0;
    const int *first;

    for (size_t k = 0; k < p->config->n_hosts; k++) {
        const struct config_host *h = &p->config->hosts[k];

        if (!h->settings[HOST_PERFORMANCE].is_known)
            continue;
        n_rdma[rdma_of(p, h)]++;
        n_option[h->settings[HOST_PERFORMANCE].value]++;
        w->has_performance = true;
    }
    if (n_rdma[RDMA_NONE])
        n_option[PERFORMANCE_SMB] = 0;
    first = n_rdma[RDMA_NONE] || n_rdma[RDMA_UNKNOWN] ? without : with_rdma;
    w->performance = first[0];
    for (int i = 0; i < 3; i++) {
        if (n_option[first[i]] <= best)
            continue;
        best = n_option[first[i]];
        w->performance = first[i];
    }
}

static bool has_crawling_link(const struct plan *p, const struct config_host *h)
{
    for (size_t i = 0; i < p->n_intended; i++) {
        const struct config_adapter *a = config_adapter_in(h, p->intended[i]);

        if (a && a->settings[ADAPTER_SPEED].is_known &&
            a->settings[ADAPTER_SPEED].value < LEAST_BITS_PER_MIGRATION)
            return true;
    }
    return false;
}

/* maximum_carried() - @maximum, or as many as the slowest intended link carries. */
static int64_t maximum_carried(const struct plan *p, int64_t maximum)
{
    for (size_t k = 0; k < p->config->n_hosts; k++) {
        for (size_t i = 0; i < p->n_intended; i++) {
            const struct config_adapter *a =
                config_adapter_in(&p->config->hosts[k], p->intended[i]);
            const struct setting *speed = a ? &a->settings[ADAPTER_SPEED] : NULL;

            if (speed && speed->is_known && speed->value >= LEAST_BITS_PER_MIGRATION &&
                speed->value / LEAST_BITS_PER_MIGRATION < maximum)
                maximum = speed->value / LEAST_BITS_PER_MIGRATION;
        }
    }
    return maximum;
}

/* What most hosts have, of several the least, and no more than the slowest intended link carries.
 */
static void maximum_find(struct wanted *w, const struct plan *p)
{
    const struct config *c = p->config;
    size_t best = 0;

    for (size_t k = 0; k < c->n_hosts; k++) {
        const struct setting *s = &c->hosts[k].settings[HOST_MAXIMUM];
        size_t n = 0;

        for (size_t i = 0; s->is_known && i < c->n_hosts; i++)
            n += c->hosts[i].settings[HOST_MAXIMUM].is_known &&
                 c->hosts[i].settings[HOST_MAXIMUM].value == s->value;
        if (n < best || n == 0 || (n == best && s->value >= w->maximum))
            continue;
        best = n;
        w->maximum = s->value;
        w->has_maximum = true;
    }
    w->maximum = maximum_carried(p, w->maximum);
}

/* ---- what is left ---- */

static int note_unknown(struct plan *p, const struct config_host *h, struct error *err)
{
    static const struct {
        enum host_setting setting;
        enum plan_setting as;
    } options[] = { { HOST_ANY_NETWORK, PLAN_ANY_NETWORK },
                    { HOST_ENABLED, PLAN_ENABLED },
                    { HOST_PERFORMANCE, PLAN_PERFORMANCE },
                    { HOST_MAXIMUM, PLAN_MAXIMUM } };
    char what[256] = "";
    size_t used = 0;

    if (!h->has_section[SECTION_MIGRATION_NETWORK])
        used = (size_t)snprintf(what, sizeof(what), "%s", plan_words(PLAN_LIST));
    for (int i = 0; i < 4; i++)
        if (!h->settings[options[i].setting].is_known &&
            (options[i].as != PLAN_MAXIMUM || !p->config->settings[CLUSTER_MAXIMUM].is_known))
            used += (size_t)snprintf(what + used, sizeof(what) - used, "%s%s", used ? ", " : "",
                                     plan_words(options[i].as));
    if (used == 0)
        return 0;
    return plan_note(p, PLAN_LEFT, NULL, err,
                     "%s: not in the snapshot (%s). Take a new one and run 'lmpath fix' again.",
                     h->name, what);
}

static int note_atc(struct plan *p, struct plan_names *hosts, struct error *err)
{
    if (hosts->n == 0)
        return 0;
    return plan_note(p, PLAN_LEFT, "LM460", err,
                     "%s: migration networks and options. Network ATC sets them by its intents, "
                     "and would set them back. Change the intents (Set-NetIntent).",
                     plan_names_text(hosts));
}

/* The cluster's own number wins over the hosts' ones, so those are of no use. */
static int note_cluster_maximum(struct plan *p, struct error *err)
{
    const struct setting *cluster = &p->config->settings[CLUSTER_MAXIMUM];
    int64_t carried = maximum_carried(p, cluster->value);
    struct plan_names names = { .n = 0 };
    int r = 0;

    if (!cluster->is_known)
        return 0;
    for (size_t k = 0; k < p->config->n_hosts; k++) {
        const struct setting *s = &p->config->hosts[k].settings[HOST_MAXIMUM];

        if (s->is_known && s->value != cluster->value)
            plan_names_add(&names, p->config->hosts[k].name);
    }
    if (carried < cluster->value)
        r = plan_note(p, PLAN_LEFT, "LM417", err,
                      "Migrations at once: the cluster allows %lld, more than the intended link "
                      "carries. (Get-Cluster).MaximumParallelMigrations = %lld would fit it.",
                      (long long)cluster->value, (long long)carried);
    if (r < 0 || names.n == 0)
        return r;
    return plan_note(p, PLAN_LEFT, "LM461", err,
                     "%s: migrations at once. The cluster's MaximumParallelMigrations (%lld) "
                     "holds, whatever a host says.",
                     plan_names_text(&names), (long long)cluster->value);
}

static int note_links(struct plan *p, struct error *err)
{
    struct plan_names names = { .n = 0 };

    for (size_t k = 0; k < p->config->n_hosts; k++)
        if (has_crawling_link(p, &p->config->hosts[k]))
            plan_names_add(&names, p->config->hosts[k].name);
    if (names.n == 0)
        return 0;
    return plan_note(p, PLAN_WARNING, "LM417", err,
                     "%s: the link of the intended network is under %d Mbit/s, too slow for a "
                     "single migration. Is that the right network, and the cable in?",
                     plan_names_text(&names), LEAST_BITS_PER_MIGRATION / 1000000);
}

static int note_rdma(struct plan *p, const struct wanted *w, struct error *err)
{
    struct plan_names names = { .n = 0 };

    for (size_t k = 0; k < p->config->n_hosts; k++) {
        const struct config_host *h = &p->config->hosts[k];

        if (h->settings[HOST_PERFORMANCE].is_known && rdma_of(p, h) == RDMA_ALL)
            plan_names_add(&names, h->name);
    }
    if (names.n == 0 || w->performance == PERFORMANCE_SMB)
        return 0;
    return plan_note(p, PLAN_LEFT, "LM450", err,
                     "%s: performance option. SMB would use the adapters' RDMA, but then SMB "
                     "Multichannel chooses the networks. That is for you to decide.",
                     plan_names_text(&names));
}

static int plan_host(struct plan *p, const struct config_host *h, const struct wanted *w,
                     struct error *err)
{
    const struct setting *s = h->settings;
    int r = plan_number(p, h, PLAN_ANY_NETWORK, &s[HOST_ANY_NETWORK], 0, err);

    if (r == 0)
        r = plan_list(p, h, w, err);
    if (r == 0)
        r = plan_number(p, h, PLAN_ENABLED, &s[HOST_ENABLED], 1, err);
    if (r == 0 && w->has_performance)
        r = plan_number(p, h, PLAN_PERFORMANCE, &s[HOST_PERFORMANCE], w->performance, err);
    if (r == 0 && w->has_maximum)
        r = plan_number(p, h, PLAN_MAXIMUM, &s[HOST_MAXIMUM], w->maximum, err);
    return r == 0 ? note_unknown(p, h, err) : r;
}

int plan_hosts(struct plan *p, struct error *err)
{
    const struct config *c = p->config;
    struct wanted w = { .priority = priority_find(p) };
    struct plan_names managed = { .n = 0 };
    bool is_atc = false;
    int r = 0;

    performance_find(&w, p);
    if (!c->settings[CLUSTER_MAXIMUM].is_known)
        maximum_find(&w, p);
    for (size_t k = 0; r == 0 && k < c->n_hosts; k++) {
        r = plan_is_atc(&c->hosts[k], &is_atc, err);
        if (r == 0 && !is_atc)
            r = plan_host(p, &c->hosts[k], &w, err);
        else if (is_atc)
            plan_names_add(&managed, c->hosts[k].name);
    }
    if (r == 0)
        r = note_atc(p, &managed, err);
    if (r == 0)
        r = note_cluster_maximum(p, err);
    if (r == 0)
        r = note_links(p, err);
    return r == 0 ? note_rdma(p, &w, err) : r;
}
