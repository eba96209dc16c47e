/*
 * A conversation with lmpathd (docs/control.md): with one of our own, started as a child, or with
 * the resident one through its socket.
 *
 * Everything happens on the caller's libuv loop. What comes is handed to heard() line by line;
 * ended() is called once, and after it nothing more.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "src/base/error.h"
#include "src/model/message.h"

struct client; /* opaque */

struct client_ending {
    const char *problem; /* why the conversation broke off; NULL: the other end closed it */
    int code;            /* libuv's, where it was the system's doing; else 0 */
    bool has_exited;     /* a child; false: it was no child */
    int64_t status;
    int signal;
};

struct client_hooks {
    /* @m and the line, @n_bytes without its end, are borrowed for the call. */
    void (*heard)(void *context, const struct message *m, const char *line, size_t n_bytes);
    void (*ended)(void *context, const struct client_ending *ending);
    void *context;
};

/*
 * client_spawn() - start lmpathd and talk over its standard input and output. It is in a process
 * group of its own: what the terminal sends reaches us alone.
 * @argv: NULL-ended; argv[0] is the program's path
 * @hooks: copied
 *
 * Returns 0, ERR_SYSTEM or ERR_MEMORY; on failure no hook is called.
 */
int client_spawn(struct client **ret_client, uv_loop_t *loop, char **argv,
                 const struct client_hooks *hooks, struct error *err);
/* client_connect() - to a socket. A failure to connect comes through ended(). Returns 0, ERR_SYSTEM
 * or ERR_MEMORY. */
int client_connect(struct client **ret_client, uv_loop_t *loop, const char *path,
                   const struct client_hooks *hooks, struct error *err);

/* client_send() - a request, copied; its id is set. Returns the id (above 0) or a negative code.
 * Once ended, requests go nowhere. */
int client_send(struct client *c, struct request *request, struct error *err);
/* client_request() - one with no more than an action and, for mark, a text. */
int client_request(struct client *c, const char *action, const char *text, struct error *err);
/* client_hang_up() - say nothing more: a child stops its recording. */
void client_hang_up(struct client *c);
/* client_kill() - end a child at once. */
void client_kill(struct client *c);
/* client_free() - close what is open; the loop has to run once more for it. No hook is called
 * after. */
struct client *client_free(struct client *c);
