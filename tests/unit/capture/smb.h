/* SMB messages put together byte by byte, for the tests of what is kept of them. */
#pragma once

#include <stdint.h>
#include <string.h>

enum { SMB_COMMAND_CREATE = 5, SMB_COMMAND_CLOSE = 6, SMB_COMMAND_WRITE = 9 };
enum { SMB_COMMAND_NEGOTIATE = 0, SMB_COMMAND_TREE_CONNECT = 3, SMB_COMMAND_READ = 8 };

enum { SMB_REQUEST = 0, SMB_RESPONSE = 1 };

/* Of a message: the length, the header, the fixed part of each command. */
enum {
    SMB_FRAMING = 4,
    SMB_HEADER = 64,
    SMB_CLOSE = 24,
    SMB_WRITE = 48,
    SMB_CREATE = 56,
    SMB_READ_RESPONSE = 16,
    SMB_TREE_CONNECT = 8,
};

enum { SMB_BYTES_MOST = 8192 };

struct smb {
    uint8_t bytes[SMB_BYTES_MOST];
    uint32_t n;
};

static inline void smb_add(struct smb *m, const void *bytes, uint32_t n_bytes)
{
    memcpy(m->bytes + m->n, bytes, n_bytes);
    m->n += n_bytes;
}

static inline void smb_add_zeros(struct smb *m, uint32_t n_bytes)
{
    memset(m->bytes + m->n, 0, n_bytes);
    m->n += n_bytes;
}

static inline void smb_set_u16(struct smb *m, uint32_t at, uint32_t value)
{
    m->bytes[at] = (uint8_t)value;
    m->bytes[at + 1] = (uint8_t)(value >> 8);
}

/* The length in front of what was added since @start, which began with room for it. */
static inline void smb_set_length(struct smb *m, uint32_t start)
{
    uint32_t n_bytes = m->n - start - SMB_FRAMING;

    m->bytes[start] = 0;
    m->bytes[start + 1] = (uint8_t)(n_bytes >> 16);
    m->bytes[start + 2] = (uint8_t)(n_bytes >> 8);
    m->bytes[start + 3] = (uint8_t)n_bytes;
}

/* A header with a fixed part, which is @size & ~1 bytes long. Returns where the header begins. */
static inline uint32_t smb_add_command(struct smb *m, uint32_t number, uint32_t flags,
                                       uint32_t size)
{
    uint32_t at = m->n;

    smb_add_zeros(m, SMB_HEADER + (size & ~1u));
    memcpy(m->bytes + at, "\xfeSMB", 4);
    smb_set_u16(m, at + 4, SMB_HEADER);
    smb_set_u16(m, at + 12, number);
    smb_set_u16(m, at + 16, flags);
    smb_set_u16(m, at + 64, size);
    return at;
}

static inline void smb_add_write(struct smb *m, const void *data, uint32_t n_bytes)
{
    uint32_t start = m->n;

    smb_add_zeros(m, SMB_FRAMING);
    smb_add_command(m, SMB_COMMAND_WRITE, SMB_REQUEST, 49);
    smb_add(m, data, n_bytes);
    smb_set_length(m, start);
}

static inline void smb_add_close(struct smb *m)
{
    uint32_t start = m->n;

    smb_add_zeros(m, SMB_FRAMING);
    smb_add_command(m, SMB_COMMAND_CLOSE, SMB_REQUEST, 24);
    smb_set_length(m, start);
}

static inline void smb_add_tree_connect(struct smb *m, const void *path, uint32_t n_bytes)
{
    uint32_t start = m->n, at;

    smb_add_zeros(m, SMB_FRAMING);
    at = smb_add_command(m, SMB_COMMAND_TREE_CONNECT, SMB_REQUEST, 9);
    smb_set_u16(m, at + 68, SMB_HEADER + SMB_TREE_CONNECT);
    smb_set_u16(m, at + 70, n_bytes);
    smb_add(m, path, n_bytes);
    smb_set_length(m, start);
}

/* A message of another kind: its protocol id, then @n_bytes in all of 0xee. */
static inline void smb_add_other(struct smb *m, const char *id, uint32_t n_bytes)
{
    uint32_t start = m->n;

    smb_add_zeros(m, SMB_FRAMING);
    memset(m->bytes + m->n, 0xee, n_bytes);
    memcpy(m->bytes + m->n, id, 4);
    m->n += n_bytes;
    smb_set_length(m, start);
}
