#include "analyzers/drift/match.h"

#include <stdlib.h>

#include "src/base/auto.h"

/* An object that has no peer yet. */
struct single {
    struct match *match;
    const struct section_kind *kind;
    unsigned flags; /* of the settings that count; 0: all */
};

static int compare_singles(const struct single *a, const struct single *b)
{
    int order = 0;

    for (size_t k = 0; order == 0 && a->kind->settings[k].property; k++)
        if ((a->kind->settings[k].flags & a->flags) == a->flags)
            order = value_compare(a->kind->settings[k].form, &a->match->object->values[k],
                                  &b->match->object->values[k]);
    return order;
}

/* Equals keep their section's order. */
static int order_singles(const void *a, const void *b)
{
    const struct single *x = a, *y = b;
    int order = compare_singles(x, y);

    return order ? order : (x->match > y->match) - (x->match < y->match);
}

/* Those without an id are matched by keys only. */
static bool has_id(const struct single *s)
{
    for (size_t k = 0; s->kind->settings[k].property; k++)
        if (s->kind->settings[k].flags & SETTING_IS_ID)
            return s->match->object->values[k].items != NULL;
    return false;
}

static size_t singles_gather(struct single *to, struct match *matches, size_t n,
                             const struct section_kind *kind, unsigned flags)
{
    size_t n_singles = 0;

    for (size_t i = 0; i < n; i++) {
        struct single s = { &matches[i], kind, flags };

        if (!matches[i].peer && (flags != SETTING_IS_ID || has_id(&s)))
            to[n_singles++] = s;
    }
    return n_singles;
}

static void pair_equals(struct single *a, size_t n_a, struct single *b, size_t n_b)
{
    size_t i = 0, j = 0;

    if (n_a == 0 || n_b == 0)
        return;
    qsort(a, n_a, sizeof(*a), order_singles);
    qsort(b, n_b, sizeof(*b), order_singles);
    while (i < n_a && j < n_b) {
        int order = compare_singles(&a[i], &b[j]);

        if (order == 0) {
            a[i].match->peer = b[j].match->object;
            b[j].match->peer = a[i].match->object;
        }
        i += order <= 0;
        j += order >= 0;
    }
}

static int matches_make(struct match **ret_matches, const struct inventory_section *s,
                        struct error *err)
{
    struct match *matches = calloc(s->n_objects + 1, sizeof(*matches));

    if (!matches)
        return error_memory(err);
    for (size_t i = 0; i < s->n_objects; i++)
        matches[i].object = &s->objects[i];
    *ret_matches = matches;
    return 0;
}

int match_objects(struct match **ret_base, struct match **ret_now,
                  const struct inventory_section *base, const struct inventory_section *now,
                  struct error *err)
{
    static const unsigned passes[] = { SETTING_IS_ID, 0, SETTING_IS_KEY };
    AUTO_MEMORY struct single *a = calloc(base->n_objects + 1, sizeof(*a));
    AUTO_MEMORY struct single *b = calloc(now->n_objects + 1, sizeof(*b));
    AUTO_MEMORY struct match *of_base = NULL, *of_now = NULL;
    int r;

    if (!a || !b)
        return error_memory(err);
    r = matches_make(&of_base, base, err);
    if (r == 0)
        r = matches_make(&of_now, now, err);
    if (r < 0)
        return r;
    for (size_t i = 0; i < sizeof(passes) / sizeof(passes[0]); i++)
        pair_equals(a, singles_gather(a, of_base, base->n_objects, base->kind, passes[i]), b,
                    singles_gather(b, of_now, now->n_objects, now->kind, passes[i]));
    *ret_base = of_base;
    *ret_now = of_now;
    of_base = of_now = NULL;
    return 0;
}
