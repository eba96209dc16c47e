/*
 * What a recording that runs looks like, as lines of text: networks with rate, total and share,
 * NICs with their counters, connections, losses, and the verdict so far.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzers/result.h"
#include "src/base/error.h"

enum { SCREEN_NETWORKS = 64 };

/* What the look before had, for rates. All zero before the first. */
struct screen_before {
    int64_t time_ns;
    uint64_t network_bytes[SCREEN_NETWORKS]; /* by their place; their order does not change */
    size_t n_networks;
};

typedef void screen_line(void *context, const char *line);

/* screen_write() - the whole screen; @before is then brought up to date. Returns 0 or a negative
 * code. */
int screen_write(const struct result *r, struct screen_before *before, screen_line *put,
                 void *context, struct error *err);
/* screen_write_line() - the same in one line, for a log. */
void screen_write_line(const struct result *r, struct screen_before *before, screen_line *put,
                       void *context);
/* screen_time() - when the newest thing in the session happened; SESSION_NO_TIME: nothing did. */
int64_t screen_time(const struct result *r);
