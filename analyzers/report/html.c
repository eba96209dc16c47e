/*
 * The report as one HTML page: nothing is loaded from anywhere, no script is needed to read it.
 * Sections with nothing to say are left out.
 */
#include "analyzers/report/html.h"

#include <string.h>

#include "analyzers/findings.h"
#include "analyzers/report/report.h"
#include "analyzers/report/table.h"
#include "analyzers/report/words.h"

enum { CONNECTIONS_SHOWN = 250, RUNS_WITH_EVIDENCE = 20 };

static const struct face {
    const char *class, *icon, *words;
} faces[] = {
    [VERDICT_RIGHT_NETWORK] = { "good", "\342\234\224", "Right network" },
    [VERDICT_WRONG_NETWORK] = { "bad", "\342\234\226", "Wrong network" },
    [VERDICT_SPLIT_NETWORKS] = { "bad", "\342\207\206", "Split over several networks" },
    [VERDICT_INCONCLUSIVE] = { "unsure", "?", "Inconclusive" },
    [VERDICT_NO_MIGRATION] = { "unsure", "\342\200\223", "No migration seen" },
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

    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
          "'unsafe-inline'; script-src 'unsafe-inline'",
          out);
    fputs(html_has_logo(c) ? "; img-src data:\">\n" : "\">\n", out);
    fputs("<title>Live migration path", out);
    if (subject) {
        fputs(": ", out);
        html_text(out, subject);
    }
    fputs("</title>\n<style>\n", out);
    for (size_t i = 0; html_style[i]; i++)
        fputs(html_style[i], out);
    html_accent(out, c->brand);
    fputs("</style>\n</head>\n<body>\n", out);
    fputs("<a class=\"skip\" href=\"#main\">Skip to the report</a>\n"
          "<svg class=\"defs\" aria-hidden=\"true\" focusable=\"false\"><defs>"
          "<pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" "
          "patternTransform=\"rotate(45)\"><rect class=\"hatch-ground\" width=\"8\" height=\"8\"/>"
          "<rect class=\"hatch-line\" width=\"3.5\" height=\"8\"/></pattern>"
          "<pattern id=\"dots\" width=\"7\" height=\"2\" patternUnits=\"userSpaceOnUse\" x=\"0\">"
          "<rect class=\"dot\" width=\"3\" height=\"12\"/></pattern></defs></svg>\n",
          out);
}

struct chapter {
    const char *id, *title;
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

static void write_banner(FILE *out, const struct comparison_set *set, bool is_alone)
{
    const struct face *face = &faces[set->verdict];
    const char *rest = strstr(set->headline, ": ");

    fprintf(out,
            "<div class=\"verdict %s\"><span class=\"icon\" aria-hidden=\"true\">%s</span>"
            "<div>%s%s%s<strong>%s</strong></div><p>",
            face->class, face->icon, is_alone ? "" : "<span class=\"set\">",
            is_alone ? "" : set->label, is_alone ? "" : "</span>", face->words);
    html_text(out, rest ? rest + 2 : set->headline);
    fputs("</p></div>\n", out);
}

static void write_summary(FILE *out, const struct comparison *c)
{
    fputs("<p class=\"lead\">", out);
    html_text(out, c->summary);
    fputs("</p>\n", out);
    for (size_t i = 0; i < c->n_warnings; i++) {
        fputs("<p class=\"warning\"><b>Mind:</b> ", out);
        html_text(out, c->warnings[i]);
        fputs("</p>\n", out);
    }
    fputs("<div class=\"pair\">\n", out);
    for (size_t s = 0; s < c->n_sets; s++)
        write_banner(out, &c->sets[s], c->n_sets == 1);
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

    fputs("<table class=\"numbers\">\n<thead><tr><th scope=\"col\">What</th>", out);
    for (size_t s = 0; s < c->n_sets; s++)
        fprintf(out, "<th scope=\"col\" class=\"n\">%s</th>", c->sets[s].label);
    fputs(c->n_sets == N_SETS ? "<th scope=\"col\">Change</th></tr></thead>\n<tbody>\n"
                              : "</tr></thead>\n<tbody>\n",
          out);
    for (size_t i = 0; i < c->n_rows; i++) {
        const struct comparison_row *row = &c->rows[i];

        fprintf(out, "<tr><th scope=\"row\">%s</th>", row->label);
        for (size_t s = 0; s < c->n_sets; s++)
            write_number(out, c, row, s);
        if (c->n_sets == N_SETS)
            fprintf(out, "<td data-l=\"Change\"%s>%s%s</td>", classes[row->change],
                    marks[row->change], row->change_text);
        fputs("</tr>\n", out);
    }
    fputs("</tbody>\n</table>\n", out);
    if (c->n_sets == N_SETS)
        fputs("<p class=\"note\">\342\226\262 better, \342\226\274 worse. With several runs: the "
              "median, below it the least and the most.</p>\n",
              out);
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

static bool has_directions(const struct comparison *c)
{
    return c->sets[0].n_directions > 0 || c->sets[1].n_directions > 0;
}

static void write_directions(FILE *out, const struct comparison *c)
{
    if (*c->symmetry) {
        fputs("<p>", out);
        html_text(out, c->symmetry);
        fputs("</p>\n", out);
    }
    fputs("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Directions\">\n"
          "<table class=\"sortable\">\n<thead><tr>",
          out);
    if (c->n_sets == N_SETS)
        fputs("<th scope=\"col\">set</th>", out);
    fputs("<th scope=\"col\">from</th><th scope=\"col\">to</th><th scope=\"col\" "
          "class=\"n\">transfers</th><th scope=\"col\" class=\"n\">memory</th><th scope=\"col\" "
          "class=\"n\">time</th><th scope=\"col\" class=\"n\">over the intended network</th></tr>"
          "</thead>\n<tbody>\n",
          out);
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
            fprintf(out,
                    "</td><td class=\"n\">%zu</td><td class=\"n\">%s</td><td class=\"n\">%s</td>"
                    "<td class=\"n\">%s</td></tr>\n",
                    d->n_transfers, d->size, d->time, d->share);
        }
    }
    fputs("</tbody>\n</table>\n</div>\n", out);
}

/* ---- findings ---- */

static bool has_findings(const struct comparison *c)
{
    return c->n_findings > 0;
}

static void write_block(FILE *out, const char *text)
{
    fputs("<div class=\"block\"><pre tabindex=\"0\"><code>", out);
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

static void write_finding(FILE *out, const struct comparison *c,
                          const struct comparison_finding *found)
{
    const struct finding *f = found->finding;
    const struct finding_kind *kind = finding_kind_find(f->id);
    const char *severity = severity_name(f->severity);
    char value[WORDS_BYTES];

    fprintf(out, "<div class=\"finding\">\n<h3><span class=\"badge %s\">%s</span>", severity,
            severity);
    html_text(out, f->id);
    fputs(": ", out);
    html_text(out, f->title);
    if (c->n_sets == N_SETS)
        fprintf(out, " (%s)", c->sets[found->set].key);
    fputs("</h3>\n<p>", out);
    html_text(out, f->detail);
    if (found->n_runs > 1)
        fprintf(out, " (in %zu runs)", found->n_runs);
    fputs("</p>\n", out);
    if (kind && kind->why && *kind->why) {
        fputs("<p><b>Why it matters:</b> ", out);
        html_text(out, kind->why);
        fputs("</p>\n", out);
    }
    if (f->n_evidence > 0)
        fputs("<dl class=\"evidence\">\n", out);
    for (size_t i = 0; i < f->n_evidence; i++) {
        fputs("<div><dt>", out);
        html_text(out, f->evidence[i].key);
        fputs("</dt><dd>", out);
        html_text(out, words_evidence(value, &f->evidence[i]));
        fputs("</dd></div>\n", out);
    }
    if (f->n_evidence > 0)
        fputs("</dl>\n", out);
    if (f->remedy && *f->remedy) {
        fputs("<p><b>What to do:</b> ", out);
        html_text(out, f->remedy);
        fputs("</p>\n", out);
    }
    if (f->powershell && *f->powershell)
        write_block(out, f->powershell);
    fputs("</div>\n", out);
}

static void write_findings(FILE *out, const struct comparison *c)
{
    for (size_t i = 0; i < c->n_findings; i++)
        write_finding(out, c, &c->findings[i]);
}

/* ---- evidence and inputs ---- */

static void write_run_title(FILE *out, const struct comparison *c, size_t s, size_t i)
{
    const struct comparison_set *set = &c->sets[s];

    if (c->n_sets == 1 && set->n_runs == 1)
        return;
    fprintf(out, "<h3>%s", set->label);
    if (set->n_runs > 1)
        fprintf(out, ", run %zu of %zu", i + 1, set->n_runs);
    fputs("</h3>\n", out);
}

static void write_evidence(FILE *out, const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++) {
        const struct comparison_set *set = &c->sets[s];

        for (size_t i = 0; i < set->n_runs && i < RUNS_WITH_EVIDENCE; i++) {
            const struct result *r = set->runs[i].result;

            write_run_title(out, c, s, i);
            table_write_html(&table_transfers_all, r, out, CONNECTIONS_SHOWN);
            table_write_html(&table_connections_bearing_id, r, out, CONNECTIONS_SHOWN);
            table_write_html(&table_nics, r, out, CONNECTIONS_SHOWN);
        }
        if (set->n_runs > RUNS_WITH_EVIDENCE)
            fprintf(out,
                    "<p class=\"note\">%s: the evidence of %zu more runs is in their "
                    "results.</p>\n",
                    set->label, set->n_runs - RUNS_WITH_EVIDENCE);
    }
}

static void write_method(FILE *out, const struct comparison *c)
{
    (void)c;
    fputs(
        "<p>A test migration was watched in packet captures taken on the hosts or on the switch. "
        "Every TCP connection was followed, and its bytes were counted from the sequence numbers "
        "that both sides exchange, so that packets missing in a capture do not make the "
        "totals wrong. Each address belongs to one network; from that follows which network "
        "carried the memory. The verdict rests on what was seen, not on the configuration.</p>\n"
        "<h3>What this method can't see</h3>\n<ul>\n"
        "<li>Traffic past the operating system (SMB Direct, RDMA) never shows in a capture on the "
        "host; only the adapters' counters or a switch's mirror port tell of it.</li>\n"
        "<li>Encrypted traffic (IPsec) hides its ports; memory in it can't be told from other "
        "traffic.</li>\n"
        "<li>SMB carries memory and files alike; such a connection counts as memory only on "
        "evidence, which the transfer's certainty tells.</li>\n"
        "<li>A path that was right during the test may change with the configuration or an "
        "update: repeat the test after each.</li>\n</ul>\n"
        "<p class=\"note\">Sizes are in binary units (1 MiB = 1,048,576 bytes), rates in decimal "
        "ones (1 Gbit/s = 1,000,000,000 bit/s), times in UTC. No memory content was read or "
        "stored: byte counts come from packet headers.</p>\n",
        out);
}

static void write_options(FILE *out, const struct result_options *o)
{
    char text[UNITS_TEXT_BYTES];

    fputs("<p class=\"note\">Options: ", out);
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
            if (run->path) {
                fputs("Result <code>", out);
                html_text(out, run->path);
                fputs("</code>, made by lmpath ", out);
            } else {
                fputs("Made by lmpath ", out);
            }
            html_text(out, run->lmpath);
            fputs(".</p>\n", out);
            table_write_html(&table_inputs, run->result, out, CONNECTIONS_SHOWN);
            table_write_html(&table_digests, run->result, out, CONNECTIONS_SHOWN);
            write_options(out, &run->result->options);
        }
    }
}

static const struct chapter chapters[] = {
    { "summary", "Summary", always, write_summary, false },
    { "numbers", "The numbers", has_numbers, write_numbers, false },
    { "path", "The path of the memory", has_pictures, write_paths, true },
    { "rates", "Rate over time", has_rates, html_rates, false },
    { "bytes", "Memory by network", has_bytes, html_bytes, false },
    { "directions", "Directions tested", has_directions, write_directions, false },
    { "findings", "Findings and what to do", has_findings, write_findings, true },
    { "evidence", "Evidence", always, write_evidence, true },
    { "method", "Method and limits", always, write_method, false },
    { "inputs", "Inputs and options", always, write_inputs, false },
};
enum { N_CHAPTERS = sizeof(chapters) / sizeof(*chapters) };

static void write_header(FILE *out, const struct comparison *c)
{
    fputs("<header>\n", out);
    html_logo(out, c);
    fputs("<p class=\"kicker\">Live migration path report</p>\n<h1>", out);
    fputs(c->n_sets == N_SETS ? "Which network carries live migration: before and after"
                              : "Which network carries live migration",
          out);
    fputs("</h1>\n", out);
    if (c->title.customer || c->title.cluster || c->title.author || c->title.date ||
        c->title.reference) {
        fputs("<dl class=\"meta\">\n", out);
        write_meta(out, "Customer", c->title.customer);
        write_meta(out, "Cluster", c->title.cluster);
        write_meta(out, "Author", c->title.author);
        write_meta(out, "Date", c->title.date);
        write_meta(out, "Reference", c->title.reference);
        fputs("</dl>\n", out);
    }
    fputs("<nav aria-label=\"Contents\"><ul>\n", out);
    for (size_t i = 0; i < N_CHAPTERS; i++) {
        if (chapters[i].has(c))
            fprintf(out, "<li><a href=\"#%s\">%s</a></li>\n", chapters[i].id, chapters[i].title);
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
                chapters[i].id, chapters[i].title);
        chapters[i].write(out, c);
        fputs("</section>\n", out);
    }
    fprintf(out,
            "</main>\n<footer><p>Made by lmpath %s.</p></footer>\n<script>\n%s</script>\n"
            "</body>\n</html>\n",
            LMPATH_VERSION, html_script);
    return 0;
}
