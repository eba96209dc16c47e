/* Transfers as JSON, and what all of one direction come to. */
#include "analyzers/report/json_parts.h"

static void write_side(struct json_writer *w, const char *key, const struct result *r, int host,
                       const struct addr *a)
{
    json_flat_begin(w);
    json_object_begin(w, key);
    json_put_string(w, "host", host >= 0 ? r->hosts[host].name : NULL);
    json_put_addr(w, "address", a);
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
        json_put_network(w, "name", r, n->network);
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

void json_put_rate(struct json_writer *w, const struct rate_series *rate)
{
    if (rate->n_buckets == 0) {
        json_put_null(w, "rate");
        return;
    }
    json_object_begin(w, "rate");
    json_put_time(w, "start", rate->start_ns);
    json_put_seconds(w, "bucket_s", rate->bucket_ns);
    write_rate_bytes(w, "bytes", rate);
    json_object_end(w);
}

void json_transfer(struct json_writer *w, const struct result *r, size_t index)
{
    const struct result_transfer *t = &r->transfers[index];

    json_object_begin(w, NULL);
    json_put_u64(w, "id", index + 1);
    write_side(w, "source", r, t->source_host, &t->source);
    write_side(w, "destination", r, t->destination_host, &t->destination);
    json_put_time(w, "start", t->start_ns);
    json_put_time(w, "end", t->end_ns);
    json_put_seconds(w, "duration_s", t->end_ns - t->start_ns);
    json_put_string(w, "transport", transport_name(t->transport));
    json_put_string(w, "certainty", certainty_name(t->certainty));
    json_put_texts(w, "evidence", t->evidence, t->n_evidence);
    json_put_u64(w, "bytes", t->bytes);
    json_put_u64(w, "missing_bytes", t->missing_bytes);
    json_put_u64(w, "retransmitted_bytes", t->retransmitted_bytes);
    json_put_real(w, "mean_bits_per_second", t->mean_bits_per_second, RATE_DECIMALS);
    json_put_real(w, "peak_bits_per_second", t->peak_bits_per_second, RATE_DECIMALS);
    json_put_rate(w, &t->rate);
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

static void write_spread(struct json_writer *w, const char *key, const struct result_spread *s,
                         int decimals)
{
    json_object_begin(w, key);
    json_put_real(w, "median", s->median, decimals);
    json_put_real(w, "least", s->least, decimals);
    json_put_real(w, "most", s->most, decimals);
    json_object_end(w);
}

void json_direction(struct json_writer *w, const struct result *r, size_t index)
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
