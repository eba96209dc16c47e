/* The chapters of evidence and of inputs: each run's tables. */
#include "analyzers/report/docx/docx.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/table.h"

enum { RUNS_WITH_EVIDENCE = 20 };

/* The commands that were watched, and what was marked meanwhile. */
static bool has_test(const struct result *r)
{
    return table_has_rows(&table_commands, r) || table_has_rows(&table_marks, r);
}

static void write_run_title(struct docx *d, const struct comparison_set *set, size_t i)
{
    char told[PHRASE_BYTES], number[UNITS_TEXT_BYTES], of[UNITS_TEXT_BYTES];

    if (d->c->n_sets == 1 && set->n_runs == 1)
        return;
    count_in(d->c->language, number, i + 1);
    count_in(d->c->language, of, set->n_runs);
    if (set->n_runs > 1)
        text_with(told, sizeof(told), d->c->language, TEXT_RUN_OF, set->label, number, of);
    docx_heading(d, 3, set->n_runs > 1 ? told : set->label, false);
}

bool docx_test_has(const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs && i < RUNS_WITH_EVIDENCE; i++) {
            if (has_test(c->sets[s].runs[i].result))
                return true;
        }
    }
    return false;
}

void docx_test(struct docx *d)
{
    for (size_t s = 0; s < d->c->n_sets; s++) {
        const struct comparison_set *set = &d->c->sets[s];

        for (size_t i = 0; i < set->n_runs && i < RUNS_WITH_EVIDENCE; i++) {
            if (!has_test(set->runs[i].result))
                continue;
            write_run_title(d, set, i);
            docx_table(d, &table_commands, set->runs[i].result);
            docx_table(d, &table_marks, set->runs[i].result);
        }
    }
}

void docx_evidence(struct docx *d)
{
    char told[2 * PHRASE_BYTES], more[UNITS_TEXT_BYTES];

    for (size_t s = 0; s < d->c->n_sets; s++) {
        const struct comparison_set *set = &d->c->sets[s];

        for (size_t i = 0; i < set->n_runs && i < RUNS_WITH_EVIDENCE; i++) {
            write_run_title(d, set, i);
            docx_table(d, &table_transfers_all, set->runs[i].result);
            docx_table(d, &table_connections_bearing_id, set->runs[i].result);
            docx_table(d, &table_nics, set->runs[i].result);
            docx_table(d, &table_counters, set->runs[i].result);
        }
        if (set->n_runs <= RUNS_WITH_EVIDENCE)
            continue;
        count_in(d->c->language, more, set->n_runs - RUNS_WITH_EVIDENCE);
        docx_paragraph(
            d, STYLE_NOTE,
            text_with(told, sizeof(told), d->c->language, TEXT_MORE_RUNS, set->label, more));
    }
}

static void write_option(struct docx *d, const char *option, const char *value)
{
    docx_run(d, " ");
    docx_run(d, option);
    docx_run(d, " ");
    docx_run(d, value);
}

static void write_options(struct docx *d, const struct result_options *o)
{
    char text[UNITS_TEXT_BYTES];

    docx_begin(d, STYLE_NOTE);
    docx_run(d, docx_in(d, TEXT_OPTIONS));
    if (o->topology)
        write_option(d, "-t", o->topology);
    for (size_t i = 0; i < o->n_networks; i++)
        write_option(d, "-n", o->networks[i]);
    if (o->expect)
        write_option(d, "-e", o->expect);
    write_option(d, "--min-share", percent_text(text, o->min_share));
    snprintf(text, sizeof(text), "%u", o->lm_port);
    write_option(d, "--lm-port", text);
    snprintf(text, sizeof(text), "%u", o->smb_port);
    write_option(d, "--smb-port", text);
    if (o->vm_memory_bytes != RESULT_UNKNOWN)
        write_option(d, "-m", bytes_text(text, o->vm_memory_bytes));
    docx_end(d);
}

void docx_inputs(struct docx *d)
{
    char told[PARAGRAPH_BYTES];

    for (size_t s = 0; s < d->c->n_sets; s++) {
        const struct comparison_set *set = &d->c->sets[s];

        for (size_t i = 0; i < set->n_runs && i < RUNS_WITH_EVIDENCE; i++) {
            const struct comparison_run *run = &set->runs[i];

            write_run_title(d, set, i);
            if (run->path)
                text_with(told, sizeof(told), d->c->language, TEXT_MADE_FROM, run->path,
                          run->lmpath);
            else
                text_with(told, sizeof(told), d->c->language, TEXT_MADE_BY, run->lmpath);
            docx_paragraph(d, STYLE_NOTE, told);
            docx_table(d, &table_inputs, run->result);
            docx_table(d, &table_digests, run->result);
            write_options(d, &run->result->options);
        }
    }
}
