/*
 * Files and folders as they are made, the same on every system: UTF-8 paths, bytes as given, for
 * their owner alone. disk_posix.c and disk_windows.c; the build takes one.
 *
 * Failures are negative errno values, which error_system() puts into words.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* disk_create() - a new file for writing. Returns a descriptor, or -EEXIST, ... */
int disk_create(const char *path);
/* disk_open() - a file that is there, for writing. Returns a descriptor. */
int disk_open(const char *path);
/* disk_write() - all of it. @ret_written: how many bytes, also on failure. Returns 0 or -ENOSPC,
 * ... */
int disk_write(int file, const void *bytes, size_t n_bytes, size_t *ret_written);
/* disk_truncate() - cut the file at @n_bytes, and write on from there. */
int disk_truncate(int file, uint64_t n_bytes);
/* disk_sync() - onto the medium. */
int disk_sync(int file);
int disk_close(int file);

int disk_make_folder(const char *path);
/* disk_replace() - rename over what may be there. */
int disk_replace(const char *from, const char *to);
int disk_remove(const char *path);
bool disk_has(const char *path);
