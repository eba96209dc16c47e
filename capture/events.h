/*
 * What lmpathd says, one line each (docs/control.md). Lines end in a line feed; they are borrowed
 * until the next call. NULL without memory.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "capture/recorder.h"
#include "capture/sources.h"
#include "src/base/auto.h"
#include "src/base/error.h"

struct events;

int events_new(struct events **ret_events, struct error *err);
struct events *events_free(struct events *e);
DEFINE_AUTO(events)

/* What stays as it is. Borrowed. */
struct event_facts {
    const char *version; /* "0.1.0" */
    const char *host;
    const char *mode; /* "child", "foreground", "service" */
    uint64_t interval_ms;
    uint32_t snap_bytes;
    const char *filter;
    int64_t pid;
};

struct event_status {
    const char *session; /* NULL: none */
    int64_t since_ns;
    uint64_t file_bytes;
    size_t n_clients;
};

struct event_session {
    const char *path;
    const char *state; /* "recording", "complete", "incomplete" */
    int64_t start_ns;
    int64_t end_ns;
    uint64_t bytes;
};
#define EVENT_NO_TIME INT64_MIN

/* ---- events ---- */
const char *event_interfaces(struct events *e, int64_t time_ns, const struct sources *sources);
const char *event_start(struct events *e, int64_t time_ns, const struct event_facts *facts,
                        const char *session, const struct sources *sources);
const char *event_interval(struct events *e, int64_t time_ns, int64_t monotonic_ns,
                           const struct event_status *status, const struct sources *sources);
const char *event_mark(struct events *e, int64_t time_ns, const char *text);
const char *event_command(struct events *e, int64_t time_ns, char *const *words, size_t n_words);
const char *event_command_end(struct events *e, int64_t time_ns, int64_t status, int64_t signal,
                              const char *problem);
const char *event_warning(struct events *e, int64_t time_ns, const char *text, const char *nic);
const char *event_end(struct events *e, int64_t time_ns, const char *session, const char *reason,
                      bool is_complete, uint64_t packets, uint64_t file_bytes);

/* ---- replies ---- */
const char *reply_ok(struct events *e, uint64_t id);
const char *reply_error(struct events *e, uint64_t id, const char *why);
const char *reply_time(struct events *e, uint64_t id, int64_t time_ns);
const char *reply_session(struct events *e, uint64_t id, const char *session);
const char *reply_stop(struct events *e, uint64_t id, const char *session, bool is_complete);
const char *reply_sessions(struct events *e, uint64_t id, const struct event_session *rows,
                           size_t n_rows);
const char *reply_status(struct events *e, uint64_t id, int64_t time_ns,
                         const struct event_facts *facts, const struct event_status *status,
                         const struct sources *sources);
