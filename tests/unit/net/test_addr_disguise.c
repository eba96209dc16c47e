#include "src/net/addr_disguise.h"

#include <criterion/criterion.h>
#include <string.h>

static struct secret_key key(const char *text)
{
    return secret_key_of(text, strlen(text));
}

static struct addr addr_of(const char *text)
{
    struct addr a = { { 0 } };

    cr_assert_eq(addr_parse(&a, text, NULL), 0, "%s", text);
    return a;
}

static struct addr disguised(const char *text, const char *secret)
{
    struct addr a = addr_of(text);
    struct secret_key k = key(secret);

    return addr_disguise(&a, &k);
}

static bool is_in(const struct addr *a, const char *text)
{
    struct prefix p;

    cr_assert_eq(prefix_parse(&p, text, NULL), 0);
    return prefix_contains(&p, a);
}

static unsigned shared_bits(const struct addr *a, const struct addr *b)
{
    unsigned i = 0;

    while (i < 128 && (a->bytes[i / 8] >> (7 - i % 8) & 1) == (b->bytes[i / 8] >> (7 - i % 8) & 1))
        i++;
    return i;
}

static const char *const all[] = { "10.20.0.1",     "10.20.0.2",     "10.20.1.2",   "10.30.0.1",
                                   "172.16.4.1",    "192.168.7.1",   "169.254.9.9", "8.8.8.8",
                                   "100.64.1.1",    "fe80::1",       "fe80::2",     "fd00:20::1",
                                   "2001:db8:1::5", "2001:db8:1::6", "fc00::1",     "4000::1" };
enum { N_ALL = sizeof(all) / sizeof(*all) };

Test(addr_disguise, keeps_what_addresses_share)
{
    for (size_t i = 0; i < N_ALL; i++) {
        for (size_t k = 0; k < N_ALL; k++) {
            struct addr a = addr_of(all[i]), b = addr_of(all[k]);
            struct addr x = disguised(all[i], "k"), y = disguised(all[k], "k");

            cr_expect_eq(shared_bits(&x, &y), shared_bits(&a, &b), "%s %s", all[i], all[k]);
        }
    }
}

Test(addr_disguise, changes_every_address_of_a_host)
{
    for (size_t i = 0; i < N_ALL; i++) {
        struct addr a = addr_of(all[i]), x = disguised(all[i], "k"), y = disguised(all[i], "l");

        cr_expect(!addr_equal(&a, &x), "%s", all[i]);
        cr_expect(!addr_equal(&x, &y), "%s", all[i]);
    }
}

Test(addr_disguise, tells_what_an_address_is_for)
{
    static const char *const pairs[][2] = {
        { "10.20.0.1", "10.0.0.0/8" },       { "172.20.1.1", "172.16.0.0/12" },
        { "192.168.7.1", "192.168.0.0/16" }, { "169.254.9.9", "169.254.0.0/16" },
        { "100.64.1.1", "100.64.0.0/10" },   { "fe80::1:2", "fe80::/10" },
        { "fd00:20::1", "fd00::/8" },        { "2001:db8::1", "2000::/3" },
    };

    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        struct addr x = disguised(pairs[i][0], "k");

        cr_expect(is_in(&x, pairs[i][1]), "%s", pairs[i][0]);
    }
}

Test(addr_disguise, leaves_what_every_host_has)
{
    static const char *const same[] = { "127.0.0.1", "0.0.0.0", "224.0.0.251", "255.255.255.255",
                                        "::",        "::1",     "ff02::1:2" };

    for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++) {
        struct addr a = addr_of(same[i]), x = disguised(same[i], "k");

        cr_expect(addr_equal(&a, &x), "%s", same[i]);
    }
}

Test(addr_disguise, moves_prefixes_with_their_addresses)
{
    static const char *const pairs[][2] = { { "10.20.0.1", "10.20.0.0/24" },
                                            { "10.20.0.1", "10.20.0.0/21" },
                                            { "10.20.0.1", "0.0.0.0/0" },
                                            { "fd00:20::1", "fd00:20::/64" },
                                            { "fe80::1", "fe80::/10" } };
    struct secret_key k = key("k");

    for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
        struct addr x = disguised(pairs[i][0], "k");
        struct prefix p, q;

        cr_assert_eq(prefix_parse(&p, pairs[i][1], NULL), 0);
        q = prefix_disguise(&p, &k);
        cr_expect(prefix_contains(&q, &x), "%s", pairs[i][1]);
        cr_expect_eq(q.bits, p.bits);
    }
}
