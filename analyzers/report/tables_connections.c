/* The tables of connections. */
#include "analyzers/report/cells.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/words.h"
#include "src/base/plain.h"
#include "src/file/community_id.h"

static void put_connection_network(struct table_row *row, size_t i, const struct result *r,
                                   const struct result_connection *c)
{
    int network = result_connection_network(c), client = c->network[c->client];
    char names[2][128];

    if (network >= 0 || (c->network[0] < 0 && c->network[1] < 0)) {
        cell_text(row, i,
                  network >= 0 ? r->networks[network].name
                               : text_in(row->language, TEXT_OUTSIDE_SHORT));
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

    cell_count(row, 0, index + 1);
    words_end(row->cells[1], &o->addr[c->client], o->port[c->client]);
    words_end(row->cells[2], &o->addr[!c->client], o->port[!c->client]);
    put_connection_network(row, 3, r, c);
    cell_text(row, 4, words_role(row->language, c->role));
    if (c->certainty != CERTAINTY_CERTAIN)
        cell_text(row, 5, words_certainty(row->language, c->certainty));
    words_vlan(row->cells[6], o->vlan);
    clock_in(row->language, row->cells[7], o->first_ns);
    duration_in(row->language, row->cells[8], o->last_ns - o->first_ns);
    cell_count(row, 9, sent.stream_bytes);
    cell_count(row, 10, answered.stream_bytes);
    cell_trouble(row, 11, o->half[0].retransmitted_bytes + o->half[1].retransmitted_bytes);
    cell_trouble(row, 12, sent.missing_bytes + answered.missing_bytes);
    cell_trouble(row, 13, (uint64_t)o->half[0].duplicate_packets + o->half[1].duplicate_packets);
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
    cell_text(row, 15, community_id_text(id, o->protocol, o->addr, o->port));
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
    cell_count(row, 0, at->major + 1);
    cell_path(row, 1, words_input(r, nic->input));
    cell_text(row, 2, words_nic(row->language, nic));
    words_vlan(row->cells[3], o->vlan);
    words_tunnel(row->cells[4], o->tunnel);
    cell_count(row, 5, o->half[0].packets + o->half[1].packets);
    cell_count(row, 6, sent.stream_bytes);
    cell_count(row, 7, answered.stream_bytes);
    cell_trouble(row, 8, o->half[0].retransmitted_bytes + o->half[1].retransmitted_bytes);
    cell_trouble(row, 9, sent.missing_bytes + answered.missing_bytes);
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
