/* UTF-16 as Windows has it, to UTF-8 as all else here. */
#pragma once

#include <stddef.h>
#include <wchar.h>

/* utf8_of() - into @n_bytes at @to, terminated; cut behind a whole character when it doesn't fit.
 * Returns @to. */
char *utf8_of(char *to, size_t n_bytes, const wchar_t *text);
