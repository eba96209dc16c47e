/*
 * pcap: a header of 24 bytes, then records.
 *
 *   file:   magic 4, version 2 + 2, zone 4, accuracy 4, snap length 4, link type 4
 *   record: seconds 4, fraction 4, captured length 4, original length 4
 *           and in the modified format of old Linux captures: nic 4, protocol 2, kind 1, pad 1
 */
#include "src/file/reader.h"

enum {
    FILE_HEADER_BYTES = 24,
    RECORD_HEADER_BYTES = 16,
    MODIFIED_RECORD_HEADER_BYTES = 24,
    LINK_TYPE_BITS = 0xffff, /* above them: length of the frame check sequence, class */
    KIND_OFFSET = 22,
    KIND_OUTGOING = 4, /* PACKET_OUTGOING of linux/if_packet.h; below it are received ones */
};

struct magic {
    uint32_t value;
    uint32_t header_bytes;
    uint32_t fraction_ns;
};

static const struct magic magics[] = {
    { 0xa1b2c3d4, RECORD_HEADER_BYTES, 1000 },
    { 0xa1b23c4d, RECORD_HEADER_BYTES, 1 },
    { 0xa1b2cd34, MODIFIED_RECORD_HEADER_BYTES, 1000 },
};

static const struct magic *find_magic(uint32_t value)
{
    for (size_t i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
        if (magics[i].value == value)
            return &magics[i];
    }
    return NULL;
}

bool pcap_detect(const uint8_t *bytes, size_t n_bytes)
{
    struct cursor le = cursor_of(bytes, n_bytes);
    struct cursor be = le;

    return find_magic(cursor_u32le(&le)) || find_magic(cursor_u32be(&be));
}

/* Writers before version 2.3, and DG/UX's 543.0, put the original length first; some of 2.3 do. */
static int read_version(struct capture *c, unsigned major, unsigned minor, struct error *err)
{
    struct pcap *p = &c->pcap;

    if (major != 2 && !(major == 543 && minor == 0))
        return error_set(err, ERR_INPUT, "is pcap of the unknown version %u.%u (byte 4)", major,
                         minor);
    p->has_swapped_lengths = major == 543 || minor < 3;
    p->may_swap_lengths = major == 2 && minor == 3;
    return 0;
}

int pcap_open(struct capture *c, struct error *err)
{
    struct pcap *p = &c->pcap;
    const struct magic *magic;
    struct capture_nic *nic;
    struct cursor h;
    uint16_t major, minor;
    int r;

    r = stream_need(&c->in, FILE_HEADER_BYTES, err);
    if (r < 0)
        return r;
    if (r == 0)
        return error_set(err, ERR_INPUT,
                         "ends inside the pcap header (%zu of %d bytes); copy the capture again",
                         stream_left(&c->in), FILE_HEADER_BYTES);
    h = cursor_of(c->in.at, FILE_HEADER_BYTES);
    magic = find_magic(cursor_u32le(&h));
    if (!magic) {
        h = cursor_of(c->in.at, FILE_HEADER_BYTES);
        magic = find_magic(cursor_u32be(&h));
        p->is_big_endian = true;
    }
    p->header_bytes = magic->header_bytes;
    p->fraction_ns = magic->fraction_ns;
    major = reader_u16(&h, p->is_big_endian);
    minor = reader_u16(&h, p->is_big_endian);
    r = read_version(c, major, minor, err);
    if (r < 0)
        return r;
    p->is_usual = !p->is_big_endian && !p->has_swapped_lengths && !p->may_swap_lengths &&
                  p->header_bytes == RECORD_HEADER_BYTES;
    r = reader_add_nic(c, &nic, err);
    if (r < 0)
        return r;
    cursor_skip(&h, 8); /* time zone and accuracy: zero in practice */
    nic->snap_bytes = reader_u32(&h, p->is_big_endian);
    nic->link_type = reader_u32(&h, p->is_big_endian) & LINK_TYPE_BITS;
    c->info.format = CAPTURE_PCAP;
    c->info.n_sections = 1;
    c->in.at += FILE_HEADER_BYTES;
    return 0;
}

static void swap_lengths(const struct pcap *p, uint32_t *captured_bytes, uint32_t *wire_bytes)
{
    uint32_t captured = *captured_bytes;

    if (!p->has_swapped_lengths && !(p->may_swap_lengths && captured > *wire_bytes))
        return;
    *captured_bytes = *wire_bytes;
    *wire_bytes = captured;
}

static uint8_t read_direction(const struct pcap *p, const uint8_t *header)
{
    if (p->header_bytes != MODIFIED_RECORD_HEADER_BYTES)
        return CAPTURE_DIRECTION_UNKNOWN;
    return header[KIND_OFFSET] == KIND_OUTGOING  ? CAPTURE_OUTBOUND
           : header[KIND_OFFSET] < KIND_OUTGOING ? CAPTURE_INBOUND
                                                 : CAPTURE_DIRECTION_UNKNOWN;
}

/* Inlined once for the usual format, where @is_usual is known to be true, and once for all. */
static inline __attribute__((always_inline)) int
next_record(struct capture *c, bool is_usual, struct capture_record *ret_record, struct error *err)
{
    const struct pcap *p = &c->pcap;
    bool is_big_endian = !is_usual && p->is_big_endian;
    uint32_t header_bytes = is_usual ? RECORD_HEADER_BYTES : p->header_bytes;
    uint32_t seconds, fraction, captured_bytes, wire_bytes;
    struct cursor h;
    int r;

    r = stream_need(&c->in, header_bytes, err);
    if (r <= 0)
        return reader_short(c, r, header_bytes, err);
    h = cursor_of(c->in.at, RECORD_HEADER_BYTES);
    seconds = reader_u32(&h, is_big_endian);
    fraction = reader_u32(&h, is_big_endian);
    captured_bytes = reader_u32(&h, is_big_endian);
    wire_bytes = reader_u32(&h, is_big_endian);
    if (!is_usual)
        swap_lengths(p, &captured_bytes, &wire_bytes);
    if (captured_bytes > CAPTURE_MAX_RECORD_BYTES)
        return reader_damage(c, stream_offset(&c->in),
                             "a packet of %u bytes, more than any capture holds", captured_bytes);
    r = stream_need(&c->in, header_bytes + captured_bytes, err);
    if (r <= 0)
        return reader_short(c, r, header_bytes + captured_bytes, err);

    ret_record->time_ns = seconds * INT64_C(1000000000) + fraction * (int64_t)p->fraction_ns;
    ret_record->bytes = c->in.at + header_bytes;
    ret_record->captured_bytes = captured_bytes;
    ret_record->wire_bytes = wire_bytes > captured_bytes ? wire_bytes : captured_bytes;
    ret_record->nic = 0;
    ret_record->direction = is_usual ? CAPTURE_DIRECTION_UNKNOWN : read_direction(p, c->in.at);
    ret_record->has_time = true;
    ret_record->is_dropped = false;
    ret_record->has_packet_id = false;
    ret_record->packet_id = 0;
    c->in.at += header_bytes + captured_bytes;
    c->info.n_packets++;
    return 1;
}

static __attribute__((noinline)) int
next_unusual(struct capture *c, struct capture_record *ret_record, struct error *err)
{
    return next_record(c, false, ret_record, err);
}

int pcap_next(struct capture *c, struct capture_record *ret_record, struct error *err)
{
    return c->pcap.is_usual ? next_record(c, true, ret_record, err)
                            : next_unusual(c, ret_record, err);
}

size_t pcap_next_whole(struct capture *c, struct capture_record *records, size_t max)
{
    int64_t fraction_ns = c->pcap.fraction_ns;
    struct cursor in = { c->in.at, c->in.end, false };
    size_t n = 0;

    for (; c->pcap.is_usual && n < max && cursor_left(&in) >= RECORD_HEADER_BYTES; n++) {
        struct cursor h = cursor_sub(&in, RECORD_HEADER_BYTES);
        uint32_t seconds = cursor_u32le(&h), fraction = cursor_u32le(&h);
        uint32_t captured_bytes = cursor_u32le(&h), wire_bytes = cursor_u32le(&h);

        if (captured_bytes > cursor_left(&in) || captured_bytes > CAPTURE_MAX_RECORD_BYTES)
            break;
        records[n] = (struct capture_record){
            .time_ns = seconds * INT64_C(1000000000) + fraction * fraction_ns,
            .bytes = in.at,
            .captured_bytes = captured_bytes,
            .wire_bytes = wire_bytes > captured_bytes ? wire_bytes : captured_bytes,
            .has_time = true,
        };
        in.at += captured_bytes;
        c->in.at = in.at;
    }
    c->info.n_packets += n;
    return n;
}
