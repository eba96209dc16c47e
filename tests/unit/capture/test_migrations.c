#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "capture/migrations.h"
#include "src/net/packet.h"

uint16_t tap_link_type(const struct tap *t)
{
    (void)t;
    return LINK_ETHERNET;
}

static struct nic nics[2] = { { .name = "stor1" }, { .name = "mgmt0" } };
static struct source rows[2] = { { .nic = &nics[0], .network = "Storage1" },
                                 { .nic = &nics[1], .network = "" } };
static const struct sources sources = { .rows = rows, .n_rows = 2 };

static struct migrations *make(void)
{
    struct migrations *m = NULL;

    cr_assert_eq(migrations_new(&m, &sources, 6600, NULL), 0);
    return m;
}

static void put16(uint8_t *p, unsigned n)
{
    p[0] = (uint8_t)(n >> 8);
    p[1] = (uint8_t)n;
}

/* see() - a segment between 10.20.0.1:@port and 10.20.0.2:6600. */
static bool see(struct migrations *m, size_t source, bool is_from_server, unsigned port,
                unsigned flags, unsigned n_payload, int64_t now_ms)
{
    uint8_t frame[54] = { 0 };
    struct tap_packet packet = { now_ms * 1000000, 54 + n_payload, sizeof(frame), frame, true };

    put16(frame + 12, 0x0800);
    frame[14] = 0x45;
    put16(frame + 16, 40 + n_payload);
    frame[23] = IP_TCP;
    memcpy(frame + 26,
           is_from_server ? "\x0a\x14\x00\x02\x0a\x14\x00\x01" : "\x0a\x14\x00\x01\x0a\x14\x00\x02",
           8);
    put16(frame + 34, is_from_server ? 6600 : port);
    put16(frame + 36, is_from_server ? port : 6600);
    frame[46] = 5 << 4;
    frame[47] = (uint8_t)flags;
    return migrations_see(m, source, &packet, now_ms);
}

Test(migrations, begin_when_a_connection_is_accepted)
{
    AUTO(migrations) m = make();

    cr_expect(!see(m, 0, false, 1000, TCP_SYN, 0, 1));
    cr_expect(!see(m, 0, true, 1000, TCP_RST | TCP_ACK, 0, 2));
    cr_expect(see(m, 0, true, 1000, TCP_SYN | TCP_ACK, 0, 3));
    cr_expect(see(m, 0, false, 1000, TCP_ACK, 0, 4));
}

Test(migrations, begin_with_data_of_one_that_was_there_before)
{
    AUTO(migrations) m = make();

    cr_expect(!see(m, 0, true, 1000, TCP_ACK, 0, 1));
    cr_expect(see(m, 0, false, 1000, TCP_ACK, 1, 2));
}

Test(migrations, are_over_when_all_connections_ended_and_it_is_quiet)
{
    AUTO(migrations) m = make();
    int64_t end_ms = 1000 + MIGRATIONS_QUIET_MS;

    see(m, 0, false, 1000, TCP_ACK, 100, 1);
    see(m, 0, false, 1001, TCP_ACK, 100, 1);
    see(m, 0, false, 1000, TCP_ACK | TCP_FIN, 0, 900);
    see(m, 0, true, 1000, TCP_ACK | TCP_FIN, 0, 950);
    see(m, 0, false, 1001, TCP_RST, 0, 1000);
    cr_expect(!migrations_are_over(m, end_ms - 1));
    cr_expect(migrations_are_over(m, end_ms));
}

Test(migrations, wait_longer_for_a_connection_that_is_open)
{
    AUTO(migrations) m = make();

    see(m, 0, false, 1000, TCP_ACK, 100, 0);
    see(m, 0, false, 1000, TCP_FIN, 0, 0); /* the other half may go on */
    cr_expect(!migrations_are_over(m, MIGRATIONS_SILENT_MS - 1));
    cr_expect(migrations_are_over(m, MIGRATIONS_SILENT_MS));
}

Test(migrations, go_by_silence_alone_with_more_connections_than_they_follow)
{
    AUTO(migrations) m = make();

    for (unsigned i = 0; i <= MIGRATIONS_CONNECTIONS_MAX; i++)
        cr_expect(see(m, 0, false, 1000 + i, TCP_ACK, 1, 0));
    cr_expect(!migrations_are_over(m, MIGRATIONS_QUIET_MS - 1));
    cr_expect(migrations_are_over(m, MIGRATIONS_QUIET_MS));
}

Test(migrations, are_told_in_a_line)
{
    AUTO(migrations) m = make();
    char *text;

    cr_expect(!migrations_text(m));
    see(m, 1, false, 1000, TCP_ACK, 512, 0);
    see(m, 0, false, 1000, TCP_ACK, 400, 2000);
    see(m, 0, false, 1000, TCP_ACK, 600, 3000);
    text = migrations_text(m);
    cr_expect_str_eq(text, "migration from 10.20.0.1 to 10.20.0.2 in 3.00 s: 1000 bytes over stor1 "
                           "(Storage1), 512 bytes over mgmt0");
    free(text);
}

Test(migrations, are_forgotten_on_demand)
{
    AUTO(migrations) m = make();

    see(m, 0, false, 1000, TCP_ACK, 100, 1);
    migrations_forget(m);
    cr_expect(!migrations_text(m));
    cr_expect(!see(m, 0, true, 1000, TCP_ACK | TCP_FIN, 0, 2));
}
