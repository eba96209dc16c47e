/* The tables of transfers and of networks. */
#include "analyzers/report/cells.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/words.h"
#include "src/base/plain.h"

enum { SPLIT_COLUMNS = 120 };

/* "Storage1", or with several "Storage1 75 %, Management 25 %". */
static void put_transfer_networks(struct table_row *row, size_t i, const struct result *r,
                                  const struct result_transfer *t)
{
    char *cell = row->cells[i];
    size_t at = 0;

    if (t->n_networks == 1) {
        cell_text(row, i, words_network(row->language, r, t->networks[0].network));
        return;
    }
    for (size_t k = 0; k < t->n_networks && at + 32 < CELL_BYTES; k++) {
        char name[128], share[UNITS_TEXT_BYTES];

        plain_text(name, sizeof(name), words_network(row->language, r, t->networks[k].network),
                   NAME_COLUMNS);
        at += (size_t)snprintf(cell + at, CELL_BYTES - at, "%s%s %s", k ? ", " : "", name,
                               percent_in(row->language, share, t->networks[k].share));
        if (at >= CELL_BYTES)
            at = CELL_BYTES - 1;
    }
}

/* The ordinary case, certain and over TCP, is not worth a word. */
static void put_how(struct table_row *row, size_t i, const struct result_transfer *t)
{
    static const char *const names[] = { "", "SMB", "RDMA" };
    const char *parts[3] = { names[t->transport] };
    size_t at = 0;

    if (t->certainty != CERTAINTY_CERTAIN)
        parts[1] = words_certainty(row->language, t->certainty);
    if (t->was_aborted)
        parts[2] = text_in(row->language, TEXT_ABORTED);
    for (size_t k = 0; k < sizeof(parts) / sizeof(*parts); k++) {
        if (parts[k] && *parts[k])
            at += (size_t)snprintf(row->cells[i] + at, CELL_BYTES - at, "%s%s", at ? ", " : "",
                                   parts[k]);
    }
}

static void put_route(struct table_row *row, size_t i, const struct result *r,
                      const struct result_transfer *t)
{
    words_host(row->cells[i], r, t->source_host, &t->source);
    words_host(row->cells[i + 1], r, t->destination_host, &t->destination);
    put_transfer_networks(row, i + 2, r, t);
}

static bool next_transfer(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_transfer *t;

    if (at->major >= r->n_transfers)
        return false;
    t = &r->transfers[at->major++];
    put_route(row, 0, r, t);
    bytes_in(row->language, row->cells[3], t->bytes);
    duration_in(row->language, row->cells[4], t->end_ns - t->start_ns);
    rate_in(row->language, row->cells[5], t->mean_bits_per_second);
    put_how(row, 6, t);
    return true;
}

static const struct table_column transfer_columns[] = {
    { TEXT_COL_FROM, false, END_COLUMNS },
    { TEXT_COL_TO, false, END_COLUMNS },
    { TEXT_COL_NETWORK, false, SPLIT_COLUMNS },
    { TEXT_COL_BYTES, true, 0 },
    { TEXT_COL_TIME, true, 0 },
    { TEXT_COL_RATE, true, 0 },
    { TEXT_COL_HOW, false, 0 },
    { 0 },
};
const struct table table_transfers = { TEXT_TRANSFERS, transfer_columns, next_transfer };

static bool next_transfer_all(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_transfer *t;

    if (at->major >= r->n_transfers)
        return false;
    t = &r->transfers[at->major++];
    cell_count(row, 0, at->major);
    put_route(row, 1, r, t);
    count_in(row->language, row->cells[4], t->bytes);
    clock_in(row->language, row->cells[5], t->start_ns);
    duration_in(row->language, row->cells[6], t->end_ns - t->start_ns);
    rate_in(row->language, row->cells[7], t->mean_bits_per_second);
    rate_in(row->language, row->cells[8], t->peak_bits_per_second);
    cell_trouble(row, 9, t->retransmitted_bytes);
    cell_trouble(row, 10, t->missing_bytes);
    cell_count(row, 11, t->n_connections);
    put_how(row, 12, t);
    cell_text(row, 13, words_verdict(row->language, t->verdict));
    return true;
}

static const struct table_column transfer_all_columns[] = {
    { TEXT_COL_NUMBER, true, 0 },
    { TEXT_COL_FROM, false, END_COLUMNS },
    { TEXT_COL_TO, false, END_COLUMNS },
    { TEXT_COL_NETWORK, false, SPLIT_COLUMNS },
    { TEXT_COL_BYTES, true, 0 },
    { TEXT_COL_START, true, 0 },
    { TEXT_COL_TIME, true, 0 },
    { TEXT_COL_MEAN_RATE, true, 0 },
    { TEXT_COL_PEAK_RATE, true, 0 },
    { TEXT_COL_SENT_AGAIN, true, 0 },
    { TEXT_COL_NOT_CAPTURED, true, 0 },
    { TEXT_COL_CONNECTIONS, true, 0 },
    { TEXT_COL_HOW, false, 0 },
    { TEXT_COL_VERDICT, false, 0 },
    { 0 },
};
const struct table table_transfers_all = { TEXT_TRANSFERS, transfer_all_columns,
                                           next_transfer_all };

static void put_prefixes(struct table_row *row, size_t i, const struct result_network *n)
{
    char *cell = row->cells[i];
    size_t at = 0;

    for (size_t k = 0; k < n->n_prefixes; k++) {
        char prefix[PREFIX_TEXT_BYTES];

        if (at + PREFIX_TEXT_BYTES + 32 > CELL_BYTES) {
            char more[UNITS_TEXT_BYTES];

            count_in(row->language, more, n->n_prefixes - k);
            text_with(cell + at, CELL_BYTES - at, row->language, TEXT_LIST_MORE, more);
            return;
        }
        at += (size_t)snprintf(cell + at, CELL_BYTES - at, "%s%s", k ? ", " : "",
                               prefix_text(prefix, &n->prefixes[k]));
    }
}

static bool next_network(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_network *n;

    if (at->major >= r->n_networks)
        return false;
    n = &r->networks[at->major++];
    cell_text(row, 0, n->name);
    put_prefixes(row, 1, n);
    cell_text(row, 2, n->role);
    cell_text(row, 3, n->is_guessed ? text_in(row->language, TEXT_YES) : "");
    cell_text(row, 4, n->is_intended ? text_in(row->language, TEXT_YES) : "");
    cell_count(row, 5, n->transfer_bytes);
    percent_in(row->language, row->cells[6], n->share);
    return true;
}

static const struct table_column network_columns[] = {
    { TEXT_COL_NAME, false, NAME_COLUMNS },
    { TEXT_COL_SUBNETS, false, 0 },
    { TEXT_COL_ROLE, false, 0 },
    { TEXT_COL_GUESSED, false, 0 },
    { TEXT_COL_INTENDED, false, 0 },
    { TEXT_COL_MEMORY_BYTES, true, 0 },
    { TEXT_COL_SHARE, true, 0 },
    { 0 },
};
const struct table table_networks = { TEXT_NETWORKS, network_columns, next_network };
