#include "capture/control.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifdef _WIN32
#include "capture/windows/pipe.h"
#endif

enum {
    TICK_MS = 20,      /* while a client waits for its turn */
    ORDERS_A_TICK = 8, /* of one client: nobody keeps the loop from the packets */
    SILENCE_CHECK_MS = 1000,
    FAREWELL_MS = 1000,
    SOCKET_PATH_MAX = 107, /* sun_path, less its end */
    PRIVATE_UMASK = 0177,
    BACKLOG = 16,
};

struct client {
    struct control *control;
    uint64_t id;
    union {
        uv_handle_t handle;
        uv_stream_t stream;
        uv_pipe_t pipe;
        uv_tty_t tty;
    } in, out; /* of a socket only the first is used, for both ways */
    bool is_stdio;
    bool wants_events;
    bool is_reading;
    bool is_ending; /* nothing more is read; closes once everything is sent */
    bool is_closing;
    unsigned n_handles; /* that are not closed yet */
    unsigned n_orders;  /* in this tick */
    uint64_t heard_ms;
    uv_shutdown_t shutdown;
    size_t n_bytes; /* in the line so far */
    char line[ORDER_MAX_LINE_BYTES + 1];
};

struct control {
    uv_loop_t *loop;
    struct control_handlers handlers;
    struct client *clients[CONTROL_MAX_CLIENTS + 1]; /* the last place is standard input's */
    uint64_t n_ever;
    uv_pipe_t listener;
    uv_timer_t timer;
    bool is_listening;
    bool is_closing;
    uint64_t close_by_ms;
};

/* ---- clients ---- */

static uv_stream_t *out_of(struct client *client)
{
    return client->is_stdio ? &client->out.stream : &client->in.stream;
}

static void forget(uv_handle_t *handle)
{
    struct client *client = handle->data;
    struct control *c = client->control;

    if (--client->n_handles)
        return;
    for (size_t i = 0; i < sizeof(c->clients) / sizeof(c->clients[0]); i++)
        if (c->clients[i] == client)
            c->clients[i] = NULL;
    free(client);
}

static void close_client(struct client *client)
{
    if (client->is_closing)
        return;
    client->is_closing = true;
    uv_close(&client->in.handle, forget);
    if (client->is_stdio)
        uv_close(&client->out.handle, forget);
}

static void all_sent(uv_shutdown_t *shutdown, int status)
{
    (void)status;
    close_client(shutdown->data);
}

/* end_client() - read nothing more, close when everything is sent. */
static void end_client(struct client *client)
{
    if (client->is_ending || client->is_closing)
        return;
    client->is_ending = true;
    uv_read_stop(&client->in.stream);
    client->shutdown.data = client;
    if (uv_shutdown(&client->shutdown, out_of(client), all_sent) < 0)
        close_client(client);
}

static void sent(uv_write_t *write, int status)
{
    struct client *client = write->handle->data;

    free(write);
    if (status < 0 && !client->is_stdio)
        close_client(client);
}

void client_say(struct client *client, const char *line)
{
    size_t n = line ? strlen(line) : 0;
    uv_write_t *write;
    uv_buf_t buffer;

    if (n == 0 || client->is_closing || client->is_ending)
        return;
    if (uv_stream_get_write_queue_size(out_of(client)) > CONTROL_MAX_UNREAD_BYTES) {
        /* our own parent may just be stopped: it loses events, not the recording */
        if (!client->is_stdio)
            close_client(client);
        return;
    }
    write = malloc(sizeof(*write) + n);
    if (!write)
        return;
    memcpy(write + 1, line, n);
    buffer = uv_buf_init((char *)(write + 1), (unsigned)n);
    if (uv_write(write, out_of(client), &buffer, 1, sent) < 0)
        free(write);
}

uint64_t client_id(const struct client *client)
{
    return client->id;
}

void client_want_events(struct client *client)
{
    client->wants_events = true;
}

/* ---- lines ---- */

static void take_line(struct client *client, const char *line, size_t n_bytes)
{
    const struct control_handlers *handlers = &client->control->handlers;
    struct error why;
    struct order order;

    client->n_orders++;
    if (order_parse(&order, line, n_bytes, &why) < 0) {
        handlers->nonsense(handlers->context, client, order.id, why.text);
        return;
    }
    handlers->order(handlers->context, client, &order);
    order_release(&order);
}

/* take_lines() - as many as this client may have carried out in a tick. */
static void take_lines(struct client *client)
{
    const struct control_handlers *handlers = &client->control->handlers;
    char *at = client->line, *end = client->line + client->n_bytes, *feed;

    while (!client->is_ending && !client->is_closing && client->n_orders < ORDERS_A_TICK &&
           (feed = memchr(at, '\n', (size_t)(end - at)))) {
        char *line_end = feed > at && feed[-1] == '\r' ? feed - 1 : feed;

        if (line_end > at)
            take_line(client, at, (size_t)(line_end - at));
        at = feed + 1;
    }
    client->n_bytes = (size_t)(end - at);
    memmove(client->line, at, client->n_bytes);
    if (client->n_bytes == sizeof(client->line) && !memchr(client->line, '\n', client->n_bytes)) {
        client->n_bytes = 0;
        handlers->nonsense(handlers->context, client, 0, "a line of more than 4096 bytes");
        end_client(client);
    }
}

static void room_for_line(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct client *client = handle->data;

    (void)suggested;
    *buffer = uv_buf_init(client->line + client->n_bytes,
                          (unsigned)(sizeof(client->line) - client->n_bytes));
}

static void heard(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer);

static void set_reading(struct client *client, bool is_reading)
{
    if (client->is_reading == is_reading || client->is_ending || client->is_closing)
        return;
    client->is_reading = is_reading;
    if (is_reading)
        uv_read_start(&client->in.stream, room_for_line, heard);
    else
        uv_read_stop(&client->in.stream);
}

static void tick(uv_timer_t *timer);

/* pace() - a client that has had its orders waits for the next tick. */
static void pace(struct client *client)
{
    struct control *c = client->control;
    bool is_waiting = client->n_orders >= ORDERS_A_TICK;

    set_reading(client, !is_waiting);
    if (is_waiting && !c->is_closing)
        uv_timer_start(&c->timer, tick, TICK_MS, SILENCE_CHECK_MS);
}

static void heard(uv_stream_t *stream, ssize_t n, const uv_buf_t *buffer)
{
    struct client *client = stream->data;
    const struct control_handlers *handlers = &client->control->handlers;

    (void)buffer;
    if (n < 0) {
        if (client->is_stdio) {
            set_reading(client, false);
            handlers->hangup(handlers->context);
        } else {
            end_client(client);
        }
        return;
    }
    client->heard_ms = uv_now(client->control->loop);
    client->n_bytes += (size_t)n;
    take_lines(client);
    pace(client);
}

static bool is_silent(const struct client *client)
{
    return !client->is_stdio && !client->wants_events &&
           uv_now(client->control->loop) - client->heard_ms > CONTROL_SILENCE_MS;
}

static void tick(uv_timer_t *timer)
{
    struct control *c = timer->data;

    for (size_t i = 0; i < sizeof(c->clients) / sizeof(c->clients[0]); i++) {
        struct client *client = c->clients[i];

        if (!client || client->is_closing)
            continue;
        if (c->is_closing ? uv_now(c->loop) >= c->close_by_ms : is_silent(client)) {
            close_client(client);
            continue;
        }
        client->n_orders = 0;
        take_lines(client);
        pace(client);
    }
    if (c->is_closing && control_clients(c) == 0)
        uv_close((uv_handle_t *)timer, NULL);
}

/* ---- how they come ---- */

static struct client *add_client(struct control *c, size_t place)
{
    struct client *client = calloc(1, sizeof(*client));

    if (!client)
        return NULL;
    client->control = c;
    client->id = ++c->n_ever;
    client->heard_ms = uv_now(c->loop);
    client->in.handle.data = client;
    client->out.handle.data = client;
    c->clients[place] = client;
    return client;
}

static size_t free_place(const struct control *c)
{
    size_t place = 0;

    while (place < CONTROL_MAX_CLIENTS && c->clients[place])
        place++;
    return place;
}

/* refuse() - one too many: it is told so, as far as its buffer takes it, and closed. */
static void refuse_done(uv_handle_t *handle)
{
    free(handle);
}

static void refuse(struct control *c, uv_stream_t *listener)
{
    static char line[] = "{\"id\": 0, \"ok\": false, \"error\": \"too many clients\"}\n";
    uv_pipe_t *pipe = malloc(sizeof(*pipe));
    uv_buf_t buffer = uv_buf_init(line, sizeof(line) - 1);

    if (!pipe)
        return;
    uv_pipe_init(c->loop, pipe, 0);
    if (uv_accept(listener, (uv_stream_t *)pipe) == 0)
        uv_try_write((uv_stream_t *)pipe, &buffer, 1);
    uv_close((uv_handle_t *)pipe, refuse_done);
}

static void came(uv_stream_t *listener, int status)
{
    struct control *c = listener->data;
    size_t place = free_place(c);
    struct client *client;

    if (status < 0)
        return;
    client = place < CONTROL_MAX_CLIENTS ? add_client(c, place) : NULL;
    if (!client) {
        refuse(c, listener);
        return;
    }
    uv_pipe_init(c->loop, &client->in.pipe, 0);
    client->in.handle.data = client;
    client->n_handles = 1;
    if (uv_accept(listener, &client->in.stream) < 0)
        close_client(client);
    else
        set_reading(client, true);
}

static void connected(uv_connect_t *connect, int status)
{
    *(int *)connect->data = status;
    uv_close((uv_handle_t *)connect->handle, NULL);
}

/* somebody_listens() - on that path? Asked on a loop of its own, so that it is known at once. */
static bool somebody_listens(const char *path)
{
    int status = -1;
    uv_connect_t connect = { .data = &status };
    uv_pipe_t pipe;
    uv_loop_t loop;

    if (uv_loop_init(&loop) < 0)
        return false;
    uv_pipe_init(&loop, &pipe, 0);
    uv_pipe_connect(&connect, &pipe, path, connected);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    return status == 0;
}

static int bind_private(uv_pipe_t *pipe, const char *path)
{
#ifdef _WIN32
    int r = uv_pipe_bind(pipe, path);
    uv_os_fd_t handle;

    if (r == 0)
        r = uv_fileno((const uv_handle_t *)pipe, &handle);
    if (r == 0 && pipe_make_private(handle, NULL) < 0)
        r = UV_EPERM;
    return r;
#else
    mode_t before = umask(PRIVATE_UMASK);
    int r = uv_pipe_bind(pipe, path);

    umask(before);
    return r;
#endif
}

int control_listen(struct control *c, const char *path, struct error *err)
{
    int r;

    if (strlen(path) > SOCKET_PATH_MAX)
        return error_set(err, ERR_USAGE, "'%s': a socket's path has at most %d bytes", path,
                         SOCKET_PATH_MAX);
    if (somebody_listens(path))
        return error_set(err, ERR_USAGE, "'%s': another lmpathd is listening there", path);
    uv_pipe_init(c->loop, &c->listener, 0);
    c->listener.data = c;
    c->is_listening = true;
    r = bind_private(&c->listener, path);
    if (r == UV_EADDRINUSE) { /* left behind by one that was killed */
        uv_fs_t unlink;

        uv_fs_unlink(NULL, &unlink, path, NULL);
        uv_fs_req_cleanup(&unlink);
        r = bind_private(&c->listener, path);
    }
    if (r == 0)
        r = uv_listen((uv_stream_t *)&c->listener, BACKLOG, came);
    if (r < 0)
        return error_set(err, ERR_SYSTEM, "'%s': can't listen there: %s", path, uv_strerror(r));
    return 0;
}

/* open_stream() - standard input or output, whichever kind it is. */
static int open_stream(uv_loop_t *loop, struct client *client, uv_file file, uv_pipe_t *pipe,
                       uv_tty_t *tty)
{
    int r;

    switch (uv_guess_handle(file)) {
    case UV_NAMED_PIPE:
        uv_pipe_init(loop, pipe, 0);
        r = uv_pipe_open(pipe, file);
        break;
    case UV_TTY:
        r = uv_tty_init(loop, tty, file, 0);
        break;
    default:
        return UV_EINVAL;
    }
    if (r == 0) {
        client->n_handles++;
        ((uv_handle_t *)pipe)->data = client;
    }
    return r;
}

int control_take_stdio(struct control *c, struct error *err)
{
    struct client *client = add_client(c, CONTROL_MAX_CLIENTS);
    int r;

    if (!client)
        return error_memory(err);
    r = open_stream(c->loop, client, 0, &client->in.pipe, &client->in.tty);
    if (r == 0)
        r = open_stream(c->loop, client, 1, &client->out.pipe, &client->out.tty);
    if (r < 0) {
        if (client->n_handles) {
            client->is_closing = true;
            uv_close(&client->in.handle, forget);
        } else {
            c->clients[CONTROL_MAX_CLIENTS] = NULL;
            free(client);
        }
        return error_set(err, ERR_USAGE, "--stdio: standard input and output are no pipes");
    }
    client->is_stdio = true;
    client->wants_events = true;
    set_reading(client, true);
    return 0;
}

/* ---- all of them ---- */

int control_new(struct control **ret_control, uv_loop_t *loop,
                const struct control_handlers *handlers, struct error *err)
{
    struct control *c = calloc(1, sizeof(*c));

    if (!c)
        return error_memory(err);
    c->loop = loop;
    c->handlers = *handlers;
    uv_timer_init(loop, &c->timer);
    c->timer.data = c;
    uv_timer_start(&c->timer, tick, SILENCE_CHECK_MS, SILENCE_CHECK_MS);
    *ret_control = c;
    return 0;
}

void control_close(struct control *c)
{
    if (!c || c->is_closing)
        return;
    c->is_closing = true;
    c->close_by_ms = uv_now(c->loop) + FAREWELL_MS;
    if (c->is_listening)
        uv_close((uv_handle_t *)&c->listener, NULL);
    for (size_t i = 0; i < sizeof(c->clients) / sizeof(c->clients[0]); i++)
        if (c->clients[i])
            end_client(c->clients[i]);
    uv_timer_start(&c->timer, tick, TICK_MS, TICK_MS);
}

struct control *control_free(struct control *c)
{
    free(c);
    return NULL;
}

void control_tell(struct control *c, const char *line)
{
    for (size_t i = 0; line && i < sizeof(c->clients) / sizeof(c->clients[0]); i++)
        if (c->clients[i] && c->clients[i]->wants_events)
            client_say(c->clients[i], line);
}

size_t control_clients(const struct control *c)
{
    size_t n = 0;

    for (size_t i = 0; i < sizeof(c->clients) / sizeof(c->clients[0]); i++)
        n += c->clients[i] != NULL;
    return n;
}

bool control_has_listeners(const struct control *c)
{
    for (size_t i = 0; i < sizeof(c->clients) / sizeof(c->clients[0]); i++)
        if (c->clients[i] && c->clients[i]->wants_events)
            return true;
    return false;
}

struct client *control_client(struct control *c, uint64_t id)
{
    for (size_t i = 0; i < sizeof(c->clients) / sizeof(c->clients[0]); i++)
        if (c->clients[i] && c->clients[i]->id == id && !c->clients[i]->is_closing)
            return c->clients[i];
    return NULL;
}
