/*
 * What capture.c, pcap.c and pcapng.c share: the state of one open capture. Not for other folders.
 */
#pragma once

#include "src/base/cursor.h"
#include "src/file/capture.h"
#include "src/file/stream.h"
#include "src/file/timescale.h"

/* State of a pcap file. */
struct pcap {
    bool is_usual; /* little-endian, with none of what follows */
    bool is_big_endian;
    bool may_swap_lengths;    /* version 2.3: the two lengths may stand in either order */
    bool has_swapped_lengths; /* before version 2.3, and 543.0: original length first */
    uint32_t header_bytes;    /* of each record */
    uint32_t fraction_ns;     /* what one unit of the fraction of a second is worth */
};

/* State of a pcapng file. */
struct pcapng {
    bool is_big_endian;           /* of this section */
    uint32_t first_nic;           /* of this section */
    struct timescale *timescales; /* one a nic */
    size_t n_timescales;          /* room */
    uint64_t n_description_bytes; /* of all interface description blocks */
};

/* One look tells capture_next() what to do. */
enum reader_state { READER_OPENED, READER_PCAP, READER_PCAPNG, READER_ENDED };

struct capture {
    struct stream in;
    enum reader_state state;
    struct pcap pcap;
    struct pcapng pcapng;
    struct capture_nic **nics; /* each at its own address, which stays */
    size_t n_nics;             /* room */
    struct capture_info info;
    char *label;    /* the quoted path, for messages */
    char *texts[4]; /* what info's texts point to */
};

/*
 * The two formats. x_open() reads the header behind a magic that fits: 0 or a negative code.
 * x_next() is capture_next(); x_next_whole() reads on while the next record is an ordinary packet
 * that is whole in the window, so that no bytes handed out before move. Returns how many.
 */
bool pcap_detect(const uint8_t *bytes, size_t n_bytes);
int pcap_open(struct capture *c, struct error *err);
int pcap_next(struct capture *c, struct capture_record *ret_record, struct error *err);
size_t pcap_next_whole(struct capture *c, struct capture_record *records, size_t max);
bool pcapng_detect(const uint8_t *bytes, size_t n_bytes);
int pcapng_open(struct capture *c, struct error *err);
int pcapng_next(struct capture *c, struct capture_record *ret_record, struct error *err);
size_t pcapng_next_whole(struct capture *c, struct capture_record *records, size_t max);

/* reader_add_nic() - an interface with no text and unknown counts. Returns 0, ERR_LIMIT,
 * ERR_MEMORY.
 */
int reader_add_nic(struct capture *c, struct capture_nic **ret_nic, struct error *err);
/* reader_set_text() - replaces @to by what @from has left, up to a NUL. Returns 0 or ERR_MEMORY. */
int reader_set_text(char **to, const struct cursor *from, struct error *err);

/* reader_damage() - the record at @offset can't be read: ends the capture. Returns 0. */
int reader_damage(struct capture *c, uint64_t offset, const char *format, ...)
    __attribute__((cold, format(printf, 3, 4)));
/* reader_failed() - put the capture's name before the text. Returns @code. */
int reader_failed(const struct capture *c, int code, struct error *err);
/*
 * reader_short() - stream_need() for @n_bytes of a record at the window's start returned @status.
 *
 * Returns 0 with the capture ended, clean when nothing of the record is there; or @status.
 */
int reader_short(struct capture *c, int status, uint64_t n_bytes, struct error *err);

/* One load and, in the other order, a swap: cheaper than a branch between two ways to read. */
static inline uint16_t reader_u16(struct cursor *c, bool is_big_endian)
{
    uint16_t value = cursor_u16le(c);

    return is_big_endian ? __builtin_bswap16(value) : value;
}

static inline uint32_t reader_u32(struct cursor *c, bool is_big_endian)
{
    uint32_t value = cursor_u32le(c);

    return is_big_endian ? __builtin_bswap32(value) : value;
}

static inline uint64_t reader_u64(struct cursor *c, bool is_big_endian)
{
    uint64_t value = cursor_u64le(c);

    return is_big_endian ? __builtin_bswap64(value) : value;
}
