#include "capture/recorder.h"

#include <stdlib.h>
#include <string.h>

#include "capture/clock.h"
#include "capture/recorder_state.h"
#include "src/base/text.h"

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
    r->places[i] = (struct recorded_source){
        .session_nic = n,
        .is_captured = source->tap != NULL,
        .kernel_dropped = r->options.first_values[i][COUNTER_DROPPED_KERNEL],
        .nic_dropped = r->options.first_values[i][COUNTER_DROPPED_NIC],
        .ring_dropped = r->options.first_values[i][COUNTER_DROPPED_RING]
    };
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
        code = recorder_begin_file(r, err);
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

void recorder_packet(struct recorder *r, size_t source, const struct tap_packet *packet)
{
    struct recorded_source *place = &r->places[source];
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
        recorder_stop_storing(r, &why);
        return;
    }
    place->stored++;
    recorder_check_size(r);
}

/* row_of() - a source's values as the session counts them: from its own beginning. */
static struct counter_row row_of(const struct recorder *r, size_t i, const uint64_t now[N_COUNTERS])
{
    const struct recorded_source *place = &r->places[i];
    struct counter_row row;
    uint64_t *values = row.values;

    counter_row_init(&row, (uint32_t)place->session_nic);
    memcpy(values, now, sizeof(row.values));
    if (!place->is_captured)
        return row;
    values[COUNTER_DROPPED_KERNEL] =
        recorder_since(values[COUNTER_DROPPED_KERNEL], place->kernel_dropped);
    values[COUNTER_DROPPED_RING] =
        recorder_since(values[COUNTER_DROPPED_RING], place->ring_dropped);
    values[COUNTER_DROPPED_NIC] = recorder_since(values[COUNTER_DROPPED_NIC], place->nic_dropped);
    values[COUNTER_CAPTURE_RECEIVED] = place->packets +
                                       recorder_known(values[COUNTER_DROPPED_KERNEL]) +
                                       recorder_known(values[COUNTER_DROPPED_RING]);
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
        recorder_stop_storing(r, &why);
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
    AUTO_MEMORY char *text = text_copy("command:");

    for (size_t i = 0; i < n_words; i++)
        text_append(&text, " %s", words[i]);
    if (text && r->writer)
        pcapng_writer_mark(r->writer, text);
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

/* ---- twice a second ---- */

const char *recorder_flush(struct recorder *r)
{
    struct error why;
    int code = 0;

    if (r->writer && !r->session.write_problem[0]) {
        code = recorder_write_statistics(r, false, &why);
        if (code == 0)
            code = pcapng_writer_flush(r->writer, &why);
        if (code < 0)
            recorder_stop_storing(r, &why);
    }
    recorder_check_time(r);
    if (r->is_dirty)
        recorder_keep(r);
    recorder_sync(r);
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

static void total_nics(struct recorder *r)
{
    for (size_t i = 0; i < r->sources->n_rows; i++) {
        const struct recorded_source *place = &r->places[i];
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
    if (r->writer && recorder_end_file(r, &why) < 0)
        recorder_stop_storing(r, &why);
    r->counters = counters_writer_free(r->counters);
    total_nics(r);
    recorder_advance(r);
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
