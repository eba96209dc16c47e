/*
 * What NICs and the system count by themselves. linux/meter.c and windows/meter.c fetch the
 * numbers; the build takes one. src/model/counters.h has what they mean.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "capture/nics.h"
#include "src/base/auto.h"
#include "src/base/error.h"
#include "src/model/counters.h"

struct meter; /* opaque: what reading keeps open */

/* meter_new() - needs no rights, nor do the others later. Returns 0, ERR_SYSTEM or ERR_MEMORY. */
int meter_new(struct meter **ret_meter, struct error *err);
struct meter *meter_free(struct meter *m);
DEFINE_AUTO(meter)

/*
 * meter_read() - the counters of one NIC, now; quick enough for the loop.
 * @nic:    by name; its index may have changed since nics_read() when it went away and came back
 * @values: those that the system has are written; the others, and those of the capture, are left
 *          as they are
 *
 * Returns 1; 0 when there is no such NIC now; ERR_SYSTEM.
 */
int meter_read(struct meter *m, const struct nic *nic, uint64_t values[N_COUNTERS],
               struct error *err);

/*
 * meter_others() - counts that are no NIC's: Hyper-V's own of live migrations.
 * @ret_others: borrowed until the next call
 *
 * Returns how many there are; none where the system has none. What can't be read is left out.
 */
size_t meter_others(struct meter *m, const struct counter_other **ret_others);
