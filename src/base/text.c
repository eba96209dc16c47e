#include "src/base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"

int text_vformat(char **ret_text, const char *format, va_list args)
{
    va_list again;
    char *text;
    int n;

    va_copy(again, args);
    n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    text = n < 0 ? NULL : malloc((size_t)n + 1);
    if (!text)
        return -1;
    vsnprintf(text, (size_t)n + 1, format, args);
    *ret_text = text;
    return n;
}

char *text_format(const char *format, ...)
{
    char *text = NULL;
    va_list args;

    va_start(args, format);
    if (text_vformat(&text, format, args) < 0)
        text = NULL;
    va_end(args);
    return text;
}

char *text_copy(const char *text)
{
    return text ? strdup(text) : NULL;
}

void text_append(char **text, const char *format, ...)
{
    char *more, *longer = NULL;
    va_list args;
    int n;

    if (!*text)
        return;
    va_start(args, format);
    n = text_vformat(&more, format, args);
    va_end(args);
    if (n >= 0) {
        longer = text_format("%s%s", *text, more);
        free(more);
    }
    free(*text);
    *text = longer;
}

void text_join(char **list, const char *between, const char *item)
{
    if (*list)
        text_append(list, "%s%s", **list ? between : "", item);
}

void text_add(struct text_parts *p, const char *bytes, size_t n_bytes)
{
    if (p->failed || array_reserve(&p->text, &p->capacity, p->n_bytes + n_bytes + 1, 1,
                                   SIZE_MAX / 2, NULL) < 0) {
        p->failed = true;
        return;
    }
    memcpy(p->text + p->n_bytes, bytes, n_bytes);
    p->n_bytes += n_bytes;
}

char *text_end(struct text_parts *p)
{
    char *text;

    text_add(p, "", 1);
    text = p->failed ? NULL : p->text;
    if (p->failed)
        free(p->text);
    *p = (struct text_parts){ 0 };
    return text;
}
