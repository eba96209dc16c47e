#include "analyzers/recording/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

/* The folder of the running program, without the separator at its end. */
static bool own_folder(char folder[PROGRAM_PATH_BYTES])
{
    size_t n = PROGRAM_PATH_BYTES;
    char *end = NULL;

    if (uv_exepath(folder, &n) != 0)
        return false;
    for (char *at = folder; *at; at++) {
        if (strchr("/\\", *at))
            end = at;
    }
    if (end)
        *end = '\0';
    return end;
}

int program_find_daemon(char ret_path[PROGRAM_PATH_BYTES], struct error *err)
{
    const char *given = getenv("LMPATHD");
    char folder[PROGRAM_PATH_BYTES];

    if (given && *given) {
        if (program_find(ret_path, given) == PROGRAM_FOUND)
            return 0;
        return error_set(err, ERR_SYSTEM, "can't run '%s', which LMPATHD names", given);
    }
    for (size_t i = 0; own_folder(folder) && program_daemon_places[i]; i++) {
        int n = snprintf(ret_path, PROGRAM_PATH_BYTES, "%s/%s", folder, program_daemon_places[i]);

        if (n < PROGRAM_PATH_BYTES && program_is_file(ret_path))
            return 0;
    }
    if (program_find(ret_path, program_daemon_name) == PROGRAM_FOUND)
        return 0;
    return error_set(err, ERR_SYSTEM,
                     "can't find '%s', the program that captures: install it beside lmpath, or set "
                     "LMPATHD to its path",
                     program_daemon_name);
}
