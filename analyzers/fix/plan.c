#include "analyzers/fix/plan.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/check/remedies.h"
#include "analyzers/fix/parts.h"
#include "src/base/array.h"
#include "src/base/plain.h"
#include "src/base/text.h"

static const struct {
    const char *layer, *property, *words;
} settings[N_PLAN_SETTINGS] = {
    [PLAN_ROLE] = { "network-role", "Role", "role" },
    [PLAN_ORDER] = { "cluster-order", "MigrationNetworkOrder", "migration order" },
    [PLAN_EXCLUDE] = { "cluster-order", "MigrationExcludeNetworks", "excluded networks" },
    [PLAN_ANY_NETWORK] = { "host-options", "UseAnyNetworkForMigration", "any network" },
    [PLAN_LIST] = { "host-list", "VMMigrationNetwork", "migration networks" },
    [PLAN_ENABLED] = { "host-options", "VirtualMachineMigrationEnabled", "live migration" },
    [PLAN_PERFORMANCE] = { "host-options", "VirtualMachineMigrationPerformanceOption",
                           "performance option" },
    [PLAN_MAXIMUM] = { "host-options", "MaximumVirtualMachineMigrations", "migrations at once" },
};

const char *plan_layer(enum plan_setting setting)
{
    return settings[setting].layer;
}

const char *plan_property(enum plan_setting setting)
{
    return settings[setting].property;
}

const char *plan_words(enum plan_setting setting)
{
    return settings[setting].words;
}

/* ---- values ---- */

int plan_value_add(struct plan_value *v, const struct plan_item *item, struct error *err)
{
    int r = array_reserve(&v->items, &v->capacity, v->n_items + 1, sizeof(*v->items),
                          PLAN_MAX_ITEMS, err);
    struct plan_item *added;

    if (r < 0)
        return r;
    added = &v->items[v->n_items];
    *added = *item;
    added->id = text_copy(item->id);
    if (item->id && !added->id)
        return error_memory(err);
    v->n_items++;
    return 0;
}

void plan_value_release(struct plan_value *v)
{
    for (size_t i = 0; i < v->n_items; i++)
        free(v->items[i].id);
    free(v->items);
    *v = (struct plan_value){ 0 };
}

static void item_append(char **text, const struct plan *p, enum plan_setting setting,
                        const struct plan_item *i)
{
    char subnet[PREFIX_TEXT_BYTES];

    prefix_text(subnet, &i->subnet);
    if (setting != PLAN_LIST && i->network == NO_NETWORK)
        text_append(text, "%s (no network has this id)", i->id);
    else if (setting != PLAN_LIST)
        text_append(text, "%s", p->config->topology.networks[i->network].name);
    else if (i->priority == NO_PRIORITY)
        text_append(text, "%s without priority", subnet);
    else
        text_append(text, "%s priority %" PRId64, subnet, i->priority);
}

char *plan_value_text(const struct plan *p, enum plan_setting setting, const struct plan_value *v)
{
    char *text;

    switch (setting) {
    case PLAN_ROLE:
        return text_copy(network_role_name((enum network_role)v->number));
    case PLAN_ANY_NETWORK:
        return text_copy(v->number ? "allowed" : "not allowed");
    case PLAN_ENABLED:
        return text_copy(v->number ? "on" : "off");
    case PLAN_PERFORMANCE:
        return text_copy(enum_performance[v->number].name);
    case PLAN_MAXIMUM:
        return text_format("%" PRId64, v->number);
    default:
        text = text_copy(v->n_items ? "" : "none");
        for (size_t i = 0; i < v->n_items; i++) {
            text_append(&text, "%s", i ? ", " : "");
            item_append(&text, p, setting, &v->items[i]);
        }
        return text;
    }
}

/* ---- changes and notes ---- */

int plan_add(struct plan *p, struct plan_change *change, struct error *err)
{
    int r = array_reserve(&p->changes, &p->changes_capacity, p->n_changes + 1, sizeof(*p->changes),
                          PLAN_MAX_CHANGES, err);

    if (r < 0) {
        plan_value_release(&change->old);
        plan_value_release(&change->new);
        return r;
    }
    p->changes[p->n_changes++] = *change;
    return 0;
}

int plan_note(struct plan *p, enum plan_note_kind kind, const char *finding, struct error *err,
              const char *format, ...)
{
    int r = array_reserve(&p->notes, &p->notes_capacity, p->n_notes + 1, sizeof(*p->notes),
                          PLAN_MAX_NOTES, err);
    struct plan_note note = { kind, finding, NULL };
    va_list args;

    if (r < 0)
        return r;
    va_start(args, format);
    if (text_vformat(&note.text, format, args) < 0)
        r = error_memory(err);
    va_end(args);
    if (r == 0)
        p->notes[p->n_notes++] = note;
    return r;
}

void plan_names_add(struct plan_names *names, const char *name)
{
    enum { COLUMNS = 60 };

    if (names->n < 2)
        plain_text(names->first[names->n], PLAN_NAME_BYTES, name, COLUMNS);
    names->n++;
}

const char *plan_names_text(struct plan_names *names)
{
    const char *const *first = (const char *const[]){ names->first[0], names->first[1] };

    if (names->n < 2)
        return names->first[0];
    if (names->n == 2)
        snprintf(names->text, sizeof(names->text), "%s and %s", first[0], first[1]);
    else
        snprintf(names->text, sizeof(names->text), "%s, %s and %zu more", first[0], first[1],
                 names->n - 2);
    return names->text;
}

int plan_is_atc(const struct config_host *h, bool *ret_is_atc, struct error *err)
{
    size_t n = 0;
    int r = h->has_section[SECTION_INTENT]
                ? snapshot_node_count(&h->sections[SECTION_INTENT], &n, err)
                : 0;

    if (r == 0)
        *ret_is_atc = n > 0;
    return r;
}

/* ---- the plan ---- */

/* As --expect names them; else as the cluster's order has them. */
static int compare_intended(const struct network *a, const struct network *b)
{
    if (a->expected_place != b->expected_place)
        return a->expected_place < b->expected_place ? -1 : 1;
    return (unsigned)a->migration_order < (unsigned)b->migration_order   ? -1
           : (unsigned)a->migration_order > (unsigned)b->migration_order ? 1
                                                                         : 0;
}

/* On a cluster only its own networks can be ordered; a prefix that spans them is none. */
static bool is_usable(const struct config *c, const struct network *n)
{
    return n->is_intended && (!c->is_cluster || n->origin == NETWORK_FROM_CLUSTER);
}

static int intended_find(struct plan *p, struct error *err)
{
    const struct topology *t = &p->config->topology;

    p->intended = calloc(t->n_networks + 1, sizeof(*p->intended));
    if (!p->intended)
        return error_memory(err);
    for (size_t i = 0; i < t->n_networks; i++) {
        size_t at = p->n_intended;

        if (!is_usable(p->config, &t->networks[i]))
            continue;
        for (; at > 0 && compare_intended(&t->networks[i], &t->networks[p->intended[at - 1]]) < 0;
             at--)
            p->intended[at] = p->intended[at - 1];
        p->intended[at] = (int)i;
        p->n_intended++;
    }
    return 0;
}

/* One line with the names that may stand behind -e. */
static int nothing_intended(const struct plan *p, struct error *err)
{
    const struct topology *t = &p->config->topology;
    struct snapshot_node networks;
    char names[400] = "";
    size_t used = 0;

    if (p->config->is_cluster &&
        !snapshot_section(p->config->snapshot, &p->config->root, "Get-ClusterNetwork", &networks))
        return error_set(err, ERR_INPUT,
                         "%s: Get-ClusterNetwork: the cluster's networks were not collected; take "
                         "a new snapshot",
                         snapshot_name(p->config->snapshot));
    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        if (n->origin == NETWORK_FROM_OPTION || used + strlen(n->name) + 8 > sizeof(names))
            continue;
        used += (size_t)sprintf(names + used, "%s'%s'", used ? ", " : "", n->name);
    }
    return error_set(
        err, ERR_USAGE, "%s; name where the memory should go with -e, one or more of %s",
        config_has_intended(p->config) ? "the network given with --expect is none of this cluster's"
                                       : "the snapshot doesn't say which network is intended",
        *names ? names : "(the snapshot tells of no network)");
}

/* What is made of the plan must be able to tell its cluster from others. */
static int identity_check(const struct config *c, struct error *err)
{
    if (!c->is_cluster || (c->topology.cluster && *c->topology.cluster))
        return 0;
    return error_set(err, ERR_INPUT,
                     "%s: Get-Cluster.Name: the cluster's name is missing, so a script could not "
                     "tell whether it runs on the right one; take a new snapshot",
                     snapshot_name(c->snapshot));
}

int plan_make(struct plan *p, const struct config *c, const char *exclude, struct error *err)
{
    int r;

    memset(p, 0, sizeof(*p));
    p->config = c;
    r = identity_check(c, err);
    if (r == 0)
        r = intended_find(p, err);
    if (r == 0 && p->n_intended == 0)
        r = nothing_intended(p, err);
    if (r == 0)
        r = plan_cluster(p, exclude, err);
    return r == 0 ? plan_hosts(p, err) : r;
}

static void notes_release(struct plan *p)
{
    for (size_t i = 0; i < p->n_notes; i++)
        free(p->notes[i].text);
    p->n_notes = 0;
}

void plan_reverse(struct plan *p)
{
    for (size_t i = 0; i < p->n_changes; i++) {
        struct plan_change *c = &p->changes[i];
        struct plan_value old = c->old;

        c->old = c->new;
        c->new = old;
    }
    notes_release(p);
    p->is_undo = true;
}

void plan_release(struct plan *p)
{
    for (size_t i = 0; i < p->n_changes; i++) {
        plan_value_release(&p->changes[i].old);
        plan_value_release(&p->changes[i].new);
    }
    notes_release(p);
    free(p->changes);
    free(p->notes);
    free(p->intended);
}
