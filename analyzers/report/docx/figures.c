/* What the charts show, from the numbers that a comparison holds. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/docx/docx.h"
#include "analyzers/report/numbers.h"
#include "src/base/plain.h"
#include "src/base/text.h"

enum { NAME_COLUMNS = 40, GROUPS_MAX = 32 };

struct scale {
    double one;
    const char *unit;
};

static const struct scale rates[] = {
    { 1e9, "Gbit/s" }, { 1e6, "Mbit/s" }, { 1e3, "kbit/s" }, { 1, "bit/s" }
};
static const struct scale sizes[] = { { 1099511627776., "TiB" },
                                      { 1073741824., "GiB" },
                                      { 1048576., "MiB" },
                                      { 1024., "KiB" },
                                      { 1, "bytes" } };

/* The largest unit of which there is at least one. */
static struct scale scale_for(const struct scale *scales, double most)
{
    while (scales->one > 1 && most < scales->one)
        scales++;
    return *scales;
}

static char *plain_copy(const char *text)
{
    char plain[CHART_TITLE_BYTES];

    plain_text(plain, sizeof(plain), text, NAME_COLUMNS);
    return text_copy(plain);
}

/* Appends a sentence to a chart's description. */
static void describe(struct chart *chart, const char *sentence)
{
    size_t at = strlen(chart->description), n = sizeof(chart->description);

    snprintf(chart->description + at, n - at, "%s%s", at ? " " : "", sentence);
}

/* ---- rates over time ---- */

/* A step a bucket, from the floor and back to it. */
static int add_line(struct chart *chart, const struct comparison_line *line, const char *label,
                    double one, struct error *err)
{
    struct chart_series *s = &chart->series[chart->n_series++];
    double t = line->start_s;

    s->name = plain_copy(label);
    s->x = calloc(2 * line->n_points + 2, sizeof(*s->x));
    s->y = calloc(2 * line->n_points + 2, sizeof(*s->y));
    if (!s->name || !s->x || !s->y)
        return error_memory(err);
    s->x[s->n++] = t;
    for (size_t i = 0; i < line->n_points; i++) {
        s->x[s->n] = t;
        s->y[s->n++] = line->bits_per_second[i] / one;
        t += line->bucket_s[i];
        s->x[s->n] = t;
        s->y[s->n++] = line->bits_per_second[i] / one;
    }
    s->x[s->n++] = t;
    return 0;
}

static int add_lines(struct chart *chart, const struct comparison *c, size_t set, double one,
                     struct error *err)
{
    int r = 0;

    for (size_t i = 0; i < c->sets[set].n_lines && r == 0; i++) {
        const struct comparison_line *line = &c->sets[set].lines[i];
        char label[2 * PHRASE_BYTES], name[2 * PHRASE_BYTES];

        if (chart->n_series == CHART_MAX_SERIES)
            break;
        text_with(name, sizeof(name), c->language,
                  line->is_intended ? TEXT_NAME_INTENDED : TEXT_AS_IT_IS, line->label);
        text_with(label, sizeof(label), c->language, TEXT_SET_SAYS, c->sets[set].label, name);
        r = add_line(chart, line, c->n_sets == 1 ? name : label, one, err);
        chart->series[chart->n_series - 1].color =
            c->n_sets == 1 || set == 1 ? CHART_ACCENT_1 : CHART_ACCENT_2;
    }
    return r;
}

int figure_rates(struct chart *ret_chart, const struct comparison *c, struct error *err)
{
    struct scale scale = scale_for(rates, c->most_bits_per_second);
    char sentence[4 * PHRASE_BYTES];
    int r = 0;

    *ret_chart = (struct chart){ .kind = CHART_LINES };
    if (!(c->most_bits_per_second > 0) || !(c->most_seconds > 0))
        return 0;
    snprintf(ret_chart->unit, sizeof(ret_chart->unit), "%s", scale.unit);
    snprintf(ret_chart->x_title, CHART_TITLE_BYTES, "%s",
             text_in(c->language, TEXT_RATES_AXIS_SECONDS));
    snprintf(ret_chart->y_title, CHART_TITLE_BYTES, "%s", scale.unit);
    describe(ret_chart, text_in(c->language, TEXT_RATES));
    describe(ret_chart, "-");
    for (size_t s = 0; s < c->n_sets && r == 0; s++) {
        r = add_lines(ret_chart, c, s, scale.one, err);
        describe(ret_chart, text_with(sentence, sizeof(sentence), c->language, TEXT_RATES_SET,
                                      c->sets[s].label, c->rows[MEASURE_MEAN_RATE].value[s],
                                      c->rows[MEASURE_PEAK_RATE].value[s]));
    }
    return r < 0 ? r : ret_chart->n_series > 0;
}

/* ---- bytes by network and by NIC ---- */

/* A group of bars: a network or a NIC in each set. */
struct group {
    const char *name;
    bool is_intended, is_reference; /* reference: what others are held against */
    double bytes[N_SETS];           /* NAN: unknown */
};

struct groups {
    struct group groups[GROUPS_MAX];
    size_t n;
};

/* The group called @name, made where it is new: @otherwise in sets that lack it. NULL: no room. */
static struct group *group_of(struct groups *g, const char *name, double otherwise)
{
    for (size_t i = 0; i < g->n; i++) {
        if (!g->groups[i].is_reference && strcmp(g->groups[i].name, name) == 0)
            return &g->groups[i];
    }
    if (g->n == GROUPS_MAX)
        return NULL;
    g->groups[g->n] = (struct group){ .name = name, .bytes = { otherwise, otherwise } };
    return &g->groups[g->n++];
}

static void put_bar(struct groups *g, const char *name, size_t set, uint64_t bytes,
                    bool is_intended, double otherwise)
{
    struct group *group = group_of(g, name, otherwise);

    if (!group)
        return;
    group->bytes[set] = (double)bytes;
    group->is_intended |= is_intended;
}

static int add_categories(struct chart *chart, enum language language, const struct groups *g,
                          struct error *err)
{
    chart->categories = calloc(g->n, sizeof(*chart->categories));
    if (!chart->categories)
        return error_memory(err);
    for (size_t i = 0; i < g->n; i++) {
        char label[CHART_TITLE_BYTES], plain[CHART_TITLE_BYTES];

        plain_text(plain, sizeof(plain), g->groups[i].name, NAME_COLUMNS);
        text_with(label, sizeof(label), language,
                  g->groups[i].is_intended ? TEXT_NAME_INTENDED : TEXT_AS_IT_IS, plain);
        chart->categories[i] = text_copy(label);
        if (!chart->categories[i])
            return error_memory(err);
        chart->n_categories++;
    }
    return 0;
}

static enum chart_color color_of(const struct comparison *c, size_t set, const struct group *group)
{
    if (group->is_reference)
        return CHART_ACCENT_6;
    if (c->n_sets == 1)
        return group->is_intended ? CHART_ACCENT_1 : CHART_ACCENT_2;
    return set == 1 ? CHART_ACCENT_1 : CHART_ACCENT_2;
}

static int add_bars(struct chart *chart, const struct comparison *c, size_t set,
                    const struct groups *g, double one, struct error *err)
{
    struct chart_series *s = &chart->series[chart->n_series++];
    char size[UNITS_TEXT_BYTES], sentence[4 * PHRASE_BYTES];

    s->color = c->n_sets == 1 || set == 1 ? CHART_ACCENT_1 : CHART_ACCENT_2;
    s->name = plain_copy(c->sets[set].label);
    s->y = calloc(g->n, sizeof(*s->y));
    s->is_hatched = calloc(g->n, sizeof(*s->is_hatched));
    s->colors = calloc(g->n, sizeof(*s->colors));
    if (!s->name || !s->y || !s->is_hatched || !s->colors)
        return error_memory(err);
    for (size_t i = 0; i < g->n; i++) {
        const struct group *group = &g->groups[i];

        s->y[s->n++] = group->bytes[set] / one;
        s->is_hatched[i] = !group->is_intended && !group->is_reference;
        s->colors[i] = color_of(c, set, group);
        describe(chart, text_with(sentence, sizeof(sentence), c->language, TEXT_BYTES_BAR,
                                  c->sets[set].label, chart->categories[i],
                                  isnan(group->bytes[set])
                                      ? text_in(c->language, TEXT_UNKNOWN)
                                      : bytes_in(c->language, size, (uint64_t)group->bytes[set])));
        describe(chart, i + 1 < g->n ? ";" : ".");
    }
    return 0;
}

static int make_bars(struct chart *chart, const struct comparison *c, enum text title,
                     const struct groups *g, double most, struct error *err)
{
    struct scale scale = scale_for(sizes, most);
    int r;

    if (g->n == 0 || !(most > 0))
        return 0;
    snprintf(chart->unit, sizeof(chart->unit), "%s", scale.unit);
    snprintf(chart->y_title, CHART_TITLE_BYTES, "%s", scale.unit);
    describe(chart, text_in(c->language, title));
    describe(chart, "-");
    r = add_categories(chart, c->language, g, err);
    for (size_t s = 0; s < c->n_sets && r == 0; s++)
        r = add_bars(chart, c, s, g, scale.one, err);
    return r < 0 ? r : 1;
}

int figure_bytes(struct chart *ret_chart, const struct comparison *c, struct error *err)
{
    struct groups g = { .n = 0 };

    *ret_chart = (struct chart){ .kind = CHART_BARS };
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_lanes; i++) {
            const struct comparison_lane *lane = &c->sets[s].lanes[i];

            put_bar(&g, lane->name, s, lane->bytes, lane->is_intended, 0);
        }
    }
    return make_bars(ret_chart, c, TEXT_MEMORY_BY_NETWORK, &g, (double)c->most_bytes, err);
}

int figure_nics(struct chart *ret_chart, const struct comparison *c, struct error *err)
{
    struct groups g = { .n = 0 };
    double memory = (double)c->memory_bytes, most = (double)c->most_nic_bytes;

    *ret_chart = (struct chart){ .kind = CHART_BARS };
    if (c->most_nic_bytes == 0)
        return 0;
    if (c->memory_bytes > 0)
        g.groups[g.n++] = (struct group){
            text_in(c->language,
                    c->vm_memory_bytes == RESULT_UNKNOWN ? TEXT_MEMORY_MOVED : TEXT_MEMORY_OF_VM),
            .is_reference = true,
            .bytes = { memory, memory },
        };
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_nics; i++) {
            const struct comparison_nic *nic = &c->sets[s].nics[i];

            put_bar(&g, nic->label, s, nic->bytes, nic->is_intended, NAN);
        }
    }
    return make_bars(ret_chart, c, TEXT_BYTES_BY_NIC, &g, most > memory ? most : memory, err);
}
