/*
 * Which connections carried a migration, from which host to which? (DESIGN 5, FACTS 1.1 and 1.2.)
 *
 * Connections to the migration port of one host pair that follow each other closely are one
 * transfer. Bytes are weighed, not connections: in SMB mode the migration port carries only the
 * conversation about it, and the memory is the bulk that is written over SMB meanwhile.
 */
#include <stdlib.h>
#include <string.h>

#include "analyzers/questions/hosts.h"
#include "analyzers/questions/questions.h"
#include "analyzers/questions/rate.h"
#include "src/base/array.h"
#include "src/base/text.h"
#include "src/base/units.h"

#define NS_PER_S INT64_C(1000000000)

enum {
    /* Less than this is a conversation, not a memory. */
    MIN_MEMORY_BYTES = 1024 * 1024,
    /* With this much on the migration port itself the memory is there, whatever SMB carries
       meanwhile. */
    MIN_BULK_BYTES = 16 * 1024 * 1024,
    /* A bulk write sends far more than it gets. */
    MIN_DIRECTION_RATIO = 4,
    /* Of a transfer's bytes; a connection with less is about it, not of it. */
    CONTROL_SHARE_DIVISOR = 100,
    MAX_TRANSFERS = 16384,
    MAX_BULK_WRITES = 4096,
};

/* Connections of one migration follow each other without a longer pause. */
#define WINDOW_GAP_NS (1 * NS_PER_S)

/* A connection that may be part of a transfer. */
struct candidate {
    uint32_t connection;
    int source; /* index into result.hosts */
    int destination;
    int64_t start_ns;
    int64_t end_ns;
    uint64_t bytes; /* in the memory's direction: client to server */
    bool is_taken;
};

struct candidates {
    struct candidate *items;
    size_t n;
    size_t capacity;
};

/* What the work on one capture carries about. */
struct search {
    struct result *r;
    const struct question *q;
    struct host_index hosts;
    struct candidates migration; /* to the migration port */
    struct candidates bulk;      /* bulk writes over SMB or SMB Direct */
    size_t transfers_capacity;
};

static uint64_t bytes_sent(const struct observation *o, int side)
{
    return half_stream_bytes(&o->half[side], &o->half[!side]);
}

static bool is_to_port(const struct observation *o, int client, uint8_t protocol, uint16_t port)
{
    return o->protocol == protocol && o->port[!client] == port;
}

static bool is_bulk_write(const struct observation *o, int client, const struct question *q)
{
    uint64_t sent = bytes_sent(o, client);

    if (!is_to_port(o, client, IP_TCP, q->ports.smb) &&
        !is_to_port(o, client, IP_TCP, PORT_SMB_DIRECT) &&
        !is_to_port(o, client, IP_UDP, PORT_ROCE))
        return false;
    return sent >= MIN_MEMORY_BYTES && sent / MIN_DIRECTION_RATIO >= bytes_sent(o, !client);
}

static int candidate_add(struct candidates *list, struct candidate c, struct error *err)
{
    int n = array_reserve(&list->items, &list->capacity, list->n + 1, sizeof(c), SIZE_MAX, err);

    if (n < 0)
        return n;
    list->items[list->n++] = c;
    return 0;
}

static int collect(struct search *s, struct error *err)
{
    struct result *r = s->r;

    for (size_t i = 0; i < r->n_connections; i++) {
        const struct result_connection *c = &r->connections[i];
        const struct observation *o = result_totals(r, c);
        struct candidate found = { .connection = (uint32_t)i,
                                   .start_ns = o->first_ns,
                                   .end_ns = o->last_ns,
                                   .bytes = bytes_sent(o, c->client) };
        int n = 0;

        if (!(o->flags & OBSERVATION_OF_INTEREST))
            continue;
        if (is_to_port(o, c->client, IP_TCP, s->q->ports.lm))
            n = candidate_add(&s->migration, found, err);
        else if (is_bulk_write(o, c->client, s->q))
            n = candidate_add(&s->bulk, found, err);
        if (n < 0)
            return n;
    }
    return 0;
}

static int by_bytes(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;

    if (a->bytes != b->bytes)
        return a->bytes > b->bytes ? -1 : 1;
    return a->connection < b->connection ? -1 : a->connection > b->connection;
}

static int by_pair(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;

    if (a->source != b->source)
        return a->source < b->source ? -1 : 1;
    if (a->destination != b->destination)
        return a->destination < b->destination ? -1 : 1;
    if (a->start_ns != b->start_ns)
        return a->start_ns < b->start_ns ? -1 : 1;
    return a->connection < b->connection ? -1 : a->connection > b->connection;
}

static int find_hosts(struct search *s, struct candidates *list, struct error *err)
{
    for (size_t i = 0; i < list->n; i++) {
        struct candidate *c = &list->items[i];
        const struct result_connection *connection = &s->r->connections[c->connection];
        const struct observation *o = result_totals(s->r, connection);

        c->source = host_index_of(&s->hosts, &o->addr[connection->client], err);
        c->destination = host_index_of(&s->hosts, &o->addr[!connection->client], err);
        if (c->source < 0 || c->destination < 0)
            return ERR_MEMORY;
    }
    if (list->n)
        qsort(list->items, list->n, sizeof(*list->items), by_pair);
    return 0;
}

static bool is_same_pair(const struct candidate *a, const struct candidate *b)
{
    return a->source == b->source && a->destination == b->destination;
}

/* The end of the run of candidates from @from on that make one window. */
static size_t window_end(const struct candidates *list, size_t from)
{
    int64_t end_ns = list->items[from].end_ns;
    size_t to = from + 1;

    for (; to < list->n && is_same_pair(&list->items[to], &list->items[from]) &&
           list->items[to].start_ns <= end_ns + WINDOW_GAP_NS;
         to++) {
        if (list->items[to].end_ns > end_ns)
            end_ns = list->items[to].end_ns;
    }
    return to;
}

/* The part of an address behind the usual prefix: hosts tend to bear the same one in every network.
 */
static bool has_same_number(const struct addr *a, const struct addr *b)
{
    size_t from = addr_is_v4(a) ? 15 : 8;

    return addr_is_v4(a) == addr_is_v4(b) &&
           memcmp(a->bytes + from, b->bytes + from, sizeof(a->bytes) - from) == 0;
}

/* Judged by the numbers in their addresses, the bulk runs from the conversation's server to its
 * client. */
static bool is_opposite(const struct search *s, const struct candidate *talk,
                        const struct candidate *bulk)
{
    const struct result_connection *t = &s->r->connections[talk->connection];
    const struct result_connection *b = &s->r->connections[bulk->connection];
    const struct addr *talk_addr = result_totals(s->r, t)->addr;
    const struct addr *bulk_addr = result_totals(s->r, b)->addr;

    return has_same_number(&talk_addr[t->client], &bulk_addr[!b->client]) &&
           has_same_number(&talk_addr[!t->client], &bulk_addr[b->client]);
}

/* Hosts known only by one address each may be the same ones. */
static bool may_be_same_hosts(const struct search *s, const struct candidate *talk,
                              const struct candidate *bulk)
{
    const struct result_host *hosts = s->r->hosts;
    bool source_fits = talk->source == bulk->source ||
                       (hosts[talk->source].is_inferred && hosts[bulk->source].is_inferred);
    bool destination_fits =
        talk->destination == bulk->destination ||
        (hosts[talk->destination].is_inferred && hosts[bulk->destination].is_inferred);

    if (is_same_pair(talk, bulk))
        return true;
    return source_fits && destination_fits && !is_opposite(s, talk, bulk);
}

static bool is_concurrent(const struct candidate *bulk, int64_t start_ns, int64_t end_ns)
{
    return bulk->start_ns <= end_ns + WINDOW_GAP_NS && bulk->end_ns >= start_ns - WINDOW_GAP_NS;
}

/* A transfer being put together: its candidates, those of the window first. */
struct draft {
    struct candidate **members;
    size_t n;
    size_t capacity;
    int64_t start_ns;
    int64_t end_ns;
    uint64_t migration_bytes;
    uint64_t bulk_bytes;
};

static int draft_add(struct draft *d, struct candidate *c, struct error *err)
{
    int n = array_reserve(&d->members, &d->capacity, d->n + 1, sizeof(*d->members), SIZE_MAX, err);

    if (n < 0)
        return n;
    d->members[d->n++] = c;
    return 0;
}

static int draft_window(struct draft *d, struct candidates *list, size_t from, size_t to,
                        struct error *err)
{
    *d = (struct draft){ .start_ns = list->items[from].start_ns,
                         .end_ns = list->items[from].end_ns };
    for (size_t i = from; i < to; i++) {
        int n = draft_add(d, &list->items[i], err);

        if (n < 0)
            return n;
        if (list->items[i].end_ns > d->end_ns)
            d->end_ns = list->items[i].end_ns;
        d->migration_bytes += list->items[i].bytes;
    }
    return 0;
}

/* An end that the user's networks or the snapshot know; without any topology nobody is a stranger.
 */
static bool is_known_end(const struct search *s, const struct result_connection *c, int end)
{
    const struct observation *o = result_totals(s->r, c);
    int network = c->network[end];

    return topology_host_of(s->q->topology, &o->addr[end]) != NO_HOST ||
           (network >= 0 && !s->r->networks[network].is_guessed);
}

static bool are_known(const struct search *s, const struct candidate *c)
{
    const struct result_connection *connection = &s->r->connections[c->connection];

    return is_known_end(s, connection, 0) && is_known_end(s, connection, 1);
}

static bool has_topology(const struct search *s)
{
    for (size_t i = 0; i < s->r->n_networks; i++)
        if (!s->r->networks[i].is_guessed)
            return true;
    return false;
}

/* The bulk writes that a window on the migration port accompanies. */
static int draft_add_bulk(struct search *s, struct draft *d, struct error *err)
{
    for (size_t i = 0; i < s->bulk.n; i++) {
        struct candidate *b = &s->bulk.items[i];
        int n;

        if (b->is_taken || !is_concurrent(b, d->start_ns, d->end_ns) ||
            !may_be_same_hosts(s, d->members[0], b) || (has_topology(s) && !are_known(s, b)))
            continue;
        n = draft_add(d, b, err);
        if (n < 0)
            return n;
        d->bulk_bytes += b->bytes;
    }
    return 0;
}

static int transfer_add_evidence(struct result_transfer *t, char *sentence, struct error *err)
{
    char **grown = realloc(t->evidence, (t->n_evidence + 1) * sizeof(*grown));

    if (grown)
        t->evidence = grown;
    if (!grown || !sentence) {
        free(sentence);
        return error_memory(err);
    }
    t->evidence[t->n_evidence++] = sentence;
    return 0;
}

static struct result_transfer *transfer_new(struct search *s, const struct draft *d,
                                            struct error *err)
{
    struct result *r = s->r;
    struct result_transfer *t;
    const struct candidate *largest = d->members[0];

    if (array_reserve(&r->transfers, &s->transfers_capacity, r->n_transfers + 1, sizeof(*t),
                      MAX_TRANSFERS, err) < 0)
        return NULL;
    t = &r->transfers[r->n_transfers];
    *t = (struct result_transfer){ .start_ns = INT64_MAX, .end_ns = INT64_MIN };
    t->connections = malloc(d->n * sizeof(*t->connections));
    if (!t->connections) {
        error_memory(err);
        return NULL;
    }
    r->n_transfers++;
    for (size_t i = 0; i < d->n; i++) {
        const struct candidate *c = d->members[i];

        t->connections[t->n_connections++] = c->connection;
        if (c->bytes > largest->bytes)
            largest = c;
    }
    t->source_host = largest->source;
    t->destination_host = largest->destination;
    return t;
}

/* A network's place in the transfer's list, found or made. */
static struct result_transfer_network *transfer_network(struct result_transfer *t, int network)
{
    struct result_transfer_network *grown;

    for (size_t i = 0; i < t->n_networks; i++)
        if (t->networks[i].network == network)
            return &t->networks[i];
    grown = realloc(t->networks, (t->n_networks + 1) * sizeof(*grown));
    if (!grown)
        return NULL;
    t->networks = grown;
    grown[t->n_networks] = (struct result_transfer_network){ .network = network };
    return &grown[t->n_networks++];
}

static int network_or_cross(const struct result_connection *c)
{
    return c->network[0] == c->network[1] ? c->network[0] : NETWORK_CROSS;
}

/* In SMB mode the migration port only talks about the memory. */
static bool is_talk(const struct search *s, const struct result_transfer *t, uint32_t connection)
{
    const struct result_connection *c = &s->r->connections[connection];

    return t->transport != TRANSPORT_TCP &&
           is_to_port(result_totals(s->r, c), c->client, IP_TCP, s->q->ports.lm);
}

/* What one connection brings into its transfer. */
static int transfer_count(struct search *s, struct result_transfer *t, const struct candidate *c,
                          struct error *err)
{
    struct result_connection *connection = &s->r->connections[c->connection];
    const struct observation *o = result_totals(s->r, connection);
    const struct half *memory = &o->half[connection->client];
    struct result_transfer_network *n = transfer_network(t, network_or_cross(connection));

    if (!n)
        return error_memory(err);
    n->bytes += c->bytes;
    t->bytes += c->bytes;
    t->missing_bytes += half_missing_bytes(memory, &o->half[!connection->client]);
    t->retransmitted_bytes += memory->retransmitted_bytes;
    if (o->first_ns < t->start_ns)
        t->start_ns = o->first_ns;
    if (o->last_ns > t->end_ns)
        t->end_ns = o->last_ns;
    return 0;
}

static int by_network_bytes(const void *left, const void *right)
{
    const struct result_transfer_network *a = left, *b = right;

    if (a->bytes != b->bytes)
        return a->bytes > b->bytes ? -1 : 1;
    return a->network < b->network ? -1 : a->network > b->network;
}

static int by_number(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;

    return *a < *b ? -1 : *a > *b;
}

/* Memory was on the connections with a real share; the others talked about it. */
static void give_roles(struct search *s, const struct result_transfer *t, const struct draft *d)
{
    for (size_t i = 0; i < d->n; i++) {
        struct result_connection *c = &s->r->connections[d->members[i]->connection];
        const struct observation *o = result_totals(s->r, c);
        bool is_migration_port = is_to_port(o, c->client, IP_TCP, s->q->ports.lm);

        c->certainty = (uint8_t)t->certainty;
        if (!is_migration_port)
            c->role =
                t->certainty > CERTAINTY_POSSIBLE ? CONNECTION_SMB_MEMORY : CONNECTION_SMB_OTHER;
        else if (t->transport == TRANSPORT_TCP &&
                 d->members[i]->bytes >= t->bytes / CONTROL_SHARE_DIVISOR)
            c->role = CONNECTION_MIGRATION;
        else
            c->role = CONNECTION_MIGRATION_CONTROL;
    }
}

static void set_ends(struct search *s, struct result_transfer *t, const struct draft *d)
{
    const struct candidate *largest = d->members[0];
    const struct result_connection *c;
    const struct observation *o;

    for (size_t i = 1; i < d->n; i++)
        if (d->members[i]->bytes > largest->bytes)
            largest = d->members[i];
    c = &s->r->connections[largest->connection];
    o = result_totals(s->r, c);
    t->source = o->addr[c->client];
    t->destination = o->addr[!c->client];
    t->was_aborted = ((o->half[0].flags | o->half[1].flags) & HALF_HAS_RST) != 0;
}

static int set_rates(struct search *s, struct result_transfer *t, const struct draft *d,
                     struct error *err)
{
    int n = rate_begin(&t->rate, t->start_ns, t->end_ns, err);

    for (size_t i = 0; i < t->n_networks && !n; i++)
        n = rate_begin(&t->networks[i].rate, t->start_ns, t->end_ns, err);
    for (size_t i = 0; i < d->n && !n; i++) {
        const struct result_connection *c = &s->r->connections[d->members[i]->connection];
        const struct series *moved =
            flow_table_series(s->q->table, result_totals(s->r, c), c->client);

        if (is_talk(s, t, d->members[i]->connection))
            continue;
        rate_add(&t->rate, moved);
        rate_add(&transfer_network(t, network_or_cross(c))->rate, moved);
    }
    t->mean_bits_per_second = rate_mean(t->bytes, t->start_ns, t->end_ns);
    t->peak_bits_per_second = rate_peak(&t->rate, t->mean_bits_per_second);
    return n;
}

/* Counts the draft's connections into a transfer. Evidence and certainty are the caller's. */
static int transfer_from(struct search *s, const struct draft *d, enum transport transport,
                         enum certainty certainty, struct error *err)
{
    struct result_transfer *t = transfer_new(s, d, err);

    if (!t)
        return ERR_LIMIT;
    t->transport = transport;
    t->certainty = certainty;
    for (size_t i = 0; i < d->n; i++) {
        int n =
            is_talk(s, t, d->members[i]->connection) ? 0 : transfer_count(s, t, d->members[i], err);

        if (n < 0)
            return n;
    }
    for (size_t i = 0; i < t->n_networks; i++)
        t->networks[i].share = (double)t->networks[i].bytes / (double)(t->bytes ? t->bytes : 1);
    qsort(t->networks, t->n_networks, sizeof(*t->networks), by_network_bytes);
    qsort(t->connections, t->n_connections, sizeof(*t->connections), by_number);
    set_ends(s, t, d);
    give_roles(s, t, d);
    return set_rates(s, t, d, err);
}

/* The memory went over the migration port itself. */
static int add_tcp_transfer(struct search *s, const struct draft *d, struct error *err)
{
    char size[UNITS_TEXT_BYTES];
    bool known = true;
    enum certainty certainty;
    struct result_transfer *t;
    int n;

    for (size_t i = 0; i < d->n; i++)
        known = known && are_known(s, d->members[i]);
    certainty = known                                  ? CERTAINTY_CERTAIN
                : d->migration_bytes >= MIN_BULK_BYTES ? CERTAINTY_LIKELY
                                                       : CERTAINTY_POSSIBLE;
    n = transfer_from(s, d, TRANSPORT_TCP, certainty, err);
    if (n < 0)
        return n;
    t = &s->r->transfers[s->r->n_transfers - 1];
    n = transfer_add_evidence(t,
                              text_format(d->n == 1 ? "%s sent to TCP port %u over %zu connection"
                                                    : "%s sent to TCP port %u over %zu connections",
                                          bytes_text(size, d->migration_bytes), s->q->ports.lm,
                                          d->n),
                              err);
    if (!n && known)
        n = transfer_add_evidence(t, text_copy("both ends are in the networks given"), err);
    else if (!n && certainty == CERTAINTY_POSSIBLE)
        n = transfer_add_evidence(t,
                                  text_copy("an end is in no network given, and others use this "
                                            "port too, so it may be something else"),
                                  err);
    return n;
}

static enum transport transport_of_bulk(const struct search *s, const struct candidate *bulk)
{
    const struct result_connection *c = &s->r->connections[bulk->connection];

    return is_to_port(result_totals(s->r, c), c->client, IP_TCP, s->q->ports.smb) ? TRANSPORT_SMB
                                                                                  : TRANSPORT_RDMA;
}

static const char *bulk_name(const struct search *s, const struct candidate *bulk)
{
    return transport_of_bulk(s, bulk) == TRANSPORT_RDMA ? "SMB Direct" : "SMB";
}

/* The migration port carried a conversation, and SMB bulk meanwhile. */
static int add_smb_transfer(struct search *s, const struct draft *d, size_t n_window,
                            struct error *err)
{
    char size[UNITS_TEXT_BYTES], control[UNITS_TEXT_BYTES];
    const struct candidate *bulk = d->members[n_window];
    struct result_transfer *t;
    int n = transfer_from(s, d, transport_of_bulk(s, bulk), CERTAINTY_LIKELY, err);

    if (n < 0)
        return n;
    t = &s->r->transfers[s->r->n_transfers - 1];
    return transfer_add_evidence(
        t,
        text_format(d->n - n_window == 1
                        ? "%s written over %s in %zu connection while a conversation on TCP port "
                          "%u (%s) ran from the same host to the same host"
                        : "%s written over %s in %zu connections while a conversation on TCP port "
                          "%u (%s) ran from the same host to the same host",
                    bytes_text(size, d->bulk_bytes), bulk_name(s, bulk), d->n - n_window,
                    s->q->ports.lm, bytes_text(control, d->migration_bytes)),
        err);
}

static int judge_window(struct search *s, size_t from, size_t to, struct error *err)
{
    AUTO_MEMORY struct candidate **members = NULL;
    struct draft d;
    size_t n_window;
    int n = draft_window(&d, &s->migration, from, to, err);

    n_window = d.n;
    if (!n && d.migration_bytes < MIN_BULK_BYTES)
        n = draft_add_bulk(s, &d, err);
    members = d.members;
    if (n < 0)
        return n;
    if (d.bulk_bytes > d.migration_bytes) {
        for (size_t i = n_window; i < d.n; i++)
            d.members[i]->is_taken = true;
        return add_smb_transfer(s, &d, n_window, err);
    }
    d.n = n_window;
    if (d.migration_bytes >= MIN_MEMORY_BYTES)
        return add_tcp_transfer(s, &d, err);
    for (size_t i = from; i < to; i++) {
        struct result_connection *c = &s->r->connections[s->migration.items[i].connection];

        c->role = CONNECTION_MIGRATION_CONTROL;
        c->certainty = CERTAINTY_POSSIBLE;
    }
    return 0;
}

/* Bulk writes that no conversation accompanies: a file copy, CSV, storage, or a memory. */
static int judge_lone_bulk(struct search *s, struct error *err)
{
    for (size_t from = 0, to; from < s->bulk.n; from = to) {
        AUTO_MEMORY struct candidate **members = NULL;
        struct draft d = { 0 };
        int n = 0;

        to = window_end(&s->bulk, from);
        for (size_t i = from; i < to && !n; i++) {
            struct candidate *c = &s->bulk.items[i];

            if (!c->is_taken && (are_known(s, c) || !has_topology(s)))
                n = draft_add(&d, c, err);
        }
        members = d.members;
        if (n < 0)
            return n;
        if (!d.n)
            continue;
        n = transfer_from(s, &d, transport_of_bulk(s, d.members[0]), CERTAINTY_POSSIBLE, err);
        if (!n)
            n = transfer_add_evidence(
                &s->r->transfers[s->r->n_transfers - 1],
                text_format("bulk written over %s with no conversation on TCP port %u beside it: "
                            "a file copy, storage or cluster shared volume looks the same",
                            bulk_name(s, d.members[0]), s->q->ports.lm),
                err);
        if (n < 0)
            return n;
    }
    return 0;
}

static int by_start(const void *left, const void *right)
{
    const struct result_transfer *a = left, *b = right;

    if (a->start_ns != b->start_ns)
        return a->start_ns < b->start_ns ? -1 : 1;
    return a->connections[0] < b->connections[0] ? -1 : 1;
}

/* Roles by port alone, for all that no transfer has. */
static void give_plain_roles(struct result *r, const struct question *q)
{
    for (size_t i = 0; i < r->n_connections; i++) {
        struct result_connection *c = &r->connections[i];
        const struct observation *o = result_totals(r, c);

        if (c->role != CONNECTION_OTHER || !(o->flags & OBSERVATION_OF_INTEREST))
            continue;
        if (o->protocol == IP_UDP)
            c->role = o->port[0] == PORT_CLUSTER || o->port[1] == PORT_CLUSTER
                          ? CONNECTION_HEARTBEAT
                          : CONNECTION_OTHER;
        else if (o->port[!c->client] == q->ports.smb || o->port[!c->client] == PORT_SMB_DIRECT)
            c->role = CONNECTION_SMB_OTHER;
    }
}

static void share_out(struct result *r)
{
    uint64_t total = 0;

    for (size_t i = 0; i < r->n_transfers; i++) {
        if (r->transfers[i].certainty <= CERTAINTY_POSSIBLE)
            continue;
        total += r->transfers[i].bytes;
        for (size_t n = 0; n < r->transfers[i].n_networks; n++) {
            const struct result_transfer_network *from = &r->transfers[i].networks[n];

            if (from->network >= 0)
                r->networks[from->network].transfer_bytes += from->bytes;
        }
    }
    for (size_t i = 0; i < r->n_networks; i++)
        r->networks[i].share = total ? (double)r->networks[i].transfer_bytes / (double)total : 0;
}

static int search_run(struct search *s, struct error *err)
{
    int n = collect(s, err);

    if (!n && s->bulk.n > MAX_BULK_WRITES) {
        qsort(s->bulk.items, s->bulk.n, sizeof(*s->bulk.items), by_bytes);
        s->bulk.n = MAX_BULK_WRITES;
    }
    if (!n)
        n = find_hosts(s, &s->migration, err);
    if (!n)
        n = find_hosts(s, &s->bulk, err);
    for (size_t from = 0, to; !n && from < s->migration.n; from = to) {
        to = window_end(&s->migration, from);
        n = judge_window(s, from, to, err);
    }
    if (!n)
        n = judge_lone_bulk(s, err);
    return n;
}

int question_transfers(struct result *r, const struct question *q, struct error *err)
{
    struct search s = { .r = r, .q = q };
    int n = host_index_init(&s.hosts, r, q, err);

    if (!n)
        n = search_run(&s, err);
    host_index_release(&s.hosts);
    free(s.migration.items);
    free(s.bulk.items);
    if (n < 0)
        return n;
    if (r->n_transfers)
        qsort(r->transfers, r->n_transfers, sizeof(*r->transfers), by_start);
    give_plain_roles(r, q);
    share_out(r);
    return 0;
}
