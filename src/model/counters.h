/*
 * What NICs count, sampled while a session is recorded: counters.jsonl.
 *
 * The first line names the schema, each further one is a sample: both clocks, and a row for each
 * NIC that could be read. Values are the system's own cumulative ones, so a lost line loses no
 * bytes. Unknown is COUNTER_UNKNOWN and not written. docs/session.md has the format.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "src/base/auto.h"
#include "src/base/error.h"

#define COUNTER_UNKNOWN UINT64_MAX
#define COUNTERS_SCHEMA "lmpath.counters/1"
#define COUNTERS_FILE "counters.jsonl"

enum {
    COUNTERS_MAX_NICS = 1024,
    COUNTERS_MAX_CELLS = 256 * 1024, /* rows (samples x NICs) kept when read: then every other
                                        sample is let go, and again */
    COUNTERS_MAX_LINE_BYTES = 1024 * 1024,
    COUNTERS_MAX_OTHERS = 256, /* of one sample */
};

/* Of one NIC, as the host sees it: rx came in, tx went out. */
enum counter {
    COUNTER_RX_BYTES,
    COUNTER_TX_BYTES,
    COUNTER_RX_PACKETS,
    COUNTER_TX_PACKETS,
    COUNTER_RX_DROPPED,
    COUNTER_TX_DROPPED,
    COUNTER_RX_ERRORS,
    COUNTER_TX_ERRORS,
    COUNTER_RDMA_RX_BYTES, /* in bytes, whatever unit the system has */
    COUNTER_RDMA_TX_BYTES,
    COUNTER_CAPTURE_RECEIVED, /* packets that passed the filter, since the recording began */
    COUNTER_CAPTURE_BYTES,    /* of these, lengths on the wire: what the capture explains of
                                 rx_bytes and tx_bytes */
    COUNTER_CAPTURE_STORED,   /* of these packets, written */
    COUNTER_DROPPED_KERNEL,   /* by the kernel: its buffer was full */
    COUNTER_DROPPED_NIC,      /* by the NIC or its driver, as libpcap tells it */
    COUNTER_DROPPED_RING,     /* by us: the ring between threads was full */
    N_COUNTERS
};

/* counter_name() - "rx_bytes", ...: as written; a constant. */
const char *counter_name(enum counter counter);

struct counter_row {
    uint32_t nic; /* index into the session's nics */
    uint64_t values[N_COUNTERS];
};

/* counter_row_init() - all unknown. */
void counter_row_init(struct counter_row *row, uint32_t nic);

/* A count that is no NIC's: of a Windows counter set. Text is borrowed. */
struct counter_other {
    const char *set;      /* "Hyper-V VM Live Migration", in English */
    const char *instance; /* "VM1"; "" when the set has none */
    const char *name;     /* "Bytes Sent for TCP Transport" */
    uint64_t value;
};

/* One moment. Rows and others are borrowed. */
struct counter_sample {
    int64_t time_ns;      /* wall clock */
    int64_t monotonic_ns; /* of a clock that nobody sets; for the distance between samples */
    const struct counter_row *rows;
    size_t n_rows;
    const struct counter_other *others;
    size_t n_others;
};

struct counters_writer;

/* counters_writer_new() - make the file in the session's folder. Returns 0, ERR_SYSTEM, ERR_MEMORY.
 */
int counters_writer_new(struct counters_writer **ret_writer, const char *folder, struct error *err);
/* counters_writer_free() - closes. */
struct counters_writer *counters_writer_free(struct counters_writer *w);
DEFINE_AUTO(counters_writer)
/* counters_writer_add() - one line, which reaches the operating system before this returns, whole
 * or not at all. Returns 0 or ERR_SYSTEM; may be tried again (a full disk may have room later). */
int counters_writer_add(struct counters_writer *w, const struct counter_sample *sample,
                        struct error *err);

/* The samples of a session, oldest first. Owns everything. */
struct counter_moment {
    int64_t time_ns;
    int64_t monotonic_ns;
};
struct counter_total { /* of a counter_other, first and last seen */
    char *set;
    char *instance;
    char *name;
    uint64_t first;
    uint64_t last;
};
struct counters {
    struct counter_moment *moments;
    size_t n_moments;
    size_t n_nics;            /* columns: the highest NIC seen and one */
    struct counter_row *rows; /* n_moments x n_nics; a NIC that was not read is all unknown */
    struct counter_total *totals;
    size_t n_totals;
    uint64_t n_bad_lines; /* lines that are no sample; a last one without its end is not counted */
    bool is_cut;          /* the last line has no end */
};

/*
 * counters_read() - a session's counters.jsonl.
 *
 * Returns 0, 1 when there is no such file (all zero), ERR_SYSTEM, ERR_INPUT (another schema),
 * ERR_MEMORY.
 */
int counters_read(struct counters *ret_counters, const char *folder, struct error *err);
/* counters_parse() - the same from bytes; for tests and fuzzing. */
int counters_parse(struct counters *ret_counters, const void *bytes, size_t n_bytes,
                   struct error *err);
void counters_release(struct counters *c);

/* counters_row() - @nic at moment @i. */
static inline const struct counter_row *counters_row(const struct counters *c, size_t i,
                                                     uint32_t nic)
{
    return &c->rows[i * c->n_nics + nic];
}
