#include "analyzers/questions/hosts.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/unit/analyzers/lab.h"

static struct host_index hosts;

static void end(void)
{
    host_index_release(&hosts);
    lab_end();
}

static void init(void)
{
    cr_assert_eq(host_index_init(&hosts, &lab.result, &lab.q, NULL), 0);
}

static const char *host_of(const char *address)
{
    struct addr a = lab_addr(address);
    int host = host_index_of(&hosts, &a, NULL);

    cr_assert(host >= 0 && (size_t)host < lab.result.n_hosts);
    return lab.result.hosts[host].name;
}

static bool is_one_host(const char *a, const char *b)
{
    return host_of(a) == host_of(b);
}

Test(hosts, of_the_snapshot_have_their_names, .init = lab_begin, .fini = end)
{
    lab_networks();
    lab_host("HV01", "10.20.0.1,10.10.0.1");
    lab_host("HV02", "10.20.0.2");
    init();
    cr_expect_str_eq(host_of("10.10.0.1"), "HV01");
    cr_expect_str_eq(host_of("10.20.0.2"), "HV02");
    cr_expect(is_one_host("10.20.0.1", "10.10.0.1"));
    cr_expect(!lab.result.hosts[0].is_inferred);
}

Test(hosts, nobody_knows_are_one_each, .init = lab_begin, .fini = end)
{
    init();
    cr_expect_str_eq(host_of("10.20.0.1"), "10.20.0.1");
    cr_expect_str_eq(host_of("fd00::1"), "fd00::1");
    cr_expect(!is_one_host("10.20.0.1", "10.20.0.2"));
    cr_expect(is_one_host("10.20.0.1", "10.20.0.1"));
    cr_expect(lab.result.hosts[0].is_inferred);
}

Test(hosts, many_are_all_kept, .init = lab_begin, .fini = end)
{
    char text[ADDR_TEXT_BYTES];

    init();
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 5000; i++) {
            snprintf(text, sizeof(text), "10.%d.%d.1", i / 250, i % 250);
            cr_assert_str_eq(host_of(text), text);
        }
    cr_expect_eq(lab.result.n_hosts, 5000);
}

Test(hosts, the_addresses_of_one_capture_s_own_nics_are_one, .init = lab_begin, .fini = end)
{
    lab_local(lab_nic(0, "stor1"), "10.20.0.1");
    lab_local(lab_nic(0, "mgmt"), "10.10.0.1");
    lab_local(lab_nic(1, "stor1"), "10.20.0.2");
    lab_nic(1, "silent");
    init();
    cr_expect(is_one_host("10.20.0.1", "10.10.0.1"));
    cr_expect(!is_one_host("10.20.0.1", "10.20.0.2"));
    cr_expect_eq(lab.result.nics[0].host, lab.result.nics[1].host);
    cr_expect_neq(lab.result.nics[0].host, lab.result.nics[2].host);
    cr_expect_eq(lab.result.nics[3].host, -1);
    cr_expect(lab.result.hosts[lab.result.nics[0].host].is_inferred);
}

Test(hosts, one_address_of_the_snapshot_names_all_of_a_capture, .init = lab_begin, .fini = end)
{
    lab_networks();
    lab_host("HV01", "10.10.0.1");
    lab_local(lab_nic(0, "stor1"), "10.20.0.1");
    lab_local(lab_nic(0, "mgmt"), "10.10.0.1");
    init();
    cr_expect_str_eq(host_of("10.20.0.1"), "HV01");
    cr_expect_eq(lab.result.n_hosts, 1);
}

Test(hosts, the_snapshot_knows_better_than_a_capture, .init = lab_begin, .fini = end)
{
    lab_networks();
    lab_host("HV01", "10.20.0.1");
    lab_host("HV02", "10.20.0.2");
    lab_local(lab_nic(0, "a"), "10.20.0.1");
    lab_local(lab_nic(0, "b"), "10.20.0.2"); /* a mirror's, or the address moved */
    init();
    cr_expect_str_eq(host_of("10.20.0.2"), "HV02");
}

/* Two captures of one host, each of other NICs and both of one. */
Test(hosts, captures_that_share_an_address_are_of_one, .init = lab_begin, .fini = end)
{
    lab_local(lab_nic(0, "stor1"), "10.20.0.1");
    lab_local(lab_nic(0, "mgmt"), "10.10.0.1");
    lab_local(lab_nic(1, "stor2"), "10.20.1.1");
    lab_local(lab_nic(1, "mgmt"), "10.10.0.1");
    init();
    cr_expect(is_one_host("10.20.0.1", "10.10.0.1"));
    cr_expect(is_one_host("10.20.0.1", "10.20.1.1"));
}

/* Every host has 127.0.0.1. */
Test(hosts, an_address_that_each_host_has_tells_none, .init = lab_begin, .fini = end)
{
    lab_local(lab_nic(0, "lo"), "127.0.0.1");
    lab_local(lab_nic(0, "lo"), "::1");
    lab_local(lab_nic(0, "stor1"), "10.20.0.1");
    lab_local(lab_nic(1, "lo"), "127.0.0.1");
    lab_local(lab_nic(1, "lo"), "::1");
    lab_local(lab_nic(1, "stor1"), "10.20.0.2");
    init();
    cr_expect(!is_one_host("10.20.0.1", "10.20.0.2"));
    cr_expect_str_eq(host_of("10.20.0.1"), "10.20.0.1");
    cr_expect_str_eq(host_of("10.20.0.2"), "10.20.0.2");
}

Test(hosts, a_link_local_address_may_be_another_host_s_as_well, .init = lab_begin, .fini = end)
{
    lab_local(lab_nic(0, "stor1"), "fe80::1");
    lab_local(lab_nic(0, "stor1"), "10.20.0.1");
    lab_local(lab_nic(1, "stor1"), "fe80::1");
    lab_local(lab_nic(1, "stor1"), "10.20.0.2");
    init();
    cr_expect(!is_one_host("10.20.0.1", "10.20.0.2"));
    cr_expect_str_eq(host_of("10.20.0.1"), "10.20.0.1");
}

Test(hosts, link_local_alone_still_is_a_host, .init = lab_begin, .fini = end)
{
    lab_local(lab_nic(0, "a"), "169.254.10.1");
    lab_local(lab_nic(0, "b"), "169.254.20.1");
    init();
    cr_expect(is_one_host("169.254.10.1", "169.254.20.1"));
}
