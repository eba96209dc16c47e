/*
 * IP addresses and prefixes as plain values.
 *
 * An IPv4 address is kept in its IPv4-mapped form ::ffff:a.b.c.d (RFC 4291, 2.5.5.2), so that one
 * comparison, one hash and one prefix match serve both families. All bytes in network order.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "src/base/error.h"

enum { ADDR_TEXT_BYTES = 64, PREFIX_TEXT_BYTES = 72 };

struct addr {
    uint8_t bytes[16];
};

/* bits counts from the 128-bit form: an IPv4 /24 is 120. Bits of addr behind it are zero. */
struct prefix {
    struct addr addr;
    uint8_t bits;
};

static inline bool addr_is_v4(const struct addr *a)
{
    static const uint8_t mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

    return memcmp(a->bytes, mapped, sizeof(mapped)) == 0;
}

static inline bool addr_equal(const struct addr *a, const struct addr *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

/* addr_v4() - from four bytes in network order. */
static inline struct addr addr_v4(const uint8_t bytes[4])
{
    struct addr a = { { [10] = 0xff, [11] = 0xff } };

    memcpy(a.bytes + 12, bytes, 4);
    return a;
}

bool addr_is_link_local(const struct addr *a); /* 169.254/16, fe80::/10 */

/* addr_parse() - "10.20.0.1", "fd00::1", "fe80::1%12" (the zone is dropped). Returns 0 or
 * ERR_USAGE. */
int addr_parse(struct addr *ret_addr, const char *text, struct error *err);
/* addr_text() - RFC 5952 form, into the caller's ADDR_TEXT_BYTES. Returns @to. */
char *addr_text(char *to, const struct addr *a);

/* prefix_parse() - "10.20.0.0/24", "fd00:20::/64"; an address alone is a host's. Host bits are
 * cleared. Returns 0 or ERR_USAGE. */
int prefix_parse(struct prefix *ret_prefix, const char *text, struct error *err);
/* prefix_of() - the prefix of @bits (in the family's own count: 24 of IPv4, 64 of IPv6) around an
 * address. */
struct prefix prefix_of(const struct addr *a, unsigned family_bits);
/* prefix_bits_parse() - "24", or the mask "255.255.255.0", of the address's family. Returns 0 or
 * ERR_USAGE. */
int prefix_bits_parse(unsigned *ret_family_bits, const struct addr *a, const char *text);
bool prefix_contains(const struct prefix *p, const struct addr *a); /* never across families */
bool prefix_equal(const struct prefix *a, const struct prefix *b);
unsigned prefix_family_bits(const struct prefix *p); /* 24 for an IPv4 /24 */
/* prefix_text() - "10.20.0.0/24", into the caller's PREFIX_TEXT_BYTES. Returns @to. */
char *prefix_text(char *to, const struct prefix *p);
