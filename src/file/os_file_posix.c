#include "src/file/os_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int os_file_open(int *ret_file, const char *path, struct error *err)
{
    struct stat st;
    int file = STDIN_FILENO;

    if (strcmp(path, "-") != 0)
        file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return error_system(err, errno, "can't be opened");
    if (fstat(file, &st) == 0 && S_ISDIR(st.st_mode)) {
        os_file_close(file);
        return error_set(err, ERR_INPUT, "is a directory: name a capture in it");
    }
    *ret_file = file;
    return 0;
}

int64_t os_file_read(int file, void *to, size_t n_bytes)
{
    ssize_t n;

    do
        n = read(file, to, n_bytes);
    while (n < 0 && errno == EINTR);
    return n < 0 ? -errno : n;
}

void os_file_close(int file)
{
    if (file != STDIN_FILENO)
        close(file);
}
