/*
 * The options that record and run share, and lmpathd's command line made of them.
 *
 * A command puts a struct recording first into its own option struct, so that the rows here, and
 * judging's, find it.
 */
#pragma once

#include <stdbool.h>

#include "analyzers/judging.h"
#include "analyzers/recording/collector.h"
#include "analyzers/recording/program.h"

struct recording {
    struct judging judging;          /* first; record takes its networks and ports only */
    struct word_list daemon_options; /* passed on as they are: lmpathd judges them */
    const char *folder;              /* -w; NULL: lmpathd names one */
    const char *events;              /* --events; NULL: none, "-": standard output */
    bool is_quiet;
    bool is_list;        /* -D: list NICs instead */
    bool wants_snapshot; /* --snapshot */
    struct collection collection;
    struct error snapshot_problem; /* why there is none; "": nothing is wrong */
};

extern const struct option_row recording_capture_rows[]; /* -i, -D, -s, -B, --interval */
extern const struct option_row recording_session_rows[]; /* -w, --snapshot, -a, -b, --events */

void recording_init(struct recording *o);
void recording_release(struct recording *o);

/*
 * recording_take_snapshot() - where --snapshot asks for a fresh one: from then on it is the one
 * that -t would name. That it can't be collected is told on standard error and in snapshot_problem,
 * and stops nothing. Returns 0 or ERR_USAGE (there is a -t, too).
 */
int recording_take_snapshot(struct recording *o, struct error *err);

/* The command line of docs/control.md. It refers to itself and to the options: it stays where it
 * is. */
struct daemon_command {
    char program[PROGRAM_PATH_BYTES];
    char ports[2][8];
    struct word_list argv;
};

/* daemon_command_init() - released by the caller, also on failure. Returns 0 or a negative code. */
int daemon_command_init(struct daemon_command *c, const struct recording *o, struct error *err);
void daemon_command_release(struct daemon_command *c);
