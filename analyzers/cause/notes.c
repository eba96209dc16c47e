#include "analyzers/cause/notes.h"

#include <string.h>

#include "analyzers/cause/predicted.h"
#include "src/base/auto.h"
#include "src/base/text.h"
#include "src/base/units.h"

static const int64_t ns_per_hour = INT64_C(3600) * 1000000000;
enum { HOURS_PER_DAY = 24, HOURS_TOLD_LEAST = 1, DAYS_TOLD_LEAST = 2 };

static const char *network_label(const struct result *r, int network)
{
    if (network >= 0)
        return r->networks[network].name;
    return network == NETWORK_CROSS ? "two different networks" : "addresses outside every network";
}

/* "Management and Storage1" */
static char *seen_text(const struct result *r, const struct result_direction *d, double min_share)
{
    char *text = text_copy("");

    for (size_t i = 0; i < d->n_networks; i++)
        if (predicted_is_seen(d, i, min_share))
            text_join(&text, " and ", network_label(r, d->networks[i].network));
    return text;
}

static bool is_of(const struct result_prediction *p, const struct result_direction *d,
                  const char *rule)
{
    return p->source_host == d->source_host && p->destination_host == d->destination_host &&
           strcmp(p->rule, rule) == 0;
}

/* "HV01's list" */
static void append_rule(char **text, const struct result *r, const struct result_direction *d,
                        enum predict_rule rule)
{
    switch (rule) {
    case PREDICT_CLUSTER_ORDER:
        text_append(text, "the cluster's order");
        break;
    case PREDICT_HOST_LIST:
        text_append(text, "%s's list", r->hosts[d->source_host].name);
        break;
    case PREDICT_METRIC:
        text_append(text, "the networks' metrics");
        break;
    case PREDICT_SMB:
        text_append(text, "SMB Multichannel");
        break;
    case N_PREDICT_RULES:
        break;
    }
}

/* " (Storage1)" */
static void append_picked(char **text, const struct result *r, const struct result_direction *d,
                          const char *rule)
{
    const char *between = " (";

    for (size_t i = 0; i < r->n_predictions; i++) {
        const struct result_prediction *p = &r->predictions[i];

        if (!is_of(p, d, rule))
            continue;
        text_append(text, "%s%s", between,
                    p->network >= 0 ? r->networks[p->network].name : "no network");
        between = ", ";
    }
    text_append(text, ")");
}

/* The rules that agree with what was seen, or those that don't. */
static char *rules_text(const struct result *r, const struct result_direction *d, double min_share,
                        bool agrees)
{
    char *text = text_copy("");

    for (enum predict_rule rule = 0; rule < N_PREDICT_RULES; rule++) {
        struct pick pick = predicted_pick(r, d, rule, min_share);

        if (!pick.applies || pick.agrees != agrees)
            continue;
        if (text && *text)
            text_append(&text, agrees ? " and " : ", ");
        append_rule(&text, r, d, rule);
        if (!agrees)
            append_picked(&text, r, d, predict_rule_name(rule));
    }
    return text;
}

/* "the path from HV01 to HV02 (Management)" */
static char *path_text(const struct result *r, const struct result_direction *d, double min_share,
                       bool is_only)
{
    AUTO_MEMORY char *seen = seen_text(r, d, min_share);

    if (!seen)
        return NULL;
    if (is_only)
        return text_format("the path seen (%s)", seen);
    return text_format("the path from %s to %s (%s)", r->hosts[d->source_host].name,
                       r->hosts[d->destination_host].name, seen);
}

int notes_add_fit(struct result *r, const struct result_direction *d, double min_share,
                  bool is_only, struct error *err)
{
    AUTO_MEMORY char *path = path_text(r, d, min_share, is_only);
    AUTO_MEMORY char *fits = rules_text(r, d, min_share, true);
    AUTO_MEMORY char *misses = rules_text(r, d, min_share, false);

    if (!path || !fits || !misses)
        return error_memory(err);
    if (!*fits && !*misses)
        return result_add_cause_note(
            r, err, "the snapshot has nothing to predict a path from %s to %s by",
            r->hosts[d->source_host].name, r->hosts[d->destination_host].name);
    if (!*fits)
        return result_add_cause_note(r, err, "%s fits no known rule: %s", path, misses);
    if (!*misses)
        return result_add_cause_note(r, err, "%s fits %s", path, fits);
    return result_add_cause_note(r, err, "%s fits %s, not %s", path, fits, misses);
}

/* ---- doubts ---- */

static char *span_text(char to[UNITS_TEXT_BYTES], int64_t span_ns)
{
    int64_t days = span_ns / ns_per_hour / HOURS_PER_DAY;

    if (days < DAYS_TOLD_LEAST)
        return duration_text(to, span_ns);
    snprintf(to, UNITS_TEXT_BYTES, "%lld days", (long long)days);
    return to;
}

static int add_times(struct result *r, struct error *err)
{
    int64_t collected_ns = r->layers.collected_ns, first_ns = INT64_MAX, last_ns = INT64_MIN;
    char span[UNITS_TEXT_BYTES];

    for (size_t i = 0; i < r->n_transfers; i++) {
        if (r->transfers[i].start_ns < first_ns)
            first_ns = r->transfers[i].start_ns;
        if (r->transfers[i].end_ns > last_ns)
            last_ns = r->transfers[i].end_ns;
    }
    if (collected_ns == SESSION_NO_TIME || r->n_transfers == 0)
        return 0;
    if (collected_ns < first_ns && first_ns - collected_ns >= HOURS_TOLD_LEAST * ns_per_hour)
        return result_add_cause_note(
            r, err,
            "the snapshot was taken %s before the migration: settings may have changed since",
            span_text(span, first_ns - collected_ns));
    if (collected_ns > last_ns && collected_ns - last_ns >= HOURS_TOLD_LEAST * ns_per_hour)
        return result_add_cause_note(
            r, err,
            "the snapshot was taken %s after the migration: settings may have been others "
            "then",
            span_text(span, collected_ns - last_ns));
    return 0;
}

int notes_add_doubts(struct result *r, struct error *err)
{
    int n = 0;

    if (r->n_causes == 0 && r->n_predictions > 0)
        n = result_add_cause_note(r, err,
                                  "no setting in the snapshot explains it: the intended network "
                                  "may have failed for a moment, or a setting has changed since");
    return n == 0 ? add_times(r, err) : n;
}
