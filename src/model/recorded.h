/* A whole session as it is read: session.json, counters, and where its captures stand. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "src/base/error.h"
#include "src/model/counters.h"
#include "src/model/session.h"

/* Owns everything in it. */
struct recorded {
    char *folder;
    struct session session;
    struct counters counters; /* no moments: there are none */
    char *counters_problem;   /* why they can't be read; NULL: they can, or are absent */
    bool has_counters;
    bool has_snapshot;
    size_t first_input; /* its captures among the inputs */
    size_t n_inputs;
};

/*
 * recorded_read() - what lies in a session's folder, also while it grows or when it was cut off.
 *
 * Returns 0, or what session_read() returned. Counters that can't be read are a problem, not an
 * error. @ret_recorded is written on success only.
 */
int recorded_read(struct recorded *ret_recorded, const char *folder, struct error *err);
void recorded_release(struct recorded *r);
