/* A list of the command line's words: inputs, networks, NICs. */
#pragma once

#include <stddef.h>

#include "src/base/error.h"

enum { WORD_LIST_MAX = 65536 };

struct word_list {
    char **words; /* NULL-ended once one was added; borrowed from argv */
    size_t n;
    size_t capacity;
};

/* word_list_add() - borrows the word. Returns 0, ERR_LIMIT or ERR_MEMORY. */
int word_list_add(struct word_list *list, const char *word, struct error *err);
void word_list_release(struct word_list *list);
