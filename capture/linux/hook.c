#include "capture/hook.h"

#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

enum { UNREAD_BYTES_MAX = 256 * 1024 };

struct hook {
    uv_process_t process;
    uv_pipe_t pipe;
    unsigned n_handles;
};

static void closed(uv_handle_t *handle)
{
    struct hook *h = handle->data;

    if (--h->n_handles == 0)
        free(h);
}

static void ended(uv_process_t *process, int64_t status, int signal)
{
    (void)status;
    (void)signal;
    uv_unref((uv_handle_t *)process);
}

/* Each line is a session's path; the command's own input and output are none of ours. */
static char script[] =
    "while IFS= read -r session; do "
    "LMPATH_SESSION=$session sh -c \"$1 \\\"\\$@\\\"\" sh \"$session\" </dev/null >&2; "
    "done";
static char shell[] = "sh", from_text[] = "-c";

int hook_new(struct hook **ret_hook, uv_loop_t *loop, const char *command, struct error *err)
{
    struct hook *h = calloc(1, sizeof(*h));
    char *args[] = { shell, from_text, script, shell, (char *)command, NULL };
    uv_stdio_container_t streams[3] = {
        { .flags = UV_CREATE_PIPE | UV_READABLE_PIPE },
        { .flags = UV_INHERIT_FD, .data.fd = 2 },
        { .flags = UV_INHERIT_FD, .data.fd = 2 },
    };
    uv_process_options_t options = {
        .exit_cb = ended, .file = "/bin/sh", .args = args, .stdio = streams, .stdio_count = 3
    };
    int r;

    if (!h)
        return error_memory(err);
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); /* it need not capture */
    uv_pipe_init(loop, &h->pipe, 0);
    streams[0].data.stream = (uv_stream_t *)&h->pipe;
    r = uv_spawn(loop, &h->process, &options);
    h->pipe.data = h->process.data = h;
    h->n_handles = 2;
    uv_unref((uv_handle_t *)&h->process);
    uv_unref((uv_handle_t *)&h->pipe);
    if (r < 0) {
        hook_close(h);
        return error_set(err, ERR_SYSTEM, "'%s': a shell for it can't be started: %s", command,
                         uv_strerror(r));
    }
    *ret_hook = h;
    return 0;
}

static void written(uv_write_t *write, int status)
{
    (void)status;
    free(write);
}

void hook_run(struct hook *h, const char *session)
{
    size_t n = strlen(session) + 1;
    uv_write_t *write;
    uv_buf_t buffer;

    if (uv_stream_get_write_queue_size((uv_stream_t *)&h->pipe) > UNREAD_BYTES_MAX)
        return;
    write = malloc(sizeof(*write) + n);
    if (!write)
        return;
    memcpy(write + 1, session, n - 1);
    ((char *)(write + 1))[n - 1] = '\n';
    buffer = uv_buf_init((char *)(write + 1), (unsigned)n);
    if (uv_write(write, (uv_stream_t *)&h->pipe, &buffer, 1, written) < 0)
        free(write);
}

void hook_close(struct hook *h)
{
    if (!h)
        return;
    uv_close((uv_handle_t *)&h->process, closed);
    uv_close((uv_handle_t *)&h->pipe, closed);
}
