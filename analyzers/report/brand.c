#include "analyzers/report/brand.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/auto.h"

enum { MIX_STEPS = 64 };

static const double enough_contrast = 4.5;

/* The ground of each kind that contrasts least, of all that html_style puts text on. */
static const struct brand_color grounds[] = {
    [GROUND_LIGHT] = { 0xe9, 0xed, 0xf4 }, [GROUND_DARK] = { 0x25, 0x2f, 0x3e }
};
static const struct brand_color away[] = {
    [GROUND_LIGHT] = { 0, 0, 0 }, [GROUND_DARK] = { 255, 255, 255 }
};

int brand_read_logo(struct brand *b, const char *path, struct error *err)
{
    AUTO_MEMORY uint8_t *bytes = malloc(BRAND_MAX_LOGO_BYTES + 1);
    AUTO_FILE in = fopen(path, "rb");
    size_t n;
    int r;

    if (!in)
        return error_system(err, errno, "can't open '%s'", path);
    if (!bytes)
        return error_memory(err);
    n = fread(bytes, 1, BRAND_MAX_LOGO_BYTES + 1, in);
    if (ferror(in))
        return error_system(err, errno, "can't read '%s'", path);
    if (n > BRAND_MAX_LOGO_BYTES)
        return error_set(err, ERR_LIMIT, "'%s' has more than %d KiB, make the logo smaller", path,
                         BRAND_MAX_LOGO_BYTES / 1024);
    r = image_read(&b->logo, bytes, n, err);
    if (r < 0)
        return error_prefix(err, r, "'%s'", path);
    free(b->logo_bytes);
    b->logo_bytes = bytes;
    b->n_logo_bytes = n;
    bytes = NULL;
    return 0;
}

static unsigned digit(char c)
{
    return isdigit((unsigned char)c) ? (unsigned)(c - '0')
                                     : (unsigned)(tolower((unsigned char)c) - 'a') + 10;
}

int brand_set_accent(struct brand *b, const char *text, struct error *err)
{
    const char *at = text + (*text == '#');
    size_t n = strlen(at), each = n / 3;
    uint8_t parts[3];

    if ((n != 3 && n != 6) || strspn(at, "0123456789abcdefABCDEF") != n)
        return error_set(err, ERR_USAGE, "'%s' is no colour, write one like #0b57a4", text);
    for (size_t i = 0; i < 3; i++)
        parts[i] = (uint8_t)(digit(at[i * each]) << 4 | digit(at[i * each + each - 1]));
    b->accent = (struct brand_color){ parts[0], parts[1], parts[2] };
    b->has_accent = true;
    return 0;
}

/* WCAG 2.2, relative luminance. */
static double linear(uint8_t part)
{
    double value = part / 255.0;

    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(struct brand_color c)
{
    return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue);
}

static double contrast(struct brand_color a, struct brand_color b)
{
    double x = luminance(a), y = luminance(b);

    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

static uint8_t mix_part(uint8_t from, uint8_t to, int step)
{
    return (uint8_t)(from + (to - from) * step / MIX_STEPS);
}

struct brand_color brand_text_color(const struct brand *b, enum brand_ground ground)
{
    struct brand_color color = b->accent, to = away[ground];

    for (int step = 1; contrast(color, grounds[ground]) < enough_contrast && step <= MIX_STEPS;
         step++)
        color = (struct brand_color){ mix_part(b->accent.red, to.red, step),
                                      mix_part(b->accent.green, to.green, step),
                                      mix_part(b->accent.blue, to.blue, step) };
    return color;
}

void brand_release(struct brand *b)
{
    free(b->logo_bytes);
    *b = (struct brand){ 0 };
}
