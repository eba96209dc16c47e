#include "analyzers/report/headline.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/words.h"
#include "src/base/auto.h"
#include "src/base/plain.h"
#include "src/base/units.h"

enum { NAMES_SHOWN = 3, NAME_COLUMNS = 40, OTHER_PLACES = 2 };

/* What one network carried; NETWORK_OUTSIDE and NETWORK_CROSS stand behind the networks. */
struct carrier {
    int network;
    bool is_intended;
    uint64_t bytes;
};

struct load {
    struct carrier *carriers; /* most bytes first */
    size_t n_carriers;
    uint64_t bytes, intended_bytes;
    size_t n_transfers;
};

struct line {
    char *to;
    size_t at;
};

static void __attribute__((format(printf, 2, 3))) say(struct line *l, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(l->to + l->at, HEADLINE_BYTES - l->at, format, args);
    va_end(args);
    l->at += (size_t)n;
    if (l->at >= HEADLINE_BYTES)
        l->at = HEADLINE_BYTES - 1;
}

const char *headline_verdict(enum verdict v)
{
    switch (v) {
    case VERDICT_RIGHT_NETWORK:
        return "RIGHT NETWORK";
    case VERDICT_WRONG_NETWORK:
        return "WRONG NETWORK";
    case VERDICT_SPLIT_NETWORKS:
        return "SPLIT NETWORKS";
    case VERDICT_INCONCLUSIVE:
        return "INCONCLUSIVE";
    case VERDICT_NO_MIGRATION:
        return "NO MIGRATION";
    }
    return "";
}

static int compare_carriers(const void *a, const void *b)
{
    const struct carrier *x = a, *y = b;

    if (x->bytes != y->bytes)
        return x->bytes > y->bytes ? -1 : 1;
    return (x->network > y->network) - (x->network < y->network);
}

static size_t carrier_index(const struct result *r, int network)
{
    return network >= 0 ? (size_t)network : r->n_networks + (network == NETWORK_CROSS);
}

static void load_add(struct load *l, const struct result *r, const struct result_transfer *t)
{
    for (size_t i = 0; i < t->n_networks; i++) {
        int network = t->networks[i].network;
        struct carrier *c = &l->carriers[carrier_index(r, network)];

        c->network = network;
        c->is_intended = network >= 0 && r->networks[network].is_intended;
        c->bytes += t->networks[i].bytes;
        l->bytes += t->networks[i].bytes;
        l->intended_bytes += c->is_intended ? t->networks[i].bytes : 0;
    }
    l->n_transfers++;
}

/* Of the transfers that decide: those that only may be one don't. Returns false without any. */
static bool load_measure(struct load *l, const struct result *r)
{
    l->carriers = calloc(r->n_networks + OTHER_PLACES, sizeof(*l->carriers));
    if (!l->carriers)
        return false;
    for (size_t i = 0; i < r->n_transfers; i++) {
        if (r->transfers[i].certainty > CERTAINTY_POSSIBLE)
            load_add(l, r, &r->transfers[i]);
    }
    qsort(l->carriers, r->n_networks + OTHER_PLACES, sizeof(*l->carriers), compare_carriers);
    while (l->n_carriers < r->n_networks + OTHER_PLACES && l->carriers[l->n_carriers].bytes > 0)
        l->n_carriers++;
    return l->n_carriers > 0;
}

static char *plain_name(char to[WORDS_BYTES], const char *name)
{
    plain_text(to, WORDS_BYTES, name, NAME_COLUMNS);
    return to;
}

static void say_memory(struct line *l, const struct load *load, uint64_t bytes)
{
    char share[UNITS_TEXT_BYTES], size[UNITS_TEXT_BYTES];

    say(l, "%s of the memory (%s", percent_text(share, (double)bytes / (double)load->bytes),
        bytes_text(size, load->bytes));
    if (load->n_transfers > 1)
        say(l, " in %zu transfers", load->n_transfers);
    say(l, ") went ");
}

static void say_separator(struct line *l, size_t i, size_t n)
{
    if (i > 0)
        say(l, i + 1 == n ? " and " : ", ");
}

/* "outside every network" needs no preposition. */
static const char *over(int network)
{
    return network >= 0 ? "over " : "";
}

static void say_carriers(struct line *l, const struct result *r, const struct load *load,
                         bool is_intended)
{
    char name[WORDS_BYTES];
    size_t n = 0, shown = 0;

    for (size_t i = 0; i < load->n_carriers; i++)
        n += load->carriers[i].is_intended == is_intended;
    for (size_t i = 0; i < load->n_carriers && shown < NAMES_SHOWN; i++) {
        const struct carrier *c = &load->carriers[i];

        if (c->is_intended != is_intended)
            continue;
        say_separator(l, shown, n);
        say(l, "%s%s", shown == 0 || c->network < 0 ? over(c->network) : "",
            plain_name(name, words_network(r, c->network)));
        shown++;
    }
    if (n > shown)
        say(l, " and %zu more", n - shown);
}

static void say_intended(struct line *l, const struct result *r)
{
    char name[WORDS_BYTES];
    size_t n = 0, shown = 0;

    for (size_t i = 0; i < r->n_networks; i++)
        n += r->networks[i].is_intended;
    for (size_t i = 0; i < r->n_networks && shown < NAMES_SHOWN; i++) {
        if (!r->networks[i].is_intended)
            continue;
        say(l, "%s", shown == 0 ? ", not over " : "");
        say_separator(l, shown, n);
        say(l, "%s", plain_name(name, r->networks[i].name));
        shown++;
    }
    if (n > shown)
        say(l, " and %zu more", n - shown);
}

static void say_shares(struct line *l, const struct result *r, const struct load *load)
{
    char name[WORDS_BYTES], share[UNITS_TEXT_BYTES];

    say_memory(l, load, load->carriers[0].bytes);
    for (size_t i = 0; i < load->n_carriers && i < NAMES_SHOWN; i++) {
        const struct carrier *c = &load->carriers[i];

        if (i > 0)
            say(l, ", %s ", percent_text(share, (double)c->bytes / (double)load->bytes));
        say(l, "%s%s%s", over(c->network), plain_name(name, words_network(r, c->network)),
            c->is_intended ? " (intended)" : "");
    }
    if (load->n_carriers > NAMES_SHOWN)
        say(l, ", the rest over %zu more", load->n_carriers - NAMES_SHOWN);
}

/* Says how the memory divides. Returns false where that is not what the verdict rests on. */
static bool say_load(struct line *l, const struct result *r)
{
    struct load load = { 0 };
    AUTO_MEMORY struct carrier *carriers = NULL;
    bool is_measured = load_measure(&load, r);

    carriers = load.carriers;
    if (!is_measured)
        return false;
    if (r->verdict == VERDICT_SPLIT_NETWORKS) {
        say_shares(l, r, &load);
        return true;
    }
    if (r->verdict == VERDICT_RIGHT_NETWORK && load.intended_bytes > 0) {
        say_memory(l, &load, load.intended_bytes);
        say_carriers(l, r, &load, true);
        return true;
    }
    if (r->verdict == VERDICT_WRONG_NETWORK && load.intended_bytes < load.bytes) {
        say_memory(l, &load, load.bytes - load.intended_bytes);
        say_carriers(l, r, &load, false);
        say_intended(l, r);
        return true;
    }
    return false;
}

bool headline_says_reasons(const struct result *r)
{
    char unused[HEADLINE_BYTES];
    struct line l = { unused, 0 };

    return say_load(&l, r);
}

char *headline_text(char to[HEADLINE_BYTES], const struct result *r)
{
    struct line l = { to, 0 };

    say(&l, "%s: ", headline_verdict(r->verdict));
    if (!say_load(&l, r))
        plain_text(to + l.at, HEADLINE_BYTES - l.at, r->n_reasons > 0 ? r->reasons[0] : "no reason",
                   PLAIN_UNCUT);
    return to;
}
