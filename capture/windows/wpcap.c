#include "capture/windows/wpcap.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <windows.h>

/* Where it may be: in Npcap's own folder, or, in the mode compatible with WinPcap, in the system's.
 * Nowhere else: the search path could be anybody's. */
static const wchar_t *const PLACES[] = { L"\\Npcap\\wpcap.dll", L"\\wpcap.dll" };

enum { PATH_CHARACTERS = MAX_PATH + 32 };

static const struct {
    const char *name;
    size_t offset;
} FUNCTIONS[] = {
    { "pcap_lib_version", offsetof(struct wpcap, lib_version) },
    { "pcap_create", offsetof(struct wpcap, create) },
    { "pcap_set_snaplen", offsetof(struct wpcap, set_snaplen) },
    { "pcap_set_timeout", offsetof(struct wpcap, set_timeout) },
    { "pcap_set_buffer_size", offsetof(struct wpcap, set_buffer_size) },
    { "pcap_activate", offsetof(struct wpcap, activate) },
    { "pcap_datalink", offsetof(struct wpcap, datalink) },
    { "pcap_compile", offsetof(struct wpcap, compile) },
    { "pcap_setfilter", offsetof(struct wpcap, setfilter) },
    { "pcap_freecode", offsetof(struct wpcap, freecode) },
    { "pcap_setnonblock", offsetof(struct wpcap, setnonblock) },
    { "pcap_next_ex", offsetof(struct wpcap, next_ex) },
    { "pcap_breakloop", offsetof(struct wpcap, breakloop) },
    { "pcap_stats", offsetof(struct wpcap, stats) },
    { "pcap_geterr", offsetof(struct wpcap, geterr) },
    { "pcap_statustostr", offsetof(struct wpcap, statustostr) },
    { "pcap_close", offsetof(struct wpcap, close) },
};

static HMODULE open_library(void)
{
    wchar_t path[PATH_CHARACTERS];
    UINT n = GetSystemDirectoryW(path, MAX_PATH);

    if (n == 0 || n >= MAX_PATH)
        return NULL;
    for (size_t i = 0; i < sizeof(PLACES) / sizeof(PLACES[0]); i++) {
        HMODULE library;

        wcscpy(path + n, PLACES[i]);
        /* Packet.dll lies beside it */
        library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
        if (library)
            return library;
    }
    return NULL;
}

/* Returns the name of one that is missing, or NULL. */
static const char *find_functions(struct wpcap *functions, HMODULE library)
{
    for (size_t i = 0; i < sizeof(FUNCTIONS) / sizeof(FUNCTIONS[0]); i++) {
        FARPROC found = GetProcAddress(library, FUNCTIONS[i].name);

        if (!found)
            return FUNCTIONS[i].name;
        memcpy((char *)functions + FUNCTIONS[i].offset, &found, sizeof(found));
    }
    return NULL;
}

const struct wpcap *wpcap_load(struct error *err)
{
    static struct wpcap functions;
    static bool is_loaded;
    const char *missing;
    HMODULE library;

    if (is_loaded)
        return &functions;
    library = open_library();
    if (!library) {
        error_set(err, ERR_SYSTEM,
                  "Npcap is not installed, and without it no packet can be "
                  "captured: get it from npcap.com");
        return NULL;
    }
    missing = find_functions(&functions, library);
    if (missing) {
        error_set(err, ERR_SYSTEM,
                  "this wpcap.dll is too old, it has no '%s': get Npcap from "
                  "npcap.com",
                  missing);
        FreeLibrary(library);
        return NULL;
    }
    is_loaded = true;
    return &functions;
}
