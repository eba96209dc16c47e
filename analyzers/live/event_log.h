/*
 * --events: what happens while a recording runs, one JSON object a line (docs/events.md). lmpathd's
 * own events pass as they are; connections are told as soon as a look into the session shows them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <uv.h>

#include "analyzers/judging.h"
#include "src/base/error.h"
#include "src/model/message.h"

struct event_log; /* opaque */

/*
 * event_log_new() - open the file; "-" is standard output.
 * @judging: networks and ports; borrowed until the end
 *
 * Returns 0, ERR_SYSTEM or ERR_MEMORY.
 */
int event_log_new(struct event_log **ret_log, uv_loop_t *loop, const struct judging *judging,
                  const char *path, struct error *err);
/* event_log_free() - the loop has to run once more for it. */
struct event_log *event_log_free(struct event_log *log);
/* event_log_hear() - a message of lmpathd, and its line. */
void event_log_hear(struct event_log *log, const struct message *m, const char *line,
                    size_t n_bytes);
/* event_log_end() - nothing more is heard. The event "end" stays behind the last connection. */
void event_log_end(struct event_log *log);
bool event_log_has_failed(const struct event_log *log);
