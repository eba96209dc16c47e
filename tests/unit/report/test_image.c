#include "analyzers/report/image.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "src/base/error.h"

static const uint8_t png[] = {
    0x89, 'P',  'N',  'G', '\r', '\n', 0x1a, '\n', 0,   0,   0,    13,   'I',  'H',  'D',
    'R',  0,    0,    0,   3,    0,    0,    0,    2,   8,   2,    0,    0,    0,    0x12,
    0x16, 0xf1, 0x4d, 0,   0,    0,    2,    'I',  'D', 'A', 'T',  0x78, 0x9c, 1,    2,
    3,    4,    0,    0,   0,    0,    'I',  'E',  'N', 'D', 0xae, 0x42, 0x60, 0x82,
};
enum { PNG_TYPE_AT = 12, PNG_WIDTH_AT = 16, PNG_HEIGHT_AT = 20, PNG_DEPTH_AT = 24 };

/* APP0 whose text has a frame's marker in it, frame, scan with a stuffed byte and a restart. */
static const uint8_t jpeg[] = {
    0xff, 0xd8, 0xff, 0xe0, 0, 6, 0xff, 0xc0, 0,    1, 0xff, 0xff, 0xc0, 0,    8,    8,    0, 2, 0,
    3,    1,    0xff, 0xda, 0, 3, 0,    0x11, 0xff, 0, 0x22, 0xff, 0xd0, 0x33, 0xff, 0xd9,
};
enum { JPEG_FRAME_AT = 12, JPEG_LENGTH_AT = 13, JPEG_HEIGHT_AT = 16, JPEG_SCAN_AT = 22 };

static int read_changed(const uint8_t *bytes, size_t n_bytes, size_t at, uint8_t to,
                        struct error *err)
{
    struct image image;
    uint8_t changed[sizeof(png) + sizeof(jpeg)];

    memcpy(changed, bytes, n_bytes);
    changed[at] = to;
    return image_read(&image, changed, n_bytes, err);
}

Test(image, tells_the_size_of_a_png)
{
    struct image image;

    cr_assert_eq(image_read(&image, png, sizeof(png), NULL), 0);
    cr_assert(image.kind == IMAGE_PNG && image.width == 3 && image.height == 2);
    cr_assert_str_eq(image_type(image.kind), "image/png");
}

Test(image, tells_the_size_of_a_jpeg)
{
    struct image image;

    cr_assert_eq(image_read(&image, jpeg, sizeof(jpeg), NULL), 0);
    cr_assert(image.kind == IMAGE_JPEG && image.width == 3 && image.height == 2);
    cr_assert_str_eq(image_type(image.kind), "image/jpeg");
}

Test(image, needs_every_byte)
{
    struct image image;
    struct error err;

    for (size_t n = 0; n < sizeof(png); n++)
        cr_assert_eq(image_read(&image, png, n, &err), ERR_INPUT, "%zu", n);
    for (size_t n = 0; n < sizeof(jpeg); n++)
        cr_assert_eq(image_read(&image, jpeg, n, &err), ERR_INPUT, "%zu", n);
    cr_assert_str_eq(err.text, "is a JPEG picture that is damaged or cut off, save it anew");
}

Test(image, checks_each_value_of_a_png)
{
    struct error err;

    cr_assert_eq(read_changed(png, sizeof(png), PNG_TYPE_AT, 'i', &err), ERR_INPUT);
    cr_assert_eq(read_changed(png, sizeof(png), PNG_WIDTH_AT + 3, 0, &err), ERR_INPUT);
    cr_assert_eq(read_changed(png, sizeof(png), PNG_HEIGHT_AT, 1, &err), ERR_INPUT);
    cr_assert_str_eq(err.text, "is 3 by 16777218 pixels, make it at most 4096 by 4096");
    cr_assert_eq(read_changed(png, sizeof(png), PNG_DEPTH_AT, 4, &err), ERR_INPUT);
    cr_assert_eq(read_changed(png, sizeof(png), PNG_DEPTH_AT + 1, 7, &err), ERR_INPUT);
    cr_assert_eq(read_changed(png, sizeof(png), PNG_DEPTH_AT + 9, 0xff, &err), ERR_INPUT);
}

Test(image, checks_each_value_of_a_jpeg)
{
    struct error err;

    cr_assert_eq(read_changed(jpeg, sizeof(jpeg), JPEG_FRAME_AT, 0xc3, &err), ERR_INPUT);
    cr_assert_eq(read_changed(jpeg, sizeof(jpeg), JPEG_LENGTH_AT + 1, 1, &err), ERR_INPUT);
    cr_assert_eq(read_changed(jpeg, sizeof(jpeg), JPEG_HEIGHT_AT + 1, 0, &err), ERR_INPUT);
    cr_assert_eq(read_changed(jpeg, sizeof(jpeg), JPEG_HEIGHT_AT, 0xff, &err), ERR_INPUT);
    cr_assert_eq(read_changed(jpeg, sizeof(jpeg), JPEG_SCAN_AT, 0xe1, &err), ERR_INPUT);
}

Test(image, is_no_svg)
{
    static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>";
    struct image image;
    struct error err;

    cr_assert_eq(image_read(&image, svg, sizeof(svg), &err), ERR_INPUT);
    cr_assert_str_eq(err.text, "is no picture in PNG or JPEG format, save it as PNG");
}
