#include "src/net/addr_disguise.h"

#include <stddef.h>

enum { ADDR_BITS = 128 };

#define V4(first, second, bits)                                                                    \
    {                                                                                              \
        { { [10] = 0xff, [11] = 0xff, first, second } }, 96 + (bits)                               \
    }
#define V6(first, second, bits)                                                                    \
    {                                                                                              \
        { { first, second } }, bits                                                                \
    }

/* Their leading bits tell what an address is for: RFC 6890 and RFC 4291. */
static const struct prefix purposes[] = { V4(0, 0, 0),        V4(10, 0, 8),    V4(100, 64, 10),
                                          V4(169, 254, 16),   V4(172, 16, 12), V4(192, 168, 16),
                                          V6(0xfe, 0x80, 10), V6(0xfc, 0, 8),  V6(0xfd, 0, 8),
                                          V6(0x20, 0, 3) };
/* Every host has them: "this network", loopback; multicast, reserved and broadcast; :: and ::1. */
static const struct prefix common[] = { V4(0, 0, 8), V4(127, 0, 8), V4(224, 0, 3), V6(0, 0, 127),
                                        V6(0xff, 0, 8) };

static unsigned bit(const struct addr *a, unsigned i)
{
    return a->bytes[i / 8] >> (7 - i % 8) & 1;
}

/* Leading bits that both have. */
static unsigned shared_bits(const struct addr *a, const struct addr *b)
{
    unsigned i = 0;

    while (i < ADDR_BITS && bit(a, i) == bit(b, i))
        i++;
    return i;
}

/* How many leading bits stay: those that could lead into a prefix which must be told apart. */
static unsigned kept_bits(const struct addr *a)
{
    unsigned kept = 0;

    for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++) {
        unsigned shared = shared_bits(a, &common[i].addr);

        if (shared >= common[i].bits)
            return ADDR_BITS;
        kept = shared + 1 > kept ? shared + 1 : kept;
    }
    for (size_t i = 0; i < sizeof(purposes) / sizeof(*purposes); i++) {
        unsigned shared = shared_bits(a, &purposes[i].addr) + 1;

        shared = shared < purposes[i].bits ? shared : purposes[i].bits;
        kept = shared > kept ? shared : kept;
    }
    return kept;
}

/* Bit i turns over or not by what leads to it: the bits before it, which are all of @leading. */
static unsigned turns(const struct addr *leading, unsigned i, const struct secret_key *key)
{
    uint8_t bytes[sizeof(leading->bytes) + 1];

    memcpy(bytes, leading->bytes, sizeof(leading->bytes));
    bytes[sizeof(leading->bytes)] = (uint8_t)i;
    return secret_hash(key, bytes, sizeof(bytes)) & 1;
}

struct addr addr_disguise(const struct addr *a, const struct secret_key *key)
{
    struct addr leading = { { 0 } }, to = { { 0 } };
    unsigned kept = kept_bits(a);

    for (unsigned i = 0; i < ADDR_BITS; i++) {
        unsigned from = bit(a, i), turned = i < kept ? from : from ^ turns(&leading, i, key);

        leading.bytes[i / 8] |= (uint8_t)(from << (7 - i % 8));
        to.bytes[i / 8] |= (uint8_t)(turned << (7 - i % 8));
    }
    return to;
}

struct prefix prefix_disguise(const struct prefix *p, const struct secret_key *key)
{
    struct addr a = addr_disguise(&p->addr, key);

    return prefix_of(&a, prefix_family_bits(p));
}
