#include <criterion/criterion.h>
#include <string.h>

#include "build.h"

enum { OPT_COMMENT = 1, IF_NAME = 2, IF_DESCRIPTION = 3, IF_TSRESOL = 9, IF_TSOFFSET = 14 };
enum { EPB_FLAGS = 2, EPB_PACKET_ID = 5, EPB_VERDICT = 7 };
enum { SECTION_BYTES = 28, NIC_BYTES = 20 };

static struct build b;

static void begin(bool is_big_endian)
{
    build_init(&b, is_big_endian);
    put_section(&b);
    put_nic(&b, 1, 0);
}

static struct capture_record expect_packet(struct capture *c)
{
    struct capture_record record;

    cr_assert_eq(capture_next(c, &record, NULL), 1);
    for (uint32_t i = 0; i < record.captured_bytes; i++)
        cr_assert_eq(record.bytes[i], (uint8_t)i);
    return record;
}

static void expect_end(struct capture *c)
{
    struct capture_record record;

    cr_assert_eq(capture_next(c, &record, NULL), 0);
    cr_expect(!capture_info(c)->is_truncated, "%s", capture_info(c)->damage);
}

static void expect_damage(struct capture *c, uint64_t offset, const char *text)
{
    const struct capture_info *info = capture_info(c);
    struct capture_record record;

    cr_assert_eq(capture_next(c, &record, NULL), 0);
    cr_assert(info->is_truncated);
    cr_expect_eq(info->damage_offset, offset);
    cr_expect(strstr(info->damage, text) != NULL, "%s", info->damage);
    cr_assert_eq(capture_next(c, &record, NULL), 0);
}

static void expect_enhanced_packets(bool is_big_endian)
{
    AUTO(capture) c = NULL;
    struct capture_record record;

    begin(is_big_endian);
    for (uint32_t i = 0; i < 9; i++)
        put_packet(&b, 0, 1700000000123456 + i, i, 9014);
    c = build_open(&b);
    for (uint32_t i = 0; i < 9; i++) {
        record = expect_packet(c);
        cr_expect_eq(record.time_ns, 1700000000123456000 + i * 1000);
        cr_expect(record.has_time);
        cr_expect_eq(record.captured_bytes, i);
        cr_expect_eq(record.wire_bytes, 9014);
        cr_expect_eq(record.nic, 0);
        cr_expect_eq(record.direction, CAPTURE_DIRECTION_UNKNOWN);
        cr_expect(!record.is_dropped);
        cr_expect(!record.has_packet_id);
    }
    expect_end(c);
    cr_expect_eq(capture_info(c)->format, CAPTURE_PCAPNG);
    cr_expect_eq(capture_info(c)->n_packets, 9);
}

Test(pcapng, reads_enhanced_packets_in_both_byte_orders)
{
    expect_enhanced_packets(false);
    expect_enhanced_packets(true);
}

static void put_verdict(unsigned kind, uint64_t value)
{
    put_u16(&b, EPB_VERDICT);
    put_u16(&b, 9);
    put_u8(&b, kind);
    put_u64(&b, value);
    put_u8(&b, 0);
    put_u8(&b, 0);
    put_u8(&b, 0);
}

static void put_flags(uint32_t flags)
{
    put_u16(&b, EPB_FLAGS);
    put_u16(&b, 4);
    put_u32(&b, flags);
}

static void expect_packet_options(bool is_big_endian)
{
    AUTO(capture) c = NULL;
    struct capture_record record;

    begin(is_big_endian);
    begin_packet(&b, 0, 1, 5, 5);
    put_pattern(&b, 5);
    put_option_text(&b, OPT_COMMENT, "hello");
    put_flags(0xfffffffe);
    put_option_u64(&b, EPB_PACKET_ID, 0x0102030405060708);
    put_verdict(2, 1);
    put_option(&b, 0, "", 0);
    end_block(&b);
    c = build_open(&b);
    record = expect_packet(c);
    cr_expect_eq(record.captured_bytes, 5);
    cr_expect_eq(record.direction, CAPTURE_OUTBOUND);
    cr_expect(record.has_packet_id);
    cr_expect_eq(record.packet_id, 0x0102030405060708);
    cr_expect(record.is_dropped);
    expect_end(c);
}

Test(pcapng, reads_packet_options_in_both_byte_orders)
{
    expect_packet_options(false);
    expect_packet_options(true);
}

Test(pcapng, reads_options_that_lack_their_end)
{
    AUTO(capture) c = NULL;

    begin(false);
    begin_packet(&b, 0, 1, 4, 4);
    put_pattern(&b, 4);
    put_flags(1);
    end_block(&b);
    c = build_open(&b);
    cr_expect_eq(expect_packet(c).direction, CAPTURE_INBOUND);
    expect_end(c);
}

Test(pcapng, ends_options_at_their_end_mark)
{
    AUTO(capture) c = NULL;

    begin(false);
    begin_packet(&b, 0, 1, 4, 4);
    put_pattern(&b, 4);
    put_option(&b, 0, "", 0);
    put_flags(1);
    end_block(&b);
    c = build_open(&b);
    cr_expect_eq(expect_packet(c).direction, CAPTURE_DIRECTION_UNKNOWN);
    expect_end(c);
}

Test(pcapng, tells_no_direction_that_there_is_not)
{
    AUTO(capture) c = NULL;

    begin(false);
    begin_packet(&b, 0, 1, 4, 4);
    put_pattern(&b, 4);
    put_flags(3);
    end_block(&b);
    c = build_open(&b);
    cr_expect_eq(expect_packet(c).direction, CAPTURE_DIRECTION_UNKNOWN);
}

Test(pcapng, passes_over_packet_options_of_a_wrong_length)
{
    AUTO(capture) c = NULL;
    struct capture_record record;

    begin(false);
    begin_packet(&b, 0, 1, 4, 4);
    put_pattern(&b, 4);
    put_option(&b, EPB_FLAGS, "\1", 1);
    put_option(&b, EPB_PACKET_ID, "\1\2\3\4", 4);
    put_option(&b, EPB_VERDICT, "\2\1", 2);
    end_block(&b);
    c = build_open(&b);
    record = expect_packet(c);
    cr_expect_eq(record.direction, CAPTURE_DIRECTION_UNKNOWN);
    cr_expect(!record.has_packet_id);
    cr_expect(!record.is_dropped);
    expect_end(c);
}

static bool is_drop(unsigned kind, uint64_t value)
{
    AUTO(capture) c = NULL;

    begin(false);
    begin_packet(&b, 0, 1, 4, 4);
    put_pattern(&b, 4);
    put_verdict(kind, value);
    end_block(&b);
    c = build_open(&b);
    return expect_packet(c).is_dropped;
}

Test(pcapng, tells_drops_from_other_verdicts)
{
    cr_expect(is_drop(1, 2), "TC_ACT_SHOT");
    cr_expect(!is_drop(1, 0), "TC_ACT_OK");
    cr_expect(is_drop(2, 1), "XDP_DROP");
    cr_expect(!is_drop(2, 2), "XDP_PASS");
    cr_expect(!is_drop(0, 1), "hardware's own");
}

Test(pcapng, never_tells_an_original_length_below_the_captured)
{
    AUTO(capture) c = NULL;

    begin(false);
    put_packet(&b, 0, 1, 60, 40);
    c = build_open(&b);
    cr_expect_eq(expect_packet(c).wire_bytes, 60);
}

static void put_simple_packet(uint32_t wire_bytes, uint32_t captured_bytes)
{
    begin_block(&b, 3);
    put_u32(&b, wire_bytes);
    put_pattern(&b, captured_bytes);
    end_block(&b);
}

Test(pcapng, reads_simple_packets_cut_to_the_snap_length)
{
    AUTO(capture) c = NULL;
    struct capture_record record;

    build_init(&b, true);
    put_section(&b);
    put_nic(&b, 101, 7);
    put_nic(&b, 1, 3);
    put_simple_packet(5, 5);
    put_simple_packet(1500, 7);
    c = build_open(&b);
    record = expect_packet(c);
    cr_expect_eq(record.captured_bytes, 5);
    cr_expect_eq(record.wire_bytes, 5);
    record = expect_packet(c);
    cr_expect_eq(record.captured_bytes, 7);
    cr_expect_eq(record.wire_bytes, 1500);
    cr_expect_eq(record.nic, 0);
    cr_expect(!record.has_time);
    cr_expect_eq(record.time_ns, 0);
    expect_end(c);
}

Test(pcapng, refuses_simple_packets_that_cannot_be)
{
    AUTO(capture) no_nic = NULL;
    AUTO(capture) too_long = NULL;

    build_init(&b, false);
    put_section(&b);
    put_simple_packet(5, 5);
    no_nic = build_open(&b);
    expect_damage(no_nic, SECTION_BYTES, "no interface");

    begin(false);
    put_simple_packet(5, 5);
    put_simple_packet(9, 4);
    too_long = build_open(&b);
    expect_packet(too_long);
    expect_damage(too_long, SECTION_BYTES + NIC_BYTES + 24, "a packet of 9 bytes");
}

static void expect_old_packet(bool is_big_endian)
{
    AUTO(capture) c = NULL;
    struct capture_record record;

    begin(is_big_endian);
    put_nic(&b, 1, 0);
    begin_block(&b, 2);
    put_u16(&b, 1);
    put_u16(&b, 77); /* drops */
    put_u32(&b, 0);
    put_u32(&b, 5000001);
    put_u32(&b, 6);
    put_u32(&b, 60);
    put_pattern(&b, 6);
    put_flags(1);
    end_block(&b);
    c = build_open(&b);
    record = expect_packet(c);
    cr_expect_eq(record.nic, 1);
    cr_expect_eq(record.time_ns, 5000001000);
    cr_expect_eq(record.captured_bytes, 6);
    cr_expect_eq(record.wire_bytes, 60);
    cr_expect_eq(record.direction, CAPTURE_INBOUND);
    expect_end(c);
}

Test(pcapng, reads_the_obsolete_packet_block)
{
    expect_old_packet(false);
    expect_old_packet(true);
}

Test(pcapng, gives_each_interface_its_own_link_type_and_clock)
{
    static const uint8_t nanoseconds[] = { 9 }, binary[] = { 0x80 | 20 };
    AUTO(capture) c = NULL;
    struct capture_record record;

    begin(false);
    begin_block(&b, 1);
    put_u16(&b, 276);
    put_u16(&b, 0);
    put_u32(&b, 96);
    put_option(&b, IF_TSRESOL, nanoseconds, 1);
    put_option_u64(&b, IF_TSOFFSET, 1000);
    end_block(&b);
    begin_block(&b, 1);
    put_u16(&b, 101);
    put_u16(&b, 0);
    put_u32(&b, 128);
    put_option(&b, IF_TSRESOL, binary, 1);
    put_option_u64(&b, IF_TSOFFSET, (uint64_t)-1);
    end_block(&b);
    put_packet(&b, 2, 3 << 19, 4, 4);
    put_packet(&b, 1, 123456789, 4, 4);
    put_packet(&b, 0, 7, 4, 4);
    c = build_open(&b);
    record = expect_packet(c);
    cr_expect_eq(record.nic, 2);
    cr_expect_eq(record.time_ns, 500000000);
    record = expect_packet(c);
    cr_expect_eq(record.nic, 1);
    cr_expect_eq(record.time_ns, 1000123456789);
    record = expect_packet(c);
    cr_expect_eq(record.nic, 0);
    cr_expect_eq(record.time_ns, 7000);
    expect_end(c);
    cr_assert_eq(capture_info(c)->n_nics, 3);
    cr_expect_eq(capture_nic(c, 0)->link_type, 1);
    cr_expect_eq(capture_nic(c, 1)->link_type, 276);
    cr_expect_eq(capture_nic(c, 2)->link_type, 101);
    cr_expect_eq(capture_nic(c, 2)->snap_bytes, 128);
}

Test(pcapng, tells_packets_without_a_time_that_fits)
{
    static const uint8_t seconds[] = { 0 };
    AUTO(capture) c = NULL;
    struct capture_record record;

    build_init(&b, false);
    put_section(&b);
    begin_block(&b, 1);
    put_u16(&b, 1);
    put_u16(&b, 0);
    put_u32(&b, 0);
    put_option(&b, IF_TSRESOL, seconds, 1);
    end_block(&b);
    put_packet(&b, 0, UINT64_MAX, 4, 4);
    put_packet(&b, 0, 9, 4, 4);
    c = build_open(&b);
    record = expect_packet(c);
    cr_expect(!record.has_time);
    cr_expect_eq(record.time_ns, 0);
    record = expect_packet(c);
    cr_expect(record.has_time);
    cr_expect_eq(record.time_ns, 9000000000);
}

Test(pcapng, numbers_interfaces_over_sections_of_either_byte_order)
{
    AUTO(capture) c = NULL;

    begin(false);
    put_packet(&b, 0, 1, 4, 4);
    b.is_big_endian = true;
    put_section(&b);
    put_nic(&b, 113, 0);
    put_nic(&b, 276, 0);
    put_packet(&b, 1, 2, 5, 5);
    b.is_big_endian = false;
    put_section(&b);
    put_nic(&b, 101, 0);
    put_packet(&b, 0, 3, 6, 6);
    c = build_open(&b);
    cr_expect_eq(expect_packet(c).nic, 0);
    cr_expect_eq(expect_packet(c).nic, 2);
    cr_expect_eq(expect_packet(c).nic, 3);
    expect_end(c);
    cr_expect_eq(capture_info(c)->n_sections, 3);
    cr_assert_eq(capture_info(c)->n_nics, 4);
    cr_expect_eq(capture_nic(c, 0)->section, 0);
    cr_expect_eq(capture_nic(c, 2)->section, 1);
    cr_expect_eq(capture_nic(c, 2)->link_type, 276);
    cr_expect_eq(capture_nic(c, 3)->section, 2);
}

Test(pcapng, refuses_a_packet_of_another_sections_interface)
{
    AUTO(capture) c = NULL;

    begin(false);
    put_section(&b);
    put_packet(&b, 0, 1, 4, 4);
    c = build_open(&b);
    expect_damage(c, 2 * SECTION_BYTES + NIC_BYTES, "interface 0, where the section has 0");
}

Test(pcapng, reads_a_section_that_tells_its_length)
{
    AUTO(capture) c = NULL;

    build_init(&b, false);
    begin_block(&b, 0x0a0d0d0a);
    put_u32(&b, 0x1a2b3c4d);
    put_u16(&b, 1);
    put_u16(&b, 2);
    put_u64(&b, 4); /* and lies, as some writers do */
    end_block(&b);
    put_nic(&b, 1, 0);
    put_packet(&b, 0, 1, 4, 4);
    c = build_open(&b);
    cr_expect_eq(read_all(c), 1);
    cr_expect(!capture_info(c)->is_truncated);
}

Test(pcapng, keeps_the_texts_of_the_first_section)
{
    AUTO(capture) c = NULL;
    const struct capture_info *info;

    build_init(&b, false);
    for (int i = 0; i < 2; i++) {
        begin_block(&b, 0x0a0d0d0a);
        put_u32(&b, 0x1a2b3c4d);
        put_u16(&b, 1);
        put_u16(&b, 0);
        put_u64(&b, UINT64_MAX);
        put_option_text(&b, 2, i ? "other" : "x86_64");
        put_option_text(&b, 3, i ? "other" : "Windows Server 2022");
        if (i == 1)
            put_option_text(&b, 4, "an application that the first section does not name");
        if (i == 0)
            put_option_text(&b, OPT_COMMENT, "before");
        put_option_text(&b, i ? 2 : OPT_COMMENT, "a second one");
        end_block(&b);
    }
    c = build_open(&b);
    expect_end(c);
    info = capture_info(c);
    cr_expect_str_eq(info->hardware, "x86_64");
    cr_expect_str_eq(info->os, "Windows Server 2022");
    cr_expect_str_eq(info->application, "");
    cr_expect_str_eq(info->comment, "before");
}

Test(pcapng, passes_over_blocks_that_it_does_not_need)
{
    static const uint32_t types[] = { 4, 7, 8, 9, 10, 0xbad, 0x40000bad, 0x80000001, 0x12345678 };
    AUTO(capture) c = NULL;

    begin(false);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        begin_block(&b, types[i]);
        put_pattern(&b, (uint32_t)i * 4);
        end_block(&b);
        put_packet(&b, 0, i, 8, 8);
    }
    c = build_open(&b);
    cr_expect_eq(read_all(c), sizeof(types) / sizeof(types[0]));
    cr_expect(!capture_info(c)->is_truncated);
}

static uint8_t long_bytes[SECTION_BYTES + NIC_BYTES + CAPTURE_MAX_RECORD_BYTES + 4096];

/* A capture whose third block has the type and length given, zeros in it, and a packet behind. */
static struct capture *open_long_block(uint32_t type, uint32_t n_block_bytes)
{
    struct capture *c = NULL;
    size_t n_head_bytes, n;

    memset(long_bytes, 0, sizeof(long_bytes));
    begin(false);
    put_u32(&b, type);
    n_head_bytes = b.n + 4;
    put_u32(&b, n_block_bytes);
    put_u32(&b, n_block_bytes); /* the tail */
    put_packet(&b, 0, 1, 4, 4);
    memcpy(long_bytes, b.bytes, n_head_bytes);
    n = n_head_bytes + n_block_bytes - 12;
    memcpy(long_bytes + n, b.bytes + n_head_bytes, b.n - n_head_bytes);
    n += b.n - n_head_bytes;
    cr_assert_eq(capture_open_memory(&c, long_bytes, n, NULL), 0);
    return c;
}

static void expect_passed_over(uint32_t n_block_bytes)
{
    AUTO(capture) c = open_long_block(0xbad, n_block_bytes);

    cr_expect_eq(read_all(c), 1);
    cr_expect(!capture_info(c)->is_truncated);
}

Test(pcapng, passes_over_unknown_blocks_of_any_length)
{
    expect_passed_over(12);
    expect_passed_over(CAPTURE_MAX_RECORD_BYTES);
    expect_passed_over(CAPTURE_MAX_RECORD_BYTES + 4);
}

Test(pcapng, tells_that_the_file_ends_inside_an_unknown_block_over_the_limit)
{
    AUTO(capture) c = NULL;

    begin(false);
    put_u32(&b, 0xbad);
    put_u32(&b, CAPTURE_MAX_RECORD_BYTES + 4);
    put_pattern(&b, 10000);
    c = build_open(&b);
    expect_damage(c, SECTION_BYTES + NIC_BYTES, "ends inside a block of 16777220 bytes");
}

Test(pcapng, checks_the_tail_of_an_unknown_block_over_the_limit)
{
    AUTO(capture) c = open_long_block(0xbad, CAPTURE_MAX_RECORD_BYTES + 4);

    long_bytes[SECTION_BYTES + NIC_BYTES + CAPTURE_MAX_RECORD_BYTES] ^= 8;
    expect_damage(c, SECTION_BYTES + NIC_BYTES, "two lengths differ");
}

Test(pcapng, refuses_known_blocks_over_the_limit)
{
    AUTO(capture) c = open_long_block(6, CAPTURE_MAX_RECORD_BYTES + 4);

    expect_damage(c, SECTION_BYTES + NIC_BYTES, "over the limit");
}

Test(pcapng, ends_cleanly_or_tells_the_damage_at_every_shorter_prefix)
{
    size_t ends[16];
    size_t n_ends = 0, n_bytes;

    build_init(&b, false);
    put_section(&b);
    ends[n_ends++] = b.n;
    put_nic(&b, 1, 0);
    ends[n_ends++] = b.n;
    put_packet(&b, 0, 1, 33, 33);
    ends[n_ends++] = b.n;
    begin_packet(&b, 0, 1, 5, 5);
    put_pattern(&b, 5);
    put_flags(1);
    end_block(&b);
    ends[n_ends++] = b.n;
    put_simple_packet(6, 6);
    ends[n_ends++] = b.n;
    begin_block(&b, 5);
    put_u32(&b, 0);
    put_u64(&b, 0);
    put_option_u64(&b, 4, 3);
    end_block(&b);
    ends[n_ends++] = b.n;
    begin_block(&b, 0xbad);
    end_block(&b);
    ends[n_ends++] = b.n;
    n_bytes = b.n;
    for (b.n = 0; b.n < ends[0]; b.n++)
        build_refusal(&b);
    for (size_t n_whole = 0; b.n <= n_bytes; b.n++) {
        AUTO(capture) c = build_open(&b);
        const struct capture_info *info = capture_info(c);
        unsigned n_packets = read_all(c);

        while (n_whole < n_ends && ends[n_whole] <= b.n)
            n_whole++;
        cr_assert_eq(n_packets, n_whole < 2 ? 0 : n_whole - 2 < 3 ? n_whole - 2 : 3);
        cr_assert_eq(info->is_truncated, b.n != ends[n_whole - 1]);
        if (info->is_truncated)
            cr_assert_eq(info->damage_offset, ends[n_whole - 1]);
    }
}

/* Damages one field of the second of two packets. */
static void expect_lie(size_t offset, uint32_t value, const char *text)
{
    AUTO(capture) c = NULL;
    size_t at;

    for (int order = 0; order < 2; order++) {
        begin(order);
        put_packet(&b, 0, 1, 8, 8);
        at = b.n;
        put_packet(&b, 0, 2, 8, 8);
        set_u32(&b, at + offset, value);
        c = capture_free(c);
        c = build_open(&b);
        cr_assert_eq(expect_packet(c).captured_bytes, 8);
        expect_damage(c, at, text);
    }
}

Test(pcapng, tells_lengths_that_lie)
{
    expect_lie(4, 0, "impossible length 0");
    expect_lie(4, 8, "impossible length 8");
    expect_lie(4, 41, "impossible length 41");
    expect_lie(4, 28, "lengths differ");
    expect_lie(4, 44, "ends inside");
    expect_lie(4, 0xfffffffc, "over the limit");
    expect_lie(36, 44, "lengths differ");
    expect_lie(20, 9, "a packet of 9 bytes in a block of 40");
    expect_lie(20, 0xffffffff, "a packet of 4294967295 bytes");
    expect_lie(8, 1, "interface 1, where the section has 1");
    expect_lie(8, 0xffffffff, "interface 4294967295");
}

Test(pcapng, refuses_a_length_that_is_no_multiple_of_four)
{
    AUTO(capture) c = NULL;

    begin(false);
    put_packet(&b, 0, 1, 4, 4);
    begin_packet(&b, 0, 1, 5, 5);
    put_bytes(&b, "12345", 5);
    end_block(&b);
    c = build_open(&b);
    expect_packet(c);
    expect_damage(c, SECTION_BYTES + NIC_BYTES + 36, "impossible length 37");
}

Test(pcapng, tells_blocks_too_short_for_what_they_are)
{
    static const uint32_t types[] = { 1, 2, 3, 5, 6 };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        AUTO(capture) c = NULL;

        begin(false);
        begin_block(&b, types[i]);
        end_block(&b);
        c = build_open(&b);
        expect_damage(c, SECTION_BYTES + NIC_BYTES, "");
    }
}

static void expect_overrun(uint32_t type, size_t n_fixed_bytes)
{
    AUTO(capture) c = NULL;

    begin(false);
    begin_block(&b, type);
    for (size_t i = 0; i < n_fixed_bytes; i++)
        put_u8(&b, 0);
    put_u16(&b, 2);
    put_u16(&b, 5); /* with only four bytes behind */
    put_u32(&b, 0);
    end_block(&b);
    c = build_open(&b);
    expect_damage(c, SECTION_BYTES + NIC_BYTES, "option runs past");
}

Test(pcapng, tells_options_that_overrun)
{
    expect_overrun(1, 8);
    expect_overrun(5, 12);
    expect_overrun(6, 20);
}

Test(pcapng, refuses_a_first_section_that_is_damaged)
{
    static const struct {
        size_t offset;
        uint32_t value;
        const char *text;
    } cases[] = {
        { 4, 12, "lengths differ" },         { 4, 0, "impossible length 0" },
        { 4, 0x7ffffff0, "over the limit" }, { 8, 0x12345678, "without byte-order magic" },
        { 12, 2, "unknown version 2" },      { 24, 32, "lengths differ" },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        build_init(&b, false);
        put_section(&b);
        set_u32(&b, cases[i].offset, cases[i].value);
        cr_expect(strstr(build_refusal(&b), cases[i].text) != NULL, "%s", build_refusal(&b));
    }
}

Test(pcapng, ends_at_a_later_section_that_is_damaged)
{
    AUTO(capture) c = NULL;

    begin(false);
    put_packet(&b, 0, 1, 4, 4);
    put_section(&b);
    set_u32(&b, b.n - SECTION_BYTES + 8, 0);
    c = build_open(&b);
    expect_packet(c);
    expect_damage(c, b.n - SECTION_BYTES, "byte-order magic");
}
