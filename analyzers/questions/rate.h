/* Rates of transfers over time, from the series of their connections. */
#pragma once

#include "analyzers/flow/series.h"
#include "analyzers/result.h"
#include "src/base/error.h"

enum { MAX_RATE_BUCKETS = 4096 };

/* rate_begin() - empty buckets of 1 s from start to end, doubled in width until at most
 * MAX_RATE_BUCKETS are needed. */
int rate_begin(struct rate_series *rate, int64_t start_ns, int64_t end_ns, struct error *err);
/* rate_add() - what a series says, in the buckets it falls in. @s may be NULL. */
void rate_add(struct rate_series *rate, const struct series *s);
double rate_mean(uint64_t bytes, int64_t start_ns, int64_t end_ns);
/* rate_peak() - bits per second of the fullest bucket, or the mean when that is more (a transfer of
 * less than a bucket). */
double rate_peak(const struct rate_series *rate, double mean);
