/* The cluster's part of a plan: roles, migration order, exclude list. */
#include <stdlib.h>

#include "analyzers/fix/parts.h"

static bool is_for_clients(const struct network *n)
{
    return n->role == ROLE_CLIENT || n->role == ROLE_CLUSTER_AND_CLIENT;
}

/* ---- roles ---- */

static bool clients_have_another(const struct topology *t)
{
    for (size_t i = 0; i < t->n_networks; i++)
        if (!t->networks[i].is_intended && is_for_clients(&t->networks[i]))
            return true;
    return false;
}

static int plan_role(struct plan *p, int network, struct error *err)
{
    const struct network *n = &p->config->topology.networks[network];
    struct plan_change change = { .setting = PLAN_ROLE,
                                  .network = network,
                                  .old = { .number = n->role },
                                  .new = { .number = ROLE_CLUSTER } };
    int r = 0;

    if (n->role == ROLE_UNKNOWN)
        return plan_note(p, PLAN_LEFT, NULL, err, "The role of %s: the snapshot doesn't tell it.",
                         n->name);
    if (is_for_clients(n) && !clients_have_another(&p->config->topology))
        return plan_note(p, PLAN_LEFT, "LM411", err,
                         "The role of %s: no other network is open to clients, so it stays open.",
                         n->name);
    if (n->role == ROLE_NONE)
        r = plan_note(p, PLAN_WARNING, "LM410", err,
                      "%s has the role None. If it is a storage network (iSCSI), it is not for "
                      "migrations: don't run this.",
                      n->name);
    return r < 0 || n->role == ROLE_CLUSTER ? r : plan_add(p, &change, err);
}

/* ---- order and exclude list ---- */

/* The two lists as they should be. */
struct lists {
    struct plan_value order, exclude;
};

static int list_network(struct plan_value *list, const struct topology *t, int network,
                        struct error *err)
{
    const struct plan_item item = { .id = t->networks[network].id, .network = network };

    return plan_value_add(list, &item, err);
}

/* Without --exclude all others are excluded; with it, networks without a role are all the same. */
static bool is_to_exclude(const struct network *n, const char *exclude, bool is_picked)
{
    return n->origin == NETWORK_FROM_CLUSTER && !n->is_intended &&
           (!exclude || is_picked || n->role == ROLE_NONE);
}

static int picked_find(bool *picked, const struct plan *p, const char *exclude, struct error *err)
{
    const struct topology *t = &p->config->topology;
    int r = exclude ? topology_pick(t, exclude, picked, err) : 0;

    if (r < 0)
        return error_prefix(err, r, "--exclude");
    for (size_t i = 0; i < t->n_networks; i++)
        if (picked[i] && t->networks[i].is_intended)
            return error_set(err, ERR_USAGE, "--exclude: '%s' is the network to migrate over",
                             t->networks[i].name);
    return 0;
}

/* Second choices keep the sequence they have. */
static int next_choice(const struct topology *t, const char *exclude, const bool *picked,
                       const bool *is_taken)
{
    int next = NO_NETWORK;

    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        if (is_taken[i] || n->origin != NETWORK_FROM_CLUSTER || n->is_intended ||
            is_to_exclude(n, exclude, picked[i]))
            continue;
        if (next == NO_NETWORK ||
            (unsigned)n->migration_order < (unsigned)t->networks[next].migration_order)
            next = (int)i;
    }
    return next;
}

static int second_choices(struct lists *lists, const struct topology *t, const char *exclude,
                          const bool *picked, struct error *err)
{
    AUTO_MEMORY bool *is_taken = calloc(t->n_networks + 1, sizeof(*is_taken));
    int network, r = 0;

    if (!is_taken)
        return error_memory(err);
    while (r == 0 && (network = next_choice(t, exclude, picked, is_taken)) != NO_NETWORK) {
        is_taken[network] = true;
        r = list_network(&lists->order, t, network, err);
    }
    return r;
}

static int lists_make(struct lists *lists, const struct plan *p, const char *exclude,
                      struct error *err)
{
    const struct topology *t = &p->config->topology;
    AUTO_MEMORY bool *picked = calloc(t->n_networks + 1, sizeof(*picked));
    int r = picked ? picked_find(picked, p, exclude, err) : error_memory(err);

    for (size_t i = 0; r == 0 && i < p->n_intended; i++)
        r = list_network(&lists->order, t, p->intended[i], err);
    if (r == 0)
        r = second_choices(lists, t, exclude, picked, err);
    for (size_t i = 0; r == 0 && i < t->n_networks; i++)
        if (is_to_exclude(&t->networks[i], exclude, picked[i]))
            r = list_network(&lists->exclude, t, (int)i, err);
    return r;
}

/* old_read() - a list as it stands; one that was never set is empty. */
static int old_read(struct plan_value *list, const struct plan *p, const char *name,
                    struct error *err)
{
    struct config_parameter parameter;
    struct snapshot_words words;
    int r;

    if (!config_parameter_find(&parameter, p->config, name))
        return 0;
    snapshot_words_init(&words, &parameter.value);
    while ((r = snapshot_words_next(&words, err)) > 0) {
        const struct plan_item item = { .id = words.word,
                                        .network =
                                            topology_find(&p->config->topology, words.word) };

        r = plan_value_add(list, &item, err);
        if (r < 0)
            return r;
    }
    return r;
}

static bool has_network(const struct plan_value *list, int network)
{
    for (size_t i = 0; i < list->n_items; i++)
        if (list->items[i].network == network)
            return true;
    return false;
}

static bool is_same(enum plan_setting setting, const struct plan_value *a,
                    const struct plan_value *b)
{
    if (a->n_items != b->n_items)
        return false;
    for (size_t i = 0; i < a->n_items; i++) {
        if (a->items[i].network == NO_NETWORK ||
            (setting == PLAN_ORDER && a->items[i].network != b->items[i].network) ||
            !has_network(b, a->items[i].network) || !has_network(a, b->items[i].network))
            return false;
    }
    return true;
}

/* plan_list() - takes over @list. */
static int plan_list(struct plan *p, enum plan_setting setting, struct plan_value *list,
                     struct error *err)
{
    struct plan_change change = { .setting = setting, .network = NO_NETWORK, .new = *list };
    int r = old_read(&change.old, p, plan_property(setting), err);

    *list = (struct plan_value){ 0 };
    if (r == 0 && !is_same(setting, &change.old, &change.new))
        return plan_add(p, &change, err);
    plan_value_release(&change.old);
    plan_value_release(&change.new);
    return r;
}

/* unlisted() - why the lists can't be written; NULL: they can. */
static const char *unlisted(const struct plan *p, const struct lists *lists)
{
    const struct plan_value *values[] = { &lists->order, &lists->exclude };
    struct snapshot_node section;

    if (!snapshot_section(p->config->snapshot, &p->config->root, "Get-ClusterParameter", &section))
        return "they were not collected. Take a new snapshot and run 'lmpath fix' again";
    for (int v = 0; v < 2; v++)
        for (size_t i = 0; i < values[v]->n_items; i++)
            if (!*values[v]->items[i].id)
                return "the snapshot doesn't tell the id of each network";
    return NULL;
}

static int note_choices(struct plan *p, const struct plan_value *order, struct error *err)
{
    int r = 0;

    for (size_t i = p->n_intended; r == 0 && i < order->n_items; i++) {
        const struct network *n = &p->config->topology.networks[order->items[i].network];

        r = plan_note(p, PLAN_LEFT, is_for_clients(n) ? "LM406" : "LM407", err,
                      "%s: not named with --exclude, it stays a second choice for migrations.",
                      n->name);
    }
    return r;
}

static int plan_lists(struct plan *p, struct lists *lists, struct error *err)
{
    const char *why = unlisted(p, lists);
    bool is_atc = false;
    int r = 0;

    for (size_t i = 0; r == 0 && !is_atc && i < p->config->n_hosts; i++)
        r = plan_is_atc(&p->config->hosts[i], &is_atc, err);
    if (r < 0)
        return r;
    if (is_atc)
        why = "Network ATC selects the migration networks by its intents, and would set them back. "
              "Change the intents (Set-NetIntent)";
    if (why)
        return plan_note(p, PLAN_LEFT, NULL, err, "Migration order and excluded networks: %s.",
                         why);
    r = note_choices(p, &lists->order, err);
    if (r == 0)
        r = plan_list(p, PLAN_ORDER, &lists->order, err);
    return r == 0 ? plan_list(p, PLAN_EXCLUDE, &lists->exclude, err) : r;
}

/* ---- what a script can't mend ---- */

static int warn_of_state(struct plan *p, const struct network *n, struct error *err)
{
    if (n->state == STATE_DOWN || n->state == STATE_UNAVAILABLE)
        return plan_note(p, PLAN_WARNING, "LM412", err,
                         "%s was down when the snapshot was taken. Mend the network first: over it "
                         "alone nothing could migrate.",
                         n->name);
    if (n->state == STATE_PARTITIONED)
        return plan_note(p, PLAN_WARNING, "LM413", err,
                         "%s was partitioned when the snapshot was taken: some nodes don't reach "
                         "each other over it. Mend the network first.",
                         n->name);
    return 0;
}

static int warn_of_missing(struct plan *p, int network, struct error *err)
{
    const struct config *c = p->config;
    struct plan_names names = { .n = 0 };

    for (size_t i = 0; i < c->n_hosts; i++)
        if (c->hosts[i].has_section[SECTION_IP_ADDRESS] && c->hosts[i].address_of[network] < 0)
            plan_names_add(&names, c->hosts[i].name);
    if (names.n == 0)
        return 0;
    return plan_note(p, PLAN_WARNING, "LM414", err,
                     "%s: no address in %s. Give the host an adapter there first, or nothing "
                     "migrates to or from it.",
                     plan_names_text(&names), c->topology.networks[network].name);
}

/* Nodes of the cluster that the snapshot tells nothing of. */
static int note_unread(struct plan *p, struct error *err)
{
    const struct config *c = p->config;
    struct plan_names names = { .n = 0 };
    struct snapshot_node nodes, item;
    size_t n = 0;
    int r = 0;

    if (!snapshot_section(c->snapshot, &c->root, "Get-ClusterNode", &nodes))
        return 0;
    r = snapshot_node_count(&nodes, &n, err);
    for (size_t i = 0; r >= 0 && i < n; i++) {
        struct snapshot_node name;
        const char *text;
        bool is_read = false;

        r = snapshot_node_item(&nodes, i, &item, err);
        name = snapshot_node_member(&item, "Name");
        if (r <= 0 || snapshot_node_text(&name, &text, NULL) <= 0)
            continue;
        for (size_t k = 0; k < c->n_hosts; k++)
            is_read |= c->hosts[k].host == topology_host_find(&c->topology, text);
        if (!is_read)
            plan_names_add(&names, text);
    }
    if (r < 0 || names.n == 0)
        return r < 0 ? r : 0;
    return plan_note(p, PLAN_WARNING, NULL, err,
                     "%s: in the cluster, and nothing was collected there. Nothing is changed "
                     "there either.",
                     plan_names_text(&names));
}

int plan_cluster(struct plan *p, const char *exclude, struct error *err)
{
    const struct topology *t = &p->config->topology;
    struct lists lists = { .order = { 0 } };
    int r = 0;

    for (size_t i = 0; r == 0 && i < p->n_intended; i++) {
        r = warn_of_state(p, &t->networks[p->intended[i]], err);
        if (r == 0)
            r = warn_of_missing(p, p->intended[i], err);
        if (r == 0 && p->config->is_cluster)
            r = plan_role(p, p->intended[i], err);
    }
    if (r < 0)
        return r;
    if (!p->config->is_cluster)
        return exclude ? error_set(err, ERR_USAGE,
                                   "--exclude: the exclude list is a cluster's, and the snapshot "
                                   "has none")
                       : 0;
    r = note_unread(p, err);
    if (r == 0)
        r = lists_make(&lists, p, exclude, err);
    if (r == 0)
        r = plan_lists(p, &lists, err);
    plan_value_release(&lists.order);
    plan_value_release(&lists.exclude);
    return r;
}
