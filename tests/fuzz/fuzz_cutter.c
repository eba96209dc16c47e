/*
 * Input: one byte that chooses. Odd: 2 bytes of link type, then a frame. Even: a connection, whose
 * messages are described by records of 4 bytes (command, flags, bytes of data 2) up to one of
 * command 255, and whose segments by records of 4 (step 2, bytes, captured bytes) up to the end;
 * data is the whole input, over and over, so that it can pose as messages.
 *
 * Checked: no byte of data is kept, whatever is lost, repeated, out of order or cut.
 */
#include <stdlib.h>

#include "capture/cutter.h"
#include "capture/smb_stream.h"
#include "src/base/cursor.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

enum { STREAM_BYTES = 64 * 1024, MESSAGES_MOST = 64, HEADER_BYTES = 64, FRAMING_BYTES = 4 };
enum { TREE_CONNECT = 3, TREE_CONNECT_BYTES = 8, LAST = 255 };

/* What else a message may be than SMB2: id and bytes of its header. */
static const struct {
    uint8_t id;
    uint8_t n_bytes;
} others[] = { { 0xfc, 16 }, { 0xfd, 52 }, { 0xff, 32 } };

/* Of requests, with one more where data follows: as in [MS-SMB2] 2.2. */
static const uint8_t sizes[] = { 36, 25, 4, 9, 4,  57, 24, 24, 49, 49,
                                 48, 57, 4, 4, 33, 32, 41, 33, 24 };

enum { N_COMMANDS = sizeof(sizes), N_OTHERS = sizeof(others) / sizeof(others[0]) };

struct stream {
    uint8_t bytes[STREAM_BYTES];
    bool is_data[STREAM_BYTES];
    uint32_t n;
};

static void check(bool holds)
{
    if (!holds)
        abort();
}

static void add_zeros(struct stream *s, uint32_t n_bytes)
{
    memset(s->bytes + s->n, 0, n_bytes);
    memset(s->is_data + s->n, false, n_bytes);
    s->n += n_bytes;
}

static void add_data(struct stream *s, const uint8_t *bytes, size_t n_bytes, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        s->bytes[s->n] = bytes[i % n_bytes];
        s->is_data[s->n++] = true;
    }
}

static void add_smb2(struct stream *s, uint8_t number, uint32_t path_bytes)
{
    uint8_t *header = s->bytes + s->n;

    add_zeros(s, HEADER_BYTES + (sizes[number] & ~1u));
    memcpy(header, "\xfeSMB", 4);
    header[4] = HEADER_BYTES;
    header[12] = number;
    header[64] = sizes[number];
    if (number == TREE_CONNECT) {
        header[68] = HEADER_BYTES + TREE_CONNECT_BYTES;
        header[70] = (uint8_t)path_bytes;
        header[71] = (uint8_t)(path_bytes >> 8);
    }
}

/* Flags: 1 another request is compounded behind this one. */
static void add_message(struct stream *s, uint8_t number, uint8_t flags, uint32_t n_data,
                        const uint8_t *bytes, size_t n_bytes)
{
    uint32_t start = s->n, n_message;

    add_zeros(s, FRAMING_BYTES);
    if (number % (N_COMMANDS + N_OTHERS) >= N_COMMANDS) {
        number = number % (N_COMMANDS + N_OTHERS) - N_COMMANDS;
        add_zeros(s, others[number].n_bytes);
        memcpy(s->bytes + start + FRAMING_BYTES, "\0SMB", 4);
        s->bytes[start + FRAMING_BYTES] = others[number].id;
        add_data(s, bytes, n_bytes, n_data);
    } else {
        number %= N_COMMANDS + N_OTHERS;
        add_smb2(s, number, n_data);
        add_data(s, bytes, n_bytes, n_data);
        if (number == TREE_CONNECT && n_data <= MAX_SMB_TREE_BYTES)
            memset(s->is_data + s->n - n_data, false, n_data);
        if (flags & 1) {
            add_data(s, bytes, n_bytes, (8 - (s->n - start - FRAMING_BYTES) % 8) % 8);
            n_message = s->n - start - FRAMING_BYTES;
            memcpy(s->bytes + start + FRAMING_BYTES + 20,
                   (uint8_t[]){ (uint8_t)n_message, (uint8_t)(n_message >> 8) }, 2);
            add_smb2(s, flags >> 1 & 1 ? TREE_CONNECT : 9, 0);
            add_data(s, bytes, n_bytes, n_data);
        }
    }
    n_message = s->n - start - FRAMING_BYTES;
    s->bytes[start + 1] = (uint8_t)(n_message >> 16);
    s->bytes[start + 2] = (uint8_t)(n_message >> 8);
    s->bytes[start + 3] = (uint8_t)n_message;
}

static void check_connection(const uint8_t *bytes, size_t n_bytes)
{
    static struct stream s;
    struct cursor c = cursor_of(bytes, n_bytes);
    struct smb_stream followed;
    uint32_t at = 0;

    s.n = 0;
    for (int i = 0; i < MESSAGES_MOST; i++) {
        uint8_t number = cursor_u8(&c), flags = cursor_u8(&c);
        uint32_t n_data = cursor_u16be(&c) % 2048;

        if (c.failed || number == LAST || s.n > STREAM_BYTES - 8192)
            break;
        add_message(&s, number, flags, n_data, bytes, n_bytes);
    }
    smb_stream_begin(&followed, 0);
    while (s.n) {
        int16_t step = (int16_t)cursor_u16be(&c);
        uint32_t n = cursor_u8(&c) * 8u, captured = cursor_u8(&c) * 8u, kept;

        if (c.failed)
            break;
        at = (at + (uint32_t)step + s.n) % s.n;
        if (n > s.n - at)
            n = s.n - at;
        if (captured > n)
            captured = n;
        kept = smb_stream_read(&followed, at, s.bytes + at, captured, n);
        check(kept <= captured);
        for (uint32_t i = 0; i < kept; i++)
            check(!s.is_data[at + i]);
        at += n;
    }
}

static void check_frame(const uint8_t *bytes, size_t n_bytes)
{
    static struct cutter *cutter;
    struct cursor c = cursor_of(bytes, n_bytes);
    uint16_t link_type = cursor_u16be(&c);
    uint32_t captured_bytes = (uint32_t)cursor_left(&c);
    struct packet p;

    if (!cutter)
        check(cutter_new(&cutter, 445, NULL) == 0);
    for (uint32_t n = captured_bytes < 128 ? captured_bytes : 128; n > 0; n--)
        check(cutter_keep(cutter, link_type, c.at, n, captured_bytes, &p) <= n);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    if (n_bytes < 2 || n_bytes > STREAM_BYTES)
        return 0;
    if (bytes[0] & 1)
        check_frame(bytes + 1, n_bytes - 1);
    else
        check_connection(bytes + 1, n_bytes - 1);
    return 0;
}
