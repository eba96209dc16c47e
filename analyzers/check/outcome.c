#include "analyzers/check/outcome.h"

#include <stdio.h>
#include <string.h>

char *outcome_headline(char to[OUTCOME_BYTES], const struct check *c)
{
    size_t n[FINDING_ERROR + 1] = { 0 };

    for (size_t i = 0; i < c->result.n_findings; i++)
        n[c->result.findings[i].severity]++;
    snprintf(to, OUTCOME_BYTES, "%s: %zu error%s, %zu warning%s, %zu note%s",
             check_is_failed(c) ? "CHECK FAILED" : "NOTHING WRONG FOUND", n[FINDING_ERROR],
             n[FINDING_ERROR] == 1 ? "" : "s", n[FINDING_WARNING],
             n[FINDING_WARNING] == 1 ? "" : "s", n[FINDING_INFO], n[FINDING_INFO] == 1 ? "" : "s");
    return to;
}

/* Most reasons are sentences that begin with the names. */
char *outcome_intended(char to[OUTCOME_BYTES], const struct check *c)
{
    const struct topology *t = &c->config.topology;
    const char *reason = t->intended_reason ? t->intended_reason : "not known";
    size_t used = 0;

    to[0] = '\0';
    for (size_t i = 0; i < t->n_networks && used < OUTCOME_BYTES; i++) {
        if (!t->networks[i].is_intended || strstr(reason, t->networks[i].name))
            continue;
        snprintf(to + used, OUTCOME_BYTES - used, "%s%s", used ? ", " : "", t->networks[i].name);
        used += strlen(to + used);
    }
    snprintf(to + used, OUTCOME_BYTES - used, used ? " (%s)" : "%s", reason);
    return to;
}

const char *outcome_network(const struct topology *t, int network)
{
    return network == NO_NETWORK ? "no network" : t->networks[network].name;
}

size_t outcome_paths(const struct check_report *r, enum predict_rule rule, int network)
{
    size_t n = 0;

    for (size_t i = 0; i < r->predictions->n_paths; i++)
        n += r->predictions->paths[i].rule == rule && r->predictions->paths[i].network == network;
    return n;
}

size_t outcome_pairs(const struct check_report *r, enum predict_rule rule)
{
    const struct prediction_path *last = NULL;
    size_t n = 0;

    for (size_t i = 0; i < r->predictions->n_paths; i++) {
        const struct prediction_path *p = &r->predictions->paths[i];

        if (p->rule != rule)
            continue;
        n += !last || last->source != p->source || last->destination != p->destination;
        last = p;
    }
    return n;
}
