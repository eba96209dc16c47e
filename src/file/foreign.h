/* Files that are no captures, and what to do with them. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

enum { FOREIGN_BYTES = 512 }; /* as many from the start as foreign_error() can make use of */

/* foreign_error() - tell what the bytes look like. Returns ERR_INPUT. */
int foreign_error(const uint8_t *bytes, size_t n_bytes, struct error *err);
