/* Why the memory went there: causes, what the rules predict, and the layers of both sets. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/comparison_parts.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/sentences.h"
#include "analyzers/report/words.h"

/* ---- causes ---- */

static const struct {
    const char *name;
    enum text text;
    enum layer layer;
} places[] = {
    { "network-role", TEXT_IN_ROLE, LAYER_ROLE },  { "cluster-order", TEXT_IN_ORDER, LAYER_ORDER },
    { "host-list", TEXT_IN_LIST, LAYER_LIST },     { "host-options", TEXT_IN_OPTIONS, LAYER_LIST },
    { "adapter", TEXT_IN_ADAPTER, LAYER_ADAPTER }, { "smb", TEXT_IN_SMB, LAYER_ADAPTER },
    { "cluster", TEXT_IN_CLUSTER, LAYER_ROLE },
};
enum { N_PLACES = sizeof(places) / sizeof(*places) };

static int make_causes(struct comparison_set *set, enum language in, struct error *err)
{
    const struct result *r = set->shown->result;

    set->causes = calloc(r->n_causes + 1, sizeof(*set->causes));
    if (!set->causes)
        return error_memory(err);
    for (size_t i = 0; i < r->n_causes; i++) {
        struct comparison_cause *to = &set->causes[set->n_causes++];
        const struct result_cause *c = to->cause = &r->causes[i];
        enum text label = i > 0                              ? TEXT_CAUSE_OR
                          : c->certainty >= CERTAINTY_LIKELY ? TEXT_CAUSE_LIKELY
                                                             : TEXT_CAUSE_POSSIBLE;
        const char *where = c->layer;

        for (size_t k = 0; k < N_PLACES; k++) {
            if (strcmp(c->layer, places[k].name) != 0)
                continue;
            where = text_in(in, places[k].text);
            set->is_blamed[places[k].layer] = true;
        }
        text_with(to->label, sizeof(to->label), in, label, where);
    }
    return 0;
}

static bool is_cause(const struct comparison_set *set, const struct finding *f)
{
    for (size_t i = 0; i < set->n_causes; i++) {
        const struct result_cause *c = set->causes[i].cause;

        if (c->finding && strcmp(c->finding, f->id) == 0 && strcmp(c->text, f->detail) == 0)
            return true;
    }
    return false;
}

/* ---- predictions ---- */

static const struct {
    const char *name;
    enum text text;
} rules[] = {
    { "cluster-order", TEXT_RULE_ORDER },
    { "host-list", TEXT_RULE_LIST },
    { "metric", TEXT_RULE_METRIC },
    { "smb-multichannel", TEXT_RULE_SMB },
};

static const char *rule_words(enum language in, const char *name)
{
    for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
        if (strcmp(rules[i].name, name) == 0)
            return text_in(in, rules[i].text);
    return name;
}

static void add_name(char to[PHRASE_BYTES], const char *name)
{
    size_t at = strlen(to);

    snprintf(to + at, PHRASE_BYTES - at, "%s%s", at > 0 ? ", " : "", name);
}

static void tell_seen(char to[PHRASE_BYTES], const struct result *r,
                      const struct result_prediction *p, enum language in)
{
    for (size_t i = 0; i < r->n_directions; i++) {
        const struct result_direction *d = &r->directions[i];
        char share[UNITS_TEXT_BYTES], part[PHRASE_BYTES];

        if (d->source_host != p->source_host || d->destination_host != p->destination_host)
            continue;
        for (size_t k = 0; k < d->n_networks; k++) {
            const char *name = words_network(in, r, d->networks[k].network);

            snprintf(part, sizeof(part), "%.100s %s", name,
                     percent_in(in, share, d->networks[k].share));
            add_name(to, d->n_networks > 1 ? part : name);
        }
    }
}

/* Is it one more network of the same rule and direction? */
static bool is_same(const struct result_prediction *a, const struct result_prediction *b)
{
    return a->source_host == b->source_host && a->destination_host == b->destination_host &&
           strcmp(a->rule, b->rule) == 0;
}

static void tell_prediction(struct comparison_prediction *to, const struct result *r,
                            const struct result_prediction *p, enum language in)
{
    static const enum text agreement[] = {
        [AGREEMENT_UNKNOWN] = TEXT_UNKNOWN, [AGREEMENT_NO] = TEXT_NO, [AGREEMENT_YES] = TEXT_YES
    };

    text_with(to->way, sizeof(to->way), in, TEXT_FROM_TO, r->hosts[p->source_host].name,
              r->hosts[p->destination_host].name);
    to->rule = rule_words(in, p->rule);
    to->agrees = text_in(in, agreement[p->agrees]);
    to->is_seen = p->agrees == AGREEMENT_YES;
    tell_seen(to->seen, r, p, in);
}

static int make_predictions(struct comparison_set *set, enum language in, struct error *err)
{
    const struct result *r = set->shown->result;

    set->predictions = calloc(COMPARISON_MAX_PREDICTIONS, sizeof(*set->predictions));
    if (!set->predictions)
        return error_memory(err);
    for (size_t i = 0; i < r->n_predictions; i++) {
        const struct result_prediction *p = &r->predictions[i];
        const char *name =
            p->network >= 0 ? r->networks[p->network].name : text_in(in, TEXT_ABSENT);

        if (i == 0 || !is_same(p, p - 1)) {
            if (set->n_predictions == COMPARISON_MAX_PREDICTIONS)
                break;
            tell_prediction(&set->predictions[set->n_predictions++], r, p, in);
        }
        add_name(set->predictions[set->n_predictions - 1].predicted, name);
    }
    return 0;
}

/* ---- settings ---- */

/* Where settings of one set go. */
struct book {
    struct comparison *c;
    size_t set;
    enum language in;
    const struct result *result;
};

static void note(const struct book *b, enum layer layer, const char *host, const char *what,
                 const char *value)
{
    struct comparison *c = b->c;
    struct comparison_setting *s = NULL;
    char name[sizeof(s->what)];

    if (host)
        text_with(name, sizeof(name), b->in, TEXT_SETTING_OF, host, what);
    else
        text_with(name, sizeof(name), b->in, TEXT_AS_IT_IS, what);
    for (size_t i = 0; i < c->n_settings && !s; i++)
        if (c->settings[i].layer == layer && strcmp(c->settings[i].what, name) == 0)
            s = &c->settings[i];
    if (!s && c->n_settings == COMPARISON_MAX_SETTINGS) {
        c->n_settings_left_out++;
        return;
    }
    if (!s) {
        s = &c->settings[c->n_settings++];
        s->layer = layer;
        s->host = host;
        snprintf(s->what, sizeof(s->what), "%s", name);
    }
    s->is_known[b->set] = value != NULL;
    text_with(s->value[b->set], PHRASE_BYTES, b->in, TEXT_AS_IT_IS,
              value ? value : text_in(b->in, TEXT_UNKNOWN));
}

static void note_role(const struct book *b, const struct result_cluster_layer *l)
{
    const struct result_network *n = &b->result->networks[l->network];
    char value[PHRASE_BYTES];

    if (l->state && n->role && strcmp(l->state, "Up") != 0)
        text_with(value, sizeof(value), b->in, TEXT_STATE_TOO, n->role, l->state);
    else
        snprintf(value, sizeof(value), "%s", n->role ? n->role : "");
    note(b, LAYER_ROLE, NULL, n->name, n->role ? value : NULL);
}

static void note_order(const struct book *b, const struct result_cluster_layer *l)
{
    char place[PHRASE_BYTES], value[PHRASE_BYTES], number[24];

    snprintf(number, sizeof(number), "%d", l->order);
    if (l->order > 0)
        text_with(place, sizeof(place), b->in, TEXT_ORDER_PLACE, number);
    else
        snprintf(place, sizeof(place), "%s",
                 text_in(b->in, l->order == 0 ? TEXT_ORDER_NONE : TEXT_UNKNOWN));
    text_with(value, sizeof(value), b->in, l->is_excluded > 0 ? TEXT_EXCLUDED : TEXT_AS_IT_IS,
              place);
    note(b, LAYER_ORDER, NULL, b->result->networks[l->network].name,
         l->order < 0 && l->is_excluded <= 0 ? NULL : value);
}

static void note_flag(const struct book *b, const char *host, enum text what, int flag)
{
    if (flag >= 0)
        note(b, LAYER_LIST, host, text_in(b->in, what), text_in(b->in, flag ? TEXT_YES : TEXT_NO));
}

static void note_entry(const struct book *b, const char *host, const struct result_host_entry *e)
{
    char value[PHRASE_BYTES], number[24];
    const char *what = e->network >= 0 ? b->result->networks[e->network].name : e->subnet;

    if (!what)
        return;
    snprintf(number, sizeof(number), "%lld", (long long)e->priority);
    if (e->is_listed > 0)
        text_with(value, sizeof(value), b->in, e->priority < 0 ? TEXT_LISTED_LAST : TEXT_LISTED,
                  e->subnet ? e->subnet : what, number);
    else
        snprintf(value, sizeof(value), "%s", text_in(b->in, TEXT_NOT_LISTED));
    note(b, LAYER_LIST, host, what, e->is_listed < 0 ? NULL : value);
}

/* "stor1 (10.20.0.1), 25 Gbit/s, metric 5" */
static void note_adapter(const struct book *b, const char *host, const struct result_host_entry *e)
{
    char value[PHRASE_BYTES], more[PHRASE_BYTES], number[UNITS_TEXT_BYTES];

    if (e->network < 0)
        return;
    if (!e->adapter) {
        note(b, LAYER_ADAPTER, host, b->result->networks[e->network].name,
             e->address ? e->address : text_in(b->in, TEXT_ABSENT));
        return;
    }
    text_with(value, sizeof(value), b->in, e->address ? TEXT_ADAPTER_AT : TEXT_AS_IT_IS, e->adapter,
              e->address ? e->address : "");
    if (e->bits_per_second != RESULT_UNKNOWN) {
        text_with(more, sizeof(more), b->in, TEXT_STATE_TOO, value,
                  rate_in(b->in, number, (double)e->bits_per_second));
        memcpy(value, more, sizeof(value));
    }
    if (e->adapter_metric >= 0) {
        snprintf(number, sizeof(number), "%lld", (long long)e->adapter_metric);
        text_with(more, sizeof(more), b->in, TEXT_ADAPTER_METRIC, value, number);
        memcpy(value, more, sizeof(value));
    }
    note(b, LAYER_ADAPTER, host, b->result->networks[e->network].name, value);
}

static void note_host(const struct book *b, const struct result_host_layer *h)
{
    const char *name = b->result->hosts[h->host].name;

    for (size_t i = 0; i < h->n_entries; i++)
        note_entry(b, name, &h->entries[i]);
    note_flag(b, name, TEXT_ANY_NETWORK, h->any_network);
    note_flag(b, name, TEXT_MIGRATION_ON, h->is_enabled);
    if (h->performance)
        note(b, LAYER_LIST, name, text_in(b->in, TEXT_PERFORMANCE), h->performance);
    for (size_t i = 0; i < h->n_entries; i++)
        note_adapter(b, name, &h->entries[i]);
}

static int compare_layers(const void *a, const void *b)
{
    const struct comparison_setting *const *x = a, *const *y = b;

    if ((*x)->layer != (*y)->layer)
        return (*x)->layer < (*y)->layer ? -1 : 1;
    return (*x > *y) - (*x < *y);
}

/* As noted within a layer. */
static int sort_settings(struct comparison *c, struct error *err)
{
    AUTO_MEMORY struct comparison_setting **order = calloc(c->n_settings + 1, sizeof(*order));
    struct comparison_setting *sorted = calloc(c->n_settings + 1, sizeof(*sorted));

    if (!order || !sorted) {
        free(sorted);
        return error_memory(err);
    }
    for (size_t i = 0; i < c->n_settings; i++)
        order[i] = &c->settings[i];
    qsort(order, c->n_settings, sizeof(*order), compare_layers);
    for (size_t i = 0; i < c->n_settings; i++)
        sorted[i] = *order[i];
    free(c->settings);
    c->settings = sorted;
    return 0;
}

/* Does the set tell of that host, or of the cluster? */
static bool has_place(const struct result *r, const char *host)
{
    if (!host)
        return r->layers.n_networks > 0;
    for (size_t i = 0; i < r->layers.n_hosts; i++)
        if (strcmp(r->hosts[r->layers.hosts[i].host].name, host) == 0)
            return true;
    return false;
}

/* What only one of two snapshots has is not there in the other. */
static void settle(struct comparison *c, struct comparison_setting *s)
{
    for (size_t set = 0; set < c->n_sets; set++) {
        if (*s->value[set])
            continue;
        s->is_known[set] = has_place(c->sets[set].shown->result, s->host);
        snprintf(s->value[set], PHRASE_BYTES, "%s",
                 text_in(c->language, s->is_known[set] ? TEXT_ABSENT : TEXT_UNKNOWN));
    }
    s->is_changed = c->n_sets == N_SETS && s->is_known[0] && s->is_known[1] &&
                    strcmp(s->value[0], s->value[1]) != 0;
}

static int make_settings(struct comparison *c, struct error *err)
{
    c->settings = calloc(COMPARISON_MAX_SETTINGS, sizeof(*c->settings));
    if (!c->settings)
        return error_memory(err);
    for (size_t s = 0; s < c->n_sets; s++) {
        const struct result *r = c->sets[s].shown->result;
        const struct book book = { c, s, c->language, r };

        for (size_t i = 0; i < r->layers.n_networks; i++) {
            note_role(&book, &r->layers.networks[i]);
            note_order(&book, &r->layers.networks[i]);
        }
        for (size_t i = 0; i < r->layers.n_hosts; i++)
            note_host(&book, &r->layers.hosts[i]);
    }
    for (size_t i = 0; i < c->n_settings; i++)
        settle(c, &c->settings[i]);
    return sort_settings(c, err);
}

/* ---- all of it ---- */

int comparison_make_why(struct comparison *c, struct error *err)
{
    int r = 0;

    for (size_t s = 0; s < c->n_sets && r == 0; s++) {
        r = make_causes(&c->sets[s], c->language, err);
        if (r == 0)
            r = make_predictions(&c->sets[s], c->language, err);
    }
    for (size_t i = 0; i < c->n_findings && r == 0; i++)
        c->findings[i].is_cause = is_cause(&c->sets[c->findings[i].set], c->findings[i].finding);
    return r == 0 ? make_settings(c, err) : r;
}

bool comparison_set_has_why(const struct comparison_set *set)
{
    return set->n_causes > 0 || set->n_predictions > 0 || set->shown->result->n_cause_notes > 0;
}

bool comparison_has_why(const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++)
        if (comparison_set_has_why(&c->sets[s]))
            return true;
    return c->n_settings > 0;
}

bool comparison_has_findings(const struct comparison *c)
{
    for (size_t i = 0; i < c->n_findings; i++)
        if (!c->findings[i].is_cause)
            return true;
    return false;
}

char *comparison_layer_label(char to[2 * PHRASE_BYTES], const struct comparison *c,
                             enum layer layer)
{
    static const enum text labels[N_LAYERS] = { [LAYER_ROLE] = TEXT_LAYER_ROLE,
                                                [LAYER_ORDER] = TEXT_LAYER_ORDER,
                                                [LAYER_LIST] = TEXT_LAYER_LIST,
                                                [LAYER_ADAPTER] = TEXT_LAYER_ADAPTER };
    const char *label = text_in(c->language, labels[layer]);
    const char *blamed[N_SETS];
    char sets[PHRASE_BYTES];
    size_t n = 0;

    for (size_t s = 0; s < c->n_sets; s++)
        if (c->sets[s].is_blamed[layer])
            blamed[n++] = c->sets[s].label;
    if (n == 0)
        return text_with(to, 2 * PHRASE_BYTES, c->language, TEXT_AS_IT_IS, label);
    if (c->n_sets < N_SETS)
        return text_with(to, 2 * PHRASE_BYTES, c->language, TEXT_LAYER_IS_CAUSE, label);
    return text_with(to, 2 * PHRASE_BYTES, c->language, TEXT_LAYER_IS_CAUSE_OF, label,
                     text_list(sets, sizeof(sets), c->language, blamed, n, 0));
}

const char *comparison_cause_origin(const struct comparison_cause *cause)
{
    return cause->cause->finding ? cause->cause->finding : SENTENCE_CAUSE;
}
