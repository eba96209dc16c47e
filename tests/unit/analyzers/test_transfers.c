#include <criterion/criterion.h>

#include "tests/unit/analyzers/lab.h"

static const struct result_transfer *transfer(size_t i)
{
    cr_assert_lt(i, lab.result.n_transfers);
    return &lab.result.transfers[i];
}

static const char *host(int index)
{
    cr_assert(index >= 0 && (size_t)index < lab.result.n_hosts);
    return lab.result.hosts[index].name;
}

static void two_hosts(void)
{
    lab_begin();
    lab_networks();
    lab_host("HV01", "10.20.0.1,10.20.1.1,10.10.0.1");
    lab_host("HV02", "10.20.0.2,10.20.1.2,10.10.0.2");
    lab_host("HV03", "10.20.0.3,10.20.1.3,10.10.0.3");
}

static void expect_pair(const struct result_transfer *t, const char *source,
                        const char *destination)
{
    cr_expect_str_eq(host(t->source_host), source);
    cr_expect_str_eq(host(t->destination_host), destination);
}

/* --- over the migration port --- */

Test(transfers, bulk_to_the_migration_port_is_one, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 6600,
                                         .bytes = 64 * MIB,
                                         .reply_bytes = 5000,
                                         .start_s = 3,
                                         .length_s = 8 });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 1);
    expect_pair(transfer(0), "HV01", "HV02");
    cr_expect_eq(transfer(0)->bytes, 64 * MIB);
    cr_expect_eq(transfer(0)->transport, TRANSPORT_TCP);
    cr_expect_eq(transfer(0)->certainty, CERTAINTY_CERTAIN);
    cr_expect_eq(transfer(0)->start_ns, LAB_START_NS + 3000000000);
    cr_expect_eq(transfer(0)->end_ns, LAB_START_NS + 11000000000);
    cr_expect_float_eq(transfer(0)->mean_bits_per_second, 64.0 * 8 * 1024 * 1024 / 8, 1.0);
    cr_expect(!transfer(0)->was_aborted);
    cr_expect_eq(transfer(0)->n_evidence, 2);
    cr_expect_eq(lab_role("10.20.0.2", 6600), CONNECTION_MIGRATION);
    cr_expect_float_eq(lab_share(transfer(0), "Storage1"), 1.0, 1e-9);
}

Test(transfers, several_streams_are_one, .init = two_hosts, .fini = lab_end)
{
    for (int i = 0; i < 4; i++)
        lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                             .to = i < 3 ? "10.20.0.2" : "10.20.1.2",
                                             .port = 6600,
                                             .bytes = 20 * MIB,
                                             .start_s = i * 0.4 });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(transfer(0)->bytes, 80 * MIB);
    cr_expect_eq(transfer(0)->n_connections, 4);
    cr_expect_float_eq(lab_share(transfer(0), "Storage1"), 0.75, 1e-9);
    cr_expect_eq(transfer(0)->networks[0].bytes, 60 * MIB); /* the largest first */
    cr_expect_eq(transfer(0)->networks[1].network, NETWORK_CROSS);
}

Test(transfers, bytes_are_weighed_and_not_connections, .init = two_hosts, .fini = lab_end)
{
    for (int i = 0; i < 5; i++)
        lab_connect((struct lab_connection){
            .from = "10.10.0.1", .to = "10.10.0.2", .port = 6600, .bytes = 4000 });
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 200 * MIB, .start_s = 0.5 });
    lab_expect("Storage1");
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(lab.result.verdict, VERDICT_RIGHT_NETWORK);
    cr_expect_eq(lab_role("10.10.0.2", 6600), CONNECTION_MIGRATION_CONTROL);
    cr_expect_eq(lab_role("10.20.0.2", 6600), CONNECTION_MIGRATION);
    cr_expect(lab_share(transfer(0), "Storage1") > 0.99);
}

Test(transfers, two_pairs_at_once_are_two, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 30 * MIB, .length_s = 9 });
    lab_connect((struct lab_connection){ .from = "10.20.0.3",
                                         .to = "10.20.0.2",
                                         .port = 6600,
                                         .bytes = 40 * MIB,
                                         .start_s = 1,
                                         .length_s = 9 });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 2);
    expect_pair(transfer(0), "HV01", "HV02");
    expect_pair(transfer(1), "HV03", "HV02");
    cr_expect_eq(transfer(1)->bytes, 40 * MIB);
}

Test(transfers, there_and_back_are_two, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 30 * MIB });
    lab_connect((struct lab_connection){
        .from = "10.20.0.2", .to = "10.20.0.1", .port = 6600, .bytes = 31 * MIB, .start_s = 0.5 });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 2);
    expect_pair(transfer(0), "HV01", "HV02");
    expect_pair(transfer(1), "HV02", "HV01");
}

Test(transfers, one_after_the_other_are_two, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 30 * MIB });
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 30 * MIB, .start_s = 2.5 });
    lab_connect((struct lab_connection){ /* close behind: the same one goes on */
                                         .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 6600,
                                         .bytes = 5 * MIB,
                                         .start_s = 4 });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 2);
    cr_expect_eq(transfer(0)->bytes, 30 * MIB);
    cr_expect_eq(transfer(1)->bytes, 35 * MIB);
}

Test(transfers, a_long_stream_holds_a_window_open, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 30 * MIB, .length_s = 60 });
    for (int i = 0; i < 3; i++)
        lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                             .to = "10.20.0.2",
                                             .port = 6600,
                                             .bytes = MIB,
                                             .start_s = 1 + 20.0 * i });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(transfer(0)->bytes, 33 * MIB);
}

Test(transfers, a_reset_is_a_hint_that_it_was_aborted, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 6600,
                                         .bytes = 30 * MIB,
                                         .ends_in_reset = true });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect(transfer(0)->was_aborted);
}

Test(transfers, what_was_not_captured_counts_and_is_told, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 6600,
                                         .bytes = 40 * MIB,
                                         .lost_bytes = 10 * MIB });
    lab_judge();
    cr_expect_eq(transfer(0)->bytes, 40 * MIB);
    cr_expect_eq(transfer(0)->missing_bytes, 10 * MIB);
    cr_expect_not_null(lab_finding("LM301"));
}

Test(transfers, a_conversation_is_no_memory, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = MIB - 1 });
    lab_expect("Storage1");
    lab_judge();
    cr_expect_eq(lab.result.n_transfers, 0);
    cr_expect_eq(lab_role("10.20.0.2", 6600), CONNECTION_MIGRATION_CONTROL);
    cr_expect_eq(lab.result.verdict, VERDICT_INCONCLUSIVE);
    cr_expect_not_null(lab_finding("LM106"));
}

Test(transfers, the_memory_flows_from_client_to_server, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 6600,
                                         .bytes = 4000,
                                         .reply_bytes = 100 * MIB });
    lab_join();
    cr_expect_eq(lab.result.n_transfers, 0);
}

Test(transfers, a_lab_s_port_is_the_port, .init = two_hosts, .fini = lab_end)
{
    lab.q.ports.lm = 46600;
    lab_end();
    two_hosts();
    lab.table = flow_table_free(lab.table);
    lab.q.ports.lm = 46600;
    cr_assert_eq(
        flow_table_new(&lab.table, &(struct hash_key){ { 1, 2, 3, 4 } }, lab.q.ports, NULL), 0);
    lab.q.table = lab.table;
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 46600, .bytes = 30 * MIB });
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 60 * MIB });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(transfer(0)->bytes, 30 * MIB);
}

/* --- who is it? --- */

Test(transfers, hosts_that_nobody_knows_are_their_addresses, .init = lab_begin, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 64 * MIB });
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 1);
    expect_pair(transfer(0), "10.20.0.1", "10.20.0.2");
    cr_expect(lab.result.hosts[transfer(0)->source_host].is_inferred);
    cr_expect_eq(transfer(0)->certainty, CERTAINTY_LIKELY);
    cr_expect_eq(lab.result.verdict, VERDICT_INCONCLUSIVE);
    cr_expect(lab_has_reason("--expect"));
    cr_expect(lab_has_reason("-n NAME=PREFIX"));
}

Test(transfers, networks_given_make_it_certain, .init = lab_begin, .fini = lab_end)
{
    lab_networks();
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 2 * MIB });
    lab_join();
    cr_expect_eq(transfer(0)->certainty, CERTAINTY_CERTAIN);
}

Test(transfers, little_between_strangers_is_possible_only, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "192.0.2.1", .to = "192.0.2.2", .port = 6600, .bytes = 8 * MIB });
    lab_expect("Storage1");
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(transfer(0)->certainty, CERTAINTY_POSSIBLE);
    cr_expect_eq(lab.result.verdict, VERDICT_INCONCLUSIVE);
}

/* --- over SMB --- */

static void talk_and_write(const char *talk_to, uint64_t written)
{
    lab_connect((struct lab_connection){
        .from = "10.10.0.1", .to = talk_to, .port = 6600, .bytes = 20000, .length_s = 10 });
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 445,
                                         .bytes = written,
                                         .reply_bytes = 100000,
                                         .start_s = 1,
                                         .length_s = 8 });
}

Test(transfers_smb, bulk_beside_a_conversation_is_likely_memory, .init = two_hosts, .fini = lab_end)
{
    talk_and_write("10.10.0.2", 100 * MIB);
    lab_expect("Storage1");
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 1);
    expect_pair(transfer(0), "HV01", "HV02");
    cr_expect_eq(transfer(0)->transport, TRANSPORT_SMB);
    cr_expect_eq(transfer(0)->certainty, CERTAINTY_LIKELY);
    cr_expect_eq(transfer(0)->bytes, 100 * MIB); /* the conversation is no memory */
    cr_expect_eq(transfer(0)->n_networks, 1);
    cr_expect_eq(transfer(0)->n_connections, 2);
    cr_expect_eq(lab_role("10.20.0.2", 445), CONNECTION_SMB_MEMORY);
    cr_expect_eq(lab_role("10.10.0.2", 6600), CONNECTION_MIGRATION_CONTROL);
    cr_expect_eq(lab.result.verdict, VERDICT_RIGHT_NETWORK);
}

Test(transfers_smb, bulk_alone_is_possible_only, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 445, .bytes = 500 * MIB });
    lab_expect("Storage1");
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(transfer(0)->certainty, CERTAINTY_POSSIBLE);
    cr_expect_eq(transfer(0)->verdict, VERDICT_INCONCLUSIVE);
    cr_expect_eq(lab_role("10.20.0.2", 445), CONNECTION_SMB_OTHER);
    cr_expect_eq(lab.result.verdict, VERDICT_INCONCLUSIVE);
    cr_expect(lab_has_reason("SMB"));
}

Test(transfers_smb, what_goes_the_other_way_is_something_else, .init = two_hosts, .fini = lab_end)
{
    talk_and_write("10.10.0.2", 100 * MIB);
    lab_connect((struct lab_connection){ .from = "10.20.1.2",
                                         .to = "10.20.1.1",
                                         .port = 445,
                                         .bytes = 300 * MIB,
                                         .start_s = 1,
                                         .length_s = 8 });
    lab_expect("Storage1");
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 2);
    cr_expect_eq(lab.result.verdict, VERDICT_RIGHT_NETWORK);
    cr_expect_eq(lab_role("10.20.1.1", 445), CONNECTION_SMB_OTHER);
}

Test(transfers_smb, what_goes_the_other_way_is_told_by_numbers_too, .init = lab_begin,
     .fini = lab_end)
{
    lab_networks(); /* but no snapshot: every address is a host of its own */
    talk_and_write("10.10.0.2", 100 * MIB);
    lab_connect((struct lab_connection){ .from = "10.20.1.2",
                                         .to = "10.20.1.1",
                                         .port = 445,
                                         .bytes = 300 * MIB,
                                         .start_s = 1,
                                         .length_s = 8 });
    lab_expect("Storage1");
    lab_judge();
    cr_expect_eq(lab.result.verdict, VERDICT_RIGHT_NETWORK);
    cr_expect_eq(lab_role("10.20.0.2", 445), CONNECTION_SMB_MEMORY);
    cr_expect_eq(lab_role("10.20.1.1", 445), CONNECTION_SMB_OTHER);
}

Test(transfers_smb, other_hosts_write_their_own, .init = two_hosts, .fini = lab_end)
{
    talk_and_write("10.10.0.2", 100 * MIB);
    lab_connect((struct lab_connection){ .from = "10.20.1.1",
                                         .to = "10.20.1.3",
                                         .port = 445,
                                         .bytes = 300 * MIB,
                                         .start_s = 1,
                                         .length_s = 8 });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 2);
    cr_expect_eq(transfer(0)->bytes, 100 * MIB);
    cr_expect_eq(lab_role("10.20.1.3", 445), CONNECTION_SMB_OTHER);
}

Test(transfers_smb, strangers_write_their_own, .init = two_hosts, .fini = lab_end)
{
    talk_and_write("10.10.0.2", 100 * MIB);
    lab_connect((struct lab_connection){ .from = "192.0.2.1",
                                         .to = "192.0.2.2",
                                         .port = 445,
                                         .bytes = 300 * MIB,
                                         .start_s = 1,
                                         .length_s = 8 });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(transfer(0)->bytes, 100 * MIB);
}

Test(transfers_smb, long_before_and_after_is_something_else, .init = two_hosts, .fini = lab_end)
{
    talk_and_write("10.10.0.2", 100 * MIB);
    lab_connect((struct lab_connection){
        .from = "10.20.1.1", .to = "10.20.1.2", .port = 445, .bytes = 50 * MIB, .start_s = 30 });
    lab_connect((struct lab_connection){
        .from = "10.20.1.1", .to = "10.20.1.2", .port = 445, .bytes = 50 * MIB, .start_s = -30 });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 3);
    cr_expect_eq(transfer(1)->bytes, 100 * MIB);
    cr_expect_eq(transfer(1)->certainty, CERTAINTY_LIKELY);
    cr_expect_eq(transfer(0)->certainty, CERTAINTY_POSSIBLE);
    cr_expect_eq(transfer(2)->certainty, CERTAINTY_POSSIBLE);
}

Test(transfers_smb, a_read_is_no_migration, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.10.0.1", .to = "10.10.0.2", .port = 6600, .bytes = 20000, .length_s = 10 });
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 445,
                                         .bytes = 2 * MIB,
                                         .reply_bytes = 300 * MIB,
                                         .start_s = 1,
                                         .length_s = 8 });
    lab_join();
    cr_expect_eq(lab.result.n_transfers, 0);
}

Test(transfers_smb, memory_on_the_port_itself_needs_no_other, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 64 * MIB, .length_s = 10 });
    lab_connect((struct lab_connection){ .from = "10.10.0.1",
                                         .to = "10.10.0.2",
                                         .port = 445,
                                         .bytes = 300 * MIB,
                                         .start_s = 1,
                                         .length_s = 8 });
    lab_expect("Storage1");
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 2);
    cr_expect_eq(transfer(0)->transport, TRANSPORT_TCP);
    cr_expect_eq(transfer(1)->certainty, CERTAINTY_POSSIBLE);
    cr_expect_eq(lab.result.verdict, VERDICT_RIGHT_NETWORK);
}

/* A small VM beside a smaller copy: the copy is no part of it, and is told all the same. */
Test(transfers_smb, what_is_not_taken_for_memory_is_still_told, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 12 * MIB, .length_s = 10 });
    lab_connect((struct lab_connection){ .from = "10.10.0.1",
                                         .to = "10.10.0.2",
                                         .port = 445,
                                         .bytes = 6 * MIB,
                                         .start_s = 1,
                                         .length_s = 8 });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 2);
    cr_expect_eq(transfer(0)->bytes, 12 * MIB);
    cr_expect_eq(transfer(0)->transport, TRANSPORT_TCP);
    cr_expect_eq(transfer(1)->bytes, 6 * MIB);
    cr_expect_eq(transfer(1)->certainty, CERTAINTY_POSSIBLE);
}

Test(transfers_smb, a_routed_conversation_weighs_nothing, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.10.0.1", .to = "10.20.1.2", .port = 6600, .bytes = 8 * MIB, .length_s = 10 });
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 445,
                                         .bytes = 20 * MIB,
                                         .start_s = 1,
                                         .length_s = 8 });
    lab_expect("Storage2,Management");
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(transfer(0)->bytes, 20 * MIB);
    cr_expect_eq(transfer(0)->verdict, VERDICT_WRONG_NETWORK);
    cr_expect_eq(lab.result.verdict, VERDICT_WRONG_NETWORK);
}

Test(transfers_smb, multichannel_may_split_it, .init = two_hosts, .fini = lab_end)
{
    talk_and_write("10.10.0.2", 60 * MIB);
    lab_connect((struct lab_connection){ .from = "10.10.0.1",
                                         .to = "10.10.0.2",
                                         .port = 445,
                                         .bytes = 40 * MIB,
                                         .start_s = 1,
                                         .length_s = 8 });
    lab_expect("Storage1");
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(transfer(0)->bytes, 100 * MIB);
    cr_expect_float_eq(lab_share(transfer(0), "Storage1"), 0.6, 1e-9);
    cr_expect_eq(lab.result.verdict, VERDICT_SPLIT_NETWORKS);
    cr_expect_not_null(lab_finding("LM102"));
}

/* --- over RDMA, as a mirror port sees it --- */

Test(transfers_rdma, bulk_beside_a_conversation_is_likely_memory, .init = two_hosts,
     .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.10.0.1", .to = "10.10.0.2", .port = 6600, .bytes = 20000, .length_s = 10 });
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = PORT_ROCE,
                                         .bytes = 100 * MIB,
                                         .start_s = 1,
                                         .length_s = 8,
                                         .is_udp = true });
    lab_expect("Storage1");
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(transfer(0)->transport, TRANSPORT_RDMA);
    cr_expect_eq(transfer(0)->bytes, 100 * MIB);
    cr_expect_eq(transfer(0)->missing_bytes, 0);
    cr_expect_eq(lab.result.verdict, VERDICT_RIGHT_NETWORK);
}

Test(transfers_rdma, bulk_alone_is_possible_rdma, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = PORT_SMB_DIRECT, .bytes = 100 * MIB });
    lab_join();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_eq(transfer(0)->certainty, CERTAINTY_POSSIBLE);
    cr_expect_eq(transfer(0)->transport, TRANSPORT_RDMA);
}

/* --- other traffic --- */

Test(transfers, other_connections_keep_plain_roles, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 445, .bytes = 5000 });
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 443, .bytes = 500 * MIB });
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = PORT_CLUSTER,
                                         .bytes = 134,
                                         .is_udp = true });
    lab_expect("Storage1");
    lab_judge();
    cr_expect_eq(lab.result.n_transfers, 0);
    cr_expect_eq(lab_role("10.20.0.2", 445), CONNECTION_SMB_OTHER);
    cr_expect_eq(lab_role("10.20.0.2", 443), CONNECTION_OTHER);
    cr_expect_eq(lab_role("10.20.0.2", PORT_CLUSTER), CONNECTION_HEARTBEAT);
    cr_expect_eq(lab.result.verdict, VERDICT_NO_MIGRATION);
    cr_expect_eq(lab.result.n_findings, 0);
}

Test(transfers, totals_of_networks_are_those_of_sure_transfers, .init = two_hosts, .fini = lab_end)
{
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 60 * MIB });
    lab_connect((struct lab_connection){
        .from = "10.20.1.1", .to = "10.20.1.2", .port = 6600, .bytes = 20 * MIB });
    lab_connect((struct lab_connection){
        .from = "10.10.0.1", .to = "10.10.0.2", .port = 445, .bytes = 500 * MIB, .start_s = 30 });
    lab_join();
    cr_expect_eq(lab.result.networks[0].transfer_bytes, 60 * MIB);
    cr_expect_float_eq(lab.result.networks[0].share, 0.75, 1e-9);
    cr_expect_eq(lab.result.networks[1].transfer_bytes, 20 * MIB);
    cr_expect_eq(lab.result.networks[2].transfer_bytes, 0);
}

/* --- rates --- */

Test(transfers, the_rate_adds_up_to_the_bytes, .init = two_hosts, .fini = lab_end)
{
    uint64_t sum = 0;

    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 100 * MIB, .length_s = 10 });
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 6600,
                                         .bytes = 50 * MIB,
                                         .start_s = 2,
                                         .length_s = 2 });
    lab_join();
    for (size_t i = 0; i < transfer(0)->rate.n_buckets; i++)
        sum += transfer(0)->rate.bytes[i];
    cr_expect_eq(sum, 150 * MIB);
    cr_expect_eq(transfer(0)->rate.bucket_ns, 1000000000);
    cr_expect(transfer(0)->peak_bits_per_second > 2.2 * transfer(0)->mean_bits_per_second);
    cr_expect(transfer(0)->peak_bits_per_second < 2.6 * transfer(0)->mean_bits_per_second);
}
