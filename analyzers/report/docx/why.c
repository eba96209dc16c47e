/* The chapter on the cause: why the memory went there, and what the three layers say. */
#include "analyzers/report/docx/docx.h"
#include "analyzers/report/numbers.h"
#include "analyzers/report/sentences.h"

static void write_cause(struct docx *d, const struct result *r,
                        const struct comparison_cause *cause)
{
    docx_begin(d, STYLE_LEAD);
    docx_bold(d, cause->label);
    docx_run(d, " ");
    docx_sentence(d, r, comparison_cause_origin(cause), cause->cause->text);
    docx_run(d, ".");
    docx_end(d);
}

static void write_notes(struct docx *d, const struct result *r)
{
    if (r->n_cause_notes > 0 && r->n_causes == 0) {
        docx_begin(d, STYLE_NORMAL);
        docx_bold(d, docx_in(d, TEXT_CAUSE_NOT_FOUND));
        docx_end(d);
    }
    for (size_t i = 0; i < r->n_cause_notes; i++) {
        docx_bullet_begin(d);
        docx_sentence(d, r, SENTENCE_CAUSE, r->cause_notes[i]);
        docx_run(d, ".");
        docx_end(d);
    }
}

/* A table of @n columns, each @parts of the width, with its heading row and caption. */
static void begin_table(struct docx *d, struct grid *g, const char *title,
                        const char *const columns[], const unsigned parts[], size_t n)
{
    unsigned total = 0;

    *g = (struct grid){ STYLE_TABLE, .has_heading = true, .description = title, .n_columns = n };
    for (size_t i = 0; i < n; i++)
        total += parts[i];
    for (size_t i = 0; i < n; i++)
        g->twips[i] = d->text_twips * parts[i] / total;
    docx_caption(d, TEXT_TABLE, title);
    grid_begin(d, g);
    grid_row_begin(d, true);
    for (size_t i = 0; i < n; i++)
        grid_text(d, g, i, STYLE_CELL, columns[i]);
    grid_row_end(d);
}

static void write_predictions(struct docx *d, const struct comparison_set *set)
{
    static const unsigned parts[] = { 20, 28, 20, 20, 12 };
    const char *const columns[] = { docx_in(d, TEXT_DIRECTION), docx_in(d, TEXT_COL_RULE),
                                    docx_in(d, TEXT_COL_PREDICTED), docx_in(d, TEXT_COL_SEEN),
                                    docx_in(d, TEXT_COL_AGREES) };
    struct grid g;

    if (set->n_predictions == 0)
        return;
    begin_table(d, &g, docx_in(d, TEXT_PREDICTED_SEEN), columns, parts,
                sizeof(columns) / sizeof(*columns));
    for (size_t i = 0; i < set->n_predictions; i++) {
        const struct comparison_prediction *p = &set->predictions[i];
        const char *const cells[] = { p->way, p->rule, p->predicted, p->seen, p->agrees };

        grid_row_begin(d, false);
        for (size_t k = 0; k < sizeof(cells) / sizeof(*cells); k++)
            grid_text(d, &g, k, STYLE_CELL, cells[k]);
        grid_row_end(d);
    }
    grid_end(d);
    docx_gap(d);
}

static void write_set(struct docx *d, size_t s)
{
    const struct comparison *c = d->c;
    const struct comparison_set *set = &c->sets[s];

    if (!comparison_set_has_why(set))
        return;
    if (c->n_sets == N_SETS)
        docx_heading(d, 3, set->label, false);
    for (size_t i = 0; i < set->n_causes; i++)
        write_cause(d, set->shown->result, &set->causes[i]);
    write_notes(d, set->shown->result);
    for (size_t i = 0; i < c->n_findings; i++) {
        if (c->findings[i].is_cause && c->findings[i].set == s)
            docx_finding(d, &c->findings[i]);
    }
    if (set->n_causes > 0)
        docx_paragraph(d, STYLE_NOTE, docx_in(d, TEXT_CAUSE_PROOF));
    write_predictions(d, set);
}

static void write_layer(struct docx *d, const struct grid *g, enum layer layer)
{
    char label[2 * PHRASE_BYTES];

    grid_row_begin(d, false);
    grid_cell_begin(d, g, 0,
                    &(struct grid_cell){ .fill = "EDF0F5", .n_joined = (unsigned)g->n_columns });
    docx_begin_kept(d, STYLE_CELL);
    docx_bold(d, comparison_layer_label(label, d->c, layer));
    docx_end(d);
    grid_cell_end(d);
    grid_row_end(d);
}

static void write_setting(struct docx *d, const struct grid *g,
                          const struct comparison_setting *setting)
{
    size_t n_sets = d->c->n_sets;

    grid_row_begin(d, false);
    grid_text(d, g, 0, STYLE_CELL, setting->what);
    for (size_t s = 0; s < n_sets; s++)
        grid_text(d, g, 1 + s, STYLE_CELL, setting->value[s]);
    if (n_sets == N_SETS) {
        grid_cell_begin(d, g, 1 + n_sets, &(struct grid_cell){ 0 });
        docx_begin(d, STYLE_CELL);
        if (setting->is_changed) {
            docx_icon(d, "\342\227\206 ");
            docx_run(d, docx_in(d, TEXT_CHANGED));
        }
        docx_end(d);
        grid_cell_end(d);
    }
    grid_row_end(d);
}

static void write_layers(struct docx *d)
{
    static const unsigned parts[] = { 36, 24, 24, 16 };
    const struct comparison *c = d->c;
    const bool is_pair = c->n_sets == N_SETS;
    const char *const columns[] = { docx_in(d, TEXT_COL_SETTING), c->sets[0].label,
                                    is_pair ? c->sets[1].label : NULL,
                                    docx_in(d, TEXT_COL_CHANGE) };
    char told[PHRASE_BYTES], more[UNITS_TEXT_BYTES];
    struct grid g;

    if (c->n_settings == 0)
        return;
    begin_table(d, &g, docx_in(d, TEXT_LAYERS), columns, parts, is_pair ? 4 : 2);
    for (size_t i = 0; i < c->n_settings; i++) {
        if (i == 0 || c->settings[i].layer != c->settings[i - 1].layer)
            write_layer(d, &g, c->settings[i].layer);
        write_setting(d, &g, &c->settings[i]);
    }
    grid_end(d);
    if (c->n_settings_left_out == 0) {
        docx_gap(d);
        return;
    }
    docx_paragraph(d, STYLE_NOTE,
                   text_with(told, sizeof(told), c->language, TEXT_LAYERS_LEFT_OUT,
                             count_in(c->language, more, c->n_settings_left_out)));
}

void docx_why(struct docx *d)
{
    const struct comparison *c = d->c;

    for (size_t s = 0; s < c->n_sets; s++)
        write_set(d, s);
    if (c->sets[0].n_predictions + c->sets[1].n_predictions > 0)
        docx_paragraph(d, STYLE_NOTE, docx_in(d, TEXT_PREDICTED_NOTE));
    write_layers(d);
}
