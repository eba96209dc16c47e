#include "src/net/addr.h"

#include <criterion/criterion.h>

static struct addr addr_of(const char *text)
{
    struct addr a = { { 0 } };

    cr_assert_eq(addr_parse(&a, text, NULL), 0, "%s", text);
    return a;
}

static struct prefix prefix_from(const char *text)
{
    struct prefix p = { .bits = 0 };

    cr_assert_eq(prefix_parse(&p, text, NULL), 0, "%s", text);
    return p;
}

Test(addr, keeps_ipv4_in_its_mapped_form)
{
    static const uint8_t expected[16] = { [10] = 0xff, [11] = 0xff, 10, 20, 0, 1 };
    struct addr a = addr_of("10.20.0.1");
    struct addr mapped = addr_of("::ffff:10.20.0.1");
    struct addr v4 = addr_v4(expected + 12);

    cr_assert_eq(memcmp(a.bytes, expected, 16), 0);
    cr_assert(addr_is_v4(&a));
    cr_assert(addr_equal(&a, &mapped));
    cr_assert(addr_equal(&a, &v4));
}

/* RFC 5952, 4 and 5: what is read and how it is written. */
Test(addr, is_written_as_rfc_5952_says)
{
    static const char *const texts[][2] = {
        { "0.0.0.0", "0.0.0.0" },
        { "255.255.255.255", "255.255.255.255" },
        { "::", "::" },
        { "::1", "::1" },
        { "1::", "1::" },
        { "fd00::1", "fd00::1" },
        { "FD00:0020:0:0:0:0:0:1", "fd00:20::1" },
        { "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
        { "2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1" },
        { "2001:0:0:1:0:0:0:1", "2001:0:0:1::1" },
        { "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1" },
        { "1:2:3:4:5:6::", "1:2:3:4:5:6::" },
        { "::3:4:5:6:7:8", "::3:4:5:6:7:8" },
        { "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8" },
        { "64:ff9b::192.0.2.33", "64:ff9b::c000:221" },
        { "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304" },
        { "::ffff:0:0", "0.0.0.0" },
        { "fe80::1%12", "fe80::1" },
        { "fe80::1%Ethernet 2", "fe80::1" },
    };
    char text[ADDR_TEXT_BYTES];

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct addr a = addr_of(texts[i][0]);

        cr_expect_str_eq(addr_text(text, &a), texts[i][1]);
    }
}

Test(addr, refuses_what_is_none)
{
    static const char *const texts[] = {
        "",
        " ",
        "10",
        "10.20.0",
        "10.20.0.",
        ".10.20.0.1",
        "10.20.0.1.",
        "10.20.0.1.2",
        "10.20..1",
        "10.20.0.256",
        "10.20.0.4294967297",
        "10.20.0.01",
        "10.20.0.1 ",
        " 10.20.0.1",
        "10.20.0.1%3",
        "10.20.0.-1",
        "10.20.0.0/24",
        "0x0a.1.1.1",
        ":",
        ":::",
        ":1",
        "1:",
        "::1:",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "1::2::3",
        "1:::2",
        "12345::",
        "g::",
        "::1.2.3",
        "::1.2.3.4.5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "[fd00::1]",
        "fd00::1/64",
        "%1",
    };
    struct addr a;
    struct error err;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        cr_expect_eq(addr_parse(&a, texts[i], &err), ERR_USAGE, "%s", texts[i]);
    addr_parse(&a, "10.20.0", &err);
    cr_assert_str_eq(err.text, "'10.20.0' is not an IP address");
}

Test(addr, knows_link_local_and_multicast)
{
    static const struct {
        const char *text;
        bool is_link_local;
    } rows[] = {
        { "169.254.0.1", true }, { "169.253.255.255", false }, { "168.254.0.1", false },
        { "fe80::1", true },     { "febf::1", true },          { "fec0::1", false },
        { "fe7f::1", false },    { "fe00::1", false },         { "10.20.0.1", false },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct addr a = addr_of(rows[i].text);

        cr_expect_eq(addr_is_link_local(&a), rows[i].is_link_local, "%s", rows[i].text);
    }
}

Test(prefix, is_read_and_written_without_its_host_bits)
{
    static const struct {
        const char *text;
        const char *written;
        unsigned bits;
        unsigned family_bits;
    } rows[] = {
        { "10.20.0.0/24", "10.20.0.0/24", 120, 24 },
        { "10.20.0.77/24", "10.20.0.0/24", 120, 24 },
        { "10.20.255.255/17", "10.20.128.0/17", 113, 17 },
        { "10.20.0.77", "10.20.0.77/32", 128, 32 },
        { "255.255.255.255/0", "0.0.0.0/0", 96, 0 },
        { "fd00:20::1/64", "fd00:20::/64", 64, 64 },
        { "fd00:20::1%4/64", "fd00:20::/64", 64, 64 },
        { "fd00:20::1", "fd00:20::1/128", 128, 128 },
        { "ffff:ffff::/1", "8000::/1", 1, 1 },
        { "::/0", "::/0", 0, 0 },
        { "::ffff:10.20.0.1/120", "10.20.0.0/24", 120, 24 },
    };
    char text[PREFIX_TEXT_BYTES];

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct prefix p = prefix_from(rows[i].text);

        cr_expect_str_eq(prefix_text(text, &p), rows[i].written);
        cr_expect_eq(p.bits, rows[i].bits, "%s", rows[i].text);
        cr_expect_eq(prefix_family_bits(&p), rows[i].family_bits, "%s", rows[i].text);
    }
}

Test(prefix, refuses_what_is_none)
{
    static const char *const texts[] = {
        "",          "/",          "/24",          "10.20.0.0/",     "10.20.0.0/33",
        "::/129",    "::/",        "10.20.0/24",   "10.20.0.0/24/1", "10.20.0.0/024",
        "fd00::/-1", "fd00::/64 ", "10.20.0.0/+8", "Storage1",
    };
    struct prefix p;
    struct error err;

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        cr_expect_eq(prefix_parse(&p, texts[i], &err), ERR_USAGE, "%s", texts[i]);
    cr_assert_str_eq(err.text,
                     "'Storage1' is not a subnet; write it as 10.20.0.0/24 or fd00:20::/64");
}

Test(prefix, contains_the_addresses_of_its_own_family)
{
    static const struct {
        const char *prefix;
        const char *addr;
        bool is_inside;
    } rows[] = {
        { "10.20.0.0/24", "10.20.0.0", true },
        { "10.20.0.0/24", "10.20.0.255", true },
        { "10.20.0.0/24", "10.20.1.0", false },
        { "10.20.0.0/24", "10.19.255.255", false },
        { "10.20.0.0/23", "10.20.1.255", true },
        { "10.20.0.0/23", "10.20.2.0", false },
        { "10.20.0.1", "10.20.0.1", true },
        { "10.20.0.1", "10.20.0.2", false },
        { "0.0.0.0/0", "200.1.2.3", true },
        { "0.0.0.0/0", "fd00::1", false },
        { "::/0", "fd00::1", true },
        { "::/0", "10.20.0.1", false },
        { "::/64", "10.20.0.1", false },
        { "fd00:20::/64", "fd00:20::ffff:1:2:3", true },
        { "fd00:20::/64", "fd00:20:0:1::", false },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct prefix p = prefix_from(rows[i].prefix);
        struct addr a = addr_of(rows[i].addr);

        cr_expect_eq(prefix_contains(&p, &a), rows[i].is_inside, "%s %s", rows[i].prefix,
                     rows[i].addr);
    }
}

Test(prefix, goes_around_an_address)
{
    struct addr v4 = addr_of("10.20.3.4"), v6 = addr_of("fd00:20::1");
    struct prefix expected_v4 = prefix_from("10.20.3.0/24");
    struct prefix expected_v6 = prefix_from("fd00:20::/64");
    struct prefix wider = prefix_from("10.20.0.0/16");
    struct prefix p;

    p = prefix_of(&v4, 24);
    cr_assert(prefix_equal(&p, &expected_v4));
    cr_assert(!prefix_equal(&p, &wider));
    p = prefix_of(&v6, 64);
    cr_assert(prefix_equal(&p, &expected_v6));
    p = prefix_of(&v4, 99);
    cr_assert_eq(prefix_family_bits(&p), 32);
    p = prefix_of(&v6, 200);
    cr_assert_eq(prefix_family_bits(&p), 128);
    cr_assert(addr_equal(&p.addr, &v6));
}

Test(prefix, reads_a_length_or_a_mask)
{
    static const struct {
        const char *addr, *text;
        int bits; /* -1: none */
    } rows[] = {
        { "10.0.0.0", "24", 24 },
        { "10.0.0.0", "0", 0 },
        { "10.0.0.0", "32", 32 },
        { "10.0.0.0", "33", -1 },
        { "10.0.0.0", "255.255.255.0", 24 },
        { "10.0.0.0", "255.255.240.0", 20 },
        { "10.0.0.0", "0.0.0.0", 0 },
        { "10.0.0.0", "255.0.255.0", -1 },
        { "10.0.0.0", "", -1 },
        { "10.0.0.0", "2x", -1 },
        { "10.0.0.0", "99999999999999999999", -1 },
        { "fd00::", "64", 64 },
        { "fd00::", "128", 128 },
        { "fd00::", "129", -1 },
        { "fd00::", "255.255.255.0", -1 },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct addr a = addr_of(rows[i].addr);
        unsigned bits = 99;
        int r = prefix_bits_parse(&bits, &a, rows[i].text);

        cr_expect_eq(r < 0 ? -1 : (int)bits, rows[i].bits, "%s", rows[i].text);
    }
}
