#include "analyzers/recording/trial.h"

#include <signal.h>
#include <stdio.h>

#include "analyzers/recording/interrupts.h"
#include "analyzers/recording/program.h"
#include "analyzers/recording/recorder.h"
#include "analyzers/recording/watched.h"
#include "src/base/text.h"
#include "src/base/units.h"
#include "src/model/session.h"

enum {
    BACKGROUND_MS = 2000, /* what the NICs count before the command, for comparison */
    SETTLE_MS = 5000,     /* at most, behind the command */
    QUIET_TICKS = 2,      /* in a row, until the traffic counts as ended */
    QUIET_FRACTION = 100, /* of the busiest interval */
    SUMMARY_BYTES = 256,
};

enum phase { STARTING, BACKGROUND, RUNNING, SETTLING, STOPPING };

struct running {
    const struct trial *trial;
    const struct recording *recording;
    uv_loop_t loop;
    uv_timer_t timer;
    struct interrupts interrupts;
    struct recorder *recorder;
    struct watched watched;
    enum phase phase;
    unsigned n_done;  /* commands that ended */
    uint64_t busiest; /* bytes of one interval since the command began */
    unsigned n_quiet;
    unsigned n_interrupts;
    bool hurries; /* asked to end: no waiting for traffic, no further command */
    int refused;  /* 126 or 127: a command could not be started */
    struct error refusal;
};

static void say(const struct running *run, const char *text)
{
    if (run->recording->judging.detail != REPORT_VERDICT)
        fprintf(stderr, "lmpath: %s\n", text);
}

static struct request request_for(const char *action)
{
    return (struct request){ .action = action,
                             .status = MESSAGE_NO_STATUS,
                             .signal = MESSAGE_NO_STATUS };
}

static unsigned n_commands(const struct trial *t)
{
    return t->n_repeats * (t->words[1] ? 2 : 1);
}

/* The words of command number @i: the two take turns. */
static char **words_of(const struct trial *t, unsigned i)
{
    return t->words[t->words[1] ? i % 2 : 0];
}

/* Nothing is left to be done but to complete the session. */
static void stop(struct running *run)
{
    run->phase = STOPPING;
    uv_timer_stop(&run->timer);
    recorder_stop(run->recorder);
}

static void close_all(struct running *run)
{
    uv_close((uv_handle_t *)&run->timer, NULL);
    interrupts_stop(&run->interrupts);
}

static void time_is_up(uv_timer_t *timer);

static void begin_command(struct running *run)
{
    char **words = words_of(run->trial, run->n_done);
    struct request begin = request_for("command"), end = request_for("command_end");

    begin.argv = words;
    recorder_tell(run->recorder, &begin);
    run->phase = RUNNING;
    run->busiest = 0;
    run->refused = watched_start(&run->watched, &run->loop, words, &run->refusal);
    if (run->refused) {
        end.error = run->refusal.text;
        recorder_tell(run->recorder, &end);
        stop(run);
    }
}

static bool has_failed(const struct watched *w)
{
    return w->status != 0 || w->signal != 0;
}

/* The NICs settle; and migrations that follow each other closely would count as one. */
static void rest(struct running *run)
{
    run->phase = BACKGROUND;
    uv_timer_start(&run->timer, time_is_up, BACKGROUND_MS, 0);
}

/* A way there that failed makes none of the way back. */
static void go_on(struct running *run)
{
    if (run->n_done < n_commands(run->trial) && !run->hurries && !has_failed(&run->watched) &&
        !recorder_has_ended(run->recorder))
        rest(run);
    else if (recorder_has_ended(run->recorder))
        close_all(run);
    else
        stop(run);
}

static void time_is_up(uv_timer_t *timer)
{
    struct running *run = timer->data;

    if (run->phase == BACKGROUND)
        begin_command(run);
    else if (run->phase == SETTLING)
        go_on(run);
}

static void tell_end(struct running *run)
{
    const struct watched *w = &run->watched;
    char text[SUMMARY_BYTES], duration[UNITS_TEXT_BYTES], how[64] = "";

    if (w->signal)
        snprintf(how, sizeof(how), ", by signal %d", w->signal);
    else if (w->status)
        snprintf(how, sizeof(how), " with status %lld", (long long)w->status);
    duration_text(duration, (int64_t)(w->ended_ns - w->started_ns));
    snprintf(text, sizeof(text), "the command ended after %s%s", duration, how);
    say(run, text);
}

static void command_ended(void *context)
{
    struct running *run = context;
    const struct watched *w = &run->watched;
    struct request end = request_for("command_end");

    if (w->signal)
        end.signal = w->signal;
    else
        end.status = w->status;
    recorder_tell(run->recorder, &end);
    if (w->is_in_shell && w->status == STATUS_MISSING)
        run->refused = STATUS_MISSING;
    run->n_done++;
    run->n_quiet = 0;
    tell_end(run);
    run->phase = SETTLING;
    if (run->hurries || recorder_has_ended(run->recorder))
        go_on(run);
    else
        uv_timer_start(&run->timer, time_is_up, SETTLE_MS, 0);
}

static void began(void *context)
{
    struct running *run = context;
    char text[SUMMARY_BYTES + SESSION_PATH_BYTES];

    snprintf(text, sizeof(text), "recording into '%s'; the command begins in %d s",
             recorder_session(run->recorder), BACKGROUND_MS / 1000);
    say(run, text);
    rest(run);
}

static void ticked(void *context, const struct message *m, uint64_t seen_bytes)
{
    struct running *run = context;

    (void)m;
    if (run->phase == RUNNING || run->phase == SETTLING)
        run->busiest = seen_bytes > run->busiest ? seen_bytes : run->busiest;
    if (run->phase != SETTLING)
        return;
    run->n_quiet = seen_bytes * QUIET_FRACTION <= run->busiest ? run->n_quiet + 1 : 0;
    if (run->n_quiet >= QUIET_TICKS) {
        uv_timer_stop(&run->timer);
        go_on(run);
    }
}

/* Also by itself: -a, or a failure. A command that runs is waited for. */
static void recorder_ended(void *context)
{
    struct running *run = context;

    uv_timer_stop(&run->timer);
    if (!run->watched.is_running)
        close_all(run);
    else
        say(run, "the recording has ended before the command");
}

/* Ctrl-C during the command is its own affair; what ends us, or a second one, ends it. */
static void interrupted(void *context, int number)
{
    struct running *run = context;

    if (!run->watched.is_running) {
        run->hurries = true;
        stop(run);
    } else if (run->n_interrupts++ == 0) {
        run->hurries = number != SIGINT;
        watched_pass_on(&run->watched, number);
    } else {
        run->hurries = true;
        watched_kill(&run->watched);
    }
}

/* What it has come to. */
static int conclude(const struct running *run, char **ret_folder, struct error *err)
{
    int r = recorder_result(run->recorder, err);

    if (r < 0)
        return r;
    if (run->refused) {
        *err = run->refusal;
        return run->refused;
    }
    if (run->n_done == 0 && r == 0)
        error_set(err, ERR_SYSTEM, "ended before the command began; the session is '%s'",
                  recorder_session(run->recorder));
    if (run->n_done == 0)
        return ERR_SYSTEM;
    *ret_folder = text_copy(recorder_session(run->recorder));
    return *ret_folder ? r : error_memory(err);
}

int trial_run(const struct trial *t, const struct recording *recording, char **ret_folder,
              struct error *err)
{
    struct running run = { .trial = t, .recording = recording };
    struct recorder_hooks hooks = {
        .began = began, .ticked = ticked, .ended = recorder_ended, .context = &run
    };
    int r;

    *err->text = '\0';
    run.watched.ended = command_ended;
    run.watched.context = &run;
    uv_loop_init(&run.loop);
    uv_timer_init(&run.loop, &run.timer);
    run.timer.data = &run;
    interrupts_start(&run.interrupts, &run.loop, interrupted, &run);
    r = recorder_new(&run.recorder, &run.loop, recording, &hooks, err);
    if (r < 0)
        close_all(&run);
    uv_run(&run.loop, UV_RUN_DEFAULT);
    if (r == 0)
        r = conclude(&run, ret_folder, err);
    recorder_free(run.recorder);
    uv_run(&run.loop, UV_RUN_DEFAULT);
    uv_loop_close(&run.loop);
    return r;
}
