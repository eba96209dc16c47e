/*
 * Input: 1 byte of options, then a capture. It goes the whole way: read, counted, attributed,
 * judged; over a file, as that is where analysis begins.
 *
 * Checked: what the result says of itself.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "analyzers/analysis.h"
#include "analyzers/findings.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void check_connections(const struct result *r)
{
    for (size_t i = 0; i < r->n_connections; i++) {
        const struct result_connection *c = &r->connections[i];

        check(c->n_observations > 0 && c->best < c->n_observations && c->client < 2);
        for (unsigned k = 0; k < c->n_observations; k++) {
            const struct observation *o = result_observation(r, c, k);

            check(o->protocol != 0 && o->vantage < r->n_nics && o->first_ns <= o->last_ns);
            for (int half = 0; half < 2; half++) {
                const struct half *h = &o->half[half];
                uint64_t stream = half_stream_bytes(h, &o->half[!half]);
                uint64_t missing = half_missing_bytes(h, &o->half[!half]);

                check(missing <= stream);
                check(h->payload_bytes == stream - missing + h->retransmitted_bytes);
            }
        }
        for (int end = 0; end < 2; end++)
            check(c->network[end] < (int)r->n_networks);
    }
}

static void check_transfer(const struct result *r, const struct result_transfer *t)
{
    uint64_t bytes = 0, rate = 0;

    check(t->source_host >= 0 && (size_t)t->source_host < r->n_hosts);
    check(t->destination_host >= 0 && (size_t)t->destination_host < r->n_hosts);
    check(t->start_ns <= t->end_ns && t->n_connections > 0 && t->n_evidence > 0);
    check(t->missing_bytes <= t->bytes && t->certainty != CERTAINTY_NONE);
    check(t->peak_bits_per_second >= t->mean_bits_per_second && isfinite(t->peak_bits_per_second));
    for (size_t i = 0; i < t->n_networks; i++) {
        check(t->networks[i].network < (int)r->n_networks);
        check(i == 0 || t->networks[i].bytes <= t->networks[i - 1].bytes);
        bytes += t->networks[i].bytes;
    }
    check(bytes == t->bytes);
    for (size_t i = 0; i < t->n_connections; i++)
        check(t->connections[i] < r->n_connections);
    for (size_t i = 0; i < t->rate.n_buckets; i++)
        rate += t->rate.bytes[i];
    check(t->rate.n_buckets > 0 && (rate > 0 || t->bytes < 1 << 20));
}

static void check_result(const struct result *r)
{
    double shares = 0;

    check(verdict_name(r->verdict) && r->n_reasons > 0);
    check_connections(r);
    for (size_t i = 0; i < r->n_transfers; i++)
        check_transfer(r, &r->transfers[i]);
    for (size_t i = 0; i < r->n_networks; i++)
        shares += r->networks[i].share;
    check(shares < 1.000001);
    for (size_t i = 0; i < r->n_findings; i++)
        check(finding_kind_find(r->findings[i].id) && r->findings[i].detail[0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    char storage[] = "Storage1=10.20.0.0/24,fd00:20::/64", management[] = "Management=10.10.0.0/24";
    char *networks[] = { storage, management };
    char path[] = P_tmpdir "/fuzz_analysis_XXXXXX", *inputs[] = { path, path };
    struct analysis_options options;
    struct error err = { "" };
    struct result result;
    int file;

    if (n_bytes < 1)
        return 0;
    file = mkstemp(path);
    check(file >= 0 && write(file, bytes + 1, n_bytes - 1) == (ssize_t)(n_bytes - 1));
    close(file);
    analysis_options_init(&options);
    options.inputs = inputs;
    options.n_inputs = bytes[0] & 1 ? 2 : 1;
    options.networks = networks;
    options.n_networks = bytes[0] & 2 ? 2 : 0;
    options.expect = bytes[0] & 4 ? "10.20.0.0/24" : NULL;
    options.vm_memory_bytes = bytes[0] & 8 ? 1 << 30 : RESULT_UNKNOWN;
    result_init(&result);
    if (analysis_run(&result, &options, &err) == 0)
        check_result(&result);
    else
        check(err.text[0]);
    result_release(&result);
    remove(path);
    return 0;
}
