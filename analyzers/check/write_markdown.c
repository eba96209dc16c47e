/* A check's outcome as Markdown, for tickets and wikis. */
#include "analyzers/check/outcome.h"
#include "analyzers/check/writers.h"
#include "analyzers/report/markdown.h"
#include "analyzers/report/table.h"

static void write_finding(FILE *out, const struct finding *f)
{
    fprintf(out, "\n## %s (%s, %s): ", f->id, severity_name(f->severity), check_layer(f->id));
    markdown_text(out, f->title);
    fputs("\n\n", out);
    markdown_text(out, f->detail);
    fprintf(out, ".\n\n%s\n", finding_kind_find(f->id)->why);
    if (f->n_evidence > 0)
        fputc('\n', out);
    for (size_t i = 0; i < f->n_evidence; i++) {
        fprintf(out, "- %s: ", f->evidence[i].key);
        markdown_text(out, f->evidence[i].text);
        fputc('\n', out);
    }
    fputs("\n**To do:** ", out);
    markdown_text(out, f->remedy);
    fputc('\n', out);
    if (f->powershell)
        markdown_powershell(out, f->powershell);
}

static void write_predictions(FILE *out, const struct check_report *report)
{
    const struct topology *t = &report->check->config.topology;

    fputs("\n## Predicted path\n\n| rule | network | pairs of hosts |\n| --- | --- | ---: |\n",
          out);
    for (int rule = 0; rule < N_PREDICT_RULES; rule++) {
        for (int network = NO_NETWORK; network < (int)t->n_networks; network++) {
            size_t n = outcome_paths(report, rule, network);

            if (n == 0)
                continue;
            fprintf(out, "| %s | ", predict_rule_name(rule));
            markdown_text(out, outcome_network(t, network));
            fprintf(out, " | %zu of %zu |\n", n, outcome_pairs(report, rule));
        }
    }
}

int check_write_markdown(const void *context, FILE *out, struct error *err)
{
    const struct check_report *report = context;
    const struct result *r = &report->check->result;
    char text[OUTCOME_BYTES];

    (void)err;
    fputs("# ", out);
    markdown_text(out, outcome_headline(text, report->check));
    fputs("\n\nIntended: ", out);
    markdown_text(out, outcome_intended(text, report->check));
    fputs(".\n", out);
    for (size_t i = 0; i < r->n_findings; i++)
        write_finding(out, &r->findings[i]);
    if (report->predictions->n_paths > 0)
        write_predictions(out, report);
    fprintf(out, "\nMade by lmpath %s.\n", LMPATH_VERSION);
    return 0;
}
