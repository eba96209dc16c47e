#include <string.h>
#include <windows.h>

#include "analyzers/recording/program.h"

const char *const program_daemon_name = "lmpathd.exe";
const char *const program_daemon_places[] = { "lmpathd.exe", "../capture/lmpathd.exe", NULL };
const char *const program_control_path = "\\\\.\\pipe\\lmpathd";
const char *const program_shells[] = { "powershell.exe", "pwsh.exe", NULL };
const bool program_takes_signals = false;

bool program_is_file(const char *path)
{
    DWORD attributes = GetFileAttributesA(path);

    return attributes != INVALID_FILE_ATTRIBUTES && !(attributes & FILE_ATTRIBUTE_DIRECTORY);
}

static bool is_executable(const char *path)
{
    const char *end = strrchr(path, '.');

    return end && (_stricmp(end, ".exe") == 0 || _stricmp(end, ".com") == 0);
}

/* Scripts (.cmd, .ps1) are no programs: PowerShell runs them as it runs cmdlets. */
enum program_state program_find(char ret_path[PROGRAM_PATH_BYTES], const char *name)
{
    static const char *const ends[] = { ".exe", ".com" };

    for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
        DWORD n = SearchPathA(NULL, name, ends[i], PROGRAM_PATH_BYTES, ret_path, NULL);

        if (n > 0 && n < PROGRAM_PATH_BYTES && program_is_file(ret_path) && is_executable(ret_path))
            return PROGRAM_FOUND;
    }
    return PROGRAM_MISSING;
}
