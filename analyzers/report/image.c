#include "analyzers/report/image.h"

#include <string.h>

#include "src/base/cursor.h"

static int refuse_size(struct error *err, uint32_t width, uint32_t height)
{
    return error_set(err, ERR_INPUT, "is %u by %u pixels, make it at most %d by %d", width, height,
                     IMAGE_MAX_PIXELS, IMAGE_MAX_PIXELS);
}

static int keep(struct image *ret_image, enum image_kind kind, uint32_t width, uint32_t height,
                struct error *err)
{
    if (width == 0 || height == 0 || width > IMAGE_MAX_PIXELS || height > IMAGE_MAX_PIXELS)
        return refuse_size(err, width, height);
    *ret_image = (struct image){ kind, width, height };
    return 0;
}

static int refuse_cut(struct error *err, const char *kind)
{
    return error_set(err, ERR_INPUT, "is a %s picture that is damaged or cut off, save it anew",
                     kind);
}

/* ---- PNG ---- */

static const uint8_t png_signature[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
enum { PNG_IHDR = 0x49484452, PNG_IDAT = 0x49444154, PNG_IEND = 0x49454e44, PNG_IHDR_BYTES = 13 };

/* Wire: PNG (third edition), section 11.2.1: bits a sample by colour type. */
static bool is_png_colour(uint8_t depth, uint8_t type)
{
    switch (type) {
    case 0:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
    case 3:
        return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    case 2:
    case 4:
    case 6:
        return depth == 8 || depth == 16;
    default:
        return false;
    }
}

/*
 * Wire: PNG (third edition), section 5: the signature, then chunks of a big-endian length, a type,
 * that many bytes and a CRC; IHDR is the first, IEND the last, the pixels are in IDAT.
 */
static int read_png(struct image *ret_image, struct cursor *c, struct error *err)
{
    uint32_t length, type, width, height;
    uint8_t depth, colour;
    bool has_pixels = false;

    cursor_skip(c, sizeof(png_signature));
    length = cursor_u32be(c);
    type = cursor_u32be(c);
    width = cursor_u32be(c);
    height = cursor_u32be(c);
    depth = cursor_u8(c);
    colour = cursor_u8(c);
    cursor_skip(c, 3 + 4);
    if (c->failed || length != PNG_IHDR_BYTES || type != PNG_IHDR || !is_png_colour(depth, colour))
        return refuse_cut(err, "PNG");
    while (!c->failed && type != PNG_IEND) {
        length = cursor_u32be(c);
        type = cursor_u32be(c);
        cursor_skip(c, length);
        cursor_skip(c, 4);
        has_pixels |= type == PNG_IDAT && length > 0;
    }
    if (c->failed || !has_pixels)
        return refuse_cut(err, "PNG");
    return keep(ret_image, IMAGE_PNG, width, height, err);
}

/* ---- JPEG ---- */

static const uint8_t jpeg_signature[3] = { 0xff, 0xd8, 0xff };
enum { JPEG_SOI = 0xd8, JPEG_EOI = 0xd9, JPEG_SOS = 0xda, JPEG_TEM = 0x01 };

/* Without what browsers don't show: lossless, differential and arithmetic coding. */
static bool is_jpeg_frame(uint8_t marker)
{
    return marker >= 0xc0 && marker <= 0xc2;
}

/* The next marker; 0: none. Bytes before it are the pixels of a scan. */
static uint8_t next_marker(struct cursor *c)
{
    uint8_t byte = cursor_u8(c);

    for (;;) {
        while (!c->failed && byte != 0xff)
            byte = cursor_u8(c);
        while (!c->failed && byte == 0xff)
            byte = cursor_u8(c);
        if (c->failed)
            return 0;
        /* a stuffed 0 is a pixel's byte, RST0 to RST7 divide a scan */
        if (byte != 0 && byte != JPEG_TEM && (byte < 0xd0 || byte > 0xd7))
            return byte;
    }
}

/*
 * Wire: ITU-T T.81, annex B: markers of 0xff and a type; most head a segment of a big-endian length
 * that counts itself. A frame header has the precision, height and width.
 */
static int read_jpeg(struct image *ret_image, struct cursor *c, struct error *err)
{
    uint32_t width = 0, height = 0;
    bool has_frame = false, has_scan = false;
    uint8_t marker;

    cursor_skip(c, 2);
    while ((marker = next_marker(c)) != 0 && marker != JPEG_EOI) {
        uint16_t length = cursor_u16be(c);
        struct cursor segment = cursor_sub(c, length < 2 ? 0 : length - 2);

        if (length < 2 || c->failed || marker == JPEG_SOI)
            return refuse_cut(err, "JPEG");
        has_scan |= marker == JPEG_SOS;
        if (!is_jpeg_frame(marker) || has_frame)
            continue;
        cursor_skip(&segment, 1);
        height = cursor_u16be(&segment);
        width = cursor_u16be(&segment);
        has_frame = !segment.failed;
    }
    if (marker != JPEG_EOI || !has_frame || !has_scan)
        return refuse_cut(err, "JPEG");
    return keep(ret_image, IMAGE_JPEG, width, height, err);
}

static bool begins(const struct cursor *c, const uint8_t *signature, size_t n_bytes)
{
    return cursor_left(c) >= n_bytes && memcmp(c->at, signature, n_bytes) == 0;
}

int image_read(struct image *ret_image, const void *bytes, size_t n_bytes, struct error *err)
{
    struct cursor c = cursor_of(bytes, n_bytes);

    if (begins(&c, png_signature, sizeof(png_signature)))
        return read_png(ret_image, &c, err);
    if (begins(&c, jpeg_signature, sizeof(jpeg_signature)))
        return read_jpeg(ret_image, &c, err);
    return error_set(err, ERR_INPUT, "is no picture in PNG or JPEG format, save it as PNG");
}

const char *image_type(enum image_kind kind)
{
    return kind == IMAGE_PNG ? "image/png" : "image/jpeg";
}
