/* Charts as inline SVG: drawn from numbers that are already made, on scales that are already known.
 */
#include <math.h>
#include <string.h>

#include "analyzers/report/html.h"

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

static void write_axes(FILE *out, const struct scale *s, double rate_step, double seconds_step)
{
    char text[UNITS_TEXT_BYTES];

    for (int i = 0; rate_step * i <= s->most_rate * 1.001; i++) {
        double y = y_of(s, rate_step * i);

        fprintf(out,
                "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                LEFT, WIDTH - RIGHT, y, y, LEFT - 6, y + 4,
                i == 0 ? "0" : rate_text(text, rate_step * i));
    }
    for (int i = 0; seconds_step * i <= s->most_seconds * 1.001; i++)
        fprintf(out,
                "<text class=\"tick\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%g s</text>\n",
                x_of(s, seconds_step * i), FLOOR + 18, seconds_step * i);
    fprintf(
        out,
        "<text class=\"tick\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">time since the first byte "
        "of memory</text>\n",
        (LEFT + WIDTH - RIGHT) / 2, FLOOR + 36);
}

static void write_steps(FILE *out, const struct scale *s, const struct comparison_line *line,
                        size_t set)
{
    double t = line->start_s;

    fprintf(out, "<path class=\"rate rate%zu\" d=\"M%.1f %d", set, x_of(s, t), FLOOR);
    for (size_t i = 0; i < line->n_points; i++) {
        fprintf(out, " V%.1f", y_of(s, line->bits_per_second[i]));
        t += line->bucket_s[i];
        fprintf(out, " H%.1f", x_of(s, t));
    }
    fprintf(out, " V%d\"/>\n", FLOOR);
}

/* Values on hover, and on focus where they are few. */
static void write_points(FILE *out, const struct scale *s, const struct comparison_line *line,
                         const char *label, size_t set, bool is_focusable)
{
    double t = line->start_s;
    char rate[UNITS_TEXT_BYTES];

    for (size_t i = 0; i < line->n_points; i++) {
        double x = x_of(s, t + line->bucket_s[i] / 2), y = y_of(s, line->bits_per_second[i]);

        rate_text(rate, line->bits_per_second[i]);
        fprintf(out, "<g class=\"point rate%zu\"%s role=\"img\" aria-label=\"%s, %.1f s: %s\">",
                set, is_focusable ? " tabindex=\"0\"" : "", label, t, rate);
        fprintf(out, "<title>%s, %.1f s: %s</title>", label, t, rate);
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
            fprintf(
                out,
                "<li><svg viewBox=\"0 0 40 12\" aria-hidden=\"true\"><path class=\"rate rate%zu\" "
                "d=\"M1 6 H39\"/></svg> %s: ",
                c->n_sets == 1 ? 1 : s, c->sets[s].label);
            html_text(out, c->sets[s].lines[i].label);
            fputs(c->sets[s].lines[i].is_intended ? " (intended)</li>\n" : "</li>\n", out);
        }
    }
    fputs("</ul>\n", out);
}

static void write_values(FILE *out, const struct comparison *c)
{
    char rate[UNITS_TEXT_BYTES];
    size_t n = 0;

    fputs("<details><summary>The chart's values as a table</summary>\n<div class=\"scroll\" "
          "tabindex=\"0\" role=\"region\" aria-label=\"Rates over time\"><table>\n<thead><tr>"
          "<th scope=\"col\">transfer</th><th scope=\"col\" class=\"n\">from second</th>"
          "<th scope=\"col\" class=\"n\">rate</th></tr></thead>\n<tbody>\n",
          out);
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_lines; i++) {
            const struct comparison_line *line = &c->sets[s].lines[i];
            double t = line->start_s;

            for (size_t k = 0; k < line->n_points && n < ROWS_SHOWN; k++, n++) {
                fprintf(out, "<tr><td>%s: ", c->sets[s].label);
                html_text(out, line->label);
                fprintf(out, "</td><td class=\"n\">%.1f</td><td class=\"n\">%s</td></tr>\n", t,
                        rate_text(rate, line->bits_per_second[k]));
                t += line->bucket_s[k];
            }
        }
    }
    fputs("</tbody></table></div>\n</details>\n", out);
}

static void describe_rates(FILE *out, const struct comparison *c)
{
    char rate[UNITS_TEXT_BYTES];

    fprintf(out, "<title id=\"rates-t\">Rate over time</title>\n<desc id=\"rates-d\">");
    for (size_t s = 0; s < c->n_sets; s++)
        fprintf(out, "%s: %s at the mean, %s at the peak. ", c->sets[s].label,
                c->rows[MEASURE_MEAN_RATE].value[s], c->rows[MEASURE_PEAK_RATE].value[s]);
    fprintf(out, "The scale reaches %s and %.1f seconds.</desc>\n",
            rate_text(rate, c->most_bits_per_second), c->most_seconds);
}

void html_rates(FILE *out, const struct comparison *c)
{
    double rate_step = nice_step(c->most_bits_per_second),
           seconds_step = nice_step(c->most_seconds);
    struct scale s = { .most_seconds = c->most_seconds,
                       .most_rate = rate_step * ceil(c->most_bits_per_second / rate_step) };
    bool is_focusable = count_points(c) <= FOCUSED_POINTS;

    if (count_points(c) == 0 || !(c->most_seconds > 0) || !(c->most_bits_per_second > 0))
        return;
    fprintf(out,
            "<figure>\n<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"group\" "
            "aria-labelledby=\"rates-t rates-d\">\n",
            WIDTH, HEIGHT);
    describe_rates(out, c);
    write_axes(out, &s, rate_step, seconds_step);
    for (size_t k = 0; k < c->n_sets; k++) {
        const struct comparison_set *set = &c->sets[k];
        size_t style = c->n_sets == 1 ? 1 : k;

        for (size_t i = 0; i < set->n_lines; i++) {
            write_steps(out, &s, &set->lines[i], style);
            write_points(out, &s, &set->lines[i], set->label, style, is_focusable);
        }
    }
    fputs("</svg>\n", out);
    write_legend(out, c);
    fputs("<figcaption>Memory moved, averaged over each step. All transfers are on one scale.",
          out);
    for (size_t k = 0; k < c->n_sets; k++) {
        if (c->sets[k].n_lines_left_out > 0)
            fprintf(out, " %s: %zu more transfers are not drawn.", c->sets[k].label,
                    c->sets[k].n_lines_left_out);
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
    fprintf(out, "<g><title>%s, ", c->sets[s].label);
    html_text(out, name);
    fprintf(out, ": %s</title>", bytes_text(size, bytes));
    fprintf(out, "<text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6,
            y + 13, c->sets[s].label);
    fprintf(out, "<rect class=\"bar %s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>",
            lane && lane->is_intended ? "right" : "wrong", LEFT, y, fmax(width, bytes > 0 ? 2 : 0),
            BAR);
    fprintf(out, "<text class=\"small\" x=\"%.1f\" y=\"%.1f\">%s</text></g>\n", LEFT + width + 6,
            y + 13, bytes > 0 ? size : "nothing");
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
    fprintf(
        out,
        "<figure>\n<svg class=\"chart\" viewBox=\"0 0 %d %.0f\" role=\"img\" "
        "aria-labelledby=\"bytes-t bytes-d\">\n<title id=\"bytes-t\">Memory by network</title>\n"
        "<desc id=\"bytes-d\">",
        WIDTH, height);
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_lanes; i++) {
            fprintf(out, "%s, ", c->sets[s].label);
            html_text(out, c->sets[s].lanes[i].name);
            fprintf(out, ": %s. ", bytes_text(size, c->sets[s].lanes[i].bytes));
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
            fprintf(out, "%s</text>\n", lane->is_intended ? " (intended)" : "");
            y += GROUP_GAP;
            for (size_t k = 0; k < c->n_sets; k++, y += BAR + BAR_GAP)
                write_bar(out, c, k, lane->name, y);
        }
    }
    fputs("</svg>\n<figcaption>Bytes of memory over each network, solid where it is meant to be, "
          "hatched where it is not.",
          out);
    if (c->vm_memory_bytes != RESULT_UNKNOWN)
        fprintf(out, " The full width is at least the VM's memory, %s.",
                bytes_text(size, c->vm_memory_bytes));
    fputs("</figcaption>\n</figure>\n", out);
}
