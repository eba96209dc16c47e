#include "analyzers/flow/join.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/hash.h"

#define NS_PER_S INT64_C(1000000000)

enum {
    /* How many lives of one 5-tuple are looked at for a match; the latest ones. */
    MAX_CANDIDATES = 16,
    MAX_VIEWS = 1024,
};

/* Clocks of two hosts may differ, but connections without a common SYN or sequence range by no more
 * than this. */
#define MAX_APART_NS (60 * NS_PER_S)

struct sort_entry {
    uint64_t key;
    uint32_t number;
};

static int entry_order(const void *left, const void *right)
{
    const struct sort_entry *a = left, *b = right;

    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* Times sort as unsigned once the sign bit is turned. */
static uint64_t time_key(int64_t time_ns)
{
    return (uint64_t)time_ns ^ UINT64_C(1) << 63;
}

static bool is_same_ends(const struct observation *a, const struct observation *b)
{
    return memcmp(a->addr, b->addr, sizeof(a->addr)) == 0 && a->port[0] == b->port[0] &&
           a->port[1] == b->port[1] && a->protocol == b->protocol;
}

static bool is_erspan(uint32_t tunnel)
{
    return tunnel >> 24 == TUNNEL_ERSPAN;
}

/* Mirror sessions are vantage points of their own, whichever NIC their packets arrive at. */
static bool tags_agree(const struct observation *a, const struct observation *b)
{
    bool are_mirrors = is_erspan(a->tunnel) && is_erspan(b->tunnel) && a->tunnel != b->tunnel;
    bool same_tunnel = a->tunnel == b->tunnel || !a->tunnel || !b->tunnel || are_mirrors;

    if (a->vantage == b->vantage && !are_mirrors)
        return false;
    return same_tunnel && (a->vlan == b->vlan || !a->vlan || !b->vlan);
}

static bool ranges_meet(const struct half *a, const struct half *b)
{
    uint32_t apart = (uint32_t)b->start - (uint32_t)a->start;

    return apart <= a->next - a->start || (uint32_t)-apart <= b->next - b->start;
}

enum fit { FIT_NOT, FIT_BY_TIME, FIT_BY_STREAM };

static enum fit lives_fit(const struct observation *a, const struct observation *b)
{
    bool streams_meet = false;

    for (int i = 0; i < 2; i++) {
        unsigned both = a->half[i].flags & b->half[i].flags;

        if (both & HALF_HAS_SYN)
            return (uint32_t)a->half[i].start == (uint32_t)b->half[i].start ? FIT_BY_STREAM
                                                                            : FIT_NOT;
        if (both & HALF_HAS_DATA && ranges_meet(&a->half[i], &b->half[i]))
            streams_meet = true;
    }
    if (streams_meet)
        return FIT_BY_STREAM;
    return a->first_ns <= b->last_ns + MAX_APART_NS && b->first_ns <= a->last_ns + MAX_APART_NS
               ? FIT_BY_TIME
               : FIT_NOT;
}

/* What decides which vantage point saw most: payload that it saw at least once. */
static uint64_t unique_bytes(const struct observation *o)
{
    return o->half[0].payload_bytes - o->half[0].retransmitted_bytes + o->half[1].payload_bytes -
           o->half[1].retransmitted_bytes;
}

static bool saw_more(const struct observation *a, const struct observation *b)
{
    if (unique_bytes(a) != unique_bytes(b))
        return unique_bytes(a) > unique_bytes(b);
    return a->half[0].packets + a->half[1].packets > b->half[0].packets + b->half[1].packets;
}

/* Of a direction that only one of them saw, as on the two sides of a tap, the other tells nothing.
 */
static bool streams_differ(const struct observation *a, const struct observation *b)
{
    for (int i = 0; i < 2; i++) {
        if (!a->half[i].packets || !b->half[i].packets)
            continue;
        if (half_stream_bytes(&a->half[i], &a->half[!i]) !=
            half_stream_bytes(&b->half[i], &b->half[!i]))
            return true;
    }
    return false;
}

static int client_of(const struct observation *o, struct flow_ports ports)
{
    uint16_t services[] = { ports.lm, ports.smb, PORT_SMB_DIRECT, PORT_ROCE };

    for (int i = 0; i < 2; i++) {
        if (o->half[i].flags & HALF_IS_CLIENT)
            return i;
    }
    for (size_t s = 0; s < sizeof(services) / sizeof(*services); s++) {
        for (int i = 0; i < 2; i++) {
            if (o->port[!i] == services[s] && o->port[i] != services[s])
                return i;
        }
    }
    return observation_client(o);
}

static void count_duplicates(struct result *r, const struct observation *o)
{
    if (o->vantage < r->n_nics)
        r->nics[o->vantage].duplicate_packets +=
            (uint64_t)o->half[0].duplicate_packets + o->half[1].duplicate_packets;
}

/* A connection's facts that come from its observations, and the NICs' that do. */
static void connection_finish(struct result *r, struct result_connection *c,
                              struct flow_ports ports)
{
    const struct observation *best = result_observation(r, c, 0);

    count_duplicates(r, best);
    for (unsigned i = 1; i < c->n_observations; i++) {
        const struct observation *o = result_observation(r, c, i);

        count_duplicates(r, o);
        if (streams_differ(o, best))
            c->disagrees = 1;
        if (saw_more(o, best)) {
            best = o;
            c->best = (uint16_t)i;
        }
    }
    c->client = (uint8_t)client_of(best, ports);
    c->network[0] = c->network[1] = -1;
}

/* Every live observation's number, with a key to sort by. */
static struct sort_entry *entries_by(const struct flow_table *t,
                                     uint64_t (*key)(const struct observation *), size_t *ret_n,
                                     struct error *err)
{
    uint32_t n_numbers = flow_table_count(t);
    struct sort_entry *entries = malloc((n_numbers + 1) * sizeof(*entries));
    bool is_sorted = true;
    size_t n = 0;

    if (!entries) {
        error_memory(err);
        return NULL;
    }
    for (uint32_t i = 0; i < n_numbers; i++) {
        const struct observation *o = flow_table_get(t, i);

        if (!o->protocol)
            continue;
        entries[n] = (struct sort_entry){ key(o), i };
        is_sorted = is_sorted && (n == 0 || entries[n - 1].key <= entries[n].key);
        n++;
    }
    if (!is_sorted)
        qsort(entries, n, sizeof(*entries), entry_order);
    *ret_n = n;
    return entries;
}

static uint64_t start_key(const struct observation *o)
{
    return time_key(o->first_ns);
}

/* Equal for the two ends of one 5-tuple; the order itself means nothing, but must not be random. */
static uint64_t ends_key(const struct observation *o)
{
    static const struct hash_key fixed = { { 0x9e3779b97f4a7c15u, 0xbf58476d1ce4e5b9u,
                                             0x94d049bb133111ebu, 0xd6e8feb86659fd93u } };

    return hash_words(&fixed, hash_load64(o->addr[0].bytes) ^ o->protocol,
                      hash_load64(o->addr[0].bytes + 8) + o->port[0],
                      hash_load64(o->addr[1].bytes) + o->port[1],
                      hash_load64(o->addr[1].bytes + 8));
}

/* One observation each: nothing to put together. */
static int connections_single(struct result *r, const struct flow_table *t, struct error *err)
{
    size_t n;
    AUTO_MEMORY struct sort_entry *entries = entries_by(t, start_key, &n, err);

    if (!entries)
        return ERR_MEMORY;
    r->connections = calloc(n + 1, sizeof(*r->connections));
    r->order = malloc((n + 1) * sizeof(*r->order));
    if (!r->connections || !r->order)
        return error_memory(err);
    for (size_t i = 0; i < n; i++) {
        r->order[i] = entries[i].number;
        r->connections[i].first_observation = (uint32_t)i;
        r->connections[i].n_observations = 1;
    }
    r->n_connections = n;
    return 0;
}

/* A connection while its group is put together: a chain of entries. */
struct joining {
    uint32_t *next;  /* by entry: the next view of the same connection, 0: none (entry 0 is no
                        successor) */
    uint32_t *heads; /* by connection: its first entry */
    uint32_t *tails;
    uint16_t *n_views;
    size_t n;
};

static enum fit fits(const struct flow_table *t, const struct sort_entry *entries,
                     const struct joining *j, size_t connection, const struct observation *o)
{
    uint32_t at = j->heads[connection];
    const struct observation *first = flow_table_get(t, entries[at].number);

    if (!is_same_ends(first, o) || j->n_views[connection] >= MAX_VIEWS)
        return FIT_NOT;
    for (unsigned i = 0; i < j->n_views[connection]; i++, at = j->next[at]) {
        if (!tags_agree(flow_table_get(t, entries[at].number), o))
            return FIT_NOT;
    }
    return lives_fit(first, o);
}

/* The connection from @lowest on that the observation is another view of, the latest of several; or
 * j->n: of none. */
static size_t find_connection(const struct flow_table *t, const struct sort_entry *entries,
                              const struct joining *j, size_t lowest, const struct observation *o)
{
    size_t found = j->n;

    for (size_t c = j->n; c > lowest; c--) {
        enum fit fit = fits(t, entries, j, c - 1, o);

        if (fit == FIT_BY_STREAM)
            return c - 1;
        if (fit == FIT_BY_TIME && found == j->n)
            found = c - 1;
    }
    return found;
}

/* Entries [from, to) have the same key: nearly always one 5-tuple. */
static void join_group(const struct flow_table *t, const struct sort_entry *entries,
                       struct joining *j, size_t from, size_t to)
{
    size_t first = j->n;

    for (size_t i = from; i < to; i++) {
        const struct observation *o = flow_table_get(t, entries[i].number);
        size_t lowest = j->n > first + MAX_CANDIDATES ? j->n - MAX_CANDIDATES : first;
        size_t c = find_connection(t, entries, j, lowest, o);

        if (c < j->n) {
            j->next[j->tails[c]] = (uint32_t)i;
            j->tails[c] = (uint32_t)i;
            j->n_views[c]++;
            continue;
        }
        j->heads[j->n] = j->tails[j->n] = (uint32_t)i;
        j->n_views[j->n++] = 1;
    }
}

static int64_t joined_start(const struct flow_table *t, const struct sort_entry *entries,
                            const struct joining *j, size_t connection)
{
    int64_t start = INT64_MAX;
    uint32_t at = j->heads[connection];

    for (unsigned i = 0; i < j->n_views[connection]; i++, at = j->next[at]) {
        const struct observation *o = flow_table_get(t, entries[at].number);

        if (o->first_ns < start)
            start = o->first_ns;
    }
    return start;
}

/* Writes the joined connections by their start. */
static int connections_write(struct result *r, const struct flow_table *t,
                             const struct sort_entry *entries, size_t n_entries,
                             const struct joining *j, struct error *err)
{
    AUTO_MEMORY struct sort_entry *starts = malloc((j->n + 1) * sizeof(*starts));
    uint32_t n_placed = 0;

    r->connections = calloc(j->n + 1, sizeof(*r->connections));
    r->order = malloc((n_entries + 1) * sizeof(*r->order));
    if (!starts || !r->connections || !r->order)
        return error_memory(err);
    for (size_t c = 0; c < j->n; c++)
        starts[c] = (struct sort_entry){ time_key(joined_start(t, entries, j, c)), (uint32_t)c };
    qsort(starts, j->n, sizeof(*starts), entry_order);
    for (size_t i = 0; i < j->n; i++) {
        uint32_t c = starts[i].number, at = j->heads[c];

        r->connections[i].first_observation = n_placed;
        r->connections[i].n_observations = j->n_views[c];
        for (unsigned v = 0; v < j->n_views[c]; v++, at = j->next[at])
            r->order[n_placed++] = entries[at].number;
    }
    r->n_connections = j->n;
    return 0;
}

static int connections_grouped(struct result *r, const struct flow_table *t, struct error *err)
{
    size_t n = 0;
    AUTO_MEMORY struct sort_entry *entries = entries_by(t, ends_key, &n, err);
    AUTO_MEMORY uint32_t *next = calloc(n + 1, sizeof(*next));
    AUTO_MEMORY uint32_t *heads = malloc((n + 1) * sizeof(*heads));
    AUTO_MEMORY uint32_t *tails = malloc((n + 1) * sizeof(*tails));
    AUTO_MEMORY uint16_t *n_views = malloc((n + 1) * sizeof(*n_views));
    struct joining j = { next, heads, tails, n_views, 0 };

    if (!entries || !next || !heads || !tails || !n_views)
        return error_memory(err);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && entries[to].key == entries[from].key;)
            to++;
        join_group(t, entries, &j, from, to);
    }
    return connections_write(r, t, entries, n, &j, err);
}

/* Whether any connection can have been seen from two places. */
static bool has_several_places(const struct flow_table *t)
{
    const struct observation *first = NULL;

    for (uint32_t i = 0; i < flow_table_count(t); i++) {
        const struct observation *o = flow_table_get(t, i);

        if (!o->protocol)
            continue;
        if (!first)
            first = o;
        if (o->vantage != first->vantage || is_erspan(o->tunnel))
            return true;
    }
    return false;
}

int connections_join(struct result *r, struct flow_table *t, struct flow_ports ports,
                     struct error *err)
{
    int n;

    flow_table_settle(t);
    r->connections_folded = flow_table_folded(t);
    r->folded_bytes = flow_table_folded_bytes(t);
    r->chunks = flow_table_take_chunks(t, &r->n_chunks);
    n = has_several_places(t) ? connections_grouped(r, t, err) : connections_single(r, t, err);
    if (n < 0)
        return n;
    for (size_t i = 0; i < r->n_connections; i++)
        connection_finish(r, &r->connections[i], ports);
    return 0;
}
