/* What a NIC counted over time, from a session's samples. */
#pragma once

#include "analyzers/result.h"
#include "src/base/error.h"
#include "src/model/counters.h"

enum { COUNTER_RATE_MAX_BUCKETS = 240 };

/*
 * counter_rate() - bytes received and sent by @nic, from the first sample to the last.
 *
 * Buckets are 1 s wide, doubled until at most COUNTER_RATE_MAX_BUCKETS are needed; what came
 * between two samples is spread evenly over the time between them. No buckets: less than two
 * samples. Returns 0 or ERR_MEMORY; the caller owns ret_rate->bytes.
 */
int counter_rate(struct rate_series *ret_rate, const struct counters *c, uint32_t nic,
                 struct error *err);
