/*
 * One session being written: packets, samples, marks and what weakens them. Everything on the
 * loop's thread but syncing to the medium and the digests, which libuv's pool does.
 *
 * On a full disk packets are counted and no longer stored; samples and session.json go on.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#include "capture/sources.h"
#include "src/base/error.h"
#include "src/model/session.h"

struct recorder; /* opaque */

enum { RECORDER_MAX_MARKS = 4096, RECORDER_MAX_COMMANDS = 1024 };

/* When to stop, and ring files, as dumpcap has them; 0: not asked for. */
struct recorder_limits {
    int64_t duration_ns;      /* -a duration: */
    uint64_t stop_bytes;      /* -a filesize: of all files */
    uint64_t ring_bytes;      /* -b filesize: of one file, then the next begins */
    int64_t ring_duration_ns; /* -b duration: likewise */
    unsigned ring_files;      /* -b files: that are kept */
};

struct recorder_options {
    const char *folder;    /* is made; "" here and NULL below: none */
    const char *snapshot;  /* file to keep a copy of */
    char *const *networks; /* what else is known, for whoever judges */
    size_t n_networks;
    const char *expect;  /* likewise; NULL: not told */
    const char *version; /* "lmpathd 0.1.0" */
    const char *host;
    const char *os;
    uint64_t interval_ns;
    uint32_t snap_bytes;
    struct filter_ports ports;
    struct recorder_limits limits;
    int64_t start_ns; /* wall clock; of the first packet when there is a history */
    /* A row for each source: what was counted when the session began. */
    const uint64_t (*first_values)[N_COUNTERS];
};

/*
 * recorder_new() - make the folder and everything in it.
 * @sources: opened; borrowed until the recorder is done
 *
 * Returns 0, ERR_USAGE (the folder exists), ERR_SYSTEM or ERR_MEMORY.
 */
int recorder_new(struct recorder **ret_recorder, uv_loop_t *loop,
                 const struct recorder_options *options, const struct sources *sources,
                 struct error *err);

/* recorder_packet() - of the NIC sources->rows[@source]. */
void recorder_packet(struct recorder *r, size_t source, const struct tap_packet *packet);
/* recorder_sample() - a row of counters for each source, and those that are no NIC's. */
void recorder_sample(struct recorder *r, int64_t time_ns, int64_t monotonic_ns,
                     const uint64_t (*values)[N_COUNTERS], const struct counter_other *others,
                     size_t n_others);
/* Each is stamped with @time_ns, and with the disk at the next flush. Return 0 or a negative code.
 */
int recorder_mark(struct recorder *r, int64_t time_ns, const char *text, struct error *err);
int recorder_command(struct recorder *r, int64_t time_ns, char *const *words, size_t n_words,
                     struct error *err);
int recorder_command_end(struct recorder *r, int64_t time_ns, int64_t status, int64_t signal,
                         const char *problem, struct error *err);
/* recorder_warn() - what else weakens the evidence, as a sentence. */
void recorder_warn(struct recorder *r, const char *text);
/* recorder_nic_problem() - that a NIC is no longer captured, or was not for a while. */
void recorder_nic_problem(struct recorder *r, size_t source, const char *text);

/*
 * recorder_flush() - call twice a second: hands packets to the system and asks it to bring them
 * onto the medium. Returns NULL, or the reason for which the recording is to end (docs/control.md).
 */
const char *recorder_flush(struct recorder *r);
/* recorder_problem() - why storing ended, once; then NULL again. */
const char *recorder_problem(struct recorder *r);

/* recorder_done is called when the session is complete, on the loop; then the recorder is gone. */
typedef void recorder_done(void *context, bool is_complete);
/* recorder_finish() - complete the session. @r is not to be used any more. */
void recorder_finish(struct recorder *r, const char *reason, recorder_done *done, void *context);

const char *recorder_folder(const struct recorder *r);
int64_t recorder_start_ns(const struct recorder *r);
uint64_t recorder_file_bytes(const struct recorder *r); /* of all files there are */
uint64_t recorder_packets(const struct recorder *r);
const struct session *recorder_session(const struct recorder *r);
