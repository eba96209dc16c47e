/*
 * Input: 8 bytes a packet: who, flags, sequence number, acknowledgement, length, time. All of a few
 * connections in little sequence space, so that overlaps, holes, wraps, copies, fragments and
 * reused 5-tuples abound.
 *
 * Checked: payload is the stream less what is missing plus what was sent again; packets one by one
 * and as they are replayed, predicted where they can be, come to the same; and the join takes
 * whatever came.
 */
#include <stdlib.h>

#include "analyzers/flow/flow_table.h"
#include "analyzers/flow/join.h"
#include "analyzers/flow/predict.h"
#include "tests/unit/flow/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

enum { PACKET_BYTES = 8, MAX_PACKETS = 4096, BATCH = 7, LIMIT = 24, N_VANTAGES = 3 };

static const struct flow_ports ports = { 6600, 445 };

static void check(bool holds)
{
    if (!holds)
        abort();
}

/* Where sequence numbers begin: far from and near to the wrap, and far from each other. */
static const uint32_t origins[] = { 1000, 0xfffffc00, 0x40000000, 0xc0000000 };

static struct flow_packet packet_of(const uint8_t *b, int64_t *now_ns)
{
    static const uint8_t flags[] = { TCP_ACK, TCP_ACK,           0,
                                     TCP_SYN, TCP_SYN | TCP_ACK, TCP_FIN | TCP_ACK,
                                     TCP_RST, TCP_ACK | TCP_PSH };
    static const uint16_t servers[] = { 6600, 445, 443, PORT_ROCE };
    static const int64_t steps_ns[] = { 0,       20000,      1000000,     -300000,
                                        2000000, 1000000000, 61000000000, 301000000000 };
    bool backwards = b[0] & 1;
    uint32_t origin = origins[b[1] >> 6];
    struct flow_packet f = { .vantage = (uint16_t)((b[0] >> 5) % N_VANTAGES) };
    struct packet *p = &f.packet;

    *now_ns += steps_ns[b[7] & 7];
    f.time_ns = *now_ns;
    p->source = p->destination = addr_v4((const uint8_t[]){ 10, 20, 0, 1 });
    (backwards ? &p->source : &p->destination)->bytes[15] = 2;
    p->source_port = backwards ? servers[b[0] >> 1 & 3] : (uint16_t)(50000 + (b[0] >> 3 & 1));
    p->destination_port = backwards ? (uint16_t)(50000 + (b[0] >> 3 & 1)) : servers[b[0] >> 1 & 3];
    p->vlan = b[0] & 0x10 ? 0x1014 : 0;
    p->protocol = servers[b[0] >> 1 & 3] == PORT_ROCE ? IP_UDP : IP_TCP;
    p->has_ports = true;
    p->payload_bytes = b[6] & 0x3f;
    p->ip_id = b[7] >> 3 ? 0u : b[2];
    p->window = 500;
    if (p->protocol == IP_TCP) {
        p->tcp_flags = flags[b[1] & 7];
        p->tcp_header_bytes = 20;
        p->has_seq = p->has_tcp = true;
        p->seq = origin + b[2] * 16u + b[3] % 16u;
        p->ack = origin + b[4] * 16u + b[5] % 16u;
    }
    if (b[6] & 0x80) {
        p->more_fragments = b[6] & 0x40;
        p->fragment_offset = b[6] & 0x40 ? 0 : 24;
        p->ip_id = b[2];
    }
    if (p->fragment_offset) {
        p->has_ports = p->has_seq = p->has_tcp = false;
        p->source_port = p->destination_port = 0;
        p->seq = p->ack = 0;
        p->tcp_flags = p->tcp_header_bytes = 0;
    } else if (b[1] & 0x20 && p->has_tcp) { /* snapped behind the sequence number */
        p->has_tcp = false;
        p->ack = 0;
        p->tcp_flags = p->tcp_header_bytes = 0;
    }
    f.wire_bytes = 54 + p->payload_bytes;
    return f;
}

static struct flow_table *table_new(void)
{
    static const struct hash_key key = { { 0x9ae16a3b2f90404f, 0xc949d7c7509e6557,
                                           0xff51afd7ed558ccd, 0x4cf5ad432745937f } };
    struct flow_table *t;

    check(flow_table_new(&t, &key, ports, NULL) == 0);
    flow_table_limit(t, LIMIT);
    return t;
}

static void add_one_by_one(struct flow_table *t, const struct flow_packet *packets, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct flow_packet f = packets[i];

        check(flow_table_add(t, &f, 1, NULL) >= 0);
        check(f.outcome <= FLOW_UNTRACKED);
    }
}

static void add_waiting(struct flow_table *t, struct flow_packet *packets, size_t n)
{
    check(flow_table_add(t, packets, n, NULL) >= 0);
}

/* As they would be replayed: what is predicted at once, else several together. */
static void add_in_batches(struct flow_table *t, struct flow_packet *packets, size_t n)
{
    static struct predictor predictor;
    struct wire wires[BATCH];

    predict_init(&predictor);
    for (size_t from = 0, to; from < n; from = to) {
        struct flow_packet waiting[BATCH];
        size_t n_waiting = 0, n_added = 0, of[BATCH];

        to = n - from < BATCH ? n : from + BATCH;
        for (size_t i = from; i < to; i++) {
            struct wire *w = &wires[i - from];
            const struct prediction *guess = NULL;

            if (wire_of(w, &packets[i].packet))
                guess = predict_find(&predictor, packets[i].vantage, w->bytes, w->n_bytes);
            if (guess) {
                add_waiting(t, waiting + n_added, n_waiting - n_added);
                n_added = n_waiting;
            }
            if (guess && flow_table_add_frame(t, guess, w->bytes, w->n_bytes, packets[i].wire_bytes,
                                              packets[i].time_ns))
                continue;
            of[n_waiting] = i - from;
            waiting[n_waiting++] = packets[i];
        }
        add_waiting(t, waiting + n_added, n_waiting - n_added);
        for (size_t i = 0; i < n_waiting; i++)
            predict_learn(&predictor, wires[of[i]].bytes, wires[of[i]].n_bytes, &waiting[i]);
    }
}

static void check_half(const struct observation *o, int i)
{
    const struct half *h = &o->half[i];
    uint64_t stream = half_stream_bytes(h, &o->half[!i]);
    uint64_t missing = half_missing_bytes(h, &o->half[!i]);

    check(missing <= stream);
    check(h->retransmitted_bytes <= h->payload_bytes);
    check(h->payload_bytes == stream - missing + h->retransmitted_bytes);
    check(h->packets || (h->payload_bytes == 0 && h->duplicate_packets == 0) || h->wire_bytes);
}

static void check_equal(const struct observation *a, const struct observation *b)
{
    check(a->protocol == b->protocol && a->flags == b->flags);
    check(a->first_ns == b->first_ns && a->last_ns == b->last_ns);
    for (int i = 0; i < 2; i++) {
        const struct half *x = &a->half[i], *y = &b->half[i];

        check(x->packets == y->packets && x->wire_bytes == y->wire_bytes);
        check(x->payload_bytes == y->payload_bytes && x->flags == y->flags);
        check(x->retransmitted_bytes == y->retransmitted_bytes && x->start == y->start);
        check(x->next == y->next && x->acked == y->acked);
        check(x->duplicate_packets == y->duplicate_packets);
    }
}

static void check_join(struct flow_table *t)
{
    struct result r;
    size_t n_views = 0, n_live = 0;

    result_init(&r);
    for (uint32_t i = 0; i < flow_table_count(t); i++)
        n_live += flow_table_get(t, i)->protocol != 0;
    check(connections_join(&r, t, ports, NULL) == 0);
    for (size_t i = 0; i < r.n_connections; i++) {
        n_views += r.connections[i].n_observations;
        check(r.connections[i].best < r.connections[i].n_observations);
    }
    check(n_views == n_live);
    flow_table_free(t);
    result_release(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    static struct flow_packet packets[MAX_PACKETS];
    struct flow_table *single = table_new(), *batched = table_new();
    int64_t now_ns = INT64_C(1700000000000000000);
    size_t n = 0;

    for (; n_bytes >= PACKET_BYTES && n < MAX_PACKETS; bytes += PACKET_BYTES) {
        packets[n++] = packet_of(bytes, &now_ns);
        n_bytes -= PACKET_BYTES;
    }
    add_one_by_one(single, packets, n);
    add_in_batches(batched, packets, n);
    for (int settled = 0; settled < 2; settled++) {
        check(flow_table_count(single) == flow_table_count(batched));
        for (uint32_t i = 0; i < flow_table_count(single); i++) {
            const struct observation *o = flow_table_get(single, i);

            check_equal(o, flow_table_get(batched, i));
            check_half(o, 0);
            check_half(o, 1);
        }
        if (!settled) {
            flow_table_settle(single);
            flow_table_settle(batched);
        }
    }
    flow_table_free(batched);
    check_join(single);
    return 0;
}
