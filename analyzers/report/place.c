#include "analyzers/report/place.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"
#include "src/base/text.h"
#include "src/base/units.h"

#define SHARE_SLACK 1e-6

static const double ns_per_s = 1e9;

void place_wrong(const struct place *p, const char *key, const char *what)
{
    struct reader *rd = p->reader;

    if (rd->status == 0)
        rd->status = error_set(rd->err, ERR_INPUT, "%s%s%s: %s, save the result anew", p->path,
                               *p->path && *key ? "." : "", key, what);
}

void place_no_memory(const struct place *p)
{
    if (p->reader->status == 0)
        p->reader->status = error_memory(p->reader->err);
}

void *place_room(const struct place *p, size_t n, size_t item_bytes)
{
    void *items = calloc(n > 0 ? n : 1, item_bytes);

    if (!items)
        place_no_memory(p);
    return items;
}

const json_t *place_member(const struct place *p, const char *key)
{
    const json_t *value = p->reader->status < 0 ? NULL : json_object_get(p->object, key);

    return json_is_null(value) ? NULL : value;
}

struct place place_object(const struct place *p, const char *key)
{
    struct place inner = { .reader = p->reader, .object = place_member(p, key) };

    if (inner.object && !json_is_object(inner.object)) {
        place_wrong(p, key, "is no object");
        inner.object = NULL;
    }
    snprintf(inner.path, sizeof(inner.path), "%.90s%s%.30s", p->path, *p->path ? "." : "", key);
    return inner;
}

struct place place_item(const struct place *p, const char *key, const json_t *list, size_t i)
{
    struct place inner = { .reader = p->reader, .object = json_array_get(list, i) };

    snprintf(inner.path, sizeof(inner.path), "%.70s%s%.30s[%zu]", p->path, *p->path ? "." : "", key,
             i);
    if (!json_is_object(inner.object)) {
        place_wrong(&inner, "", "is no object");
        inner.object = NULL;
    }
    return inner;
}

const json_t *place_list(const struct place *p, const char *key, size_t max_items, size_t *ret_n)
{
    const json_t *list = place_member(p, key);

    *ret_n = 0;
    if (list && !json_is_array(list)) {
        place_wrong(p, key, "is no list");
        return NULL;
    }
    if (json_array_size(list) > max_items) {
        p->reader->status = error_set(p->reader->err, ERR_LIMIT, "%s%s%s: has more than %zu items",
                                      p->path, *p->path ? "." : "", key, max_items);
        return NULL;
    }
    *ret_n = json_array_size(list);
    return list;
}

const char *place_string(const struct place *p, const char *key)
{
    const json_t *value = place_member(p, key);

    if (value && !json_is_string(value))
        place_wrong(p, key, "is no text");
    return json_string_value(value);
}

char *place_text(const struct place *p, const char *key, const char *otherwise)
{
    const char *value = place_string(p, key);
    char *copy;

    if (!value)
        value = otherwise;
    copy = text_copy(value);
    if (value && !copy)
        place_no_memory(p);
    return copy;
}

const char *place_kept(const struct place *p, const char *text)
{
    struct saved_result *s = p->reader->saved;
    int r;

    if (!text || p->reader->status < 0)
        return NULL;
    for (size_t i = 0; i < s->n_texts; i++) {
        if (strcmp(s->texts[i], text) == 0)
            return s->texts[i];
    }
    r = array_reserve(&s->texts, &s->texts_capacity, s->n_texts + 1, sizeof(*s->texts),
                      RESULT_MAX_TEXTS, p->reader->err);
    if (r < 0) {
        p->reader->status = r;
        return NULL;
    }
    s->texts[s->n_texts] = text_copy(text);
    if (!s->texts[s->n_texts])
        place_no_memory(p);
    else
        s->n_texts++;
    return p->reader->status < 0 ? NULL : s->texts[s->n_texts - 1];
}

const char *place_constant(const struct place *p, const char *key)
{
    return place_kept(p, place_string(p, key));
}

uint64_t place_count(const struct place *p, const char *key, uint64_t otherwise)
{
    const json_t *value = place_member(p, key);

    if (!value)
        return otherwise;
    if (!json_is_integer(value) || json_integer_value(value) < 0) {
        place_wrong(p, key, "is no count");
        return otherwise;
    }
    return (uint64_t)json_integer_value(value);
}

uint64_t place_bounded(const struct place *p, const char *key, uint64_t otherwise, uint64_t most)
{
    uint64_t count = place_count(p, key, otherwise);

    if (count == otherwise || count <= most)
        return count;
    place_wrong(p, key, "is too large");
    return otherwise;
}

int64_t place_integer(const struct place *p, const char *key, int64_t otherwise)
{
    const json_t *value = place_member(p, key);

    if (!value)
        return otherwise;
    if (!json_is_integer(value)) {
        place_wrong(p, key, "is no whole number");
        return otherwise;
    }
    return json_integer_value(value);
}

double place_real(const struct place *p, const char *key, double otherwise)
{
    const json_t *value = place_member(p, key);

    if (!value)
        return otherwise;
    if (!json_is_number(value)) {
        place_wrong(p, key, "is no number");
        return otherwise;
    }
    if (json_number_value(value) < 0) {
        place_wrong(p, key, "is below 0");
        return otherwise;
    }
    return json_number_value(value);
}

double place_share(const struct place *p, const char *key)
{
    double share = place_real(p, key, 0);

    if (share <= 1 + SHARE_SLACK)
        return share;
    place_wrong(p, key, "is no share from 0 to 1");
    return 0;
}

bool place_bool(const struct place *p, const char *key, bool otherwise)
{
    const json_t *value = place_member(p, key);

    if (!value)
        return otherwise;
    if (!json_is_boolean(value))
        place_wrong(p, key, "is neither true nor false");
    return json_is_true(value);
}

int64_t place_span(const struct place *p, const char *key)
{
    double seconds = place_real(p, key, 0);

    if (seconds >= 0 && seconds < 4e9)
        return llround(seconds * ns_per_s);
    place_wrong(p, key, "is no span of time");
    return 0;
}

int64_t place_time(const struct place *p, const char *key, int64_t otherwise)
{
    const char *text = place_string(p, key);
    struct error why;
    int64_t time_ns;

    if (!text)
        return otherwise;
    if (time_parse(&time_ns, text, &why) == 0)
        return time_ns;
    place_wrong(p, key, "is no time");
    return otherwise;
}

struct addr place_addr(const struct place *p, const char *key)
{
    const char *text = place_string(p, key);
    struct addr a = { 0 };
    struct error why;

    if (!text || addr_parse(&a, text, &why) < 0)
        place_wrong(p, key, "is no address");
    return a;
}

char **place_texts(const struct place *p, const char *key, size_t *ret_n)
{
    size_t n, kept_n = 0;
    const json_t *list = place_list(p, key, RESULT_MAX_ITEMS, &n);
    char **texts = place_room(p, n, sizeof(*texts));

    for (size_t i = 0; texts && i < n; i++) {
        const char *text = json_string_value(json_array_get(list, i));

        if (!text) {
            place_wrong(p, key, "has an item that is no text");
            break;
        }
        texts[i] = text_copy(text);
        if (!texts[i]) {
            place_no_memory(p);
            break;
        }
        kept_n++;
    }
    *ret_n = kept_n;
    return texts;
}

int place_network_named(const struct result *r, const char *name)
{
    for (size_t i = 0; i < r->n_networks; i++) {
        if (strcmp(r->networks[i].name, name) == 0)
            return (int)i;
    }
    return -1;
}

int place_network(const struct place *p, const char *key)
{
    const char *name = place_string(p, key);
    int network = name ? place_network_named(&p->reader->saved->result, name) : -1;

    if (name && network < 0)
        place_wrong(p, key, "is none of the networks");
    return network;
}

int place_input(const struct place *p, const char *key)
{
    const struct result *r = &p->reader->saved->result;
    const char *path = place_string(p, key);

    for (size_t i = 0; path && i < r->n_inputs; i++) {
        if (strcmp(r->inputs[i].path, path) == 0)
            return (int)i;
    }
    place_wrong(p, key, "is none of the inputs");
    return 0;
}

int place_host(const struct place *p, const char *key, bool is_inferred)
{
    struct result *r = &p->reader->saved->result;
    const char *name = place_string(p, key);
    struct result_host *grown;

    if (!name)
        return -1;
    for (size_t i = 0; i < r->n_hosts; i++) {
        if (strcmp(r->hosts[i].name, name) == 0)
            return (int)i;
    }
    if (r->n_hosts == RESULT_MAX_HOSTS) {
        place_wrong(p, key, "is one host too many");
        return -1;
    }
    grown = realloc(r->hosts, (r->n_hosts + 1) * sizeof(*grown));
    if (!grown) {
        place_no_memory(p);
        return -1;
    }
    r->hosts = grown;
    grown[r->n_hosts] = (struct result_host){ place_text(p, key, ""), is_inferred };
    if (!grown[r->n_hosts].name)
        return -1;
    return (int)r->n_hosts++;
}
int place_named_host(const struct place *p, const char *key)
{
    int host = place_host(p, key, true);

    if (host < 0)
        place_wrong(p, key, "is no host's name");
    return host;
}
int place_flag(const struct place *p, const char *key)
{
    return place_member(p, key) ? place_bool(p, key, false) : -1;
}

void place_read_list(const struct place *top, const char *key, void *array, size_t *n_items,
                     size_t item_bytes, size_t max_items,
                     void (*read)(const struct place *p, struct result *r, size_t i))
{
    size_t n;
    const json_t *list = place_list(top, key, max_items, &n);

    *(void **)array = place_room(top, n, item_bytes);
    for (size_t i = 0; i < n && top->reader->status == 0; i++) {
        struct place item = place_item(top, key, list, i);

        if (!item.object)
            return;
        read(&item, &top->reader->saved->result, i);
        *n_items = i + 1;
    }
}

bool place_same(const struct place *a, const struct place *b, const char *key)
{
    json_t *x = json_object_get(a->object, key), *y = json_object_get(b->object, key);

    return x == y || (x && y && json_equal(x, y));
}
