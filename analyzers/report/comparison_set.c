/* One set of a comparison: the run shown, its lanes and the lines of its rate chart. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "analyzers/report/comparison_parts.h"
#include "analyzers/report/headline.h"
#include "analyzers/report/words.h"
#include "src/base/plain.h"

enum { NAME_COLUMNS = 40, OTHER_PLACES = 2 };

static const double ns_per_s = 1e9;

/* The run whose time is nearest to the median; the first such. */
static const struct comparison_run *run_shown(const struct comparison_set *set,
                                              const struct spread *time)
{
    const struct comparison_run *best = &set->runs[0];
    double values[N_MEASURES], nearest = INFINITY;

    for (size_t i = 0; time->n > 0 && i < set->n_runs; i++) {
        comparison_measure(values, set->runs[i].result);
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

static const char *host_name(enum language language, const struct result *r, int host)
{
    return host >= 0 ? r->hosts[host].name : text_in(language, TEXT_UNKNOWN_HOST);
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

static int make_lanes(struct comparison_set *set, enum language language, struct error *err)
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
        lane->name =
            lane->is_known
                ? r->networks[i].name
                : words_network(language, r, i > r->n_networks ? NETWORK_CROSS : NETWORK_OUTSIDE);
        lane->is_intended = lane->is_known && r->networks[i].is_intended;
    }
    for (size_t i = 0; i < r->n_transfers; i++) {
        const struct result_transfer *t = &r->transfers[i];

        if (!comparison_counts(t))
            continue;
        if (!set->from || t->bytes > largest) {
            set->from = host_name(language, r, t->source_host);
            set->to = host_name(language, r, t->destination_host);
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

static void line_label(struct comparison_line *line, enum language language, const struct result *r,
                       const struct result_transfer *t, const char *place, bool is_whole)
{
    char from[NAME_COLUMNS * 4], to[NAME_COLUMNS * 4], network[NAME_COLUMNS * 4];

    plain_text(from, sizeof(from), host_name(language, r, t->source_host), 20);
    plain_text(to, sizeof(to), host_name(language, r, t->destination_host), 20);
    plain_text(network, sizeof(network), place, 24);
    text_with(line->label, sizeof(line->label), language,
              is_whole && t->n_networks > 1 ? TEXT_LINE_OTHERS : TEXT_LINE, from, to, network);
}

static void fill_line(struct comparison_line *line, const struct result_transfer *t,
                      const struct rate_series *rate, int64_t origin_ns)
{
    size_t step = (rate->n_buckets + COMPARISON_MAX_POINTS - 1) / COMPARISON_MAX_POINTS;

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

static struct comparison_line *add_line(struct comparison_set *set)
{
    if (set->n_lines < COMPARISON_MAX_LINES)
        return &set->lines[set->n_lines++];
    set->n_lines_left_out++;
    return NULL;
}

/* A line for each network; results that don't tell their rates get one for the whole transfer. */
static void make_transfer_lines(struct comparison_set *set, enum language language,
                                const struct result *r, const struct result_transfer *t,
                                int64_t origin_ns)
{
    struct comparison_line *line;
    bool is_told = t->n_networks > 0 && t->networks[0].rate.n_buckets > 0;

    for (size_t i = 0; is_told && i < t->n_networks; i++) {
        int network = t->networks[i].network;

        line = add_line(set);
        if (!line)
            continue;
        line_label(line, language, r, t, words_network(language, r, network), false);
        line->is_intended = network >= 0 && r->networks[network].is_intended;
        fill_line(line, t, &t->networks[i].rate, origin_ns);
    }
    line = is_told || t->rate.n_buckets == 0 ? NULL : add_line(set);
    if (!line)
        return;
    line_label(line, language, r, t,
               t->n_networks > 0 ? words_network(language, r, t->networks[0].network)
                                 : text_in(language, TEXT_UNKNOWN_NETWORK),
               true);
    line->is_intended = comparison_intended_bytes(r, t) * 2 > t->bytes;
    fill_line(line, t, &t->rate, origin_ns);
}

static int make_lines(struct comparison_set *set, enum language language, struct error *err)
{
    const struct result *r = set->shown->result;
    int64_t origin_ns = INT64_MAX;

    set->lines = calloc(COMPARISON_MAX_LINES, sizeof(*set->lines));
    if (!set->lines)
        return error_memory(err);
    for (size_t i = 0; i < r->n_transfers; i++) {
        if (comparison_counts(&r->transfers[i]) && r->transfers[i].rate.start_ns < origin_ns)
            origin_ns = r->transfers[i].rate.start_ns;
    }
    for (size_t i = 0; i < r->n_transfers; i++) {
        if (comparison_counts(&r->transfers[i]))
            make_transfer_lines(set, language, r, &r->transfers[i], origin_ns);
    }
    return 0;
}

int comparison_make_set(struct comparison_set *set, enum language language,
                        const struct spread *time, struct error *err)
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
                     headline_text(language, headline, set->runs[i].result));
            break;
        }
    }
    r = make_lanes(set, language, err);
    if (r == 0)
        r = make_lines(set, language, err);
    if (r == 0)
        r = comparison_make_directions(set, language, err);
    return r < 0 ? r : comparison_make_nics(set, language, err);
}
