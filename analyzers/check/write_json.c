/* A check's outcome as lmpath.check/1; schemas/check-1.schema.json. */
#include "analyzers/check/writers.h"
#include "analyzers/report/json_parts.h"

static void write_finding(struct json_writer *w, const struct finding *f)
{
    json_object_begin(w, NULL);
    json_put_string(w, "id", f->id);
    json_put_string(w, "severity", severity_name(f->severity));
    json_put_string(w, "layer", check_layer(f->id));
    json_put_string(w, "title", f->title);
    json_put_string(w, "detail", f->detail);
    json_put_string(w, "why", finding_kind_find(f->id)->why);
    json_object_begin(w, "evidence");
    for (size_t i = 0; i < f->n_evidence; i++)
        json_put_string(w, f->evidence[i].key, f->evidence[i].text);
    json_object_end(w);
    json_put_remedy(w, f);
    json_object_end(w);
}

static void write_address(struct json_writer *w, const char *key, const struct topology *t, int i)
{
    char text[ADDR_TEXT_BYTES];

    json_put_string(w, key, i < 0 ? NULL : addr_text(text, &t->addresses[i].addr));
}

static void write_path(struct json_writer *w, const struct topology *t,
                       const struct prediction_path *p)
{
    json_flat_begin(w);
    json_object_begin(w, NULL);
    json_put_string(w, "source", p->source->name);
    json_put_string(w, "destination", p->destination->name);
    json_put_string(w, "rule", predict_rule_name(p->rule));
    json_put_string(w, "network", p->network == NO_NETWORK ? NULL : t->networks[p->network].name);
    write_address(w, "source_address", t, p->source_address);
    write_address(w, "destination_address", t, p->destination_address);
    json_object_end(w);
}

int check_write_json(const void *context, FILE *out, struct error *err)
{
    const struct check_report *report = context;
    const struct topology *t = &report->check->config.topology;
    const struct result *r = &report->check->result;
    struct json_writer w;

    (void)err;
    json_writer_init(&w, out);
    json_object_begin(&w, NULL);
    json_put_string(&w, "schema", "lmpath.check/1");
    json_put_string(&w, "lmpath", LMPATH_VERSION);
    json_array_begin(&w, "intended_networks");
    for (size_t i = 0; i < t->n_networks; i++)
        if (t->networks[i].is_intended)
            json_put_string(&w, NULL, t->networks[i].name);
    json_array_end(&w);
    json_put_string(&w, "intended_reason", t->intended_reason);
    json_array_begin(&w, "findings");
    for (size_t i = 0; i < r->n_findings; i++)
        write_finding(&w, &r->findings[i]);
    json_array_end(&w);
    json_array_begin(&w, "predictions");
    for (size_t i = 0; i < report->predictions->n_paths; i++)
        write_path(&w, t, &report->predictions->paths[i]);
    json_array_end(&w);
    json_object_end(&w);
    return 0;
}
