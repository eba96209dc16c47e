/*
 * Capturing through Npcap. A handle that fails is closed and opened again, which takes no rights
 * that lmpathd gave up; meanwhile another thread may want to wake its reader, so the handle has a
 * lock that the reader itself need not take to read.
 */
#include "capture/device.h"

#include <stdlib.h>
#include <windows.h>

#include "capture/windows/wpcap.h"
#include "src/base/text.h"

enum {
    TIMEOUT_MS = 100, /* after which the driver hands over what it has */
    BATCH_PACKETS = 4096,
};

enum { DLT_RAW_WINDOWS = 12, LINKTYPE_RAW = 101 };

struct device {
    const struct wpcap *pcap;
    struct pcap *handle; /* NULL while the NIC is away */
    SRWLOCK lock;        /* of the handle, between device_wake() and who replaces it */
    char *name;
    char *filter;
    uint16_t link_type;
    struct device_options options;
    bool is_waiting;
    uint64_t dropped_packets; /* of all handles */
    uint32_t dropped_seen;    /* of this one: wraps */
};

int device_check(struct error *err)
{
    return wpcap_load(err) ? 0 : ERR_SYSTEM;
}

const char *device_library(void)
{
    const struct wpcap *pcap = wpcap_load(NULL);

    return pcap ? pcap->lib_version() : "Npcap is not installed";
}

static int open_error(const struct wpcap *pcap, struct pcap *handle, const char *name, int status,
                      struct error *err)
{
    switch (status) {
    case WPCAP_NO_SUCH_DEVICE:
        return error_set(err, ERR_USAGE, "'%s': there is no such NIC, -D lists those there are",
                         name);
    case WPCAP_NOT_ALLOWED:
        return error_set(err, ERR_SYSTEM, "'%s': not allowed to capture; run it as administrator",
                         name);
    case WPCAP_NOT_UP:
        return error_set(err, ERR_SYSTEM, "'%s': the NIC is down", name);
    case WPCAP_ERROR:
        return error_set(err, ERR_SYSTEM, "'%s': %s", name, pcap->geterr(handle));
    default:
        return error_set(err, ERR_SYSTEM, "'%s': %s", name, pcap->statustostr(status));
    }
}

static int set_filter(struct device *d, struct pcap *handle, struct error *err)
{
    struct wpcap_program program;
    int dlt = d->pcap->datalink(handle), status;

    d->link_type = dlt == DLT_RAW_WINDOWS ? LINKTYPE_RAW : (uint16_t)dlt;
    if (!d->filter)
        d->filter = d->options.filter(d->options.filter_context, d->link_type);
    if (!d->filter)
        return error_memory(err);
    if (d->pcap->compile(handle, &program, d->filter, 1, WPCAP_NETMASK_UNKNOWN) < 0)
        return open_error(d->pcap, handle, d->name, WPCAP_ERROR, err);
    status = d->pcap->setfilter(handle, &program);
    d->pcap->freecode(&program);
    return status < 0 ? open_error(d->pcap, handle, d->name, status, err) : 0;
}

static int open_handle(struct device *d, struct error *err)
{
    uint64_t buffer_bytes = d->options.buffer_bytes;
    char text[WPCAP_ERROR_BYTES] = "";
    struct pcap *handle = d->pcap->create(d->name, text);
    int status, r = 0;

    if (!handle)
        return error_set(err, ERR_SYSTEM, "'%s': %s", d->name, text);
    d->pcap->set_snaplen(handle, (int)d->options.snap_bytes);
    d->pcap->set_timeout(handle, TIMEOUT_MS);
    d->pcap->set_buffer_size(handle, buffer_bytes > INT32_MAX ? INT32_MAX : (int)buffer_bytes);
    status = d->pcap->activate(handle);
    if (status < 0)
        r = open_error(d->pcap, handle, d->name, status, err);
    if (r == 0)
        r = set_filter(d, handle, err);
    if (r < 0) {
        d->pcap->close(handle);
        return r;
    }
    d->is_waiting = true;
    d->dropped_seen = 0;
    AcquireSRWLockExclusive(&d->lock);
    d->handle = handle;
    ReleaseSRWLockExclusive(&d->lock);
    return 0;
}

static void close_handle(struct device *d)
{
    struct pcap *handle = d->handle;

    AcquireSRWLockExclusive(&d->lock);
    d->handle = NULL;
    ReleaseSRWLockExclusive(&d->lock);
    if (handle)
        d->pcap->close(handle);
}

int device_open(struct device **ret_device, const char *name, const struct device_options *options,
                struct error *err)
{
    const struct wpcap *pcap = wpcap_load(err);
    struct device *d;
    int r;

    if (!pcap)
        return ERR_SYSTEM;
    d = calloc(1, sizeof(*d));
    if (!d)
        return error_memory(err);
    d->pcap = pcap;
    InitializeSRWLock(&d->lock);
    d->options = *options;
    d->name = text_copy(name);
    r = d->name ? open_handle(d, err) : error_memory(err);
    if (r < 0) {
        device_free(d);
        return r;
    }
    *ret_device = d;
    return 0;
}

struct device *device_free(struct device *d)
{
    if (!d)
        return NULL;
    close_handle(d);
    free(d->name);
    free(d->filter);
    free(d);
    return NULL;
}

uint16_t device_link_type(const struct device *d)
{
    return d->link_type;
}

const char *device_filter(const struct device *d)
{
    return d->filter;
}

/*
 * Packets one by one until there are none or enough: at most as long as the driver gathers them,
 * since with few packets each of the calls may wait.
 */
int device_read(struct device *d, bool wait, device_packet *packet, void *context,
                struct error *err)
{
    ULONGLONG end_ms = GetTickCount64() + TIMEOUT_MS;
    const struct wpcap_head *head;
    const uint8_t *bytes;
    char text[WPCAP_ERROR_BYTES];
    int status = WPCAP_PACKET;

    (void)err;
    if (wait != d->is_waiting && d->pcap->setnonblock(d->handle, !wait, text) == 0)
        d->is_waiting = wait;
    for (int i = 0; i < BATCH_PACKETS && status == WPCAP_PACKET; i++) {
        status = d->pcap->next_ex(d->handle, &head, &bytes);
        if (status == WPCAP_PACKET)
            packet(context,
                   head->seconds * INT64_C(1000000000) + head->microseconds * INT64_C(1000), bytes,
                   head->captured_bytes, head->wire_bytes);
        if (GetTickCount64() >= end_ms)
            break;
    }
    /* A handle fails when its NIC goes away, and there is no telling the reasons apart. */
    return status == WPCAP_ERROR ? DEVICE_GONE : DEVICE_OK;
}

void device_wake(struct device *d)
{
    AcquireSRWLockShared(&d->lock);
    if (d->handle)
        d->pcap->breakloop(d->handle);
    ReleaseSRWLockShared(&d->lock);
}

int device_reopen(struct device *d, struct error *err)
{
    (void)err;
    close_handle(d);
    return open_handle(d, NULL) == 0;
}

/* Npcap counts as received what its filter has not yet seen, and of what the NIC drops nothing. */
void device_statistics(struct device *d, struct device_statistics *ret_statistics)
{
    struct wpcap_statistics now;

    if (d->handle && d->pcap->stats(d->handle, &now) == 0) {
        d->dropped_packets += now.dropped - d->dropped_seen;
        d->dropped_seen = now.dropped;
    }
    *ret_statistics = (struct device_statistics){
        .received_packets = DEVICE_UNKNOWN,
        .kernel_dropped_packets = d->dropped_packets,
        .interface_dropped_packets = DEVICE_UNKNOWN,
    };
}
