/* A drift as lmpath.drift/1; schemas/drift-1.schema.json. */
#include "analyzers/drift/outcome.h"
#include "src/base/json_writer.h"

static void write_side(struct json_writer *w, const char *key, const struct inventory *i)
{
    json_object_begin(w, key);
    json_put_string(w, "path", i->name);
    json_put_string(w, "cluster", inventory_text(i, "Get-Cluster", "Name"));
    json_put_string(w, "collected", *i->collected ? i->collected : NULL);
    json_object_end(w);
}

static void write_change(struct json_writer *w, const struct drift_change *c)
{
    json_object_begin(w, NULL);
    json_put_string(w, "layer", layer_name(c->layer));
    json_put_string(w, "severity", c->is_note ? "info" : "warning");
    json_put_string(w, "node", c->node);
    json_put_string(w, "what", c->what);
    json_put_string(w, "kind", drift_kind_name(c->kind));
    json_put_string(w, "old", c->old_text);
    json_put_string(w, "new", c->new_text);
    json_put_string(w, "effect", c->effect);
    json_put_string(w, "cmdlet", c->section->cmdlet);
    json_put_string(w, "object", c->object);
    json_put_string(w, "property", c->setting ? c->setting->property : NULL);
    json_object_end(w);
}

static void write_gap(struct json_writer *w, const struct drift *d, size_t from, size_t end)
{
    const struct drift_gap *gap = &d->gaps[from];

    json_object_begin(w, NULL);
    json_put_string(w, "cmdlet", gap->section ? gap->section->cmdlet : NULL);
    json_put_string(w, "property", gap->setting ? gap->setting->property : NULL);
    json_put_string(w, "known_in", gap->is_in_base ? "base" : "now");
    json_array_begin(w, "nodes");
    for (size_t i = from; i < end; i++)
        if (d->gaps[i].node)
            json_put_string(w, NULL, d->gaps[i].node);
    json_array_end(w);
    json_object_end(w);
}

int drift_write_json(const void *context, FILE *out, struct error *err)
{
    const struct drift *d = context;
    struct json_writer w;

    (void)err;
    json_writer_init(&w, out);
    json_object_begin(&w, NULL);
    json_put_string(&w, "schema", "lmpath.drift/1");
    json_put_string(&w, "lmpath", LMPATH_VERSION);
    write_side(&w, "base", d->base);
    write_side(&w, "now", d->now);
    json_put_bool(&w, "drift", drift_count(d, false) > 0);
    json_array_begin(&w, "changes");
    for (size_t i = 0; i < d->n_changes; i++)
        write_change(&w, &d->changes[i]);
    json_array_end(&w);
    json_array_begin(&w, "not_comparable");
    for (size_t i = 0, end; i < d->n_gaps; i = end) {
        end = drift_gap_end(d, i);
        write_gap(&w, d, i, end);
    }
    json_array_end(&w);
    json_object_end(&w);
    return 0;
}
