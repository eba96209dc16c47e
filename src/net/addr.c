/* Addresses and prefixes: text to bytes and back, with no help from the system's resolver. */
#include "src/net/addr.h"

#include <stdio.h>

enum { V4_BITS = 32, V6_BITS = 128, V4_OFFSET_BITS = V6_BITS - V4_BITS };
enum { N_GROUPS = 8 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* A decimal number up to @limit without leading zeros: some would read those as octal. */
static bool decimal_read(const char **at, const char *end, unsigned limit, unsigned *ret_number)
{
    const char *p = *at;
    unsigned number = 0;

    if (p == end || !is_digit(*p) || (*p == '0' && end - p > 1 && is_digit(p[1])))
        return false;
    for (; p < end && is_digit(*p); p++) {
        number = number * 10 + (unsigned)(*p - '0');
        if (number > limit)
            return false;
    }
    *at = p;
    *ret_number = number;
    return true;
}

static bool v4_read(const char *at, const char *end, uint8_t ret_bytes[4])
{
    unsigned number;

    for (int i = 0; i < 4; i++) {
        if (i && (at == end || *at++ != '.'))
            return false;
        if (!decimal_read(&at, end, 255, &number))
            return false;
        ret_bytes[i] = (uint8_t)number;
    }
    return at == end;
}

static bool group_read(const char **at, const char *end, unsigned *ret_group)
{
    unsigned group = 0;
    int n_digits = 0;

    for (; *at < end && hex_digit(**at) >= 0; (*at)++) {
        group = group << 4 | (unsigned)hex_digit(**at);
        if (++n_digits > 4)
            return false;
    }
    *ret_group = group;
    return n_digits > 0;
}

/* Moves the groups behind "::" to the end; false when "::" stands for nothing or groups lack. */
static bool gap_fill(struct addr *a, size_t n_bytes, size_t gap)
{
    if (gap > n_bytes)
        return n_bytes == sizeof(a->bytes);
    if (n_bytes == sizeof(a->bytes))
        return false;
    memmove(a->bytes + sizeof(a->bytes) - (n_bytes - gap), a->bytes + gap, n_bytes - gap);
    memset(a->bytes + gap, 0, sizeof(a->bytes) - n_bytes);
    return true;
}

/* RFC 4291, 2.2 */
static bool v6_read(const char *at, const char *end, struct addr *ret_addr)
{
    struct addr a = { { 0 } };
    size_t n_bytes = 0, gap = SIZE_MAX;
    const char *start;
    unsigned group;

    if (end - at >= 2 && at[0] == ':' && at[1] == ':') {
        gap = 0;
        at += 2;
    }
    while (at < end) {
        start = at;
        if (n_bytes == sizeof(a.bytes) || !group_read(&at, end, &group))
            return false;
        if (at < end && *at == '.') {
            if (n_bytes > sizeof(a.bytes) - 4 || !v4_read(start, end, a.bytes + n_bytes))
                return false;
            n_bytes += 4;
            break;
        }
        a.bytes[n_bytes++] = (uint8_t)(group >> 8);
        a.bytes[n_bytes++] = (uint8_t)group;
        if (at == end)
            break;
        if (*at++ != ':' || at == end)
            return false;
        if (*at == ':') {
            if (gap != SIZE_MAX)
                return false;
            gap = n_bytes;
            at++;
        }
    }
    if (!gap_fill(&a, n_bytes, gap))
        return false;
    *ret_addr = a;
    return true;
}

/* The text up to @end, which may be a '/'. A zone (RFC 4007) means nothing on another machine. */
static bool addr_read(struct addr *ret_addr, const char *text, const char *end)
{
    const char *zone = memchr(text, '%', (size_t)(end - text));
    uint8_t v4[4];

    if (v4_read(text, end, v4)) {
        *ret_addr = addr_v4(v4);
        return true;
    }
    return v6_read(text, zone ? zone : end, ret_addr);
}

bool addr_is_link_local(const struct addr *a)
{
    if (addr_is_v4(a))
        return a->bytes[12] == 169 && a->bytes[13] == 254;
    return a->bytes[0] == 0xfe && (a->bytes[1] & 0xc0) == 0x80;
}

int addr_parse(struct addr *ret_addr, const char *text, struct error *err)
{
    if (!addr_read(ret_addr, text, text + strlen(text)))
        return error_set(err, ERR_USAGE, "'%s' is not an IP address", text);
    return 0;
}

static unsigned group_of(const struct addr *a, int i)
{
    return (unsigned)a->bytes[2 * i] << 8 | a->bytes[2 * i + 1];
}

/* The first of the longest runs of zero groups; a single one is not shortened (RFC 5952, 4.2). */
static void zeros_find(const struct addr *a, int *ret_first, int *ret_n)
{
    int n = 0;

    *ret_first = -1;
    *ret_n = 1;
    for (int i = 0; i < N_GROUPS; i++) {
        n = group_of(a, i) == 0 ? n + 1 : 0;
        if (n > *ret_n) {
            *ret_n = n;
            *ret_first = i - n + 1;
        }
    }
}

char *addr_text(char *to, const struct addr *a)
{
    int first, n_zeros, n = 0;

    if (addr_is_v4(a)) {
        snprintf(to, ADDR_TEXT_BYTES, "%u.%u.%u.%u", a->bytes[12], a->bytes[13], a->bytes[14],
                 a->bytes[15]);
        return to;
    }
    zeros_find(a, &first, &n_zeros);
    for (int i = 0; i < N_GROUPS; i++) {
        if (i == first) {
            n += snprintf(to + n, ADDR_TEXT_BYTES - (size_t)n, "::");
            i += n_zeros - 1;
            continue;
        }
        n += snprintf(to + n, ADDR_TEXT_BYTES - (size_t)n, "%s%x",
                      i == 0 || (first >= 0 && i == first + n_zeros) ? "" : ":", group_of(a, i));
    }
    return to;
}

static struct prefix prefix_make(const struct addr *a, unsigned bits)
{
    struct prefix p = { *a, (uint8_t)bits };

    for (unsigned i = 0; i < sizeof(p.addr.bytes); i++) {
        if (bits < 8 * i + 8)
            p.addr.bytes[i] &= bits <= 8 * i ? 0 : (uint8_t)(0xff00 >> (bits - 8 * i));
    }
    return p;
}

/* mask_bits() - of "255.255.255.0"; -1 when the ones are not all in front. */
static int mask_bits(const struct addr *mask)
{
    unsigned bits = 0;

    while (bits < V4_BITS && mask->bytes[12 + bits / 8] >> (7 - bits % 8) & 1)
        bits++;
    for (unsigned i = bits; i < V4_BITS; i++)
        if (mask->bytes[12 + i / 8] >> (7 - i % 8) & 1)
            return -1;
    return (int)bits;
}

int prefix_bits_parse(unsigned *ret_family_bits, const struct addr *a, const char *text)
{
    unsigned bits, n_bits = addr_is_v4(a) ? V4_BITS : V6_BITS;
    const char *end = text + strlen(text);
    struct addr mask;
    int of_mask;

    if (addr_is_v4(a) && addr_parse(&mask, text, NULL) == 0 && addr_is_v4(&mask)) {
        of_mask = mask_bits(&mask);
        if (of_mask < 0)
            return ERR_USAGE;
        *ret_family_bits = (unsigned)of_mask;
        return 0;
    }
    if (!decimal_read(&text, end, n_bits, &bits) || text != end)
        return ERR_USAGE;
    *ret_family_bits = bits;
    return 0;
}

int prefix_parse(struct prefix *ret_prefix, const char *text, struct error *err)
{
    const char *end = text + strlen(text);
    const char *slash = strchr(text, '/');
    const char *digits = slash ? slash + 1 : end;
    struct addr a;
    bool dotted = !memchr(text, ':', (size_t)((slash ? slash : end) - text));
    unsigned bits = dotted ? V4_BITS : V6_BITS;

    if (!addr_read(&a, text, slash ? slash : end) ||
        (slash && (!decimal_read(&digits, end, bits, &bits) || digits != end)))
        return error_set(err, ERR_USAGE,
                         "'%s' is not a subnet; write it as 10.20.0.0/24 or fd00:20::/64", text);
    *ret_prefix = prefix_make(&a, dotted ? V4_OFFSET_BITS + bits : bits);
    return 0;
}

struct prefix prefix_of(const struct addr *a, unsigned family_bits)
{
    unsigned offset = addr_is_v4(a) ? V4_OFFSET_BITS : 0;

    return prefix_make(a, family_bits > V6_BITS - offset ? V6_BITS : offset + family_bits);
}

bool prefix_contains(const struct prefix *p, const struct addr *a)
{
    struct prefix around;

    /* Every IPv4 address lies in the mapped corner of ::/0 and its like. */
    if (addr_is_v4(&p->addr) != addr_is_v4(a))
        return false;
    around = prefix_make(a, p->bits);
    return addr_equal(&around.addr, &p->addr);
}

bool prefix_equal(const struct prefix *a, const struct prefix *b)
{
    return a->bits == b->bits && addr_equal(&a->addr, &b->addr);
}

unsigned prefix_family_bits(const struct prefix *p)
{
    return addr_is_v4(&p->addr) ? p->bits - V4_OFFSET_BITS : p->bits;
}

char *prefix_text(char *to, const struct prefix *p)
{
    char text[ADDR_TEXT_BYTES];

    snprintf(to, PREFIX_TEXT_BYTES, "%s/%u", addr_text(text, &p->addr), prefix_family_bits(p));
    return to;
}
