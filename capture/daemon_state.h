/*
 * All that lmpathd knows while it works: private to daemon.c, which owns it, daemon_loop.c,
 * daemon_sessions.c, and orders.c, which carries out what clients ask.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "capture/control.h"
#include "capture/daemon.h"
#include "capture/events.h"
#include "capture/history.h"
#include "capture/hook.h"
#include "capture/library.h"
#include "capture/meter.h"
#include "capture/migrations.h"
#include "capture/recorder.h"
#include "capture/sources.h"
#include "src/base/error.h"
#include "src/model/topology.h"

enum { DAEMON_SIGNALS = 3, DAEMON_NAME_BYTES = 256 };

struct daemon {
    const struct daemon_options *options;
    uv_loop_t loop;
    uv_async_t ready; /* taps have something */
    uv_timer_t sampling, flushing;
    uv_signal_t signals[DAEMON_SIGNALS];
    struct topology topology;
    struct sources sources;
    struct meter *meter;
    struct events *events;
    struct control *control;
    struct recorder *recorder; /* NULL: no session is open */
    /* of a resident daemon; else NULL */
    struct library *library;
    struct history *history;
    struct migrations *migrations;
    struct hook *hook;
    bool is_refused; /* the present migration gets no session: it can't be made, or was stopped */
    bool is_by_hand; /* the open session was begun by an order: only an order ends it */
    struct event_facts facts;
    char host[DAEMON_NAME_BYTES];
    char os[DAEMON_NAME_BYTES];
    char version[64];
    int64_t since_ns;
    int64_t ended_ns;            /* when the last session did */
    int64_t clock_difference_ns; /* wall less monotonic, at the last flush */
    uint64_t watchdog_ms;
    bool is_ending; /* for good */
    bool is_closed;
    const char *reason;            /* to end, once asked for */
    uint64_t stop_client, stop_id; /* who asked */
    bool owes_stop;
    unsigned n_finishing; /* sessions whose end is being written */
    bool is_incomplete;   /* some session is */
};

static inline bool daemon_is_service(const struct daemon *d)
{
    return d->options->mode == DAEMON_SERVICE;
}

static inline bool daemon_is_child(const struct daemon *d)
{
    return d->options->mode == DAEMON_CHILD;
}

/* ---- daemon_state.c ---- */

/* daemon_say() - one line for people; a child's parent says it instead. */
void daemon_say(const struct daemon *d, const char *line);
/* daemon_warn() - the same, and an event for clients. @nic: that it is about, or NULL. */
void daemon_warn(struct daemon *d, const char *text, const char *nic);
struct event_status daemon_status(const struct daemon *d);
/* daemon_close() - everything that keeps the loop alive. */
void daemon_close(struct daemon *d);

/* ---- daemon_sessions.c ---- */

/* daemon_begin_only_session() - of one that is there for it alone. */
int daemon_begin_only_session(struct daemon *d, struct error *err);
/* daemon_begin_session() - one of a resident daemon's, with what came before it. @name: part of
 * the folder's; NULL: for a migration that was seen. */
int daemon_begin_session(struct daemon *d, const char *name, struct error *err);
/* daemon_end_session() - the open one, with what the taps have brought. */
void daemon_end_session(struct daemon *d, const char *reason);

/* ---- daemon_loop.c ---- */

/* daemon_sample() - everybody's counters, for the session or the history, and for clients. */
void daemon_sample(struct daemon *d);
/* daemon_end() - ask the taps to end; the rest follows when they have. */
void daemon_end(struct daemon *d, const char *reason);
/* daemon_end_recording() - the open session, and with it a daemon that is there for one only. */
void daemon_end_recording(struct daemon *d, const char *reason);
/* What the handles call, each with the struct daemon as its data. */
void daemon_drain_taps(uv_async_t *ready);
void daemon_on_sampling(uv_timer_t *timer);
void daemon_on_flushing(uv_timer_t *timer);
void daemon_on_signal(uv_signal_t *signal, int number);
