#include "analyzers/cause/cause.h"

#include <stdlib.h>
#include <string.h>

#include "analyzers/cause/layers.h"
#include "analyzers/cause/notes.h"
#include "analyzers/cause/predicted.h"
#include "analyzers/check/looked.h"
#include "analyzers/findings.h"
#include "src/base/text.h"

enum { CAUSES_MAX = 64, IDS_MAX = 6 };

/* What makes a rule pick a network that is not intended: the surest first, and what is told only
 * where none of them is found. */
static const struct {
    const char *ids[IDS_MAX], *otherwise;
} blamed[N_PREDICT_RULES] = {
    [PREDICT_CLUSTER_ORDER] = { { "LM404", "LM412", "LM405", "LM402", "LM414" }, "LM403" },
    [PREDICT_HOST_LIST] = { { "LM420", "LM424", "LM414" }, "LM422" },
    [PREDICT_METRIC] = { { "LM404", "LM412", "LM401", "LM414" }, "LM440" },
    [PREDICT_SMB] = { { "LM445", "LM443", "LM414" }, "LM440" },
};
/* What may divert a path that no rule picks: first what no rule reckons with. */
static const char *const ids_of_none[] = { "LM430", "LM410", "LM413", "LM412", "LM414",
                                           "LM403", "LM404", "LM405", "LM420", "LM424",
                                           "LM402", "LM401", "LM416", "LM415", "LM444" };
enum { N_IDS_OF_NONE = sizeof(ids_of_none) / sizeof(ids_of_none[0]) };

struct search {
    struct result *result;
    const struct check *check;
    double min_share;
};

static const char *evidence_of(const struct finding *f, const char *key)
{
    for (size_t i = 0; i < f->n_evidence; i++)
        if (strcmp(f->evidence[i].key, key) == 0)
            return f->evidence[i].text;
    return NULL;
}

static bool is_below(const char *path, const struct config_host *h)
{
    char own[SNAPSHOT_PATH_BYTES];
    size_t n;

    if (!h)
        return false;
    n = strlen(snapshot_node_path(own, &h->node));
    return strncmp(path, own, n) == 0 && (path[n] == '.' || path[n] == '[');
}

/* Is it about the cluster, or about one of the two hosts? Its evidence tells. */
static bool concerns(const struct search *s, const struct finding *f,
                     const struct result_direction *d)
{
    const char *path = evidence_of(f, "path");

    if (!path || strncmp(path, "Get-Cluster", strlen("Get-Cluster")) == 0)
        return true;
    return is_below(path, layers_host(s->result, &s->check->config, d->source_host)) ||
           is_below(path, layers_host(s->result, &s->check->config, d->destination_host));
}

/* The source's own list is asked, the destination's is not. */
static bool is_of_destination_list(const struct search *s, const struct finding *f,
                                   const struct result_direction *d)
{
    const char *path = evidence_of(f, "path");

    return path && strcmp(check_layer(f->id), "host-list") == 0 &&
           is_below(path, layers_host(s->result, &s->check->config, d->destination_host));
}

/* ---- causes ---- */

static bool is_known(const struct result *r, const struct finding *f)
{
    for (size_t i = 0; i < r->n_causes; i++)
        if (r->causes[i].finding == f->id && strcmp(r->causes[i].text, f->detail) == 0)
            return true;
    return false;
}

static struct result_cause *cause_add(struct result *r, const char *layer, const char *rule,
                                      const char *finding, struct error *err)
{
    struct result_cause *grown = realloc(r->causes, (r->n_causes + 1) * sizeof(*grown));

    if (!grown) {
        error_memory(err);
        return NULL;
    }
    r->causes = grown;
    grown[r->n_causes] = (struct result_cause){
        .layer = layer, .rule = rule, .finding = finding, .certainty = CERTAINTY_POSSIBLE
    };
    return &grown[r->n_causes++];
}

/* The finding that the check made, among those of the result. */
static int copy_finding(struct result *r, const struct finding *from, struct error *err)
{
    struct finding *f = finding_add(r, from->id, err, "%s", from->detail);
    int n = f ? 0 : ERR_MEMORY;

    for (size_t i = 0; i < from->n_evidence && n == 0; i++)
        n = finding_note_text(f, from->evidence[i].key, from->evidence[i].text, err);
    if (n < 0 || !from->powershell)
        return n;
    f->powershell = text_copy(from->powershell);
    return f->powershell ? 0 : error_memory(err);
}

static int blame(struct result *r, const struct finding *f, const char *rule, struct error *err)
{
    const char *path = evidence_of(f, "path"), *value = evidence_of(f, "value");
    struct result_cause *c;

    if (is_known(r, f) || r->n_causes == CAUSES_MAX)
        return 0;
    c = cause_add(r, check_layer(f->id), rule, f->id, err);
    if (!c)
        return ERR_MEMORY;
    c->text = text_copy(f->detail);
    c->path = text_copy(path);
    c->value = text_copy(value);
    if (!c->text || (path && !c->path) || (value && !c->value))
        return error_memory(err);
    return copy_finding(r, f, err);
}

/* Blames all findings of one id that are about this direction. */
static int blame_all(const struct search *s, const char *id, const char *rule,
                     const struct result_direction *d, struct error *err)
{
    const struct result *checked = &s->check->result;

    for (size_t i = 0; i < checked->n_findings; i++) {
        const struct finding *f = &checked->findings[i];
        int n;

        if (strcmp(f->id, id) != 0 || !concerns(s, f, d) || is_of_destination_list(s, f, d))
            continue;
        n = blame(s->result, f, rule, err);
        if (n < 0)
            return n;
    }
    return 0;
}

/* Multichannel has no setting of its own that is wrong: it takes what is as good as the best. */
static int blame_multichannel(const struct search *s, const struct result_direction *d,
                              struct error *err)
{
    struct result *r = s->result;
    struct result_cause *c;

    for (size_t i = 0; i < d->n_networks; i++) {
        int network = d->networks[i].network;

        if (network < 0 || r->networks[network].is_intended ||
            !predicted_is_seen(d, i, s->min_share))
            continue;
        c = cause_add(r, "smb", predict_rule_name(PREDICT_SMB), NULL, err);
        if (!c)
            return ERR_MEMORY;
        c->text = text_format("SMB Multichannel takes every network whose adapters are as good as "
                              "the best, and nothing keeps it from %s",
                              r->networks[network].name);
        return c->text ? 0 : error_memory(err);
    }
    return 0;
}

static int search_rule(const struct search *s, enum predict_rule rule,
                       const struct result_direction *d, struct error *err)
{
    size_t before = s->result->n_causes;
    int n = 0;

    if (!predicted_pick(s->result, d, rule, s->min_share).takes_wrong)
        return 0;
    for (size_t i = 0; blamed[rule].ids[i] && n == 0; i++)
        n = blame_all(s, blamed[rule].ids[i], predict_rule_name(rule), d, err);
    if (n == 0 && s->result->n_causes == before)
        n = blame_all(s, blamed[rule].otherwise, predict_rule_name(rule), d, err);
    if (n == 0 && rule == PREDICT_SMB && s->result->n_causes == before)
        n = blame_multichannel(s, d, err);
    return n;
}

static bool went_wrong(const struct search *s, const struct result_direction *d)
{
    for (size_t i = 0; i < d->n_networks; i++)
        if (predicted_is_seen(d, i, s->min_share) &&
            (d->networks[i].network < 0 ||
             !s->result->networks[d->networks[i].network].is_intended))
            return true;
    return false;
}

static int search_rules(const struct search *s, struct error *err)
{
    const struct result *r = s->result;
    int n = 0;

    for (size_t i = 0; i < r->n_directions; i++)
        for (enum predict_rule rule = 0; rule < N_PREDICT_RULES && n == 0; rule++)
            if (went_wrong(s, &r->directions[i]))
                n = search_rule(s, rule, &r->directions[i], err);
    return n;
}

/* No rule picks the path seen: what is wrong in the configuration may divert it all the same. */
static int search_rest(const struct search *s, struct error *err)
{
    const struct result *r = s->result;
    int n = 0;

    for (size_t i = 0; i < r->n_directions; i++)
        for (size_t k = 0; k < N_IDS_OF_NONE && n == 0; k++)
            if (went_wrong(s, &r->directions[i]))
                n = blame_all(s, ids_of_none[k], NULL, &r->directions[i], err);
    return n;
}

/* One setting that a rule picks the whole path by is likely the cause; all else is possible. */
static void weigh(const struct search *s)
{
    struct result *r = s->result;

    if (r->n_causes != 1 || !r->causes[0].rule)
        return;
    for (size_t i = 0; i < r->n_directions; i++) {
        const struct result_direction *d = &r->directions[i];

        for (enum predict_rule rule = 0; rule < N_PREDICT_RULES; rule++)
            if (strcmp(predict_rule_name(rule), r->causes[0].rule) == 0 && went_wrong(s, d) &&
                !predicted_pick(r, d, rule, s->min_share).agrees)
                return;
    }
    r->causes[0].certainty = CERTAINTY_LIKELY;
}

static int keep_checks(struct result *r, const struct check *c, struct error *err)
{
    size_t n = 0;

    while (check_rule_id(n))
        n++;
    r->checks = calloc(n + 1, sizeof(*r->checks));
    if (!r->checks)
        return error_memory(err);
    for (; r->n_checks < n; r->n_checks++) {
        const char *id = check_rule_id(r->n_checks);

        r->checks[r->n_checks] =
            (struct result_check){ id, check_layer(id), looked_missing(c, id) };
    }
    return 0;
}

int cause_find(struct result *r, const struct check *c, double min_share, struct error *err)
{
    const struct search s = { r, c, min_share };
    size_t n_wrong = 0;
    int n = layers_fill(r, &c->config, err);

    if (n == 0)
        n = keep_checks(r, c, err);
    if (n == 0)
        n = predicted_fill(r, &c->config, min_share, err);
    if (n < 0 || (r->verdict != VERDICT_WRONG_NETWORK && r->verdict != VERDICT_SPLIT_NETWORKS))
        return n;
    n = search_rules(&s, err);
    if (n == 0 && r->n_causes == 0)
        n = search_rest(&s, err);
    weigh(&s);
    for (size_t i = 0; i < r->n_directions; i++)
        n_wrong += went_wrong(&s, &r->directions[i]);
    for (size_t i = 0; i < r->n_directions && n == 0; i++)
        if (went_wrong(&s, &r->directions[i]))
            n = notes_add_fit(r, &r->directions[i], min_share, n_wrong == 1, err);
    return n == 0 ? notes_add_doubts(r, err) : n;
}
