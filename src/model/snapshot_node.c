/* The forms in which ConvertTo-Json leaves one and the same value. */
#include "src/model/snapshot_node.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char BETWEEN_WORDS[] = " \t\r\n,;";

static const json_t *json_of(const struct snapshot_node *n)
{
    return (const json_t *)n->json;
}

/* ---- members and items ---- */

static struct snapshot_node member_node(const struct snapshot_node *owner, const char *key,
                                        const json_t *value)
{
    return (struct snapshot_node){ .json = value, .parent = owner, .key = key };
}

struct snapshot_node snapshot_node_member(const struct snapshot_node *owner, const char *name)
{
    const json_t *exact = json_object_get(json_of(owner), name);
    struct snapshot_node member = { 0 };

    if (exact)
        return member_node(owner, name, exact);
    while (snapshot_node_next(&member, owner))
        if (strcasecmp(member.key, name) == 0)
            return member;
    return member_node(owner, name, NULL);
}

bool snapshot_node_next(struct snapshot_node *member, const struct snapshot_node *owner)
{
    json_t *object = (json_t *)(uintptr_t)owner->json; /* jansson's iterators know no const */
    void *at = member->key ? json_object_iter_next(object, json_object_key_to_iter(member->key))
                           : json_object_iter(object);

    if (!at)
        return false;
    *member = member_node(owner, json_object_iter_key(at), json_object_iter_value(at));
    return true;
}

bool snapshot_node_is_absent(const struct snapshot_node *n)
{
    return !n->json;
}

/* array_of() - the array that a list is written as, if it is. */
static const json_t *array_of(const struct snapshot_node *list, bool *ret_in_value)
{
    struct snapshot_node value;

    *ret_in_value = false;
    if (!json_is_object(json_of(list)))
        return json_is_array(json_of(list)) ? json_of(list) : NULL;
    value = snapshot_node_member(list, "value");
    *ret_in_value = json_is_array(json_of(&value));
    return *ret_in_value ? json_of(&value) : NULL;
}

static struct snapshot_node item_node(const struct snapshot_node *list, size_t index)
{
    struct snapshot_node item = { .parent = list, .index = index };

    item.json = json_array_get(array_of(list, &item.in_value), index);
    return item;
}

bool snapshot_node_is_null(const struct snapshot_node *n)
{
    return json_is_null(json_of(n));
}

bool snapshot_node_element(const struct snapshot_node *list, size_t index,
                           struct snapshot_node *ret_element)
{
    bool in_value;

    if (array_of(list, &in_value))
        *ret_element = item_node(list, index);
    else if (index == 0)
        *ret_element = *list;
    else
        return false;
    return ret_element->json != NULL;
}

/* The type of something that should have been another, for messages. */
static int is_not(const struct snapshot_node *n, const char *wanted, struct error *err)
{
    const json_t *json = json_of(n);

    if (json_is_string(json))
        return snapshot_node_error(n, err, "'%.64s' is no %s", json_string_value(json), wanted);
    return snapshot_node_error(n, err, "%s is no %s",
                               json_is_object(json)   ? "an object"
                               : json_is_array(json)  ? "an array"
                               : json_is_number(json) ? "a number"
                                                      : "true or false",
                               wanted);
}

int snapshot_node_count(const struct snapshot_node *list, size_t *ret_count, struct error *err)
{
    const json_t *json = json_of(list);
    bool in_value;
    const json_t *array = array_of(list, &in_value);

    if (array && json_array_size(array) > SNAPSHOT_MAX_ITEMS) {
        snapshot_node_error(list, err, "more than %d entries", SNAPSHOT_MAX_ITEMS);
        return ERR_LIMIT;
    }
    if (array)
        *ret_count = json_array_size(array);
    else if (!json || json_is_null(json))
        *ret_count = 0;
    else if (json_is_object(json))
        *ret_count = 1;
    else
        return is_not(list, "list of objects", err);
    return 0;
}

int snapshot_node_object(const struct snapshot_node *n, struct error *err)
{
    const json_t *json = json_of(n);

    if (!json || json_is_null(json))
        return 0;
    if (json_is_string(json))
        return snapshot_node_error(n, err,
                                   "'%.64s' is a flattened object; write the snapshot with a "
                                   "larger ConvertTo-Json -Depth",
                                   json_string_value(json));
    return json_is_object(json) ? 1 : is_not(n, "object", err);
}

int snapshot_node_item(const struct snapshot_node *list, size_t index,
                       struct snapshot_node *ret_item, struct error *err)
{
    bool in_value;
    struct snapshot_node item = array_of(list, &in_value) ? item_node(list, index) : *list;
    int r = snapshot_node_object(&item, err);

    if (r > 0)
        *ret_item = item;
    return r;
}

/* ---- scalars ---- */

/* A number past long runs of digits reads as unknown, as does text that is none: strict callers
 * tell the two apart by ret_is_number. */
static bool integer_of_text(int64_t *ret_integer, bool *ret_is_number, const char *text)
{
    char *end;
    long long value;

    errno = 0;
    value = strtoll(text, &end, 10);
    while (isspace((unsigned char)*end))
        end++;
    *ret_is_number = end != text && !*end;
    *ret_integer = value;
    return *ret_is_number && errno == 0;
}

/* A collection or object that ConvertTo-Json's depth cut off leaves its type's name. */
static bool is_type_name(const char *text)
{
    return strncmp(text, "System.", 7) == 0 || strncmp(text, "Microsoft.", 10) == 0;
}

/* unwrap() - a decorated value's own: {"value": 1, "Value": "Cluster"}. */
static struct snapshot_node unwrap(const struct snapshot_node *n)
{
    static const char *const keys[] = { "value__", "value", "Value" };

    if (!json_is_object(json_of(n)))
        return *n;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const json_t *value = json_object_get(json_of(n), keys[i]);

        if (value && !json_is_null(value))
            return member_node(n, keys[i], value);
    }
    return *n;
}

static bool is_unknown(const struct snapshot_node *n)
{
    return !n->json || json_is_null(json_of(n));
}

int snapshot_node_text(const struct snapshot_node *n, const char **ret_text, struct error *err)
{
    struct snapshot_node plain = unwrap(n);

    if (is_unknown(&plain))
        return 0;
    if (!json_is_string(json_of(&plain)))
        return is_not(&plain, "text", err);
    *ret_text = json_string_value(json_of(&plain));
    return 1;
}

int snapshot_node_scalar(const struct snapshot_node *n, char to[SNAPSHOT_SCALAR_BYTES],
                         const char **ret_text, struct error *err)
{
    struct snapshot_node plain = unwrap(n);
    const json_t *json = json_of(&plain);

    if (is_unknown(&plain))
        return 0;
    if (json_is_string(json)) {
        if (is_type_name(json_string_value(json)))
            return 0;
        *ret_text = json_string_value(json);
        return 1;
    }
    if (json_is_integer(json))
        snprintf(to, SNAPSHOT_SCALAR_BYTES, "%" PRId64, (int64_t)json_integer_value(json));
    else if (json_is_real(json))
        snprintf(to, SNAPSHOT_SCALAR_BYTES, "%.15g", json_real_value(json));
    else if (json_is_boolean(json))
        snprintf(to, SNAPSHOT_SCALAR_BYTES, "%s", json_is_true(json) ? "true" : "false");
    else
        return is_not(&plain, "plain value", err);
    *ret_text = to;
    return 1;
}

int snapshot_node_integer(const struct snapshot_node *n, int64_t *ret_integer, struct error *err)
{
    struct snapshot_node plain = unwrap(n);
    const json_t *json = json_of(&plain);
    bool is_number;
    double real;

    if (is_unknown(&plain))
        return 0;
    if (json_is_integer(json)) {
        *ret_integer = json_integer_value(json);
        return 1;
    }
    if (json_is_real(json)) {
        real = json_real_value(json);
        if (!(real > -9e18 && real < 9e18) || real != (double)(int64_t)real)
            return 0;
        *ret_integer = (int64_t)real;
        return 1;
    }
    if (json_is_string(json)) {
        int64_t integer;

        if (integer_of_text(&integer, &is_number, json_string_value(json))) {
            *ret_integer = integer;
            return 1;
        }
        if (is_number || !*json_string_value(json))
            return 0;
    }
    return is_not(&plain, "number", err);
}

int snapshot_node_bool(const struct snapshot_node *n, bool *ret_bool, struct error *err)
{
    struct snapshot_node plain = unwrap(n);
    const json_t *json = json_of(&plain);
    const char *text;
    int64_t integer;
    int r;

    if (is_unknown(&plain))
        return 0;
    if (json_is_boolean(json)) {
        *ret_bool = json_is_true(json);
        return 1;
    }
    text = json_string_value(json);
    if (text && (strcasecmp(text, "true") == 0 || strcasecmp(text, "false") == 0)) {
        *ret_bool = text[0] == 't' || text[0] == 'T';
        return 1;
    }
    r = snapshot_node_integer(&plain, &integer, NULL);
    if (r < 0)
        return is_not(&plain, "true or false", err);
    if (r > 0)
        *ret_bool = integer != 0;
    return r;
}

int snapshot_node_enum(const struct snapshot_node *n, const struct snapshot_word *words,
                       int *ret_value, struct error *err)
{
    struct snapshot_node plain = unwrap(n);
    const char *text = json_string_value(json_of(&plain));
    int64_t integer = 0;
    bool is_number = false;
    int r;

    if (text && !integer_of_text(&integer, &is_number, text)) {
        for (; words->name; words++)
            if (strcasecmp(words->name, text) == 0) {
                *ret_value = words->value;
                return 1;
            }
        return 0;
    }
    r = snapshot_node_integer(&plain, &integer, NULL);
    if (r < 0)
        return is_not(&plain, "number or name", err);
    for (; r > 0 && words->name; words++)
        if (words->value == integer) {
            *ret_value = words->value;
            return 1;
        }
    return 0;
}

/* ---- words ---- */

void snapshot_words_init(struct snapshot_words *w, const struct snapshot_node *list)
{
    memset(w, 0, sizeof(*w));
    w->list = list;
}

/* Takes the list's next item to w->text or, a number, to w->word. As snapshot_words_next(). */
static int words_next_item(struct snapshot_words *w, struct error *err)
{
    bool in_value, is_array = array_of(w->list, &in_value) != NULL;
    struct snapshot_node item;
    const json_t *json;

    if (is_array)
        w->item = item_node(w->list, w->n_items);
    else
        w->item = w->n_items ? (struct snapshot_node){ .parent = w->list } : *w->list;
    w->n_items++;
    if (!w->item.json)
        return 0;
    item = unwrap(&w->item);
    json = json_of(&item);
    w->text = json_string_value(json);
    if (w->text && is_type_name(w->text))
        w->text = NULL;
    if (json_is_integer(json))
        snprintf(w->word, sizeof(w->word), "%" PRId64, (int64_t)json_integer_value(json));
    else if (!json_is_string(json) && !json_is_null(json))
        return is_not(&item, is_array ? "text or number" : "list of words", err);
    return 1;
}

int snapshot_words_next(struct snapshot_words *w, struct error *err)
{
    size_t n;
    int r;

    for (;;) {
        if (w->text)
            w->text += strspn(w->text, BETWEEN_WORDS);
        if (w->text && *w->text)
            break;
        w->word[0] = '\0';
        r = words_next_item(w, err);
        if (r <= 0)
            return r;
        if (w->word[0])
            return 1;
    }
    if (w->n_words++ >= SNAPSHOT_MAX_WORDS) {
        snapshot_node_error(w->list, err, "more than %d words", SNAPSHOT_MAX_WORDS);
        return ERR_LIMIT;
    }
    n = strcspn(w->text, BETWEEN_WORDS);
    if (n >= sizeof(w->word))
        return snapshot_node_error(&w->item, err, "'%.32s...' is too long", w->text);
    memcpy(w->word, w->text, n);
    w->word[n] = '\0';
    w->text += n;
    return 1;
}

/* ---- where it stands ---- */

static bool is_plain_key(const char *key)
{
    if (!*key)
        return false;
    for (; *key; key++)
        if (!isalnum((unsigned char)*key) && *key != '-' && *key != '_')
            return false;
    return true;
}

/* The path is built from its end, so that a long one keeps what is nearest to the trouble. */
static size_t prepend(char *to, size_t at, const char *text)
{
    size_t n = strlen(text);

    if (n > at)
        n = at;
    memcpy(to + at - n, text + strlen(text) - n, n);
    return at - n;
}

char *snapshot_node_path(char to[SNAPSHOT_PATH_BYTES], const struct snapshot_node *n)
{
    size_t at = SNAPSHOT_PATH_BYTES - 1;
    char number[48];

    to[at] = '\0';
    for (; n && n->parent; n = n->parent) {
        if (!n->key) {
            snprintf(number, sizeof(number), "%s[%zu]", n->in_value ? ".value" : "", n->index);
            at = prepend(to, at, number);
        } else if (is_plain_key(n->key)) {
            at = prepend(to, at, n->key);
            at = prepend(to, at, n->parent->parent ? "." : "");
        } else {
            at = prepend(to, at, "\"]");
            at = prepend(to, at, n->key);
            at = prepend(to, at, "[\"");
        }
    }
    memmove(to, to + at, SNAPSHOT_PATH_BYTES - at);
    return to;
}

int snapshot_node_error(const struct snapshot_node *n, struct error *err, const char *format, ...)
{
    char path[SNAPSHOT_PATH_BYTES], text[sizeof(err->text)];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (!*snapshot_node_path(path, n))
        return error_set(err, ERR_INPUT, "%s", text);
    return error_set(err, ERR_INPUT, "%s: %s", path, text);
}
