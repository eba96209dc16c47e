/* The chart of what went through each NIC, held against the VM's memory: a bar a NIC and set. */
#include <math.h>
#include <string.h>

#include "analyzers/report/html.h"
#include "analyzers/report/numbers.h"

enum {
    WIDTH = 520,
    LEFT = 78,
    RIGHT = 100, /* for the value behind the longest bar */
    BAR = 18,
    BAR_GAP = 5,
    GROUP_GAP = 32,
    NICS_SHOWN = 24,
    NAME_COLUMNS = 60,
};

static const struct comparison_nic *find_nic(const struct comparison_set *set, const char *label)
{
    for (size_t i = 0; i < set->n_nics; i++) {
        if (strcmp(set->nics[i].label, label) == 0)
            return &set->nics[i];
    }
    return NULL;
}

/* Every NIC once, in the order of the sets. Returns how many there are. */
static size_t collect(const struct comparison_nic *nics[NICS_SHOWN], const struct comparison *c)
{
    size_t n = 0;

    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_nics && n < NICS_SHOWN; i++) {
            if (s == 0 || !find_nic(&c->sets[0], c->sets[s].nics[i].label))
                nics[n++] = &c->sets[s].nics[i];
        }
    }
    return n;
}

static double x_of(const struct comparison *c, uint64_t bytes)
{
    double most = fmax((double)c->most_nic_bytes, (double)c->memory_bytes);

    return LEFT + (WIDTH - LEFT - RIGHT) * (double)bytes / most;
}

static void write_bar(FILE *out, const struct comparison *c, size_t s, const char *label, double y)
{
    const struct comparison_nic *nic = find_nic(&c->sets[s], label);
    char size[UNITS_TEXT_BYTES] = "";
    double width = nic ? x_of(c, nic->bytes) - LEFT : 0;

    if (nic)
        bytes_in(c->language, size, nic->bytes);
    fputs("<g><title>", out);
    html_with(out, c->language, TEXT_BYTES_BAR, c->sets[s].label, label,
              nic ? size : text_in(c->language, TEXT_UNKNOWN));
    fprintf(out, "</title><text class=\"tick\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
            LEFT - 6, y + 13, c->sets[s].label);
    if (nic && nic->bytes > 0)
        fprintf(out, "<rect class=\"bar %s\" x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%d\"/>",
                nic->is_intended ? "right" : "wrong", LEFT, y, fmax(width, 2), BAR);
    fprintf(out, "<text class=\"small halo\" x=\"%.1f\" y=\"%.1f\">%s</text></g>\n",
            LEFT + width + 6, y + 13,
            !nic              ? text_in(c->language, TEXT_UNKNOWN)
            : nic->bytes == 0 ? text_in(c->language, TEXT_LANE_NOTHING)
                              : size);
}

static void write_memory(FILE *out, const struct comparison *c, double height)
{
    double x = x_of(c, c->memory_bytes);
    char size[UNITS_TEXT_BYTES];

    fputs("<g><title>", out);
    html_with(out, c->language,
              c->vm_memory_bytes == RESULT_UNKNOWN ? TEXT_NICS_MOVED : TEXT_NICS_VM,
              bytes_in(c->language, size, c->memory_bytes));
    fprintf(out,
            "</title><line class=\"limit\" x1=\"%.1f\" x2=\"%.1f\" y1=\"6\" y2=\"%.0f\"/></g>\n", x,
            x, height - 2);
}

static void describe(FILE *out, const struct comparison *c)
{
    char size[UNITS_TEXT_BYTES];

    fprintf(out, "<title id=\"nics-t\">%s</title>\n<desc id=\"nics-d\">",
            text_in(c->language, TEXT_BYTES_BY_NIC));
    for (size_t s = 0; s < c->n_sets; s++) {
        for (size_t i = 0; i < c->sets[s].n_nics && i < NICS_SHOWN; i++) {
            html_with(out, c->language, TEXT_BYTES_BAR, c->sets[s].label, c->sets[s].nics[i].label,
                      bytes_in(c->language, size, c->sets[s].nics[i].bytes));
            fputs(". ", out);
        }
    }
    fputs("</desc>\n", out);
}

static void write_caption(FILE *out, const struct comparison *c)
{
    bool are_counted = true;
    char size[UNITS_TEXT_BYTES];

    for (size_t s = 0; s < c->n_sets; s++)
        are_counted = are_counted && (c->sets[s].nics_are_counted || c->sets[s].n_nics == 0);
    fprintf(out, "</svg>\n<figcaption>%s",
            text_in(c->language, are_counted ? TEXT_NICS_COUNTED : TEXT_NICS_CAPTURED));
    if (c->memory_bytes > 0) {
        fputc(' ', out);
        html_with(out, c->language,
                  c->vm_memory_bytes == RESULT_UNKNOWN ? TEXT_NICS_MOVED : TEXT_NICS_VM,
                  bytes_in(c->language, size, c->memory_bytes));
    }
    fputs("</figcaption>\n</figure>\n", out);
}

void html_nics(FILE *out, const struct comparison *c)
{
    const struct comparison_nic *nics[NICS_SHOWN];
    size_t n = collect(nics, c);
    double height = (double)n * (GROUP_GAP + (double)c->n_sets * (BAR + BAR_GAP)) + 6, y = 0;

    if (n == 0 || c->most_nic_bytes == 0)
        return;
    fprintf(out,
            "<figure>\n<svg class=\"chart\" viewBox=\"0 0 %d %.0f\" role=\"img\" "
            "aria-labelledby=\"nics-t nics-d\">\n",
            WIDTH, height);
    describe(out, c);
    if (c->memory_bytes > 0)
        write_memory(out, c, height);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "<text class=\"lanename\" x=\"%d\" y=\"%.1f\">", LEFT, y + 22);
        html_cut(out, nics[i]->label, NAME_COLUMNS);
        fputs("</text>\n", out);
        y += GROUP_GAP;
        for (size_t s = 0; s < c->n_sets; s++, y += BAR + BAR_GAP)
            write_bar(out, c, s, nics[i]->label, y);
    }
    write_caption(out, c);
}
