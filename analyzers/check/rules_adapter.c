/* Rules about the adapters of the intended networks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyzers/check/rules.h"
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

/* The first host that tells is the measure: which of them is right is not known. */
static int differs(struct check *c, enum adapter_setting setting, const char *what,
                   struct error *err)
{
    const struct topology *t = &c->config.topology;
    int r = 0;

    for (size_t i = 0; i < t->n_networks; i++) {
        const struct config_adapter *first = NULL;
        const char *first_host = NULL;

        for (size_t k = 0; r == 0 && t->networks[i].is_intended && k < c->config.n_hosts; k++) {
            const struct config_host *h = &c->config.hosts[k];
            const struct config_adapter *a = config_adapter_in(h, (int)i);

            if (!a || !a->settings[setting].is_known)
                continue;
            if (!first) {
                first = a;
                first_host = h->name;
            }
            if (a->settings[setting].value == first->settings[setting].value)
                continue;
            r = check_tell_setting(c, &a->settings[setting], NULL, err,
                                   "in %s %s is %lld at %s of %s, and %lld at %s of %s",
                                   t->networks[i].name, what, (long long)a->settings[setting].value,
                                   a->name, h->name, (long long)first->settings[setting].value,
                                   first->name, first_host);
        }
    }
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

            if (r < 0 || !c->config.topology.networks[a->network].is_intended || !s->is_known ||
                s->value)
                continue;
            r = check_tell_setting(c, s, bind_script(a, bindings[i % 2].component), err,
                                   "the SMB %s is not bound to %s of %s", bindings[i % 2].what,
                                   a->name, h->name);
        }
    }
    return r;
}

static bool has_rss_range(const struct check *c, const struct config_adapter *a)
{
    return c->config.topology.networks[a->network].is_intended &&
           a->settings[ADAPTER_RSS].is_known && a->settings[ADAPTER_RSS].value &&
           a->settings[ADAPTER_RSS_FIRST].is_known && a->settings[ADAPTER_RSS_LAST].is_known;
}

static const struct config_adapter *rss_overlap(const struct check *c, const struct config_host *h,
                                                size_t at)
{
    const struct setting *s = h->adapters[at].settings;

    for (size_t i = 0; i < at; i++) {
        const struct setting *other = h->adapters[i].settings;

        if (has_rss_range(c, &h->adapters[i]) &&
            s[ADAPTER_RSS_FIRST].value <= other[ADAPTER_RSS_LAST].value &&
            other[ADAPTER_RSS_FIRST].value <= s[ADAPTER_RSS_LAST].value)
            return &h->adapters[i];
    }
    return NULL;
}

int rule_rss(struct check *c, struct error *err)
{
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        for (size_t i = 0; r == 0 && i < h->n_adapters; i++) {
            const struct config_adapter *a = &h->adapters[i], *other;

            if (!has_rss_range(c, a))
                continue;
            other = rss_overlap(c, h, i);
            if (other)
                r = check_tell_setting(c, &a->settings[ADAPTER_RSS_FIRST], NULL, err,
                                       "%s and %s of %s receive on the same processors", a->name,
                                       other->name, h->name);
            else if (a->settings[ADAPTER_RSS_FIRST].value == 0)
                r = check_tell_setting(c, &a->settings[ADAPTER_RSS_FIRST], NULL, err,
                                       "%s of %s receives on processor 0 too", a->name, h->name);
        }
    }
    return r;
}
