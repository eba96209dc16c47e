/* One row per compression; each hides its library's state behind begin, step and end. */
#include "src/file/codec.h"

#include <lz4frame.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

struct codec {
    const struct codec_row *row;
    bool is_inside; /* a frame or member has begun and not ended */
    z_stream gzip;
    ZSTD_DStream *zstd;
    LZ4F_dctx *lz4;
};

/* step() returns NULL, or what the library says is wrong. */
struct codec_row {
    const char *name;
    uint8_t magic[4];
    size_t n_magic_bytes;
    bool (*begin)(struct codec *c);
    const char *(*step)(struct codec *c, const uint8_t **at, const uint8_t *end, uint8_t *out,
                        size_t *n_out);
    void (*end)(struct codec *c);
};

static bool gzip_begin(struct codec *c)
{
    return inflateInit2(&c->gzip, 16 + MAX_WBITS) == Z_OK; /* 16: gzip's header, no other */
}

static void gzip_end(struct codec *c)
{
    inflateEnd(&c->gzip);
}

static const char *gzip_step(struct codec *c, const uint8_t **at, const uint8_t *end, uint8_t *out,
                             size_t *n_out)
{
    size_t n_room = *n_out;
    int r;

    *n_out = 0;
    if (!c->is_inside) {
        while (*at < end && **at == 0) /* padding behind a member, as tapes and disks leave it */
            (*at)++;
        if (*at == end)
            return NULL;
        c->is_inside = true;
        inflateReset(&c->gzip);
    }
    c->gzip.next_in = (z_const Bytef *)*at;
    c->gzip.avail_in = (uInt)(end - *at);
    c->gzip.next_out = out;
    c->gzip.avail_out = (uInt)n_room;
    r = inflate(&c->gzip, Z_NO_FLUSH);
    *at = c->gzip.next_in;
    *n_out = n_room - c->gzip.avail_out;
    if (r == Z_STREAM_END)
        c->is_inside = false;
    if (r == Z_OK || r == Z_STREAM_END || r == Z_BUF_ERROR)
        return NULL;
    return c->gzip.msg ? c->gzip.msg : zError(r);
}

static bool zstd_begin(struct codec *c)
{
    c->zstd = ZSTD_createDStream();
    return c->zstd != NULL;
}

static void zstd_end(struct codec *c)
{
    ZSTD_freeDStream(c->zstd);
}

static const char *zstd_step(struct codec *c, const uint8_t **at, const uint8_t *end, uint8_t *out,
                             size_t *n_out)
{
    ZSTD_inBuffer from = { *at, (size_t)(end - *at), 0 };
    ZSTD_outBuffer to = { out, *n_out, 0 };
    size_t r = ZSTD_decompressStream(c->zstd, &to, &from);

    *at += from.pos;
    *n_out = to.pos;
    c->is_inside = r != 0;
    return ZSTD_isError(r) ? ZSTD_getErrorName(r) : NULL;
}

static bool lz4_begin(struct codec *c)
{
    return !LZ4F_isError(LZ4F_createDecompressionContext(&c->lz4, LZ4F_VERSION));
}

static void lz4_end(struct codec *c)
{
    LZ4F_freeDecompressionContext(c->lz4);
}

static const char *lz4_step(struct codec *c, const uint8_t **at, const uint8_t *end, uint8_t *out,
                            size_t *n_out)
{
    size_t n_in = (size_t)(end - *at);
    size_t r = LZ4F_decompress(c->lz4, out, n_out, *at, &n_in, NULL);

    if (LZ4F_isError(r)) {
        *n_out = 0;
        return LZ4F_getErrorName(r);
    }
    *at += n_in;
    c->is_inside = r != 0;
    return NULL;
}

static const struct codec_row rows[] = {
    [CAPTURE_GZIP] = { "gzip", { 0x1f, 0x8b }, 2, gzip_begin, gzip_step, gzip_end },
    [CAPTURE_ZSTD] = { "zstd", { 0x28, 0xb5, 0x2f, 0xfd }, 4, zstd_begin, zstd_step, zstd_end },
    [CAPTURE_LZ4] = { "lz4", { 0x04, 0x22, 0x4d, 0x18 }, 4, lz4_begin, lz4_step, lz4_end },
};

enum capture_compression codec_detect(const uint8_t *bytes, size_t n_bytes)
{
    for (size_t i = CAPTURE_PLAIN + 1; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (n_bytes >= rows[i].n_magic_bytes &&
            memcmp(bytes, rows[i].magic, rows[i].n_magic_bytes) == 0)
            return (enum capture_compression)i;
    }
    return CAPTURE_PLAIN;
}

int codec_new(struct codec **ret_codec, enum capture_compression compression, struct error *err)
{
    struct codec *c = calloc(1, sizeof(*c));

    if (!c)
        return error_memory(err);
    c->row = &rows[compression];
    if (!c->row->begin(c)) {
        free(c);
        return error_memory(err);
    }
    *ret_codec = c;
    return 0;
}

struct codec *codec_free(struct codec *c)
{
    if (c)
        c->row->end(c);
    free(c);
    return NULL;
}

bool codec_step(struct codec *c, const uint8_t **at, const uint8_t *end, uint8_t *out,
                size_t *n_out, char *damage, size_t n_damage_bytes)
{
    const char *wrong;

    if (*at == end && !c->is_inside) {
        *n_out = 0;
        return true;
    }
    wrong = c->row->step(c, at, end, out, n_out);
    if (wrong)
        snprintf(damage, n_damage_bytes, "%s data is corrupt (%s)", c->row->name, wrong);
    return !wrong;
}

void codec_finish(const struct codec *c, char *damage, size_t n_damage_bytes)
{
    if (c->is_inside)
        snprintf(damage, n_damage_bytes, "%s data ends early", c->row->name);
}
