#include "analyzers/drift/drift.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyzers/drift/match.h"
#include "src/base/array.h"

enum { TEXT_BYTES = 512, SUMMARY_SETTINGS = 3 };

/* A section on both sides. */
struct pair {
    struct drift *drift;
    const struct inventory_owner *base_owner, *now_owner;
    const struct inventory_section *base, *now;
    bool has_gap[2][SETTINGS_MAX]; /* now, base: told already */
};

void drift_release(struct drift *d)
{
    free(d->changes);
    free(d->gaps);
    pool_release(&d->pool);
}

const char *drift_kind_name(enum drift_kind kind)
{
    static const char *const names[] = { "added", "removed", "changed" };

    return names[kind];
}

size_t drift_count(const struct drift *d, bool notes)
{
    size_t n = 0;

    for (size_t i = 0; i < d->n_changes; i++)
        n += d->changes[i].is_note == notes;
    return n;
}

/* ---- texts ---- */

static const char *keep(struct drift *d, const char *text)
{
    size_t n_bytes = strlen(text) + 1;
    char *kept = pool_take(&d->pool, n_bytes);

    return kept ? memcpy(kept, text, n_bytes) : NULL;
}

/* An item as people know it: a network's name, not its id. */
static const char *item_text(const struct inventory *i, enum setting_form form, const char *item)
{
    const char *name = NULL;

    if (form == FORM_ORDER || form == FORM_NETWORKS)
        name = inventory_network_name(i, item);
    return name ? name : item;
}

/* "a, b"; "none" without any. NULL without memory. */
static const char *value_text(struct drift *d, const struct inventory *i, enum setting_form form,
                              const struct value *v, bool as_ids)
{
    size_t n_bytes = sizeof("none"), at = 0;
    char *text;

    for (const char *item = value_next(v, NULL); item; item = value_next(v, item))
        n_bytes += strlen(as_ids ? item : item_text(i, form, item)) + 2;
    text = pool_take(&d->pool, n_bytes);
    if (!text)
        return NULL;
    for (const char *item = value_next(v, NULL); item; item = value_next(v, item))
        at += (size_t)sprintf(text + at, "%s%s", at ? ", " : "",
                              as_ids ? item : item_text(i, form, item));
    if (v->n_bytes == 0)
        strcpy(text, "none");
    return text;
}

/* What an object that came or went was set to: "priority 1". NULL without memory. */
static const char *object_text(struct drift *d, const struct inventory *i,
                               const struct section_kind *kind, const struct inventory_object *o)
{
    char text[TEXT_BYTES] = "";
    size_t used = 0;

    for (size_t k = 0, n = 0; kind->settings[k].property && n < SUMMARY_SETTINGS; k++) {
        const struct setting_kind *s = &kind->settings[k];
        const char *value;

        if (s->flags & (SETTING_IS_KEY | SETTING_IS_ID | SETTING_IS_NOTE) ||
            o->values[k].n_bytes == 0)
            continue;
        value = value_text(d, i, s->form, &o->values[k], false);
        if (!value)
            return NULL;
        n++;
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s %.100s", used ? ", " : "",
                                 s->name, value);
        if (used >= sizeof(text))
            break;
    }
    return keep(d, text);
}

/* ---- telling ---- */

static int change_add(struct drift *d, struct drift_change change, struct drift_change **ret_change,
                      struct error *err)
{
    int r = array_reserve(&d->changes, &d->changes_capacity, d->n_changes + 1, sizeof(*d->changes),
                          DRIFT_MAX_CHANGES, err);

    if (r == ERR_LIMIT)
        return error_set(err, r, "more than %d changes: these are not two states of one cluster",
                         DRIFT_MAX_CHANGES);
    if (r < 0)
        return r;
    d->changes[d->n_changes] = change;
    *ret_change = &d->changes[d->n_changes++];
    return 0;
}

static int gap_add(struct drift *d, struct drift_gap gap, struct error *err)
{
    int r = array_reserve(&d->gaps, &d->gaps_capacity, d->n_gaps + 1, sizeof(*d->gaps),
                          DRIFT_MAX_CHANGES, err);

    if (r == 0)
        d->gaps[d->n_gaps++] = gap;
    return r;
}

/* The host that an object is told of: its section's, or what its first key says. */
static const char *node_of(const struct pair *p, const struct inventory_object *o)
{
    if (p->base->kind->is_of_node)
        return value_next(&o->values[0], NULL);
    return p->now_owner->name;
}

static int change_name(struct drift_change *c, struct drift *d, const struct section_kind *kind,
                       const struct inventory_object *o, struct error *err)
{
    char label[INVENTORY_LABEL_BYTES], what[INVENTORY_LABEL_BYTES + 128];

    inventory_label(label, kind, o);
    if (!c->setting)
        snprintf(what, sizeof(what), "%s%s%s", kind->noun, *label ? " " : "", label);
    else
        snprintf(what, sizeof(what), "%s%s%s", label, *label ? ": " : "", c->setting->name);
    c->object = keep(d, label);
    c->what = keep(d, what);
    return c->object && c->what ? 0 : error_memory(err);
}

static int tell_object(const struct pair *p, const struct inventory_object *o, bool is_added,
                       struct error *err)
{
    const struct section_kind *kind = p->base->kind;
    struct drift *d = p->drift;
    struct drift_change change = { .kind = is_added ? DRIFT_ADDED : DRIFT_REMOVED,
                                   .layer = kind->layer,
                                   .is_note = kind->is_note,
                                   .node = node_of(p, o),
                                   .section = kind,
                                   .effect = kind->effect };
    struct drift_change *c = NULL;
    const char *text;
    int r = change_add(d, change, &c, err);

    if (r < 0)
        return r;
    text = object_text(d, is_added ? d->now : d->base, kind, o);
    if (!text)
        return error_memory(err);
    c->old_text = is_added ? NULL : text;
    c->new_text = is_added ? text : NULL;
    return change_name(c, d, kind, o, err);
}

static int tell_setting(const struct pair *p, const struct setting_kind *s,
                        const struct inventory_object *base, const struct inventory_object *now,
                        struct error *err)
{
    size_t k = (size_t)(s - p->base->kind->settings);
    struct drift *d = p->drift;
    struct drift_change change = { .kind = DRIFT_CHANGED,
                                   .layer = s->layer,
                                   .is_note = p->base->kind->is_note || s->flags & SETTING_IS_NOTE,
                                   .node = node_of(p, now),
                                   .section = p->base->kind,
                                   .setting = s,
                                   .effect = s->effect };
    struct drift_change *c = NULL;
    int r = change_add(d, change, &c, err);

    if (r < 0)
        return r;
    for (int as_ids = 0; as_ids <= 1; as_ids++) { /* names that changed their ids look alike */
        c->old_text = value_text(d, d->base, s->form, &base->values[k], as_ids);
        c->new_text = value_text(d, d->now, s->form, &now->values[k], as_ids);
        if (!c->old_text || !c->new_text)
            return error_memory(err);
        if (strcmp(c->old_text, c->new_text) != 0)
            break;
    }
    return change_name(c, d, p->base->kind, base, err);
}

/* ---- comparing values ---- */

/* A network made anew has another id: lists that follow it mean the same. */
static bool is_same_order(const struct drift *d, const struct value *a, const struct value *b)
{
    const char *x = value_next(a, NULL), *y = value_next(b, NULL);

    for (; x && y; x = value_next(a, x), y = value_next(b, y))
        if (strcasecmp(x, y) != 0 &&
            strcasecmp(item_text(d->base, FORM_ORDER, x), item_text(d->now, FORM_ORDER, y)) != 0)
            return false;
    return !x && !y;
}

static bool has_network(const struct value *v, const struct inventory *of_v, const char *id,
                        const char *name)
{
    for (const char *item = value_next(v, NULL); item; item = value_next(v, item))
        if (strcasecmp(item, id) == 0 ||
            strcasecmp(item_text(of_v, FORM_NETWORKS, item), name) == 0)
            return true;
    return false;
}

static bool is_subset(const struct value *a, const struct inventory *of_a, const struct value *b,
                      const struct inventory *of_b)
{
    for (const char *item = value_next(a, NULL); item; item = value_next(a, item))
        if (!has_network(b, of_b, item, item_text(of_a, FORM_NETWORKS, item)))
            return false;
    return true;
}

/* One that was renamed keeps its id. */
static bool is_same_network(const struct drift *d, const struct value *a, const struct value *b)
{
    const char *x = value_next(a, NULL), *y = value_next(b, NULL);

    x = x ? inventory_network_id(d->base, x) : NULL;
    y = y ? inventory_network_id(d->now, y) : NULL;
    return x && y && strcasecmp(x, y) == 0;
}

static bool is_same(const struct drift *d, enum setting_form form, const struct value *a,
                    const struct value *b)
{
    if (value_compare(form, a, b) == 0)
        return true;
    switch (form) {
    case FORM_ORDER:
        return is_same_order(d, a, b);
    case FORM_NETWORKS:
        return is_subset(a, d->base, b, d->now) && is_subset(b, d->now, a, d->base);
    case FORM_NETWORK:
        return is_same_network(d, a, b);
    default:
        return false;
    }
}

/* ---- comparing sections ---- */

static int compare_setting(struct pair *p, const struct setting_kind *s,
                           const struct inventory_object *base, const struct inventory_object *now,
                           struct error *err)
{
    size_t k = (size_t)(s - p->base->kind->settings);
    const struct value *a = &base->values[k], *b = &now->values[k];
    bool is_in_base = a->items != NULL;

    if (!s->effect || (!a->items && !b->items))
        return 0;
    if (a->items && b->items) {
        p->drift->is_compared[p->base - p->base_owner->sections][k] = true;
        return is_same(p->drift, s->form, a, b) ? 0 : tell_setting(p, s, base, now, err);
    }
    if (p->has_gap[is_in_base][k])
        return 0;
    p->has_gap[is_in_base][k] = true;
    return gap_add(p->drift, (struct drift_gap){ p->base->kind, s, is_in_base, p->now_owner->name },
                   err);
}

/* What came or went with its adapter or node is told there. */
static bool is_told_elsewhere(const struct pair *p, const struct inventory_object *o)
{
    const struct section_kind *kind = p->base->kind;
    const char *cmdlet = kind->is_of_adapter ? "Get-NetAdapter" : "Get-ClusterNode";
    const char *key = value_next(&o->values[0], NULL);
    const struct inventory_section *base, *now;

    if ((!kind->is_of_adapter && !kind->is_of_node) || strcmp(kind->cmdlet, cmdlet) == 0 || !key)
        return false;
    base = inventory_section_of(p->base_owner, cmdlet);
    now = inventory_section_of(p->now_owner, cmdlet);
    return base->is_known && now->is_known && inventory_has(base, key) != inventory_has(now, key);
}

static int compare_matches(struct pair *p, const struct match *base, const struct match *now,
                           struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < p->base->n_objects; i++) {
        if (!base[i].peer && !is_told_elsewhere(p, base[i].object))
            r = tell_object(p, base[i].object, false, err);
        for (const struct setting_kind *s = p->base->kind->settings;
             r == 0 && base[i].peer && s->property; s++)
            r = compare_setting(p, s, base[i].object, base[i].peer, err);
    }
    for (size_t i = 0; r == 0 && i < p->now->n_objects; i++)
        if (!now[i].peer && !is_told_elsewhere(p, now[i].object))
            r = tell_object(p, now[i].object, true, err);
    return r;
}

static int compare_section(struct pair *p, struct error *err)
{
    AUTO_MEMORY struct match *base = NULL, *now = NULL;
    int r;

    if (p->base->is_known != p->now->is_known)
        return gap_add(
            p->drift,
            (struct drift_gap){ p->base->kind, NULL, p->base->is_known, p->now_owner->name }, err);
    r = match_objects(&base, &now, p->base, p->now, err);
    return r < 0 ? r : compare_matches(p, base, now, err);
}

static int compare_owners(struct drift *d, const struct inventory_owner *base,
                          const struct inventory_owner *now, struct error *err)
{
    int r = 0;

    for (size_t k = 0; r == 0 && k < d->base->n_sections; k++) {
        struct pair p = { d, base, now, &base->sections[k], &now->sections[k], { { false } } };

        r = compare_section(&p, err);
    }
    return r;
}

/* ---- hosts ---- */

/* A short name and a full one are the same host's. */
static bool is_same_host(const char *a, const char *b)
{
    size_t n = strcspn(a, "."), m = strcspn(b, ".");

    return strcasecmp(a, b) == 0 || ((!a[n] || !b[m]) && n == m && strncasecmp(a, b, n) == 0);
}

static const struct inventory_owner *host_find(const struct inventory *i, const char *name)
{
    for (size_t k = 1; k < i->n_owners; k++)
        if (is_same_host(i->owners[k].name, name))
            return &i->owners[k];
    return NULL;
}

/* A host that left the cluster is told as a node; one that merely wasn't read is a gap. */
static int host_missing(struct drift *d, const struct inventory *without, const char *name,
                        bool is_in_base, struct error *err)
{
    const struct inventory_section *nodes =
        inventory_section_of(&without->owners[0], "Get-ClusterNode");

    if (nodes->is_known && !inventory_has(nodes, name))
        return 0;
    return gap_add(d, (struct drift_gap){ NULL, NULL, is_in_base, name }, err);
}

static int compare_hosts(struct drift *d, struct error *err)
{
    int r = 0;

    for (size_t k = 1; r == 0 && k < d->base->n_owners; k++) {
        const struct inventory_owner *base = &d->base->owners[k];
        const struct inventory_owner *now = host_find(d->now, base->name);

        r = now ? compare_owners(d, base, now, err)
                : host_missing(d, d->now, base->name, true, err);
    }
    for (size_t k = 1; r == 0 && k < d->now->n_owners; k++)
        if (!host_find(d->base, d->now->owners[k].name))
            r = host_missing(d, d->base, d->now->owners[k].name, false, err);
    return r;
}

/* ---- whether there is anything to compare ---- */

static bool has_common_host(const struct inventory *base, const struct inventory *now)
{
    for (size_t k = 1; k < base->n_owners; k++)
        if (host_find(now, base->owners[k].name))
            return true;
    return base->n_owners == 1 || now->n_owners == 1;
}

/* One id or one name makes one cluster: it may have been renamed, or built anew. */
static int clusters_check(const struct inventory *base, const struct inventory *now,
                          struct error *err)
{
    const char *base_id = inventory_text(base, "Get-Cluster", "Id");
    const char *now_id = inventory_text(now, "Get-Cluster", "Id");
    const char *base_name = inventory_text(base, "Get-Cluster", "Name");
    const char *now_name = inventory_text(now, "Get-Cluster", "Name");

    if (base_id && now_id && strcasecmp(base_id, now_id) == 0)
        return 0;
    if (base_name && now_name && strcasecmp(base_name, now_name) != 0)
        return error_set(err, ERR_USAGE,
                         "'%s' is of the cluster '%.64s' and '%s' of '%.64s': drift compares two "
                         "snapshots of one cluster",
                         base->name, base_name, now->name, now_name);
    if ((!base_name || !now_name) && !has_common_host(base, now))
        return error_set(err, ERR_USAGE,
                         "'%s' and '%s' have no host in common: drift compares two snapshots of "
                         "the same hosts",
                         base->name, now->name);
    return 0;
}

/* ---- order ---- */

/* NULL first: the cluster stands before its hosts. */
static int order_names(const char *a, const char *b)
{
    if (!a || !b)
        return (a != NULL) - (b != NULL);
    return strcasecmp(a, b);
}

/* Where a setting stands among its section's; the object as a whole is first. */
static int place_of(const struct section_kind *section, const struct setting_kind *setting)
{
    return setting ? 1 + (int)(setting - section->settings) : 0;
}

static int order_changes(const void *a, const void *b)
{
    const struct drift_change *x = a, *y = b;
    int order = (int)x->layer - (int)y->layer;

    if (order == 0)
        order = strcmp(x->section->cmdlet, y->section->cmdlet);
    if (order == 0)
        order = place_of(x->section, x->setting) - place_of(y->section, y->setting);
    if (order == 0)
        order = order_names(x->node, y->node);
    if (order == 0)
        order = strcmp(x->what, y->what);
    if (order == 0)
        order = (int)x->kind - (int)y->kind;
    if (order == 0)
        order = order_names(x->old_text, y->old_text);
    return order ? order : order_names(x->new_text, y->new_text);
}

static int order_gap_rows(const struct drift_gap *a, const struct drift_gap *b)
{
    int order =
        order_names(a->section ? a->section->cmdlet : NULL, b->section ? b->section->cmdlet : NULL);

    if (order == 0)
        order = place_of(a->section, a->setting) - place_of(b->section, b->setting);
    return order ? order : (int)b->is_in_base - (int)a->is_in_base;
}

static int order_gaps(const void *a, const void *b)
{
    int order = order_gap_rows(a, b);

    return order ? order
                 : order_names(((const struct drift_gap *)a)->node,
                               ((const struct drift_gap *)b)->node);
}

bool drift_gap_is_same(const struct drift_gap *a, const struct drift_gap *b)
{
    return order_gap_rows(a, b) == 0;
}

int drift_init(struct drift *d, const struct inventory *base, const struct inventory *now,
               struct error *err)
{
    int r;

    memset(d, 0, sizeof(*d));
    d->base = base;
    d->now = now;
    r = clusters_check(base, now, err);
    if (r == 0)
        r = compare_owners(d, &base->owners[0], &now->owners[0], err);
    if (r == 0)
        r = compare_hosts(d, err);
    if (r < 0)
        return r;
    if (d->n_changes > 1)
        qsort(d->changes, d->n_changes, sizeof(*d->changes), order_changes);
    if (d->n_gaps > 1)
        qsort(d->gaps, d->n_gaps, sizeof(*d->gaps), order_gaps);
    return 0;
}
