#include "analyzers/recording/interrupts.h"

#include <signal.h>
#include <stdbool.h>

static const int numbers[N_INTERRUPTS] = { SIGINT, SIGTERM, SIGHUP };

/* Windows' C library knows no SIGHUP, libuv makes one of a console that is closed: there it can't
 * be ignored either. */
static bool is_ignored(int number)
{
    void (*before)(int) = signal(number, SIG_IGN);

    if (before != SIG_IGN && before != SIG_ERR)
        signal(number, before);
    return before == SIG_IGN;
}

static void took(uv_signal_t *handle, int number)
{
    struct interrupts *i = handle->data;

    i->came(i->context, number);
}

void interrupts_start(struct interrupts *i, uv_loop_t *loop,
                      void (*came)(void *context, int number), void *context)
{
    i->came = came;
    i->context = context;
    for (int k = 0; k < N_INTERRUPTS; k++) {
        uv_signal_init(loop, &i->handles[k]);
        i->handles[k].data = i;
        if (!is_ignored(numbers[k]))
            uv_signal_start(&i->handles[k], took, numbers[k]);
        uv_unref((uv_handle_t *)&i->handles[k]);
    }
}

void interrupts_stop(struct interrupts *i)
{
    for (int k = 0; k < N_INTERRUPTS; k++)
        uv_close((uv_handle_t *)&i->handles[k], NULL);
}
