/*
 * The clients of lmpathd: a local socket or named pipe with several, or standard input and output
 * with one. Lines are cut out of what they send and parsed; what is said to them is queued. A
 * client that is oversized, slow or silent loses its connection and nothing else happens.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "src/base/error.h"
#include "src/model/order.h"

enum {
    CONTROL_MAX_CLIENTS = 16,
    CONTROL_MAX_UNREAD_BYTES = 256 * 1024,
    CONTROL_SILENCE_MS = 30 * 1000,
};

struct control; /* opaque */
struct client;  /* opaque; an id that outlives the connection is client_id() */

struct control_handlers {
    /* An order to carry out; answer with client_say(). */
    void (*order)(void *context, struct client *client, const struct order *order);
    /* A line that is none: @id as far as it could be read. */
    void (*nonsense)(void *context, struct client *client, uint64_t id, const char *why);
    /* The one client of standard input has gone. */
    void (*hangup)(void *context);
    void *context;
};

int control_new(struct control **ret_control, uv_loop_t *loop,
                const struct control_handlers *handlers, struct error *err);
/*
 * control_listen() - on a socket that only this user and administrators can open.
 *
 * Returns 0, ERR_USAGE when another lmpathd is there, or ERR_SYSTEM.
 */
int control_listen(struct control *c, const char *path, struct error *err);
/* control_take_stdio() - speak over standard input and output; that client gets events. */
int control_take_stdio(struct control *c, struct error *err);
/* control_close() - begin to close everything, what is queued is sent before, for a second at
 * most. The loop runs on until all is closed. Then control_free(). */
void control_close(struct control *c);
struct control *control_free(struct control *c);

/* control_tell() - a line for every client that wants events. Copies. */
void control_tell(struct control *c, const char *line);
size_t control_clients(const struct control *c);
/* control_has_listeners() - does anybody want events? */
bool control_has_listeners(const struct control *c);

uint64_t client_id(const struct client *client);
/* control_client() - NULL when it is gone. */
struct client *control_client(struct control *c, uint64_t id);
/* client_say() - a line for this one. Copies; NULL is passed over. */
void client_say(struct client *client, const char *line);
/* client_want_events() - from now on. */
void client_want_events(struct client *client);
