/* The numbers of a comparison: each run measured, the runs of a set spread, two sets compared. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyzers/report/comparison_parts.h"

static const double ns_per_s = 1e9;
static const double alike = 0.03;  /* a change below this is none */
static const double little = 0.01; /* of the memory */

bool comparison_counts(const struct result_transfer *t)
{
    return t->certainty > CERTAINTY_POSSIBLE;
}

uint64_t comparison_intended_bytes(const struct result *r, const struct result_transfer *t)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < t->n_networks; i++) {
        int network = t->networks[i].network;

        if (network >= 0 && r->networks[network].is_intended)
            bytes += t->networks[i].bytes;
    }
    return bytes;
}

bool comparison_has_intended(const struct result *r)
{
    for (size_t i = 0; i < r->n_networks; i++) {
        if (r->networks[i].is_intended)
            return true;
    }
    return false;
}

/* All measures of one run; NAN: unknown. */
void comparison_measure(double to[N_MEASURES], const struct result *r)
{
    size_t n = 0;
    double intended = 0, network_bytes = 0;

    for (size_t i = 0; i < N_MEASURES; i++)
        to[i] = 0;
    for (size_t i = 0; i < r->n_transfers; i++) {
        const struct result_transfer *t = &r->transfers[i];

        if (!comparison_counts(t))
            continue;
        n++;
        to[MEASURE_TIME] += (double)(t->end_ns - t->start_ns) / ns_per_s;
        to[MEASURE_MEMORY] += (double)t->bytes;
        to[MEASURE_RETRANSMITTED] += (double)t->retransmitted_bytes;
        to[MEASURE_MISSING] += (double)t->missing_bytes;
        to[MEASURE_PEAK_RATE] = fmax(to[MEASURE_PEAK_RATE], t->peak_bits_per_second);
        intended += (double)comparison_intended_bytes(r, t);
        for (size_t k = 0; k < t->n_networks; k++)
            network_bytes += (double)t->networks[k].bytes;
    }
    for (size_t i = 0; n == 0 && i < MEASURE_DROPPED; i++)
        to[i] = NAN;
    to[MEASURE_MEAN_RATE] = to[MEASURE_TIME] > 0 ? to[MEASURE_MEMORY] * 8 / to[MEASURE_TIME] : NAN;
    if (!comparison_has_intended(r) || network_bytes <= 0) {
        to[MEASURE_INTENDED_SHARE] = to[MEASURE_ELSEWHERE] = NAN;
    } else {
        to[MEASURE_INTENDED_SHARE] = intended / network_bytes;
        to[MEASURE_ELSEWHERE] = network_bytes - intended;
    }
    for (size_t i = 0; i < r->n_nics; i++)
        to[MEASURE_DROPPED] +=
            r->nics[i].dropped == RESULT_UNKNOWN ? NAN : (double)r->nics[i].dropped;
}

static int compare_reals(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

static struct spread spread_of(double *values, size_t n)
{
    struct spread s = { .n = n };

    if (n == 0)
        return s;
    qsort(values, n, sizeof(*values), compare_reals);
    s.least = values[0];
    s.most = values[n - 1];
    s.median = n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
    return s;
}

char *comparison_seconds(char *to, double s)
{
    return duration_text(to, llround(s * ns_per_s));
}

static char *bytes_words(char *to, double bytes)
{
    return bytes_text(to, (uint64_t)llround(bytes));
}

static char *count_words(char *to, double count)
{
    return count_text(to, (uint64_t)llround(count));
}

/* How each measure is named and told, and which way is better: -1 less, 1 more, 0 neither. */
struct measure_kind {
    const char *key, *label, *less, *more;
    char *(*text)(char *to, double value);
    int better;
};

static const struct measure_kind kinds[N_MEASURES] = {
    [MEASURE_TIME] = { "seconds", "Time", "times as fast", "times as long", comparison_seconds,
                       -1 },
    [MEASURE_MEMORY] = { "bytes", "Memory moved", "times less", "times as much", bytes_words, 0 },
    [MEASURE_MEAN_RATE] = { "mean_bits_per_second", "Mean rate", "times slower", "times as fast",
                            rate_text, 1 },
    [MEASURE_PEAK_RATE] = { "peak_bits_per_second", "Peak rate", "times slower", "times as fast",
                            rate_text, 1 },
    [MEASURE_INTENDED_SHARE] = { "intended_share", "Over the intended network", "times less",
                                 "times as much", percent_text, 1 },
    [MEASURE_ELSEWHERE] = { "elsewhere_bytes", "Over other networks", "times less", "times as much",
                            bytes_words, -1 },
    [MEASURE_RETRANSMITTED] = { "retransmitted_bytes", "Sent again (retransmitted)", "times less",
                                "times as much", bytes_words, -1 },
    [MEASURE_MISSING] = { "missing_bytes", "Not captured", "times less", "times as much",
                          bytes_words, 0 },
    [MEASURE_DROPPED] = { "dropped_packets", "Packets the capture lost", "times less",
                          "times as many", count_words, 0 },
};

static void tell_change(struct comparison_row *row, const struct measure_kind *k)
{
    double first = row->spread[0].median, second = row->spread[1].median;
    char size[UNITS_TEXT_BYTES];
    int way;

    row->factor = -1;
    if (row->spread[0].n == 0 || row->spread[1].n == 0) {
        snprintf(row->change_text, PHRASE_BYTES, "can't be told");
        return;
    }
    if (first > 0)
        row->factor = second / first;
    if (first == second || (first > 0 && fabs(second / first - 1) < alike)) {
        snprintf(row->change_text, PHRASE_BYTES, first == second ? "the same" : "about the same");
        return;
    }
    way = second > first ? 1 : -1;
    row->change = k->better == 0 ? CHANGE_OTHER : k->better == way ? CHANGE_BETTER : CHANGE_WORSE;
    if (first == 0)
        snprintf(row->change_text, PHRASE_BYTES, "from nothing to %s", k->text(size, second));
    else if (second == 0)
        snprintf(row->change_text, PHRASE_BYTES, "down to nothing");
    else if (way > 0)
        snprintf(row->change_text, PHRASE_BYTES, "%.3g %s", second / first, k->more);
    else
        snprintf(row->change_text, PHRASE_BYTES, "%.3g %s", first / second, k->less);
}

static void tell_spread(struct comparison_row *row, const struct measure_kind *k, size_t set)
{
    const struct spread *s = &row->spread[set];
    char least[UNITS_TEXT_BYTES], most[UNITS_TEXT_BYTES];

    if (s->n == 0) {
        snprintf(row->value[set], PHRASE_BYTES, "unknown");
        return;
    }
    snprintf(row->value[set], PHRASE_BYTES, "%s", k->text(least, s->median));
    if (s->n > 1)
        snprintf(row->range[set], PHRASE_BYTES, "%s to %s", k->text(least, s->least),
                 k->text(most, s->most));
}

void comparison_make_rows(struct comparison *c)
{
    double values[N_MEASURES], sets[N_SETS][N_MEASURES][COMPARISON_MAX_RUNS];
    size_t n[N_SETS][N_MEASURES] = { 0 };

    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs; i++) {
            comparison_measure(values, c->sets[s].runs[i].result);
            for (size_t m = 0; m < N_MEASURES; m++) {
                if (!isnan(values[m]))
                    sets[s][m][n[s][m]++] = values[m];
            }
        }
    }
    for (size_t m = 0; m < N_MEASURES; m++) {
        struct comparison_row *row = &c->rows[c->n_rows++];

        *row = (struct comparison_row){ .key = kinds[m].key, .label = kinds[m].label };
        for (size_t s = 0; s < c->n_sets; s++) {
            row->spread[s] = spread_of(sets[s][m], n[s][m]);
            tell_spread(row, &kinds[m], s);
        }
        if (c->n_sets == N_SETS)
            tell_change(row, &kinds[m]);
    }
    /* a network that is used to the full sends a little again: neither good nor bad */
    if (c->rows[MEASURE_RETRANSMITTED].change != CHANGE_NONE &&
        c->rows[MEASURE_RETRANSMITTED].spread[1].median <
            little * c->rows[MEASURE_MEMORY].spread[1].median)
        c->rows[MEASURE_RETRANSMITTED].change = CHANGE_OTHER;
}
