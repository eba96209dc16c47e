#include "analyzers/live/screen.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "src/base/text.h"
#include "tests/unit/live/lines.h"

#define S INT64_C(1000000000)

static struct result r;
static struct screen_before before;

/* A recording at HV01: one NIC, three samples a second apart, 125 MB sent in the last second. */
static void start(void)
{
    struct session *s;
    struct counters *c;

    lines_clear();
    before = (struct screen_before){ 0 };
    result_init(&r);
    r.n_networks = 1;
    r.networks = calloc(1, sizeof(*r.networks));
    r.networks[0].name = text_copy("Storage1");
    r.networks[0].is_intended = true;
    r.n_sessions = 1;
    r.sessions = calloc(1, sizeof(*r.sessions));
    r.sessions[0].folder = text_copy("before");
    s = &r.sessions[0].session;
    session_init(s);
    session_set_text(&s->host, "HV01", NULL);
    s->start_ns = 100 * S;
    session_add_nic(s, "stor1", NULL);
    session_set_text(&s->nics[0].network, "Storage1", NULL);
    s->nics[0].is_captured = true;
    c = &r.sessions[0].counters;
    c->n_moments = 3;
    c->n_nics = 1;
    c->moments = calloc(3, sizeof(*c->moments));
    c->rows = calloc(3, sizeof(*c->rows));
    for (int i = 0; i < 3; i++) {
        c->moments[i] = (struct counter_moment){ (100 + i) * S, (5000 + i) * S };
        counter_row_init(&c->rows[i], 0);
        c->rows[i].values[COUNTER_TX_BYTES] = i == 2 ? 125000500 : 500;
        c->rows[i].values[COUNTER_CAPTURE_RECEIVED] = 1234;
        c->rows[i].values[COUNTER_DROPPED_RING] = 7;
    }
}

static void draw(void)
{
    lines_clear();
    cr_assert_eq(screen_write(&r, &before, lines_put, NULL, NULL), 0);
}

Test(screen, tells_what_is_recorded_and_how_long, .init = start)
{
    draw();
    cr_assert(strstr(lines, "before  HV01  2.00 s\n"), "%s", lines);
    cr_assert(strstr(lines, "\nso far: NO MIGRATION"), "%s", lines);
    r.sessions[0].session.state = SESSION_COMPLETE;
    r.sessions[0].session.end_ns = 103 * S;
    draw();
    cr_assert(strstr(lines, "3.00 s, complete\n"), "%s", lines);
    result_release(&r);
}

Test(screen, shows_a_nics_counters_rates_and_losses, .init = start)
{
    draw();
    cr_assert(strstr(lines, "  stor1  Storage1  119 MiB  1.00 Gbit/s     1,234     7\n"), "%s",
              lines);
    cr_assert(!strstr(lines, "received"), "what is not known has no column");
    result_release(&r);
}

Test(screen, takes_a_networks_rate_from_one_look_to_the_next, .init = start)
{
    draw();
    cr_assert(strstr(lines, "0 bit/s"), "%s", lines);
    r.networks[0].transfer_bytes = 250000000;
    r.networks[0].share = 1;
    r.sessions[0].counters.moments[2].time_ns += 2 * S;
    draw();
    cr_assert(strstr(lines, "  Storage1  yes       238 MiB  100 %  1.00 Gbit/s\n"), "%s", lines);
    result_release(&r);
}

Test(screen, has_one_line_for_a_log, .init = start)
{
    r.networks[0].transfer_bytes = 1 << 20;
    screen_write_line(&r, &before, lines_put, NULL);
    cr_assert_str_eq(lines, "00:01:42.000  no-migration so far, Storage1 1.00 MiB at 0 bit/s\n");
    result_release(&r);
}

Test(screen, shows_warnings_of_the_recorder, .init = start)
{
    session_add_warning(&r.sessions[0].session, "the disk\nis full", NULL);
    draw();
    cr_assert(strstr(lines, "\nwarning: the disk"), "%s", lines);
    cr_assert(!strstr(lines, "disk\nis"));
    result_release(&r);
}

Test(screen, can_do_without_any_sample, .init = start)
{
    r.sessions[0].counters.n_moments = 0;
    draw();
    cr_assert(strstr(lines, "stor1"));
    cr_assert_eq(screen_time(&r), SESSION_NO_TIME);
    result_release(&r);
}
