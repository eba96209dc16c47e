#include "analyzers/live/announcer.h"

#include <stdint.h>
#include <stdlib.h>

#include "src/base/hash.h"
#include "src/base/json_writer.h"
#include "src/base/random.h"

enum { N_SLOTS = 2 * ANNOUNCER_MAX };

/* A set of hashes: who could make two connections collide would hide one event, and doesn't know
 * the key. */
struct announcer {
    struct hash_key key;
    size_t n;
    uint64_t slots[N_SLOTS]; /* 0: free */
};

struct announcer *announcer_new(void)
{
    struct announcer *a = calloc(1, sizeof(*a));

    if (a && random_fill(&a->key, sizeof(a->key), NULL) < 0)
        return announcer_free(a);
    return a;
}

struct announcer *announcer_free(struct announcer *a)
{
    free(a);
    return NULL;
}

static int64_t start_of(const struct result *r, const struct result_connection *c)
{
    int64_t start_ns = INT64_MAX;

    for (unsigned i = 0; i < c->n_observations; i++) {
        const struct observation *o = result_observation(r, c, i);

        start_ns = o->first_ns < start_ns ? o->first_ns : start_ns;
    }
    return start_ns;
}

static uint64_t hash_of(const struct announcer *a, const struct observation *o, int64_t start_ns)
{
    uint64_t ports = (uint64_t)o->port[0] << 32 | (uint64_t)o->port[1] << 8 | o->protocol;
    uint64_t ends =
        hash_words(&a->key, hash_load64(o->addr[0].bytes), hash_load64(o->addr[0].bytes + 8),
                   hash_load64(o->addr[1].bytes), hash_load64(o->addr[1].bytes + 8));
    uint64_t hash = hash_words(&a->key, ends, ports, (uint64_t)start_ns, o->vlan);

    return hash ? hash : 1;
}

/* True when it was not in it yet. */
static bool insert(struct announcer *a, uint64_t hash)
{
    size_t at = hash % N_SLOTS;

    while (a->slots[at] && a->slots[at] != hash)
        at = (at + 1) % N_SLOTS;
    if (a->slots[at] || a->n == ANNOUNCER_MAX)
        return false;
    a->slots[at] = hash;
    a->n++;
    return true;
}

static void write_event(const struct result *r, const struct result_connection *c, int64_t start_ns,
                        int64_t time_ns, FILE *out)
{
    const struct observation *o = result_totals(r, c);
    int network = result_connection_network(c);
    char client[ADDR_TEXT_BYTES], server[ADDR_TEXT_BYTES];
    struct json_writer w;

    json_writer_init(&w, out);
    json_flat_begin(&w);
    json_object_begin(&w, NULL);
    json_put_string(&w, "event", "connection");
    json_put_time(&w, "time", time_ns);
    json_put_time(&w, "start", start_ns);
    json_put_string(&w, "client", addr_text(client, &o->addr[c->client]));
    json_put_u64(&w, "client_port", o->port[c->client]);
    json_put_string(&w, "server", addr_text(server, &o->addr[!c->client]));
    json_put_u64(&w, "server_port", o->port[!c->client]);
    json_put_string(&w, "network", network >= 0 ? r->networks[network].name : NULL);
    json_put_string(&w, "role", connection_role_name(c->role));
    json_object_end(&w);
}

void announcer_tell(struct announcer *a, const struct result *r, int64_t time_ns, FILE *out)
{
    for (size_t i = 0; i < r->n_connections; i++) {
        const struct result_connection *c = &r->connections[i];
        int64_t start_ns = start_of(r, c);

        if (insert(a, hash_of(a, result_totals(r, c), start_ns)))
            write_event(r, c, start_ns, time_ns, out);
    }
    fflush(out);
}
