/* What the charts show, from the numbers that a comparison holds. */
#include <stdlib.h>
#include <string.h>

#include "analyzers/report/docx/docx.h"
#include "analyzers/report/numbers.h"
#include "src/base/plain.h"
#include "src/base/text.h"

enum { NAME_COLUMNS = 60, CATEGORIES_MAX = 64 };

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

/* ---- bytes by network ---- */

static const struct comparison_lane *find_lane(const struct comparison_set *set, const char *name)
{
    for (size_t i = 0; i < set->n_lanes; i++) {
        if (strcmp(set->lanes[i].name, name) == 0)
            return &set->lanes[i];
    }
    return NULL;
}

/* The lanes' names, each once. Returns how many. */
static size_t list_names(const char *names[CATEGORIES_MAX], const struct comparison *c)
{
    size_t n = 0;

    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_lanes && n < CATEGORIES_MAX; i++) {
            const char *name = c->sets[s].lanes[i].name;

            if (s == 0 || !find_lane(&c->sets[0], name))
                names[n++] = name;
        }
    }
    return n;
}

static int add_category(struct chart *chart, const struct comparison *c, const char *name,
                        struct error *err)
{
    char label[CHART_TITLE_BYTES], plain[CHART_TITLE_BYTES];
    bool is_intended = false;

    for (size_t s = 0; s < c->n_sets; s++) {
        const struct comparison_lane *lane = find_lane(&c->sets[s], name);

        is_intended |= lane && lane->is_intended;
    }
    plain_text(plain, sizeof(plain), name, NAME_COLUMNS);
    text_with(label, sizeof(label), c->language, is_intended ? TEXT_NAME_INTENDED : TEXT_AS_IT_IS,
              plain);
    chart->categories[chart->n_categories] = text_copy(label);
    if (!chart->categories[chart->n_categories])
        return error_memory(err);
    chart->n_categories++;
    return 0;
}

static int add_bars(struct chart *chart, const struct comparison *c, size_t set,
                    const char *const *names, double one, struct error *err)
{
    struct chart_series *s = &chart->series[chart->n_series++];
    size_t n = chart->n_categories;
    char size[UNITS_TEXT_BYTES], sentence[4 * PHRASE_BYTES];

    s->color = c->n_sets == 1 || set == 1 ? CHART_ACCENT_1 : CHART_ACCENT_2;
    s->name = plain_copy(c->sets[set].label);
    s->y = calloc(n, sizeof(*s->y));
    s->is_hatched = calloc(n, sizeof(*s->is_hatched));
    s->colors = calloc(n, sizeof(*s->colors));
    if (!s->name || !s->y || !s->is_hatched || !s->colors)
        return error_memory(err);
    for (size_t i = 0; i < n; i++) {
        const struct comparison_lane *lane = find_lane(&c->sets[set], names[i]);

        s->y[s->n++] = lane ? (double)lane->bytes / one : 0;
        s->is_hatched[i] = !lane || !lane->is_intended;
        s->colors[i] = c->n_sets == 1 && s->is_hatched[i] ? CHART_ACCENT_2 : s->color;
        describe(chart, text_with(sentence, sizeof(sentence), c->language, TEXT_BYTES_BAR,
                                  c->sets[set].label, chart->categories[i],
                                  bytes_in(c->language, size, lane ? lane->bytes : 0)));
        describe(chart, i + 1 < n ? ";" : ".");
    }
    return 0;
}

int figure_bytes(struct chart *ret_chart, const struct comparison *c, struct error *err)
{
    struct scale scale = scale_for(sizes, (double)c->most_bytes);
    const char *names[CATEGORIES_MAX];
    size_t n = list_names(names, c);
    int r = 0;

    *ret_chart = (struct chart){ .kind = CHART_BARS };
    if (n == 0 || c->most_bytes == 0)
        return 0;
    ret_chart->categories = calloc(n, sizeof(*ret_chart->categories));
    if (!ret_chart->categories)
        return error_memory(err);
    snprintf(ret_chart->unit, sizeof(ret_chart->unit), "%s", scale.unit);
    snprintf(ret_chart->y_title, CHART_TITLE_BYTES, "%s", scale.unit);
    describe(ret_chart, text_in(c->language, TEXT_MEMORY_BY_NETWORK));
    describe(ret_chart, "-");
    for (size_t i = 0; i < n && r == 0; i++)
        r = add_category(ret_chart, c, names[i], err);
    for (size_t s = 0; s < c->n_sets && r == 0; s++)
        r = add_bars(ret_chart, c, s, names, scale.one, err);
    return r < 0 ? r : 1;
}
