#include "analyzers/drift/outcome.h"

#include <stdio.h>
#include <stdlib.h>

#include "src/base/units.h"

char *drift_headline(char to[OUTCOME_TEXT_BYTES], const struct drift *d)
{
    size_t n_changes = drift_count(d, false), n_notes = drift_count(d, true), n_gaps = 0;
    int used;

    if (n_changes > 0)
        used = snprintf(to, OUTCOME_TEXT_BYTES, "DRIFT: %zu %s that may move the path", n_changes,
                        n_changes == 1 ? "change" : "changes");
    else
        used = snprintf(to, OUTCOME_TEXT_BYTES, "NO DRIFT: nothing changed that may move the path");
    if (n_notes > 0)
        used += snprintf(to + used, OUTCOME_TEXT_BYTES - (size_t)used, ", %zu %s", n_notes,
                         n_notes == 1 ? "note" : "notes");
    for (size_t i = 0; i < d->n_gaps; i = drift_gap_end(d, i))
        n_gaps++;
    if (n_gaps > 0)
        snprintf(to + used, OUTCOME_TEXT_BYTES - (size_t)used, ", %zu not comparable", n_gaps);
    return to;
}

char *drift_side(char to[OUTCOME_LONG_BYTES], const struct inventory *i)
{
    const char *cluster = inventory_text(i, "Get-Cluster", "Name");

    snprintf(to, OUTCOME_LONG_BYTES, "%.1024s%s%.256s%s%.64s", i->name, cluster ? ", cluster " : "",
             cluster ? cluster : "", *i->collected ? ", collected " : "", i->collected);
    return to;
}

char *drift_value(char to[OUTCOME_LONG_BYTES], const struct drift_change *c, const char *text)
{
    enum setting_unit unit = c->setting ? c->setting->unit : UNIT_NONE;
    char *end;
    double number = strtod(text, &end);

    if (unit != UNIT_NONE && end != text && !*end && number >= 0)
        rate_text(to, unit == UNIT_BYTES_PER_SECOND ? 8 * number : number);
    else
        snprintf(to, OUTCOME_LONG_BYTES, "%s", text);
    return to;
}

char *drift_movement(char to[OUTCOME_LONG_BYTES], const struct drift_change *c)
{
    const char *text = c->old_text ? c->old_text : c->new_text;
    char old_text[OUTCOME_LONG_BYTES], new_text[OUTCOME_LONG_BYTES];

    if (c->kind == DRIFT_CHANGED)
        snprintf(to, OUTCOME_LONG_BYTES, "%.2000s -> %.2000s",
                 drift_value(old_text, c, c->old_text), drift_value(new_text, c, c->new_text));
    else if (*text)
        snprintf(to, OUTCOME_LONG_BYTES, "%s (%.2000s)", drift_kind_name(c->kind), text);
    else
        snprintf(to, OUTCOME_LONG_BYTES, "%s", drift_kind_name(c->kind));
    return to;
}

const char *drift_node(const char *node)
{
    return node ? node : "cluster";
}

char *drift_gap_what(char to[OUTCOME_TEXT_BYTES], const struct drift_gap *gap)
{
    if (!gap->section)
        snprintf(to, OUTCOME_TEXT_BYTES, "the whole host");
    else if (gap->setting)
        snprintf(to, OUTCOME_TEXT_BYTES, "%s.%s", gap->section->cmdlet, gap->setting->property);
    else
        snprintf(to, OUTCOME_TEXT_BYTES, "%s", gap->section->cmdlet);
    return to;
}

size_t drift_gap_end(const struct drift *d, size_t from)
{
    size_t end = from + 1;

    while (end < d->n_gaps && drift_gap_is_same(&d->gaps[from], &d->gaps[end]))
        end++;
    return end;
}
