/*
 * The path as a picture: two hosts and the networks between them. A lane is as thick as its share;
 * the intended network is solid, a wrong one is hatched and crossed out, an unused one a thin
 * dotted line, so that no colour is needed to tell them apart.
 */
#include "analyzers/report/html.h"
#include "analyzers/report/numbers.h"

enum {
    WIDTH = 520,
    HOST_WIDTH = 124,
    LANE_HEIGHT = 66,
    TOP = 44,
    BOTTOM = 14,
    THICKEST = 24,
    THINNEST = 5,
    NAME_COLUMNS = 17,
    ADDRESS_COLUMNS = 18,
    LANES_SHOWN = 12,
};

static void write_host(FILE *out, const char *name, int x, int height)
{
    fprintf(out,
            "<rect class=\"host\" x=\"%d\" y=\"1\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n"
            "<text class=\"hostname\" x=\"%d\" y=\"25\" text-anchor=\"middle\">",
            x, HOST_WIDTH, height - 2, x + HOST_WIDTH / 2);
    html_cut(out, name, NAME_COLUMNS);
    fputs("</text>\n", out);
}

/* The NIC at one end of a lane, with its address where one is known. */
static void write_nic(FILE *out, const char *address, int x, int y, bool is_left)
{
    fprintf(out, "<rect class=\"nic\" x=\"%d\" y=\"%d\" width=\"10\" height=\"22\" rx=\"2\"/>\n",
            x - 5, y - 11);
    fprintf(out, "<text class=\"small\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">",
            is_left ? x - 10 : x + 10, y + 4, is_left ? "end" : "start");
    html_cut(out, address, ADDRESS_COLUMNS);
    fputs("</text>\n", out);
}

static const char *lane_class(const struct comparison_lane *lane)
{
    return lane->bytes == 0 ? "unused" : lane->is_intended ? "right" : "wrong";
}

static enum text lane_mark(const struct comparison_lane *lane, bool knows_intended)
{
    if (lane->is_intended)
        return lane->bytes > 0 ? TEXT_MARK_RIGHT : TEXT_INTENDED_ASIDE;
    return knows_intended && lane->bytes > 0 ? TEXT_MARK_WRONG : TEXT_NONE;
}

static void write_lane(FILE *out, enum language language, const struct comparison_lane *lane, int y,
                       bool knows_intended)
{
    int left = HOST_WIDTH, right = WIDTH - HOST_WIDTH, middle = WIDTH / 2;
    double thick = lane->bytes == 0 ? 2 : THINNEST + (THICKEST - THINNEST) * lane->share;
    char size[UNITS_TEXT_BYTES], share[UNITS_TEXT_BYTES];

    fputs("<g><title>", out);
    html_with(out, language, TEXT_LANE_HOVER, lane->name, bytes_in(language, size, lane->bytes),
              percent_in(language, share, lane->share));
    fputs("</title>\n", out);
    fprintf(out, "<rect class=\"lane %s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>\n",
            lane_class(lane), left, (double)y - thick / 2, right - left, thick);
    if (lane->bytes > 0)
        fprintf(out, "<path class=\"arrow\" d=\"M%d %d l-12 -7 v14 z\"/>\n", right - 8, y);
    fprintf(out, "<text class=\"lanename\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">", middle,
            y - 19);
    html_cut(out, lane->name, 26);
    fprintf(out, "</text>\n<text class=\"small %s\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">",
            lane_class(lane), middle, y + 26);
    if (lane->bytes > 0)
        html_with(out, language, TEXT_LANE_CARRIED, size, share);
    else
        html_text(out, text_in(language, TEXT_LANE_NOTHING));
    fprintf(out, " %s</text>\n</g>\n", text_in(language, lane_mark(lane, knows_intended)));
    write_nic(out, lane->source, left, y, true);
    write_nic(out, lane->destination, right, y, false);
}

static void write_description(FILE *out, enum language language, const struct comparison_set *set)
{
    char size[UNITS_TEXT_BYTES];

    fprintf(out, "<title id=\"path-%s-t\">", set->key);
    html_with(out, language, TEXT_PATH_TITLE, set->label);
    fprintf(out, "</title>\n<desc id=\"path-%s-d\">", set->key);
    html_with(out, language, TEXT_PATH_FROM_TO, set->from, set->to);
    for (size_t i = 0; i < set->n_lanes; i++) {
        fputs("; ", out);
        html_with(out, language, set->lanes[i].is_intended ? TEXT_NAME_INTENDED : TEXT_AS_IT_IS,
                  set->lanes[i].name);
        fprintf(out, ": %s", bytes_in(language, size, set->lanes[i].bytes));
    }
    fputs("</desc>\n", out);
}

void html_path(FILE *out, const struct comparison *c, const struct comparison_set *set)
{
    size_t n = set->n_lanes < LANES_SHOWN ? set->n_lanes : LANES_SHOWN;
    int height = TOP + (int)n * LANE_HEIGHT + BOTTOM;
    bool knows_intended = false;

    if (!set->from || n == 0)
        return;
    for (size_t i = 0; i < set->n_lanes; i++)
        knows_intended |= set->lanes[i].is_intended;
    fprintf(out,
            "<figure>\n<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"path-%s-t "
            "path-%s-d\">\n",
            WIDTH, height, set->key, set->key);
    write_description(out, c->language, set);
    write_host(out, set->from, 1, height);
    write_host(out, set->to, WIDTH - HOST_WIDTH - 1, height);
    for (size_t i = 0; i < n; i++)
        write_lane(out, c->language, &set->lanes[i],
                   TOP + (int)i * LANE_HEIGHT + LANE_HEIGHT / 2 - 4, knows_intended);
    fprintf(out, "</svg>\n<figcaption><b>%s.</b> %s</figcaption>\n</figure>\n", set->label,
            text_in(c->language, TEXT_PATH_CAPTION));
}
