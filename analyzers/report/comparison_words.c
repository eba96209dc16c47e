/* What a comparison says in sentences: the summary, the symmetry of directions, the warnings. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/comparison_parts.h"
#include "src/base/plain.h"
#include "src/base/text.h"

enum { NAME_COLUMNS = 40 };

struct paragraph {
    char *to;
    size_t at;
};

static void __attribute__((format(printf, 2, 3))) say(struct paragraph *p, const char *format, ...)
{
    va_list args;
    int n;

    va_start(args, format);
    n = vsnprintf(p->to + p->at, PARAGRAPH_BYTES - p->at, format, args);
    va_end(args);
    p->at += n > 0 ? (size_t)n : 0;
    if (p->at >= PARAGRAPH_BYTES)
        p->at = PARAGRAPH_BYTES - 1;
}

static void say_name(struct paragraph *p, const char *name)
{
    char plain[NAME_COLUMNS * 4];

    plain_text(plain, sizeof(plain), name, NAME_COLUMNS);
    say(p, "%s", plain);
}

static bool verdicts_differ(const struct comparison_set *set)
{
    for (size_t i = 1; i < set->n_runs; i++) {
        if (set->runs[i].result->verdict != set->runs[0].result->verdict)
            return true;
    }
    return false;
}

static void say_lanes(struct paragraph *p, const struct comparison_set *set)
{
    char share[UNITS_TEXT_BYTES];
    size_t said = 0;

    if (verdicts_differ(set))
        say(p, "in one of runs that differ ");
    for (size_t i = 0; i < set->n_lanes; i++) {
        const struct comparison_lane *lane = &set->lanes[i];

        if (lane->bytes == 0 || percent_text(share, lane->share)[0] == '\0')
            continue;
        say(p, "%s%s ", said > 0 ? ", " : "", lane->share >= 1 ? "all of it" : share);
        say(p, "%s", lane->is_known ? "over " : "");
        say_name(p, lane->name);
        say(p, "%s", lane->is_intended ? ", as intended" : ", which is not meant for it");
        said++;
    }
}

static bool is_judged(const struct comparison_set *set)
{
    return set->verdict == VERDICT_RIGHT_NETWORK || set->verdict == VERDICT_WRONG_NETWORK ||
           set->verdict == VERDICT_SPLIT_NETWORKS;
}

static void say_set(struct paragraph *p, const struct comparison *c, size_t s)
{
    const struct comparison_set *set = &c->sets[s];

    if (c->n_sets == N_SETS)
        say(p, "%s: ", set->label);
    if (!is_judged(set)) {
        say(p, "%s. ", set->headline);
        return;
    }
    say(p, "%s of memory moved in %s at %s, ", c->rows[MEASURE_MEMORY].value[s],
        c->rows[MEASURE_TIME].value[s], c->rows[MEASURE_MEAN_RATE].value[s]);
    say_lanes(p, set);
    say(p, ". ");
    if (set->n_runs > 1)
        say(p, "(Medians of %zu runs.) ", set->n_runs);
}

static void say_outcome(struct paragraph *p, const struct comparison *c)
{
    bool was_wrong = is_judged(&c->sets[0]) && c->sets[0].verdict != VERDICT_RIGHT_NETWORK;
    bool is_right = c->sets[1].verdict == VERDICT_RIGHT_NETWORK;
    const struct comparison_row *rate = &c->rows[MEASURE_MEAN_RATE];

    if (was_wrong && is_right)
        say(p, "The problem is solved: migrations now use the network that was built for them");
    else if (is_right)
        say(p, "Migrations use the network that was built for them");
    else if (is_judged(&c->sets[1]))
        say(p, "The problem remains: memory still goes over a network that is not meant for it");
    else
        say(p, "Whether migrations now use the right network is not proven");
    if (rate->change == CHANGE_BETTER || rate->change == CHANGE_WORSE)
        say(p, ", and the memory moves %s.", rate->change_text);
    else
        say(p, ".");
}

void comparison_make_summary(struct comparison *c)
{
    struct paragraph p = { c->summary, 0 };

    for (size_t s = 0; s < c->n_sets; s++)
        say_set(&p, c, s);
    if (c->n_sets == N_SETS)
        say_outcome(&p, c);
    else if (c->sets[0].verdict == VERDICT_RIGHT_NETWORK)
        say(&p, "Live migration uses the network that was built for it.");
    else if (is_judged(&c->sets[0]))
        say(&p, "Live migration does not use the network that was built for it: migrations take "
                "longer than they need to, and they burden a network that other traffic needs.");
    while (p.at > 0 && c->summary[p.at - 1] == ' ')
        c->summary[--p.at] = '\0';
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

void comparison_make_symmetry(struct comparison *c)
{
    const struct comparison_set *set = &c->sets[c->n_sets - 1];
    struct paragraph p = { c->symmetry, 0 };

    for (size_t i = 0; i < set->n_directions; i++) {
        const struct comparison_direction *d = &set->directions[i], *back = reverse_of(set, d);

        if (!back) {
            say(&p, "Only the direction ");
            say_name(&p, d->from);
            say(&p, " to ");
            say_name(&p, d->to);
            say(&p, " was tested; the other one can differ, as each host chooses for itself. ");
        } else if (back > d) {
            say_name(&p, d->from);
            say(&p, " and ");
            say_name(&p, d->to);
            say(&p, goes_right(d) == goes_right(back)
                        ? ": both directions were tested and behave alike. "
                        : ": the two directions differ, one goes right and one wrong. ");
        }
    }
    while (p.at > 0 && c->symmetry[p.at - 1] == ' ')
        c->symmetry[--p.at] = '\0';
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

int comparison_make_warnings(struct comparison *c, struct error *err)
{
    char text[PHRASE_BYTES];
    int r = 0;

    for (size_t s = 0; s < c->n_sets && r == 0; s++) {
        if (!verdicts_differ(&c->sets[s]))
            continue;
        snprintf(text, sizeof(text),
                 "The runs of \"%s\" come to different verdicts; the worst one "
                 "is shown.",
                 c->sets[s].label);
        r = warn(c, err, text);
    }
    if (r < 0 || c->n_sets < N_SETS)
        return r;
    if (!share_intended(c->sets[0].shown->result, c->sets[1].shown->result))
        r = warn(c, err,
                 "Before and after name different intended networks: they may be of "
                 "different clusters.");
    if (r == 0 && c->rows[MEASURE_MEMORY].factor >= 0 &&
        (c->rows[MEASURE_MEMORY].factor > 2 || c->rows[MEASURE_MEMORY].factor < 0.5))
        r = warn(c, err,
                 "Before and after moved very different amounts of memory: compare rates, "
                 "not times.");
    return r;
}
