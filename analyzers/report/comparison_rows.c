/* The numbers of a comparison: each run measured, the runs of a set spread, two sets compared. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyzers/report/comparison_parts.h"
#include "analyzers/report/numbers.h"

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

/* The busiest NIC's that is in a network, but in no intended one, by its counters; NAN: unknown. */
static double other_nic_rate(const struct result *r)
{
    double most = NAN;

    if (!comparison_has_intended(r))
        return most;
    for (size_t i = 0; i < r->n_counted; i++) {
        const struct result_counted *c = &r->counted[i];
        uint64_t rx = c->rise[COUNTER_RX_BYTES], tx = c->rise[COUNTER_TX_BYTES];
        double seconds = (double)(c->end_ns - c->start_ns) / ns_per_s;

        if (c->network < 0 || r->networks[c->network].is_intended || rx == RESULT_UNKNOWN ||
            tx == RESULT_UNKNOWN || !(seconds > 0))
            continue;
        most = fmax(most, ((double)rx + (double)tx) * 8 / seconds); /* fmax() takes no NAN */
    }
    return most;
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
    to[MEASURE_OTHER_NIC] = other_nic_rate(r);
}

static int compare_reals(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

struct spread comparison_spread(double *values, size_t n)
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

static char *bytes_words(enum language language, char *to, double bytes)
{
    return bytes_in(language, to, (uint64_t)llround(bytes));
}

static char *count_words(enum language language, char *to, double count)
{
    return count_in(language, to, (uint64_t)llround(count));
}

/* How each measure is named and told, and which way is better: -1 less, 1 more, 0 neither. */
struct measure_kind {
    const char *key;
    enum text label, less, more;
    char *(*text)(enum language language, char *to, double value);
    int better;
};

static const struct measure_kind kinds[N_MEASURES] = {
    [MEASURE_TIME] = { "seconds", TEXT_TIME, TEXT_AS_FAST, TEXT_AS_LONG, seconds_in, -1 },
    [MEASURE_MEMORY] = { "bytes", TEXT_MEMORY_MOVED, TEXT_LESS, TEXT_AS_MUCH, bytes_words, 0 },
    [MEASURE_MEAN_RATE] = { "mean_bits_per_second", TEXT_MEAN_RATE, TEXT_SLOWER, TEXT_AS_FAST,
                            rate_in, 1 },
    [MEASURE_PEAK_RATE] = { "peak_bits_per_second", TEXT_PEAK_RATE, TEXT_SLOWER, TEXT_AS_FAST,
                            rate_in, 1 },
    [MEASURE_INTENDED_SHARE] = { "intended_share", TEXT_OVER_THE_INTENDED, TEXT_LESS, TEXT_AS_MUCH,
                                 percent_in, 1 },
    [MEASURE_ELSEWHERE] = { "elsewhere_bytes", TEXT_OVER_OTHERS, TEXT_LESS, TEXT_AS_MUCH,
                            bytes_words, -1 },
    [MEASURE_RETRANSMITTED] = { "retransmitted_bytes", TEXT_SENT_AGAIN, TEXT_LESS, TEXT_AS_MUCH,
                                bytes_words, -1 },
    [MEASURE_MISSING] = { "missing_bytes", TEXT_NOT_CAPTURED, TEXT_LESS, TEXT_AS_MUCH, bytes_words,
                          0 },
    [MEASURE_DROPPED] = { "dropped_packets", TEXT_PACKETS_LOST, TEXT_LESS, TEXT_AS_MANY,
                          count_words, 0 },
    [MEASURE_OTHER_NIC] = { "other_nic_bits_per_second", TEXT_OTHER_NIC, TEXT_LESS, TEXT_AS_MUCH,
                            rate_in, -1 },
};

static void tell_change(struct comparison_row *row, const struct measure_kind *k,
                        enum language language)
{
    double first = row->spread[0].median, second = row->spread[1].median;
    char number[UNITS_TEXT_BYTES] = "";
    enum text text;
    int way = second > first ? 1 : -1;

    row->factor = -1;
    if (row->spread[0].n > 0 && row->spread[1].n > 0 && first > 0)
        row->factor = second / first;
    if (row->spread[0].n == 0 || row->spread[1].n == 0)
        text = TEXT_CANT_TELL;
    else if (first == second)
        text = TEXT_SAME;
    else if (first > 0 && fabs(second / first - 1) < alike)
        text = TEXT_ABOUT_SAME;
    else
        text = first == 0    ? TEXT_FROM_NOTHING
               : second == 0 ? TEXT_TO_NOTHING
               : way > 0     ? k->more
                             : k->less;
    if (text != TEXT_CANT_TELL && text != TEXT_SAME && text != TEXT_ABOUT_SAME)
        row->change = k->better == 0     ? CHANGE_OTHER
                      : k->better == way ? CHANGE_BETTER
                                         : CHANGE_WORSE;
    if (text == TEXT_FROM_NOTHING)
        k->text(language, number, second);
    else if (row->factor > 0)
        factor_in(language, number, way > 0 ? second / first : first / second);
    text_with(row->change_text, PHRASE_BYTES, language, text, number);
}

void comparison_range(char to[PHRASE_BYTES], enum language language, const struct spread *s,
                      char *(*text)(enum language language, char *to, double value))
{
    char least[UNITS_TEXT_BYTES], most[UNITS_TEXT_BYTES];

    to[0] = '\0';
    if (s->n > 0 && s->least < s->most)
        text_with(to, PHRASE_BYTES, language, TEXT_RANGE, text(language, least, s->least),
                  text(language, most, s->most));
}

static void tell_spread(struct comparison_row *row, const struct measure_kind *k,
                        enum language language, size_t set)
{
    const struct spread *s = &row->spread[set];
    char median[UNITS_TEXT_BYTES];

    if (s->n == 0) {
        snprintf(row->value[set], PHRASE_BYTES, "%s", text_in(language, TEXT_UNKNOWN));
        return;
    }
    snprintf(row->value[set], PHRASE_BYTES, "%s", k->text(language, median, s->median));
    comparison_range(row->range[set], language, s, k->text);
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

        *row = (struct comparison_row){ .key = kinds[m].key,
                                        .label = text_in(c->language, kinds[m].label) };
        for (size_t s = 0; s < c->n_sets; s++) {
            row->spread[s] = comparison_spread(sets[s][m], n[s][m]);
            tell_spread(row, &kinds[m], c->language, s);
        }
        if (c->n_sets == N_SETS)
            tell_change(row, &kinds[m], c->language);
    }
    if (c->rows[MEASURE_OTHER_NIC].spread[0].n + c->rows[MEASURE_OTHER_NIC].spread[1].n == 0)
        c->n_rows = MEASURE_OTHER_NIC;
    /* a network that is used to the full sends a little again: neither good nor bad */
    if (c->rows[MEASURE_RETRANSMITTED].change != CHANGE_NONE &&
        c->rows[MEASURE_RETRANSMITTED].spread[1].median <
            little * c->rows[MEASURE_MEMORY].spread[1].median)
        c->rows[MEASURE_RETRANSMITTED].change = CHANGE_OTHER;
}
