/*
 * A recorder's inside, for recorder*.c alone: recorder_files.c has the capture files,
 * recorder_disk.c brings all of it onto the medium and ends it, recorder.c stands on both.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

#include "capture/recorder.h"
#include "src/base/error.h"
#include "src/base/memory_file.h"
#include "src/file/pcapng_writer.h"
#include "src/model/counters.h"
#include "src/model/session.h"

/* What is behind a source in this session. */
struct recorded_source {
    int session_nic;
    uint32_t pcapng_nic;
    bool is_captured;
    uint64_t packets; /* delivered by the tap */
    uint64_t wire_bytes;
    uint64_t stored, unstored;
    /* the tap's counts when the session began: a resident daemon's taps are older */
    uint64_t kernel_dropped, nic_dropped, ring_dropped;
    uint64_t told; /* packets that the last statistics block told of */
};

struct recorder {
    uv_loop_t *loop;
    const struct sources *sources;
    struct recorded_source *places; /* one for each source */
    char *folder;
    struct recorder_options options; /* its texts are the session's or not used later */
    struct session session;
    struct pcapng_writer *writer; /* NULL: between files, or storing ended */
    struct counters_writer *counters;
    struct counter_row *rows; /* room for a sample */
    char file_path[SESSION_PATH_BYTES];
    unsigned file_number;
    int64_t file_monotonic_ns; /* when the file began */
    uint64_t older_bytes;      /* of the files before, those removed left out */
    struct error problem;      /* why storing ended */
    bool owes_problem;
    const char *reason; /* to end, once it is due */

    uv_work_t sync;
    int64_t synced_ns; /* when it was begun last */
    bool is_syncing;
    char sync_path[SESSION_PATH_BYTES]; /* the pool's own, as the loop may begin the next file */
    char counters_path[SESSION_PATH_BYTES];
    int sync_result;

    uv_work_t keep;
    bool is_keeping;
    bool is_dirty;  /* session.json is older than the session */
    bool is_unkept; /* it could not be written, the last time */
    struct memory_file *text_file;
    const char *text; /* that is being written */

    uv_work_t digest;
    bool is_finishing, is_digesting, is_digested;
    recorder_done *done;
    void *context;
};

/* ---- recorder_state.c ---- */

void recorder_free(struct recorder *r);
/* recorder_stop_storing() - after a failure: from now on packets are only counted. */
void recorder_stop_storing(struct recorder *r, const struct error *why);
/* recorder_since() - a cumulative count less what it was; unknown stays unknown. */
uint64_t recorder_since(uint64_t now, uint64_t before);
/* recorder_known() - the count, unknown as 0. */
uint64_t recorder_known(uint64_t count);

static inline struct session_capture *recorder_current_file(struct recorder *r)
{
    return &r->session.captures[r->session.n_captures - 1];
}

/* ---- recorder_files.c ---- */

/* These return 0 or a negative code. recorder_begin_file(): the first, or the next of a ring. */
int recorder_begin_file(struct recorder *r, struct error *err);
int recorder_end_file(struct recorder *r, struct error *err);
int recorder_write_statistics(struct recorder *r, bool is_end, struct error *err);
/* recorder_check_size(), recorder_check_time() - is it time for the ring's next file, or for the
 * end, whose reason they set? */
void recorder_check_size(struct recorder *r);
void recorder_check_time(struct recorder *r);

/* ---- recorder_disk.c ---- */

/* recorder_keep() - session.json as it is now, unless the pool still writes an older one. */
void recorder_keep(struct recorder *r);
/* recorder_sync() - what was written, unless that is under way or was not long ago. */
void recorder_sync(struct recorder *r);
/* recorder_advance() - the end, a step whenever the pool has nothing more of ours: digests, then
 * session.json, then done. */
void recorder_advance(struct recorder *r);
