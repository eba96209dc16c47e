/* One finding of the HTML report, with its evidence and what mends it. */
#include <string.h>

#include "analyzers/findings.h"
#include "analyzers/report/html.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/words.h"

/* Commands are English, and so are the comments in them. */
static void write_block(FILE *out, enum language language, const char *text)
{
    fprintf(out, "<div class=\"block\"><pre tabindex=\"0\"%s><code>",
            language == LANGUAGE_EN ? "" : " lang=\"en\"");
    while (*text) {
        char line[1024];
        size_t n = strcspn(text, "\n"), shown = n < sizeof(line) - 1 ? n : sizeof(line) - 1;

        memcpy(line, text, shown);
        line[shown] = '\0';
        html_text(out, line);
        text += shown == n ? n + (text[n] == '\n') : shown;
        if (shown == n)
            fputc('\n', out);
    }
    fputs("</code></pre></div>\n", out);
}

static void write_detail(FILE *out, const struct comparison *c,
                         const struct comparison_finding *found)
{
    char count[UNITS_TEXT_BYTES];

    fputs("<p>", out);
    html_sentence(out, c->language, comparison_result_of(c, found), found->finding->id,
                  found->finding->detail);
    if (found->n_runs > 1) {
        fputc(' ', out);
        html_with(out, c->language, TEXT_FINDING_IN_RUNS,
                  count_in(c->language, count, found->n_runs));
    }
    fputs("</p>\n", out);
}

void html_finding(FILE *out, const struct comparison *c, const struct comparison_finding *found)
{
    const struct finding *f = found->finding;
    const struct result *r = comparison_result_of(c, found);
    const struct finding_kind *kind = finding_kind_find(f->id);
    char value[WORDS_BYTES];

    fprintf(out, "<div class=\"finding\">\n<h3><span class=\"badge %s\">%s</span>",
            severity_name(f->severity), words_severity(c->language, f->severity));
    html_text(out, f->id);
    fputs(": ", out);
    html_sentence(out, c->language, r, f->id, f->title);
    if (c->n_sets == N_SETS)
        fprintf(out, " (%s)", c->sets[found->set].label);
    fputs("</h3>\n", out);
    if (!found->is_cause) /* which has told it */
        write_detail(out, c, found);
    if (kind && kind->why && *kind->why) {
        fprintf(out, "<p><b>%s</b> ", text_in(c->language, TEXT_WHY));
        html_sentence(out, c->language, r, f->id, kind->why);
        fputs("</p>\n", out);
    }
    if (f->n_evidence > 0)
        fputs("<dl class=\"evidence\">\n", out);
    for (size_t i = 0; i < f->n_evidence; i++) {
        fputs("<div><dt>", out);
        html_text(out, sentence_key_in(c->language, f->evidence[i].key));
        fputs("</dt><dd>", out);
        html_text(out, words_evidence(c->language, value, &f->evidence[i]));
        fputs("</dd></div>\n", out);
    }
    if (f->n_evidence > 0)
        fputs("</dl>\n", out);
    if (f->remedy && *f->remedy) {
        fprintf(out, "<p><b>%s</b> ", text_in(c->language, TEXT_WHAT_TO_DO));
        html_sentence(out, c->language, r, f->id, f->remedy);
        fputs("</p>\n", out);
    }
    if (f->powershell && *f->powershell)
        write_block(out, c->language, f->powershell);
    fputs("</div>\n", out);
}
