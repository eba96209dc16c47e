/*
 * The ring: records of a fixed head and the packet's bytes, padded to 8. Positions count bytes
 * since the start and never wrap; a record does not cross the ring's end, a skip record fills what
 * is left there. Producer and consumer each keep the other's position as they last saw it, so that
 * they share a cache line only when that is not enough.
 */
#include "capture/tap.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "capture/clock.h"

enum {
    CACHE_LINE = 64,
    RECORD_ALIGN = 8,
    REWIND_BYTES = 256 * 1024,
    CALM_BYTES = 4 * 1024,     /* of a batch */
    PUBLISH_BYTES = 16 * 1024, /* what the producer holds back of the consumer at most */
    LINGER_MS = 150,           /* the system hands over its last packets within 100 ms */
    LINGER_STEP_MS = 10,
    AWAY_STEP_MS = 100,
    STATISTICS_MS = 200,
};

enum record_kind { RECORD_PACKET, RECORD_MIGRATION, RECORD_SKIP };

struct record {
    int64_t time_ns;
    uint32_t wire_bytes;
    uint16_t captured_bytes;
    uint16_t kind;
};

struct tap {
    /* the producer's */
    _Atomic uint64_t head; /* published */
    uint64_t written;      /* not yet published up to here */
    uint64_t tail_seen;
    uint64_t batch_bytes; /* that the last read brought */
    int64_t statistics_at_ns;
    /* the consumer's */
    char gap[CACHE_LINE];
    _Atomic uint64_t tail;
    /* what the producer tells */
    char second_gap[CACHE_LINE];
    _Atomic uint64_t packets;
    _Atomic uint64_t wire_bytes;
    _Atomic uint64_t ring_dropped;
    _Atomic uint64_t received, kernel_dropped, interface_dropped;
    _Atomic int state;
    _Atomic unsigned times_away;
    /* what it is told */
    _Atomic bool is_asked_to_end;

    struct device *device;
    struct cutter *cutter;
    struct tap_options options;
    uint16_t link_type;
    uint8_t *ring;
    uv_thread_t thread;
    bool has_thread;
    uv_async_t *ready;
    struct error failure; /* written once, before TAP_FAILED */
};

int tap_new(struct tap **ret_tap, struct device *device, struct cutter *cutter,
            const struct tap_options *options, struct error *err)
{
    struct tap *t = calloc(1, sizeof(*t));

    if (!t) {
        device_free(device);
        cutter_free(cutter);
        return error_memory(err);
    }
    t->device = device;
    t->cutter = cutter;
    t->options = *options;
    t->link_type = device_link_type(device);
    atomic_store(&t->received, DEVICE_UNKNOWN);
    atomic_store(&t->kernel_dropped, DEVICE_UNKNOWN);
    atomic_store(&t->interface_dropped, DEVICE_UNKNOWN);
    t->ring = malloc(TAP_RING_BYTES);
    if (!t->ring) {
        tap_free(t);
        return error_memory(err);
    }
    *ret_tap = t;
    return 0;
}

struct tap *tap_free(struct tap *t)
{
    if (!t)
        return NULL;
    if (t->has_thread)
        uv_thread_join(&t->thread);
    device_free(t->device);
    cutter_free(t->cutter);
    free(t->ring);
    free(t);
    return NULL;
}

/* ---- the producer, in the tap's thread ---- */

static uint64_t add(_Atomic uint64_t *counter, uint64_t n)
{
    /* one writer, so no locked instruction is needed */
    uint64_t value = atomic_load_explicit(counter, memory_order_relaxed) + n;

    atomic_store_explicit(counter, value, memory_order_relaxed);
    return value;
}

static void publish(struct tap *t)
{
    atomic_store_explicit(&t->head, t->written, memory_order_release);
}

/* has_room() - for @n_bytes behind what is written? */
static bool has_room(struct tap *t, uint64_t n_bytes)
{
    if (t->written + n_bytes - t->tail_seen <= TAP_RING_BYTES)
        return true;
    t->tail_seen = atomic_load_explicit(&t->tail, memory_order_acquire);
    return t->written + n_bytes - t->tail_seen <= TAP_RING_BYTES;
}

static uint64_t record_bytes(uint32_t n_bytes)
{
    return (sizeof(struct record) + n_bytes + RECORD_ALIGN - 1) & ~(uint64_t)(RECORD_ALIGN - 1);
}

/* skip_end() - what is left behind @at in the ring holds no record. */
static void skip_end(struct tap *t, uint64_t at)
{
    const struct record skip = { .kind = RECORD_SKIP };
    uint64_t left = TAP_RING_BYTES - at;

    if (left >= sizeof(skip))
        memcpy(t->ring + at, &skip, sizeof(skip));
    t->written += left;
}

/* put() - one record. Returns false when the ring is full. */
static bool put(struct tap *t, const struct record *record, const uint8_t *bytes, uint32_t n_bytes)
{
    uint64_t needed = record_bytes(n_bytes);
    uint64_t at = t->written & (TAP_RING_BYTES - 1), left = TAP_RING_BYTES - at;
    uint64_t skipped = left < needed ? left : 0;

    if (!has_room(t, skipped + needed))
        return false;
    if (skipped) {
        skip_end(t, at);
        at = 0;
    }
    memcpy(t->ring + at, record, sizeof(*record));
    memcpy(t->ring + at + sizeof(*record), bytes, n_bytes);
    t->written += needed;
    return true;
}

static bool is_migration(const struct tap *t, const struct packet *packet)
{
    return packet->protocol == IP_TCP && (packet->source_port == t->options.lm_port ||
                                          packet->destination_port == t->options.lm_port);
}

static void take_packet(void *context, int64_t time_ns, const uint8_t *bytes,
                        uint32_t captured_bytes, uint32_t wire_bytes)
{
    struct tap *t = context;
    struct record record = { .time_ns = time_ns, .wire_bytes = wire_bytes };
    struct packet packet;
    uint32_t keep =
        cutter_keep(t->cutter, t->link_type, bytes, captured_bytes, wire_bytes, &packet);

    record.captured_bytes = (uint16_t)(keep < t->options.snap_bytes ? keep : t->options.snap_bytes);
    record.kind = is_migration(t, &packet) ? RECORD_MIGRATION : RECORD_PACKET;
    if (!put(t, &record, bytes, record.captured_bytes)) {
        add(&t->ring_dropped, 1);
        return;
    }
    add(&t->packets, 1);
    add(&t->wire_bytes, wire_bytes);
    if (t->written - atomic_load_explicit(&t->head, memory_order_relaxed) >= PUBLISH_BYTES)
        publish(t);
}

static void take_statistics(struct tap *t)
{
    struct device_statistics s;

    device_statistics(t->device, &s);
    atomic_store_explicit(&t->received, s.received_packets, memory_order_relaxed);
    atomic_store_explicit(&t->kernel_dropped, s.kernel_dropped_packets, memory_order_relaxed);
    atomic_store_explicit(&t->interface_dropped, s.interface_dropped_packets, memory_order_relaxed);
    t->statistics_at_ns = clock_monotonic_ns();
}

static void set_state(struct tap *t, enum tap_state state)
{
    atomic_store_explicit(&t->state, state, memory_order_release);
    uv_async_send(t->ready);
}

static bool is_asked_to_end(const struct tap *t)
{
    return atomic_load_explicit(&t->is_asked_to_end, memory_order_acquire);
}

/* rewind_ring() - an empty ring begins anew while little comes, so that little traffic touches
 * little memory. */
static void rewind_ring(struct tap *t)
{
    uint64_t at = t->written & (TAP_RING_BYTES - 1);

    if (at < REWIND_BYTES || t->batch_bytes > CALM_BYTES ||
        atomic_load_explicit(&t->tail, memory_order_acquire) != t->written)
        return;
    t->tail_seen = t->written;
    skip_end(t, at);
    publish(t);
    uv_async_send(t->ready); /* until the loop has passed it, what was skipped is no room */
}

/* read_batch() - Returns what device_read() does. */
static int read_batch(struct tap *t, bool wait)
{
    uint64_t before;
    int r;

    rewind_ring(t);
    before = t->written;
    r = device_read(t->device, wait, take_packet, t, &t->failure);

    publish(t);
    if (clock_monotonic_ns() - t->statistics_at_ns > STATISTICS_MS * INT64_C(1000000))
        take_statistics(t);
    t->batch_bytes = t->written - before;
    if (t->batch_bytes)
        uv_async_send(t->ready);
    return r;
}

/* wait_for_nic() - until it is back or nobody wants it any more. */
static int wait_for_nic(struct tap *t)
{
    int r = 0;

    atomic_fetch_add(&t->times_away, 1);
    cutter_forget(t->cutter);
    set_state(t, TAP_AWAY);
    while (r == 0 && !is_asked_to_end(t)) {
        uv_sleep(AWAY_STEP_MS);
        r = device_reopen(t->device, &t->failure);
    }
    if (r > 0)
        set_state(t, TAP_RUNNING);
    return r < 0 ? r : 0;
}

static void linger(struct tap *t)
{
    for (int ms = 0; ms < LINGER_MS; ms += LINGER_STEP_MS) {
        if (read_batch(t, false) != DEVICE_OK)
            return;
        uv_sleep(LINGER_STEP_MS);
    }
}

static void run(void *context)
{
    struct tap *t = context;
    int r = 0;

    while (r >= 0 && !is_asked_to_end(t)) {
        r = read_batch(t, true);
        if (r == DEVICE_GONE)
            r = wait_for_nic(t);
    }
    if (r >= 0 && atomic_load(&t->state) == TAP_RUNNING)
        linger(t);
    take_statistics(t);
    set_state(t, r < 0 ? TAP_FAILED : TAP_ENDED);
}

/* ---- the consumer, in the loop's thread ---- */

int tap_start(struct tap *t, uv_async_t *ready, struct error *err)
{
    int r;

    t->ready = ready;
    r = uv_thread_create(&t->thread, run, t);
    if (r < 0)
        return error_set(err, ERR_SYSTEM, "a thread can't be started: %s", uv_strerror(r));
    t->has_thread = true;
    return 0;
}

void tap_stop(struct tap *t)
{
    atomic_store_explicit(&t->is_asked_to_end, true, memory_order_release);
    device_wake(t->device);
}

/* take() - the record at @at. Returns the bytes it takes in the ring; a skip has no bytes. */
static uint64_t take(const struct tap *t, uint64_t at, struct tap_packet *packet)
{
    const uint8_t *p = t->ring + (at & (TAP_RING_BYTES - 1));
    uint64_t left = TAP_RING_BYTES - (at & (TAP_RING_BYTES - 1));
    struct record record = { .kind = RECORD_SKIP };

    if (left >= sizeof(record))
        memcpy(&record, p, sizeof(record));
    packet->bytes = record.kind == RECORD_SKIP ? NULL : p + sizeof(record);
    packet->time_ns = record.time_ns;
    packet->wire_bytes = record.wire_bytes;
    packet->captured_bytes = record.captured_bytes;
    packet->is_migration = record.kind == RECORD_MIGRATION;
    return packet->bytes ? record_bytes(record.captured_bytes) : left;
}

size_t tap_drain(struct tap *t, tap_consumer *consumer, void *context, size_t max)
{
    uint64_t tail = atomic_load_explicit(&t->tail, memory_order_relaxed);
    uint64_t head = atomic_load_explicit(&t->head, memory_order_acquire);
    uint64_t freed = tail;
    size_t n = 0;

    while (tail != head && n < max) {
        struct tap_packet packet;

        tail += take(t, tail, &packet);
        if (packet.bytes) {
            consumer(context, &packet);
            n++;
        }
        if (tail - freed >= PUBLISH_BYTES) {
            atomic_store_explicit(&t->tail, tail, memory_order_release);
            freed = tail;
        }
    }
    atomic_store_explicit(&t->tail, tail, memory_order_release);
    return n;
}

enum tap_state tap_state(const struct tap *t)
{
    return (enum tap_state)atomic_load_explicit(&t->state, memory_order_acquire);
}

const char *tap_failure(const struct tap *t)
{
    return t->failure.text;
}

unsigned tap_times_away(const struct tap *t)
{
    return atomic_load(&t->times_away);
}

void tap_statistics(const struct tap *t, struct tap_statistics *ret_statistics)
{
    ret_statistics->packets = atomic_load_explicit(&t->packets, memory_order_relaxed);
    ret_statistics->wire_bytes = atomic_load_explicit(&t->wire_bytes, memory_order_relaxed);
    ret_statistics->ring_dropped_packets =
        atomic_load_explicit(&t->ring_dropped, memory_order_relaxed);
    ret_statistics->device.received_packets =
        atomic_load_explicit(&t->received, memory_order_relaxed);
    ret_statistics->device.kernel_dropped_packets =
        atomic_load_explicit(&t->kernel_dropped, memory_order_relaxed);
    ret_statistics->device.interface_dropped_packets =
        atomic_load_explicit(&t->interface_dropped, memory_order_relaxed);
}

uint16_t tap_link_type(const struct tap *t)
{
    return t->link_type;
}

const char *tap_filter(const struct tap *t)
{
    return device_filter(t->device);
}
