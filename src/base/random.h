/* Random bytes from the operating system, for hash keys. */
#pragma once

#include <stddef.h>

#include "src/base/error.h"

/* random_fill() - Returns 0 or ERR_SYSTEM. */
int random_fill(void *bytes, size_t n_bytes, struct error *err);
