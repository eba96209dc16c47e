#include "src/base/plain.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "src/base/utf8.h"

enum { MAX_MARKS = 4, SHOWN_BYTES = 12 }; /* more marks on a character are no writing */

struct range {
    uint32_t first, last;
};

/* Controls, the format characters (general category Cf) and separators that reorder, hide or break
 * lines, and what no XML may hold. */
static const struct range hidden[] = {
    { 0x01, 0x1f },
    { 0x7f, 0x9f },
    { 0xad, 0xad },
    { 0x61c, 0x61c },
    { 0x180e, 0x180e },
    { 0x200b, 0x200f },
    { 0x2028, 0x202e },
    { 0x2060, 0x206f },
    { 0xfeff, 0xfeff },
    { 0xfff0, 0xfffb },
    { 0xfffe, 0xffff },
    { 0xe0000, 0xe0fff },
    { 0 },
};

/* Marks that stand on the character before them: the blocks made of nothing else. */
static const struct range combining[] = {
    { 0x300, 0x36f },   { 0x483, 0x489 },
    { 0x591, 0x5bd },   { 0x64b, 0x65f },
    { 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff },
    { 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f },
    { 0xfe20, 0xfe2f }, { 0 },
};

/* East Asian wide and full-width blocks, and the emoji. */
static const struct range wide[] = {
    { 0x1100, 0x115f },   { 0x2e80, 0x303e },   { 0x3041, 0xa4cf },   { 0xac00, 0xd7a3 },
    { 0xf900, 0xfaff },   { 0xfe30, 0xfe6f },   { 0xff00, 0xff60 },   { 0xffe0, 0xffe6 },
    { 0x1f300, 0x1f64f }, { 0x1f900, 0x1f9ff }, { 0x20000, 0x3fffd }, { 0 },
};

static bool is_in(const struct range *ranges, uint32_t c)
{
    for (; ranges->last; ranges++) {
        if (c >= ranges->first && c <= ranges->last)
            return true;
    }
    return false;
}

bool plain_is_hidden(uint32_t c)
{
    return is_in(hidden, c);
}

static bool is_printable_ascii(uint32_t c)
{
    return c >= 0x20 && c < 0x7f;
}

static unsigned columns_of(uint32_t c)
{
    if (is_printable_ascii(c))
        return 1;
    return is_in(combining, c) ? 0 : is_in(wide, c) ? 2 : 1;
}

unsigned plain_columns(const char *text)
{
    unsigned columns = 0;
    uint32_t c;

    while ((c = utf8_next(&text)) != 0)
        columns += columns_of(c);
    return columns;
}

/* One character as it is shown; @marks: how many stand on the one before. Returns its columns. */
static unsigned show(char to[SHOWN_BYTES], const char *from, const char *end, uint32_t c,
                     unsigned *marks)
{
    if (is_printable_ascii(c)) {
        *marks = 0;
        to[0] = (char)c;
        to[1] = '\0';
        return 1;
    }
    *marks = is_in(combining, c) ? *marks + 1 : 0;
    if (c == 0xfffd)
        return (unsigned)snprintf(to, SHOWN_BYTES, "?");
    if (plain_is_hidden(c) || *marks > MAX_MARKS)
        return (unsigned)snprintf(to, SHOWN_BYTES, c < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)c);
    snprintf(to, SHOWN_BYTES, "%.*s", (int)(end - from), from);
    return columns_of(c);
}

unsigned plain_text(char *to, size_t n_bytes, const char *text, unsigned max_columns)
{
    enum { DOTS = 3 };
    size_t at = 0, cut_at = 0;
    unsigned columns = 0, cut_columns = 0, marks = 0;
    const char *from = text;
    uint32_t c;

    assert(n_bytes > DOTS && (max_columns == PLAIN_UNCUT || max_columns >= DOTS));
    for (; (c = utf8_next(&text)) != 0; from = text) {
        char shown[SHOWN_BYTES];
        unsigned more = show(shown, from, text, c, &marks);
        size_t n_shown = is_printable_ascii(c) ? 1 : strlen(shown);

        if (at + n_shown >= n_bytes || (max_columns && columns + more > max_columns)) {
            memcpy(to + cut_at, "...", DOTS + 1);
            return cut_columns + DOTS;
        }
        memcpy(to + at, shown, n_shown);
        at += n_shown;
        columns += more;
        if (at + DOTS < n_bytes && (!max_columns || columns + DOTS <= max_columns)) {
            cut_at = at;
            cut_columns = columns;
        }
    }
    to[at] = '\0';
    return columns;
}

void plain_write_lines(FILE *out, const char *text, unsigned indent)
{
    unsigned marks = 0;
    bool begins_line = true;
    const char *from = text;
    uint32_t c;

    for (; (c = utf8_next(&text)) != 0; from = text) {
        char shown[SHOWN_BYTES];

        if (begins_line)
            fprintf(out, "%*s", (int)indent, "");
        begins_line = c == '\n';
        if (!begins_line) {
            show(shown, from, text, c, &marks);
            fputs(shown, out);
            continue;
        }
        fputc('\n', out);
        marks = 0;
    }
    if (!begins_line)
        fputc('\n', out);
}

static unsigned word_columns(const char *word, size_t n_bytes)
{
    const char *end = word + n_bytes;
    unsigned columns = 0;

    while (word < end)
        columns += columns_of(utf8_next(&word));
    return columns;
}

unsigned plain_wrap(FILE *out, const char *text, size_t n_bytes, struct plain_margins m)
{
    const char *end = text + n_bytes;
    unsigned at_column = m.at_column, n_lines = 1;
    bool begins_line = true;

    while (text < end) {
        size_t n_word = strcspn(text, " \n");
        unsigned columns;

        if (n_word > (size_t)(end - text))
            n_word = (size_t)(end - text);
        columns = word_columns(text, n_word);
        if (n_word > 0 && !begins_line && at_column + 1 + columns > m.columns) {
            if (out)
                fprintf(out, "\n%*s", (int)m.indent, "");
            at_column = m.indent;
            begins_line = true;
            n_lines++;
        }
        if (n_word > 0) {
            if (out)
                fprintf(out, "%s%.*s", begins_line ? "" : " ", (int)n_word, text);
            at_column += columns + !begins_line;
            begins_line = false;
        }
        text += n_word + (text + n_word < end);
    }
    if (out)
        fputc('\n', out);
    return n_lines;
}
