#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/analyzers/lab.h"

static void begin(void)
{
    lab_begin();
    lab_networks();
    lab_expect("Storage1");
}

static void transfer(const char *from, const char *to, uint64_t bytes, double start_s)
{
    lab_connect((struct lab_connection){
        .from = from, .to = to, .port = 6600, .bytes = bytes, .start_s = start_s });
}

static const struct finding *find(const char *id)
{
    const struct finding *f = lab_finding(id);

    cr_assert_not_null(f, "%s", id);
    return f;
}

/* Members of one JSON object. */
static void expect_distinct_keys(const struct finding *f)
{
    for (size_t i = 0; i < f->n_evidence; i++)
        for (size_t k = 0; k < i; k++)
            cr_expect_str_neq(f->evidence[i].key, f->evidence[k].key);
}

static const struct finding_evidence *evidence(const struct finding *f, const char *key)
{
    for (size_t i = 0; i < f->n_evidence; i++)
        if (strcmp(f->evidence[i].key, key) == 0)
            return &f->evidence[i];
    cr_assert_fail("no evidence '%s'", key);
    return NULL;
}

Test(path, the_right_way_is_no_finding, .init = begin, .fini = lab_end)
{
    transfer("10.20.0.1", "10.20.0.2", 64 * MIB, 0);
    lab_judge();
    cr_expect_eq(lab.result.verdict, VERDICT_RIGHT_NETWORK);
    cr_expect_eq(lab.result.n_findings, 0);
}

Test(path, the_wrong_network_is_told_with_its_remedy, .init = begin, .fini = lab_end)
{
    const struct finding *f;

    transfer("10.10.0.1", "10.10.0.2", 64 * MIB, 0);
    lab_judge();
    f = find("LM101");
    cr_expect_eq(lab.result.n_findings, 1);
    cr_expect_not_null(strstr(f->detail, "10.10.0.1 to 10.10.0.2"));
    cr_expect_not_null(strstr(f->detail, "Management"));
    cr_expect_not_null(strstr(f->detail, "100 %"));
    cr_expect_eq(evidence(f, "transfer")->count, 1);
    cr_assert_not_null(f->powershell);
    cr_expect_not_null(strstr(f->powershell, "MigrationNetworkOrder"));
    cr_expect_not_null(strstr(f->powershell, "'Storage1'"));
    cr_expect_not_null(strstr(f->powershell, "-Subnet '10.20.0.0/24'"));
    cr_expect_null(strstr(f->powershell, "10.10.0.0/24"));
    expect_distinct_keys(f);
}

Test(path, a_split_is_told, .init = begin, .fini = lab_end)
{
    const struct finding *f;

    lab_host("HV01", "10.20.0.1,10.10.0.1");
    lab_host("HV02", "10.20.0.2,10.10.0.2");
    transfer("10.20.0.1", "10.20.0.2", 60 * MIB, 0);
    transfer("10.10.0.1", "10.10.0.2", 40 * MIB, 0);
    lab_judge();
    f = find("LM102");
    cr_expect_eq(lab.result.verdict, VERDICT_SPLIT_NETWORKS);
    cr_expect_not_null(strstr(f->detail, "HV01 to HV02"));
    expect_distinct_keys(f);
}

Test(path, each_wrong_transfer_is_a_finding, .init = begin, .fini = lab_end)
{
    transfer("10.10.0.1", "10.10.0.2", 64 * MIB, 0);
    transfer("10.10.0.2", "10.10.0.1", 64 * MIB, 10);
    transfer("10.20.0.2", "10.20.0.1", 64 * MIB, 20);
    lab_judge();
    cr_expect_eq(lab_count_findings("LM101"), 2);
    cr_expect_eq(evidence(&lab.result.findings[1], "transfer")->count, 2);
}

Test(path, ends_in_two_networks_are_told, .init = begin, .fini = lab_end)
{
    const struct finding *f;

    transfer("10.20.0.1", "10.10.0.2", 64 * MIB, 0);
    lab_judge();
    f = find("LM103");
    cr_expect_not_null(
        strstr(f->detail, "the source is in Storage1, the destination in Management"));
    cr_expect_str_eq(evidence(f, "source_address")->text, "10.20.0.1");
    cr_expect_str_eq(evidence(f, "destination_address")->text, "10.10.0.2");
    cr_expect_eq(evidence(f, "connection")->count, 1);
    expect_distinct_keys(f);
}

Test(path, addresses_outside_every_network_are_told, .init = begin, .fini = lab_end)
{
    transfer("192.0.2.1", "192.0.2.2", 64 * MIB, 0);
    lab_judge();
    cr_expect_not_null(strstr(find("LM104")->detail, "192.0.2.0/24"));
    cr_expect_eq(lab.result.verdict, VERDICT_WRONG_NETWORK);
    expect_distinct_keys(find("LM101"));
}

Test(path, another_network_s_adapter_is_told, .init = begin, .fini = lab_end)
{
    lab_local(lab_nic(0, "mgmt0"), "10.10.0.1");
    transfer("10.20.0.1", "10.20.0.2", 64 * MIB, 0);
    lab_judge();
    cr_expect_not_null(strstr(find("LM105")->detail, "mgmt0"));
    cr_expect_eq(lab.result.verdict, VERDICT_RIGHT_NETWORK);
}

Test(path, an_adapter_has_the_name_that_people_give_it, .init = begin, .fini = lab_end)
{
    int nic = lab_nic(0, "\\Device\\NPF_{7E5D2A1C-93B4-4F7A-8C12-5B7D9E3F2B02}");

    free(lab.result.nics[nic].description);
    lab.result.nics[nic].description = strdup("vEthernet (Management)");
    lab_local(nic, "10.10.0.1");
    transfer("10.20.0.1", "10.20.0.2", 64 * MIB, 0);
    lab_judge();
    cr_expect_not_null(strstr(find("LM105")->detail, "seen on vEthernet (Management), an adapter"));
}

Test(path, its_own_adapter_is_not, .init = begin, .fini = lab_end)
{
    lab_local(lab_nic(0, "stor1"), "10.20.0.1");
    transfer("10.20.0.1", "10.20.0.2", 64 * MIB, 0);
    lab_judge();
    cr_expect_null(lab_finding("LM105"));
}

Test(path, a_swarm_of_connections_is_not_told_one_by_one, .init = begin, .fini = lab_end)
{
    for (int i = 0; i < 50; i++)
        transfer("10.20.0.1", "10.10.0.2", 2 * MIB, 0);
    lab_judge();
    cr_expect_eq(lab.result.transfers[0].n_connections, 50);
    cr_expect(lab_count_findings("LM103") > 0 && lab_count_findings("LM103") <= 8);
}

Test(path, a_conversation_without_memory_is_told, .init = begin, .fini = lab_end)
{
    transfer("10.10.0.1", "10.10.0.2", 20000, 0);
    lab_judge();
    cr_expect_not_null(strstr(find("LM106")->detail, "6600"));
}

Test(path, a_silent_connection_is_no_conversation, .init = begin, .fini = lab_end)
{
    transfer("10.10.0.1", "10.10.0.2", 0, 0); /* opened and closed: a port scan */
    lab_judge();
    cr_expect_null(lab_finding("LM106"));
    cr_expect_eq(lab.result.verdict, VERDICT_NO_MIGRATION);
}

Test(path, far_less_than_the_vm_has_is_told, .init = begin, .fini = lab_end)
{
    lab.q.vm_memory_bytes = 100 * MIB;
    transfer("10.20.0.1", "10.20.0.2", 49 * MIB, 0);
    lab_judge();
    cr_expect_eq(evidence(find("LM107"), "vm_memory_bytes")->count, 100 * MIB);
}

Test(path, half_of_it_is_not, .init = begin, .fini = lab_end)
{
    lab.q.vm_memory_bytes = 100 * MIB;
    transfer("10.20.0.1", "10.20.0.2", 50 * MIB, 0);
    lab_judge();
    cr_expect_null(lab_finding("LM107"));
}

/* What a name says is never run where the remedy is pasted. */
Test(path, hostile_names_stay_names_in_the_remedy, .init = lab_begin, .fini = lab_end)
{
    lab_network("Management=10.10.0.0/24");
    lab_network("St'; Remove-Item x #\xe2\x80\x99; y=10.20.0.0/24");
    lab_expect("10.20.0.0/24");
    transfer("10.10.0.1", "10.10.0.2", 64 * MIB, 0);
    lab_judge();
    cr_assert_not_null(find("LM101")->powershell);
    cr_expect(
        strstr(find("LM101")->powershell, "('St''; Remove-Item x #' + [char]0x2019 + '; y')"));
    cr_expect_null(strstr(find("LM101")->powershell, "\xe2\x80\x99"));
}
