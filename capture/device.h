/*
 * A NIC opened for capturing: the platform's half of a tap. linux/device.c stands on libpcap,
 * windows/device.c on wpcap.dll; the build takes one.
 *
 * A device belongs to one thread at a time: the loop's until its tap's thread starts, then that
 * thread's; device_wake() alone may be called from any.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "src/base/error.h"

struct device; /* opaque */

struct device_options {
    uint32_t snap_bytes;   /* what the system copies of a packet */
    uint64_t buffer_bytes; /* the system's buffer */
    /* The filter for a link type, as pcap-filter(7) has it; see filter.h. The device frees it. */
    char *(*filter)(const void *context, uint16_t link_type);
    const void *filter_context;
};

/* Cumulative since device_open(); what the system can't tell is DEVICE_UNKNOWN. */
#define DEVICE_UNKNOWN UINT64_MAX
struct device_statistics {
    uint64_t received_packets;          /* that passed the filter, dropped ones included */
    uint64_t kernel_dropped_packets;    /* for want of buffer */
    uint64_t interface_dropped_packets; /* by the NIC or its driver */
};

enum device_status {
    DEVICE_OK = 0,
    DEVICE_GONE = 1, /* the NIC went away; device_reopen() until it is back */
};

/* What device_read() hands over: @bytes are borrowed for the call. */
typedef void device_packet(void *context, int64_t time_ns, const uint8_t *bytes,
                           uint32_t captured_bytes, uint32_t wire_bytes);

/* device_check() - can devices be opened at all, by this user on this system? Returns 0, or
 * ERR_SYSTEM with what to do about it. */
int device_check(struct error *err);

/* device_library() - "libpcap 1.10.3": what captures, or would. */
const char *device_library(void);

/* device_open() - Returns 0, ERR_USAGE (no such NIC), ERR_SYSTEM (not allowed, down, ...) or
 * ERR_MEMORY; the text begins with the quoted name. */
int device_open(struct device **ret_device, const char *name, const struct device_options *options,
                struct error *err);
struct device *device_free(struct device *d);

uint16_t device_link_type(const struct device *d);
const char *device_filter(const struct device *d);

/*
 * device_read() - the packets that have come.
 * @wait: for the first, up to 100 ms or, where device_wake() works at once, until then; on Windows
 *        for each, and no longer than that and 100 ms, which is Npcap's to keep: Wine's waits on
 *
 * Returns DEVICE_OK, also without a packet, DEVICE_GONE, or ERR_SYSTEM.
 */
int device_read(struct device *d, bool wait, device_packet *packet, void *context,
                struct error *err);
/* device_wake() - make a waiting device_read() return. */
void device_wake(struct device *d);

/*
 * device_reopen() - after DEVICE_GONE: is the NIC back? Works without the rights that opening it
 * took. Doesn't wait. Returns 1 (it is, and device_read() goes on), 0 (not yet) or ERR_SYSTEM.
 */
int device_reopen(struct device *d, struct error *err);

void device_statistics(struct device *d, struct device_statistics *ret_statistics);
