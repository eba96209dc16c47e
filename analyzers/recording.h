/*
 * One recording by an lmpathd of our own: the options that record and run share, and the child
 * followed from its start to its end.
 *
 * A command puts a struct recording first into its own option struct, so that the rows here, and
 * judging's, find it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <uv.h>

#include "analyzers/client.h"
#include "analyzers/judging.h"
#include "analyzers/program.h"

struct recording {
    struct judging judging;          /* first; record takes its networks and ports only */
    struct word_list daemon_options; /* passed on as they are: lmpathd judges them */
    const char *folder;              /* -w; NULL: lmpathd names one */
    const char *events;              /* --events; NULL: none, "-": standard output */
    bool is_quiet;
};

extern const struct option_row recording_capture_rows[]; /* -i, -s, -B, --interval */
extern const struct option_row recording_session_rows[]; /* -w, -a, -b, --events */

void recording_init(struct recording *o);
void recording_release(struct recording *o);

/* The command line of docs/control.md. It refers to itself and to the options: it stays where it
 * is. */
struct daemon_command {
    char program[PROGRAM_PATH_BYTES];
    char ports[2][8];
    struct word_list argv;
};

/* daemon_command_init() - released by the caller, also on failure. Returns 0 or a negative code. */
int daemon_command_init(struct daemon_command *c, const struct recording *o, struct error *err);
void daemon_command_release(struct daemon_command *c);

/* What a recording has come to. Text is owned. */
struct recorder;

struct recorder_hooks {
    void (*began)(void *context);
    /* every interval event, with how many bytes the capture saw on all NICs since the one before */
    void (*ticked)(void *context, const struct message *m, uint64_t seen_bytes);
    void (*ended)(void *context);
    void *context;
};

/* recorder_new() - start lmpathd. Returns 0 or a negative code. */
int recorder_new(struct recorder **ret_recorder, uv_loop_t *loop, const struct recording *options,
                 const struct recorder_hooks *hooks, struct error *err);
/* recorder_free() - the loop has to run once more for it. */
struct recorder *recorder_free(struct recorder *r);

/* recorder_show_line() - keep one line on a terminal that tells how it goes; NULL: no more. */
void recorder_show_line(struct recorder *r, FILE *terminal);
/* recorder_tell() - a request: what happens to the command that is watched. */
void recorder_tell(struct recorder *r, struct request *q);
/* recorder_stop() - complete the session; ended() follows. Asked again, lmpathd is hung up on, and
 * then killed. */
void recorder_stop(struct recorder *r);

bool recorder_has_begun(const struct recorder *r);
bool recorder_has_ended(const struct recorder *r);
/* recorder_session() - the session's folder; NULL before it began. */
const char *recorder_session(const struct recorder *r);
/*
 * recorder_result() - once ended. Returns 0 when the session is complete; 1 when there is one, but
 * something is missing from it, which @err tells; ERR_SYSTEM when there is none: then lmpathd has
 * said why, or @err->text is not empty.
 */
int recorder_result(const struct recorder *r, struct error *err);
/* recorder_summary() - "1,234 packets, 1.2 MiB, nothing lost". */
void recorder_summary(const struct recorder *r, char *to, size_t n_bytes);
