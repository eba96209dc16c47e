#include "src/cli/platform.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "src/base/text.h"

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

/* A name of an open file is a link that leads to it, and nothing that could be replaced. */
static bool names_open_file(const char *path)
{
    return strncmp(path, "/dev/fd/", 8) == 0 || strncmp(path, "/proc/", 6) == 0 ||
           strcmp(path, "/dev/stderr") == 0;
}

bool platform_is_special(const char *path)
{
    struct stat status;

    if (names_open_file(path))
        return true;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

bool platform_is_same_file(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

char *platform_follow(const char *path)
{
    char *target = realpath(path, NULL);

    return target ? target : text_copy(path); /* there is nothing yet */
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
