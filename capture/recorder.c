#include "capture/recorder.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/clock.h"
#include "src/base/disk.h"
#include "src/base/memory_file.h"
#include "src/base/text.h"
#include "src/file/digest.h"
#include "src/file/os_file.h"
#include "src/file/pcapng_writer.h"

enum { DIGEST_CHUNK_BYTES = 256 * 1024 };

/* A power loss costs what came since: flushes come twice a second, so this is every other one. */
#define SYNC_NS INT64_C(750000000)

/* What is behind a source in this session. */
struct place {
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
    struct place *places; /* one for each source */
    char *folder;
    struct recorder_options options; /* its texts are the session's or not used later */
    struct session session;
    struct pcapng_writer *writer; /* NULL: between files, or storing ended */
    struct counters_writer *counters;
    struct counter_row *rows; /* room for a sample */
    unsigned file_number;
    int64_t file_monotonic_ns; /* when the file began */
    uint64_t older_bytes;      /* of the files before, those removed left out */
    struct error problem;      /* why storing ended */
    bool owes_problem;
    const char *reason; /* to end, once it is due */

    uv_work_t sync;
    int64_t synced_ns; /* when it was begun last */
    bool is_syncing;
    char sync_path[SESSION_PATH_BYTES];
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

static void recorder_free(struct recorder *r)
{
    pcapng_writer_free(r->writer);
    counters_writer_free(r->counters);
    session_release(&r->session);
    free(r->places);
    memory_file_free(r->text_file);
    free(r->rows);
    free(r->folder);
    free(r);
}

static struct session_capture *current_file(struct recorder *r)
{
    return &r->session.captures[r->session.n_captures - 1];
}

static bool is_ring(const struct recorder *r)
{
    return r->options.limits.ring_bytes || r->options.limits.ring_duration_ns;
}

/* since() - a cumulative count less what it was; unknown stays unknown. */
static uint64_t since(uint64_t now, uint64_t before)
{
    if (now == COUNTER_UNKNOWN)
        return COUNTER_UNKNOWN;
    return before == COUNTER_UNKNOWN || before > now ? now : now - before;
}

static uint64_t known(uint64_t count)
{
    return count == COUNTER_UNKNOWN ? 0 : count;
}

/* ---- storing ended ---- */

/* stop_storing() - after a failure: from now on packets are only counted. */
static void stop_storing(struct recorder *r, const struct error *why)
{
    if (*r->session.write_problem)
        return;
    r->problem = *why;
    r->owes_problem = true;
    if (r->writer && r->session.n_captures) {
        current_file(r)->bytes = pcapng_writer_bytes(r->writer);
        current_file(r)->packets = pcapng_writer_packets(r->writer);
    }
    session_set_text(&r->session.write_problem, why->text, NULL);
    r->session.write_problem_ns = clock_wall_ns();
    session_unreserve(r->folder);
    r->is_dirty = true;
}

/* ---- files ---- */

static uint64_t delivered(const struct place *place)
{
    return place->packets;
}

static struct capture_statistics statistics_of(const struct recorder *r, size_t i)
{
    const struct place *place = &r->places[i];
    const uint64_t *values = r->sources->values[i];
    uint64_t kernel = since(values[COUNTER_DROPPED_KERNEL], place->kernel_dropped);
    uint64_t ring = since(values[COUNTER_DROPPED_RING], place->ring_dropped);

    return (struct capture_statistics){
        .received_packets = CAPTURE_UNKNOWN, /* libpcap counts behind the filter only */
        .dropped_packets = since(values[COUNTER_DROPPED_NIC], place->nic_dropped),
        .filter_accepted_packets = delivered(place) + known(kernel) + known(ring),
        .os_dropped_packets = kernel,
        .delivered_packets = delivered(place),
    };
}

static int write_statistics(struct recorder *r, bool is_end, struct error *err)
{
    int64_t now_ns = clock_wall_ns();
    int code = 0;

    for (size_t i = 0; code == 0 && i < r->sources->n_rows; i++) {
        struct place *place = &r->places[i];
        struct capture_statistics statistics = statistics_of(r, i);

        if (!place->is_captured || (!is_end && statistics.filter_accepted_packets == place->told))
            continue;
        place->told = statistics.filter_accepted_packets;
        code = pcapng_writer_add_statistics(r->writer, place->pcapng_nic, &statistics, now_ns,
                                            r->session.start_ns, is_end ? now_ns : 0, err);
    }
    return code;
}

static int add_nic_block(struct recorder *r, size_t i, struct error *err)
{
    const struct nic *nic = r->sources->rows[i].nic;
    struct pcapng_nic_address addresses[NIC_ADDRESSES_MAX];
    struct pcapng_nic block = {
        .name = nic->name,
        .description = nic->description,
        .filter = tap_filter(r->sources->rows[i].tap),
        .addresses = addresses,
        .n_addresses = nic->n_addresses,
        .speed_bits_per_s =
            nic->speed_bits_per_s == NIC_UNKNOWN ? CAPTURE_UNKNOWN : nic->speed_bits_per_s,
        .snap_bytes = r->options.snap_bytes,
        .link_type = tap_link_type(r->sources->rows[i].tap),
        .has_mac = nic->has_mac,
    };

    memcpy(block.mac, nic->mac, sizeof(block.mac));
    for (size_t a = 0; a < nic->n_addresses; a++)
        addresses[a] =
            (struct pcapng_nic_address){ nic->addresses[a].addr, nic->addresses[a].family_bits };
    return pcapng_writer_add_nic(r->writer, &block, &r->places[i].pcapng_nic, err);
}

static int begin_file(struct recorder *r, struct error *err)
{
    struct pcapng_section section = { .os = r->options.os, .application = r->options.version };
    char name[64];
    int code;

    session_capture_name(name, sizeof(name), is_ring(r) ? ++r->file_number : 0);
    code = session_path(r->sync_path, r->folder, name, err);
    if (code == 0)
        code = session_add_capture(&r->session, name, err);
    if (code >= 0)
        code = pcapng_writer_new(&r->writer, r->sync_path, &section, err);
    for (size_t i = 0; code >= 0 && i < r->sources->n_rows; i++)
        if (r->places[i].is_captured)
            code = add_nic_block(r, i, err);
    if (code >= 0)
        code = pcapng_writer_flush(r->writer, err);
    r->file_monotonic_ns = clock_monotonic_ns();
    return code < 0 ? code : 0;
}

static int end_file(struct recorder *r, struct error *err)
{
    struct session_capture *file = current_file(r);
    int code = write_statistics(r, true, err);
    int close_code;

    file->packets = pcapng_writer_packets(r->writer);
    file->bytes = pcapng_writer_bytes(r->writer);
    r->older_bytes += file->bytes;
    close_code = pcapng_writer_close(r->writer, code < 0 ? NULL : err);
    r->writer = pcapng_writer_free(r->writer);
    return code < 0 ? code : close_code;
}

static void remove_oldest_file(struct recorder *r)
{
    char path[SESSION_PATH_BYTES];
    unsigned n_kept = 0;

    for (size_t i = 0; i < r->session.n_captures; i++)
        n_kept += !r->session.captures[i].is_removed;
    for (size_t i = 0; n_kept > r->options.limits.ring_files && i < r->session.n_captures; i++) {
        struct session_capture *file = &r->session.captures[i];

        if (file->is_removed || session_path(path, r->folder, file->name, NULL) < 0)
            continue;
        disk_remove(path);
        file->is_removed = true;
        r->older_bytes -= file->bytes;
        n_kept--;
    }
}

static void next_file(struct recorder *r)
{
    struct error why;
    int code = end_file(r, &why);

    if (code == 0)
        code = begin_file(r, &why);
    if (code < 0) {
        r->writer = pcapng_writer_free(r->writer);
        stop_storing(r, &why);
        return;
    }
    if (r->options.limits.ring_files)
        remove_oldest_file(r);
    r->is_dirty = true;
}

/* ---- the beginning ---- */

static int add_session_nic(struct recorder *r, size_t i, struct error *err)
{
    const struct source *source = &r->sources->rows[i];
    const struct nic *nic = source->nic;
    struct session_nic *row;
    int n = session_add_nic(&r->session, nic->name, err), code = 0;

    if (n < 0)
        return n;
    row = &r->session.nics[n];
    row->is_captured = source->tap;
    row->has_mac = nic->has_mac;
    memcpy(row->mac, nic->mac, sizeof(row->mac));
    row->mtu_bytes = nic->mtu;
    row->speed_bits_per_s = nic->speed_bits_per_s;
    if (source->tap) {
        row->link_type = tap_link_type(source->tap);
        row->snap_bytes = r->options.snap_bytes;
        code = session_set_text(&row->filter, tap_filter(source->tap), err);
    }
    if (code == 0)
        code = session_set_text(&row->description, nic->description, err);
    if (code == 0)
        code = session_set_text(&row->network, source->network, err);
    if (code == 0)
        code = session_set_text(&row->problem, source->problem, err);
    for (size_t a = 0; code == 0 && a < nic->n_addresses; a++)
        code = session_add_address(&r->session, n, &nic->addresses[a].addr,
                                   nic->addresses[a].family_bits, err);
    r->places[i] =
        (struct place){ .session_nic = n,
                        .is_captured = source->tap != NULL,
                        .kernel_dropped = r->options.first_values[i][COUNTER_DROPPED_KERNEL],
                        .nic_dropped = r->options.first_values[i][COUNTER_DROPPED_NIC],
                        .ring_dropped = r->options.first_values[i][COUNTER_DROPPED_RING] };
    return code;
}

static int describe(struct recorder *r, struct error *err)
{
    struct session *s = &r->session;
    int code = session_set_text(&s->host, r->options.host, err);

    if (code == 0)
        code = session_set_text(&s->os, r->options.os, err);
    if (code == 0)
        code = session_set_text(&s->program, r->options.version, err);
    if (code == 0)
        code = session_set_text(&s->libraries, device_library(), err);
    for (size_t i = 0; code >= 0 && i < r->options.n_networks; i++)
        code = session_add_network(s, r->options.networks[i], err);
    if (code >= 0)
        code = session_set_text(&s->expect, r->options.expect, err);
    s->start_ns = r->options.start_ns;
    s->start_monotonic_ns = clock_monotonic_ns() - (clock_wall_ns() - r->options.start_ns);
    s->interval_ns = r->options.interval_ns;
    s->lm_port = r->options.ports.lm;
    s->smb_port = r->options.ports.smb;
    for (size_t i = 0; code == 0 && i < r->sources->n_rows; i++)
        code = add_session_nic(r, i, err);
    return code;
}

static int make_files(struct recorder *r, struct error *err)
{
    int code = session_reserve(r->folder, err);

    if (code == 0 && r->options.snapshot)
        code = session_keep_snapshot(r->folder, r->options.snapshot, err);
    if (code == 0)
        code = counters_writer_new(&r->counters, r->folder, err);
    if (code == 0)
        code = session_path(r->counters_path, r->folder, COUNTERS_FILE, err);
    if (code == 0)
        code = begin_file(r, err);
    if (code == 0)
        code = session_write(&r->session, r->folder, err);
    return code;
}

int recorder_new(struct recorder **ret_recorder, uv_loop_t *loop,
                 const struct recorder_options *options, const struct sources *sources,
                 struct error *err)
{
    struct recorder *r = calloc(1, sizeof(*r));
    int code = 0;

    if (!r)
        return error_memory(err);
    session_init(&r->session);
    r->loop = loop;
    r->sources = sources;
    r->options = *options;
    r->folder = text_copy(options->folder);
    r->places = calloc(sources->n_rows + 1, sizeof(*r->places));
    r->rows = calloc(sources->n_rows + 1, sizeof(*r->rows));
    if (!r->folder || !r->places || !r->rows)
        code = error_memory(err);
    if (code == 0)
        code = memory_file_new(&r->text_file, err);
    if (code == 0)
        code = describe(r, err);
    if (code == 0)
        code = session_folder_create(r->folder, err);
    if (code == 0)
        code = make_files(r, err);
    if (code < 0) {
        recorder_free(r);
        return code;
    }
    r->options.first_values = NULL; /* they were borrowed */
    *ret_recorder = r;
    return 0;
}

/* ---- what is recorded ---- */

static void check_size(struct recorder *r)
{
    const struct recorder_limits *limits = &r->options.limits;
    uint64_t bytes = pcapng_writer_bytes(r->writer);

    if (limits->stop_bytes && r->older_bytes + bytes >= limits->stop_bytes)
        r->reason = "filesize";
    else if (limits->ring_bytes && bytes >= limits->ring_bytes)
        next_file(r);
}

void recorder_packet(struct recorder *r, size_t source, const struct tap_packet *packet)
{
    struct place *place = &r->places[source];
    struct pcapng_packet stored = {
        .time_ns = packet->time_ns,
        .bytes = packet->bytes,
        .captured_bytes = packet->captured_bytes,
        .wire_bytes = packet->wire_bytes,
        .nic = place->pcapng_nic,
    };
    struct error why;

    place->packets++;
    place->wire_bytes += packet->wire_bytes;
    if (!r->writer || r->reason) {
        place->unstored++;
        return;
    }
    if (pcapng_writer_add_packet(r->writer, &stored, &why) < 0) {
        place->unstored++;
        stop_storing(r, &why);
        return;
    }
    place->stored++;
    check_size(r);
}

/* row_of() - a source's values as the session counts them: from its own beginning. */
static struct counter_row row_of(const struct recorder *r, size_t i, const uint64_t now[N_COUNTERS])
{
    const struct place *place = &r->places[i];
    struct counter_row row;
    uint64_t *values = row.values;

    counter_row_init(&row, (uint32_t)place->session_nic);
    memcpy(values, now, sizeof(row.values));
    if (!place->is_captured)
        return row;
    values[COUNTER_DROPPED_KERNEL] = since(values[COUNTER_DROPPED_KERNEL], place->kernel_dropped);
    values[COUNTER_DROPPED_RING] = since(values[COUNTER_DROPPED_RING], place->ring_dropped);
    values[COUNTER_DROPPED_NIC] = since(values[COUNTER_DROPPED_NIC], place->nic_dropped);
    values[COUNTER_CAPTURE_RECEIVED] = place->packets + known(values[COUNTER_DROPPED_KERNEL]) +
                                       known(values[COUNTER_DROPPED_RING]);
    values[COUNTER_CAPTURE_BYTES] = place->wire_bytes;
    values[COUNTER_CAPTURE_STORED] = place->stored;
    return row;
}

void recorder_sample(struct recorder *r, int64_t time_ns, int64_t monotonic_ns,
                     const uint64_t (*values)[N_COUNTERS], const struct counter_other *others,
                     size_t n_others)
{
    struct counter_sample sample = { .time_ns = time_ns,
                                     .monotonic_ns = monotonic_ns,
                                     .rows = r->rows,
                                     .others = others,
                                     .n_others = n_others };
    struct error why;

    for (size_t i = 0; i < r->sources->n_rows; i++)
        if (counters_are_known(values[i]) || r->places[i].is_captured)
            r->rows[sample.n_rows++] = row_of(r, i, values[i]);
    if (counters_writer_add(r->counters, &sample, &why) < 0) {
        stop_storing(r, &why);
        counters_writer_add(r->counters, &sample, NULL);
    }
}

int recorder_mark(struct recorder *r, int64_t time_ns, const char *text, struct error *err)
{
    int code;

    if (r->session.n_marks >= RECORDER_MAX_MARKS)
        return error_set(err, ERR_LIMIT, "a session has no more than %d marks", RECORDER_MAX_MARKS);
    code = session_add_mark(&r->session, time_ns, text, err);
    if (code < 0)
        return code;
    if (r->writer)
        pcapng_writer_mark(r->writer, text);
    r->is_dirty = true;
    return 0;
}

/* mark_words() - what the capture says where a command begins. */
static void mark_words(struct recorder *r, char *const *words, size_t n_words)
{
    char *text = text_copy("command:");

    for (size_t i = 0; text && i < n_words; i++) {
        char *longer = text_format("%s %s", text, words[i]);

        free(text);
        text = longer;
    }
    if (text && r->writer)
        pcapng_writer_mark(r->writer, text);
    free(text);
}

int recorder_command(struct recorder *r, int64_t time_ns, char *const *words, size_t n_words,
                     struct error *err)
{
    int n;

    if (r->session.n_commands >= RECORDER_MAX_COMMANDS)
        return error_set(err, ERR_LIMIT, "a session has no more than %d commands",
                         RECORDER_MAX_COMMANDS);
    n = session_add_command(&r->session, words, n_words, err);
    if (n < 0)
        return n;
    r->session.commands[n].start_ns = time_ns;
    mark_words(r, words, n_words);
    r->is_dirty = true;
    return 0;
}

int recorder_command_end(struct recorder *r, int64_t time_ns, int64_t status, int64_t signal,
                         const char *problem, struct error *err)
{
    struct session_command *command;

    if (r->session.n_commands == 0 ||
        r->session.commands[r->session.n_commands - 1].end_ns != SESSION_NO_TIME)
        return error_set(err, ERR_USAGE, "no command has begun");
    command = &r->session.commands[r->session.n_commands - 1];
    command->end_ns = time_ns;
    command->status = status;
    command->signal = signal;
    if (problem && session_set_text(&command->problem, problem, err) < 0)
        return ERR_MEMORY;
    if (r->writer)
        pcapng_writer_mark(r->writer, "command ended");
    r->is_dirty = true;
    return 0;
}

void recorder_warn(struct recorder *r, const char *text)
{
    r->is_dirty |= session_add_warning(&r->session, text, NULL) >= 0;
}

void recorder_nic_problem(struct recorder *r, size_t source, const char *text)
{
    struct session_nic *nic = &r->session.nics[r->places[source].session_nic];

    r->is_dirty |= session_set_text(&nic->problem, text, NULL) == 0;
}

/* ---- once a second ---- */

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

static void advance(struct recorder *r);

static void sync_done(uv_work_t *work, int status)
{
    struct recorder *r = work->data;
    struct error why;

    (void)status;
    r->is_syncing = false;
    if (r->is_finishing) {
        advance(r);
    } else if (r->sync_result < 0 && r->writer) {
        error_system(&why, -r->sync_result, "'%s': can't be written", r->folder);
        stop_storing(r, &why);
    }
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
        advance(r);
}

/* keep_session() - session.json as it is now, unless the pool still writes an older one. */
static void keep_session(struct recorder *r)
{
    if (r->is_keeping || session_text(&r->session, r->text_file, &r->text, NULL) < 0)
        return;
    r->is_dirty = false;
    r->keep.data = r;
    r->is_keeping = uv_queue_work(r->loop, &r->keep, keep_text, keep_done) == 0;
}

static void check_time(struct recorder *r)
{
    const struct recorder_limits *limits = &r->options.limits;
    int64_t now_ns = clock_monotonic_ns();

    if (limits->duration_ns && now_ns - r->session.start_monotonic_ns >= limits->duration_ns)
        r->reason = "duration";
    else if (limits->ring_duration_ns && r->writer &&
             now_ns - r->file_monotonic_ns >= limits->ring_duration_ns)
        next_file(r);
}

const char *recorder_flush(struct recorder *r)
{
    struct error why;
    int code = 0;

    if (r->writer && !r->session.write_problem[0]) {
        code = write_statistics(r, false, &why);
        if (code == 0)
            code = pcapng_writer_flush(r->writer, &why);
        if (code < 0)
            stop_storing(r, &why);
    }
    check_time(r);
    if (r->is_dirty)
        keep_session(r);
    if (!r->is_syncing && clock_monotonic_ns() - r->synced_ns >= SYNC_NS) {
        r->synced_ns = clock_monotonic_ns();
        r->sync.data = r;
        r->is_syncing = uv_queue_work(r->loop, &r->sync, sync_files, sync_done) == 0;
    }
    return r->reason;
}

const char *recorder_problem(struct recorder *r)
{
    if (!r->owes_problem)
        return NULL;
    r->owes_problem = false;
    return r->problem.text;
}

/* ---- the end ---- */

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
    advance(r);
}

/* advance() - the end, a step whenever the pool has nothing more of ours: digests, then
 * session.json, then done. */
static void advance(struct recorder *r)
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
        keep_session(r);
        if (r->is_keeping)
            return;
    }
    is_complete = !*r->session.write_problem && !r->is_unkept;
    recorder_free(r);
    done(context, is_complete);
}

static void total_nics(struct recorder *r)
{
    for (size_t i = 0; i < r->sources->n_rows; i++) {
        const struct place *place = &r->places[i];
        struct session_nic *nic = &r->session.nics[place->session_nic];
        struct counter_row row = row_of(r, i, r->sources->values[i]);

        if (!place->is_captured)
            continue;
        nic->received_packets = row.values[COUNTER_CAPTURE_RECEIVED];
        nic->stored_packets = place->stored;
        nic->dropped_kernel = row.values[COUNTER_DROPPED_KERNEL];
        nic->dropped_nic = row.values[COUNTER_DROPPED_NIC];
        nic->dropped_ring = row.values[COUNTER_DROPPED_RING];
        nic->unstored_packets = place->unstored;
    }
}

void recorder_finish(struct recorder *r, const char *reason, recorder_done *done, void *context)
{
    struct error why;

    r->done = done;
    r->context = context;
    r->is_finishing = true;
    r->session.end_ns = clock_wall_ns();
    r->session.end_monotonic_ns = clock_monotonic_ns();
    session_set_text(&r->session.stop_reason, reason, NULL);
    if (r->writer && end_file(r, &why) < 0)
        stop_storing(r, &why);
    r->counters = counters_writer_free(r->counters);
    total_nics(r);
    advance(r);
}

const char *recorder_folder(const struct recorder *r)
{
    return r->folder;
}

int64_t recorder_start_ns(const struct recorder *r)
{
    return r->session.start_ns;
}

uint64_t recorder_file_bytes(const struct recorder *r)
{
    return r->older_bytes + (r->writer ? pcapng_writer_bytes(r->writer) : 0);
}

uint64_t recorder_packets(const struct recorder *r)
{
    uint64_t n = 0;

    for (size_t i = 0; i < r->sources->n_rows; i++)
        n += r->places[i].stored;
    return n;
}

const struct session *recorder_session(const struct recorder *r)
{
    return &r->session;
}
