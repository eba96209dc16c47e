/*
 * A drift as JUnit XML: each layer a suite, each setting that could have changed a case. A setting
 * that only one side tells is skipped, never passed; notes pass with their text.
 */

#include "analyzers/drift/outcome.h"
#include "analyzers/report/xml_text.h"

enum verdict { PASSED, NOTED, FAILED, SKIPPED, N_VERDICTS };

/* One case; @setting NULL: that no object came or went. */
struct test_case {
    const struct section_kind *section;
    size_t index; /* of the section */
    const struct setting_kind *setting;
    enum layer layer;
    bool is_note;
};

typedef void use_case(const struct drift *d, const struct test_case *c, void *context);

/* ---- what became of a case ---- */

static bool is_of_case(const struct drift_change *change, const struct test_case *c)
{
    return change->section == c->section && change->setting == c->setting;
}

static bool is_known(const struct inventory *i, size_t section)
{
    for (size_t k = 0; k < i->n_owners; k++)
        if (i->owners[k].sections[section].is_known)
            return true;
    return false;
}

static bool is_compared(const struct drift *d, const struct test_case *c)
{
    if (c->setting)
        return d->is_compared[c->index][c->setting - c->section->settings];
    return is_known(d->base, c->index) && is_known(d->now, c->index);
}

static bool has_gap(const struct drift *d, const struct test_case *c)
{
    for (size_t i = 0; i < d->n_gaps; i++)
        if (d->gaps[i].section == c->section &&
            (!d->gaps[i].setting || d->gaps[i].setting == c->setting))
            return true;
    return false;
}

static enum verdict verdict_of(const struct drift *d, const struct test_case *c)
{
    for (size_t i = 0; i < d->n_changes; i++)
        if (is_of_case(&d->changes[i], c))
            return c->is_note ? NOTED : FAILED;
    return is_compared(d, c) && !has_gap(d, c) ? PASSED : SKIPPED;
}

/* ---- all cases ---- */

static void for_cases(const struct drift *d, enum layer layer, use_case *use, void *context)
{
    const struct section_kind *section;

    for (size_t k = 0; (section = settings_section(k)); k++) {
        struct test_case whole = { section, k, NULL, section->layer, section->is_note };

        if (whole.layer == layer && !section->is_parameters)
            use(d, &whole, context);
        for (const struct setting_kind *s = section->settings; s->property; s++) {
            struct test_case one = { section, k, s, s->layer,
                                     section->is_note || s->flags & SETTING_IS_NOTE };

            if (s->effect && s->layer == layer)
                use(d, &one, context);
        }
    }
}

static void count_case(const struct drift *d, const struct test_case *c, void *context)
{
    ((size_t *)context)[verdict_of(d, c)]++;
}

/* ---- writing ---- */

static void write_found(FILE *out, const struct drift *d, const struct test_case *c)
{
    char text[OUTCOME_LONG_BYTES];
    const char *effect = "";

    fputs("expected: as in the base\nfound:", out);
    for (size_t i = 0; i < d->n_changes; i++) {
        const struct drift_change *change = &d->changes[i];

        if (!is_of_case(change, c))
            continue;
        fputs("\n  ", out);
        xml_text(out, drift_node(change->node));
        fputs(": ", out);
        xml_text(out, change->what);
        fputs(": ", out);
        xml_text(out, drift_movement(text, change));
        effect = change->effect;
    }
    fputs("\nwhat it may do: ", out);
    xml_text(out, effect);
}

static void write_case(const struct drift *d, const struct test_case *c, void *context)
{
    FILE *out = context;
    enum verdict verdict = verdict_of(d, c);

    fprintf(out, "    <testcase classname=\"lmpath.drift.%s\" name=\"", layer_name(c->layer));
    xml_text(out, c->section->cmdlet);
    if (c->setting)
        fprintf(out, ".%s: no change of %s\"", c->setting->property, c->setting->name);
    else
        fprintf(out, ": no %s came or went\"", c->section->noun);
    if (verdict == PASSED) {
        fputs("/>\n", out);
    } else if (verdict == SKIPPED) {
        fputs("><skipped message=\"not told on both sides\"/></testcase>\n", out);
    } else {
        fputs(verdict == FAILED ? "><failure type=\"drift\" message=\"" : "><system-out>", out);
        if (verdict == FAILED)
            fprintf(out, "%s: changed\">", c->setting ? c->setting->name : c->section->noun);
        write_found(out, d, c);
        fputs(verdict == FAILED ? "</failure></testcase>\n" : "</system-out></testcase>\n", out);
    }
}

static void write_counts(FILE *out, const char *element, const char *name, const size_t *counts)
{
    fprintf(out, "%s name=\"%s\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"%zu\">\n",
            element, name, counts[PASSED] + counts[NOTED] + counts[FAILED] + counts[SKIPPED],
            counts[FAILED], counts[SKIPPED]);
}

int drift_write_junit(const void *context, FILE *out, struct error *err)
{
    const struct drift *d = context;
    size_t counts[N_LAYERS][N_VERDICTS] = { { 0 } }, all[N_VERDICTS] = { 0 };
    char name[64];

    (void)err;
    for (enum layer layer = 0; layer < N_LAYERS; layer++) {
        for_cases(d, layer, count_case, counts[layer]);
        for (int v = 0; v < N_VERDICTS; v++)
            all[v] += counts[layer][v];
    }
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", out);
    write_counts(out, "<testsuites", "lmpath drift", all);
    for (enum layer layer = 0; layer < N_LAYERS; layer++) {
        snprintf(name, sizeof(name), "lmpath drift %s", layer_name(layer));
        write_counts(out, "  <testsuite", name, counts[layer]);
        for_cases(d, layer, write_case, out);
        fputs("  </testsuite>\n", out);
    }
    fputs("</testsuites>\n", out);
    return 0;
}
