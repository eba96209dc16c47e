/* Connections of a saved result, and where they were seen. */
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/place.h"
#include "analyzers/report/words.h"
#include "src/net/packet.h"

enum { VLAN_PRESENT = 0x1000, VLAN_MAX = 0xfff };

static uint32_t vlan_of(const struct place *p, const char *key)
{
    int64_t id = place_integer(p, key, -1);

    if (id < -1 || id > VLAN_MAX)
        place_wrong(p, key, "is no VLAN");
    return id < 0 ? 0 : VLAN_PRESENT | (uint32_t)id;
}

static uint32_t tunnel_of(const struct place *vantage)
{
    struct place p = place_object(vantage, "tunnel");
    const char *kind = place_string(&p, "kind");
    uint32_t id = (uint32_t)place_bounded(&p, "id", 0, 0xffffff);

    for (uint32_t i = 0; kind && i < 8; i++) {
        if (tunnel_name(i << 24) && strcmp(tunnel_name(i << 24), kind) == 0)
            return i << 24 | id;
    }
    if (kind)
        place_wrong(&p, "kind", "is no tunnel known here");
    return 0;
}

/* What is written of a half, in a half of which the same is written. */
static void read_half(const struct place *vantage, const char *key, struct half *h)
{
    struct place p = place_object(vantage, key);
    uint64_t stream, missing;

    h->packets = place_count(&p, "packets", 0);
    h->wire_bytes = place_count(&p, "wire_bytes", 0);
    h->payload_bytes = place_count(&p, "payload_bytes", 0);
    h->retransmitted_bytes = place_count(&p, "retransmitted_bytes", 0);
    h->duplicate_packets = (uint32_t)place_bounded(&p, "duplicate_packets", 0, UINT32_MAX);
    h->holes = NO_HOLES;
    stream = place_count(&p, "stream_bytes", h->payload_bytes);
    missing = place_count(&p, "missing_bytes", 0);
    if (h->payload_bytes != stream - missing + h->retransmitted_bytes)
        place_wrong(&p, "payload_bytes", "is not stream less missing and with retransmitted bytes");
    h->next = stream;
}

static void read_observation(const struct place *p, const struct result *r, struct observation *o)
{
    uint64_t id = place_count(p, "interface_id", 0);

    if (id < 1 || id > r->n_nics)
        place_wrong(p, "interface_id", "is no interface's id");
    o->vantage = (uint16_t)(id - 1);
    o->vlan = vlan_of(p, "vlan") | vlan_of(p, "outer_vlan") << 16;
    o->tunnel = tunnel_of(p);
    o->series[0] = o->series[1] = NO_SERIES;
    read_half(p, "client_to_server", &o->half[0]);
    read_half(p, "server_to_client", &o->half[1]);
    o->half[0].flags |= HALF_IS_CLIENT;
}

/* The next observation's place; NULL without memory. */
static struct observation *add_observation(const struct place *p, struct result *r, size_t number)
{
    size_t chunk = number / OBSERVATIONS_PER_CHUNK;

    if (chunk == r->n_chunks) {
        struct observation **grown = realloc(r->chunks, (chunk + 1) * sizeof(struct observation *));

        if (grown) {
            r->chunks = grown;
            grown[chunk] = calloc(OBSERVATIONS_PER_CHUNK, sizeof(**grown));
        }
        if (!grown || !grown[chunk]) {
            place_no_memory(p);
            return NULL;
        }
        r->n_chunks++;
    }
    return &r->chunks[chunk][number % OBSERVATIONS_PER_CHUNK];
}

static bool has_totals(const struct place *vantage, const struct place *connection)
{
    return place_same(vantage, connection, "client_to_server") &&
           place_same(vantage, connection, "server_to_client") &&
           place_same(vantage, connection, "vlan");
}

static void read_ends(const struct place *p, struct observation *o)
{
    const char *protocol = place_string(p, "protocol");

    o->protocol = protocol && strcmp(protocol, "udp") == 0 ? IP_UDP : IP_TCP;
    o->addr[0] = place_addr(p, "client");
    o->addr[1] = place_addr(p, "server");
    o->port[0] = (uint16_t)place_bounded(p, "client_port", 0, UINT16_MAX);
    o->port[1] = (uint16_t)place_bounded(p, "server_port", 0, UINT16_MAX);
    o->first_ns = place_time(p, "start", 0);
    o->last_ns = place_time(p, "end", 0);
}

static void read_vantage_points(const struct place *p, struct result *r,
                                struct result_connection *c)
{
    struct observation ends = { 0 };
    struct place mss = place_object(p, "mss");
    bool has_best = false;
    size_t n;
    const json_t *list = place_list(p, "vantage_points", UINT16_MAX, &n);

    read_ends(p, &ends);
    for (size_t i = 0; i < n && p->reader->status == 0; i++) {
        struct place item = place_item(p, "vantage_points", list, i);
        struct observation *o = add_observation(p, r, c->first_observation + i);

        if (!o)
            return;
        *o = ends;
        read_observation(&item, r, o);
        c->n_observations++;
        if (has_best || !has_totals(&item, p))
            continue;
        has_best = true;
        c->best = (uint16_t)i;
        o->half[0].mss = (uint16_t)place_bounded(&mss, "client", 0, UINT16_MAX);
        o->half[1].mss = (uint16_t)place_bounded(&mss, "server", 0, UINT16_MAX);
    }
    if (!has_best)
        place_wrong(p, "vantage_points", "none has the connection's totals");
}

/* What result_reduce() left out has one observation of nothing, so that nobody needs to mind. */
static void read_left_out(const struct place *p, struct result *r, struct result_connection *c)
{
    if (r->n_nics == 0)
        place_wrong(p, "interfaces", "are none, but connections were seen");
    else if (add_observation(p, r, c->first_observation))
        c->n_observations = 1;
    c->network[0] = c->network[1] = -1;
}

static void read_connection(const struct place *p, struct result *r, size_t i)
{
    struct result_connection *c = &r->connections[i];

    if (i > 0)
        c->first_observation =
            r->connections[i - 1].first_observation + r->connections[i - 1].n_observations;
    if (json_is_null(p->object)) {
        read_left_out(p, r, c);
        return;
    }
    c->network[0] = (int16_t)place_network(p, "client_network");
    c->network[1] = (int16_t)place_network(p, "server_network");
    c->role = (uint8_t)PLACE_ENUM(p, "role", N_ROLES, connection_role_name, CONNECTION_OTHER);
    c->certainty =
        (uint8_t)PLACE_ENUM(p, "certainty", N_CERTAINTIES, certainty_name, CERTAINTY_NONE);
    c->disagrees = !place_bool(p, "vantage_points_agree", true);
    read_vantage_points(p, r, c);
}

void result_read_connections(const struct place *top, struct result *r)
{
    size_t n;
    const json_t *list = place_list(top, "connections", RESULT_MAX_ITEMS, &n);

    r->connections = place_room(top, n, sizeof(*r->connections));
    for (size_t i = 0; r->connections && i < n && top->reader->status == 0; i++) {
        const json_t *value = json_array_get(list, i);
        struct place item = { .reader = top->reader, .object = value };

        if (!top->reader->is_reduced || !json_is_null(value))
            item = place_item(top, "connections", list, i);
        if (!item.object)
            return;
        read_connection(&item, r, i);
        r->n_connections = i + 1;
    }
}
