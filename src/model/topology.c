/* Networks, hosts and addresses as plain arrays, and the two lookups that every connection needs.
 */
#include "src/model/topology.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "src/base/array.h"

/* A prefix as the lookup wants it: numbers in host order, and the row of the next wider prefix. */
struct prefix_row {
    uint64_t high, low;
    uint64_t mask_high, mask_low;
    uint8_t bits;
    int network;
    int parent; /* -1: none is wider */
};

struct key {
    uint64_t high, low;
};

static inline uint64_t load_be64(const uint8_t *p)
{
    return (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 | (uint64_t)p[2] << 40 |
           (uint64_t)p[3] << 32 | (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
           (uint64_t)p[6] << 8 | p[7];
}

static inline struct key key_of(const struct addr *a)
{
    return (struct key){ load_be64(a->bytes), load_be64(a->bytes + 8) };
}

static inline int key_compare(struct key a, struct key b)
{
    if (a.high != b.high)
        return a.high < b.high ? -1 : 1;
    return a.low == b.low ? 0 : a.low < b.low ? -1 : 1;
}

static int copy_name(char **ret_copy, const char *name, struct error *err)
{
    char *copy;

    if (strlen(name) > TOPOLOGY_MAX_NAME_BYTES)
        return error_set(err, ERR_LIMIT, "name '%.32s...' is longer than %d bytes", name,
                         TOPOLOGY_MAX_NAME_BYTES);
    copy = strdup(name);
    if (!copy)
        return error_memory(err);
    *ret_copy = copy;
    return 0;
}

void topology_init(struct topology *t)
{
    memset(t, 0, sizeof(*t));
}

void topology_release(struct topology *t)
{
    for (size_t i = 0; i < t->n_networks; i++) {
        free(t->networks[i].name);
        free(t->networks[i].id);
        free(t->networks[i].prefixes);
    }
    for (size_t i = 0; i < t->n_hosts; i++) {
        free(t->hosts[i].name);
        free(t->hosts[i].migration_subnets);
    }
    for (size_t i = 0; i < t->n_addresses; i++)
        free(t->addresses[i].adapter);
    free(t->cluster);
    free(t->networks);
    free(t->hosts);
    free(t->addresses);
    free(t->intended_reason);
    free(t->prefix_rows);
    topology_init(t);
}

/* ---- networks ---- */

/* "{A1}" is "a1": braces and case of an id differ between its sources. */
static bool id_equals(const char *id, const char *other)
{
    size_t n = strlen(other);

    if (n >= 2 && other[0] == '{' && other[n - 1] == '}') {
        other++;
        n -= 2;
    }
    return n && strlen(id) == n && strncasecmp(id, other, n) == 0;
}

int topology_find(const struct topology *t, const char *name_or_id)
{
    for (size_t i = 0; i < t->n_networks; i++)
        if (strcasecmp(t->networks[i].name, name_or_id) == 0)
            return (int)i;
    for (size_t i = 0; i < t->n_networks; i++)
        if (id_equals(t->networks[i].id, name_or_id))
            return (int)i;
    return NO_NETWORK;
}

int topology_network_add(struct topology *t, const char *name, enum network_origin origin,
                         struct error *err)
{
    struct network added = { .origin = origin,
                             .role = ROLE_UNKNOWN,
                             .state = STATE_UNKNOWN,
                             .metric = -1,
                             .migration_order = -1,
                             .expected_place = -1 };
    int found = topology_find(t, name);
    int r;

    if (found != NO_NETWORK)
        return found;
    if (!*name)
        return error_set(err, ERR_USAGE, "a network needs a name");
    r = array_reserve(&t->networks, &t->networks_capacity, t->n_networks + 1, sizeof(added),
                      TOPOLOGY_MAX_NETWORKS, err);
    if (r < 0)
        return error_prefix(err, r, "networks");
    r = copy_name(&added.name, name, err);
    if (r < 0)
        return r;
    added.id = strdup("");
    if (!added.id) {
        free(added.name);
        return error_memory(err);
    }
    t->networks[t->n_networks] = added;
    return (int)t->n_networks++;
}

/* ---- prefixes ---- */

static struct prefix_row row_of(const struct prefix *p, int network)
{
    struct key k = key_of(&p->addr);
    unsigned high_bits = p->bits < 64 ? p->bits : 64;
    unsigned low_bits = p->bits - high_bits;

    return (struct prefix_row){
        .high = k.high,
        .low = k.low,
        .mask_high = high_bits ? UINT64_MAX << (64 - high_bits) : 0,
        .mask_low = low_bits ? UINT64_MAX << (64 - low_bits) : 0,
        .bits = p->bits,
        .network = network,
    };
}

static inline bool row_covers(const struct prefix_row *row, struct key k)
{
    return ((k.high ^ row->high) & row->mask_high) == 0 &&
           ((k.low ^ row->low) & row->mask_low) == 0;
}

/* How many rows begin at or before this key; with equal beginnings only those of at most @bits. */
static inline size_t rows_until(const struct topology *t, struct key k, unsigned bits)
{
    size_t first = 0, n = t->n_prefix_rows;

    while (n) {
        const struct prefix_row *row = &t->prefix_rows[first + n / 2];
        int order = key_compare((struct key){ row->high, row->low }, k);

        if (order < 0 || (order == 0 && row->bits <= bits)) {
            first += n / 2 + 1;
            n -= n / 2 + 1;
        } else {
            n /= 2;
        }
    }
    return first;
}

/* Prefixes are nested or apart, so the next wider one is among the ancestors of the row before. */
static void rows_link(struct topology *t, size_t from)
{
    for (size_t i = from; i < t->n_prefix_rows; i++) {
        struct prefix_row *row = &t->prefix_rows[i];
        int parent = (int)i - 1;

        while (parent >= 0 &&
               !row_covers(&t->prefix_rows[parent], (struct key){ row->high, row->low }))
            parent = t->prefix_rows[parent].parent;
        row->parent = parent;
    }
}

/* rows_find() - the longest prefix around an address. IPv6 prefixes so wide that they cover the
 * mapped IPv4 addresses (::/0) hold none of them. */
static inline int rows_find(const struct topology *t, struct key k)
{
    bool is_v4 = k.high == 0 && k.low >> 32 == 0xffff;
    int i = (int)rows_until(t, k, 128) - 1;

    for (; i >= 0; i = t->prefix_rows[i].parent)
        if (row_covers(&t->prefix_rows[i], k) && (!is_v4 || t->prefix_rows[i].bits >= 96))
            return t->prefix_rows[i].network;
    return NO_NETWORK;
}

int topology_prefix_find(const struct topology *t, const struct prefix *p)
{
    struct key k = key_of(&p->addr);
    size_t i = rows_until(t, k, p->bits);
    const struct prefix_row *row = i ? &t->prefix_rows[i - 1] : NULL;

    if (row && row->high == k.high && row->low == k.low && row->bits == p->bits)
        return row->network;
    return NO_NETWORK;
}

static int network_list_prefix(struct network *n, const struct prefix *p, struct error *err)
{
    size_t capacity = n->n_prefixes;
    int r;

    for (size_t i = 0; i < n->n_prefixes; i++)
        if (prefix_equal(&n->prefixes[i], p))
            return 0;
    r = array_reserve(&n->prefixes, &capacity, n->n_prefixes + 1, sizeof(*p), NETWORK_MAX_PREFIXES,
                      err);
    if (r < 0)
        return error_prefix(err, r, "prefixes of network '%s'", n->name);
    n->prefixes[n->n_prefixes++] = *p;
    return 0;
}

int topology_prefix_add(struct topology *t, int network, const struct prefix *p, struct error *err)
{
    size_t at;
    int r;

    if (topology_prefix_find(t, p) == NO_NETWORK) {
        r = array_reserve(&t->prefix_rows, &t->prefix_rows_capacity, t->n_prefix_rows + 1,
                          sizeof(*t->prefix_rows), TOPOLOGY_MAX_PREFIXES, err);
        if (r < 0)
            return error_prefix(err, r, "prefixes of all networks");
        at = rows_until(t, key_of(&p->addr), p->bits);
        memmove(t->prefix_rows + at + 1, t->prefix_rows + at,
                (t->n_prefix_rows - at) * sizeof(*t->prefix_rows));
        t->prefix_rows[at] = row_of(p, network);
        t->n_prefix_rows++;
        rows_link(t, at);
    }
    return network_list_prefix(&t->networks[network], p, err);
}

/* ---- hosts and their addresses ---- */

/* "hv01" and "HV01.corp.example" are one host; two different domains are two. */
bool host_names_equal(const char *a, const char *b)
{
    size_t n_a = strcspn(a, "."), n_b = strcspn(b, ".");

    if (n_a != n_b || strncasecmp(a, b, n_a) != 0)
        return false;
    return !a[n_a] || !b[n_b] || strcasecmp(a + n_a, b + n_b) == 0;
}

int topology_host_find(const struct topology *t, const char *name)
{
    for (size_t i = 0; i < t->n_hosts; i++)
        if (host_names_equal(t->hosts[i].name, name))
            return (int)i;
    return NO_HOST;
}

int topology_host_add(struct topology *t, const char *name, struct error *err)
{
    struct host added = { 0 };
    int found = topology_host_find(t, name);
    int r;

    if (!*name)
        return error_set(err, ERR_INPUT, "a host needs a name");
    if (found != NO_HOST)
        return found;
    r = array_reserve(&t->hosts, &t->hosts_capacity, t->n_hosts + 1, sizeof(added),
                      TOPOLOGY_MAX_HOSTS, err);
    if (r < 0)
        return error_prefix(err, r, "hosts");
    r = copy_name(&added.name, name, err);
    if (r < 0)
        return r;
    t->hosts[t->n_hosts] = added;
    return (int)t->n_hosts++;
}

/* How many addresses stand before this one. */
static inline size_t addresses_before(const struct topology *t, struct key k)
{
    size_t first = 0, n = t->n_addresses;

    while (n) {
        if (key_compare(key_of(&t->addresses[first + n / 2].addr), k) < 0) {
            first += n / 2 + 1;
            n -= n / 2 + 1;
        } else {
            n /= 2;
        }
    }
    return first;
}

static struct host_address *address_find(const struct topology *t, const struct addr *a)
{
    size_t i = addresses_before(t, key_of(a));

    return i < t->n_addresses && addr_equal(&t->addresses[i].addr, a) ? &t->addresses[i] : NULL;
}

/* address_update() - told again. @adapter is taken over. */
static void address_update(struct host_address *known, int host, int network, char *adapter)
{
    if (known->host != host) {
        known->host = NO_HOST;
        known->adapter[0] = '\0';
    } else if (*adapter) {
        free(known->adapter);
        known->adapter = adapter;
        adapter = NULL;
    }
    if (known->network == NO_NETWORK)
        known->network = network;
    free(adapter);
}

int topology_address_add(struct topology *t, const struct addr *a, int host, int network,
                         const char *adapter, struct error *err)
{
    struct host_address added = { .addr = *a, .host = host, .network = network };
    struct host_address *known = address_find(t, a);
    size_t at = addresses_before(t, key_of(a));
    int r;

    if (!known) {
        r = array_reserve(&t->addresses, &t->addresses_capacity, t->n_addresses + 1, sizeof(added),
                          TOPOLOGY_MAX_ADDRESSES, err);
        if (r < 0)
            return error_prefix(err, r, "addresses");
    }
    r = copy_name(&added.adapter, adapter, err);
    if (r < 0)
        return r;
    if (known) {
        address_update(known, host, network, added.adapter);
        return 0;
    }
    memmove(t->addresses + at + 1, t->addresses + at,
            (t->n_addresses - at) * sizeof(*t->addresses));
    t->addresses[at] = added;
    t->n_addresses++;
    return 0;
}

const struct host_address *topology_address_of(const struct topology *t, const struct addr *a)
{
    return address_find(t, a);
}

int topology_host_of(const struct topology *t, const struct addr *a)
{
    const struct host_address *known = address_find(t, a);

    return known ? known->host : NO_HOST;
}

int topology_network_of(const struct topology *t, const struct addr *a)
{
    int by_prefix = rows_find(t, key_of(a));
    const struct host_address *known;

    if (by_prefix != NO_NETWORK && t->networks[by_prefix].origin == NETWORK_FROM_OPTION)
        return by_prefix;
    known = address_find(t, a);
    return known && known->network != NO_NETWORK ? known->network : by_prefix;
}

void topology_address_set_subnet(struct topology *t, const struct addr *a, unsigned family_bits)
{
    struct host_address *known = address_find(t, a);

    if (known && family_bits < (addr_is_v4(a) ? 32u : 128u))
        known->subnet_bits = family_bits;
}

static struct prefix guess_around(const struct topology *t, const struct addr *a)
{
    const struct host_address *known = address_find(t, a);

    if (known && known->subnet_bits)
        return prefix_of(a, known->subnet_bits);
    if (!addr_is_v4(a))
        return prefix_of(a, 64);
    return prefix_of(a, addr_is_link_local(a) ? 16 : 24);
}

int topology_guess(struct topology *t, const struct addr *a, struct error *err)
{
    char name[PREFIX_TEXT_BYTES];
    struct prefix around;
    int known = topology_network_of(t, a);
    int network, r;

    if (known != NO_NETWORK)
        return known;
    around = guess_around(t, a);
    network = topology_network_add(t, prefix_text(name, &around), NETWORK_GUESSED, err);
    if (network < 0)
        return network;
    r = topology_prefix_add(t, network, &around, err);
    return r < 0 ? r : network;
}

const char *network_role_name(enum network_role role)
{
    switch (role) {
    case ROLE_NONE:
        return "None";
    case ROLE_CLUSTER:
        return "Cluster";
    case ROLE_CLIENT:
        return "Client";
    case ROLE_CLUSTER_AND_CLIENT:
        return "ClusterAndClient";
    case ROLE_UNKNOWN:
        break;
    }
    return NULL;
}
