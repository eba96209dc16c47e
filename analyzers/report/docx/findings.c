/* The chapter of findings: what is wrong, why it matters, what mends it. */
#include "analyzers/findings.h"

#include "analyzers/report/docx/docx.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/sentences.h"
#include "analyzers/report/words.h"

/* A sentence of the finding, in the report's language where it has one. */
static void write_sentence(struct docx *d, const struct comparison_finding *found, const char *text)
{
    docx_sentence(d, comparison_result_of(d->c, found), found->finding->id, text);
}

static void write_told(struct docx *d, const struct comparison_finding *found, enum text word,
                       const char *text)
{
    if (!text || !*text)
        return;
    docx_begin(d, STYLE_NORMAL);
    docx_bold(d, docx_in(d, word));
    docx_run(d, " ");
    write_sentence(d, found, text);
    docx_end(d);
}

static void write_facts(struct docx *d, const struct finding *f)
{
    struct grid g = { .style = STYLE_TABLE,
                      .twips = { d->text_twips / 3, d->text_twips - d->text_twips / 3 },
                      .n_columns = 2,
                      .description = docx_in(d, TEXT_EVIDENCE) };
    char value[WORDS_BYTES];

    if (f->n_evidence == 0)
        return;
    grid_begin(d, &g);
    for (size_t i = 0; i < f->n_evidence; i++) {
        grid_row_begin(d, false);
        grid_text(d, &g, 0, STYLE_CELL_SMALL, sentence_key_in(d->c->language, f->evidence[i].key));
        grid_text(d, &g, 1, STYLE_CELL_SMALL,
                  words_evidence(d->c->language, value, &f->evidence[i]));
        grid_row_end(d);
    }
    grid_end(d);
    docx_gap(d);
}

static void write_detail(struct docx *d, const struct comparison_finding *found)
{
    char told[PHRASE_BYTES], runs[UNITS_TEXT_BYTES];

    docx_begin(d, STYLE_NORMAL);
    if (found->finding->detail)
        write_sentence(d, found, found->finding->detail);
    if (found->n_runs > 1) {
        docx_run(d, " ");
        docx_run(d, text_with(told, sizeof(told), d->c->language, TEXT_FINDING_IN_RUNS,
                              count_in(d->c->language, runs, found->n_runs)));
    }
    docx_end(d);
}

void docx_finding(struct docx *d, const struct comparison_finding *found)
{
    const struct finding *f = found->finding;
    const struct finding_kind *kind = finding_kind_find(f->id);
    char title[PARAGRAPH_BYTES], whole[PARAGRAPH_BYTES];
    char words[SENTENCE_BYTES];

    sentence_in(d->c->language, comparison_result_of(d->c, found), f->id, words, f->title);

    snprintf(title, sizeof(title), "%s (%s): %s", f->id,
             words_severity(d->c->language, f->severity), words);
    if (d->c->n_sets == N_SETS)
        text_with(whole, sizeof(whole), d->c->language, TEXT_FINDING_OF_SET, title,
                  d->c->sets[found->set].label);
    docx_heading(d, 2, d->c->n_sets == N_SETS ? whole : title, false);
    if (!found->is_cause) /* which has told it */
        write_detail(d, found);
    write_told(d, found, TEXT_WHY, kind ? kind->why : NULL);
    write_facts(d, f);
    write_told(d, found, TEXT_WHAT_TO_DO, f->remedy);
    if (f->powershell && *f->powershell)
        docx_block(d, f->powershell);
}

void docx_findings(struct docx *d)
{
    for (size_t i = 0; i < d->c->n_findings; i++) {
        if (!d->c->findings[i].is_cause)
            docx_finding(d, &d->c->findings[i]);
    }
}
