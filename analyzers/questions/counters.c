/*
 * What the NICs of sessions counted while the memory moved, the background before it subtracted,
 * and how much of that the capture saw.
 */
#include <stdlib.h>
#include <string.h>

#include "analyzers/questions/counter_rate.h"
#include "analyzers/questions/questions.h"

/* NICs and Windows publish their counts late: the last sample compared is so much behind the end.
 */
#define SETTLE_NS INT64_C(1000000000)
/* A shorter time before the test tells no background. */
#define LEAST_BACKGROUND_NS UINT64_C(1000000000)
/* A smaller rise is not worth a share. */
#define LEAST_RISE_BYTES (UINT64_C(1) << 20)

/* Moments of a session: the background is [0, background], the test is [first, last]. */
struct span {
    size_t background;
    size_t first;
    size_t last;
};

/* ---- when ---- */

static bool overlaps(const struct counters *c, int64_t start_ns, int64_t end_ns)
{
    return end_ns >= c->moments[0].time_ns && start_ns <= c->moments[c->n_moments - 1].time_ns;
}

/* From the first transfer's start to the last one's end, of those within the recording. */
static bool find_transfers(const struct result *r, const struct counters *c, int64_t *ret_start_ns,
                           int64_t *ret_end_ns)
{
    *ret_start_ns = INT64_MAX;
    *ret_end_ns = INT64_MIN;
    for (size_t i = 0; i < r->n_transfers; i++) {
        const struct result_transfer *t = &r->transfers[i];

        if (!overlaps(c, t->start_ns, t->end_ns))
            continue;
        if (t->start_ns < *ret_start_ns)
            *ret_start_ns = t->start_ns;
        if (t->end_ns > *ret_end_ns)
            *ret_end_ns = t->end_ns;
    }
    return *ret_start_ns != INT64_MAX;
}

static int64_t first_command(const struct session *s)
{
    return s->n_commands && s->commands[0].start_ns != SESSION_NO_TIME ? s->commands[0].start_ns
                                                                       : INT64_MAX;
}

static int64_t last_command_end(const struct session *s)
{
    int64_t end_ns = s->n_commands ? s->commands[s->n_commands - 1].end_ns : SESSION_NO_TIME;

    return end_ns == SESSION_NO_TIME ? INT64_MAX : end_ns;
}

/* The last moment that is not behind @time_ns, else the first of all. */
static size_t moment_before(const struct counters *c, int64_t time_ns)
{
    size_t found = 0;

    for (size_t i = 0; i < c->n_moments; i++)
        if (c->moments[i].time_ns <= time_ns)
            found = i;
    return found;
}

/* The first moment from @from on that is not before @time_ns, else the last of all. */
static size_t moment_after(const struct counters *c, size_t from, int64_t time_ns)
{
    for (size_t i = from; i < c->n_moments; i++)
        if (c->moments[i].time_ns >= time_ns)
            return i;
    return c->n_moments - 1;
}

static struct span find_span(const struct result *r, const struct recorded *s)
{
    const struct counters *c = &s->counters;
    int64_t start_ns, end_ns, quiet_ns, command_ns = first_command(&s->session);
    struct span span = { 0 };

    if (!find_transfers(r, c, &start_ns, &end_ns)) {
        start_ns = command_ns;
        end_ns = last_command_end(&s->session);
    }
    quiet_ns = command_ns < start_ns ? command_ns : start_ns;
    if (quiet_ns == INT64_MAX) { /* nothing says when: the whole recording, without background */
        span.last = c->n_moments - 1;
        return span;
    }
    span.background = moment_before(c, quiet_ns);
    span.first = moment_before(c, start_ns);
    span.last = moment_after(c, span.first,
                             end_ns > INT64_MAX - SETTLE_NS ? INT64_MAX : end_ns + SETTLE_NS);
    return span;
}

/* ---- how much ---- */

/* A count that falls was set to 0 in between: all that it has now came since. */
static uint64_t rise_of(const struct counters *c, uint32_t nic, enum counter counter, size_t first,
                        size_t last)
{
    uint64_t rise = 0, before = COUNTER_UNKNOWN;
    bool is_known = false;

    for (size_t i = first; i <= last; i++) {
        uint64_t value = counters_row(c, i, nic)->values[counter];

        if (value == COUNTER_UNKNOWN)
            continue;
        if (before != COUNTER_UNKNOWN) {
            rise += value >= before ? value - before : value;
            is_known = true;
        }
        before = value;
    }
    return is_known ? rise : RESULT_UNKNOWN;
}

/* 0 for a clock that ran backwards, which none does but in a forged file. */
static uint64_t lasts(const struct counters *c, size_t first, size_t last)
{
    int64_t from_ns = c->moments[first].monotonic_ns, to_ns = c->moments[last].monotonic_ns;

    return to_ns > from_ns ? (uint64_t)to_ns - (uint64_t)from_ns : 0;
}

/* What of @counter would have come during the test anyway. */
static uint64_t background_of(const struct counters *c, uint32_t nic, enum counter counter,
                              const struct span *s)
{
    uint64_t before_ns = lasts(c, 0, s->background);
    uint64_t rise;
    double expected;

    if (before_ns < LEAST_BACKGROUND_NS)
        return RESULT_UNKNOWN;
    rise = rise_of(c, nic, counter, 0, s->background);
    if (rise == RESULT_UNKNOWN)
        return RESULT_UNKNOWN;
    expected = (double)rise / (double)before_ns * (double)lasts(c, s->first, s->last);
    return expected < (double)INT64_MAX ? (uint64_t)expected : INT64_MAX;
}

static uint64_t sum_known(uint64_t a, uint64_t b)
{
    if (a == RESULT_UNKNOWN || b == RESULT_UNKNOWN)
        return a == RESULT_UNKNOWN ? b : a;
    return a + b;
}

/* Unknown background takes nothing away. */
static uint64_t less(uint64_t rise, uint64_t background)
{
    if (rise == RESULT_UNKNOWN || background == RESULT_UNKNOWN)
        return rise;
    return rise > background ? rise - background : 0;
}

/* Where the recorder did not count what it saw, the capture's own total stands in. */
static uint64_t captured_total(const struct result *r, const struct recorded *s, const char *name)
{
    uint64_t total = 0;

    for (size_t i = 0; i < r->n_nics; i++) {
        const struct result_nic *n = &r->nics[i];
        size_t input = (size_t)n->input;

        if (input >= s->first_input && input - s->first_input < s->n_inputs &&
            strcmp(n->name, name) == 0)
            total += n->wire_bytes;
    }
    return total;
}

static uint64_t captured_of(const struct result *r, const struct recorded *s, uint32_t nic,
                            const struct span *span)
{
    const struct session_nic *n = &s->session.nics[nic];
    uint64_t rise, background;

    if (!n->is_captured)
        return 0;
    rise = rise_of(&s->counters, nic, COUNTER_CAPTURE_BYTES, span->first, span->last);
    if (rise == RESULT_UNKNOWN)
        return captured_total(r, s, n->name);
    background = background_of(&s->counters, nic, COUNTER_CAPTURE_BYTES, span);
    return less(rise, background);
}

static int network_of(const struct session_nic *n, const struct question *q)
{
    int network = NO_NETWORK;

    for (size_t i = 0; i < n->n_addresses && network == NO_NETWORK; i++)
        if (!addr_is_link_local(&n->addresses[i].addr))
            network = topology_network_of(q->topology, &n->addresses[i].addr);
    if (network == NO_NETWORK && *n->network)
        network = topology_find(q->topology, n->network);
    return network;
}

static bool has_addresses(const struct session_nic *n)
{
    for (size_t i = 0; i < n->n_addresses; i++)
        if (!addr_is_link_local(&n->addresses[i].addr))
            return true;
    return false;
}

static void count_rises(struct result_counted *to, const struct counters *c, uint32_t nic,
                        const struct span *span)
{
    uint64_t rdma_rx, rdma_tx;

    for (unsigned i = 0; i < N_COUNTERS; i++)
        to->rise[i] = rise_of(c, nic, i, span->first, span->last);
    to->background_rx_bytes = background_of(c, nic, COUNTER_RX_BYTES, span);
    to->background_tx_bytes = background_of(c, nic, COUNTER_TX_BYTES, span);
    rdma_rx = background_of(c, nic, COUNTER_RDMA_RX_BYTES, span);
    rdma_tx = background_of(c, nic, COUNTER_RDMA_TX_BYTES, span);
    to->background_rdma_bytes = sum_known(rdma_rx, rdma_tx);
    to->net_bytes = sum_known(less(to->rise[COUNTER_RX_BYTES], to->background_rx_bytes),
                              less(to->rise[COUNTER_TX_BYTES], to->background_tx_bytes));
    to->net_rdma_bytes = sum_known(less(to->rise[COUNTER_RDMA_RX_BYTES], rdma_rx),
                                   less(to->rise[COUNTER_RDMA_TX_BYTES], rdma_tx));
}

static void count_nic(struct result_counted *to, const struct result *r, const struct question *q,
                      size_t session, uint32_t nic, const struct span *span)
{
    const struct recorded *s = &r->sessions[session];
    const struct counters *c = &s->counters;

    *to = (struct result_counted){ .session = (int)session,
                                   .session_nic = (int)nic,
                                   .network = network_of(&s->session.nics[nic], q),
                                   .has_addresses = has_addresses(&s->session.nics[nic]),
                                   .start_ns = c->moments[span->first].time_ns,
                                   .end_ns = c->moments[span->last].time_ns,
                                   .captured_bytes = captured_of(r, s, nic, span),
                                   .explained = -1 };
    count_rises(to, c, nic, span);
    if (to->net_bytes != RESULT_UNKNOWN && to->net_bytes >= LEAST_RISE_BYTES)
        to->explained = (double)to->captured_bytes / (double)to->net_bytes;
}

/* ---- the vantage points ---- */

/* Drops as counted in the last sample: a recorder that was killed wrote no statistics after it. */
static uint64_t drops_of(const struct recorded *s, uint32_t nic)
{
    static const enum counter causes[] = { COUNTER_DROPPED_KERNEL, COUNTER_DROPPED_NIC,
                                           COUNTER_DROPPED_RING };
    uint64_t drops = RESULT_UNKNOWN;

    for (size_t i = 0; i < sizeof(causes) / sizeof(*causes); i++) {
        uint64_t last = COUNTER_UNKNOWN;

        for (size_t m = s->counters.n_moments; m > 0 && last == COUNTER_UNKNOWN; m--)
            last = counters_row(&s->counters, m - 1, nic)->values[causes[i]];
        drops = sum_known(drops, last);
    }
    return drops;
}

/* The first vantage point of a NIC takes its drops: several are files of one ring. */
static void link_nic(struct result *r, const struct result_counted *counted)
{
    const struct recorded *s = &r->sessions[counted->session];
    uint64_t drops = drops_of(s, (uint32_t)counted->session_nic);
    bool is_first = true;

    for (size_t i = 0; i < r->n_nics; i++) {
        struct result_nic *n = &r->nics[i];
        size_t input = (size_t)n->input;

        if (input < s->first_input || input - s->first_input >= s->n_inputs ||
            strcmp(n->name, s->session.nics[counted->session_nic].name) != 0)
            continue;
        n->counted = counted;
        if (is_first && drops != RESULT_UNKNOWN &&
            (n->dropped == RESULT_UNKNOWN || n->dropped < drops))
            n->dropped = drops;
        is_first = false;
    }
}

static uint32_t counted_nics(const struct recorded *s)
{
    if (!s->counters.n_moments)
        return 0;
    return (uint32_t)(s->counters.n_nics < s->session.n_nics ? s->counters.n_nics
                                                             : s->session.n_nics);
}

static bool is_counted(const struct counters *c, uint32_t nic)
{
    for (size_t i = 0; i < c->n_moments; i++)
        if (counters_row(c, i, nic)->values[COUNTER_RX_BYTES] != COUNTER_UNKNOWN ||
            counters_row(c, i, nic)->values[COUNTER_RDMA_RX_BYTES] != COUNTER_UNKNOWN)
            return true;
    return false;
}

int question_counters(struct result *r, const struct question *q, struct error *err)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n_sessions; i++)
        n += counted_nics(&r->sessions[i]);
    r->counted = calloc(n + 1, sizeof(*r->counted));
    if (!r->counted)
        return error_memory(err);
    for (size_t i = 0; i < r->n_sessions; i++) {
        const struct recorded *s = &r->sessions[i];
        uint32_t n_nics = counted_nics(s);
        struct span span = { 0 };

        if (n_nics)
            span = find_span(r, s);
        for (uint32_t nic = 0; nic < n_nics; nic++) {
            if (!is_counted(&s->counters, nic))
                continue;
            count_nic(&r->counted[r->n_counted], r, q, i, nic, &span);
            link_nic(r, &r->counted[r->n_counted]);
            if (counter_rate(&r->counted[r->n_counted++].rate, &s->counters, nic, err) < 0)
                return ERR_MEMORY;
        }
    }
    return 0;
}
