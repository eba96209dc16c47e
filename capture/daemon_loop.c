/* What comes while a daemon's loop runs: packets, the time to sample and to flush, signals. */
#include <signal.h>
#include <stdlib.h>

#include "capture/clock.h"
#include "capture/daemon_state.h"
#include "capture/notify.h"
#include "src/base/text.h"

enum {
    DRAIN_PACKETS = 32768, /* of one tap before others have their turn */
    JUMP_MS = 500,         /* of the wall clock between two flushes */
};

/* ---- samples, and the end ---- */

void daemon_sample(struct daemon *d)
{
    const struct counter_other *others;
    int64_t monotonic_ns = clock_monotonic_ns(), time_ns = clock_wall_ns();
    size_t n_others = meter_others(d->meter, &others);
    const uint64_t(*values)[N_COUNTERS] = (const uint64_t(*)[N_COUNTERS])d->sources.values;

    sources_sample(&d->sources, d->meter);
    if (d->recorder)
        recorder_sample(d->recorder, time_ns, monotonic_ns, values, others, n_others);
    else if (d->history)
        history_add_sample(d->history, time_ns, monotonic_ns, values);
    if (control_has_listeners(d->control)) {
        struct event_status status = daemon_status(d);

        control_tell(d->control,
                     event_interval(d->events, time_ns, monotonic_ns, &status, &d->sources));
    }
}

void daemon_end(struct daemon *d, const char *reason)
{
    if (d->is_ending)
        return;
    d->is_ending = true;
    d->reason = reason;
    notify_say("STOPPING=1");
    uv_timer_stop(&d->sampling);
    uv_timer_stop(&d->flushing);
    sources_stop(&d->sources);
    uv_async_send(&d->ready);
}

static void taps_have_ended(struct daemon *d)
{
    daemon_sample(d);
    if (d->recorder)
        daemon_end_session(d, d->reason);
    else if (d->n_finishing == 0)
        daemon_close(d);
}

void daemon_end_recording(struct daemon *d, const char *reason)
{
    if (daemon_is_service(d) && !d->is_ending)
        daemon_end_session(d, reason);
    else
        daemon_end(d, reason);
}

/* ---- packets ---- */

struct drain {
    struct daemon *daemon;
    size_t source;
};

/* watch_packet() - a resident daemon's: does a migration begin, or go on? */
static void watch_packet(struct daemon *d, size_t source, const struct tap_packet *packet)
{
    struct error why;
    bool is_under_way;

    if (!d->recorder)
        history_add_packet(d->history, source, packet);
    if (!packet->is_migration)
        return;
    /* one that waited in the system's buffer while the session ended begins no other */
    if (!d->recorder && packet->time_ns <= d->ended_ns)
        return;
    is_under_way = migrations_see(d->migrations, source, packet, (int64_t)uv_now(&d->loop));
    if (!is_under_way || d->recorder || d->is_ending || d->is_refused)
        return;
    if (daemon_begin_session(d, NULL, &why) == 0)
        return;
    d->is_refused = true; /* until this migration is over: once is enough */
    daemon_warn(d, why.text, NULL);
}

static void take_packet(void *context, const struct tap_packet *packet)
{
    struct drain *drain = context;
    struct daemon *d = drain->daemon;

    if (d->recorder)
        recorder_packet(d->recorder, drain->source, packet);
    if (d->migrations)
        watch_packet(d, drain->source, packet);
}

/* nic_text() - "'stor1': went away" and the like, for everybody. */
static void tell_nic(struct daemon *d, size_t i, const char *what)
{
    const struct source *source = &d->sources.rows[i];
    char *text = text_format("'%s': %s", source->nic->name, what);

    if (!text)
        return;
    daemon_warn(d, text, source->nic->name);
    if (d->recorder) {
        recorder_warn(d->recorder, text);
        recorder_nic_problem(d->recorder, i, what);
    }
    free(text);
}

static void check_state(struct daemon *d, size_t i)
{
    struct source *source = &d->sources.rows[i];
    enum tap_state state = tap_state(source->tap);
    unsigned times_away = tap_times_away(source->tap);

    if (times_away != source->times_away)
        tell_nic(d, i, "the NIC went away, packets were missed until it is back");
    if (source->state != state || times_away != source->times_away) {
        if (state == TAP_FAILED)
            tell_nic(d, i, tap_failure(source->tap));
        else if (state == TAP_RUNNING)
            tell_nic(d, i, "the NIC is back, after packets were missed");
    }
    source->times_away = times_away;
    source->state = state;
}

void daemon_drain_taps(uv_async_t *ready)
{
    struct daemon *d = ready->data;
    bool is_full = false, are_ended = sources_are_ended(&d->sources);

    for (size_t i = 0; i < d->sources.n_rows; i++) {
        struct drain drain = { d, i };

        if (!d->sources.rows[i].tap)
            continue;
        is_full |=
            tap_drain(d->sources.rows[i].tap, take_packet, &drain, DRAIN_PACKETS) == DRAIN_PACKETS;
        check_state(d, i);
    }
    if (is_full)
        uv_async_send(ready);
    else if (are_ended && d->is_ending && !d->is_closed && d->reason) {
        taps_have_ended(d);
        d->reason = NULL;
    } else if (are_ended && !d->is_ending) {
        daemon_end(d, "no-nic");
    }
}

/* ---- now and then ---- */

void daemon_on_sampling(uv_timer_t *timer)
{
    daemon_sample(timer->data);
}

static void check_clock(struct daemon *d)
{
    int64_t difference_ns = clock_wall_ns() - clock_monotonic_ns();
    int64_t jump_ns = difference_ns - d->clock_difference_ns;
    char *text;

    d->clock_difference_ns = difference_ns;
    if (llabs(jump_ns) < JUMP_MS * INT64_C(1000000))
        return;
    d->ended_ns = 0; /* of the clock before */
    text = text_format("the system's clock was set %.3f s %s", (double)llabs(jump_ns) / 1e9,
                       jump_ns > 0 ? "forward" : "back");
    if (!text)
        return;
    daemon_warn(d, text, NULL);
    if (d->recorder)
        recorder_warn(d->recorder, text);
    free(text);
}

/* watch_quiet() - "quiet" when the session of a migration is to end. */
static const char *watch_quiet(struct daemon *d)
{
    if (!migrations_are_over(d->migrations, (int64_t)uv_now(&d->loop)))
        return NULL;
    if (d->recorder && !d->is_by_hand)
        return "quiet";
    if (!d->recorder && d->is_refused) {
        d->is_refused = false;
        migrations_forget(d->migrations);
    }
    return NULL;
}

void daemon_on_flushing(uv_timer_t *timer)
{
    struct daemon *d = timer->data;
    const char *reason = NULL, *problem = NULL;

    check_clock(d);
    if (d->recorder) {
        reason = recorder_flush(d->recorder);
        problem = recorder_problem(d->recorder);
    }
    if (problem) {
        char *text = text_format("%s; from now on packets are counted and not stored", problem);

        daemon_warn(d, text ? text : problem, NULL);
        free(text);
    }
    if (d->watchdog_ms)
        notify_say("WATCHDOG=1");
    if (d->migrations && !reason)
        reason = watch_quiet(d);
    if (reason)
        daemon_end_recording(d, reason);
}

void daemon_on_signal(uv_signal_t *signal, int number)
{
    struct daemon *d = signal->data;

    if (number == SIGHUP && daemon_is_service(d)) {
        daemon_say(d, "SIGHUP: there is nothing to read again, going on");
        return;
    }
    if (d->is_ending) {
        /* asked twice: leave at once; the files are whole up to the last flush */
        if (d->recorder)
            recorder_flush(d->recorder);
        _Exit(2);
    }
    daemon_end(d, "signal");
}
