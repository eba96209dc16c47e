/* A drift for people: by layer and setting, one line a host, below it what it may do. */
#include <string.h>

#include "analyzers/drift/outcome.h"
#include "src/base/plain.h"
#include "src/cli/terminal.h"

enum {
    INDENT = 2,
    MAX_NODE_COLUMNS = 20,
    MAX_WHAT_COLUMNS = 36,
    MAX_GAP_ROWS = 12,
    MAX_GAP_NODES = 4,
};

/* How wide the columns of one layer are. */
struct widths {
    unsigned node, what;
};

static void write_wrapped(FILE *out, unsigned indent, unsigned at_column, const char *text)
{
    struct plain_margins m = { indent, at_column, TERMINAL_COLUMNS };
    char line[OUTCOME_LONG_BYTES];

    plain_text(line, sizeof(line), text, PLAIN_UNCUT);
    plain_wrap(out, line, strlen(line), m);
}

static void write_cell(FILE *out, const char *text, unsigned width)
{
    char cell[OUTCOME_TEXT_BYTES];
    unsigned columns = plain_text(cell, sizeof(cell), text, width);

    fprintf(out, "%s%*s", cell, (int)(width - columns) + INDENT, "");
}

static unsigned widest(unsigned so_far, const char *text, unsigned limit)
{
    char cell[OUTCOME_TEXT_BYTES];
    unsigned columns = plain_text(cell, sizeof(cell), text, limit);

    return columns > so_far ? columns : so_far;
}

static struct widths layer_widths(const struct drift *d, size_t from, size_t end)
{
    struct widths w = { 0 };

    for (size_t i = from; i < end; i++) {
        w.node = widest(w.node, drift_node(d->changes[i].node), MAX_NODE_COLUMNS);
        w.what = widest(w.what, d->changes[i].what, MAX_WHAT_COLUMNS);
    }
    return w;
}

static void write_change(FILE *out, const struct drift_change *c, struct widths w)
{
    unsigned at = 3 * INDENT + w.node + w.what;
    char text[OUTCOME_LONG_BYTES];

    fprintf(out, "%*s", INDENT, "");
    write_cell(out, drift_node(c->node), w.node);
    write_cell(out, c->what, w.what);
    write_wrapped(out, at, at, drift_movement(text, c));
}

static void write_effect(FILE *out, const struct drift_change *c)
{
    char text[OUTCOME_LONG_BYTES];

    snprintf(text, sizeof(text), "%s%s", c->is_note ? "(note) " : "", c->effect);
    fprintf(out, "%*s", 2 * INDENT, "");
    write_wrapped(out, 2 * INDENT, 2 * INDENT, text);
}

/* Returns the end of the layer that begins at @from. */
static size_t write_layer(FILE *out, const struct drift *d, size_t from)
{
    enum layer layer = d->changes[from].layer;
    size_t end = from;
    struct widths w;

    while (end < d->n_changes && d->changes[end].layer == layer)
        end++;
    w = layer_widths(d, from, end);
    fprintf(out, "\n%s\n", layer_name(layer));
    for (size_t i = from; i < end; i++) {
        write_change(out, &d->changes[i], w);
        if (i + 1 == end || d->changes[i + 1].effect != d->changes[i].effect)
            write_effect(out, &d->changes[i]);
    }
    return end;
}

static void write_gap(FILE *out, const struct drift *d, size_t from, size_t end)
{
    char text[OUTCOME_LONG_BYTES], what[OUTCOME_TEXT_BYTES];
    int used =
        snprintf(text, sizeof(text), "%s: only %s tells it", drift_gap_what(what, &d->gaps[from]),
                 d->gaps[from].is_in_base ? "base" : "now");

    for (size_t i = from; i < end && d->gaps[i].node; i++) {
        if (i == from + MAX_GAP_NODES) {
            snprintf(text + used, sizeof(text) - (size_t)used, " and %zu more", end - i);
            break;
        }
        used += snprintf(text + used, sizeof(text) - (size_t)used, "%s%.128s",
                         i == from ? ", on " : ", ", d->gaps[i].node);
    }
    fprintf(out, "%*s", INDENT, "");
    write_wrapped(out, 2 * INDENT, INDENT, text);
}

static void write_gaps(FILE *out, const struct drift *d)
{
    size_t n_rows = 0;

    fputs("\nnot comparable: what is unknown on one side is held against neither\n", out);
    for (size_t i = 0, end; i < d->n_gaps; i = end) {
        end = drift_gap_end(d, i);
        if (n_rows++ < MAX_GAP_ROWS)
            write_gap(out, d, i, end);
    }
    if (n_rows > MAX_GAP_ROWS)
        fprintf(out, "%*sand %zu more; -f json has them all\n", INDENT, "", n_rows - MAX_GAP_ROWS);
}

int drift_write_text(const void *context, FILE *out, struct error *err)
{
    const struct drift *d = context;
    char headline[OUTCOME_TEXT_BYTES], side[OUTCOME_LONG_BYTES];

    (void)err;
    fprintf(out, "%s\n  base: ", drift_headline(headline, d));
    write_wrapped(out, 8, 8, drift_side(side, d->base));
    fputs("  now:  ", out);
    write_wrapped(out, 8, 8, drift_side(side, d->now));
    for (size_t i = 0; i < d->n_changes;)
        i = write_layer(out, d, i);
    if (d->n_gaps > 0)
        write_gaps(out, d);
    return 0;
}
