/*
 * Growing plain C arrays, each with a limit: an array is a pointer, a count and a capacity that
 * its owner keeps, and frees with free().
 */
#pragma once

#include <stddef.h>

#include "src/base/error.h"

/*
 * array_reserve() - make room for @n_needed items.
 * @items:      address of the array's pointer (a T **); moved when it grows
 * @n_capacity: items there is room for; updated
 * @n_limit:    the container's documented limit
 *
 * Returns 0, ERR_LIMIT when @n_needed is over the limit, ERR_MEMORY. On failure nothing changed.
 */
int array_reserve(void *items, size_t *n_capacity, size_t n_needed, size_t item_bytes,
                  size_t n_limit, struct error *err);
