/*
 * Zip archives in memory: written so that the same parts give the same bytes, and read from
 * strangers with limits. The only place that knows minizip.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "src/base/auto.h"
#include "src/base/error.h"

enum {
    ARCHIVE_MAX_PARTS = 1024,
    ARCHIVE_NAME_BYTES = 256,
    ARCHIVE_MAX_BYTES = 256 * 1024 * 1024,      /* of a whole archive, packed */
    ARCHIVE_MAX_PART_BYTES = 64 * 1024 * 1024,  /* of one part read, unpacked */
    ARCHIVE_MAX_TOTAL_BYTES = 128 * 1024 * 1024 /* of all parts read, unpacked */
};

struct archive; /* being written; opaque */

/* archive_new() - an empty one. Returns 0 or ERR_MEMORY. */
int archive_new(struct archive **ret_archive, struct error *err);
struct archive *archive_free(struct archive *a);
DEFINE_AUTO(archive)

/* archive_begin() - the next part, called @name: write to what it returns, which is borrowed until
 * archive_end(). NULL without memory. */
FILE *archive_begin(struct archive *a, const char *name);
/* archive_end() - packs that part. Returns 0, ERR_LIMIT or ERR_MEMORY. */
int archive_end(struct archive *a, struct error *err);
/* archive_add() - a part whose bytes are there already. Returns 0, ERR_LIMIT or ERR_MEMORY. */
int archive_add(struct archive *a, const char *name, const void *bytes, size_t n_bytes,
                struct error *err);
/* archive_finish() - the whole archive; borrowed until archive_free(). Nothing can be added any
 * more. Returns 0, ERR_LIMIT or ERR_MEMORY. */
int archive_finish(struct archive *a, const void **ret_bytes, size_t *ret_n_bytes,
                   struct error *err);

struct archive_part {
    char name[ARCHIVE_NAME_BYTES];
    char *bytes; /* terminated beyond n_bytes; owned */
    size_t n_bytes;
};

struct archive_parts {
    struct archive_part *parts; /* in the order of the archive, no name twice */
    size_t n, capacity;
};

/*
 * archive_read() - every part of the zip archive in @bytes; folders are left out.
 *
 * Returns 0; ERR_INPUT (no zip archive, damaged, encrypted, or a name that no document has);
 * ERR_LIMIT; ERR_MEMORY. @ret_parts is initialized whatever is returned.
 */
int archive_read(struct archive_parts *ret_parts, const void *bytes, size_t n_bytes,
                 struct error *err);
void archive_parts_release(struct archive_parts *parts);
/* archive_find() - a part by name, letter case doesn't matter; NULL: there is none. Borrowed. */
struct archive_part *archive_find(const struct archive_parts *parts, const char *name);
