/* Blocks from the source, through a codec where there is one, into the window. */
#include "src/file/stream.h"

#include <stdlib.h>
#include <string.h>

#include "src/base/cursor.h"
#include "src/file/codec.h"
#include "src/file/digest.h"
#include "src/file/os_file.h"

enum {
    FILE_BLOCK_BYTES = 1024 * 1024,
    MEMORY_BLOCK_BYTES = 4096,  /* small, so that tests and fuzzing cross block borders */
    TAIL_BYTES = 64 * 1024,     /* room for what a record leaves over from the block before */
    SKIPPABLE_HEADER_BYTES = 8, /* magic and length, zstd's and lz4's alike */
};

/* Returns the number of bytes, 0 at the end, or a negative code. */
static int64_t read_source(struct stream *s, uint8_t *to, size_t n_bytes, struct error *err)
{
    int64_t n;

    if (s->source.file >= 0) {
        n = os_file_read(s->source.file, to, n_bytes);
        if (n < 0)
            return error_system(err, (int)-n, "can't be read at byte %llu",
                                (unsigned long long)*s->n_raw_bytes);
    } else {
        n = (int64_t)(n_bytes < s->source.n_left ? n_bytes : s->source.n_left);
        if (n > 0)
            memcpy(to, s->source.memory, (size_t)n);
        s->source.memory += n;
        s->source.n_left -= (size_t)n;
    }
    *s->n_raw_bytes += (uint64_t)n;
    return n;
}

/* Gives the last block to the digest before it is overwritten. */
static int hash_block(struct stream *s, struct error *err)
{
    int r = 0;

    if (s->n_unhashed && (s->wants_digest || !s->is_settled)) {
        if (!s->digest)
            r = digest_new(&s->digest, err);
        if (r >= 0)
            r = digest_update(s->digest, s->unhashed, s->n_unhashed, err);
    }
    s->n_unhashed = 0;
    return r;
}

/* As read_source(), with every byte seen by the digest. */
static int64_t read_block(struct stream *s, uint8_t *to, size_t n_bytes, struct error *err)
{
    int64_t n;
    int r;

    r = hash_block(s, err);
    if (r < 0)
        return r;
    n = read_source(s, to, n_bytes, err);
    if (n < 0)
        return n;
    s->unhashed = to;
    s->n_unhashed = (size_t)n;
    return n;
}

/* Decodes into @to until something came out. Returns its length, 0 at the end, or negative. */
static int64_t decode_block(struct stream *s, uint8_t *to, size_t n_room, struct error *err)
{
    size_t n_out = 0;
    int64_t n = 1;

    while (n_out == 0 && !s->has_ended) {
        if (s->raw_at == s->raw_end) {
            n = read_block(s, s->raw, s->block_bytes, err);
            if (n < 0)
                return n;
            s->raw_at = s->raw;
            s->raw_end = s->raw + n;
        }
        n_out = n_room;
        if (!codec_step(s->codec, &s->raw_at, s->raw_end, to, &n_out, s->damage,
                        sizeof(s->damage))) {
            s->has_ended = true;
        } else if (n == 0 && n_out == 0) { /* no input left, and none held back by the codec */
            s->has_ended = true;
            codec_finish(s->codec, s->damage, sizeof(s->damage));
        }
    }
    return (int64_t)n_out;
}

/* Makes room for a block behind the bytes still in the window, which move to the front. */
static int make_room(struct stream *s, size_t n_bytes, struct error *err)
{
    size_t n_left = stream_left(s);
    size_t n_capacity = n_bytes + s->block_bytes + TAIL_BYTES;
    uint8_t *buffer = s->buffer;

    if (n_bytes > s->n_capacity) {
        buffer = malloc(n_capacity);
        if (!buffer)
            return error_memory(err);
        s->n_capacity = n_capacity;
    }
    if (n_left && s->at != buffer)
        memmove(buffer, s->at, n_left);
    if (buffer != s->buffer)
        free(s->buffer);
    s->buffer = buffer;
    s->at = buffer;
    s->end = buffer + n_left;
    return 0;
}

int stream_fill(struct stream *s, size_t n_bytes, struct error *err)
{
    uint8_t *to;
    size_t n_room;
    int64_t n;
    int r;

    if (s->has_ended)
        return 0;
    if (!s->codec) {
        r = hash_block(s, err); /* make_room() moves bytes that the digest may still lack */
        if (r < 0)
            return r;
    }
    r = make_room(s, n_bytes, err);
    if (r < 0)
        return r;
    while (stream_left(s) < n_bytes) {
        to = s->buffer + stream_left(s);
        n_room = s->n_capacity - stream_left(s);
        if (n_room > s->block_bytes)
            n_room = s->block_bytes;
        n = s->codec ? decode_block(s, to, n_room, err) : read_block(s, to, n_room, err);
        if (n < 0)
            return (int)n;
        if (n == 0) {
            s->has_ended = true;
            return 0;
        }
        s->end += n;
        s->end_offset += (uint64_t)n;
    }
    return 1;
}

int stream_skip(struct stream *s, uint64_t n_bytes, struct error *err)
{
    int r;

    while (stream_left(s) < n_bytes) {
        n_bytes -= stream_left(s);
        s->at = s->end;
        r = stream_need(s, 1, err);
        if (r <= 0)
            return r;
    }
    s->at += n_bytes;
    return 1;
}

/*
 * zstd and lz4 share skippable frames (RFC 8878, 3.1.2), so one at the start does not tell which of
 * the two follows: they are passed over here.
 */
static int skip_frames(struct stream *s, struct error *err)
{
    struct cursor c;
    uint64_t n_frame_bytes;
    int r;

    while ((r = stream_need(s, SKIPPABLE_HEADER_BYTES, err)) > 0) {
        c = cursor_of(s->at, SKIPPABLE_HEADER_BYTES);
        if ((cursor_u32le(&c) & 0xfffffff0) != 0x184d2a50)
            return 1;
        n_frame_bytes = cursor_u32le(&c) + (uint64_t)SKIPPABLE_HEADER_BYTES;
        r = stream_skip(s, n_frame_bytes, err);
        if (r <= 0)
            return r;
    }
    return r;
}

/* What the window holds so far are compressed bytes: from here on it takes decoded ones. */
static int begin_decoding(struct stream *s, struct error *err)
{
    int r;

    r = codec_new(&s->codec, s->compression, err);
    if (r < 0)
        return r;
    s->raw = s->buffer;
    s->raw_at = s->at;
    s->raw_end = s->end;
    s->buffer = NULL;
    s->at = s->end = NULL;
    s->end_offset = 0;
    s->n_capacity = 0;
    s->has_ended = false;
    return 0;
}

static int begin(struct stream *s, struct error *err)
{
    int r;

    r = skip_frames(s, err);
    if (r < 0)
        return r;
    s->compression = codec_detect(s->at, stream_left(s));
    return s->compression == CAPTURE_PLAIN ? 0 : begin_decoding(s, err);
}

int stream_open(struct stream *s, const char *path, const void *memory, size_t n_bytes,
                uint64_t *n_raw_bytes, struct error *err)
{
    int r = 0;

    *s = (struct stream){ .source = { .file = -1, .memory = memory, .n_left = n_bytes },
                          .n_raw_bytes = n_raw_bytes };
    s->block_bytes = path ? FILE_BLOCK_BYTES : MEMORY_BLOCK_BYTES;
    if (path)
        r = os_file_open(&s->source.file, path, err);
    if (r >= 0)
        r = begin(s, err);
    if (r < 0)
        stream_release(s);
    return r;
}

void stream_release(struct stream *s)
{
    if (s->source.file >= 0)
        os_file_close(s->source.file);
    codec_free(s->codec);
    digest_free(s->digest);
    free(s->buffer);
    free(s->raw);
    *s = (struct stream){ .source = { .file = -1 } };
}

void stream_settle(struct stream *s)
{
    s->is_settled = true;
    if (!s->wants_digest)
        s->digest = digest_free(s->digest);
}

int stream_digest(struct stream *s, uint8_t ret_sha256[32], struct error *err)
{
    uint8_t *to = s->codec ? s->raw : s->buffer;
    int64_t n;
    int r;

    if (!s->wants_digest)
        return error_set(err, ERR_USAGE, "no digest was asked for");
    do {
        n = read_block(s, to, s->block_bytes, err);
        if (n < 0)
            return (int)n;
    } while (n > 0);
    s->at = s->end = to;
    s->has_ended = true;
    r = s->digest ? 0 : digest_new(&s->digest, err);
    return r < 0 ? r : digest_finish(s->digest, ret_sha256, err);
}
