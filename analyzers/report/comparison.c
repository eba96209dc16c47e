#include "analyzers/report/comparison.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/headline.h"
#include "analyzers/report/words.h"
#include "src/base/auto.h"
#include "src/base/plain.h"
#include "src/base/text.h"

enum { NAME_COLUMNS = 40, OTHER_PLACES = 2 };

static const double ns_per_s = 1e9;
static const double alike = 0.03;  /* a change below this is none */
static const double little = 0.01; /* of the memory */

/* ---- numbers ---- */

static bool counts(const struct result_transfer *t)
{
    return t->certainty > CERTAINTY_POSSIBLE;
}

static uint64_t intended_bytes(const struct result *r, const struct result_transfer *t)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < t->n_networks; i++) {
        int network = t->networks[i].network;

        if (network >= 0 && r->networks[network].is_intended)
            bytes += t->networks[i].bytes;
    }
    return bytes;
}

static bool has_intended(const struct result *r)
{
    for (size_t i = 0; i < r->n_networks; i++) {
        if (r->networks[i].is_intended)
            return true;
    }
    return false;
}

/* All measures of one run; NAN: unknown. */
static void measure(double to[N_MEASURES], const struct result *r)
{
    size_t n = 0;
    double intended = 0, network_bytes = 0;

    for (size_t i = 0; i < N_MEASURES; i++)
        to[i] = 0;
    for (size_t i = 0; i < r->n_transfers; i++) {
        const struct result_transfer *t = &r->transfers[i];

        if (!counts(t))
            continue;
        n++;
        to[MEASURE_TIME] += (double)(t->end_ns - t->start_ns) / ns_per_s;
        to[MEASURE_MEMORY] += (double)t->bytes;
        to[MEASURE_RETRANSMITTED] += (double)t->retransmitted_bytes;
        to[MEASURE_MISSING] += (double)t->missing_bytes;
        to[MEASURE_PEAK_RATE] = fmax(to[MEASURE_PEAK_RATE], t->peak_bits_per_second);
        intended += (double)intended_bytes(r, t);
        for (size_t k = 0; k < t->n_networks; k++)
            network_bytes += (double)t->networks[k].bytes;
    }
    for (size_t i = 0; n == 0 && i < MEASURE_DROPPED; i++)
        to[i] = NAN;
    to[MEASURE_MEAN_RATE] = to[MEASURE_TIME] > 0 ? to[MEASURE_MEMORY] * 8 / to[MEASURE_TIME] : NAN;
    if (!has_intended(r) || network_bytes <= 0) {
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

static char *seconds_words(char *to, double s)
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
    [MEASURE_TIME] = { "seconds", "Time", "times as fast", "times as long", seconds_words, -1 },
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

static void make_rows(struct comparison *c)
{
    double values[N_MEASURES], sets[N_SETS][N_MEASURES][COMPARISON_MAX_RUNS];
    size_t n[N_SETS][N_MEASURES] = { 0 };

    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs; i++) {
            measure(values, c->sets[s].runs[i].result);
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

/* ---- the run that is shown ---- */

/* The run whose time is nearest to the median; the first such. */
static const struct comparison_run *run_shown(const struct comparison_set *set,
                                              const struct spread *time)
{
    const struct comparison_run *best = &set->runs[0];
    double values[N_MEASURES], nearest = INFINITY;

    for (size_t i = 0; time->n > 0 && i < set->n_runs; i++) {
        measure(values, set->runs[i].result);
        if (!isnan(values[MEASURE_TIME]) && fabs(values[MEASURE_TIME] - time->median) < nearest) {
            nearest = fabs(values[MEASURE_TIME] - time->median);
            best = &set->runs[i];
        }
    }
    return best;
}

static enum verdict worse_verdict(enum verdict a, enum verdict b)
{
    static const int rank[] = { [VERDICT_RIGHT_NETWORK] = 0,
                                [VERDICT_NO_MIGRATION] = 1,
                                [VERDICT_INCONCLUSIVE] = 2,
                                [VERDICT_SPLIT_NETWORKS] = 3,
                                [VERDICT_WRONG_NETWORK] = 4 };

    return rank[b] > rank[a] ? b : a;
}

static const char *host_name(const struct result *r, int host)
{
    return host >= 0 ? r->hosts[host].name : "unknown host";
}

static size_t lane_index(const struct result *r, int network)
{
    return network >= 0 ? (size_t)network : r->n_networks + (network == NETWORK_CROSS);
}

static void lane_add(struct comparison_lane *lane, const struct result *r,
                     const struct result_transfer *t, const struct result_transfer_network *n)
{
    uint64_t most = 0;

    lane->bytes += n->bytes;
    for (size_t i = 0; i < t->n_connections; i++) {
        const struct result_connection *c = &r->connections[t->connections[i]];
        const struct observation *o = result_totals(r, c);
        uint64_t bytes = words_moved(o, c->client).stream_bytes;

        if (result_connection_network(c) != n->network || n->network < 0 || bytes <= most)
            continue;
        most = bytes;
        addr_text(lane->source, &o->addr[c->client]);
        addr_text(lane->destination, &o->addr[!c->client]);
    }
}

static int make_lanes(struct comparison_set *set, struct error *err)
{
    const struct result *r = set->shown->result;
    size_t n = r->n_networks + OTHER_PLACES, kept = 0;
    uint64_t total = 0, largest = 0;

    set->lanes = calloc(n, sizeof(*set->lanes));
    if (!set->lanes)
        return error_memory(err);
    for (size_t i = 0; i < n; i++) {
        struct comparison_lane *lane = &set->lanes[i];

        lane->is_known = i < r->n_networks;
        lane->name = lane->is_known
                         ? r->networks[i].name
                         : words_network(r, i > r->n_networks ? NETWORK_CROSS : NETWORK_OUTSIDE);
        lane->is_intended = lane->is_known && r->networks[i].is_intended;
    }
    for (size_t i = 0; i < r->n_transfers; i++) {
        const struct result_transfer *t = &r->transfers[i];

        if (!counts(t))
            continue;
        if (!set->from || t->bytes > largest) {
            set->from = host_name(r, t->source_host);
            set->to = host_name(r, t->destination_host);
            largest = t->bytes;
        }
        for (size_t k = 0; k < t->n_networks; k++) {
            lane_add(&set->lanes[lane_index(r, t->networks[k].network)], r, t, &t->networks[k]);
            total += t->networks[k].bytes;
        }
    }
    for (size_t i = 0; i < n; i++) {
        if (total > 0)
            set->lanes[i].share = (double)set->lanes[i].bytes / (double)total;
        if (set->lanes[i].is_known || set->lanes[i].bytes > 0)
            set->lanes[kept++] = set->lanes[i];
    }
    set->n_lanes = kept;
    return 0;
}

static void line_label(struct comparison_line *line, const struct result *r,
                       const struct result_transfer *t)
{
    char from[NAME_COLUMNS * 4], to[NAME_COLUMNS * 4], network[NAME_COLUMNS * 4];

    plain_text(from, sizeof(from), host_name(r, t->source_host), 20);
    plain_text(to, sizeof(to), host_name(r, t->destination_host), 20);
    plain_text(network, sizeof(network),
               t->n_networks > 0 ? words_network(r, t->networks[0].network) : "an unknown network",
               24);
    snprintf(line->label, sizeof(line->label), "%.45s to %.45s: %.45s%s", from, to, network,
             t->n_networks > 1 ? " and others" : "");
}

static void make_line(struct comparison_line *line, const struct result *r,
                      const struct result_transfer *t, int64_t origin_ns)
{
    const struct rate_series *rate = &t->rate;
    size_t step = (rate->n_buckets + COMPARISON_MAX_POINTS - 1) / COMPARISON_MAX_POINTS;

    line_label(line, r, t);
    line->is_intended = intended_bytes(r, t) * 2 > t->bytes;
    line->start_s = (double)(rate->start_ns - origin_ns) / ns_per_s;
    for (size_t i = 0; i < rate->n_buckets; i += step) {
        size_t end = i + step < rate->n_buckets ? i + step : rate->n_buckets;
        double seconds = (double)(end - i) * (double)rate->bucket_ns / ns_per_s;
        double left = (double)(t->end_ns - rate->start_ns) / ns_per_s -
                      (double)i * (double)rate->bucket_ns / ns_per_s;
        double bytes = 0;

        for (size_t k = i; k < end; k++)
            bytes += (double)rate->bytes[k];
        /* the last bucket ends with the transfer; a sliver of one says nothing of the rate */
        if (end == rate->n_buckets && left > seconds / 20 && left < seconds)
            seconds = left;
        line->bucket_s[line->n_points] = seconds;
        line->bits_per_second[line->n_points++] = bytes * 8 / seconds;
    }
}

static int make_lines(struct comparison_set *set, struct error *err)
{
    const struct result *r = set->shown->result;
    int64_t origin_ns = INT64_MAX;

    set->lines = calloc(COMPARISON_MAX_LINES, sizeof(*set->lines));
    if (!set->lines)
        return error_memory(err);
    for (size_t i = 0; i < r->n_transfers; i++) {
        if (counts(&r->transfers[i]) && r->transfers[i].rate.start_ns < origin_ns)
            origin_ns = r->transfers[i].rate.start_ns;
    }
    for (size_t i = 0; i < r->n_transfers; i++) {
        const struct result_transfer *t = &r->transfers[i];

        if (!counts(t) || t->rate.n_buckets == 0)
            continue;
        if (set->n_lines == COMPARISON_MAX_LINES)
            set->n_lines_left_out++;
        else
            make_line(&set->lines[set->n_lines++], r, t, origin_ns);
    }
    return 0;
}

static void direction_add(struct comparison_set *set, const struct result *r,
                          const struct result_transfer *t, size_t capacity)
{
    const char *from = host_name(r, t->source_host), *to = host_name(r, t->destination_host);
    struct comparison_direction *d = set->directions;

    for (; d < set->directions + set->n_directions; d++) {
        if (strcmp(d->from, from) == 0 && strcmp(d->to, to) == 0)
            break;
    }
    if (d == set->directions + set->n_directions) {
        if (set->n_directions == capacity)
            return;
        set->n_directions++;
        d->from = from;
        d->to = to;
    }
    d->n_transfers++;
    d->bytes += t->bytes;
    d->intended_bytes += intended_bytes(r, t);
    d->seconds += (double)(t->end_ns - t->start_ns) / ns_per_s;
}

static int make_directions(struct comparison_set *set, struct error *err)
{
    enum { MAX_DIRECTIONS = 64 };
    char text[UNITS_TEXT_BYTES];

    set->directions = calloc(MAX_DIRECTIONS, sizeof(*set->directions));
    if (!set->directions)
        return error_memory(err);
    for (size_t i = 0; i < set->n_runs; i++) {
        const struct result *r = set->runs[i].result;

        for (size_t k = 0; k < r->n_transfers; k++) {
            if (counts(&r->transfers[k]))
                direction_add(set, r, &r->transfers[k], MAX_DIRECTIONS);
        }
    }
    for (size_t i = 0; i < set->n_directions; i++) {
        struct comparison_direction *d = &set->directions[i];

        snprintf(d->size, PHRASE_BYTES, "%s", bytes_text(text, d->bytes));
        snprintf(d->time, PHRASE_BYTES, "%s", seconds_words(text, d->seconds));
        snprintf(d->share, PHRASE_BYTES, "%s",
                 d->bytes > 0 ? percent_text(text, (double)d->intended_bytes / (double)d->bytes)
                              : "unknown");
    }
    return 0;
}

static int make_set(struct comparison_set *set, const struct spread *time, struct error *err)
{
    int r;

    set->shown = run_shown(set, time);
    set->verdict = set->runs[0].result->verdict;
    for (size_t i = 1; i < set->n_runs; i++)
        set->verdict = worse_verdict(set->verdict, set->runs[i].result->verdict);
    for (size_t i = 0; i < set->n_runs; i++) {
        if (set->runs[i].result->verdict == set->verdict) {
            char headline[HEADLINE_BYTES];

            snprintf(set->headline, sizeof(set->headline), "%s",
                     headline_text(headline, set->runs[i].result));
            break;
        }
    }
    r = make_lanes(set, err);
    if (r == 0)
        r = make_lines(set, err);
    return r < 0 ? r : make_directions(set, err);
}

/* ---- findings ---- */

static bool same_finding(const struct finding *a, const struct finding *b)
{
    return strcmp(a->id, b->id) == 0 && strcmp(a->detail, b->detail) == 0;
}

static void finding_note(struct comparison *c, size_t first, size_t set, const struct finding *f)
{
    for (size_t i = first; i < c->n_findings; i++) {
        if (same_finding(c->findings[i].finding, f)) {
            c->findings[i].n_runs++;
            return;
        }
    }
    c->findings[c->n_findings++] = (struct comparison_finding){ f, set, 1 };
}

static int compare_findings(const void *a, const void *b)
{
    const struct comparison_finding *x = a, *y = b;
    int by_id;

    if (x->finding->severity != y->finding->severity)
        return x->finding->severity > y->finding->severity ? -1 : 1;
    by_id = strcmp(x->finding->id, y->finding->id);
    if (by_id != 0)
        return by_id;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    return strcmp(x->finding->detail, y->finding->detail);
}

static int make_findings(struct comparison *c, struct error *err)
{
    size_t n = 0;

    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs; i++)
            n += c->sets[s].runs[i].result->n_findings;
    }
    c->findings = calloc(n > 0 ? n : 1, sizeof(*c->findings));
    if (!c->findings)
        return error_memory(err);
    for (size_t s = 0; s < c->n_sets; s++) {
        size_t first = c->n_findings;

        for (size_t i = 0; i < c->sets[s].n_runs; i++) {
            const struct result *r = c->sets[s].runs[i].result;

            for (size_t k = 0; k < r->n_findings; k++)
                finding_note(c, first, s, &r->findings[k]);
        }
    }
    qsort(c->findings, c->n_findings, sizeof(*c->findings), compare_findings);
    return 0;
}

/* ---- sentences ---- */

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

static void make_summary(struct comparison *c)
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

static void make_symmetry(struct comparison *c)
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
    return !has_intended(a) && !has_intended(b);
}

static int make_warnings(struct comparison *c, struct error *err)
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

static void make_scales(struct comparison *c)
{
    c->vm_memory_bytes = RESULT_UNKNOWN;
    for (size_t s = 0; s < c->n_sets; s++) {
        const struct comparison_set *set = &c->sets[s];

        if (set->shown->result->options.vm_memory_bytes != RESULT_UNKNOWN)
            c->vm_memory_bytes = set->shown->result->options.vm_memory_bytes;
        for (size_t i = 0; i < set->n_lanes; i++) {
            if (set->lanes[i].bytes > c->most_bytes)
                c->most_bytes = set->lanes[i].bytes;
        }
        for (size_t i = 0; i < set->n_lines; i++) {
            double end = set->lines[i].start_s;

            for (size_t k = 0; k < set->lines[i].n_points; k++) {
                end += set->lines[i].bucket_s[k];
                c->most_bits_per_second =
                    fmax(c->most_bits_per_second, set->lines[i].bits_per_second[k]);
            }
            c->most_seconds = fmax(c->most_seconds, end);
        }
    }
}

static int fill(struct comparison *c, struct error *err)
{
    int r = 0;

    make_rows(c);
    for (size_t s = 0; s < c->n_sets && r == 0; s++)
        r = make_set(&c->sets[s], &c->rows[MEASURE_TIME].spread[s], err);
    if (r == 0)
        r = make_findings(c, err);
    if (r == 0)
        r = make_warnings(c, err);
    if (r < 0)
        return r;
    make_scales(c);
    make_summary(c);
    make_symmetry(c);
    return 0;
}

int comparison_make(struct comparison *ret_comparison, const struct report_title *title,
                    const struct comparison_run *const runs[N_SETS], const size_t n[N_SETS],
                    struct error *err)
{
    static const char *const labels[] = { "Before", "After" }, *const keys[] = { "before",
                                                                                 "after" };
    struct comparison c = { .title = *title, .n_sets = n[1] > 0 ? N_SETS : 1 };
    int r;

    for (size_t s = 0; s < c.n_sets; s++) {
        if (n[s] == 0)
            return error_set(err, ERR_USAGE, "there is no result to report on");
        if (n[s] > COMPARISON_MAX_RUNS)
            return error_set(err, ERR_LIMIT, "a report takes up to %d results a side",
                             COMPARISON_MAX_RUNS);
        c.sets[s] = (struct comparison_set){
            .label = labels[s], .key = keys[s], .runs = runs[s], .n_runs = n[s]
        };
    }
    if (c.n_sets == 1) {
        c.sets[0].label = "Result";
        c.sets[0].key = "result";
    }
    r = fill(&c, err);
    if (r < 0)
        comparison_release(&c);
    else
        *ret_comparison = c;
    return r;
}

void comparison_release(struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        free(c->sets[s].lanes);
        free(c->sets[s].lines);
        free(c->sets[s].directions);
    }
    for (size_t i = 0; i < c->n_warnings; i++)
        free(c->warnings[i]);
    free(c->warnings);
    free(c->findings);
}
