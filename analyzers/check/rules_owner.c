/* Rules about who else sets what is set here, and would set it back. */
#include <strings.h>

#include "analyzers/check/rules.h"
#include "src/base/auto.h"
#include "src/base/text.h"

int rule_cluster_overrides(struct check *c, struct error *err)
{
    const struct setting *cluster = &c->config.settings[CLUSTER_MAXIMUM];
    int r = 0;

    for (size_t k = 0; r == 0 && cluster->is_known && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct setting *s = &h->settings[HOST_MAXIMUM];

        if (s->is_known && s->value != cluster->value)
            r = check_tell_setting(c, s, NULL, err, "%s is set to %lld, and the cluster to %lld",
                                   h->name, (long long)s->value, (long long)cluster->value);
    }
    return r;
}

/* intents_text() - "Mgmt, Storage". NULL without memory. */
static char *intents_text(const struct snapshot_node *list, size_t n, struct error *err)
{
    char *text = text_copy("");

    for (size_t i = 0; i < n; i++) {
        struct snapshot_node item, node;
        const char *name;

        if (snapshot_node_item(list, i, &item, err) <= 0)
            continue;
        node = snapshot_node_member(&item, "IntentName");
        if (snapshot_node_text(&node, &name, NULL) > 0)
            text_join(&text, ", ", name);
    }
    return text;
}

int rule_network_atc(struct check *c, struct error *err)
{
    char path[SNAPSHOT_PATH_BYTES];
    size_t n;
    int r = 0;

    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct snapshot_node *list = &h->sections[SECTION_INTENT];
        AUTO_MEMORY char *names = NULL;

        r = h->has_section[SECTION_INTENT] ? snapshot_node_count(list, &n, err) : 0;
        if (r < 0 || !h->has_section[SECTION_INTENT] || n == 0)
            continue;
        names = intents_text(list, n, err);
        if (!names)
            return error_memory(err);
        r = check_tell(c, snapshot_node_path(path, list), names, NULL, err,
                       "%s has %zu intent%s%s%s", h->name, n, n == 1 ? "" : "s", *names ? ": " : "",
                       names);
    }
    return r;
}

static int judge_service(struct check *c, const struct config_host *h,
                         const struct snapshot_node *item, struct error *err)
{
    struct snapshot_node name = snapshot_node_member(item, "Name");
    char path[SNAPSHOT_PATH_BYTES];
    const char *text;
    int r = snapshot_node_text(&name, &text, err);

    if (r <= 0 || strcasecmp(text, "SCVMMAgent") != 0)
        return r;
    return check_tell(c, snapshot_node_path(path, &name), text, NULL, err,
                      "%s has the agent of System Center Virtual Machine Manager", h->name);
}

int rule_virtual_machine_manager(struct check *c, struct error *err)
{
    return check_items(c, SECTION_SERVICE, judge_service, err);
}
