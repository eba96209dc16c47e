/* Findings and causes as JSON. */
#include "analyzers/report/json_parts.h"

static void write_evidence(struct json_writer *w, const struct finding_evidence *e)
{
    switch (e->kind) {
    case EVIDENCE_TEXT:
        json_put_string(w, e->key, e->text);
        break;
    case EVIDENCE_COUNT:
        json_put_count(w, e->key, e->count);
        break;
    case EVIDENCE_REAL:
        json_put_real(w, e->key, e->real, SHARE_DECIMALS);
        break;
    }
}

void json_put_remedy(struct json_writer *w, const struct finding *f)
{
    json_object_begin(w, "remedy");
    json_put_string(w, "text", f->remedy);
    json_put_string(w, "powershell", f->powershell);
    json_object_end(w);
}

void json_finding(struct json_writer *w, const struct finding *f)
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
    json_put_remedy(w, f);
    json_object_end(w);
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

void json_causes(struct json_writer *w, const struct result *r)
{
    if (r->n_causes > 0)
        write_cause(w, "cause", &r->causes[0]);
    else
        json_put_null(w, "cause");
    json_array_begin(w, "other_causes");
    for (size_t i = 1; i < r->n_causes; i++)
        write_cause(w, NULL, &r->causes[i]);
    json_array_end(w);
    json_put_texts(w, "cause_notes", r->cause_notes, r->n_cause_notes);
}
