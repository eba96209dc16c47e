/* The directions of a set: those of its results, put together. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/comparison_parts.h"
#include "analyzers/report/numbers.h"

enum { MAX_DIRECTIONS = 64 };

/* The runs' medians of one direction. */
struct medians {
    double *seconds, *bits_per_second;
    size_t n;
};

static size_t find_or_add(struct comparison_set *set, const char *from, const char *to)
{
    size_t i = 0;

    while (i < set->n_directions &&
           (strcmp(set->directions[i].from, from) != 0 || strcmp(set->directions[i].to, to) != 0))
        i++;
    if (i == set->n_directions && i < MAX_DIRECTIONS)
        set->directions[set->n_directions++] =
            (struct comparison_direction){ .from = from, .to = to };
    return i;
}

static void widen(struct spread *s, const struct result_spread *by)
{
    s->least = s->n == 0 || by->least < s->least ? by->least : s->least;
    s->most = s->n == 0 || by->most > s->most ? by->most : s->most;
    s->n++;
}

static void add(struct comparison_direction *to, struct medians *m, const struct result *r,
                const struct result_direction *d)
{
    to->n_transfers += d->n_transfers;
    to->bytes += d->bytes;
    for (size_t i = 0; i < d->n_networks; i++) {
        if (d->networks[i].network >= 0 && r->networks[d->networks[i].network].is_intended)
            to->intended_bytes += d->networks[i].bytes;
    }
    widen(&to->seconds, &d->duration_s);
    widen(&to->bits_per_second, &d->bits_per_second);
    m->seconds[m->n] = d->duration_s.median;
    m->bits_per_second[m->n++] = d->bits_per_second.median;
}

static void tell(struct comparison_direction *d, struct medians *m, enum language language)
{
    char text[UNITS_TEXT_BYTES];

    d->seconds.median = comparison_spread(m->seconds, m->n).median;
    d->bits_per_second.median = comparison_spread(m->bits_per_second, m->n).median;
    snprintf(d->size, PHRASE_BYTES, "%s", bytes_in(language, text, d->bytes));
    snprintf(d->time, PHRASE_BYTES, "%s", seconds_in(language, text, d->seconds.median));
    snprintf(d->rate, PHRASE_BYTES, "%s", rate_in(language, text, d->bits_per_second.median));
    if (d->n_transfers > 1) {
        comparison_range(d->time_range, language, &d->seconds, seconds_in);
        comparison_range(d->rate_range, language, &d->bits_per_second, rate_in);
    }
    snprintf(d->share, PHRASE_BYTES, "%s",
             d->bytes > 0 ? percent_in(language, text, (double)d->intended_bytes / (double)d->bytes)
                          : text_in(language, TEXT_UNKNOWN));
}

static int medians_init(struct medians *m, size_t n, struct error *err)
{
    m->seconds = calloc(n, sizeof(*m->seconds));
    m->bits_per_second = calloc(n, sizeof(*m->bits_per_second));
    return m->seconds && m->bits_per_second ? 0 : error_memory(err);
}

/* One that differs in any run differs. */
static enum symmetry worse(enum symmetry a, enum symmetry b)
{
    return a == SYMMETRY_DIFFERENT || b == SYMMETRY_UNKNOWN ? a : b;
}

static int fill(struct comparison_set *set, struct medians *m, struct error *err)
{
    for (size_t i = 0; i < set->n_runs; i++) {
        const struct result *r = set->runs[i].result;

        set->symmetry = worse(set->symmetry, r->symmetry);
        for (size_t k = 0; k < r->n_directions; k++) {
            const struct result_direction *d = &r->directions[k];
            size_t at =
                find_or_add(set, r->hosts[d->source_host].name, r->hosts[d->destination_host].name);

            if (at == MAX_DIRECTIONS)
                continue;
            if (!m[at].seconds && medians_init(&m[at], set->n_runs, err) < 0)
                return ERR_MEMORY;
            if (m[at].n < set->n_runs)
                add(&set->directions[at], &m[at], r, d);
        }
    }
    return 0;
}

int comparison_make_directions(struct comparison_set *set, enum language language,
                               struct error *err)
{
    struct medians m[MAX_DIRECTIONS] = { 0 };
    int r;

    set->directions = calloc(MAX_DIRECTIONS, sizeof(*set->directions));
    if (!set->directions)
        return error_memory(err);
    r = fill(set, m, err);
    for (size_t i = 0; i < MAX_DIRECTIONS; i++) {
        if (r == 0 && i < set->n_directions)
            tell(&set->directions[i], &m[i], language);
        free(m[i].seconds);
        free(m[i].bits_per_second);
    }
    return r;
}
