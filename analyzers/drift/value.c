#include "analyzers/drift/value.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyzers/drift/pool.h"
#include "src/base/array.h"
#include "src/base/auto.h"
#include "src/net/addr.h"

enum { MAX_ITEMS = 2 * SNAPSHOT_MAX_WORDS, SMALL_BYTES = 256 };

static const char none_items[] = "";

/* Items while they are gathered; texts are copies in the pool. */
struct items {
    const char **texts;
    size_t n, capacity;
    struct pool *pool;
};

bool value_is_none(const struct value *v)
{
    return v->items == none_items;
}

const char *value_next(const struct value *v, const char *item)
{
    const char *next = item ? item + strlen(item) + 1 : v->items;

    return v->items && next < v->items + v->n_bytes ? next : NULL;
}

bool value_is_list(enum setting_form form)
{
    return form == FORM_FLAGS || form == FORM_SUBNETS || form == FORM_WORDS || form == FORM_NAMES;
}

/* ---- comparing ---- */

static int compare_text(const char *a, const char *b)
{
    int folded = strcasecmp(a, b);

    return folded ? folded : strcmp(a, b);
}

int value_compare(enum setting_form form, const struct value *a, const struct value *b)
{
    int (*compare)(const char *, const char *) = form == FORM_TEXT ? strcmp : strcasecmp;
    const char *x = NULL, *y = NULL;

    if (!a->items || !b->items)
        return (a->items != NULL) - (b->items != NULL);
    if (value_is_none(a) != value_is_none(b))
        return value_is_none(b) - value_is_none(a);
    for (;;) {
        int order;

        x = value_next(a, x);
        y = value_next(b, y);
        if (!x || !y)
            return (x != NULL) - (y != NULL);
        order = compare(x, y);
        if (order)
            return order;
    }
}

int value_compare_text(const struct value *a, const struct value *b)
{
    return value_compare(FORM_TEXT, a, b);
}

/* ---- gathering items ---- */

static int items_add(struct items *to, const char *text, struct error *err)
{
    size_t n_bytes = strlen(text) + 1;
    char *copy;
    int r = array_reserve(&to->texts, &to->capacity, to->n + 1, sizeof(*to->texts), MAX_ITEMS, err);

    if (r < 0)
        return r;
    copy = pool_take(to->pool, n_bytes);
    if (!copy)
        return error_memory(err);
    memcpy(copy, text, n_bytes);
    to->texts[to->n++] = copy;
    return 0;
}

static int order_texts(const void *a, const void *b)
{
    return compare_text(*(const char *const *)a, *(const char *const *)b);
}

static void items_make_set(struct items *of)
{
    size_t n = 0;

    if (of->n > 1)
        qsort(of->texts, of->n, sizeof(*of->texts), order_texts);
    for (size_t i = 0; i < of->n; i++)
        if (n == 0 || strcasecmp(of->texts[n - 1], of->texts[i]) != 0)
            of->texts[n++] = of->texts[i];
    of->n = n;
}

static int items_close(struct value *ret_value, struct items *of, struct error *err)
{
    struct value v = { 0 };
    char *at;

    for (size_t i = 0; i < of->n; i++)
        v.n_bytes += strlen(of->texts[i]) + 1;
    at = pool_take(of->pool, v.n_bytes + 1);
    if (!at)
        return error_memory(err);
    v.items = at;
    for (size_t i = 0; i < of->n; i++) {
        size_t n_bytes = strlen(of->texts[i]) + 1;

        memcpy(at, of->texts[i], n_bytes);
        at += n_bytes;
    }
    *ret_value = v;
    return 0;
}

/* ---- scalars ---- */

static void guid_fold(char *to, const char *text)
{
    size_t n = strlen(text);

    if (n >= 2 && text[0] == '{' && text[n - 1] == '}') {
        text++;
        n -= 2;
    }
    for (size_t i = 0; i < n; i++)
        to[i] = (char)tolower((unsigned char)text[i]);
    to[n] = '\0';
}

/* Twelve hexadecimal digits, however they are set apart; else it stays as it is. */
static void mac_fold(char *to, const char *text)
{
    char digits[12];
    size_t n = 0;

    for (const char *at = text; *at; at++) {
        if (*at == '-' || *at == ':')
            continue;
        if (!isxdigit((unsigned char)*at) || n == sizeof(digits)) {
            n = 0;
            break;
        }
        digits[n++] = (char)toupper((unsigned char)*at);
    }
    if (n < sizeof(digits)) {
        memmove(to, text, strlen(text) + 1);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && i % 2 == 0)
            *to++ = '-';
        *to++ = digits[i];
    }
    *to = '\0';
}

static const char *word_name(const struct snapshot_word *words, int64_t number)
{
    for (; words->name; words++)
        if (words->value == number)
            return words->name;
    return NULL;
}

/* By name, or by a number's text; NULL when the words lack it. */
static const char *word_of(const struct snapshot_word *words, const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);

    for (const struct snapshot_word *w = words; w->name; w++)
        if (strcasecmp(w->name, text) == 0)
            return word_name(words, w->value);
    return end != text && !*end ? word_name(words, number) : NULL;
}

/* A text in its form's one way to write it. Returns @to, which has room for it, or a constant. */
static const char *text_normal(char *to, const struct setting_kind *kind, const char *text)
{
    struct addr a;
    struct prefix p;
    const char *name;

    switch (kind->form) {
    case FORM_GUID:
    case FORM_ORDER:
    case FORM_NETWORKS:
        guid_fold(to, text);
        return to;
    case FORM_MAC:
        mac_fold(to, text);
        return to;
    case FORM_ADDRESS:
        return addr_parse(&a, text, NULL) == 0 ? addr_text(to, &a) : text;
    case FORM_SUBNET:
        return prefix_parse(&p, text, NULL) == 0 ? prefix_text(to, &p) : text;
    case FORM_WORDS:
        if (addr_parse(&a, text, NULL) == 0)
            return addr_text(to, &a);
        return strchr(text, '/') && prefix_parse(&p, text, NULL) == 0 ? prefix_text(to, &p) : text;
    case FORM_ENUM:
        name = word_of(kind->words, text);
        return name ? name : text;
    default:
        return text;
    }
}

static int items_add_normal(struct items *to, const struct setting_kind *kind, const char *text,
                            struct error *err)
{
    AUTO_MEMORY char *large = NULL;
    char small[SMALL_BYTES];
    size_t n_bytes = strlen(text) + ADDR_TEXT_BYTES + PREFIX_TEXT_BYTES;

    if (n_bytes > sizeof(small)) {
        large = malloc(n_bytes);
        if (!large)
            return error_memory(err);
    }
    return items_add(to, text_normal(large ? large : small, kind, text), err);
}

/* Returns 1 with the text, 0 when it is unknown, ERR_INPUT. @to: for what is no text. */
static int scalar_read(const char **ret_text, char to[SNAPSHOT_SCALAR_BYTES],
                       const struct setting_kind *kind, const struct snapshot_node *node,
                       struct error *err)
{
    int64_t integer;
    bool is_true;

    if (kind->form == FORM_INTEGER && snapshot_node_integer(node, &integer, NULL) > 0) {
        snprintf(to, SNAPSHOT_SCALAR_BYTES, "%" PRId64, integer);
        *ret_text = to;
        return 1;
    }
    if (kind->form == FORM_BOOL && snapshot_node_bool(node, &is_true, NULL) > 0) {
        *ret_text = is_true ? "true" : "false";
        return 1;
    }
    return snapshot_node_scalar(node, to, ret_text, err);
}

static int read_scalar(struct items *to, const struct setting_kind *kind,
                       const struct snapshot_node *node, struct error *err)
{
    char number[SNAPSHOT_SCALAR_BYTES];
    const char *text = "";
    int r = scalar_read(&text, number, kind, node, err);

    if (r <= 0 || !*text)
        return r < 0 ? r : 0;
    r = items_add_normal(to, kind, text, err);
    return r < 0 ? r : 1;
}

/* ---- lists ---- */

/* An empty list is told as null, as "" or as []; a type's name tells nothing. */
static bool is_told(const struct snapshot_node *list)
{
    char number[SNAPSHOT_SCALAR_BYTES];
    const char *text;

    return !snapshot_node_is_absent(list) &&
           (snapshot_node_is_null(list) || snapshot_node_scalar(list, number, &text, NULL) != 0);
}

static int read_words(struct items *to, const struct setting_kind *kind,
                      const struct snapshot_node *list, struct error *err)
{
    struct snapshot_words w;
    int r;

    snapshot_words_init(&w, list);
    while ((r = snapshot_words_next(&w, err)) > 0) {
        r = items_add_normal(to, kind, w.word, err);
        if (r < 0)
            return r;
    }
    return r < 0 ? r : 1;
}

static int read_names(struct items *to, const struct setting_kind *kind,
                      const struct snapshot_node *list, struct error *err)
{
    struct snapshot_node element;

    for (size_t i = 0; snapshot_node_element(list, i, &element); i++) {
        int r = read_scalar(to, kind, &element, err);

        if (r < 0)
            return r;
    }
    return 1;
}

/* "Domain, Private", or the bits' sum. */
static int read_flags(struct items *to, const struct setting_kind *kind,
                      const struct snapshot_node *node, struct error *err)
{
    int64_t bits, left;
    int r = snapshot_node_integer(node, &bits, NULL);

    if (r <= 0 || bits < 0)
        return read_words(to, kind, node, err);
    left = bits;
    for (const struct snapshot_word *w = kind->words; w->name; w++) {
        if (w->value != bits && (!w->value || (bits & w->value) != w->value))
            continue;
        left &= ~(int64_t)w->value;
        r = items_add(to, w->name, err);
        if (r < 0)
            return r;
    }
    return left ? read_words(to, kind, node, err) : 1;
}

static int subnet_add(struct items *to, const char *address, const char *length, struct error *err)
{
    char text[PREFIX_TEXT_BYTES + 2 * SNAPSHOT_WORD_BYTES];
    struct addr a;
    unsigned bits;

    if (addr_parse(&a, address, NULL) == 0 && prefix_bits_parse(&bits, &a, length) == 0) {
        struct prefix p = prefix_of(&a, bits);

        prefix_text(text, &p);
    } else {
        snprintf(text, sizeof(text), "%s/%s", address, length);
    }
    return items_add(to, text, err);
}

/* Returns 1, 0 when there are no lengths to the addresses, or a negative code. */
static int read_subnets(struct items *to, const struct snapshot_node *object, const char *property,
                        const char *beside, struct error *err)
{
    struct snapshot_node addresses = snapshot_node_member(object, property);
    struct snapshot_node lengths = snapshot_node_member(object, beside);
    struct snapshot_words a, l;
    int r;

    if (!is_told(&addresses))
        return 0;
    snapshot_words_init(&a, &addresses);
    snapshot_words_init(&l, &lengths);
    while ((r = snapshot_words_next(&a, err)) > 0) {
        r = snapshot_words_next(&l, err);
        if (r == 0 && to->n == 0)
            return 0;
        if (r == 0)
            return snapshot_node_error(&lengths, err, "fewer entries than %s", property);
        if (r > 0)
            r = subnet_add(to, a.word, l.word, err);
        if (r < 0)
            return r;
    }
    return r < 0 ? r : 1;
}

/* ---- all forms ---- */

/* A cluster network is told as its object, or by its name. */
static int read_network(struct items *to, const struct setting_kind *kind,
                        const struct snapshot_node *node, struct error *err)
{
    struct snapshot_node name = snapshot_node_member(node, "Name");

    return read_scalar(to, kind, snapshot_node_is_absent(&name) ? node : &name, err);
}

static int read_items(struct items *to, const struct setting_kind *kind,
                      const struct snapshot_node *node, struct error *err)
{
    switch (kind->form) {
    case FORM_NETWORK:
        return read_network(to, kind, node, err);
    case FORM_FLAGS:
        return is_told(node) ? read_flags(to, kind, node, err) : 0;
    case FORM_NAMES:
        return is_told(node) ? read_names(to, kind, node, err) : 0;
    case FORM_WORDS:
    case FORM_ORDER:
    case FORM_NETWORKS:
        return is_told(node) ? read_words(to, kind, node, err) : 0;
    default:
        return read_scalar(to, kind, node, err);
    }
}

static int value_close(struct value *ret_value, struct items *of, const struct setting_kind *kind,
                       struct error *err)
{
    if (value_is_list(kind->form) || kind->form == FORM_NETWORKS)
        items_make_set(of);
    return items_close(ret_value, of, err);
}

int value_read_at(struct value *ret_value, const struct setting_kind *kind,
                  const struct snapshot_node *node, struct pool *pool, struct error *err)
{
    struct items items = { .pool = pool };
    int r;

    *ret_value = (struct value){ 0 };
    r = read_items(&items, kind, node, err);
    if (r == 0 && kind->flags & SETTING_NULL_IS_NONE && is_told(node))
        ret_value->items = none_items;
    if (r > 0)
        r = value_close(ret_value, &items, kind, err);
    free(items.texts);
    return r < 0 ? r : 0;
}

static int subnets_read(struct value *ret_value, const struct setting_kind *kind,
                        const struct snapshot_node *object, struct pool *pool, struct error *err)
{
    struct items items = { .pool = pool };
    int r = read_subnets(&items, object, kind->property, kind->beside, err);

    if (r >= 0 && items.n == 0 && kind->instead) {
        int of_instead = read_subnets(&items, object, kind->instead, kind->instead_beside, err);

        r = of_instead < 0 ? of_instead : r | of_instead;
    }
    if (r > 0)
        r = value_close(ret_value, &items, kind, err);
    free(items.texts);
    return r < 0 ? r : 0;
}

int value_read(struct value *ret_value, const struct setting_kind *kind,
               const struct snapshot_node *object, struct pool *pool, struct error *err)
{
    const char *dot = strchr(kind->property, '.');
    struct snapshot_node outer, node;
    char name[SNAPSHOT_WORD_BYTES];
    int r;

    *ret_value = (struct value){ 0 };
    if (kind->form == FORM_SUBNETS)
        return subnets_read(ret_value, kind, object, pool, err);
    if (dot) {
        snprintf(name, sizeof(name), "%.*s", (int)(dot - kind->property), kind->property);
        outer = snapshot_node_member(object, name);
        node = snapshot_node_member(&outer, dot + 1);
        return value_read_at(ret_value, kind, &node, pool, err);
    }
    node = snapshot_node_member(object, kind->property);
    r = value_read_at(ret_value, kind, &node, pool, err);
    if (r == 0 && ret_value->n_bytes == 0 && kind->instead) {
        struct value instead;

        node = snapshot_node_member(object, kind->instead);
        r = value_read_at(&instead, kind, &node, pool, err);
        if (r == 0 && instead.items)
            *ret_value = instead;
    }
    return r;
}
