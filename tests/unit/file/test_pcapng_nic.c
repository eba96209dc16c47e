#include <criterion/criterion.h>
#include <string.h>

#include "build.h"

enum {
    OPT_COMMENT = 1,
    IF_NAME = 2,
    IF_DESCRIPTION = 3,
    IF_IPV4 = 4,
    IF_IPV6 = 5,
    IF_MAC = 6,
    IF_SPEED = 8,
    IF_FILTER = 11,
    IF_OS = 12,
    IF_HARDWARE = 15,
};

static struct build b;

static void begin_nic(void)
{
    begin_block(&b, 1);
    put_u16(&b, 1);
    put_u16(&b, 0);
    put_u32(&b, 0);
}

static const struct capture_nic *read_nic(struct capture **ret_capture)
{
    *ret_capture = build_open(&b);
    cr_assert_eq(read_all(*ret_capture), 0);
    cr_assert(!capture_info(*ret_capture)->is_truncated, "%s", capture_info(*ret_capture)->damage);
    cr_assert_eq(capture_info(*ret_capture)->n_nics, 1);
    return capture_nic(*ret_capture, 0);
}

static void expect_description(bool is_big_endian)
{
    static const uint8_t mac[] = { 0, 0x15, 0x5d, 1, 2, 3 };
    AUTO(capture) c = NULL;
    const struct capture_nic *nic;

    build_init(&b, is_big_endian);
    put_section(&b);
    begin_nic();
    put_option_text(&b, IF_NAME, "vEthernet (Storage1)");
    put_option_text(&b, IF_DESCRIPTION, "Hyper-V Virtual Ethernet Adapter #2");
    put_option(&b, IF_MAC, mac, sizeof(mac));
    put_option_u64(&b, IF_SPEED, 25000000000);
    put_option(&b, IF_FILTER, "\0tcp port 6600", 14);
    put_option_text(&b, IF_OS, "Windows");
    put_option_text(&b, IF_HARDWARE, "ConnectX");
    put_option_text(&b, OPT_COMMENT, "first");
    put_option_text(&b, OPT_COMMENT, "second");
    put_option_text(&b, 9999, "unknown");
    put_option(&b, 0, "", 0);
    end_block(&b);
    nic = read_nic(&c);
    cr_expect_str_eq(nic->name, "vEthernet (Storage1)");
    cr_expect_str_eq(nic->description, "Hyper-V Virtual Ethernet Adapter #2");
    cr_expect(nic->has_mac);
    cr_expect_eq(memcmp(nic->mac, mac, 6), 0);
    cr_expect_eq(nic->speed_bits_per_s, 25000000000);
    cr_expect_str_eq(nic->filter, "tcp port 6600");
    cr_expect_str_eq(nic->os, "Windows");
    cr_expect_str_eq(nic->hardware, "ConnectX");
    cr_expect_str_eq(nic->comment, "first");
}

Test(pcapng_nic, tells_what_its_options_say_in_both_byte_orders)
{
    expect_description(false);
    expect_description(true);
}

Test(pcapng_nic, leaves_untold_what_no_option_says)
{
    AUTO(capture) c = NULL;
    const struct capture_nic *nic;

    build_init(&b, false);
    put_section(&b);
    put_nic(&b, 1, 0);
    nic = read_nic(&c);
    cr_expect_str_eq(nic->name, "");
    cr_expect_str_eq(nic->description, "");
    cr_expect_str_eq(nic->filter, "");
    cr_expect_str_eq(nic->os, "");
    cr_expect_str_eq(nic->hardware, "");
    cr_expect_str_eq(nic->comment, "");
    cr_expect(!nic->has_mac);
    cr_expect_eq(nic->n_addresses, 0);
    cr_expect_eq(nic->snap_bytes, 0);
    cr_expect_eq(nic->speed_bits_per_s, CAPTURE_UNKNOWN);
    cr_expect_eq(nic->statistics.received_packets, CAPTURE_UNKNOWN);
    cr_expect_eq(nic->statistics.dropped_packets, CAPTURE_UNKNOWN);
    cr_expect_eq(nic->statistics.filter_accepted_packets, CAPTURE_UNKNOWN);
    cr_expect_eq(nic->statistics.os_dropped_packets, CAPTURE_UNKNOWN);
    cr_expect_eq(nic->statistics.delivered_packets, CAPTURE_UNKNOWN);
}

Test(pcapng_nic, passes_over_options_of_a_wrong_length)
{
    AUTO(capture) c = NULL;
    const struct capture_nic *nic;

    build_init(&b, false);
    put_section(&b);
    begin_nic();
    put_option(&b, IF_MAC, "abc", 3);
    put_option(&b, IF_SPEED, "abcd", 4);
    put_option(&b, IF_IPV4, "abcd", 4);
    put_option(&b, IF_IPV6, "abcdefghijklmnop", 16);
    put_option(&b, IF_FILTER, "", 0);
    put_option(&b, 9, "", 0);
    end_block(&b);
    nic = read_nic(&c);
    cr_expect(!nic->has_mac);
    cr_expect_eq(nic->speed_bits_per_s, CAPTURE_UNKNOWN);
    cr_expect_eq(nic->n_addresses, 0);
    cr_expect_str_eq(nic->filter, "");
}

Test(pcapng_nic, ends_texts_at_a_zero_and_keeps_the_last_name)
{
    AUTO(capture) c = NULL;
    const struct capture_nic *nic;

    build_init(&b, false);
    put_section(&b);
    begin_nic();
    put_option_text(&b, IF_NAME, "eth0");
    put_option(&b, IF_NAME, "eth1\0\0\0x", 8);
    put_option(&b, IF_FILTER, "\1\2\3\4", 4);
    end_block(&b);
    nic = read_nic(&c);
    cr_expect_str_eq(nic->name, "eth1");
    cr_expect_str_eq(nic->filter, "", "BPF code is no text");
}

static void expect_address(const struct capture_nic *nic, size_t i, const char *address,
                           const char *prefix)
{
    char text[PREFIX_TEXT_BYTES];

    cr_expect_str_eq(addr_text(text, &nic->addresses[i]), address);
    cr_expect_str_eq(prefix_text(text, &nic->prefixes[i]), prefix);
}

Test(pcapng_nic, tells_addresses_with_their_prefixes)
{
    static const uint8_t v6[] = { 0xfd, 0, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 64 };
    static const uint8_t v6_long[] = { 0xfd, 0, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 200 };
    AUTO(capture) c = NULL;
    const struct capture_nic *nic;

    build_init(&b, true);
    put_section(&b);
    begin_nic();
    put_option(&b, IF_IPV4, "\x0a\x14\x00\x0b\xff\xff\xff\x00", 8);
    put_option(&b, IF_IPV4, "\x0a\x15\x00\x0b\xff\xff\xff\xff", 8);
    put_option(&b, IF_IPV4, "\x0a\x16\x00\x0b\xff\x00\xff\x00", 8);
    put_option(&b, IF_IPV6, v6, sizeof(v6));
    put_option(&b, IF_IPV6, v6_long, sizeof(v6_long));
    end_block(&b);
    nic = read_nic(&c);
    cr_assert_eq(nic->n_addresses, 5);
    expect_address(nic, 0, "10.20.0.11", "10.20.0.0/24");
    expect_address(nic, 1, "10.21.0.11", "10.21.0.11/32");
    expect_address(nic, 2, "10.22.0.11", "10.0.0.0/8");
    expect_address(nic, 3, "fd00:20::1", "fd00:20::/64");
    expect_address(nic, 4, "fd00:20::2", "fd00:20::2/128");
}

Test(pcapng_nic, keeps_addresses_up_to_the_limit)
{
    AUTO(capture) c = NULL;

    build_init(&b, false);
    put_section(&b);
    begin_nic();
    for (unsigned i = 0; i < CAPTURE_MAX_NIC_ADDRESSES + 1; i++)
        put_option(&b, IF_IPV4, "\x0a\x14\x00\x0b\xff\xff\xff\x00", 8);
    end_block(&b);
    cr_expect_eq(read_nic(&c)->n_addresses, CAPTURE_MAX_NIC_ADDRESSES);
}

Test(pcapng_nic, ends_the_capture_over_the_limit_of_interfaces)
{
    static uint8_t bytes[28 + (CAPTURE_MAX_NICS + 1) * 20];
    AUTO(capture) c = NULL;

    build_init(&b, false);
    put_section(&b);
    memcpy(bytes, b.bytes, b.n);
    build_init(&b, false);
    put_nic(&b, 1, 0);
    for (size_t i = 0; i <= CAPTURE_MAX_NICS; i++)
        memcpy(bytes + 28 + i * 20, b.bytes, 20);
    cr_assert_eq(capture_open_memory(&c, bytes, sizeof(bytes), NULL), 0);
    cr_expect_eq(read_all(c), 0);
    cr_expect_eq(capture_info(c)->n_nics, CAPTURE_MAX_NICS);
    cr_expect_eq(capture_info(c)->damage_offset, 28 + CAPTURE_MAX_NICS * 20);
    cr_expect_str_eq(capture_info(c)->damage, "more interfaces than the limit allows");
}

Test(pcapng_nic, ends_the_capture_over_the_limit_of_descriptions)
{
    enum { NIC_BYTES = 20 + 12 * 65532, N_NICS = CAPTURE_MAX_DESCRIPTION_BYTES / NIC_BYTES + 1 };
    static uint8_t bytes[28 + N_NICS * NIC_BYTES];
    static uint8_t text[65528];
    AUTO(capture) c = NULL;

    build_init(&b, false);
    put_section(&b);
    memcpy(bytes, b.bytes, b.n);
    build_init(&b, false);
    begin_nic();
    for (int i = 0; i < 12; i++)
        put_option(&b, 9999, text, sizeof(text));
    end_block(&b);
    cr_assert_eq(b.n, NIC_BYTES);
    for (size_t i = 0; i < N_NICS; i++)
        memcpy(bytes + 28 + i * b.n, b.bytes, b.n);
    cr_assert_eq(capture_open_memory(&c, bytes, sizeof(bytes), NULL), 0);
    cr_expect_eq(read_all(c), 0);
    cr_expect_str_eq(capture_info(c)->damage, "more interfaces than the limit allows");
}

static void put_statistics(uint32_t nic, unsigned code, uint64_t count)
{
    begin_block(&b, 5);
    put_u32(&b, nic);
    put_u64(&b, 0);
    if (code)
        put_option_u64(&b, code, count);
    end_block(&b);
}

static void expect_statistics(bool is_big_endian)
{
    AUTO(capture) c = NULL;
    const struct capture_statistics *s;

    build_init(&b, is_big_endian);
    put_section(&b);
    put_nic(&b, 1, 0);
    put_section(&b);
    put_nic(&b, 1, 0);
    put_nic(&b, 1, 0);
    put_statistics(1, 4, 50);
    put_statistics(1, 4, 100);
    put_statistics(1, 5, 7);
    put_statistics(1, 6, 0);
    put_statistics(1, 7, 8);
    put_statistics(1, 8, UINT64_C(1) << 40);
    put_statistics(1, 2, 12345);
    put_statistics(1, 0, 0);
    put_statistics(0, 4, 3);
    put_statistics(2, 4, 99); /* of no interface */
    c = build_open(&b);
    cr_assert_eq(read_all(c), 0);
    cr_expect(!capture_info(c)->is_truncated);
    s = &capture_nic(c, 2)->statistics;
    cr_expect_eq(s->received_packets, 100, "the last one counts");
    cr_expect_eq(s->dropped_packets, 7);
    cr_expect_eq(s->filter_accepted_packets, 0);
    cr_expect_eq(s->os_dropped_packets, 8);
    cr_expect_eq(s->delivered_packets, UINT64_C(1) << 40);
    s = &capture_nic(c, 1)->statistics;
    cr_expect_eq(s->received_packets, 3);
    cr_expect_eq(s->dropped_packets, CAPTURE_UNKNOWN);
    cr_expect_eq(capture_nic(c, 0)->statistics.received_packets, CAPTURE_UNKNOWN);
}

Test(pcapng_nic, keeps_the_last_statistics_of_each_interface)
{
    expect_statistics(false);
    expect_statistics(true);
}

Test(pcapng_nic, stays_at_its_address)
{
    AUTO(capture) c = NULL;
    struct capture_record record;
    const struct capture_nic *nic;

    build_init(&b, false);
    put_section(&b);
    put_nic(&b, 1, 0);
    put_packet(&b, 0, 1, 4, 4);
    for (int i = 0; i < 100; i++)
        put_nic(&b, 1, 0);
    c = build_open(&b);
    cr_assert_eq(capture_next(c, &record, NULL), 1);
    nic = capture_nic(c, 0);
    cr_assert_eq(capture_next(c, &record, NULL), 0);
    cr_assert_eq(capture_info(c)->n_nics, 101);
    cr_expect(capture_nic(c, 0) == nic);
}
