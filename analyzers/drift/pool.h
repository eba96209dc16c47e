/* Memory for many small things that live and go together. */
#pragma once

#include <stddef.h>

#include "src/base/error.h"

struct pool_chunk;

/* All zero: empty. */
struct pool {
    struct pool_chunk *chunks;
};

/* pool_take() - zeroed, aligned for anything; NULL without memory. */
void *pool_take(struct pool *p, size_t n_bytes);
void pool_release(struct pool *p);
