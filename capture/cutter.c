/* Headers of other protocols end where packet_decode() ends or at a fixed length behind; those of
 * SMB where smb_stream.c says. */
#include "capture/cutter.h"

#include <stdlib.h>
#include <string.h>

#include "capture/smb_stream.h"
#include "src/base/hash.h"
#include "src/base/random.h"

enum { ETHER_ARP = 0x0806 };

enum {
    ARP_BYTES = 28,       /* RFC 826, with 6 and 4 bytes of addresses */
    ESP_BYTES = 8,        /* RFC 4303, 2: SPI and sequence number */
    ICMP_BYTES = 8,       /* RFC 792; RFC 4443, 2.1 and 3 */
    QUOTED_TCP_BYTES = 8, /* RFC 792: ports and sequence number, the least that is quoted */
    ROCE_BYTES = 12,      /* base transport header: operation, key, queue, sequence number */
};

enum { PORT_ROCE = 4791 };

/* A hash chooses a row; in a row the one idle longest makes room. */
enum { ROW_CONNECTIONS = 8, ROWS = MAX_CUTTER_CONNECTIONS / ROW_CONNECTIONS };

struct connection {
    struct addr client;
    struct addr server;
    uint32_t vlan;
    uint32_t tunnel;
    uint16_t client_port;
    bool has_syn; /* the client's, which nothing answered yet */
    uint32_t syn_seq;
    uint64_t used; /* number of the last packet; 0: an empty slot */
    struct smb_stream to_server;
    struct smb_stream to_client;
};

struct cutter {
    uint16_t smb_port;
    uint64_t n_packets;
    struct hash_key key;
    struct connection rows[ROWS][ROW_CONNECTIONS];
};

int cutter_new(struct cutter **ret_cutter, uint16_t smb_port, struct error *err)
{
    AUTO(cutter) c = calloc(1, sizeof(*c));
    int r;

    if (!c)
        return error_memory(err);
    c->smb_port = smb_port;
    r = random_fill(&c->key, sizeof(c->key), err);
    if (r < 0)
        return r;
    *ret_cutter = c;
    c = NULL;
    return 0;
}

struct cutter *cutter_free(struct cutter *c)
{
    free(c);
    return NULL;
}

void cutter_forget(struct cutter *c)
{
    memset(c->rows, 0, sizeof(c->rows));
}

static inline uint32_t lesser(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static struct connection *row_of(struct cutter *c, const struct connection *key)
{
    uint64_t hash =
        hash_words(&c->key, hash_load64(key->client.bytes), hash_load64(key->client.bytes + 8),
                   hash_load64(key->server.bytes), hash_load64(key->server.bytes + 8));

    hash = hash_words(&c->key, hash, key->vlan, key->tunnel, key->client_port);
    return c->rows[hash % ROWS];
}

static bool is_same(const struct connection *a, const struct connection *b)
{
    return a->used && a->client_port == b->client_port && a->vlan == b->vlan &&
           a->tunnel == b->tunnel && addr_equal(&a->client, &b->client) &&
           addr_equal(&a->server, &b->server);
}

/* The connection, or with @or_new a new one in place of another; else NULL. */
static struct connection *connection_find(struct cutter *c, const struct connection *key,
                                          bool or_new)
{
    struct connection *row = row_of(c, key), *oldest = row;

    for (struct connection *i = row; i < row + ROW_CONNECTIONS; i++) {
        if (is_same(i, key)) {
            i->used = c->n_packets;
            return i;
        }
        if (i->used < oldest->used)
            oldest = i;
    }
    if (!or_new)
        return NULL;
    *oldest = *key;
    oldest->used = c->n_packets;
    return oldest;
}

/*
 * A SYN alone proves no connection: one that strays into a running one must not move where its
 * messages are thought to begin.
 */
static void follow_syn(struct cutter *c, const struct connection *key, const struct packet *p,
                       bool to_server)
{
    struct connection *found = connection_find(c, key, to_server);

    if (!found)
        return;
    if (to_server && !(p->tcp_flags & TCP_ACK)) {
        found->has_syn = true;
        found->syn_seq = p->seq;
    } else if (!to_server && p->tcp_flags & TCP_ACK && found->has_syn &&
               p->ack == found->syn_seq + 1) {
        found->has_syn = false;
        smb_stream_begin(&found->to_server, p->ack);
        smb_stream_begin(&found->to_client, p->seq + 1);
    }
}

static uint32_t keep_tcp(struct cutter *c, const struct packet *p, const uint8_t *bytes,
                         uint32_t captured_bytes)
{
    bool to_server = p->destination_port == c->smb_port;
    struct connection key = {
        .client = to_server ? p->source : p->destination,
        .server = to_server ? p->destination : p->source,
        .client_port = to_server ? p->source_port : p->destination_port,
        .vlan = p->vlan,
        .tunnel = p->tunnel,
    };
    struct connection *found;

    if (!p->has_tcp || (!to_server && p->source_port != c->smb_port))
        return 0;
    if (p->tcp_flags & TCP_SYN) {
        follow_syn(c, &key, p, to_server);
        return 0;
    }
    if (!p->payload_bytes || p->tcp_flags & TCP_RST)
        return 0;
    found = connection_find(c, &key, false);
    if (!found)
        return 0;
    return smb_stream_read(to_server ? &found->to_server : &found->to_client, p->seq, bytes,
                           lesser(captured_bytes, p->payload_bytes), p->payload_bytes);
}

static bool icmp_is_error(uint8_t protocol, uint8_t type)
{
    if (protocol == IP_ICMPV6)
        return type >= 1 && type <= 4;
    return type == 3 || type == 4 || type == 5 || type == 11 || type == 12;
}

/* An error quotes the packet that it is about: that one's headers too. */
static uint32_t keep_icmp(const struct packet *p, const uint8_t *bytes, uint32_t captured_bytes)
{
    struct packet quoted;
    uint32_t n_bytes;

    if (captured_bytes <= ICMP_BYTES || !icmp_is_error(p->protocol, bytes[0]))
        return ICMP_BYTES;
    bytes += ICMP_BYTES;
    captured_bytes -= ICMP_BYTES;
    packet_decode_headers(&quoted, &n_bytes, LINK_RAW, bytes, captured_bytes, captured_bytes);
    if (quoted.has_seq && !quoted.has_tcp)
        n_bytes += QUOTED_TCP_BYTES;
    return ICMP_BYTES + n_bytes;
}

/* Bytes behind those that packet_decode() took for headers. */
static uint32_t keep_payload(struct cutter *c, const struct packet *p, const uint8_t *bytes,
                             uint32_t captured_bytes)
{
    if (p->fragment_offset)
        return 0;
    switch (p->protocol) {
    case IP_TCP:
        return keep_tcp(c, p, bytes, captured_bytes);
    case IP_UDP:
        return p->destination_port == PORT_ROCE ? ROCE_BYTES : 0;
    case IP_ICMP:
    case IP_ICMPV6:
        return keep_icmp(p, bytes, captured_bytes);
    case IP_ESP:
        return ESP_BYTES;
    default:
        return 0;
    }
}

uint32_t cutter_keep(struct cutter *c, uint16_t link_type, const uint8_t *bytes,
                     uint32_t captured_bytes, uint32_t wire_bytes, struct packet *ret_packet)
{
    uint32_t header_bytes, left_bytes, n_bytes = 0;
    enum packet_status status = packet_decode_headers(ret_packet, &header_bytes, link_type, bytes,
                                                      captured_bytes, wire_bytes);

    c->n_packets++;
    bytes += header_bytes;
    left_bytes = captured_bytes - header_bytes;
    if (status == PACKET_OK) {
        left_bytes = lesser(left_bytes, ret_packet->payload_bytes);
        n_bytes = keep_payload(c, ret_packet, bytes, left_bytes);
    } else if (status == PACKET_OTHER && ret_packet->ether_type == ETHER_ARP) {
        n_bytes = ARP_BYTES;
    }
    return header_bytes + lesser(n_bytes, left_bytes);
}
