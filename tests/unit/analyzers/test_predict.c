#include "analyzers/predict.h"

#include <criterion/criterion.h>
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

static struct capture_record record(void)
{
    return (struct capture_record){ .bytes = frame.bytes,
                                    .captured_bytes = frame.n_bytes,
                                    .wire_bytes = frame.n_bytes };
}

static bool predict(uint16_t vantage, struct flow_packet *ret)
{
    struct capture_record r = record();

    return predict_packet(&predictor, vantage, &r, ret);
}

/* What the replay does with a frame that nobody expected. */
static void learn(uint16_t vantage, uint32_t number, enum flow_outcome outcome)
{
    struct capture_record r = record();
    struct flow_packet f = { .vantage = vantage,
                             .outcome = (uint8_t)outcome,
                             .hint = { .number = number, .generation = 1, .sender = 1 } };

    packet_decode(&f.packet, LINK_ETHERNET, r.bytes, r.captured_bytes, r.wire_bytes);
    predict_learn(&predictor, &r, &f);
}

Test(predict, knows_nothing_at_first, .init = begin)
{
    struct flow_packet f;

    cr_expect(!predict(0, &f));
}

Test(predict, expects_what_came_twice, .init = begin)
{
    struct flow_packet f;
    struct packet decoded;

    learn(3, 77, FLOW_COUNTED);
    cr_expect(!predict(3, &f)); /* once is not enough: many connections are one packet long */
    learn(3, 77, FLOW_COUNTED);
    frame.bytes[14 + 20 + 7] = 0x99; /* a later sequence number */
    cr_assert(predict(3, &f));
    packet_decode(&decoded, LINK_ETHERNET, frame.bytes, frame.n_bytes, frame.n_bytes);
    cr_expect_eq(memcmp(&f.packet, &decoded, sizeof(decoded)), 0);
    cr_expect_eq(f.hint.number, 77);
    cr_expect_eq(f.hint.generation, 1);
    cr_expect_eq(f.hint.sender, 1);
}

Test(predict, expects_it_at_its_vantage_point_alone, .init = begin)
{
    struct flow_packet f;

    learn(3, 77, FLOW_COUNTED);
    learn(3, 77, FLOW_COUNTED);
    cr_expect(!predict(4, &f));
}

Test(predict, learns_nothing_from_what_was_not_counted, .init = begin)
{
    struct flow_packet f;

    for (int i = 0; i < 3; i++)
        learn(3, 77, i < 2 ? FLOW_DUPLICATE : FLOW_UNTRACKED);
    cr_expect(!predict(3, &f));
}

Test(predict, learns_nothing_from_what_is_no_tcp, .init = begin)
{
    struct flow_packet f;

    frame = frame_of(ETHERNET("08 00") IPV4("00 2c", "11") UDP("00 18") PADDING PADDING);
    for (int i = 0; i < 3; i++)
        learn(3, 77, FLOW_COUNTED);
    cr_expect(!predict(3, &f));
}

Test(predict, both_families_are_expected, .init = begin)
{
    struct flow_packet f;

    frame = frame_of(FRAME_V6);
    for (int i = 0; i < 3; i++)
        learn(3, 77, FLOW_COUNTED);
    cr_expect(predict(3, &f));
    cr_expect_eq(f.packet.seq, 0x11223344);
}

Test(predict, many_connections_in_turn_are_expected, .init = begin)
{
    enum { N = 8 };
    unsigned n_right = 0, n_wrong = 0;

    for (int round = 0; round < 50; round++) {
        for (uint32_t i = 0; i < N; i++) {
            struct flow_packet f;

            frame.bytes[14 + 20 + 1] = (uint8_t)(i * 13 + 1);
            if (!predict(0, &f)) {
                learn(0, i, FLOW_COUNTED);
                continue;
            }
            n_right += f.hint.number == i;
            n_wrong += f.hint.number != i;
        }
    }
    cr_expect_eq(n_wrong, 0);
    cr_expect(n_right > 40 * N);
}

/* In memory of just that size: a read behind it is found. */
Test(predict, a_frame_may_be_as_short_as_can_be, .init = begin)
{
    struct flow_packet f = { .outcome = FLOW_COUNTED };

    for (int i = 0; i < 2; i++)
        learn(0, 1, FLOW_COUNTED);
    for (uint32_t n = 0; n <= frame.n_bytes; n++) {
        uint8_t *bytes = malloc(n ? n : 1);
        struct capture_record r = { .bytes = bytes, .captured_bytes = n, .wire_bytes = n };

        memcpy(bytes, frame.bytes, n);
        cr_expect_eq(predict_packet(&predictor, 0, &r, &f), n >= 54, "%u", n);
        packet_decode(&f.packet, LINK_ETHERNET, bytes, n, n);
        predict_learn(&predictor, &r, &f);
        free(bytes);
    }
}
