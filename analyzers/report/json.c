/*
 * The result as one JSON object, schema lmpath.analysis/1 (schemas/analysis-1.schema.json), written
 * as it is walked: a million connections need no memory.
 */
#include "analyzers/report/json_parts.h"
#include "analyzers/report/report.h"
#include "src/model/session_write.h"

static void write_options(struct json_writer *w, const struct result_options *o)
{
    json_object_begin(w, "options");
    json_put_string(w, "topology", o->topology);
    json_put_texts(w, "networks", o->networks, o->n_networks);
    json_put_string(w, "expect", o->expect);
    json_put_real(w, "min_share", o->min_share, SHARE_DECIMALS);
    json_put_count(w, "vm_memory_bytes", o->vm_memory_bytes);
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
        json_put_ends(w, input->packets, input->first_ns, input->last_ns);
        json_put_bool(w, "truncated", input->is_truncated);
        json_put_string(w, "damage", input->damage);
        if (input->damage)
            json_put_u64(w, "damage_offset", input->damage_offset);
        else
            json_put_null(w, "damage_offset");
        json_put_known(w, "sha256", input->sha256);
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

static void write_session(struct json_writer *w, const struct result *r, size_t index)
{
    const struct session *s = &r->sessions[index].session;

    json_object_begin(w, NULL);
    json_put_string(w, "path", r->sessions[index].folder);
    json_put_known(w, "host", s->host);
    json_put_bool(w, "complete", s->state == SESSION_COMPLETE);
    session_put_time(w, "start", s->start_ns);
    session_put_time(w, "end", s->end_ns);
    json_put_known(w, "stop_reason", s->stop_reason);
    json_put_known(w, "write_problem", s->write_problem);
    session_put_commands(w, s);
    session_put_marks(w, s);
    json_object_end(w);
}

static void write_symmetry(struct json_writer *w, enum symmetry symmetry)
{
    if (symmetry == SYMMETRY_UNKNOWN)
        json_put_null(w, "symmetric");
    else
        json_put_bool(w, "symmetric", symmetry == SYMMETRY_SAME);
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
        json_finding(w, &findings[i]);
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
    json_put_texts(&w, "reasons", r->reasons, r->n_reasons);
    json_causes(&w, r);
    write_intended(&w, r);
    write_options(&w, &r->options);
    write_inputs(&w, r);
    write_networks(&w, r);
    write_each(&w, "transfers", r, r->n_transfers, json_transfer);
    write_each(&w, "directions", r, r->n_directions, json_direction);
    write_symmetry(&w, r->symmetry);
    write_each(&w, "connections", r, r->n_connections, json_connection);
    json_put_u64(&w, "connections_folded", r->connections_folded);
    json_put_u64(&w, "folded_bytes", r->folded_bytes);
    write_each(&w, "interfaces", r, r->n_nics, json_nic);
    write_each(&w, "sessions", r, r->n_sessions, write_session);
    write_each(&w, "counted_interfaces", r, r->n_counted, json_counted);
    write_findings(&w, "findings", r->findings, r->n_findings);
    write_each(&w, "predictions", r, r->n_predictions, json_prediction);
    json_layers(&w, r);
    write_each(&w, "checks", r, r->n_checks, write_check);
    write_findings(&w, "check_findings", r->check_findings, r->n_check_findings);
    json_object_end(&w);
    return 0;
}
