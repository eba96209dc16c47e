/*
 * The command that is run for each session that ended: by a shell that is started before rights
 * are given up, as lmpathd itself can't start anything afterwards.
 */
#pragma once

#include <uv.h>

#include "src/base/error.h"

struct hook; /* opaque */

/* hook_new() - start the shell. @command gets the session's path as one more argument, and in
 * LMPATH_SESSION. Returns 0 or a negative code. */
int hook_new(struct hook **ret_hook, uv_loop_t *loop, const char *command, struct error *err);
/* hook_run() - the command for one session, after those before it. */
void hook_run(struct hook *h, const char *session);
/* hook_close() - the shell ends when it has done what it was told; frees @h in time. */
void hook_close(struct hook *h);
