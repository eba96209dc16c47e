/*
 * The result as one JSON object, schema lmpath.analysis/1 (schemas/analysis-1.schema.json), written
 * as it is walked: a million connections need no memory.
 */
#include <string.h>

#include "analyzers/report/report.h"
#include "analyzers/report/words.h"
#include "src/base/json_writer.h"
#include "src/file/community_id.h"
#include "src/model/session_write.h"
#include "src/net/packet.h"

enum { SHARE_DECIMALS = 6, TIME_DECIMALS = 9, RATE_DECIMALS = 0 };

static const double ns_per_s = 1e9;

static void write_count(struct json_writer *w, const char *key, uint64_t count)
{
    if (count == RESULT_UNKNOWN)
        json_put_null(w, key);
    else
        json_put_u64(w, key, count);
}

/* Text that is empty where the capture tells nothing. */
static void write_text(struct json_writer *w, const char *key, const char *text)
{
    json_put_string(w, key, text && *text ? text : NULL);
}

static void write_texts(struct json_writer *w, const char *key, char *const *texts, size_t n)
{
    json_array_begin(w, key);
    for (size_t i = 0; i < n; i++)
        json_put_string(w, NULL, texts[i]);
    json_array_end(w);
}

static void write_addr(struct json_writer *w, const char *key, const struct addr *a)
{
    char text[ADDR_TEXT_BYTES];

    json_put_string(w, key, addr_text(text, a));
}

static void write_duration(struct json_writer *w, int64_t from_ns, int64_t to_ns)
{
    json_put_real(w, "duration_s", (double)(to_ns - from_ns) / ns_per_s, TIME_DECIMALS);
}

static void write_network_name(struct json_writer *w, const char *key, const struct result *r,
                               int network)
{
    json_put_string(w, key, network >= 0 ? r->networks[network].name : NULL);
}

static void write_options(struct json_writer *w, const struct result_options *o)
{
    json_object_begin(w, "options");
    json_put_string(w, "topology", o->topology);
    write_texts(w, "networks", o->networks, o->n_networks);
    json_put_string(w, "expect", o->expect);
    json_put_real(w, "min_share", o->min_share, SHARE_DECIMALS);
    write_count(w, "vm_memory_bytes", o->vm_memory_bytes);
    json_put_u64(w, "lm_port", o->lm_port);
    json_put_u64(w, "smb_port", o->smb_port);
    json_object_end(w);
}

static void write_inputs(struct json_writer *w, const struct result *r)
{
    json_array_begin(w, "inputs");
    for (size_t i = 0; i < r->n_inputs; i++) {
        const struct result_input *input = &r->inputs[i];

        json_object_begin(w, NULL);
        json_put_string(w, "path", input->path);
        json_put_string(w, "format", input->format);
        json_put_string(w, "compression", input->compression);
        json_put_u64(w, "packets", input->packets);
        json_put_u64(w, "bytes", input->bytes);
        if (input->packets > 0) {
            json_put_time(w, "first", input->first_ns);
            json_put_time(w, "last", input->last_ns);
        } else {
            json_put_null(w, "first");
            json_put_null(w, "last");
        }
        json_put_bool(w, "truncated", input->is_truncated);
        json_put_string(w, "damage", input->damage);
        if (input->damage)
            json_put_u64(w, "damage_offset", input->damage_offset);
        else
            json_put_null(w, "damage_offset");
        write_text(w, "sha256", input->sha256);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_networks(struct json_writer *w, const struct result *r)
{
    json_array_begin(w, "networks");
    for (size_t i = 0; i < r->n_networks; i++) {
        const struct result_network *n = &r->networks[i];

        json_object_begin(w, NULL);
        json_put_string(w, "name", n->name);
        json_put_string(w, "role", n->role);
        json_flat_begin(w);
        json_array_begin(w, "subnets");
        for (size_t k = 0; k < n->n_prefixes; k++) {
            char text[PREFIX_TEXT_BYTES];

            json_put_string(w, NULL, prefix_text(text, &n->prefixes[k]));
        }
        json_array_end(w);
        json_put_bool(w, "intended", n->is_intended);
        json_put_bool(w, "guessed", n->is_guessed);
        json_put_u64(w, "transfer_bytes", n->transfer_bytes);
        json_put_real(w, "share", n->share, SHARE_DECIMALS);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_intended(struct json_writer *w, const struct result *r)
{
    json_array_begin(w, "intended_networks");
    for (size_t i = 0; i < r->n_networks; i++) {
        if (r->networks[i].is_intended)
            json_put_string(w, NULL, r->networks[i].name);
    }
    json_array_end(w);
}

static void write_side(struct json_writer *w, const char *key, const struct result *r, int host,
                       const struct addr *a)
{
    json_flat_begin(w);
    json_object_begin(w, key);
    json_put_string(w, "host", host >= 0 ? r->hosts[host].name : NULL);
    write_addr(w, "address", a);
    json_put_bool(w, "inferred", host < 0 || r->hosts[host].is_inferred);
    json_object_end(w);
}

static void write_rate_bytes(struct json_writer *w, const char *key, const struct rate_series *rate)
{
    if (rate->n_buckets == 0)
        return;
    json_flat_begin(w);
    json_array_begin(w, key);
    for (size_t i = 0; i < rate->n_buckets; i++)
        json_put_u64(w, NULL, rate->bytes[i]);
    json_array_end(w);
}

static void write_shares(struct json_writer *w, const struct result *r,
                         const struct result_transfer_network *networks, size_t n_networks)
{
    json_array_begin(w, "networks");
    for (size_t i = 0; i < n_networks; i++) {
        const struct result_transfer_network *n = &networks[i];

        json_flat_begin(w);
        json_object_begin(w, NULL);
        write_network_name(w, "name", r, n->network);
        json_put_string(w, "kind",
                        n->network >= 0               ? "network"
                        : n->network == NETWORK_CROSS ? "cross-network"
                                                      : "outside");
        json_put_u64(w, "bytes", n->bytes);
        json_put_real(w, "share", n->share, SHARE_DECIMALS);
        write_rate_bytes(w, "rate_bytes", &n->rate);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_rate(struct json_writer *w, const struct rate_series *rate)
{
    if (rate->n_buckets == 0) {
        json_put_null(w, "rate");
        return;
    }
    json_object_begin(w, "rate");
    json_put_time(w, "start", rate->start_ns);
    json_put_real(w, "bucket_s", (double)rate->bucket_ns / ns_per_s, TIME_DECIMALS);
    write_rate_bytes(w, "bytes", rate);
    json_object_end(w);
}

static void write_transfer(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_transfer *t = &r->transfers[index];

    json_object_begin(w, NULL);
    json_put_u64(w, "id", index + 1);
    write_side(w, "source", r, t->source_host, &t->source);
    write_side(w, "destination", r, t->destination_host, &t->destination);
    json_put_time(w, "start", t->start_ns);
    json_put_time(w, "end", t->end_ns);
    write_duration(w, t->start_ns, t->end_ns);
    json_put_string(w, "transport", transport_name(t->transport));
    json_put_string(w, "certainty", certainty_name(t->certainty));
    write_texts(w, "evidence", t->evidence, t->n_evidence);
    json_put_u64(w, "bytes", t->bytes);
    json_put_u64(w, "missing_bytes", t->missing_bytes);
    json_put_u64(w, "retransmitted_bytes", t->retransmitted_bytes);
    json_put_real(w, "mean_bits_per_second", t->mean_bits_per_second, RATE_DECIMALS);
    json_put_real(w, "peak_bits_per_second", t->peak_bits_per_second, RATE_DECIMALS);
    write_rate(w, &t->rate);
    write_shares(w, r, t->networks, t->n_networks);
    json_flat_begin(w);
    json_array_begin(w, "connections");
    for (size_t i = 0; i < t->n_connections; i++)
        json_put_u64(w, NULL, (uint64_t)t->connections[i] + 1);
    json_array_end(w);
    json_put_bool(w, "aborted", t->was_aborted);
    json_put_string(w, "verdict", verdict_name(t->verdict));
    json_object_end(w);
}

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
    write_text(w, "interface", nic->name);
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

static void write_connection(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_connection *c = &r->connections[index];
    const struct observation *o = result_totals(r, c);
    unsigned client = c->client, server = !c->client;
    char community_id[COMMUNITY_ID_BYTES];

    json_object_begin(w, NULL);
    json_put_u64(w, "id", index + 1);
    json_put_string(w, "protocol", o->protocol == IP_UDP ? "udp" : "tcp");
    write_addr(w, "client", &o->addr[client]);
    json_put_u64(w, "client_port", o->port[client]);
    write_addr(w, "server", &o->addr[server]);
    json_put_u64(w, "server_port", o->port[server]);
    json_put_string(w, "community_id",
                    community_id_text(community_id, o->protocol, o->addr, o->port));
    write_vlan(w, "vlan", vlan_id(o->vlan));
    write_network_name(w, "network", r, result_connection_network(c));
    write_network_name(w, "client_network", r, c->network[client]);
    write_network_name(w, "server_network", r, c->network[server]);
    json_put_string(w, "role", connection_role_name(c->role));
    json_put_string(w, "certainty", certainty_name(c->certainty));
    json_put_time(w, "start", o->first_ns);
    json_put_time(w, "end", o->last_ns);
    write_duration(w, o->first_ns, o->last_ns);
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

static void write_nic_times(struct json_writer *w, const struct result_nic *nic)
{
    if (nic->packets > 0) {
        json_put_time(w, "first", nic->first_ns);
        json_put_time(w, "last", nic->last_ns);
    } else {
        json_put_null(w, "first");
        json_put_null(w, "last");
    }
}

static void write_counters(struct json_writer *w, const struct result_counted *c)
{
    if (!c) {
        json_put_null(w, "counters");
        json_put_null(w, "explained");
        return;
    }
    json_object_begin(w, "counters");
    json_put_time(w, "start", c->start_ns);
    json_put_time(w, "end", c->end_ns);
    for (unsigned i = 0; i < N_COUNTERS; i++)
        write_count(w, counter_name(i), c->rise[i]);
    write_count(w, "background_rx_bytes", c->background_rx_bytes);
    write_count(w, "background_tx_bytes", c->background_tx_bytes);
    write_count(w, "background_rdma_bytes", c->background_rdma_bytes);
    write_count(w, "net_bytes", c->net_bytes);
    write_count(w, "net_rdma_bytes", c->net_rdma_bytes);
    json_put_u64(w, "captured_bytes", c->captured_bytes);
    json_object_end(w);
    if (c->explained < 0)
        json_put_null(w, "explained");
    else
        json_put_real(w, "explained", c->explained, SHARE_DECIMALS);
}

static void write_nic(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_nic *nic = &r->nics[index];

    json_object_begin(w, NULL);
    json_put_u64(w, "id", index + 1);
    json_put_string(w, "input", r->inputs[nic->input].path);
    write_text(w, "name", nic->name);
    write_text(w, "description", nic->description);
    json_put_string(w, "link_type", nic->link_type);
    json_put_u64(w, "link_type_number", nic->link_type_number);
    write_network_name(w, "network", r, nic->network);
    json_put_string(w, "host", nic->host >= 0 ? r->hosts[nic->host].name : NULL);
    json_put_u64(w, "packets", nic->packets);
    json_put_u64(w, "wire_bytes", nic->wire_bytes);
    write_count(w, "dropped", nic->dropped);
    json_put_u64(w, "duplicate_packets", nic->duplicate_packets);
    json_put_u64(w, "cut_packets", nic->cut_packets);
    json_put_u64(w, "malformed_packets", nic->malformed_packets);
    json_put_u64(w, "other_packets", nic->other_packets);
    json_put_u64(w, "fragments_unattributed", nic->fragments_unattributed);
    json_put_u64(w, "esp_bytes", nic->esp_bytes);
    json_put_u64(w, "backward_times", nic->backward_times);
    json_put_real(w, "backward_worst_s", (double)nic->backward_worst_ns / ns_per_s, TIME_DECIMALS);
    write_nic_times(w, nic);
    write_counters(w, nic->counted);
    json_object_end(w);
}

static void write_counted(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_counted *c = &r->counted[index];
    const struct recorded *s = &r->sessions[c->session];

    json_object_begin(w, NULL);
    json_put_string(w, "session", s->folder);
    write_text(w, "name", s->session.nics[c->session_nic].name);
    write_network_name(w, "network", r, c->network);
    json_put_bool(w, "captured", s->session.nics[c->session_nic].is_captured);
    write_counters(w, c);
    write_rate(w, &c->rate);
    json_object_end(w);
}

static void write_session(struct json_writer *w, const struct result *r, size_t index)
{
    const struct session *s = &r->sessions[index].session;

    json_object_begin(w, NULL);
    json_put_string(w, "path", r->sessions[index].folder);
    write_text(w, "host", s->host);
    json_put_bool(w, "complete", s->state == SESSION_COMPLETE);
    session_put_time(w, "start", s->start_ns);
    session_put_time(w, "end", s->end_ns);
    write_text(w, "stop_reason", s->stop_reason);
    write_text(w, "write_problem", s->write_problem);
    session_put_commands(w, s);
    session_put_marks(w, s);
    json_object_end(w);
}

static void write_spread(struct json_writer *w, const char *key, const struct result_spread *s,
                         int decimals)
{
    json_object_begin(w, key);
    json_put_real(w, "median", s->median, decimals);
    json_put_real(w, "least", s->least, decimals);
    json_put_real(w, "most", s->most, decimals);
    json_object_end(w);
}

static void write_direction(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_direction *d = &r->directions[index];

    json_object_begin(w, NULL);
    json_put_string(w, "source", r->hosts[d->source_host].name);
    json_put_string(w, "destination", r->hosts[d->destination_host].name);
    json_put_u64(w, "transfers", d->n_transfers);
    json_put_u64(w, "bytes", d->bytes);
    write_shares(w, r, d->networks, d->n_networks);
    write_spread(w, "duration_s", &d->duration_s, TIME_DECIMALS);
    write_spread(w, "bits_per_second", &d->bits_per_second, RATE_DECIMALS);
    json_object_end(w);
}

static void write_symmetry(struct json_writer *w, enum symmetry symmetry)
{
    if (symmetry == SYMMETRY_UNKNOWN)
        json_put_null(w, "symmetric");
    else
        json_put_bool(w, "symmetric", symmetry == SYMMETRY_SAME);
}

static void write_evidence(struct json_writer *w, const struct finding_evidence *e)
{
    switch (e->kind) {
    case EVIDENCE_TEXT:
        json_put_string(w, e->key, e->text);
        break;
    case EVIDENCE_COUNT:
        write_count(w, e->key, e->count);
        break;
    case EVIDENCE_REAL:
        json_put_real(w, e->key, e->real, SHARE_DECIMALS);
        break;
    }
}

static void write_finding(struct json_writer *w, const struct finding *f)
{
    json_object_begin(w, NULL);
    json_put_string(w, "id", f->id);
    json_put_string(w, "severity", severity_name(f->severity));
    json_put_string(w, "title", f->title);
    json_put_string(w, "detail", f->detail);
    json_object_begin(w, "evidence");
    for (size_t i = 0; i < f->n_evidence; i++)
        write_evidence(w, &f->evidence[i]);
    json_object_end(w);
    json_object_begin(w, "remedy");
    json_put_string(w, "text", f->remedy);
    json_put_string(w, "powershell", f->powershell);
    json_object_end(w);
    json_object_end(w);
}

static void write_each(struct json_writer *w, const char *key, const struct result *r, size_t n,
                       void (*write)(struct json_writer *w, const struct result *r, size_t index))
{
    json_array_begin(w, key);
    for (size_t i = 0; i < n; i++)
        write(w, r, i);
    json_array_end(w);
}

static void write_findings(struct json_writer *w, const char *key, const struct finding *findings,
                           size_t n)
{
    json_array_begin(w, key);
    for (size_t i = 0; i < n; i++)
        write_finding(w, &findings[i]);
    json_array_end(w);
}

static void write_check(struct json_writer *w, const struct result *r, size_t index)
{
    json_flat_begin(w);
    json_object_begin(w, NULL);
    json_put_string(w, "id", r->checks[index].id);
    json_put_string(w, "layer", r->checks[index].layer);
    json_put_string(w, "missing", r->checks[index].missing);
    json_object_end(w);
}

static void write_flag(struct json_writer *w, const char *key, int flag)
{
    if (flag < 0)
        json_put_null(w, key);
    else
        json_put_bool(w, key, flag);
}

static void write_number(struct json_writer *w, const char *key, int64_t number)
{
    if (number < 0)
        json_put_null(w, key);
    else
        json_put_i64(w, key, number);
}

static void write_cause(struct json_writer *w, const char *key, const struct result_cause *c)
{
    json_object_begin(w, key);
    json_put_string(w, "text", c->text);
    json_put_string(w, "certainty", certainty_name(c->certainty));
    json_put_string(w, "layer", c->layer);
    json_put_string(w, "rule", c->rule);
    json_put_string(w, "finding", c->finding);
    json_put_string(w, "path", c->path);
    json_put_string(w, "value", c->value);
    json_object_end(w);
}

static void write_causes(struct json_writer *w, const struct result *r)
{
    if (r->n_causes > 0)
        write_cause(w, "cause", &r->causes[0]);
    else
        json_put_null(w, "cause");
    json_array_begin(w, "other_causes");
    for (size_t i = 1; i < r->n_causes; i++)
        write_cause(w, NULL, &r->causes[i]);
    json_array_end(w);
    write_texts(w, "cause_notes", r->cause_notes, r->n_cause_notes);
}

static void write_agreement(struct json_writer *w, enum agreement agrees)
{
    if (agrees == AGREEMENT_UNKNOWN)
        json_put_null(w, "agrees");
    else
        json_put_bool(w, "agrees", agrees == AGREEMENT_YES);
}

static void write_prediction(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_prediction *p = &r->predictions[index];

    json_flat_begin(w);
    json_object_begin(w, NULL);
    json_put_string(w, "source", r->hosts[p->source_host].name);
    json_put_string(w, "destination", r->hosts[p->destination_host].name);
    json_put_string(w, "rule", p->rule);
    write_network_name(w, "network", r, p->network);
    if (p->network >= 0) {
        write_addr(w, "source_address", &p->source);
        write_addr(w, "destination_address", &p->destination);
    } else {
        json_put_null(w, "source_address");
        json_put_null(w, "destination_address");
    }
    write_agreement(w, p->agrees);
    json_object_end(w);
}

static void write_cluster_layer(struct json_writer *w, const struct result *r,
                                const struct result_cluster_layer *l)
{
    json_flat_begin(w);
    json_object_begin(w, NULL);
    write_network_name(w, "network", r, l->network);
    json_put_string(w, "role", r->networks[l->network].role);
    json_put_string(w, "state", l->state);
    write_number(w, "order", l->order);
    write_flag(w, "excluded", l->is_excluded);
    write_number(w, "metric", l->metric);
    json_object_end(w);
}

static void write_entry(struct json_writer *w, const struct result *r,
                        const struct result_host_entry *e)
{
    json_flat_begin(w);
    json_object_begin(w, NULL);
    write_network_name(w, "network", r, e->network);
    write_flag(w, "listed", e->is_listed);
    json_put_string(w, "subnet", e->subnet);
    write_number(w, "priority", e->priority);
    json_put_string(w, "adapter", e->adapter);
    json_put_string(w, "address", e->address);
    write_number(w, "interface_metric", e->adapter_metric);
    write_count(w, "bits_per_second", e->bits_per_second);
    json_object_end(w);
}

static void write_host_layer(struct json_writer *w, const struct result *r,
                             const struct result_host_layer *h)
{
    json_object_begin(w, NULL);
    json_put_string(w, "host", r->hosts[h->host].name);
    write_flag(w, "enabled", h->is_enabled);
    write_flag(w, "any_network", h->any_network);
    json_put_string(w, "performance", h->performance);
    json_array_begin(w, "networks");
    for (size_t i = 0; i < h->n_entries; i++)
        write_entry(w, r, &h->entries[i]);
    json_array_end(w);
    json_object_end(w);
}

static void write_layers(struct json_writer *w, const struct result *r)
{
    const struct result_layers *l = &r->layers;

    if (!l->networks && !l->hosts) {
        json_put_null(w, "layers");
        return;
    }
    json_object_begin(w, "layers");
    session_put_time(w, "collected", l->collected_ns);
    json_array_begin(w, "cluster");
    for (size_t i = 0; i < l->n_networks; i++)
        write_cluster_layer(w, r, &l->networks[i]);
    json_array_end(w);
    json_array_begin(w, "hosts");
    for (size_t i = 0; i < l->n_hosts; i++)
        write_host_layer(w, r, &l->hosts[i]);
    json_array_end(w);
    json_object_end(w);
}

int report_write_json(const struct result *r, const struct report_options *options, FILE *out,
                      struct error *err)
{
    struct json_writer w;

    (void)options;
    (void)err;
    json_writer_init(&w, out);
    json_object_begin(&w, NULL);
    json_put_string(&w, "schema", "lmpath.analysis/1");
    json_put_string(&w, "lmpath", LMPATH_VERSION);
    json_put_string(&w, "verdict", verdict_name(r->verdict));
    write_texts(&w, "reasons", r->reasons, r->n_reasons);
    write_causes(&w, r);
    write_intended(&w, r);
    write_options(&w, &r->options);
    write_inputs(&w, r);
    write_networks(&w, r);
    write_each(&w, "transfers", r, r->n_transfers, write_transfer);
    write_each(&w, "directions", r, r->n_directions, write_direction);
    write_symmetry(&w, r->symmetry);
    write_each(&w, "connections", r, r->n_connections, write_connection);
    json_put_u64(&w, "connections_folded", r->connections_folded);
    json_put_u64(&w, "folded_bytes", r->folded_bytes);
    write_each(&w, "interfaces", r, r->n_nics, write_nic);
    write_each(&w, "sessions", r, r->n_sessions, write_session);
    write_each(&w, "counted_interfaces", r, r->n_counted, write_counted);
    write_findings(&w, "findings", r->findings, r->n_findings);
    write_each(&w, "predictions", r, r->n_predictions, write_prediction);
    write_layers(&w, r);
    write_each(&w, "checks", r, r->n_checks, write_check);
    write_findings(&w, "check_findings", r->check_findings, r->n_check_findings);
    json_object_end(&w);
    return 0;
}
