#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "analyzers/recording/program.h"

const char *const program_daemon_name = "lmpathd";
/* as installed beside it or in sbin, and in a build folder */
const char *const program_daemon_places[] = { "lmpathd", "../sbin/lmpathd", "../capture/lmpathd",
                                              NULL };
const char *const program_control_path = "/run/lmpathd/control";
const char *const program_shells[] = { NULL };
const bool program_takes_signals = true;

static bool is_file(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool program_is_file(const char *path)
{
    return is_file(path) && access(path, X_OK) == 0;
}

static enum program_state state_of(const char *path)
{
    struct stat status;

    if (program_is_file(path))
        return PROGRAM_FOUND;
    return stat(path, &status) == 0 ? PROGRAM_REFUSED : PROGRAM_MISSING;
}

/* A file that may not be run hides no program behind it in PATH. */
static enum program_state find_in_path(char ret_path[PROGRAM_PATH_BYTES], const char *name)
{
    const char *path = getenv("PATH");
    bool was_refused = false;

    for (const char *at = path ? path : "/usr/bin:/bin";;) {
        int n_folder = (int)strcspn(at, ":");
        int n = snprintf(ret_path, PROGRAM_PATH_BYTES, "%.*s%s%s", n_folder, at,
                         n_folder ? "/" : "./", name);

        if (n < PROGRAM_PATH_BYTES && program_is_file(ret_path))
            return PROGRAM_FOUND;
        was_refused |= n < PROGRAM_PATH_BYTES && is_file(ret_path);
        if (!at[n_folder])
            return was_refused ? PROGRAM_REFUSED : PROGRAM_MISSING;
        at += n_folder + 1;
    }
}

enum program_state program_find(char ret_path[PROGRAM_PATH_BYTES], const char *name)
{
    if (!*name)
        return PROGRAM_MISSING;
    if (!strchr(name, '/'))
        return find_in_path(ret_path, name);
    if (snprintf(ret_path, PROGRAM_PATH_BYTES, "%s", name) >= PROGRAM_PATH_BYTES)
        return PROGRAM_MISSING;
    return state_of(name);
}
