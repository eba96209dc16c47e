/*
 * Bytes of a file, of standard input or of memory as one growing window, decompressed when they
 * turn out to be compressed.
 *
 * The bytes between at and end are there to be read; the reader moves at and asks for more with
 * stream_need(). Bytes it has moved past may go at the next stream_need(). Files are read in blocks
 * of 1 MiB into one buffer, which grows only for a single record that needs it. One thread.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"
#include "src/file/capture.h"

struct codec;
struct digest;

/* Where the bytes come from: a file, or memory that is the caller's. */
struct source {
    int file; /* descriptor; -1: memory */
    const uint8_t *memory;
    size_t n_left;
};

struct stream {
    const uint8_t *at;
    const uint8_t *end;
    uint64_t end_offset; /* where end is in the uncompressed stream */
    uint8_t *buffer;
    size_t n_capacity;
    size_t block_bytes;

    struct source source;
    uint64_t *n_raw_bytes; /* read from the source so far; the owner's */
    bool has_ended;        /* the source has no more, or its compression is damaged */
    char damage[128];      /* what is wrong with the compression; "" when nothing is */

    struct codec *codec; /* NULL for a plain file, whose blocks are read into buffer itself */
    uint8_t *raw;        /* a block of compressed bytes, raw_at to raw_end still to be decoded */
    const uint8_t *raw_at;
    const uint8_t *raw_end;
    enum capture_compression compression;

    struct digest *digest;
    const uint8_t *unhashed; /* bytes as stored that the digest still lacks */
    size_t n_unhashed;
    bool wants_digest;
    bool is_settled; /* whether a digest is wanted is known */
};

/*
 * stream_open() - open @path ("-": standard input), or @n_bytes at @memory when @path is NULL.
 *
 * Decides on decompression by the first bytes. @n_raw_bytes counts what is read of the bytes as
 * stored, and stays borrowed. Returns 0, or a negative code with @s released;
 * ERR_INPUT when nothing is there or the compression is none that can be read.
 */
int stream_open(struct stream *s, const char *path, const void *memory, size_t n_bytes,
                uint64_t *n_raw_bytes, struct error *err);
void stream_release(struct stream *s);

/* stream_fill() - the slow half of stream_need(). */
int stream_fill(struct stream *s, size_t n_bytes, struct error *err);

static inline size_t stream_left(const struct stream *s)
{
    return (size_t)(s->end - s->at);
}

static inline uint64_t stream_offset(const struct stream *s)
{
    return s->end_offset - stream_left(s);
}

/*
 * stream_need() - have @n_bytes in the window.
 *
 * Returns 1; 0 when the stream ends before (what is left stays in the window, damage tells whether
 * it is the compression's fault); ERR_SYSTEM or ERR_MEMORY.
 */
static inline int stream_need(struct stream *s, size_t n_bytes, struct error *err)
{
    return stream_left(s) >= n_bytes ? 1 : stream_fill(s, n_bytes, err);
}

/* stream_skip() - move past @n_bytes, however many. Returns as stream_need(). */
int stream_skip(struct stream *s, uint64_t n_bytes, struct error *err);

/* stream_settle() - from here on no digest is begun unless wants_digest is set. */
void stream_settle(struct stream *s);
/* stream_digest() - read the rest; SHA-256 of the bytes as stored. Returns 0 or a negative code. */
int stream_digest(struct stream *s, uint8_t ret_sha256[32], struct error *err);
