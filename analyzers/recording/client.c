#include "analyzers/recording/client.h"

#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"

enum { READ_BYTES = 64 * 1024 };

struct client {
    uv_loop_t *loop;
    struct client_hooks hooks;
    uv_process_t process;
    uv_pipe_t input, output; /* of the child; a socket is the output alone */
    uv_connect_t connecting;
    struct writing
        *unsent; /* while connecting, the oldest first: Windows keeps nothing for later */
    bool is_connecting;
    bool has_process, has_input;
    bool is_read_out, has_exited, has_ended, is_freed;
    unsigned n_open; /* handles not closed yet */
    int next_id;
    int64_t status;
    int signal;
    int code;
    char problem[256];
    char *line; /* what came of the line that is not whole yet */
    size_t line_bytes, line_capacity;
    char bytes[READ_BYTES];
};

struct writing {
    uv_write_t request;
    char *line;
    struct writing *next; /* of those unsent */
};

static void written(uv_write_t *request, int status)
{
    struct writing *w = (struct writing *)request;

    (void)status; /* one that is gone shows as the end of what it says */
    free(w->line);
    free(w);
}

static struct writing *take_unsent(struct client *c)
{
    struct writing *w = c->unsent;

    if (w)
        c->unsent = w->next;
    return w;
}

static void free_when_closed(struct client *c)
{
    struct writing *w;

    if (!c->is_freed || c->n_open > 0)
        return;
    while ((w = take_unsent(c)))
        written(&w->request, 0);
    free(c->line);
    free(c);
}

static void closed(uv_handle_t *handle)
{
    struct client *c = handle->data;

    c->n_open--;
    free_when_closed(c);
}

static void close_handle(void *handle)
{
    if (!uv_is_closing(handle))
        uv_close(handle, closed);
}

/* Once everything has been said, and a child is gone. */
static void end_if_over(struct client *c)
{
    struct client_ending ending = { .has_exited = c->has_exited,
                                    .status = c->status,
                                    .signal = c->signal };

    if (c->has_ended || c->is_freed || !c->is_read_out || (c->has_process && !c->has_exited))
        return;
    c->has_ended = true;
    if (*c->problem)
        ending.problem = c->problem;
    ending.code = c->code;
    c->hooks.ended(c->hooks.context, &ending);
}

static void stop_reading(struct client *c)
{
    c->is_read_out = true;
    close_handle(&c->output);
    end_if_over(c);
}

static void set_problem(struct client *c, const char *problem)
{
    if (!*c->problem)
        snprintf(c->problem, sizeof(c->problem), "%.*s", (int)sizeof(c->problem) - 1, problem);
}

static void set_code(struct client *c, ssize_t code)
{
    c->code = (int)code;
    set_problem(c, uv_strerror((int)code));
}

/* What can't be understood may not understand us either. */
static void give_up(struct client *c, const char *problem)
{
    set_problem(c, problem);
    client_kill(c);
    stop_reading(c);
}

static void take_line(struct client *c, const char *line, size_t n_bytes)
{
    struct message m;
    struct error err;

    if (message_parse(&m, line, n_bytes, &err) < 0) {
        char problem[sizeof(c->problem)];

        snprintf(problem, sizeof(problem), "it said what is no message: %.200s", err.text);
        give_up(c, problem);
        return;
    }
    c->hooks.heard(c->hooks.context, &m, line, n_bytes);
    message_release(&m);
}

/* The bytes of one read; @c may be closing after any line. */
static void take_bytes(struct client *c, const char *bytes, size_t n_bytes)
{
    struct error err;

    if (array_reserve(&c->line, &c->line_capacity, c->line_bytes + n_bytes, 1,
                      MESSAGE_MAX_LINE_BYTES + READ_BYTES, &err) < 0) {
        give_up(c, err.text);
        return;
    }
    memcpy(c->line + c->line_bytes, bytes, n_bytes);
    c->line_bytes += n_bytes;
    for (char *from = c->line;;) {
        size_t n_left = c->line_bytes - (size_t)(from - c->line);
        char *end = memchr(from, '\n', n_left);

        if (!end || c->is_freed || c->is_read_out) {
            memmove(c->line, from, n_left);
            c->line_bytes = n_left;
            break;
        }
        take_line(c, from, (size_t)(end - from));
        from = end + 1;
    }
    if (c->line_bytes > MESSAGE_MAX_LINE_BYTES)
        give_up(c, "it said a line without end");
}

static void lend_buffer(uv_handle_t *handle, size_t n_wanted, uv_buf_t *ret_buffer)
{
    struct client *c = handle->data;

    (void)n_wanted;
    *ret_buffer = uv_buf_init(c->bytes, sizeof(c->bytes));
}

static void bytes_came(uv_stream_t *stream, ssize_t n_bytes, const uv_buf_t *buffer)
{
    struct client *c = stream->data;

    (void)buffer;
    if (c->is_freed)
        return;
    if (n_bytes > 0) {
        take_bytes(c, c->bytes, (size_t)n_bytes);
    } else if (n_bytes < 0) {
        if (n_bytes != UV_EOF)
            set_code(c, n_bytes);
        stop_reading(c);
    }
}

static void exited(uv_process_t *process, int64_t status, int number)
{
    struct client *c = process->data;

    c->has_exited = true;
    c->status = status;
    c->signal = number;
    close_handle(process);
    end_if_over(c);
}

static struct client *client_new(uv_loop_t *loop, const struct client_hooks *hooks)
{
    struct client *c = calloc(1, sizeof(*c));

    if (!c)
        return NULL;
    c->loop = loop;
    c->hooks = *hooks;
    uv_pipe_init(loop, &c->output, 0);
    c->output.data = c;
    c->n_open = 1;
#ifdef SIGPIPE
    signal(SIGPIPE, SIG_IGN); /* a write to one that is gone fails, that is enough */
#endif
    return c;
}

int client_spawn(struct client **ret_client, uv_loop_t *loop, char **argv,
                 const struct client_hooks *hooks, struct error *err)
{
    struct client *c = client_new(loop, hooks);
    uv_stdio_container_t stdio[3];
    uv_process_options_t options = { .exit_cb = exited,
                                     .file = argv[0],
                                     .args = argv,
                                     .flags = UV_PROCESS_DETACHED | UV_PROCESS_WINDOWS_HIDE,
                                     .stdio = stdio,
                                     .stdio_count = 3 };
    int r;

    if (!c)
        return error_memory(err);
    uv_pipe_init(loop, &c->input, 0);
    c->input.data = c->process.data = c;
    stdio[0].flags = UV_CREATE_PIPE | UV_READABLE_PIPE;
    stdio[0].data.stream = (uv_stream_t *)&c->input;
    stdio[1].flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE;
    stdio[1].data.stream = (uv_stream_t *)&c->output;
    stdio[2].flags = UV_INHERIT_FD;
    stdio[2].data.fd = 2;
    c->has_process = c->has_input = true;
    c->n_open += 2;
    r = uv_spawn(loop, &c->process, &options);
    if (r < 0) {
        client_free(c);
        return error_set(err, ERR_SYSTEM, "can't start '%s': %s", argv[0], uv_strerror(r));
    }
    uv_read_start((uv_stream_t *)&c->output, lend_buffer, bytes_came);
    *ret_client = c;
    return 0;
}

static uv_stream_t *mouth_of(struct client *c)
{
    return (uv_stream_t *)(c->has_process ? &c->input : &c->output);
}

static void send_writing(struct client *c, struct writing *w)
{
    uv_buf_t buffer = uv_buf_init(w->line, (unsigned)strlen(w->line));

    if (uv_write(&w->request, mouth_of(c), &buffer, 1, written) < 0)
        written(&w->request, 0);
}

static void send_later(struct client *c, struct writing *w)
{
    struct writing **end = &c->unsent;

    while (*end)
        end = &(*end)->next;
    *end = w;
}

static void connected(uv_connect_t *request, int status)
{
    struct client *c = request->data;
    struct writing *w;

    c->is_connecting = false;
    if (c->is_freed)
        return;
    while (status == 0 && (w = take_unsent(c)))
        send_writing(c, w);
    if (status == 0)
        status = uv_read_start((uv_stream_t *)&c->output, lend_buffer, bytes_came);
    if (status < 0) {
        set_code(c, status);
        stop_reading(c);
    }
}

int client_connect(struct client **ret_client, uv_loop_t *loop, const char *path,
                   const struct client_hooks *hooks, struct error *err)
{
    struct client *c = client_new(loop, hooks);

    if (!c)
        return error_memory(err);
    c->connecting.data = c;
    c->is_connecting = true;
    uv_pipe_connect(&c->connecting, &c->output, path, connected);
    *ret_client = c;
    return 0;
}

int client_send(struct client *c, struct request *request, struct error *err)
{
    struct writing *w;
    int r;

    request->id = (uint64_t)++c->next_id;
    if (uv_is_closing((uv_handle_t *)mouth_of(c)))
        return c->next_id;
    w = calloc(1, sizeof(*w));
    if (!w)
        return error_memory(err);
    r = request_line(&w->line, request, err);
    if (r < 0) {
        free(w);
        return r;
    }
    if (c->is_connecting)
        send_later(c, w);
    else
        send_writing(c, w);
    return c->next_id;
}

int client_request(struct client *c, const char *action, const char *text, struct error *err)
{
    struct request q = {
        .action = action, .text = text, .status = MESSAGE_NO_STATUS, .signal = MESSAGE_NO_STATUS
    };

    return client_send(c, &q, err);
}

void client_hang_up(struct client *c)
{
    if (c->has_input)
        close_handle(&c->input);
}

void client_kill(struct client *c)
{
    if (c->has_process && !c->has_exited)
        uv_process_kill(&c->process, SIGKILL);
}

struct client *client_free(struct client *c)
{
    if (!c)
        return NULL;
    assert(!c->is_freed);
    c->is_freed = true;
    close_handle(&c->output);
    if (c->has_input)
        close_handle(&c->input);
    if (c->has_process)
        close_handle(&c->process);
    return NULL;
}
