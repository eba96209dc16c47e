/*
 * The command that is watched: found as a shell finds it, run with the user's own terminal, its end
 * told. On Windows what is no program is run by PowerShell.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "src/base/error.h"

struct watched {
    uv_process_t process;
    bool is_running;
    bool is_in_shell;              /* which says 127 of a command that it can't find either */
    uint64_t started_ns, ended_ns; /* uv_hrtime() */
    int64_t status;                /* that it exited with */
    int signal;                    /* that ended it; 0: none */
    void (*ended)(void *context);
    void *context;
};

/*
 * watched_check() - can the command be found? Returns 0, or what a shell would exit with, 126 or
 * 127; @err then tells.
 */
int watched_check(char *const *words, struct error *err);
/*
 * watched_start() - @w->ended and its context are set by the caller, and @w stays where it is until
 * the loop has run behind the end.
 *
 * Returns 0, or 126 or 127; @err then tells.
 */
int watched_start(struct watched *w, uv_loop_t *loop, char *const *words, struct error *err);
/* watched_pass_on() - a signal that we got and it didn't: what the terminal sends reaches both. */
void watched_pass_on(struct watched *w, int number);
/* watched_kill() - at once. */
void watched_kill(struct watched *w);
