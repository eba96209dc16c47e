/*
 * A saved result of any bytes, the whole way: read, both ways, and written in every format of a
 * report. Seeds: results with a session, of an older version, and cut off.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "analyzers/report/comparison.h"
#include "analyzers/report/report.h"
#include "analyzers/report/result_read.h"
#include "src/base/memory_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

static void write_all(struct memory_file *file, const struct comparison *c)
{
    struct error err;
    size_t n_bytes;

    for (const struct report_format *f = report_formats(); f->name; f++) {
        FILE *out = memory_file_begin(file);

        if (!out)
            return;
        if (f->write_comparison)
            f->write_comparison(c, out, &err);
        memory_file_end(file, &n_bytes);
    }
}

/* Against itself, so that what compares two sets has something to do. */
static void report(struct memory_file *file, const struct result *result)
{
    const struct report_title title = { .customer = "a", .cluster = "b" };
    const struct comparison_run run = { .path = "r.json", .lmpath = "0", .result = result };
    const struct comparison_run *const runs[N_SETS] = { &run, &run };
    const size_t n[N_SETS] = { 1, 1 };
    struct comparison c;
    struct error err;

    if (comparison_make(&c, LANGUAGE_NL, &title, runs, n, &err) < 0)
        return;
    write_all(file, &c);
    comparison_release(&c);
}

typedef int parser(struct saved_result *ret_saved, const void *bytes, size_t n_bytes,
                   const char *name, struct error *err);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    static parser *const parsers[] = { result_parse, result_parse_bearing };
    AUTO(memory_file) file = NULL;
    struct error err = { "" };

    if (memory_file_new(&file, &err) < 0)
        return 0;
    for (size_t i = 0; i < sizeof(parsers) / sizeof(*parsers); i++) {
        struct saved_result saved;
        int r = parsers[i](&saved, bytes, n_bytes, "r.json", &err);

        if (r < 0 && !*err.text)
            abort();
        if (r < 0)
            continue;
        report(file, &saved.result);
        saved_result_release(&saved);
    }
    return 0;
}
