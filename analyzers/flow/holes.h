/*
 * The ranges of a byte stream that passed unseen so far, kept only while there are any.
 *
 * A list is named by an index that its owner keeps (NO_HOLES: none). Lists share one pool and one
 * budget: MAX_HOLES in a list and MAX_POOL_HOLES in all. Past either, the lowest range of the list
 * is forgotten: it stays missing for good. Cost per call is that of a binary search plus a short
 * move, however much is outstanding.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { MAX_HOLES = 4096, MAX_POOL_HOLES = 4 * 1024 * 1024 };

struct hole {
    uint64_t start;
    uint64_t end; /* behind the last byte */
};

struct hole_list {
    struct hole *holes; /* ascending, apart; the first is at holes[first] */
    uint32_t first;
    uint32_t n;
    uint32_t capacity;
    uint32_t next_free; /* of the pool's free lists */
};

struct hole_pool {
    struct hole_list *lists;
    size_t n_lists;
    size_t lists_capacity;
    uint32_t first_free;
    size_t n_holes; /* room taken in all lists */
};

void hole_pool_init(struct hole_pool *pool);
void hole_pool_release(struct hole_pool *pool);

/* holes_append() - a range above all others of the list. Without memory the range is simply not
 * kept. */
void holes_append(struct hole_pool *pool, uint32_t *list, uint64_t start, uint64_t end);
/* holes_prepend() - a range below all others of the list. */
void holes_prepend(struct hole_pool *pool, uint32_t *list, uint64_t start, uint64_t end);
/* holes_fill() - take [start, end) out of the list. Returns the bytes that were in it. */
uint64_t holes_fill(struct hole_pool *pool, uint32_t *list, uint64_t start, uint64_t end);
