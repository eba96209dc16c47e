/* A check's outcome for people: the answer, the findings, the predicted paths. */
#include <string.h>

#include "analyzers/check/outcome.h"
#include "analyzers/check/writers.h"
#include "analyzers/report/words.h"
#include "src/base/plain.h"
#include "src/cli/terminal.h"

enum { INDENT = 2, LINE_BYTES = 2048, NAME_COLUMNS = 24, ALIKE_SHOWN = 4 };

static void write_wrapped(FILE *out, const char *label, const char *text)
{
    struct plain_margins m = { INDENT, 0, TERMINAL_COLUMNS };
    char raw[LINE_BYTES], line[LINE_BYTES];

    snprintf(raw, sizeof(raw), "%s%s", label, text);
    plain_text(line, sizeof(line), raw, PLAIN_UNCUT);
    fprintf(out, "%*s", INDENT, "");
    m.at_column = INDENT;
    plain_wrap(out, line, strlen(line), m);
}

static void write_heading(FILE *out, const struct finding *f)
{
    fprintf(out, "\n%s %s (%s): %s\n", severity_name(f->severity), f->id, check_layer(f->id),
            f->title);
}

/* The same of many hosts is one thing to read. Returns how many findings it took. */
static size_t write_alike(FILE *out, const struct finding *f, size_t n)
{
    size_t n_alike = 1;

    while (n_alike < n && strcmp(f[n_alike].id, f->id) == 0)
        n_alike++;
    write_heading(out, f);
    for (size_t i = 0; i < n_alike; i++) {
        if (i == ALIKE_SHOWN && n_alike > ALIKE_SHOWN + 1) {
            fprintf(out, "%*sand %zu more like these\n", INDENT, "", n_alike - i);
            break;
        }
        write_wrapped(out, "", f[i].detail);
    }
    return n_alike;
}

static void write_finding(FILE *out, const struct finding *f)
{
    char value[WORDS_BYTES];

    write_heading(out, f);
    write_wrapped(out, "", f->detail);
    for (size_t i = 0; i < f->n_evidence; i++) {
        plain_text(value, sizeof(value), f->evidence[i].text, PLAIN_UNCUT);
        fprintf(out, "%*s%s: %s\n", INDENT, "", f->evidence[i].key, value);
    }
    write_wrapped(out, "why: ", finding_kind_find(f->id)->why);
    write_wrapped(out, "to do: ", f->remedy);
    if (f->powershell)
        plain_write_lines(out, f->powershell, 2 * INDENT);
}

static void write_summary(FILE *out, const struct check_report *report)
{
    const struct topology *t = &report->check->config.topology;

    for (int rule = 0; rule < N_PREDICT_RULES; rule++) {
        size_t n_pairs = outcome_pairs(report, rule);

        for (int network = NO_NETWORK; n_pairs && network < (int)t->n_networks; network++) {
            char name[WORDS_BYTES];
            size_t n = outcome_paths(report, rule, network);

            if (n == 0)
                continue;
            plain_text(name, sizeof(name), outcome_network(t, network), NAME_COLUMNS);
            fprintf(out, "  %-16s  %-*s  %zu of %zu pairs\n", predict_rule_name(rule),
                    (int)(NAME_COLUMNS + strlen(name) - plain_columns(name)), name, n, n_pairs);
        }
    }
}

static void write_paths(FILE *out, const struct check_report *report)
{
    const struct topology *t = &report->check->config.topology;

    for (size_t i = 0; i < report->predictions->n_paths; i++) {
        const struct prediction_path *p = &report->predictions->paths[i];
        char from[ADDR_TEXT_BYTES] = "-", to[ADDR_TEXT_BYTES] = "-", raw[LINE_BYTES];

        if (p->network != NO_NETWORK) {
            addr_text(from, &t->addresses[p->source_address].addr);
            addr_text(to, &t->addresses[p->destination_address].addr);
        }
        snprintf(raw, sizeof(raw), "%s to %s by %s: %s, %s to %s", p->source->name,
                 p->destination->name, predict_rule_name(p->rule), outcome_network(t, p->network),
                 from, to);
        write_wrapped(out, "", raw);
    }
}

int check_write_text(const void *context, FILE *out, struct error *err)
{
    const struct check_report *report = context;
    const struct result *r = &report->check->result;
    char headline[OUTCOME_BYTES], line[OUTCOME_BYTES];

    (void)err;
    plain_text(line, sizeof(line), outcome_headline(headline, report->check), PLAIN_UNCUT);
    fprintf(out, "%s\n", line);
    write_wrapped(out, "intended: ", outcome_intended(headline, report->check));
    for (size_t i = 0; report->is_whole && i < r->n_findings; i++)
        write_finding(out, &r->findings[i]);
    for (size_t i = 0; !report->is_whole && i < r->n_findings;)
        i += write_alike(out, &r->findings[i], r->n_findings - i);
    if (report->predictions->n_paths > 0) {
        fputs("\npredicted path, under each rule that applies\n", out);
        (report->is_whole ? write_paths : write_summary)(out, report);
    }
    if (r->n_findings > 0 && !report->is_whole)
        fputs("\n-v shows where each stands and the commands that mend it\n", out);
    return 0;
}
