/* The result as GitHub-flavoured Markdown, for tickets and wikis. */
#include "analyzers/report/markdown.h"

#include "analyzers/report/headline.h"
#include "analyzers/report/report.h"
#include "analyzers/report/sentences.h"
#include "analyzers/report/table.h"
#include "analyzers/report/words.h"
#include "src/base/plain.h"

enum { FENCE_LEAST = 3 };

/* Behind the notes on the cause a line stands between, or both would be one list. */
static void write_reasons(FILE *out, const struct result *r)
{
    size_t first = headline_says_reasons(r) ? 0 : 1;

    if (r->n_reasons > first && r->n_cause_notes > 0)
        fputs("\n**Why this verdict:**\n", out);
    if (r->n_reasons > first)
        fputc('\n', out);
    for (size_t i = first; i < r->n_reasons; i++) {
        fputs("- ", out);
        markdown_text(out, r->reasons[i]);
        fputc('\n', out);
    }
}

static size_t longest_run(const char *text, char c)
{
    size_t longest = 0, run = 0;

    for (; *text; text++) {
        run = *text == c ? run + 1 : 0;
        if (run > longest)
            longest = run;
    }
    return longest;
}

static void write_fence(FILE *out, size_t n)
{
    while (n-- > 0)
        fputc('`', out);
}

/* A fence longer than any run of backticks within can't be closed from within. */
void markdown_powershell(FILE *out, const char *text)
{
    size_t n_fence = longest_run(text, '`') + 1;

    if (n_fence < FENCE_LEAST)
        n_fence = FENCE_LEAST;
    fputc('\n', out);
    write_fence(out, n_fence);
    fputs("powershell\n", out);
    plain_write_lines(out, text, 0);
    write_fence(out, n_fence);
    fputc('\n', out);
}

void markdown_sentence(FILE *out, enum language language, const struct result *r, const char *where,
                       const char *sentence)
{
    char words[SENTENCE_BYTES];

    sentence_in(language, r, where, words, sentence ? sentence : "");
    markdown_text(out, words);
}

void markdown_finding(FILE *out, enum language language, const struct result *r,
                      const struct finding *f)
{
    char value[WORDS_BYTES];

    fprintf(out, "\n### %s (%s): ", f->id, words_severity(language, f->severity));
    markdown_sentence(out, language, r, f->id, f->title);
    fputs("\n\n", out);
    markdown_sentence(out, language, r, f->id, f->detail);
    fputc('\n', out);
    if (f->n_evidence > 0)
        fputc('\n', out);
    for (size_t i = 0; i < f->n_evidence; i++) {
        fputs("- ", out);
        markdown_text(out, sentence_key_in(language, f->evidence[i].key));
        fputs(": ", out);
        markdown_text(out, words_evidence(language, value, &f->evidence[i]));
        fputc('\n', out);
    }
    if (f->remedy && *f->remedy) {
        fprintf(out, "\n**%s** ", text_in(language, TEXT_TO_DO));
        markdown_sentence(out, language, r, f->id, f->remedy);
        fputc('\n', out);
    }
    if (f->powershell)
        markdown_powershell(out, f->powershell);
}

static void write_causes(FILE *out, const struct result *r)
{
    for (size_t i = 0; i < r->n_causes; i++) {
        const struct result_cause *c = &r->causes[i];

        fprintf(out, "\n**%s** (%s, ", i > 0 ? "Or" : "Cause", certainty_name(c->certainty));
        markdown_text(out, c->layer);
        fputs("): ", out);
        markdown_text(out, c->text);
        if (c->finding) {
            fputs(", see ", out);
            markdown_text(out, c->finding);
        }
        fputc('\n', out);
    }
    if (r->n_causes == 0 && r->n_cause_notes > 0)
        fputs("\n**Cause not found:**\n", out);
    if (r->n_cause_notes > 0)
        fputc('\n', out);
    for (size_t i = 0; i < r->n_cause_notes; i++) {
        fputs("- ", out);
        markdown_text(out, r->cause_notes[i]);
        fputc('\n', out);
    }
}

int report_write_markdown(const struct result *r, const struct report_options *options, FILE *out,
                          struct error *err)
{
    char headline[HEADLINE_BYTES];

    (void)err;
    fputs("# ", out);
    markdown_text(out, headline_text(LANGUAGE_EN, headline, r));
    fputc('\n', out);
    if (options->detail == REPORT_VERDICT)
        return 0;
    write_causes(out, r);
    write_reasons(out, r);
    table_write_markdown(options->detail == REPORT_ALL ? &table_transfers_all : &table_transfers, r,
                         LANGUAGE_EN, out);
    table_write_markdown(&table_networks, r, LANGUAGE_EN, out);
    table_write_markdown(&table_predictions, r, LANGUAGE_EN, out);
    table_write_markdown(&table_cluster_layers, r, LANGUAGE_EN, out);
    table_write_markdown(&table_host_layers, r, LANGUAGE_EN, out);
    if (r->n_findings > 0)
        fputs("\n## Findings\n", out);
    for (size_t i = 0; i < r->n_findings; i++)
        markdown_finding(out, LANGUAGE_EN, r, &r->findings[i]);
    table_write_markdown(options->detail == REPORT_ALL ? &table_connections_id
                                                       : &table_connections_bearing_id,
                         r, LANGUAGE_EN, out);
    if (options->detail == REPORT_ALL)
        table_write_markdown(&table_vantage_points, r, LANGUAGE_EN, out);
    table_write_markdown(&table_nics, r, LANGUAGE_EN, out);
    table_write_markdown(&table_counters, r, LANGUAGE_EN, out);
    table_write_markdown(&table_inputs, r, LANGUAGE_EN, out);
    table_write_markdown(&table_digests, r, LANGUAGE_EN, out);
    fprintf(out, "\nMade by lmpath %s.\n", LMPATH_VERSION);
    return 0;
}
