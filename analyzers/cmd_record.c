/* lmpath record: capture and count until stopped. */
#include <string.h>

#include "analyzers/commands.h"
#include "analyzers/recording/interrupts.h"
#include "analyzers/recording/nic_list.h"
#include "analyzers/recording/recorder.h"
#include "src/cli/exit_codes.h"

enum { SUMMARY_BYTES = 256 };

static int be_quiet(void *options, const char *value, struct error *err)
{
    (void)value;
    (void)err;
    ((struct recording *)options)->is_quiet = true;
    return 0;
}

static const struct option_row output_rows[] = {
    { 'q', "quiet", NULL, "show nothing but warnings and the session's folder", be_quiet },
    { 0 },
};

static const struct option_group groups[] = { { "Networks", judging_network_rows },
                                              { "Capture", recording_capture_rows },
                                              { "Session", recording_session_rows },
                                              { "Ports", judging_port_rows },
                                              { "Output", output_rows },
                                              { NULL, NULL } };

struct recording_run {
    uv_loop_t loop;
    struct interrupts interrupts;
    struct recorder *recorder;
    bool is_quiet;
};

static void began(void *context)
{
    struct recording_run *run = context;

    if (!run->is_quiet) {
        fprintf(stderr, "lmpath: recording into '%s', Ctrl-C stops it\n",
                recorder_session(run->recorder));
        if (terminal_is_watched(stderr))
            recorder_show_line(run->recorder, stderr);
    }
}

static void ended(void *context)
{
    struct recording_run *run = context;

    interrupts_stop(&run->interrupts);
}

static void interrupted(void *context, int number)
{
    struct recording_run *run = context;

    (void)number; /* each of them means: enough */
    recorder_stop(run->recorder);
}

static int conclude(const struct recording_run *run, bool tells_folder)
{
    char summary[SUMMARY_BYTES];
    struct error err = { "" };
    int r = recorder_result(run->recorder, &err);

    if (recorder_session(run->recorder)) {
        recorder_summary(run->recorder, summary, sizeof(summary));
        if (!run->is_quiet)
            fprintf(stderr, "lmpath: %s\n", summary);
        if (tells_folder)
            printf("%s\n", recorder_session(run->recorder));
    }
    if (r == 0)
        return EXIT_AS_IT_SHOULD;
    return *err.text ? command_fail(&err) : EXIT_TROUBLE;
}

static int record(const struct recording *o, struct error *err)
{
    struct recording_run run = { .is_quiet = o->is_quiet };
    struct recorder_hooks hooks = { .began = began, .ended = ended, .context = &run };
    int r;

    uv_loop_init(&run.loop);
    r = recorder_new(&run.recorder, &run.loop, o, &hooks, err);
    if (r == 0) {
        interrupts_start(&run.interrupts, &run.loop, interrupted, &run);
        uv_run(&run.loop, UV_RUN_DEFAULT);
        r = conclude(&run, !o->events || strcmp(o->events, "-") != 0);
        recorder_free(run.recorder);
    } else {
        r = command_fail(err);
    }
    uv_run(&run.loop, UV_RUN_DEFAULT);
    uv_loop_close(&run.loop);
    return r;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct recording o;
    struct error err;
    int operands = 0, r;

    recording_init(&o);
    r = options_parse(command, argc, argv, &o, &operands, &err);
    if (r == 0 && operands < argc)
        r = error_set(&err, ERR_USAGE,
                      "'%s' is no option; a command to watch is given to 'lmpath run -- %s'",
                      argv[operands], argv[operands]);
    if (r == 0 && !o.is_list)
        r = recording_take_snapshot(&o, &err);
    if (r == 0)
        r = o.is_list ? nic_list_show(&o, false) : record(&o, &err);
    else
        r = r < 0 ? command_fail(&err) : EXIT_AS_IT_SHOULD;
    recording_release(&o);
    return r;
}

const struct command command_record = {
    .program = "lmpath",
    .name = "record",
    .summary = "capture and count until stopped; write a session",
    .text =
        "Captures migration, storage and cluster traffic on every NIC that bears an address of a "
        "known network, and reads the NICs' byte counters with it. What is stored of a packet ends "
        "with its protocol headers: no guest memory, no file contents. The folder written, a "
        "session, is for 'lmpath analyze' and can be read while it grows.\n\n"
        "Ctrl-C stops, so do SIGTERM and SIGHUP; a second Ctrl-C doesn't wait. The session's "
        "folder is written to standard output. Capturing is lmpathd's work, which needs "
        "administrator's rights, or on Linux the capability cap_net_raw; lmpath itself needs none.",
    .groups = groups,
    .exit_codes = "0\n    the session is complete\n"
                  "2\n    there is none, or something is missing from it; one line says why",
    .examples =
        "lmpath record -n LM=10.20.0.0/24 -n Mgmt=10.10.10.0/24 -w before\n"
        "    in another window, move the VM; then Ctrl-C and 'lmpath analyze before -e LM'\n"
        "lmpath record -i stor1 -a duration:60\n"
        "    one NIC, for a minute",
    .run = run,
};
