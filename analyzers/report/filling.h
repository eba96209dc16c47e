/* A text that is put together from pieces, and cut between two characters where it gets too long.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct filling {
    char *to; /* terminated after each piece */
    size_t size, at;
    bool is_cut; /* what follows a cut would not belong there */
};

/* filling_of() - @to becomes "". Borrows it. */
struct filling filling_of(char *to, size_t size);
void filling_add(struct filling *f, const char *words, size_t n_bytes);
