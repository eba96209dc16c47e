/* Builds captures in memory for the tests, field by field and in either byte order. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/file/capture.h"

enum { BUILD_MAX_BYTES = 1 << 20, BUILD_MAX_RECORDS = 64 };

struct build {
    uint8_t bytes[BUILD_MAX_BYTES];
    size_t n;
    bool is_big_endian;
    size_t block; /* where the open block begins */
};

void build_init(struct build *b, bool is_big_endian);

void put_bytes(struct build *b, const void *bytes, size_t n_bytes);
void put_u8(struct build *b, unsigned value);
void put_u16(struct build *b, unsigned value);
void put_u32(struct build *b, uint32_t value);
void put_u64(struct build *b, uint64_t value);
void set_u32(struct build *b, size_t at, uint32_t value);

void put_pcap_header(struct build *b, uint32_t magic, uint32_t link_type);
/* put_pcap_record() - with @captured_bytes of the pattern 0, 1, 2, ... */
void put_pcap_record(struct build *b, uint32_t seconds, uint32_t fraction, uint32_t captured_bytes,
                     uint32_t wire_bytes);

void begin_block(struct build *b, uint32_t type);
void end_block(struct build *b);
void put_option(struct build *b, unsigned code, const void *bytes, unsigned n_bytes);
void put_option_text(struct build *b, unsigned code, const char *text);
void put_option_u64(struct build *b, unsigned code, uint64_t value);
void put_pattern(struct build *b, uint32_t n_bytes); /* 0, 1, 2, ... padded to 4 */

/* Whole blocks without options. */
void put_section(struct build *b);
void put_nic(struct build *b, unsigned link_type, uint32_t snap_bytes);
void put_packet(struct build *b, uint32_t nic, uint64_t units, uint32_t captured_bytes,
                uint32_t wire_bytes);
/* The head of a packet block, up to where its packet belongs. */
void begin_packet(struct build *b, uint32_t nic, uint64_t units, uint32_t captured_bytes,
                  uint32_t wire_bytes);

/* build_open() - the capture over what was built; fails the test when it can't be opened. */
struct capture *build_open(const struct build *b);
/* build_refusal() - the error text for what was built, which must not open. */
const char *build_refusal(const struct build *b);
/* read_all() - reads to the end, checks that each packet is the whole pattern; returns how many. */
unsigned read_all(struct capture *c);
/* read_all_by() - the same by capture_read() for @max records each. */
unsigned read_all_by(struct capture *c, size_t max);
/* expect_digest() - that the capture in these bytes is digested as the bytes themselves are. */
void expect_digest(const void *bytes, size_t n_bytes);
