#include "analyzers/report/headline.h"

#include <stdio.h>
#include <stdlib.h>

#include "analyzers/report/numbers.h"
#include "analyzers/report/sentences.h"
#include "analyzers/report/words.h"
#include "src/base/auto.h"
#include "src/base/plain.h"

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

const char *headline_verdict(enum language language, enum verdict v)
{
    static const enum text texts[] = { [VERDICT_RIGHT_NETWORK] = TEXT_HEADLINE_RIGHT,
                                       [VERDICT_WRONG_NETWORK] = TEXT_HEADLINE_WRONG,
                                       [VERDICT_SPLIT_NETWORKS] = TEXT_HEADLINE_SPLIT,
                                       [VERDICT_INCONCLUSIVE] = TEXT_HEADLINE_INCONCLUSIVE,
                                       [VERDICT_NO_MIGRATION] = TEXT_HEADLINE_NONE };

    return text_in(language, texts[v]);
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

/* "over Storage1"; what is no network needs no preposition. */
static char *place_text(enum language language, char to[WORDS_BYTES], const struct result *r,
                        const struct carrier *c, enum text text)
{
    char name[WORDS_BYTES];

    plain_text(name, sizeof(name), words_network(language, r, c->network), NAME_COLUMNS);
    return text_with(to, WORDS_BYTES, language, c->network >= 0 ? text : TEXT_AS_IT_IS, name);
}

/* How much of the memory went: @where it did. */
static void went_text(enum language language, char to[HEADLINE_BYTES], const struct load *load,
                      uint64_t bytes, const char *where)
{
    char share[UNITS_TEXT_BYTES], size[UNITS_TEXT_BYTES], transfers[UNITS_TEXT_BYTES];

    percent_in(language, share, (double)bytes / (double)load->bytes);
    bytes_in(language, size, load->bytes);
    count_in(language, transfers, load->n_transfers);
    if (load->n_transfers > 1)
        text_with(to, HEADLINE_BYTES, language, TEXT_WENT_IN, share, size, transfers, where);
    else
        text_with(to, HEADLINE_BYTES, language, TEXT_WENT, share, size, where);
}

/* "over Storage1, Storage2 and outside every network" */
static void carriers_text(enum language language, char to[HEADLINE_BYTES], const struct result *r,
                          const struct load *load, bool is_intended)
{
    char places[NAMES_SHOWN][WORDS_BYTES];
    const char *shown[NAMES_SHOWN];
    size_t n = 0;

    for (size_t i = 0; i < load->n_carriers; i++) {
        const struct carrier *c = &load->carriers[i];

        if (c->is_intended != is_intended)
            continue;
        if (n < NAMES_SHOWN)
            shown[n] = place_text(language, places[n], r, c, n == 0 ? TEXT_OVER : TEXT_AS_IT_IS);
        n++;
    }
    text_list(to, HEADLINE_BYTES, language, shown, n < NAMES_SHOWN ? n : NAMES_SHOWN,
              n < NAMES_SHOWN ? 0 : n - NAMES_SHOWN);
}

/* "Storage1 and Storage2"; "" when none is intended */
static void intended_text(enum language language, char to[HEADLINE_BYTES], const struct result *r)
{
    char names[NAMES_SHOWN][WORDS_BYTES];
    const char *shown[NAMES_SHOWN];
    size_t n = 0;

    for (size_t i = 0; i < r->n_networks; i++) {
        if (!r->networks[i].is_intended)
            continue;
        if (n < NAMES_SHOWN) {
            plain_text(names[n], sizeof(names[n]), r->networks[i].name, NAME_COLUMNS);
            shown[n] = names[n];
        }
        n++;
    }
    text_list(to, HEADLINE_BYTES, language, shown, n < NAMES_SHOWN ? n : NAMES_SHOWN,
              n < NAMES_SHOWN ? 0 : n - NAMES_SHOWN);
}

/* "75 % of the memory went over Storage1 (intended), 25 % over Management" */
static void tell_split(enum language language, char to[HEADLINE_BYTES], const struct result *r,
                       const struct load *load)
{
    char said[HEADLINE_BYTES], place[WORDS_BYTES], share[UNITS_TEXT_BYTES], more[UNITS_TEXT_BYTES];

    for (size_t i = 0; i < load->n_carriers && i < NAMES_SHOWN; i++) {
        const struct carrier *c = &load->carriers[i];

        place_text(language, place, r, c, c->is_intended ? TEXT_OVER_INTENDED : TEXT_OVER);
        percent_in(language, share, (double)c->bytes / (double)load->bytes);
        if (i == 0)
            went_text(language, to, load, c->bytes, place);
        else
            text_with(to, HEADLINE_BYTES, language, TEXT_WENT_TOO, said, share, place);
        snprintf(said, sizeof(said), "%s", to);
    }
    if (load->n_carriers > NAMES_SHOWN)
        text_with(to, HEADLINE_BYTES, language, TEXT_WENT_REST, said,
                  count_in(language, more, load->n_carriers - NAMES_SHOWN));
}

static void tell_wrong(enum language language, char to[HEADLINE_BYTES], const struct result *r,
                       const struct load *load)
{
    char list[HEADLINE_BYTES], went[HEADLINE_BYTES];

    carriers_text(language, list, r, load, false);
    went_text(language, went, load, load->bytes - load->intended_bytes, list);
    intended_text(language, list, r);
    if (*list)
        text_with(to, HEADLINE_BYTES, language, TEXT_WENT_NOT_OVER, went, list);
    else
        snprintf(to, HEADLINE_BYTES, "%s", went);
}

/* Tells how the memory divides. Returns false where that is not what the verdict rests on. */
static bool tell_load(enum language language, char to[HEADLINE_BYTES], const struct result *r)
{
    struct load load = { 0 };
    AUTO_MEMORY struct carrier *carriers = NULL;
    bool is_measured = load_measure(&load, r);
    char list[HEADLINE_BYTES];

    carriers = load.carriers;
    if (!is_measured)
        return false;
    if (r->verdict == VERDICT_SPLIT_NETWORKS) {
        tell_split(language, to, r, &load);
        return true;
    }
    if (r->verdict == VERDICT_RIGHT_NETWORK && load.intended_bytes > 0) {
        carriers_text(language, list, r, &load, true);
        went_text(language, to, &load, load.intended_bytes, list);
        return true;
    }
    if (r->verdict == VERDICT_WRONG_NETWORK && load.intended_bytes < load.bytes) {
        tell_wrong(language, to, r, &load);
        return true;
    }
    return false;
}

bool headline_says_reasons(const struct result *r)
{
    char unused[HEADLINE_BYTES];

    return tell_load(LANGUAGE_EN, unused, r);
}

char *headline_text(enum language language, char to[HEADLINE_BYTES], const struct result *r)
{
    char rest[HEADLINE_BYTES], reason[SENTENCE_BYTES];

    if (!tell_load(language, rest, r)) {
        sentence_in(language, r, SENTENCE_REASON, reason,
                    r->n_reasons > 0 ? r->reasons[0] : text_in(language, TEXT_NO_REASON));
        plain_text(rest, sizeof(rest), reason, PLAIN_UNCUT);
    }
    return text_with(to, HEADLINE_BYTES, language, TEXT_HEADLINE,
                     headline_verdict(language, r->verdict), rest);
}
