/*
 * pcapng as it is written: one section, an interface block for each NIC, packets, statistics.
 *
 * https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng
 *
 * Blocks are gathered in a buffer of fixed size, which goes to the file when it is full and when
 * the caller asks; so memory is bounded, and whoever flushes every second loses no more than the
 * last second. One thread. Little-endian, times in nanoseconds.
 *
 * The first failure to write ends the file behind its last whole block and is told once; from then
 * on every call returns ERR_SYSTEM with the same text, cheaply, and changes nothing.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/auto.h"
#include "src/base/error.h"
#include "src/file/capture.h"
#include "src/net/addr.h"

struct pcapng_writer; /* opaque */

enum {
    PCAPNG_WRITER_BUFFER_BYTES = 512 * 1024,
    PCAPNG_WRITER_MAX_PACKET_BYTES = 65536, /* stored of one packet; the rest is cut */
    PCAPNG_WRITER_MAX_TEXT_BYTES = 4096,    /* of one text; the rest is cut */
    PCAPNG_WRITER_MAX_MARKS = 64,           /* that wait for a packet; further ones are dropped */
};

/* The section header. Everything is borrowed for the call; NULL and "" are left out. */
struct pcapng_section {
    const char *hardware;
    const char *os;
    const char *application;
    const char *comment;
};

struct pcapng_nic_address {
    struct addr addr;
    unsigned family_bits; /* of its subnet: 24, 64 */
};

/* An interface block. Everything is borrowed for the call; NULL and "" are left out. */
struct pcapng_nic {
    const char *name;
    const char *description;
    const char *filter; /* as text */
    const struct pcapng_nic_address *addresses;
    size_t n_addresses;
    uint64_t speed_bits_per_s; /* CAPTURE_UNKNOWN */
    uint32_t snap_bytes;       /* 0: unlimited */
    uint16_t link_type;        /* LINKTYPE_ number */
    bool has_mac;
    uint8_t mac[6];
};

struct pcapng_packet {
    int64_t time_ns;
    const uint8_t *bytes; /* borrowed for the call */
    uint32_t captured_bytes;
    uint32_t wire_bytes;
    uint32_t nic;      /* as pcapng_writer_add_nic() numbered it */
    uint8_t direction; /* enum capture_direction */
};

/*
 * pcapng_writer_new() - make a file, which must not exist, and write its section header.
 *
 * Returns 0, ERR_SYSTEM (the text begins with the quoted path) or ERR_MEMORY.
 */
int pcapng_writer_new(struct pcapng_writer **ret_writer, const char *path,
                      const struct pcapng_section *section, struct error *err);
/* pcapng_writer_free() - closes the file without writing what is still buffered. */
struct pcapng_writer *pcapng_writer_free(struct pcapng_writer *w);
DEFINE_AUTO(pcapng_writer)

/* pcapng_writer_add_nic() - at any time, before its first packet. @ret_nic counts from 0. */
int pcapng_writer_add_nic(struct pcapng_writer *w, const struct pcapng_nic *nic, uint32_t *ret_nic,
                          struct error *err);
int pcapng_writer_add_packet(struct pcapng_writer *w, const struct pcapng_packet *packet,
                             struct error *err);
/*
 * pcapng_writer_add_statistics() - what a NIC has counted since @start_ns; cumulative, so write it
 * now and then and at the end. Counts that are CAPTURE_UNKNOWN are left out.
 * @end_ns: when counting ended; 0 while it goes on
 */
int pcapng_writer_add_statistics(struct pcapng_writer *w, uint32_t nic,
                                 const struct capture_statistics *statistics, int64_t now_ns,
                                 int64_t start_ns, int64_t end_ns, struct error *err);
/*
 * pcapng_writer_mark() - a comment on the next packet, of whichever NIC; when none comes before the
 * next statistics, on these. Copies.
 */
void pcapng_writer_mark(struct pcapng_writer *w, const char *text);

/* pcapng_writer_flush() - hand everything so far to the operating system. */
int pcapng_writer_flush(struct pcapng_writer *w, struct error *err);
/* pcapng_writer_close() - flush and close; what the system refuses even now is told. */
int pcapng_writer_close(struct pcapng_writer *w, struct error *err);

/* Of the file, with what is still buffered: whole blocks only. */
uint64_t pcapng_writer_bytes(const struct pcapng_writer *w);
uint64_t pcapng_writer_packets(const struct pcapng_writer *w);
