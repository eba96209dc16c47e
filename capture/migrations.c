#include "capture/migrations.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/text.h"
#include "src/base/units.h"
#include "src/net/packet.h"

struct connection {
    struct addr client, server;
    uint16_t client_port;
    bool has_client_ended, has_server_ended;
};

struct migrations {
    const struct sources *sources;
    uint16_t lm_port;
    struct connection connections[MIGRATIONS_CONNECTIONS_MAX];
    size_t n_connections;
    size_t latest; /* the connection of the last packet: mostly the next one's too */
    bool has_more; /* connections than there is room for */
    bool is_under_way;
    int64_t last_ms;
    int64_t first_ns, last_ns;
    uint64_t *payload_bytes; /* one for each source */
};

int migrations_new(struct migrations **ret_migrations, const struct sources *sources,
                   uint16_t lm_port, struct error *err)
{
    struct migrations *m = calloc(1, sizeof(*m));

    if (!m)
        return error_memory(err);
    m->sources = sources;
    m->lm_port = lm_port;
    m->payload_bytes = calloc(sources->n_rows + 1, sizeof(*m->payload_bytes));
    if (!m->payload_bytes) {
        free(m);
        return error_memory(err);
    }
    *ret_migrations = m;
    return 0;
}

struct migrations *migrations_free(struct migrations *m)
{
    if (!m)
        return NULL;
    free(m->payload_bytes);
    free(m);
    return NULL;
}

void migrations_forget(struct migrations *m)
{
    m->n_connections = 0;
    m->latest = 0;
    m->has_more = false;
    m->is_under_way = false;
    memset(m->payload_bytes, 0, m->sources->n_rows * sizeof(*m->payload_bytes));
}

static bool is_same(const struct connection *a, const struct connection *b)
{
    return a->client_port == b->client_port && addr_equal(&a->client, &b->client) &&
           addr_equal(&a->server, &b->server);
}

/* find() - the connection, made when it is new. NULL: there is no room for one more. */
static struct connection *find(struct migrations *m, const struct connection *wanted)
{
    if (m->latest < m->n_connections && is_same(&m->connections[m->latest], wanted))
        return &m->connections[m->latest];
    for (size_t i = 0; i < m->n_connections; i++) {
        if (is_same(&m->connections[i], wanted)) {
            m->latest = i;
            return &m->connections[i];
        }
    }
    if (m->n_connections == MIGRATIONS_CONNECTIONS_MAX) {
        m->has_more = true;
        return NULL;
    }
    m->latest = m->n_connections;
    m->connections[m->n_connections] = *wanted;
    return &m->connections[m->n_connections++];
}

static void follow(struct connection *c, const struct packet *p, bool is_from_server)
{
    if (p->tcp_flags & TCP_SYN) /* the same ports again */
        c->has_client_ended = c->has_server_ended = false;
    if (p->tcp_flags & TCP_RST)
        c->has_client_ended = c->has_server_ended = true;
    if (p->tcp_flags & TCP_FIN && is_from_server)
        c->has_server_ended = true;
    else if (p->tcp_flags & TCP_FIN)
        c->has_client_ended = true;
}

bool migrations_see(struct migrations *m, size_t source, const struct tap_packet *packet,
                    int64_t now_ms)
{
    struct connection wanted = { 0 }, *c;
    bool is_from_server, is_accepted;
    struct packet p;

    packet_decode(&p, tap_link_type(m->sources->rows[source].tap), packet->bytes,
                  packet->captured_bytes, packet->wire_bytes);
    if (!p.has_tcp)
        return m->is_under_way;
    is_from_server = p.source_port == m->lm_port;
    is_accepted = is_from_server && (p.tcp_flags & (TCP_SYN | TCP_ACK)) == (TCP_SYN | TCP_ACK);
    wanted.client = is_from_server ? p.destination : p.source;
    wanted.server = is_from_server ? p.source : p.destination;
    wanted.client_port = is_from_server ? p.destination_port : p.source_port;
    if (!m->is_under_way && !is_accepted && p.payload_bytes == 0)
        return false; /* a port scan, or the ends of a migration that is over */
    c = find(m, &wanted);
    if (c)
        follow(c, &p, is_from_server);
    if (!m->is_under_way)
        m->first_ns = packet->time_ns;
    m->is_under_way = true;
    m->last_ms = now_ms;
    m->last_ns = packet->time_ns;
    m->payload_bytes[source] += p.payload_bytes;
    return true;
}

bool migrations_are_over(const struct migrations *m, int64_t now_ms)
{
    bool is_open = false;

    for (size_t i = 0; i < m->n_connections; i++)
        is_open |= !m->connections[i].has_client_ended || !m->connections[i].has_server_ended;
    return now_ms - m->last_ms >=
           (is_open && !m->has_more ? MIGRATIONS_SILENT_MS : MIGRATIONS_QUIET_MS);
}

char *migrations_text(const struct migrations *m)
{
    char client[ADDR_TEXT_BYTES], server[ADDR_TEXT_BYTES], duration[UNITS_TEXT_BYTES];
    char bytes[UNITS_TEXT_BYTES], *text;
    const char *between = ": ";

    if (m->n_connections == 0)
        return NULL;
    text = text_format(
        "migration from %s to %s%s in %s", addr_text(client, &m->connections[0].client),
        addr_text(server, &m->connections[0].server), m->n_connections > 1 ? " and more" : "",
        duration_text(duration, m->last_ns - m->first_ns));
    for (size_t i = 0; i < m->sources->n_rows; i++) {
        const struct source *source = &m->sources->rows[i];

        if (m->payload_bytes[i] == 0)
            continue;
        text_append(&text, "%s%s over %s%s%s%s", between, bytes_text(bytes, m->payload_bytes[i]),
                    source->nic->name, *source->network ? " (" : "", source->network,
                    *source->network ? ")" : "");
        between = ", ";
    }
    return text;
}
