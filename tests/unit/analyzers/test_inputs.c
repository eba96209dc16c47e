#include "analyzers/ingest/inputs.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#ifndef _WIN32
#include <unistd.h>
#endif

#include "tests/unit/analyzers/files.h"

static struct input_list list;
static struct error err;

static void begin(void)
{
    files_begin();
    input_list_init(&list);
}

static void end(void)
{
    input_list_release(&list);
    files_end();
}

static const char *folder(void)
{
    return files_path("sub");
}

static void expect_names(const char *const *names, size_t n)
{
    cr_assert_eq(list.n, n);
    for (size_t i = 0; i < n; i++) {
        const char *slash = strrchr(list.paths[i], '/');

        cr_assert_not_null(slash);
        cr_expect_str_eq(slash + 1, names[i]);
    }
}

Test(inputs, a_file_is_taken_as_it_is_named, .init = begin, .fini = end)
{
    files_write_text("notes.txt", "x");
    cr_assert_eq(input_list_add(&list, files_path("notes.txt"), &err), 0);
    cr_assert_eq(input_list_add(&list, files_path("missing.pcap"), &err), 0); /* opening tells */
    cr_assert_eq(input_list_add(&list, "-", &err), 0);
    cr_assert_eq(list.n, 3);
    cr_expect_str_eq(list.paths[0], files_path("notes.txt"));
    cr_expect_str_eq(list.paths[2], "-");
    cr_expect(!list.is_found[0]);
}

Test(inputs, what_is_named_twice_is_listed_once, .init = begin, .fini = end)
{
    files_make_folder("sub");
    files_write_text("sub/a.pcap", "x");
    files_write_text("sub/b.pcap", "x");
    cr_assert_eq(input_list_add(&list, "-", &err), 0);
    cr_assert_eq(input_list_add(&list, files_path("sub/b.pcap"), &err), 0);
    cr_assert_eq(input_list_add(&list, folder(), &err), 0);
    cr_assert_eq(input_list_add(&list, folder(), &err), 0);
    cr_assert_eq(input_list_add(&list, files_path("sub/a.pcap"), &err), 0);
    cr_assert_eq(input_list_add(&list, "-", &err), 0);
    cr_assert_eq(list.n, 3);
    cr_expect_str_eq(list.paths[1], files_path("sub/b.pcap"));
    cr_expect_str_eq(list.paths[2], files_path("sub/a.pcap"));
    cr_expect(list.is_found[2]);
}

#ifndef _WIN32
Test(inputs, a_file_with_two_names_is_listed_once, .init = begin, .fini = end)
{
    char target[128];

    files_write_text("one.pcap", "x");
    snprintf(target, sizeof(target), "%s", files_path("one.pcap"));
    cr_assert_eq(link(target, files_path("two.pcap")), 0);
    cr_assert_eq(input_list_add(&list, target, &err), 0);
    cr_assert_eq(input_list_add(&list, files_path("two.pcap"), &err), 0);
    remove(files_path("two.pcap"));
    cr_expect_eq(list.n, 1);
}
#endif

Test(inputs, a_folder_stands_for_its_captures_by_name, .init = begin, .fini = end)
{
    static const char *const names[] = { "a.PCAPNG",  "b.pcap",       "c.cap",
                                         "d.pcap.gz", "e.pcapng.zst", "f.pcap.lz4" };

    files_make_folder("sub");
    for (int i = 5; i >= 0; i--) {
        char path[64];

        snprintf(path, sizeof(path), "sub/%s", names[i]);
        files_write_text(path, "x");
    }
    files_write_text("sub/snapshot.json", "{}");
    files_write_text("sub/.hidden.pcap", "x");
    files_write_text("sub/notes.txt.gz", "x");
    files_write_text("sub/pcap", "x");
    cr_assert_eq(input_list_add(&list, folder(), &err), 0, "%s", err.text);
    expect_names(names, 6);
    cr_expect(list.is_found[0]);
}

Test(inputs, ring_files_of_tcpdump_are_captures, .init = begin, .fini = end)
{
    static const char *const names[] = { "trace.pcap0", "trace.pcap1" };

    files_make_folder("sub");
    files_write_text("sub/trace.pcap1", "x");
    files_write_text("sub/trace.pcap0", "x");
    cr_assert_eq(input_list_add(&list, folder(), &err), 0);
    expect_names(names, 2);
}

Test(inputs, a_slash_behind_the_folder_changes_nothing, .init = begin, .fini = end)
{
    char path[128];

    files_make_folder("sub");
    files_write_text("sub/a.pcap", "x");
    snprintf(path, sizeof(path), "%s//", folder());
    cr_assert_eq(input_list_add(&list, path, &err), 0);
    cr_expect_str_eq(list.paths[0], files_path("sub/a.pcap"));
}

Test(inputs, a_folder_without_captures_is_told, .init = begin, .fini = end)
{
    files_make_folder("sub");
    files_write_text("sub/notes.txt", "x");
    cr_expect_eq(input_list_add(&list, folder(), &err), ERR_INPUT);
    cr_expect_not_null(strstr(err.text, "no captures"));
    cr_expect_not_null(strstr(err.text, "*.pcapng"));
    cr_assert_eq(input_list_add_found(&list, folder(), &err), 0); /* or there may be none */
    cr_expect_eq(list.n, 0);
}

Test(inputs, folders_in_a_folder_are_not_entered, .init = begin, .fini = end)
{
    files_make_folder("sub");
    files_make_folder("sub/old");
    files_write_text("sub/old/a.pcap", "x");
    files_write_text("sub/b.pcap", "x");
    cr_assert_eq(input_list_add(&list, folder(), &err), 0);
    expect_names((const char *const[]){ "b.pcap" }, 1);
}

Test(inputs, there_is_a_limit, .init = begin, .fini = end)
{
    int r = 0;

    for (size_t i = 0; i < MAX_INPUTS && !r; i++) {
        char name[32];

        snprintf(name, sizeof(name), "missing-%zu.pcap", i);
        r = input_list_add(&list, name, &err);
    }
    cr_assert_eq(r, 0);
    cr_expect_eq(input_list_add(&list, "-", &err), ERR_LIMIT);
    cr_expect_eq(list.n, MAX_INPUTS);
}
