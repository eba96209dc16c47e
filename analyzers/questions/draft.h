/* A transfer being put together from connections. */
#pragma once

#include "analyzers/questions/candidates.h"

enum { MAX_TRANSFERS = 16384 };

struct draft {
    struct candidate **members; /* borrowed from their lists, which may not grow meanwhile */
    size_t n;
    size_t capacity;
};

/* draft_add() - returns 0 or ERR_MEMORY. */
int draft_add(struct draft *d, struct candidate *c, struct error *err);
void draft_release(struct draft *d);

/*
 * draft_finish() - its connections become a transfer of @r, which gives them their roles.
 * @capacity: of the result's list of transfers, updated
 *
 * What went over @transport is its memory; where that is not TCP, connections to the migration port
 * only talked about it. Evidence is the caller's to add. Returns 0, ERR_LIMIT or ERR_MEMORY.
 */
int draft_finish(const struct draft *d, struct result *r, size_t *capacity,
                 const struct question *q, enum transport transport, enum certainty certainty,
                 struct error *err);
