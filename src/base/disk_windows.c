#include "src/base/disk.h"

#include <direct.h>
#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <wchar.h>
#include <windows.h>

#include "src/base/auto.h"

static int of_call(int r)
{
    return r < 0 ? -errno : r;
}

/* The runtime's narrow functions take the process's code page, not UTF-8. NULL: errno says why. */
static wchar_t *widen(const char *text)
{
    int n = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
    wchar_t *wide;

    if (n <= 0) {
        errno = EILSEQ;
        return NULL;
    }
    wide = calloc((size_t)n, sizeof(*wide));
    if (wide)
        MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, n);
    return wide;
}

static int open_as(const char *path, int how)
{
    AUTO_MEMORY wchar_t *wide = widen(path);

    if (!wide)
        return -errno;
    return of_call(_wopen(wide, how | _O_WRONLY | _O_BINARY | _O_NOINHERIT, _S_IREAD | _S_IWRITE));
}

int disk_create(const char *path)
{
    return open_as(path, _O_CREAT | _O_EXCL);
}

int disk_open(const char *path)
{
    return open_as(path, 0);
}

int disk_write(int file, const void *bytes, size_t n_bytes, size_t *ret_written)
{
    const char *at = bytes;
    size_t n_left = n_bytes;
    int n = 0;

    while (n_left > 0 && n >= 0) {
        n = _write(file, at, n_left > INT_MAX ? INT_MAX : (unsigned)n_left);
        if (n == 0) { /* a full disk, as this runtime tells it */
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
    errno_t number = _chsize_s(file, (int64_t)n_bytes);

    if (number)
        return -number;
    return _lseeki64(file, (int64_t)n_bytes, SEEK_SET) < 0 ? -errno : 0;
}

int disk_sync(int file)
{
    return of_call(_commit(file));
}

int disk_close(int file)
{
    return of_call(_close(file));
}

int disk_make_folder(const char *path)
{
    AUTO_MEMORY wchar_t *wide = widen(path);

    return wide ? of_call(_wmkdir(wide)) : -errno;
}

int disk_replace(const char *from, const char *to)
{
    AUTO_MEMORY wchar_t *wide_from = widen(from);
    AUTO_MEMORY wchar_t *wide_to = widen(to);
    DWORD number;

    if (!wide_from || !wide_to)
        return -errno;
    if (MoveFileExW(wide_from, wide_to, MOVEFILE_REPLACE_EXISTING))
        return 0;
    number = GetLastError();
    return number == ERROR_ACCESS_DENIED || number == ERROR_SHARING_VIOLATION ? -EACCES
           : number == ERROR_PATH_NOT_FOUND || number == ERROR_FILE_NOT_FOUND ? -ENOENT
                                                                              : -EIO;
}

int disk_remove(const char *path)
{
    AUTO_MEMORY wchar_t *wide = widen(path);

    return wide ? of_call(_wunlink(wide)) : -errno;
}

bool disk_has(const char *path)
{
    AUTO_MEMORY wchar_t *wide = widen(path);

    return wide && GetFileAttributesW(wide) != INVALID_FILE_ATTRIBUTES;
}
