/*
 * pcapng: see pcapng.c for what a block is. This writes Section Header, Interface Description,
 * Enhanced Packet and Interface Statistics Blocks, all in little-endian.
 */
#include "src/file/pcapng_writer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/disk.h"
#include "src/base/text.h"
#include "src/file/pcapng_codes.h"

enum {
    RESOLUTION_NANOSECONDS = 9, /* 10^-9 */

    PACKET_HEADER_BYTES = 28,
    PACKET_BLOCK_BYTES = 32,  /* around the packet: head, fields, tail */
    FLAGS_OPTIONS_BYTES = 12, /* the flags and the end of options */
    /* The largest block: an interface with its texts and every address that it may have. */
    MAX_BLOCK_BYTES = 4 * (PCAPNG_WRITER_MAX_TEXT_BYTES + 8) + 24 * CAPTURE_MAX_NIC_ADDRESSES + 128,
    MAX_PACKET_BLOCK_BYTES = PACKET_BLOCK_BYTES + PCAPNG_WRITER_MAX_PACKET_BYTES + 8,
    MAX_COMMENTS_BYTES = PCAPNG_WRITER_MAX_MARKS * (PCAPNG_WRITER_MAX_TEXT_BYTES + 8),
};

static_assert((size_t)MAX_BLOCK_BYTES < PCAPNG_WRITER_BUFFER_BYTES, "any block fits");
static_assert((size_t)MAX_PACKET_BLOCK_BYTES + MAX_COMMENTS_BYTES + 256 <
                  PCAPNG_WRITER_BUFFER_BYTES,
              "a packet with all marks fits");

struct pcapng_writer {
    char *path;
    int file;
    int failure; /* the negative errno that ended writing; 0: none */
    uint64_t n_file_bytes;
    uint64_t n_packets;
    uint32_t n_nics;
    char *marks[PCAPNG_WRITER_MAX_MARKS];
    size_t n_marks;
    size_t n; /* in the buffer: whole blocks, and the one being made */
    uint8_t buffer[PCAPNG_WRITER_BUFFER_BYTES];
};

/* ---- the buffer ---- */

static int tell_failure(const struct pcapng_writer *w, struct error *err)
{
    return error_system(err, -w->failure, "'%s': can't be written", w->path);
}

/* Only whole blocks may stay in the file: a reader sees damage in half a one. */
static void end_at_block(struct pcapng_writer *w, size_t n_written)
{
    size_t n_whole = 0;
    uint32_t n_block;

    while (n_whole + 8 <= n_written) {
        const uint8_t *at = w->buffer + n_whole + 4;

        n_block = (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 | at[0];
        if (n_block > n_written - n_whole)
            break;
        n_whole += n_block;
    }
    w->n_file_bytes += n_whole;
    w->n = 0;
    (void)disk_truncate(w->file, w->n_file_bytes); /* if refused, readers cope */
}

static int write_out(struct pcapng_writer *w, struct error *err)
{
    size_t n_written = 0;

    if (w->failure)
        return tell_failure(w, err);
    if (w->n == 0)
        return 0;
    w->failure = disk_write(w->file, w->buffer, w->n, &n_written);
    if (w->failure) {
        end_at_block(w, n_written);
        return tell_failure(w, err);
    }
    w->n_file_bytes += w->n;
    w->n = 0;
    return 0;
}

static int make_room(struct pcapng_writer *w, size_t n_bytes, struct error *err)
{
    if (w->failure)
        return tell_failure(w, err);
    return sizeof(w->buffer) - w->n < n_bytes ? write_out(w, err) : 0;
}

/* ---- fields; there is room for them ---- */

static inline uint8_t *store_u32(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
    at[2] = (uint8_t)(value >> 16);
    at[3] = (uint8_t)(value >> 24);
    return at + 4;
}

static inline void put_u32(struct pcapng_writer *w, uint32_t value)
{
    store_u32(w->buffer + w->n, value);
    w->n += 4;
}

static inline void put_u16_pair(struct pcapng_writer *w, unsigned first, unsigned second)
{
    put_u32(w, first | (uint32_t)second << 16);
}

static inline void put_u64(struct pcapng_writer *w, uint64_t value)
{
    put_u32(w, (uint32_t)value);
    put_u32(w, (uint32_t)(value >> 32));
}

static inline void put_padded(struct pcapng_writer *w, const void *bytes, size_t n_bytes)
{
    size_t n_padding = -n_bytes & 3u;

    memcpy(w->buffer + w->n, bytes, n_bytes);
    memset(w->buffer + w->n + n_bytes, 0, n_padding);
    w->n += n_bytes + n_padding;
}

static void put_option(struct pcapng_writer *w, unsigned code, const void *bytes, size_t n_bytes)
{
    put_u16_pair(w, code, (unsigned)n_bytes);
    put_padded(w, bytes, n_bytes);
}

/* Of a longer text the first bytes, up to a whole UTF-8 character. */
static size_t text_bytes(const char *text, size_t max)
{
    size_t n = strlen(text);

    if (n <= max)
        return n;
    n = max;
    while (n > 0 && ((uint8_t)text[n] & 0xc0) == 0x80)
        n--;
    return n;
}

static void put_text(struct pcapng_writer *w, unsigned code, const char *text)
{
    if (text && *text)
        put_option(w, code, text, text_bytes(text, PCAPNG_WRITER_MAX_TEXT_BYTES));
}

static void put_count(struct pcapng_writer *w, unsigned code, uint64_t count)
{
    if (count == CAPTURE_UNKNOWN)
        return;
    put_u16_pair(w, code, sizeof(count));
    put_u64(w, count);
}

/* Times are split: the upper half first. */
static inline void put_time(struct pcapng_writer *w, int64_t time_ns)
{
    put_u32(w, (uint32_t)((uint64_t)time_ns >> 32));
    put_u32(w, (uint32_t)time_ns);
}

static void put_time_option(struct pcapng_writer *w, unsigned code, int64_t time_ns)
{
    put_u16_pair(w, code, 8);
    put_time(w, time_ns);
}

static size_t begin_block(struct pcapng_writer *w, uint32_t type)
{
    size_t start = w->n;

    put_u32(w, type);
    put_u32(w, 0); /* the length, which end_block() knows */
    return start;
}

static void end_block(struct pcapng_writer *w, size_t start)
{
    uint32_t n_bytes = (uint32_t)(w->n + 4 - start);

    put_u32(w, n_bytes);
    memcpy(w->buffer + start + 4, w->buffer + w->n - 4, 4);
}

/* ---- blocks ---- */

static int write_section(struct pcapng_writer *w, const struct pcapng_section *s)
{
    size_t start = begin_block(w, BLOCK_SECTION);

    put_u32(w, BYTE_ORDER_MAGIC);
    put_u16_pair(w, 1, 0);  /* version 1.0 */
    put_u64(w, UINT64_MAX); /* the section's length: not told */
    put_text(w, OPTION_COMMENT, s->comment);
    put_text(w, SHB_HARDWARE, s->hardware);
    put_text(w, SHB_OS, s->os);
    put_text(w, SHB_APPLICATION, s->application);
    put_u32(w, OPTION_END);
    end_block(w, start);
    return 0;
}

int pcapng_writer_new(struct pcapng_writer **ret_writer, const char *path,
                      const struct pcapng_section *section, struct error *err)
{
    AUTO(pcapng_writer) w = calloc(1, sizeof(*w));

    if (!w)
        return error_memory(err);
    w->file = -1;
    w->path = text_copy(path);
    if (!w->path)
        return error_memory(err);
    w->file = disk_create(path);
    if (w->file < 0)
        return error_system(err, -w->file, "'%s': can't be made", path);
    write_section(w, section);
    *ret_writer = w;
    w = NULL;
    return 0;
}

struct pcapng_writer *pcapng_writer_free(struct pcapng_writer *w)
{
    if (!w)
        return NULL;
    if (w->file >= 0)
        disk_close(w->file);
    for (size_t i = 0; i < w->n_marks; i++)
        free(w->marks[i]);
    free(w->path);
    free(w);
    return NULL;
}

static void put_address(struct pcapng_writer *w, const struct pcapng_nic_address *a)
{
    uint8_t bytes[17];
    unsigned bits = a->family_bits;

    if (addr_is_v4(&a->addr)) {
        uint32_t mask = bits ? UINT32_MAX << (32 - (bits < 32 ? bits : 32)) : 0;

        memcpy(bytes, a->addr.bytes + 12, 4);
        for (int i = 0; i < 4; i++)
            bytes[4 + i] = (uint8_t)(mask >> (24 - 8 * i));
        put_option(w, IF_IPV4, bytes, 8);
    } else {
        memcpy(bytes, a->addr.bytes, 16);
        bytes[16] = (uint8_t)(bits < 128 ? bits : 128);
        put_option(w, IF_IPV6, bytes, 17);
    }
}

/* if_filter: a byte for the kind, then the text. */
static void put_filter(struct pcapng_writer *w, const char *filter)
{
    uint8_t bytes[PCAPNG_WRITER_MAX_TEXT_BYTES] = { FILTER_IS_TEXT };
    size_t n_bytes;

    if (!filter || !*filter)
        return;
    n_bytes = text_bytes(filter, sizeof(bytes) - 1);
    memcpy(bytes + 1, filter, n_bytes);
    put_option(w, IF_FILTER, bytes, n_bytes + 1);
}

int pcapng_writer_add_nic(struct pcapng_writer *w, const struct pcapng_nic *nic, uint32_t *ret_nic,
                          struct error *err)
{
    static const uint8_t resolution = RESOLUTION_NANOSECONDS;
    int r = make_room(w, MAX_BLOCK_BYTES, err);
    size_t start;

    if (r < 0)
        return r;
    start = begin_block(w, BLOCK_NIC);
    put_u16_pair(w, nic->link_type, 0); /* reserved */
    put_u32(w, nic->snap_bytes);
    put_text(w, IF_NAME, nic->name);
    put_text(w, IF_DESCRIPTION, nic->description);
    for (size_t i = 0; i < nic->n_addresses && i < CAPTURE_MAX_NIC_ADDRESSES; i++)
        put_address(w, &nic->addresses[i]);
    if (nic->has_mac)
        put_option(w, IF_MAC, nic->mac, sizeof(nic->mac));
    put_count(w, IF_SPEED, nic->speed_bits_per_s);
    put_option(w, IF_TSRESOL, &resolution, 1);
    put_filter(w, nic->filter);
    put_u32(w, OPTION_END);
    end_block(w, start);
    *ret_nic = w->n_nics++;
    return 0;
}

static void put_marks(struct pcapng_writer *w)
{
    for (size_t i = 0; i < w->n_marks; i++) {
        put_text(w, OPTION_COMMENT, w->marks[i]);
        free(w->marks[i]);
    }
    w->n_marks = 0;
}

static uint32_t padded(uint32_t n_bytes)
{
    return (n_bytes + 3) & ~UINT32_C(3);
}

/* In one go, as there is one for each packet. The length is filled in by end_block(). */
static inline void put_packet_header(struct pcapng_writer *w, const struct pcapng_packet *p,
                                     uint32_t captured_bytes)
{
    uint8_t header[PACKET_HEADER_BYTES], *at = header;

    at = store_u32(at, BLOCK_PACKET);
    at = store_u32(at, 0);
    at = store_u32(at, p->nic);
    at = store_u32(at, (uint32_t)((uint64_t)p->time_ns >> 32));
    at = store_u32(at, (uint32_t)p->time_ns);
    at = store_u32(at, captured_bytes);
    store_u32(at, p->wire_bytes);
    memcpy(w->buffer + w->n, header, sizeof(header));
    w->n += sizeof(header);
}

int pcapng_writer_add_packet(struct pcapng_writer *w, const struct pcapng_packet *p,
                             struct error *err)
{
    uint32_t captured_bytes = p->captured_bytes < PCAPNG_WRITER_MAX_PACKET_BYTES
                                  ? p->captured_bytes
                                  : PCAPNG_WRITER_MAX_PACKET_BYTES;
    int r = make_room(w,
                      PACKET_BLOCK_BYTES + FLAGS_OPTIONS_BYTES + padded(captured_bytes) +
                          (w->n_marks ? MAX_COMMENTS_BYTES : 0),
                      err);
    size_t start;

    if (r < 0)
        return r;
    assert(p->nic < w->n_nics);
    start = w->n;
    put_packet_header(w, p, captured_bytes);
    put_padded(w, p->bytes, captured_bytes);
    if (w->n_marks || p->direction != CAPTURE_DIRECTION_UNKNOWN) {
        put_marks(w);
        if (p->direction != CAPTURE_DIRECTION_UNKNOWN) {
            put_u16_pair(w, EPB_FLAGS, 4);
            put_u32(w, p->direction); /* its two lowest bits: 1 in, 2 out */
        }
        put_u32(w, OPTION_END);
    }
    end_block(w, start);
    w->n_packets++;
    return 0;
}

int pcapng_writer_add_statistics(struct pcapng_writer *w, uint32_t nic,
                                 const struct capture_statistics *statistics, int64_t now_ns,
                                 int64_t start_ns, int64_t end_ns, struct error *err)
{
    int r = make_room(w, 128 + (w->n_marks ? MAX_COMMENTS_BYTES : 0), err);
    size_t start;

    if (r < 0)
        return r;
    assert(nic < w->n_nics);
    start = begin_block(w, BLOCK_STATISTICS);
    put_u32(w, nic);
    put_time(w, now_ns);
    put_marks(w);
    put_time_option(w, ISB_START, start_ns);
    if (end_ns)
        put_time_option(w, ISB_END, end_ns);
    put_count(w, ISB_RECEIVED, statistics->received_packets);
    put_count(w, ISB_DROPPED, statistics->dropped_packets);
    put_count(w, ISB_FILTER_ACCEPTED, statistics->filter_accepted_packets);
    put_count(w, ISB_OS_DROPPED, statistics->os_dropped_packets);
    put_count(w, ISB_DELIVERED, statistics->delivered_packets);
    put_u32(w, OPTION_END);
    end_block(w, start);
    return 0;
}

void pcapng_writer_mark(struct pcapng_writer *w, const char *text)
{
    char *copy = w->n_marks < PCAPNG_WRITER_MAX_MARKS ? text_copy(text) : NULL;

    if (copy)
        w->marks[w->n_marks++] = copy;
}

int pcapng_writer_flush(struct pcapng_writer *w, struct error *err)
{
    return write_out(w, err);
}

int pcapng_writer_close(struct pcapng_writer *w, struct error *err)
{
    int r = write_out(w, err);
    int closed = w->file >= 0 ? disk_close(w->file) : 0;

    w->file = -1;
    if (closed < 0 && !w->failure) {
        w->failure = closed;
        return tell_failure(w, err);
    }
    return r;
}

uint64_t pcapng_writer_bytes(const struct pcapng_writer *w)
{
    return w->n_file_bytes + w->n;
}

uint64_t pcapng_writer_packets(const struct pcapng_writer *w)
{
    return w->n_packets;
}
