/* What brings a session onto the medium, most of it in libuv's pool, and what completes it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/clock.h"
#include "capture/recorder_state.h"
#include "src/base/disk.h"
#include "src/file/digest.h"
#include "src/file/os_file.h"

enum { DIGEST_CHUNK_BYTES = 256 * 1024 };

/* A power loss costs what came since: flushes come twice a second, so this is every other one. */
#define SYNC_NS INT64_C(750000000)

static int sync_path(const char *path)
{
    int file = disk_open(path), r;

    if (file < 0)
        return file;
    r = disk_sync(file);
    disk_close(file);
    return r;
}

static void sync_files(uv_work_t *work)
{
    struct recorder *r = work->data;

    r->sync_result = sync_path(r->sync_path);
    if (r->sync_result == 0)
        r->sync_result = sync_path(r->counters_path);
}

static void sync_done(uv_work_t *work, int status)
{
    struct recorder *r = work->data;
    struct error why;

    (void)status;
    r->is_syncing = false;
    if (r->is_finishing) {
        recorder_advance(r);
    } else if (r->sync_result < 0 && r->writer && strcmp(r->sync_path, r->file_path) == 0) {
        /* not one that the ring left behind, and has perhaps removed */
        error_system(&why, -r->sync_result, "'%s': can't be written", r->folder);
        recorder_stop_storing(r, &why);
    }
}

void recorder_sync(struct recorder *r)
{
    if (r->is_syncing || clock_monotonic_ns() - r->synced_ns < SYNC_NS)
        return;
    r->synced_ns = clock_monotonic_ns();
    memcpy(r->sync_path, r->file_path, sizeof(r->sync_path));
    r->sync.data = r;
    r->is_syncing = uv_queue_work(r->loop, &r->sync, sync_files, sync_done) == 0;
}

/* In the pool. On a full disk there is the room that was kept for it. */
static void keep_text(uv_work_t *work)
{
    struct recorder *r = work->data;

    r->is_unkept = session_write_text(r->text, r->folder, NULL) < 0;
    if (!r->is_unkept)
        return;
    session_unreserve(r->folder);
    r->is_unkept = session_write_text(r->text, r->folder, NULL) < 0;
}

static void keep_done(uv_work_t *work, int status)
{
    struct recorder *r = work->data;

    (void)status;
    r->is_keeping = false;
    if (r->is_finishing)
        recorder_advance(r);
}

/* recorder_keep() - session.json as it is now, unless the pool still writes an older one. */
void recorder_keep(struct recorder *r)
{
    if (r->is_keeping || session_text(&r->session, r->text_file, &r->text, NULL) < 0)
        return;
    r->is_dirty = false;
    r->keep.data = r;
    r->is_keeping = uv_queue_work(r->loop, &r->keep, keep_text, keep_done) == 0;
}

static int digest_file(const char *path, char hex[65])
{
    uint8_t *chunk = malloc(DIGEST_CHUNK_BYTES), sha256[DIGEST_BYTES];
    struct digest *digest = NULL;
    int64_t n = 0;
    int file = -1;
    int r = chunk ? os_file_open(&file, path, NULL) : ERR_MEMORY;

    if (r == 0)
        r = digest_new(&digest, NULL);
    while (r == 0 && (n = os_file_read(file, chunk, DIGEST_CHUNK_BYTES)) > 0)
        r = digest_update(digest, chunk, (size_t)n, NULL);
    if (r == 0 && n == 0)
        r = digest_finish(digest, sha256, NULL);
    for (size_t i = 0; r == 0 && n == 0 && i < DIGEST_BYTES; i++)
        snprintf(hex + 2 * i, 3, "%02x", sha256[i]);
    if (file >= 0)
        os_file_close(file);
    digest_free(digest);
    free(chunk);
    return r;
}

/* In the pool: the loop touches neither the list of files nor their digests meanwhile. */
static void digest_files(uv_work_t *work)
{
    struct recorder *r = work->data;
    char path[SESSION_PATH_BYTES];

    for (size_t i = 0; i < r->session.n_captures; i++) {
        struct session_capture *file = &r->session.captures[i];

        if (!file->is_removed && session_path(path, r->folder, file->name, NULL) == 0)
            digest_file(path, file->sha256);
    }
}

static void digest_done(uv_work_t *work, int status)
{
    struct recorder *r = work->data;

    (void)status;
    r->is_digesting = false;
    r->is_digested = true;
    recorder_advance(r);
}

void recorder_advance(struct recorder *r)
{
    recorder_done *done = r->done;
    void *context = r->context;
    bool is_complete;

    if (r->is_syncing || r->is_keeping || r->is_digesting)
        return;
    if (!r->is_digested) {
        r->digest.data = r;
        r->is_digesting = uv_queue_work(r->loop, &r->digest, digest_files, digest_done) == 0;
        r->is_digested = !r->is_digesting;
        if (r->is_digesting)
            return;
    }
    if (r->session.state != SESSION_COMPLETE) {
        r->session.state = SESSION_COMPLETE;
        session_unreserve(r->folder);
        recorder_keep(r);
        if (r->is_keeping)
            return;
    }
    is_complete = !*r->session.write_problem && !r->is_unkept;
    recorder_free(r);
    done(context, is_complete);
}
