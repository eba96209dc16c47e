/* Which network is it? Asked of both ends of every connection and of every NIC. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyzers/questions/questions.h"
#include "src/base/text.h"

/* Where a connection that may matter has an end in no known network, the subnet around it is a
 * guess. */
static int guess_networks(const struct result *r, struct topology *t, struct error *err)
{
    for (size_t i = 0; i < r->n_connections; i++) {
        const struct observation *o = result_totals(r, &r->connections[i]);

        if (!(o->flags & OBSERVATION_OF_INTEREST))
            continue;
        for (int end = 0; end < 2; end++) {
            int network = topology_guess(t, &o->addr[end], err);

            if (network == ERR_LIMIT)
                return 0;
            if (network < 0)
                return network;
        }
    }
    return 0;
}

static void attribute_connections(struct result *r, const struct topology *t)
{
    for (size_t i = 0; i < r->n_connections; i++) {
        struct result_connection *c = &r->connections[i];
        const struct observation *o = result_totals(r, c);

        for (int end = 0; end < 2; end++)
            c->network[end] = (int16_t)topology_network_of(t, &o->addr[end]);
    }
}

/* An adapter is known by the name or description that capture tools give it. */
static bool is_adapter(const struct result_nic *n, const char *adapter)
{
    return adapter[0] &&
           (strcasecmp(n->name, adapter) == 0 || strcasecmp(n->description, adapter) == 0);
}

/* The network that the snapshot puts the NIC's adapter in; -1 when it says nothing or two things.
 */
static int adapter_network(const struct topology *t, const struct result_nic *n)
{
    int network = -1;

    for (size_t i = 0; i < t->n_addresses; i++) {
        const struct host_address *a = &t->addresses[i];

        if (a->network < 0 || !is_adapter(n, a->adapter))
            continue;
        if (network >= 0 && network != a->network)
            return -1;
        network = a->network;
    }
    return network;
}

static void attribute_nics(struct result *r, const struct question *q)
{
    for (size_t i = 0; i < q->n_locals; i++) {
        const struct local_address *local = &q->locals[i];

        if (r->nics[local->nic].network < 0 && !addr_is_link_local(&local->addr))
            r->nics[local->nic].network = topology_network_of(q->topology, &local->addr);
    }
    for (size_t i = 0; i < r->n_nics; i++) {
        if (r->nics[i].network < 0)
            r->nics[i].network = adapter_network(q->topology, &r->nics[i]);
    }
}

static int copy_networks(struct result *r, const struct topology *t, struct error *err)
{
    r->networks = calloc(t->n_networks + 1, sizeof(*r->networks));
    if (!r->networks)
        return error_memory(err);
    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *from = &t->networks[i];
        struct result_network *to = &r->networks[r->n_networks++];

        *to = (struct result_network){
            .name = text_copy(from->name),
            .role = network_role_name(from->role),
            .prefixes = calloc(from->n_prefixes + 1, sizeof(*to->prefixes)),
            .n_prefixes = from->n_prefixes,
            .is_intended = from->is_intended,
            .is_guessed = from->origin == NETWORK_GUESSED,
        };
        if (!to->name || !to->prefixes)
            return error_memory(err);
        memcpy(to->prefixes, from->prefixes, from->n_prefixes * sizeof(*to->prefixes));
    }
    return 0;
}

int question_attribution(struct result *r, const struct question *q, struct error *err)
{
    int n = guess_networks(r, q->topology, err);

    if (n < 0)
        return n;
    attribute_connections(r, q->topology);
    attribute_nics(r, q);
    return copy_networks(r, q->topology, err);
}
