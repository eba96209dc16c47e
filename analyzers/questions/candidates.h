/*
 * Connections that may be part of a transfer: those to the migration port, and bulk writes over SMB
 * or SMB Direct.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzers/questions/hosts.h"
#include "analyzers/questions/questions.h"

enum {
    /* Less than this is a conversation, not a memory. */
    MIN_MEMORY_BYTES = 1024 * 1024,
    MAX_BULK_WRITES = 4096, /* the largest ones */
};

struct candidate {
    uint32_t connection;
    enum transport transport; /* TCP: to the migration port; else it is a bulk write */
    int source;               /* index into result.hosts */
    int destination;
    int64_t start_ns;
    int64_t end_ns;
    uint64_t bytes; /* in the memory's direction: client to server */
    bool is_taken;  /* free for the list's owner; false at first */
};

/* By pair of hosts, then by start. */
struct candidates {
    struct candidate *items;
    size_t n;
    size_t capacity;
};

/*
 * candidates_collect() - all of @q's capture, with the hosts at their ends, which it adds to the
 * result. The lists are empty before, and the caller's to free with candidates_release().
 *
 * Returns 0 or ERR_MEMORY.
 */
int candidates_collect(struct candidates *migration, struct candidates *bulk,
                       struct host_index *hosts, const struct question *q, struct error *err);
void candidates_release(struct candidates *list);

/* candidates_window_end() - behind those from @from on that one migration may be: of one pair of
 * hosts, each following the others without a longer pause. */
size_t candidates_window_end(const struct candidates *list, size_t from);
/* candidate_accompanies() - may the bulk write belong to the conversation @talk, which is part of
 * what went on from @start_ns to @end_ns? */
bool candidate_accompanies(const struct candidate *bulk, const struct candidate *talk,
                           const struct result *r, int64_t start_ns, int64_t end_ns);
