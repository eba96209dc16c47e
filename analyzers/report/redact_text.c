#include "analyzers/report/redact_text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/text.h"
#include "src/net/addr_disguise.h"

enum { MAC_CHARACTERS = 17 };

/* ---- addresses ---- */

/* "/24" behind an address; -1: none. */
static int bits_behind(const char *at, size_t *ret_n_bytes)
{
    char *end;
    long bits;

    *ret_n_bytes = 0;
    if (at[0] != '/' || !isdigit((unsigned char)at[1]) || strspn(at + 1, "0123456789") > 3)
        return -1;
    bits = strtol(at + 1, &end, 10);
    *ret_n_bytes = (size_t)(end - at);
    return bits <= 128 ? (int)bits : -1;
}

/* A subnet stays one: its bits behind the prefix are none. */
static void disguise(char to[PREFIX_TEXT_BYTES], const struct disguise *d, const struct addr *a,
                     int bits)
{
    struct addr b = addr_disguise(a, &d->key);
    struct prefix subnet;
    char text[ADDR_TEXT_BYTES];

    if (bits < 0) {
        addr_text(to, &b);
        return;
    }
    subnet = prefix_of(a, (unsigned)bits);
    if (addr_equal(&subnet.addr, a))
        b = prefix_disguise(&subnet, &d->key).addr;
    snprintf(to, PREFIX_TEXT_BYTES, "%s/%d", addr_text(text, &b), bits);
}

/* The first @n_bytes at @at as an address; without what ends a sentence. 0: they are none. */
static size_t parse_run(struct addr *ret_addr, const char *at, size_t n_bytes)
{
    char text[ADDR_TEXT_BYTES];

    while (n_bytes > 0 && (at[n_bytes - 1] == '.' ||
                           (at[n_bytes - 1] == ':' && n_bytes > 1 && at[n_bytes - 2] != ':')))
        n_bytes--;
    if (n_bytes < 2 || n_bytes >= sizeof(text))
        return 0;
    memcpy(text, at, n_bytes);
    text[n_bytes] = '\0';
    return addr_parse(ret_addr, text, NULL) == 0 ? n_bytes : 0;
}

/* How many bytes at @at are an address. "[Net.Dns]::Add" is none. */
static size_t addr_at(struct addr *ret_addr, const char *text, const char *at)
{
    unsigned char before = at > text ? (unsigned char)at[-1] : 0;
    size_t n = strspn(at, "0123456789.");
    size_t n_v6 = strspn(at, "0123456789abcdefABCDEF:.");

    if (isdigit(before) || before == '.' || before == ':')
        return 0;
    if (n_v6 > n && memchr(at, ':', n_v6) && !isalnum(before) && before != ']' &&
        !isalnum((unsigned char)at[n_v6])) {
        size_t n_taken = parse_run(ret_addr, at, n_v6);

        if (n_taken > 0)
            return n_taken;
    }
    return parse_run(ret_addr, at, n);
}

static bool is_mac(const char *text, const char *at)
{
    if ((at > text && isalnum((unsigned char)at[-1])) || (at[2] != ':' && at[2] != '-'))
        return false;
    for (size_t i = 0; i < MAC_CHARACTERS; i++) {
        if (i % 3 == 2 ? at[i] != at[2] : !isxdigit((unsigned char)at[i]))
            return false;
    }
    return !isalnum((unsigned char)at[MAC_CHARACTERS]) && at[MAC_CHARACTERS] != at[2];
}

/* The maker's half stays. */
static void disguise_mac(char to[MAC_CHARACTERS + 1], const struct disguise *d, const char *at)
{
    unsigned char digits[MAC_CHARACTERS];
    uint64_t hash;

    for (size_t i = 0; i < MAC_CHARACTERS; i++)
        digits[i] = i % 3 == 2 ? ':' : (unsigned char)tolower((unsigned char)at[i]);
    hash = secret_hash(&d->key, digits, sizeof(digits));
    snprintf(to, MAC_CHARACTERS + 1, "%.9s%02x%c%02x%c%02x", at, (unsigned)(hash & 0xff), at[2],
             (unsigned)(hash >> 8 & 0xff), at[2], (unsigned)(hash >> 16 & 0xff));
}

/* ---- rewriting ---- */

/* What stands for something at @at, and for how much of it; NULL: nothing is there. */
static const char *disguise_at(char to[PREFIX_TEXT_BYTES], const struct disguise *d,
                               const char *text, const char *at, size_t *ret_n_bytes)
{
    const char *name = names_at(d->names, text, at, ret_n_bytes);
    struct addr a;
    size_t n, n_bits;
    int bits;

    if (name)
        return name;
    if (isxdigit((unsigned char)*at) && strnlen(at, MAC_CHARACTERS) == MAC_CHARACTERS &&
        is_mac(text, at)) {
        disguise_mac(to, d, at);
        *ret_n_bytes = MAC_CHARACTERS;
        return to;
    }
    n = isxdigit((unsigned char)*at) || *at == ':' ? addr_at(&a, text, at) : 0;
    if (n == 0)
        return NULL;
    bits = bits_behind(at + n, &n_bits);
    disguise(to, d, &a, bits);
    *ret_n_bytes = n + (bits < 0 ? 0 : n_bits);
    return to;
}

char *text_redact(const struct disguise *d, const char *text)
{
    const char *whole = names_find(d->names, text);
    struct text_parts to = { 0 };
    char address[PREFIX_TEXT_BYTES];

    if (whole)
        return text_copy(whole);
    for (const char *at = text; *at;) {
        size_t n = 1;
        const char *instead = disguise_at(address, d, text, at, &n);

        text_add(&to, instead ? instead : at, instead ? strlen(instead) : n);
        at += n;
    }
    return text_end(&to);
}

/* ---- learning ---- */

static int add_bytes(struct names *names, enum name_kind kind, const char *at, size_t n_bytes,
                     struct error *err)
{
    AUTO_MEMORY char *text = text_format("%.*s", (int)n_bytes, at);

    return text ? names_add(names, kind, text, err) : error_memory(err);
}

static bool is_account(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || (c && strchr("._-$", c));
}

/* How many bytes before and behind @at an account's name could have. */
static size_t account_before(const char *text, const char *at)
{
    size_t n = 0;

    while (at - n > text && is_account(*(at - n - 1)))
        n++;
    return n;
}

static size_t account_behind(const char *at)
{
    size_t n = 0;

    while (is_account(at[n]))
        n++;
    while (n > 0 && at[n - 1] == '.')
        n--;
    return n;
}

/* DOMAIN\user; no path, where a backslash or colon stands before. */
static int learn_account(struct names *names, const char *text, const char *at, struct error *err)
{
    size_t n_domain = account_before(text, at), n_user = account_behind(at + 1);
    const char *domain = at - n_domain;
    char before = domain > text ? domain[-1] : '\0';
    int r;

    if (n_domain == 0 || n_user == 0 || before == '\\' || before == ':' || before == '/' ||
        at[1 + n_user] == '\\')
        return 0;
    r = add_bytes(names, NAME_DOMAIN, domain, n_domain, err);
    return r < 0 ? r : add_bytes(names, NAME_USER, at + 1, n_user, err);
}

/* user@domain.example */
static int learn_address(struct names *names, const char *text, const char *at, struct error *err)
{
    size_t n_user = account_before(text, at), n_domain = account_behind(at + 1);
    int r;

    if (n_user == 0 || !memchr(at + 1, '.', n_domain))
        return 0;
    r = add_bytes(names, NAME_USER, at - n_user, n_user, err);
    return r < 0 ? r : add_bytes(names, NAME_DOMAIN, at + 1, n_domain, err);
}

/* How long a path at @at is; 0: it is none. In quotes it may have blanks. */
static size_t path_bytes(const char *text, const char *at)
{
    char before = at > text ? at[-1] : ' ';
    bool is_quoted = before == '\'' || before == '"';
    bool is_windows =
        (isalpha((unsigned char)at[0]) && at[1] == ':' && (at[2] == '\\' || at[2] == '/')) ||
        (at[0] == '\\' && at[1] == '\\' && isalnum((unsigned char)at[2]));
    bool is_posix = at[0] == '/' && isalpha((unsigned char)at[1]);
    size_t n;

    if (!strchr(" \t'\"=(", before) || (!is_windows && !is_posix))
        return 0;
    n = is_quoted ? strcspn(at, before == '\'' ? "'" : "\"") : strcspn(at, " \t\r\n'\",;)|");
    while (n > 1 && (at[n - 1] == '.' || at[n - 1] == ':'))
        n--;
    return is_windows || memchr(at + 1, '/', n - 1) ? n : 0;
}

int text_learn(struct names *names, const char *text, struct error *err)
{
    int r = 0;

    for (const char *at = text; *at && r == 0; at++) {
        size_t n = path_bytes(text, at);

        if (n > 0) {
            r = add_bytes(names, NAME_FILE, at, n, err);
            at += n - 1;
        } else if (*at == '\\') {
            r = learn_account(names, text, at, err);
        } else if (*at == '@') {
            r = learn_address(names, text, at, err);
        }
    }
    return r;
}
