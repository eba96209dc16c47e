/*
 * One NIC being captured: a thread of its own reads the device, cuts packets to what may be kept
 * and puts them into a ring without locks (one producer, one consumer), from which the loop takes
 * them. So nothing that must not be stored leaves the device's buffer.
 *
 * Everything here is the loop thread's but the ring's producing end. What the ring can't take is
 * counted, never waited for.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "capture/cutter.h"
#include "capture/device.h"
#include "src/base/auto.h"
#include "src/base/error.h"

enum {
    TAP_SNAP_MAX = 65535,
    TAP_RING_BYTES = 4 * 1024 * 1024, /* a power of two */
};

struct tap; /* opaque */

/* One packet as the ring has it; bytes are borrowed until tap_drain() returns. */
struct tap_packet {
    int64_t time_ns; /* since 1970-01-01 UTC */
    uint32_t wire_bytes;
    uint32_t captured_bytes; /* what is kept */
    const uint8_t *bytes;
    bool is_migration; /* TCP from or to the port of live migration */
};

enum tap_state { TAP_RUNNING, TAP_AWAY, TAP_FAILED, TAP_ENDED };

struct tap_statistics {
    uint64_t packets; /* put into the ring */
    uint64_t wire_bytes;
    uint64_t ring_dropped_packets;
    struct device_statistics device;
};

struct tap_options {
    uint32_t snap_bytes; /* kept of a packet at most; up to TAP_SNAP_MAX */
    uint16_t lm_port;
};

/* tap_new() - takes over @device and @cutter, on failure too. Returns 0 or ERR_MEMORY. */
int tap_new(struct tap **ret_tap, struct device *device, struct cutter *cutter,
            const struct tap_options *options, struct error *err);
/* tap_free() - once ended, or never started. */
struct tap *tap_free(struct tap *t);
DEFINE_AUTO(tap)

/*
 * tap_start() - start the thread. @ready is sent when packets wait, when the state changed, and
 * last of all when the thread ended; it may serve several taps. Borrowed until tap_free().
 */
int tap_start(struct tap *t, uv_async_t *ready, struct error *err);
/* tap_stop() - ask the thread to end; TAP_ENDED tells that it did, with all packets in the ring. */
void tap_stop(struct tap *t);

typedef void tap_consumer(void *context, const struct tap_packet *packet);

/* tap_drain() - hand over what is in the ring, at most @max packets. Returns how many. */
size_t tap_drain(struct tap *t, tap_consumer *consumer, void *context, size_t max);

enum tap_state tap_state(const struct tap *t);
/* tap_failure() - why, once TAP_FAILED was seen. */
const char *tap_failure(const struct tap *t);
/* tap_times_away() - how often the NIC went away. */
unsigned tap_times_away(const struct tap *t);
void tap_statistics(const struct tap *t, struct tap_statistics *ret_statistics);
uint16_t tap_link_type(const struct tap *t);
const char *tap_filter(const struct tap *t);
