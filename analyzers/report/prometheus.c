/*
 * Prometheus' text format, version 0.0.4, for the textfile collector: metric by metric, as all
 * samples of one must stand together. Labels carry names, which are escaped.
 */
#include <inttypes.h>

#include "analyzers/report/report.h"
#include "analyzers/report/words.h"
#include "src/base/plain.h"

enum { LABEL_BYTES = 1024 };

/* Where a sample is from; every metric has these labels first. */
struct origin {
    const struct comparison *c;
    const struct comparison_set *set;
    size_t run;
    const struct result *r;
};

static void label(FILE *out, const char *key, const char *text)
{
    char plain[LABEL_BYTES];

    plain_text(plain, sizeof(plain), text ? text : "", PLAIN_UNCUT);
    fprintf(out, ",%s=\"", key);
    for (const char *at = plain; *at; at++) {
        if (*at == '\\' || *at == '"')
            fputc('\\', out);
        fputc(*at, out);
    }
    fputc('"', out);
}

static void sample(FILE *out, const struct origin *o, const char *name)
{
    fprintf(out, "%s{set=\"%s\",run=\"%zu\"", name, o->set->key, o->run + 1);
    if (o->c->title.cluster)
        label(out, "cluster", o->c->title.cluster);
}

static void transfer_labels(FILE *out, const struct origin *o, size_t i)
{
    const struct result_transfer *t = &o->r->transfers[i];
    char address[ADDR_TEXT_BYTES];

    fprintf(out, ",transfer=\"%zu\"", i + 1);
    label(out, "source",
          t->source_host >= 0 ? o->r->hosts[t->source_host].name : addr_text(address, &t->source));
    label(out, "destination",
          t->destination_host >= 0 ? o->r->hosts[t->destination_host].name
                                   : addr_text(address, &t->destination));
}

static void write_verdicts(FILE *out, const struct origin *o)
{
    static const enum verdict verdicts[] = { VERDICT_RIGHT_NETWORK, VERDICT_WRONG_NETWORK,
                                             VERDICT_SPLIT_NETWORKS, VERDICT_INCONCLUSIVE,
                                             VERDICT_NO_MIGRATION };

    for (size_t i = 0; i < sizeof(verdicts) / sizeof(*verdicts); i++) {
        sample(out, o, "lmpath_verdict");
        label(out, "verdict", verdict_name(verdicts[i]));
        fprintf(out, "} %d\n", o->r->verdict == verdicts[i]);
    }
}

static void write_bytes(FILE *out, const struct origin *o)
{
    for (size_t i = 0; i < o->r->n_transfers; i++) {
        const struct result_transfer *t = &o->r->transfers[i];

        for (size_t k = 0; k < t->n_networks; k++) {
            int network = t->networks[k].network;

            sample(out, o, "lmpath_transfer_bytes");
            transfer_labels(out, o, i);
            label(out, "network", words_network(LANGUAGE_EN, o->r, network));
            label(out, "intended",
                  network >= 0 && o->r->networks[network].is_intended ? "true" : "false");
            fprintf(out, "} %" PRIu64 "\n", t->networks[k].bytes);
        }
    }
}

static void write_seconds(FILE *out, const struct origin *o)
{
    for (size_t i = 0; i < o->r->n_transfers; i++) {
        const struct result_transfer *t = &o->r->transfers[i];

        sample(out, o, "lmpath_transfer_seconds");
        transfer_labels(out, o, i);
        fprintf(out, "} %.9f\n", (double)(t->end_ns - t->start_ns) / 1e9);
    }
}

static void write_mean(FILE *out, const struct origin *o)
{
    for (size_t i = 0; i < o->r->n_transfers; i++) {
        sample(out, o, "lmpath_transfer_mean_bytes_per_second");
        transfer_labels(out, o, i);
        fprintf(out, "} %.0f\n", o->r->transfers[i].mean_bits_per_second / 8);
    }
}

static void write_peak(FILE *out, const struct origin *o)
{
    for (size_t i = 0; i < o->r->n_transfers; i++) {
        sample(out, o, "lmpath_transfer_peak_bytes_per_second");
        transfer_labels(out, o, i);
        fprintf(out, "} %.0f\n", o->r->transfers[i].peak_bits_per_second / 8);
    }
}

static void write_retransmitted(FILE *out, const struct origin *o)
{
    for (size_t i = 0; i < o->r->n_transfers; i++) {
        sample(out, o, "lmpath_transfer_retransmitted_bytes");
        transfer_labels(out, o, i);
        fprintf(out, "} %" PRIu64 "\n", o->r->transfers[i].retransmitted_bytes);
    }
}

static void write_ends(FILE *out, const struct origin *o)
{
    for (size_t i = 0; i < o->r->n_transfers; i++) {
        sample(out, o, "lmpath_transfer_end_timestamp_seconds");
        transfer_labels(out, o, i);
        fprintf(out, "} %.3f\n", (double)o->r->transfers[i].end_ns / 1e9);
    }
}

/* Where it is not known there is no sample: unknown is never zero. */
static void write_drops(FILE *out, const struct origin *o)
{
    for (size_t i = 0; i < o->r->n_nics; i++) {
        const struct result_nic *nic = &o->r->nics[i];

        if (nic->dropped == RESULT_UNKNOWN)
            continue;
        sample(out, o, "lmpath_capture_dropped_packets");
        fprintf(out, ",nic=\"%zu\"", i + 1);
        label(out, "interface", words_nic(LANGUAGE_EN, nic));
        fprintf(out, "} %" PRIu64 "\n", nic->dropped);
    }
}

static void write_findings(FILE *out, const struct origin *o)
{
    for (int severity = FINDING_INFO; severity <= FINDING_ERROR; severity++) {
        size_t n = 0;

        for (size_t i = 0; i < o->r->n_findings; i++)
            n += (int)o->r->findings[i].severity == severity;
        sample(out, o, "lmpath_findings");
        label(out, "severity", severity_name(severity));
        fprintf(out, "} %zu\n", n);
    }
}

static const struct metric {
    const char *name, *help;
    void (*write)(FILE *out, const struct origin *o);
} metrics[] = {
    { "lmpath_verdict", "1 for the verdict reached, 0 for the others.", write_verdicts },
    { "lmpath_transfer_bytes", "Memory that a transfer moved over a network.", write_bytes },
    { "lmpath_transfer_seconds", "How long a transfer took.", write_seconds },
    { "lmpath_transfer_mean_bytes_per_second", "Mean rate of a transfer.", write_mean },
    { "lmpath_transfer_peak_bytes_per_second", "Peak rate of a transfer.", write_peak },
    { "lmpath_transfer_retransmitted_bytes", "Bytes of a transfer that were sent again.",
      write_retransmitted },
    { "lmpath_transfer_end_timestamp_seconds", "When a transfer ended, Unix time.", write_ends },
    { "lmpath_capture_dropped_packets", "Packets that a capture says it lost.", write_drops },
    { "lmpath_findings", "Findings by severity.", write_findings },
};

int report_write_prometheus(const struct comparison *c, FILE *out, struct error *err)
{
    (void)err;
    for (size_t m = 0; m < sizeof(metrics) / sizeof(*metrics); m++) {
        fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", metrics[m].name, metrics[m].help,
                metrics[m].name);
        for (size_t s = 0; s < c->n_sets; s++) {
            for (size_t i = 0; i < c->sets[s].n_runs; i++) {
                struct origin o = { c, &c->sets[s], i, c->sets[s].runs[i].result };

                metrics[m].write(out, &o);
            }
        }
    }
    return 0;
}
