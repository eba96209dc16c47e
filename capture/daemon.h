/*
 * lmpathd at work: opens the NICs, gives up its rights, and runs the one loop until it is asked to
 * end. Owns everything else in this folder.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "capture/recorder.h"
#include "capture/sources.h"
#include "src/base/error.h"

enum daemon_mode {
    DAEMON_FOREGROUND, /* one recording, until a signal */
    DAEMON_CHILD,      /* one recording, for a program at standard input and output */
    DAEMON_SERVICE,    /* resident: a session for each migration */
};

struct service_options {
    const char *folder;     /* of all sessions */
    const char *on_session; /* command for each that ended; NULL: none */
    uint64_t keep_bytes;    /* of all sessions together */
    int64_t before_ns;      /* what came before a migration */
};

/* Everything is borrowed until daemon_run() returns. */
struct daemon_options {
    enum daemon_mode mode;
    struct sources_options sources;
    char *const *networks; /* of -n */
    size_t n_networks;
    const char *snapshot; /* of -t; NULL */
    const char *expect;   /* of -e; NULL */
    const char *folder;   /* of -w; NULL: named by host and time */
    const char *socket;   /* to listen on; NULL: none */
    uint64_t interval_ms;
    struct recorder_limits limits;
    struct service_options service;
    const char *version; /* "0.1.0" */
};

/* daemon_run() - Returns 0; 1 when the session is not complete (told on stderr); or a negative
 * code when it could not begin. */
int daemon_run(const struct daemon_options *options, struct error *err);

/* daemon_know_networks() - what the options tell of networks. */
int daemon_know_networks(struct topology *topology, const struct daemon_options *options,
                         struct error *err);

/* daemon_list() - the NICs, each opened for a trial: for people, or for programs as one line of
 * docs/control.md. */
int daemon_list(const struct daemon_options *options, FILE *out, bool for_programs,
                struct error *err);
