/* The tables over what a snapshot tells: predictions and the three layers. */
#include <inttypes.h>

#include "analyzers/report/cells.h"
#include "analyzers/report/numbers.h"

/* A number that is unknown below 0 stays an empty cell. */
static void put_number(struct table_row *row, size_t i, int64_t number)
{
    if (number >= 0)
        snprintf(row->cells[i], CELL_BYTES, "%" PRId64, number);
}

static void put_flag(struct table_row *row, size_t i, int flag)
{
    cell_text(row, i, flag < 0 ? "" : text_in(row->language, flag ? TEXT_YES : TEXT_NO));
}

/* ---- predictions ---- */

static bool next_prediction(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_prediction *p;

    if (at->major >= r->n_predictions)
        return false;
    p = &r->predictions[at->major++];
    cell_text(row, 0, r->hosts[p->source_host].name);
    cell_text(row, 1, r->hosts[p->destination_host].name);
    cell_text(row, 2, p->rule);
    cell_text(row, 3,
              p->network >= 0 ? r->networks[p->network].name : text_in(row->language, TEXT_ABSENT));
    if (p->network >= 0)
        addr_text(row->cells[4], &p->source);
    if (p->agrees != AGREEMENT_UNKNOWN)
        put_flag(row, 5, p->agrees == AGREEMENT_YES);
    return true;
}

static const struct table_column prediction_columns[] = {
    { TEXT_COL_FROM, false, NAME_COLUMNS },
    { TEXT_COL_TO, false, NAME_COLUMNS },
    { TEXT_COL_RULE, false, 0 },
    { TEXT_COL_PREDICTED, false, NAME_COLUMNS },
    { TEXT_COL_ADDRESS, false, 0 },
    { TEXT_COL_AGREES, false, 0 },
    { 0 },
};
const struct table table_predictions = { TEXT_PREDICTED_SEEN, prediction_columns, next_prediction };

/* ---- the cluster ---- */

static bool next_cluster(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_cluster_layer *l;

    if (at->major >= r->layers.n_networks)
        return false;
    l = &r->layers.networks[at->major++];
    cell_text(row, 0, r->networks[l->network].name);
    cell_text(row, 1, r->networks[l->network].is_intended ? text_in(row->language, TEXT_YES) : "");
    cell_text(row, 2, r->networks[l->network].role);
    cell_text(row, 3, l->state);
    if (l->order > 0)
        put_number(row, 4, l->order);
    put_flag(row, 5, l->is_excluded);
    put_number(row, 6, l->metric);
    return true;
}

static const struct table_column cluster_columns[] = {
    { TEXT_COL_NAME, false, NAME_COLUMNS },
    { TEXT_COL_INTENDED, false, 0 },
    { TEXT_COL_ROLE, false, 0 },
    { TEXT_COL_STATE, false, 0 },
    { TEXT_COL_ORDER, true, 0 },
    { TEXT_COL_EXCLUDED, false, 0 },
    { TEXT_COL_METRIC, true, 0 },
    { 0 },
};
const struct table table_cluster_layers = { TEXT_CLUSTER_LAYERS, cluster_columns, next_cluster };

/* ---- the hosts ---- */

static bool next_host(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_host_layer *h;
    const struct result_host_entry *e;

    while (at->major < r->layers.n_hosts && at->minor >= r->layers.hosts[at->major].n_entries) {
        at->major++;
        at->minor = 0;
    }
    if (at->major >= r->layers.n_hosts)
        return false;
    h = &r->layers.hosts[at->major];
    e = &h->entries[at->minor++];
    cell_text(row, 0, r->hosts[h->host].name);
    cell_text(row, 1, e->network >= 0 ? r->networks[e->network].name : "");
    put_flag(row, 2, e->is_listed);
    cell_text(row, 3, e->subnet);
    put_number(row, 4, e->priority);
    cell_text(row, 5, e->adapter);
    cell_text(row, 6, e->address);
    put_number(row, 7, e->adapter_metric);
    if (e->bits_per_second != RESULT_UNKNOWN)
        rate_in(row->language, row->cells[8], (double)e->bits_per_second);
    return true;
}

static const struct table_column host_columns[] = {
    { TEXT_COL_HOST, false, NAME_COLUMNS },
    { TEXT_COL_NETWORK, false, NAME_COLUMNS },
    { TEXT_COL_LISTED, false, 0 },
    { TEXT_COL_SUBNET, false, 0 },
    { TEXT_COL_PRIORITY, true, 0 },
    { TEXT_COL_ADAPTER, false, NAME_COLUMNS },
    { TEXT_COL_ADDRESS, false, 0 },
    { TEXT_COL_METRIC, true, 0 },
    { TEXT_COL_LINK, true, 0 },
    { 0 },
};
const struct table table_host_layers = { TEXT_HOST_LAYERS, host_columns, next_host };
