/* lmpath run: record while a command runs, then judge. */
#include <stdlib.h>
#include <string.h>

#include "analyzers/commands.h"
#include "analyzers/recording/nic_list.h"
#include "analyzers/recording/program.h"
#include "analyzers/recording/recording.h"
#include "analyzers/recording/trial.h"
#include "analyzers/recording/watched.h"
#include "src/base/auto.h"
#include "src/cli/exit_codes.h"
#include "src/model/session.h"

enum { REPEAT_MAX = 1000 };

struct run_options {
    struct recording recording; /* first: the shared rows expect it there */
    struct trial trial;
};

static int set_repeat(void *options, const char *value, struct error *err)
{
    char *end;
    unsigned long n = strtoul(value, &end, 10);

    if (*value < '0' || *value > '9' || *end || n < 1 || n > REPEAT_MAX)
        return error_set(err, ERR_USAGE, "'%s' is not a number from 1 to %d", value, REPEAT_MAX);
    ((struct run_options *)options)->trial.n_repeats = (unsigned)n;
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

/* COMMAND [--reverse -- COMMAND2], both NULL-ended within argv. */
static int split_commands(struct run_options *o, char **words, struct error *err)
{
    o->trial.words[0] = words;
    for (size_t i = 0; words[i]; i++) {
        if (strcmp(words[i], "--reverse") == 0 && words[i + 1] && strcmp(words[i + 1], "--") == 0) {
            words[i] = NULL;
            o->trial.words[1] = words + i + 2;
            break;
        }
    }
    for (int i = 0; i < 2; i++) {
        if (o->trial.words[i] && !o->trial.words[i][0])
            return error_set(err, ERR_USAGE,
                             "no command: it stands behind --, as in 'lmpath run -e LM -- "
                             "Move-ClusterVirtualMachineRole -Name VM1 -Node HV02'");
    }
    return 0;
}

/* All that can be wrong is told before anything is recorded or moved, and before the wait for a
 * fresh snapshot what can be. */
static int check(struct run_options *o, struct error *err)
{
    struct judging *judging = &o->recording.judging;
    int r = judging_check(judging, err);

    for (size_t i = 0; r == 0 && o->recording.events && i < judging->outputs.n_rows; i++) {
        if (!judging->outputs.rows[i].path && strcmp(o->recording.events, "-") == 0)
            r = error_set(err, ERR_USAGE,
                          "events and the result would go to standard output, give one a file: "
                          "-o FILE");
    }
    if (r == 0)
        r = recording_take_snapshot(&o->recording, err);
    return r < 0 ? r : analysis_check(&judging->analysis, err);
}

static int record_and_judge(struct run_options *o, struct error *err)
{
    AUTO_MEMORY char *folder = NULL;
    int r = trial_run(&o->trial, &o->recording, &folder, err);

    if (r != 0 && *err->text)
        command_fail(err);
    if (r < 0)
        return EXIT_TROUBLE;
    return r == STATUS_REFUSED || r == STATUS_MISSING ? r
                                                      : judge(&o->recording.judging, folder, err);
}

static int run_checked(struct run_options *o, struct error *err)
{
    for (int i = 0; i < 2 && o->trial.words[i]; i++) {
        int status = watched_check(o->trial.words[i], err);

        if (status != 0) {
            command_fail(err);
            return status;
        }
    }
    return record_and_judge(o, err);
}

static int run(const struct command *command, int argc, char **argv)
{
    struct run_options o = { .trial.n_repeats = 1 };
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
