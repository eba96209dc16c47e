/* Connections as JSON. */
#include "analyzers/report/json_parts.h"
#include "analyzers/report/words.h"
#include "src/file/community_id.h"
#include "src/net/packet.h"

static void write_vlan(struct json_writer *w, const char *key, int id)
{
    if (id < 0)
        json_put_null(w, key);
    else
        json_put_i64(w, key, id);
}

static void write_tunnel(struct json_writer *w, uint32_t tunnel)
{
    if (!tunnel_name(tunnel)) {
        json_put_null(w, "tunnel");
        return;
    }
    json_object_begin(w, "tunnel");
    json_put_string(w, "kind", tunnel_name(tunnel));
    json_put_u64(w, "id", tunnel_id(tunnel));
    json_object_end(w);
}

static void write_half(struct json_writer *w, const char *key, const struct observation *o,
                       unsigned sender)
{
    const struct half *h = &o->half[sender];
    struct moved moved = words_moved(o, sender);

    json_flat_begin(w);
    json_object_begin(w, key);
    json_put_u64(w, "packets", h->packets);
    json_put_u64(w, "wire_bytes", h->wire_bytes);
    json_put_u64(w, "payload_bytes", h->payload_bytes);
    json_put_u64(w, "stream_bytes", moved.stream_bytes);
    json_put_u64(w, "retransmitted_bytes", h->retransmitted_bytes);
    json_put_u64(w, "missing_bytes", moved.missing_bytes);
    json_put_u64(w, "duplicate_packets", h->duplicate_packets);
    json_object_end(w);
}

static void write_mss(struct json_writer *w, const char *key, uint16_t mss)
{
    if (mss == 0)
        json_put_null(w, key);
    else
        json_put_u64(w, key, mss);
}

static void write_vantage_point(struct json_writer *w, const struct result *r,
                                const struct observation *o, unsigned client)
{
    const struct result_nic *nic = &r->nics[o->vantage];

    json_flat_begin(w);
    json_object_begin(w, NULL);
    json_put_string(w, "input", r->inputs[nic->input].path);
    json_put_known(w, "interface", nic->name);
    json_put_u64(w, "interface_id", (uint64_t)o->vantage + 1);
    write_vlan(w, "vlan", vlan_id(o->vlan));
    write_vlan(w, "outer_vlan", vlan_outer_id(o->vlan));
    write_tunnel(w, o->tunnel);
    json_put_u64(w, "packets", o->half[0].packets + o->half[1].packets);
    json_put_u64(w, "stream_bytes",
                 words_moved(o, 0).stream_bytes + words_moved(o, 1).stream_bytes);
    write_half(w, "client_to_server", o, client);
    write_half(w, "server_to_client", o, !client);
    json_object_end(w);
}

void json_connection(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_connection *c = &r->connections[index];
    const struct observation *o = result_totals(r, c);
    unsigned client = c->client, server = !c->client;
    char community_id[COMMUNITY_ID_BYTES];

    json_object_begin(w, NULL);
    json_put_u64(w, "id", index + 1);
    json_put_string(w, "protocol", o->protocol == IP_UDP ? "udp" : "tcp");
    json_put_addr(w, "client", &o->addr[client]);
    json_put_u64(w, "client_port", o->port[client]);
    json_put_addr(w, "server", &o->addr[server]);
    json_put_u64(w, "server_port", o->port[server]);
    json_put_string(w, "community_id",
                    community_id_text(community_id, o->protocol, o->addr, o->port));
    write_vlan(w, "vlan", vlan_id(o->vlan));
    json_put_network(w, "network", r, result_connection_network(c));
    json_put_network(w, "client_network", r, c->network[client]);
    json_put_network(w, "server_network", r, c->network[server]);
    json_put_string(w, "role", connection_role_name(c->role));
    json_put_string(w, "certainty", certainty_name(c->certainty));
    json_put_time(w, "start", o->first_ns);
    json_put_time(w, "end", o->last_ns);
    json_put_seconds(w, "duration_s", o->last_ns - o->first_ns);
    json_flat_begin(w);
    json_object_begin(w, "mss");
    write_mss(w, "client", o->half[client].mss);
    write_mss(w, "server", o->half[server].mss);
    json_object_end(w);
    write_half(w, "client_to_server", o, client);
    write_half(w, "server_to_client", o, server);
    json_put_bool(w, "vantage_points_agree", !c->disagrees);
    json_array_begin(w, "vantage_points");
    for (unsigned i = 0; i < c->n_observations; i++)
        write_vantage_point(w, r, result_observation(r, c, i), client);
    json_array_end(w);
    json_object_end(w);
}
