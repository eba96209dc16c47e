/* No service manager is told anything yet, nor the event log: lmpathd is no Windows service. */
#include "capture/notify.h"

#include <stdio.h>

void notify_open(void)
{
}

void notify_say(const char *state)
{
    (void)state;
}

uint64_t notify_watchdog_ms(void)
{
    return 0;
}

void notify_log(const char *line)
{
    fprintf(stderr, "lmpathd: %s\n", line);
    fflush(stderr);
}
