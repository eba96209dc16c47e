#include <criterion/criterion.h>
#include <string.h>

#include "build.h"

static const uint32_t microseconds = 0xa1b2c3d4;
static const uint32_t nanoseconds = 0xa1b23c4d;
static const uint32_t modified = 0xa1b2cd34; /* record headers of old Linux captures */

static struct build b;

static void expect_next(struct capture *c, int64_t time_ns, uint32_t captured_bytes,
                        uint32_t wire_bytes)
{
    struct capture_record record;

    cr_assert_eq(capture_next(c, &record, NULL), 1);
    cr_expect_eq(record.time_ns, time_ns);
    cr_expect(record.has_time);
    cr_expect_eq(record.captured_bytes, captured_bytes);
    cr_expect_eq(record.wire_bytes, wire_bytes);
    cr_expect_eq(record.nic, 0);
    cr_expect_eq(record.direction, CAPTURE_DIRECTION_UNKNOWN);
    cr_expect(!record.is_dropped);
    cr_expect(!record.has_packet_id);
    for (uint32_t i = 0; i < captured_bytes; i++)
        cr_expect_eq(record.bytes[i], (uint8_t)i);
}

static void expect_end(struct capture *c)
{
    struct capture_record record;

    cr_assert_eq(capture_next(c, &record, NULL), 0);
    cr_expect(!capture_info(c)->is_truncated);
}

static void expect_damage(struct capture *c, uint64_t offset, const char *text)
{
    struct capture_record record;
    const struct capture_info *info = capture_info(c);

    cr_assert_eq(capture_next(c, &record, NULL), 0);
    cr_assert(info->is_truncated);
    cr_expect_eq(info->damage_offset, offset);
    cr_expect(strstr(info->damage, text) != NULL, "%s", info->damage);
    cr_assert_eq(capture_next(c, &record, NULL), 0);
}

static void expect_two_records(bool is_big_endian, uint32_t magic, int64_t unit_ns)
{
    AUTO(capture) c = NULL;

    build_init(&b, is_big_endian);
    put_pcap_header(&b, magic, 1);
    put_pcap_record(&b, 1700000000, 999, 60, 1514);
    put_pcap_record(&b, 4294967295u, 7, 0, 0);
    c = build_open(&b);
    expect_next(c, 1700000000000000000 + 999 * unit_ns, 60, 1514);
    expect_next(c, 4294967295000000000 + 7 * unit_ns, 0, 0);
    expect_end(c);
    cr_expect_eq(capture_info(c)->n_packets, 2);
}

Test(pcap, reads_microseconds_in_both_byte_orders)
{
    expect_two_records(false, microseconds, 1000);
    expect_two_records(true, microseconds, 1000);
}

Test(pcap, reads_nanoseconds_in_both_byte_orders)
{
    expect_two_records(false, nanoseconds, 1);
    expect_two_records(true, nanoseconds, 1);
}

static void put_modified_record(uint32_t seconds, uint8_t kind, uint32_t n_bytes)
{
    put_u32(&b, seconds);
    put_u32(&b, 0);
    put_u32(&b, n_bytes);
    put_u32(&b, n_bytes);
    put_u32(&b, 2);      /* nic */
    put_u16(&b, 0x0800); /* protocol */
    put_u8(&b, kind);
    put_u8(&b, 0);
    for (uint32_t i = 0; i < n_bytes; i++)
        put_u8(&b, i);
}

static void expect_modified(bool is_big_endian)
{
    static const uint8_t directions[] = { CAPTURE_INBOUND, CAPTURE_OUTBOUND,
                                          CAPTURE_DIRECTION_UNKNOWN };
    AUTO(capture) c = NULL;
    struct capture_record record;

    build_init(&b, is_big_endian);
    put_pcap_header(&b, modified, 1);
    put_modified_record(1, 0, 5);
    put_modified_record(2, 4, 6);
    put_modified_record(3, 5, 7);
    c = build_open(&b);
    for (uint32_t i = 0; i < 3; i++) {
        cr_assert_eq(capture_next(c, &record, NULL), 1);
        cr_expect_eq(record.time_ns, (i + 1) * INT64_C(1000000000));
        cr_expect_eq(record.captured_bytes, 5 + i);
        cr_expect_eq(record.bytes[4], 4);
        cr_expect_eq(record.direction, directions[i]);
    }
    expect_end(c);
}

Test(pcap, reads_the_modified_records_of_old_linux_captures)
{
    expect_modified(false);
    expect_modified(true);
}

Test(pcap, tells_the_interface_that_its_header_implies)
{
    AUTO(capture) c = NULL;
    const struct capture_nic *nic;

    build_init(&b, false);
    put_pcap_header(&b, microseconds, 113);
    c = build_open(&b);
    cr_assert_eq(capture_info(c)->n_nics, 1);
    cr_expect_eq(capture_info(c)->format, CAPTURE_PCAP);
    cr_expect_eq(capture_info(c)->n_sections, 1);
    nic = capture_nic(c, 0);
    cr_expect_eq(nic->link_type, 113);
    cr_expect_eq(nic->snap_bytes, 65535);
    cr_expect_str_eq(nic->name, "");
    cr_expect_str_eq(nic->filter, "");
    cr_expect_eq(nic->speed_bits_per_s, CAPTURE_UNKNOWN);
    cr_expect_eq(nic->statistics.received_packets, CAPTURE_UNKNOWN);
    cr_expect_eq(nic->statistics.dropped_packets, CAPTURE_UNKNOWN);
    expect_end(c);
}

Test(pcap, masks_what_stands_above_the_link_type)
{
    AUTO(capture) c = NULL;

    build_init(&b, true);
    put_pcap_header(&b, microseconds, 0x44000000u | 276);
    c = build_open(&b);
    cr_expect_eq(capture_nic(c, 0)->link_type, 276);
}

Test(pcap, never_tells_an_original_length_below_the_captured)
{
    AUTO(capture) c = NULL;

    build_init(&b, false);
    put_pcap_header(&b, microseconds, 1);
    put_pcap_record(&b, 0, 0, 60, 40);
    c = build_open(&b);
    expect_next(c, 0, 60, 60);
    expect_end(c);
}

static void put_version(unsigned major, unsigned minor)
{
    size_t n = b.n;

    b.n = 4;
    put_u16(&b, major);
    put_u16(&b, minor);
    b.n = n;
}

static void expect_lengths_of_version(unsigned major, unsigned minor, bool are_swapped)
{
    AUTO(capture) c = NULL;

    build_init(&b, false);
    put_pcap_header(&b, microseconds, 1);
    put_version(major, minor);
    put_pcap_record(&b, 0, 0, 4, are_swapped ? 4 : 9);
    set_u32(&b, 24 + 8, are_swapped ? 9 : 4);
    set_u32(&b, 24 + 12, are_swapped ? 4 : 9);
    c = build_open(&b);
    expect_next(c, 0, 4, 9);
    expect_end(c);
}

Test(pcap, takes_the_lengths_of_old_versions_in_their_order)
{
    expect_lengths_of_version(2, 2, true);
    expect_lengths_of_version(2, 3, true);
    expect_lengths_of_version(2, 3, false);
    expect_lengths_of_version(2, 4, false);
    expect_lengths_of_version(543, 0, true);
}

Test(pcap, refuses_an_unknown_version)
{
    build_init(&b, false);
    put_pcap_header(&b, microseconds, 1);
    put_version(3, 0);
    cr_expect_str_eq(build_refusal(&b), "is pcap of the unknown version 3.0 (byte 4)");
}

Test(pcap, ends_cleanly_or_tells_the_damage_at_every_shorter_prefix)
{
    size_t n_bytes, record_bytes = 16 + 33;

    build_init(&b, false);
    put_pcap_header(&b, microseconds, 1);
    for (int i = 0; i < 3; i++)
        put_pcap_record(&b, 1, 2, 33, 33);
    n_bytes = b.n;
    for (b.n = 0; b.n < 24; b.n++)
        build_refusal(&b);
    for (; b.n <= n_bytes; b.n++) {
        AUTO(capture) c = build_open(&b);
        const struct capture_info *info = capture_info(c);
        unsigned n = read_all(c);

        cr_assert_eq(n, (b.n - 24) / record_bytes);
        cr_assert_eq(info->is_truncated, (b.n - 24) % record_bytes != 0);
        if (info->is_truncated)
            cr_assert_eq(info->damage_offset, 24 + n * record_bytes);
    }
}

Test(pcap, takes_a_packet_of_the_limit_and_no_longer_one)
{
    static uint8_t bytes[24 + 16 + CAPTURE_MAX_RECORD_BYTES];
    AUTO(capture) c = NULL;
    AUTO(capture) over = NULL;
    struct capture_record record;

    build_init(&b, false);
    put_pcap_header(&b, microseconds, 1);
    put_pcap_record(&b, 1, 2, 0, 0);
    set_u32(&b, 24 + 8, CAPTURE_MAX_RECORD_BYTES);
    memcpy(bytes, b.bytes, b.n);
    bytes[sizeof(bytes) - 1] = 0x5a;
    cr_assert_eq(capture_open_memory(&c, bytes, sizeof(bytes), NULL), 0);
    cr_assert_eq(capture_next(c, &record, NULL), 1);
    cr_assert_eq(record.captured_bytes, CAPTURE_MAX_RECORD_BYTES);
    cr_expect_eq(record.bytes[CAPTURE_MAX_RECORD_BYTES - 1], 0x5a);
    expect_end(c);

    set_u32(&b, 24 + 8, CAPTURE_MAX_RECORD_BYTES + 1);
    over = build_open(&b);
    expect_damage(over, 24, "16777217 bytes");
}

Test(pcap, delivers_what_precedes_a_lying_length)
{
    AUTO(capture) c = NULL;

    build_init(&b, true);
    put_pcap_header(&b, nanoseconds, 1);
    put_pcap_record(&b, 1, 2, 10, 20);
    put_pcap_record(&b, 1, 3, 10, 20);
    set_u32(&b, 24 + 26 + 8, 0xffffffff);
    c = build_open(&b);
    expect_next(c, 1000000002, 10, 20);
    expect_damage(c, 24 + 26, "4294967295 bytes");
}

Test(pcap, reads_records_across_many_blocks)
{
    AUTO(capture) c = NULL;

    build_init(&b, false);
    put_pcap_header(&b, microseconds, 1);
    for (unsigned i = 0; i < 5000; i++)
        put_pcap_record(&b, i, i, i % 301, i % 301 + 1);
    c = build_open(&b);
    cr_expect_eq(read_all(c), 5000);
    cr_expect_eq(capture_info(c)->n_bytes, b.n);
    cr_expect(!capture_info(c)->is_truncated);
}
