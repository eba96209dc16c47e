/*
 * The compressions a capture may come in, as one streaming decoder: gzip (RFC 1952), zstd
 * (RFC 8878) and lz4 frames, each also with several members or frames behind one another.
 * Memory is bounded by the format's window: 128 MiB for zstd, 4 MiB for lz4.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"
#include "src/file/capture.h"

struct codec; /* opaque */

/* codec_detect() - by the first bytes; CAPTURE_PLAIN when they are none of the compressions'. */
enum capture_compression codec_detect(const uint8_t *bytes, size_t n_bytes);

/* codec_new() - for any but CAPTURE_PLAIN. Returns 0 or ERR_MEMORY. */
int codec_new(struct codec **ret_codec, enum capture_compression compression, struct error *err);
struct codec *codec_free(struct codec *c);

/*
 * codec_step() - decode some.
 * @at:     moves past the input taken
 * @n_out:  room at @out; becomes what was written, also where damage follows it
 * @damage: one line, written only when false is returned
 *
 * Takes input or writes output in every call. Returns false when the input is damaged.
 */
bool codec_step(struct codec *c, const uint8_t **at, const uint8_t *end, uint8_t *out,
                size_t *n_out, char *damage, size_t n_damage_bytes);
/* codec_finish() - the input is at its end; tells in @damage when that is inside a frame. */
void codec_finish(const struct codec *c, char *damage, size_t n_damage_bytes);
