/* A plan as lmpath.fix/1; schemas/fix-1.schema.json. */
#include "analyzers/check/remedies.h"
#include "analyzers/fix/fix.h"
#include "src/base/json_writer.h"

static void write_item(struct json_writer *w, enum plan_setting setting, const struct plan_item *i)
{
    char subnet[PREFIX_TEXT_BYTES];

    if (setting != PLAN_LIST) {
        json_put_string(w, NULL, i->id);
        return;
    }
    json_flat_begin(w);
    json_object_begin(w, NULL);
    json_put_string(w, "Subnet", prefix_text(subnet, &i->subnet));
    if (i->priority == NO_PRIORITY)
        json_put_null(w, "Priority");
    else
        json_put_i64(w, "Priority", i->priority);
    json_object_end(w);
}

static void write_value(struct json_writer *w, const char *key, enum plan_setting setting,
                        const struct plan_value *v)
{
    switch (setting) {
    case PLAN_ANY_NETWORK:
    case PLAN_ENABLED:
        json_put_bool(w, key, v->number != 0);
        break;
    case PLAN_ROLE:
        json_put_string(w, key, network_role_name((enum network_role)v->number));
        break;
    case PLAN_PERFORMANCE:
        json_put_string(w, key, enum_performance[v->number].name);
        break;
    case PLAN_MAXIMUM:
        json_put_i64(w, key, v->number);
        break;
    default:
        json_array_begin(w, key);
        for (size_t i = 0; i < v->n_items; i++)
            write_item(w, setting, &v->items[i]);
        json_array_end(w);
    }
}

static void write_change(struct json_writer *w, const struct plan *p, const struct plan_change *c)
{
    json_object_begin(w, NULL);
    json_put_string(w, "layer", plan_layer(c->setting));
    json_put_string(w, "network",
                    c->setting == PLAN_ROLE ? p->config->topology.networks[c->network].name : NULL);
    json_put_string(w, "node", c->host ? c->host->name : NULL);
    json_put_string(w, "what", plan_property(c->setting));
    write_value(w, "old", c->setting, &c->old);
    write_value(w, "new", c->setting, &c->new);
    json_object_end(w);
}

static void write_notes(struct json_writer *w, const char *key, const struct plan *p,
                        enum plan_note_kind kind)
{
    json_array_begin(w, key);
    for (size_t i = 0; i < p->n_notes; i++) {
        if (p->notes[i].kind != kind)
            continue;
        json_object_begin(w, NULL);
        json_put_string(w, "finding", p->notes[i].finding);
        json_put_string(w, "text", p->notes[i].text);
        json_object_end(w);
    }
    json_array_end(w);
}

int fix_write_json(const void *context, FILE *out, struct error *err)
{
    const struct fix_report *report = context;
    const struct plan *p = report->plan;
    const struct topology *t = &p->config->topology;
    struct json_writer w;

    (void)err;
    json_writer_init(&w, out);
    json_object_begin(&w, NULL);
    json_put_string(&w, "schema", "lmpath.fix/1");
    json_put_string(&w, "lmpath", LMPATH_VERSION);
    json_put_string(&w, "cluster", p->config->is_cluster ? t->cluster : NULL);
    json_put_bool(&w, "undo", p->is_undo);
    json_array_begin(&w, "intended_networks");
    for (size_t i = 0; i < p->n_intended; i++)
        json_put_string(&w, NULL, t->networks[p->intended[i]].name);
    json_array_end(&w);
    json_array_begin(&w, "changes");
    for (size_t i = 0; i < p->n_changes; i++)
        write_change(&w, p, &p->changes[i]);
    json_array_end(&w);
    write_notes(&w, "warnings", p, PLAN_WARNING);
    write_notes(&w, "left_alone", p, PLAN_LEFT);
    json_object_end(&w);
    return 0;
}
