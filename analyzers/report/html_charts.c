/* Charts as inline SVG: drawn from numbers that are already made, on scales that are already known.
 */
#include <math.h>
#include <string.h>

#include "analyzers/report/html.h"
#include "analyzers/report/numbers.h"

enum {
    WIDTH = 520,
    HEIGHT = 280,
    LEFT = 78,
    RIGHT = 12,
    TOP = 14,
    FLOOR = 236, /* y of zero */
    TICKS = 4,
    BAR = 18,
    BAR_GAP = 5,
    GROUP_GAP = 32,
    FOCUSED_POINTS = 60, /* more stops for the keyboard would be in the way: the table has them */
    ROWS_SHOWN = 240,
};

/* A step of 1, 2 or 5 that makes about TICKS of them. */
static double nice_step(double most)
{
    static const double steps[] = { 1, 2, 2.5, 5, 10 };
    double power;

    if (!(most > 0))
        return 1;
    power = pow(10, floor(log10(most / TICKS)));
    for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
        if (steps[i] * power * TICKS >= most)
            return steps[i] * power;
    }
    return 10 * power;
}

struct scale {
    double most_seconds, most_rate;
};

static double x_of(const struct scale *s, double seconds)
{
    return LEFT + (WIDTH - LEFT - RIGHT) * seconds / s->most_seconds;
}

static double y_of(const struct scale *s, double rate)
{
    return FLOOR - (FLOOR - TOP) * rate / s->most_rate;
}

static void write_axes(FILE *out, enum language language, const struct scale *s, double rate_step,
                       double seconds_step)
{
    char text[UNITS_TEXT_BYTES];

    for (int i = 0; rate_step * i <= s->most_rate * 1.001; i++) {
        double y = y_of(s, rate_step * i);

        fprintf(out,
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                LEFT, WIDTH - RIGHT, y, y, LEFT - 6, y + 4,
                i == 0 ? "0" : rate_in(language, text, rate_step * i));
    }
    for (int i = 0; seconds_step * i <= s->most_seconds * 1.001; i++)
        fprintf(out,
                "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s s</text>\n",
                x_of(s, seconds_step * i), FLOOR + 18,
                real_in(language, text, REAL_AS_SHORT, seconds_step * i));
    fprintf(out, "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
            (LEFT + WIDTH - RIGHT) / 2, FLOOR + 36, text_in(language, TEXT_RATES_AXIS));
}

/* Beside the set's style; a network that is not meant for it is drawn thin, its points hollow. */
static const char *kind_of(const struct comparison_line *line)
{
    return line->is_intended ? "" : " elsewhere";
}

static void write_steps(FILE *out, const struct scale *s, const struct comparison_line *line,
                        size_t set)
{
    double t = line->start_s;

    fprintf(out, "<path class=\"rate rate%zu%s\" d=\"M%.1f %d", set, kind_of(line), x_of(s, t),
            FLOOR);
    for (size_t i = 0; i < line->n_points; i++) {
        fprintf(out, " V%.1f", y_of(s, line->bits_per_second[i]));
        t += line->bucket_s[i];
        fprintf(out, " H%.1f", x_of(s, t));
    }
    fprintf(out, " V%d\"/>\n", FLOOR);
}

/* Values on hover, and on focus where they are few. */
static void write_points(FILE *out, enum language language, const struct scale *s,
                         const struct comparison_line *line, const char *label, size_t set,
                         bool is_focusable)
{
    double t = line->start_s;
    char rate[UNITS_TEXT_BYTES], seconds[UNITS_TEXT_BYTES];

    for (size_t i = 0; i < line->n_points; i++) {
        double x = x_of(s, t + line->bucket_s[i] / 2), y = y_of(s, line->bits_per_second[i]);

        rate_in(language, rate, line->bits_per_second[i]);
        real_in(language, seconds, 1, t);
        fprintf(out, "<g class=\"point rate%zu%s\"%s role=\"img\" aria-label=\"", set,
                kind_of(line), is_focusable ? " tabindex=\"0\"" : "");
        html_with(out, language, TEXT_RATES_POINT, label, seconds, rate);
        fputs("\"><title>", out);
        html_with(out, language, TEXT_RATES_POINT, label, seconds, rate);
        fputs("</title>", out);
        if (set == 0)
            fprintf(out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"8\" height=\"8\"/>", x - 4, y - 4);
        else
            fprintf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\"/>", x, y);
        fprintf(out,
                "<text class=\"value\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>"
                "</g>\n",
                fmin(fmax(x, LEFT + 40), WIDTH - RIGHT - 40), fmax(y - 9, TOP + 4), rate);
        t += line->bucket_s[i];
    }
}

static size_t count_points(const struct comparison *c)
{
    size_t n = 0;

    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_lines; i++)
            n += c->sets[s].lines[i].n_points;
    }
    return n;
}

static void write_legend(FILE *out, const struct comparison *c)
{
    fputs("<ul class=\"legend\">\n", out);
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_lines; i++) {
            fprintf(out,
                    "<li><svg viewBox=\"0 0 40 12\" aria-hidden=\"true\"><path class=\"rate "
                    "rate%zu%s\" "
                    "d=\"M1 6 H39\"/></svg> %s: ",
                    c->n_sets == 1 ? 1 : s, kind_of(&c->sets[s].lines[i]), c->sets[s].label);
            html_with(out, c->language,
                      c->sets[s].lines[i].is_intended ? TEXT_NAME_INTENDED : TEXT_AS_IT_IS,
                      c->sets[s].lines[i].label);
            fputs("</li>\n", out);
        }
    }
    fputs("</ul>\n", out);
}

static void write_values(FILE *out, const struct comparison *c)
{
    enum language in = c->language;
    char rate[UNITS_TEXT_BYTES], seconds[UNITS_TEXT_BYTES];
    size_t n = 0;

    fputs("<details><summary>", out);
    html_text(out, text_in(in, TEXT_RATES_VALUES));
    fprintf(out,
            "</summary>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
            "aria-label=\"%s\"><table>\n<thead><tr><th scope=\"col\">%s</th>"
            "<th scope=\"col\" class=\"n\">%s</th><th scope=\"col\" class=\"n\">%s</th></tr>"
            "</thead>\n<tbody>\n",
            text_in(in, TEXT_RATES_TABLE), text_in(in, TEXT_COL_TRANSFER),
            text_in(in, TEXT_COL_FROM_SECOND), text_in(in, TEXT_COL_RATE));
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_lines; i++) {
            const struct comparison_line *line = &c->sets[s].lines[i];
            double t = line->start_s;

            for (size_t k = 0; k < line->n_points && n < ROWS_SHOWN; k++, n++) {
                fprintf(out, "<tr><td>%s: ", c->sets[s].label);
                html_text(out, line->label);
                fprintf(out, "</td><td class=\"n\">%s</td><td class=\"n\">%s</td></tr>\n",
                        real_in(in, seconds, 1, t), rate_in(in, rate, line->bits_per_second[k]));
                t += line->bucket_s[k];
            }
        }
    }
    fputs("</tbody></table></div>\n</details>\n", out);
}

static void describe_rates(FILE *out, const struct comparison *c)
{
    char rate[UNITS_TEXT_BYTES], seconds[UNITS_TEXT_BYTES];

    fprintf(out, "<title id=\"rates-t\">%s</title>\n<desc id=\"rates-d\">",
            text_in(c->language, TEXT_RATES));
    for (size_t s = 0; s < c->n_sets; s++) {
        html_with(out, c->language, TEXT_RATES_SET, c->sets[s].label,
                  c->rows[MEASURE_MEAN_RATE].value[s], c->rows[MEASURE_PEAK_RATE].value[s]);
        fputc(' ', out);
    }
    html_with(out, c->language, TEXT_RATES_SCALE,
              rate_in(c->language, rate, c->most_bits_per_second),
              real_in(c->language, seconds, 1, c->most_seconds));
    fputs("</desc>\n", out);
}

void html_rates(FILE *out, const struct comparison *c)
{
    double rate_step = nice_step(c->most_bits_per_second),
           seconds_step = nice_step(c->most_seconds);
    struct scale s = { .most_seconds = c->most_seconds,
                       .most_rate = rate_step * ceil(c->most_bits_per_second / rate_step) };
    bool is_focusable = count_points(c) <= FOCUSED_POINTS;
    char count[UNITS_TEXT_BYTES];

    if (count_points(c) == 0 || !(c->most_seconds > 0) || !(c->most_bits_per_second > 0))
        return;
    fprintf(out,
            "<figure>\n<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"group\" "
            "aria-labelledby=\"rates-t rates-d\">\n",
            WIDTH, HEIGHT);
    describe_rates(out, c);
    write_axes(out, c->language, &s, rate_step, seconds_step);
    for (size_t k = 0; k < c->n_sets; k++) {
        const struct comparison_set *set = &c->sets[k];
        size_t style = c->n_sets == 1 ? 1 : k;

        for (size_t i = 0; i < set->n_lines; i++) {
            write_steps(out, &s, &set->lines[i], style);
            write_points(out, c->language, &s, &set->lines[i], set->label, style, is_focusable);
        }
    }
    fputs("</svg>\n", out);
    write_legend(out, c);
    fprintf(out, "<figcaption>%s", text_in(c->language, TEXT_RATES_CAPTION));
    for (size_t k = 0; k < c->n_sets; k++) {
        if (c->sets[k].n_lines_left_out == 0)
            continue;
        fputc(' ', out);
        html_with(out, c->language, TEXT_RATES_NOT_DRAWN, c->sets[k].label,
                  count_in(c->language, count, c->sets[k].n_lines_left_out));
    }
    fputs("</figcaption>\n", out);
    write_values(out, c);
    fputs("</figure>\n", out);
}

/* The lane of that name in a set; NULL: the set doesn't know it. */
static const struct comparison_lane *find_lane(const struct comparison_set *set, const char *name)
{
    for (size_t i = 0; i < set->n_lanes; i++) {
        if (strcmp(set->lanes[i].name, name) == 0)
            return &set->lanes[i];
    }
    return NULL;
}

static void write_bar(FILE *out, const struct comparison *c, size_t s, const char *name, double y)
{
    const struct comparison_lane *lane = find_lane(&c->sets[s], name);
    uint64_t bytes = lane ? lane->bytes : 0;
    double most = (double)c->most_bytes, width;
    char size[UNITS_TEXT_BYTES];

    if (c->vm_memory_bytes != RESULT_UNKNOWN && (double)c->vm_memory_bytes > most)
        most = (double)c->vm_memory_bytes;
    width = most > 0 ? (WIDTH - LEFT - 100) * (double)bytes / most : 0;
    fputs("<g><title>", out);
    html_with(out, c->language, TEXT_BYTES_BAR, c->sets[s].label, name,
              bytes_in(c->language, size, bytes));
    fputs("</title>", out);
    fprintf(out, "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6,
            y + 13, c->sets[s].label);
    fprintf(out, "<rect class=\"bar %s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>",
            lane && lane->is_intended ? "right" : "wrong", LEFT, y, fmax(width, bytes > 0 ? 2 : 0),
            BAR);
    fprintf(out, "<text class=\"small\" x=\"%.1f\" y=\"%.1f\">%s</text></g>\n", LEFT + width + 6,
            y + 13, bytes > 0 ? size : text_in(c->language, TEXT_LANE_NOTHING));
}

static bool is_first(const struct comparison *c, size_t set, const char *name)
{
    for (size_t s = 0; s < set; s++) {
        if (find_lane(&c->sets[s], name))
            return false;
    }
    return true;
}

void html_bytes(FILE *out, const struct comparison *c)
{
    double y = 0, height;
    size_t n = 0;
    char size[UNITS_TEXT_BYTES];

    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_lanes; i++)
            n += is_first(c, s, c->sets[s].lanes[i].name);
    }
    if (n == 0 || c->most_bytes == 0)
        return;
    height = (double)n * (GROUP_GAP + (double)c->n_sets * (BAR + BAR_GAP)) + 6;
    fprintf(out,
            "<figure>\n<svg class=\"chart\" viewBox=\"0 0 %d %.0f\" role=\"img\" "
            "aria-labelledby=\"bytes-t bytes-d\">\n<title id=\"bytes-t\">%s</title>\n"
            "<desc id=\"bytes-d\">",
            WIDTH, height, text_in(c->language, TEXT_MEMORY_BY_NETWORK));
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_lanes; i++) {
            html_with(out, c->language, TEXT_BYTES_BAR, c->sets[s].label, c->sets[s].lanes[i].name,
                      bytes_in(c->language, size, c->sets[s].lanes[i].bytes));
            fputs(". ", out);
        }
    }
    fputs("</desc>\n", out);
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_lanes; i++) {
            const struct comparison_lane *lane = &c->sets[s].lanes[i];

            if (!is_first(c, s, lane->name))
                continue;
            fprintf(out, "<text class=\"lanename\" x=\"%d\" y=\"%.1f\">", LEFT, y + 22);
            html_cut(out, lane->name, 40);
            fprintf(out, "%s%s</text>\n", lane->is_intended ? " " : "",
                    text_in(c->language, lane->is_intended ? TEXT_INTENDED_ASIDE : TEXT_NONE));
            y += GROUP_GAP;
            for (size_t k = 0; k < c->n_sets; k++, y += BAR + BAR_GAP)
                write_bar(out, c, k, lane->name, y);
        }
    }
    fprintf(out, "</svg>\n<figcaption>%s", text_in(c->language, TEXT_BYTES_CAPTION));
    if (c->vm_memory_bytes != RESULT_UNKNOWN) {
        fputc(' ', out);
        html_with(out, c->language, TEXT_BYTES_WIDTH,
                  bytes_in(c->language, size, c->vm_memory_bytes));
    }
    fputs("</figcaption>\n</figure>\n", out);
}
