/*
 * What kind of picture some bytes are, and how large: PNG and JPEG, which browsers and word
 * processors both show. Nothing is decoded. SVG is no such picture: it may carry scripts.
 */
#pragma once

#include <stddef.h>

#include "src/base/error.h"

enum { IMAGE_MAX_PIXELS = 4096 }; /* of a side */

enum image_kind { IMAGE_PNG, IMAGE_JPEG };

struct image {
    enum image_kind kind;
    unsigned width, height; /* pixels */
};

/*
 * image_read() - from a whole file's bytes, which must reach to the picture's end.
 *
 * Returns 0 or ERR_INPUT: the text, to stand behind the file's name, says what it is not and what
 * to do. @ret_image is written on success only.
 */
int image_read(struct image *ret_image, const void *bytes, size_t n_bytes, struct error *err);
/* image_type() - "image/png", "image/jpeg"; a constant. */
const char *image_type(enum image_kind kind);
