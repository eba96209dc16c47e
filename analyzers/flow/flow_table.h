/*
 * The connection table: packets in, observations out.
 *
 * One observation for each connection at each vantage point (with its VLAN and tunnel). The table
 * is hashed with a random key, as captures are hostile. Memory is bounded by MAX_OBSERVATIONS: when
 * they are reached, connections of no bearing (no port that migration uses) that are closed or idle
 * are folded into a count. One thread.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzers/flow/flow_packet.h"
#include "analyzers/flow/observation.h"
#include "analyzers/flow/predict.h"
#include "analyzers/flow/series.h"
#include "src/base/auto.h"
#include "src/base/error.h"
#include "src/base/hash.h"

struct flow_table; /* opaque */

enum { MAX_OBSERVATIONS = 4 * 1024 * 1024 };

/* Ports whose connections are never folded and whose rates are kept. */
struct flow_ports {
    uint16_t lm;  /* 6600 */
    uint16_t smb; /* 445 */
};
enum { PORT_SMB_DIRECT = 5445, PORT_ROCE = 4791, PORT_CLUSTER = 3343 };

int flow_table_new(struct flow_table **ret_table, const struct hash_key *key,
                   struct flow_ports ports, struct error *err);
struct flow_table *flow_table_free(struct flow_table *t);
/* flow_table_limit() - hold no more than @n_observations (up to MAX_OBSERVATIONS, which it is
 * without). Before the first packet. */
void flow_table_limit(struct flow_table *t, uint32_t n_observations);
DEFINE_AUTO(flow_table)

/*
 * flow_table_add() - count packets, in their order.
 * @packets: outcome and, of what was counted, hint are set in each
 *
 * Several at once are faster than one by one: what they need of the table is fetched ahead. Returns
 * 0 or ERR_MEMORY.
 */
int flow_table_add(struct flow_table *t, struct flow_packet *packets, size_t n, struct error *err);

/*
 * flow_table_add_frame() - count a frame as predicted: what flow_table_add() would do with what
 * packet_decode() says of it. Returns false, with nothing counted, when the prediction is not good.
 */
bool flow_table_add_frame(struct flow_table *t, const struct prediction *guess,
                          const uint8_t *bytes, uint32_t captured_bytes, uint32_t wire_bytes,
                          int64_t time_ns);

/* Observation numbers run from 0 to flow_table_count() - 1; a folded one's protocol is 0. */
uint32_t flow_table_count(const struct flow_table *t);
const struct observation *flow_table_get(const struct flow_table *t, uint32_t number);
/* flow_table_series() - how the half's stream advanced, or NULL. Borrowed. */
const struct series *flow_table_series(const struct flow_table *t, const struct observation *o,
                                       int half);
uint64_t flow_table_folded(const struct flow_table *t);
uint64_t flow_table_folded_bytes(const struct flow_table *t);
uint64_t flow_table_untracked(const struct flow_table *t);

/* flow_table_settle() - the last packet was added: settle what was put aside, free what only adding
 * needs. */
void flow_table_settle(struct flow_table *t);
/*
 * flow_table_take_chunks() - hand the observations over; the caller frees each chunk and the array.
 * The table keeps reading them until it is freed, so it must be freed first.
 */
struct observation **flow_table_take_chunks(struct flow_table *t, size_t *ret_n_chunks);
