/* Encodings and shape of a snapshot file, before any JSON parser sees it. */
#include "src/model/snapshot_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"
#include "src/base/cursor.h"
#include "src/base/utf8.h"

enum {
    REPLACEMENT = 0xfffd,
    MAX_CHARACTER_BYTES = 4,
    /* 19 digits can be more than INT64_MAX, 18 can't */
    LONG_INTEGER_DIGITS = 19,
    /* no input byte makes more than three, and quotes add two to 19 */
    TEXT_MAX_BYTES = 4 * SNAPSHOT_MAX_BYTES,
};

/* What is written, and as much of JSON's grammar as depth, count and long integers need. */
struct writer {
    char *text;
    size_t n_bytes, capacity;
    bool in_string, is_escaped;
    unsigned depth;
    size_t n_values;
    size_t number_start, n_digits; /* of the number that is being written */
    bool in_number, is_integer;
};

static int put(struct writer *w, uint32_t c, struct error *err)
{
    char *to;
    int r = array_reserve(&w->text, &w->capacity, w->n_bytes + MAX_CHARACTER_BYTES, 1,
                          TEXT_MAX_BYTES, err);

    if (r < 0)
        return r;
    to = w->text + w->n_bytes;
    if (c < 0x80) {
        to[0] = (char)c;
        w->n_bytes += 1;
    } else if (c < 0x800) {
        to[0] = (char)(0xc0 | c >> 6);
        to[1] = (char)(0x80 | (c & 0x3f));
        w->n_bytes += 2;
    } else if (c < 0x10000) {
        to[0] = (char)(0xe0 | c >> 12);
        to[1] = (char)(0x80 | (c >> 6 & 0x3f));
        to[2] = (char)(0x80 | (c & 0x3f));
        w->n_bytes += 3;
    } else {
        to[0] = (char)(0xf0 | c >> 18);
        to[1] = (char)(0x80 | (c >> 12 & 0x3f));
        to[2] = (char)(0x80 | (c >> 6 & 0x3f));
        to[3] = (char)(0x80 | (c & 0x3f));
        w->n_bytes += 4;
    }
    return 0;
}

static bool is_number_part(uint32_t c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static void number_note(struct writer *w, uint32_t c)
{
    if (!w->in_number) {
        w->in_number = true;
        w->is_integer = true;
        w->number_start = w->n_bytes;
        w->n_digits = 0;
    }
    if (c >= '0' && c <= '9')
        w->n_digits++;
    else if (c != '-')
        w->is_integer = false;
}

static int number_end(struct writer *w, struct error *err)
{
    size_t n_number = w->n_bytes - w->number_start;
    int r;

    w->in_number = false;
    if (!w->is_integer || w->n_digits < LONG_INTEGER_DIGITS)
        return 0;
    r = put(w, '"', err);
    if (r == 0)
        r = put(w, '"', err);
    if (r < 0)
        return r;
    memmove(w->text + w->number_start + 1, w->text + w->number_start, n_number);
    w->text[w->number_start] = '"';
    return 0;
}

static int structure_note(struct writer *w, uint32_t c, struct error *err)
{
    if (c == '{' || c == '[')
        w->depth++;
    else if ((c == '}' || c == ']') && w->depth)
        w->depth--;
    if (w->depth > SNAPSHOT_MAX_DEPTH)
        return error_set(err, ERR_LIMIT, "nested deeper than %d levels", SNAPSHOT_MAX_DEPTH);
    if (c == '{' || c == '[' || c == ',')
        w->n_values++;
    if (w->n_values > SNAPSHOT_MAX_VALUES)
        return error_set(err, ERR_LIMIT, "more than %d values", SNAPSHOT_MAX_VALUES);
    return 0;
}

static int character_write(struct writer *w, uint32_t c, struct error *err)
{
    int r = 0;

    if (c == 0)
        return error_set(err, ERR_INPUT,
                         "a zero character behind %zu bytes of text: this is no JSON; name what "
                         "'lmpath snapshot' wrote",
                         w->n_bytes);
    if (w->in_string) {
        w->in_string = w->is_escaped || c != '"';
        w->is_escaped = c == '\\' && !w->is_escaped;
        return put(w, c, err);
    }
    if (is_number_part(c))
        number_note(w, c);
    else if (w->in_number)
        r = number_end(w, err);
    if (r == 0)
        r = structure_note(w, c, err);
    if (r < 0)
        return r;
    w->in_string = c == '"';
    return put(w, c, err);
}

/* plain_run() - how many bytes are taken as they are: most of a snapshot is indents and names. */
static size_t plain_run(const struct writer *w, const char *at, const char *end)
{
    const char *from = at;

    if (w->in_string && !w->is_escaped)
        while (at < end && *at >= ' ' && *at < 0x7f && *at != '"' && *at != '\\')
            at++;
    else if (!w->in_string && !w->in_number)
        while (at < end && (*at == ' ' || *at == '\n' || *at == '\r'))
            at++;
    return (size_t)(at - from);
}

static int put_run(struct writer *w, const char *from, size_t n, struct error *err)
{
    int r = array_reserve(&w->text, &w->capacity, w->n_bytes + n, 1, TEXT_MAX_BYTES, err);

    if (r < 0)
        return r;
    memcpy(w->text + w->n_bytes, from, n);
    w->n_bytes += n;
    return 0;
}

static int utf8_write(struct writer *w, const char *at, const char *end, struct error *err)
{
    int r = 0;

    while (r == 0 && at < end) {
        size_t n = plain_run(w, at, end);
        const char *from = at;
        uint32_t c;

        if (n > 0) {
            r = put_run(w, from, n, err);
            at += n;
            continue;
        }
        c = utf8_next(&at);
        if (c == REPLACEMENT && at == from + 1)
            c = (uint8_t)*from >= 0xa0 ? (uint8_t)*from : REPLACEMENT;
        r = character_write(w, c, err);
    }
    return r;
}

static int utf16_write(struct writer *w, struct cursor c, uint16_t (*next)(struct cursor *),
                       struct error *err)
{
    while (cursor_left(&c) >= 2) {
        uint32_t unit = next(&c);
        int r;

        if ((unit & 0xfc00) == 0xd800) {
            struct cursor ahead = c;
            uint32_t low = next(&ahead);

            if (!ahead.failed && (low & 0xfc00) == 0xdc00) {
                unit = 0x10000 + ((unit & 0x3ff) << 10) + (low & 0x3ff);
                c = ahead;
            }
        }
        r = character_write(w, (unit & 0xfffff800) == 0xd800 ? REPLACEMENT : unit, err);
        if (r < 0)
            return r;
    }
    return cursor_left(&c) ? character_write(w, REPLACEMENT, err) : 0;
}

static int text_write(struct writer *w, const char *bytes, size_t n_bytes, struct error *err)
{
    struct cursor c = cursor_of(bytes, n_bytes);

    if (n_bytes >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0) {
        cursor_skip(&c, 2);
        return utf16_write(w, c, cursor_u16le, err);
    }
    if (n_bytes >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0) {
        cursor_skip(&c, 2);
        return utf16_write(w, c, cursor_u16be, err);
    }
    if (n_bytes >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        return utf8_write(w, bytes + 3, bytes + n_bytes, err);
    return utf8_write(w, bytes, bytes + n_bytes, err);
}

int snapshot_text_decode(char **ret_text, size_t *ret_text_bytes, const char *bytes, size_t n_bytes,
                         struct error *err)
{
    struct writer w = { 0 };
    int r;

    if (n_bytes > SNAPSHOT_MAX_BYTES)
        return error_set(err, ERR_LIMIT, "larger than %d MiB", SNAPSHOT_MAX_BYTES >> 20);
    r = text_write(&w, bytes, n_bytes, err);
    if (r == 0)
        r = put(&w, '\0', err);
    if (r < 0) {
        free(w.text);
        return r;
    }
    *ret_text = w.text;
    *ret_text_bytes = w.n_bytes - 1;
    return 0;
}
