/*
 * The counters as witnesses: do they agree with what was captured, and what does a session tell of
 * itself that weakens the answer?
 */
#include <string.h>

#include "analyzers/findings.h"
#include "analyzers/questions/questions.h"
#include "src/base/units.h"

/* A NIC is told when what nothing explains of its rise is so much ... */
#define LEAST_UNEXPLAINED_BYTES (UINT64_C(64) << 20)
/* ... and such a share of its rise, and of the transfers: offload, other clocks and other ports
 * take less. */
#define LEAST_UNEXPLAINED_SHARE 0.20
#define LEAST_SHARE_OF_TRANSFERS 0.25
/* RDMA is never captured, so less of it is told. */
#define LEAST_RDMA_BYTES (UINT64_C(16) << 20)
/* A NIC without addresses that rose by no more than was captured elsewhere bears another one. */
#define LAYER_SLACK 1.15
/* Counters agree with what they should count when they explain so much of it. */
#define AGREEMENT 0.80
/* Hyper-V counts the same bytes before TCP sees them. */
#define LARGEST_HYPERV_GAP 0.25

static const struct session_nic *nic_of(const struct result *r, const struct result_counted *c)
{
    return &r->sessions[c->session].session.nics[c->session_nic];
}

static bool is_within(const struct recorded *s, const struct result_transfer *t)
{
    const struct counters *c = &s->counters;

    return c->n_moments && t->end_ns >= c->moments[0].time_ns &&
           t->start_ns <= c->moments[c->n_moments - 1].time_ns;
}

/* What the transfers moved that this session can have seen. */
static uint64_t transferred(const struct result *r, const struct recorded *s)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < r->n_transfers; i++)
        if (r->transfers[i].certainty > CERTAINTY_POSSIBLE && is_within(s, &r->transfers[i]))
            bytes += r->transfers[i].bytes;
    return bytes;
}

/* ---- what only the counters show ---- */

static uint64_t captured_by_all(const struct result *r, int session)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < r->n_counted; i++)
        if (r->counted[i].session == session)
            bytes += r->counted[i].captured_bytes;
    return bytes;
}

/* A team's member or a switch's port: its bytes are those of the NIC above it. */
static bool is_layer(const struct result *r, const struct result_counted *c)
{
    return !c->has_addresses &&
           (double)c->net_bytes <= LAYER_SLACK * (double)captured_by_all(r, c->session);
}

/* What moved through a NIC and was not captured. 0 when it is too little to be told. */
static uint64_t unexplained(const struct result *r, const struct result_counted *c)
{
    uint64_t moved = transferred(r, &r->sessions[c->session]), rest;

    if (c->net_bytes == RESULT_UNKNOWN || c->captured_bytes >= c->net_bytes || is_layer(r, c))
        return 0;
    rest = c->net_bytes - c->captured_bytes;
    if (rest < LEAST_UNEXPLAINED_BYTES ||
        (double)rest < LEAST_UNEXPLAINED_SHARE * (double)c->net_bytes ||
        (double)rest < LEAST_SHARE_OF_TRANSFERS * (double)moved)
        return 0;
    return rest;
}

static uint64_t unseen_rdma(const struct result *r, const struct result_counted *c)
{
    uint64_t moved = transferred(r, &r->sessions[c->session]);

    if (c->net_rdma_bytes == RESULT_UNKNOWN || c->net_rdma_bytes < LEAST_RDMA_BYTES ||
        (double)c->net_rdma_bytes < LEAST_SHARE_OF_TRANSFERS * (double)moved)
        return 0;
    return c->net_rdma_bytes;
}

static const char *network_name(const struct result *r, int network)
{
    return network >= 0 && (size_t)network < r->n_networks ? r->networks[network].name
                                                           : "network not known";
}

static int tell_rdma(struct result *r, const struct result_counted *c, uint64_t bytes,
                     struct error *err)
{
    char size[UNITS_TEXT_BYTES];
    const char *name = nic_of(r, c)->name;
    struct finding *f =
        finding_add(r, "LM201", err,
                    "the RDMA counters of %s (%s) rose by %s, which no capture on the "
                    "host can see",
                    name, network_name(r, c->network), bytes_text(size, bytes));
    int n = finding_note_text(f, "interface", name, err);

    if (!n && c->network >= 0)
        n = finding_note_text(f, "network", network_name(r, c->network), err);
    return n ? n : finding_note_count(f, "rdma_bytes", bytes, err);
}

static int tell_unexplained(struct result *r, const struct result_counted *c, uint64_t bytes,
                            struct error *err)
{
    char rest[UNITS_TEXT_BYTES], all[UNITS_TEXT_BYTES];
    const char *name = nic_of(r, c)->name;
    struct finding *f = finding_add(
        r, "LM202", err,
        nic_of(r, c)->is_captured
            ? "the counters of %s (%s) rose by %s beyond the background, and %s of it was not "
              "captured"
            : "the counters of %s (%s) rose by %s beyond the background, and %s of it can't be "
              "explained: this NIC was not captured",
        name, network_name(r, c->network), bytes_text(all, c->net_bytes), bytes_text(rest, bytes));
    int n = finding_note_text(f, "interface", name, err);

    if (!n && c->network >= 0)
        n = finding_note_text(f, "network", network_name(r, c->network), err);
    if (!n)
        n = finding_note_count(f, "counted_bytes", c->net_bytes, err);
    return n ? n : finding_note_count(f, "captured_bytes", c->captured_bytes, err);
}

/* Could what was not seen turn the verdict round? */
static bool speaks_against(const struct result *r, const struct result_counted *c)
{
    bool is_intended = c->network >= 0 && (size_t)c->network < r->n_networks &&
                       r->networks[c->network].is_intended;

    switch (r->verdict) {
    case VERDICT_RIGHT_NETWORK:
        return !is_intended;
    case VERDICT_WRONG_NETWORK:
        return is_intended || c->network < 0;
    case VERDICT_SPLIT_NETWORKS:
    case VERDICT_NO_MIGRATION:
        return true;
    case VERDICT_INCONCLUSIVE:
        return false;
    }
    return false;
}

static int weaken(struct result *r, const struct result_counted *c, uint64_t bytes,
                  const char *counters, struct error *err)
{
    char size[UNITS_TEXT_BYTES];
    bool has_verdict = r->verdict != VERDICT_NO_MIGRATION;

    r->verdict = VERDICT_INCONCLUSIVE;
    return result_add_reason(
        r, err,
        has_verdict ? "but the %s of %s (%s) rose by %s that the capture can't explain, as much as "
                      "the memory seen or more"
                    : "the %s of %s (%s) rose by %s that the capture can't explain",
        counters, nic_of(r, c)->name, network_name(r, c->network), bytes_text(size, bytes));
}

static int check_rises(struct result *r, struct error *err)
{
    for (size_t i = 0; i < r->n_counted; i++) {
        const struct result_counted *c = &r->counted[i];
        uint64_t moved = transferred(r, &r->sessions[c->session]);
        uint64_t rdma = unseen_rdma(r, c), rest = unexplained(r, c);
        int n = rdma ? tell_rdma(r, c, rdma, err) : 0;

        if (!n && rest)
            n = tell_unexplained(r, c, rest, err);
        if (!n && rdma > moved && speaks_against(r, c))
            n = weaken(r, c, rdma, "RDMA counters", err);
        if (!n && rest > moved && speaks_against(r, c))
            n = weaken(r, c, rest, "counters", err);
        if (n)
            return n;
    }
    return 0;
}

/* ---- what agrees ---- */

static uint64_t bulk_of(const struct result_counted *c)
{
    return c->net_bytes == RESULT_UNKNOWN ? 0 : c->net_bytes;
}

/* The NIC with an address that rose most, of those of one session and other than @but. NULL: none.
 */
static const struct result_counted *largest(const struct result *r, size_t session,
                                            const struct result_counted *but)
{
    const struct result_counted *most = NULL;

    for (size_t i = 0; i < r->n_counted; i++) {
        const struct result_counted *c = &r->counted[i];

        if ((size_t)c->session == session && c != but && c->has_addresses &&
            (!most || bulk_of(c) > bulk_of(most)))
            most = c;
    }
    return most;
}

static int check_agreement(struct result *r, size_t session, struct error *err)
{
    const struct result_counted *most = largest(r, session, NULL);
    const struct result_counted *next = largest(r, session, most);
    uint64_t moved = transferred(r, &r->sessions[session]);
    char size[UNITS_TEXT_BYTES], share[UNITS_TEXT_BYTES], rest[UNITS_TEXT_BYTES];

    if (!moved || !most || most->explained < AGREEMENT || most->explained > 2 - AGREEMENT ||
        bulk_of(most) < moved / 2)
        return 0;
    bytes_text(size, bulk_of(most));
    percent_text(share, most->explained < 1 ? most->explained : 1);
    if (!next)
        return result_add_reason(
            r, err, "the counters agree: %s rose by %s meanwhile, of which the capture explains %s",
            nic_of(r, most)->name, size, share);
    return result_add_reason(r, err,
                             "the counters agree: %s rose by %s meanwhile, of which the capture "
                             "explains %s, and no other NIC by more than %s",
                             nic_of(r, most)->name, size, share, bytes_text(rest, bulk_of(next)));
}

/* The largest value of a counter of Hyper-V's, over all VMs: it counts from a migration's start. */
static uint64_t hyperv_total(const struct counters *c, const char *name)
{
    uint64_t total = 0;

    for (size_t i = 0; i < c->n_totals; i++)
        if (strcmp(c->totals[i].set, "Hyper-V VM Live Migration") == 0 &&
            strncmp(c->totals[i].name, name, strlen(name)) == 0)
            total += c->totals[i].last;
    return total;
}

static int check_hyperv(struct result *r, const struct recorded *s, struct error *err)
{
    uint64_t tcp = hyperv_total(&s->counters, "TCP Transport: Bytes Sent");
    uint64_t smb = hyperv_total(&s->counters, "SMB Transport: Bytes Sent");
    uint64_t moved = transferred(r, s), sent = tcp + smb;
    char told[UNITS_TEXT_BYTES], seen[UNITS_TEXT_BYTES];
    double gap = (double)sent - (double)moved;
    struct finding *f;
    int n;

    if (!sent || (gap < 0 ? -gap : gap) <= LARGEST_HYPERV_GAP * (double)sent)
        return 0;
    f = finding_add(r, "LM209", err, "Hyper-V counted %s sent over %s, and the capture shows %s",
                    bytes_text(told, sent), tcp >= smb ? "TCP" : "SMB", bytes_text(seen, moved));
    n = finding_note_count(f, "tcp_bytes", tcp, err);
    if (!n)
        n = finding_note_count(f, "smb_bytes", smb, err);
    return n ? n : finding_note_count(f, "captured_bytes", moved, err);
}

/* Compression sends less than the VM's memory, and that is as it should be. */
static int check_compression(struct result *r, const struct recorded *s, struct error *err)
{
    uint64_t before = hyperv_total(&s->counters, "Memory Walker: Bytes Sent for Compression");
    uint64_t after = hyperv_total(&s->counters, "Compressor: Compressed Bytes Sent");
    char memory[UNITS_TEXT_BYTES], wire[UNITS_TEXT_BYTES];
    struct finding *f;
    int n;

    if (!after || after >= before)
        return 0;
    f = finding_add(r, "LM211", err, "%s of memory became %s", bytes_text(memory, before),
                    bytes_text(wire, after));
    n = finding_note_count(f, "memory_bytes", before, err);
    return n ? n : finding_note_count(f, "compressed_bytes", after, err);
}

/* ---- what a session tells of itself ---- */

static int check_nics(struct result *r, const struct recorded *s, struct error *err)
{
    for (size_t i = 0; i < s->session.n_nics; i++) {
        const struct session_nic *nic = &s->session.nics[i];
        struct finding *f;
        int n;

        if (!*nic->problem)
            continue;
        f = finding_add(r, "LM203", err, "%s: %s", nic->name, nic->problem);
        n = finding_note_text(f, "interface", nic->name, err);
        if (n)
            return n;
    }
    return 0;
}

static uint64_t unstored(const struct recorded *s)
{
    uint64_t packets = 0;

    for (size_t i = 0; i < s->session.n_nics; i++)
        if (s->session.nics[i].unstored_packets != SESSION_UNKNOWN)
            packets += s->session.nics[i].unstored_packets;
    return packets;
}

static int check_writing(struct result *r, const struct recorded *s, struct error *err)
{
    char when[UNITS_TEXT_BYTES];
    struct finding *f;
    int n;

    if (!*s->session.write_problem)
        return 0;
    if (s->session.write_problem_ns == SESSION_NO_TIME)
        strcpy(when, "some time");
    else
        time_text(when, s->session.write_problem_ns);
    f = finding_add(r, "LM204", err, "from %s on: %s", when, s->session.write_problem);
    n = finding_note_text(f, "session", s->folder, err);
    return n ? n : finding_note_count(f, "unstored_packets", unstored(s), err);
}

static int check_end(struct result *r, const struct recorded *s, struct error *err)
{
    char when[UNITS_TEXT_BYTES];
    struct finding *f;

    if (s->session.state == SESSION_COMPLETE)
        return 0;
    if (s->counters.n_moments)
        f = finding_add(r, "LM205", err, "'%s': the last sample is of %s", s->folder,
                        time_text(when, s->counters.moments[s->counters.n_moments - 1].time_ns));
    else
        f = finding_add(r, "LM205", err, "'%s': it has no samples", s->folder);
    return finding_note_text(f, "session", s->folder, err);
}

static int check_warnings(struct result *r, const struct recorded *s, struct error *err)
{
    for (size_t i = 0; i < s->session.n_warnings; i++) {
        struct finding *f = finding_add(r, "LM206", err, "%s", s->session.warnings[i]);
        int n = finding_note_text(f, "session", s->folder, err);

        if (n)
            return n;
    }
    return 0;
}

static int check_background(struct result *r, size_t session, struct error *err)
{
    for (size_t i = 0; i < r->n_counted; i++) {
        const struct result_counted *c = &r->counted[i];
        struct finding *f;

        if ((size_t)c->session != session || c->rise[COUNTER_RX_BYTES] == RESULT_UNKNOWN)
            continue;
        if (c->background_rx_bytes != RESULT_UNKNOWN || !transferred(r, &r->sessions[session]))
            return 0;
        f = finding_add(r, "LM207", err,
                        "'%s' began less than a second before the memory moved, so other traffic "
                        "counts as part of it",
                        r->sessions[session].folder);
        return finding_note_text(f, "session", r->sessions[session].folder, err);
    }
    return 0;
}

static int tell_command(struct result *r, const struct session_command *c, struct error *err)
{
    const char *word = c->n_words ? c->words[0] : "";
    struct finding *f;

    if (*c->problem)
        f = finding_add(r, "LM208", err, "'%s' could not be started: %s", word, c->problem);
    else if (c->signal != SESSION_NO_STATUS)
        f = finding_add(r, "LM208", err, "'%s' was ended by signal %lld", word,
                        (long long)c->signal);
    else
        f = finding_add(r, "LM208", err, "'%s' ended with status %lld", word, (long long)c->status);
    return finding_note_text(f, "command", word, err);
}

static int check_commands(struct result *r, const struct recorded *s, struct error *err)
{
    for (size_t i = 0; i < s->session.n_commands; i++) {
        const struct session_command *c = &s->session.commands[i];
        bool has_failed = *c->problem || c->signal != SESSION_NO_STATUS ||
                          (c->status != SESSION_NO_STATUS && c->status != 0);
        int n = has_failed ? tell_command(r, c, err) : 0;

        if (n)
            return n;
    }
    return 0;
}

static int check_counters(struct result *r, const struct recorded *s, struct error *err)
{
    struct finding *f;

    if (s->counters.n_moments)
        return 0;
    f = finding_add(r, "LM210", err, "'%s': %s", s->folder,
                    s->counters_problem ? s->counters_problem : "no sample was written");
    return finding_note_text(f, "session", s->folder, err);
}

int question_witness(struct result *r, const struct question *q, struct error *err)
{
    static int (*const checks[])(struct result *, const struct recorded *, struct error *) = {
        check_nics,     check_writing,  check_end,    check_warnings,
        check_commands, check_counters, check_hyperv, check_compression,
    };
    int n = check_rises(r, err);

    (void)q;
    for (size_t i = 0; i < r->n_sessions && !n; i++) {
        for (size_t k = 0; k < sizeof(checks) / sizeof(*checks) && !n; k++)
            n = checks[k](r, &r->sessions[i], err);
        if (!n)
            n = check_background(r, i, err);
        if (!n)
            n = check_agreement(r, i, err);
    }
    return n;
}
