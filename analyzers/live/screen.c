#include "analyzers/live/screen.h"

#include <stdio.h>
#include <string.h>

#include "analyzers/live/grid.h"
#include "analyzers/report/headline.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/words.h"
#include "src/base/plain.h"

enum {
    LINE_BYTES = 2048,
    WRAP_BYTES = 78,
    CONNECTIONS_SHOWN = 8,
    RATE_MS = 1000, /* a NIC's rate is over the samples of its last second */
};

static const double bits_per_byte = 8, ns_per_s = 1e9;

static const struct grid_column network_columns[] = {
    { "network", false }, { "intended", false }, { "memory", true },
    { "share", true },    { "now", true },       { NULL, false },
};
static const struct grid_column nic_columns[] = {
    { "NIC", false },     { "network", false }, { "received", true },
    { "sent", true },     { "in now", true },   { "out now", true },
    { "captured", true }, { "lost", true },     { NULL, false },
};
static const struct grid_column connection_columns[] = {
    { "connection", false }, { "network", false }, { "bytes", true },
    { "role", false },       { NULL, false },
};

int64_t screen_time(const struct result *r)
{
    int64_t time_ns = SESSION_NO_TIME;

    for (size_t i = 0; i < r->n_sessions; i++) {
        const struct counters *c = &r->sessions[i].counters;

        if (c->n_moments > 0 && c->moments[c->n_moments - 1].time_ns > time_ns)
            time_ns = c->moments[c->n_moments - 1].time_ns;
    }
    return time_ns;
}

static int add_cells(struct grid *g, const char *const *cells, size_t n, struct error *err)
{
    int r = 0;

    for (size_t i = 0; i < n && r == 0; i++)
        r = grid_add(g, cells[i], err);
    return r;
}

/* A title line, the grid under it, an empty line. Takes the grid. */
static void put_grid(struct grid *g, screen_line *put, void *context)
{
    if (g->n_cells > 0) {
        grid_write(g, put, context);
        put(context, "");
    }
    grid_release(g);
}

/* ---- networks ---- */

static double network_rate(const struct result *r, const struct screen_before *before, size_t i)
{
    int64_t elapsed_ns = screen_time(r) - before->time_ns;

    if (before->time_ns == 0 || elapsed_ns <= 0 || i >= before->n_networks ||
        r->networks[i].transfer_bytes < before->network_bytes[i])
        return 0;
    return (double)(r->networks[i].transfer_bytes - before->network_bytes[i]) * bits_per_byte *
           ns_per_s / (double)elapsed_ns;
}

static void remember(const struct result *r, struct screen_before *before)
{
    int64_t time_ns = screen_time(r);

    if (time_ns == SESSION_NO_TIME || time_ns == before->time_ns)
        return;
    before->time_ns = time_ns;
    before->n_networks = r->n_networks < SCREEN_NETWORKS ? r->n_networks : SCREEN_NETWORKS;
    for (size_t i = 0; i < before->n_networks; i++)
        before->network_bytes[i] = r->networks[i].transfer_bytes;
}

static int put_networks(const struct result *r, const struct screen_before *before,
                        screen_line *put, void *context, struct error *err)
{
    struct grid g;
    int n = 0;

    grid_init(&g, network_columns);
    for (size_t i = 0; i < r->n_networks && n == 0; i++) {
        const struct result_network *network = &r->networks[i];
        char bytes[UNITS_TEXT_BYTES], share[UNITS_TEXT_BYTES], rate[UNITS_TEXT_BYTES];
        const char *const cells[] = { network->name, network->is_intended ? "yes" : "",
                                      bytes_text(bytes, network->transfer_bytes),
                                      percent_text(share, network->share),
                                      rate_text(rate, network_rate(r, before, i)) };

        n = add_cells(&g, cells, 5, err);
    }
    put_grid(&g, put, context);
    return n;
}

/* ---- NICs ---- */

/* From moment @from to the last one. */
static uint64_t rise(const struct counters *c, uint32_t nic, enum counter counter, size_t from)
{
    uint64_t first, last;

    if (c->n_moments == 0 || nic >= c->n_nics)
        return RESULT_UNKNOWN;
    first = counters_row(c, from, nic)->values[counter];
    last = counters_row(c, c->n_moments - 1, nic)->values[counter];
    if (first == COUNTER_UNKNOWN || last == COUNTER_UNKNOWN || last < first)
        return RESULT_UNKNOWN;
    return last - first;
}

/* The moment from which on the rate is told. */
static size_t recent_moment(const struct counters *c)
{
    size_t i = c->n_moments ? c->n_moments - 1 : 0;

    while (i > 0 && c->moments[c->n_moments - 1].monotonic_ns - c->moments[i].monotonic_ns <
                        (int64_t)RATE_MS * 1000000)
        i--;
    return i;
}

static char *rise_text(char *to, const struct counters *c, uint32_t nic, enum counter counter)
{
    uint64_t bytes = rise(c, nic, counter, 0);

    *to = '\0';
    return bytes == RESULT_UNKNOWN ? to : bytes_text(to, bytes);
}

static char *rise_rate_text(char *to, const struct counters *c, uint32_t nic, enum counter counter)
{
    size_t from = recent_moment(c);
    uint64_t bytes = rise(c, nic, counter, from);
    int64_t elapsed_ns = 0;

    *to = '\0';
    if (c->n_moments > 0)
        elapsed_ns = c->moments[c->n_moments - 1].monotonic_ns - c->moments[from].monotonic_ns;
    if (bytes == RESULT_UNKNOWN || elapsed_ns <= 0)
        return to;
    return rate_text(to, (double)bytes * bits_per_byte * ns_per_s / (double)elapsed_ns);
}

static uint64_t last_value(const struct counters *c, uint32_t nic, enum counter counter)
{
    if (c->n_moments == 0 || nic >= c->n_nics)
        return RESULT_UNKNOWN;
    return counters_row(c, c->n_moments - 1, nic)->values[counter];
}

/* All causes together; nothing lost leaves the cell empty. */
static char *lost_text(char *to, const struct counters *c, uint32_t nic)
{
    static const enum counter causes[] = { COUNTER_DROPPED_KERNEL, COUNTER_DROPPED_NIC,
                                           COUNTER_DROPPED_RING };
    uint64_t lost = 0;

    *to = '\0';
    for (size_t i = 0; i < sizeof(causes) / sizeof(*causes); i++) {
        uint64_t n = last_value(c, nic, causes[i]);

        lost += n == COUNTER_UNKNOWN ? 0 : n;
    }
    return lost ? count_text(to, lost) : to;
}

static int add_nic(struct grid *g, const struct recorded *s, uint32_t nic, struct error *err)
{
    const struct session_nic *n = &s->session.nics[nic];
    const struct counters *c = &s->counters;
    uint64_t packets = last_value(c, nic, COUNTER_CAPTURE_RECEIVED);
    char texts[6][UNITS_TEXT_BYTES] = { "" };
    const char *const cells[] = { n->name,
                                  n->network,
                                  rise_text(texts[0], c, nic, COUNTER_RX_BYTES),
                                  rise_text(texts[1], c, nic, COUNTER_TX_BYTES),
                                  rise_rate_text(texts[2], c, nic, COUNTER_RX_BYTES),
                                  rise_rate_text(texts[3], c, nic, COUNTER_TX_BYTES),
                                  !n->is_captured             ? "no"
                                  : packets == RESULT_UNKNOWN ? ""
                                                              : count_text(texts[4], packets),
                                  lost_text(texts[5], c, nic) };

    return add_cells(g, cells, 8, err);
}

static int put_nics(const struct result *r, screen_line *put, void *context, struct error *err)
{
    struct grid g;
    int n = 0;

    grid_init(&g, nic_columns);
    for (size_t i = 0; i < r->n_sessions && n == 0; i++) {
        for (uint32_t k = 0; k < r->sessions[i].session.n_nics && n == 0; k++)
            n = add_nic(&g, &r->sessions[i], k, err);
    }
    put_grid(&g, put, context);
    return n;
}

/* ---- connections ---- */

static uint64_t stream_bytes(const struct result *r, const struct result_connection *c)
{
    const struct observation *o = result_totals(r, c);

    return words_moved(o, 0).stream_bytes + words_moved(o, 1).stream_bytes;
}

/* The connections that moved most, largest first. Returns how many. */
static size_t largest(const struct result *r, size_t ret_largest[CONNECTIONS_SHOWN])
{
    size_t n = 0;

    for (size_t i = 0; i < r->n_connections; i++) {
        uint64_t bytes = stream_bytes(r, &r->connections[i]);
        size_t at = n;

        while (at > 0 && stream_bytes(r, &r->connections[ret_largest[at - 1]]) < bytes)
            at--;
        if (at == CONNECTIONS_SHOWN)
            continue;
        n += n < CONNECTIONS_SHOWN;
        memmove(ret_largest + at + 1, ret_largest + at, (n - at - 1) * sizeof(*ret_largest));
        ret_largest[at] = i;
    }
    return n;
}

static int add_connection(struct grid *g, const struct result *r, const struct result_connection *c,
                          struct error *err)
{
    const struct observation *o = result_totals(r, c);
    char client[WORDS_BYTES], server[WORDS_BYTES], ends[2 * WORDS_BYTES + 8];
    char bytes[UNITS_TEXT_BYTES];
    int network = result_connection_network(c);
    const char *const cells[] = { ends, network < 0 ? "" : r->networks[network].name,
                                  bytes_text(bytes, stream_bytes(r, c)),
                                  connection_role_name(c->role) };

    snprintf(ends, sizeof(ends), "%s to %s",
             words_end(client, &o->addr[c->client], o->port[c->client]),
             words_end(server, &o->addr[!c->client], o->port[!c->client]));
    return add_cells(g, cells, 4, err);
}

static int put_connections(const struct result *r, screen_line *put, void *context,
                           struct error *err)
{
    size_t shown[CONNECTIONS_SHOWN];
    size_t n_shown = largest(r, shown);
    struct grid g;
    int n = 0;

    grid_init(&g, connection_columns);
    for (size_t i = 0; i < n_shown && n == 0; i++)
        n = add_connection(&g, r, &r->connections[shown[i]], err);
    put_grid(&g, put, context);
    return n;
}

/* ---- all of it ---- */

/* Sentences, broken between words so that they can be read in any window. */
static void put_wrapped(char *text, screen_line *put, void *context)
{
    while (strlen(text) > WRAP_BYTES) {
        char *blank = text + WRAP_BYTES;

        while (blank > text && *blank != ' ')
            blank--;
        if (blank == text)
            break;
        *blank = '\0';
        put(context, text);
        text = blank + 1;
    }
    put(context, text);
}

static void put_title(const struct result *r, screen_line *put, void *context)
{
    char line[LINE_BYTES], text[HEADLINE_BYTES], host[128], path[512], age[UNITS_TEXT_BYTES];

    for (size_t i = 0; i < r->n_sessions; i++) {
        const struct session *s = &r->sessions[i].session;
        int64_t until_ns = s->state == SESSION_COMPLETE ? s->end_ns : screen_time(r);

        plain_text(host, sizeof(host), s->host, PLAIN_UNCUT);
        plain_text(path, sizeof(path), r->sessions[i].folder, PLAIN_UNCUT);
        duration_text(age, until_ns > s->start_ns ? until_ns - s->start_ns : 0);
        snprintf(line, sizeof(line), "%s  %s  %s%s", path, host, age,
                 s->state == SESSION_COMPLETE ? ", complete" : "");
        put(context, line);
    }
    snprintf(line, sizeof(line), "so far: %s", headline_text(LANGUAGE_EN, text, r));
    put_wrapped(line, put, context);
    put(context, "");
}

static void put_warnings(const struct result *r, screen_line *put, void *context)
{
    char line[LINE_BYTES], text[LINE_BYTES - 16];

    for (size_t i = 0; i < r->n_sessions; i++) {
        const struct session *s = &r->sessions[i].session;

        for (size_t k = 0; k < s->n_warnings; k++) {
            plain_text(text, sizeof(text), s->warnings[k], PLAIN_UNCUT);
            snprintf(line, sizeof(line), "warning: %s", text);
            put_wrapped(line, put, context);
        }
    }
}

int screen_write(const struct result *r, struct screen_before *before, screen_line *put,
                 void *context, struct error *err)
{
    int n;

    put_title(r, put, context);
    n = put_networks(r, before, put, context, err);
    if (n == 0)
        n = put_nics(r, put, context, err);
    if (n == 0)
        n = put_connections(r, put, context, err);
    put_warnings(r, put, context);
    remember(r, before);
    return n;
}

void screen_write_line(const struct result *r, struct screen_before *before, screen_line *put,
                       void *context)
{
    char line[LINE_BYTES], clock[UNITS_TEXT_BYTES] = "";
    int64_t time_ns = screen_time(r);
    size_t at;

    if (time_ns != SESSION_NO_TIME)
        clock_in(LANGUAGE_EN, clock, time_ns);
    at = (size_t)snprintf(line, sizeof(line), "%s  %s so far", clock, verdict_name(r->verdict));
    for (size_t i = 0; i < r->n_networks && at < sizeof(line); i++) {
        const struct result_network *network = &r->networks[i];
        char name[128], bytes[UNITS_TEXT_BYTES], rate[UNITS_TEXT_BYTES];

        if (network->transfer_bytes == 0)
            continue;
        plain_text(name, sizeof(name), network->name, PLAIN_UNCUT);
        at += (size_t)snprintf(line + at, sizeof(line) - at, ", %s %s at %s", name,
                               bytes_text(bytes, network->transfer_bytes),
                               rate_text(rate, network_rate(r, before, i)));
    }
    put(context, line);
    remember(r, before);
}
