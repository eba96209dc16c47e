/*
 * What lmpathd says, and what it is told: one JSON object a line (docs/control.md).
 *
 * A message is read as hostile bytes. Members that are absent, or have another type than the
 * protocol gives them, are unknown: text "", a count MESSAGE_UNKNOWN, a flag false.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

#define MESSAGE_UNKNOWN UINT64_MAX
#define MESSAGE_NO_STATUS INT64_MIN

enum {
    MESSAGE_MAX_LINE_BYTES = 4 * 1024 * 1024, /* of what lmpathd says */
    MESSAGE_MAX_NICS = 1024,
    MESSAGE_MAX_SESSIONS = 65536,
    MESSAGE_MAX_ADDRESSES = 256, /* of one NIC; further ones are left out */
    REQUEST_MAX_LINE_BYTES = 4096,
    REQUEST_MAX_WORDS = 256,
};

enum message_kind {
    MESSAGE_REPLY, /* it has an id */
    MESSAGE_START,
    MESSAGE_INTERVAL,
    MESSAGE_MARK,
    MESSAGE_COMMAND,
    MESSAGE_COMMAND_END,
    MESSAGE_WARNING,
    MESSAGE_END,
    MESSAGE_INTERFACES,
    MESSAGE_OTHER, /* an event of a later version */
};

struct message_nic {
    const char *name, *description, *network, *problem, *mac;
    const char **addresses; /* "10.20.0.1/24" */
    size_t n_addresses;
    uint64_t mtu, speed_bits_per_s;
    bool is_up, is_chosen;
    /* seen by the capture since it began, behind its filter */
    uint64_t packets, wire_bytes;
    uint64_t kernel_dropped, ring_dropped, nic_dropped;
    /* the NIC's own */
    uint64_t rx_bytes, tx_bytes, rdma_rx_bytes, rdma_tx_bytes;
    uint64_t rx_dropped, tx_dropped, rx_errors, tx_errors;
};

struct message_session {
    const char *path, *start, *end, *state;
    uint64_t bytes;
};

/* Owns everything in it; text lives until message_release(). */
struct message {
    enum message_kind kind;
    uint64_t id; /* of a reply */
    bool is_ok;
    const char *error;
    const char *time;
    const char *version, *host, *mode, *state, *session, *since, *filter;
    const char *text, *nic; /* of a mark or warning */
    const char *reason;
    bool is_complete;
    uint64_t pid, interval_ms, snap_bytes, file_bytes, clients, packets;
    struct message_nic *nics;
    size_t n_nics;
    struct message_session *sessions;
    size_t n_sessions;
    void *json; /* private to message.c */
};

/*
 * message_parse() - one line, without its end.
 *
 * Returns 0, ERR_INPUT (no JSON object, or neither reply nor event), ERR_LIMIT, ERR_MEMORY; only
 * after 0 there is something to release.
 */
int message_parse(struct message *ret_message, const char *line, size_t n_bytes, struct error *err);
void message_release(struct message *m);

/* What may be asked; members that the action doesn't have stay NULL. */
struct request {
    uint64_t id;
    const char *action;
    const char *name;  /* of start */
    const char *text;  /* of mark */
    char *const *argv; /* of command, NULL-ended */
    int64_t status;    /* of command_end; MESSAGE_NO_STATUS */
    int64_t signal;    /* of command_end; MESSAGE_NO_STATUS */
    const char *error; /* of command_end */
};

/*
 * request_line() - with its line end; the caller frees it.
 *
 * Text that is no UTF-8 is made so. Of an argv that is too long the first words are kept, "..."
 * stands for the others. Returns 0, ERR_USAGE (a text that is too long) or ERR_MEMORY.
 */
int request_line(char **ret_line, const struct request *request, struct error *err);
