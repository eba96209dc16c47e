/*
 * What NICs count by themselves, sampled at an interval. linux/counters.c and windows/counters.c
 * fetch the numbers; the build takes one.
 */
#pragma once

#include <stdint.h>

#include "capture/nics.h"
#include "src/base/auto.h"
#include "src/base/error.h"

/* Unknown is never zero. */
#define COUNTER_UNKNOWN UINT64_MAX

/* Since the NIC was started, in 64 bits. RDMA octets are not part of the others unless the driver
 * counts them twice (FACTS 2). */
struct nic_counters {
    uint64_t rx_bytes, tx_bytes;
    uint64_t rx_packets, tx_packets;
    uint64_t rx_dropped, tx_dropped;
    uint64_t rx_errors, tx_errors;
    uint64_t rdma_rx_bytes, rdma_tx_bytes;
};

/* nic_counters_clear() - everything unknown. */
void nic_counters_clear(struct nic_counters *c);

struct counters; /* opaque: what reading them keeps open */

/* counters_new() - needs no rights. Returns 0, ERR_SYSTEM or ERR_MEMORY. */
int counters_new(struct counters **ret_counters, struct error *err);
struct counters *counters_free(struct counters *c);
DEFINE_AUTO(counters)

/*
 * counters_read() - of one NIC, now; quick enough for the loop.
 * @nic: by name; its index may have changed since nics_read() when it went away and came back
 *
 * Returns 1; 0 when there is no such NIC now (all unknown); ERR_SYSTEM.
 */
int counters_read(struct counters *c, const struct nic *nic, struct nic_counters *ret_counters,
                  struct error *err);

/* Clocks, for samples: wall time since 1970 in UTC, and one that never jumps. */
int64_t clock_wall_ns(void);
int64_t clock_monotonic_ns(void);
