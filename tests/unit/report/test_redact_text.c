#include "analyzers/report/redact_text.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct names *names;

static void begin(void)
{
    cr_assert_eq(names_new(&names, NULL), 0);
}

static void add(enum name_kind kind, const char *text)
{
    cr_assert_eq(names_add(names, kind, text, NULL), 0);
}

static struct disguise settled(void)
{
    struct disguise d = { names, { { 1, 2 } } };

    cr_assert_eq(names_settle(names, NULL), 0);
    return d;
}

static void becomes(const struct disguise *d, const char *text, const char *expected)
{
    char *redacted = text_redact(d, text);

    cr_expect_str_eq(redacted, expected);
    free(redacted);
}

static void stays(const struct disguise *d, const char *text)
{
    becomes(d, text, text);
}

Test(redact_text, replaces_the_longest_name_first, .init = begin)
{
    struct disguise d;

    add(NAME_HOST, "hv01");
    add(NAME_VM, "hv01 backup");
    d = settled();
    becomes(&d, "HV01 and hv01 Backup", "HOST-1 and VM-1");
    names_free(names);
}

Test(redact_text, knows_a_host_with_and_without_its_domain, .init = begin)
{
    struct disguise d;

    add(NAME_HOST, "hv01.corp.example");
    add(NAME_HOST, "hv01.other.example");
    d = settled();
    becomes(&d, "hv01", "HOST-1");
    becomes(&d, "HV01.corp.example", "HOST-1");
    becomes(&d, "hv01.other.example", "HOST-2");
    becomes(&d, "hv01.third.example answers.", "HOST-1 answers.");
    becomes(&d, "the domain corp.example.", "the domain DOMAIN-1.");
    becomes(&d, "Nodes.hv01.corp.example.Get-VMHost", "Nodes.HOST-1.Get-VMHost");
    names_free(names);
}

Test(redact_text, gives_no_pseudonym_that_is_a_name, .init = begin)
{
    struct disguise d;

    add(NAME_HOST, "host-1");
    add(NAME_VM, "HOST-2");
    d = settled();
    becomes(&d, "host-1 HOST-2", "HOST-3 VM-1");
    names_free(names);
}

Test(redact_text, knows_a_name_as_powershell_and_errors_quote_it, .init = begin)
{
    struct disguise d;

    add(NAME_VM, "o'brien");
    add(NAME_VM, "w\303\253b");
    add(NAME_VM, "a\tb");
    d = settled();
    becomes(&d, "Move-VM -Name 'o''brien'", "Move-VM -Name 'VM-1'");
    becomes(&d, "Move-VM -Name ('w' + [char]0xEB + 'b') x", "Move-VM -Name VM-2 x");
    becomes(&d, "no 'a\\x09b'", "no 'VM-3'");
    names_free(names);
}

Test(redact_text, tells_paths_apart_by_their_case, .init = begin)
{
    struct disguise d;

    add(NAME_FILE, "/srv/A.pcap");
    add(NAME_FILE, "/srv/a.pcap");
    d = settled();
    becomes(&d, "'/srv/A.pcap' and '/srv/a.pcap'", "'FILE-1.pcap' and 'FILE-2.pcap'");
    names_free(names);
}

Test(redact_text, finds_addresses_in_sentences, .init = begin)
{
    static const char *const texts[] = { "10.20.0.1",
                                         "[fd00:20::1]:6600",
                                         "10.20.0.1:6600 to 10.20.0.2.",
                                         "LM=10.20.0.0/24,fd00:20::/64",
                                         "fd00:20::1: it is",
                                         "x10.20.0.1x",
                                         "00:15:5d:01:02:03",
                                         "00-15-5D-01-02-03" };
    struct disguise d = settled();

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        char *redacted = text_redact(&d, texts[i]);

        cr_expect(!strstr(redacted, "20.0.") && !strstr(redacted, "20::1") &&
                      !strstr(redacted, "01:02:03") && !strstr(redacted, "01-02-03"),
                  "%s", redacted);
        free(redacted);
    }
    names_free(names);
}

Test(redact_text, leaves_what_is_no_address, .init = begin)
{
    static const char *const texts[] = {
        "22:59:08.152",    "1.76 s",       "[Net.Dns]::Add(1)", "10.3 Gbit/s", "::",
        "127.0.0.1:445",   "1:2",          "a::b::c",           "0.0.0.0/0",   "fe80::/10",
        "255.255.255.255", "version 1.2.3"
    };
    struct disguise d = settled();

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        stays(&d, texts[i]);
    names_free(names);
}

Test(redact_text, learns_users_and_paths, .init = begin)
{
    struct disguise d;

    cr_assert_eq(text_learn(names, "CORP\\jan and piet@corp.example looked", NULL), 0);
    cr_assert_eq(text_learn(names, "in 'C:\\My Files\\x.pcap' and /srv/hv01/a.", NULL), 0);
    cr_assert_eq(text_learn(names, "a /24, HKLM:\\SYSTEM\\Current, 1/2, \\Device\\NPF_{1}", NULL),
                 0);
    d = settled();
    becomes(&d, "CORP\\jan and piet@corp.example looked",
            "DOMAIN-1\\USER-1 and USER-2@DOMAIN-2 looked");
    becomes(&d, "in 'C:\\My Files\\x.pcap' and /srv/hv01/a.", "in 'FILE-1.pcap' and FILE-2.");
    stays(&d, "a /24, HKLM:\\SYSTEM\\Current, 1/2, \\Device\\NPF_{1}");
    names_free(names);
}

static void command_becomes(const struct disguise *d, const char *word, const char *expected)
{
    char *redacted = command_redact(d, word);

    cr_expect_str_eq(redacted, expected);
    free(redacted);
}

Test(redact_text, takes_all_of_a_command_for_names, .init = begin)
{
    static const char *const words[] = {
        "powershell", "-Command", "Move-VM -Name:web01 -DestinationHost 'hv02'; move it",
        "-VMName",    "my vm",    "-pSecret",
        "3"
    };
    struct disguise d;

    cr_assert_eq(command_learn(names, words, sizeof(words) / sizeof(*words), NULL), 0);
    d = settled();
    command_becomes(&d, words[0], "powershell");
    command_becomes(&d, words[2], "Move-VM -Name:VM-1 -DestinationHost 'HOST-1'; WORD-1 WORD-2");
    command_becomes(&d, words[4], "VM-2");
    command_becomes(&d, words[5], "WORD-3");
    command_becomes(&d, words[6], "3");
    becomes(&d, "web01 on HV02: 'move' ended, move it", "VM-1 on HOST-1: 'WORD-1' ended, move it");
    names_free(names);
}

Test(redact_text, has_room_for_so_many_names, .init = begin)
{
    struct error err;
    char text[32];
    int r = 0;

    for (unsigned i = 0; r == 0 && i <= NAMES_MAX; i++) {
        snprintf(text, sizeof(text), "n%u", i);
        r = names_add(names, NAME_VM, text, &err);
    }
    cr_assert_eq(r, ERR_LIMIT);
    names_free(names);
}
