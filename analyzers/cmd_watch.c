/* lmpath watch: a recording that runs, on one screen. */
#include <stdlib.h>

#include "analyzers/commands.h"
#include "analyzers/judging.h"
#include "analyzers/live/follower.h"
#include "analyzers/live/screen.h"
#include "analyzers/recording/client.h"
#include "analyzers/recording/interrupts.h"
#include "analyzers/recording/program.h"
#include "src/base/auto.h"
#include "src/base/plain.h"
#include "src/base/text.h"
#include "src/cli/exit_codes.h"
#include "src/model/session.h"

enum {
    LINE_BYTES = 4096,
    STALE_S = 10, /* without a sample of the counters: nobody records any more */
};

struct watch_options {
    struct judging judging; /* first: the shared rows expect it there */
    const char *control;
};

static int set_control(void *options, const char *value, struct error *err)
{
    (void)err;
    ((struct watch_options *)options)->control = value;
    return 0;
}

static const struct option_row source_rows[] = {
    { 0, "control", "PATH",
      "without SESSION: the socket or pipe of the resident lmpathd, which is asked for its session",
      set_control },
    { 0 },
};
static const struct option_group groups[] = {
    { "Recording", source_rows },      { "Networks", judging_network_rows },
    { "Judging", judging_rows },       { "Ports", judging_port_rows },
    { "Output", judging_output_rows }, { NULL, NULL }
};

struct watching {
    uv_loop_t loop;
    struct interrupts interrupts;
    struct follower *follower;
    struct screen_before before;
    bool has_screen; /* one that is redrawn; otherwise lines follow each other */
    unsigned columns, rows, n_put;
    int64_t newest_ns; /* of the session, and when it was first seen */
    uint64_t newest_at_ns;
    const char *broke_off; /* why nothing more comes, though the session is not complete */
};

/* ---- the terminal ---- */

/* The alternate screen, without a cursor; what was on the terminal comes back at the end. */
static void screen_begin(void)
{
    fputs("\x1b[?1049h\x1b[?25l", stdout);
}

static void screen_end(void)
{
    fputs("\x1b[?25h\x1b[?1049l", stdout);
    fflush(stdout);
}

static void put_on_screen(void *context, const char *line)
{
    struct watching *w = context;
    char cut[LINE_BYTES];

    if (w->n_put++ >= w->rows)
        return;
    plain_text(cut, sizeof(cut), line, w->columns);
    printf("%s%s\x1b[K", w->n_put > 1 ? "\n" : "", cut);
}

static void put_below(void *context, const char *line)
{
    (void)context;
    printf("%s\n", line);
}

static void draw(struct watching *w, const struct result *r)
{
    struct error err;

    if (!w->has_screen) {
        screen_write_line(r, &w->before, put_below, w);
        fflush(stdout);
        return;
    }
    terminal_size(stdout, &w->columns, &w->rows);
    w->n_put = 0;
    fputs("\x1b[H", stdout);
    screen_write(r, &w->before, put_on_screen, w, &err);
    fputs("\x1b[J", stdout);
    fflush(stdout);
}

/* ---- the recording ---- */

static void finish(struct watching *w)
{
    if (!w->follower)
        return;
    w->follower = follower_free(w->follower);
    interrupts_stop(&w->interrupts);
}

static bool is_complete(const struct result *r)
{
    for (size_t i = 0; i < r->n_sessions; i++) {
        if (r->sessions[i].session.state != SESSION_COMPLETE)
            return false;
    }
    return true;
}

/* A recorder that lives writes counters several times a second. */
static bool is_stale(struct watching *w, const struct result *r)
{
    int64_t newest_ns = screen_time(r);

    if (newest_ns != w->newest_ns || w->newest_at_ns == 0) {
        w->newest_ns = newest_ns;
        w->newest_at_ns = uv_hrtime();
    }
    return uv_hrtime() - w->newest_at_ns > (uint64_t)STALE_S * 1000000000;
}

static void judged(void *context, const struct result *r, const char *problem)
{
    struct watching *w = context;

    if (!r) {
        put_below(w, problem);
        return;
    }
    draw(w, r);
    if (is_complete(r)) {
        finish(w);
    } else if (is_stale(w, r)) {
        w->broke_off = "nothing has been recorded for 10 seconds, the recording has broken off";
        finish(w);
    }
}

static void interrupted(void *context, int number)
{
    (void)number;
    finish(context);
}

static int follow(struct watch_options *o, const char *folder, struct error *err)
{
    struct watching w = { .has_screen = terminal_has_screen(stdout) };
    int r;

    uv_loop_init(&w.loop);
    r = follower_new(&w.follower, &w.loop, &o->judging, folder, judged, &w, err);
    if (r == 0) {
        if (w.has_screen)
            screen_begin();
        interrupts_start(&w.interrupts, &w.loop, interrupted, &w);
    }
    uv_run(&w.loop, UV_RUN_DEFAULT);
    if (r == 0 && w.has_screen)
        screen_end();
    uv_loop_close(&w.loop);
    if (w.broke_off)
        fprintf(stderr, "lmpath: %s\n", w.broke_off);
    return r;
}

/* What analyze would say of it now. */
static int judge(struct judging *judging, char *folder, struct error *err)
{
    char *inputs[] = { folder, NULL };
    struct result result;
    int r;

    judging->analysis.inputs = inputs;
    judging->analysis.n_inputs = 1;
    result_init(&result);
    r = judging_analyze(judging, &result, err);
    if (r == 0)
        r = judging_write(judging, &result, err);
    r = r < 0 ? command_fail(err) : verdict_exit_code(result.verdict);
    result_release(&result);
    return r;
}

/* ---- the resident lmpathd ---- */

struct asking {
    struct client *client;
    char *session;
    bool is_answered;
    int code;
};

static void heard(void *context, const struct message *m, const char *line, size_t n_bytes)
{
    struct asking *a = context;

    (void)line;
    (void)n_bytes;
    if (m->kind != MESSAGE_REPLY || a->is_answered)
        return;
    a->is_answered = true;
    a->session = text_copy(m->session);
    client_free(a->client);
}

static void ended(void *context, const struct client_ending *ending)
{
    struct asking *a = context;

    a->code = ending->code;
    client_free(a->client);
}

/* The folder of its open session, which the caller frees. */
static int ask_session(char **ret_folder, const char *control, struct error *err)
{
    struct asking a = { 0 };
    struct client_hooks hooks = { .heard = heard, .ended = ended, .context = &a };
    uv_loop_t loop;
    int r;

    uv_loop_init(&loop);
    r = client_connect(&a.client, &loop, control, &hooks, err);
    if (r == 0 && client_request(a.client, "status", NULL, err) < 0)
        client_hang_up(a.client);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    if (r < 0)
        return r;
    if (a.session && *a.session) {
        *ret_folder = a.session;
        return 0;
    }
    free(a.session);
    if (a.is_answered)
        return error_set(err, ERR_INPUT,
                         "the resident lmpathd has no session open: there is "
                         "nothing to watch yet");
    return error_set(err, ERR_SYSTEM,
                     "no session named, and no lmpathd answers at '%s'%s%s: lmpath watch SESSION",
                     control, a.code ? ": " : "", a.code ? uv_strerror(a.code) : "");
}

static int watch(struct watch_options *o, const char *given, struct error *err)
{
    AUTO_MEMORY char *folder = given ? text_copy(given) : NULL;
    int r = judging_check(&o->judging, err);

    if (r == 0)
        r = analysis_check(&o->judging.analysis, err);
    if (r == 0 && !given)
        r = ask_session(&folder, o->control, err);
    if (r == 0 && !folder)
        r = error_memory(err);
    if (r == 0 && !session_is_folder(folder))
        r = error_set(err, ERR_INPUT, "'%s' is no session: there is no %s in it", folder,
                      SESSION_FILE);
    if (r == 0)
        r = follow(o, folder, err);
    return r < 0 ? command_fail(err) : judge(&o->judging, folder, err);
}

static int run(const struct command *command, int argc, char **argv)
{
    struct watch_options o = { .control = program_control_path };
    struct error err;
    int operands = 0, r;

    judging_init(&o.judging);
    r = options_parse(command, argc, argv, &o, &operands, &err);
    if (r == 0 && operands + 1 < argc)
        r = error_set(&err, ERR_USAGE, "'%s' is one session too many", argv[operands + 1]);
    if (r == 0)
        r = watch(&o, operands < argc ? argv[operands] : NULL, &err);
    else
        r = r < 0 ? command_fail(&err) : EXIT_AS_IT_SHOULD;
    judging_release(&o.judging);
    return r;
}

const struct command command_watch = {
    .program = "lmpath",
    .name = "watch",
    .operands = "[SESSION]",
    .summary = "show a recording while it runs, on one screen",
    .text = "Shows the networks with rate, total and share of the memory, the NICs with their "
            "counters, the connections that moved most, what was lost, and the verdict so far. "
            "SESSION is the folder of a recording that runs; without it, the one that the resident "
            "lmpathd has open. Where standard output is no terminal, there is one line a second "
            "instead.\n\n"
            "It ends with the recording, or by Ctrl-C, which leaves the recording alone; then it "
            "tells the verdict as analyze does. Watching needs the right to read the session, and "
            "no other.",
    .groups = groups,
    .exit_codes = "0, 1, 3\n    the verdict, as of 'lmpath analyze'\n"
                  "2\n    there is no such session, or it can't be read",
    .examples = "lmpath watch HV01-20261121T225908Z -e LM\n"
                "    in another window than 'lmpath record'",
    .run = run,
};
