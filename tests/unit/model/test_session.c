#include "src/model/session.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "src/base/disk.h"

static struct session s, read_back;
static char folder[64];

static void make_folder(const char *name)
{
    static const char *const files[] = { SESSION_FILE, SESSION_FILE ".part", SESSION_SNAPSHOT_FILE,
                                         "reserve.tmp" };

    snprintf(folder, sizeof(folder), "test_session_%s", name);
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
        char path[SESSION_PATH_BYTES];

        session_path(path, folder, files[i], NULL);
        disk_remove(path);
    }
    rmdir(folder);
    cr_assert_eq(session_folder_create(folder, NULL), 0);
}

static void remove_folder(void)
{
    char path[SESSION_PATH_BYTES];

    session_path(path, folder, SESSION_FILE, NULL);
    disk_remove(path);
    cr_expect_eq(rmdir(folder), 0); /* nothing else was left */
}

static void write_and_read(void)
{
    struct error err;

    cr_assert_eq(session_write(&s, folder, &err), 0, "%s", err.text);
    session_init(&read_back);
    cr_assert_eq(session_read(&read_back, folder, &err), 0, "%s", err.text);
}

Test(session, reads_back_unknown_as_unknown)
{
    make_folder("unknown");
    session_init(&s);
    cr_assert_eq(session_add_nic(&s, "eth0", NULL), 0);
    cr_assert_eq(session_add_command(&s, NULL, 0, NULL), 0);
    write_and_read();
    cr_expect_eq(read_back.state, SESSION_RECORDING);
    cr_expect_eq(read_back.start_ns, SESSION_NO_TIME);
    cr_expect_eq(read_back.end_ns, SESSION_NO_TIME);
    cr_expect_eq(read_back.interval_ns, SESSION_UNKNOWN);
    cr_expect_str_eq(read_back.host, "");
    cr_expect_str_eq(read_back.write_problem, "");
    cr_assert_eq(read_back.n_nics, 1);
    cr_expect_str_eq(read_back.nics[0].name, "eth0");
    cr_expect_eq(read_back.nics[0].speed_bits_per_s, SESSION_UNKNOWN);
    cr_expect_eq(read_back.nics[0].dropped_kernel, SESSION_UNKNOWN);
    cr_expect(!read_back.nics[0].has_mac);
    cr_assert_eq(read_back.n_commands, 1);
    cr_expect_eq(read_back.commands[0].start_ns, SESSION_NO_TIME);
    cr_expect_eq(read_back.commands[0].status, SESSION_NO_STATUS);
    session_release(&read_back);
    session_release(&s);
    remove_folder();
}

static void fill_nic(struct session_nic *n)
{
    static const uint8_t mac[6] = { 2, 0, 0x5e, 0xff, 0, 0xab };
    struct addr a;

    n->is_captured = true;
    n->has_mac = true;
    memcpy(n->mac, mac, sizeof(mac));
    n->link_type = 1;
    n->snap_bytes = 256;
    n->speed_bits_per_s = 25000000000;
    n->mtu_bytes = 9000;
    n->received_packets = 1;
    n->stored_packets = 2;
    n->unstored_packets = 3;
    n->dropped_kernel = 4;
    n->dropped_nic = 5;
    n->dropped_ring = 6;
    session_set_text(&n->description, "Hyper-V \"Virtual\" Adapter", NULL);
    session_set_text(&n->network, "Storage1", NULL);
    session_set_text(&n->filter, "tcp port 6600", NULL);
    session_set_text(&n->problem, "went away", NULL);
    addr_parse(&a, "10.20.0.1", NULL);
    session_add_address(&s, 0, &a, 24, NULL);
    addr_parse(&a, "fd00:20::1", NULL);
    session_add_address(&s, 0, &a, 64, NULL);
}

static void expect_nic(const struct session_nic *n)
{
    const struct session_nic *was = &s.nics[0];

    cr_expect_str_eq(n->name, was->name);
    cr_expect_str_eq(n->description, was->description);
    cr_expect_str_eq(n->network, was->network);
    cr_expect_str_eq(n->filter, was->filter);
    cr_expect_str_eq(n->problem, was->problem);
    cr_expect(n->is_captured);
    cr_expect(n->has_mac && memcmp(n->mac, was->mac, 6) == 0);
    cr_expect_eq(n->link_type, 1);
    cr_expect_eq(n->snap_bytes, 256);
    cr_expect_eq(n->speed_bits_per_s, 25000000000);
    cr_expect_eq(n->mtu_bytes, 9000);
    cr_expect_eq(n->received_packets, 1);
    cr_expect_eq(n->stored_packets, 2);
    cr_expect_eq(n->unstored_packets, 3);
    cr_expect_eq(n->dropped_kernel, 4);
    cr_expect_eq(n->dropped_nic, 5);
    cr_expect_eq(n->dropped_ring, 6);
    cr_assert_eq(n->n_addresses, 2);
    for (size_t i = 0; i < 2; i++) {
        cr_expect(addr_equal(&n->addresses[i].addr, &was->addresses[i].addr));
        cr_expect_eq(n->addresses[i].family_bits, was->addresses[i].family_bits);
    }
}

static void fill(void)
{
    static char move[] = "Move-VM", name[] = "VM \xc3\xa9\t1";
    char *words[] = { move, name };

    session_init(&s);
    s.state = SESSION_COMPLETE;
    s.start_ns = 1795302548152896400;
    s.end_ns = 1795302550000000001;
    s.start_monotonic_ns = 5;
    s.end_monotonic_ns = 1847103606;
    s.interval_ns = 250000000;
    s.lm_port = 6601;
    s.smb_port = 1445;
    s.write_problem_ns = 1795302549000000000;
    session_set_text(&s.host, "HV01", NULL);
    session_set_text(&s.os, "Linux 6.1", NULL);
    session_set_text(&s.program, "lmpathd 0.1.0", NULL);
    session_set_text(&s.libraries, "libpcap 1.10.3", NULL);
    session_set_text(&s.stop_reason, "asked", NULL);
    session_set_text(&s.write_problem, "No space left on device", NULL);
    session_add_nic(&s, "stor1", NULL);
    fill_nic(&s.nics[0]);
    session_add_mark(&s, 1795302548500000000, "before the patch", NULL);
    session_add_command(&s, words, 2, NULL);
    s.commands[0].start_ns = 1795302548600000000;
    s.commands[0].end_ns = 1795302549600000000;
    s.commands[0].status = 3;
    s.commands[0].signal = 9;
    session_set_text(&s.commands[0].problem, "not found", NULL);
    session_add_capture(&s, "capture_00001.pcapng", NULL);
    s.captures[0].packets = 10;
    s.captures[0].bytes = 1000;
    s.captures[0].is_removed = true;
    memset(s.captures[0].sha256, 'a', 64);
    session_add_warning(&s, "the clock jumped", NULL);
}

Test(session, reads_back_all_that_was_written)
{
    make_folder("all");
    fill();
    write_and_read();
    cr_expect_eq(read_back.state, SESSION_COMPLETE);
    cr_expect_str_eq(read_back.host, "HV01");
    cr_expect_str_eq(read_back.os, "Linux 6.1");
    cr_expect_str_eq(read_back.program, "lmpathd 0.1.0");
    cr_expect_str_eq(read_back.libraries, "libpcap 1.10.3");
    cr_expect_str_eq(read_back.stop_reason, "asked");
    cr_expect_str_eq(read_back.write_problem, "No space left on device");
    cr_expect_eq(read_back.write_problem_ns, s.write_problem_ns);
    cr_expect_eq(read_back.start_ns, s.start_ns);
    cr_expect_eq(read_back.end_ns, s.end_ns);
    cr_expect_eq(read_back.start_monotonic_ns, 5);
    cr_expect_eq(read_back.end_monotonic_ns, 1847103606);
    cr_expect_eq(read_back.interval_ns, 250000000);
    cr_expect_eq(read_back.lm_port, 6601);
    cr_expect_eq(read_back.smb_port, 1445);
    cr_assert_eq(read_back.n_nics, 1);
    expect_nic(&read_back.nics[0]);
    cr_assert_eq(read_back.n_marks, 1);
    cr_expect_eq(read_back.marks[0].time_ns, 1795302548500000000);
    cr_expect_str_eq(read_back.marks[0].text, "before the patch");
    cr_assert_eq(read_back.n_commands, 1);
    cr_assert_eq(read_back.commands[0].n_words, 2);
    cr_expect_str_eq(read_back.commands[0].words[1], "VM \xc3\xa9\t1");
    cr_expect_eq(read_back.commands[0].start_ns, 1795302548600000000);
    cr_expect_eq(read_back.commands[0].end_ns, 1795302549600000000);
    cr_expect_eq(read_back.commands[0].status, 3);
    cr_expect_eq(read_back.commands[0].signal, 9);
    cr_expect_str_eq(read_back.commands[0].problem, "not found");
    cr_assert_eq(read_back.n_captures, 1);
    cr_expect_str_eq(read_back.captures[0].name, "capture_00001.pcapng");
    cr_expect_eq(read_back.captures[0].packets, 10);
    cr_expect_eq(read_back.captures[0].bytes, 1000);
    cr_expect(read_back.captures[0].is_removed);
    cr_expect_str_eq(read_back.captures[0].sha256, s.captures[0].sha256);
    cr_assert_eq(read_back.n_warnings, 1);
    cr_expect_str_eq(read_back.warnings[0], "the clock jumped");
    session_release(&read_back);
    session_release(&s);
    remove_folder();
}

Test(session, is_replaced_as_a_whole)
{
    make_folder("again");
    session_init(&s);
    cr_assert_eq(session_write(&s, folder, NULL), 0);
    s.state = SESSION_COMPLETE;
    write_and_read();
    cr_expect_eq(read_back.state, SESSION_COMPLETE);
    session_release(&read_back);
    session_release(&s);
    remove_folder();
}

static int parse(const char *text, struct error *err)
{
    int r;

    session_init(&s);
    r = session_parse(&s, text, strlen(text), "x.json", err);
    session_release(&s);
    return r;
}

#define HEAD "{\"schema\": \"lmpath.session/1\", \"state\": \"complete\""

Test(session, is_refused_with_the_place_of_the_trouble)
{
    static const char *const cases[][2] = {
        { "", "line" },
        { "[]", "no object" },
        { "{}", "schema" },
        { "{\"schema\": \"lmpath.session/2\"}", "schema" },
        { "{\"schema\": \"lmpath.session/1\"}", "state" },
        { "{\"schema\": \"lmpath.session/1\", \"state\": \"done\"}", "state" },
        { HEAD ", \"host\": 1}", "host" },
        { HEAD ", \"start\": \"now\"}", "start" },
        { HEAD ", \"start\": 7}", "start" },
        { HEAD ", \"interval_ns\": -1}", "interval_ns" },
        { HEAD ", \"interval_ns\": 0.25}", "interval_ns" },
        { HEAD ", \"lm_port\": 65536}", "lm_port" },
        { HEAD ", \"write_problem\": \"full\"}", "write_problem" },
        { HEAD ", \"write_problem\": {\"text\": 1}}", "write_problem.text" },
        { HEAD ", \"warnings\": {}}", "warnings" },
        { HEAD ", \"warnings\": [1]}", "warnings" },
        { HEAD ", \"interfaces\": {}}", "interfaces" },
        { HEAD ", \"interfaces\": [{}, 1]}", "interfaces[1]" },
        { HEAD ", \"interfaces\": [{\"mac\": \"02:00\"}]}", "interfaces[0].mac" },
        { HEAD ", \"interfaces\": [{\"mac\": \"02:00:00:00:00:0g\"}]}", "interfaces[0].mac" },
        { HEAD ", \"interfaces\": [{\"captured\": 1}]}", "interfaces[0].captured" },
        { HEAD ", \"interfaces\": [{\"mtu_bytes\": \"9000\"}]}", "interfaces[0].mtu_bytes" },
        { HEAD ", \"interfaces\": [{\"addresses\": \"10.0.0.1/8\"}]}", "interfaces[0].addresses" },
        { HEAD ", \"interfaces\": [{\"addresses\": [1]}]}", "interfaces[0].addresses" },
        { HEAD ", \"interfaces\": [{\"addresses\": [\"10.0.0.1\"]}]}", "addresses[0]" },
        { HEAD ", \"interfaces\": [{\"addresses\": [\"10.0.0.1/33\"]}]}", "addresses[0]" },
        { HEAD ", \"interfaces\": [{\"addresses\": [\"fd00::/129\"]}]}", "addresses[0]" },
        { HEAD ", \"interfaces\": [{\"addresses\": [\"fd00::/6x\"]}]}", "addresses[0]" },
        { HEAD ", \"interfaces\": [{\"addresses\": [\"me/64\"]}]}", "addresses[0]" },
        { HEAD ", \"commands\": [{\"words\": \"ls\"}]}", "commands[0].words" },
        { HEAD ", \"commands\": [{\"words\": [1]}]}", "commands[0].words" },
        { HEAD ", \"commands\": [{\"status\": \"0\"}]}", "commands[0].status" },
        { HEAD ", \"marks\": [{\"time\": \"2026-11-21T22:59:08Z\"}]}", "marks[0].text" },
        { HEAD ", \"captures\": [{}]}", "captures[0].name" },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct error err;

        cr_expect_eq(parse(cases[i][0], &err), ERR_INPUT, "%s", cases[i][0]);
        cr_expect(strstr(err.text, "'x.json'") == err.text, "%s", err.text);
        cr_expect(strstr(err.text, cases[i][1]) != NULL, "%s", err.text);
    }
}

Test(session, takes_members_that_it_does_not_know)
{
    struct error err;

    cr_expect_eq(parse(HEAD ", \"later\": {\"a\": [1]}, \"interfaces\": [{\"new\": 1}]}", &err), 0,
                 "%s", err.text);
}

Test(session, holds_a_bounded_number_of_each)
{
    struct addr a = { { 0 } };
    struct error err;
    int r = 0;

    session_init(&s);
    for (int i = 0; i < SESSION_MAX_NICS; i++)
        cr_assert_eq(session_add_nic(&s, "n", NULL), i);
    cr_expect_eq(session_add_nic(&s, "n", &err), ERR_LIMIT);
    for (int i = 0; i < SESSION_MAX_ADDRESSES; i++)
        cr_assert_eq(session_add_address(&s, 7, &a, 64, NULL), 0);
    cr_expect_eq(session_add_address(&s, 7, &a, 64, NULL), ERR_LIMIT);
    while (r >= 0)
        r = session_add_mark(&s, 0, "m", NULL);
    cr_expect_eq(r, ERR_LIMIT);
    cr_expect_eq(s.n_marks, SESSION_MAX_MARKS);
    for (r = 0; r >= 0;)
        r = session_add_warning(&s, "w", NULL);
    cr_expect_eq(r, ERR_LIMIT);
    cr_expect_eq(s.n_warnings, SESSION_MAX_WARNINGS);
    for (r = 0; r >= 0;)
        r = session_add_command(&s, NULL, 0, NULL);
    cr_expect_eq(r, ERR_LIMIT);
    cr_expect_eq(s.n_commands, SESSION_MAX_COMMANDS);
    for (r = 0; r >= 0;)
        r = session_add_capture(&s, "c", NULL);
    cr_expect_eq(r, ERR_LIMIT);
    cr_expect_eq(s.n_captures, SESSION_MAX_FILES);
    session_release(&s);
}

Test(session, cuts_what_is_too_long_to_be_read_back)
{
    static char text[2 * SESSION_MAX_TEXT_BYTES];

    memset(text, 'x', sizeof(text) - 1);
    make_folder("long");
    session_init(&s);
    cr_assert_eq(session_add_mark(&s, 0, text, NULL), 0);
    session_set_text(&s.host, text, NULL);
    write_and_read();
    cr_expect_eq(strlen(read_back.marks[0].text), SESSION_MAX_TEXT_BYTES);
    cr_expect_eq(strlen(read_back.host), SESSION_MAX_TEXT_BYTES);
    session_release(&read_back);
    session_release(&s);
    remove_folder();
}

Test(session_folder, must_not_exist)
{
    struct error err;

    make_folder("exists");
    cr_expect_eq(session_folder_create(folder, &err), ERR_USAGE);
    cr_expect(strstr(err.text, "exists already") != NULL, "%s", err.text);
    cr_expect_eq(session_folder_create("no/such/place", &err), ERR_SYSTEM);
    rmdir(folder);
}

Test(session_folder, is_one_once_it_has_a_session_file)
{
    make_folder("is");
    cr_expect(!session_is_folder(folder));
    session_init(&s);
    cr_assert_eq(session_write(&s, folder, NULL), 0);
    cr_expect(session_is_folder(folder));
    remove_folder();
    cr_expect(!session_is_folder(folder));
}

Test(session_folder, is_named_by_host_and_time)
{
    char name[64];

    session_folder_name(name, sizeof(name), "HV01.corp.example", 1795302548152896400);
    cr_expect_str_eq(name, "hv01-20261121-230908");
    session_folder_name(name, sizeof(name), "../a b", 0);
    cr_expect_str_eq(name, "session-19700101-000000");
    session_folder_name(name, sizeof(name), "a/b:c", 0);
    cr_expect_str_eq(name, "a-b-c-19700101-000000");
}

Test(session_folder, numbers_ring_files)
{
    char name[64];

    session_capture_name(name, sizeof(name), 0);
    cr_expect_str_eq(name, "capture.pcapng");
    session_capture_name(name, sizeof(name), 12);
    cr_expect_str_eq(name, "capture_00012.pcapng");
}

Test(session_folder, joins_paths_that_fit)
{
    static char long_name[SESSION_PATH_BYTES + 1];
    char path[SESSION_PATH_BYTES];

    cr_assert_eq(session_path(path, "a/b//", "c", NULL), 0);
    cr_expect_str_eq(path, "a/b/c");
    cr_assert_eq(session_path(path, "/", "c", NULL), 0);
    cr_expect_str_eq(path, "//c");
    memset(long_name, 'x', SESSION_PATH_BYTES - 3);
    cr_expect_eq(session_path(path, long_name, "c", NULL), 0);
    cr_expect_eq(session_path(path, long_name, "cd", NULL), ERR_LIMIT);
}

Test(session_folder, holds_room_and_gives_it_back)
{
    char path[SESSION_PATH_BYTES];

    make_folder("reserve");
    cr_assert_eq(session_reserve(folder, NULL), 0);
    session_path(path, folder, "reserve.tmp", NULL);
    cr_expect(disk_has(path));
    session_unreserve(folder);
    cr_expect(!disk_has(path));
    session_unreserve(folder); /* harmless */
    cr_expect_eq(rmdir(folder), 0);
}

Test(session_folder, keeps_a_copy_of_the_snapshot)
{
    char path[SESSION_PATH_BYTES], text[8] = "";
    FILE *file;

    make_folder("snapshot");
    file = fopen("test_session_snapshot.json", "wb");
    cr_assert(file != NULL);
    fwrite("{\r\n\0}", 1, 5, file);
    fclose(file);
    cr_assert_eq(session_keep_snapshot(folder, "test_session_snapshot.json", NULL), 0);
    session_path(path, folder, SESSION_SNAPSHOT_FILE, NULL);
    file = fopen(path, "rb");
    cr_assert(file != NULL);
    cr_expect_eq(fread(text, 1, sizeof(text), file), 5);
    cr_expect(memcmp(text, "{\r\n\0}", 5) == 0);
    fclose(file);
    disk_remove(path);
    disk_remove("test_session_snapshot.json");
    cr_expect_eq(session_keep_snapshot(folder, "no_such.json", NULL), ERR_SYSTEM);
    cr_expect_eq(rmdir(folder), 0);
}
