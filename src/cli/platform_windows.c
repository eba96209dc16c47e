#include "src/cli/platform.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <process.h>
#include <windows.h>

#include "src/base/text.h"

#ifndef ENABLE_VIRTUAL_TERMINAL_PROCESSING
#define ENABLE_VIRTUAL_TERMINAL_PROCESSING 0x0004
#endif

static HANDLE handle_of(FILE *file)
{
    return (HANDLE)_get_osfhandle(_fileno(file));
}

/* _isatty() is true for every character device, NUL too; only a console has a mode. */
bool platform_is_terminal(FILE *file)
{
    DWORD mode;

    return GetConsoleMode(handle_of(file), &mode) != 0;
}

unsigned platform_columns(FILE *file)
{
    CONSOLE_SCREEN_BUFFER_INFO info;

    if (!GetConsoleScreenBufferInfo(handle_of(file), &info))
        return 0;
    return (unsigned)(info.srWindow.Right - info.srWindow.Left + 1);
}

unsigned platform_rows(FILE *file)
{
    CONSOLE_SCREEN_BUFFER_INFO info;

    if (!GetConsoleScreenBufferInfo(handle_of(file), &info))
        return 0;
    return (unsigned)(info.srWindow.Bottom - info.srWindow.Top + 1);
}

bool platform_enable_escapes(FILE *file)
{
    DWORD mode;

    return GetConsoleMode(handle_of(file), &mode) != 0 &&
           SetConsoleMode(handle_of(file), mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING) != 0;
}

void platform_start(void)
{
    _setmode(_fileno(stdout), _O_BINARY);
    _setmode(_fileno(stderr), _O_BINARY);
    SetConsoleOutputCP(CP_UTF8);
}

int platform_replace(const char *from, const char *to)
{
    DWORD error;

    if (MoveFileExA(from, to, MOVEFILE_REPLACE_EXISTING))
        return 0;
    error = GetLastError();
    errno = error == ERROR_ACCESS_DENIED || error == ERROR_SHARING_VIOLATION ? EACCES
            : error == ERROR_PATH_NOT_FOUND                                  ? ENOENT
                                                                             : EIO;
    return -1;
}

/* NUL, CON, \\.\pipe\x: what opens as something else than a disk file. */
bool platform_is_special(const char *path)
{
    HANDLE file = CreateFileA(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    bool is_special;

    if (file == INVALID_HANDLE_VALUE)
        return false;
    is_special = GetFileType(file) != FILE_TYPE_DISK;
    CloseHandle(file);
    return is_special;
}

static bool tell_file(BY_HANDLE_FILE_INFORMATION *to, const char *path)
{
    HANDLE file = CreateFileA(path, 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, NULL,
                              OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
    bool is_told;

    if (file == INVALID_HANDLE_VALUE)
        return false;
    is_told = GetFileInformationByHandle(file, to) != 0;
    CloseHandle(file);
    return is_told;
}

bool platform_is_same_file(const char *a, const char *b)
{
    BY_HANDLE_FILE_INFORMATION x, y;

    return tell_file(&x, a) && tell_file(&y, b) &&
           x.dwVolumeSerialNumber == y.dwVolumeSerialNumber &&
           x.nFileIndexHigh == y.nFileIndexHigh && x.nFileIndexLow == y.nFileIndexLow;
}

/* Links need a right to be made that few have. */
char *platform_follow(const char *path)
{
    return text_copy(path);
}

long platform_process_id(void)
{
    return _getpid();
}

int64_t platform_clock_ms(void)
{
    return (int64_t)GetTickCount64();
}
