/*
 * One direction of an SMB connection: where its messages begin, and which of their bytes are
 * headers. Known from the connection's first byte on by the length in front of each message; what
 * the messages bring is skipped, whatever it looks like.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A longer path of a tree is not kept: 255 characters of a host, 80 of a share, and more. */
enum { MAX_SMB_TREE_BYTES = 1024 };

/*
 * A message is a header with its command, or several one after the other (compounded requests): its
 * parts. What is gathered is a part, or the length in front of a message.
 */
struct smb_stream {
    bool is_followed;
    bool is_smb; /* it began with a message that is SMB */
    bool in_message;
    uint32_t next;        /* sequence number of the first byte still to be looked at */
    uint32_t start;       /* of what is gathered */
    uint32_t wanted;      /* bytes of that which may be kept, as known so far */
    uint32_t message_end; /* in_message: where the next length stands */
    uint8_t bytes[72];    /* the first of what is gathered: header and TREE_CONNECT's fixed part */
};

/* smb_stream_begin() - @start: sequence number of the connection's first byte. */
void smb_stream_begin(struct smb_stream *s, uint32_t start);

/*
 * smb_stream_read() - look at one segment.
 * @seq:            of its first byte
 * @captured_bytes: at most @payload_bytes
 *
 * Returns how many leading bytes are headers. Once the length of a message was missed, the stream
 * is not followed any more and all returns are 0.
 */
uint32_t smb_stream_read(struct smb_stream *s, uint32_t seq, const uint8_t *bytes,
                         uint32_t captured_bytes, uint32_t payload_bytes);
