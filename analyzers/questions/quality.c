/* What about the captures weakens the answer: loss, copies, damage, clocks, what could not be
 * decoded? */
#include "analyzers/findings.h"
#include "analyzers/questions/questions.h"
#include "src/base/units.h"

static const char *nic_label(const struct result *r, const struct result_nic *n)
{
    const char *label = result_nic_label(n);

    return *label ? label : r->inputs[n->input].path;
}

static uint64_t sum_missing(const struct result *r)
{
    uint64_t missing = 0;

    for (size_t i = 0; i < r->n_transfers; i++)
        missing += r->transfers[i].missing_bytes;
    return missing;
}

static int check_loss(struct result *r, struct error *err)
{
    uint64_t dropped, offered = result_offered(r, &dropped), missing = sum_missing(r);
    char lost[UNITS_TEXT_BYTES], all[UNITS_TEXT_BYTES], bytes[UNITS_TEXT_BYTES];
    struct finding *f;
    int n;

    if (!dropped && !missing)
        return 0;
    if (dropped && !missing)
        f = finding_add(r, "LM301", err, "%s of %s packets were dropped while capturing",
                        count_text(lost, dropped), count_text(all, offered));
    else if (dropped)
        f = finding_add(r, "LM301", err,
                        "%s of %s packets were dropped while capturing; %s of the transfers are "
                        "known by sequence numbers alone",
                        count_text(lost, dropped), count_text(all, offered),
                        bytes_text(bytes, missing));
    else
        f = finding_add(r, "LM301", err,
                        "%s of the transfers passed and were not captured; they are known by "
                        "sequence numbers alone",
                        bytes_text(bytes, missing));
    n = finding_note_count(f, "dropped_packets", dropped, err);
    return n ? n : finding_note_count(f, "missing_bytes", missing, err);
}

static int check_duplicates(struct result *r, struct error *err)
{
    uint64_t duplicates = 0, packets = 0;
    char count[UNITS_TEXT_BYTES], share[UNITS_TEXT_BYTES];
    struct finding *f;

    for (size_t i = 0; i < r->n_nics; i++) {
        duplicates += r->nics[i].duplicate_packets;
        packets += r->nics[i].packets;
    }
    if (!duplicates)
        return 0;
    f = finding_add(r, "LM302", err, "%s packets (%s) were seen again at the same vantage point",
                    count_text(count, duplicates),
                    percent_text(share, (double)duplicates / (double)packets));
    return finding_note_count(f, "duplicate_packets", duplicates, err);
}

static int check_damage(struct result *r, struct error *err)
{
    for (size_t i = 0; i < r->n_inputs; i++) {
        const struct result_input *input = &r->inputs[i];
        struct finding *f;
        int n;

        if (!input->is_truncated)
            continue;
        if (input->format)
            f = finding_add(r, "LM303", err, "'%s': at byte %llu: %s", input->path,
                            (unsigned long long)input->damage_offset, input->damage);
        else
            f = finding_add(r, "LM303", err, "%s", input->damage);
        n = finding_note_text(f, "input", input->path, err);
        if (!n)
            n = finding_note_count(f, "offset", input->damage_offset, err);
        if (!n)
            n = finding_note_count(f, "packets_before", input->packets, err);
        if (n)
            return n;
    }
    return 0;
}

/* Tools that read several NICs write packets out of order by some microseconds: not worth telling.
 */
#define LEAST_STEP_NS (1000 * 1000)

static int check_clocks(struct result *r, struct error *err)
{
    uint64_t steps = 0;
    int64_t worst_ns = 0;
    const struct result_nic *worst = NULL;
    char count[UNITS_TEXT_BYTES];
    struct finding *f;
    int n;

    for (size_t i = 0; i < r->n_nics; i++) {
        steps += r->nics[i].backward_times;
        if (r->nics[i].backward_worst_ns > worst_ns) {
            worst = &r->nics[i];
            worst_ns = worst->backward_worst_ns;
        }
    }
    if (worst_ns < LEAST_STEP_NS)
        return 0;
    f = finding_add(r, "LM304", err,
                    steps == 1 ? "%s packet is older than the one before; the largest step back is "
                                 "%.3f s, on %s"
                               : "%s packets are older than the one before; the largest step back "
                                 "is %.3f s, on %s",
                    count_text(count, steps), (double)worst_ns / 1e9, nic_label(r, worst));
    n = finding_note_count(f, "steps", steps, err);
    return n ? n : finding_note_count(f, "worst_ns", (uint64_t)worst_ns, err);
}

static int check_decoding(struct result *r, struct error *err)
{
    for (size_t i = 0; i < r->n_nics; i++) {
        const struct result_nic *nic = &r->nics[i];
        char count[UNITS_TEXT_BYTES];
        struct finding *f;
        int n;

        if (!nic->packets || nic->link_type)
            continue;
        f = finding_add(r, "LM305", err, "%s: all %s packets have link type %u, which is not known",
                        nic_label(r, nic), count_text(count, nic->packets), nic->link_type_number);
        n = finding_note_count(f, "link_type", nic->link_type_number, err);
        if (!n)
            n = finding_note_count(f, "packets", nic->packets, err);
        if (n)
            return n;
    }
    return 0;
}

static int check_agreement(struct result *r, struct error *err)
{
    for (size_t i = 0; i < r->n_transfers; i++) {
        for (size_t k = 0; k < r->transfers[i].n_connections; k++) {
            uint32_t connection = r->transfers[i].connections[k];
            const struct result_connection *c = &r->connections[connection];
            struct finding *f;

            if (!c->disagrees)
                continue;
            f = finding_add(r, "LM306", err,
                            "connection %u was seen from %u vantage points with different totals",
                            connection + 1, c->n_observations);
            return finding_note_count(f, "connection", connection + 1, err);
        }
    }
    return 0;
}

static int check_esp(struct result *r, struct error *err)
{
    uint64_t bytes = 0;
    char size[UNITS_TEXT_BYTES];
    struct finding *f;

    for (size_t i = 0; i < r->n_nics; i++)
        bytes += r->nics[i].esp_bytes;
    if (!bytes)
        return 0;
    f = finding_add(r, "LM307", err, "%s of ESP was captured", bytes_text(size, bytes));
    return finding_note_count(f, "wire_bytes", bytes, err);
}

static int check_room(struct result *r, struct error *err)
{
    uint64_t packets = 0;
    char count[UNITS_TEXT_BYTES];
    struct finding *f;

    for (size_t i = 0; i < r->n_nics; i++)
        packets += r->nics[i].untracked_packets;
    if (!packets)
        return 0;
    f = finding_add(r, "LM308", err, "%s packets were left out", count_text(count, packets));
    return finding_note_count(f, "packets", packets, err);
}

static bool has_beginning(const struct result *r, const struct result_connection *c)
{
    for (unsigned i = 0; i < c->n_observations; i++) {
        const struct observation *o = result_observation(r, c, i);

        if ((o->half[0].flags | o->half[1].flags) & HALF_HAS_SYN)
            return true;
    }
    return false;
}

/* On the migration port each transfer opens connections of its own; SMB has some for longer. */
static int check_beginnings(struct result *r, struct error *err)
{
    for (size_t i = 0; i < r->n_transfers; i++) {
        const struct result_transfer *t = &r->transfers[i];
        struct finding *f;
        size_t n_late = 0;
        int n;

        for (size_t k = 0; k < t->n_connections && t->transport == TRANSPORT_TCP; k++)
            n_late += !has_beginning(r, &r->connections[t->connections[k]]);
        if (!n_late || t->certainty <= CERTAINTY_POSSIBLE)
            continue;
        f = finding_add(r, "LM309", err,
                        "transfer %zu: of %zu of its %zu connections the beginning is not in the "
                        "capture",
                        i + 1, n_late, t->n_connections);
        n = finding_note_count(f, "transfer", i + 1, err);
        if (!n)
            n = finding_note_count(f, "connections", n_late, err);
        if (n)
            return n;
    }
    return 0;
}

int question_quality(struct result *r, const struct question *q, struct error *err)
{
    static int (*const checks[])(struct result *, struct error *) = {
        check_loss,      check_duplicates, check_damage, check_clocks,     check_decoding,
        check_agreement, check_esp,        check_room,   check_beginnings,
    };

    (void)q;
    for (size_t i = 0; i < sizeof(checks) / sizeof(*checks); i++) {
        int n = checks[i](r, err);

        if (n < 0)
            return n;
    }
    return 0;
}
