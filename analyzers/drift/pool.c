#include "analyzers/drift/pool.h"

#include <stdalign.h>
#include <stdlib.h>

enum { CHUNK_BYTES = 1 << 18 };

struct pool_chunk {
    struct pool_chunk *next;
    size_t n_used, n_bytes;
    max_align_t bytes[];
};

void *pool_take(struct pool *p, size_t n_bytes)
{
    size_t n_aligned = (n_bytes + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    struct pool_chunk *c = p->chunks;
    char *taken;

    if (!c || c->n_bytes - c->n_used < n_aligned) {
        size_t n_chunk = n_aligned > CHUNK_BYTES ? n_aligned : CHUNK_BYTES;

        c = calloc(1, sizeof(*c) + n_chunk);
        if (!c)
            return NULL;
        c->n_bytes = n_chunk;
        c->next = p->chunks;
        p->chunks = c;
    }
    taken = (char *)c->bytes + c->n_used;
    c->n_used += n_aligned;
    return taken;
}

void pool_release(struct pool *p)
{
    while (p->chunks) {
        struct pool_chunk *next = p->chunks->next;

        free(p->chunks);
        p->chunks = next;
    }
}
