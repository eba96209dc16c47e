#include "analyzers/flow/join.h"

#include <criterion/criterion.h>

#include "tests/unit/flow/talk.h"

static const struct flow_ports ports = { 6600, 445 };
static struct flow_table *table;
static struct result result;
static struct talk talk;

static void begin(void)
{
    table = talk_table();
    talk = talk_to(table, 6600);
    result_init(&result);
}

static void end(void)
{
    table = flow_table_free(table);
    result_release(&result);
}

static void join(void)
{
    cr_assert_eq(connections_join(&result, table, ports, NULL), 0);
}

/* A connection of 1000 bytes whose client's stream begins at @isn + 1. */
static void connect_once(uint32_t isn)
{
    talk_open(&talk, isn, isn + 4000);
    for (uint32_t i = 0; i < 10; i++)
        talk_send(&talk, CLIENT, isn + 1 + i * 100, 100, 0, isn + 4001);
}

/* The same without its handshake. */
static void connect_late(uint32_t isn)
{
    for (uint32_t i = 4; i < 10; i++)
        talk_send(&talk, CLIENT, isn + 1 + i * 100, 100, 0, isn + 4001);
}

static uint64_t stream_of(size_t connection)
{
    const struct result_connection *c = &result.connections[connection];
    const struct observation *o = result_totals(&result, c);

    return half_stream_bytes(&o->half[c->client], &o->half[!c->client]);
}

Test(join, one_vantage_point_gives_one_view_each_by_start, .init = begin, .fini = end)
{
    talk.port[CLIENT] = 50002;
    connect_once(999);
    talk.port[CLIENT] = 50001;
    talk.now_ns -= 3600000LL * MS;
    connect_once(999);
    join();
    cr_assert_eq(result.n_connections, 2);
    cr_expect_eq(result_totals(&result, &result.connections[0])->port[0], 50001);
    cr_expect_eq(result_totals(&result, &result.connections[1])->port[0], 50002);
    for (size_t i = 0; i < 2; i++) {
        cr_expect_eq(result.connections[i].n_observations, 1);
        cr_expect_eq(result.connections[i].client, 0);
        cr_expect_eq(result.connections[i].network[0], -1);
        cr_expect_eq(stream_of(i), 1000);
    }
}

Test(join, nothing_was_captured, .init = begin, .fini = end)
{
    join();
    cr_expect_eq(result.n_connections, 0);
}

Test(join, two_vantage_points_see_one_connection, .init = begin, .fini = end)
{
    int64_t start_ns = talk.now_ns;

    connect_once(999);
    talk.vantage = 1;
    talk.now_ns = start_ns + 20000;
    connect_once(999);
    join();
    cr_assert_eq(result.n_connections, 1);
    cr_expect_eq(result.connections[0].n_observations, 2);
    cr_expect_eq(stream_of(0), 1000);
    cr_expect(!result.connections[0].disagrees);
}

Test(join, totals_are_those_of_who_saw_most, .init = begin, .fini = end)
{
    connect_late(999);
    talk.vantage = 1;
    connect_once(999);
    talk.vantage = 2;
    connect_late(999);
    join();
    cr_assert_eq(result.n_connections, 1);
    cr_expect_eq(result.connections[0].n_observations, 3);
    cr_expect_eq(result_totals(&result, &result.connections[0])->vantage, 1);
    cr_expect_eq(stream_of(0), 1000);
    cr_expect(result.connections[0].disagrees);
}

Test(join, retransmissions_make_no_view_the_better_one, .init = begin, .fini = end)
{
    connect_late(999);
    for (int i = 0; i < 20; i++)
        talk_send(&talk, CLIENT, 1900, 100, 0, 5000);
    talk.vantage = 1;
    connect_once(999);
    join();
    cr_assert_eq(result.n_connections, 1);
    cr_expect_eq(result_totals(&result, &result.connections[0])->vantage, 1);
}

/* --- clocks --- */

Test(join, clocks_may_differ_where_the_handshake_agrees, .init = begin, .fini = end)
{
    connect_once(999);
    talk.vantage = 1;
    talk.now_ns += 7200000LL * MS;
    connect_once(999);
    join();
    cr_expect_eq(result.n_connections, 1);
}

Test(join, clocks_may_differ_where_the_streams_meet, .init = begin, .fini = end)
{
    connect_late(999);
    talk.vantage = 1;
    talk.now_ns -= 7200000LL * MS;
    connect_once(999);
    join();
    cr_expect_eq(result.n_connections, 1);
}

Test(join, without_either_a_minute_is_the_limit, .init = begin, .fini = end)
{
    talk_send(&talk, CLIENT, 1000, 0, 0, 5000);
    talk.vantage = 1;
    talk.now_ns += 59000LL * MS;
    talk_send(&talk, CLIENT, 1000, 0, 0, 5000);
    talk.vantage = 2;
    talk.now_ns += 62000LL * MS;
    talk_send(&talk, CLIENT, 1000, 0, 0, 5000);
    join();
    cr_assert_eq(result.n_connections, 2);
    cr_expect_eq(result.connections[0].n_observations, 2);
    cr_expect_eq(result.connections[1].n_observations, 1);
}

Test(join, the_ends_of_time_are_apart, .init = begin, .fini = end)
{
    talk.now_ns = -(INT64_MAX / 4);
    talk_send(&talk, CLIENT, 1000, 0, 0, 5000);
    talk.vantage = 1;
    talk.now_ns = INT64_MAX / 4;
    talk_send(&talk, CLIENT, 1000, 0, 0, 5000);
    join();
    cr_expect_eq(result.n_connections, 2);
}

/* --- lives of one 5-tuple --- */

Test(join, another_handshake_is_another_connection, .init = begin, .fini = end)
{
    connect_once(999);
    talk.vantage = 1;
    connect_once(500999);
    join();
    cr_expect_eq(result.n_connections, 2);
}

Test(join, each_life_finds_its_own_other_view, .init = begin, .fini = end)
{
    int64_t start_ns = talk.now_ns;

    for (uint32_t life = 0; life < 5; life++)
        connect_once(999 + life * 900000);
    talk.vantage = 1;
    talk.now_ns = start_ns;
    for (uint32_t life = 0; life < 5; life++)
        connect_once(999 + life * 900000);
    join();
    cr_assert_eq(result.n_connections, 5);
    for (size_t i = 0; i < 5; i++) {
        const struct result_connection *c = &result.connections[i];

        cr_assert_eq(c->n_observations, 2);
        cr_expect_eq((uint32_t)result_observation(&result, c, 0)->half[c->client].start,
                     (uint32_t)result_observation(&result, c, 1)->half[c->client].start);
    }
}

/* A view that missed the handshake is told by its sequence numbers, not by what came last. */
Test(join, a_view_without_handshake_joins_the_life_it_meets, .init = begin, .fini = end)
{
    int64_t start_ns = talk.now_ns;

    connect_once(999);
    connect_once(900999);
    talk.vantage = 1;
    talk.now_ns = start_ns + MS;
    connect_late(999);
    connect_once(900999);
    join();
    cr_assert_eq(result.n_connections, 2);
    for (size_t i = 0; i < 2; i++) {
        cr_expect_eq(result.connections[i].n_observations, 2);
        cr_expect_eq(stream_of(i), 1000);
        cr_expect_eq(result.connections[i].disagrees, i == 0);
    }
}

/* --- tags --- */

static size_t join_with(uint32_t vlan_a, uint32_t tunnel_a, uint32_t vlan_b, uint32_t tunnel_b,
                        bool same_vantage)
{
    size_t n;

    begin();
    talk.vlan = vlan_a;
    talk.tunnel = tunnel_a;
    connect_once(999);
    talk.vlan = vlan_b;
    talk.tunnel = tunnel_b;
    talk.vantage = !same_vantage;
    connect_once(999);
    join();
    n = result.n_connections;
    end();
    return n;
}

enum { VLAN_20 = 0x1014, VLAN_30 = 0x101e };
enum { VNI_5 = TUNNEL_VXLAN << 24 | 5, VNI_6 = TUNNEL_VXLAN << 24 | 6 };
enum { SESSION_1 = TUNNEL_ERSPAN << 24 | 1, SESSION_2 = TUNNEL_ERSPAN << 24 | 2 };

Test(join, an_untagged_view_matches_a_tagged_one)
{
    cr_expect_eq(join_with(0, 0, VLAN_20, 0, false), 1);
    cr_expect_eq(join_with(VLAN_20, 0, VLAN_20, 0, false), 1);
    cr_expect_eq(join_with(VLAN_20, 0, VLAN_30, 0, false), 2);
    cr_expect_eq(join_with(0, 0, VLAN_20, 0, true), 2);
}

Test(join, a_view_inside_a_tunnel_matches_one_outside)
{
    cr_expect_eq(join_with(0, 0, 0, VNI_5, false), 1);
    cr_expect_eq(join_with(0, VNI_5, 0, VNI_5, false), 1);
    cr_expect_eq(join_with(0, VNI_5, 0, VNI_6, false), 2);
    cr_expect_eq(join_with(0, VNI_5, 0, VNI_6, true), 2);
    cr_expect_eq(join_with(0, VNI_5, 0, SESSION_1, false), 2);
}

Test(join, mirror_sessions_are_vantage_points)
{
    cr_expect_eq(join_with(0, SESSION_1, 0, SESSION_2, true), 1);
    cr_expect_eq(join_with(0, SESSION_1, 0, SESSION_2, false), 1);
    cr_expect_eq(join_with(VLAN_20, SESSION_1, 0, SESSION_2, true), 1);
    cr_expect_eq(join_with(VLAN_20, SESSION_1, VLAN_30, SESSION_2, true), 2);
}

Test(join, all_views_of_a_connection_agree_with_each_other, .init = begin, .fini = end)
{
    static const uint32_t vlans[] = { 0, VLAN_20, VLAN_30, 0 };

    for (uint16_t i = 0; i < 4; i++) {
        talk.vantage = i;
        talk.vlan = vlans[i];
        connect_once(999);
    }
    join();
    cr_assert_eq(result.n_connections, 2);
    cr_expect_eq(result.connections[0].n_observations + result.connections[1].n_observations, 4);
}

/* --- clients --- */

Test(join, the_client_is_who_sent_the_syn_else_who_called_a_service, .init = begin, .fini = end)
{
    talk = talk_to(table, 6600);
    talk.port[CLIENT] = 3000; /* no ephemeral port, and no SYN below */
    talk_send(&talk, SERVER, 5000, 10, 0, 1000);
    talk.port[CLIENT] = 6600;
    talk.port[SERVER] = 60000;
    talk_open(&talk, 999, 4999); /* and to it, port or not */
    join();
    cr_assert_eq(result.n_connections, 2);
    cr_expect_eq(result.connections[0].client, 0);
    cr_expect_eq(result.connections[1].client, 0);
}

Test(join, a_lab_s_ports_count_as_well, .init = begin, .fini = end)
{
    talk = talk_to(table, 40000);
    talk.port[CLIENT] = 40001;
    talk_send(&talk, SERVER, 5000, 10, 0, 1000);
    cr_assert_eq(connections_join(&result, table, (struct flow_ports){ 40000, 445 }, NULL), 0);
    cr_expect_eq(result.connections[0].client, 0);
}

/* --- what else the result gets --- */

Test(join, copies_are_summed_for_each_nic, .init = begin, .fini = end)
{
    result.nics = calloc(2, sizeof(*result.nics));
    result.n_nics = 2;
    for (uint16_t vantage = 0; vantage < 2; vantage++) {
        talk.vantage = vantage;
        for (uint32_t i = 0; i < 3u + vantage; i++) {
            struct flow_packet f = talk_segment(&talk, CLIENT, 1000 + i * 100, 100, 0, 5000);

            talk_add(&talk, f);
            talk_add(&talk, f);
        }
    }
    join();
    for (size_t i = 0; i < 2; i++) {
        cr_expect_eq(result.nics[i].duplicate_packets, 3 + i);
        result.nics[i].name = result.nics[i].description = NULL;
    }
}

Test(join, what_was_folded_is_told, .init = begin, .fini = end)
{
    flow_table_limit(table, 16);
    for (uint16_t i = 0; i < 17; i++) {
        talk.port[CLIENT] = (uint16_t)(50000 + i);
        talk.port[SERVER] = 443;
        connect_once(999);
        talk.now_ns += 400000LL * MS;
    }
    join();
    cr_expect_eq(result.connections_folded, 16);
    cr_expect_eq(result.folded_bytes, 16 * (13 * 54 + 1000));
    cr_expect_eq(result.n_connections, 1);
}
