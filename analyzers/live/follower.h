/*
 * A session that grows, judged again and again: on a thread of its own, once a second, or less
 * often when that would take more than a fifth of a processor's time.
 */
#pragma once

#include <uv.h>

#include "analyzers/judging.h"
#include "analyzers/result.h"
#include "src/base/error.h"

struct follower; /* opaque */

/* @result: borrowed for the call; NULL when the session could not be read this time, which
 * @problem tells. */
typedef void follower_hook(void *context, const struct result *result, const char *problem);

/*
 * follower_new() - begins at once.
 * @judging: borrowed until the end, checked by the caller
 * @folder:  copied
 *
 * Returns 0 or ERR_MEMORY.
 */
int follower_new(struct follower **ret_follower, uv_loop_t *loop, const struct judging *judging,
                 const char *folder, follower_hook *hook, void *context, struct error *err);
/* follower_free() - no hook is called after. The loop has to run once more for it, and waits for a
 * judgment that is under way. */
struct follower *follower_free(struct follower *f);
