/* One line of error text, bounded, with what came from outside made harmless for a terminal. */
#include "src/base/error.h"

#include <stdio.h>
#include <string.h>

/* Escapes control characters: names in messages come from hostile files. */
static void clean(char *to, size_t to_bytes, const char *from)
{
    size_t n = 0;

    for (; *from && n + 5 < to_bytes; from++) {
        unsigned char c = (unsigned char)*from;

        if (c < 0x20 || c == 0x7f)
            n += (size_t)snprintf(to + n, to_bytes - n, "\\x%02x", c);
        else
            to[n++] = (char)c;
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
