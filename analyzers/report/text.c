/* The result for people at a terminal: the verdict first, ten lines in all, everything on demand.
 */
#include <stdint.h>
#include <string.h>

#include "analyzers/report/plain.h"
#include "analyzers/report/report.h"
#include "analyzers/report/table.h"
#include "analyzers/report/words.h"
#include "src/base/units.h"

enum { SUMMARY_LINES = 10, LINE_BYTES = 1024, FINDING_INDENT = 16 };

/* ECMA-48, select graphic rendition; Windows consoles know these too. */
static const char bold_red[] = "\033[1;31m", bold_yellow[] = "\033[1;33m",
                  bold_green[] = "\033[1;32m", bold[] = "\033[1m", plain[] = "\033[0m";

struct page {
    FILE *out;
    bool use_color;
};

static void write_colored(const struct page *p, const char *color, const char *text)
{
    if (p->use_color)
        fprintf(p->out, "%s%s%s", color, text, plain);
    else
        fputs(text, p->out);
}

static const char *verdict_color(enum verdict v)
{
    if (v == VERDICT_RIGHT_NETWORK)
        return bold_green;
    return v == VERDICT_WRONG_NETWORK || v == VERDICT_SPLIT_NETWORKS ? bold_red : bold_yellow;
}

static const char *severity_color(enum severity s)
{
    return s == SEVERITY_ERROR ? bold_red : s == SEVERITY_WARNING ? bold_yellow : bold;
}

/* A sentence from the result, its control characters shown. */
static void write_plain(const struct page *p, const char *text)
{
    char line[LINE_BYTES];

    plain_text(line, sizeof(line), text ? text : "", PLAIN_UNCUT);
    fputs(line, p->out);
}

static void write_headline(const struct page *p, const struct result *r)
{
    char line[LINE_BYTES];
    size_t n_verdict = strlen(words_verdict(r->verdict));

    words_headline(line, sizeof(line), r);
    write_colored(p, verdict_color(r->verdict), words_verdict(r->verdict));
    fprintf(p->out, "%s\n", line + n_verdict);
}

static void write_reasons(const struct page *p, const struct result *r, size_t from, size_t n)
{
    for (size_t i = from; i < from + n; i++) {
        fputs("  ", p->out);
        write_plain(p, r->reasons[i]);
        fputc('\n', p->out);
    }
}

static void write_finding(const struct page *p, const struct finding *f)
{
    write_colored(p, severity_color(f->severity), severity_name(f->severity));
    fprintf(p->out, "%*s%s  ", (int)(9 - strlen(severity_name(f->severity))), "", f->id);
    write_plain(p, f->title);
    if (f->detail && *f->detail) {
        fputs(": ", p->out);
        write_plain(p, f->detail);
    }
    fputc('\n', p->out);
}

static void write_remedy(const struct page *p, const struct finding *f)
{
    fprintf(p->out, "%*s", FINDING_INDENT, "");
    write_colored(p, bold, "to do: ");
    write_plain(p, f->remedy);
    fputc('\n', p->out);
}

static bool has_remedy(const struct finding *f)
{
    return f->severity > SEVERITY_INFO && f->remedy && *f->remedy;
}

/* How many of each kind the ten lines take. */
struct plan {
    size_t reasons, transfers, findings, remedies;
    bool has_more;
    bool has_gaps; /* room for blank lines between the kinds */
};

static size_t plan_lines(const struct plan *p)
{
    return 1 + p->reasons + p->transfers + (p->transfers > 0) + p->findings + p->remedies +
           p->has_more;
}

/* What is given up first, and down to how many: the rows are tried in turn until all fits. */
static void plan_shrink(struct plan *p)
{
    struct {
        size_t *n, least;
    } turns[] = {
        { &p->remedies, 1 },  { &p->findings, 2 }, { &p->reasons, 1 },
        { &p->transfers, 2 }, { &p->findings, 1 }, { &p->transfers, 1 },
    };

    for (size_t i = 0; i < sizeof(turns) / sizeof(*turns); i++) {
        while (plan_lines(p) > SUMMARY_LINES && *turns[i].n > turns[i].least) {
            *turns[i].n -= 1;
            p->has_more = true;
        }
    }
}

static struct plan plan_summary(const struct result *r)
{
    struct plan p = { .reasons = r->n_reasons > 0 ? r->n_reasons - 1 : 0,
                      .transfers = r->n_transfers,
                      .findings = r->n_findings };

    for (size_t i = 0; i < r->n_findings; i++)
        p.remedies += has_remedy(&r->findings[i]);
    plan_shrink(&p);
    p.has_gaps = plan_lines(&p) + (p.transfers > 0) + (p.findings > 0) <= SUMMARY_LINES;
    return p;
}

static void write_gap(const struct page *p, const struct plan *plan)
{
    if (plan->has_gaps)
        fputc('\n', p->out);
}

static void write_more(const struct page *p, const char *separator, size_t n, const char *what)
{
    fprintf(p->out, "%s%zu %s%s", separator, n, what, n == 1 ? "" : "s");
}

static void write_rest(const struct page *p, const struct result *r, const struct plan *plan)
{
    size_t transfers = r->n_transfers - plan->transfers, findings = r->n_findings - plan->findings;

    fputs("...", p->out);
    if (transfers > 0)
        write_more(p, " ", transfers, "more transfer");
    if (findings > 0)
        write_more(p, transfers > 0 ? " and " : " ", findings, "more finding");
    fputs(" (-v shows all)\n", p->out);
}

static void write_summary(const struct page *p, const struct result *r)
{
    struct plan plan = plan_summary(r);
    size_t remedies = plan.remedies;

    write_reasons(p, r, 1, plan.reasons);
    if (plan.transfers > 0)
        write_gap(p, &plan);
    table_write_text(&table_transfers, r, p->out, 2, plan.transfers);
    if (plan.findings > 0)
        write_gap(p, &plan);
    for (size_t i = 0; i < plan.findings; i++) {
        write_finding(p, &r->findings[i]);
        if (has_remedy(&r->findings[i]) && remedies > 0) {
            write_remedy(p, &r->findings[i]);
            remedies--;
        }
    }
    if (plan.has_more)
        write_rest(p, r, &plan);
}

static void write_section(const struct page *p, const struct table *t, const struct result *r,
                          size_t n_rows)
{
    if (n_rows == 0)
        return;
    fputc('\n', p->out);
    write_colored(p, bold, t->title);
    fputc('\n', p->out);
    table_write_text(t, r, p->out, 2, SIZE_MAX);
}

static void write_transfer_evidence(const struct page *p, const struct result *r)
{
    for (size_t i = 0; i < r->n_transfers; i++) {
        for (size_t k = 0; k < r->transfers[i].n_evidence; k++) {
            fprintf(p->out, "  transfer %zu: ", i + 1);
            write_plain(p, r->transfers[i].evidence[k]);
            fputc('\n', p->out);
        }
    }
}

/* PowerShell keeps its lines; anything else that moves the cursor is shown. */
static void write_powershell(const struct page *p, const char *text)
{
    while (*text) {
        size_t n_bytes = strcspn(text, "\n");
        char line[LINE_BYTES];

        snprintf(line, sizeof(line), "%.*s", (int)n_bytes, text);
        fprintf(p->out, "%*s", FINDING_INDENT + 2, "");
        write_plain(p, line);
        fputc('\n', p->out);
        text += n_bytes + (text[n_bytes] == '\n');
    }
}

static void write_finding_whole(const struct page *p, const struct finding *f)
{
    char value[WORDS_BYTES];

    write_finding(p, f);
    for (size_t i = 0; i < f->n_evidence; i++)
        fprintf(p->out, "%*s%s: %s\n", FINDING_INDENT, "", f->evidence[i].key,
                words_evidence(value, &f->evidence[i]));
    if (f->remedy && *f->remedy)
        write_remedy(p, f);
    if (f->powershell)
        write_powershell(p, f->powershell);
}

static void write_findings_whole(const struct page *p, const struct result *r)
{
    if (r->n_findings == 0)
        return;
    fputc('\n', p->out);
    write_colored(p, bold, "Findings");
    fputc('\n', p->out);
    for (size_t i = 0; i < r->n_findings; i++)
        write_finding_whole(p, &r->findings[i]);
}

static void write_all(const struct page *p, const struct result *r)
{
    char count[UNITS_TEXT_BYTES];

    if (r->n_reasons > 0)
        write_reasons(p, r, 1, r->n_reasons - 1);
    write_section(p, &table_transfers_all, r, r->n_transfers);
    write_transfer_evidence(p, r);
    write_section(p, &table_networks, r, r->n_networks);
    write_findings_whole(p, r);
    write_section(p, &table_connections, r, r->n_connections);
    if (r->connections_folded > 0)
        fprintf(p->out, "  and %s closed connections of no bearing\n",
                count_text(count, r->connections_folded));
    write_section(p, &table_vantage_points, r, r->n_connections);
    write_section(p, &table_nics, r, r->n_nics);
    write_section(p, &table_inputs, r, r->n_inputs);
}

int report_write_text(const struct result *r, const struct report_options *options, FILE *out,
                      struct error *err)
{
    struct page page = { out, options->use_color };

    (void)err;
    write_headline(&page, r);
    if (options->detail == REPORT_SUMMARY)
        write_summary(&page, r);
    else if (options->detail == REPORT_ALL)
        write_all(&page, r);
    return 0;
}
