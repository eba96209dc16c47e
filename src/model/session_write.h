/* Members of session.json that a result tells of its sessions in the same words. */
#pragma once

#include "src/base/json_writer.h"
#include "src/model/session.h"

/* session_put_time() - null for SESSION_NO_TIME. */
void session_put_time(struct json_writer *w, const char *key, int64_t time_ns);
void session_put_commands(struct json_writer *w, const struct session *s);
void session_put_marks(struct json_writer *w, const struct session *s);
