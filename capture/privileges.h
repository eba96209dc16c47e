/* Rights given up for good once devices are open. linux/privileges.c, windows/privileges.c. */
#pragma once

#include "src/base/error.h"

/*
 * privileges_drop() - before any thread starts. On Linux: no capabilities, no new privileges, and a
 * filter of system calls that leaves what a recording needs. What is open stays open.
 *
 * Returns 0 or ERR_SYSTEM.
 */
int privileges_drop(struct error *err);
