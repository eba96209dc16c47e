#include "src/file/pcapng_writer.h"

#include <criterion/criterion.h>
#include <string.h>

#include "src/base/disk.h"

static const struct pcapng_section section = {
    .hardware = "a machine", .os = "an OS", .application = "lmpathd 0", .comment = "headers only"
};
static const uint8_t frame[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 };

static char path[64];
static struct pcapng_writer *w;

static void begin(const char *name)
{
    struct error err;

    snprintf(path, sizeof(path), "test_pcapng_writer_%s.pcapng", name);
    disk_remove(path);
    cr_assert_eq(pcapng_writer_new(&w, path, &section, &err), 0, "%s", err.text);
}

static uint32_t add_nic(const char *name)
{
    struct pcapng_nic nic = { .name = name, .speed_bits_per_s = CAPTURE_UNKNOWN, .link_type = 1 };
    uint32_t index = 99;

    cr_assert_eq(pcapng_writer_add_nic(w, &nic, &index, NULL), 0);
    return index;
}

static int add_packet(uint32_t nic, int64_t time_ns, uint32_t captured_bytes, struct error *err)
{
    struct pcapng_packet p = { .time_ns = time_ns,
                               .bytes = frame,
                               .captured_bytes = captured_bytes,
                               .wire_bytes = 1514,
                               .nic = nic };

    return pcapng_writer_add_packet(w, &p, err);
}

/* Ends writing and reads what was written; the file goes. */
static struct capture *reread(void)
{
    struct capture *c = NULL;
    struct error err;

    cr_assert_eq(pcapng_writer_close(w, &err), 0, "%s", err.text);
    w = pcapng_writer_free(w);
    cr_assert_eq(capture_open(&c, path, &err), 0, "%s", err.text);
    return c;
}

static void end(struct capture *c)
{
    struct capture_record record;

    cr_expect_eq(capture_next(c, &record, NULL), 0);
    cr_expect(!capture_info(c)->is_truncated, "%s", capture_info(c)->damage);
    capture_free(c);
    disk_remove(path);
}

static void read_and_end(void)
{
    struct capture_record record;
    struct capture *c = reread();

    while (capture_next(c, &record, NULL) > 0)
        ;
    end(c);
}

Test(pcapng_writer, tells_what_made_the_capture)
{
    struct capture *c;

    begin("section");
    c = reread();
    cr_expect_str_eq(capture_info(c)->hardware, "a machine");
    cr_expect_str_eq(capture_info(c)->os, "an OS");
    cr_expect_str_eq(capture_info(c)->application, "lmpathd 0");
    cr_expect_str_eq(capture_info(c)->comment, "headers only");
    end(c);
}

Test(pcapng_writer, describes_a_nic_by_all_that_is_known)
{
    struct pcapng_nic_address addresses[3];
    struct pcapng_nic nic = { .name = "vEthernet (LM) \xc3\xa9",
                              .description = "Hyper-V Virtual Ethernet Adapter",
                              .filter = "tcp port 6600",
                              .addresses = addresses,
                              .n_addresses = 3,
                              .speed_bits_per_s = 25000000000,
                              .snap_bytes = 256,
                              .link_type = 1,
                              .has_mac = true,
                              .mac = { 2, 0, 0, 0, 0, 9 } };
    const struct capture_nic *read;
    struct capture_record record;
    char text[PREFIX_TEXT_BYTES];
    struct capture *c;
    uint32_t index;

    cr_assert_eq(addr_parse(&addresses[0].addr, "10.20.0.1", NULL), 0);
    addresses[0].family_bits = 24;
    cr_assert_eq(addr_parse(&addresses[1].addr, "fd00:20::1", NULL), 0);
    addresses[1].family_bits = 64;
    cr_assert_eq(addr_parse(&addresses[2].addr, "10.1.2.3", NULL), 0);
    addresses[2].family_bits = 0;
    begin("nic");
    cr_assert_eq(pcapng_writer_add_nic(w, &nic, &index, NULL), 0);
    cr_expect_eq(index, 0);
    c = reread();
    cr_assert_eq(capture_next(c, &record, NULL), 0);
    cr_assert_eq(capture_info(c)->n_nics, 1);
    read = capture_nic(c, 0);
    cr_expect_str_eq(read->name, nic.name);
    cr_expect_str_eq(read->description, nic.description);
    cr_expect_str_eq(read->filter, "tcp port 6600");
    cr_expect_eq(read->speed_bits_per_s, 25000000000);
    cr_expect_eq(read->snap_bytes, 256);
    cr_expect_eq(read->link_type, 1);
    cr_expect(read->has_mac && memcmp(read->mac, nic.mac, 6) == 0);
    cr_assert_eq(read->n_addresses, 3);
    cr_expect_str_eq(prefix_text(text, &read->prefixes[0]), "10.20.0.0/24");
    cr_expect(addr_equal(&read->addresses[0], &addresses[0].addr));
    cr_expect_str_eq(prefix_text(text, &read->prefixes[1]), "fd00:20::/64");
    cr_expect_str_eq(prefix_text(text, &read->prefixes[2]), "0.0.0.0/0");
    end(c);
}

Test(pcapng_writer, leaves_out_what_is_not_known)
{
    struct capture_record record;
    struct capture *c;

    begin("unknown");
    add_nic("eth0");
    c = reread();
    cr_assert_eq(capture_next(c, &record, NULL), 0);
    cr_expect_str_eq(capture_nic(c, 0)->description, "");
    cr_expect_eq(capture_nic(c, 0)->speed_bits_per_s, CAPTURE_UNKNOWN);
    cr_expect(!capture_nic(c, 0)->has_mac);
    cr_expect_eq(capture_nic(c, 0)->statistics.received_packets, CAPTURE_UNKNOWN);
    end(c);
}

Test(pcapng_writer, keeps_every_nanosecond_and_length_of_a_packet)
{
    struct capture_record record;
    struct capture *c;

    begin("packets");
    add_nic("eth0");
    add_nic("eth1");
    for (uint32_t n = 0; n <= sizeof(frame); n++)
        cr_assert_eq(add_packet(n % 2, 1700000000123456789 + n, n, NULL), 0);
    cr_expect_eq(pcapng_writer_packets(w), sizeof(frame) + 1);
    c = reread();
    for (uint32_t n = 0; n <= sizeof(frame); n++) {
        cr_assert_eq(capture_next(c, &record, NULL), 1);
        cr_expect_eq(record.time_ns, 1700000000123456789 + n);
        cr_expect_eq(record.captured_bytes, n);
        cr_expect_eq(record.wire_bytes, 1514);
        cr_expect_eq(record.nic, n % 2);
        cr_expect_eq(record.direction, CAPTURE_DIRECTION_UNKNOWN);
        cr_expect(n == 0 || memcmp(record.bytes, frame, n) == 0);
    }
    end(c);
}

Test(pcapng_writer, tells_the_direction_of_a_packet)
{
    struct pcapng_packet p = { .time_ns = 1, .bytes = frame, .captured_bytes = 3, .wire_bytes = 3 };
    struct capture_record record;
    struct capture *c;

    begin("direction");
    add_nic("eth0");
    for (uint8_t d = CAPTURE_INBOUND; d <= CAPTURE_OUTBOUND; d++) {
        p.direction = d;
        cr_assert_eq(pcapng_writer_add_packet(w, &p, NULL), 0);
    }
    c = reread();
    for (uint8_t d = CAPTURE_INBOUND; d <= CAPTURE_OUTBOUND; d++) {
        cr_assert_eq(capture_next(c, &record, NULL), 1);
        cr_expect_eq(record.direction, d);
    }
    end(c);
}

Test(pcapng_writer, adds_nics_between_packets)
{
    struct capture_record record;
    struct capture *c;

    begin("late_nic");
    add_nic("eth0");
    add_packet(0, 1, 2, NULL);
    cr_expect_eq(add_nic("usb0"), 1);
    add_packet(1, 2, 2, NULL);
    c = reread();
    cr_assert_eq(capture_next(c, &record, NULL), 1);
    cr_assert_eq(capture_next(c, &record, NULL), 1);
    cr_expect_str_eq(capture_nic(c, record.nic)->name, "usb0");
    end(c);
}

Test(pcapng_writer, tells_statistics_that_are_known)
{
    struct capture_statistics s = { 1000, CAPTURE_UNKNOWN, 900, 7, 893 };
    const struct capture_statistics *read;
    struct capture_record record;
    struct capture *c;

    begin("statistics");
    add_nic("eth0");
    cr_assert_eq(pcapng_writer_add_statistics(w, 0, &s, 5, 1, 0, NULL), 0);
    s.os_dropped_packets = 8;
    cr_assert_eq(pcapng_writer_add_statistics(w, 0, &s, 9, 1, 9, NULL), 0);
    c = reread();
    cr_assert_eq(capture_next(c, &record, NULL), 0);
    read = &capture_nic(c, 0)->statistics;
    cr_expect_eq(read->received_packets, 1000);
    cr_expect_eq(read->dropped_packets, CAPTURE_UNKNOWN);
    cr_expect_eq(read->filter_accepted_packets, 900);
    cr_expect_eq(read->os_dropped_packets, 8);
    cr_expect_eq(read->delivered_packets, 893);
    end(c);
}

static bool file_has(const char *text)
{
    static char bytes[1 << 20];
    FILE *file = fopen(path, "rb");
    size_t n, n_text = strlen(text);

    cr_assert(file != NULL);
    n = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    for (size_t i = 0; i + n_text <= n; i++)
        if (memcmp(bytes + i, text, n_text) == 0)
            return true;
    return false;
}

Test(pcapng_writer, puts_marks_on_the_next_packet)
{
    struct capture_record record;
    struct capture *c;

    begin("mark");
    add_nic("eth0");
    pcapng_writer_mark(w, "the command starts");
    pcapng_writer_mark(w, "a second mark");
    add_packet(0, 1, 14, NULL);
    add_packet(0, 2, 14, NULL);
    c = reread();
    cr_expect(file_has("the command starts") && file_has("a second mark"));
    cr_assert_eq(capture_next(c, &record, NULL), 1);
    cr_assert_eq(capture_next(c, &record, NULL), 1);
    end(c);
}

Test(pcapng_writer, puts_marks_on_statistics_when_no_packet_comes)
{
    struct capture_statistics s = { 0, 0, 0, 0, 0 };
    struct capture_record record;
    struct capture *c;

    begin("mark_at_end");
    add_nic("eth0");
    pcapng_writer_mark(w, "nothing came");
    cr_assert_eq(pcapng_writer_add_statistics(w, 0, &s, 5, 1, 5, NULL), 0);
    c = reread();
    cr_expect(file_has("nothing came"));
    cr_assert_eq(capture_next(c, &record, NULL), 0);
    end(c);
}

Test(pcapng_writer, takes_no_more_marks_than_it_has_room_for)
{
    static char text[2 * PCAPNG_WRITER_MAX_TEXT_BYTES];
    struct capture_record record;
    struct capture *c;

    memset(text, 'm', sizeof(text) - 1);
    begin("marks");
    add_nic("eth0");
    for (int i = 0; i < 3 * PCAPNG_WRITER_MAX_MARKS; i++)
        pcapng_writer_mark(w, text);
    cr_assert_eq(add_packet(0, 1, 14, NULL), 0);
    cr_expect(pcapng_writer_bytes(w) <
              (PCAPNG_WRITER_MAX_MARKS + 1) * (PCAPNG_WRITER_MAX_TEXT_BYTES + 8));
    c = reread();
    cr_assert_eq(capture_next(c, &record, NULL), 1);
    cr_expect_eq(record.captured_bytes, 14);
    end(c);
}

Test(pcapng_writer, cuts_long_text_at_a_whole_character)
{
    static char text[PCAPNG_WRITER_MAX_TEXT_BYTES + 16];
    struct capture_record record;
    struct capture *c;

    memset(text, 'x', sizeof(text) - 1);
    memcpy(text + PCAPNG_WRITER_MAX_TEXT_BYTES - 1, "\xc3\xa9", 2);
    begin("text");
    add_nic(text);
    c = reread();
    cr_assert_eq(capture_next(c, &record, NULL), 0);
    cr_expect_eq(strlen(capture_nic(c, 0)->name), PCAPNG_WRITER_MAX_TEXT_BYTES - 1);
    end(c);
}

Test(pcapng_writer, takes_the_largest_nic_packet_and_all_marks_when_the_buffer_is_nearly_full)
{
    static char text[PCAPNG_WRITER_MAX_TEXT_BYTES + 1];
    static uint8_t bytes[2 * PCAPNG_WRITER_MAX_PACKET_BYTES];
    static struct pcapng_nic_address addresses[CAPTURE_MAX_NIC_ADDRESSES + 9];
    struct pcapng_nic nic = { .name = text,
                              .description = text,
                              .filter = text,
                              .addresses = addresses,
                              .n_addresses = CAPTURE_MAX_NIC_ADDRESSES + 9,
                              .speed_bits_per_s = 1,
                              .link_type = 1,
                              .has_mac = true };
    struct pcapng_packet p = { .bytes = bytes,
                               .captured_bytes = sizeof(bytes),
                               .wire_bytes = sizeof(bytes),
                               .direction = CAPTURE_INBOUND };
    struct capture_record record;
    struct capture *c;
    unsigned n_packets = 0;
    uint32_t index;

    memset(text, 't', sizeof(text) - 1);
    begin("full");
    add_nic("eth0");
    for (int round = 0; round < 40; round++) {
        for (int i = 0; i < PCAPNG_WRITER_MAX_MARKS; i++)
            pcapng_writer_mark(w, text);
        cr_assert_eq(pcapng_writer_add_packet(w, &p, NULL), 0);
        cr_assert_eq(pcapng_writer_add_nic(w, &nic, &index, NULL), 0);
    }
    c = reread();
    while (capture_next(c, &record, NULL) > 0) {
        cr_expect_eq(record.captured_bytes, PCAPNG_WRITER_MAX_PACKET_BYTES);
        cr_expect_eq(record.wire_bytes, sizeof(bytes));
        n_packets++;
    }
    cr_expect_eq(n_packets, 40);
    cr_expect_eq(capture_nic(c, 40)->n_addresses, CAPTURE_MAX_NIC_ADDRESSES);
    end(c);
}

Test(pcapng_writer, shows_everything_once_flushed)
{
    struct capture *c = NULL;
    struct capture_record record;

    begin("flush");
    add_nic("eth0");
    add_packet(0, 1, 14, NULL);
    cr_assert_eq(pcapng_writer_flush(w, NULL), 0);
    cr_assert_eq(capture_open(&c, path, NULL), 0);
    cr_assert_eq(capture_next(c, &record, NULL), 1);
    capture_free(c);
    read_and_end();
}

Test(pcapng_writer, leaves_an_existing_file_alone)
{
    struct pcapng_writer *second = NULL;
    struct error err;

    begin("exists");
    cr_expect_eq(pcapng_writer_new(&second, path, &section, &err), ERR_SYSTEM);
    cr_expect(strstr(err.text, path) != NULL, "%s", err.text);
    read_and_end();
}

#ifndef _WIN32
#include <signal.h>
#include <sys/resource.h>

/* A limit on the file's size stands for a full disk: the write stops in the middle of a block. */
Test(pcapng_writer, ends_with_a_whole_block_when_the_disk_is_full)
{
    struct rlimit limit = { 1000, 1000 };
    struct error err, again;
    struct capture_record record;
    struct capture *c = NULL;
    uint64_t n_bytes;

    signal(SIGXFSZ, SIG_IGN);
    begin("disk");
    add_nic("eth0");
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    for (int64_t i = 0; i < 100; i++)
        cr_assert_eq(add_packet(0, i, 14, NULL), 0);
    cr_assert_eq(pcapng_writer_flush(w, &err), ERR_SYSTEM);
    cr_expect(strstr(err.text, path) != NULL, "%s", err.text);
    n_bytes = pcapng_writer_bytes(w);
    cr_expect(n_bytes <= 1000 && n_bytes > 900);
    cr_expect_eq(add_packet(0, 1, 14, &again), ERR_SYSTEM);
    cr_expect_str_eq(again.text, err.text);
    cr_expect_eq(pcapng_writer_bytes(w), n_bytes);
    cr_expect_eq(pcapng_writer_close(w, NULL), ERR_SYSTEM);
    w = pcapng_writer_free(w);
    cr_assert_eq(capture_open(&c, path, NULL), 0);
    while (capture_next(c, &record, NULL) > 0)
        ;
    cr_expect(capture_info(c)->n_packets > 10);
    cr_expect(!capture_info(c)->is_truncated, "%s", capture_info(c)->damage);
    cr_expect_eq(capture_info(c)->n_bytes, n_bytes);
    end(c);
}
#endif
