/* Text of any length, formatted into memory of its own. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* text_format() - a new string; the caller frees it. NULL without memory. */
char *text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* text_vformat() - Returns the length and sets *ret_text, or -1 without memory. */
int text_vformat(char **ret_text, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* text_append() - more behind a text of the caller's; without memory, frees it and sets it to NULL.
 * Of NULL nothing is made, so that a chain of these needs one test at its end. */
void text_append(char **text, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* text_join() - one more of a list that the caller keeps as text, @between before all but the
 * first; the list begins as "" and fares as text_append()'s text does. */
void text_join(char **list, const char *between, const char *item);
/* text_copy() - a copy, the caller frees it; NULL without memory or of NULL. */
char *text_copy(const char *text);

/* A text that grows by parts; begun with { 0 }. */
struct text_parts {
    char *text;
    size_t n_bytes, capacity;
    bool failed; /* no memory: nothing is added any more */
};

void text_add(struct text_parts *p, const char *bytes, size_t n_bytes);
/* text_end() - all parts as one string, which the caller frees; NULL without memory. */
char *text_end(struct text_parts *p);
