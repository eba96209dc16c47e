/*
 * The report as one HTML page: nothing is loaded from anywhere, no script is needed to read it.
 * Sections with nothing to say are left out.
 */
#include "analyzers/report/html.h"

#include <string.h>

#include "analyzers/report/numbers.h"
#include "analyzers/report/report.h"
#include "analyzers/report/table.h"

enum { CONNECTIONS_SHOWN = 250, RUNS_WITH_EVIDENCE = 20 };

static const struct face {
    const char *class, *icon;
    enum text words;
} faces[] = {
    [VERDICT_RIGHT_NETWORK] = { "good", "\342\234\224", TEXT_VERDICT_RIGHT },
    [VERDICT_WRONG_NETWORK] = { "bad", "\342\234\226", TEXT_VERDICT_WRONG },
    [VERDICT_SPLIT_NETWORKS] = { "bad", "\342\207\206", TEXT_VERDICT_SPLIT },
    [VERDICT_INCONCLUSIVE] = { "unsure", "?", TEXT_VERDICT_INCONCLUSIVE },
    [VERDICT_NO_MIGRATION] = { "unsure", "\342\200\223", TEXT_VERDICT_NONE },
};

static void write_meta(FILE *out, const char *term, const char *text)
{
    if (!text || !*text)
        return;
    fprintf(out, "<div><dt>%s</dt><dd>", term);
    html_text(out, text);
    fputs("</dd></div>\n", out);
}

static void write_head(FILE *out, const struct comparison *c)
{
    const char *subject = c->title.cluster ? c->title.cluster : c->title.customer;

    fprintf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n", language_name(c->language));
    fputs("<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
          "'unsafe-inline'; script-src 'unsafe-inline'",
          out);
    fputs(html_has_logo(c) ? "; img-src data:\">\n" : "\">\n", out);
    fprintf(out, "<title>%s", text_in(c->language, TEXT_REPORT));
    if (subject) {
        fputs(": ", out);
        html_text(out, subject);
    }
    fputs("</title>\n<style>\n", out);
    for (size_t i = 0; html_style[i]; i++)
        fputs(html_style[i], out);
    html_accent(out, c->brand);
    fprintf(out,
            "</style>\n</head>\n<body data-copy=\"%s\" data-copied=\"%s\" data-selected=\"%s\">\n"
            "<a class=\"skip\" href=\"#main\">%s</a>\n",
            text_in(c->language, TEXT_COPY), text_in(c->language, TEXT_COPIED),
            text_in(c->language, TEXT_SELECTED), text_in(c->language, TEXT_SKIP));
    fputs("<svg class=\"defs\" aria-hidden=\"true\" focusable=\"false\"><defs>"
          "<pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
          "patternTransform=\"rotate(45)\"><rect class=\"hatch-ground\" width=\"8\" height=\"8\"/>"
          "<rect class=\"hatch-line\" width=\"3.5\" height=\"8\"/></pattern>"
          "<pattern id=\"dots\" width=\"7\" height=\"2\" patternUnits=\"userSpaceOnUse\" x=\"0\">"
          "<rect class=\"dot\" width=\"3\" height=\"12\"/></pattern></defs></svg>\n",
          out);
}

struct chapter {
    const char *id;
    enum text title;
    bool (*has)(const struct comparison *c);
    void (*write)(FILE *out, const struct comparison *c);
    bool starts_page; /* in print */
};

/* ---- summary ---- */

static bool always(const struct comparison *c)
{
    (void)c;
    return true;
}

static void write_banner(FILE *out, enum language language, const struct comparison_set *set,
                         bool is_alone)
{
    const struct face *face = &faces[set->verdict];
    const char *rest = strstr(set->headline, ": ");

    fprintf(out,
            "<div class=\"verdict %s\"><span class=\"icon\" aria-hidden=\"true\">%s</span>"
            "<div>%s%s%s<strong>%s</strong></div><p>",
            face->class, face->icon, is_alone ? "" : "<span class=\"set\">",
            is_alone ? "" : set->label, is_alone ? "" : "</span>", text_in(language, face->words));
    html_text(out, rest ? rest + 2 : set->headline);
    fputs("</p></div>\n", out);
}

static void write_summary(FILE *out, const struct comparison *c)
{
    fputs("<p class=\"lead\">", out);
    html_text(out, c->summary);
    fputs("</p>\n", out);
    for (size_t i = 0; i < c->n_warnings; i++) {
        fprintf(out, "<p class=\"warning\"><b>%s</b> ", text_in(c->language, TEXT_MIND));
        html_text(out, c->warnings[i]);
        fputs("</p>\n", out);
    }
    fputs("<div class=\"pair\">\n", out);
    for (size_t s = 0; s < c->n_sets; s++)
        write_banner(out, c->language, &c->sets[s], c->n_sets == 1);
    fputs("</div>\n", out);
}

/* ---- numbers ---- */

static bool has_numbers(const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        if (c->rows[MEASURE_MEMORY].spread[s].n > 0)
            return true;
    }
    return false;
}

static void write_number(FILE *out, const struct comparison *c, const struct comparison_row *row,
                         size_t s)
{
    fprintf(out, "<td class=\"n\" data-l=\"%s\">%s", c->sets[s].label, row->value[s]);
    if (*row->range[s])
        fprintf(out, "<span class=\"range\">%s</span>", row->range[s]);
    fputs("</td>", out);
}

static void write_numbers(FILE *out, const struct comparison *c)
{
    static const char *const classes[] = { [CHANGE_NONE] = "",
                                           [CHANGE_BETTER] = " class=\"better\"",
                                           [CHANGE_WORSE] = " class=\"worse\"",
                                           [CHANGE_OTHER] = "" };
    static const char *const marks[] = { [CHANGE_NONE] = "",
                                         [CHANGE_BETTER] = "\342\226\262 ",
                                         [CHANGE_WORSE] = "\342\226\274 ",
                                         [CHANGE_OTHER] = "" };
    const char *change = text_in(c->language, TEXT_CHANGE);

    fprintf(out, "<table class=\"numbers\">\n<thead><tr><th scope=\"col\">%s</th>",
            text_in(c->language, TEXT_WHAT));
    for (size_t s = 0; s < c->n_sets; s++)
        fprintf(out, "<th scope=\"col\" class=\"n\">%s</th>", c->sets[s].label);
    if (c->n_sets == N_SETS)
        fprintf(out, "<th scope=\"col\">%s</th>", change);
    fputs("</tr></thead>\n<tbody>\n", out);
    for (size_t i = 0; i < c->n_rows; i++) {
        const struct comparison_row *row = &c->rows[i];

        fprintf(out, "<tr><th scope=\"row\">%s</th>", row->label);
        for (size_t s = 0; s < c->n_sets; s++)
            write_number(out, c, row, s);
        if (c->n_sets == N_SETS)
            fprintf(out, "<td data-l=\"%s\"%s>%s%s</td>", change, classes[row->change],
                    marks[row->change], row->change_text);
        fputs("</tr>\n", out);
    }
    fputs("</tbody>\n</table>\n", out);
    if (c->n_sets == N_SETS)
        fprintf(out, "<p class=\"note\">%s</p>\n", text_in(c->language, TEXT_BETTER_WORSE));
}

/* ---- pictures ---- */

static bool has_pictures(const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        if (c->sets[s].from && c->sets[s].n_lanes > 0)
            return true;
    }
    return false;
}

static void write_paths(FILE *out, const struct comparison *c)
{
    fputs("<div class=\"pair\">\n", out);
    for (size_t s = 0; s < c->n_sets; s++)
        html_path(out, c, &c->sets[s]);
    fputs("</div>\n", out);
}

static bool has_rates(const struct comparison *c)
{
    return c->most_bits_per_second > 0 && c->most_seconds > 0;
}

static bool has_bytes(const struct comparison *c)
{
    return c->most_bytes > 0;
}

static bool has_nics(const struct comparison *c)
{
    return c->most_nic_bytes > 0;
}

static bool has_directions(const struct comparison *c)
{
    return c->sets[0].n_directions > 0 || c->sets[1].n_directions > 0;
}

static void write_median(FILE *out, const char *median, const char *range)
{
    fprintf(out, "<td class=\"n\">%s", median);
    if (*range)
        fprintf(out, "<span class=\"range\">%s</span>", range);
    fputs("</td>", out);
}

static void write_directions(FILE *out, const struct comparison *c)
{
    enum { FIRST_NUMBER = 3 };
    static const enum text columns[] = { TEXT_COL_SET,       TEXT_COL_FROM,         TEXT_COL_TO,
                                         TEXT_COL_TRANSFERS, TEXT_COL_MEMORY,       TEXT_COL_TIME,
                                         TEXT_COL_MEAN_RATE, TEXT_COL_OVER_INTENDED };
    enum language in = c->language;

    if (*c->symmetry) {
        fputs("<p>", out);
        html_text(out, c->symmetry);
        fputs("</p>\n", out);
    }
    fprintf(out,
            "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">\n"
            "<table class=\"sortable\">\n<thead><tr>",
            text_in(in, TEXT_DIRECTIONS));
    for (size_t i = c->n_sets == N_SETS ? 0 : 1; i < sizeof(columns) / sizeof(*columns); i++)
        fprintf(out, "<th scope=\"col\"%s>%s</th>", i < FIRST_NUMBER ? "" : " class=\"n\"",
                text_in(in, columns[i]));
    fputs("</tr></thead>\n<tbody>\n", out);
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_directions; i++) {
            const struct comparison_direction *d = &c->sets[s].directions[i];

            fputs("<tr>", out);
            if (c->n_sets == N_SETS)
                fprintf(out, "<td>%s</td>", c->sets[s].label);
            fputs("<td>", out);
            html_text(out, d->from);
            fputs("</td><td>", out);
            html_text(out, d->to);
            fprintf(out, "</td><td class=\"n\">%zu</td><td class=\"n\">%s</td>", d->n_transfers,
                    d->size);
            write_median(out, d->time, d->time_range);
            write_median(out, d->rate, d->rate_range);
            fprintf(out, "<td class=\"n\">%s</td></tr>\n", d->share);
        }
    }
    fputs("</tbody>\n</table>\n</div>\n", out);
}

/* ---- findings ---- */

static void write_findings(FILE *out, const struct comparison *c)
{
    for (size_t i = 0; i < c->n_findings; i++)
        if (!c->findings[i].is_cause)
            html_finding(out, c, &c->findings[i]);
}

/* ---- evidence and inputs ---- */

static void write_run_title(FILE *out, const struct comparison *c, size_t s, size_t i)
{
    const struct comparison_set *set = &c->sets[s];
    char run[UNITS_TEXT_BYTES], n_runs[UNITS_TEXT_BYTES];

    if (c->n_sets == 1 && set->n_runs == 1)
        return;
    fputs("<h3>", out);
    html_with(out, c->language, set->n_runs > 1 ? TEXT_RUN_OF : TEXT_AS_IT_IS, set->label,
              count_in(c->language, run, i + 1), count_in(c->language, n_runs, set->n_runs));
    fputs("</h3>\n", out);
}

static bool has_test(const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs && i < RUNS_WITH_EVIDENCE; i++) {
            if (table_has_rows(&table_commands, c->sets[s].runs[i].result) ||
                table_has_rows(&table_marks, c->sets[s].runs[i].result))
                return true;
        }
    }
    return false;
}

/* The commands that were watched, and what was marked meanwhile. */
static void write_test(FILE *out, const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_runs && i < RUNS_WITH_EVIDENCE; i++) {
            const struct result *r = c->sets[s].runs[i].result;

            if (!table_has_rows(&table_commands, r) && !table_has_rows(&table_marks, r))
                continue;
            write_run_title(out, c, s, i);
            table_write_html(&table_commands, r, c->language, out, CONNECTIONS_SHOWN);
            table_write_html(&table_marks, r, c->language, out, CONNECTIONS_SHOWN);
        }
    }
}

static void write_evidence(FILE *out, const struct comparison *c)
{
    char more[UNITS_TEXT_BYTES];

    for (size_t s = 0; s < c->n_sets; s++) {
        const struct comparison_set *set = &c->sets[s];

        for (size_t i = 0; i < set->n_runs && i < RUNS_WITH_EVIDENCE; i++) {
            const struct result *r = set->runs[i].result;

            write_run_title(out, c, s, i);
            table_write_html(&table_transfers_all, r, c->language, out, CONNECTIONS_SHOWN);
            table_write_html(&table_connections_bearing_id, r, c->language, out, CONNECTIONS_SHOWN);
            table_write_html(&table_nics, r, c->language, out, CONNECTIONS_SHOWN);
            table_write_html(&table_counters, r, c->language, out, CONNECTIONS_SHOWN);
        }
        if (set->n_runs <= RUNS_WITH_EVIDENCE)
            continue;
        fputs("<p class=\"note\">", out);
        html_with(out, c->language, TEXT_MORE_RUNS, set->label,
                  count_in(c->language, more, set->n_runs - RUNS_WITH_EVIDENCE));
        fputs("</p>\n", out);
    }
}

static void write_method(FILE *out, const struct comparison *c)
{
    static const enum text blind[] = { TEXT_METHOD_RDMA,  TEXT_METHOD_VSWITCH, TEXT_METHOD_OFFLOAD,
                                       TEXT_METHOD_IPSEC, TEXT_METHOD_SMB,     TEXT_METHOD_LATER };
    enum language in = c->language;
    char where[PARAGRAPH_BYTES];

    fprintf(out, "<p>%s</p>\n", text_in(in, TEXT_METHOD_HOW));
    for (size_t s = 0; s < c->n_sets; s++)
        fprintf(out, "<p>%s</p>\n", comparison_where(where, c, s));
    fprintf(out, "<h3>%s</h3>\n<ul>\n", text_in(in, TEXT_METHOD_BLIND));
    for (size_t i = 0; i < sizeof(blind) / sizeof(*blind); i++)
        fprintf(out, "<li>%s</li>\n", text_in(in, blind[i]));
    fprintf(out, "</ul>\n<p class=\"note\">%s</p>\n", text_in(in, TEXT_METHOD_UNITS));
}

static void write_options(FILE *out, enum language language, const struct result_options *o)
{
    char text[UNITS_TEXT_BYTES];

    fprintf(out, "<p class=\"note\">%s ", text_in(language, TEXT_OPTIONS));
    if (o->topology) {
        fputs("<code>-t ", out);
        html_text(out, o->topology);
        fputs("</code> ", out);
    }
    for (size_t i = 0; i < o->n_networks; i++) {
        fputs("<code>-n ", out);
        html_text(out, o->networks[i]);
        fputs("</code> ", out);
    }
    if (o->expect) {
        fputs("<code>-e ", out);
        html_text(out, o->expect);
        fputs("</code> ", out);
    }
    fprintf(out, "<code>--min-share %s</code> <code>--lm-port %u</code> <code>--smb-port %u</code>",
            percent_text(text, o->min_share), o->lm_port, o->smb_port);
    if (o->vm_memory_bytes != RESULT_UNKNOWN)
        fprintf(out, " <code>-m %s</code>", bytes_text(text, o->vm_memory_bytes));
    fputs("</p>\n", out);
}

static void write_inputs(FILE *out, const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        const struct comparison_set *set = &c->sets[s];

        for (size_t i = 0; i < set->n_runs && i < RUNS_WITH_EVIDENCE; i++) {
            const struct comparison_run *run = &set->runs[i];

            write_run_title(out, c, s, i);
            fputs("<p class=\"note\">", out);
            if (run->path)
                html_with(out, c->language, TEXT_MADE_FROM, run->path, run->lmpath);
            else
                html_with(out, c->language, TEXT_MADE_BY, run->lmpath);
            fputs("</p>\n", out);
            table_write_html(&table_inputs, run->result, c->language, out, CONNECTIONS_SHOWN);
            table_write_html(&table_digests, run->result, c->language, out, CONNECTIONS_SHOWN);
            write_options(out, c->language, &run->result->options);
        }
    }
}

static const struct chapter chapters[] = {
    { "summary", TEXT_SUMMARY, always, write_summary, false },
    { "cause", TEXT_CAUSE_CHAPTER, comparison_has_why, html_why, false },
    { "numbers", TEXT_NUMBERS, has_numbers, write_numbers, false },
    { "path", TEXT_PATH, has_pictures, write_paths, true },
    { "rates", TEXT_RATES, has_rates, html_rates, false },
    { "bytes", TEXT_MEMORY_BY_NETWORK, has_bytes, html_bytes, false },
    { "nics", TEXT_BYTES_BY_NIC, has_nics, html_nics, false },
    { "directions", TEXT_DIRECTIONS, has_directions, write_directions, false },
    { "findings", TEXT_FINDINGS_TO_DO, comparison_has_findings, write_findings, true },
    { "test", TEXT_TEST, has_test, write_test, false },
    { "evidence", TEXT_EVIDENCE, always, write_evidence, true },
    { "method", TEXT_METHOD, always, write_method, false },
    { "inputs", TEXT_INPUTS_OPTIONS, always, write_inputs, false },
};
enum { N_CHAPTERS = sizeof(chapters) / sizeof(*chapters) };

static void write_header(FILE *out, const struct comparison *c)
{
    enum language in = c->language;

    fputs("<header>\n", out);
    html_logo(out, c);
    fprintf(out, "<p class=\"kicker\">%s</p>\n<h1>%s</h1>\n", text_in(in, TEXT_REPORT_KIND),
            text_in(in, c->n_sets == N_SETS ? TEXT_QUESTION_COMPARED : TEXT_QUESTION));
    if (c->title.customer || c->title.cluster || c->title.author || c->title.date ||
        c->title.reference) {
        fputs("<dl class=\"meta\">\n", out);
        write_meta(out, text_in(in, TEXT_CUSTOMER), c->title.customer);
        write_meta(out, text_in(in, TEXT_CLUSTER), c->title.cluster);
        write_meta(out, text_in(in, TEXT_AUTHOR), c->title.author);
        write_meta(out, text_in(in, TEXT_DATE), c->title.date);
        write_meta(out, text_in(in, TEXT_REFERENCE), c->title.reference);
        fputs("</dl>\n", out);
    }
    fprintf(out, "<nav aria-label=\"%s\"><ul>\n", text_in(in, TEXT_CONTENTS));
    for (size_t i = 0; i < N_CHAPTERS; i++) {
        if (chapters[i].has(c))
            fprintf(out, "<li><a href=\"#%s\">%s</a></li>\n", chapters[i].id,
                    text_in(in, chapters[i].title));
    }
    fputs("</ul></nav>\n</header>\n", out);
}

int report_write_html(const struct comparison *c, FILE *out, struct error *err)
{
    (void)err;
    write_head(out, c);
    write_header(out, c);
    fputs("<main id=\"main\">\n", out);
    for (size_t i = 0; i < N_CHAPTERS; i++) {
        if (!chapters[i].has(c))
            continue;
        fprintf(out, "<section id=\"%s\" aria-labelledby=\"%s-h\"%s>\n<h2 id=\"%s-h\">%s</h2>\n",
                chapters[i].id, chapters[i].id, chapters[i].starts_page ? " class=\"page\"" : "",
                chapters[i].id, text_in(c->language, chapters[i].title));
        chapters[i].write(out, c);
        fputs("</section>\n", out);
    }
    fputs("</main>\n<footer><p>", out);
    html_with(out, c->language, TEXT_MADE_BY, LMPATH_VERSION);
    fprintf(out, "</p></footer>\n<script>\n%s</script>\n</body>\n</html>\n", html_script);
    return 0;
}
