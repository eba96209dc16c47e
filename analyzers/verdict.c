#include "analyzers/verdict.h"

#include <stdarg.h>
#include <string.h>

#include "src/base/text.h"
#include "src/base/units.h"

/* Of a VM's memory: less than this was seen at most by a capture that missed the transfer. */
#define LEAST_MEMORY_SHARE 0.10
/* More lost than kept: what was kept is a sample. */
#define MOST_LOSS_SHARE 0.50
/* Less than this in ESP is no memory either. */
#define LEAST_ESP_BYTES (UINT64_C(1) << 20)

struct scales {
    uint64_t intended;
    uint64_t other;
    uint64_t unclear; /* of other, what may have been intended after all */
};

typedef bool network_choice(const struct result *r, size_t network);

static bool is_intended(const struct result *r, size_t network)
{
    return r->networks[network].is_intended;
}

static bool was_used(const struct result *r, size_t network)
{
    return r->networks[network].transfer_bytes > 0;
}

static bool has_prefix_like(const struct result_network *n, bool is_v4)
{
    for (size_t i = 0; i < n->n_prefixes; i++)
        if (addr_is_v4(&n->prefixes[i].addr) == is_v4)
            return true;
    return false;
}

/*
 * A network guessed around addresses that say nothing against the intended one: every adapter has
 * link-local addresses, and IPv6 may run where only IPv4 subnets were given.
 */
static bool may_be_intended(const struct result *r, size_t network)
{
    const struct result_network *guess = &r->networks[network];
    bool is_v4;

    if (!guess->is_guessed || !guess->n_prefixes || !guess->transfer_bytes)
        return false;
    if (addr_is_link_local(&guess->prefixes[0].addr))
        return true;
    is_v4 = addr_is_v4(&guess->prefixes[0].addr);
    for (size_t i = 0; i < r->n_networks; i++)
        if (is_intended(r, i) && has_prefix_like(&r->networks[i], is_v4))
            return false;
    return true;
}

static void weigh(const struct result *r, const struct result_transfer *t, struct scales *s)
{
    for (size_t i = 0; i < t->n_networks; i++) {
        int network = t->networks[i].network;

        if (network >= 0 && is_intended(r, (size_t)network)) {
            s->intended += t->networks[i].bytes;
            continue;
        }
        s->other += t->networks[i].bytes;
        if (network >= 0 && may_be_intended(r, (size_t)network))
            s->unclear += t->networks[i].bytes;
    }
}

/* A routed connection between two intended networks stays within what is intended. */
static void weigh_cross(const struct result *r, const struct result_transfer *t, struct scales *s)
{
    for (size_t i = 0; i < t->n_connections; i++) {
        const struct result_connection *c = &r->connections[t->connections[i]];
        const struct observation *o = result_totals(r, c);
        bool is_talk = t->transport != TRANSPORT_TCP && c->role == CONNECTION_MIGRATION_CONTROL;
        uint64_t bytes;

        if (is_talk || c->network[0] == c->network[1] || c->network[0] < 0 || c->network[1] < 0 ||
            !r->networks[c->network[0]].is_intended || !r->networks[c->network[1]].is_intended)
            continue;
        bytes = half_stream_bytes(&o->half[c->client], &o->half[!c->client]);
        s->intended += bytes;
        s->other -= bytes;
    }
}

static double share_of(uint64_t part, const struct scales *s)
{
    uint64_t total = s->intended + s->other;

    return total ? (double)part / (double)total : 0;
}

/* Each share by itself: what is exactly enough must not be less by a rounding. */
static enum verdict verdict_by_share(const struct scales *s, double min_share)
{
    if (share_of(s->intended, s) >= min_share)
        return VERDICT_RIGHT_NETWORK;
    if (share_of(s->other, s) >= min_share)
        return VERDICT_WRONG_NETWORK;
    return VERDICT_SPLIT_NETWORKS;
}

/* No verdict where what is unclear decides. */
static enum verdict verdict_of(const struct scales *s, double min_share)
{
    struct scales kind = { s->intended + s->unclear, s->other - s->unclear, 0 };
    enum verdict v = verdict_by_share(s, min_share);

    return verdict_by_share(&kind, min_share) == v ? v : VERDICT_INCONCLUSIVE;
}

static bool has_intended(const struct result *r)
{
    for (size_t i = 0; i < r->n_networks; i++)
        if (is_intended(r, i))
            return true;
    return false;
}

/* "Storage1", "Storage1 and Storage2" */
static char *network_names(const struct result *r, network_choice *choice)
{
    char *names = text_copy("");

    for (size_t i = 0; i < r->n_networks; i++) {
        if (choice(r, i))
            text_join(&names, " and ", r->networks[i].name);
    }
    return names;
}

static const struct result_transfer *first_possible(const struct result *r)
{
    for (size_t i = 0; i < r->n_transfers; i++)
        if (r->transfers[i].certainty <= CERTAINTY_POSSIBLE)
            return &r->transfers[i];
    return NULL;
}

/* All that moved the same way as @like and is no surer. */
static uint64_t sum_possible(const struct result *r, const struct result_transfer *like)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < r->n_transfers; i++)
        if (r->transfers[i].certainty <= CERTAINTY_POSSIBLE &&
            r->transfers[i].transport == like->transport)
            bytes += r->transfers[i].bytes;
    return bytes;
}

static bool has_control(const struct result *r)
{
    for (size_t i = 0; i < r->n_connections; i++) {
        const struct observation *o = result_totals(r, &r->connections[i]);

        if (r->connections[i].role == CONNECTION_MIGRATION_CONTROL &&
            o->half[0].payload_bytes + o->half[1].payload_bytes > 0)
            return true;
    }
    return false;
}

/* The verdict is withdrawn, for this reason before all others. */
static int withdraw(struct result *r, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int withdraw(struct result *r, struct error *err, const char *format, ...)
{
    AUTO_MEMORY char *text = NULL;
    va_list args;
    char *reason;
    int n;

    va_start(args, format);
    n = text_vformat(&text, format, args);
    va_end(args);
    if (n < 0)
        return error_memory(err);
    n = result_add_reason(r, err, "%s", text);
    if (n < 0)
        return n;
    reason = r->reasons[r->n_reasons - 1];
    memmove(r->reasons + 1, r->reasons, (r->n_reasons - 1) * sizeof(*r->reasons));
    r->reasons[0] = reason;
    r->verdict = VERDICT_INCONCLUSIVE;
    return 0;
}

static int weaken_by_loss(struct result *r, struct error *err)
{
    uint64_t lost, offered = result_offered(r, &lost);
    char percent[UNITS_TEXT_BYTES];

    if (!lost || (double)lost / (double)offered <= MOST_LOSS_SHARE)
        return 0;
    return withdraw(r, err,
                    "the capture lost %s of all packets, so other connections may have "
                    "carried memory unseen: capture again with a larger buffer",
                    percent_text(percent, (double)lost / (double)offered));
}

/* A snap length so short that nothing could be found. */
static int weaken_by_cut(struct result *r, struct error *err)
{
    uint64_t blind = 0, packets = 0;
    char percent[UNITS_TEXT_BYTES];

    for (size_t i = 0; i < r->n_nics; i++) {
        blind += r->nics[i].blind_packets;
        packets += r->nics[i].packets;
    }
    if (!blind || (double)blind / (double)packets <= MOST_LOSS_SHARE)
        return 0;
    return withdraw(r, err,
                    "%s of all packets were cut before their sequence numbers, so a migration "
                    "could not be measured: capture again with a snap length of 128",
                    percent_text(percent, (double)blind / (double)packets));
}

static uint64_t sum_esp(const struct result *r)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < r->n_nics; i++)
        bytes += r->nics[i].esp_bytes;
    return bytes;
}

/* No transfer that is at least likely: what can be said? */
static int reach_without_transfer(struct result *r, const struct question *q, struct error *err)
{
    const struct result_transfer *possible = first_possible(r);
    char size[UNITS_TEXT_BYTES];
    uint64_t esp_bytes;
    int n;

    if (possible) {
        r->verdict = VERDICT_INCONCLUSIVE;
        return result_add_reason(
            r, err,
            "%s moved over %s may be a VM's memory, but nothing shows it: record with lmpath or "
            "capture TCP port %u with it on all NICs, and name the hosts with a snapshot (-t)",
            bytes_text(size, sum_possible(r, possible)),
            possible->transport == TRANSPORT_TCP ? "the migration port" : "SMB", q->ports.lm);
    }
    if (has_control(r)) {
        r->verdict = VERDICT_INCONCLUSIVE;
        return result_add_reason(
            r, err,
            "a migration was talked about on TCP port %u, but no memory was seen: it may have gone "
            "over SMB Direct (RDMA) or a NIC that was not captured; compare the NICs' and RDMA "
            "counters",
            q->ports.lm);
    }
    esp_bytes = sum_esp(r);
    if (esp_bytes >= LEAST_ESP_BYTES) {
        r->verdict = VERDICT_INCONCLUSIVE;
        return result_add_reason(r, err,
                                 "%s of encrypted traffic (ESP) may have been a migration: exempt "
                                 "the migration network from IPsec for the test",
                                 bytes_text(size, esp_bytes));
    }
    r->verdict = VERDICT_NO_MIGRATION;
    n = result_add_reason(r, err,
                          "no traffic on TCP port %u and no bulk write over SMB was seen: was "
                          "the capture running on the right NICs while the VM moved?",
                          q->ports.lm);
    if (!n)
        n = weaken_by_cut(r, err);
    return n ? n : weaken_by_loss(r, err);
}

static int reach_without_intention(struct result *r, const struct question *q, struct error *err)
{
    AUTO_MEMORY char *names = network_names(r, was_used);
    bool guessed = false;
    int n;

    for (size_t i = 0; i < r->n_networks; i++)
        guessed = guessed || (r->networks[i].is_guessed && r->networks[i].transfer_bytes);
    if (!names)
        return error_memory(err);
    r->verdict = VERDICT_INCONCLUSIVE;
    n = result_add_reason(r, err,
                          "the memory went over %s, but it is not known where it should go: say "
                          "it with --expect NAME or --expect PREFIX",
                          *names ? names : "addresses outside every network");
    if (!n && guessed)
        n = result_add_reason(r, err,
                              "the networks are guesses (the /24 or /64 around each address): name "
                              "them with -n NAME=PREFIX, or give a snapshot with -t");
    if (!n && r->options.topology)
        n = result_add_reason(r, err, "%s", q->topology->intended_reason);
    return n;
}

static int explain_share(struct result *r, double share, struct error *err)
{
    AUTO_MEMORY char *intended = network_names(r, is_intended);
    char percent[UNITS_TEXT_BYTES];

    if (!intended)
        return error_memory(err);
    return result_add_reason(r, err, "%s of the memory went over the intended network (%s)",
                             percent_text(percent, share), intended);
}

static int explain_unclear(struct result *r, double share, struct error *err)
{
    AUTO_MEMORY char *intended = network_names(r, is_intended);
    AUTO_MEMORY char *unclear = network_names(r, may_be_intended);
    char percent[UNITS_TEXT_BYTES];

    if (!intended || !unclear)
        return error_memory(err);
    return result_add_reason(
        r, err,
        "%s of the memory went over %s, which may be part of the intended "
        "network (%s): name it with -n NAME=PREFIX, or give a snapshot with -t",
        percent_text(percent, share), unclear, intended);
}

/* Where everything else went, the largest first is the transfers' own order. */
static int explain_others(struct result *r, struct error *err)
{
    char percent[UNITS_TEXT_BYTES], size[UNITS_TEXT_BYTES];
    double outside = 1;
    int n = 0;

    for (size_t i = 0; i < r->n_networks && !n; i++) {
        const struct result_network *network = &r->networks[i];

        outside -= network->share;
        if (network->transfer_bytes && !network->is_intended)
            n = result_add_reason(r, err, "%s of it (%s) went over %s",
                                  percent_text(percent, network->share),
                                  bytes_text(size, network->transfer_bytes), network->name);
    }
    if (!n && outside > 0.0001)
        n = result_add_reason(r, err,
                              "%s of it went between addresses of different networks or "
                              "outside every network",
                              percent_text(percent, outside));
    return n;
}

/* Loss so large, or memory so small, that the shares rest on a sample. */
static int weaken(struct result *r, const struct question *q, uint64_t total, struct error *err)
{
    char seen[UNITS_TEXT_BYTES], memory[UNITS_TEXT_BYTES];
    int n = weaken_by_loss(r, err);

    if (n || r->verdict == VERDICT_INCONCLUSIVE || q->vm_memory_bytes == RESULT_UNKNOWN ||
        (double)total >= LEAST_MEMORY_SHARE * (double)q->vm_memory_bytes)
        return n;
    return withdraw(r, err,
                    "only %s of a VM with %s of memory was seen: the rest may have gone over "
                    "SMB Direct (RDMA) or a NIC that was not captured",
                    bytes_text(seen, total), bytes_text(memory, q->vm_memory_bytes));
}

int verdict_reach(struct result *r, const struct question *q, struct error *err)
{
    bool is_known = has_intended(r);
    struct scales all = { 0 };
    int n;

    for (size_t i = 0; i < r->n_transfers; i++) {
        struct result_transfer *t = &r->transfers[i];
        struct scales own = { 0 };

        weigh(r, t, &own);
        weigh_cross(r, t, &own);
        t->verdict = !is_known || t->certainty <= CERTAINTY_POSSIBLE
                         ? VERDICT_INCONCLUSIVE
                         : verdict_of(&own, q->min_share);
        if (t->certainty <= CERTAINTY_POSSIBLE)
            continue;
        all.intended += own.intended;
        all.other += own.other;
        all.unclear += own.unclear;
    }
    if (all.intended + all.other == 0)
        return reach_without_transfer(r, q, err);
    if (!is_known)
        return reach_without_intention(r, q, err);
    r->verdict = verdict_of(&all, q->min_share);
    n = r->verdict == VERDICT_INCONCLUSIVE ? explain_unclear(r, share_of(all.unclear, &all), err)
                                           : explain_share(r, share_of(all.intended, &all), err);
    if (!n)
        n = explain_others(r, err);
    if (!n && *q->topology->intended_reason)
        n = result_add_reason(r, err, "intended: %s", q->topology->intended_reason);
    if (!n)
        n = weaken(r, q, all.intended + all.other, err);
    return n;
}
