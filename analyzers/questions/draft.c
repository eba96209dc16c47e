#include "analyzers/questions/draft.h"

#include <stdlib.h>

#include "analyzers/questions/rate.h"
#include "src/base/array.h"

/* Of a transfer's bytes; a connection with less is about it, not of it. */
enum { CONTROL_SHARE_DIVISOR = 100 };

int draft_add(struct draft *d, struct candidate *c, struct error *err)
{
    int n = array_reserve(&d->members, &d->capacity, d->n + 1, sizeof(*d->members), SIZE_MAX, err);

    if (n < 0)
        return n;
    d->members[d->n++] = c;
    return 0;
}

void draft_release(struct draft *d)
{
    free(d->members);
    *d = (struct draft){ 0 };
}

static const struct candidate *largest_of(const struct draft *d)
{
    const struct candidate *largest = d->members[0];

    for (size_t i = 1; i < d->n; i++)
        if (d->members[i]->bytes > largest->bytes)
            largest = d->members[i];
    return largest;
}

static struct result_transfer *transfer_new(struct result *r, size_t *capacity,
                                            const struct draft *d, struct error *err)
{
    struct result_transfer *t;

    if (array_reserve(&r->transfers, capacity, r->n_transfers + 1, sizeof(*t), MAX_TRANSFERS, err) <
        0)
        return NULL;
    t = &r->transfers[r->n_transfers];
    *t = (struct result_transfer){ .start_ns = INT64_MAX, .end_ns = INT64_MIN };
    t->connections = malloc(d->n * sizeof(*t->connections));
    if (!t->connections) {
        error_memory(err);
        return NULL;
    }
    r->n_transfers++;
    for (size_t i = 0; i < d->n; i++)
        t->connections[t->n_connections++] = d->members[i]->connection;
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
static bool is_talk(const struct result_transfer *t, const struct candidate *c)
{
    return t->transport != TRANSPORT_TCP && c->transport == TRANSPORT_TCP;
}

/* What one connection brings into its transfer. */
static int transfer_count(struct result *r, struct result_transfer *t, const struct candidate *c,
                          struct error *err)
{
    struct result_connection *connection = &r->connections[c->connection];
    const struct observation *o = result_totals(r, connection);
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
static enum connection_role role_of(const struct result_transfer *t, const struct candidate *c)
{
    if (c->transport != TRANSPORT_TCP)
        return t->certainty > CERTAINTY_POSSIBLE ? CONNECTION_SMB_MEMORY : CONNECTION_SMB_OTHER;
    return t->transport == TRANSPORT_TCP && c->bytes >= t->bytes / CONTROL_SHARE_DIVISOR
               ? CONNECTION_MIGRATION
               : CONNECTION_MIGRATION_CONTROL;
}

static void give_roles(struct result *r, const struct result_transfer *t, const struct draft *d)
{
    for (size_t i = 0; i < d->n; i++) {
        struct result_connection *c = &r->connections[d->members[i]->connection];

        c->certainty = (uint8_t)t->certainty;
        c->role = (uint8_t)role_of(t, d->members[i]);
    }
}

static void set_ends(const struct result *r, struct result_transfer *t, const struct draft *d)
{
    const struct candidate *largest = largest_of(d);
    const struct result_connection *c = &r->connections[largest->connection];
    const struct observation *o = result_totals(r, c);

    t->source_host = largest->source;
    t->destination_host = largest->destination;
    t->source = o->addr[c->client];
    t->destination = o->addr[!c->client];
    t->was_aborted = ((o->half[0].flags | o->half[1].flags) & HALF_HAS_RST) != 0;
}

static int set_rates(const struct result *r, const struct question *q, struct result_transfer *t,
                     const struct draft *d, struct error *err)
{
    int n = rate_begin(&t->rate, t->start_ns, t->end_ns, err);

    for (size_t i = 0; i < t->n_networks && !n; i++)
        n = rate_begin(&t->networks[i].rate, t->start_ns, t->end_ns, err);
    for (size_t i = 0; i < d->n && !n; i++) {
        const struct result_connection *c = &r->connections[d->members[i]->connection];
        const struct series *moved = flow_table_series(q->table, result_totals(r, c), c->client);

        if (is_talk(t, d->members[i]))
            continue;
        rate_add(&t->rate, moved);
        rate_add(&transfer_network(t, network_or_cross(c))->rate, moved);
    }
    t->mean_bits_per_second = rate_mean(t->bytes, t->start_ns, t->end_ns);
    t->peak_bits_per_second = rate_peak(&t->rate, t->mean_bits_per_second);
    return n;
}

int draft_finish(const struct draft *d, struct result *r, size_t *capacity,
                 const struct question *q, enum transport transport, enum certainty certainty,
                 struct error *err)
{
    struct result_transfer *t = transfer_new(r, capacity, d, err);

    if (!t)
        return ERR_LIMIT;
    t->transport = transport;
    t->certainty = certainty;
    for (size_t i = 0; i < d->n; i++) {
        int n = is_talk(t, d->members[i]) ? 0 : transfer_count(r, t, d->members[i], err);

        if (n < 0)
            return n;
    }
    for (size_t i = 0; i < t->n_networks; i++)
        t->networks[i].share = (double)t->networks[i].bytes / (double)(t->bytes ? t->bytes : 1);
    qsort(t->networks, t->n_networks, sizeof(*t->networks), by_network_bytes);
    qsort(t->connections, t->n_connections, sizeof(*t->connections), by_number);
    set_ends(r, t, d);
    give_roles(r, t, d);
    return set_rates(r, q, t, d, err);
}
