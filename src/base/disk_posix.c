#include "src/base/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int of_call(int r)
{
    return r < 0 ? -errno : r;
}

int disk_create(const char *path)
{
    return of_call(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0600));
}

int disk_open(const char *path)
{
    return of_call(open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY));
}

int disk_write(int file, const void *bytes, size_t n_bytes, size_t *ret_written)
{
    const char *at = bytes;
    size_t n_left = n_bytes;
    ssize_t n = 0;

    while (n_left > 0 && (n >= 0 || errno == EINTR)) {
        n = write(file, at, n_left);
        if (n == 0) { /* no system does this to a file; never loop on it */
            errno = ENOSPC;
            n = -1;
        }
        if (n > 0) {
            at += n;
            n_left -= (size_t)n;
        }
    }
    *ret_written = n_bytes - n_left;
    return n < 0 ? -errno : 0;
}

int disk_truncate(int file, uint64_t n_bytes)
{
    if (ftruncate(file, (off_t)n_bytes) < 0)
        return -errno;
    return lseek(file, (off_t)n_bytes, SEEK_SET) < 0 ? -errno : 0;
}

int disk_sync(int file)
{
    return of_call(fdatasync(file));
}

int disk_close(int file)
{
    return of_call(close(file));
}

int disk_make_folder(const char *path)
{
    return of_call(mkdir(path, 0700));
}

int disk_replace(const char *from, const char *to)
{
    return of_call(rename(from, to));
}

int disk_remove(const char *path)
{
    return of_call(unlink(path));
}

bool disk_has(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0;
}
