#include "capture/privileges.h"

#include <stdbool.h>
#include <stdlib.h>
#include <windows.h>

/* Any process needs this one, to pass through folders. */
static bool is_needed(const LUID_AND_ATTRIBUTES *privilege, const LUID *notify)
{
    return privilege->Luid.LowPart == notify->LowPart &&
           privilege->Luid.HighPart == notify->HighPart;
}

static bool read_privileges(HANDLE token, TOKEN_PRIVILEGES **ret_privileges)
{
    DWORD n_bytes = 0;

    GetTokenInformation(token, TokenPrivileges, NULL, 0, &n_bytes);
    *ret_privileges = malloc(n_bytes);
    return *ret_privileges &&
           GetTokenInformation(token, TokenPrivileges, *ret_privileges, n_bytes, &n_bytes);
}

static bool remove_privileges(HANDLE token)
{
    TOKEN_PRIVILEGES *privileges = NULL;
    LUID notify;
    bool is_done = LookupPrivilegeValueW(NULL, L"SeChangeNotifyPrivilege", &notify) &&
                   read_privileges(token, &privileges);

    for (DWORD i = 0; is_done && i < privileges->PrivilegeCount; i++)
        if (!is_needed(&privileges->Privileges[i], &notify))
            privileges->Privileges[i].Attributes = SE_PRIVILEGE_REMOVED;
    is_done = is_done && AdjustTokenPrivileges(token, FALSE, privileges, 0, NULL, NULL);
    free(privileges);
    return is_done;
}

/* The token keeps its groups, and so the devices that administrators may open: a NIC that comes
 * back is opened again. */
int privileges_drop(struct error *err)
{
    HANDLE token;
    bool is_done;

    if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY | TOKEN_ADJUST_PRIVILEGES, &token))
        return error_set(err, ERR_SYSTEM, "privileges can't be given up: Windows error %lu",
                         GetLastError());
    is_done = remove_privileges(token);
    if (!is_done)
        error_set(err, ERR_SYSTEM, "privileges can't be given up: Windows error %lu",
                  GetLastError());
    CloseHandle(token);
    return is_done ? 0 : ERR_SYSTEM;
}
