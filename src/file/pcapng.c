/*
 * pcapng: blocks in sections. Each block:
 *
 *   type 4, total length 4, body, padding to 4, options, total length 4
 *
 * in the byte order of its section. Blocks that carry neither packets nor facts about interfaces
 * (name resolution, secrets, journal entries, custom ones, unknown ones) are passed over.
 */
#include "src/file/pcapng.h"

#include "src/file/pcapng_codes.h"

enum {
    HEAD_BYTES = 8,
    TAIL_BYTES = 4,
    PACKET_HEADER_BYTES = 20, /* behind the head */
    MIN_PACKET_BLOCK_BYTES = HEAD_BYTES + PACKET_HEADER_BYTES + TAIL_BYTES,
    SECTION_ORDER_OFFSET = 8,
    CAPTURED_BYTES_OFFSET = 20,
    FLAGS_DIRECTION = 3, /* two bits: 1 in, 2 out, as enum capture_direction */

    VERDICT_TC = 1,  /* Linux traffic control: TC_ACT_SHOT is a drop */
    VERDICT_XDP = 2, /* Linux XDP; also how etl2pcapng tells a drop by Windows */
    TC_ACT_SHOT = 2,
    XDP_DROP = 1,
};

struct block {
    uint32_t type;
    uint32_t total_bytes;
    struct cursor body; /* without the tail */
};

bool pcapng_detect(const uint8_t *bytes, size_t n_bytes)
{
    struct cursor c = cursor_of(bytes, n_bytes);

    return cursor_u32be(&c) == BLOCK_SECTION;
}

int pcapng_overrun(struct capture *c)
{
    return reader_damage(c, stream_offset(&c->in), "an option runs past the end of its block");
}

/* A section begins with the byte order in which its own length is written. */
static int read_byte_order(struct capture *c, struct error *err)
{
    struct cursor le, be;
    int r;

    r = stream_need(&c->in, SECTION_ORDER_OFFSET + 4, err);
    if (r <= 0)
        return reader_short(c, r, SECTION_ORDER_OFFSET + 4, err);
    le = be = cursor_of(c->in.at + SECTION_ORDER_OFFSET, 4);
    if (cursor_u32le(&le) == BYTE_ORDER_MAGIC)
        c->pcapng.is_big_endian = false;
    else if (cursor_u32be(&be) == BYTE_ORDER_MAGIC)
        c->pcapng.is_big_endian = true;
    else
        return reader_damage(c, stream_offset(&c->in), "a section without byte-order magic");
    return 1;
}

static int tail_differs(struct capture *c, uint64_t offset, uint32_t head, uint32_t tail)
{
    return reader_damage(c, offset, "a block whose two lengths differ (%u and %u)", head, tail);
}

/* A block over the limit is never held in memory. */
static int skip_long(struct capture *c, const struct block *b, struct error *err)
{
    uint64_t offset = stream_offset(&c->in);
    struct cursor tail;
    uint32_t total_bytes;
    int r;

    r = stream_skip(&c->in, b->total_bytes - TAIL_BYTES, err);
    if (r > 0)
        r = stream_need(&c->in, TAIL_BYTES, err);
    if (r < 0)
        return reader_failed(c, r, err);
    if (r == 0)
        return reader_damage(c, offset, "the file ends inside a block of %u bytes", b->total_bytes);
    tail = cursor_of(c->in.at, TAIL_BYTES);
    total_bytes = reader_u32(&tail, c->pcapng.is_big_endian);
    if (total_bytes != b->total_bytes)
        return tail_differs(c, offset, b->total_bytes, total_bytes);
    c->in.at += TAIL_BYTES;
    return 1;
}

/* Returns 1 with a whole block at the window's start, 0 at the end or at damage, or negative. */
static inline int read_block(struct capture *c, struct block *ret_block, struct error *err)
{
    struct cursor h;
    uint32_t tail;
    int r;

    r = stream_need(&c->in, HEAD_BYTES, err);
    if (r <= 0)
        return reader_short(c, r, HEAD_BYTES, err);
    h = cursor_of(c->in.at, HEAD_BYTES);
    ret_block->type = reader_u32(&h, c->pcapng.is_big_endian);
    if (ret_block->type == BLOCK_SECTION) {
        r = read_byte_order(c, err);
        if (r <= 0)
            return r;
    }
    ret_block->total_bytes = reader_u32(&h, c->pcapng.is_big_endian);
    if (ret_block->total_bytes < HEAD_BYTES + TAIL_BYTES || ret_block->total_bytes % 4)
        return reader_damage(c, stream_offset(&c->in), "a block of the impossible length %u",
                             ret_block->total_bytes);
    if (ret_block->total_bytes > CAPTURE_MAX_RECORD_BYTES)
        return 1;
    r = stream_need(&c->in, ret_block->total_bytes, err);
    if (r <= 0)
        return reader_short(c, r, ret_block->total_bytes, err);
    h = cursor_of(c->in.at + ret_block->total_bytes - TAIL_BYTES, TAIL_BYTES);
    tail = reader_u32(&h, c->pcapng.is_big_endian);
    if (tail != ret_block->total_bytes)
        return tail_differs(c, stream_offset(&c->in), ret_block->total_bytes, tail);
    ret_block->body =
        cursor_of(c->in.at + HEAD_BYTES, ret_block->total_bytes - HEAD_BYTES - TAIL_BYTES);
    return 1;
}

/* The texts of the first section are the capture's. */
static int keep_section_text(struct capture *c, const struct pcapng_option *o, struct error *err)
{
    static const uint16_t codes[] = { SHB_HARDWARE, SHB_OS, SHB_APPLICATION, OPTION_COMMENT };
    const char **shown[] = { &c->info.hardware, &c->info.os, &c->info.application,
                             &c->info.comment };
    int r;

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        if (o->code != codes[i] || c->texts[i])
            continue;
        r = reader_set_text(&c->texts[i], &o->value, err);
        if (r < 0)
            return r;
        *shown[i] = c->texts[i];
    }
    return 1;
}

static int read_section(struct capture *c, struct cursor *body, struct error *err)
{
    bool is_big_endian = c->pcapng.is_big_endian;
    struct pcapng_option o;
    uint16_t major;
    int r;

    cursor_skip(body, 4); /* byte-order magic */
    major = reader_u16(body, is_big_endian);
    cursor_skip(body, 2 + 8); /* minor version; section length, which blocks make superfluous */
    if (body->failed)
        return reader_damage(c, stream_offset(&c->in), "a section header that is too short");
    if (major != 1)
        return reader_damage(c, stream_offset(&c->in), "a section of the unknown version %u",
                             major);
    while ((r = pcapng_next_option(body, is_big_endian, &o)) > 0) {
        if (c->info.n_sections == 0 && keep_section_text(c, &o, err) < 0)
            return ERR_MEMORY;
    }
    if (r < 0)
        return pcapng_overrun(c);
    c->info.n_sections++;
    c->pcapng.first_nic = c->info.n_nics;
    return 1;
}

static bool verdict_is_drop(struct cursor verdict, bool is_big_endian)
{
    uint8_t kind = cursor_u8(&verdict);
    uint64_t value = reader_u64(&verdict, is_big_endian);

    return !verdict.failed && ((kind == VERDICT_TC && value == TC_ACT_SHOT) ||
                               (kind == VERDICT_XDP && value == XDP_DROP));
}

/* @bytes: what a block holds behind its packet. Returns false when an option overruns. */
static __attribute__((noinline)) bool read_packet_options(const uint8_t *bytes, size_t n_bytes,
                                                          bool is_big_endian,
                                                          struct capture_record *record)
{
    struct cursor options = cursor_of(bytes, n_bytes);
    struct pcapng_option o;
    uint32_t direction;
    int r;

    cursor_skip(&options, n_bytes % 4); /* the packet's padding: all else is a multiple of 4 */
    while ((r = pcapng_next_option(&options, is_big_endian, &o)) > 0) {
        if (o.code == EPB_FLAGS) {
            direction = reader_u32(&o.value, is_big_endian) & FLAGS_DIRECTION;
            if (direction <= CAPTURE_OUTBOUND)
                record->direction = (uint8_t)direction;
        } else if (o.code == EPB_PACKET_ID) {
            record->packet_id = reader_u64(&o.value, is_big_endian);
            record->has_packet_id = !o.value.failed;
        } else if (o.code == EPB_VERDICT) {
            record->is_dropped = verdict_is_drop(o.value, is_big_endian);
        }
    }
    return r == 0;
}

/*
 * Enhanced Packet Block:  nic 4,          time high 4, low 4, captured 4, original 4, packet
 * Packet Block, obsolete: nic 2, drops 2, time high 4, low 4, captured 4, original 4, packet
 *
 * @b:        its body moves behind the packet
 * @is_usual: known where this is inlined: little-endian, and nothing but the usual clocks
 *
 * Returns false when something is wrong (packet_damage() says what, so that this, which every
 * packet passes, need not), or not usual though @is_usual.
 */
static inline __attribute__((always_inline)) bool
read_packet(const struct capture *c, struct block *b, bool is_usual, struct capture_record *record)
{
    const struct pcapng *p = &c->pcapng;
    bool is_big_endian = !is_usual && p->is_big_endian;
    const struct timescale *scale;
    struct cursor h = cursor_sub(&b->body, PACKET_HEADER_BYTES);
    uint32_t nic = reader_u32(&h, is_big_endian);
    uint64_t units = (uint64_t)reader_u32(&h, is_big_endian) << 32;
    uint32_t captured_bytes, wire_bytes;

    units |= reader_u32(&h, is_big_endian);
    captured_bytes = reader_u32(&h, is_big_endian);
    wire_bytes = reader_u32(&h, is_big_endian);
    if (b->type == BLOCK_OLD_PACKET)
        nic = is_big_endian ? nic >> 16 : nic & 0xffff;
    record->bytes = cursor_take(&b->body, captured_bytes);
    if (b->body.failed || nic >= c->info.n_nics - p->first_nic)
        return false;
    nic += p->first_nic;
    scale = &p->timescales[nic];
    if (is_usual && units >= scale->fast_limit)
        return false;
    record->has_time = timescale_ns(scale, units, &record->time_ns);
    record->captured_bytes = captured_bytes;
    record->wire_bytes = wire_bytes > captured_bytes ? wire_bytes : captured_bytes;
    record->nic = nic;
    record->direction = CAPTURE_DIRECTION_UNKNOWN;
    record->is_dropped = false;
    record->has_packet_id = false;
    record->packet_id = 0;
    return true;
}

/* Why read_packet() refused @b, whose body is at its start again. */
static int packet_damage(struct capture *c, struct block b)
{
    bool is_big_endian = c->pcapng.is_big_endian;
    struct cursor h = cursor_sub(&b.body, PACKET_HEADER_BYTES);
    uint32_t nic, captured_bytes;

    if (h.failed)
        return reader_damage(c, stream_offset(&c->in), "a packet block of only %u bytes",
                             b.total_bytes);
    nic = b.type == BLOCK_PACKET ? reader_u32(&h, is_big_endian) : reader_u16(&h, is_big_endian);
    h = cursor_of(c->in.at + CAPTURED_BYTES_OFFSET, 4);
    captured_bytes = reader_u32(&h, is_big_endian);
    if (captured_bytes > cursor_left(&b.body))
        return reader_damage(c, stream_offset(&c->in), "a packet of %u bytes in a block of %u",
                             captured_bytes, b.total_bytes);
    return reader_damage(c, stream_offset(&c->in),
                         "a packet of interface %u, where the section has %u", nic,
                         c->info.n_nics - c->pcapng.first_nic);
}

/* Returns 1, or 0 at damage. */
static int read_any_packet(struct capture *c, struct block b, struct capture_record *record)
{
    bool is_big_endian = c->pcapng.is_big_endian;
    struct block whole = b;

    if (!read_packet(c, &b, false, record))
        return packet_damage(c, whole);
    if (!read_packet_options(b.body.at, cursor_left(&b.body), is_big_endian, record))
        return pcapng_overrun(c);
    return 1;
}

/* Simple Packet Block: original length 4, packet; of the section's first interface, no time. */
static int read_simple_packet(struct capture *c, struct block *b, struct capture_record *record)
{
    uint32_t wire_bytes = reader_u32(&b->body, c->pcapng.is_big_endian);
    uint32_t nic = c->pcapng.first_nic;
    uint32_t captured_bytes = wire_bytes;
    uint32_t snap_bytes;

    if (nic == c->info.n_nics)
        return reader_damage(c, stream_offset(&c->in), "a packet in a section with no interface");
    snap_bytes = c->nics[nic]->snap_bytes;
    if (snap_bytes && captured_bytes > snap_bytes)
        captured_bytes = snap_bytes;
    *record = (struct capture_record){
        .bytes = cursor_take(&b->body, captured_bytes),
        .captured_bytes = captured_bytes,
        .wire_bytes = wire_bytes,
        .nic = nic,
    };
    if (b->body.failed)
        return reader_damage(c, stream_offset(&c->in), "a packet of %u bytes in a block of %u",
                             captured_bytes, b->total_bytes);
    return 1;
}

/* Blocks without a packet. Returns 1 when read or passed over, 0 at damage, or negative. */
static int read_other(struct capture *c, struct block *b, struct error *err)
{
    switch (b->type) {
    case BLOCK_SECTION:
        return read_section(c, &b->body, err);
    case BLOCK_NIC:
        return pcapng_read_nic(c, &b->body, err);
    case BLOCK_STATISTICS:
        return pcapng_read_statistics(c, &b->body);
    default:
        return 1;
    }
}

static bool is_known(uint32_t type)
{
    return type == BLOCK_SECTION || type == BLOCK_NIC || type == BLOCK_OLD_PACKET ||
           type == BLOCK_SIMPLE_PACKET || type == BLOCK_STATISTICS || type == BLOCK_PACKET;
}

static int read_long(struct capture *c, struct block *b, struct error *err)
{
    if (is_known(b->type))
        return reader_damage(c, stream_offset(&c->in), "a block of %u bytes, over the limit of %d",
                             b->total_bytes, CAPTURE_MAX_RECORD_BYTES);
    return skip_long(c, b, err);
}

int pcapng_open(struct capture *c, struct error *err)
{
    struct block b;
    int r;

    c->info.format = CAPTURE_PCAPNG;
    r = read_block(c, &b, err);
    if (r > 0 && b.total_bytes > CAPTURE_MAX_RECORD_BYTES)
        r = read_long(c, &b, err);
    if (r > 0)
        r = read_section(c, &b.body, err);
    if (r == 0)
        return error_set(err, ERR_INPUT,
                         "is pcapng with a damaged start: %s (byte 0); copy the capture again",
                         c->info.damage);
    if (r > 0)
        c->in.at += b.total_bytes;
    return r < 0 ? r : 0;
}

/* Whatever next_whole_packet() leaves over. */
static __attribute__((noinline)) int
next_of_any_kind(struct capture *c, struct capture_record *ret_record, struct error *err)
{
    struct block b;
    bool is_packet = false;
    int r;

    while (!is_packet) {
        r = read_block(c, &b, err);
        if (r <= 0)
            return r;
        if (b.total_bytes > CAPTURE_MAX_RECORD_BYTES) {
            r = read_long(c, &b, err);
            if (r <= 0)
                return r;
            continue;
        }
        is_packet = true;
        if (b.type == BLOCK_PACKET || b.type == BLOCK_OLD_PACKET) {
            r = read_any_packet(c, b, ret_record);
        } else if (b.type == BLOCK_SIMPLE_PACKET) {
            r = read_simple_packet(c, &b, ret_record);
        } else {
            is_packet = false;
            r = read_other(c, &b, err);
            if (r < 0)
                return reader_failed(c, r, err);
        }
        if (r == 0)
            return 0;
        c->in.at += b.total_bytes;
    }
    c->info.n_packets++;
    return 1;
}

/* Nearly every block: a little-endian Enhanced Packet Block that is whole in the window. */
static inline bool find_whole_packet(const struct capture *c, struct block *ret_block)
{
    size_t n_left = stream_left(&c->in);
    struct cursor h;
    uint32_t n;

    if (c->pcapng.is_big_endian || n_left < MIN_PACKET_BLOCK_BYTES)
        return false;
    h = cursor_of(c->in.at, HEAD_BYTES);
    ret_block->type = cursor_u32le(&h);
    n = cursor_u32le(&h);
    if (ret_block->type != BLOCK_PACKET || n < MIN_PACKET_BLOCK_BYTES || n > n_left || n % 4)
        return false;
    ret_block->total_bytes = n;
    ret_block->body = cursor_of(c->in.at + HEAD_BYTES, n - HEAD_BYTES - TAIL_BYTES);
    h = cursor_of(c->in.at + n - TAIL_BYTES, TAIL_BYTES);
    return cursor_u32le(&h) == n;
}

/* Returns false, with nothing moved, where it takes more to say what comes next. */
static inline __attribute__((always_inline)) bool next_whole_packet(struct capture *c,
                                                                    struct capture_record *record)
{
    struct block b;

    if (!find_whole_packet(c, &b) || !read_packet(c, &b, true, record))
        return false;
    if (cursor_left(&b.body) > 3 && /* more than padding */
        !read_packet_options(b.body.at, cursor_left(&b.body), false, record))
        return false;
    c->in.at += b.total_bytes;
    return true;
}

int pcapng_next(struct capture *c, struct capture_record *ret_record, struct error *err)
{
    if (!next_whole_packet(c, ret_record))
        return next_of_any_kind(c, ret_record, err);
    c->info.n_packets++;
    return 1;
}

size_t pcapng_next_whole(struct capture *c, struct capture_record *records, size_t max)
{
    size_t n = 0;

    while (n < max && next_whole_packet(c, &records[n]))
        n++;
    c->info.n_packets += n;
    return n;
}
