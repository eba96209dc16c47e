/*
 * The look of whoever makes the report: a logo and an accent colour. Writers that have neither
 * pictures nor colours ignore it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analyzers/report/image.h"
#include "src/base/error.h"

enum { BRAND_MAX_LOGO_BYTES = 1 << 20 };

struct brand_color {
    uint8_t red, green, blue;
};

/* Owns the logo's bytes. All zero: no brand. */
struct brand {
    struct image logo;
    uint8_t *logo_bytes; /* the file as it is; NULL: no logo */
    size_t n_logo_bytes;
    bool has_accent;
    struct brand_color accent; /* as given */
};

/* The grounds that text stands on. */
enum brand_ground { GROUND_LIGHT, GROUND_DARK };

/* brand_read_logo() - Returns 0, ERR_SYSTEM, ERR_INPUT (no picture), ERR_LIMIT or ERR_MEMORY; the
 * text begins with the path. */
int brand_read_logo(struct brand *b, const char *path, struct error *err);
/* brand_set_accent() - "#0b57a4" or "#07c", with or without the #. Returns 0 or ERR_USAGE. */
int brand_set_accent(struct brand *b, const char *text, struct error *err);
/* brand_text_color() - the accent, made darker or lighter until text of it reads well on @ground:
 * a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3). */
struct brand_color brand_text_color(const struct brand *b, enum brand_ground ground);
void brand_release(struct brand *b);
