/* NICs as JSON: what captures saw at each, and what it counted. */
#include "analyzers/report/json_parts.h"

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
        json_put_count(w, counter_name(i), c->rise[i]);
    json_put_count(w, "background_rx_bytes", c->background_rx_bytes);
    json_put_count(w, "background_tx_bytes", c->background_tx_bytes);
    json_put_count(w, "background_rdma_bytes", c->background_rdma_bytes);
    json_put_count(w, "net_bytes", c->net_bytes);
    json_put_count(w, "net_rdma_bytes", c->net_rdma_bytes);
    json_put_u64(w, "captured_bytes", c->captured_bytes);
    json_object_end(w);
    if (c->explained < 0)
        json_put_null(w, "explained");
    else
        json_put_real(w, "explained", c->explained, SHARE_DECIMALS);
}

void json_nic(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_nic *nic = &r->nics[index];

    json_object_begin(w, NULL);
    json_put_u64(w, "id", index + 1);
    json_put_string(w, "input", r->inputs[nic->input].path);
    json_put_known(w, "name", nic->name);
    json_put_known(w, "description", nic->description);
    json_put_string(w, "link_type", nic->link_type);
    json_put_u64(w, "link_type_number", nic->link_type_number);
    json_put_network(w, "network", r, nic->network);
    json_put_string(w, "host", nic->host >= 0 ? r->hosts[nic->host].name : NULL);
    json_put_u64(w, "packets", nic->packets);
    json_put_u64(w, "wire_bytes", nic->wire_bytes);
    json_put_count(w, "dropped", nic->dropped);
    json_put_u64(w, "duplicate_packets", nic->duplicate_packets);
    json_put_u64(w, "cut_packets", nic->cut_packets);
    json_put_u64(w, "malformed_packets", nic->malformed_packets);
    json_put_u64(w, "other_packets", nic->other_packets);
    json_put_u64(w, "fragments_unattributed", nic->fragments_unattributed);
    json_put_u64(w, "esp_bytes", nic->esp_bytes);
    json_put_u64(w, "backward_times", nic->backward_times);
    json_put_seconds(w, "backward_worst_s", nic->backward_worst_ns);
    json_put_ends(w, nic->packets, nic->first_ns, nic->last_ns);
    write_counters(w, nic->counted);
    json_object_end(w);
}

void json_counted(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_counted *c = &r->counted[index];
    const struct recorded *s = &r->sessions[c->session];

    json_object_begin(w, NULL);
    json_put_string(w, "session", s->folder);
    json_put_known(w, "name", s->session.nics[c->session_nic].name);
    json_put_network(w, "network", r, c->network);
    json_put_bool(w, "captured", s->session.nics[c->session_nic].is_captured);
    write_counters(w, c);
    json_put_rate(w, &c->rate);
    json_object_end(w);
}
