#include "src/cli/platform.h"

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

bool platform_is_terminal(FILE *file)
{
    return isatty(fileno(file));
}

unsigned platform_columns(FILE *file)
{
    struct winsize size;

    return ioctl(fileno(file), TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

unsigned platform_rows(FILE *file)
{
    struct winsize size;

    return ioctl(fileno(file), TIOCGWINSZ, &size) == 0 ? size.ws_row : 0;
}

bool platform_enable_escapes(FILE *file)
{
    (void)file;
    return true;
}

void platform_start(void)
{
}

int platform_replace(const char *from, const char *to)
{
    return rename(from, to);
}

bool platform_is_special(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

bool platform_is_same_file(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

long platform_process_id(void)
{
    return getpid();
}

int64_t platform_clock_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
