#include "capture/library.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "src/base/disk.h"
#include "src/base/text.h"
#include "src/model/session.h"

enum { NAMES_TRIED = 100, HOST_BYTES = 256 };

struct library {
    char *folder;
    uint64_t keep_bytes;
    struct event_session rows[LIBRARY_MAX_SESSIONS];
    size_t n_rows;
};

/* ---- folders ---- */

/* for_each() - the entries of a folder; false when it can't be read. */
static bool for_each(const char *folder, uv_dirent_type_t type, void (*take)(void *, const char *),
                     void *context)
{
    uv_dirent_t entry;
    char *path;
    uv_fs_t scan;
    bool is_read = uv_fs_scandir(NULL, &scan, folder, 0, NULL) >= 0;

    while (is_read && uv_fs_scandir_next(&scan, &entry) != UV_EOF) {
        if (entry.type != type && entry.type != UV_DIRENT_UNKNOWN)
            continue;
        path = text_format("%s/%s", folder, entry.name);
        if (path)
            take(context, path);
        free(path);
    }
    uv_fs_req_cleanup(&scan);
    return is_read;
}

static void add_bytes(void *context, const char *path)
{
    uv_fs_t stat;

    if (uv_fs_stat(NULL, &stat, path, NULL) == 0)
        *(uint64_t *)context += stat.statbuf.st_size;
    uv_fs_req_cleanup(&stat);
}

static void remove_file(void *context, const char *path)
{
    (void)context;
    disk_remove(path);
}

/* Its files and nothing below: a session has no folders. */
static bool remove_session(const char *path)
{
    uv_fs_t rmdir;
    int r;

    for_each(path, UV_DIRENT_FILE, remove_file, NULL);
    r = uv_fs_rmdir(NULL, &rmdir, path, NULL);
    uv_fs_req_cleanup(&rmdir);
    return r == 0;
}

/* ---- rows ---- */

static int by_start(const void *a, const void *b)
{
    const struct event_session *left = a, *right = b;
    int order = (left->start_ns > right->start_ns) - (left->start_ns < right->start_ns);

    return order ? order : strcmp(left->path, right->path);
}

static void release_row(struct event_session *row)
{
    free((char *)row->path);
}

static void describe(struct event_session *row)
{
    struct session session;

    row->state = "incomplete";
    row->start_ns = row->end_ns = EVENT_NO_TIME;
    row->bytes = 0;
    for_each(row->path, UV_DIRENT_FILE, add_bytes, &row->bytes);
    session_init(&session);
    if (session_read(&session, row->path, NULL) == 0) {
        row->start_ns = session.start_ns;
        if (session.state == SESSION_COMPLETE) {
            row->end_ns = session.end_ns;
            row->state = *session.write_problem ? "incomplete" : "complete";
        }
    }
    session_release(&session);
}

void library_add(struct library *l, const char *path)
{
    size_t i = 0;

    while (i < l->n_rows && strcmp(l->rows[i].path, path) != 0)
        i++;
    if (i == l->n_rows) {
        char *copy = i < LIBRARY_MAX_SESSIONS ? text_copy(path) : NULL;

        if (!copy)
            return;
        l->rows[l->n_rows++] = (struct event_session){ .path = copy };
    }
    describe(&l->rows[i]);
    qsort(l->rows, l->n_rows, sizeof(l->rows[0]), by_start);
}

static void add_if_session(void *context, const char *path)
{
    if (session_is_folder(path))
        library_add(context, path);
}

int library_new(struct library **ret_library, const char *folder, uint64_t keep_bytes,
                struct error *err)
{
    struct library *l = calloc(1, sizeof(*l));
    int r;

    if (!l)
        return error_memory(err);
    l->folder = text_copy(folder);
    l->keep_bytes = keep_bytes;
    if (!l->folder) {
        library_free(l);
        return error_memory(err);
    }
    r = disk_has(folder) ? 0 : disk_make_folder(folder);
    if (r < 0)
        r = error_system(err, -r, "'%s': can't be made", folder);
    else if (!for_each(folder, UV_DIRENT_DIR, add_if_session, l))
        r = error_set(err, ERR_SYSTEM, "'%s': can't be read as a folder", folder);
    if (r < 0) {
        library_free(l);
        return r;
    }
    *ret_library = l;
    return 0;
}

struct library *library_free(struct library *l)
{
    if (!l)
        return NULL;
    for (size_t i = 0; i < l->n_rows; i++)
        release_row(&l->rows[i]);
    free(l->folder);
    free(l);
    return NULL;
}

char *library_name(const struct library *l, const char *host, int64_t time_ns, const char *suffix)
{
    char name[HOST_BYTES + 64], *path = NULL;

    session_folder_name(name, sizeof(name), host, time_ns);
    for (int i = 1; i <= NAMES_TRIED; i++) {
        char number[16] = "";

        if (i > 1)
            snprintf(number, sizeof(number), "-%d", i);
        free(path);
        path = text_format("%s/%s%s%s%s", l->folder, name, suffix ? "-" : "", suffix ? suffix : "",
                           number);
        if (!path || !disk_has(path))
            break;
    }
    return path;
}

size_t library_prune(struct library *l, const char *open)
{
    uint64_t bytes = 0;
    size_t n_removed = 0, n_kept = 0;

    for (size_t i = 0; i < l->n_rows; i++)
        bytes += l->rows[i].bytes;
    for (size_t i = 0; i < l->n_rows; i++) {
        bool is_open = open && strcmp(l->rows[i].path, open) == 0;

        if (bytes > l->keep_bytes && !is_open && remove_session(l->rows[i].path)) {
            bytes -= l->rows[i].bytes;
            release_row(&l->rows[i]);
            n_removed++;
        } else {
            l->rows[n_kept++] = l->rows[i];
        }
    }
    l->n_rows = n_kept;
    return n_removed;
}

size_t library_rows(struct library *l, const char *open, const struct event_session **ret_rows)
{
    for (size_t i = 0; open && i < l->n_rows; i++)
        if (strcmp(l->rows[i].path, open) == 0)
            l->rows[i].state = "recording";
    *ret_rows = l->rows;
    return l->n_rows;
}
