/* The chapter on the cause: why the memory went there, and what the three layers say. */
#include "analyzers/report/html.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/sentences.h"

static void write_cause(FILE *out, const struct comparison *c, const struct result *r,
                        const struct comparison_cause *cause)
{
    fputs("<p class=\"lead\"><b>", out);
    html_text(out, cause->label);
    fputs("</b> ", out);
    html_sentence(out, c->language, r, comparison_cause_origin(cause), cause->cause->text);
    fputs(".</p>\n", out);
}

static void write_notes(FILE *out, const struct comparison *c, const struct result *r)
{
    if (r->n_cause_notes == 0)
        return;
    if (r->n_causes == 0)
        fprintf(out, "<p><b>%s</b></p>\n", text_in(c->language, TEXT_CAUSE_NOT_FOUND));
    fputs("<ul>\n", out);
    for (size_t i = 0; i < r->n_cause_notes; i++) {
        fputs("<li>", out);
        html_sentence(out, c->language, r, SENTENCE_CAUSE, r->cause_notes[i]);
        fputs(".</li>\n", out);
    }
    fputs("</ul>\n", out);
}

/* A head of a table that scrolls, with its columns but for one without a name. */
static void begin_table(FILE *out, const char *title, const char *const columns[], size_t n)
{
    fputs("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"", out);
    html_text(out, title);
    fputs("\">\n<table class=\"why\">\n<caption>", out);
    html_text(out, title);
    fputs("</caption>\n<thead><tr>", out);
    for (size_t i = 0; i < n; i++)
        if (columns[i])
            fprintf(out, "<th scope=\"col\">%s</th>", columns[i]);
    fputs("</tr></thead>\n<tbody>\n", out);
}

static void end_table(FILE *out)
{
    fputs("</tbody>\n</table>\n</div>\n", out);
}

static void write_cell(FILE *out, const char *class, const char *text)
{
    fprintf(out, "<td%s>", class);
    html_text(out, text);
    fputs("</td>", out);
}

static void write_predictions(FILE *out, const struct comparison *c,
                              const struct comparison_set *set)
{
    const char *const columns[] = { text_in(c->language, TEXT_DIRECTION),
                                    text_in(c->language, TEXT_COL_RULE),
                                    text_in(c->language, TEXT_COL_PREDICTED),
                                    text_in(c->language, TEXT_COL_SEEN),
                                    text_in(c->language, TEXT_COL_AGREES) };

    if (set->n_predictions == 0)
        return;
    begin_table(out, text_in(c->language, TEXT_PREDICTED_SEEN), columns,
                sizeof(columns) / sizeof(*columns));
    for (size_t i = 0; i < set->n_predictions; i++) {
        const struct comparison_prediction *p = &set->predictions[i];

        fputs("<tr>", out);
        write_cell(out, "", p->way);
        write_cell(out, "", p->rule);
        write_cell(out, "", p->predicted);
        write_cell(out, "", p->seen);
        write_cell(out, p->is_seen ? " class=\"changed\"" : "", p->agrees);
        fputs("</tr>\n", out);
    }
    end_table(out);
}

static void write_set(FILE *out, const struct comparison *c, size_t s)
{
    const struct comparison_set *set = &c->sets[s];

    if (!comparison_set_has_why(set))
        return;
    if (c->n_sets == N_SETS)
        fprintf(out, "<h3>%s</h3>\n", set->label);
    for (size_t i = 0; i < set->n_causes; i++)
        write_cause(out, c, set->shown->result, &set->causes[i]);
    write_notes(out, c, set->shown->result);
    for (size_t i = 0; i < c->n_findings; i++)
        if (c->findings[i].is_cause && c->findings[i].set == s)
            html_finding(out, c, &c->findings[i]);
    if (set->n_causes > 0)
        fprintf(out, "<p class=\"note\">%s</p>\n", text_in(c->language, TEXT_CAUSE_PROOF));
    write_predictions(out, c, set);
}

static void write_layer(FILE *out, const struct comparison *c, enum layer layer)
{
    char label[2 * PHRASE_BYTES];

    fprintf(out, "<tr class=\"layer\"><th scope=\"rowgroup\" colspan=\"%d\">",
            c->n_sets == N_SETS ? 4 : 2);
    html_text(out, comparison_layer_label(label, c, layer));
    fputs("</th></tr>\n", out);
}

static void write_setting(FILE *out, const struct comparison *c,
                          const struct comparison_setting *setting)
{
    fprintf(out, "<tr><th scope=\"row\">");
    html_text(out, setting->what);
    fputs("</th>", out);
    for (size_t s = 0; s < c->n_sets; s++)
        write_cell(out, setting->is_changed ? " class=\"changed\"" : "", setting->value[s]);
    if (c->n_sets == N_SETS && setting->is_changed)
        fprintf(out, "<td class=\"changed\">\342\227\206 %s</td>",
                text_in(c->language, TEXT_CHANGED));
    else if (c->n_sets == N_SETS)
        fputs("<td></td>", out);
    fputs("</tr>\n", out);
}

static void write_layers(FILE *out, const struct comparison *c)
{
    const bool is_pair = c->n_sets == N_SETS;
    const char *const columns[] = { text_in(c->language, TEXT_COL_SETTING), c->sets[0].label,
                                    is_pair ? c->sets[1].label : NULL,
                                    is_pair ? text_in(c->language, TEXT_COL_CHANGE) : NULL };
    char more[UNITS_TEXT_BYTES];

    if (c->n_settings == 0)
        return;
    begin_table(out, text_in(c->language, TEXT_LAYERS), columns,
                sizeof(columns) / sizeof(*columns));
    for (size_t i = 0; i < c->n_settings; i++) {
        if (i == 0 || c->settings[i].layer != c->settings[i - 1].layer)
            write_layer(out, c, c->settings[i].layer);
        write_setting(out, c, &c->settings[i]);
    }
    end_table(out);
    if (c->n_settings_left_out == 0)
        return;
    fputs("<p class=\"note\">", out);
    html_with(out, c->language, TEXT_LAYERS_LEFT_OUT,
              count_in(c->language, more, c->n_settings_left_out));
    fputs("</p>\n", out);
}

static bool has_predictions(const struct comparison *c)
{
    return c->sets[0].n_predictions + c->sets[1].n_predictions > 0;
}

void html_why(FILE *out, const struct comparison *c)
{
    for (size_t s = 0; s < c->n_sets; s++)
        write_set(out, c, s);
    if (has_predictions(c))
        fprintf(out, "<p class=\"note\">%s</p>\n", text_in(c->language, TEXT_PREDICTED_NOTE));
    write_layers(out, c);
}
