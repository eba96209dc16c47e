#include "analyzers/report/filling.h"

#include <string.h>

struct filling filling_of(char *to, size_t size)
{
    to[0] = '\0';
    return (struct filling){ .to = to, .size = size };
}

void filling_add(struct filling *f, const char *words, size_t n_bytes)
{
    size_t room = f->size - 1 - f->at;

    if (f->is_cut)
        return;
    f->is_cut = n_bytes > room;
    if (f->is_cut) {
        /* bytes 10xxxxxx go on a UTF-8 character that began before */
        for (n_bytes = room; n_bytes > 0 && ((unsigned char)words[n_bytes] & 0xc0) == 0x80;)
            n_bytes--;
    }
    memcpy(f->to + f->at, words, n_bytes);
    f->at += n_bytes;
    f->to[f->at] = '\0';
}
