/*
 * Capture files as a stream of records: pcap and pcapng, plain or compressed (gzip, zstd, lz4),
 * from a file or standard input.
 *
 * pcap:   https://www.ietf.org/archive/id/draft-ietf-opsawg-pcap
 * pcapng: https://www.ietf.org/archive/id/draft-ietf-opsawg-pcapng
 *
 * A reader belongs to one thread. Memory is bounded by the largest block accepted and the number of
 * interfaces, never by the file's length. Damage ends the stream: everything before it has been
 * delivered, and capture_info() says where and what.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/auto.h"
#include "src/base/error.h"
#include "src/net/addr.h"

struct capture; /* opaque */

enum {
    CAPTURE_MAX_RECORD_BYTES =
        16 * 1024 * 1024,     /* a longer packet or block is damage (or skipped, when unknown) */
    CAPTURE_MAX_NICS = 65536, /* over all sections of one file */
    CAPTURE_MAX_NIC_ADDRESSES = 256,                  /* further ones are left out */
    CAPTURE_MAX_DESCRIPTION_BYTES = 64 * 1024 * 1024, /* what all interfaces say of themselves */
};

enum capture_format { CAPTURE_PCAP, CAPTURE_PCAPNG };
enum capture_compression { CAPTURE_PLAIN, CAPTURE_GZIP, CAPTURE_ZSTD, CAPTURE_LZ4 };

/* Unknown is never zero: a count that the file does not tell is CAPTURE_UNKNOWN. */
#define CAPTURE_UNKNOWN UINT64_MAX

/* What an interface statistics block tells, cumulative since the capture's start; the last block
 * counts. */
struct capture_statistics {
    uint64_t received_packets;        /* isb_ifrecv */
    uint64_t dropped_packets;         /* isb_ifdrop */
    uint64_t filter_accepted_packets; /* isb_filteraccept */
    uint64_t os_dropped_packets;      /* isb_osdrop */
    uint64_t delivered_packets;       /* isb_usrdeliv */
};

/* One interface of the capture. Text is UTF-8 as found (hostile), never NULL: "" when untold. */
struct capture_nic {
    char *name;        /* if_name */
    char *description; /* if_description */
    char *filter;      /* if_filter, when it is text */
    char *os;          /* if_os */
    char *hardware;    /* if_hardware */
    char *comment;     /* the first opt_comment */
    uint16_t link_type;
    uint32_t snap_bytes;       /* 0: unlimited or untold */
    uint64_t speed_bits_per_s; /* if_speed; CAPTURE_UNKNOWN */
    uint8_t mac[6];
    bool has_mac;
    struct prefix *prefixes; /* if_IPv4addr, if_IPv6addr with their prefix; owned by the capture */
    struct addr *addresses;  /* the addresses themselves, same order */
    size_t n_addresses;
    uint32_t section; /* 0 for the file's first */
    struct capture_statistics statistics;
};

enum capture_direction { CAPTURE_DIRECTION_UNKNOWN, CAPTURE_INBOUND, CAPTURE_OUTBOUND };

/* One packet. bytes are borrowed until the next capture_next() or capture_free(). */
struct capture_record {
    int64_t time_ns; /* since 1970-01-01 UTC; 0 without has_time */
    const uint8_t *bytes;
    uint32_t captured_bytes;
    uint32_t wire_bytes; /* original length; never below captured_bytes */
    uint32_t nic;        /* index for capture_nic() */
    uint8_t direction;   /* enum capture_direction */
    bool has_time;       /* false for Simple Packet Blocks, and for times beyond the year 2262 */
    bool is_dropped;     /* epb_verdict says that the system dropped it: seen, but not carried on */
    bool has_packet_id;
    uint64_t packet_id; /* epb_packetid: the same packet at another interface bears the same one */
};

/* Facts about the file; counts so far. Text is never NULL. */
struct capture_info {
    enum capture_format format;
    enum capture_compression compression;
    uint64_t n_packets;
    uint64_t n_bytes;    /* of the file as stored (compressed), read so far */
    uint32_t n_sections; /* 1 for pcap */
    uint32_t n_nics;
    bool is_truncated;      /* ended by damage or inside a record; damage tells */
    uint64_t damage_offset; /* byte offset in the uncompressed stream of the block that could not be
                               read */
    char damage[256];       /* what is wrong there, one line without the offset */
    const char *hardware; /* the first section's shb_hardware, shb_os, shb_userappl, opt_comment */
    const char *os;
    const char *application;
    const char *comment;
};

/*
 * capture_open() - open a capture and read its header.
 * @path:   a file, or "-" for standard input
 *
 * Returns 0; ERR_SYSTEM (can't be opened or read), ERR_INPUT (empty, no capture: the text says what
 * was found and at which byte). @err's text begins with the quoted path.
 */
int capture_open(struct capture **ret_capture, const char *path, struct error *err);
/* capture_open_memory() - the same over bytes that stay the caller's; for tests and fuzzing. */
int capture_open_memory(struct capture **ret_capture, const void *bytes, size_t n_bytes,
                        struct error *err);
struct capture *capture_free(struct capture *c);
DEFINE_AUTO(capture)

/*
 * capture_next() - the next packet.
 *
 * Returns 1 and writes @ret_record; 0 at the end, also where damage ended it (capture_info()
 * tells); negative when the system failed to read (ERR_SYSTEM) or memory ran out.
 */
int capture_next(struct capture *c, struct capture_record *ret_record, struct error *err);

/*
 * capture_read() - the next packets, as many as can be had at once.
 * @records: room for @max, at least 1; their bytes are borrowed until the next call
 *
 * Returns how many (1 to @max), 0 at the end, or a negative code, as capture_next().
 */
int capture_read(struct capture *c, struct capture_record *records, size_t max, struct error *err);

/* capture_nic() - interface @index (below n_nics). Borrowed; stays at its address until
 * capture_free(); statistics change. */
const struct capture_nic *capture_nic(const struct capture *c, uint32_t index);
/* capture_info() - borrowed until capture_free(); changes with every capture_next(). */
const struct capture_info *capture_info(const struct capture *c);

/*
 * capture_digest() - SHA-256 over the file as stored, as 64 lower-case hex digits.
 *
 * Off unless capture_want_digest() was called before the first capture_next(). Complete only once
 * capture_next() returned 0; reads what is left behind damage. @ret_hex: 65 bytes. Returns 0,
 * ERR_USAGE when no digest was wanted, or another negative code.
 */
void capture_want_digest(struct capture *c);
int capture_digest(struct capture *c, char *ret_hex, struct error *err);

const char *capture_format_name(enum capture_format format); /* "pcap", "pcapng" */
