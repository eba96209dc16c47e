#include "analyzers/report/names.h"

#include <ctype.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"
#include "src/base/quote.h"
#include "src/base/text.h"
#include "src/net/addr.h"

enum { N_BYTES = 256, MAX_LABEL_BYTES = 63, NO_ALIAS = -1 };

struct name {
    char *text;
    size_t n_bytes;
    enum name_kind kind;
    int alias;       /* shares that name's pseudonym */
    char *pseudonym; /* once settled, unless it is an alias */
};

/* By what a text is searched for names: by their first byte, the longest first. */
struct start {
    unsigned char byte;
    size_t n_bytes;
    size_t index;
};

struct names {
    struct name *items;
    size_t n, capacity;
    json_t *by_text; /* key_of() -> index */
    struct start *starts;
    size_t first[N_BYTES + 1]; /* of the starts with a byte */
};

static const char *const prefixes[N_NAME_KINDS] = {
    [NAME_HOST] = "HOST",           [NAME_VM] = "VM",     [NAME_CLUSTER] = "CLUSTER",
    [NAME_DOMAIN] = "DOMAIN",       [NAME_USER] = "USER", [NAME_CUSTOMER] = "CUSTOMER",
    [NAME_REFERENCE] = "REFERENCE", [NAME_FILE] = "FILE", [NAME_SESSION] = "SESSION",
    [NAME_NOTE] = "NOTE",           [NAME_WORD] = "WORD", [NAME_OTHER] = "NAME",
};

int names_new(struct names **ret_names, struct error *err)
{
    struct names *n = calloc(1, sizeof(*n));

    if (n)
        n->by_text = json_object();
    if (!n || !n->by_text) {
        free(n);
        return error_memory(err);
    }
    *ret_names = n;
    return 0;
}

struct names *names_free(struct names *n)
{
    if (!n)
        return NULL;
    for (size_t i = 0; i < n->n; i++) {
        free(n->items[i].text);
        free(n->items[i].pseudonym);
    }
    free(n->items);
    free(n->starts);
    json_decref(n->by_text);
    free(n);
    return NULL;
}

static unsigned char folded(char c)
{
    return (unsigned char)tolower((unsigned char)c);
}

static bool has_case(enum name_kind kind)
{
    return kind == NAME_FILE || kind == NAME_SESSION;
}

/* What a name is found by: its text, in one letter case unless case tells such names apart. */
static char *key_of(const char *text, bool with_case)
{
    char *key = text_format("%c%s", with_case ? '=' : '~', text);

    for (char *at = key; at && !with_case && *at; at++)
        *at = (char)folded(*at);
    return key;
}

static int index_of(const struct names *n, const char *text, bool with_case)
{
    AUTO_MEMORY char *key = key_of(text, with_case);
    const json_t *index = key ? json_object_get(n->by_text, key) : NULL;

    return index ? (int)json_integer_value(index) : -1;
}

/* Its index; -1: not known. */
static int find(const struct names *n, const char *text)
{
    int index = index_of(n, text, true);

    return index >= 0 ? index : index_of(n, text, false);
}

static bool is_address(const char *text)
{
    struct prefix p;

    return prefix_parse(&p, text, NULL) == 0;
}

static int keep(struct names *n, enum name_kind kind, const char *text, int alias,
                struct error *err)
{
    AUTO_MEMORY char *key = key_of(text, has_case(kind));
    struct name *name;
    int r = array_reserve(&n->items, &n->capacity, n->n + 1, sizeof(*n->items), NAMES_MAX, err);

    if (r < 0)
        return r;
    name = &n->items[n->n];
    *name = (struct name){ text_copy(text), strlen(text), kind, alias, NULL };
    if (!name->text || !key ||
        json_object_set_new_nocheck(n->by_text, key, json_integer((json_int_t)n->n)) < 0) {
        free(name->text);
        return error_memory(err);
    }
    n->n++;
    return 0;
}

/* Is the host in a domain that is known? */
static bool has_domain(const struct names *n, int index)
{
    for (size_t i = 0; i < n->n; i++) {
        if (n->items[i].alias == index && n->items[i].text[n->items[index].n_bytes] == '.')
            return true;
    }
    return false;
}

/* A name in the forms that sentences and PowerShell commands give it. */
static int keep_forms(struct names *n, int index, struct error *err)
{
    AUTO_MEMORY char *quoted = quote_powershell(n->items[index].text);
    enum name_kind kind = n->items[index].kind;
    struct error told;
    size_t n_quoted;
    int r = 0;

    if (!quoted)
        return error_memory(err);
    error_set(&told, ERR_INPUT, "%s", n->items[index].text);
    if (find(n, told.text) < 0)
        r = keep(n, kind, told.text, index, err);
    n_quoted = strlen(quoted);
    if (quoted[0] == '\'' && n_quoted > 2) {
        quoted[n_quoted - 1] = '\0';
        if (r == 0 && find(n, quoted + 1) < 0)
            r = keep(n, kind, quoted + 1, index, err);
    } else if (r == 0 && find(n, quoted) < 0) {
        r = keep(n, kind, quoted, index, err);
    }
    return r;
}

/* "hv01.corp.example" is "hv01", unless that is in another domain already. */
static int add_machine(struct names *n, enum name_kind kind, const char *text, struct error *err)
{
    size_t n_label = strcspn(text, ".");
    char label[MAX_LABEL_BYTES + 1];
    int host, r = 0;

    if (n_label == 0 || n_label > MAX_LABEL_BYTES || !text[n_label] || !text[n_label + 1]) {
        r = keep(n, kind, text, NO_ALIAS, err);
        return r < 0 ? r : keep_forms(n, (int)n->n - 1, err);
    }
    snprintf(label, sizeof(label), "%.*s", (int)n_label, text);
    host = find(n, label);
    if (host < 0) {
        r = keep(n, kind, label, NO_ALIAS, err);
        host = (int)n->n - 1;
    } else if (has_domain(n, host)) {
        host = NO_ALIAS;
    }
    if (r == 0)
        r = keep(n, kind, text, host, err);
    return r < 0 ? r : names_add(n, NAME_DOMAIN, text + n_label + 1, err);
}

int names_add(struct names *n, enum name_kind kind, const char *text, struct error *err)
{
    int r;

    if (!text || !*text || find(n, text) >= 0 || is_address(text))
        return 0;
    if (kind == NAME_HOST || kind == NAME_CLUSTER)
        return add_machine(n, kind, text, err);
    r = keep(n, kind, text, NO_ALIAS, err);
    return r < 0 ? r : keep_forms(n, (int)n->n - 1, err);
}

/* ---- numbers ---- */

/* What tells the kind of a file stays: it is one of a few, so it names nobody. */
static const char *ending(const struct name *name)
{
    static const char *const known[] = { ".pcapng",    ".pcap",       ".json",
                                         ".pcapng.gz", ".pcap.gz",    ".pcapng.zst",
                                         ".pcap.zst",  ".pcapng.lz4", ".pcap.lz4" };

    for (size_t i = 0; name->kind == NAME_FILE && i < sizeof(known) / sizeof(*known); i++) {
        size_t n_bytes = strlen(known[i]);

        if (name->n_bytes > n_bytes && strcmp(name->text + name->n_bytes - n_bytes, known[i]) == 0)
            return known[i];
    }
    return "";
}

/* The next number that makes no name of somebody. */
static int number(const struct names *n, struct name *name, unsigned counts[N_NAME_KINDS],
                  struct error *err)
{
    do {
        free(name->pseudonym);
        name->pseudonym =
            text_format("%s-%u%s", prefixes[name->kind], ++counts[name->kind], ending(name));
        if (!name->pseudonym)
            return error_memory(err);
    } while (find(n, name->pseudonym) >= 0);
    return 0;
}

static int compare_starts(const void *left, const void *right)
{
    const struct start *a = left, *b = right;

    if (a->byte != b->byte)
        return a->byte < b->byte ? -1 : 1;
    if (a->n_bytes != b->n_bytes)
        return a->n_bytes > b->n_bytes ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static int make_starts(struct names *n, struct error *err)
{
    n->starts = calloc(n->n + 1, sizeof(*n->starts));
    if (!n->starts)
        return error_memory(err);
    for (size_t i = 0; i < n->n; i++) {
        n->starts[i] = (struct start){ folded(n->items[i].text[0]), n->items[i].n_bytes, i };
        n->first[n->starts[i].byte + 1]++;
    }
    for (size_t byte = 0; byte < N_BYTES; byte++)
        n->first[byte + 1] += n->first[byte];
    qsort(n->starts, n->n, sizeof(*n->starts), compare_starts);
    return 0;
}

int names_settle(struct names *n, struct error *err)
{
    unsigned counts[N_NAME_KINDS] = { 0 };
    int r = 0;

    for (size_t i = 0; r == 0 && i < n->n; i++) {
        if (n->items[i].alias == NO_ALIAS)
            r = number(n, &n->items[i], counts, err);
    }
    return r < 0 ? r : make_starts(n, err);
}

static const char *pseudonym_of(const struct names *n, const struct name *name)
{
    return name->alias == NO_ALIAS ? name->pseudonym : n->items[name->alias].pseudonym;
}

const char *names_find(const struct names *n, const char *text)
{
    int index = find(n, text);

    return index < 0 ? NULL : pseudonym_of(n, &n->items[index]);
}

/* ---- within texts ---- */

static bool is_word(unsigned char c)
{
    return isalnum(c) || c >= 0x80;
}

/* Are both of one word? */
static bool joins(unsigned char left, unsigned char right)
{
    return is_word(left) && is_word(right) && !(islower(left) && isupper(right)) &&
           !(isdigit(left) && !isdigit(right));
}

static bool is_quote(char c)
{
    return c == '\'' || c == '"';
}

/* A plain word of a command may be a word of any sentence: there it is a name in quotes only. */
static bool is_plain(const struct name *name)
{
    return name->kind == NAME_WORD &&
           strspn(name->text, "abcdefghijklmnopqrstuvwxyz") == name->n_bytes;
}

static bool same_text(const struct name *name, const char *at)
{
    for (size_t i = 0; i < name->n_bytes; i++) {
        if (has_case(name->kind) ? at[i] != name->text[i] : folded(at[i]) != folded(name->text[i]))
            return false;
    }
    return true;
}

static bool stands_at(const struct name *name, const char *text, const char *at)
{
    char before = at > text ? at[-1] : '\0', after;

    if (!same_text(name, at))
        return false;
    after = at[name->n_bytes];
    if (is_plain(name))
        return is_quote(before) && is_quote(after);
    return !joins((unsigned char)before, (unsigned char)*at) &&
           !joins((unsigned char)at[name->n_bytes - 1], (unsigned char)after);
}

/* The rest of "hv01.corp.example" behind a machine's name. A path in a snapshot goes on with a
 * cmdlet: "Nodes.hv01.Get-VMHost". */
static size_t domain_bytes(const char *at)
{
    static const char cmdlet[] = ".Get-";
    size_t n = 0;

    while (at[n] == '.' && isalpha((unsigned char)at[n + 1]) &&
           strncmp(at + n, cmdlet, sizeof(cmdlet) - 1) != 0) {
        n += 2;
        while (isalnum((unsigned char)at[n]) || at[n] == '-')
            n++;
    }
    return n;
}

const char *names_at(const struct names *n, const char *text, const char *at, size_t *ret_n_bytes)
{
    unsigned char byte = folded(*at);

    for (size_t i = n->first[byte]; i < n->first[byte + 1]; i++) {
        const struct name *name = &n->items[n->starts[i].index];

        if (!stands_at(name, text, at))
            continue;
        *ret_n_bytes = name->n_bytes;
        if (name->kind == NAME_HOST || name->kind == NAME_CLUSTER)
            *ret_n_bytes += domain_bytes(at + name->n_bytes);
        return pseudonym_of(n, name);
    }
    return NULL;
}
