#include "analyzers/report/brand.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static double linear(double part)
{
    return part <= 10.31 ? part / 3294.6 : pow((part / 255 + 0.055) / 1.055, 2.4);
}

static double contrast_to(struct brand_color c, double ground)
{
    double own = 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue) + 0.05;

    return own > ground ? own / ground : ground / own;
}

static struct brand with_accent(const char *text)
{
    struct brand b = { 0 };

    cr_assert_eq(brand_set_accent(&b, text, NULL), 0);
    cr_assert(b.has_accent);
    return b;
}

static void is_color(struct brand_color c, unsigned red, unsigned green, unsigned blue)
{
    cr_expect(c.red == red && c.green == green && c.blue == blue, "#%02x%02x%02x", c.red, c.green,
              c.blue);
}

Test(brand, takes_colours_as_html_writes_them)
{
    is_color(with_accent("#0b57A4").accent, 0x0b, 0x57, 0xa4);
    is_color(with_accent("0b57a4").accent, 0x0b, 0x57, 0xa4);
    is_color(with_accent("#07c").accent, 0x00, 0x77, 0xcc);
}

Test(brand, takes_no_other_colours)
{
    static const char *const bad[] = {
        "", "#", "red", "#12", "#1234", "#12345g", "##12345", "#fff;"
    };
    struct brand b = { 0 };
    struct error err;

    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        cr_expect_eq(brand_set_accent(&b, bad[i], &err), ERR_USAGE, "%s", bad[i]);
    cr_assert(!b.has_accent);
    cr_assert_str_eq(err.text, "'#fff;' is no colour, write one like #0b57a4");
}

/* White and the darkest card, of html_style. */
Test(brand, keeps_text_legible_on_either_ground)
{
    static const char *const colors[] = { "#ffcc00", "#fff", "#000",   "#ff0000",
                                          "#00f",    "#777", "#0b57a4" };

    for (size_t i = 0; i < sizeof(colors) / sizeof(*colors); i++) {
        struct brand b = with_accent(colors[i]);

        cr_expect_geq(contrast_to(brand_text_color(&b, GROUND_LIGHT), 1.05), 4.5, "%s", colors[i]);
        cr_expect_geq(contrast_to(brand_text_color(&b, GROUND_DARK), 0.0634), 4.5, "%s", colors[i]);
    }
}

Test(brand, leaves_a_legible_colour_as_it_is)
{
    struct brand b = with_accent("#0b57a4");

    is_color(brand_text_color(&b, GROUND_LIGHT), 0x0b, 0x57, 0xa4);
    b = with_accent("#8abdff");
    is_color(brand_text_color(&b, GROUND_DARK), 0x8a, 0xbd, 0xff);
}

Test(brand, names_the_file_that_is_no_logo)
{
    struct brand b = { 0 };
    struct error err;

    cr_assert_eq(brand_read_logo(&b, "no-such-logo.png", &err), ERR_SYSTEM);
    cr_assert(strstr(err.text, "'no-such-logo.png'"));
    cr_assert(!b.logo_bytes);
    brand_release(&b);
}
