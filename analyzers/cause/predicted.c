#include "analyzers/cause/predicted.h"

#include <stdlib.h>
#include <string.h>

#include "analyzers/cause/layers.h"

bool predicted_is_seen(const struct result_direction *d, size_t i, double min_share)
{
    const struct result_transfer_network *n = &d->networks[i];

    /* the largest always is */
    return i == 0 || (n->bytes > 0 && n->share >= 1 - min_share);
}

static bool is_of(const struct result_prediction *p, const struct result_direction *d,
                  enum predict_rule rule)
{
    return p->source_host == d->source_host && p->destination_host == d->destination_host &&
           strcmp(p->rule, predict_rule_name(rule)) == 0;
}

static bool picks(const struct result *r, const struct result_direction *d, enum predict_rule rule,
                  int network)
{
    for (size_t i = 0; i < r->n_predictions; i++)
        if (is_of(&r->predictions[i], d, rule) && r->predictions[i].network == network)
            return true;
    return false;
}

struct pick predicted_pick(const struct result *r, const struct result_direction *d,
                           enum predict_rule rule, double min_share)
{
    struct pick p = { .agrees = true };

    for (size_t i = 0; i < r->n_predictions; i++)
        p.applies |= is_of(&r->predictions[i], d, rule);
    for (size_t i = 0; i < d->n_networks; i++) {
        int network = d->networks[i].network;
        bool is_picked = network >= 0 && picks(r, d, rule, network);

        if (!predicted_is_seen(d, i, min_share))
            continue;
        p.agrees &= is_picked;
        p.takes_wrong |= is_picked && !r->networks[network].is_intended;
    }
    p.agrees &= p.applies && d->n_networks > 0;
    return p;
}

static int keep(struct result *r, const struct predictions *made, const struct result_direction *d,
                const struct config *c, struct error *err)
{
    size_t n = r->n_predictions + made->n_paths;
    struct result_prediction *grown = realloc(r->predictions, (n + 1) * sizeof(*grown));

    if (!grown)
        return error_memory(err);
    r->predictions = grown;
    for (size_t i = 0; i < made->n_paths; i++) {
        const struct prediction_path *from = &made->paths[i];
        struct result_prediction *to = &grown[r->n_predictions++];

        *to = (struct result_prediction){ .source_host = d->source_host,
                                          .destination_host = d->destination_host,
                                          .rule = predict_rule_name(from->rule),
                                          .network = from->network };
        if (from->network == NO_NETWORK)
            continue;
        to->source = c->topology.addresses[from->source_address].addr;
        to->destination = c->topology.addresses[from->destination_address].addr;
    }
    return 0;
}

static int fill_direction(struct result *r, const struct result_direction *d,
                          const struct config *c, struct error *err)
{
    const struct config_host *source = layers_host(r, c, d->source_host);
    const struct config_host *destination = layers_host(r, c, d->destination_host);
    struct predictions made = { 0 };
    int n;

    if (!source || !destination || source == destination)
        return 0;
    n = predictions_add_pair(&made, c, source, destination, err);
    if (n == 0)
        n = keep(r, &made, d, c, err);
    free(made.paths);
    return n;
}

/* What was seen carries no verdict, so it carries no agreement. */
static bool is_seen_well(const struct result *r)
{
    return r->verdict != VERDICT_INCONCLUSIVE && r->verdict != VERDICT_NO_MIGRATION;
}

int predicted_fill(struct result *r, const struct config *c, double min_share, struct error *err)
{
    for (size_t i = 0; i < r->n_directions; i++) {
        const struct result_direction *d = &r->directions[i];
        size_t first = r->n_predictions;
        int n = fill_direction(r, d, c, err);

        if (n < 0)
            return n;
        for (size_t k = first; k < r->n_predictions && is_seen_well(r); k++) {
            for (enum predict_rule rule = 0; rule < N_PREDICT_RULES; rule++)
                if (is_of(&r->predictions[k], d, rule))
                    r->predictions[k].agrees =
                        predicted_pick(r, d, rule, min_share).agrees ? AGREEMENT_YES : AGREEMENT_NO;
        }
    }
    return 0;
}
