/* What a function writes to a FILE, as text. (tmpfile() of Windows wants the drive's root.) */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scratch {
    FILE *out;
    char path[32];
};

static inline struct scratch scratch_open(void)
{
    struct scratch s = { .path = "test_scratch_XXXXXX" };
    int file = mkstemp(s.path);

    if (file >= 0)
        close(file);
    s.out = fopen(s.path, "w+b");
    if (!s.out)
        abort();
    return s;
}

/* scratch_close() - as much of what was written as @n_bytes hold, terminated. Returns @to. */
static inline char *scratch_close(struct scratch *s, char *to, size_t n_bytes)
{
    rewind(s->out);
    to[fread(to, 1, n_bytes - 1, s->out)] = '\0';
    fclose(s->out);
    remove(s->path);
    return to;
}
