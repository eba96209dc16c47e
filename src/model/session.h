/*
 * A session: a folder that one recording made. session.json says what was recorded; beside it lie
 * the captures (capture.pcapng, or numbered ring files), counters.jsonl and, when there is one,
 * snapshot.json. docs/session.md has the format.
 *
 * The recorder fills a struct session and writes it again whenever something in it changes; each
 * time as a whole, under a temporary name that is then renamed. A session whose state is still
 * "recording" either grows or was cut off.
 *
 * Plain data; a struct session owns everything in it. Text is never NULL, "" is unknown.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"
#include "src/base/memory_file.h"
#include "src/net/addr.h"

#define SESSION_SCHEMA "lmpath.session/1"
#define SESSION_FILE "session.json"
#define SESSION_SNAPSHOT_FILE "snapshot.json"
#define SESSION_RESULT_FILE "result.json"
#define SESSION_UNKNOWN UINT64_MAX /* a count or size that is not known */
#define SESSION_NO_TIME INT64_MIN
#define SESSION_NO_STATUS INT64_MIN

enum {
    SESSION_MAX_NICS = 1024,
    SESSION_MAX_ADDRESSES = 256, /* of one NIC */
    SESSION_MAX_MARKS = 65536,
    SESSION_MAX_COMMANDS = 4096,
    SESSION_MAX_WORDS = 4096, /* of one command */
    SESSION_MAX_FILES = 65536,
    SESSION_MAX_WARNINGS = 1024,
    SESSION_MAX_NETWORKS = 4096,
    SESSION_MAX_TEXT_BYTES = 65536, /* of one text */
    SESSION_PATH_BYTES = 4096,
};

enum session_state { SESSION_RECORDING, SESSION_COMPLETE };

struct session_address {
    struct addr addr;
    unsigned family_bits; /* of its subnet: 24, 64 */
};

/* Every NIC whose counters were read, captured or not. Its place is its number in the counters. */
struct session_nic {
    char *name; /* as in the capture's interface block */
    char *description;
    char *network; /* cluster network it was taken for */
    char *filter;
    char *problem; /* why it was not captured, or not to the end */
    bool is_captured;
    bool has_mac;
    uint8_t mac[6];
    uint16_t link_type;
    uint64_t snap_bytes; /* SESSION_UNKNOWN: unlimited */
    uint64_t speed_bits_per_s;
    uint64_t mtu_bytes;
    struct session_address *addresses;
    size_t n_addresses;
    /* at the end; SESSION_UNKNOWN before */
    uint64_t received_packets; /* that passed the filter */
    uint64_t stored_packets;
    uint64_t dropped_kernel;
    uint64_t dropped_nic;
    uint64_t dropped_ring;
    uint64_t unstored_packets; /* not written for want of room, or after a stop condition */
};

struct session_mark {
    int64_t time_ns;
    char *text;
};

struct session_command {
    char **words;
    size_t n_words;
    int64_t start_ns; /* SESSION_NO_TIME: not started */
    int64_t end_ns;   /* SESSION_NO_TIME: not ended */
    int64_t status;   /* that it exited with; SESSION_NO_STATUS */
    int64_t signal;   /* that ended it; SESSION_NO_STATUS */
    char *problem;    /* why it could not be started */
};

struct session_capture {
    char *name; /* in the folder */
    uint64_t packets;
    uint64_t bytes;
    char sha256[65]; /* "" until the file is finished */
    bool is_removed; /* a ring file that made room for a later one */
};

struct session {
    enum session_state state;
    char *host;
    char *os;
    char *program;     /* "lmpathd 0.1.0" */
    char *libraries;   /* "libpcap 1.10.3" */
    char *stop_reason; /* as docs/control.md's event "end" tells it */
    int64_t start_ns;
    int64_t end_ns;
    int64_t start_monotonic_ns; /* the counters' monotonic clock at start_ns */
    int64_t end_monotonic_ns;
    uint64_t interval_ns; /* between samples */
    uint16_t lm_port;
    uint16_t smb_port;
    char **networks; /* NAME=PREFIX[,PREFIX]..., as they were given to the recorder */
    size_t n_networks, networks_capacity;
    char *expect;        /* where the memory should go, NAME|PREFIX[,...] */
    char *write_problem; /* "No space left on device": from then on counted, not stored */
    int64_t write_problem_ns;
    struct session_nic *nics;
    size_t n_nics, nics_capacity;
    struct session_mark *marks;
    size_t n_marks, marks_capacity;
    struct session_command *commands;
    size_t n_commands, commands_capacity;
    struct session_capture *captures; /* in the order of time */
    size_t n_captures, captures_capacity;
    char **warnings; /* what else weakens the evidence, as sentences */
    size_t n_warnings, warnings_capacity;
};

/* session_init() - all unknown, recording. */
void session_init(struct session *s);
void session_release(struct session *s);

/* Each adds one at the end, unknown in all but what is given, which is copied. Returns its index,
 * ERR_LIMIT or ERR_MEMORY. */
int session_add_nic(struct session *s, const char *name, struct error *err);
int session_add_mark(struct session *s, int64_t time_ns, const char *text, struct error *err);
int session_add_command(struct session *s, char *const *words, size_t n_words, struct error *err);
int session_add_capture(struct session *s, const char *name, struct error *err);
int session_add_warning(struct session *s, const char *text, struct error *err);
int session_add_network(struct session *s, const char *definition, struct error *err);
/* session_add_address() - to nics[@nic]. Returns 0, ERR_LIMIT or ERR_MEMORY. */
int session_add_address(struct session *s, int nic, const struct addr *a, unsigned family_bits,
                        struct error *err);
/* session_set_text() - one of the texts of a session, copied. Returns 0 or ERR_MEMORY. */
int session_set_text(char **text, const char *to, struct error *err);

/* session_folder_create() - for its owner alone. Returns 0, ERR_USAGE when it exists, ERR_SYSTEM.
 */
int session_folder_create(const char *folder, struct error *err);
/* session_folder_name() - "hv01-20261121-225908" (UTC) into @n_bytes at @to. */
void session_folder_name(char *to, size_t n_bytes, const char *host, int64_t time_ns);
/* session_capture_name() - "capture.pcapng" for number 0, else "capture_00001.pcapng", ... */
void session_capture_name(char *to, size_t n_bytes, unsigned number);
/* session_path() - "FOLDER/NAME". Returns 0, or ERR_LIMIT when it doesn't fit. */
int session_path(char to[SESSION_PATH_BYTES], const char *folder, const char *name,
                 struct error *err);

/*
 * session_reserve() - hold a little room in the folder, which session_unreserve() gives back: so
 * that counters and session.json can still be written when captures filled the disk. Call
 * session_unreserve() when a write failed, and at the end. Returns 0 or ERR_SYSTEM.
 */
int session_reserve(const char *folder, struct error *err);
void session_unreserve(const char *folder);

/* session_write() - session.json, whole or as it was. Returns 0 or ERR_SYSTEM. */
int session_write(const struct session *s, const char *folder, struct error *err);
/*
 * The same in two halves, so that a thread of its own can wait for the disk: session_text() makes
 * the text in @file, borrowed until that is used again, session_write_text() writes it.
 */
int session_text(const struct session *s, struct memory_file *file, const char **ret_text,
                 struct error *err);
int session_write_text(const char *text, const char *folder, struct error *err);

/* session_keep_snapshot() - copy the snapshot in force, byte for byte. Returns 0 or ERR_SYSTEM. */
int session_keep_snapshot(const char *folder, const char *snapshot, struct error *err);

/* session_is_folder() - there is a session.json in it. */
bool session_is_folder(const char *folder);
/*
 * session_read() - from a folder. @ret_session is initialized by the caller.
 *
 * Returns 0, ERR_SYSTEM (can't be read), ERR_INPUT (no JSON, another schema; the text begins with
 * the path and has the JSON path of the trouble), ERR_LIMIT, ERR_MEMORY.
 */
int session_read(struct session *ret_session, const char *folder, struct error *err);
/* session_parse() - the same from bytes, and a name for messages. */
int session_parse(struct session *ret_session, const void *bytes, size_t n_bytes, const char *name,
                  struct error *err);
