#include "analyzers/questions/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"

/* A bulk write sends far more than it gets. */
enum { MIN_DIRECTION_RATIO = 4 };

/* Connections of one migration follow each other without a longer pause. */
#define WINDOW_GAP_NS INT64_C(1000000000)

static uint64_t bytes_sent(const struct observation *o, int side)
{
    return half_stream_bytes(&o->half[side], &o->half[!side]);
}

static bool is_to_port(const struct observation *o, int client, uint8_t protocol, uint16_t port)
{
    return o->protocol == protocol && o->port[!client] == port;
}

/* Returns false: none. */
static bool transport_of(enum transport *ret_transport, const struct observation *o, int client,
                         const struct flow_ports *ports)
{
    uint64_t sent = bytes_sent(o, client);

    if (is_to_port(o, client, IP_TCP, ports->lm))
        *ret_transport = TRANSPORT_TCP;
    else if (is_to_port(o, client, IP_TCP, ports->smb))
        *ret_transport = TRANSPORT_SMB;
    else if (is_to_port(o, client, IP_TCP, PORT_SMB_DIRECT) ||
             is_to_port(o, client, IP_UDP, PORT_ROCE))
        *ret_transport = TRANSPORT_RDMA;
    else
        return false;
    return *ret_transport == TRANSPORT_TCP ||
           (sent >= MIN_MEMORY_BYTES && sent / MIN_DIRECTION_RATIO >= bytes_sent(o, !client));
}

static int candidate_add(struct candidates *list, struct candidate c, struct error *err)
{
    int n = array_reserve(&list->items, &list->capacity, list->n + 1, sizeof(c), SIZE_MAX, err);

    if (n < 0)
        return n;
    list->items[list->n++] = c;
    return 0;
}

static int find_all(struct candidates *migration, struct candidates *bulk, const struct result *r,
                    const struct flow_ports *ports, struct error *err)
{
    int n = 0;

    for (size_t i = 0; i < r->n_connections && n == 0; i++) {
        const struct result_connection *c = &r->connections[i];
        const struct observation *o = result_totals(r, c);
        struct candidate found = { .connection = (uint32_t)i,
                                   .start_ns = o->first_ns,
                                   .end_ns = o->last_ns,
                                   .bytes = bytes_sent(o, c->client) };

        if ((o->flags & OBSERVATION_OF_INTEREST) &&
            transport_of(&found.transport, o, c->client, ports))
            n = candidate_add(found.transport == TRANSPORT_TCP ? migration : bulk, found, err);
    }
    return n;
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

static int find_hosts(struct candidates *list, struct host_index *hosts, struct error *err)
{
    const struct result *r = hosts->result;

    for (size_t i = 0; i < list->n; i++) {
        struct candidate *c = &list->items[i];
        const struct result_connection *connection = &r->connections[c->connection];
        const struct observation *o = result_totals(r, connection);

        c->source = host_index_of(hosts, &o->addr[connection->client], err);
        c->destination = host_index_of(hosts, &o->addr[!connection->client], err);
        if (c->source < 0 || c->destination < 0)
            return ERR_MEMORY;
    }
    if (list->n)
        qsort(list->items, list->n, sizeof(*list->items), by_pair);
    return 0;
}

int candidates_collect(struct candidates *migration, struct candidates *bulk,
                       struct host_index *hosts, const struct question *q, struct error *err)
{
    int n = find_all(migration, bulk, hosts->result, &q->ports, err);

    if (!n && bulk->n > MAX_BULK_WRITES) {
        qsort(bulk->items, bulk->n, sizeof(*bulk->items), by_bytes);
        bulk->n = MAX_BULK_WRITES;
    }
    if (!n)
        n = find_hosts(migration, hosts, err);
    if (!n)
        n = find_hosts(bulk, hosts, err);
    return n;
}

void candidates_release(struct candidates *list)
{
    free(list->items);
    *list = (struct candidates){ 0 };
}

static bool is_same_pair(const struct candidate *a, const struct candidate *b)
{
    return a->source == b->source && a->destination == b->destination;
}

size_t candidates_window_end(const struct candidates *list, size_t from)
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
static bool is_opposite(const struct result *r, const struct candidate *talk,
                        const struct candidate *bulk)
{
    const struct result_connection *t = &r->connections[talk->connection];
    const struct result_connection *b = &r->connections[bulk->connection];
    const struct addr *talk_addr = result_totals(r, t)->addr;
    const struct addr *bulk_addr = result_totals(r, b)->addr;

    return has_same_number(&talk_addr[t->client], &bulk_addr[!b->client]) &&
           has_same_number(&talk_addr[!t->client], &bulk_addr[b->client]);
}

/* Hosts known only by one address each may be the same ones. */
static bool may_be_same_hosts(const struct result *r, const struct candidate *talk,
                              const struct candidate *bulk)
{
    const struct result_host *hosts = r->hosts;
    bool source_fits = talk->source == bulk->source ||
                       (hosts[talk->source].is_inferred && hosts[bulk->source].is_inferred);
    bool destination_fits =
        talk->destination == bulk->destination ||
        (hosts[talk->destination].is_inferred && hosts[bulk->destination].is_inferred);

    if (is_same_pair(talk, bulk))
        return true;
    return source_fits && destination_fits && !is_opposite(r, talk, bulk);
}

static bool is_concurrent(const struct candidate *bulk, int64_t start_ns, int64_t end_ns)
{
    return bulk->start_ns <= end_ns + WINDOW_GAP_NS && bulk->end_ns >= start_ns - WINDOW_GAP_NS;
}

bool candidate_accompanies(const struct candidate *bulk, const struct candidate *talk,
                           const struct result *r, int64_t start_ns, int64_t end_ns)
{
    return is_concurrent(bulk, start_ns, end_ns) && may_be_same_hosts(r, talk, bulk);
}
