/* "did you mean": the known word nearest to a mistyped one. */
#pragma once

struct suggestion {
    const char *word; /* as typed */
    const char *best; /* the nearest word considered, NULL while none is near; borrowed */
    unsigned distance;
};

static inline struct suggestion suggestion_for(const char *word)
{
    return (struct suggestion){ .word = word };
}

/* suggestion_consider() - near is: it begins with the word typed, or differs by at most two
 * characters and by less than half of them. The first of equals wins. */
void suggestion_consider(struct suggestion *s, const char *known);
