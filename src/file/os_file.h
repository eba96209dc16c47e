/*
 * Files opened for reading, the same on every system: UTF-8 paths, binary, no directories.
 * os_file_posix.c and os_file_windows.c; the build takes one.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

/* os_file_open() - @path, or standard input for "-". Returns 0, ERR_SYSTEM or ERR_INPUT. */
int os_file_open(int *ret_file, const char *path, struct error *err);
/* os_file_read() - returns the bytes read, fewer than asked for where the system likes, 0 at the
 * end, or the negative errno. */
int64_t os_file_read(int file, void *to, size_t n_bytes);
/* os_file_close() - leaves standard input open. */
void os_file_close(int file);
