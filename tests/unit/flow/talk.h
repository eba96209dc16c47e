/* Packets of one TCP connection for the connection table, as a capture would bring them. */
#pragma once

#include <stdlib.h>
#include <string.h>

#include "analyzers/flow/flow_table.h"

enum { CLIENT = 0, SERVER = 1 };
enum { MS = 1000 * 1000 };

struct talk {
    struct flow_table *table;
    struct addr addr[2];
    uint16_t port[2];
    uint16_t vantage;
    uint32_t vlan, tunnel;
    int64_t now_ns;  /* of the next packet; each takes a millisecond */
    uint16_t id[2];  /* of the next packet */
    bool has_no_ids; /* all IP ids are 0, as in IPv6 */
};

static inline struct flow_table *talk_table(void)
{
    static const struct hash_key key = { { 0x9ae16a3b2f90404f, 0xc949d7c7509e6557,
                                           0xff51afd7ed558ccd, 0x4cf5ad432745937f } };
    struct flow_table *table = NULL;

    if (flow_table_new(&table, &key, (struct flow_ports){ 6600, 445 }, NULL) < 0)
        abort();
    return table;
}

/* 10.20.0.1:50000 to 10.20.0.2:6600. The port decides which end is the lower one where the
 * addresses don't, so pass the server's alone. */
static inline struct talk talk_to(struct flow_table *table, uint16_t server_port)
{
    return (struct talk){
        .table = table,
        .addr = { addr_v4((const uint8_t[]){ 10, 20, 0, 1 }),
                  addr_v4((const uint8_t[]){ 10, 20, 0, 2 }) },
        .port = { 50000, server_port },
        .now_ns = INT64_C(1700000000) * 1000 * MS,
        .id = { 100, 7000 },
    };
}

/* A segment with its own IP id; the caller may change it before it is added. */
static inline struct flow_packet talk_segment(struct talk *k, int side, uint32_t seq,
                                              uint32_t n_bytes, unsigned flags, uint32_t ack)
{
    struct flow_packet f = { .time_ns = k->now_ns, .vantage = k->vantage };
    struct packet *p = &f.packet;

    k->now_ns += MS;
    p->source = k->addr[side];
    p->destination = k->addr[!side];
    p->source_port = k->port[side];
    p->destination_port = k->port[!side];
    p->protocol = IP_TCP;
    p->has_ports = p->has_seq = p->has_tcp = true;
    p->seq = seq;
    p->ack = ack;
    p->tcp_flags = (uint8_t)(flags | (ack ? TCP_ACK : 0));
    p->tcp_header_bytes = 20;
    p->window = 500;
    p->payload_bytes = n_bytes;
    p->ip_id = k->has_no_ids ? 0 : k->id[side]++;
    p->ether_type = 0x0800;
    p->vlan = k->vlan;
    p->tunnel = k->tunnel;
    f.wire_bytes = 54 + n_bytes;
    return f;
}

static inline enum flow_outcome talk_add(struct talk *k, struct flow_packet f)
{
    if (flow_table_add(k->table, &f, 1, NULL) < 0)
        abort();
    return (enum flow_outcome)f.outcome;
}

static inline enum flow_outcome talk_send(struct talk *k, int side, uint32_t seq, uint32_t n_bytes,
                                          unsigned flags, uint32_t ack)
{
    return talk_add(k, talk_segment(k, side, seq, n_bytes, flags, ack));
}

/* The handshake: the client's stream begins at @client_isn + 1. */
static inline void talk_open(struct talk *k, uint32_t client_isn, uint32_t server_isn)
{
    talk_send(k, CLIENT, client_isn, 0, TCP_SYN, 0);
    talk_send(k, SERVER, server_isn, 0, TCP_SYN, client_isn + 1);
    talk_send(k, CLIENT, client_isn + 1, 0, 0, server_isn + 1);
}

/* Of the observation's halves, what the talk's client or server sent. */
static inline const struct half *talk_half(const struct talk *k, uint32_t number, int side)
{
    const struct observation *o = flow_table_get(k->table, number);

    return &o->half[addr_equal(&o->addr[0], &k->addr[side]) ? 0 : 1];
}
