#include "src/file/os_file.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <windows.h>

#include "src/base/auto.h"

enum { STDIN_FILE = 0 };

/* The runtime's narrow functions take the process's code page, not UTF-8. */
static int widen(wchar_t **ret_wide, const char *text, struct error *err)
{
    int n = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, text, -1, NULL, 0);
    wchar_t *wide;

    if (n <= 0)
        return error_set(err, ERR_USAGE, "is no UTF-8 path");
    wide = calloc((size_t)n, sizeof(*wide));
    if (!wide)
        return error_memory(err);
    MultiByteToWideChar(CP_UTF8, 0, text, -1, wide, n);
    *ret_wide = wide;
    return 0;
}

int os_file_open(int *ret_file, const char *path, struct error *err)
{
    AUTO_MEMORY wchar_t *wide = NULL;
    struct _stat64 st;
    int file = STDIN_FILE;
    int r;

    if (strcmp(path, "-") == 0) {
        _setmode(STDIN_FILE, _O_BINARY);
        *ret_file = file;
        return 0;
    }
    r = widen(&wide, path, err);
    if (r < 0)
        return r;
    if (_wstat64(wide, &st) == 0 && (st.st_mode & _S_IFMT) == _S_IFDIR)
        return error_set(err, ERR_INPUT, "is a directory: name a capture in it");
    file = _wopen(wide, _O_RDONLY | _O_BINARY | _O_NOINHERIT | _O_SEQUENTIAL);
    if (file < 0)
        return error_system(err, errno, "can't be opened");
    *ret_file = file;
    return 0;
}

int64_t os_file_read(int file, void *to, size_t n_bytes)
{
    int n = _read(file, to, n_bytes > INT_MAX ? INT_MAX : (unsigned)n_bytes);

    return n < 0 ? -errno : n;
}

void os_file_close(int file)
{
    if (file != STDIN_FILE)
        _close(file);
}
