/*
 * The questions put to the connections of a capture, each in a file of its own.
 *
 * They don't know each other: each reads the connections, the model and what is in the result by
 * its turn, and adds to the result. analysis.c has the order. No files, no clock, no globals; all
 * return 0 or a negative code.
 */
#pragma once

#include "analyzers/flow/flow_table.h"
#include "analyzers/result.h"
#include "src/base/error.h"
#include "src/model/topology.h"

/* An address that a capture's interface block gives to a NIC of the host that made it. */
struct local_address {
    struct addr addr;
    int nic; /* index into result.nics */
};

/* What every question may read. */
struct question {
    struct topology *topology; /* changed by attribution alone, which adds guessed networks */
    const struct local_address *locals;
    size_t n_locals;
    const struct flow_table *table;
    struct flow_ports ports;
    double min_share;
    uint64_t vm_memory_bytes; /* RESULT_UNKNOWN */
};

/* attribution.c: in which network is each end of each connection, and each NIC? Fills networks of
 * the result. */
int question_attribution(struct result *r, const struct question *q, struct error *err);
/* transfers.c: which connections carried a migration, between which hosts? Fills hosts, transfers,
 * roles. */
int question_transfers(struct result *r, const struct question *q, struct error *err);
/* counters.c: what did the NICs of sessions count meanwhile? Needs transfers. */
int question_counters(struct result *r, const struct question *q, struct error *err);
/* witness.c: do the NICs' counters, and what a session tells of itself, agree with what was
 * captured? Needs counters and the verdict, which it may weaken. */
int question_witness(struct result *r, const struct question *q, struct error *err);
/* directions.c: is it the same there and back, and each time? Needs transfers. */
int question_directions(struct result *r, const struct question *q, struct error *err);
/* path.c: which transfers went where they should not? Needs the verdict. */
int question_path(struct result *r, const struct question *q, struct error *err);
/* quality.c: what about the captures weakens the answer? */
int question_quality(struct result *r, const struct question *q, struct error *err);
