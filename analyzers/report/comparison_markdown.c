/* The report as GitHub-flavoured Markdown. */
#include <string.h>

#include "analyzers/report/headline.h"
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

static void write_set(FILE *out, enum language in, const struct comparison_set *set)
{
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
}

static void write_findings(FILE *out, const struct comparison *c)
{
    if (c->n_findings > 0)
        fprintf(out, "\n## %s\n", text_in(c->language, TEXT_FINDINGS));
    for (size_t i = 0; i < c->n_findings; i++) {
        if (c->n_sets == N_SETS)
            fprintf(out, "\n*%s*\n", c->sets[c->findings[i].set].label);
        markdown_finding(out, c->language, comparison_result_of(c, &c->findings[i]),
                         c->findings[i].finding);
    }
}

static void write_inputs(FILE *out, const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs; i++) {
            const struct comparison_run *run = &c->sets[s].runs[i];

            table_write_markdown(&table_transfers_all, run->result, c->language, out);
            table_write_markdown(&table_connections_bearing_id, run->result, c->language, out);
            table_write_markdown(&table_inputs, run->result, c->language, out);
            table_write_markdown(&table_digests, run->result, c->language, out);
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
    write_rows(out, c);
    for (size_t s = 0; s < c->n_sets; s++)
        write_set(out, c->language, &c->sets[s]);
    if (*c->symmetry)
        write_paragraph(out, c->symmetry);
    write_findings(out, c);
    write_inputs(out, c);
    text_with(made_by, sizeof(made_by), c->language, TEXT_MADE_BY, LMPATH_VERSION);
    fprintf(out, "\n%s\n", made_by);
    return 0;
}
