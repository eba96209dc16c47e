/* The tables of NICs: what captures saw at each, and what it counted. */
#include "analyzers/report/cells.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/words.h"

static bool next_nic(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_nic *nic;
    char number[UNITS_TEXT_BYTES];

    if (at->major >= r->n_nics)
        return false;
    nic = &r->nics[at->major++];
    cell_path(row, 0, words_input(r, nic->input));
    cell_text(row, 1, words_nic(row->language, nic));
    cell_text(row, 2, nic->network >= 0 ? r->networks[nic->network].name : "");
    cell_text(row, 3, nic->host >= 0 ? r->hosts[nic->host].name : "");
    snprintf(number, sizeof(number), "%u", nic->link_type_number);
    if (nic->link_type)
        cell_text(row, 4, nic->link_type);
    else
        text_with(row->cells[4], CELL_BYTES, row->language, TEXT_LINK_UNKNOWN, number);
    cell_count(row, 5, nic->packets);
    cell_count(row, 6, nic->wire_bytes);
    cell_count(row, 7, nic->dropped);
    cell_trouble(row, 8, nic->duplicate_packets);
    cell_trouble(row, 9, nic->cut_packets);
    cell_trouble(row, 10, nic->malformed_packets);
    cell_trouble(row, 11, nic->fragments_unattributed);
    cell_trouble(row, 12, nic->esp_bytes);
    cell_trouble(row, 13, nic->backward_times);
    return true;
}

static const struct table_column nic_columns[] = {
    { TEXT_COL_FILE, false, 0 },
    { TEXT_COL_INTERFACE, false, NAME_COLUMNS },
    { TEXT_COL_NETWORK, false, NAME_COLUMNS },
    { TEXT_COL_HOST, false, NAME_COLUMNS },
    { TEXT_COL_LINK, false, 0 },
    { TEXT_COL_PACKETS, true, 0 },
    { TEXT_COL_BYTES, true, 0 },
    { TEXT_COL_DROPPED, true, 0 },
    { TEXT_COL_DUPLICATES, true, 0 },
    { TEXT_COL_CUT, true, 0 },
    { TEXT_COL_MALFORMED, true, 0 },
    { TEXT_COL_STRAY, true, 0 },
    { TEXT_COL_ESP, true, 0 },
    { TEXT_COL_CLOCK_BACK, true, 0 },
    { 0 },
};
const struct table table_nics = { TEXT_INTERFACES, nic_columns, next_nic };

/* The sum of two counts that are known. */
static void put_sum(struct table_row *row, size_t i, uint64_t a, uint64_t b)
{
    if (a != RESULT_UNKNOWN && b != RESULT_UNKNOWN)
        cell_count(row, i, a + b);
}

static bool next_counted(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_counted *c;
    const struct recorded *s;

    if (at->major >= r->n_counted)
        return false;
    c = &r->counted[at->major++];
    s = &r->sessions[c->session];
    if (r->n_sessions > 1)
        cell_path(row, 0, s->folder);
    cell_text(row, 1, s->session.nics[c->session_nic].name);
    cell_text(row, 2, c->network >= 0 ? r->networks[c->network].name : "");
    cell_count(row, 3, c->rise[COUNTER_RX_BYTES]);
    cell_count(row, 4, c->rise[COUNTER_TX_BYTES]);
    put_sum(row, 5, c->background_rx_bytes, c->background_tx_bytes);
    if (s->session.nics[c->session_nic].is_captured)
        cell_count(row, 6, c->captured_bytes);
    else
        cell_text(row, 6, text_in(row->language, TEXT_COL_NOT_CAPTURED));
    if (c->explained >= 0)
        percent_in(row->language, row->cells[7], c->explained);
    put_sum(row, 8, c->rise[COUNTER_RDMA_RX_BYTES], c->rise[COUNTER_RDMA_TX_BYTES]);
    return true;
}

static const struct table_column counter_columns[] = {
    { TEXT_COL_SESSION, false, 0 },
    { TEXT_COL_INTERFACE, false, NAME_COLUMNS },
    { TEXT_COL_NETWORK, false, NAME_COLUMNS },
    { TEXT_COL_RECEIVED, true, 0 },
    { TEXT_COL_SENT, true, 0 },
    { TEXT_COL_BACKGROUND, true, 0 },
    { TEXT_COL_CAPTURE_SAW, true, 0 },
    { TEXT_COL_EXPLAINED, true, 0 },
    { TEXT_COL_RDMA, true, 0 },
    { 0 },
};
const struct table table_counters = { TEXT_COUNTERS, counter_columns, next_counted };
