/* One packet on its way into the connection table, and what became of it. */
#pragma once

#include <stdint.h>

#include "src/net/packet.h"

struct half;
struct observation;

enum flow_outcome {
    FLOW_COUNTED = 0,
    FLOW_DUPLICATE = 1,    /* the same packet again: counted under duplicate_packets alone */
    FLOW_UNATTRIBUTED = 2, /* a later fragment whose first was not seen */
    FLOW_IGNORED = 3,      /* nothing that is counted by connection */
    FLOW_UNTRACKED = 4,    /* the table is full of connections that can't be folded */
};

/* Where a packet was counted; the next of its connection, direction and vantage point most likely
 * are counted there, too. All that follows from number and sender stands here as well, since every
 * predicted packet needs it. */
struct flow_hint {
    struct observation *observation;
    struct half *sent;   /* the sender's half of it, */
    struct half *peer;   /* and the other one */
    uint64_t salt;       /* of this half's prints */
    uint32_t number;     /* of the observation */
    uint32_t generation; /* of the table; 0: no hint */
    uint8_t sender;      /* which half: 0 or 1 */
};

struct flow_packet {
    struct packet packet;
    int64_t time_ns;
    uint32_t wire_bytes;   /* the frame's original length */
    uint16_t vantage;      /* index of the vantage point */
    uint8_t outcome;       /* enum flow_outcome, set when it was added */
    struct flow_hint hint; /* set when it was counted */
    uint64_t hash;         /* private to flow_table.c */
};
