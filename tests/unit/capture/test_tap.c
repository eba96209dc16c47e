/* The tap with a device of the test's own in place of a NIC. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "capture/tap.h"
#include "src/net/packet.h"

enum { FRAME_BYTES = 66, MANY = 200000, BATCH = 500 };

/* ---- the device ---- */

struct device {
    unsigned n_total; /* packets to give */
    unsigned n_given;
    unsigned gone_at; /* before this packet the NIC goes away; 0: never */
    unsigned n_away;  /* times that it is still away when asked */
    unsigned failing_at;
};

static uint8_t frame[2 * FRAME_BYTES]; /* a segment to 6600, and as much data */

static void put16(uint8_t *p, unsigned n)
{
    p[0] = (uint8_t)(n >> 8);
    p[1] = (uint8_t)n;
}

static void make_frame(unsigned port)
{
    memset(frame, 0, sizeof(frame));
    put16(frame + 12, 0x0800);
    frame[14] = 0x45;
    put16(frame + 16, 52 + FRAME_BYTES);
    frame[23] = IP_TCP;
    put16(frame + 34, 1234);
    put16(frame + 36, port);
    frame[46] = 8 << 4; /* 32 bytes of TCP header */
    frame[47] = TCP_ACK;
    memset(frame + FRAME_BYTES, 'M', FRAME_BYTES);
}

uint16_t device_link_type(const struct device *d)
{
    (void)d;
    return LINK_ETHERNET;
}

const char *device_filter(const struct device *d)
{
    (void)d;
    return "";
}

int device_read(struct device *d, bool wait, device_packet *packet, void *context,
                struct error *err)
{
    (void)wait;
    for (unsigned i = 0; i < BATCH && d->n_given < d->n_total; i++) {
        if (d->gone_at && d->n_given == d->gone_at)
            return DEVICE_GONE;
        if (d->failing_at && d->n_given == d->failing_at)
            return error_set(err, ERR_SYSTEM, "broken");
        packet(context, ++d->n_given, frame, sizeof(frame), 1000);
    }
    return DEVICE_OK;
}

void device_wake(struct device *d)
{
    (void)d;
}

int device_reopen(struct device *d, struct error *err)
{
    (void)err;
    if (d->n_away--)
        return 0;
    d->gone_at = 0;
    return 1;
}

void device_statistics(struct device *d, struct device_statistics *ret_statistics)
{
    *ret_statistics = (struct device_statistics){ d->n_given, 3, DEVICE_UNKNOWN };
}

struct device *device_free(struct device *d)
{
    free(d);
    return NULL;
}

/* ---- the loop's side ---- */

struct seen {
    struct tap *tap;
    uint64_t n, n_migration;
    int64_t last_ns;
    bool is_disordered, is_damaged;
    uv_timer_t timer;
    bool is_slow; /* drains nothing before the end */
};

static void see(void *context, const struct tap_packet *packet)
{
    struct seen *seen = context;

    seen->is_disordered |= packet->time_ns <= seen->last_ns;
    seen->last_ns = packet->time_ns;
    seen->is_damaged |= packet->captured_bytes != FRAME_BYTES || packet->wire_bytes != 1000 ||
                        memcmp(packet->bytes, frame, FRAME_BYTES) != 0;
    seen->n_migration += packet->is_migration;
    seen->n++;
}

static void on_ready(uv_async_t *ready)
{
    struct seen *seen = ready->data;
    enum tap_state state = tap_state(seen->tap);
    struct tap_statistics statistics;

    tap_statistics(seen->tap, &statistics);
    if (!seen->is_slow || state >= TAP_FAILED)
        while (tap_drain(seen->tap, see, seen, 1000) == 1000)
            ;
    if (state >= TAP_FAILED) {
        uv_close((uv_handle_t *)ready, NULL);
        uv_close((uv_handle_t *)&seen->timer, NULL);
    } else if (statistics.packets + statistics.ring_dropped_packets == MANY) {
        tap_stop(seen->tap);
    }
}

/* When the last packets found no room nobody is woken. */
static void on_timer(uv_timer_t *timer)
{
    uv_async_send(timer->data);
}

/* watch() - until the tap has ended; it is left for the caller to free. */
static struct tap *watch(struct device model, struct seen *seen)
{
    const struct tap_options options = { 4096, 6600 };
    struct device *device = malloc(sizeof(*device));
    struct cutter *cutter;
    uv_async_t ready;
    uv_loop_t loop;

    *device = model;
    cr_assert_eq(cutter_new(&cutter, 445, NULL), 0);
    cr_assert_eq(tap_new(&seen->tap, device, cutter, &options, NULL), 0);
    uv_loop_init(&loop);
    uv_async_init(&loop, &ready, on_ready);
    ready.data = seen;
    uv_timer_init(&loop, &seen->timer);
    seen->timer.data = &ready;
    uv_timer_start(&seen->timer, on_timer, 5, 5);
    cr_assert_eq(tap_start(seen->tap, &ready, NULL), 0);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    return seen->tap;
}

Test(tap, hands_over_each_packet_once_and_in_order)
{
    struct seen seen = { 0 };
    struct tap_statistics statistics;
    struct tap *tap;

    make_frame(6600);
    tap = watch((struct device){ .n_total = MANY }, &seen);
    tap_statistics(tap, &statistics);
    cr_expect_eq(statistics.packets + statistics.ring_dropped_packets, MANY);
    cr_expect_eq(seen.n, statistics.packets);
    cr_expect_eq(seen.n_migration, seen.n);
    cr_expect_eq(statistics.wire_bytes, 1000 * statistics.packets);
    cr_expect_eq(statistics.device.kernel_dropped_packets, 3);
    cr_expect_eq(statistics.device.interface_dropped_packets, DEVICE_UNKNOWN);
    cr_expect(!seen.is_disordered);
    cr_expect(!seen.is_damaged);
    tap_free(tap);
}

Test(tap, tells_migrations_from_others)
{
    struct seen seen = { 0 };
    struct tap *tap;

    make_frame(6601);
    tap = watch((struct device){ .n_total = MANY }, &seen);
    cr_expect_gt(seen.n, 0);
    cr_expect_eq(seen.n_migration, 0);
    tap_free(tap);
}

Test(tap, counts_what_the_ring_does_not_take)
{
    struct seen seen = { .is_slow = true };
    struct tap_statistics statistics;
    struct tap *tap;

    make_frame(6600);
    tap = watch((struct device){ .n_total = MANY }, &seen);
    tap_statistics(tap, &statistics);
    cr_expect_eq(seen.n, statistics.packets);
    cr_expect_leq(seen.n * (16 + FRAME_BYTES), TAP_RING_BYTES);
    cr_expect(!seen.is_disordered);
    tap_free(tap);
}

Test(tap, waits_for_a_nic_that_went_away)
{
    struct seen seen = { 0 };
    struct tap *tap;

    make_frame(6600);
    tap = watch((struct device){ .n_total = MANY, .gone_at = 1000, .n_away = 1 }, &seen);
    cr_expect_eq(tap_times_away(tap), 1);
    cr_expect_eq(tap_state(tap), TAP_ENDED);
    cr_expect_gt(seen.n, 1000);
    tap_free(tap);
}

Test(tap, says_why_it_failed)
{
    struct seen seen = { 0 };
    struct tap *tap;

    make_frame(6600);
    tap = watch((struct device){ .n_total = MANY, .failing_at = 1000 }, &seen);
    cr_expect_eq(tap_state(tap), TAP_FAILED);
    cr_expect_str_eq(tap_failure(tap), "broken");
    cr_expect_eq(seen.n, 1000);
    tap_free(tap);
}
