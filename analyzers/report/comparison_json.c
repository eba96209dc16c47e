/* A comparison as one JSON object, schema lmpath.comparison/1. */
#include "analyzers/report/report.h"
#include "src/base/json_writer.h"

enum { DECIMALS = 6 };

static void write_spread(struct json_writer *w, const char *key, const struct spread *s)
{
    if (s->n == 0) {
        json_put_null(w, key);
        return;
    }
    json_flat_begin(w);
    json_object_begin(w, key);
    json_put_u64(w, "runs", s->n);
    json_put_real(w, "median", s->median, DECIMALS);
    json_put_real(w, "min", s->least, DECIMALS);
    json_put_real(w, "max", s->most, DECIMALS);
    json_object_end(w);
}

static void write_title(struct json_writer *w, const struct report_title *t)
{
    json_object_begin(w, "title");
    json_put_string(w, "customer", t->customer);
    json_put_string(w, "cluster", t->cluster);
    json_put_string(w, "author", t->author);
    json_put_string(w, "date", t->date);
    json_put_string(w, "reference", t->reference);
    json_object_end(w);
}

static void write_directions(struct json_writer *w, const struct comparison_set *set)
{
    json_array_begin(w, "directions");
    for (size_t i = 0; i < set->n_directions; i++) {
        const struct comparison_direction *d = &set->directions[i];

        json_object_begin(w, NULL);
        json_put_string(w, "source", d->from);
        json_put_string(w, "destination", d->to);
        json_put_u64(w, "transfers", d->n_transfers);
        json_put_u64(w, "bytes", d->bytes);
        json_put_u64(w, "intended_bytes", d->intended_bytes);
        write_spread(w, "seconds", &d->seconds);
        write_spread(w, "bits_per_second", &d->bits_per_second);
        json_object_end(w);
    }
    json_array_end(w);
    if (set->symmetry == SYMMETRY_UNKNOWN)
        json_put_null(w, "symmetric");
    else
        json_put_bool(w, "symmetric", set->symmetry == SYMMETRY_SAME);
}

static void write_nics(struct json_writer *w, const struct comparison_set *set)
{
    json_array_begin(w, "interfaces");
    for (size_t i = 0; i < set->n_nics; i++) {
        json_flat_begin(w);
        json_object_begin(w, NULL);
        json_put_string(w, "name", set->nics[i].label);
        json_put_bool(w, "intended", set->nics[i].is_intended);
        json_put_bool(w, "counted", set->nics_are_counted);
        json_put_u64(w, "bytes", set->nics[i].bytes);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_set(struct json_writer *w, const struct comparison_set *set)
{
    json_object_begin(w, set->key);
    json_put_string(w, "verdict", verdict_name(set->verdict));
    json_put_string(w, "headline", set->headline);
    json_array_begin(w, "results");
    for (size_t i = 0; i < set->n_runs; i++) {
        json_flat_begin(w);
        json_object_begin(w, NULL);
        json_put_string(w, "path", set->runs[i].path);
        json_put_string(w, "lmpath", set->runs[i].lmpath);
        json_put_string(w, "verdict", verdict_name(set->runs[i].result->verdict));
        json_object_end(w);
    }
    json_array_end(w);
    json_array_begin(w, "networks");
    for (size_t i = 0; i < set->n_lanes; i++) {
        json_flat_begin(w);
        json_object_begin(w, NULL);
        json_put_string(w, "name", set->lanes[i].name);
        json_put_bool(w, "intended", set->lanes[i].is_intended);
        json_put_u64(w, "bytes", set->lanes[i].bytes);
        json_put_real(w, "share", set->lanes[i].share, DECIMALS);
        json_object_end(w);
    }
    json_array_end(w);
    write_directions(w, set);
    write_nics(w, set);
    json_object_end(w);
}

static void write_factor(struct json_writer *w, double factor)
{
    if (factor < 0)
        json_put_null(w, "factor");
    else
        json_put_real(w, "factor", factor, DECIMALS);
}

static void write_rows(struct json_writer *w, const struct comparison *c)
{
    json_array_begin(w, "measures");
    for (size_t i = 0; i < c->n_rows; i++) {
        const struct comparison_row *row = &c->rows[i];

        json_object_begin(w, NULL);
        json_put_string(w, "name", row->key);
        for (size_t s = 0; s < c->n_sets; s++)
            write_spread(w, c->sets[s].key, &row->spread[s]);
        if (c->n_sets == N_SETS)
            write_factor(w, row->factor);
        json_object_end(w);
    }
    json_array_end(w);
}

static void write_findings(struct json_writer *w, const struct comparison *c)
{
    json_array_begin(w, "findings");
    for (size_t i = 0; i < c->n_findings; i++) {
        const struct comparison_finding *f = &c->findings[i];

        json_object_begin(w, NULL);
        json_put_string(w, "set", c->sets[f->set].key);
        json_put_u64(w, "runs", f->n_runs);
        json_put_string(w, "id", f->finding->id);
        json_put_string(w, "severity", severity_name(f->finding->severity));
        json_put_string(w, "title", f->finding->title);
        json_put_string(w, "detail", f->finding->detail);
        json_object_end(w);
    }
    json_array_end(w);
}

int report_write_comparison_json(const struct comparison *c, FILE *out, struct error *err)
{
    const struct report_options whole = { .detail = REPORT_ALL };
    struct json_writer w;

    if (c->n_sets == 1 && c->sets[0].n_runs == 1)
        return report_write_json(c->sets[0].runs[0].result, &whole, out, err);
    json_writer_init(&w, out);
    json_object_begin(&w, NULL);
    json_put_string(&w, "schema", "lmpath.comparison/1");
    json_put_string(&w, "lmpath", LMPATH_VERSION);
    write_title(&w, &c->title);
    json_put_string(&w, "summary", c->summary);
    json_put_string(&w, "symmetry", *c->symmetry ? c->symmetry : NULL);
    json_array_begin(&w, "warnings");
    for (size_t i = 0; i < c->n_warnings; i++)
        json_put_string(&w, NULL, c->warnings[i]);
    json_array_end(&w);
    for (size_t s = 0; s < c->n_sets; s++)
        write_set(&w, &c->sets[s]);
    write_rows(&w, c);
    write_findings(&w, c);
    json_object_end(&w);
    return 0;
}
