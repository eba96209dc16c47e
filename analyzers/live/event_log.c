#include "analyzers/live/event_log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/live/announcer.h"
#include "analyzers/live/follower.h"
#include "src/base/text.h"

struct event_log {
    FILE *out;
    uv_loop_t *loop;
    const struct judging *judging;
    struct announcer *announcer;
    struct follower *follower; /* NULL: nothing to follow, or no more */
    char *folder;
    char *end; /* lmpathd's last line, held back */
};

int event_log_new(struct event_log **ret_log, uv_loop_t *loop, const struct judging *judging,
                  const char *path, struct error *err)
{
    struct event_log *log = calloc(1, sizeof(*log));

    if (!log || !(log->announcer = announcer_new())) {
        free(log);
        return error_memory(err);
    }
    log->loop = loop;
    log->judging = judging;
    log->out = strcmp(path, "-") == 0 ? stdout : fopen(path, "wb");
    if (!log->out) {
        error_system(err, errno, "can't write '%s'", path);
        event_log_free(log);
        return ERR_SYSTEM;
    }
    *ret_log = log;
    return 0;
}

struct event_log *event_log_free(struct event_log *log)
{
    if (!log)
        return NULL;
    follower_free(log->follower);
    announcer_free(log->announcer);
    if (log->out && log->out != stdout)
        fclose(log->out);
    free(log->folder);
    free(log->end);
    free(log);
    return NULL;
}

static int64_t now_ns(void)
{
    uv_timeval64_t now;

    uv_gettimeofday(&now);
    return now.tv_sec * 1000000000 + (int64_t)now.tv_usec * 1000;
}

/* A look that failed is no event: there will be another. */
static void judged(void *context, const struct result *result, const char *problem)
{
    struct event_log *log = context;

    (void)problem;
    if (result)
        announcer_tell(log->announcer, result, now_ns(), log->out);
}

static void put_line(struct event_log *log, const char *line, size_t n_bytes)
{
    fwrite(line, 1, n_bytes, log->out);
    fputc('\n', log->out);
    fflush(log->out);
}

/* Without memory no connections are told; all else still is. */
static void follow(struct event_log *log, const char *folder)
{
    log->folder = text_copy(folder);
    if (log->folder)
        follower_new(&log->follower, log->loop, log->judging, folder, judged, log, NULL);
}

void event_log_hear(struct event_log *log, const struct message *m, const char *line,
                    size_t n_bytes)
{
    if (m->kind == MESSAGE_REPLY)
        return;
    if (m->kind == MESSAGE_START && !log->folder)
        follow(log, m->session);
    if (m->kind == MESSAGE_END && !log->end)
        log->end = text_format("%.*s", (int)n_bytes, line);
    else
        put_line(log, line, n_bytes);
}

/* What the last second brought. */
static void look_again(struct event_log *log)
{
    struct analysis_options options = log->judging->analysis;
    char *inputs[] = { log->folder, NULL };
    struct result result;

    options.inputs = inputs;
    options.n_inputs = 1;
    options.progress = NULL;
    result_init(&result);
    if (analysis_run(&result, &options, NULL) == 0)
        judged(log, &result, NULL);
    result_release(&result);
}

void event_log_end(struct event_log *log)
{
    log->follower = follower_free(log->follower);
    if (log->folder)
        look_again(log);
    if (log->end)
        put_line(log, log->end, strlen(log->end));
}

bool event_log_has_failed(const struct event_log *log)
{
    return ferror(log->out);
}
