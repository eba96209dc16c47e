/*
 * SIGINT, SIGTERM and SIGHUP on a libuv loop. One that the caller ignores (nohup) stays ignored.
 */
#pragma once

#include <uv.h>

enum { N_INTERRUPTS = 3 };

struct interrupts {
    uv_signal_t handles[N_INTERRUPTS];
    void (*came)(void *context, int number);
    void *context;
};

/* interrupts_start() - @i stays where it is until the loop has run behind interrupts_stop(). They
 * keep no loop alive. */
void interrupts_start(struct interrupts *i, uv_loop_t *loop,
                      void (*came)(void *context, int number), void *context);
/* interrupts_stop() - from here on they have their usual effect. */
void interrupts_stop(struct interrupts *i);
