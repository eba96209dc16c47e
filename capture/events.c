#include "capture/events.h"

#include <stdio.h>
#include <stdlib.h>

#include "src/base/json_writer.h"
#include "src/base/memory_file.h"

struct events {
    struct memory_file *file;
    struct json_writer writer;
};

int events_new(struct events **ret_events, struct error *err)
{
    struct events *e = calloc(1, sizeof(*e));
    int r;

    if (!e)
        return error_memory(err);
    r = memory_file_new(&e->file, err);
    if (r < 0) {
        free(e);
        return r;
    }
    *ret_events = e;
    return 0;
}

struct events *events_free(struct events *e)
{
    if (!e)
        return NULL;
    memory_file_free(e->file);
    free(e);
    return NULL;
}

/* ---- lines ---- */

/* Where there is no memory lines are written to nowhere, and end_line() says NULL. */
static struct json_writer *begin_line(struct events *e)
{
    FILE *out = memory_file_begin(e->file);

    if (!out)
        return NULL;
    json_writer_init(&e->writer, out);
    json_flat_begin(&e->writer);
    json_object_begin(&e->writer, NULL);
    return &e->writer;
}

static const char *end_line(struct events *e)
{
    size_t n;

    json_object_end(&e->writer);
    return memory_file_end(e->file, &n);
}

static struct json_writer *begin_event(struct events *e, const char *event, int64_t time_ns)
{
    struct json_writer *w = begin_line(e);

    if (!w)
        return NULL;
    json_put_string(w, "event", event);
    json_put_time(w, "time", time_ns);
    return w;
}

static struct json_writer *begin_reply(struct events *e, uint64_t id, bool is_ok)
{
    struct json_writer *w = begin_line(e);

    if (!w)
        return NULL;
    json_put_u64(w, "id", id);
    json_put_bool(w, "ok", is_ok);
    return w;
}

/* ---- parts ---- */

static void put_count(struct json_writer *w, const char *key, uint64_t count)
{
    if (count == COUNTER_UNKNOWN)
        json_put_null(w, key);
    else
        json_put_u64(w, key, count);
}

static void put_text(struct json_writer *w, const char *key, const char *text)
{
    json_put_string(w, key, text && *text ? text : NULL);
}

static void put_mac(struct json_writer *w, const struct nic *nic)
{
    char text[18];

    snprintf(text, sizeof(text), "%02x:%02x:%02x:%02x:%02x:%02x", nic->mac[0], nic->mac[1],
             nic->mac[2], nic->mac[3], nic->mac[4], nic->mac[5]);
    put_text(w, "mac", nic->has_mac ? text : NULL);
}

static void put_addresses(struct json_writer *w, const struct nic *nic)
{
    char addr[ADDR_TEXT_BYTES], text[ADDR_TEXT_BYTES + 8];

    json_array_begin(w, "addresses");
    for (size_t i = 0; i < nic->n_addresses; i++) {
        snprintf(text, sizeof(text), "%s/%u", addr_text(addr, &nic->addresses[i].addr),
                 nic->addresses[i].family_bits);
        json_put_string(w, NULL, text);
    }
    json_array_end(w);
}

/* put_nic() - what a NIC is. */
static void put_nic(struct json_writer *w, const struct sources *sources, size_t i)
{
    const struct source *source = &sources->rows[i];
    const struct nic *nic = source->nic;

    json_object_begin(w, NULL);
    json_put_string(w, "name", nic->name);
    json_put_string(w, "description", nic->description);
    json_put_u64(w, "index", nic->index);
    put_mac(w, nic);
    put_addresses(w, nic);
    put_count(w, "mtu", nic->mtu);
    put_count(w, "speed_bits_per_second", nic->speed_bits_per_s);
    if (source->tap)
        json_put_u64(w, "link_type", tap_link_type(source->tap));
    else
        json_put_null(w, "link_type");
    json_put_bool(w, "is_up", nic->is_up);
    put_text(w, "network", source->network);
    json_put_bool(w, "is_chosen", source->is_chosen);
    put_text(w, "problem", source->problem);
    json_object_end(w);
}

static void put_counters(struct json_writer *w, const uint64_t values[N_COUNTERS])
{
    if (!counters_are_known(values)) {
        json_put_null(w, "counters");
        return;
    }
    json_object_begin(w, "counters");
    for (int c = COUNTER_RX_BYTES; c <= COUNTER_RDMA_TX_BYTES; c++)
        put_count(w, counter_name((enum counter)c), values[c]);
    json_object_end(w);
}

/* put_numbers() - what was counted at a NIC. */
static void put_numbers(struct json_writer *w, const struct sources *sources, size_t i)
{
    const uint64_t *values = sources->values[i];

    json_object_begin(w, NULL);
    json_put_string(w, "name", sources->rows[i].nic->name);
    put_count(w, "packets", values[COUNTER_CAPTURE_RECEIVED]);
    put_count(w, "wire_bytes", values[COUNTER_CAPTURE_BYTES]);
    put_count(w, "kernel_dropped", values[COUNTER_DROPPED_KERNEL]);
    put_count(w, "ring_dropped", values[COUNTER_DROPPED_RING]);
    put_count(w, "interface_dropped", values[COUNTER_DROPPED_NIC]);
    put_counters(w, values);
    json_object_end(w);
}

static void put_list(struct json_writer *w, const struct sources *sources, bool captured_only,
                     void (*put)(struct json_writer *, const struct sources *, size_t))
{
    json_array_begin(w, "nics");
    for (size_t i = 0; i < sources->n_rows; i++)
        if (!captured_only || sources->rows[i].tap)
            put(w, sources, i);
    json_array_end(w);
}

static void put_facts(struct json_writer *w, const struct event_facts *facts)
{
    json_put_string(w, "version", facts->version);
    json_put_string(w, "host", facts->host);
}

static void put_settings(struct json_writer *w, const struct event_facts *facts)
{
    json_put_u64(w, "interval_ms", facts->interval_ms);
    json_put_u64(w, "snap_bytes", facts->snap_bytes);
    put_text(w, "filter", facts->filter);
}

/* ---- events ---- */

const char *event_interfaces(struct events *e, int64_t time_ns, const struct sources *sources)
{
    struct json_writer *w = begin_event(e, "interfaces", time_ns);

    if (!w)
        return NULL;
    put_list(w, sources, false, put_nic);
    return end_line(e);
}

const char *event_start(struct events *e, int64_t time_ns, const struct event_facts *facts,
                        const char *session, const struct sources *sources)
{
    struct json_writer *w = begin_event(e, "start", time_ns);

    if (!w)
        return NULL;
    put_facts(w, facts);
    json_put_string(w, "session", session);
    put_settings(w, facts);
    put_list(w, sources, true, put_nic);
    return end_line(e);
}

const char *event_interval(struct events *e, int64_t time_ns, int64_t monotonic_ns,
                           const struct event_status *status, const struct sources *sources)
{
    struct json_writer *w = begin_event(e, "interval", time_ns);

    if (!w)
        return NULL;
    json_put_i64(w, "monotonic_ns", monotonic_ns);
    json_put_string(w, "session", status->session);
    json_put_u64(w, "file_bytes", status->file_bytes);
    put_list(w, sources, false, put_numbers);
    return end_line(e);
}

const char *event_mark(struct events *e, int64_t time_ns, const char *text)
{
    struct json_writer *w = begin_event(e, "mark", time_ns);

    if (!w)
        return NULL;
    json_put_string(w, "text", text);
    return end_line(e);
}

const char *event_command(struct events *e, int64_t time_ns, char *const *words, size_t n_words)
{
    struct json_writer *w = begin_event(e, "command", time_ns);

    if (!w)
        return NULL;
    json_array_begin(w, "argv");
    for (size_t i = 0; i < n_words; i++)
        json_put_string(w, NULL, words[i]);
    json_array_end(w);
    return end_line(e);
}

static void put_number(struct json_writer *w, const char *key, int64_t number)
{
    if (number == SESSION_NO_STATUS)
        json_put_null(w, key);
    else
        json_put_i64(w, key, number);
}

const char *event_command_end(struct events *e, int64_t time_ns, int64_t status, int64_t signal,
                              const char *problem)
{
    struct json_writer *w = begin_event(e, "command_end", time_ns);

    if (!w)
        return NULL;
    put_number(w, "status", status);
    put_number(w, "signal", signal);
    put_text(w, "error", problem);
    return end_line(e);
}

const char *event_warning(struct events *e, int64_t time_ns, const char *text, const char *nic)
{
    struct json_writer *w = begin_event(e, "warning", time_ns);

    if (!w)
        return NULL;
    json_put_string(w, "text", text);
    json_put_string(w, "nic", nic);
    return end_line(e);
}

const char *event_end(struct events *e, int64_t time_ns, const char *session, const char *reason,
                      bool is_complete, uint64_t packets, uint64_t file_bytes)
{
    struct json_writer *w = begin_event(e, "end", time_ns);

    if (!w)
        return NULL;
    json_put_string(w, "session", session);
    json_put_string(w, "reason", reason);
    json_put_bool(w, "complete", is_complete);
    json_put_u64(w, "packets", packets);
    json_put_u64(w, "file_bytes", file_bytes);
    return end_line(e);
}

/* ---- replies ---- */

const char *reply_ok(struct events *e, uint64_t id)
{
    return begin_reply(e, id, true) ? end_line(e) : NULL;
}

const char *reply_error(struct events *e, uint64_t id, const char *why)
{
    struct json_writer *w = begin_reply(e, id, false);

    if (!w)
        return NULL;
    json_put_string(w, "error", why);
    return end_line(e);
}

const char *reply_time(struct events *e, uint64_t id, int64_t time_ns)
{
    struct json_writer *w = begin_reply(e, id, true);

    if (!w)
        return NULL;
    json_put_time(w, "time", time_ns);
    return end_line(e);
}

const char *reply_session(struct events *e, uint64_t id, const char *session)
{
    struct json_writer *w = begin_reply(e, id, true);

    if (!w)
        return NULL;
    json_put_string(w, "session", session);
    return end_line(e);
}

const char *reply_stop(struct events *e, uint64_t id, const char *session, bool is_complete)
{
    struct json_writer *w = begin_reply(e, id, true);

    if (!w)
        return NULL;
    json_put_string(w, "session", session);
    json_put_bool(w, "complete", is_complete);
    return end_line(e);
}

static void put_time(struct json_writer *w, const char *key, int64_t time_ns)
{
    if (time_ns == EVENT_NO_TIME)
        json_put_null(w, key);
    else
        json_put_time(w, key, time_ns);
}

const char *reply_sessions(struct events *e, uint64_t id, const struct event_session *rows,
                           size_t n_rows)
{
    struct json_writer *w = begin_reply(e, id, true);

    if (!w)
        return NULL;
    json_array_begin(w, "sessions");
    for (size_t i = 0; i < n_rows; i++) {
        json_object_begin(w, NULL);
        json_put_string(w, "path", rows[i].path);
        put_time(w, "start", rows[i].start_ns);
        put_time(w, "end", rows[i].end_ns);
        json_put_u64(w, "bytes", rows[i].bytes);
        json_put_string(w, "state", rows[i].state);
        json_object_end(w);
    }
    json_array_end(w);
    return end_line(e);
}

const char *reply_status(struct events *e, uint64_t id, int64_t time_ns,
                         const struct event_facts *facts, const struct event_status *status,
                         const struct sources *sources)
{
    struct json_writer *w = begin_reply(e, id, true);

    if (!w)
        return NULL;
    put_facts(w, facts);
    json_put_i64(w, "pid", facts->pid);
    json_put_time(w, "time", time_ns);
    json_put_string(w, "mode", facts->mode);
    json_put_string(w, "state", status->session ? "recording" : "watching");
    json_put_string(w, "session", status->session);
    json_put_time(w, "since", status->since_ns);
    put_settings(w, facts);
    put_list(w, sources, false, put_numbers);
    json_put_u64(w, "file_bytes", status->file_bytes);
    json_put_u64(w, "clients", status->n_clients);
    return end_line(e);
}
