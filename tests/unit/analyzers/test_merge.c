#include "analyzers/ingest/merge.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/text.h"
#include "tests/unit/analyzers/files.h"

#define NS_PER_S INT64_C(1000000000)

static struct input_list list;
static struct merge *merge;
static struct error err;

static void begin(void)
{
    files_begin();
    input_list_init(&list);
}

static void end(void)
{
    merge = merge_free(merge);
    input_list_release(&list);
    files_end();
}

static void add(const char *name, uint8_t mark, const uint32_t *seconds, unsigned n)
{
    files_write_pcap(name, mark, seconds, n);
    cr_assert_eq(input_list_add(&list, files_path(name), &err), 0);
}

#define ADD(name, mark, ...)                                                                       \
    add(name, mark, (const uint32_t[]){ __VA_ARGS__ },                                             \
        sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

static void open_all(void)
{
    cr_assert_eq(merge_new(&merge, &list, false, &err), 0, "%s", err.text);
}

/* The marks of all records in their order; "|" where an input ends, "!" for one that can't be read.
 */
static char *order(void)
{
    char *text = text_copy("");
    struct merge_item item;
    int event;

    while ((event = merge_next(merge, &item, &err)) > 0) {
        char *longer;

        if (event != MERGE_RECORDS) {
            longer = text_format("%s%c", text, event == MERGE_INPUT_END ? '|' : '!');
            free(text);
            text = longer;
        }
        for (size_t i = 0; event == MERGE_RECORDS && i < item.n_records; i++) {
            cr_assert_eq(item.records[i].bytes[0], (uint8_t)('a' + item.input));
            longer = text_format("%s%c", text, item.records[i].bytes[0]);
            free(text);
            text = longer;
        }
    }
    cr_assert_eq(event, MERGE_END);
    return text;
}

static void expect_order(const char *expected)
{
    char *text = order();

    cr_expect_str_eq(text, expected);
    free(text);
}

Test(merge, one_input_is_read_through, .init = begin, .fini = end)
{
    ADD("a.pcap", 'a', 10, 20, 15, 30); /* backwards within a file stays so */
    open_all();
    expect_order("aaaa|");
}

Test(merge, inputs_take_turns_by_time, .init = begin, .fini = end)
{
    ADD("a.pcap", 'a', 10, 30, 50);
    ADD("b.pcap", 'b', 20, 40, 60);
    open_all();
    expect_order("ababa|b|");
}

Test(merge, the_order_of_naming_does_not_matter, .init = begin, .fini = end)
{
    ADD("a.pcap", 'a', 20, 40, 60);
    ADD("b.pcap", 'b', 10, 30, 50);
    open_all();
    expect_order("babab|a|");
}

Test(merge, of_two_at_once_the_first_named_comes_first, .init = begin, .fini = end)
{
    ADD("a.pcap", 'a', 10, 30);
    ADD("b.pcap", 'b', 10, 30);
    open_all();
    expect_order("abb|a|"); /* who is on turn stays on it */
}

Test(merge, files_that_follow_each_other_do_not_overlap, .init = begin, .fini = end)
{
    ADD("a.pcap", 'a', 30, 40);
    ADD("b.pcap", 'b', 10, 20);
    ADD("c.pcap", 'c', 50, 60);
    open_all();
    expect_order("bb|aa|cc|");
}

Test(merge, an_input_without_packets_ends_at_once, .init = begin, .fini = end)
{
    ADD("a.pcap", 'a', 10);
    add("b.pcap", 'b', NULL, 0);
    open_all();
    expect_order("|a|");
}

Test(merge, more_records_than_are_handed_out_at_once, .init = begin, .fini = end)
{
    enum { N = 5 * MERGE_MAX_RECORDS + 3 };
    uint32_t seconds[N];
    char *text;

    for (uint32_t i = 0; i < N; i++)
        seconds[i] = 100 + i;
    add("a.pcap", 'a', seconds, N);
    ADD("b.pcap", 'b', 100 + N / 2);
    open_all();
    text = order();
    cr_expect_eq(strlen(text), N + 1 + 2);
    cr_assert_not_null(strchr(text, 'b'));
    cr_expect(labs((long)(strchr(text, 'b') - text) - N / 2) <= 3);
    free(text);
}

Test(merge, an_end_says_what_time_it_covered, .init = begin, .fini = end)
{
    struct merge_item item;

    ADD("a.pcap", 'a', 20, 10, 40, 30);
    open_all();
    while (merge_next(merge, &item, &err) == MERGE_RECORDS)
        ;
    cr_assert_not_null(item.capture);
    cr_expect_eq(item.first_ns, 10 * NS_PER_S);
    cr_expect_eq(item.last_ns, 40 * NS_PER_S);
    cr_expect_eq(merge_next(merge, &item, &err), MERGE_END);
    cr_expect_eq(merge_next(merge, &item, &err), MERGE_END);
}

Test(merge, bytes_are_counted_to_the_end, .init = begin, .fini = end)
{
    uint64_t total;

    ADD("a.pcap", 'a', 10, 20);
    ADD("b.pcap", 'b', 15);
    open_all();
    free(order());
    cr_expect_eq(merge_bytes(merge, &total), 2 * 24 + 3 * 76);
    cr_expect_eq(total, 2 * 24 + 3 * 76);
}

Test(merge, one_named_that_is_no_capture_is_an_error, .init = begin, .fini = end)
{
    ADD("a.pcap", 'a', 10);
    files_write_text("notes.txt", "this is no capture at all");
    cr_assert_eq(input_list_add(&list, files_path("notes.txt"), &err), 0);
    cr_expect_eq(merge_new(&merge, &list, false, &err), ERR_INPUT);
    cr_expect_not_null(strstr(err.text, "notes.txt"));
}

Test(merge, one_named_that_is_missing_is_an_error, .init = begin, .fini = end)
{
    cr_assert_eq(input_list_add(&list, files_path("missing.pcap"), &err), 0);
    cr_expect_eq(merge_new(&merge, &list, false, &err), ERR_SYSTEM);
    cr_expect_not_null(strstr(err.text, "missing.pcap"));
}

Test(merge, one_found_that_is_no_capture_is_passed_over, .init = begin, .fini = end)
{
    files_make_folder("sub");
    files_write_pcap("sub/a.pcap", 'a', (const uint32_t[]){ 10, 20 }, 2);
    files_write_text("sub/b.pcap", "this is no capture at all");
    cr_assert_eq(input_list_add(&list, files_path("sub"), &err), 0);
    open_all();
    expect_order("!aa|");
}

Test(merge, a_file_cut_short_gives_what_is_before, .init = begin, .fini = end)
{
    struct merge_item item;
    FILE *f;

    ADD("a.pcap", 'a', 10, 20);
    f = fopen(files_path("a.pcap"), "ab");
    cr_assert_not_null(f);
    fwrite("\x1e\0\0\0\0\0\0\0\x3c\0\0\0", 1, 12, f);
    fclose(f);
    open_all();
    cr_assert_eq(merge_next(merge, &item, &err), MERGE_RECORDS);
    cr_expect_eq(item.n_records, 2);
    while (merge_next(merge, &item, &err) == MERGE_RECORDS)
        ;
    cr_expect(capture_info(item.capture)->is_truncated);
}

/* One section, one interface, one Simple Packet Block of 4 bytes. */
static const uint8_t simple[] = {
    0x0a, 0x0d, 0x0d, 0x0a, 28,   0,    0,    0,  0x4d, 0x3c, 0x2b, 0x1a, 1,   0,  0, 0,  0xff,
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 28, 0,    0,    0,    1,    0,   0,  0, 20, 0,
    0,    0,    1,    0,    0,    0,    0,    0,  0,    0,    20,   0,    0,   0,  3, 0,  0,
    0,    20,   0,    0,    0,    4,    0,    0,  0,    'a',  'a',  'a',  'a', 20, 0, 0,  0,
};

/* Whether alone or beside another input. */
Test(merge, a_record_without_a_time_has_the_same_everywhere, .init = begin, .fini = end)
{
    for (int with_other = 0; with_other < 2; with_other++) {
        struct merge_item item;
        FILE *f = fopen(files_path("a.pcapng"), "wb");

        cr_assert_not_null(f);
        fwrite(simple, 1, sizeof(simple), f);
        fclose(f);
        cr_assert_eq(input_list_add(&list, files_path("a.pcapng"), &err), 0);
        if (with_other)
            ADD("b.pcap", 'b', 10);
        open_all();
        cr_assert_eq(merge_next(merge, &item, &err), MERGE_RECORDS);
        cr_expect_eq(item.records[0].bytes[0], 'a');
        cr_expect_eq(item.records[0].time_ns, 0);
        merge = merge_free(merge);
        input_list_release(&list);
    }
}
