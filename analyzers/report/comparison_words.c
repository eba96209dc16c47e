/* What a comparison says in sentences: the summary, the symmetry of directions, the warnings. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/comparison_parts.h"
#include "analyzers/report/numbers.h"
#include "src/base/plain.h"
#include "src/base/text.h"

enum { NAME_COLUMNS = 40 };

static const double units_tolerance = 0.02; /* of the bytes */

struct paragraph {
    char *to;
    size_t at;
};

/* A sentence more. */
static void say(struct paragraph *p, const char *sentence)
{
    snprintf(p->to + p->at, PARAGRAPH_BYTES - p->at, "%s%s", p->at > 0 ? " " : "", sentence);
    p->at += strlen(p->to + p->at);
}

static bool verdicts_differ(const struct comparison_set *set)
{
    for (size_t i = 1; i < set->n_runs; i++) {
        if (set->runs[i].result->verdict != set->runs[0].result->verdict)
            return true;
    }
    return false;
}

/* "75 % over Storage1, as intended, 25 % over Management, which is not meant for it" */
static void lanes_text(char to[PARAGRAPH_BYTES], const struct comparison *c,
                       const struct comparison_set *set)
{
    enum language in = c->language;
    char name[NAME_COLUMNS * 4], place[PHRASE_BYTES * 2], share[UNITS_TEXT_BYTES];
    size_t at = 0;

    to[0] = '\0';
    for (size_t i = 0; i < set->n_lanes; i++) {
        const struct comparison_lane *lane = &set->lanes[i];
        char said[PHRASE_BYTES * 4];

        if (lane->bytes == 0)
            continue;
        plain_text(name, sizeof(name), lane->name, NAME_COLUMNS);
        text_with(place, sizeof(place), in, lane->is_known ? TEXT_OVER : TEXT_AS_IT_IS, name);
        text_with(said, sizeof(said), in, lane->is_intended ? TEXT_LANE_INTENDED : TEXT_LANE_OTHER,
                  lane->share >= 1 ? text_in(in, TEXT_LANE_ALL)
                                   : percent_in(in, share, lane->share),
                  place);
        snprintf(to + at, PARAGRAPH_BYTES - at, "%s%s", at > 0 ? ", " : "", said);
        at += strlen(to + at);
    }
}

static bool is_judged(const struct comparison_set *set)
{
    return set->verdict == VERDICT_RIGHT_NETWORK || set->verdict == VERDICT_WRONG_NETWORK ||
           set->verdict == VERDICT_SPLIT_NETWORKS;
}

/* What one set did, in a sentence. */
static void set_text(char to[PARAGRAPH_BYTES], const struct comparison *c, size_t s)
{
    const struct comparison_set *set = &c->sets[s];
    char lanes[PARAGRAPH_BYTES];

    if (!is_judged(set)) {
        text_with(to, PARAGRAPH_BYTES, c->language, TEXT_FULL_STOP, set->headline);
        return;
    }
    lanes_text(lanes, c, set);
    text_with(to, PARAGRAPH_BYTES, c->language,
              verdicts_differ(set) ? TEXT_MOVED_DIFFERING : TEXT_MOVED,
              c->rows[MEASURE_MEMORY].value[s], c->rows[MEASURE_TIME].value[s],
              c->rows[MEASURE_MEAN_RATE].value[s], lanes);
}

static void say_set(struct paragraph *p, const struct comparison *c, size_t s)
{
    const struct comparison_set *set = &c->sets[s];
    char sentence[PARAGRAPH_BYTES], labelled[PARAGRAPH_BYTES], count[UNITS_TEXT_BYTES];

    set_text(sentence, c, s);
    if (c->n_sets == N_SETS)
        say(p, text_with(labelled, sizeof(labelled), c->language, TEXT_SET_SAYS, set->label,
                         sentence));
    else
        say(p, sentence);
    if (set->n_runs > 1 && is_judged(set))
        say(p, text_with(sentence, sizeof(sentence), c->language, TEXT_MEDIANS,
                         count_in(c->language, count, set->n_runs)));
}

/* What the change brought: alone, and with the change of the rate. */
struct outcome {
    enum text alone, with_rate;
};

static void say_outcome(struct paragraph *p, const struct comparison *c)
{
    static const struct outcome solved = { TEXT_SOLVED, TEXT_SOLVED_RATE },
                                still = { TEXT_STILL_RIGHT, TEXT_STILL_RIGHT_RATE },
                                remains = { TEXT_REMAINS, TEXT_REMAINS_RATE },
                                not_proven = { TEXT_NOT_PROVEN, TEXT_NOT_PROVEN_RATE };
    bool was_wrong = is_judged(&c->sets[0]) && c->sets[0].verdict != VERDICT_RIGHT_NETWORK;
    bool is_right = c->sets[1].verdict == VERDICT_RIGHT_NETWORK;
    const struct comparison_row *rate = &c->rows[MEASURE_MEAN_RATE];
    bool tells_rate = rate->change == CHANGE_BETTER || rate->change == CHANGE_WORSE;
    const struct outcome *o = was_wrong && is_right    ? &solved
                              : is_right               ? &still
                              : is_judged(&c->sets[1]) ? &remains
                                                       : &not_proven;
    char sentence[PARAGRAPH_BYTES];

    say(p, text_with(sentence, sizeof(sentence), c->language, tells_rate ? o->with_rate : o->alone,
                     rate->change_text));
}

void comparison_make_summary(struct comparison *c)
{
    struct paragraph p = { c->summary, 0 };

    for (size_t s = 0; s < c->n_sets; s++)
        say_set(&p, c, s);
    if (c->n_sets == N_SETS)
        say_outcome(&p, c);
    else if (c->sets[0].verdict == VERDICT_RIGHT_NETWORK)
        say(&p, text_in(c->language, TEXT_USES_RIGHT));
    else if (is_judged(&c->sets[0]))
        say(&p, text_in(c->language, TEXT_USES_WRONG));
}

static const struct comparison_direction *reverse_of(const struct comparison_set *set,
                                                     const struct comparison_direction *d)
{
    for (size_t i = 0; i < set->n_directions; i++) {
        if (strcmp(set->directions[i].from, d->to) == 0 &&
            strcmp(set->directions[i].to, d->from) == 0)
            return &set->directions[i];
    }
    return NULL;
}

static bool goes_right(const struct comparison_direction *d)
{
    return d->intended_bytes * 2 > d->bytes;
}

/* Results tell of all their pairs of hosts at once, so it is a pair's own where there is one. */
static bool differs(const struct comparison_set *set)
{
    return set->symmetry == SYMMETRY_DIFFERENT && set->n_directions == 2;
}

void comparison_make_symmetry(struct comparison *c)
{
    const struct comparison_set *set = &c->sets[c->n_sets - 1];
    struct paragraph p = { c->symmetry, 0 };
    char from[NAME_COLUMNS * 4], to[NAME_COLUMNS * 4], sentence[PARAGRAPH_BYTES];

    for (size_t i = 0; i < set->n_directions; i++) {
        const struct comparison_direction *d = &set->directions[i], *back = reverse_of(set, d);
        enum text text = !back                               ? TEXT_ONE_WAY
                         : goes_right(d) != goes_right(back) ? TEXT_WAYS_DIFFER
                         : differs(set)                      ? TEXT_WAYS_OTHER
                                                             : TEXT_WAYS_ALIKE;

        if (back && back < d)
            continue;
        plain_text(from, sizeof(from), d->from, NAME_COLUMNS);
        plain_text(to, sizeof(to), d->to, NAME_COLUMNS);
        say(&p, text_with(sentence, sizeof(sentence), c->language, text, from, to));
    }
}

static int warn(struct comparison *c, struct error *err, const char *text)
{
    char **grown = realloc(c->warnings, (c->n_warnings + 1) * sizeof(*grown));

    if (!grown)
        return error_memory(err);
    c->warnings = grown;
    grown[c->n_warnings] = text_copy(text);
    if (!grown[c->n_warnings])
        return error_memory(err);
    c->n_warnings++;
    return 0;
}

static bool share_intended(const struct result *a, const struct result *b)
{
    for (size_t i = 0; i < a->n_networks; i++) {
        for (size_t k = 0; a->networks[i].is_intended && k < b->n_networks; k++) {
            if (b->networks[k].is_intended && strcmp(a->networks[i].name, b->networks[k].name) == 0)
                return true;
        }
    }
    return !comparison_has_intended(a) && !comparison_has_intended(b);
}

/* Hosts that only their addresses tell apart may be the same by another network. */
static bool knows_host(const struct result *r, int host)
{
    return host >= 0 && !r->hosts[host].is_inferred;
}

static bool has_host(const struct result *r, const char *name)
{
    for (size_t i = 0; i < r->n_transfers; i++) {
        const int ends[] = { r->transfers[i].source_host, r->transfers[i].destination_host };

        for (size_t k = 0; k < 2; k++) {
            if (knows_host(r, ends[k]) && (!name || strcmp(r->hosts[ends[k]].name, name) == 0))
                return true;
        }
    }
    return false;
}

static bool share_host(const struct result *a, const struct result *b)
{
    for (size_t i = 0; i < a->n_hosts; i++) {
        if (has_host(a, a->hosts[i].name) && has_host(b, a->hosts[i].name))
            return true;
    }
    return !has_host(a, NULL) || !has_host(b, NULL);
}

static bool share_subnet(const struct result_network *a, const struct result_network *b)
{
    for (size_t i = 0; i < a->n_prefixes; i++) {
        for (size_t k = 0; k < b->n_prefixes; k++) {
            if (prefix_equal(&a->prefixes[i], &b->prefixes[k]))
                return true;
        }
    }
    return a->n_prefixes == 0 || b->n_prefixes == 0;
}

/* The first network that both know by one name and by no common subnet; NULL: none. */
static const char *other_subnets(const struct result *a, const struct result *b)
{
    for (size_t i = 0; i < a->n_networks; i++) {
        for (size_t k = 0; k < b->n_networks; k++) {
            if (strcmp(a->networks[i].name, b->networks[k].name) == 0 &&
                !share_subnet(&a->networks[i], &b->networks[k]))
                return a->networks[i].name;
        }
    }
    return NULL;
}

/* TEXT_NONE: there is no transfer. */
static enum text transport_of(const struct result *r)
{
    static const enum text names[] = { [TRANSPORT_TCP] = TEXT_TRANSPORT_TCP,
                                       [TRANSPORT_SMB] = TEXT_TRANSPORT_SMB,
                                       [TRANSPORT_RDMA] = TEXT_TRANSPORT_RDMA };
    const struct result_transfer *largest = NULL;

    for (size_t i = 0; i < r->n_transfers; i++) {
        if (comparison_counts(&r->transfers[i]) &&
            (!largest || r->transfers[i].bytes > largest->bytes))
            largest = &r->transfers[i];
    }
    return largest ? names[largest->transport] : TEXT_NONE;
}

/* Does a rate fit the bytes and the time it is made of? */
static bool fits(const struct result_transfer *t)
{
    double seconds = (double)(t->end_ns - t->start_ns) / 1e9;
    double bytes = t->mean_bits_per_second / 8 * seconds;

    return !(seconds > 0) || !(t->mean_bits_per_second > 0) ||
           fabs(bytes - (double)t->bytes) <= units_tolerance * (double)t->bytes + seconds;
}

static int warn_of_units(struct comparison *c, struct error *err)
{
    char text[PHRASE_BYTES * 2];

    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs; i++) {
            const struct result *result = c->sets[s].runs[i].result;
            size_t k = 0;

            while (k < result->n_transfers && fits(&result->transfers[k]))
                k++;
            if (k < result->n_transfers)
                return warn(
                    c, err,
                    text_with(text, sizeof(text), c->language, TEXT_UNITS_WRONG, c->sets[s].label));
        }
    }
    return 0;
}

/* Why before and after may not be of the same cluster, VM or test. */
static int warn_of_origin(struct comparison *c, struct error *err)
{
    const struct result *a = c->sets[0].shown->result, *b = c->sets[1].shown->result;
    const struct result_options *x = &a->options, *y = &b->options;
    enum text tx = transport_of(a), ty = transport_of(b);
    const char *network = other_subnets(a, b);
    char text[PARAGRAPH_BYTES], name[NAME_COLUMNS * 4], sizes[2][UNITS_TEXT_BYTES];
    int r = 0;

    if (!share_intended(a, b))
        r = warn(c, err, text_in(c->language, TEXT_INTENDED_DIFFER));
    if (r == 0 && !share_host(a, b))
        r = warn(c, err, text_in(c->language, TEXT_HOSTS_DIFFER));
    if (r == 0 && network) {
        plain_text(name, sizeof(name), network, NAME_COLUMNS);
        r = warn(c, err, text_with(text, sizeof(text), c->language, TEXT_SUBNETS_DIFFER, name));
    }
    if (r == 0 && x->vm_memory_bytes != RESULT_UNKNOWN && y->vm_memory_bytes != RESULT_UNKNOWN &&
        x->vm_memory_bytes != y->vm_memory_bytes)
        r = warn(c, err,
                 text_with(text, sizeof(text), c->language, TEXT_VM_DIFFERS,
                           bytes_in(c->language, sizes[0], x->vm_memory_bytes),
                           bytes_in(c->language, sizes[1], y->vm_memory_bytes)));
    if (r == 0 && tx != ty && tx != TEXT_NONE && ty != TEXT_NONE)
        r = warn(c, err,
                 text_with(text, sizeof(text), c->language, TEXT_TRANSPORT_DIFFERS,
                           text_in(c->language, tx), text_in(c->language, ty)));
    if (r == 0 && (x->lm_port != y->lm_port || x->smb_port != y->smb_port ||
                   fabs(x->min_share - y->min_share) > 1e-9))
        r = warn(c, err, text_in(c->language, TEXT_OPTIONS_DIFFER));
    return r;
}

int comparison_make_warnings(struct comparison *c, struct error *err)
{
    char text[PHRASE_BYTES * 2];
    int r = warn_of_units(c, err);

    for (size_t s = 0; s < c->n_sets && r == 0; s++) {
        if (!verdicts_differ(&c->sets[s]))
            continue;
        r = warn(
            c, err,
            text_with(text, sizeof(text), c->language, TEXT_VERDICTS_DIFFER, c->sets[s].label));
    }
    if (r < 0 || c->n_sets < N_SETS)
        return r;
    r = warn_of_origin(c, err);
    if (r == 0 && c->rows[MEASURE_MEMORY].factor >= 0 &&
        (c->rows[MEASURE_MEMORY].factor > 2 || c->rows[MEASURE_MEMORY].factor < 0.5))
        r = warn(c, err, text_in(c->language, TEXT_MEMORY_DIFFERS));
    return r;
}

char *comparison_where(char to[PARAGRAPH_BYTES], const struct comparison *c, size_t set)
{
    const struct result *r = c->sets[set].shown->result;
    char counts[4][UNITS_TEXT_BYTES];

    return text_with(to, PARAGRAPH_BYTES, c->language, TEXT_METHOD_WHERE, c->sets[set].label,
                     count_in(c->language, counts[0], r->n_nics),
                     count_in(c->language, counts[1], r->n_inputs),
                     count_in(c->language, counts[2], r->n_counted),
                     count_in(c->language, counts[3], r->n_sessions));
}
