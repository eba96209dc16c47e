/*
 * [MS-SMB2] 2.1: a zero byte and three of length stand before each message; 2.2.1: the header;
 * 2.2.3 to 2.2.40: the commands' fixed parts; 2.2.41 and 2.2.42: encrypted and compressed messages.
 * [MS-CIFS] 2.2.3.1: SMB1, which a connection may begin with.
 */
#include "capture/smb_stream.h"

#include <string.h>

enum {
    FRAMING_BYTES = 4,
    PROTOCOL_ID_BYTES = 4,
    SMB2_BYTES = 64,
    STRUCTURE_SIZE_BYTES = 2,
    TREE_CONNECT_BYTES = 8,
};

/* Offsets from an SMB2 header's start; the last three are the command's. */
enum {
    SMB2_STRUCTURE_SIZE = 4,
    SMB2_COMMAND = 12,
    SMB2_FLAGS = 16,
    SMB2_NEXT_COMMAND = 20,
    COMMAND_STRUCTURE_SIZE = 64,
    TREE_CONNECT_PATH_OFFSET = 68,
    TREE_CONNECT_PATH_BYTES = 70,
};

enum { SMB2_FLAG_RESPONSE = 1, SMB2_TREE_CONNECT = 3, ERROR_STRUCTURE_SIZE = 9 };

/*
 * Segments behind what is looked at: those of a message that is being skipped, of 2^24 bytes at
 * most, and what a peer sends again, taken to be as much. Farther behind, the numbers went around
 * unseen.
 */
enum { BEHIND_BYTES = 2 << 24 };

/*
 * StructureSize of request and response by command: the fixed part, and one more where a variable
 * part follows.
 */
static const struct {
    uint8_t request;
    uint8_t response;
} commands[] = {
    { 36, 65 }, /* negotiate */
    { 25, 9 },  /* session setup */
    { 4, 4 },   /* logoff */
    { 9, 16 },  /* tree connect */
    { 4, 4 },   /* tree disconnect */
    { 57, 89 }, /* create */
    { 24, 60 }, /* close */
    { 24, 4 },  /* flush */
    { 49, 17 }, /* read */
    { 49, 17 }, /* write */
    { 48, 4 },  /* lock: with the first of its locks */
    { 57, 49 }, /* ioctl */
    { 4, 0 },   /* cancel: never answered */
    { 4, 4 },   /* echo */
    { 33, 9 },  /* query directory */
    { 32, 9 },  /* change notify */
    { 41, 9 },  /* query info */
    { 33, 2 },  /* set info */
    { 24, 24 }, /* oplock break */
};

/* Sequence numbers wrap: RFC 9293, 3.4. */
static inline bool seq_is_before(uint32_t a, uint32_t b)
{
    return (int32_t)(a - b) < 0;
}

static uint32_t u16le_at(const uint8_t *p)
{
    return (uint32_t)(p[0] | p[1] << 8);
}

static uint32_t u32le_at(const uint8_t *p)
{
    return u16le_at(p) | u16le_at(p + 2) << 16;
}

/* By the protocol id; 0 for what is no SMB. */
static uint32_t header_bytes(const uint8_t *id)
{
    if (id[1] != 'S' || id[2] != 'M' || id[3] != 'B')
        return 0;
    switch (id[0]) {
    case 0xfc: /* compressed */
        return 16;
    case 0xfd: /* encrypted */
        return 52;
    case 0xfe:
        return SMB2_BYTES;
    case 0xff: /* SMB1 */
        return 32;
    default:
        return 0;
    }
}

static bool is_smb2(const uint8_t *header)
{
    return header[0] == 0xfe;
}

/* The fixed part of the command behind the header; 0 when it is not what it should be. */
static uint32_t command_bytes(const uint8_t *header)
{
    uint32_t number = u16le_at(header + SMB2_COMMAND);
    uint32_t size = u16le_at(header + COMMAND_STRUCTURE_SIZE);
    bool is_response = u32le_at(header + SMB2_FLAGS) & SMB2_FLAG_RESPONSE;

    if (number >= sizeof(commands) / sizeof(commands[0]))
        return 0;
    if (size == (is_response ? commands[number].response : commands[number].request) ||
        (is_response && size == ERROR_STRUCTURE_SIZE))
        return size & ~1u;
    return 0;
}

/* The path of a tree, \\host\share in UTF-16: the only name that is kept. */
static uint32_t tree_bytes(const uint8_t *header)
{
    uint32_t n_bytes = u16le_at(header + TREE_CONNECT_PATH_BYTES);

    if (u16le_at(header + SMB2_COMMAND) != SMB2_TREE_CONNECT ||
        u32le_at(header + SMB2_FLAGS) & SMB2_FLAG_RESPONSE ||
        u16le_at(header + TREE_CONNECT_PATH_OFFSET) != SMB2_BYTES + TREE_CONNECT_BYTES ||
        n_bytes > MAX_SMB_TREE_BYTES)
        return 0;
    return n_bytes;
}

/* How far behind this part the next one begins; 0: it is the last. */
static uint32_t part_next(const struct smb_stream *s)
{
    uint32_t left = s->message_end - s->start;
    uint32_t n_bytes = u32le_at(s->bytes + SMB2_NEXT_COMMAND);

    if (!is_smb2(s->bytes) || n_bytes < SMB2_BYTES || n_bytes % 8 || n_bytes > left ||
        left - n_bytes < SMB2_BYTES)
        return 0;
    return n_bytes;
}

/*
 * How many bytes of the part may be kept, now that the @n wanted so far are there: @n again when
 * those were all, 0 when it is no SMB.
 */
static uint32_t part_extend(const struct smb_stream *s, uint32_t n)
{
    uint32_t wanted = n, limit;

    if (n == PROTOCOL_ID_BYTES)
        return header_bytes(s->bytes);
    if (!is_smb2(s->bytes))
        return n;
    if (n == SMB2_BYTES) {
        if (u16le_at(s->bytes + SMB2_STRUCTURE_SIZE) != SMB2_BYTES)
            return 0;
        wanted = n + STRUCTURE_SIZE_BYTES;
    } else if (n == SMB2_BYTES + STRUCTURE_SIZE_BYTES) {
        wanted = SMB2_BYTES + command_bytes(s->bytes);
    } else if (n == SMB2_BYTES + TREE_CONNECT_BYTES) {
        wanted = n + tree_bytes(s->bytes);
    }
    limit = part_next(s);
    if (!limit)
        limit = s->message_end - s->start;
    return wanted < n || wanted > limit ? n : wanted;
}

static void gather(struct smb_stream *s, uint32_t start, bool in_message)
{
    s->in_message = in_message;
    s->next = start;
    s->start = start;
    s->wanted = in_message ? PROTOCOL_ID_BYTES : FRAMING_BYTES;
}

void smb_stream_begin(struct smb_stream *s, uint32_t start)
{
    *s = (struct smb_stream){ .is_followed = true };
    gather(s, start, false);
}

/* It does not speak SMB, or not as it should: nothing is known of it, and nothing kept. */
static void refuse(struct smb_stream *s)
{
    s->is_followed = false;
    s->is_smb = false;
}

/* What is to be looked at is not there. The rest of a message can be skipped unseen, the length of
 * one can't. */
static void miss(struct smb_stream *s)
{
    if (s->in_message)
        gather(s, s->message_end, false);
    else
        s->is_followed = false;
}

static void message_begin(struct smb_stream *s)
{
    uint32_t n_bytes = (uint32_t)(s->bytes[1] << 16 | s->bytes[2] << 8 | s->bytes[3]);

    if (s->bytes[0]) {
        refuse(s);
        return;
    }
    s->message_end = s->next + n_bytes;
    gather(s, s->next, true);
}

/* All that was wanted of the part is there. */
static void part_continue(struct smb_stream *s)
{
    uint32_t n = s->wanted, next;

    s->wanted = part_extend(s, n);
    if (s->wanted == 0 || s->wanted > s->message_end - s->start) {
        refuse(s);
        return;
    }
    s->is_smb = true;
    if (s->wanted > n)
        return;
    next = part_next(s);
    if (next)
        gather(s, s->start + next, true);
    else
        gather(s, s->message_end, false);
}

/* Returns how many bytes it took, of at least one. */
static uint32_t take(struct smb_stream *s, const uint8_t *bytes, uint32_t n_bytes)
{
    uint32_t at = s->next - s->start;
    uint32_t room = at < sizeof(s->bytes) ? (uint32_t)sizeof(s->bytes) - at : 0;

    if (n_bytes > s->wanted - at)
        n_bytes = s->wanted - at;
    memcpy(s->bytes + sizeof(s->bytes) - room, bytes, n_bytes < room ? n_bytes : room);
    s->next += n_bytes;
    if (at + n_bytes == s->wanted) {
        if (s->in_message)
            part_continue(s);
        else
            message_begin(s);
    }
    return n_bytes;
}

uint32_t smb_stream_read(struct smb_stream *s, uint32_t seq, const uint8_t *bytes,
                         uint32_t captured_bytes, uint32_t payload_bytes)
{
    uint32_t kept = 0;

    if (seq_is_before(seq, s->next - BEHIND_BYTES))
        s->is_followed = false;
    while (s->is_followed && seq_is_before(s->next, seq + payload_bytes)) {
        uint32_t at = s->next - seq;

        if (seq_is_before(s->next, seq) || at >= captured_bytes) {
            miss(s);
        } else {
            uint32_t n_bytes = take(s, bytes + at, captured_bytes - at);

            if (at == kept)
                kept += n_bytes;
        }
    }
    return s->is_smb ? kept : 0;
}
