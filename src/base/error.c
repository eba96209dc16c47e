/* One line of error text, bounded, with what came from outside made harmless for a terminal. */
#include "src/base/error.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "src/base/utf8.h"

/* Of what is no text for a terminal: C0 and C1 (RFC 3629 spells these in two bytes), no UTF-8. */
static bool is_harmful(uint32_t c, size_t n_bytes)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c == 0xfffd && n_bytes == 1);
}

/* Escapes control characters: names in messages come from hostile files. */
static void clean(char *to, size_t to_bytes, const char *from)
{
    enum { MOST_BYTES = 16 }; /* that a character becomes: four, escaped */
    const char *at = from;
    uint32_t c;
    size_t n = 0;

    for (; n + MOST_BYTES < to_bytes && (c = utf8_next(&at)) != 0; from = at) {
        bool escape = is_harmful(c, (size_t)(at - from));

        for (; from < at; from++)
            n += (size_t)snprintf(to + n, to_bytes - n, escape ? "\\x%02x" : "%c",
                                  (unsigned char)*from);
    }
    to[n] = '\0';
}

static void set_text(struct error *err, const char *format, va_list args)
{
    char raw[sizeof(err->text)];

    if (!err)
        return;
    vsnprintf(raw, sizeof(raw), format, args);
    clean(err->text, sizeof(err->text), raw);
}

int error_set(struct error *err, enum err_code code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    set_text(err, format, args);
    va_end(args);
    return code;
}

int error_prefix(struct error *err, int code, const char *format, ...)
{
    struct error prefix, whole;
    va_list args;

    if (!err)
        return code;
    va_start(args, format);
    set_text(&prefix, format, args);
    va_end(args);
    snprintf(whole.text, sizeof(whole.text), "%.500s: %.520s", prefix.text, err->text);
    *err = whole;
    return code;
}

int error_system(struct error *err, int number, const char *format, ...)
{
    size_t used;
    va_list args;

    va_start(args, format);
    set_text(err, format, args);
    va_end(args);
    if (err) {
        used = strlen(err->text);
        snprintf(err->text + used, sizeof(err->text) - used, ": %s", strerror(number));
    }
    return ERR_SYSTEM;
}

int error_memory(struct error *err)
{
    return error_set(err, ERR_MEMORY, "out of memory");
}
