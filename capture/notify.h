/* What the system's service manager is told. linux/notify.c speaks sd_notify(3)'s protocol. */
#pragma once

#include <stdint.h>

/* notify_open() - before rights are dropped; nothing happens where no manager asked to be told. */
void notify_open(void);
/* notify_say() - "READY=1", "STATUS=...", "WATCHDOG=1", "STOPPING=1". */
void notify_say(const char *state);
/* notify_watchdog_ms() - the manager wants a sign of life within this time; 0: it doesn't. */
uint64_t notify_watchdog_ms(void);
/* notify_log() - one line for the system's log; standard error is written to as well. */
void notify_log(const char *line);
