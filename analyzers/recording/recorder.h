/*
 * One recording: an lmpathd of our own, followed from its start to its end.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <uv.h>

#include "analyzers/recording/recording.h"
#include "src/base/error.h"
#include "src/model/message.h"

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
