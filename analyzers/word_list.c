#include "analyzers/word_list.h"

#include <stdlib.h>

#include "src/base/array.h"

int word_list_add(struct word_list *list, const char *word, struct error *err)
{
    int r = array_reserve(&list->words, &list->capacity, list->n + 2, sizeof(*list->words),
                          WORD_LIST_MAX, err);

    if (r < 0)
        return r;
    list->words[list->n++] = (char *)word;
    list->words[list->n] = NULL;
    return 0;
}

void word_list_release(struct word_list *list)
{
    free(list->words);
    *list = (struct word_list){ 0 };
}
