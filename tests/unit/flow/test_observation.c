#include "analyzers/flow/observation.h"

#include <criterion/criterion.h>

static const struct half silent = { .holes = NO_HOLES };

Test(observation, the_stream_is_what_was_seen)
{
    struct half h = { .start = 1000, .next = 5000, .payload_bytes = 4000, .flags = HALF_HAS_DATA };

    cr_expect_eq(half_stream_bytes(&h, &silent), 4000);
    cr_expect_eq(half_missing_bytes(&h, &silent), 0);
}

Test(observation, the_stream_is_what_was_acknowledged_as_well)
{
    struct half h = { .start = 1000,
                      .next = 5000,
                      .acked = 7000,
                      .payload_bytes = 4000,
                      .flags = HALF_HAS_DATA | HALF_HAS_ACK };

    cr_expect_eq(half_stream_bytes(&h, &silent), 6000);
    cr_expect_eq(half_missing_bytes(&h, &silent), 2000);
}

Test(observation, retransmissions_fill_no_gap)
{
    struct half h = { .start = 1000,
                      .next = 5000,
                      .payload_bytes = 4500,
                      .retransmitted_bytes = 1500,
                      .flags = HALF_HAS_DATA };

    cr_expect_eq(half_missing_bytes(&h, &silent), 1000);
}

Test(observation, the_acknowledged_fin_is_no_byte)
{
    struct half h = { .start = 1000,
                      .next = 5000,
                      .acked = 5001,
                      .payload_bytes = 4000,
                      .flags = HALF_HAS_DATA | HALF_HAS_ACK | HALF_HAS_FIN };
    struct half peer = { .flags = HALF_HAS_FIN };

    cr_expect_eq(half_stream_bytes(&h, &silent), 4000);
    h.flags &= (uint8_t)~HALF_HAS_FIN;
    cr_expect_eq(half_stream_bytes(&h, &peer), 4000); /* it was sent, as the peer closed, too */
    cr_expect_eq(half_stream_bytes(&h, &silent), 4001);
}

Test(observation, a_record_is_small)
{
    cr_expect(sizeof(struct observation) <= 256 - 3 * 8); /* with slots, a million in 256 MiB */
}

static struct observation between(uint16_t first, uint16_t second)
{
    return (struct observation){ .port = { first, second } };
}

Test(observation, the_client_is_who_sent_the_syn)
{
    struct observation o = between(50000, 6600);

    o.half[1].flags = HALF_IS_CLIENT;
    cr_expect_eq(observation_client(&o), 1);
}

Test(observation, else_the_client_is_who_has_the_ephemeral_port)
{
    struct observation o = between(50000, 6600);

    cr_expect_eq(observation_client(&o), 0);
    o = between(6600, 50000);
    o.flags = 0;
    cr_expect_eq(observation_client(&o), 1);
    o = between(445, 2000); /* an old system's */
    cr_expect_eq(observation_client(&o), 1);
}

Test(observation, else_the_client_is_who_spoke_first)
{
    struct observation o = between(50000, 50001);

    cr_expect_eq(observation_client(&o), 0);
    o.flags = OBSERVATION_SECOND_SPOKE_FIRST;
    cr_expect_eq(observation_client(&o), 1);
}
