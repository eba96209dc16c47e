/* On Windows starting programs is no right that was given up, so that cmd.exe is started anew for
 * each session, one after the other. */
#include "capture/hook.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/text.h"

enum { WAITING_MAX = 64 };

struct hook {
    uv_loop_t *loop;
    char *command;
    uv_process_t process;
    bool is_running, is_closing;
    char *waiting[WAITING_MAX]; /* sessions, the oldest first */
    size_t n_waiting;
};

static void start_next(struct hook *h);

static void free_if_done(struct hook *h)
{
    if (!h->is_closing || h->is_running)
        return;
    for (size_t i = 0; i < h->n_waiting; i++)
        free(h->waiting[i]);
    free(h->command);
    free(h);
}

static void closed(uv_handle_t *handle)
{
    struct hook *h = handle->data;

    h->is_running = false;
    if (h->is_closing)
        free_if_done(h);
    else
        start_next(h);
}

static void ended(uv_process_t *process, int64_t status, int signal)
{
    (void)status;
    (void)signal;
    uv_close((uv_handle_t *)process, closed);
}

/* cmd.exe takes the text between the outermost quotation marks as it is typed. */
static int start(struct hook *h, const char *session)
{
    static char shell[] = "cmd.exe", options[] = "/d /s /c";
    uv_stdio_container_t streams[3] = {
        { .flags = UV_IGNORE },
        { .flags = UV_INHERIT_FD, .data.fd = 2 },
        { .flags = UV_INHERIT_FD, .data.fd = 2 },
    };
    char *line = text_format("\"%s \"%s\"\"", h->command, session);
    char *args[] = { shell, options, line, NULL };
    uv_process_options_t spawn = {
        .exit_cb = ended,
        .file = shell,
        .args = args,
        .flags = UV_PROCESS_WINDOWS_VERBATIM_ARGUMENTS | UV_PROCESS_WINDOWS_HIDE,
        .stdio = streams,
        .stdio_count = 3,
    };
    int r = line ? uv_os_setenv("LMPATH_SESSION", session) : UV_ENOMEM;

    h->process = (uv_process_t){ .data = h };
    if (r == 0) {
        r = uv_spawn(h->loop, &h->process, &spawn);
        h->is_running = true;
        uv_unref((uv_handle_t *)&h->process);
        if (r < 0)
            uv_close((uv_handle_t *)&h->process, closed);
    }
    free(line);
    return r;
}

static void start_next(struct hook *h)
{
    while (!h->is_running && h->n_waiting > 0) {
        char *session = h->waiting[0];

        h->n_waiting--;
        memmove(h->waiting, h->waiting + 1, h->n_waiting * sizeof(h->waiting[0]));
        start(h, session);
        free(session);
    }
}

int hook_new(struct hook **ret_hook, uv_loop_t *loop, const char *command, struct error *err)
{
    struct hook *h = calloc(1, sizeof(*h));

    if (h)
        h->command = text_copy(command);
    if (!h || !h->command) {
        free(h);
        return error_memory(err);
    }
    h->loop = loop;
    *ret_hook = h;
    return 0;
}

void hook_run(struct hook *h, const char *session)
{
    if (h->n_waiting == WAITING_MAX)
        return;
    h->waiting[h->n_waiting] = text_copy(session);
    if (h->waiting[h->n_waiting])
        h->n_waiting++;
    start_next(h);
}

void hook_close(struct hook *h)
{
    if (!h)
        return;
    h->is_closing = true;
    if (h->is_running && !uv_is_closing((uv_handle_t *)&h->process))
        uv_close((uv_handle_t *)&h->process, closed);
    free_if_done(h);
}
