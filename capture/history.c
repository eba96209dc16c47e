/*
 * Two rings. Packets lie in bytes, each behind a head; the one at the end of the bytes is followed
 * by a gap when the next did not fit. Samples have places of equal size. Each packet remembers how
 * many samples came before it, which gives the order back.
 */
#include "capture/history.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLES_MAX = 1024, ALIGN = 8 };

struct head {
    int64_t time_ns;
    uint64_t n_samples; /* that came before */
    uint32_t wire_bytes;
    uint32_t bytes; /* of head, packet and padding; what is behind it begins there */
    uint32_t captured_bytes;
    uint16_t source;
    bool is_migration;
    bool is_gap;
};

struct moment {
    int64_t time_ns;
    int64_t monotonic_ns;
};

struct history {
    struct history_options options;
    uint8_t *bytes;
    uint64_t first, end; /* positions that never wrap */
    struct moment *moments;
    uint64_t (*values)[N_COUNTERS]; /* n_sources rows for each moment */
    size_t n_places;
    uint64_t first_sample, end_sample;
};

int history_new(struct history **ret_history, const struct history_options *options,
                struct error *err)
{
    struct history *h = calloc(1, sizeof(*h));

    if (!h)
        return error_memory(err);
    h->options = *options;
    h->n_places = (size_t)(options->before_ns / options->interval_ns) + 1;
    if (h->n_places > SAMPLES_MAX)
        h->n_places = SAMPLES_MAX;
    h->bytes = malloc(HISTORY_BYTES);
    h->moments = calloc(h->n_places, sizeof(*h->moments));
    h->values = calloc(h->n_places * options->n_sources + 1, sizeof(*h->values));
    if (!h->bytes || !h->moments || !h->values) {
        history_free(h);
        return error_memory(err);
    }
    *ret_history = h;
    return 0;
}

struct history *history_free(struct history *h)
{
    if (!h)
        return NULL;
    free(h->bytes);
    free(h->moments);
    free(h->values);
    free(h);
    return NULL;
}

static struct head head_at(const struct history *h, uint64_t position)
{
    struct head head;

    memcpy(&head, h->bytes + position % HISTORY_BYTES, sizeof(head));
    return head;
}

static uint64_t left_behind(uint64_t position)
{
    return HISTORY_BYTES - position % HISTORY_BYTES;
}

/* skip_end() - @position, or the ring's beginning where no head fits behind it. */
static uint64_t skip_end(uint64_t position)
{
    uint64_t left = left_behind(position);

    return left < sizeof(struct head) ? position + left : position;
}

static void forget_older(struct history *h, int64_t than_ns)
{
    while (h->first != h->end) {
        struct head head;

        h->first = skip_end(h->first);
        if (h->first == h->end)
            break;
        head = head_at(h, h->first);
        if (!head.is_gap && head.time_ns >= than_ns)
            break;
        h->first += head.bytes;
    }
    while (h->first_sample != h->end_sample &&
           h->moments[h->first_sample % h->n_places].time_ns < than_ns)
        h->first_sample++;
}

/* make_room() - for @n_bytes in one piece behind the end, at the price of the oldest packets. */
static void make_room(struct history *h, uint64_t n_bytes)
{
    uint64_t left;

    h->end = skip_end(h->end);
    left = left_behind(h->end);
    while (h->first != h->end &&
           h->end + n_bytes + (left < n_bytes ? left : 0) - h->first > HISTORY_BYTES) {
        h->first = skip_end(h->first);
        h->first += h->first == h->end ? 0 : head_at(h, h->first).bytes;
    }
    if (left < n_bytes) {
        struct head gap = { .is_gap = true, .bytes = (uint32_t)left };

        memcpy(h->bytes + h->end % HISTORY_BYTES, &gap, sizeof(gap));
        h->end += left;
    }
}

void history_add_packet(struct history *h, size_t source, const struct tap_packet *packet)
{
    struct head head = {
        .time_ns = packet->time_ns,
        .n_samples = h->end_sample,
        .wire_bytes = packet->wire_bytes,
        .captured_bytes = packet->captured_bytes,
        .source = (uint16_t)source,
        .is_migration = packet->is_migration,
    };
    uint8_t *at;

    head.bytes = (uint32_t)((sizeof(head) + packet->captured_bytes + ALIGN - 1) / ALIGN * ALIGN);
    forget_older(h, packet->time_ns - h->options.before_ns);
    make_room(h, head.bytes);
    at = h->bytes + h->end % HISTORY_BYTES;
    memcpy(at, &head, sizeof(head));
    memcpy(at + sizeof(head), packet->bytes, packet->captured_bytes);
    h->end += head.bytes;
}

static uint64_t (*values_at(const struct history *h, uint64_t sample))[N_COUNTERS]
{
    return h->values + sample % h->n_places * h->options.n_sources;
}

void history_add_sample(struct history *h, int64_t time_ns, int64_t monotonic_ns,
                        const uint64_t (*values)[N_COUNTERS])
{
    forget_older(h, time_ns - h->options.before_ns);
    if (h->end_sample - h->first_sample == h->n_places)
        h->first_sample++;
    h->moments[h->end_sample % h->n_places] = (struct moment){ time_ns, monotonic_ns };
    memcpy(values_at(h, h->end_sample), values, h->options.n_sources * sizeof(*values));
    h->end_sample++;
}

const uint64_t (*history_first_values(const struct history *h))[N_COUNTERS]
{
    if (h->first_sample == h->end_sample)
        return NULL;
    return (const uint64_t(*)[N_COUNTERS])values_at(h, h->first_sample);
}

int64_t history_start_ns(const struct history *h, int64_t now_ns)
{
    int64_t start_ns = now_ns;

    for (uint64_t at = skip_end(h->first); at < h->end; at = skip_end(at)) {
        struct head head = head_at(h, at);

        if (!head.is_gap) {
            start_ns = head.time_ns < start_ns ? head.time_ns : start_ns;
            break;
        }
        at += head.bytes;
    }
    if (h->first_sample != h->end_sample &&
        h->moments[h->first_sample % h->n_places].time_ns < start_ns)
        start_ns = h->moments[h->first_sample % h->n_places].time_ns;
    return start_ns;
}

static void replay_samples(struct history *h, uint64_t until, const struct history_reader *reader)
{
    for (; h->first_sample < until; h->first_sample++) {
        const struct moment *moment = &h->moments[h->first_sample % h->n_places];

        reader->sample(reader->context, moment->time_ns, moment->monotonic_ns,
                       (const uint64_t(*)[N_COUNTERS])values_at(h, h->first_sample));
    }
}

void history_replay(struct history *h, const struct history_reader *reader)
{
    for (h->first = skip_end(h->first); h->first < h->end; h->first = skip_end(h->first)) {
        struct head head = head_at(h, h->first);

        if (!head.is_gap) {
            struct tap_packet packet = {
                .time_ns = head.time_ns,
                .wire_bytes = head.wire_bytes,
                .captured_bytes = head.captured_bytes,
                .bytes = h->bytes + h->first % HISTORY_BYTES + sizeof(head),
                .is_migration = head.is_migration,
            };

            replay_samples(h, head.n_samples, reader);
            reader->packet(reader->context, head.source, &packet);
        }
        h->first += head.bytes;
    }
    replay_samples(h, h->end_sample, reader);
    h->first = h->end = 0;
}
