#include <criterion/criterion.h>
#include <string.h>

#include "src/base/text.h"
#include "tests/unit/analyzers/lab.h"

static struct result_nic *nic;

static void begin(void)
{
    int index;

    lab_begin();
    index = lab_nic(0, "stor1");
    nic = &lab.result.nics[index];
    nic->packets = 1000;
}

static void judge(void)
{
    cr_assert_eq(question_quality(&lab.result, &lab.q, NULL), 0);
}

static const char *detail(const char *id)
{
    const struct finding *f = lab_finding(id);

    cr_assert_not_null(f, "%s", id);
    return f->detail;
}

Test(quality, a_good_capture_has_no_findings, .init = begin, .fini = lab_end)
{
    nic->dropped = 0;
    judge();
    cr_expect_eq(lab.result.n_findings, 0);
}

Test(quality, an_unknown_count_is_no_loss, .init = begin, .fini = lab_end)
{
    nic->dropped = RESULT_UNKNOWN;
    judge();
    cr_expect_eq(lab.result.n_findings, 0);
}

Test(quality, dropped_packets_are_told_of_all, .init = begin, .fini = lab_end)
{
    nic->dropped = 500;
    judge();
    cr_expect_str_eq(detail("LM301"), "500 of 1,500 packets were dropped while capturing");
}

Test(quality, copies_are_told_with_their_share, .init = begin, .fini = lab_end)
{
    nic->duplicate_packets = 250;
    judge();
    cr_expect_not_null(strstr(detail("LM302"), "250 packets (25.0 %)"));
}

Test(quality, each_damaged_input_is_told_where, .init = begin, .fini = lab_end)
{
    lab_nic(1, "x");
    lab.result.inputs[1].is_truncated = true;
    lab.result.inputs[1].damage = text_copy("the block says 7 bytes");
    lab.result.inputs[1].damage_offset = 4711;
    judge();
    cr_expect_eq(lab_count_findings("LM303"), 1);
    cr_expect_not_null(strstr(detail("LM303"), "'input1.pcapng'"));
    cr_expect_not_null(strstr(detail("LM303"), "byte 4711"));
    cr_expect_not_null(strstr(detail("LM303"), "the block says 7 bytes"));
}

Test(quality, time_that_runs_back_is_told_with_the_worst_step, .init = begin, .fini = lab_end)
{
    int other = lab_nic(0, "mgmt0");

    nic = &lab.result.nics[0];
    nic->backward_times = 2;
    nic->backward_worst_ns = 5000000;
    lab.result.nics[other].backward_times = 1;
    lab.result.nics[other].backward_worst_ns = 1500000000;
    judge();
    cr_expect_not_null(strstr(detail("LM304"), "3 packets are older"));
    cr_expect_not_null(strstr(detail("LM304"), "1.500 s, on mgmt0"));
}

Test(quality, one_packet_is_older, .init = begin, .fini = lab_end)
{
    nic->backward_times = 1;
    nic->backward_worst_ns = 5000000;
    judge();
    cr_expect_not_null(strstr(detail("LM304"), "1 packet is older"));
}

Test(quality, microseconds_back_are_not_worth_telling, .init = begin, .fini = lab_end)
{
    nic->backward_times = 1000;
    nic->backward_worst_ns = 999999;
    judge();
    cr_expect_null(lab_finding("LM304"));
    nic->backward_worst_ns = 1000000;
    judge();
    cr_expect_not_null(lab_finding("LM304"));
}

Test(quality, a_link_type_nobody_knows_is_told, .init = begin, .fini = lab_end)
{
    nic->link_type = NULL;
    nic->link_type_number = 147;
    judge();
    cr_expect_not_null(strstr(detail("LM305"), "147"));
    cr_expect_not_null(strstr(detail("LM305"), "1,000"));
}

Test(quality, an_unknown_nic_without_packets_is_not, .init = begin, .fini = lab_end)
{
    nic->link_type = NULL;
    nic->packets = 0;
    judge();
    cr_expect_null(lab_finding("LM305"));
}

Test(quality, views_that_disagree_are_told, .init = lab_begin, .fini = lab_end)
{
    lab_networks();
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 30 * MIB });
    lab.next_port--;
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 20 * MIB, .vantage = 1 });
    lab_judge();
    cr_assert_eq(lab.result.n_connections, 1);
    cr_expect_eq(lab.result.transfers[0].bytes, 30 * MIB); /* never their sum */
    cr_expect_not_null(strstr(detail("LM306"), "2 vantage points"));
}

Test(quality, esp_is_told, .init = begin, .fini = lab_end)
{
    nic->esp_bytes = 3 * MIB;
    judge();
    cr_expect_not_null(strstr(detail("LM307"), "3.00 MiB"));
}

Test(quality, packets_left_out_are_told, .init = begin, .fini = lab_end)
{
    nic->untracked_packets = 12345;
    judge();
    cr_expect_not_null(strstr(detail("LM308"), "12,345 packets"));
}

Test(quality, a_transfer_without_its_beginning_is_told, .init = lab_begin, .fini = lab_end)
{
    lab_networks();
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 20 * MIB });
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 6600,
                                         .bytes = 20 * MIB,
                                         .has_no_syn = true });
    lab_judge();
    cr_expect_eq(lab_count_findings("LM309"), 1);
    cr_expect_not_null(strstr(detail("LM309"), "of 1 of its 2 connections"));
}

Test(quality, one_view_of_the_beginning_is_enough, .init = lab_begin, .fini = lab_end)
{
    lab_networks();
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 20 * MIB });
    lab.next_port--;
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 6600,
                                         .bytes = 30 * MIB,
                                         .vantage = 1,
                                         .has_no_syn = true });
    lab_judge();
    cr_assert_eq(lab.result.n_connections, 1);
    cr_expect_null(lab_finding("LM309"));
}

Test(quality, smb_sessions_may_be_older_than_the_capture, .init = lab_begin, .fini = lab_end)
{
    lab_networks();
    lab_connect((struct lab_connection){
        .from = "10.20.0.1", .to = "10.20.0.2", .port = 6600, .bytes = 300000, .length_s = 9 });
    lab_connect((struct lab_connection){ .from = "10.20.0.1",
                                         .to = "10.20.0.2",
                                         .port = 445,
                                         .bytes = 60 * MIB,
                                         .start_s = 1,
                                         .has_no_syn = true });
    lab_judge();
    cr_assert_eq(lab.result.n_transfers, 1);
    cr_expect_null(lab_finding("LM309"));
}
