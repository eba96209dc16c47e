/*
 * Sessions among the inputs: a folder that lmpathd recorded. Its captures become inputs like any
 * other, also those of a ring and while it still grows; what else lies in it is kept for the
 * questions.
 */
#pragma once

#include <stddef.h>

#include "analyzers/ingest/inputs.h"
#include "src/base/error.h"
#include "src/model/recorded.h"

enum { MAX_SESSIONS = 1024 };

/* Owns its sessions. */
struct session_list {
    struct recorded *items;
    size_t n;
    size_t capacity;
};

void session_list_init(struct session_list *list);
void session_list_release(struct session_list *list);

/*
 * session_list_add() - what the user named: a session's folder is read and its captures are added
 * to @inputs, once; everything else is added there as it is. Returns 0 or a negative code.
 */
int session_list_add(struct session_list *list, struct input_list *inputs, const char *path,
                     struct error *err);

/* session_list_snapshot() - the first session's that has one, as a new string; *ret_path is NULL
 * when none has. Returns 0 or a negative code. */
int session_list_snapshot(const struct session_list *list, char **ret_path, struct error *err);
