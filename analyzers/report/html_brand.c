/* The brand in the HTML report: the accent colour as CSS, the logo as part of the page. */
#include "analyzers/report/html.h"
#include "analyzers/report/language.h"

enum { LINE_GROUP = 3 };

static void write_color(FILE *out, struct brand_color c)
{
    fprintf(out, "#%02x%02x%02x", c.red, c.green, c.blue);
}

/* Marks take the accent as given; text takes what can be read. */
void html_accent(FILE *out, const struct brand *b)
{
    if (!b || !b->has_accent)
        return;
    fputs(":root{--accent:", out);
    write_color(out, brand_text_color(b, GROUND_LIGHT));
    fputs("}@media screen and (prefers-color-scheme:dark){:root{--accent:", out);
    write_color(out, brand_text_color(b, GROUND_DARK));
    fputs("}}body{border-top:6px solid ", out);
    write_color(out, b->accent);
    fputs("}.kicker,h2{color:var(--accent)}\n", out);
}

/* RFC 4648, section 4. */
static void write_base64(FILE *out, const uint8_t *bytes, size_t n_bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < n_bytes; i += LINE_GROUP) {
        size_t n = n_bytes - i < LINE_GROUP ? n_bytes - i : LINE_GROUP;
        uint32_t group = (uint32_t)bytes[i] << 16 | (n > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
                         (n > 2 ? bytes[i + 2] : 0);

        fputc(digits[group >> 18], out);
        fputc(digits[group >> 12 & 63], out);
        fputc(n > 1 ? digits[group >> 6 & 63] : '=', out);
        fputc(n > 2 ? digits[group & 63] : '=', out);
    }
}

bool html_has_logo(const struct comparison *c)
{
    return c->brand && c->brand->logo_bytes;
}

void html_logo(FILE *out, const struct comparison *c)
{
    const struct brand *b = c->brand;

    if (!html_has_logo(c))
        return;
    fprintf(out, "<img class=\"logo\" alt=\"%s\" width=\"%u\" height=\"%u\" src=\"data:%s;base64,",
            text_in(c->language, TEXT_LOGO), b->logo.width, b->logo.height,
            image_type(b->logo.kind));
    write_base64(out, b->logo_bytes, b->n_logo_bytes);
    fputs("\">\n", out);
}
