/* The sessions that a resident daemon keeps: a folder of them, bounded in bytes. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "capture/events.h"
#include "src/base/auto.h"
#include "src/base/error.h"

enum { LIBRARY_MAX_SESSIONS = 4096 }; /* more of them in the folder are not looked at */

struct library;

/* library_new() - @folder is made when it isn't there. Returns 0, ERR_SYSTEM or ERR_MEMORY. */
int library_new(struct library **ret_library, const char *folder, uint64_t keep_bytes,
                struct error *err);
struct library *library_free(struct library *l);
DEFINE_AUTO(library)

/* library_name() - a path for a new session; @suffix may be NULL. The caller frees it. */
char *library_name(const struct library *l, const char *host, int64_t time_ns, const char *suffix);
/* library_add() - a session that was begun, or has ended: what it says now is what is listed. */
void library_add(struct library *l, const char *path);
/* library_prune() - remove the oldest that have ended until the rest takes no more than is to be
 * kept. Returns how many. @open: path of the one in progress, which stays; NULL: none. */
size_t library_prune(struct library *l, const char *open);

/* library_rows() - the oldest first. @open: as above. Borrowed until the next call. */
size_t library_rows(struct library *l, const char *open, const struct event_session **ret_rows);
