/* What is put line by line, as one text. */
#pragma once

#include <criterion/criterion.h>
#include <string.h>

static char lines[8192];

static inline void lines_put(void *context, const char *line)
{
    (void)context;
    cr_assert(strlen(lines) + strlen(line) + 2 < sizeof(lines));
    strcat(lines, line);
    strcat(lines, "\n");
}

static inline void lines_clear(void)
{
    *lines = '\0';
}
