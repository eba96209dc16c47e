/* What the user says of networks: -n definitions and --expect. */
#include "src/model/topology.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_ITEM_BYTES = 256, NAMES_TEXT_BYTES = 400 };

static size_t trim(const char **p, size_t n)
{
    while (n && (**p == ' ' || **p == '\t')) {
        (*p)++;
        n--;
    }
    while (n && ((*p)[n - 1] == ' ' || (*p)[n - 1] == '\t'))
        n--;
    return n;
}

/* A cluster network's own name may have commas in it: the longest that is known counts. */
static size_t item_length(const struct topology *t, const char *at)
{
    char name[MAX_ITEM_BYTES];

    for (size_t n = t ? strlen(at) : 0; n > 0; n--) {
        const char *p = at;
        size_t n_name = at[n] == '\0' || at[n] == ',' ? trim(&p, n) : 0;

        if (n_name == 0 || n_name >= MAX_ITEM_BYTES || !memchr(p, ',', n_name))
            continue;
        memcpy(name, p, n_name);
        name[n_name] = '\0';
        if (topology_find(t, name) != NO_NETWORK)
            return n;
    }
    return strcspn(at, ",");
}

/*
 * item_next() - the next comma-separated item, without the blanks around it; where @t is given, a
 * name of its networks is one item.
 *
 * Returns 1, 0 at the end, ERR_USAGE for one that is empty or too long.
 */
static int item_next(char item[MAX_ITEM_BYTES], const struct topology *t, const char **at,
                     const char *list, struct error *err)
{
    const char *p = *at;
    size_t n;

    if (!p)
        return 0;
    n = item_length(t, p);
    *at = p[n] ? p + n + 1 : NULL;
    n = trim(&p, n);
    if (!n)
        return error_set(err, ERR_USAGE, "empty item in '%s'", list);
    if (n >= MAX_ITEM_BYTES)
        return error_set(err, ERR_USAGE, "item '%.32s...' is too long", p);
    memcpy(item, p, n);
    item[n] = '\0';
    return 1;
}

/* name_take() - the trimmed name before the last '=', which no prefix can contain. */
static int name_take(char name[MAX_ITEM_BYTES], const char **ret_prefixes, const char *definition,
                     struct error *err)
{
    const char *equals = strrchr(definition, '=');
    size_t n = trim(&definition, equals ? (size_t)(equals - definition) : 0);

    if (!n || n >= MAX_ITEM_BYTES || memchr(definition, ',', n))
        return error_set(err, ERR_USAGE,
                         "'%.64s' defines no network; write NAME=PREFIX[,PREFIX]..., as in "
                         "'Storage1=10.20.0.0/24,fd00:20::/64'",
                         definition);
    memcpy(name, definition, n);
    name[n] = '\0';
    *ret_prefixes = equals + 1;
    return 0;
}

int topology_define(struct topology *t, const char *definition, struct error *err)
{
    char name[MAX_ITEM_BYTES], item[MAX_ITEM_BYTES];
    const char *at;
    struct prefix p;
    int network, owner, r;

    r = name_take(name, &at, definition, err);
    if (r < 0)
        return r;
    network = topology_network_add(t, name, NETWORK_FROM_OPTION, err);
    if (network < 0)
        return network;
    while ((r = item_next(item, NULL, &at, definition, err)) > 0) {
        r = prefix_parse(&p, item, err);
        if (r < 0)
            return error_prefix(err, r, "network '%s'", name);
        owner = topology_prefix_find(t, &p);
        if (owner != NO_NETWORK && owner != network)
            return error_set(err, ERR_USAGE,
                             "network '%s': prefix '%s' is that of network '%s' already", name,
                             item, t->networks[owner].name);
        r = topology_prefix_add(t, network, &p, err);
        if (r < 0)
            return r;
    }
    return r;
}

/* "'Management', 'Storage1'", cut with "..." where it gets long. */
static void names_text(char to[NAMES_TEXT_BYTES], const struct topology *t)
{
    size_t used = 0;

    to[0] = '\0';
    for (size_t i = 0; i < t->n_networks; i++) {
        const char *name = t->networks[i].name;
        size_t n = strlen(name);

        if (used + n + 10 > NAMES_TEXT_BYTES) {
            strcpy(to + used, ", ...");
            return;
        }
        used += (size_t)sprintf(to + used, "%s'%s'", used ? ", " : "", name);
    }
}

static int unknown(const struct topology *t, const char *item, struct error *err)
{
    char names[NAMES_TEXT_BYTES];

    names_text(names, t);
    if (!*names)
        return error_set(err, ERR_USAGE,
                         "no network '%s': none is known; define it with -n NAME=PREFIX or give a "
                         "snapshot with -t",
                         item);
    return error_set(err, ERR_USAGE, "no network '%s'; known are %s", item, names);
}

static bool prefix_within(const struct prefix *outer, const struct prefix *inner)
{
    return inner->bits >= outer->bits && prefix_contains(outer, &inner->addr);
}

/* pick_prefix() - the network that has it, and those with one within it. Returns how many. */
static int pick_prefix(const struct topology *t, const struct prefix *p, bool *picked)
{
    int network = topology_prefix_find(t, p);
    int n = 0;

    for (size_t i = 0; i < t->n_networks; i++) {
        bool is_in = (int)i == network;

        for (size_t j = 0; j < t->networks[i].n_prefixes; j++)
            is_in |= prefix_within(p, &t->networks[i].prefixes[j]);
        picked[i] |= is_in;
        n += is_in;
    }
    return n;
}

/* pick_item() - Returns how many networks it names, 0 for a prefix (@ret_prefix) that no network
 * has, or ERR_USAGE. */
static int pick_item(const struct topology *t, const char *item, bool *picked,
                     struct prefix *ret_prefix, struct error *err)
{
    int network = topology_find(t, item);

    if (network == NO_NETWORK) {
        if (prefix_parse(ret_prefix, item, NULL) < 0)
            return unknown(t, item, err);
        if (strchr(item, '/'))
            return pick_prefix(t, ret_prefix, picked);
        network = topology_network_of(t, &ret_prefix->addr);
        if (network == NO_NETWORK)
            return error_set(
                err, ERR_USAGE,
                "address '%s' is in no known network; give its prefix, such as '%s/%d'", item, item,
                addr_is_v4(&ret_prefix->addr) ? 24 : 64);
    }
    picked[network] = true;
    return 1;
}

int topology_pick(const struct topology *t, const char *list, bool *picked, struct error *err)
{
    char item[MAX_ITEM_BYTES];
    const char *at = list;
    struct prefix p;
    int r;

    while ((r = item_next(item, t, &at, list, err)) > 0) {
        r = pick_item(t, item, picked, &p, err);
        if (r <= 0)
            return r < 0 ? r : unknown(t, item, err);
    }
    return r;
}

/* expect_new() - a network made for a prefix that none has. */
static int expect_new(struct topology *t, const struct prefix *p, int place, struct error *err)
{
    char name[PREFIX_TEXT_BYTES];
    int network = topology_network_add(t, prefix_text(name, p), NETWORK_FROM_OPTION, err);

    if (network < 0)
        return network;
    t->networks[network].is_intended = true;
    t->networks[network].expected_place = place;
    return topology_prefix_add(t, network, p, err);
}

static int expect_item(struct topology *t, const char *item, int place, struct error *err)
{
    AUTO_MEMORY bool *picked = calloc(t->n_networks + 1, sizeof(*picked));
    bool is_prefix = topology_find(t, item) == NO_NETWORK && strchr(item, '/');
    struct prefix p;
    int r;

    if (!picked)
        return error_memory(err);
    r = pick_item(t, item, picked, &p, err);
    if (r < 0)
        return r;
    for (size_t i = 0; i < t->n_networks; i++) {
        if (!picked[i] || t->networks[i].is_intended)
            continue;
        t->networks[i].is_intended = true;
        t->networks[i].expected_place = place;
    }
    return is_prefix && topology_prefix_find(t, &p) == NO_NETWORK ? expect_new(t, &p, place, err)
                                                                  : 0;
}

int topology_expect(struct topology *t, const char *list, struct error *err)
{
    char item[MAX_ITEM_BYTES];
    const char *at = list;
    char *reason;
    int place = 0, r;

    for (size_t i = 0; i < t->n_networks; i++) {
        t->networks[i].is_intended = false;
        t->networks[i].expected_place = -1;
    }
    while ((r = item_next(item, t, &at, list, err)) > 0) {
        r = expect_item(t, item, place++, err);
        if (r < 0)
            return error_prefix(err, r, "--expect");
    }
    if (r < 0)
        return error_prefix(err, r, "--expect");
    reason = strdup("given with --expect");
    if (!reason)
        return error_memory(err);
    free(t->intended_reason);
    t->intended_reason = reason;
    return 0;
}
