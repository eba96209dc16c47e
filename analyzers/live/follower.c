#include "analyzers/live/follower.h"

#include <stdbool.h>
#include <stdlib.h>

#include "src/base/text.h"

enum { INTERVAL_MS = 1000, REST = 4 }; /* rests this much longer than it worked */

struct follower {
    uv_loop_t *loop;
    uv_timer_t timer;
    uv_work_t work;
    struct analysis_options options;
    char *folder;
    char *inputs[2];
    follower_hook *hook;
    void *context;
    bool is_working, is_freed, is_timer_closed;
    uint64_t took_ms;
    int status;
    struct result result;
    struct error err;
};

static void free_when_idle(struct follower *f)
{
    if (!f->is_freed || f->is_working || !f->is_timer_closed)
        return;
    free(f->folder);
    free(f);
}

static void timer_closed(uv_handle_t *timer)
{
    struct follower *f = timer->data;

    f->is_timer_closed = true;
    free_when_idle(f);
}

/* On its own thread: it touches nothing but options, result and err. */
static void work(uv_work_t *request)
{
    struct follower *f = request->data;
    uint64_t started_ns = uv_hrtime();

    result_init(&f->result);
    f->status = analysis_run(&f->result, &f->options, &f->err);
    f->took_ms = (uv_hrtime() - started_ns) / 1000000;
}

static void begin_work(uv_timer_t *timer);

static void worked(uv_work_t *request, int status)
{
    struct follower *f = request->data;
    uint64_t rest_ms = f->took_ms * REST;

    (void)status; /* never cancelled */
    f->is_working = false;
    if (!f->is_freed) {
        uv_timer_start(&f->timer, begin_work, rest_ms > INTERVAL_MS ? rest_ms : INTERVAL_MS, 0);
        f->hook(f->context, f->status < 0 ? NULL : &f->result, f->status < 0 ? f->err.text : NULL);
    }
    result_release(&f->result);
    free_when_idle(f);
}

static void begin_work(uv_timer_t *timer)
{
    struct follower *f = timer->data;

    f->is_working = uv_queue_work(f->loop, &f->work, work, worked) == 0;
}

int follower_new(struct follower **ret_follower, uv_loop_t *loop, const struct judging *judging,
                 const char *folder, follower_hook *hook, void *context, struct error *err)
{
    struct follower *f = calloc(1, sizeof(*f));

    if (!f || !(f->folder = text_copy(folder))) {
        free(f);
        return error_memory(err);
    }
    f->loop = loop;
    f->options = judging->analysis;
    f->options.progress = NULL;
    f->options.want_digests = false;
    f->inputs[0] = f->folder;
    f->options.inputs = f->inputs;
    f->options.n_inputs = 1;
    f->hook = hook;
    f->context = context;
    f->timer.data = f->work.data = f;
    uv_timer_init(loop, &f->timer);
    uv_timer_start(&f->timer, begin_work, 0, 0);
    *ret_follower = f;
    return 0;
}

struct follower *follower_free(struct follower *f)
{
    if (!f)
        return NULL;
    f->is_freed = true;
    uv_close((uv_handle_t *)&f->timer, timer_closed);
    return NULL;
}
