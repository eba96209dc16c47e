/*
 * Programs by their names: what a shell would run, and where our own other program is. One file
 * for each system: program_posix.c, program_windows.c.
 */
#pragma once

#include <stdbool.h>

#include "src/base/error.h"

enum { PROGRAM_PATH_BYTES = 4096 };

enum program_state {
    PROGRAM_FOUND,
    PROGRAM_MISSING, /* a shell says 127 */
    PROGRAM_REFUSED, /* it is there but can't be run, a shell says 126 */
};

enum { STATUS_REFUSED = 126, STATUS_MISSING = 127 };

/* program_find() - as a shell looks it up: a name with a folder as it is, another in PATH.
 * @ret_path: set when found. */
enum program_state program_find(char ret_path[PROGRAM_PATH_BYTES], const char *name);

/*
 * program_find_daemon() - lmpathd: what LMPATHD in the environment names, else the one beside the
 * program that runs, in the folder where that one is installed or built, or in PATH. Returns 0 or
 * ERR_SYSTEM.
 */
int program_find_daemon(char ret_path[PROGRAM_PATH_BYTES], struct error *err);

/* program_is_file() - a file that can be run. */
bool program_is_file(const char *path);

/* What differs between the systems, for program_find_daemon(). */
extern const char *const program_daemon_places[]; /* from the folder of lmpath; NULL-ended */
extern const char *const program_daemon_name;

extern const char *const program_control_path; /* the socket or pipe of the resident lmpathd */
/* The shells that run what is no program but a cmdlet, the first one found; NULL-ended, empty where
 * there are no cmdlets of Hyper-V's. */
extern const char *const program_shells[];
/* A signal can be sent to it; otherwise it can only be ended, and a console tells all its programs
 * by itself. */
extern const bool program_takes_signals;
