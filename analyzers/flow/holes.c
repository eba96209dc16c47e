#include "analyzers/flow/holes.h"

#include <stdlib.h>
#include <string.h>

#include "analyzers/flow/observation.h"
#include "src/base/array.h"

enum { FIRST_ROOM = 8 };

void hole_pool_init(struct hole_pool *pool)
{
    *pool = (struct hole_pool){ .first_free = NO_HOLES };
}

void hole_pool_release(struct hole_pool *pool)
{
    for (size_t i = 0; i < pool->n_lists; i++)
        free(pool->lists[i].holes);
    free(pool->lists);
    hole_pool_init(pool);
}

static struct hole_list *list_take(struct hole_pool *pool, uint32_t *list)
{
    struct hole_list *l;

    if (*list != NO_HOLES)
        return &pool->lists[*list];
    if (pool->first_free != NO_HOLES) {
        *list = pool->first_free;
        pool->first_free = pool->lists[*list].next_free;
    } else {
        if (array_reserve(&pool->lists, &pool->lists_capacity, pool->n_lists + 1,
                          sizeof(*pool->lists), NO_HOLES - 1, NULL) < 0)
            return NULL;
        *list = (uint32_t)pool->n_lists++;
    }
    l = &pool->lists[*list];
    *l = (struct hole_list){ 0 };
    return l;
}

static void list_give(struct hole_pool *pool, uint32_t *list)
{
    struct hole_list *l = &pool->lists[*list];

    free(l->holes);
    pool->n_holes -= l->capacity;
    *l = (struct hole_list){ .next_free = pool->first_free };
    pool->first_free = *list;
    *list = NO_HOLES;
}

/* Makes room for one more behind the last, by growing, else by moving down, else by forgetting the
 * lowest. */
static int room_at_end(struct hole_pool *pool, struct hole_list *l)
{
    uint32_t room = l->capacity ? l->capacity * 2 : FIRST_ROOM;
    struct hole *grown;

    if (l->first + l->n < l->capacity)
        return 0;
    if (l->first > l->capacity / 2 || (l->first && room > 2 * MAX_HOLES)) {
        memmove(l->holes, l->holes + l->first, l->n * sizeof(*l->holes));
        l->first = 0;
        return 0;
    }
    if (room > 2 * MAX_HOLES || pool->n_holes + room - l->capacity > MAX_POOL_HOLES) {
        if (!l->n)
            return -1;
        l->first++;
        l->n--;
        return room_at_end(pool, l);
    }
    grown = realloc(l->holes, room * sizeof(*grown));
    if (!grown)
        return -1;
    l->holes = grown;
    pool->n_holes += room - l->capacity;
    l->capacity = room;
    return 0;
}

static void insert(struct hole_pool *pool, struct hole_list *l, uint32_t at, struct hole hole)
{
    uint32_t from_end = l->n - at;

    if (l->n >= MAX_HOLES) {
        l->first++;
        l->n--;
        from_end = from_end > l->n ? l->n : from_end;
    }
    if (from_end == l->n && l->first) {
        l->holes[--l->first] = hole;
        l->n++;
        return;
    }
    if (room_at_end(pool, l) < 0)
        return;
    from_end = from_end > l->n ? l->n : from_end;
    at = l->first + l->n - from_end;
    memmove(l->holes + at + 1, l->holes + at, from_end * sizeof(hole));
    l->holes[at] = hole;
    l->n++;
}

void holes_append(struct hole_pool *pool, uint32_t *list, uint64_t start, uint64_t end)
{
    struct hole_list *l = list_take(pool, list);

    if (l)
        insert(pool, l, l->n, (struct hole){ start, end });
}

void holes_prepend(struct hole_pool *pool, uint32_t *list, uint64_t start, uint64_t end)
{
    struct hole_list *l = list_take(pool, list);

    if (l && l->n < MAX_HOLES)
        insert(pool, l, 0, (struct hole){ start, end });
}

/* The first hole that ends behind @start, counted from the list's first. */
static uint32_t search(const struct hole_list *l, uint64_t start)
{
    uint32_t low = 0, high = l->n;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (l->holes[l->first + middle].end <= start)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint64_t holes_fill(struct hole_pool *pool, uint32_t *list, uint64_t start, uint64_t end)
{
    struct hole_list *l;
    uint64_t filled = 0;
    uint32_t at, n_gone = 0;

    if (*list == NO_HOLES)
        return 0;
    l = &pool->lists[*list];
    at = search(l, start);
    for (uint32_t i = at; i < l->n; i++) {
        struct hole *h = &l->holes[l->first + i];
        uint64_t from = h->start > start ? h->start : start;
        uint64_t to = h->end < end ? h->end : end;

        if (h->start >= end)
            break;
        filled += to - from;
        if (h->start < from && h->end > to) {
            struct hole above = { to, h->end };

            h->end = from;
            insert(pool, l, i + 1, above);
            break;
        }
        if (h->start < from)
            h->end = from;
        else if (h->end > to)
            h->start = to;
        else
            n_gone++;
        if (h->end == from && h->start < from)
            at = i + 1;
    }
    if (n_gone && at == 0) {
        l->first += n_gone;
        l->n -= n_gone;
    } else if (n_gone) {
        memmove(l->holes + l->first + at, l->holes + l->first + at + n_gone,
                (l->n - at - n_gone) * sizeof(*l->holes));
        l->n -= n_gone;
    }
    if (!l->n)
        list_give(pool, list);
    return filled;
}
