/* A drift as Markdown, for tickets and wikis. */
#include "analyzers/drift/outcome.h"
#include "analyzers/report/table.h"

static void write_change(FILE *out, const struct drift_change *c)
{
    char text[OUTCOME_LONG_BYTES];

    fputs("| ", out);
    markdown_text(out, drift_node(c->node));
    fputs(" | ", out);
    markdown_text(out, c->what);
    fprintf(out, " | %s | ", drift_kind_name(c->kind));
    if (c->old_text)
        markdown_text(out, drift_value(text, c, c->old_text));
    fputs(" | ", out);
    if (c->new_text)
        markdown_text(out, drift_value(text, c, c->new_text));
    fprintf(out, " | %s%s |\n", c->is_note ? "Note: " : "", c->effect);
}

static size_t write_layer(FILE *out, const struct drift *d, size_t from)
{
    enum layer layer = d->changes[from].layer;
    size_t i = from;

    fprintf(out,
            "\n## %s\n\n| host | what | kind | before | now | what it may do |\n"
            "| --- | --- | --- | --- | --- | --- |\n",
            layer_name(layer));
    for (; i < d->n_changes && d->changes[i].layer == layer; i++)
        write_change(out, &d->changes[i]);
    return i;
}

static void write_gaps(FILE *out, const struct drift *d)
{
    char what[OUTCOME_TEXT_BYTES];

    fputs("\n## Not comparable\n\nOnly one side tells it, so it is held against neither.\n\n"
          "| what | known in | hosts |\n| --- | --- | --- |\n",
          out);
    for (size_t i = 0, end; i < d->n_gaps; i = end) {
        end = drift_gap_end(d, i);
        fprintf(out, "| %s | %s | ", drift_gap_what(what, &d->gaps[i]),
                d->gaps[i].is_in_base ? "base" : "now");
        for (size_t k = i; k < end; k++) {
            fputs(k == i ? "" : ", ", out);
            markdown_text(out, drift_node(d->gaps[k].node));
        }
        fputs(" |\n", out);
    }
}

int drift_write_markdown(const void *context, FILE *out, struct error *err)
{
    const struct drift *d = context;
    char headline[OUTCOME_TEXT_BYTES], side[OUTCOME_LONG_BYTES];

    (void)err;
    fprintf(out, "# %s\n\n- base: ", drift_headline(headline, d));
    markdown_text(out, drift_side(side, d->base));
    fputs("\n- now: ", out);
    markdown_text(out, drift_side(side, d->now));
    fputc('\n', out);
    for (size_t i = 0; i < d->n_changes;)
        i = write_layer(out, d, i);
    if (d->n_gaps > 0)
        write_gaps(out, d);
    fprintf(out, "\nMade by lmpath %s.\n", LMPATH_VERSION);
    return 0;
}
