/* The report's chapter on the cause, as Markdown. */
#include "analyzers/report/markdown.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/sentences.h"
#include "analyzers/report/table.h"

static void write_cell(FILE *out, const char *text)
{
    fputs(" ", out);
    markdown_text(out, text);
    fputs(" |", out);
}

static void write_causes(FILE *out, const struct comparison *c, const struct comparison_set *set)
{
    const struct result *r = set->shown->result;

    for (size_t i = 0; i < set->n_causes; i++) {
        fputs("\n**", out);
        markdown_text(out, set->causes[i].label);
        fputs("** ", out);
        markdown_sentence(out, c->language, r, comparison_cause_origin(&set->causes[i]),
                          set->causes[i].cause->text);
        fputs(".\n", out);
    }
    if (set->n_causes == 0 && r->n_cause_notes > 0)
        fprintf(out, "\n**%s**\n", text_in(c->language, TEXT_CAUSE_NOT_FOUND));
    if (r->n_cause_notes > 0)
        fputc('\n', out);
    for (size_t i = 0; i < r->n_cause_notes; i++) {
        fputs("- ", out);
        markdown_sentence(out, c->language, r, SENTENCE_CAUSE, r->cause_notes[i]);
        fputc('\n', out);
    }
}

static void write_predictions(FILE *out, const struct comparison *c,
                              const struct comparison_set *set)
{
    static const enum text columns[] = { TEXT_DIRECTION, TEXT_COL_RULE, TEXT_COL_PREDICTED,
                                         TEXT_COL_SEEN, TEXT_COL_AGREES };

    if (set->n_predictions == 0)
        return;
    fprintf(out, "\n%s:\n\n|", text_in(c->language, TEXT_PREDICTED_SEEN));
    for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
        fprintf(out, " %s |", text_in(c->language, columns[i]));
    fputs("\n| --- | --- | --- | --- | --- |\n", out);
    for (size_t i = 0; i < set->n_predictions; i++) {
        const struct comparison_prediction *p = &set->predictions[i];

        fputc('|', out);
        write_cell(out, p->way);
        write_cell(out, p->rule);
        write_cell(out, p->predicted);
        write_cell(out, p->seen);
        write_cell(out, p->agrees);
        fputc('\n', out);
    }
}

static void write_set(FILE *out, const struct comparison *c, size_t s)
{
    const struct comparison_set *set = &c->sets[s];

    if (!comparison_set_has_why(set))
        return;
    if (c->n_sets == N_SETS)
        fprintf(out, "\n### %s\n", set->label);
    write_causes(out, c, set);
    for (size_t i = 0; i < c->n_findings; i++)
        if (c->findings[i].is_cause && c->findings[i].set == s)
            markdown_finding(out, c->language, set->shown->result, c->findings[i].finding);
    if (set->n_causes > 0)
        fprintf(out, "\n%s\n", text_in(c->language, TEXT_CAUSE_PROOF));
    write_predictions(out, c, set);
}

static void write_setting(FILE *out, const struct comparison *c,
                          const struct comparison_setting *setting)
{
    fputc('|', out);
    write_cell(out, setting->what);
    for (size_t s = 0; s < c->n_sets; s++) {
        fputs(setting->is_changed ? " **" : " ", out);
        markdown_text(out, setting->value[s]);
        fputs(setting->is_changed ? "** |" : " |", out);
    }
    if (c->n_sets == N_SETS)
        fprintf(out, " %s |", setting->is_changed ? text_in(c->language, TEXT_CHANGED) : "");
    fputc('\n', out);
}

static void begin_layer(FILE *out, const struct comparison *c, enum layer layer)
{
    char label[2 * PHRASE_BYTES];

    fprintf(out, "\n| %s |", comparison_layer_label(label, c, layer));
    for (size_t s = 0; s < c->n_sets; s++)
        fprintf(out, " %s |", c->sets[s].label);
    fputs(c->n_sets == N_SETS ? " |\n| --- | --- | --- | --- |\n" : "\n| --- | --- |\n", out);
}

void markdown_why(FILE *out, const struct comparison *c)
{
    char more[UNITS_TEXT_BYTES], line[PHRASE_BYTES];

    if (!comparison_has_why(c))
        return;
    fprintf(out, "\n## %s\n", text_in(c->language, TEXT_CAUSE_CHAPTER));
    for (size_t s = 0; s < c->n_sets; s++)
        write_set(out, c, s);
    if (c->n_settings > 0)
        fprintf(out, "\n### %s\n", text_in(c->language, TEXT_LAYERS));
    for (size_t i = 0; i < c->n_settings; i++) {
        if (i == 0 || c->settings[i].layer != c->settings[i - 1].layer)
            begin_layer(out, c, c->settings[i].layer);
        write_setting(out, c, &c->settings[i]);
    }
    if (c->n_settings_left_out > 0)
        fprintf(out, "\n%s\n",
                text_with(line, sizeof(line), c->language, TEXT_LAYERS_LEFT_OUT,
                          count_in(c->language, more, c->n_settings_left_out)));
}
