#include <criterion/criterion.h>
#include <string.h>

#include "capture/history.h"

enum { SECOND = 1000000000 };

struct seen {
    uint64_t n_packets, n_samples;
    int64_t first_ns, last_ns;
    bool is_disordered, is_damaged;
};

static void see_time(struct seen *seen, int64_t time_ns)
{
    if (seen->n_packets + seen->n_samples == 0)
        seen->first_ns = time_ns;
    seen->is_disordered |= time_ns < seen->last_ns;
    seen->last_ns = time_ns;
}

static void see_packet(void *context, size_t source, const struct tap_packet *packet)
{
    struct seen *seen = context;

    see_time(seen, packet->time_ns);
    seen->n_packets++;
    for (uint32_t i = 0; i < packet->captured_bytes; i++)
        seen->is_damaged |= packet->bytes[i] != (uint8_t)packet->time_ns;
    seen->is_damaged |= source != (size_t)(packet->time_ns % 3);
}

static void see_sample(void *context, int64_t time_ns, int64_t monotonic_ns,
                       const uint64_t (*values)[N_COUNTERS])
{
    struct seen *seen = context;

    see_time(seen, time_ns);
    seen->n_samples++;
    seen->is_damaged |= monotonic_ns != time_ns + 1 || values[2][0] != (uint64_t)time_ns;
}

static struct seen replay(struct history *h)
{
    struct seen seen = { 0 };
    const struct history_reader reader = { see_packet, see_sample, &seen };

    history_replay(h, &reader);
    return seen;
}

static struct history *make(void)
{
    const struct history_options options = { 10 * (int64_t)SECOND, SECOND / 4, 3 };
    struct history *h = NULL;

    cr_assert_eq(history_new(&h, &options, NULL), 0);
    return h;
}

static void add_packet(struct history *h, int64_t time_ns, uint32_t n_bytes)
{
    uint8_t bytes[2000];
    struct tap_packet packet = { time_ns, n_bytes, n_bytes, bytes, true };

    memset(bytes, (uint8_t)time_ns, sizeof(bytes));
    history_add_packet(h, (size_t)(time_ns % 3), &packet);
}

static void add_sample(struct history *h, int64_t time_ns)
{
    uint64_t values[3][N_COUNTERS] = { 0 };

    values[2][0] = (uint64_t)time_ns;
    history_add_sample(h, time_ns, time_ns + 1, (const uint64_t(*)[N_COUNTERS])values);
}

Test(history, gives_back_what_came_in_its_order)
{
    AUTO(history) h = make();
    struct seen seen;

    for (int64_t i = 1; i <= 100; i++) {
        add_packet(h, 2 * i, 60 + (uint32_t)i);
        if (i % 10 == 0)
            add_sample(h, 2 * i + 1);
    }
    cr_expect_eq(history_start_ns(h, 1000), 2);
    cr_expect_eq(history_first_values(h)[2][0], 21);
    seen = replay(h);
    cr_expect_eq(seen.n_packets, 100);
    cr_expect_eq(seen.n_samples, 10);
    cr_expect(!seen.is_disordered);
    cr_expect(!seen.is_damaged);
}

Test(history, is_empty_after_a_replay)
{
    AUTO(history) h = make();

    add_packet(h, 5, 60);
    add_sample(h, 6);
    replay(h);
    cr_expect_eq(history_start_ns(h, 77), 77);
    cr_expect(!history_first_values(h));
    cr_expect_eq(replay(h).n_packets, 0);
    add_packet(h, 8, 60);
    cr_expect_eq(replay(h).n_packets, 1);
}

Test(history, forgets_what_is_too_old)
{
    AUTO(history) h = make();
    struct seen seen;

    for (int64_t i = 1; i <= 60; i++) {
        add_packet(h, i * SECOND, 60);
        add_sample(h, i * SECOND);
    }
    seen = replay(h);
    cr_expect_eq(seen.first_ns, 50 * (int64_t)SECOND);
    cr_expect_eq(seen.n_packets, 11);
    cr_expect_eq(seen.n_samples, 11);
}

Test(history, forgets_the_oldest_for_want_of_room)
{
    AUTO(history) h = make();
    struct seen seen;

    for (int64_t i = 1; i <= 100000; i++)
        add_packet(h, i, (uint32_t)(i * 7919 % 1900));
    seen = replay(h);
    cr_expect_gt(seen.n_packets, 3000);
    cr_expect_lt(seen.n_packets, 6000);
    cr_expect_eq(seen.last_ns, 100000);
    cr_expect_eq(seen.first_ns, 100000 - (int64_t)seen.n_packets + 1);
    cr_expect(!seen.is_disordered);
    cr_expect(!seen.is_damaged);
}

Test(history, keeps_no_more_samples_than_there_is_room_for)
{
    AUTO(history) h = make();

    for (int64_t i = 1; i <= 1000; i++)
        add_sample(h, i);
    cr_expect_eq(replay(h).n_samples, 41);
}
