/*
 * wpcap.dll, Npcap's half of libpcap, loaded when it is first asked for: without it lmpathd still
 * starts, counts, and says what is missing.
 *
 * The declarations are libpcap's interface as that library has it on Windows, since its headers
 * come with no Windows and with no mingw-w64.
 */
#pragma once

#include <stdint.h>

#include "src/base/error.h"

struct pcap; /* opaque */

enum { WPCAP_ERROR_BYTES = 256 };

enum wpcap_status {
    WPCAP_OK = 0,
    WPCAP_PACKET = 1,
    WPCAP_ERROR = -1,
    WPCAP_BREAK = -2,
    WPCAP_NO_SUCH_DEVICE = -5,
    WPCAP_NOT_UP = -9,
    WPCAP_NOT_ALLOWED = -8,
};

#define WPCAP_NETMASK_UNKNOWN 0xffffffffu

struct wpcap_head {
    int32_t seconds;
    int32_t microseconds;
    uint32_t captured_bytes;
    uint32_t wire_bytes;
};

struct wpcap_statistics {
    uint32_t received;
    uint32_t dropped;
    uint32_t interface_dropped;
    uint32_t windows_only[3];
};

struct wpcap_program {
    uint32_t n_instructions;
    void *instructions;
};

struct wpcap {
    const char *(*lib_version)(void);
    struct pcap *(*create)(const char *device, char *error);
    int (*set_snaplen)(struct pcap *, int bytes);
    int (*set_timeout)(struct pcap *, int ms);
    int (*set_buffer_size)(struct pcap *, int bytes);
    int (*activate)(struct pcap *);
    int (*datalink)(struct pcap *);
    int (*compile)(struct pcap *, struct wpcap_program *, const char *text, int optimize,
                   uint32_t netmask);
    int (*setfilter)(struct pcap *, struct wpcap_program *);
    void (*freecode)(struct wpcap_program *);
    int (*setnonblock)(struct pcap *, int on, char *error);
    int (*next_ex)(struct pcap *, const struct wpcap_head **head, const uint8_t **bytes);
    void (*breakloop)(struct pcap *);
    int (*stats)(struct pcap *, struct wpcap_statistics *);
    const char *(*geterr)(struct pcap *);
    const char *(*statustostr)(int status);
    void (*close)(struct pcap *);
};

/* wpcap_load() - the functions, or NULL with ERR_SYSTEM's text in @err. Stays loaded. */
const struct wpcap *wpcap_load(struct error *err);
