#include "capture/orders.h"

#include "capture/clock.h"
#include "capture/daemon_state.h"

static void reply_late(struct daemon *d, struct client *client, const struct order *order)
{
    if (d->owes_stop) {
        client_say(client, reply_error(d->events, order->id, "the recording is being stopped"));
        return;
    }
    d->owes_stop = true;
    d->stop_client = client_id(client);
    d->stop_id = order->id;
}

static void order_status(struct daemon *d, struct client *client, const struct order *order)
{
    struct event_status status = daemon_status(d);

    client_say(client, reply_status(d->events, order->id, clock_wall_ns(), &d->facts, &status,
                                    &d->sources));
}

static void order_start(struct daemon *d, struct client *client, const struct order *order)
{
    struct error why;
    int r;

    if (d->recorder)
        r = error_set(&why, ERR_USAGE, "a recording is in progress: '%s'",
                      recorder_folder(d->recorder));
    else if (!daemon_is_service(d) || d->is_ending)
        r = error_set(&why, ERR_USAGE, "lmpathd is ending");
    else
        r = daemon_begin_session(d, order->name ? order->name : "by-hand", &why);
    client_say(client, r < 0 ? reply_error(d->events, order->id, why.text)
                             : reply_session(d->events, order->id, recorder_folder(d->recorder)));
}

/* needs_session() - answers itself when there is none. */
static bool needs_session(struct daemon *d, struct client *client, const struct order *order)
{
    if (d->recorder)
        return true;
    client_say(client, reply_error(d->events, order->id, "no recording is in progress"));
    return false;
}

static void answer(struct daemon *d, struct client *client, const struct order *order, int r,
                   int64_t time_ns, const struct error *why)
{
    client_say(client, r < 0 ? reply_error(d->events, order->id, why->text)
                             : reply_time(d->events, order->id, time_ns));
}

static void order_mark(struct daemon *d, struct client *client, const struct order *order)
{
    int64_t time_ns = clock_wall_ns();
    struct error why;
    int r;

    if (!needs_session(d, client, order))
        return;
    r = recorder_mark(d->recorder, time_ns, order->text, &why);
    answer(d, client, order, r, time_ns, &why);
    if (r >= 0)
        control_tell(d->control, event_mark(d->events, time_ns, order->text));
}

static void order_command(struct daemon *d, struct client *client, const struct order *order)
{
    int64_t time_ns = clock_wall_ns();
    struct error why;
    int r;

    if (!needs_session(d, client, order))
        return;
    r = recorder_command(d->recorder, time_ns, order->words, order->n_words, &why);
    answer(d, client, order, r, time_ns, &why);
    if (r >= 0)
        control_tell(d->control, event_command(d->events, time_ns, order->words, order->n_words));
}

static void order_command_end(struct daemon *d, struct client *client, const struct order *order)
{
    int64_t time_ns = clock_wall_ns();
    struct error why;
    int r;

    if (!needs_session(d, client, order))
        return;
    r = recorder_command_end(d->recorder, time_ns, order->status, order->signal, order->error,
                             &why);
    answer(d, client, order, r, time_ns, &why);
    if (r >= 0)
        control_tell(d->control, event_command_end(d->events, time_ns, order->status, order->signal,
                                                   order->error));
}

static void order_stop(struct daemon *d, struct client *client, const struct order *order)
{
    if (!needs_session(d, client, order))
        return;
    reply_late(d, client, order);
    d->is_refused = daemon_is_service(d); /* what goes on is not wanted */
    daemon_end_recording(d, "asked");
}

static void order_sessions(struct daemon *d, struct client *client, const struct order *order)
{
    const struct event_session *rows;
    size_t n_rows;

    if (!d->library) {
        client_say(client,
                   reply_error(d->events, order->id, "only a resident lmpathd keeps sessions"));
        return;
    }
    n_rows = library_rows(d->library, d->recorder ? recorder_folder(d->recorder) : NULL, &rows);
    client_say(client, reply_sessions(d->events, order->id, rows, n_rows));
}

static void order_events(struct daemon *d, struct client *client, const struct order *order)
{
    client_want_events(client);
    client_say(client, reply_ok(d->events, order->id));
}

void orders_carry_out(void *daemon, struct client *client, const struct order *order)
{
    static void (*const carry_out[])(struct daemon *, struct client *, const struct order *) = {
        [ORDER_STATUS] = order_status,
        [ORDER_START] = order_start,
        [ORDER_MARK] = order_mark,
        [ORDER_COMMAND] = order_command,
        [ORDER_COMMAND_END] = order_command_end,
        [ORDER_STOP] = order_stop,
        [ORDER_SESSIONS] = order_sessions,
        [ORDER_EVENTS] = order_events,
    };

    carry_out[order->action](daemon, client, order);
}

void orders_refuse(void *daemon, struct client *client, uint64_t id, const char *why)
{
    struct daemon *d = daemon;

    client_say(client, reply_error(d->events, id, why));
}
