/* The findings of a saved result, and what a snapshot told of their cause. */
#include "analyzers/report/place.h"
#include "src/base/text.h"

static void read_evidence(const struct place *p, const char *key, const json_t *value,
                          struct finding_evidence *e)
{
    e->key = place_kept(p, key);
    if (json_is_string(value)) {
        e->kind = EVIDENCE_TEXT;
        e->text = text_copy(json_string_value(value));
        if (!e->text)
            place_no_memory(p);
    } else if (json_is_null(value) || (json_is_integer(value) && json_integer_value(value) >= 0)) {
        e->kind = EVIDENCE_COUNT;
        e->count = json_is_null(value) ? RESULT_UNKNOWN : (uint64_t)json_integer_value(value);
    } else if (json_is_number(value)) {
        e->kind = EVIDENCE_REAL;
        e->real = json_number_value(value);
    } else {
        place_wrong(p, key, "is neither a text nor a number");
    }
}

static void read_finding_into(const struct place *p, struct finding *f)
{
    struct place evidence = place_object(p, "evidence"), remedy = place_object(p, "remedy");
    json_t *list = (json_t *)evidence.object; /* jansson's iteration isn't const */
    const char *key;
    json_t *value;

    f->id = place_constant(p, "id");
    if (!f->id)
        place_wrong(p, "id", "is no text");
    f->severity = PLACE_ENUM(p, "severity", N_SEVERITIES, severity_name, FINDING_INFO);
    f->title = place_text(p, "title", "");
    f->detail = place_text(p, "detail", "");
    f->evidence = place_room(p, json_object_size(list), sizeof(*f->evidence));
    if (f->evidence) {
        json_object_foreach(list, key, value)
            read_evidence(&evidence, key, value, &f->evidence[f->n_evidence++]);
    }
    f->remedy = place_text(&remedy, "text", NULL);
    f->powershell = place_text(&remedy, "powershell", NULL);
}

static void read_finding(const struct place *p, struct result *r, size_t i)
{
    read_finding_into(p, &r->findings[i]);
}

static void read_check_finding(const struct place *p, struct result *r, size_t i)
{
    read_finding_into(p, &r->check_findings[i]);
}

static void read_check(const struct place *p, struct result *r, size_t i)
{
    struct result_check *c = &r->checks[i];

    c->id = place_constant(p, "id");
    c->layer = place_constant(p, "layer");
    c->missing = place_constant(p, "missing");
    if (!c->id || !c->layer)
        place_wrong(p, "id", "or layer is no text");
}

static void read_cause(const struct place *p, struct result *r, size_t i)
{
    struct result_cause *c = &r->causes[i];

    c->text = place_text(p, "text", "");
    c->certainty = PLACE_ENUM(p, "certainty", N_CERTAINTIES, certainty_name, CERTAINTY_POSSIBLE);
    c->layer = place_constant(p, "layer");
    c->rule = place_constant(p, "rule");
    c->finding = place_constant(p, "finding");
    c->path = place_text(p, "path", NULL);
    c->value = place_text(p, "value", NULL);
    if (!c->layer)
        place_wrong(p, "layer", "is no text");
}

/* The first of them stands by itself. */
static void read_causes(const struct place *top, struct result *r)
{
    struct place first = place_object(top, "cause");
    size_t n;
    const json_t *list = place_list(top, "other_causes", RESULT_MAX_ITEMS, &n);

    r->cause_notes = place_texts(top, "cause_notes", &r->n_cause_notes);
    if (!first.object)
        return;
    r->causes = place_room(top, n + 1, sizeof(*r->causes));
    if (!r->causes)
        return;
    read_cause(&first, r, r->n_causes++);
    for (size_t i = 0; i < n && top->reader->status == 0; i++) {
        struct place item = place_item(top, "other_causes", list, i);

        read_cause(&item, r, r->n_causes++);
    }
}

static void read_prediction(const struct place *p, struct result *r, size_t i)
{
    struct result_prediction *to = &r->predictions[i];
    int agrees = place_flag(p, "agrees");

    to->source_host = place_named_host(p, "source");
    to->destination_host = place_named_host(p, "destination");
    to->rule = place_constant(p, "rule");
    to->network = place_network(p, "network");
    to->agrees = agrees < 0 ? AGREEMENT_UNKNOWN : agrees ? AGREEMENT_YES : AGREEMENT_NO;
    if (!to->rule)
        place_wrong(p, "rule", "is no text");
    if (to->network < 0)
        return;
    to->source = place_addr(p, "source_address");
    to->destination = place_addr(p, "destination_address");
}

static void read_cluster_layer(const struct place *p, struct result *r, size_t i)
{
    struct result_cluster_layer *l = &r->layers.networks[i];

    l->network = place_network(p, "network");
    if (l->network < 0)
        place_wrong(p, "network", "is none of the networks");
    l->state = place_constant(p, "state");
    l->order = (int)place_bounded(p, "order", UINT64_MAX, INT32_MAX);
    l->is_excluded = place_flag(p, "excluded");
    l->metric = place_integer(p, "metric", -1);
}

static void read_entry(const struct place *p, struct result_host_entry *e)
{
    e->network = place_network(p, "network");
    e->is_listed = place_flag(p, "listed");
    e->subnet = place_text(p, "subnet", NULL);
    e->priority = place_integer(p, "priority", -1);
    e->adapter = place_text(p, "adapter", NULL);
    e->address = place_text(p, "address", NULL);
    e->adapter_metric = place_integer(p, "interface_metric", -1);
    e->bits_per_second = place_count(p, "bits_per_second", RESULT_UNKNOWN);
}

static void read_host_layer(const struct place *p, struct result *r, size_t i)
{
    struct result_host_layer *h = &r->layers.hosts[i];
    size_t n;
    const json_t *list = place_list(p, "networks", RESULT_MAX_NETWORKS, &n);

    h->host = place_named_host(p, "host");
    h->is_enabled = place_flag(p, "enabled");
    h->any_network = place_flag(p, "any_network");
    h->performance = place_constant(p, "performance");
    h->entries = place_room(p, n, sizeof(*h->entries));
    for (size_t k = 0; h->entries && k < n && p->reader->status == 0; k++) {
        struct place item = place_item(p, "networks", list, k);

        read_entry(&item, &h->entries[h->n_entries++]);
    }
}
static void read_layers(const struct place *top, struct result *r)
{
    struct place p = place_object(top, "layers");

    r->layers.collected_ns = place_time(&p, "collected", SESSION_NO_TIME);
    if (!p.object)
        return;
    place_read_list(&p, "cluster", &r->layers.networks, &r->layers.n_networks,
                    sizeof(*r->layers.networks), RESULT_MAX_NETWORKS, read_cluster_layer);
    place_read_list(&p, "hosts", &r->layers.hosts, &r->layers.n_hosts, sizeof(*r->layers.hosts),
                    RESULT_MAX_HOSTS, read_host_layer);
}

void result_read_findings(const struct place *top, struct result *r)
{
    PLACE_READ_LIST(top, "findings", findings, RESULT_MAX_ITEMS, read_finding);
    read_causes(top, r);
    PLACE_READ_LIST(top, "predictions", predictions, RESULT_MAX_ITEMS, read_prediction);
    read_layers(top, r);
    PLACE_READ_LIST(top, "checks", checks, RESULT_MAX_TEXTS, read_check);
    PLACE_READ_LIST(top, "check_findings", check_findings, RESULT_MAX_ITEMS, read_check_finding);
}
