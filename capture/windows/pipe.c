#include "capture/windows/pipe.h"

#include <stddef.h>
#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

/* Security descriptor language: deny who came over the network (NU); then all rights to the system
 * (SY), administrators (BA) and the owner (OW); nothing is inherited (P). */
static const wchar_t PRIVATE[] = L"D:P(D;;GA;;;NU)(A;;GA;;;SY)(A;;GA;;;BA)(A;;GA;;;OW)";

int pipe_make_private(void *handle, struct error *err)
{
    PSECURITY_DESCRIPTOR descriptor;
    BOOL is_there, is_default;
    ACL *list = NULL;
    DWORD number;

    if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(PRIVATE, SDDL_REVISION_1, &descriptor,
                                                              NULL))
        return error_set(err, ERR_SYSTEM, "the pipe can't be made private: Windows error %lu",
                         GetLastError());
    if (GetSecurityDescriptorDacl(descriptor, &is_there, &list, &is_default) && is_there)
        number = SetSecurityInfo(handle, SE_KERNEL_OBJECT,
                                 DACL_SECURITY_INFORMATION | PROTECTED_DACL_SECURITY_INFORMATION,
                                 NULL, NULL, list, NULL);
    else
        number = GetLastError();
    LocalFree(descriptor);
    return number == ERROR_SUCCESS
               ? 0
               : error_set(err, ERR_SYSTEM, "the pipe can't be made private: Windows error %lu",
                           number);
}
