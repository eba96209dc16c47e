/* The tables over a result. */
#include <inttypes.h>
#include <string.h>

#include "analyzers/report/table.h"
#include "analyzers/report/words.h"
#include "src/base/plain.h"
#include "src/base/units.h"
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
        count_text(row->cells[i], count);
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
        put(row, i, words_network(r, t->networks[0].network));
        return;
    }
    for (size_t k = 0; k < t->n_networks && at + 32 < CELL_BYTES; k++) {
        char name[128], share[UNITS_TEXT_BYTES];

        plain_text(name, sizeof(name), words_network(r, t->networks[k].network), NAME_COLUMNS);
        at += (size_t)snprintf(cell + at, CELL_BYTES - at, "%s%s %s", k ? ", " : "", name,
                               percent_text(share, t->networks[k].share));
        if (at >= CELL_BYTES)
            at = CELL_BYTES - 1;
    }
}

/* The ordinary case, certain and over TCP, is not worth a word. */
static void put_how(struct table_row *row, size_t i, const struct result_transfer *t)
{
    static const char *const names[] = { "", "SMB", "RDMA" };
    const char *sure = t->certainty == CERTAINTY_CERTAIN ? "" : certainty_name(t->certainty);
    const char *via = names[t->transport];

    snprintf(row->cells[i], CELL_BYTES, "%s%s%s%s", via, *via && sure && *sure ? ", " : "",
             sure ? sure : "",
             t->was_aborted ? (*via || (sure && *sure) ? ", aborted" : "aborted") : "");
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
    bytes_text(row->cells[3], t->bytes);
    duration_text(row->cells[4], t->end_ns - t->start_ns);
    rate_text(row->cells[5], t->mean_bits_per_second);
    put_how(row, 6, t);
    return true;
}

static const struct table_column transfer_columns[] = {
    { "from", false, END_COLUMNS },
    { "to", false, END_COLUMNS },
    { "network", false, SPLIT_COLUMNS },
    { "bytes", true, 0 },
    { "time", true, 0 },
    { "rate", true, 0 },
    { "how", false, 0 },
    { 0 },
};
const struct table table_transfers = { "Transfers", transfer_columns, next_transfer };

static bool next_transfer_all(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_transfer *t;

    if (at->major >= r->n_transfers)
        return false;
    t = &r->transfers[at->major++];
    put_count(row, 0, at->major);
    put_route(row, 1, r, t);
    count_text(row->cells[4], t->bytes);
    words_clock(row->cells[5], t->start_ns);
    duration_text(row->cells[6], t->end_ns - t->start_ns);
    rate_text(row->cells[7], t->mean_bits_per_second);
    rate_text(row->cells[8], t->peak_bits_per_second);
    put_trouble(row, 9, t->retransmitted_bytes);
    put_trouble(row, 10, t->missing_bytes);
    put_count(row, 11, t->n_connections);
    put_how(row, 12, t);
    put(row, 13, verdict_name(t->verdict));
    return true;
}

static const struct table_column transfer_all_columns[] = {
    { "#", true, 0 },
    { "from", false, END_COLUMNS },
    { "to", false, END_COLUMNS },
    { "network", false, SPLIT_COLUMNS },
    { "bytes", true, 0 },
    { "start (UTC)", true, 0 },
    { "time", true, 0 },
    { "mean rate", true, 0 },
    { "peak rate", true, 0 },
    { "sent again", true, 0 },
    { "not captured", true, 0 },
    { "connections", true, 0 },
    { "how", false, 0 },
    { "verdict", false, 0 },
    { 0 },
};
const struct table table_transfers_all = { "Transfers", transfer_all_columns, next_transfer_all };

static void put_prefixes(struct table_row *row, size_t i, const struct result_network *n)
{
    char *cell = row->cells[i];
    size_t at = 0;

    for (size_t k = 0; k < n->n_prefixes; k++) {
        char prefix[PREFIX_TEXT_BYTES];

        if (at + PREFIX_TEXT_BYTES + 32 > CELL_BYTES) {
            snprintf(cell + at, CELL_BYTES - at, " and %zu more", n->n_prefixes - k);
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
    put(row, 3, n->is_guessed ? "yes" : "");
    put(row, 4, n->is_intended ? "yes" : "");
    put_count(row, 5, n->transfer_bytes);
    percent_text(row->cells[6], n->share);
    return true;
}

static const struct table_column network_columns[] = {
    { "name", false, NAME_COLUMNS },
    { "subnets", false, 0 },
    { "role", false, 0 },
    { "guessed", false, 0 },
    { "intended", false, 0 },
    { "memory bytes", true, 0 },
    { "share", true, 0 },
    { 0 },
};
const struct table table_networks = { "Networks", network_columns, next_network };

static bool next_input(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_input *input;

    if (at->major >= r->n_inputs)
        return false;
    input = &r->inputs[at->major++];
    put_path(row, 0, input->path);
    snprintf(row->cells[1], CELL_BYTES, "%s%s%s", input->format ? input->format : "unknown",
             input->compression ? ", " : "", input->compression ? input->compression : "");
    put_count(row, 2, input->bytes);
    put_count(row, 3, input->packets);
    if (input->packets > 0) {
        time_text(row->cells[4], input->first_ns);
        duration_text(row->cells[5], input->last_ns - input->first_ns);
    }
    if (input->damage)
        snprintf(row->cells[6], CELL_BYTES, "at byte %" PRIu64 ": %.200s", input->damage_offset,
                 input->damage);
    else if (input->is_truncated)
        put(row, 6, "cut short");
    return true;
}

static const struct table_column input_columns[] = {
    { "file", false, 0 },  { "format", false, 0 }, { "bytes", true, 0 },   { "packets", true, 0 },
    { "first", false, 0 }, { "time", true, 0 },    { "damage", false, 0 }, { 0 },
};
const struct table table_inputs = { "Inputs", input_columns, next_input };

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
    { "SHA-256", false, 0 },
    { "file", false, 0 },
    { 0 },
};
const struct table table_digests = { "Digests", digest_columns, next_digest };

static bool next_nic(const struct result *r, struct table_place *at, struct table_row *row)
{
    const struct result_nic *nic;

    if (at->major >= r->n_nics)
        return false;
    nic = &r->nics[at->major++];
    put_path(row, 0, words_input(r, nic->input));
    put(row, 1, words_nic(nic));
    put(row, 2, nic->network >= 0 ? r->networks[nic->network].name : "");
    put(row, 3, nic->host >= 0 ? r->hosts[nic->host].name : "");
    if (nic->link_type)
        put(row, 4, nic->link_type);
    else
        snprintf(row->cells[4], CELL_BYTES, "unknown (%u)", nic->link_type_number);
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
    { "file", false, 0 },
    { "interface", false, NAME_COLUMNS },
    { "network", false, NAME_COLUMNS },
    { "host", false, NAME_COLUMNS },
    { "link", false, 0 },
    { "packets", true, 0 },
    { "bytes", true, 0 },
    { "dropped", true, 0 },
    { "duplicates", true, 0 },
    { "cut headers", true, 0 },
    { "malformed", true, 0 },
    { "stray fragments", true, 0 },
    { "ESP bytes", true, 0 },
    { "clock back", true, 0 },
    { 0 },
};
const struct table table_nics = { "Interfaces", nic_columns, next_nic };

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
        put(row, 6, "not captured");
    if (c->explained >= 0)
        percent_text(row->cells[7], c->explained);
    put_sum(row, 8, c->rise[COUNTER_RDMA_RX_BYTES], c->rise[COUNTER_RDMA_TX_BYTES]);
    return true;
}

static const struct table_column counter_columns[] = {
    { "session", false, 0 },
    { "interface", false, NAME_COLUMNS },
    { "network", false, NAME_COLUMNS },
    { "received", true, 0 },
    { "sent", true, 0 },
    { "background", true, 0 },
    { "capture saw", true, 0 },
    { "explained", true, 0 },
    { "RDMA", true, 0 },
    { 0 },
};
const struct table table_counters = { "Counters meanwhile", counter_columns, next_counted };

static void put_connection_network(struct table_row *row, size_t i, const struct result *r,
                                   const struct result_connection *c)
{
    int network = result_connection_network(c), client = c->network[c->client];
    char names[2][128];

    if (network >= 0 || (c->network[0] < 0 && c->network[1] < 0)) {
        put(row, i, network >= 0 ? r->networks[network].name : "outside");
        return;
    }
    plain_text(names[0], sizeof(names[0]), client < 0 ? "outside" : r->networks[client].name,
               NAME_COLUMNS);
    network = c->network[!c->client];
    plain_text(names[1], sizeof(names[1]), network < 0 ? "outside" : r->networks[network].name,
               NAME_COLUMNS);
    snprintf(row->cells[i], CELL_BYTES, "%s to %s", names[0], names[1]);
}

static void put_connection(struct table_row *row, const struct result *r, size_t index)
{
    const struct result_connection *c = &r->connections[index];
    const struct observation *o = result_totals(r, c);
    struct moved sent = words_moved(o, c->client), answered = words_moved(o, !c->client);
    const char *sure = certainty_name(c->certainty);

    put_count(row, 0, index + 1);
    words_end(row->cells[1], &o->addr[c->client], o->port[c->client]);
    words_end(row->cells[2], &o->addr[!c->client], o->port[!c->client]);
    put_connection_network(row, 3, r, c);
    put(row, 4, connection_role_name(c->role));
    put(row, 5, c->certainty == CERTAINTY_CERTAIN ? "" : sure);
    words_vlan(row->cells[6], o->vlan);
    words_clock(row->cells[7], o->first_ns);
    duration_text(row->cells[8], o->last_ns - o->first_ns);
    put_count(row, 9, sent.stream_bytes);
    put_count(row, 10, answered.stream_bytes);
    put_trouble(row, 11, o->half[0].retransmitted_bytes + o->half[1].retransmitted_bytes);
    put_trouble(row, 12, sent.missing_bytes + answered.missing_bytes);
    put_trouble(row, 13, (uint64_t)o->half[0].duplicate_packets + o->half[1].duplicate_packets);
    snprintf(row->cells[14], CELL_BYTES, "%u%s", c->n_observations,
             c->disagrees ? ", disagree" : "");
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
    { "#", true, 0 },
    { "client", false, 0 },
    { "server", false, 0 },
    { "network", false, END_COLUMNS },
    { "role", false, 0 },
    { "sure", false, 0 },
    { "VLAN", true, 0 },
    { "start (UTC)", true, 0 },
    { "time", true, 0 },
    { "client sent", true, 0 },
    { "server sent", true, 0 },
    { "sent again", true, 0 },
    { "not captured", true, 0 },
    { "duplicates", true, 0 },
    { "seen at", true, 0 },
    { "Community ID", false, 0 },
    { 0 },
};
const struct table table_connections = { "Connections", connection_columns, next_connection };
const struct table table_connections_id = { "Connections", connection_columns, next_connection_id };
const struct table table_connections_bearing = { "Connections that bear on the answer",
                                                 connection_columns, next_bearing };
const struct table table_connections_bearing_id = { "Connections that bear on the answer",
                                                    connection_columns, next_bearing_id };

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
    put(row, 2, words_nic(nic));
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
    { "connection", true, 0 },
    { "file", false, 0 },
    { "interface", false, NAME_COLUMNS },
    { "VLAN", true, 0 },
    { "tunnel", false, 0 },
    { "packets", true, 0 },
    { "client sent", true, 0 },
    { "server sent", true, 0 },
    { "sent again", true, 0 },
    { "not captured", true, 0 },
    { 0 },
};
const struct table table_vantage_points = { "Vantage points", vantage_point_columns,
                                            next_vantage_point };
