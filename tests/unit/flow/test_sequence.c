#include "analyzers/flow/sequence.h"

#include <criterion/criterion.h>

static struct hole_pool pool;
static struct half h, peer;

static void begin(void)
{
    hole_pool_init(&pool);
    h = peer = (struct half){ .holes = NO_HOLES };
}

static void end(void)
{
    hole_pool_release(&pool);
}

static uint64_t data(uint32_t seq, uint32_t n_bytes)
{
    h.payload_bytes += n_bytes;
    return sequence_add_data(&h, &pool, seq, n_bytes);
}

static void expect_counts(uint64_t stream, uint64_t missing, uint64_t retransmitted)
{
    cr_expect_eq(half_stream_bytes(&h, &peer), stream, "stream %llu",
                 (unsigned long long)half_stream_bytes(&h, &peer));
    cr_expect_eq(half_missing_bytes(&h, &peer), missing, "missing %llu",
                 (unsigned long long)half_missing_bytes(&h, &peer));
    cr_expect_eq(h.retransmitted_bytes, retransmitted, "retransmitted %llu",
                 (unsigned long long)h.retransmitted_bytes);
}

Test(sequence, a_stream_begins_behind_its_syn, .init = begin, .fini = end)
{
    cr_assert_eq(sequence_fit_syn(&h, 999), SEQUENCE_FITS);
    sequence_add_syn(&h, &pool, 999);
    expect_counts(0, 0, 0);
    cr_expect_eq(data(1000, 100), 100);
    expect_counts(100, 0, 0);
    cr_expect_eq(data(1200, 100), 200); /* a hole of 100 */
    expect_counts(300, 100, 0);
    cr_expect_eq(data(1100, 100), 0);
    expect_counts(300, 0, 0);
}

Test(sequence, the_first_bytes_of_a_stream_may_be_lost, .init = begin, .fini = end)
{
    sequence_add_syn(&h, &pool, 999);
    data(1500, 100);
    expect_counts(600, 500, 0);
    data(1000, 500);
    expect_counts(600, 0, 0);
}

Test(sequence, without_a_syn_the_lowest_byte_seen_is_the_start, .init = begin, .fini = end)
{
    data(1000, 100);
    cr_expect_eq(data(900, 100), 100); /* it grew, though at the other end */
    expect_counts(200, 0, 0);
    data(500, 100); /* 600 to 900 are missing */
    expect_counts(600, 300, 0);
    data(550, 400); /* 50 again, 300 new, 50 again */
    expect_counts(600, 0, 100);
}

Test(sequence, one_segment_may_reach_from_below_the_start_to_beyond_the_end, .init = begin,
     .fini = end)
{
    data(1000, 100);
    data(900, 300);
    expect_counts(300, 0, 100);
}

Test(sequence, nothing_is_below_a_syn, .init = begin, .fini = end)
{
    sequence_add_syn(&h, &pool, 999);
    data(1000, 100);
    data(999, 1); /* a keep-alive, or data of an older life */
    expect_counts(100, 0, 1);
}

Test(sequence, a_late_syn_opens_a_gap_at_the_start, .init = begin, .fini = end)
{
    data(1500, 100);
    cr_assert_eq(sequence_fit_syn(&h, 999), SEQUENCE_FITS);
    sequence_add_syn(&h, &pool, 999);
    expect_counts(600, 500, 0);
    data(1200, 300);
    data(1000, 200);
    expect_counts(600, 0, 0);
}

Test(sequence, a_late_syn_right_before_the_data_changes_nothing, .init = begin, .fini = end)
{
    data(1000, 100);
    cr_assert_eq(sequence_fit_syn(&h, 999), SEQUENCE_FITS);
    sequence_add_syn(&h, &pool, 999);
    expect_counts(100, 0, 0);
}

Test(sequence, a_syn_again_is_the_same_and_another_is_not, .init = begin, .fini = end)
{
    sequence_add_syn(&h, &pool, 999);
    data(1000, 100);
    cr_expect_eq(sequence_fit_syn(&h, 999), SEQUENCE_FITS);
    cr_expect_eq(sequence_fit_syn(&h, 998), SEQUENCE_BEGINS);
    cr_expect_eq(sequence_fit_syn(&h, 1100), SEQUENCE_BEGINS);
}

Test(sequence, a_syn_behind_data_of_unknown_start_begins_another_stream, .init = begin, .fini = end)
{
    data(1000, 100);
    cr_expect_eq(sequence_fit_syn(&h, 1000), SEQUENCE_BEGINS);
    cr_expect_eq(sequence_fit_syn(&h, 5000), SEQUENCE_BEGINS);
    cr_expect_eq(sequence_fit_syn(&h, 1000u - 3u * 1024 * 1024), SEQUENCE_BEGINS);
}

Test(sequence, a_syn_behind_the_wrap_still_fits, .init = begin, .fini = end)
{
    data(10, 100);
    cr_assert_eq(sequence_fit_syn(&h, (uint32_t)-11), SEQUENCE_FITS);
    sequence_add_syn(&h, &pool, (uint32_t)-11);
    expect_counts(120, 20, 0);
}

Test(sequence, acknowledgements_alone_are_a_stream, .init = begin, .fini = end)
{
    sequence_add_ack(&h, 5000);
    expect_counts(0, 0, 0);
    sequence_add_ack(&h, 9000);
    sequence_add_ack(&h, 9000);
    sequence_add_ack(&h, 7000); /* an old one, late */
    expect_counts(4000, 4000, 0);
}

/* A capture of one direction loses packets: of acknowledgements nothing else tells how far. */
Test(sequence, acknowledgements_alone_may_jump_far, .init = begin, .fini = end)
{
    sequence_add_ack(&h, 0);
    sequence_add_ack(&h, 1600u * 1024 * 1024);
    sequence_add_ack(&h, 3200u * 1024 * 1024);
    sequence_add_ack(&h, (uint32_t)(4800ull * 1024 * 1024));
    expect_counts(4800ull * 1024 * 1024, 4800ull * 1024 * 1024, 0);
}

Test(sequence, acknowledgements_behind_a_syn_are_a_stream, .init = begin, .fini = end)
{
    sequence_add_syn(&h, &pool, 999);
    sequence_add_ack(&h, 1000);
    expect_counts(0, 0, 0);
    sequence_add_ack(&h, 3000);
    expect_counts(2000, 2000, 0);
}

Test(sequence, an_acknowledgement_proves_what_was_lost_at_the_end, .init = begin, .fini = end)
{
    data(1000, 100);
    cr_expect_eq(sequence_add_ack(&h, 1500), 400);
    expect_counts(500, 400, 0);
    cr_expect_eq(data(1100, 400), 0); /* seen after all, nothing moves */
    expect_counts(500, 0, 0);
    cr_expect_eq(data(1500, 10), 10);
    expect_counts(510, 0, 0);
}

Test(sequence, data_behind_what_was_acknowledged_moves_by_what_is_new, .init = begin, .fini = end)
{
    sequence_add_syn(&h, &pool, 999);
    data(1000, 100);
    sequence_add_ack(&h, 2000);
    data(2100, 100);
    expect_counts(1200, 1000, 0);
    data(1100, 1000);
    expect_counts(1200, 0, 0);
}

Test(sequence, data_before_what_was_acknowledged_grows_by_all_of_it, .init = begin, .fini = end)
{
    sequence_add_ack(&h, 5000);
    cr_expect_eq(data(1000, 100), 4000);
    expect_counts(4000, 3900, 0);
}

Test(sequence, what_was_acknowledged_before_the_first_byte_seen_is_of_the_past, .init = begin,
     .fini = end)
{
    sequence_add_ack(&h, 5000);
    sequence_add_ack(&h, 6000);
    data(6000, 100);
    sequence_add_ack(&h, 6100);
    expect_counts(100, 0, 0);
}

Test(sequence, an_acknowledgement_from_below_the_start_says_nothing, .init = begin, .fini = end)
{
    sequence_add_syn(&h, &pool, 999);
    sequence_add_ack(&h, 500);
    data(1000, 100);
    sequence_add_ack(&h, 900);
    expect_counts(100, 0, 0);
}

Test(sequence, no_acknowledgement_reaches_beyond_the_largest_window, .init = begin, .fini = end)
{
    sequence_add_syn(&h, &pool, 999);
    data(1000, 100);
    cr_expect_eq(sequence_add_ack(&h, 1100u + (1u << 30) + 1), 0);
    expect_counts(100, 0, 0);
    data(1100, 100);
    sequence_add_ack(&h, 1200);
    expect_counts(200, 0, 0);
}

Test(sequence, a_fin_proves_what_was_lost_before_it_and_takes_no_byte, .init = begin, .fini = end)
{
    sequence_add_syn(&h, &pool, 999);
    data(1000, 100);
    sequence_add_fin(&h, &pool, 1300);
    sequence_add_ack(&h, 1301);
    expect_counts(300, 200, 0);
    data(1100, 200);
    sequence_add_fin(&h, &pool, 1300);
    expect_counts(300, 0, 0);
}

Test(sequence, a_fin_behind_acknowledgements_alone, .init = begin, .fini = end)
{
    sequence_add_ack(&h, 1000);
    sequence_add_ack(&h, 1500);
    sequence_add_fin(&h, &pool, 2000);
    sequence_add_ack(&h, 2001);
    expect_counts(1000, 1000, 0);
}

Test(sequence, a_fin_is_all_that_was_seen, .init = begin, .fini = end)
{
    sequence_add_fin(&h, &pool, 2000);
    sequence_add_ack(&h, 2001);
    expect_counts(0, 0, 0);
}

Test(sequence, the_fin_s_acknowledgement_may_come_first, .init = begin, .fini = end)
{
    sequence_add_ack(&h, 2001);
    sequence_add_fin(&h, &pool, 2000);
    expect_counts(0, 0, 0);
}

Test(sequence, a_stream_passes_4_gib_several_times, .init = begin, .fini = end)
{
    enum { STEP = 1 << 20 };
    const uint64_t n_bytes = UINT64_C(13) << 30;
    uint32_t seq = 0xfffff000;

    sequence_add_syn(&h, &pool, seq - 1);
    for (uint64_t at = 0; at < n_bytes; at += STEP, seq += STEP) {
        data(seq, STEP);
        if (at % (64 * STEP) == 0) {
            data(seq, STEP);
            sequence_add_ack(&h, seq + STEP);
        }
    }
    expect_counts(n_bytes, 0, n_bytes / 64);
}

Test(sequence, acknowledgements_alone_pass_4_gib_several_times, .init = begin, .fini = end)
{
    const uint64_t n_bytes = UINT64_C(13) << 30;

    for (uint64_t at = 0; at <= n_bytes; at += 1 << 26)
        sequence_add_ack(&h, (uint32_t)at + 77);
    expect_counts(n_bytes, n_bytes, 0);
}

Test(sequence, holes_stay_open_over_the_wrap, .init = begin, .fini = end)
{
    sequence_add_syn(&h, &pool, 0xffffff00u - 1);
    data(0xffffff00u, 0x80);
    data(0x100, 0x100); /* 0xffffff80 to 0x100 is open */
    expect_counts(0x300, 0x180, 0);
    data(0xfffffff0u, 0x20);
    expect_counts(0x300, 0x160, 0);
    data(0xffffff80u, 0x180);
    expect_counts(0x300, 0, 0x20);
}

Test(sequence, more_holes_than_are_kept_stay_missing, .init = begin, .fini = end)
{
    enum { N = MAX_HOLES + 100 };

    sequence_add_syn(&h, &pool, (uint32_t)-1);
    for (uint32_t i = 0; i < N; i++)
        data(i * 20 + 10, 10);
    expect_counts(N * 20, N * 10, 0);
    for (uint32_t i = 0; i < N; i++)
        data(i * 20, 10);
    expect_counts(N * 20, 100 * 10, 100 * 10);
}

/* Against a map with one entry a byte: any order, any overlap, with and without a SYN. */
static uint64_t xorshift(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

enum { MAP_BYTES = 3000 };

static void play_randomly(uint64_t *random, bool has_syn, uint32_t origin)
{
    static bool seen[MAP_BYTES];
    uint32_t low = MAP_BYTES, high = 0, n_seen = 0;
    uint64_t payload = 0;
    bool syn_came = !has_syn;
    int n_segments = 2 + (int)(xorshift(random) % 40);
    int syn_at = (int)(xorshift(random) % 3);

    memset(seen, 0, sizeof(seen));
    for (int i = 0; i < n_segments; i++) {
        uint32_t from = (uint32_t)(xorshift(random) % (MAP_BYTES - 400));
        uint32_t n_bytes = 1 + (uint32_t)(xorshift(random) % 400);

        if (i == syn_at && !syn_came) {
            cr_assert_eq(sequence_fit_syn(&h, origin - 1), SEQUENCE_FITS);
            sequence_add_syn(&h, &pool, origin - 1);
            syn_came = true;
        }
        data(origin + from, n_bytes);
        payload += n_bytes;
        for (uint32_t b = from; b < from + n_bytes; b++) {
            n_seen += !seen[b];
            seen[b] = true;
        }
        low = from < low ? from : low;
        high = from + n_bytes > high ? from + n_bytes : high;
        if (xorshift(random) % 4 == 0) {
            uint32_t ack = low + (uint32_t)(xorshift(random) % (MAP_BYTES - low));

            sequence_add_ack(&h, origin + ack);
            high = ack > high ? ack : high;
        }
    }
    if (has_syn && syn_came && h.flags & HALF_HAS_SYN)
        low = 0;
    expect_counts(high - low, high - low - n_seen, payload - n_seen);
}

Test(sequence, agrees_with_a_map_of_bytes, .init = begin, .fini = end)
{
    uint64_t random = 88172645463325252u;

    for (int round = 0; round < 3000; round++) {
        begin();
        play_randomly(&random, round % 2, round % 3 ? 77u : 0u - 1500u);
        if (h.holes != NO_HOLES)
            holes_fill(&pool, &h.holes, 0, UINT64_MAX);
        end();
    }
    begin();
}
