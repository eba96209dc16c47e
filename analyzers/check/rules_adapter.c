/* Rules about the adapters of the intended networks. */
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "analyzers/check/rules.h"
#include "analyzers/check/underlay.h"
#include "src/base/auto.h"
#include "src/base/quote.h"
#include "src/base/text.h"
#include "src/base/units.h"

int rule_two_adapters(struct check *c, struct error *err)
{
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        for (size_t i = 1; r == 0 && i < h->n_adapters; i++) {
            const struct config_adapter *a = &h->adapters[i];
            const struct config_adapter *first = config_adapter_in(h, a->network);
            char path[SNAPSHOT_PATH_BYTES];

            if (first == a)
                continue;
            r = check_tell(c, snapshot_node_path(path, &h->sections[SECTION_IP_ADDRESS]), a->name,
                           NULL, err, "%s and %s of %s are both in %s", first->name, a->name,
                           h->name, c->config.topology.networks[a->network].name);
        }
    }
    return r;
}

/* Networks of the disks are no better place for migrations, however fast. */
static bool is_storage(const struct network *n)
{
    return !n->is_intended && (n->role == ROLE_NONE || network_is_iscsi(n));
}

int rule_slower(struct check *c, struct error *err)
{
    const struct topology *t = &c->config.topology;
    char slow[UNITS_TEXT_BYTES], fast[UNITS_TEXT_BYTES];
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct config_adapter *fastest = NULL;

        for (size_t i = 0; i < h->n_adapters; i++)
            if (h->adapters[i].settings[ADAPTER_SPEED].is_known &&
                !is_storage(&t->networks[h->adapters[i].network]) &&
                (!fastest || h->adapters[i].settings[ADAPTER_SPEED].value >
                                 fastest->settings[ADAPTER_SPEED].value))
                fastest = &h->adapters[i];
        for (size_t i = 0; r == 0 && i < h->n_adapters; i++) {
            const struct config_adapter *a = &h->adapters[i];
            const struct setting *s = &a->settings[ADAPTER_SPEED];

            if (!t->networks[a->network].is_intended || !s->is_known ||
                t->networks[fastest->network].is_intended ||
                s->value >= fastest->settings[ADAPTER_SPEED].value)
                continue;
            r = check_tell_setting(c, s, NULL, err, "%s of %s (%s) runs at %s, %s at %s", a->name,
                                   h->name, t->networks[a->network].name,
                                   rate_text(slow, (double)s->value), fastest->name,
                                   rate_text(fast, (double)fastest->settings[ADAPTER_SPEED].value));
        }
    }
    return r;
}

/* One value of a setting, in words where it has some. */
static const char *value_text(char to[32], enum adapter_setting setting, int64_t value)
{
    if (setting == ADAPTER_RDMA)
        return value ? "on" : "off";
    snprintf(to, 32, "%lld", (long long)value);
    return to;
}

static int judge_adapters(struct check *c, int network, enum adapter_setting setting,
                          const char *what, struct sample *samples, struct error *err)
{
    const struct sample *usual;
    char here[32], there[32];
    size_t n = 0;
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_adapter *a = config_adapter_in(&c->config.hosts[k], network);

        if (a && a->settings[setting].is_known)
            samples[n++] = (struct sample){ a->settings[setting].value, &c->config.hosts[k], a };
    }
    usual = check_measure(samples, n);
    for (size_t i = 0; r == 0 && i < n; i++) {
        const struct config_adapter *a = samples[i].of, *other = usual->of;

        if (samples[i].value != usual->value)
            r = check_tell_setting(c, &a->settings[setting], NULL, err,
                                   "in %s %s is %s at %s of %s, and %s at %s of %s",
                                   c->config.topology.networks[network].name, what,
                                   value_text(here, setting, samples[i].value), a->name,
                                   samples[i].host->name, value_text(there, setting, usual->value),
                                   other->name, usual->host->name);
    }
    return r;
}

static int differs(struct check *c, enum adapter_setting setting, const char *what,
                   struct error *err)
{
    const struct topology *t = &c->config.topology;
    AUTO_MEMORY struct sample *samples = calloc(c->config.n_hosts + 1, sizeof(*samples));
    int r = samples ? 0 : error_memory(err);

    for (size_t i = 0; r == 0 && i < t->n_networks; i++)
        if (t->networks[i].is_intended)
            r = judge_adapters(c, (int)i, setting, what, samples, err);
    return r;
}

int rule_frames_differ(struct check *c, struct error *err)
{
    int r = differs(c, ADAPTER_MTU, "the MTU", err);

    return r < 0 ? r : differs(c, ADAPTER_JUMBO, "the jumbo frame size", err);
}

int rule_vlans_differ(struct check *c, struct error *err)
{
    int r = differs(c, ADAPTER_VLAN, "the VLAN", err);

    return r < 0 ? r : differs(c, ADAPTER_VLAN_ACCESS, "the access VLAN", err);
}

int rule_rdma_differs(struct check *c, struct error *err)
{
    return differs(c, ADAPTER_RDMA, "RDMA", err);
}

static bool is_management(const struct network *n)
{
    return !n->is_intended && (n->role == ROLE_CLIENT || n->role == ROLE_CLUSTER_AND_CLIENT);
}

int rule_metric(struct check *c, struct error *err)
{
    const struct topology *t = &c->config.topology;
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        for (size_t i = 0; i < h->n_adapters; i++) {
            const struct config_adapter *a = &h->adapters[i];

            if (!t->networks[a->network].is_intended || !a->settings[ADAPTER_METRIC].is_known)
                continue;
            for (size_t m = 0; r == 0 && m < h->n_adapters; m++) {
                const struct config_adapter *other = &h->adapters[m];

                if (is_management(&t->networks[other->network]) &&
                    other->settings[ADAPTER_METRIC].is_known &&
                    other->settings[ADAPTER_METRIC].value < a->settings[ADAPTER_METRIC].value)
                    r = check_tell_setting(c, &a->settings[ADAPTER_METRIC], NULL, err,
                                           "%s of %s has the metric %lld, %s (%s) the lower %lld",
                                           a->name, h->name,
                                           (long long)a->settings[ADAPTER_METRIC].value,
                                           other->name, t->networks[other->network].name,
                                           (long long)other->settings[ADAPTER_METRIC].value);
            }
        }
    }
    return r;
}

/* Cluster shared volumes go over every network for the cluster alone. */
static bool carries_smb(const struct network *n)
{
    return n->is_intended || n->role == ROLE_CLUSTER;
}

static char *bind_script(const struct config_adapter *a, const char *component)
{
    AUTO_MEMORY char *name = quote_powershell(a->name);

    return name ? text_format("Enable-NetAdapterBinding -Name %s -ComponentID %s", name, component)
                : NULL;
}

int rule_smb_unbound(struct check *c, struct error *err)
{
    static const struct {
        enum adapter_setting setting;
        const char *component, *what;
    } bindings[] = { { ADAPTER_SMB_CLIENT, "ms_msclient", "client" },
                     { ADAPTER_SMB_SERVER, "ms_server", "server" } };
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        for (size_t i = 0; i < 2 * h->n_adapters; i++) {
            const struct config_adapter *a = &h->adapters[i / 2];
            const struct setting *s = &a->settings[bindings[i % 2].setting];

            if (r < 0 || !carries_smb(&c->config.topology.networks[a->network]) || !s->is_known ||
                s->value)
                continue;
            r = check_tell_setting(c, s, bind_script(a, bindings[i % 2].component), err,
                                   "the SMB %s is not bound to %s of %s", bindings[i % 2].what,
                                   a->name, h->name);
        }
    }
    return r;
}

enum { RSS_MAX_ADAPTERS = 2 * UNDERLAY_MAX_MEMBERS };

/* The physical adapters that receive migrations on a host. */
struct receivers {
    struct config_adapter rows[RSS_MAX_ADAPTERS]; /* they stay where they are */
    size_t n;
};

static bool has_rss_range(const struct setting *s)
{
    return s[ADAPTER_RSS].is_known && s[ADAPTER_RSS].value && s[ADAPTER_RSS_FIRST].is_known &&
           s[ADAPTER_RSS_LAST].is_known;
}

/* Once, however many vNICs come down to it. */
static int receiver_add(struct receivers *to, const struct config_host *h, const char *name,
                        struct error *err)
{
    struct config_adapter *a = &to->rows[to->n];
    int r;

    for (size_t i = 0; i < to->n; i++)
        if (strcasecmp(to->rows[i].name, name) == 0)
            return 0;
    if (to->n == RSS_MAX_ADAPTERS)
        return 0;
    *a = (struct config_adapter){ .name = name };
    r = config_adapter_load(a, h, err);
    to->n += r == 0 && has_rss_range(a->settings);
    return r;
}

static int receivers_find(struct receivers *to, const struct check *c, const struct config_host *h,
                          struct error *err)
{
    struct underlay u;
    int r = 0;

    for (size_t i = 0; r >= 0 && i < h->n_adapters; i++) {
        const struct config_adapter *a = &h->adapters[i];

        if (!c->config.topology.networks[a->network].is_intended)
            continue;
        r = underlay_find(&u, h, a->name, err);
        for (size_t k = 0; r >= 0 && k < u.n_members; k++)
            r = receiver_add(to, h, u.members[k], err);
    }
    return r < 0 ? r : 0;
}

static const struct config_adapter *rss_overlap(const struct receivers *list, size_t at)
{
    const struct setting *s = list->rows[at].settings;

    for (size_t i = 0; i < at; i++) {
        const struct setting *other = list->rows[i].settings;

        if (s[ADAPTER_RSS_FIRST].value <= other[ADAPTER_RSS_LAST].value &&
            other[ADAPTER_RSS_FIRST].value <= s[ADAPTER_RSS_LAST].value)
            return &list->rows[i];
    }
    return NULL;
}

static int judge_receivers(struct check *c, const struct config_host *h,
                           const struct receivers *list, struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < list->n; i++) {
        const struct config_adapter *a = &list->rows[i], *other = rss_overlap(list, i);
        const struct setting *first = &a->settings[ADAPTER_RSS_FIRST];

        if (other)
            r = check_tell_setting(c, first, NULL, err,
                                   "%s and %s of %s receive on the same processors", a->name,
                                   other->name, h->name);
        else if (first->value == 0)
            r = check_tell_setting(c, first, NULL, err, "%s of %s receives on processor 0 too",
                                   a->name, h->name);
    }
    return r;
}

int rule_rss(struct check *c, struct error *err)
{
    AUTO_MEMORY struct receivers *list = malloc(sizeof(*list)); /* too much for a stack */
    int r = list ? 0 : error_memory(err);

    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++) {
        list->n = 0;
        r = receivers_find(list, c, &c->config.hosts[k], err);
        if (r == 0)
            r = judge_receivers(c, &c->config.hosts[k], list, err);
    }
    return r;
}
