#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "build.h"

static struct build b;

static void make_pcap(unsigned n_records)
{
    build_init(&b, false);
    put_pcap_header(&b, 0xa1b2c3d4, 1);
    for (unsigned i = 0; i < n_records; i++)
        put_pcap_record(&b, i, i, 60, 1514);
}

/* A file of its own in the current folder, removed by remove_file(). */
static char path[64];

static void write_file(const void *bytes, size_t n_bytes)
{
    FILE *f;
    int file;

    snprintf(path, sizeof(path), "test_capture_%ld_XXXXXX", (long)getpid());
    file = mkstemp(path);
    cr_assert(file >= 0);
    close(file);
    f = fopen(path, "wb");
    cr_assert(f != NULL);
    cr_assert_eq(fwrite(bytes, 1, n_bytes, f), n_bytes);
    cr_assert_eq(fclose(f), 0);
}

static void remove_file(void)
{
    remove(path);
}

Test(capture, reads_a_file)
{
    struct capture *c = NULL;
    struct error err;

    make_pcap(2000);
    write_file(b.bytes, b.n);
    cr_assert_eq(capture_open(&c, path, &err), 0, "%s", err.text);
    cr_expect_eq(read_all(c), 2000);
    cr_expect_eq(capture_info(c)->n_bytes, b.n);
    cr_expect_eq(capture_info(c)->compression, CAPTURE_PLAIN);
    cr_expect_str_eq(capture_info(c)->application, "");
    capture_free(c);
    remove_file();
}

Test(capture, reads_standard_input)
{
    struct capture *c = NULL;
    struct error err;
    int before = dup(0);
    int file;

    make_pcap(3);
    write_file(b.bytes, b.n);
    file = open(path, O_RDONLY);
    cr_assert(file >= 0);
    cr_assert(dup2(file, 0) >= 0);
    close(file);
    cr_assert_eq(capture_open(&c, "-", &err), 0, "%s", err.text);
    cr_expect_eq(read_all(c), 3);
    capture_free(c);
    if (before >= 0)
        dup2(before, 0);
    remove_file();
}

Test(capture, names_the_path_that_cannot_be_opened)
{
    struct capture *c = NULL;
    struct error err;

    cr_assert_eq(capture_open(&c, "no-such-file.pcap", &err), ERR_SYSTEM);
    cr_expect_str_eq(err.text, "'no-such-file.pcap': can't be opened: No such file or directory");
    cr_assert_eq(capture_open(&c, ".", &err), ERR_INPUT);
    cr_expect_str_eq(err.text, "'.': is a directory: name a capture in it");
    cr_assert_eq(capture_open(&c, "", &err), ERR_SYSTEM);
    cr_assert(c == NULL);
}

Test(capture, names_the_path_that_is_no_capture)
{
    struct capture *c = NULL;
    struct error err;
    char expected[256];

    write_file("", 0);
    cr_assert_eq(capture_open(&c, path, &err), ERR_INPUT);
    snprintf(expected, sizeof(expected), "'%s': is empty: no capture was written to it", path);
    cr_expect_str_eq(err.text, expected);
    remove_file();
}

/* Either format, of packets with and without options, with other blocks between them. */
static void make_mixed(bool is_pcapng, bool is_big_endian, unsigned n_packets)
{
    static const uint8_t flags[] = { 1, 0, 0, 0 };

    build_init(&b, is_big_endian);
    if (is_pcapng) {
        put_section(&b);
        put_nic(&b, 1, 0);
    } else {
        put_pcap_header(&b, 0xa1b2c3d4, 1);
    }
    for (unsigned i = 0; i < n_packets; i++) {
        if (!is_pcapng) {
            put_pcap_record(&b, i, i, i % 90, 90);
            continue;
        }
        if (i % 37 == 36)
            put_nic(&b, 1, 0);
        begin_packet(&b, i / 37, i, i % 90, 90);
        put_pattern(&b, i % 90);
        if (i % 3 == 2)
            put_option(&b, 2, flags, sizeof(flags));
        end_block(&b);
    }
}

Test(capture, reads_the_same_packets_by_many_as_one_by_one)
{
    static const size_t sizes[] = { 1, 2, 63, 64 };

    for (unsigned kind = 0; kind < 4; kind++) {
        make_mixed(kind & 1, kind & 2, 1000);
        for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
            AUTO(capture) c = build_open(&b);

            cr_expect_eq(read_all_by(c, sizes[i]), 1000);
            cr_expect(!capture_info(c)->is_truncated, "%s", capture_info(c)->damage);
        }
    }
}

Test(capture, reads_by_many_what_precedes_damage)
{
    struct capture_record records[8];

    for (unsigned is_pcapng = 0; is_pcapng < 2; is_pcapng++) {
        AUTO(capture) c = NULL;

        make_mixed(is_pcapng, false, 5);
        b.n--;
        c = build_open(&b);
        cr_expect_eq(capture_read(c, records, 8, NULL), 4);
        cr_expect_eq(capture_read(c, records, 8, NULL), 0);
        cr_expect(capture_info(c)->is_truncated);
        cr_expect_eq(capture_info(c)->n_packets, 4);
    }
}

Test(capture, fills_every_field_of_records_read_by_many)
{
    struct capture_record records[3];

    for (unsigned is_pcapng = 0; is_pcapng < 2; is_pcapng++) {
        AUTO(capture) c = NULL;

        make_mixed(is_pcapng, false, 3);
        c = build_open(&b);
        memset(records, 0xa5, sizeof(records));
        cr_assert_eq(capture_read(c, records, 3, NULL), 3);
        for (unsigned i = 0; i < 3; i++) {
            cr_expect_eq(records[i].time_ns, is_pcapng ? i * 1000 : i * INT64_C(1000001000));
            cr_expect(records[i].has_time);
            cr_expect_eq(records[i].captured_bytes, i);
            cr_expect_eq(records[i].wire_bytes, 90);
            cr_expect_eq(records[i].nic, 0);
            cr_expect_eq(records[i].direction, is_pcapng && i == 2 ? CAPTURE_INBOUND : 0);
            cr_expect(!records[i].is_dropped);
            cr_expect(!records[i].has_packet_id);
            cr_expect_eq(records[i].packet_id, 0);
        }
    }
}

static void expect_refusal(const void *bytes, size_t n_bytes, const char *text)
{
    build_init(&b, false);
    put_bytes(&b, bytes, n_bytes);
    cr_expect_str_eq(build_refusal(&b), text);
}

Test(capture, says_what_it_found_instead_of_a_capture)
{
    uint8_t etl[512] = { 0 };
    uint8_t tar[512] = { 'x' };

    memcpy(etl + 72, "\x02\x00\x02\xc0", 4);
    memcpy(tar + 257, "ustar", 5);
    expect_refusal("", 0, "is empty: no capture was written to it");
    expect_refusal("{ \"schema\": 1 }\n", 16,
                   "is no capture: it looks like JSON; a snapshot is given with -t, and a saved "
                   "result to 'lmpath report'");
    expect_refusal("x", 1, "is no capture: it ends after 1 bytes; copy the capture again");
    expect_refusal("text", 4, "is no capture: it looks like text; name a pcap or pcapng file");
    expect_refusal(etl, sizeof(etl),
                   "is no capture: it looks like an ETL trace; convert it with etl2pcapng, or with "
                   "pktmon etl2pcap where pktmon made it");
    expect_refusal("PK\x03\x04....", 8,
                   "is no capture: it looks like a zip archive; unpack it first");
    expect_refusal("\xfd"
                   "7zXZ\0..",
                   8, "is no capture: it looks like xz data; unpack it first");
    expect_refusal(tar, sizeof(tar), "is no capture: it looks like a tar archive; unpack it first");
    expect_refusal("snoop\0\0\0\0\0\0\2", 12,
                   "is no capture: it looks like a snoop capture; convert it with editcap");
    expect_refusal("\x0a\x0d\x0a\x1c\0\0\0", 7,
                   "is no capture: it looks like a pcapng file that was transferred as text; "
                   "transfer it as binary");
    expect_refusal(
        "\1\2\3\4\5", 5,
        "is no capture: neither pcap nor pcapng begins with 01 02 03 04 (byte 0); name a capture");
    expect_refusal(
        "\x00\0\0\0", 4,
        "is no capture: neither pcap nor pcapng begins with 00 00 00 00 (byte 0); name a capture");
}

Test(capture, digests_the_bytes_as_stored)
{
    make_pcap(0);
    expect_digest(b.bytes, b.n);
    make_pcap(1000);
    expect_digest(b.bytes, b.n);
}

Test(capture, digests_what_is_left_behind_damage)
{
    make_pcap(1000);
    set_u32(&b, 24 + 8, 0xffffffff);
    expect_digest(b.bytes, b.n);
}

Test(capture, digests_a_header_longer_than_a_block)
{
    static char comment[20000];

    memset(comment, 'x', sizeof(comment));
    build_init(&b, false);
    begin_block(&b, 0x0a0d0d0a);
    put_u32(&b, 0x1a2b3c4d);
    put_u16(&b, 1);
    put_u16(&b, 0);
    put_u64(&b, UINT64_MAX);
    put_option(&b, 1, comment, sizeof(comment));
    end_block(&b);
    put_nic(&b, 1, 0);
    for (int i = 0; i < 300; i++)
        put_packet(&b, 0, 1, 60, 60);
    expect_digest(b.bytes, b.n);
}

Test(capture, gives_no_digest_that_nobody_wanted)
{
    AUTO(capture) c = NULL;
    char digest[65];

    make_pcap(1);
    c = build_open(&b);
    read_all(c);
    cr_expect_eq(capture_digest(c, digest, NULL), ERR_USAGE);
}

Test(capture, names_its_formats)
{
    cr_expect_str_eq(capture_format_name(CAPTURE_PCAP), "pcap");
    cr_expect_str_eq(capture_format_name(CAPTURE_PCAPNG), "pcapng");
}
