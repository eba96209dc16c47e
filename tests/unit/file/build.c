#include "build.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "src/file/digest.h"

void build_init(struct build *b, bool is_big_endian)
{
    b->n = 0;
    b->block = 0;
    b->is_big_endian = is_big_endian;
}

void put_bytes(struct build *b, const void *bytes, size_t n_bytes)
{
    cr_assert(n_bytes <= BUILD_MAX_BYTES - b->n);
    memcpy(b->bytes + b->n, bytes, n_bytes);
    b->n += n_bytes;
}

void put_u8(struct build *b, unsigned value)
{
    uint8_t byte = (uint8_t)value;

    put_bytes(b, &byte, 1);
}

static void put_number(struct build *b, uint64_t value, unsigned n_bytes)
{
    for (unsigned i = 0; i < n_bytes; i++)
        put_u8(b, (unsigned)(value >> 8 * (b->is_big_endian ? n_bytes - 1 - i : i)) & 0xff);
}

void put_u16(struct build *b, unsigned value)
{
    put_number(b, value, 2);
}

void put_u32(struct build *b, uint32_t value)
{
    put_number(b, value, 4);
}

void put_u64(struct build *b, uint64_t value)
{
    put_number(b, value, 8);
}

void set_u32(struct build *b, size_t at, uint32_t value)
{
    size_t n = b->n;

    b->n = at;
    put_u32(b, value);
    b->n = n;
}

void put_pcap_header(struct build *b, uint32_t magic, uint32_t link_type)
{
    put_u32(b, magic);
    put_u16(b, 2);
    put_u16(b, 4);
    put_u64(b, 0);
    put_u32(b, 65535);
    put_u32(b, link_type);
}

void put_pcap_record(struct build *b, uint32_t seconds, uint32_t fraction, uint32_t captured_bytes,
                     uint32_t wire_bytes)
{
    put_u32(b, seconds);
    put_u32(b, fraction);
    put_u32(b, captured_bytes);
    put_u32(b, wire_bytes);
    for (uint32_t i = 0; i < captured_bytes; i++)
        put_u8(b, i & 0xff);
}

void begin_block(struct build *b, uint32_t type)
{
    b->block = b->n;
    put_u32(b, type);
    put_u32(b, 0);
}

void end_block(struct build *b)
{
    uint32_t n_bytes = (uint32_t)(b->n - b->block) + 4;

    set_u32(b, b->block + 4, n_bytes);
    put_u32(b, n_bytes);
}

static void pad(struct build *b)
{
    while ((b->n - b->block) % 4)
        put_u8(b, 0);
}

void put_option(struct build *b, unsigned code, const void *bytes, unsigned n_bytes)
{
    put_u16(b, code);
    put_u16(b, n_bytes);
    put_bytes(b, bytes, n_bytes);
    pad(b);
}

void put_option_text(struct build *b, unsigned code, const char *text)
{
    put_option(b, code, text, (unsigned)strlen(text));
}

void put_option_u64(struct build *b, unsigned code, uint64_t value)
{
    put_u16(b, code);
    put_u16(b, 8);
    put_u64(b, value);
}

void put_pattern(struct build *b, uint32_t n_bytes)
{
    for (uint32_t i = 0; i < n_bytes; i++)
        put_u8(b, i & 0xff);
    pad(b);
}

void put_section(struct build *b)
{
    begin_block(b, 0x0a0d0d0a);
    put_u32(b, 0x1a2b3c4d);
    put_u16(b, 1);
    put_u16(b, 0);
    put_u64(b, UINT64_MAX);
    end_block(b);
}

void put_nic(struct build *b, unsigned link_type, uint32_t snap_bytes)
{
    begin_block(b, 1);
    put_u16(b, link_type);
    put_u16(b, 0);
    put_u32(b, snap_bytes);
    end_block(b);
}

void begin_packet(struct build *b, uint32_t nic, uint64_t units, uint32_t captured_bytes,
                  uint32_t wire_bytes)
{
    begin_block(b, 6);
    put_u32(b, nic);
    put_u32(b, (uint32_t)(units >> 32));
    put_u32(b, (uint32_t)units);
    put_u32(b, captured_bytes);
    put_u32(b, wire_bytes);
}

void put_packet(struct build *b, uint32_t nic, uint64_t units, uint32_t captured_bytes,
                uint32_t wire_bytes)
{
    begin_packet(b, nic, units, captured_bytes, wire_bytes);
    put_pattern(b, captured_bytes);
    end_block(b);
}

struct capture *build_open(const struct build *b)
{
    struct capture *c = NULL;
    struct error err;

    cr_assert_eq(capture_open_memory(&c, b->bytes, b->n, &err), 0, "%s", err.text);
    return c;
}

const char *build_refusal(const struct build *b)
{
    static struct error err;
    struct capture *c = NULL;

    cr_assert(capture_open_memory(&c, b->bytes, b->n, &err) == ERR_INPUT);
    cr_assert(c == NULL);
    return err.text;
}

static void check_record(const struct capture *c, const struct capture_record *record)
{
    cr_assert(record->captured_bytes <= record->wire_bytes);
    for (uint32_t i = 0; i < record->captured_bytes; i++)
        cr_assert_eq(record->bytes[i], (uint8_t)i);
    cr_assert(record->nic < capture_info(c)->n_nics);
}

unsigned read_all(struct capture *c)
{
    struct capture_record record;
    struct error err;
    unsigned n = 0;
    int r;

    while ((r = capture_next(c, &record, &err)) > 0) {
        check_record(c, &record);
        n++;
    }
    cr_assert_eq(r, 0);
    cr_assert_eq(capture_next(c, &record, &err), 0);
    cr_assert_eq(capture_info(c)->n_packets, n);
    return n;
}

unsigned read_all_by(struct capture *c, size_t max)
{
    struct capture_record records[BUILD_MAX_RECORDS];
    struct error err;
    unsigned n = 0;
    int r;

    cr_assert(max <= BUILD_MAX_RECORDS);
    while ((r = capture_read(c, records, max, &err)) > 0) {
        cr_assert((size_t)r <= max);
        for (int i = 0; i < r; i++)
            check_record(c, &records[i]);
        n += (unsigned)r;
    }
    cr_assert_eq(r, 0);
    cr_assert_eq(capture_read(c, records, max, &err), 0);
    cr_assert_eq(capture_info(c)->n_packets, n);
    return n;
}

static void hash(char *ret_hex, const void *bytes, size_t n_bytes)
{
    struct digest *d = NULL;
    uint8_t sha256[DIGEST_BYTES];

    cr_assert_eq(digest_new(&d, NULL), 0);
    cr_assert_eq(digest_update(d, bytes, n_bytes, NULL), 0);
    cr_assert_eq(digest_finish(d, sha256, NULL), 0);
    for (size_t i = 0; i < DIGEST_BYTES; i++)
        snprintf(ret_hex + 2 * i, 3, "%02x", sha256[i]);
    digest_free(d);
}

void expect_digest(const void *bytes, size_t n_bytes)
{
    struct capture *c = NULL;
    char digest[65], expected[65];
    struct error err;

    cr_assert_eq(capture_open_memory(&c, bytes, n_bytes, &err), 0, "%s", err.text);
    capture_want_digest(c);
    read_all(c);
    cr_assert_eq(capture_digest(c, digest, &err), 0, "%s", err.text);
    cr_expect_eq(capture_info(c)->n_bytes, n_bytes);
    capture_free(c);
    hash(expected, bytes, n_bytes);
    cr_expect_str_eq(digest, expected);
}
