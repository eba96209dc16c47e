/*
 * The parts of a result as JSON, schema lmpath.analysis/1: each writes one member of a list, or one
 * value, null where it is unknown. For json*.c, and for other schemas that say the same alike.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "analyzers/result.h"
#include "src/base/json_writer.h"

enum { SHARE_DECIMALS = 6, TIME_DECIMALS = 9, RATE_DECIMALS = 0 };

/* ---- json_values.c ---- */

/* json_put_count() - RESULT_UNKNOWN is null. */
void json_put_count(struct json_writer *w, const char *key, uint64_t count);
/* json_put_known() - text that is empty where the capture tells nothing: null then. */
void json_put_known(struct json_writer *w, const char *key, const char *text);
void json_put_texts(struct json_writer *w, const char *key, char *const *texts, size_t n);
void json_put_addr(struct json_writer *w, const char *key, const struct addr *a);
/* json_put_seconds() - a span of time. */
void json_put_seconds(struct json_writer *w, const char *key, int64_t ns);
/* json_put_network() - the name of a network of @r's; below 0 it is null. */
void json_put_network(struct json_writer *w, const char *key, const struct result *r, int network);
/* json_put_ends() - "first" and "last"; of no packets they are null. */
void json_put_ends(struct json_writer *w, uint64_t packets, int64_t first_ns, int64_t last_ns);

/* ---- json_transfers.c ---- */

/* json_put_rate() - "rate". */
void json_put_rate(struct json_writer *w, const struct rate_series *rate);
void json_transfer(struct json_writer *w, const struct result *r, size_t index);
void json_direction(struct json_writer *w, const struct result *r, size_t index);

/* ---- json_connections.c ---- */

void json_connection(struct json_writer *w, const struct result *r, size_t index);

/* ---- json_nics.c ---- */

void json_nic(struct json_writer *w, const struct result *r, size_t index);
void json_counted(struct json_writer *w, const struct result *r, size_t index);

/* ---- json_findings.c ---- */

/* json_put_remedy() - "remedy". */
void json_put_remedy(struct json_writer *w, const struct finding *f);
void json_finding(struct json_writer *w, const struct finding *f);
/* json_causes() - "cause", "other_causes" and "cause_notes". */
void json_causes(struct json_writer *w, const struct result *r);

/* ---- json_layers.c ---- */

void json_prediction(struct json_writer *w, const struct result *r, size_t index);
/* json_layers() - "layers". */
void json_layers(struct json_writer *w, const struct result *r);
