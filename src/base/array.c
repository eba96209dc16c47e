#include "src/base/array.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 8 };

int array_reserve(void *items, size_t *n_capacity, size_t n_needed, size_t item_bytes,
                  size_t n_limit, struct error *err)
{
    size_t n = *n_capacity ? *n_capacity : FIRST_CAPACITY;
    void *grown;

    if (n_needed <= *n_capacity)
        return 0;
    if (n_needed > n_limit || n_needed > SIZE_MAX / 2 / item_bytes)
        return error_set(err, ERR_LIMIT, "more than %zu entries", n_limit);
    while (n < n_needed)
        n *= 2;
    if (n > n_limit)
        n = n_limit;
    memcpy(&grown, items, sizeof(grown));
    grown = realloc(grown, n * item_bytes);
    if (!grown)
        return error_memory(err);
    memcpy(items, &grown, sizeof(grown));
    *n_capacity = n;
    return 0;
}
