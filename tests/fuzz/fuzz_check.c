/*
 * A snapshot of any bytes, through check, baseline and drift. A baseline is its own baseline, and
 * nothing has changed between a snapshot and its baseline.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/check/check.h"
#include "analyzers/check/predict.h"
#include "analyzers/drift/baseline.h"
#include "analyzers/drift/outcome.h"
#include "src/base/memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

static void judge(const struct snapshot *s, const char *expect)
{
    struct predictions predictions = { 0 };
    struct check check;
    struct error err;

    if (check_init(&check, s, expect, &err) == 0)
        predictions_make(&predictions, &check.config, &err);
    free(predictions.paths);
    check_release(&check);
}

/* Returns what @write makes of @context; the caller frees @m. */
static const char *written(struct memory_file *m, output_writer *write, const void *context,
                           size_t *ret_n_bytes)
{
    FILE *out = memory_file_begin(m);
    struct error err;
    const char *text;

    if (!out || write(context, out, &err) < 0)
        abort();
    text = memory_file_end(m, ret_n_bytes);
    if (!text)
        abort();
    return text;
}

static void compare(const struct inventory *base, const struct inventory *now,
                    struct memory_file *m)
{
    static output_writer *const writers[] = { drift_write_text, drift_write_json,
                                              drift_write_markdown, drift_write_junit };
    struct drift d;
    struct error err;
    size_t n_bytes;

    if (drift_init(&d, base, now, &err) < 0 || d.n_changes > 0)
        abort();
    for (size_t i = 0; i < sizeof(writers) / sizeof(writers[0]); i++)
        written(m, writers[i], &d, &n_bytes);
    drift_release(&d);
}

static void round_trip(const struct inventory *i)
{
    AUTO(memory_file) first = NULL;
    AUTO(memory_file) second = NULL;
    AUTO(snapshot) again = NULL;
    AUTO(inventory) same = NULL;
    const char *baseline, *repeated;
    size_t n_baseline, n_repeated;
    struct error err;

    if (memory_file_new(&first, &err) < 0 || memory_file_new(&second, &err) < 0)
        abort();
    baseline = written(first, baseline_write, i, &n_baseline);
    if (snapshot_parse(&again, baseline, n_baseline, "baseline.json", &err) < 0 ||
        inventory_read(&same, again, &err) < 0)
        abort();
    repeated = written(second, baseline_write, same, &n_repeated);
    if (n_baseline != n_repeated || memcmp(baseline, repeated, n_baseline) != 0)
        abort();
    compare(i, same, second);
    compare(same, i, second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    AUTO(snapshot) s = NULL;
    AUTO(inventory) inventory = NULL;
    struct error err;

    if (snapshot_parse(&s, bytes, n_bytes, "x.json", &err) < 0)
        return 0;
    judge(s, NULL);
    judge(s, "10.20.0.0/24");
    if (inventory_read(&inventory, s, &err) == 0)
        round_trip(inventory);
    return 0;
}
