/* Do IPsec rules hold for the intended networks? */
#include "analyzers/check/rules.h"
#include "analyzers/check/scope.h"

static bool is_exemption(const struct snapshot_node *item)
{
    return scope_enum(item, "InboundSecurity", enum_ipsec_security) == 0 &&
           scope_enum(item, "OutboundSecurity", enum_ipsec_security) == 0;
}

/* The first intended network that a rule's addresses hold this host in. Returns 1, 0 or a negative
 * code. */
static int protected_network(const struct check *c, const struct config_host *h,
                             const struct snapshot_node *item, int *ret_network, struct error *err)
{
    const struct topology *t = &c->config.topology;
    int r = 0;

    for (size_t i = 0; r == 0 && i < t->n_networks; i++) {
        if (!t->networks[i].is_intended || h->address_of[i] < 0)
            continue;
        *ret_network = (int)i;
        r = scope_holds(item, "LocalAddress", &t->addresses[h->address_of[i]].addr, err);
        for (size_t k = 0; r > 0 && k < c->config.n_hosts; k++) {
            const struct config_host *peer = &c->config.hosts[k];

            if (peer == h || peer->address_of[i] < 0)
                continue;
            r = scope_holds(item, "RemoteAddress", &t->addresses[peer->address_of[i]].addr, err);
            if (r != 0)
                return r;
        }
    }
    return r;
}

static int judge_ipsec(struct check *c, const struct config_host *h,
                       const struct snapshot_node *item, struct error *err)
{
    struct snapshot_node name = snapshot_node_member(item, "DisplayName");
    char path[SNAPSHOT_PATH_BYTES];
    int network = NO_NETWORK, r;
    const char *text;

    if (!scope_is_enabled(item) || is_exemption(item))
        return 0;
    r = protected_network(c, h, item, &network, err);
    if (r <= 0)
        return r;
    if (snapshot_node_text(&name, &text, NULL) <= 0)
        text = "without a name";
    return check_tell(c, snapshot_node_path(path, item), text, NULL, err,
                      "the IPsec rule '%s' of %s holds for %s", text, h->name,
                      c->config.topology.networks[network].name);
}

int rule_ipsec(struct check *c, struct error *err)
{
    return check_items(c, SECTION_IPSEC, judge_ipsec, err);
}
