/* The result for people at a terminal: the verdict first, ten lines in all, everything on demand.
 */
#include <stdint.h>
#include <string.h>

#include "analyzers/report/headline.h"
#include "analyzers/report/report.h"
#include "analyzers/report/table.h"
#include "analyzers/report/words.h"
#include "src/base/plain.h"
#include "src/base/units.h"

/* Sentences are wrapped for the narrowest usual terminal; only tables and the first line may be
 * wider. */
enum { SUMMARY_LINES = 10, PAGE_COLUMNS = 80, INDENT = 2, LINE_BYTES = 1024 };

/* ECMA-48, select graphic rendition; Windows consoles know these too. */
static const char bold_red[] = "\033[1;31m", bold_yellow[] = "\033[1;33m",
                  bold_green[] = "\033[1;32m", bold[] = "\033[1m", normal[] = "\033[0m";

struct page {
    FILE *out; /* NULL: lines are counted, nothing is written */
    bool use_color;
};

static void write_colored(const struct page *p, const char *color, const char *text)
{
    if (p->out && p->use_color && color != normal && *text)
        fprintf(p->out, "%s%s%s", color, text, normal);
    else if (p->out)
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
    return s == FINDING_ERROR ? bold_red : s == FINDING_WARNING ? bold_yellow : bold;
}

/* A sentence from the result, the cursor standing in @at_column. Returns its lines. */
static unsigned write_sentence(const struct page *p, unsigned indent, unsigned at_column,
                               const char *text)
{
    char line[LINE_BYTES];

    plain_text(line, sizeof(line), text ? text : "", PLAIN_UNCUT);
    return plain_wrap(p->out, line, strlen(line),
                      (struct plain_margins){ indent, at_column, PAGE_COLUMNS });
}

/* A sentence of its own is wrapped like any other, what the shares tell stays on one line. */
static unsigned write_headline(const struct page *p, const struct result *r)
{
    char line[HEADLINE_BYTES];
    const char *verdict = headline_verdict(LANGUAGE_EN, r->verdict), *rest = line + strlen(verdict);

    headline_text(LANGUAGE_EN, line, r);
    write_colored(p, verdict_color(r->verdict), verdict);
    if (!headline_says_reasons(r))
        return write_sentence(p, INDENT, (unsigned)strlen(verdict), rest);
    if (p->out)
        fprintf(p->out, "%s\n", rest);
    return 1;
}

/* One behind a word at @indent: "to do: ...". */
static unsigned write_labelled(const struct page *p, unsigned indent, const char *color,
                               const char *label, const char *text)
{
    if (p->out)
        fprintf(p->out, "%*s", (int)indent, "");
    write_colored(p, color, label);
    return write_sentence(p, indent, indent + (unsigned)strlen(label), text);
}

/* The headline tells them in its own words, or tells the first. */
static size_t first_reason(const struct result *r)
{
    return headline_says_reasons(r) ? r->n_reasons : r->n_reasons > 0 ? 1 : 0;
}

static unsigned write_reasons(const struct page *p, const struct result *r, size_t from, size_t n)
{
    unsigned n_lines = 0;

    for (size_t i = from; i < from + n; i++)
        n_lines += write_labelled(p, INDENT, bold, "", r->reasons[i]);
    return n_lines;
}

static unsigned write_finding(const struct page *p, const struct finding *f)
{
    char label[32];
    unsigned n_lines;

    write_colored(p, severity_color(f->severity), severity_name(f->severity));
    snprintf(label, sizeof(label), " %s: ", f->id);
    if (p->out)
        fputs(label, p->out);
    n_lines = write_sentence(
        p, INDENT, (unsigned)(strlen(severity_name(f->severity)) + strlen(label)), f->title);
    if (f->detail && *f->detail)
        n_lines += write_labelled(p, INDENT, bold, "", f->detail);
    return n_lines;
}

/* What to do, first of all: the rest of the remedy is for those who ask. */
static unsigned write_hint(const struct page *p, const struct finding *f)
{
    char hint[LINE_BYTES];
    size_t n_bytes = strcspn(f->remedy, ";");
    const char *stop = strstr(f->remedy, ". ");

    if (stop && (size_t)(stop - f->remedy) < n_bytes)
        n_bytes = (size_t)(stop - f->remedy);
    if (n_bytes > 0 && f->remedy[n_bytes - 1] == '.')
        n_bytes--;
    snprintf(hint, sizeof(hint), "%.*s", (int)n_bytes, f->remedy);
    return write_labelled(p, INDENT, bold, "to do: ", hint);
}

/* ---- the cause ---- */

static const struct finding *cause_finding(const struct result *r, const struct result_cause *c)
{
    for (size_t i = 0; i < r->n_findings; i++)
        if (c->finding && strcmp(r->findings[i].id, c->finding) == 0 &&
            strcmp(r->findings[i].detail, c->text) == 0)
            return &r->findings[i];
    return NULL;
}

/* "cause: ... [LM420]"; one that is not alone, or that no rule picks, is a possible one. */
static unsigned write_cause(const struct page *p, const struct result *r, size_t i)
{
    const struct result_cause *c = &r->causes[i];
    char text[LINE_BYTES];

    snprintf(text, sizeof(text), "%s%s%s%s", c->text, c->finding ? " [" : "",
             c->finding ? c->finding : "", c->finding ? "]" : "");
    return write_labelled(p, INDENT, bold,
                          i > 0                              ? "or: "
                          : c->certainty >= CERTAINTY_LIKELY ? "cause: "
                                                             : "possible cause: ",
                          text);
}

static unsigned write_causes(const struct page *p, const struct result *r, size_t n_causes,
                             size_t n_notes)
{
    unsigned n_lines = 0;

    for (size_t i = 0; i < n_causes; i++)
        n_lines += write_cause(p, r, i);
    for (size_t i = 0; i < n_notes; i++)
        n_lines += write_labelled(
            p, INDENT, bold, i == 0 && n_causes == 0 ? "cause not found: " : "", r->cause_notes[i]);
    return n_lines;
}

/* Is it told as a cause? */
static bool is_cause(const struct result *r, const struct finding *f)
{
    for (size_t i = 0; i < r->n_causes; i++)
        if (cause_finding(r, &r->causes[i]) == f)
            return true;
    return false;
}

static size_t count_other_findings(const struct result *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->n_findings; i++)
        n += !is_cause(r, &r->findings[i]);
    return n;
}

static bool has_hint(const struct finding *f)
{
    return f->severity > FINDING_INFO && f->remedy && *f->remedy;
}

/* How many of each kind the ten lines take. */
struct plan {
    size_t causes, cause_notes, reasons, transfers, findings, hints;
    bool has_more;
};

/* What is to do follows from the cause, where one is known. */
static unsigned write_why(const struct page *p, const struct result *r, const struct plan *plan)
{
    unsigned n_lines = write_causes(p, r, plan->causes, plan->cause_notes);
    const struct finding *f = r->n_causes > 0 ? cause_finding(r, &r->causes[0]) : NULL;

    return f && plan->hints > 0 ? n_lines + write_hint(p, f) : n_lines;
}

static unsigned write_findings(const struct page *p, const struct result *r,
                               const struct plan *plan)
{
    size_t hints = r->n_causes > 0 ? 0 : plan->hints, n = 0;
    unsigned n_lines = 0;

    for (size_t i = 0; i < r->n_findings && n < plan->findings; i++) {
        if (is_cause(r, &r->findings[i]))
            continue;
        n++;
        n_lines += write_finding(p, &r->findings[i]);
        if (has_hint(&r->findings[i]) && hints > 0) {
            n_lines += write_hint(p, &r->findings[i]);
            hints--;
        }
    }
    return n_lines;
}

static size_t plan_lines(const struct plan *plan, const struct result *r)
{
    const struct page counter = { .out = NULL };

    return write_headline(&counter, r) + write_why(&counter, r, plan) +
           write_reasons(&counter, r, first_reason(r), plan->reasons) +
           (plan->transfers > 0 ? plan->transfers + 1 : 0) + write_findings(&counter, r, plan) +
           plan->has_more;
}

/* What is given up first, and down to how many: the turns are taken until all fits. */
static struct plan plan_summary(const struct result *r)
{
    struct plan p = { .causes = r->n_causes,
                      .cause_notes = r->n_cause_notes,
                      .reasons = r->n_reasons - first_reason(r),
                      .transfers = r->n_transfers,
                      .findings = count_other_findings(r),
                      .hints = r->n_causes > 0 ? 1 : r->n_findings };
    size_t first = r->n_causes > 0 ? 0 : 1; /* what mends a cause is more than its symptom */
    struct {
        size_t *n, least, most;
    } turns[] = {
        { &p.hints, 1, SUMMARY_LINES },        { &p.findings, 2, SUMMARY_LINES },
        { &p.cause_notes, 2, SUMMARY_LINES },  { &p.causes, 2, SUMMARY_LINES },
        { &p.reasons, 1, SUMMARY_LINES },      { &p.transfers, 2, SUMMARY_LINES },
        { &p.findings, first, SUMMARY_LINES }, { &p.cause_notes, 1, SUMMARY_LINES },
        { &p.transfers, 1, SUMMARY_LINES },    { &p.hints, 0, SUMMARY_LINES },
        { &p.reasons, 0, SUMMARY_LINES },      { &p.findings, 0, SUMMARY_LINES },
        { &p.causes, 1, SUMMARY_LINES },       { &p.cause_notes, 0, SUMMARY_LINES },
        { &p.transfers, 0, SUMMARY_LINES },
    };

    for (size_t i = 0; i < sizeof(turns) / sizeof(*turns); i++) {
        if (*turns[i].n > turns[i].most) {
            *turns[i].n = turns[i].most;
            p.has_more = true;
        }
    }
    for (size_t i = 0; i < sizeof(turns) / sizeof(*turns); i++) {
        while (plan_lines(&p, r) > SUMMARY_LINES && *turns[i].n > turns[i].least) {
            *turns[i].n -= 1;
            p.has_more = true;
        }
    }
    return p;
}

/* "LM101" once, with how many times it comes in a row. */
static void write_id(const struct page *p, const char *id, size_t times, bool is_first)
{
    fprintf(p->out, is_first ? "%s" : ", %s", id);
    if (times > 1)
        fprintf(p->out, " (%zu times)", times);
}

/* Those behind the first @shown that are no causes. */
static void write_hidden_findings(const struct page *p, const struct result *r, size_t shown)
{
    enum { IDS_MAX = 8, TITLE_COLUMNS = 60 };
    const struct finding *last = NULL;
    char title[LINE_BYTES];
    size_t n = count_other_findings(r) - shown, at = 0, times = 0, n_ids = 0;

    fprintf(p->out, " %zu more finding%s: ", n, n == 1 ? "" : "s");
    for (size_t i = 0; i < r->n_findings; i++) {
        if (is_cause(r, &r->findings[i]) || at++ < shown)
            continue;
        if (last && strcmp(last->id, r->findings[i].id) != 0) {
            if (n_ids++ < IDS_MAX)
                write_id(p, last->id, times, n_ids == 1);
            times = 0;
        }
        last = &r->findings[i];
        times++;
    }
    if (n_ids++ < IDS_MAX)
        write_id(p, last->id, times, n_ids == 1);
    if (n == 1) {
        plain_text(title, sizeof(title), last->title, TITLE_COLUMNS);
        fprintf(p->out, " %s", title);
    }
    if (n_ids > IDS_MAX)
        fputs(", ...", p->out);
}

static void write_rest(const struct page *p, const struct result *r, const struct plan *plan)
{
    size_t transfers = r->n_transfers - plan->transfers;

    fputs("...", p->out);
    if (transfers > 0)
        fprintf(p->out, " %zu more transfer%s", transfers, transfers == 1 ? "" : "s");
    if (transfers > 0 && count_other_findings(r) > plan->findings)
        fputs(" and", p->out);
    if (count_other_findings(r) > plan->findings)
        write_hidden_findings(p, r, plan->findings);
    fputs(" (-v shows all)\n", p->out);
}

static void write_summary(const struct page *p, const struct result *r)
{
    struct plan plan = plan_summary(r);
    bool has_gaps =
        plan_lines(&plan, r) + (plan.transfers > 0) + (plan.findings > 0) <= SUMMARY_LINES;

    write_why(p, r, &plan);
    write_reasons(p, r, first_reason(r), plan.reasons);
    if (has_gaps && plan.transfers > 0)
        fputc('\n', p->out);
    table_write_text(&table_transfers, r, p->out, INDENT, plan.transfers);
    if (has_gaps && plan.findings > 0)
        fputc('\n', p->out);
    write_findings(p, r, &plan);
    if (plan.has_more)
        write_rest(p, r, &plan);
}

static void write_title(const struct page *p, const char *title)
{
    fputc('\n', p->out);
    write_colored(p, bold, title);
    fputc('\n', p->out);
}

static void write_section(const struct page *p, const struct table *t, const struct result *r,
                          size_t n_rows)
{
    if (n_rows == 0)
        return;
    write_title(p, text_in(LANGUAGE_EN, t->title));
    table_write_text(t, r, p->out, INDENT, SIZE_MAX);
}

static void write_transfer_evidence(const struct page *p, const struct result *r)
{
    for (size_t i = 0; i < r->n_transfers; i++) {
        for (size_t k = 0; k < r->transfers[i].n_evidence; k++) {
            char label[32];

            snprintf(label, sizeof(label), "transfer %zu: ", i + 1);
            write_labelled(p, INDENT, normal, label, r->transfers[i].evidence[k]);
        }
    }
}

static void write_finding_whole(const struct page *p, const struct finding *f)
{
    char value[WORDS_BYTES];

    write_finding(p, f);
    for (size_t i = 0; i < f->n_evidence; i++)
        fprintf(p->out, "%*s%s: %s\n", 2 * INDENT, "", f->evidence[i].key,
                words_evidence(LANGUAGE_EN, value, &f->evidence[i]));
    if (f->remedy && *f->remedy)
        write_labelled(p, INDENT, bold, "to do: ", f->remedy);
    if (f->powershell)
        plain_write_lines(p->out, f->powershell, 2 * INDENT);
}

static void write_findings_whole(const struct page *p, const struct result *r)
{
    if (r->n_findings > 0)
        write_title(p, "Findings");
    for (size_t i = 0; i < r->n_findings; i++) {
        if (i > 0)
            fputc('\n', p->out);
        write_finding_whole(p, &r->findings[i]);
    }
}

static void write_all(const struct page *p, const struct result *r)
{
    char count[UNITS_TEXT_BYTES];

    size_t from = headline_says_reasons(r) ? 0 : first_reason(r);

    write_causes(p, r, r->n_causes, r->n_cause_notes);
    write_reasons(p, r, from, r->n_reasons - from);
    write_section(p, &table_transfers_all, r, r->n_transfers);
    write_transfer_evidence(p, r);
    write_section(p, &table_networks, r, r->n_networks);
    write_section(p, &table_predictions, r, r->n_predictions);
    write_section(p, &table_cluster_layers, r, r->layers.n_networks);
    write_section(p, &table_host_layers, r, r->layers.n_hosts);
    write_findings_whole(p, r);
    write_section(p, &table_connections, r, r->n_connections);
    if (r->connections_folded > 0)
        fprintf(p->out, "  and %s closed connections of no bearing\n",
                count_text(count, r->connections_folded));
    write_section(p, &table_vantage_points, r, r->n_connections);
    write_section(p, &table_nics, r, r->n_nics);
    write_section(p, &table_counters, r, r->n_counted);
    write_section(p, &table_inputs, r, r->n_inputs);
}

int report_write_text(const struct result *r, const struct report_options *options, FILE *out,
                      struct error *err)
{
    struct page page = { out, options->use_color };
    char line[HEADLINE_BYTES];

    (void)err;
    if (options->detail == REPORT_VERDICT) {
        headline_text(LANGUAGE_EN, line, r);
        write_colored(&page, verdict_color(r->verdict), headline_verdict(LANGUAGE_EN, r->verdict));
        fprintf(out, "%s\n", line + strlen(headline_verdict(LANGUAGE_EN, r->verdict)));
        return 0;
    }
    write_headline(&page, r);
    if (options->detail == REPORT_SUMMARY)
        write_summary(&page, r);
    else
        write_all(&page, r);
    return 0;
}
