/*
 * Captures replayed: every packet decoded, counted at its vantage point and added to the connection
 * table.
 */
#pragma once

#include <stdint.h>

#include "analyzers/analysis.h"
#include "analyzers/flow/flow_table.h"
#include "analyzers/ingest/inputs.h"
#include "analyzers/questions/questions.h"
#include "analyzers/result.h"
#include "src/base/error.h"

enum { MAX_VANTAGE_POINTS = 65535 };

/* What the captures say about the hosts that made them. */
struct replay {
    struct local_address *locals;
    size_t n_locals;
    size_t locals_capacity;
};

void replay_release(struct replay *replay);

/*
 * replay_run() - fill result's inputs and nics, and the table.
 *
 * @ret_replay is written also on failure and released by the caller. Returns 0 or a negative code.
 */
int replay_run(struct replay *ret_replay, struct result *result, struct flow_table *table,
               const struct input_list *inputs, const struct analysis_options *options,
               struct error *err);
