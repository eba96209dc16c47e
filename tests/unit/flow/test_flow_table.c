#include "analyzers/flow/flow_table.h"

#include <criterion/criterion.h>

#include "tests/unit/flow/talk.h"
#include "tests/unit/flow/wire.h"

static struct flow_table *table;
static struct talk talk;

static void begin(void)
{
    table = talk_table();
    talk = talk_to(table, 6600);
}

static void end(void)
{
    table = flow_table_free(table);
}

#define expect_half(number, side, packets_, stream, missing, retransmitted)                        \
    do {                                                                                           \
        const struct half *half_ = talk_half(&talk, number, side);                                 \
        const struct half *peer_ = talk_half(&talk, number, !(side));                              \
        cr_expect_eq(half_->packets, (uint64_t)(packets_));                                        \
        cr_expect_eq(half_stream_bytes(half_, peer_), (uint64_t)(stream));                         \
        cr_expect_eq(half_missing_bytes(half_, peer_), (uint64_t)(missing));                       \
        cr_expect_eq(half_->retransmitted_bytes, (uint64_t)(retransmitted));                       \
        cr_expect_eq(half_->payload_bytes,                                                         \
                     (uint64_t)(stream) - (uint64_t)(missing) + (uint64_t)(retransmitted));        \
    } while (0)

Test(flow_table, counts_a_plain_connection, .init = begin, .fini = end)
{
    talk_open(&talk, 999, 4999);
    talk_send(&talk, CLIENT, 1000, 1448, TCP_PSH, 5000);
    talk_send(&talk, SERVER, 5000, 10, 0, 2448);
    talk_send(&talk, CLIENT, 2448, 0, TCP_FIN, 5010);
    talk_send(&talk, SERVER, 5010, 0, TCP_FIN, 2449);
    talk_send(&talk, CLIENT, 2449, 0, 0, 5011);
    cr_assert_eq(flow_table_count(table), 1);
    expect_half(0, CLIENT, 5, 1448, 0, 0);
    expect_half(0, SERVER, 3, 10, 0, 0);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->wire_bytes, 5 * 54 + 1448);
    cr_expect(talk_half(&talk, 0, CLIENT)->flags & HALF_IS_CLIENT);
    cr_expect(!(talk_half(&talk, 0, SERVER)->flags & HALF_IS_CLIENT));
    cr_expect(flow_table_get(table, 0)->flags & OBSERVATION_CLOSED);
}

Test(flow_table, takes_start_and_end_from_the_least_and_greatest_time, .init = begin, .fini = end)
{
    int64_t start_ns = talk.now_ns;

    talk_send(&talk, CLIENT, 1000, 100, 0, 1);
    talk.now_ns = start_ns - 5 * MS;
    talk_send(&talk, CLIENT, 1100, 100, 0, 1);
    talk.now_ns = start_ns + 9 * MS;
    talk_send(&talk, CLIENT, 1200, 100, 0, 1);
    talk.now_ns = start_ns + 2 * MS;
    talk_send(&talk, CLIENT, 1300, 100, 0, 1);
    cr_expect_eq(flow_table_get(table, 0)->first_ns, start_ns - 5 * MS);
    cr_expect_eq(flow_table_get(table, 0)->last_ns, start_ns + 9 * MS);
    expect_half(0, CLIENT, 4, 400, 0, 0);
}

Test(flow_table, both_directions_are_one_connection_whoever_is_lower, .init = begin, .fini = end)
{
    struct addr lower = talk.addr[CLIENT];

    talk.addr[CLIENT] = talk.addr[SERVER];
    talk.addr[SERVER] = lower;
    talk_open(&talk, 999, 4999);
    talk_send(&talk, CLIENT, 1000, 300, 0, 5000);
    talk.addr[SERVER] = talk.addr[CLIENT]; /* and of one address to itself the port decides */
    talk_open(&talk, 999, 4999);
    talk_send(&talk, CLIENT, 1000, 200, 0, 5000);
    cr_assert_eq(flow_table_count(table), 2);
    cr_expect_eq(flow_table_get(table, 0)->half[1].payload_bytes, 300);
    cr_expect_eq(flow_table_get(table, 1)->half[1].payload_bytes, 200); /* port 50000 is above */
}

Test(flow_table, a_reset_carries_nothing_and_moves_nothing, .init = begin, .fini = end)
{
    talk_open(&talk, 999, 4999);
    talk_send(&talk, CLIENT, 1000, 100, 0, 5000);
    talk_send(&talk, SERVER, 3000000000u, 30, TCP_RST, 0); /* a firewall's, with a text in it */
    talk_send(&talk, CLIENT, 1100, 30, TCP_RST, 5000);
    expect_half(0, CLIENT, 4, 100, 0, 0);
    expect_half(0, SERVER, 2, 0, 0, 0);
    cr_expect(flow_table_get(table, 0)->flags & OBSERVATION_CLOSED);
}

Test(flow_table, a_reset_that_came_twice_carries_nothing_either, .init = begin, .fini = end)
{
    struct flow_packet reset;

    talk.has_no_ids = true;
    talk_open(&talk, 999, 4999);
    for (int i = 0; i < 5; i++)
        talk_send(&talk, CLIENT, 1000 + 100 * (unsigned)i, 100, 0, 5000);
    reset = talk_segment(&talk, CLIENT, 1400, 30, TCP_RST, 5000);
    talk_add(&talk, reset);
    talk_add(&talk, reset);
    flow_table_settle(table);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->payload_bytes, 500);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->retransmitted_bytes, 0);
}

Test(flow_table, keep_alives_move_nothing, .init = begin, .fini = end)
{
    talk_open(&talk, 999, 4999);
    talk_send(&talk, CLIENT, 1000, 100, 0, 5000);
    talk_send(&talk, CLIENT, 1099, 0, 0, 5000); /* without a byte (Windows, Linux) */
    talk_send(&talk, SERVER, 5000, 0, 0, 1100);
    talk_send(&talk, CLIENT, 1099, 1, 0, 5000); /* with one */
    expect_half(0, CLIENT, 5, 100, 0, 1);
}

Test(flow_table, zero_window_probes_count_once, .init = begin, .fini = end)
{
    talk_open(&talk, 999, 4999);
    talk_send(&talk, CLIENT, 1000, 100, 0, 5000);
    talk_send(&talk, CLIENT, 1100, 1, 0, 5000); /* the first byte that doesn't fit */
    talk_send(&talk, SERVER, 5000, 0, 0, 1100); /* not taken */
    talk_send(&talk, CLIENT, 1100, 1, 0, 5000);
    talk_send(&talk, CLIENT, 1100, 100, 0, 5000);
    expect_half(0, CLIENT, 6, 200, 0, 2);
}

Test(flow_table, data_in_a_syn_begins_the_stream, .init = begin, .fini = end)
{
    talk_send(&talk, CLIENT, 999, 50, TCP_SYN, 0);
    talk_send(&talk, SERVER, 4999, 0, TCP_SYN, 1050);
    talk_send(&talk, CLIENT, 1050, 50, 0, 5000);
    expect_half(0, CLIENT, 2, 100, 0, 0);
}

Test(flow_table, a_fin_may_carry_data, .init = begin, .fini = end)
{
    talk_open(&talk, 999, 4999);
    talk_send(&talk, CLIENT, 1000, 100, TCP_FIN, 5000);
    talk_send(&talk, SERVER, 5000, 0, 0, 1101);
    talk_send(&talk, CLIENT, 1000, 100, TCP_FIN, 5000);
    expect_half(0, CLIENT, 4, 100, 0, 100);
}

Test(flow_table, holes_are_filled_behind_a_fin, .init = begin, .fini = end)
{
    talk_open(&talk, 999, 4999);
    talk_send(&talk, CLIENT, 1100, 100, TCP_FIN, 5000);
    expect_half(0, CLIENT, 3, 200, 100, 0);
    talk_send(&talk, CLIENT, 1000, 100, 0, 5000);
    talk_send(&talk, SERVER, 5000, 0, 0, 1201);
    expect_half(0, CLIENT, 4, 200, 0, 0);
}

Test(flow_table, only_one_direction_was_captured, .init = begin, .fini = end)
{
    talk_send(&talk, SERVER, 5000, 0, 0, 1000);
    talk_send(&talk, SERVER, 5000, 0, 0, 1000 + 5000000);
    expect_half(0, CLIENT, 0, 5000000, 5000000, 0);
    expect_half(0, SERVER, 2, 0, 0, 0);
}

/* --- the 5-tuple used again --- */

Test(flow_table, a_new_syn_is_a_new_connection, .init = begin, .fini = end)
{
    talk_open(&talk, 999, 4999);
    talk_send(&talk, CLIENT, 1000, 100, 0, 5000);
    talk_open(&talk, 700999, 804999);
    talk_send(&talk, CLIENT, 701000, 40, 0, 805000);
    cr_assert_eq(flow_table_count(table), 2);
    expect_half(0, CLIENT, 3, 100, 0, 0);
    expect_half(1, CLIENT, 3, 40, 0, 0);
    expect_half(1, SERVER, 1, 0, 0, 0);
}

Test(flow_table, a_syn_sent_again_is_the_same_connection, .init = begin, .fini = end)
{
    talk_send(&talk, CLIENT, 999, 0, TCP_SYN, 0);
    talk.now_ns += 3000LL * MS;
    talk_open(&talk, 999, 4999);
    talk_send(&talk, SERVER, 4999, 0, TCP_SYN, 1000);
    talk_send(&talk, CLIENT, 1000, 100, 0, 5000);
    cr_assert_eq(flow_table_count(table), 1);
    expect_half(0, CLIENT, 4, 100, 0, 0);
}

Test(flow_table, the_syn_and_its_answer_may_change_places, .init = begin, .fini = end)
{
    for (uint32_t life = 0; life < 3; life++) {
        uint32_t isn = 999 + life * 700000;

        talk_send(&talk, SERVER, isn + 4000, 0, TCP_SYN, isn + 1);
        talk_send(&talk, CLIENT, isn, 0, TCP_SYN, 0);
        talk_send(&talk, CLIENT, isn + 1, 100, 0, isn + 4001);
    }
    cr_assert_eq(flow_table_count(table), 3);
    for (uint32_t life = 0; life < 3; life++) {
        expect_half(life, CLIENT, 2, 100, 0, 0);
        expect_half(life, SERVER, 1, 0, 0, 0);
    }
}

Test(flow_table, a_late_syn_is_the_same_connection, .init = begin, .fini = end)
{
    talk_send(&talk, CLIENT, 1000, 100, 0, 5000);
    talk_send(&talk, CLIENT, 999, 0, TCP_SYN, 0);
    talk_send(&talk, CLIENT, 1100, 100, 0, 5000);
    cr_assert_eq(flow_table_count(table), 1);
    expect_half(0, CLIENT, 3, 200, 0, 0);
}

static void close_talk(struct talk *k, uint32_t client_next, uint32_t server_next)
{
    talk_send(k, CLIENT, client_next, 0, TCP_FIN, server_next);
    talk_send(k, SERVER, server_next, 0, TCP_FIN, client_next + 1);
}

Test(flow_table, data_long_after_the_close_is_a_new_connection, .init = begin, .fini = end)
{
    talk_open(&talk, 999, 4999);
    close_talk(&talk, 1000, 5000);
    talk.now_ns += 61000LL * MS;
    talk_send(&talk, CLIENT, 900000000, 100, 0, 77);
    talk_send(&talk, CLIENT, 900000100, 100, 0, 77);
    cr_assert_eq(flow_table_count(table), 2);
    expect_half(0, CLIENT, 3, 0, 0, 0);
    expect_half(1, CLIENT, 2, 200, 0, 0);
}

/* The next segment is expected where this one was counted. */
static struct prediction prediction_of(struct flow_packet f)
{
    struct prediction guess = { .vantage = f.vantage };
    struct wire w;

    cr_assert_eq(flow_table_add(table, &f, 1, NULL), 0);
    cr_assert_neq(f.hint.generation, 0);
    guess.hint = f.hint;
    cr_assert(wire_of(&w, &f.packet));
    cr_assert(packet_pattern_make(&guess.pattern, w.bytes, w.n_bytes, &f.packet));
    return guess;
}

static bool add_predicted(const struct prediction *guess, struct flow_packet f)
{
    struct wire w;

    cr_assert(wire_of(&w, &f.packet));
    return flow_table_add_frame(table, guess, w.bytes, w.n_bytes, f.wire_bytes, f.time_ns);
}

Test(flow_table, a_predicted_frame_counts_as_one_that_was_looked_up, .init = begin, .fini = end)
{
    struct prediction guess = prediction_of(talk_segment(&talk, CLIENT, 1000, 100, 0, 5000));
    struct flow_packet last;

    cr_assert(add_predicted(&guess, talk_segment(&talk, CLIENT, 1100, 100, 0, 5000)));
    last = talk_segment(&talk, CLIENT, 1300, 100, 0, 5000);
    cr_assert(add_predicted(&guess, last));
    cr_assert(add_predicted(&guess, last)); /* the same packet again */
    cr_assert(add_predicted(&guess, talk_segment(&talk, CLIENT, 1100, 50, 0, 5000)));
    expect_half(0, CLIENT, 4, 400, 100, 50);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->duplicate_packets, 1);
}

Test(flow_table, a_frame_that_is_not_as_predicted_is_not_counted, .init = begin, .fini = end)
{
    struct prediction guess = prediction_of(talk_segment(&talk, CLIENT, 1000, 100, 0, 5000));

    cr_expect(!add_predicted(&guess, talk_segment(&talk, SERVER, 5000, 100, 0, 1100)));
    cr_expect(!add_predicted(&guess, talk_segment(&talk, CLIENT, 1100, 0, TCP_FIN, 5000)));
    expect_half(0, CLIENT, 1, 100, 0, 0);
}

Test(flow_table, a_prediction_does_not_hide_that_the_connection_is_a_new_one, .init = begin,
     .fini = end)
{
    struct prediction guess;

    talk_open(&talk, 999, 4999);
    guess = prediction_of(talk_segment(&talk, CLIENT, 1000, 100, 0, 5000));
    close_talk(&talk, 1100, 5000);
    cr_expect(add_predicted(&guess, talk_segment(&talk, CLIENT, 1000, 100, 0, 5000))); /* again */
    talk.now_ns += 61000LL * MS;
    cr_expect(!add_predicted(&guess, talk_segment(&talk, CLIENT, 900000000, 100, 0, 77)));
    expect_half(0, CLIENT, 5, 100, 0, 100);
}

Test(flow_table, a_prediction_from_before_the_5_tuple_was_used_again_is_void, .init = begin,
     .fini = end)
{
    struct prediction guess = prediction_of(talk_segment(&talk, CLIENT, 1000, 100, 0, 5000));

    talk_open(&talk, 700999, 804999);
    cr_expect(!add_predicted(&guess, talk_segment(&talk, CLIENT, 701000, 40, 0, 805000)));
    expect_half(0, CLIENT, 1, 100, 0, 0);
    expect_half(1, CLIENT, 2, 0, 0, 0);
}

/* As when the same capture comes again, with later times. */
Test(flow_table, the_same_again_long_after_the_close_is_a_new_connection, .init = begin,
     .fini = end)
{
    struct talk again = talk;

    for (int life = 0; life < 2; life++) {
        again.now_ns = talk.now_ns + life * 30000LL * MS;
        again.id[CLIENT] = talk.id[CLIENT];
        again.id[SERVER] = talk.id[SERVER];
        talk_open(&again, 999, 4999);
        talk_send(&again, CLIENT, 1000, 100, 0, 5000);
        close_talk(&again, 1100, 5000);
    }
    cr_assert_eq(flow_table_count(table), 2);
    for (uint32_t i = 0; i < 2; i++) {
        expect_half(i, CLIENT, 4, 100, 0, 0);
        cr_expect_eq(talk_half(&talk, i, CLIENT)->duplicate_packets, 0);
    }
}

Test(flow_table, a_syn_sent_again_behind_a_reset_is_the_same_connection, .init = begin, .fini = end)
{
    for (int i = 0; i < 3; i++) {
        talk_send(&talk, CLIENT, 999, 0, TCP_SYN, 0);
        talk_send(&talk, SERVER, 0, 0, TCP_RST, 1000);
        talk.now_ns += 500LL * MS;
    }
    cr_assert_eq(flow_table_count(table), 1);
    expect_half(0, CLIENT, 3, 0, 0, 0);
}

Test(flow_table, straggling_segments_behind_the_close_are_the_same_connection, .init = begin,
     .fini = end)
{
    talk_open(&talk, 999, 4999);
    talk_send(&talk, CLIENT, 1000, 100, 0, 5000);
    close_talk(&talk, 1100, 5000);
    talk.now_ns += 61000LL * MS;
    talk_send(&talk, CLIENT, 1000, 100, 0, 5000);
    cr_assert_eq(flow_table_count(table), 1);
    expect_half(0, CLIENT, 5, 100, 0, 100);
}

/* --- identity --- */

Test(flow_table, vantage_vlan_and_tunnel_are_part_of_the_identity, .init = begin, .fini = end)
{
    for (int i = 0; i < 2; i++) {
        talk_send(&talk, CLIENT, 1000, 100, 0, 1);
        talk.vlan = 0x1014;
        talk_send(&talk, CLIENT, 1000, 100, 0, 1);
        talk.vlan = 0x1015;
        talk_send(&talk, CLIENT, 1000, 100, 0, 1);
        talk.vlan = 0x10141015;
        talk_send(&talk, CLIENT, 1000, 100, 0, 1);
        talk.vlan = 0;
        talk.tunnel = TUNNEL_VXLAN << 24 | 5001;
        talk_send(&talk, CLIENT, 1000, 100, 0, 1);
        talk.tunnel = TUNNEL_VXLAN << 24 | 5002;
        talk_send(&talk, CLIENT, 1000, 100, 0, 1);
        talk.tunnel = 0;
        talk.vantage = 1;
        talk_send(&talk, CLIENT, 1000, 100, 0, 1);
        talk.vantage = 0;
    }
    cr_assert_eq(flow_table_count(table), 7);
    for (uint32_t i = 0; i < 7; i++)
        expect_half(i, CLIENT, 2, 100, 0, 100);
}

Test(flow_table, ignores_what_has_no_connection, .init = begin, .fini = end)
{
    struct flow_packet f = talk_segment(&talk, CLIENT, 0, 100, 0, 0);

    f.packet.protocol = IP_ICMP;
    f.packet.has_ports = f.packet.has_seq = f.packet.has_tcp = false;
    cr_expect_eq(talk_add(&talk, f), FLOW_IGNORED);
    f.packet.protocol = 0;
    cr_expect_eq(talk_add(&talk, f), FLOW_IGNORED);
    f.packet.protocol = IP_UDP;
    f.packet.has_ports = true;
    f.packet.source_port = 1234;
    f.packet.destination_port = 53;
    cr_expect_eq(talk_add(&talk, f), FLOW_IGNORED);
    cr_expect_eq(flow_table_count(table), 0);
}

Test(flow_table, counts_udp_where_memory_or_heartbeats_may_be, .init = begin, .fini = end)
{
    static const uint16_t ports[] = { PORT_ROCE, PORT_CLUSTER };

    for (int i = 0; i < 2; i++) {
        struct flow_packet f = talk_segment(&talk, CLIENT, 0, 100, 0, 0);

        f.packet.protocol = IP_UDP;
        f.packet.has_seq = f.packet.has_tcp = false;
        f.packet.tcp_header_bytes = 0;
        f.packet.tcp_flags = 0;
        f.packet.destination_port = ports[i];
        cr_expect_eq(talk_add(&talk, f), FLOW_COUNTED);
    }
    cr_assert_eq(flow_table_count(table), 2);
    cr_expect_eq(flow_table_get(table, 0)->half[0].payload_bytes, 100);
    cr_expect_eq(flow_table_get(table, 0)->protocol, IP_UDP);
}

Test(flow_table, grows_with_its_connections, .init = begin, .fini = end)
{
    enum { N = 20000 };

    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < N; i++) {
            talk.port[CLIENT] = (uint16_t)(1024 + i % 50000);
            talk.addr[CLIENT].bytes[14] = (uint8_t)(i / 50000);
            talk_send(&talk, CLIENT, 1000 + 100 * (uint32_t)round, 100, 0, 1);
        }
    }
    cr_assert_eq(flow_table_count(table), N);
    for (uint32_t i = 0; i < N; i++) {
        const struct observation *o = flow_table_get(table, i);

        cr_assert_eq(o->half[0].payload_bytes + o->half[1].payload_bytes, 200);
    }
}

/* --- snapped and cut --- */

Test(flow_table, a_header_of_unknown_length_is_as_long_as_the_last_one, .init = begin, .fini = end)
{
    struct flow_packet f = talk_segment(&talk, CLIENT, 1000, 100, 0, 1);

    f.packet.tcp_header_bytes = 32;
    talk_add(&talk, f);
    f = talk_segment(&talk, CLIENT, 1100, 132, 0, 0); /* ports and seq alone were captured */
    f.packet.has_tcp = false;
    f.packet.tcp_header_bytes = 0;
    f.packet.tcp_flags = 0;
    talk_add(&talk, f);
    expect_half(0, CLIENT, 2, 200, 0, 0);
}

/* --- copies --- */

Test(flow_table, a_copy_with_the_same_ip_id_counts_once, .init = begin, .fini = end)
{
    struct flow_packet f;

    talk_open(&talk, 999, 4999);
    for (unsigned i = 0; i < 20; i++) {
        f = talk_segment(&talk, CLIENT, 1000 + i * 100, 100, 0, 5000);
        cr_expect_eq(talk_add(&talk, f), FLOW_COUNTED);
        f.time_ns += 900LL * MS; /* a mirror port may be slow */
        cr_expect_eq(talk_add(&talk, f), FLOW_DUPLICATE);
    }
    flow_table_settle(table);
    expect_half(0, CLIENT, 22, 2000, 0, 0);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->duplicate_packets, 20);
}

Test(flow_table, a_retransmission_has_an_ip_id_of_its_own, .init = begin, .fini = end)
{
    talk_open(&talk, 999, 4999);
    for (int i = 0; i < 4; i++)
        cr_expect_eq(talk_send(&talk, CLIENT, 1000, 100, 0, 5000), FLOW_COUNTED);
    flow_table_settle(table);
    expect_half(0, CLIENT, 6, 100, 0, 300);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->duplicate_packets, 0);
}

Test(flow_table, the_copy_of_the_first_packet_is_known_as_well, .init = begin, .fini = end)
{
    struct flow_packet f = talk_segment(&talk, CLIENT, 1000, 100, 0, 5000);

    cr_expect_eq(talk_add(&talk, f), FLOW_COUNTED);
    cr_expect_eq(talk_add(&talk, f), FLOW_DUPLICATE);
    flow_table_settle(table);
    expect_half(0, CLIENT, 1, 100, 0, 0);
}

Test(flow_table, a_connection_that_bears_one_ip_id_throughout_tells_nothing_by_it, .init = begin,
     .fini = end)
{
    struct flow_packet f;

    for (unsigned i = 0; i < 10; i++) {
        f = talk_segment(&talk, CLIENT, 1000 + i * 100, 100, 0, 5000);
        f.packet.ip_id = 4242;
        talk_add(&talk, f);
    }
    for (unsigned i = 0; i < 2; i++) { /* sent again, 30 ms later each */
        talk.now_ns += 30 * MS;
        f = talk_segment(&talk, CLIENT, 1900, 100, 0, 5000);
        f.packet.ip_id = 4242;
        talk_add(&talk, f);
    }
    flow_table_settle(table);
    expect_half(0, CLIENT, 12, 1000, 0, 200);
}

Test(flow_table, copies_without_an_ip_id_are_told_by_their_number, .init = begin, .fini = end)
{
    talk.has_no_ids = true;
    talk_open(&talk, 999, 4999);
    for (unsigned i = 0; i < 20; i++) {
        struct flow_packet f = talk_segment(&talk, CLIENT, 1000 + i * 100, 100, 0, 5000);

        talk_add(&talk, f);
        f.time_ns += 20000;
        talk_add(&talk, f);
    }
    flow_table_settle(table);
    expect_half(0, CLIENT, 22, 2000, 0, 0);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->duplicate_packets, 20);
}

Test(flow_table, a_few_quick_repetitions_without_an_ip_id_are_retransmissions, .init = begin,
     .fini = end)
{
    talk.has_no_ids = true;
    talk_open(&talk, 999, 4999);
    for (unsigned i = 0; i < 20; i++) {
        struct flow_packet f = talk_segment(&talk, CLIENT, 1000 + i * 100, 100, 0, 5000);

        talk_add(&talk, f);
        f.time_ns += 20000;
        if (i % 7 == 3)
            talk_add(&talk, f);
    }
    flow_table_settle(table);
    expect_half(0, CLIENT, 22 + 3, 2000, 0, 300);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->wire_bytes, 25 * 54 + 2300);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->duplicate_packets, 0);
}

Test(flow_table, doubled_keep_alives_are_copies_each_time, .init = begin, .fini = end)
{
    talk.has_no_ids = true;
    for (unsigned i = 0; i < 5; i++) {
        struct flow_packet f = talk_segment(&talk, CLIENT, 999, 1, 0, 5000);

        talk_add(&talk, f);
        f.time_ns += 20000;
        talk_add(&talk, f);
        talk.now_ns += 1500LL * MS;
    }
    flow_table_settle(table);
    expect_half(0, CLIENT, 5, 1, 0, 4);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->duplicate_packets, 5);
}

/* --- fragments --- */

static struct flow_packet fragment(uint32_t seq, uint32_t n_bytes, uint32_t offset, bool more,
                                   uint16_t id)
{
    struct flow_packet f = talk_segment(&talk, CLIENT, seq, n_bytes, 0, 5000);
    struct packet *p = &f.packet;

    p->ip_id = id;
    p->fragment_offset = offset;
    p->more_fragments = more;
    if (offset) {
        p->has_ports = p->has_seq = p->has_tcp = false;
        p->source_port = p->destination_port = 0;
        p->seq = p->ack = 0;
        p->tcp_flags = p->tcp_header_bytes = 0;
        p->window = 0;
    }
    return f;
}

Test(flow_table, later_fragments_go_where_the_first_went, .init = begin, .fini = end)
{
    cr_expect_eq(talk_add(&talk, fragment(1000, 1460, 0, true, 9)), FLOW_COUNTED);
    cr_expect_eq(talk_add(&talk, fragment(0, 1480, 1480, true, 9)), FLOW_COUNTED);
    cr_expect_eq(talk_add(&talk, fragment(0, 40, 2960, false, 9)), FLOW_COUNTED);
    talk_send(&talk, CLIENT, 1000 + 1460 + 1480 + 40, 100, 0, 5000);
    cr_assert_eq(flow_table_count(table), 1);
    expect_half(0, CLIENT, 2, 3080, 0, 0);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->wire_bytes, 4 * 54 + 3080);
}

Test(flow_table, later_fragments_may_change_places, .init = begin, .fini = end)
{
    talk_add(&talk, fragment(1000, 1460, 0, true, 9));
    talk_add(&talk, fragment(0, 40, 2960, false, 9));
    talk_add(&talk, fragment(0, 1480, 1480, true, 9));
    expect_half(0, CLIENT, 1, 2980, 0, 0);
}

Test(flow_table, fragments_before_their_first_are_counted_apart, .init = begin, .fini = end)
{
    cr_expect_eq(talk_add(&talk, fragment(0, 1480, 1480, true, 9)), FLOW_UNATTRIBUTED);
    cr_expect_eq(talk_add(&talk, fragment(1000, 1460, 0, true, 9)), FLOW_COUNTED);
    cr_expect_eq(talk_add(&talk, fragment(0, 40, 2960, false, 9)), FLOW_COUNTED);
    cr_expect_eq(talk_add(&talk, fragment(0, 40, 2960, false, 10)), FLOW_UNATTRIBUTED);
    expect_half(0, CLIENT, 1, 2980, 1480, 0);
}

Test(flow_table, fragments_of_another_vantage_point_vlan_or_sender_are_others, .init = begin,
     .fini = end)
{
    struct flow_packet f;

    talk_add(&talk, fragment(1000, 1460, 0, true, 9));
    f = fragment(0, 1480, 1480, false, 9);
    f.vantage = 1;
    cr_expect_eq(talk_add(&talk, f), FLOW_UNATTRIBUTED);
    f = fragment(0, 1480, 1480, false, 9);
    f.packet.vlan = 0x1005;
    cr_expect_eq(talk_add(&talk, f), FLOW_UNATTRIBUTED);
    f = fragment(0, 1480, 1480, false, 9);
    f.packet.source = talk.addr[SERVER];
    f.packet.destination = talk.addr[CLIENT];
    cr_expect_eq(talk_add(&talk, f), FLOW_UNATTRIBUTED);
}

Test(flow_table, each_fragment_may_come_twice, .init = begin, .fini = end)
{
    struct flow_packet f[] = { fragment(1000, 1460, 0, true, 9), fragment(0, 1480, 1480, true, 9),
                               fragment(0, 40, 2960, false, 9) };

    for (int i = 0; i < 3; i++) {
        cr_expect_eq(talk_add(&talk, f[i]), FLOW_COUNTED);
        f[i].time_ns += 20000;
        cr_expect_eq(talk_add(&talk, f[i]), FLOW_DUPLICATE);
    }
    flow_table_settle(table);
    expect_half(0, CLIENT, 1, 2980, 0, 0);
    cr_expect_eq(talk_half(&talk, 0, CLIENT)->duplicate_packets, 3);
}

Test(flow_table, a_connection_lasts_until_its_last_fragment, .init = begin, .fini = end)
{
    int64_t last_ns;

    talk_add(&talk, fragment(1000, 1460, 0, true, 9));
    last_ns = talk.now_ns;
    talk_add(&talk, fragment(0, 40, 1480, false, 9));
    cr_expect_eq(flow_table_get(table, 0)->last_ns, last_ns);
}

/* --- rates --- */

Test(flow_table, a_rate_adds_up_to_the_stream, .init = begin, .fini = end)
{
    const struct observation *o;
    const struct series *s;
    uint64_t sum = 0;

    talk_open(&talk, 999, 4999);
    for (uint32_t i = 0; i < 500; i++) {
        if (i % 3 == 0) /* the acknowledgement may be seen before the data, */
            talk_send(&talk, SERVER, 5000, 0, 0, 1000 + (i + 1) * 1000);
        talk_send(&talk, CLIENT, 1000 + i * 1000, 1000, 0, 5000);
        if (i % 5 == 0) /* and the data again */
            talk_send(&talk, CLIENT, 1000 + i * 1000, 1000, 0, 5000);
    }
    o = flow_table_get(table, 0);
    s = flow_table_series(table, o, 0);
    cr_assert_not_null(s);
    for (uint32_t i = 0; i < s->n; i++)
        sum += s->bytes[i];
    cr_expect_eq(sum, half_stream_bytes(&o->half[0], &o->half[1]));
    cr_expect_null(flow_table_series(table, o, 1));
}

Test(flow_table, connections_of_no_bearing_have_no_rate, .init = begin, .fini = end)
{
    talk = talk_to(table, 443);
    for (uint32_t i = 0; i < 100; i++)
        talk_send(&talk, CLIENT, 1000 + i * 1000, 1000, 0, 5000);
    cr_expect_null(flow_table_series(table, flow_table_get(table, 0), 0));
}

/* --- the limit --- */

enum { LIMIT = 64 };

/* Connection @n to @port: two segments and perhaps a close. */
static enum flow_outcome connect_to(uint16_t port, uint16_t n, bool and_close)
{
    enum flow_outcome outcome;

    talk.port[CLIENT] = (uint16_t)(40000 + n);
    talk.port[SERVER] = port;
    talk_send(&talk, CLIENT, 1000, 100, 0, 5000);
    outcome = talk_send(&talk, CLIENT, 1100, 100, 0, 5000);
    if (and_close)
        close_talk(&talk, 1200, 5000);
    return outcome;
}

Test(flow_table_limit, folds_what_is_over_first, .init = begin, .fini = end)
{
    flow_table_limit(table, LIMIT);
    for (uint16_t i = 0; i < LIMIT; i++)
        connect_to(i == 7 ? 6600 : 443, i, i % 2);
    cr_expect_eq(flow_table_folded(table), 0);
    cr_expect_eq(connect_to(443, LIMIT, false), FLOW_COUNTED);
    cr_expect_eq(flow_table_count(table), LIMIT);
    cr_expect_eq(flow_table_folded(table), LIMIT / 2 - 1); /* not the one to port 6600 */
    cr_expect_eq(flow_table_folded_bytes(table), (LIMIT / 2 - 1) * (4 * 54 + 200));
    cr_expect_eq(flow_table_get(table, 7)->protocol, IP_TCP);
    talk.port[CLIENT] = 40000; /* one that is open goes on */
    talk.port[SERVER] = 443;
    talk_send(&talk, CLIENT, 1200, 100, 0, 5000);
    expect_half(0, CLIENT, 3, 300, 0, 0);
    cr_expect_eq(flow_table_untracked(table), 0);
}

Test(flow_table_limit, folds_what_is_idle, .init = begin, .fini = end)
{
    flow_table_limit(table, LIMIT);
    for (uint16_t i = 0; i < LIMIT / 2; i++)
        connect_to(443, i, false);
    talk.now_ns += 301LL * 1000 * MS;
    for (uint16_t i = LIMIT / 2; i < LIMIT; i++)
        connect_to(443, i, false);
    connect_to(443, LIMIT, false);
    cr_expect_eq(flow_table_folded(table), LIMIT / 2);
}

Test(flow_table_limit, never_folds_what_migration_may_use, .init = begin, .fini = end)
{
    static const uint16_t ports[] = { 6600, 445, PORT_SMB_DIRECT };

    flow_table_limit(table, LIMIT);
    for (uint16_t i = 0; i < LIMIT; i++)
        connect_to(ports[i % 3], i, true);
    cr_expect_eq(connect_to(443, LIMIT, false), FLOW_UNTRACKED);
    cr_expect_eq(connect_to(6600, LIMIT, false), FLOW_UNTRACKED);
    cr_expect_eq(flow_table_untracked(table), 4); /* packets */
    cr_expect_eq(flow_table_folded(table), 0);
    talk.port[CLIENT] = 40000;
    cr_expect_eq(talk_send(&talk, CLIENT, 1200, 100, 0, 5000), FLOW_COUNTED);
}

/* A walk over all for each packet of a flood would be as good as a hang. */
Test(flow_table_limit, tries_no_more_often_than_it_pays, .init = begin, .fini = end)
{
    flow_table_limit(table, LIMIT);
    for (uint16_t i = 0; i < LIMIT - 1; i++)
        connect_to(6600, i, false);
    connect_to(443, LIMIT, false);
    talk.port[SERVER] = 443;
    for (uint16_t i = 0; i < 3 * LIMIT / 16; i++) {
        talk.port[CLIENT] = (uint16_t)(50000 + i);
        cr_expect_eq(talk_send(&talk, CLIENT, 1000, 100, 0, 5000),
                     i % (LIMIT / 16) ? FLOW_UNTRACKED : FLOW_COUNTED);
    }
    cr_expect_eq(flow_table_folded(table), 3);
}

Test(flow_table_limit, a_folded_one_leaves_nothing_to_the_next, .init = begin, .fini = end)
{
    struct flow_packet f;

    talk.has_no_ids = true;
    flow_table_limit(table, LIMIT);
    for (uint16_t i = 0; i < LIMIT; i++) {
        connect_to(443, i, false);
        talk_send(&talk, CLIENT, 1300, 100, 0, 5000); /* a hole */
        f = talk_segment(&talk, CLIENT, 1300, 100, 0, 5000);
        f.time_ns -= MS; /* suspected */
        talk_add(&talk, f);
        talk_add(&talk, fragment(1400, 100, 0, true, i));
        close_talk(&talk, 1500, 5000);
    }
    for (uint16_t i = 0; i < LIMIT; i++)
        connect_to(6600, (uint16_t)(1000 + i), false);
    cr_expect_eq(flow_table_folded(table), LIMIT);
    for (uint16_t i = 0; i < LIMIT; i++)
        cr_expect_eq(talk_add(&talk, fragment(0, 100, 120, false, i)), FLOW_UNATTRIBUTED);
    flow_table_settle(table);
    for (uint32_t i = 0; i < LIMIT; i++)
        expect_half(i, CLIENT, 2, 200, 0, 0);
}
