#include "analyzers/drift/baseline.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/drift/inventory.h"
#include "src/base/json_writer.h"

/* ---- values ---- */

static void put_list(struct json_writer *w, const char *key, const struct value *v)
{
    json_array_begin(w, key);
    for (const char *item = value_next(v, NULL); item; item = value_next(v, item))
        json_put_string(w, NULL, item);
    json_array_end(w);
}

/* Addresses and lengths stand in two lists, as the cmdlet has them. */
static int put_subnets(struct json_writer *w, const struct setting_kind *kind,
                       const struct value *v, struct error *err)
{
    AUTO_MEMORY char *address = malloc(v->n_bytes + 1);

    if (!address)
        return error_memory(err);
    json_array_begin(w, kind->property);
    for (const char *item = value_next(v, NULL); item; item = value_next(v, item)) {
        size_t n = (size_t)(strrchr(item, '/') - item);

        memcpy(address, item, n);
        address[n] = '\0';
        json_put_string(w, NULL, address);
    }
    json_array_end(w);
    json_array_begin(w, kind->beside);
    for (const char *item = value_next(v, NULL); item; item = value_next(v, item))
        json_put_string(w, NULL, strrchr(item, '/') + 1);
    json_array_end(w);
    return 0;
}

static int put_ids(struct json_writer *w, const char *key, const struct value *v, struct error *err)
{
    AUTO_MEMORY char *joined = malloc(v->n_bytes + 1);

    if (!joined)
        return error_memory(err);
    memcpy(joined, v->items, v->n_bytes);
    for (size_t i = 0; i + 1 < v->n_bytes; i++)
        if (joined[i] == '\0')
            joined[i] = ';';
    joined[v->n_bytes] = '\0';
    json_put_string(w, key, joined);
    return 0;
}

static void put_scalar(struct json_writer *w, const struct setting_kind *kind, const char *key,
                       const struct value *v)
{
    const char *text = value_next(v, NULL);
    char *end = NULL;
    long long integer;

    errno = 0;
    integer = kind->form == FORM_INTEGER ? strtoll(text, &end, 10) : 0;
    if (end && end != text && !*end && errno == 0)
        json_put_i64(w, key, integer);
    else if (kind->form == FORM_BOOL && strcmp(text, "true") == 0)
        json_put_bool(w, key, true);
    else if (kind->form == FORM_BOOL && strcmp(text, "false") == 0)
        json_put_bool(w, key, false);
    else
        json_put_string(w, key, text);
}

static int put_value(struct json_writer *w, const struct setting_kind *kind, const char *key,
                     const struct value *v, struct error *err)
{
    if (kind->form == FORM_SUBNETS)
        return put_subnets(w, kind, v, err);
    if (kind->form == FORM_ORDER || kind->form == FORM_NETWORKS)
        return put_ids(w, key, v, err);
    if (value_is_none(v))
        json_put_null(w, key);
    else if (value_is_list(kind->form))
        put_list(w, key, v);
    else
        put_scalar(w, kind, key, v);
    return 0;
}

/* ---- objects ---- */

static int order_settings(const void *a, const void *b)
{
    const struct setting_kind *const *x = a, *const *y = b;

    return strcmp((*x)->property, (*y)->property);
}

/* The settings that an object has, by property. Returns their number. */
static size_t known_settings(const struct setting_kind *to[SETTINGS_MAX],
                             const struct section_kind *kind, const struct inventory_object *o)
{
    size_t n = 0;

    for (size_t k = 0; kind->settings[k].property; k++)
        if (o->values[k].items)
            to[n++] = &kind->settings[k];
    if (n > 1)
        qsort(to, n, sizeof(*to), order_settings);
    return n;
}

/* One setting; a nested object is opened at its first and closed at its last. */
static int put_setting(struct json_writer *w, const struct setting_kind *kind,
                       const struct value *v, const struct setting_kind *before,
                       const struct setting_kind *behind, struct error *err)
{
    const char *dot = strchr(kind->property, '.');
    size_t n_outer = dot ? (size_t)(dot - kind->property) + 1 : 0;
    char outer[SNAPSHOT_WORD_BYTES];
    int r;

    if (dot && (!before || strncmp(before->property, kind->property, n_outer) != 0)) {
        snprintf(outer, sizeof(outer), "%.*s", (int)n_outer - 1, kind->property);
        json_object_begin(w, outer);
    }
    r = put_value(w, kind, dot ? dot + 1 : kind->property, v, err);
    if (dot && (!behind || strncmp(behind->property, kind->property, n_outer) != 0))
        json_object_end(w);
    return r;
}

static int put_object(struct json_writer *w, const char *key, const struct section_kind *kind,
                      const struct inventory_object *o, struct error *err)
{
    const struct setting_kind *settings[SETTINGS_MAX];
    size_t n = known_settings(settings, kind, o);
    int r = 0;

    json_object_begin(w, key);
    for (size_t k = 0; r == 0 && k < n; k++)
        r = put_setting(w, settings[k], &o->values[settings[k] - kind->settings],
                        k > 0 ? settings[k - 1] : NULL, k + 1 < n ? settings[k + 1] : NULL, err);
    json_object_end(w);
    return r;
}

static int put_parameters(struct json_writer *w, const struct section_kind *kind,
                          const struct inventory_object *o, struct error *err)
{
    const struct setting_kind *settings[SETTINGS_MAX];
    size_t n = known_settings(settings, kind, o);
    int r = 0;

    json_array_begin(w, kind->cmdlet);
    for (size_t k = 0; r == 0 && k < n; k++) {
        json_object_begin(w, NULL);
        json_put_string(w, "Name", settings[k]->property);
        r = put_value(w, settings[k], "Value", &o->values[settings[k] - kind->settings], err);
        json_object_end(w);
    }
    json_array_end(w);
    return r;
}

/* ---- sections ---- */

static int put_section(struct json_writer *w, const struct inventory_section *s, struct error *err)
{
    int r = 0;

    if (s->kind->is_parameters)
        return put_parameters(w, s->kind, &s->objects[0], err);
    if (s->kind->is_single && s->n_objects == 1)
        return put_object(w, s->kind->cmdlet, s->kind, &s->objects[0], err);
    json_array_begin(w, s->kind->cmdlet);
    for (size_t k = 0; r == 0 && k < s->n_objects; k++)
        r = put_object(w, NULL, s->kind, &s->objects[k], err);
    json_array_end(w);
    return r;
}

static int order_sections(const void *a, const void *b)
{
    const struct inventory_section *const *x = a, *const *y = b;

    return strcmp((*x)->kind->cmdlet, (*y)->kind->cmdlet);
}

static int put_owner(struct json_writer *w, const struct inventory *i,
                     const struct inventory_owner *owner, struct error *err)
{
    const struct inventory_section *known[SECTIONS_MAX];
    size_t n = 0;
    int r = 0;

    for (size_t k = 0; k < i->n_sections; k++)
        if (owner->sections[k].is_known)
            known[n++] = &owner->sections[k];
    if (n > 1)
        qsort(known, n, sizeof(*known), order_sections);
    for (size_t k = 0; r == 0 && k < n; k++)
        r = put_section(w, known[k], err);
    return r;
}

int baseline_write(const void *context, FILE *out, struct error *err)
{
    const struct inventory *i = context;
    struct json_writer w;
    int r;

    json_writer_init(&w, out);
    json_object_begin(&w, NULL);
    json_put_string(&w, "schema", "lmpath.snapshot/1");
    r = put_owner(&w, i, &i->owners[0], err);
    json_object_begin(&w, "Nodes");
    for (size_t k = 1; r == 0 && k < i->n_owners; k++) {
        json_object_begin(&w, i->owners[k].name);
        r = put_owner(&w, i, &i->owners[k], err);
        json_object_end(&w);
    }
    json_object_end(&w);
    json_object_end(&w);
    return r;
}
