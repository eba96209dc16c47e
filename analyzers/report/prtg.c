/*
 * Channels for PRTG's sensor type "EXE/Script Advanced", as JSON. Of before and after they are
 * those of after: a sensor tells how it is now. Of several runs they are the medians.
 *
 * What is not known has no channel: unknown is never zero. The limits travel with the verdict, so
 * that the sensor turns red without a lookup file on the server.
 */
#include <assert.h>
#include <string.h>

#include "analyzers/report/headline.h"
#include "analyzers/report/report.h"
#include "src/base/json_writer.h"
#include "src/base/plain.h"

enum {
    DECIMALS = 6,
    NETWORKS_SHOWN = 20, /* PRTG advises against more than 50 channels */
    NAME_COLUMNS = 60,
    NAME_BYTES = NAME_COLUMNS * 4 + 1,
    TEXT_BYTES = 2000, /* longer text is cut by PRTG, which takes no '#' either */
};

static const double percent = 100, mega = 1e6;

/* What a sensor makes of a verdict: above 0 a warning, above 1 down. */
static const int levels[] = { [VERDICT_RIGHT_NETWORK] = 0,
                              [VERDICT_INCONCLUSIVE] = 1,
                              [VERDICT_NO_MIGRATION] = 1,
                              [VERDICT_SPLIT_NETWORKS] = 2,
                              [VERDICT_WRONG_NETWORK] = 3 };

static void begin(struct json_writer *w, const char *channel, const char *unit)
{
    json_flat_begin(w);
    json_object_begin(w, NULL);
    json_put_string(w, "channel", channel);
    json_put_string(w, "unit", unit);
}

static void put_real(struct json_writer *w, double value)
{
    json_put_u64(w, "float", 1);
    json_put_real(w, "value", value, DECIMALS);
    json_object_end(w);
}

static void put_count(struct json_writer *w, double value)
{
    json_put_u64(w, "float", 0);
    json_put_real(w, "value", value, 0);
    json_object_end(w);
}

static void write_verdict(struct json_writer *w, enum verdict verdict)
{
    begin(w, "Verdict", "Custom");
    json_put_string(w, "customunit", "(0 is right)");
    json_put_u64(w, "limitmode", 1);
    json_put_string(w, "limitmaxwarning", "0.5");
    json_put_string(w, "limitmaxerror", "1.5");
    json_put_string(w, "limitwarningmsg", "which network carried the memory is not proven");
    json_put_string(w, "limiterrormsg", "memory went over a network that is not meant for it");
    put_count(w, levels[verdict]);
}

static const struct channel {
    enum measure measure;
    const char *name, *unit, *custom_unit;
    double per_unit; /* of the measure in one unit */
    bool is_real;
} channels[] = {
    { MEASURE_INTENDED_SHARE, "Over the intended network", "Percent", NULL, 1 / percent, true },
    { MEASURE_TIME, "Migration time", "TimeSeconds", NULL, 1, true },
    { MEASURE_MEAN_RATE, "Mean rate", "Custom", "Mbit/s", mega, true },
    { MEASURE_PEAK_RATE, "Peak rate", "Custom", "Mbit/s", mega, true },
    { MEASURE_MEMORY, "Memory moved", "BytesMemory", NULL, 1, false },
    { MEASURE_ELSEWHERE, "Memory elsewhere", "BytesMemory", NULL, 1, false },
    { MEASURE_RETRANSMITTED, "Sent again", "BytesMemory", NULL, 1, false },
    { MEASURE_MISSING, "Memory not captured", "BytesMemory", NULL, 1, false },
    { MEASURE_DROPPED, "Packets the capture lost", "Count", NULL, 1, false },
};

static void write_measures(struct json_writer *w, const struct comparison *c, size_t set)
{
    for (size_t i = 0; i < sizeof(channels) / sizeof(*channels); i++) {
        const struct channel *channel = &channels[i];
        const struct spread *s = &c->rows[channel->measure].spread[set];

        if (s->n == 0)
            continue;
        begin(w, channel->name, channel->unit);
        if (channel->custom_unit)
            json_put_string(w, "customunit", channel->custom_unit);
        if (channel->is_real)
            put_real(w, s->median / channel->per_unit);
        else
            put_count(w, s->median / channel->per_unit);
    }
}

/* Cut names may be alike; PRTG takes a channel's name once, so a number tells them apart. */
static void write_networks(struct json_writer *w, const struct comparison_set *set)
{
    char names[NETWORKS_SHOWN][NAME_BYTES];

    for (size_t i = 0; set->from && i < set->n_lanes && i < NETWORKS_SHOWN; i++) {
        char channel[NAME_BYTES + 64];
        size_t same = 1;

        plain_text(names[i], NAME_BYTES, set->lanes[i].name, NAME_COLUMNS);
        for (size_t k = 0; k < i; k++)
            same += strcmp(names[k], names[i]) == 0;
        snprintf(channel, sizeof(channel), "Memory over %.*s", NAME_BYTES, names[i]);
        if (same > 1)
            snprintf(channel, sizeof(channel), "Memory over %.*s (%zu)", NAME_BYTES, names[i],
                     same);
        begin(w, channel, "BytesMemory");
        put_count(w, (double)set->lanes[i].bytes);
    }
}

static void write_findings(struct json_writer *w, const struct comparison *c, size_t set,
                           enum severity severity, const char *channel)
{
    size_t n = 0;

    for (size_t i = 0; i < c->n_findings; i++)
        n += c->findings[i].set == set && c->findings[i].finding->severity == severity;
    begin(w, channel, "Count");
    put_count(w, (double)n);
}

static void write_text(struct json_writer *w, const struct comparison_set *set)
{
    char text[HEADLINE_BYTES];
    const struct result *r = set->runs[0].result;

    for (size_t i = 0; i < set->n_runs; i++) {
        if (set->runs[i].result->verdict == set->verdict) {
            r = set->runs[i].result;
            break;
        }
    }
    headline_text(LANGUAGE_EN, text, r);
    for (char *at = strchr(text, '#'); at; at = strchr(at, '#'))
        *at = ' ';
    static_assert((int)HEADLINE_BYTES <= (int)TEXT_BYTES, "PRTG would cut the text");
    json_put_string(w, "text", text);
}

int report_write_prtg(const struct comparison *c, FILE *out, struct error *err)
{
    size_t s = c->n_sets - 1;
    struct json_writer w;

    (void)err;
    json_writer_init(&w, out);
    json_object_begin(&w, NULL);
    json_object_begin(&w, "prtg");
    write_text(&w, &c->sets[s]);
    json_array_begin(&w, "result");
    write_verdict(&w, c->sets[s].verdict);
    write_measures(&w, c, s);
    write_networks(&w, &c->sets[s]);
    write_findings(&w, c, s, FINDING_ERROR, "Findings: errors");
    write_findings(&w, c, s, FINDING_WARNING, "Findings: warnings");
    json_array_end(&w);
    json_object_end(&w);
    json_object_end(&w);
    return 0;
}
