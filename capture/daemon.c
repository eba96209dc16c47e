#include "capture/daemon.h"

#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "capture/clock.h"
#include "capture/daemon_state.h"
#include "capture/notify.h"
#include "capture/orders.h"
#include "capture/privileges.h"
#include "src/base/text.h"

enum {
    FLUSH_MS = 500, /* so that a packet is with the system within a second of its arrival */
};

static const int SIGNALS[DAEMON_SIGNALS] = { SIGINT, SIGTERM, SIGHUP };

/* ---- clients ---- */

static void on_hangup(void *context)
{
    daemon_end(context, "client-gone");
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

static void init_handles(struct daemon *d)
{
#ifdef SIGPIPE
    signal(SIGPIPE, SIG_IGN); /* a client that is gone is told by the write */
#endif
    uv_async_init(&d->loop, &d->ready, daemon_drain_taps);
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
    int r = uv_timer_start(&d->sampling, daemon_on_sampling, d->options->interval_ms,
                           d->options->interval_ms);

    if (r == 0)
        r = uv_timer_start(&d->flushing, daemon_on_flushing, FLUSH_MS, FLUSH_MS);
    for (int i = 0; r == 0 && i < DAEMON_SIGNALS; i++)
        r = uv_signal_start(&d->signals[i], daemon_on_signal, SIGNALS[i]);
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
    if (r == 0 && daemon_is_child(d))
        r = control_take_stdio(d->control, err);
    if (r < 0)
        return r;
    know_facts(d);
    sources_sample(&d->sources, d->meter);
    return daemon_is_service(d) ? prepare_service(d, err) : daemon_begin_only_session(d, err);
}

/* say_sources() - "recording stor1, mgmt0 into 'DIR'". */
static void say_sources(const struct daemon *d)
{
    AUTO_MEMORY char *line = text_copy(daemon_is_service(d) ? "watching" : "recording");
    const char *between = " ";

    for (size_t i = 0; i < d->sources.n_rows; i++) {
        if (!d->sources.rows[i].tap)
            continue;
        text_append(&line, "%s%s", between, d->sources.rows[i].nic->name);
        between = ", ";
    }
    if (d->recorder)
        text_append(&line, " into '%s', Ctrl-C ends it", recorder_folder(d->recorder));
    if (line)
        daemon_say(d, line);
}

static void say_beginning(struct daemon *d)
{
    if (d->recorder)
        control_tell(d->control, event_start(d->events, clock_wall_ns(), &d->facts,
                                             recorder_folder(d->recorder), &d->sources));
    say_sources(d);
    for (size_t i = 0; i < d->sources.n_rows; i++)
        if (*d->sources.rows[i].problem)
            daemon_warn(d, d->sources.rows[i].problem, d->sources.rows[i].nic->name);
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
        daemon_sample(d);
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
    daemon_close(d);
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
