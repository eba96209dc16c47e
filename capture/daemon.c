#include "capture/daemon.h"

#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/clock.h"
#include "capture/daemon_state.h"
#include "capture/notify.h"
#include "capture/orders.h"
#include "capture/privileges.h"
#include "src/base/text.h"
#include "src/base/units.h"

enum {
    FLUSH_MS = 500,        /* so that a packet is with the system within a second of its arrival */
    DRAIN_PACKETS = 32768, /* of one tap before others have their turn */
    JUMP_MS = 500,         /* of the wall clock between two flushes */
};

static const int SIGNALS[DAEMON_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

/* ---- saying ---- */

static bool is_child(const struct daemon *d)
{
    return d->options->mode == DAEMON_CHILD;
}

/* say() - one line for people; a child's parent says it instead. */
static void say(const struct daemon *d, const char *line)
{
    if (daemon_is_service(d))
        notify_log(line);
    else if (!is_child(d))
        fprintf(stderr, "lmpathd: %s\n", line);
}

static void warn(struct daemon *d, const char *text, const char *nic)
{
    say(d, text);
    control_tell(d->control, event_warning(d->events, clock_wall_ns(), text, nic));
}

struct event_status daemon_status(const struct daemon *d)
{
    return (struct event_status){
        .session = d->recorder ? recorder_folder(d->recorder) : NULL,
        .since_ns = d->recorder ? recorder_start_ns(d->recorder) : d->since_ns,
        .file_bytes = d->recorder ? recorder_file_bytes(d->recorder) : 0,
        .n_clients = control_clients(d->control),
    };
}

/* ---- the end ---- */

static void close_handle(uv_handle_t *handle)
{
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

static void close_everything(struct daemon *d)
{
    d->is_closed = true;
    close_handle((uv_handle_t *)&d->ready);
    close_handle((uv_handle_t *)&d->sampling);
    close_handle((uv_handle_t *)&d->flushing);
    for (int i = 0; i < DAEMON_SIGNALS; i++)
        close_handle((uv_handle_t *)&d->signals[i]);
    control_close(d->control);
    hook_close(d->hook);
}

struct ended {
    struct daemon *daemon;
    char *session;
    char *facts; /* of the migrations in it; NULL: none */
    const char *reason;
    uint64_t packets, bytes;
};

static void say_end(struct daemon *d, const struct ended *ended, bool is_complete)
{
    char packets[UNITS_TEXT_BYTES], bytes[UNITS_TEXT_BYTES];
    char *line =
        text_format("'%s': %s%s%s packets, %s%s", ended->session, ended->facts ? ended->facts : "",
                    ended->facts ? "; " : "", count_text(packets, ended->packets),
                    bytes_text(bytes, ended->bytes), is_complete ? "" : "; not complete");

    if (line)
        say(d, line);
    free(line);
}

static void session_done(void *context, bool is_complete)
{
    struct ended *ended = context;
    struct daemon *d = ended->daemon;

    d->is_incomplete |= !is_complete;
    say_end(d, ended, is_complete);
    control_tell(d->control, event_end(d->events, clock_wall_ns(), ended->session, ended->reason,
                                       is_complete, ended->packets, ended->bytes));
    if (d->owes_stop) {
        struct client *client = control_client(d->control, d->stop_client);

        d->owes_stop = false;
        if (client)
            client_say(client, reply_stop(d->events, d->stop_id, ended->session, is_complete));
    }
    if (daemon_is_service(d)) {
        library_add(d->library, ended->session);
        library_prune(d->library, d->recorder ? recorder_folder(d->recorder) : NULL);
    }
    if (d->hook)
        hook_run(d->hook, ended->session);
    free(ended->session);
    free(ended->facts);
    free(ended);
    d->n_finishing--;
    if (d->is_ending && !d->recorder && d->n_finishing == 0)
        close_everything(d);
}

/* end_session() - with what the taps have brought. */
static void end_session(struct daemon *d, const char *reason)
{
    struct ended *ended = calloc(1, sizeof(*ended));
    struct recorder *recorder = d->recorder;

    d->recorder = NULL;
    if (!ended) {
        close_everything(d); /* no memory: the files are whole up to the last flush */
        return;
    }
    *ended = (struct ended){ .daemon = d,
                             .session = text_copy(recorder_folder(recorder)),
                             .facts = d->migrations ? migrations_text(d->migrations) : NULL,
                             .reason = reason,
                             .packets = recorder_packets(recorder),
                             .bytes = recorder_file_bytes(recorder) };
    d->ended_ns = clock_wall_ns();
    if (d->migrations)
        migrations_forget(d->migrations);
    d->n_finishing++;
    recorder_finish(recorder, reason, session_done, ended);
}

static void take_sample(struct daemon *d)
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

/* end() - ask the taps to end; the rest follows when they have. */
static void end(struct daemon *d, const char *reason)
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
    take_sample(d);
    if (d->recorder)
        end_session(d, d->reason);
    else if (d->n_finishing == 0)
        close_everything(d);
}

void daemon_end_recording(struct daemon *d, const char *reason)
{
    if (daemon_is_service(d) && !d->is_ending)
        end_session(d, reason);
    else
        end(d, reason);
}

/* ---- sessions ---- */

static int begin_session(struct daemon *d, const char *folder, int64_t start_ns,
                         const uint64_t (*first_values)[N_COUNTERS], struct error *err)
{
    const struct recorder_options options = {
        .folder = folder,
        .snapshot = d->options->snapshot,
        .networks = d->options->networks,
        .n_networks = d->options->n_networks,
        .expect = d->options->expect,
        .version = d->version,
        .host = d->host,
        .os = d->os,
        .interval_ns = d->options->interval_ms * 1000000,
        .snap_bytes = d->options->sources.snap_bytes,
        .ports = d->options->sources.ports,
        .limits = d->options->limits,
        .start_ns = start_ns,
        .first_values = first_values,
    };

    return recorder_new(&d->recorder, &d->loop, &options, &d->sources, err);
}

static void replay_packet(void *context, size_t source, const struct tap_packet *packet)
{
    struct daemon *d = context;

    recorder_packet(d->recorder, source, packet);
}

static void replay_sample(void *context, int64_t time_ns, int64_t monotonic_ns,
                          const uint64_t (*values)[N_COUNTERS])
{
    struct daemon *d = context;

    recorder_sample(d->recorder, time_ns, monotonic_ns, values, NULL, 0);
}

int daemon_begin_session(struct daemon *d, const char *name, struct error *err)
{
    const struct history_reader reader = { replay_packet, replay_sample, d };
    int64_t now_ns = clock_wall_ns();
    const uint64_t(*first_values)[N_COUNTERS] = history_first_values(d->history);
    char *path = library_name(d->library, d->host, now_ns, name);
    int r;

    if (!path)
        return error_memory(err);
    r = begin_session(
        d, path, history_start_ns(d->history, now_ns),
        first_values ? first_values : (const uint64_t(*)[N_COUNTERS])d->sources.values, err);
    free(path);
    if (r < 0)
        return r;
    d->is_by_hand = name != NULL;
    history_replay(d->history, &reader);
    library_add(d->library, recorder_folder(d->recorder));
    control_tell(d->control, event_start(d->events, now_ns, &d->facts, recorder_folder(d->recorder),
                                         &d->sources));
    return 0;
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
    warn(d, why.text, NULL);
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
    warn(d, text, source->nic->name);
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

static void drain_taps(uv_async_t *ready)
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
        end(d, "no-nic");
    }
}

/* ---- now and then ---- */

static void on_sampling(uv_timer_t *timer)
{
    take_sample(timer->data);
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
    warn(d, text, NULL);
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

static void on_flushing(uv_timer_t *timer)
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

        warn(d, text ? text : problem, NULL);
        free(text);
    }
    if (d->watchdog_ms)
        notify_say("WATCHDOG=1");
    if (d->migrations && !reason)
        reason = watch_quiet(d);
    if (reason)
        daemon_end_recording(d, reason);
}

static void on_signal(uv_signal_t *signal, int number)
{
    struct daemon *d = signal->data;

    if (number == SIGHUP && daemon_is_service(d)) {
        say(d, "SIGHUP: there is nothing to read again, going on");
        return;
    }
    if (d->is_ending) {
        /* asked twice: leave at once; the files are whole up to the last flush */
        if (d->recorder)
            recorder_flush(d->recorder);
        _Exit(2);
    }
    end(d, "signal");
}

/* ---- clients ---- */

static void on_hangup(void *context)
{
    end(context, "client-gone");
}

/* ---- the beginning ---- */

int daemon_know_networks(struct topology *topology, const struct daemon_options *options,
                         struct error *err)
{
    int r = 0;

    topology_init(topology);
    if (options->snapshot)
        r = topology_read_snapshot(topology, options->snapshot, err);
    for (size_t i = 0; r >= 0 && i < options->n_networks; i++)
        r = topology_define(topology, options->networks[i], err);
    if (r >= 0 && options->expect)
        r = topology_expect(topology, options->expect, err);
    return r < 0 ? r : 0;
}

/* Windows' own name is where others tell how the kernel was built. */
static const char *system_name(const uv_utsname_t *system)
{
    bool is_windows = strstr(system->sysname, "_NT") != NULL;

    return is_windows && *system->version ? system->version : system->sysname;
}

static void know_machine(struct daemon *d)
{
    uv_utsname_t system;
    size_t n = sizeof(d->host);

    if (uv_os_gethostname(d->host, &n) < 0)
        snprintf(d->host, sizeof(d->host), "unknown");
    if (uv_os_uname(&system) == 0)
        snprintf(d->os, sizeof(d->os), "%.60s %.60s %.60s", system_name(&system), system.release,
                 system.machine);
    snprintf(d->version, sizeof(d->version), "lmpathd %s", d->options->version);
}

static const char *first_filter(const struct sources *sources)
{
    for (size_t i = 0; i < sources->n_rows; i++)
        if (sources->rows[i].tap)
            return tap_filter(sources->rows[i].tap);
    return NULL;
}

static void know_facts(struct daemon *d)
{
    static const char *const modes[] = {
        [DAEMON_FOREGROUND] = "foreground", [DAEMON_CHILD] = "child", [DAEMON_SERVICE] = "service"
    };

    d->facts = (struct event_facts){ .version = d->options->version,
                                     .host = d->host,
                                     .mode = modes[d->options->mode],
                                     .interval_ms = d->options->interval_ms,
                                     .snap_bytes = d->options->sources.snap_bytes,
                                     .filter = first_filter(&d->sources),
                                     .pid = uv_os_getpid() };
    d->since_ns = clock_wall_ns();
    d->clock_difference_ns = d->since_ns - clock_monotonic_ns();
}

static int begin_only_session(struct daemon *d, struct error *err)
{
    char name[DAEMON_NAME_BYTES + 64];
    int64_t now_ns = clock_wall_ns();

    session_folder_name(name, sizeof(name), d->host, now_ns);
    return begin_session(d, d->options->folder ? d->options->folder : name, now_ns,
                         (const uint64_t(*)[N_COUNTERS])d->sources.values, err);
}

static void init_handles(struct daemon *d)
{
#ifdef SIGPIPE
    signal(SIGPIPE, SIG_IGN); /* a client that is gone is told by the write */
#endif
    uv_async_init(&d->loop, &d->ready, drain_taps);
    uv_timer_init(&d->loop, &d->sampling);
    uv_timer_init(&d->loop, &d->flushing);
    d->ready.data = d->sampling.data = d->flushing.data = d;
    for (int i = 0; i < DAEMON_SIGNALS; i++) {
        uv_signal_init(&d->loop, &d->signals[i]);
        d->signals[i].data = d;
    }
}

static int start_timers(struct daemon *d, struct error *err)
{
    int r =
        uv_timer_start(&d->sampling, on_sampling, d->options->interval_ms, d->options->interval_ms);

    if (r == 0)
        r = uv_timer_start(&d->flushing, on_flushing, FLUSH_MS, FLUSH_MS);
    for (int i = 0; r == 0 && i < DAEMON_SIGNALS; i++)
        r = uv_signal_start(&d->signals[i], on_signal, SIGNALS[i]);
    if (r < 0)
        return error_set(err, ERR_SYSTEM, "the loop can't be started: %s", uv_strerror(r));
    return 0;
}

/* prepare_service() - what a resident daemon has beside the others. */
static int prepare_service(struct daemon *d, struct error *err)
{
    const struct service_options *service = &d->options->service;
    const struct history_options history = { .before_ns = service->before_ns,
                                             .interval_ns =
                                                 (int64_t)d->options->interval_ms * 1000000,
                                             .n_sources = d->sources.n_rows };
    int r = library_new(&d->library, service->folder, service->keep_bytes, err);

    if (r == 0)
        r = history_new(&d->history, &history, err);
    if (r == 0)
        r = migrations_new(&d->migrations, &d->sources, d->options->sources.ports.lm, err);
    if (r == 0 && service->on_session)
        r = hook_new(&d->hook, &d->loop, service->on_session, err);
    if (r == 0)
        library_prune(d->library, NULL);
    return r;
}

/* prepare() - all that takes rights. */
static int prepare(struct daemon *d, struct error *err)
{
    const struct control_handlers handlers = { orders_carry_out, orders_refuse, on_hangup, d };
    int r = daemon_know_networks(&d->topology, d->options, err);

    if (r == 0)
        r = sources_init(&d->sources, &d->topology, &d->options->sources, err);
    if (r == 0)
        r = sources_open(&d->sources, &d->options->sources, err);
    if (r == 0 && daemon_is_service(d)) /* without packets no migration is seen */
        r = device_check(err);
    if (r >= 0)
        r = meter_new(&d->meter, err);
    if (r == 0)
        r = events_new(&d->events, err);
    if (r == 0)
        r = control_new(&d->control, &d->loop, &handlers, err);
    if (r == 0 && d->options->socket)
        r = control_listen(d->control, d->options->socket, err);
    if (r == 0 && is_child(d))
        r = control_take_stdio(d->control, err);
    if (r < 0)
        return r;
    know_facts(d);
    sources_sample(&d->sources, d->meter);
    return daemon_is_service(d) ? prepare_service(d, err) : begin_only_session(d, err);
}

/* say_sources() - "recording stor1, mgmt0 into 'DIR'". */
static void say_sources(const struct daemon *d)
{
    char *line = text_copy(daemon_is_service(d) ? "watching" : "recording");
    const char *between = " ";

    for (size_t i = 0; line && i < d->sources.n_rows; i++) {
        char *longer;

        if (!d->sources.rows[i].tap)
            continue;
        longer = text_format("%s%s%s", line, between, d->sources.rows[i].nic->name);
        between = ", ";
        free(line);
        line = longer;
    }
    if (line && d->recorder) {
        char *longer =
            text_format("%s into '%s', Ctrl-C ends it", line, recorder_folder(d->recorder));

        free(line);
        line = longer;
    }
    if (line)
        say(d, line);
    free(line);
}

static void say_beginning(struct daemon *d)
{
    if (d->recorder)
        control_tell(d->control, event_start(d->events, clock_wall_ns(), &d->facts,
                                             recorder_folder(d->recorder), &d->sources));
    say_sources(d);
    for (size_t i = 0; i < d->sources.n_rows; i++)
        if (*d->sources.rows[i].problem)
            warn(d, d->sources.rows[i].problem, d->sources.rows[i].nic->name);
    notify_say("READY=1");
}

static int begin(struct daemon *d, struct error *err)
{
    int r = prepare(d, err);

    if (r == 0)
        r = privileges_drop(err);
    if (r == 0)
        r = start_timers(d, err);
    if (r == 0)
        r = sources_start(&d->sources, &d->ready, err);
    if (r == 0) {
        say_beginning(d);
        take_sample(d);
    }
    return r;
}

static void nothing(void *context, bool is_complete)
{
    (void)context;
    (void)is_complete;
}

/* give_up() - what begin() left half done. */
static void give_up(struct daemon *d)
{
    sources_stop(&d->sources);
    if (d->recorder)
        recorder_finish(d->recorder, "failed", nothing, NULL);
    d->recorder = NULL;
    sources_close(&d->sources); /* waits for threads: they send to what is closed next */
    close_everything(d);
}

static void release(struct daemon *d)
{
    sources_release(&d->sources);
    control_free(d->control);
    events_free(d->events);
    meter_free(d->meter);
    library_free(d->library);
    history_free(d->history);
    migrations_free(d->migrations);
    topology_release(&d->topology);
}

int daemon_run(const struct daemon_options *options, struct error *err)
{
    struct daemon d = { .options = options };
    int r = uv_loop_init(&d.loop);

    if (r < 0)
        return error_set(err, ERR_SYSTEM, "the loop can't be made: %s", uv_strerror(r));
    know_machine(&d);
    notify_open();
    d.watchdog_ms = notify_watchdog_ms();
    init_handles(&d);
    r = begin(&d, err);
    if (r < 0)
        give_up(&d);
    uv_run(&d.loop, UV_RUN_DEFAULT);
    r = r < 0 ? r : d.is_incomplete;
    assert(uv_loop_alive(&d.loop) == 0);
    uv_loop_close(&d.loop);
    release(&d);
    return r;
}
