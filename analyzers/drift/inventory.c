#include "analyzers/drift/inventory.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* An object and its section's rows, while a list of them is sorted. */
struct sortable {
    struct inventory_object object;
    const struct section_kind *kind;
    size_t n_settings;
};

struct inventory *inventory_free(struct inventory *i)
{
    if (!i)
        return NULL;
    pool_release(&i->pool);
    free(i);
    return NULL;
}

static const char *copy_text(struct inventory *i, const char *text)
{
    char *copy = pool_take(&i->pool, strlen(text) + 1);

    return copy ? memcpy(copy, text, strlen(text) + 1) : NULL;
}

/* ---- objects ---- */

/* Is it a setting of this object? */
static bool setting_applies(const struct section_kind *kind, const struct setting_kind *setting,
                            const struct inventory_object *o)
{
    const struct value *last_key = NULL;

    if (!setting->only_of)
        return true;
    for (size_t i = 0; kind->settings[i].flags & SETTING_IS_KEY; i++)
        last_key = &o->values[i];
    return last_key && last_key->n_bytes && strcasecmp(last_key->items, setting->only_of) == 0;
}

static int object_read(struct inventory_object *ret_object, const struct section_kind *kind,
                       const struct snapshot_node *item, struct inventory *i, struct error *err)
{
    size_t n = settings_count(kind);
    struct value *values = pool_take(&i->pool, (n + 1) * sizeof(*values));
    struct inventory_object o = { values };

    if (!values)
        return error_memory(err);
    if (i->n_objects++ >= INVENTORY_MAX_OBJECTS)
        return error_set(err, ERR_LIMIT, "more than %d objects", INVENTORY_MAX_OBJECTS);
    for (size_t k = 0; k < n; k++) {
        int r;

        if (!setting_applies(kind, &kind->settings[k], &o))
            continue;
        r = value_read(&values[k], &kind->settings[k], item, &i->pool, err);
        if (r < 0)
            return r;
    }
    *ret_object = o;
    return 0;
}

/* {"Name": "MigrationNetworkOrder", "Value": "id;id"} or {"MigrationNetworkOrder": "id;id"}. */
static int parameter_read(struct value *values, const struct section_kind *kind,
                          const struct snapshot_node *item, struct inventory *i, struct error *err)
{
    struct snapshot_node name = snapshot_node_member(item, "Name");
    struct snapshot_node value = snapshot_node_member(item, "Value");
    const char *text = "";
    int r = snapshot_node_text(&name, &text, err);

    for (size_t k = 0; r >= 0 && kind->settings[k].property; k++) {
        const struct setting_kind *setting = &kind->settings[k];
        struct snapshot_node named = snapshot_node_member(item, setting->property);

        if (strcasecmp(text, setting->property) == 0)
            r = value_read_at(&values[k], setting, &value, &i->pool, err);
        else if (!snapshot_node_is_absent(&named))
            r = value_read_at(&values[k], setting, &named, &i->pool, err);
    }
    return r < 0 ? r : 0;
}

static int parameters_read(struct inventory_section *to, const struct snapshot_node *list,
                           size_t n_items, struct inventory *i, struct error *err)
{
    struct inventory_object *object = pool_take(&i->pool, sizeof(*object));
    struct value *values = pool_take(&i->pool, SETTINGS_MAX * sizeof(*values));
    struct snapshot_node item;

    if (!object || !values)
        return error_memory(err);
    object->values = values;
    for (size_t k = 0; k < n_items; k++) {
        int r = snapshot_node_item(list, k, &item, err);

        if (r > 0)
            r = parameter_read(values, to->kind, &item, i, err);
        if (r < 0)
            return r;
    }
    to->objects = object;
    to->n_objects = 1;
    return 0;
}

/* ---- sections ---- */

/* By keys as they are matched, then by everything as it is written: one order for one content. */
static int order_objects(const void *a, const void *b)
{
    const struct sortable *x = a, *y = b;
    int order = 0;

    for (size_t k = 0; order == 0 && k < x->n_settings; k++)
        if (x->kind->settings[k].flags & SETTING_IS_KEY)
            order = value_compare(x->kind->settings[k].form, &x->object.values[k],
                                  &y->object.values[k]);
    for (size_t k = 0; order == 0 && k < x->n_settings; k++)
        order = value_compare_text(&x->object.values[k], &y->object.values[k]);
    return order;
}

static int objects_read(struct sortable *to, size_t *ret_n, const struct section_kind *kind,
                        const struct snapshot_node *list, size_t n_items, struct inventory *i,
                        struct error *err)
{
    size_t n_settings = settings_count(kind), n = 0;
    struct snapshot_node item;

    for (size_t k = 0; k < n_items; k++) {
        int r = snapshot_node_item(list, k, &item, err);

        if (r > 0 && kind->is_skipped && kind->is_skipped(&item))
            continue;
        if (r > 0) {
            to[n].kind = kind;
            to[n].n_settings = n_settings;
            r = object_read(&to[n++].object, kind, &item, i, err);
        }
        if (r < 0)
            return r;
    }
    *ret_n = n;
    return 0;
}

static int list_read(struct inventory_section *to, const struct snapshot_node *list, size_t n_items,
                     struct inventory *i, struct error *err)
{
    AUTO_MEMORY struct sortable *found = calloc(n_items + 1, sizeof(*found));
    struct inventory_object *objects;
    size_t n = 0;
    int r;

    if (!found)
        return error_memory(err);
    r = objects_read(found, &n, to->kind, list, n_items, i, err);
    if (r < 0)
        return r;
    if (n > 1)
        qsort(found, n, sizeof(*found), order_objects);
    objects = pool_take(&i->pool, (n + 1) * sizeof(*objects));
    if (!objects)
        return error_memory(err);
    for (size_t k = 0; k < n; k++)
        objects[k] = found[k].object;
    to->objects = objects;
    to->n_objects = n;
    return 0;
}

static int section_read(struct inventory_section *to, const struct snapshot *s,
                        const struct snapshot_node *owner, struct inventory *i, struct error *err)
{
    struct snapshot_node list;
    size_t n_items;
    int r;

    to->is_known = snapshot_section(s, owner, to->kind->cmdlet, &list);
    if (!to->is_known)
        return 0;
    r = snapshot_node_count(&list, &n_items, err);
    if (r < 0)
        return r;
    return (to->kind->is_parameters ? parameters_read : list_read)(to, &list, n_items, i, err);
}

static int owner_read(struct inventory_owner *to, const struct snapshot *s,
                      const struct snapshot_node *owner, struct inventory *i, struct error *err)
{
    int r = 0;

    to->sections = pool_take(&i->pool, i->n_sections * sizeof(*to->sections));
    if (!to->sections)
        return error_memory(err);
    for (size_t k = 0; r == 0 && k < i->n_sections; k++) {
        to->sections[k].kind = settings_section(k);
        if (to->sections[k].kind->is_of_cluster == !to->name)
            r = section_read(&to->sections[k], s, owner, i, err);
    }
    return r;
}

/* ---- all of it ---- */

static int order_owners(const void *a, const void *b)
{
    const struct inventory_owner *x = a, *y = b;
    int order = strcasecmp(x->name, y->name);

    return order ? order : strcmp(x->name, y->name);
}

static int hosts_read(struct inventory *i, const struct snapshot *s,
                      const struct snapshot_node *nodes, struct error *err)
{
    struct snapshot_node member = { 0 };
    int r = snapshot_node_object(nodes, err);

    while (r >= 0 && snapshot_node_next(&member, nodes)) {
        struct inventory_owner *to = &i->owners[i->n_owners];

        r = snapshot_node_object(&member, err);
        if (r <= 0)
            continue;
        to->name = copy_text(i, member.key);
        if (!to->name)
            return error_memory(err);
        i->n_owners++;
        r = owner_read(to, s, &member, i, err);
    }
    if (r >= 0 && i->n_owners > 2)
        qsort(i->owners + 1, i->n_owners - 1, sizeof(*i->owners), order_owners);
    return r < 0 ? r : 0;
}

static int owners_read(struct inventory *i, const struct snapshot *s, struct error *err)
{
    struct snapshot_node root = snapshot_root(s), member = { 0 };
    struct snapshot_node nodes = snapshot_node_member(&root, "Nodes");
    size_t n = 0;
    int r;

    while (snapshot_node_next(&member, &nodes))
        n++;
    if (n > INVENTORY_MAX_HOSTS)
        return error_set(err, ERR_LIMIT, "Nodes: more than %d hosts", INVENTORY_MAX_HOSTS);
    while (settings_section(i->n_sections))
        i->n_sections++;
    assert(i->n_sections <= SECTIONS_MAX);
    i->owners = pool_take(&i->pool, (n + 1) * sizeof(*i->owners));
    if (!i->owners)
        return error_memory(err);
    i->n_owners = 1;
    r = owner_read(&i->owners[0], s, &root, i, err);
    return r < 0 ? r : hosts_read(i, s, &nodes, err);
}

static bool tells_something(const struct inventory *i)
{
    for (size_t k = 0; k < i->n_owners; k++)
        for (size_t j = 0; j < i->n_sections; j++)
            if (i->owners[k].sections[j].is_known)
                return true;
    return false;
}

static int read_all(struct inventory *i, const struct snapshot *s, struct error *err)
{
    struct snapshot_node root = snapshot_root(s);
    struct snapshot_node collected = snapshot_node_member(&root, "Collected");
    const char *text = "";
    int r;

    snapshot_node_text(&collected, &text, NULL);
    i->name = copy_text(i, snapshot_name(s));
    i->collected = copy_text(i, text);
    if (!i->name || !i->collected)
        return error_memory(err);
    r = owners_read(i, s, err);
    if (r == 0 && !tells_something(i))
        r = error_set(err, ERR_INPUT,
                      "has no section of a cluster or host; is it what the collector wrote?");
    return r;
}

int inventory_read(struct inventory **ret_inventory, const struct snapshot *s, struct error *err)
{
    AUTO(inventory) i = calloc(1, sizeof(*i));
    int r;

    if (!i)
        return error_memory(err);
    r = read_all(i, s, err);
    if (r < 0)
        return error_prefix(err, r, "%s", snapshot_name(s));
    *ret_inventory = i;
    i = NULL;
    return 0;
}

/* ---- asking ---- */

const struct inventory_section *inventory_section_of(const struct inventory_owner *owner,
                                                     const char *cmdlet)
{
    size_t k = 0;

    while (strcmp(settings_section(k)->cmdlet, cmdlet) != 0)
        k++;
    return &owner->sections[k];
}

static const struct value *value_of(const struct inventory_section *s,
                                    const struct inventory_object *o, const char *property)
{
    size_t k = 0;

    while (strcmp(s->kind->settings[k].property, property) != 0)
        k++;
    return &o->values[k];
}

const char *inventory_text(const struct inventory *i, const char *cmdlet, const char *property)
{
    const struct inventory_section *s = inventory_section_of(&i->owners[0], cmdlet);

    return s->n_objects ? value_next(value_of(s, &s->objects[0], property), NULL) : NULL;
}

static const char *network_lookup(const struct inventory *i, const char *from, const char *text,
                                  const char *to)
{
    const struct inventory_section *s = inventory_section_of(&i->owners[0], "Get-ClusterNetwork");

    for (size_t k = 0; k < s->n_objects; k++) {
        const char *own = value_next(value_of(s, &s->objects[k], from), NULL);

        if (own && strcasecmp(own, text) == 0)
            return value_next(value_of(s, &s->objects[k], to), NULL);
    }
    return NULL;
}

const char *inventory_network_name(const struct inventory *i, const char *id)
{
    return network_lookup(i, "Id", id, "Name");
}

const char *inventory_network_id(const struct inventory *i, const char *name)
{
    return network_lookup(i, "Name", name, "Id");
}

/* The objects are sorted by it. */
bool inventory_has(const struct inventory_section *s, const char *key)
{
    size_t low = 0, high = s->n_objects;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *text = value_next(&s->objects[middle].values[0], NULL);
        int order = text ? strcasecmp(text, key) : -1;

        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

char *inventory_label(char to[INVENTORY_LABEL_BYTES], const struct section_kind *kind,
                      const struct inventory_object *o)
{
    size_t used = 0;
    const char *text;

    to[0] = '\0';
    for (size_t k = kind->is_of_node; kind->settings[k].flags & SETTING_IS_KEY; k++) {
        bool is_of_rows = k > 0 && !(kind->settings[k + 1].flags & SETTING_IS_KEY) &&
                          kind->settings[k + 1].only_of;

        text = value_next(&o->values[k], NULL);
        if (!text || is_of_rows || used >= INVENTORY_LABEL_BYTES)
            continue;
        used += (size_t)snprintf(to + used, INVENTORY_LABEL_BYTES - used, "%s%s", used ? " " : "",
                                 text);
    }
    return to;
}
