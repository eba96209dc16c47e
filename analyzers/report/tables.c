/* The tables over a result. */
#include <inttypes.h>
#include <string.h>

#include "analyzers/report/numbers.h"
#include "analyzers/report/sentences.h"
#include "analyzers/report/table.h"
#include "analyzers/report/words.h"
#include "src/base/auto.h"
#include "src/base/plain.h"
#include "src/base/text.h"
#include "src/base/utf8.h"
#include "src/file/community_id.h"

enum { NAME_COLUMNS = 40, END_COLUMNS = 64, SPLIT_COLUMNS = 120, PATH_COLUMNS = 57 };

static void put(struct table_row *row, size_t i, const char *text)
{
    plain_text(row->cells[i], CELL_BYTES, text ? text : "", PLAIN_UNCUT);
}

/* Of a long path the end tells the files apart. */
static void put_path(struct table_row *row, size_t i, const char *path)
{
    char whole[4 * CELL_BYTES];
    const char *at = whole;
    unsigned columns = plain_text(whole, sizeof(whole), path, PLAIN_UNCUT);

    while (columns > PATH_COLUMNS) {
        utf8_next(&at);
        columns = plain_columns(at);
    }
    snprintf(row->cells[i], CELL_BYTES, "%s%s", at > whole ? "..." : "", at);
}

static void put_count(struct table_row *row, size_t i, uint64_t count)
{
    if (count != RESULT_UNKNOWN)
        count_in(row->language, row->cells[i], count);
}

/* Zero is what is expected there: an empty cell shows what is not. */
static void put_trouble(struct table_row *row, size_t i, uint64_t count)
{
    if (count != 0)
        put_count(row, i, count);
}

/* "Storage1", or with several "Storage1 75 %, Management 25 %". */
static void put_transfer_networks(struct table_row *row, size_t i, const struct result *r,
                                  const struct result_transfer *t)
{
    char *cell = row->cells[i];
    size_t at = 0;

    if (t->n_networks == 1) {
        put(row, i, words_network(row->language, r, t->networks[0].network));
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
    put_count(row, 0, at->major);
    put_route(row, 1, r, t);
    count_in(row->language, row->cells[4], t->bytes);
    clock_in(row->language, row->cells[5], t->start_ns);
    duration_in(row->language, row->cells[6], t->end_ns - t->start_ns);
    rate_in(row->language, row->cells[7], t->mean_bits_per_second);
    rate_in(row->language, row->cells[8], t->peak_bits_per_second);
    put_trouble(row, 9, t->retransmitted_bytes);
    put_trouble(row, 10, t->missing_bytes);
    put_count(row, 11, t->n_connections);
    put_how(row, 12, t);
    put(row, 13, words_verdict(row->language, t->verdict));
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
    put(row, 0, n->name);
    put_prefixes(row, 1, n);
    put(row, 2, n->role);
    put(row, 3, n->is_guessed ? text_in(row->language, TEXT_YES) : "");
    put(row, 4, n->is_intended ? text_in(row->language, TEXT_YES) : "");
    put_count(row, 5, n->transfer_bytes);
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

static bool next_input(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_input *input;
    char offset[UNITS_TEXT_BYTES], damage[SENTENCE_BYTES];

    if (at->major >= r->n_inputs)
        return false;
    input = &r->inputs[at->major++];
    put_path(row, 0, input->path);
    snprintf(row->cells[1], CELL_BYTES, "%s%s%s",
             input->format ? input->format : text_in(row->language, TEXT_UNKNOWN),
             input->compression ? ", " : "", input->compression ? input->compression : "");
    put_count(row, 2, input->bytes);
    put_count(row, 3, input->packets);
    if (input->packets > 0) {
        time_in(row->language, row->cells[4], input->first_ns);
        duration_in(row->language, row->cells[5], input->last_ns - input->first_ns);
    }
    snprintf(offset, sizeof(offset), "%" PRIu64, input->damage_offset);
    if (input->damage)
        sentence_in(row->language, r, SENTENCE_DAMAGE, damage, input->damage);
    if (input->damage)
        text_with(row->cells[6], CELL_BYTES, row->language, TEXT_DAMAGED_AT, offset, damage);
    else if (input->is_truncated)
        put(row, 6, text_in(row->language, TEXT_CUT_SHORT));
    return true;
}

static const struct table_column input_columns[] = {
    { TEXT_COL_FILE, false, 0 },   { TEXT_COL_FORMAT, false, 0 },
    { TEXT_COL_BYTES, true, 0 },   { TEXT_COL_PACKETS, true, 0 },
    { TEXT_COL_FIRST, false, 0 },  { TEXT_COL_TIME, true, 0 },
    { TEXT_COL_DAMAGE, false, 0 }, { 0 },
};
const struct table table_inputs = { TEXT_INPUTS, input_columns, next_input };

static bool next_digest(const struct result *r, struct table_place *at, struct table_row *row)
{
    while (at->major < r->n_inputs && !r->inputs[at->major].sha256[0])
        at->major++;
    if (at->major >= r->n_inputs)
        return false;
    put(row, 0, r->inputs[at->major].sha256);
    put(row, 1, r->inputs[at->major++].path);
    return true;
}

static const struct table_column digest_columns[] = {
    { TEXT_COL_SHA256, false, 0 },
    { TEXT_COL_FILE, false, 0 },
    { 0 },
};
const struct table table_digests = { TEXT_DIGESTS, digest_columns, next_digest };

static bool next_nic(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_nic *nic;
    char number[UNITS_TEXT_BYTES];

    if (at->major >= r->n_nics)
        return false;
    nic = &r->nics[at->major++];
    put_path(row, 0, words_input(r, nic->input));
    put(row, 1, words_nic(row->language, nic));
    put(row, 2, nic->network >= 0 ? r->networks[nic->network].name : "");
    put(row, 3, nic->host >= 0 ? r->hosts[nic->host].name : "");
    snprintf(number, sizeof(number), "%u", nic->link_type_number);
    if (nic->link_type)
        put(row, 4, nic->link_type);
    else
        text_with(row->cells[4], CELL_BYTES, row->language, TEXT_LINK_UNKNOWN, number);
    put_count(row, 5, nic->packets);
    put_count(row, 6, nic->wire_bytes);
    put_count(row, 7, nic->dropped);
    put_trouble(row, 8, nic->duplicate_packets);
    put_trouble(row, 9, nic->cut_packets);
    put_trouble(row, 10, nic->malformed_packets);
    put_trouble(row, 11, nic->fragments_unattributed);
    put_trouble(row, 12, nic->esp_bytes);
    put_trouble(row, 13, nic->backward_times);
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
        put_count(row, i, a + b);
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
        put_path(row, 0, s->folder);
    put(row, 1, s->session.nics[c->session_nic].name);
    put(row, 2, c->network >= 0 ? r->networks[c->network].name : "");
    put_count(row, 3, c->rise[COUNTER_RX_BYTES]);
    put_count(row, 4, c->rise[COUNTER_TX_BYTES]);
    put_sum(row, 5, c->background_rx_bytes, c->background_tx_bytes);
    if (s->session.nics[c->session_nic].is_captured)
        put_count(row, 6, c->captured_bytes);
    else
        put(row, 6, text_in(row->language, TEXT_COL_NOT_CAPTURED));
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

static void put_words(struct table_row *row, size_t i, const struct session_command *c)
{
    AUTO_MEMORY char *words = text_copy("");

    for (size_t k = 0; k < c->n_words; k++)
        text_append(&words, "%s%s", k ? " " : "", c->words[k]);
    put(row, i, words);
}

static void put_end(struct table_row *row, size_t i, const struct session_command *c)
{
    bool was_killed = c->signal != SESSION_NO_STATUS;
    char number[UNITS_TEXT_BYTES];

    if (c->problem && *c->problem) {
        text_with(row->cells[i], CELL_BYTES, row->language, TEXT_NOT_STARTED, c->problem);
    } else if (was_killed || c->status != SESSION_NO_STATUS) {
        snprintf(number, sizeof(number), "%" PRId64, was_killed ? c->signal : c->status);
        text_with(row->cells[i], CELL_BYTES, row->language, was_killed ? TEXT_SIGNAL : TEXT_STATUS,
                  number);
    }
}

static bool next_command(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct session_command *c;

    while (at->major < r->n_sessions && at->minor >= r->sessions[at->major].session.n_commands) {
        at->major++;
        at->minor = 0;
    }
    if (at->major >= r->n_sessions)
        return false;
    c = &r->sessions[at->major].session.commands[at->minor++];
    if (r->n_sessions > 1)
        put_path(row, 0, r->sessions[at->major].folder);
    put_words(row, 1, c);
    if (c->start_ns != SESSION_NO_TIME)
        clock_in(row->language, row->cells[2], c->start_ns);
    if (c->start_ns != SESSION_NO_TIME && c->end_ns != SESSION_NO_TIME)
        duration_in(row->language, row->cells[3], c->end_ns - c->start_ns);
    put_end(row, 4, c);
    return true;
}

static const struct table_column command_columns[] = {
    { TEXT_COL_SESSION, false, 0 }, { TEXT_COL_COMMAND, false, 0 }, { TEXT_COL_START, true, 0 },
    { TEXT_COL_TIME, true, 0 },     { TEXT_COL_ENDED, false, 0 },   { 0 },
};
const struct table table_commands = { TEXT_COMMANDS, command_columns, next_command };

static bool next_mark(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct session_mark *m;

    while (at->major < r->n_sessions && at->minor >= r->sessions[at->major].session.n_marks) {
        at->major++;
        at->minor = 0;
    }
    if (at->major >= r->n_sessions)
        return false;
    m = &r->sessions[at->major].session.marks[at->minor++];
    if (r->n_sessions > 1)
        put_path(row, 0, r->sessions[at->major].folder);
    if (m->time_ns != SESSION_NO_TIME)
        clock_in(row->language, row->cells[1], m->time_ns);
    put(row, 2, m->text);
    return true;
}

static const struct table_column mark_columns[] = {
    { TEXT_COL_SESSION, false, 0 },
    { TEXT_COL_WHEN, true, 0 },
    { TEXT_COL_MARK, false, 0 },
    { 0 },
};
const struct table table_marks = { TEXT_MARKS, mark_columns, next_mark };

static void put_connection_network(struct table_row *row, size_t i, const struct result *r,
                                   const struct result_connection *c)
{
    int network = result_connection_network(c), client = c->network[c->client];
    char names[2][128];

    if (network >= 0 || (c->network[0] < 0 && c->network[1] < 0)) {
        put(row, i,
            network >= 0 ? r->networks[network].name : text_in(row->language, TEXT_OUTSIDE_SHORT));
        return;
    }
    plain_text(names[0], sizeof(names[0]),
               client < 0 ? text_in(row->language, TEXT_OUTSIDE_SHORT) : r->networks[client].name,
               NAME_COLUMNS);
    network = c->network[!c->client];
    plain_text(names[1], sizeof(names[1]),
               network < 0 ? text_in(row->language, TEXT_OUTSIDE_SHORT) : r->networks[network].name,
               NAME_COLUMNS);
    text_with(row->cells[i], CELL_BYTES, row->language, TEXT_FROM_TO, names[0], names[1]);
}

static void put_connection(struct table_row *row, const struct result *r, size_t index)
{
    const struct result_connection *c = &r->connections[index];
    const struct observation *o = result_totals(r, c);
    struct moved sent = words_moved(o, c->client), answered = words_moved(o, !c->client);
    char seen[UNITS_TEXT_BYTES];

    put_count(row, 0, index + 1);
    words_end(row->cells[1], &o->addr[c->client], o->port[c->client]);
    words_end(row->cells[2], &o->addr[!c->client], o->port[!c->client]);
    put_connection_network(row, 3, r, c);
    put(row, 4, words_role(row->language, c->role));
    if (c->certainty != CERTAINTY_CERTAIN)
        put(row, 5, words_certainty(row->language, c->certainty));
    words_vlan(row->cells[6], o->vlan);
    clock_in(row->language, row->cells[7], o->first_ns);
    duration_in(row->language, row->cells[8], o->last_ns - o->first_ns);
    put_count(row, 9, sent.stream_bytes);
    put_count(row, 10, answered.stream_bytes);
    put_trouble(row, 11, o->half[0].retransmitted_bytes + o->half[1].retransmitted_bytes);
    put_trouble(row, 12, sent.missing_bytes + answered.missing_bytes);
    put_trouble(row, 13, (uint64_t)o->half[0].duplicate_packets + o->half[1].duplicate_packets);
    count_in(row->language, seen, c->n_observations);
    text_with(row->cells[14], CELL_BYTES, row->language,
              c->disagrees ? TEXT_DISAGREE : TEXT_AS_IT_IS, seen);
}

static bool next_connection(const struct result *r, struct table_place *at, struct table_row *row)
{
    if (at->major >= r->n_connections)
        return false;
    put_connection(row, r, at->major++);
    return true;
}

static bool next_connection_id(const struct result *r, struct table_place *at,
                               struct table_row *row)
{
    const struct observation *o;
    char id[COMMUNITY_ID_BYTES];

    if (!next_connection(r, at, row))
        return false;
    o = result_totals(r, &r->connections[at->major - 1]);
    put(row, 15, community_id_text(id, o->protocol, o->addr, o->port));
    return true;
}

static void skip_others(const struct result *r, struct table_place *at)
{
    while (at->major < r->n_connections && r->connections[at->major].role == CONNECTION_OTHER)
        at->major++;
}

static bool next_bearing(const struct result *r, struct table_place *at, struct table_row *row)
{
    skip_others(r, at);
    return next_connection(r, at, row);
}

static bool next_bearing_id(const struct result *r, struct table_place *at, struct table_row *row)
{
    skip_others(r, at);
    return next_connection_id(r, at, row);
}

static const struct table_column connection_columns[] = {
    { TEXT_COL_NUMBER, true, 0 },
    { TEXT_COL_CLIENT, false, 0 },
    { TEXT_COL_SERVER, false, 0 },
    { TEXT_COL_NETWORK, false, END_COLUMNS },
    { TEXT_COL_ROLE, false, 0 },
    { TEXT_COL_SURE, false, 0 },
    { TEXT_COL_VLAN, true, 0 },
    { TEXT_COL_START, true, 0 },
    { TEXT_COL_TIME, true, 0 },
    { TEXT_COL_CLIENT_SENT, true, 0 },
    { TEXT_COL_SERVER_SENT, true, 0 },
    { TEXT_COL_SENT_AGAIN, true, 0 },
    { TEXT_COL_NOT_CAPTURED, true, 0 },
    { TEXT_COL_DUPLICATES, true, 0 },
    { TEXT_COL_SEEN_AT, true, 0 },
    { TEXT_COL_COMMUNITY_ID, false, 0 },
    { 0 },
};
const struct table table_connections = { TEXT_CONNECTIONS, connection_columns, next_connection };
const struct table table_connections_id = { TEXT_CONNECTIONS, connection_columns,
                                            next_connection_id };
const struct table table_connections_bearing_id = { TEXT_CONNECTIONS_BEARING, connection_columns,
                                                    next_bearing_id };
const struct table table_connections_bearing = { TEXT_CONNECTIONS_BEARING, connection_columns,
                                                 next_bearing };

static bool next_vantage_point(const struct result *r, struct table_place *at,
                               struct table_row *row)
{
    const struct result_connection *c;
    const struct observation *o;
    const struct result_nic *nic;
    struct moved sent, answered;

    while (at->major < r->n_connections && at->minor >= r->connections[at->major].n_observations) {
        at->major++;
        at->minor = 0;
    }
    if (at->major >= r->n_connections)
        return false;
    c = &r->connections[at->major];
    o = result_observation(r, c, (unsigned)at->minor++);
    sent = words_moved(o, c->client);
    answered = words_moved(o, !c->client);
    nic = &r->nics[o->vantage];
    put_count(row, 0, at->major + 1);
    put_path(row, 1, words_input(r, nic->input));
    put(row, 2, words_nic(row->language, nic));
    words_vlan(row->cells[3], o->vlan);
    words_tunnel(row->cells[4], o->tunnel);
    put_count(row, 5, o->half[0].packets + o->half[1].packets);
    put_count(row, 6, sent.stream_bytes);
    put_count(row, 7, answered.stream_bytes);
    put_trouble(row, 8, o->half[0].retransmitted_bytes + o->half[1].retransmitted_bytes);
    put_trouble(row, 9, sent.missing_bytes + answered.missing_bytes);
    return true;
}

static const struct table_column vantage_point_columns[] = {
    { TEXT_COL_CONNECTION, true, 0 },
    { TEXT_COL_FILE, false, 0 },
    { TEXT_COL_INTERFACE, false, NAME_COLUMNS },
    { TEXT_COL_VLAN, true, 0 },
    { TEXT_COL_TUNNEL, false, 0 },
    { TEXT_COL_PACKETS, true, 0 },
    { TEXT_COL_CLIENT_SENT, true, 0 },
    { TEXT_COL_SERVER_SENT, true, 0 },
    { TEXT_COL_SENT_AGAIN, true, 0 },
    { TEXT_COL_NOT_CAPTURED, true, 0 },
    { 0 },
};
const struct table table_vantage_points = { TEXT_VANTAGE_POINTS, vantage_point_columns,
                                            next_vantage_point };
