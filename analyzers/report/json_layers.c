/* What a snapshot tells beside the verdict, as JSON: predicted paths and the layers. */
#include "analyzers/report/json_parts.h"
#include "src/model/session_write.h"

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

static void write_agreement(struct json_writer *w, enum agreement agrees)
{
    if (agrees == AGREEMENT_UNKNOWN)
        json_put_null(w, "agrees");
    else
        json_put_bool(w, "agrees", agrees == AGREEMENT_YES);
}

void json_prediction(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_prediction *p = &r->predictions[index];

    json_flat_begin(w);
    json_object_begin(w, NULL);
    json_put_string(w, "source", r->hosts[p->source_host].name);
    json_put_string(w, "destination", r->hosts[p->destination_host].name);
    json_put_string(w, "rule", p->rule);
    json_put_network(w, "network", r, p->network);
    if (p->network >= 0) {
        json_put_addr(w, "source_address", &p->source);
        json_put_addr(w, "destination_address", &p->destination);
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
    json_put_network(w, "network", r, l->network);
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
    json_put_network(w, "network", r, e->network);
    write_flag(w, "listed", e->is_listed);
    json_put_string(w, "subnet", e->subnet);
    write_number(w, "priority", e->priority);
    json_put_string(w, "adapter", e->adapter);
    json_put_string(w, "address", e->address);
    write_number(w, "interface_metric", e->adapter_metric);
    json_put_count(w, "bits_per_second", e->bits_per_second);
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

void json_layers(struct json_writer *w, const struct result *r)
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
