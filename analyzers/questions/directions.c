/*
 * Did the memory take the same networks there and back, and how much do repeated migrations differ?
 *
 * Transfers from one host to another are one direction. Where several commands were run to move a
 * machine there and back, hosts that only their addresses tell apart are taken for one: the other
 * end may have an address in each network.
 */
#include <stdlib.h>

#include "analyzers/findings.h"
#include "analyzers/questions/questions.h"
#include "src/base/array.h"
#include "src/base/text.h"
#include "src/base/units.h"

enum { MAX_DIRECTIONS = 16384 };

static const double ns_per_s = 1e9;

/* One of the hosts that captured. */
static bool is_local(const struct result *r, int host)
{
    for (size_t i = 0; i < r->n_nics; i++) {
        if (r->nics[i].host == host)
            return true;
    }
    return false;
}

static bool has_several_commands(const struct result *r)
{
    for (size_t i = 0; i < r->n_sessions; i++) {
        if (r->sessions[i].session.n_commands > 1)
            return true;
    }
    return false;
}

/* The host that stands for it in directions. */
static int stand_in(const struct result *r, int host, bool joins_others)
{
    if (!joins_others || !r->hosts[host].is_inferred || is_local(r, host))
        return host;
    for (int i = 0; i < host; i++) {
        if (r->hosts[i].is_inferred && !is_local(r, i))
            return i;
    }
    return host;
}

static int find_direction(const struct result *r, int source, int destination)
{
    for (size_t i = 0; i < r->n_directions; i++) {
        if (r->directions[i].source_host == source &&
            r->directions[i].destination_host == destination)
            return (int)i;
    }
    return -1;
}

static int add_direction(struct result *r, size_t *capacity, int source, int destination,
                         struct error *err)
{
    int n = array_reserve(&r->directions, capacity, r->n_directions + 1, sizeof(*r->directions),
                          MAX_DIRECTIONS, err);

    if (n < 0)
        return n;
    r->directions[r->n_directions] = (struct result_direction){ .source_host = source,
                                                                .destination_host = destination,
                                                                .way_back = -1 };
    return (int)r->n_directions++;
}

static int add_network(struct result_direction *d, const struct result_transfer_network *network,
                       struct error *err)
{
    struct result_transfer_network *grown;

    for (size_t i = 0; i < d->n_networks; i++) {
        if (d->networks[i].network == network->network) {
            d->networks[i].bytes += network->bytes;
            return 0;
        }
    }
    grown = realloc(d->networks, (d->n_networks + 1) * sizeof(*grown));
    if (!grown)
        return error_memory(err);
    d->networks = grown;
    d->networks[d->n_networks++] =
        (struct result_transfer_network){ .network = network->network, .bytes = network->bytes };
    return 0;
}

static int add_transfer(struct result_direction *d, const struct result_transfer *t,
                        struct error *err)
{
    int n = 0;

    d->n_transfers++;
    d->bytes += t->bytes;
    for (size_t i = 0; i < t->n_networks && n == 0; i++)
        n = add_network(d, &t->networks[i], err);
    return n;
}

static int by_bytes(const void *a, const void *b)
{
    const struct result_transfer_network *left = a, *right = b;

    if (left->bytes != right->bytes)
        return left->bytes < right->bytes ? 1 : -1;
    return (left->network > right->network) - (left->network < right->network);
}

static int by_size(const void *a, const void *b)
{
    const double *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

/* @values is sorted by this. */
static struct result_spread spread_of(double *values, size_t n)
{
    qsort(values, n, sizeof(*values), by_size);
    return (struct result_spread){ .median = (values[(n - 1) / 2] + values[n / 2]) / 2,
                                   .least = values[0],
                                   .most = values[n - 1] };
}

/* Shares, and what the transfers' times and rates are like. @of: each transfer's direction. */
static int complete(struct result *r, int index, const int *of, struct error *err)
{
    struct result_direction *d = &r->directions[index];
    AUTO_MEMORY double *seconds = calloc(d->n_transfers, sizeof(*seconds));
    AUTO_MEMORY double *rates = calloc(d->n_transfers, sizeof(*rates));
    size_t n = 0;

    if (!seconds || !rates)
        return error_memory(err);
    for (size_t i = 0; i < r->n_transfers; i++) {
        const struct result_transfer *t = &r->transfers[i];

        if (of[i] != index)
            continue;
        seconds[n] = (double)(t->end_ns - t->start_ns) / ns_per_s;
        rates[n++] = t->mean_bits_per_second;
    }
    d->duration_s = spread_of(seconds, n);
    d->bits_per_second = spread_of(rates, n);
    qsort(d->networks, d->n_networks, sizeof(*d->networks), by_bytes);
    for (size_t i = 0; i < d->n_networks; i++)
        d->networks[i].share = d->bytes ? (double)d->networks[i].bytes / (double)d->bytes : 0;
    d->way_back = find_direction(r, d->destination_host, d->source_host);
    return 0;
}

static int collect(struct result *r, int *of, struct error *err)
{
    bool joins_others = has_several_commands(r);
    size_t capacity = 0;
    int n = 0;

    for (size_t i = 0; i < r->n_transfers && n >= 0; i++) {
        const struct result_transfer *t = &r->transfers[i];
        int source = stand_in(r, t->source_host, joins_others);
        int destination = stand_in(r, t->destination_host, joins_others);

        of[i] = -1;
        if (t->certainty <= CERTAINTY_POSSIBLE)
            continue;
        n = find_direction(r, source, destination);
        if (n < 0)
            n = add_direction(r, &capacity, source, destination, err);
        if (n < 0)
            return n;
        of[i] = n;
        n = add_transfer(&r->directions[n], t, err);
    }
    return n < 0 ? n : 0;
}

/* A network counts that carried more than a verdict would overlook. */
static bool uses(const struct result_direction *d, int network, double min_share)
{
    for (size_t i = 0; i < d->n_networks; i++) {
        if (d->networks[i].network == network)
            return d->networks[i].share > 1 - min_share;
    }
    return false;
}

static bool uses_all_of(const struct result_direction *d, const struct result_direction *other,
                        double min_share)
{
    for (size_t i = 0; i < other->n_networks; i++) {
        int network = other->networks[i].network;

        if (uses(other, network, min_share) && !uses(d, network, min_share))
            return false;
    }
    return true;
}

/* ---- findings ---- */

static const char *network_label(const struct result *r, int network)
{
    if (network >= 0)
        return r->networks[network].name;
    return network == NETWORK_CROSS ? "between networks" : "outside every network";
}

/* "Storage1", "Storage1 and Management" */
static char *networks_text(const struct result *r, const struct result_direction *d,
                           double min_share)
{
    char *text = text_copy("");

    for (size_t i = 0; i < d->n_networks; i++) {
        if (uses(d, d->networks[i].network, min_share))
            text_join(&text, " and ", network_label(r, d->networks[i].network));
    }
    return text;
}

/* "2.31 s", or of several "median 2.31 s (2.20 s to 2.50 s)" */
static char *times_text(const struct result_direction *d)
{
    char median[UNITS_TEXT_BYTES], least[UNITS_TEXT_BYTES], most[UNITS_TEXT_BYTES];

    duration_text(median, (int64_t)(d->duration_s.median * ns_per_s));
    duration_text(least, (int64_t)(d->duration_s.least * ns_per_s));
    duration_text(most, (int64_t)(d->duration_s.most * ns_per_s));
    if (d->n_transfers == 1)
        return text_copy(median);
    return text_format("%zu times, median %s (%s to %s)", d->n_transfers, median, least, most);
}

/* "HV01 to HV02 over Storage1, 3 times, median 2.31 s (2.20 s to 2.50 s)" */
static char *direction_text(const struct result *r, const struct result_direction *d,
                            double min_share)
{
    AUTO_MEMORY char *networks = networks_text(r, d, min_share);
    AUTO_MEMORY char *times = times_text(d);

    if (!networks || !times)
        return NULL;
    return text_format("%s to %s over %s, %s", r->hosts[d->source_host].name,
                       r->hosts[d->destination_host].name, networks, times);
}

static int note_pair(struct result *r, const struct result_direction *d, bool is_same,
                     double min_share, struct error *err)
{
    const struct result_direction *back = &r->directions[d->way_back];
    AUTO_MEMORY char *there_text = direction_text(r, d, min_share);
    AUTO_MEMORY char *back_text = direction_text(r, back, min_share);
    struct finding *f;
    int n;

    if (!there_text || !back_text)
        return error_memory(err);
    f = finding_add(r, is_same ? "LM109" : "LM108", err, "%s; %s", there_text, back_text);
    n = finding_note_count(f, "transfers_there", d->n_transfers, err);
    if (!n)
        n = finding_note_count(f, "transfers_back", back->n_transfers, err);
    if (!n)
        n = finding_note_real(f, "median_s_there", d->duration_s.median, err);
    return n ? n : finding_note_real(f, "median_s_back", back->duration_s.median, err);
}

static int note_repeated(struct result *r, const struct result_direction *d, double min_share,
                         struct error *err)
{
    AUTO_MEMORY char *text = direction_text(r, d, min_share);
    struct finding *f;

    if (!text)
        return error_memory(err);
    f = finding_add(r, "LM110", err, "%s", text);
    return finding_note_count(f, "transfers", d->n_transfers, err);
}

/* Each pair once, from the direction that was seen first. */
static int compare(struct result *r, double min_share, struct error *err)
{
    int n = 0;

    for (size_t i = 0; i < r->n_directions && n == 0; i++) {
        const struct result_direction *d = &r->directions[i];

        if (d->way_back < 0) {
            n = d->n_transfers > 1 ? note_repeated(r, d, min_share, err) : 0;
        } else if (d->way_back > (int)i) {
            const struct result_direction *back = &r->directions[d->way_back];
            bool is_same = uses_all_of(d, back, min_share) && uses_all_of(back, d, min_share);

            if (r->symmetry != SYMMETRY_DIFFERENT)
                r->symmetry = is_same ? SYMMETRY_SAME : SYMMETRY_DIFFERENT;
            n = note_pair(r, d, is_same, min_share, err);
        }
    }
    return n;
}

int question_directions(struct result *r, const struct question *q, struct error *err)
{
    AUTO_MEMORY int *of = calloc(r->n_transfers + 1, sizeof(*of));
    int n;

    if (!of)
        return error_memory(err);
    n = collect(r, of, err);
    for (size_t i = 0; i < r->n_directions && n == 0; i++)
        n = complete(r, (int)i, of, err);
    return n < 0 ? n : compare(r, q->min_share, err);
}
