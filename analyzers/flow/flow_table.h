/*
 * The connection table: packets in, observations out.
 *
 * One observation for each connection at each vantage point (with its VLAN and tunnel). The table
 * is hashed with a random key, as captures are hostile. Memory is bounded by MAX_OBSERVATIONS: when
 * they are reached, connections of no bearing (no port that migration uses) that are closed or idle
 * are folded into a count. One thread.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "analyzers/flow/observation.h"
#include "analyzers/flow/series.h"
#include "src/base/auto.h"
#include "src/base/error.h"
#include "src/base/hash.h"
#include "src/net/packet.h"

struct flow_table; /* opaque */

enum { MAX_OBSERVATIONS = 4 * 1024 * 1024 };

/* Ports whose connections are never folded and whose rates are kept. */
struct flow_ports {
    uint16_t lm;  /* 6600 */
    uint16_t smb; /* 445 */
};
enum { PORT_SMB_DIRECT = 5445, PORT_ROCE = 4791, PORT_CLUSTER = 3343 };

enum flow_outcome {
    FLOW_COUNTED = 0,
    FLOW_DUPLICATE = 1,    /* the same packet again: counted under duplicate_packets alone */
    FLOW_UNATTRIBUTED = 2, /* a later fragment whose first was not seen */
    FLOW_IGNORED = 3,      /* nothing that is counted by connection */
    FLOW_UNTRACKED = 4,    /* the table is full of connections that can't be folded */
};

int flow_table_new(struct flow_table **ret_table, const struct hash_key *key,
                   struct flow_ports ports, struct error *err);
struct flow_table *flow_table_free(struct flow_table *t);
/* flow_table_limit() - hold no more than @n_observations (up to MAX_OBSERVATIONS, which it is
 * without). Before the first packet. */
void flow_table_limit(struct flow_table *t, uint32_t n_observations);
DEFINE_AUTO(flow_table)

/*
 * Where a packet of the same connection, direction and vantage point was counted before. Good as
 * long as the table doesn't turn to another life of a 5-tuple; then it is looked up as without a
 * hint.
 */
struct flow_hint {
    uint32_t number;     /* of the observation */
    uint32_t generation; /* of the table; 0: no hint */
    uint8_t sender;      /* which half: 0 or 1 */
};

/* One packet on its way into the table. */
struct flow_packet {
    struct packet packet;
    int64_t time_ns;
    uint32_t wire_bytes;   /* the frame's original length */
    uint16_t vantage;      /* index of the vantage point */
    uint8_t outcome;       /* enum flow_outcome, set when it was added */
    struct flow_hint hint; /* may be set by the caller; set when it was counted */
    uint64_t hash;         /* private to flow_table.c, as is print */
    uint64_t print;
};

/*
 * flow_table_add() - count packets, in their order.
 * @packets: outcome and, of what was counted, hint are set in each
 *
 * Several at once are faster than one by one: what they need of the table is fetched ahead. Returns
 * 0 or ERR_MEMORY.
 */
int flow_table_add(struct flow_table *t, struct flow_packet *packets, size_t n, struct error *err);

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
