/* The report as GitHub-flavoured Markdown. */
#include <string.h>

#include "analyzers/report/markdown.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/report.h"
#include "analyzers/report/table.h"

static void write_field(FILE *out, const char *term, const char *text)
{
    if (!text || !*text)
        return;
    fprintf(out, "- %s: ", term);
    markdown_text(out, text);
    fputc('\n', out);
}

static void write_title(FILE *out, const struct comparison *c)
{
    const struct report_title *t = &c->title;
    enum language in = c->language;

    fprintf(out, "# %s\n",
            text_in(in, c->n_sets == N_SETS ? TEXT_QUESTION_COMPARED : TEXT_QUESTION));
    if (t->customer || t->cluster || t->author || t->date || t->reference)
        fputc('\n', out);
    write_field(out, text_in(in, TEXT_CUSTOMER), t->customer);
    write_field(out, text_in(in, TEXT_CLUSTER), t->cluster);
    write_field(out, text_in(in, TEXT_AUTHOR), t->author);
    write_field(out, text_in(in, TEXT_DATE), t->date);
    write_field(out, text_in(in, TEXT_REFERENCE), t->reference);
}

/* markdown_text() takes a sentence, not a paragraph of any length. */
static void write_paragraph(FILE *out, const char *text)
{
    char sentence[1000];

    fputc('\n', out);
    while (*text) {
        const char *end = strstr(text, ". ");
        size_t n = end ? (size_t)(end - text) + 2 : strlen(text);

        if (n > sizeof(sentence) - 1)
            n = sizeof(sentence) - 1;
        snprintf(sentence, sizeof(sentence), "%.*s", (int)n, text);
        markdown_text(out, sentence);
        text += strlen(sentence);
    }
    fputc('\n', out);
}

static void write_rows(FILE *out, const struct comparison *c)
{
    fprintf(out, "\n## %s\n\n| |", text_in(c->language, TEXT_NUMBERS));
    for (size_t s = 0; s < c->n_sets; s++)
        fprintf(out, " %s |", c->sets[s].label);
    if (c->n_sets == N_SETS)
        fprintf(out, " %s |", text_in(c->language, TEXT_COL_CHANGE));
    fputs(c->n_sets == N_SETS ? "\n| --- | ---: | ---: | --- |\n" : "\n| --- | ---: |\n", out);
    for (size_t i = 0; i < c->n_rows; i++) {
        fprintf(out, "| %s |", c->rows[i].label);
        for (size_t s = 0; s < c->n_sets; s++) {
            fprintf(out, " %s", c->rows[i].value[s]);
            if (*c->rows[i].range[s])
                fprintf(out, " (%s)", c->rows[i].range[s]);
            fputs(" |", out);
        }
        if (c->n_sets == N_SETS)
            fprintf(out, " %s |", c->rows[i].change_text);
        fputc('\n', out);
    }
}

static void write_ranged(FILE *out, const char *median, const char *range)
{
    fprintf(out, *range ? " %s (%s) |" : " %s |", median, range);
}

static void write_directions(FILE *out, const struct comparison *c,
                             const struct comparison_set *set)
{
    static const enum text columns[] = { TEXT_COL_FROM,         TEXT_COL_TO,   TEXT_COL_TRANSFERS,
                                         TEXT_COL_MEMORY,       TEXT_COL_TIME, TEXT_COL_MEAN_RATE,
                                         TEXT_COL_OVER_INTENDED };

    if (set->n_directions == 0)
        return;
    fputs("\n|", out);
    for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
        fprintf(out, " %s |", text_in(c->language, columns[i]));
    fputs("\n| --- | --- | ---: | ---: | ---: | ---: | ---: |\n", out);
    for (size_t i = 0; i < set->n_directions; i++) {
        const struct comparison_direction *d = &set->directions[i];

        fputs("| ", out);
        markdown_text(out, d->from);
        fputs(" | ", out);
        markdown_text(out, d->to);
        fprintf(out, " | %zu | %s |", d->n_transfers, d->size);
        write_ranged(out, d->time, d->time_range);
        write_ranged(out, d->rate, d->rate_range);
        fprintf(out, " %s |\n", d->share);
    }
}

static void write_set(FILE *out, const struct comparison *c, const struct comparison_set *set)
{
    enum language in = c->language;
    char size[UNITS_TEXT_BYTES], share[UNITS_TEXT_BYTES];

    fprintf(out, "\n## %s\n", set->label);
    write_paragraph(out, set->headline);
    fprintf(out, "\n| %s | | %s | %s |\n| --- | --- | ---: | ---: |\n",
            text_in(in, TEXT_COL_NETWORK), text_in(in, TEXT_COL_MEMORY),
            text_in(in, TEXT_COL_SHARE));
    for (size_t i = 0; i < set->n_lanes; i++) {
        fputs("| ", out);
        markdown_text(out, set->lanes[i].name);
        fprintf(out, " | %s | %s | %s |\n",
                text_in(in, set->lanes[i].is_intended ? TEXT_INTENDED : TEXT_NONE),
                bytes_in(in, size, set->lanes[i].bytes),
                percent_in(in, share, set->lanes[i].share));
    }
    write_directions(out, c, set);
}

static void write_nics(FILE *out, const struct comparison *c)
{
    char size[UNITS_TEXT_BYTES];

    if (c->most_nic_bytes == 0)
        return;
    fprintf(out, "\n## %s\n", text_in(c->language, TEXT_BYTES_BY_NIC));
    for (size_t s = 0; s < c->n_sets; s++) {
        const struct comparison_set *set = &c->sets[s];

        if (set->n_nics == 0)
            continue;
        fprintf(out, "\n| %s | |\n| --- | ---: |\n", set->label);
        for (size_t i = 0; i < set->n_nics; i++) {
            fputs("| ", out);
            markdown_text(out, set->nics[i].label);
            fprintf(out, " | %s |\n", bytes_in(c->language, size, set->nics[i].bytes));
        }
        fprintf(
            out, "\n%s\n",
            text_in(c->language, set->nics_are_counted ? TEXT_NICS_COUNTED : TEXT_NICS_CAPTURED));
    }
}

static void write_method(FILE *out, const struct comparison *c)
{
    static const enum text blind[] = { TEXT_METHOD_RDMA,  TEXT_METHOD_VSWITCH, TEXT_METHOD_OFFLOAD,
                                       TEXT_METHOD_IPSEC, TEXT_METHOD_SMB,     TEXT_METHOD_LATER };
    enum language in = c->language;
    char where[PARAGRAPH_BYTES];

    fprintf(out, "\n## %s\n\n%s\n", text_in(in, TEXT_METHOD), text_in(in, TEXT_METHOD_HOW));
    for (size_t s = 0; s < c->n_sets; s++)
        fprintf(out, "\n%s\n", comparison_where(where, c, s));
    fprintf(out, "\n%s:\n\n", text_in(in, TEXT_METHOD_BLIND));
    for (size_t i = 0; i < sizeof(blind) / sizeof(*blind); i++)
        fprintf(out, "- %s\n", text_in(in, blind[i]));
    fprintf(out, "\n%s\n", text_in(in, TEXT_METHOD_UNITS));
}

static void write_option(FILE *out, const char *letter, const char *value)
{
    if (!value)
        return;
    fprintf(out, " %s ", letter);
    markdown_text(out, value);
}

static void write_options(FILE *out, enum language language, const struct result_options *o)
{
    char text[UNITS_TEXT_BYTES];

    fprintf(out, "\n%s", text_in(language, TEXT_OPTIONS));
    write_option(out, "-t", o->topology);
    for (size_t i = 0; i < o->n_networks; i++)
        write_option(out, "-n", o->networks[i]);
    write_option(out, "-e", o->expect);
    fprintf(out, " --min-share %s --lm-port %u --smb-port %u", percent_text(text, o->min_share),
            o->lm_port, o->smb_port);
    if (o->vm_memory_bytes != RESULT_UNKNOWN)
        fprintf(out, " -m %s", bytes_text(text, o->vm_memory_bytes));
    fputc('\n', out);
}

static void write_origin(FILE *out, enum language language, const struct comparison_run *run)
{
    char text[PARAGRAPH_BYTES];

    fputc('\n', out);
    if (run->path)
        text_with(text, sizeof(text), language, TEXT_MADE_FROM, run->path, run->lmpath);
    else
        text_with(text, sizeof(text), language, TEXT_MADE_BY, run->lmpath);
    markdown_text(out, text);
    fputc('\n', out);
}

static void write_findings(FILE *out, const struct comparison *c)
{
    if (comparison_has_findings(c))
        fprintf(out, "\n## %s\n", text_in(c->language, TEXT_FINDINGS));
    for (size_t i = 0; i < c->n_findings; i++) {
        if (c->findings[i].is_cause)
            continue;
        if (c->n_sets == N_SETS)
            fprintf(out, "\n*%s*\n", c->sets[c->findings[i].set].label);
        markdown_finding(out, c->language, comparison_result_of(c, &c->findings[i]),
                         c->findings[i].finding);
    }
}

static void write_run_title(FILE *out, const struct comparison *c, size_t s, size_t i)
{
    const struct comparison_set *set = &c->sets[s];
    char run[UNITS_TEXT_BYTES], n_runs[UNITS_TEXT_BYTES], title[PHRASE_BYTES * 2];

    if (c->n_sets == 1 && set->n_runs == 1)
        return;
    text_with(title, sizeof(title), c->language, set->n_runs > 1 ? TEXT_RUN_OF : TEXT_AS_IT_IS,
              set->label, count_in(c->language, run, i + 1),
              count_in(c->language, n_runs, set->n_runs));
    fprintf(out, "\n## %s: %s\n", text_in(c->language, TEXT_EVIDENCE), title);
}

static void write_inputs(FILE *out, const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs; i++) {
            const struct comparison_run *run = &c->sets[s].runs[i];

            write_run_title(out, c, s, i);
            table_write_markdown(&table_transfers_all, run->result, c->language, out);
            table_write_markdown(&table_connections_bearing_id, run->result, c->language, out);
            table_write_markdown(&table_counters, run->result, c->language, out);
            table_write_markdown(&table_commands, run->result, c->language, out);
            table_write_markdown(&table_marks, run->result, c->language, out);
            table_write_markdown(&table_inputs, run->result, c->language, out);
            table_write_markdown(&table_digests, run->result, c->language, out);
            write_origin(out, c->language, run);
            write_options(out, c->language, &run->result->options);
        }
    }
}

int report_write_comparison_markdown(const struct comparison *c, FILE *out, struct error *err)
{
    char made_by[PHRASE_BYTES];

    (void)err;
    write_title(out, c);
    write_paragraph(out, c->summary);
    for (size_t i = 0; i < c->n_warnings; i++) {
        fputs("\n> ", out);
        markdown_text(out, c->warnings[i]);
        fputc('\n', out);
    }
    markdown_why(out, c);
    write_rows(out, c);
    for (size_t s = 0; s < c->n_sets; s++)
        write_set(out, c, &c->sets[s]);
    if (*c->symmetry)
        write_paragraph(out, c->symmetry);
    write_nics(out, c);
    write_findings(out, c);
    write_inputs(out, c);
    write_method(out, c);
    text_with(made_by, sizeof(made_by), c->language, TEXT_MADE_BY, LMPATH_VERSION);
    fprintf(out, "\n%s\n", made_by);
    return 0;
}
