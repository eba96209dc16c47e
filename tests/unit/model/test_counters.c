#include "src/model/counters.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/disk.h"

#define SCHEMA "{\"schema\": \"lmpath.counters/1\"}\n"
#define TIME "\"time\": \"2026-11-21T22:59:08Z\""

static struct counters c;
static char folder[64];
static char path[80];

static void make_folder(const char *name)
{
    snprintf(folder, sizeof(folder), "test_counters_%s", name);
    snprintf(path, sizeof(path), "%s/" COUNTERS_FILE, folder);
    disk_remove(path);
    rmdir(folder);
    cr_assert_eq(disk_make_folder(folder), 0);
}

static void remove_folder(void)
{
    disk_remove(path);
    rmdir(folder);
}

static int parse(const char *text, struct error *err)
{
    return counters_parse(&c, text, strlen(text), err);
}

static uint64_t value(size_t moment, uint32_t nic, enum counter counter)
{
    return counters_row(&c, moment, nic)->values[counter];
}

Test(counters, read_back_what_was_written)
{
    struct counter_other other = { "Hyper-V VM Live Migration", "VM \"1\"", "Bytes Sent", 77 };
    struct counter_row rows[2];
    struct counter_sample sample = { 1795302548152896400, 12345, rows, 2, &other, 1 };
    struct counters_writer *w = NULL;
    struct error err;

    make_folder("written");
    counter_row_init(&rows[0], 0);
    counter_row_init(&rows[1], 5);
    for (unsigned i = 0; i < N_COUNTERS; i++)
        rows[0].values[i] = 1000 + i;
    rows[1].values[COUNTER_RX_BYTES] = INT64_MAX;
    cr_assert_eq(counters_writer_new(&w, folder, &err), 0, "%s", err.text);
    cr_assert_eq(counters_writer_add(w, &sample, &err), 0, "%s", err.text);
    sample.time_ns++;
    other.value = 99;
    cr_assert_eq(counters_writer_add(w, &sample, &err), 0, "%s", err.text);
    /* whole before it is closed */
    cr_assert_eq(counters_read(&c, folder, &err), 0, "%s", err.text);
    counters_writer_free(w);
    remove_folder();
    cr_assert_eq(c.n_moments, 2);
    cr_assert_eq(c.n_nics, 6);
    cr_expect_eq(c.moments[0].time_ns, 1795302548152896400);
    cr_expect_eq(c.moments[1].time_ns, 1795302548152896401);
    cr_expect_eq(c.moments[1].monotonic_ns, 12345);
    for (unsigned i = 0; i < N_COUNTERS; i++)
        cr_expect_eq(value(1, 0, i), 1000 + i);
    cr_expect_eq(value(0, 5, COUNTER_RX_BYTES), INT64_MAX);
    cr_expect_eq(value(0, 5, COUNTER_TX_BYTES), COUNTER_UNKNOWN);
    cr_expect_eq(value(0, 1, COUNTER_RX_BYTES), COUNTER_UNKNOWN);
    cr_assert_eq(c.n_totals, 1);
    cr_expect_str_eq(c.totals[0].instance, "VM \"1\"");
    cr_expect_eq(c.totals[0].first, 77);
    cr_expect_eq(c.totals[0].last, 99);
    cr_expect(!c.is_cut);
    cr_expect_eq(c.n_bad_lines, 0);
    counters_release(&c);
}

Test(counters, are_none_without_a_file)
{
    make_folder("none");
    cr_expect_eq(counters_read(&c, folder, NULL), 1);
    cr_expect_eq(c.n_moments, 0);
    cr_expect_eq(c.n_nics, 0);
    remove_folder();
}

Test(counters, need_their_schema)
{
    struct error err;

    cr_expect_eq(parse("{\"schema\": \"lmpath.counters/2\"}\n", &err), ERR_INPUT);
    cr_expect(strstr(err.text, "lmpath.counters/1") != NULL, "%s", err.text);
    counters_release(&c);
    cr_expect_eq(parse("{" TIME "}\n", &err), ERR_INPUT);
    counters_release(&c);
    cr_expect_eq(parse("no JSON\n", &err), ERR_INPUT);
    counters_release(&c);
}

Test(counters, keep_all_lines_before_one_that_is_cut)
{
    static const char whole[] =
        SCHEMA "{" TIME ", \"monotonic_ns\": 1, \"nics\": [{\"nic\": 0, \"rx_bytes\": 10}]}\n"
               "{" TIME ", \"monotonic_ns\": 2, \"nics\": [{\"nic\": 0, \"rx_bytes\": 20}]}\n";
    size_t n_schema = strlen(SCHEMA);

    for (size_t n = 0; n < strlen(whole); n++) {
        size_t n_lines = 0;

        for (size_t i = n_schema; i < n; i++)
            n_lines += whole[i] == '\n';
        cr_assert_eq(counters_parse(&c, whole, n, NULL), 0);
        cr_expect_eq(c.n_moments, n_lines);
        cr_expect_eq(c.n_bad_lines, 0);
        cr_expect_eq(c.is_cut, n != 0 && whole[n - 1] != '\n');
        cr_expect(n_lines == 0 || value(0, 0, COUNTER_RX_BYTES) == 10);
        counters_release(&c);
    }
}

Test(counters, pass_over_lines_that_are_no_sample)
{
    static const char *const bad[] = {
        "",
        "[]",
        "{}",
        "{" TIME "}",
        "{" TIME ", \"monotonic_ns\": 1}",
        "{" TIME ", \"monotonic_ns\": \"1\", \"nics\": []}",
        "{\"time\": \"now\", \"monotonic_ns\": 1, \"nics\": []}",
        "{" TIME ", \"monotonic_ns\": 1, \"nics\": {}}",
        "{" TIME ", \"monotonic_ns\": 1, \"nics\": []",
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        char text[512];

        snprintf(text, sizeof(text), "%s%s\n{%s, \"monotonic_ns\": 2, \"nics\": []}\n", SCHEMA,
                 bad[i], TIME);
        cr_assert_eq(parse(text, NULL), 0);
        cr_expect_eq(c.n_bad_lines, 1, "%s", bad[i]);
        cr_assert_eq(c.n_moments, 1, "%s", bad[i]);
        cr_expect_eq(c.moments[0].monotonic_ns, 2);
        counters_release(&c);
    }
}

Test(counters, take_only_whole_numbers_of_known_nics)
{
    cr_assert_eq(parse(SCHEMA "{" TIME ", \"monotonic_ns\": 1, \"nics\": ["
                              "{\"nic\": 1, \"rx_bytes\": -1, \"tx_bytes\": 1.5, "
                              "\"rx_packets\": \"3\", \"tx_packets\": 4}, "
                              "{\"nic\": 1024, \"rx_bytes\": 5}, {\"nic\": -1, \"rx_bytes\": 5}, "
                              "{\"nic\": \"0\", \"rx_bytes\": 5}, {\"rx_bytes\": 5}, 7]}\n",
                       NULL),
                 0);
    cr_assert_eq(c.n_nics, 2);
    cr_expect_eq(value(0, 1, COUNTER_RX_BYTES), COUNTER_UNKNOWN);
    cr_expect_eq(value(0, 1, COUNTER_TX_BYTES), COUNTER_UNKNOWN);
    cr_expect_eq(value(0, 1, COUNTER_RX_PACKETS), COUNTER_UNKNOWN);
    cr_expect_eq(value(0, 1, COUNTER_TX_PACKETS), 4);
    cr_expect_eq(value(0, 0, COUNTER_RX_BYTES), COUNTER_UNKNOWN);
    counters_release(&c);
}

/* @n_nics_of(i) NICs in sample i; NIC k of sample i has i * 1000 + k. */
static char *many(unsigned n_samples, unsigned (*n_nics_of)(unsigned))
{
    size_t n_capacity = (size_t)n_samples * 64 + 64, n = 0;
    char *text;

    for (unsigned i = 0; i < n_samples; i++)
        n_capacity += 48 * (size_t)n_nics_of(i);
    text = malloc(n_capacity);
    cr_assert(text != NULL);
    n += (size_t)sprintf(text + n, SCHEMA);
    for (unsigned i = 0; i < n_samples; i++) {
        n += (size_t)sprintf(text + n, "{" TIME ", \"monotonic_ns\": %u, \"nics\": [", i);
        for (unsigned k = 0; k < n_nics_of(i); k++)
            n += (size_t)sprintf(text + n, "%s{\"nic\":%u,\"tx_bytes\":%u}", k ? "," : "", k,
                                 i * 1000 + k);
        n += (size_t)sprintf(text + n, "]}\n");
    }
    return text;
}

static void expect_even_samples(unsigned n_samples, unsigned (*n_nics_of)(unsigned))
{
    int64_t stride = c.n_moments > 1 ? c.moments[1].monotonic_ns : 1;

    cr_expect(c.n_moments * c.n_nics <= COUNTERS_MAX_CELLS);
    cr_assert_eq(c.moments[c.n_moments - 1].monotonic_ns, n_samples - 1);
    for (size_t m = 0; m < c.n_moments; m++) {
        int64_t sample = c.moments[m].monotonic_ns;

        cr_assert(m + 1 == c.n_moments || sample == (int64_t)m * stride);
        for (uint32_t k = 0; k < c.n_nics; k++) {
            uint64_t expected =
                k < n_nics_of((unsigned)sample) ? (uint64_t)(sample * 1000 + k) : COUNTER_UNKNOWN;

            cr_assert_eq(value(m, k, COUNTER_TX_BYTES), expected);
        }
    }
}

static unsigned always_3(unsigned sample)
{
    (void)sample;
    return 3;
}

static unsigned ever_more(unsigned sample)
{
    return sample < 1024 ? sample + 1 : 7;
}

Test(counters, thin_out_evenly_when_there_are_too_many)
{
    char *text = many(200001, always_3);

    cr_assert_eq(parse(text, NULL), 0);
    free(text);
    cr_assert_eq(c.n_nics, 3);
    cr_expect(c.n_moments >= 32768);
    expect_even_samples(200001, always_3);
    counters_release(&c);
}

Test(counters, thin_out_evenly_when_nics_keep_coming)
{
    char *text = many(3000, ever_more);

    cr_assert_eq(parse(text, NULL), 0);
    free(text);
    cr_assert_eq(c.n_nics, 1024);
    cr_expect(c.n_moments >= 128);
    expect_even_samples(3000, ever_more);
    counters_release(&c);
}

Test(counters, keep_a_bounded_number_of_other_counts)
{
    static char text[128 * COUNTERS_MAX_OTHERS];
    size_t n = (size_t)sprintf(text, SCHEMA "{" TIME ", \"monotonic_ns\": 1, \"nics\": [], "
                                            "\"others\": [");

    for (unsigned i = 0; i < COUNTERS_MAX_OTHERS + 50; i++)
        n += (size_t)sprintf(text + n,
                             "%s{\"set\": \"s\", \"instance\": \"%u\", \"name\": \"n\", "
                             "\"value\": %u}",
                             i ? "," : "", i, i);
    sprintf(text + n, "]}\n");
    cr_assert_eq(parse(text, NULL), 0);
    cr_expect_eq(c.n_totals, COUNTERS_MAX_OTHERS);
    cr_expect_eq(c.totals[COUNTERS_MAX_OTHERS - 1].last, COUNTERS_MAX_OTHERS - 1);
    counters_release(&c);
}

#ifndef _WIN32
#include <signal.h>
#include <sys/resource.h>

/* A limit on the file's size stands for a full disk. */
Test(counters, leave_whole_lines_on_a_full_disk_and_go_on_later)
{
    struct rlimit full = { 700, RLIM_INFINITY }, roomy = { RLIM_INFINITY, RLIM_INFINITY };
    struct counter_row row;
    struct counter_sample sample = { 0, 0, &row, 1, NULL, 0 };
    struct counters_writer *w = NULL;
    size_t n_written;

    signal(SIGXFSZ, SIG_IGN);
    make_folder("full");
    counter_row_init(&row, 0);
    row.values[COUNTER_RX_BYTES] = 1;
    cr_assert_eq(counters_writer_new(&w, folder, NULL), 0);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &full), 0);
    while (counters_writer_add(w, &sample, NULL) == 0)
        sample.monotonic_ns++;
    n_written = (size_t)sample.monotonic_ns;
    cr_expect_eq(counters_writer_add(w, &sample, NULL), ERR_SYSTEM);
    cr_assert_eq(counters_read(&c, folder, NULL), 0);
    cr_expect_eq(c.n_moments, n_written);
    cr_expect(!c.is_cut);
    cr_expect_eq(c.n_bad_lines, 0);
    counters_release(&c);
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &roomy), 0);
    sample.monotonic_ns = 999;
    cr_assert_eq(counters_writer_add(w, &sample, NULL), 0);
    cr_assert_eq(counters_read(&c, folder, NULL), 0);
    cr_expect_eq(c.n_moments, n_written + 1);
    cr_expect_eq(c.moments[n_written].monotonic_ns, 999);
    cr_expect_eq(c.n_bad_lines, 0);
    counters_release(&c);
    counters_writer_free(w);
    remove_folder();
}
#endif
