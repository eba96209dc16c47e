/*
 * What the operating systems do differently, as raw calls: one file for each, chosen by the build.
 * Decisions are made in terminal.c and outputs.c, which are the only users.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

bool platform_is_terminal(FILE *file);
/* platform_columns() - the terminal's width, or 0 when it can't be told. */
unsigned platform_columns(FILE *file);
/* platform_rows() - the terminal's height, or 0 when it can't be told. */
unsigned platform_rows(FILE *file);
/* platform_enable_escapes() - make a terminal obey escape sequences. Returns false when it can't.
 */
bool platform_enable_escapes(FILE *file);
/* platform_start() - bytes to stdout and stderr pass unchanged, a console shows them as UTF-8. */
void platform_start(void);

/* platform_replace() - rename over what may be there. Returns 0 or -1 with errno set. */
int platform_replace(const char *from, const char *to);
/* platform_is_special() - a device, pipe, socket or open file: written to, never replaced. */
bool platform_is_special(const char *path);
/* platform_is_same_file() - do both paths lead to one file? Not if one of them doesn't exist. */
bool platform_is_same_file(const char *a, const char *b);
/* platform_follow() - where a file's links lead, for the caller to free; NULL: no memory. */
char *platform_follow(const char *path);
long platform_process_id(void);
/* platform_clock_ms() - only forward, from an arbitrary start. */
int64_t platform_clock_ms(void);
