#include "capture/daemon_state.h"

#include <stdio.h>

#include "capture/clock.h"
#include "capture/notify.h"

void daemon_say(const struct daemon *d, const char *line)
{
    if (daemon_is_service(d))
        notify_log(line);
    else if (!daemon_is_child(d))
        fprintf(stderr, "lmpathd: %s\n", line);
}

void daemon_warn(struct daemon *d, const char *text, const char *nic)
{
    daemon_say(d, text);
    control_tell(d->control, event_warning(d->events, clock_wall_ns(), text, nic));
}

struct event_status daemon_status(const struct daemon *d)
{
    return (struct event_status){
        .session = d->recorder ? recorder_folder(d->recorder) : NULL,
        .since_ns = d->recorder ? recorder_start_ns(d->recorder) : d->since_ns,
        .file_bytes = d->recorder ? recorder_file_bytes(d->recorder) : 0,
        .n_clients = control_clients(d->control),
    };
}

static void close_handle(uv_handle_t *handle)
{
    if (!uv_is_closing(handle))
        uv_close(handle, NULL);
}

void daemon_close(struct daemon *d)
{
    d->is_closed = true;
    close_handle((uv_handle_t *)&d->ready);
    close_handle((uv_handle_t *)&d->sampling);
    close_handle((uv_handle_t *)&d->flushing);
    for (int i = 0; i < DAEMON_SIGNALS; i++)
        close_handle((uv_handle_t *)&d->signals[i]);
    control_close(d->control);
    hook_close(d->hook);
}
