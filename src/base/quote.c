#include "src/base/quote.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/auto.h"
#include "src/base/text.h"
#include "src/base/utf8.h"

enum { GROWTH = 20, AROUND = 8 }; /* bytes for each one of the text: " + [char]0x0A + 'x'" */

static bool is_plain(uint32_t c)
{
    return c >= 0x20 && c < 0x7f;
}

/* Behind a closed piece. */
static char *put_unit(char *to, uint32_t unit)
{
    return to + sprintf(to, " + [char]0x%02X", (unsigned)unit);
}

static char *put_special(char *to, uint32_t c)
{
    if (c < 0x10000)
        return put_unit(to, c);
    c -= 0x10000;
    return put_unit(put_unit(to, 0xd800 + (c >> 10)), 0xdc00 + (c & 0x3ff));
}

/* The first piece may be empty: text plus character is text, character plus text is not. */
static void put_pieces(char *to, const char *text)
{
    bool is_open = true;
    uint32_t c;

    *to++ = '\'';
    while ((c = utf8_next(&text)) != 0) {
        if (is_plain(c) != is_open) {
            to += sprintf(to, is_open ? "'" : " + '");
            is_open = !is_open;
        }
        if (!is_open)
            to = put_special(to, c);
        else
            to += sprintf(to, c == '\'' ? "''" : "%c", (int)c);
    }
    strcpy(to, is_open ? "'" : "");
}

char *quote_powershell(const char *text)
{
    const char *at = text;
    char *quoted = malloc(GROWTH * strlen(text) + AROUND);
    uint32_t c;

    if (!quoted)
        return NULL;
    do
        c = utf8_next(&at);
    while (is_plain(c));
    if (c == 0) {
        put_pieces(quoted, text);
        return quoted;
    }
    quoted[0] = '(';
    put_pieces(quoted + 1, text);
    strcat(quoted, ")");
    return quoted;
}

void quote_append(char **list, const char *text)
{
    AUTO_MEMORY char *quoted = quote_powershell(text);

    if (quoted) {
        text_join(list, ", ", quoted);
        return;
    }
    free(*list);
    *list = NULL;
}
