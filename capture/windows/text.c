#include "capture/windows/text.h"

#include <windows.h>

/* One character at a time, so that a name which doesn't fit ends with a whole one. */
char *utf8_of(char *to, size_t n_bytes, const wchar_t *text)
{
    size_t at = 0;

    while (*text) {
        int n_units = IS_SURROGATE_PAIR(text[0], text[1]) ? 2 : 1, n;
        char character[4];

        n = WideCharToMultiByte(CP_UTF8, 0, text, n_units, character, sizeof(character), NULL,
                                NULL);
        if (n <= 0 || at + (size_t)n >= n_bytes)
            break;
        memcpy(to + at, character, (size_t)n);
        at += (size_t)n;
        text += n_units;
    }
    to[at] = '\0';
    return to;
}
