#include "analyzers/flow/predict.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/net/frame.h"

#define PADDING "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 "
#define FRAME ETHERNET("08 00") IPV4_PACKET PADDING
#define FRAME_V6 ETHERNET("86 dd") IPV6_PACKET

static struct predictor predictor;
static struct frame frame;

static void begin(void)
{
    predict_init(&predictor);
    frame = frame_of(FRAME);
}

/* What is expected of the frame as it is now, or NULL. */
static const struct prediction *expected(uint16_t vantage)
{
    const struct prediction *guess = predict_find(&predictor, vantage, frame.bytes, frame.n_bytes);
    struct segment segment;

    return guess && packet_pattern_decode(&guess->pattern, &segment, frame.bytes, frame.n_bytes)
               ? guess
               : NULL;
}

/* What the replay does with a frame that nobody expected. */
static void learn(uint16_t vantage, uint32_t number, enum flow_outcome outcome)
{
    struct flow_packet f = { .vantage = vantage,
                             .outcome = (uint8_t)outcome,
                             .hint = { .number = number, .generation = 1, .sender = 1 } };

    packet_decode(&f.packet, LINK_ETHERNET, frame.bytes, frame.n_bytes, frame.n_bytes);
    predict_learn(&predictor, frame.bytes, frame.n_bytes, &f);
}

Test(predict, knows_nothing_at_first, .init = begin)
{
    cr_expect_null(expected(0));
}

Test(predict, expects_what_comes_again_and_again, .init = begin)
{
    const struct prediction *guess;

    for (int i = 0; i < PREDICT_ASKS; i++) {
        cr_expect_null(expected(3)); /* many connections are a few packets long */
        learn(3, 77, FLOW_COUNTED);
    }
    frame.bytes[14 + 20 + 7] = 0x99; /* a later sequence number */
    guess = expected(3);
    cr_assert_not_null(guess);
    cr_expect_eq(guess->hint.number, 77);
    cr_expect_eq(guess->hint.generation, 1);
    cr_expect_eq(guess->hint.sender, 1);
}

Test(predict, expects_it_at_its_vantage_point_alone, .init = begin)
{
    for (int i = 0; i < PREDICT_ASKS; i++)
        learn(3, 77, FLOW_COUNTED);
    cr_expect_not_null(expected(3));
    cr_expect_null(expected(4));
}

Test(predict, learns_nothing_from_what_was_not_counted, .init = begin)
{
    for (int i = 0; i < 2 * PREDICT_ASKS; i++)
        learn(3, 77, i % 2 ? FLOW_DUPLICATE : FLOW_UNTRACKED);
    cr_expect_null(expected(3));
}

Test(predict, learns_nothing_from_what_is_no_tcp, .init = begin)
{
    frame = frame_of(ETHERNET("08 00") IPV4("00 2c", "11") UDP("00 18") PADDING PADDING);
    for (int i = 0; i < PREDICT_ASKS; i++)
        learn(3, 77, FLOW_COUNTED);
    cr_expect_null(expected(3));
}

Test(predict, both_families_are_expected, .init = begin)
{
    frame = frame_of(FRAME_V6);
    for (int i = 0; i < PREDICT_ASKS; i++)
        learn(3, 77, FLOW_COUNTED);
    cr_expect_not_null(expected(3));
}

/* A receiver that misses something adds what it has to its acknowledgements (RFC 2018). */
Test(predict, headers_of_two_lengths_are_both_expected, .init = begin)
{
    frame = frame_of(ETHERNET("08 00") IPV4("00 40", "06") TCP("50", "10") PADDING PADDING);
    for (int i = 0; i < PREDICT_ASKS; i++) {
        frame.bytes[14 + 20 + 12] = 0x50;
        learn(3, 77, FLOW_COUNTED);
        frame.bytes[14 + 20 + 12] = 0x80;
        learn(3, 77, FLOW_COUNTED);
    }
    cr_expect_not_null(expected(3));
    frame.bytes[14 + 20 + 12] = 0x50;
    cr_expect_not_null(expected(3));
}

Test(predict, many_connections_in_turn_are_expected, .init = begin)
{
    enum { N = 8 };
    unsigned n_right = 0, n_wrong = 0;

    for (int round = 0; round < 50; round++) {
        for (uint32_t i = 0; i < N; i++) {
            const struct prediction *guess;

            frame.bytes[14 + 20 + 1] = (uint8_t)(i * 13 + 1);
            guess = expected(0);
            if (!guess) {
                learn(0, i, FLOW_COUNTED);
                continue;
            }
            n_right += guess->hint.number == i;
            n_wrong += guess->hint.number != i;
        }
    }
    cr_expect_eq(n_wrong, 0);
    cr_expect(n_right > 40 * N);
}

/* In memory of just that size: a read behind it is found. */
Test(predict, a_frame_may_be_as_short_as_can_be, .init = begin)
{
    struct flow_packet f = { .outcome = FLOW_COUNTED };

    for (int i = 0; i < PREDICT_ASKS; i++)
        learn(0, 1, FLOW_COUNTED);
    for (uint32_t n = 0; n <= frame.n_bytes; n++) {
        uint8_t *bytes = malloc(n ? n : 1);
        const struct prediction *guess;
        struct segment segment;

        memcpy(bytes, frame.bytes, n);
        guess = predict_find(&predictor, 0, bytes, n);
        cr_expect_eq(guess && packet_pattern_decode(&guess->pattern, &segment, bytes, n), n >= 54,
                     "%u", n);
        packet_decode(&f.packet, LINK_ETHERNET, bytes, n, n);
        predict_learn(&predictor, bytes, n, &f);
        free(bytes);
    }
}
