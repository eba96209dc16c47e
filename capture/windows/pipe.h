/* Who may open a named pipe: Windows lets everybody read one that is made without saying so. */
#pragma once

#include "src/base/error.h"

/*
 * pipe_make_private() - this user, administrators and the system may open it, nobody from another
 * machine. @handle: of an instance with the right to say so (WRITE_DAC). It counts for all
 * instances of that name. Returns 0 or ERR_SYSTEM.
 */
int pipe_make_private(void *handle, struct error *err);
