#include "analyzers/report/comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/comparison_parts.h"

static bool same_finding(const struct finding *a, const struct finding *b)
{
    return strcmp(a->id, b->id) == 0 && strcmp(a->detail, b->detail) == 0;
}

static void finding_note(struct comparison *c, size_t first, size_t set, const struct finding *f)
{
    for (size_t i = first; i < c->n_findings; i++) {
        if (same_finding(c->findings[i].finding, f)) {
            c->findings[i].n_runs++;
            return;
        }
    }
    c->findings[c->n_findings++] = (struct comparison_finding){ f, set, 1 };
}

static int compare_findings(const void *a, const void *b)
{
    const struct comparison_finding *x = a, *y = b;
    int by_id;

    if (x->finding->severity != y->finding->severity)
        return x->finding->severity > y->finding->severity ? -1 : 1;
    by_id = strcmp(x->finding->id, y->finding->id);
    if (by_id != 0)
        return by_id;
    if (x->set != y->set)
        return x->set < y->set ? -1 : 1;
    return strcmp(x->finding->detail, y->finding->detail);
}

static int make_findings(struct comparison *c, struct error *err)
{
    size_t n = 0;

    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs; i++)
            n += c->sets[s].runs[i].result->n_findings;
    }
    c->findings = calloc(n > 0 ? n : 1, sizeof(*c->findings));
    if (!c->findings)
        return error_memory(err);
    for (size_t s = 0; s < c->n_sets; s++) {
        size_t first = c->n_findings;

        for (size_t i = 0; i < c->sets[s].n_runs; i++) {
            const struct result *r = c->sets[s].runs[i].result;

            for (size_t k = 0; k < r->n_findings; k++)
                finding_note(c, first, s, &r->findings[k]);
        }
    }
    qsort(c->findings, c->n_findings, sizeof(*c->findings), compare_findings);
    return 0;
}

static uint64_t moved_by(const struct result *r)
{
    uint64_t bytes = 0;

    for (size_t i = 0; i < r->n_transfers; i++)
        bytes += comparison_counts(&r->transfers[i]) ? r->transfers[i].bytes : 0;
    return bytes;
}

static void make_scales(struct comparison *c)
{
    uint64_t moved = 0;

    c->vm_memory_bytes = RESULT_UNKNOWN;
    for (size_t s = 0; s < c->n_sets; s++) {
        const struct comparison_set *set = &c->sets[s];

        if (set->shown->result->options.vm_memory_bytes != RESULT_UNKNOWN)
            c->vm_memory_bytes = set->shown->result->options.vm_memory_bytes;
        for (size_t i = 0; i < set->n_lanes; i++) {
            if (set->lanes[i].bytes > c->most_bytes)
                c->most_bytes = set->lanes[i].bytes;
        }
        for (size_t i = 0; i < set->n_lines; i++) {
            double end = set->lines[i].start_s;

            for (size_t k = 0; k < set->lines[i].n_points; k++) {
                end += set->lines[i].bucket_s[k];
                c->most_bits_per_second =
                    fmax(c->most_bits_per_second, set->lines[i].bits_per_second[k]);
            }
            c->most_seconds = fmax(c->most_seconds, end);
        }
        for (size_t i = 0; i < set->n_nics; i++) {
            if (set->nics[i].bytes > c->most_nic_bytes)
                c->most_nic_bytes = set->nics[i].bytes;
        }
        if (moved_by(set->shown->result) > moved)
            moved = moved_by(set->shown->result);
    }
    c->memory_bytes = c->vm_memory_bytes == RESULT_UNKNOWN ? moved : c->vm_memory_bytes;
}

static int fill(struct comparison *c, struct error *err)
{
    int r = 0;

    comparison_make_rows(c);
    for (size_t s = 0; s < c->n_sets && r == 0; s++)
        r = comparison_make_set(&c->sets[s], c->language, &c->rows[MEASURE_TIME].spread[s], err);
    if (r == 0)
        r = make_findings(c, err);
    if (r == 0)
        r = comparison_make_why(c, err);
    if (r == 0)
        r = comparison_make_warnings(c, err);
    if (r < 0)
        return r;
    make_scales(c);
    comparison_make_summary(c);
    comparison_make_symmetry(c);
    return 0;
}

int comparison_make(struct comparison *ret_comparison, enum language language,
                    const struct report_title *title,
                    const struct comparison_run *const runs[N_SETS], const size_t n[N_SETS],
                    struct error *err)
{
    static const enum text labels[] = { TEXT_BEFORE, TEXT_AFTER };
    static const char *const keys[] = { "before", "after" };
    struct comparison c = { .title = *title,
                            .language = language,
                            .n_sets = n[1] > 0 ? N_SETS : 1 };
    int r;

    for (size_t s = 0; s < c.n_sets; s++) {
        if (n[s] == 0)
            return error_set(err, ERR_USAGE, "there is no result to report on");
        if (n[s] > COMPARISON_MAX_RUNS)
            return error_set(err, ERR_LIMIT, "a report takes up to %d results a side",
                             COMPARISON_MAX_RUNS);
        c.sets[s] = (struct comparison_set){
            .label = text_in(language, labels[s]), .key = keys[s], .runs = runs[s], .n_runs = n[s]
        };
    }
    if (c.n_sets == 1) {
        c.sets[0].label = text_in(language, TEXT_RESULT);
        c.sets[0].key = "result";
    }
    r = fill(&c, err);
    if (r < 0)
        comparison_release(&c);
    else
        *ret_comparison = c;
    return r;
}

void comparison_release(struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        free(c->sets[s].lanes);
        free(c->sets[s].lines);
        free(c->sets[s].directions);
        free(c->sets[s].nics);
        free(c->sets[s].causes);
        free(c->sets[s].predictions);
    }
    for (size_t i = 0; i < c->n_warnings; i++)
        free(c->warnings[i]);
    free(c->warnings);
    free(c->findings);
    free(c->settings);
}

const struct result *comparison_result_of(const struct comparison *c,
                                          const struct comparison_finding *f)
{
    return c->sets[f->set].shown->result;
}
