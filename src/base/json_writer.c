/* A JSON document written value by value (RFC 8259). */
#include "src/base/json_writer.h"

#include <inttypes.h>
#include <math.h>

#include "src/base/units.h"
#include "src/base/utf8.h"

void json_writer_init(struct json_writer *w, FILE *out)
{
    *w = (struct json_writer){ .out = out };
}

static bool is_flat(const struct json_writer *w)
{
    return w->flat_depth && w->depth >= w->flat_depth;
}

static void new_line(struct json_writer *w)
{
    if (is_flat(w))
        return;
    fputc('\n', w->out);
    for (unsigned i = 0; i < w->depth; i++)
        fputs("  ", w->out);
}

/* Runs of what needs no escape are written at once: a million connections are mostly that. */
static size_t plain_run(const char *text)
{
    size_t n = 0;

    while ((unsigned char)text[n] >= 0x20 && (unsigned char)text[n] < 0x7f && text[n] != '"' &&
           text[n] != '\\')
        n++;
    return n;
}

static void escaped_character(FILE *out, const char *from, const char *end, uint32_t c)
{
    if (c == '"' || c == '\\')
        fprintf(out, "\\%c", (char)c);
    else if (c == '\n')
        fputs("\\n", out);
    else if (c < 0x20 || c == 0x7f || c == 0xfffd)
        fprintf(out, "\\u%04x", (unsigned)c);
    else
        fwrite(from, 1, (size_t)(end - from), out);
}

static void escaped(FILE *out, const char *text)
{
    fputc('"', out);
    while (*text) {
        size_t n_plain = plain_run(text);
        const char *from;
        uint32_t c;

        fwrite(text, 1, n_plain, out);
        text += n_plain;
        from = text;
        c = utf8_next(&text);
        if (c)
            escaped_character(out, from, text, c);
    }
    fputc('"', out);
}

static void begin_value(struct json_writer *w, const char *key)
{
    if (w->has_member)
        fputs(is_flat(w) ? ", " : ",", w->out);
    if (w->depth)
        new_line(w);
    w->has_member = true;
    if (key) {
        escaped(w->out, key);
        fputs(": ", w->out);
    }
}

static void open_group(struct json_writer *w, const char *key, char bracket)
{
    begin_value(w, key);
    fputc(bracket, w->out);
    w->depth++;
    w->has_member = false;
}

static void close_group(struct json_writer *w, char bracket)
{
    bool had_member = w->has_member;
    bool flat = is_flat(w);

    w->depth--;
    if (had_member && !flat)
        new_line(w);
    if (w->flat_depth > w->depth)
        w->flat_depth = 0;
    fputc(bracket, w->out);
    w->has_member = true;
    if (w->depth == 0)
        fputc('\n', w->out);
}

void json_object_begin(struct json_writer *w, const char *key)
{
    open_group(w, key, '{');
}

void json_object_end(struct json_writer *w)
{
    close_group(w, '}');
}

void json_array_begin(struct json_writer *w, const char *key)
{
    open_group(w, key, '[');
}

void json_array_end(struct json_writer *w)
{
    close_group(w, ']');
}

void json_flat_begin(struct json_writer *w)
{
    if (!w->flat_depth)
        w->flat_depth = w->depth + 1;
}

void json_put_string(struct json_writer *w, const char *key, const char *text)
{
    if (!text) {
        json_put_null(w, key);
        return;
    }
    begin_value(w, key);
    escaped(w->out, text);
}

void json_put_u64(struct json_writer *w, const char *key, uint64_t value)
{
    begin_value(w, key);
    fprintf(w->out, "%" PRIu64, value);
}

void json_put_i64(struct json_writer *w, const char *key, int64_t value)
{
    begin_value(w, key);
    fprintf(w->out, "%" PRId64, value);
}

void json_put_real(struct json_writer *w, const char *key, double value, int decimals)
{
    if (!isfinite(value)) {
        json_put_null(w, key);
        return;
    }
    begin_value(w, key);
    fprintf(w->out, "%.*f", decimals, value);
}

void json_put_bool(struct json_writer *w, const char *key, bool value)
{
    begin_value(w, key);
    fputs(value ? "true" : "false", w->out);
}

void json_put_null(struct json_writer *w, const char *key)
{
    begin_value(w, key);
    fputs("null", w->out);
}

void json_put_time(struct json_writer *w, const char *key, int64_t time_ns)
{
    char text[UNITS_TEXT_BYTES];

    json_put_string(w, key, time_text(text, time_ns));
}
