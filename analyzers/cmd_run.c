/* lmpath run: record while a command runs, then judge. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/commands.h"
#include "analyzers/interrupts.h"
#include "analyzers/nic_list.h"
#include "analyzers/program.h"
#include "analyzers/recorder.h"
#include "analyzers/watched.h"
#include "src/base/units.h"
#include "src/cli/exit_codes.h"
#include "src/model/session.h"

enum {
    BACKGROUND_MS = 2000, /* what the NICs count before the command, for comparison */
    SETTLE_MS = 5000,     /* at most, behind the command */
    QUIET_TICKS = 2,      /* in a row, until the traffic counts as ended */
    QUIET_FRACTION = 100, /* of the busiest interval */
    REPEAT_MAX = 1000,
    SUMMARY_BYTES = 256,
};

struct run_options {
    struct recording recording; /* first: the shared rows expect it there */
    unsigned n_repeats;
    char **words[2]; /* the command and the one for the way back; NULL-ended, NULL: none */
};

static int set_repeat(void *options, const char *value, struct error *err)
{
    char *end;
    unsigned long n = strtoul(value, &end, 10);

    if (*value < '0' || *value > '9' || *end || n < 1 || n > REPEAT_MAX)
        return error_set(err, ERR_USAGE, "'%s' is not a number from 1 to %d", value, REPEAT_MAX);
    ((struct run_options *)options)->n_repeats = (unsigned)n;
    return 0;
}

/* Behind the command it is taken from there; see split_commands(). */
static int refuse_reverse(void *options, const char *value, struct error *err)
{
    (void)options;
    (void)value;
    return error_set(err, ERR_USAGE,
                     "it stands behind the command: lmpath run -- COMMAND --reverse -- COMMAND2");
}

static const struct option_row repeat_rows[] = {
    { 0, "repeat", "N", "run the command, and the one for the way back, N times each", set_repeat },
    { 0, "reverse", NULL,
      "stands behind the command, with one for the way back: --reverse -- COMMAND2; the two take "
      "turns, and the result tells whether both ways are the same",
      refuse_reverse },
    { 0 },
};

static const struct option_group groups[] = {
    { "Networks", judging_network_rows },  { "Judging", judging_rows },
    { "Repeating", repeat_rows },          { "Capture", recording_capture_rows },
    { "Session", recording_session_rows }, { "Ports", judging_port_rows },
    { "Output", judging_output_rows },     { NULL, NULL }
};

enum phase { STARTING, BACKGROUND, RUNNING, SETTLING, STOPPING };

struct running {
    const struct run_options *options;
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
};

static void say(const struct running *run, const char *text)
{
    if (run->options->recording.judging.detail != REPORT_VERDICT)
        fprintf(stderr, "lmpath: %s\n", text);
}

static struct request request_for(const char *action)
{
    return (struct request){ .action = action,
                             .status = MESSAGE_NO_STATUS,
                             .signal = MESSAGE_NO_STATUS };
}

static unsigned n_commands(const struct run_options *o)
{
    return o->n_repeats * (o->words[1] ? 2 : 1);
}

/* The words of command number @i: the two take turns. */
static char **words_of(const struct run_options *o, unsigned i)
{
    return o->words[o->words[1] ? i % 2 : 0];
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
    char **words = words_of(run->options, run->n_done);
    struct request begin = request_for("command"), end = request_for("command_end");
    struct error err;

    begin.argv = words;
    recorder_tell(run->recorder, &begin);
    run->phase = RUNNING;
    run->busiest = 0;
    run->refused = watched_start(&run->watched, &run->loop, words, &err);
    if (run->refused) {
        end.error = err.text;
        recorder_tell(run->recorder, &end);
        command_fail(&err);
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
    if (run->n_done < n_commands(run->options) && !run->hurries && !has_failed(&run->watched) &&
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

static int write_result(const void *context, FILE *out, struct error *err)
{
    const struct report_options options = { .detail = REPORT_ALL };

    return report_write_json(context, &options, out, err);
}

/* result.json beside what it was made from. */
static int keep_result(const struct result *result, const char *folder, struct error *err)
{
    char path[SESSION_PATH_BYTES];
    struct output output = { "json", path };
    int r = session_path(path, folder, SESSION_RESULT_FILE, err);

    return r < 0 ? r : output_write(&output, write_result, result, err);
}

static int judge(struct judging *judging, const char *folder, struct error *err)
{
    char *inputs[] = { (char *)folder, NULL };
    struct result result;
    int r;

    judging->analysis.inputs = inputs;
    judging->analysis.n_inputs = 1;
    judging->analysis.want_digests = true;
    result_init(&result);
    r = judging_analyze(judging, &result, err);
    if (r == 0)
        r = keep_result(&result, folder, err);
    if (r == 0)
        r = judging_write(judging, &result, err);
    r = r < 0 ? command_fail(err) : verdict_exit_code(result.verdict);
    result_release(&result);
    return r;
}

/* What the recording has come to, and the verdict on it. */
static int conclude(struct running *run, struct judging *judging)
{
    struct error err = { "" };
    int r = recorder_result(run->recorder, &err);

    if (r != 0 && *err.text)
        command_fail(&err);
    if (r < 0)
        return EXIT_TROUBLE;
    if (run->refused)
        return run->refused;
    if (run->n_done == 0) {
        error_set(&err, ERR_SYSTEM, "ended before the command began; the session is '%s'",
                  recorder_session(run->recorder));
        return command_fail(&err);
    }
    return judge(judging, recorder_session(run->recorder), &err);
}

static int record_and_judge(struct run_options *o, struct error *err)
{
    struct running run = { .options = o };
    struct recorder_hooks hooks = {
        .began = began, .ticked = ticked, .ended = recorder_ended, .context = &run
    };
    int r;

    run.watched.ended = command_ended;
    run.watched.context = &run;
    uv_loop_init(&run.loop);
    uv_timer_init(&run.loop, &run.timer);
    run.timer.data = &run;
    interrupts_start(&run.interrupts, &run.loop, interrupted, &run);
    r = recorder_new(&run.recorder, &run.loop, &o->recording, &hooks, err);
    if (r < 0) {
        close_all(&run);
        r = command_fail(err);
    }
    uv_run(&run.loop, UV_RUN_DEFAULT);
    if (run.recorder)
        r = conclude(&run, &o->recording.judging);
    recorder_free(run.recorder);
    uv_run(&run.loop, UV_RUN_DEFAULT);
    uv_loop_close(&run.loop);
    return r;
}

/* COMMAND [--reverse -- COMMAND2], both NULL-ended within argv. */
static int split_commands(struct run_options *o, char **words, struct error *err)
{
    o->words[0] = words;
    for (size_t i = 0; words[i]; i++) {
        if (strcmp(words[i], "--reverse") == 0 && words[i + 1] && strcmp(words[i + 1], "--") == 0) {
            words[i] = NULL;
            o->words[1] = words + i + 2;
            break;
        }
    }
    for (int i = 0; i < 2; i++) {
        if (o->words[i] && !o->words[i][0])
            return error_set(err, ERR_USAGE,
                             "no command: it stands behind --, as in 'lmpath run -e LM -- "
                             "Move-ClusterVirtualMachineRole -Name VM1 -Node HV02'");
    }
    return 0;
}

/* All that can be wrong is told before anything is recorded or moved. */
static int check(struct run_options *o, struct error *err)
{
    struct judging *judging = &o->recording.judging;
    int r = judging_check(judging, err);

    if (r == 0)
        r = analysis_check(&judging->analysis, err);
    for (size_t i = 0; r == 0 && o->recording.events && i < judging->outputs.n_rows; i++) {
        if (!judging->outputs.rows[i].path && strcmp(o->recording.events, "-") == 0)
            r = error_set(err, ERR_USAGE,
                          "events and the result would go to standard output, give one a file: "
                          "-o FILE");
    }
    return r;
}

static int run_checked(struct run_options *o, struct error *err)
{
    for (int i = 0; i < 2 && o->words[i]; i++) {
        int status = watched_check(o->words[i], err);

        if (status != 0) {
            command_fail(err);
            return status;
        }
    }
    return record_and_judge(o, err);
}

static int run(const struct command *command, int argc, char **argv)
{
    struct run_options o = { .n_repeats = 1 };
    struct error err;
    int n_own = 0, operands = 0, r;

    while (n_own < argc && strcmp(argv[n_own], "--") != 0)
        n_own++;
    recording_init(&o.recording);
    r = options_parse(command, n_own, argv, &o, &operands, &err);
    if (r == 0 && operands < n_own)
        r = error_set(&err, ERR_USAGE, "put -- before the command: lmpath run -- %s",
                      argv[operands]);
    if (r == 0 && o.recording.is_list) {
        r = nic_list_show(&o.recording, false);
        recording_release(&o.recording);
        return r;
    }
    if (r == 0)
        r = split_commands(&o, argv + n_own + (n_own < argc), &err);
    if (r == 0)
        r = check(&o, &err);
    r = r < 0 ? command_fail(&err) : r > 0 ? EXIT_AS_IT_SHOULD : run_checked(&o, &err);
    recording_release(&o.recording);
    return r;
}

const struct command command_run = {
    .program = "lmpath",
    .name = "run",
    .operands = "-- COMMAND [ARGUMENT]... [--reverse -- COMMAND2 [ARGUMENT]...]",
    .summary = "record while a command runs, then tell which network it used",
    .text =
        "Watches the NICs, runs the command that moves the virtual machine, watches on until the "
        "traffic has ended (5 seconds at most), and tells which network carried the memory. The "
        "recording stays: a session, a folder for 'lmpath analyze', with the result in it.\n\n"
        "The command has the terminal to itself. On Windows a command that is no program is run by "
        "PowerShell, so cmdlets and scripts work as typed. Ctrl-C goes to the command, and what it "
        "did until then is judged; a second Ctrl-C ends it.",
    .groups = groups,
    .exit_codes = "0\n    the memory went over the intended network\n"
                  "1\n    it went over another one, or was split over several\n"
                  "2\n    the command line, the recording or the system is at fault\n"
                  "3\n    inconclusive, or no migration was seen\n"
                  "126\n    the command can't be run\n"
                  "127\n    there is no such command",
    .examples =
        "lmpath run -t snapshot.json -- Move-ClusterVirtualMachineRole -Name VM1 -Node HV02\n"
        "    does the VM move as the cluster's settings intend?\n"
        "lmpath run -n LM=10.20.0.0/24 -n Mgmt=10.10.10.0/24 -e LM --repeat 3 -- "
        "move VM1 HV02 --reverse -- move VM1 HV01\n"
        "    three times there and back: is it the same network both ways?",
    .run = run,
};
