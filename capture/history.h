/*
 * The last seconds of a resident daemon: packets as they are kept, and samples, in a ring of fixed
 * size; what is older, or finds no room, goes first.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "capture/sources.h"
#include "src/base/auto.h"
#include "src/base/error.h"

enum { HISTORY_BYTES = 4 * 1024 * 1024 };

struct history;

struct history_options {
    int64_t before_ns;   /* how far back */
    int64_t interval_ns; /* between samples */
    size_t n_sources;
};

int history_new(struct history **ret_history, const struct history_options *options,
                struct error *err);
struct history *history_free(struct history *h);
DEFINE_AUTO(history)

void history_add_packet(struct history *h, size_t source, const struct tap_packet *packet);
/* history_add_sample() - a row of counters for each source. Copies. */
void history_add_sample(struct history *h, int64_t time_ns, int64_t monotonic_ns,
                        const uint64_t (*values)[N_COUNTERS]);

/* history_first_values() - of the oldest sample, borrowed until the next call; NULL: there is none.
 */
const uint64_t (*history_first_values(const struct history *h))[N_COUNTERS];
/* history_start_ns() - the oldest time in it; @now_ns when it is empty. */
int64_t history_start_ns(const struct history *h, int64_t now_ns);

struct history_reader {
    void (*packet)(void *context, size_t source, const struct tap_packet *packet);
    void (*sample)(void *context, int64_t time_ns, int64_t monotonic_ns,
                   const uint64_t (*values)[N_COUNTERS]);
    void *context;
};
/* history_replay() - everything in the order it came; then it is empty. */
void history_replay(struct history *h, const struct history_reader *reader);
