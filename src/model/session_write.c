/* session.json as it is written. */
#include <stdio.h>
#include <string.h>

#include "src/base/auto.h"
#include "src/base/disk.h"
#include "src/model/session_write.h"

static void put_text(struct json_writer *w, const char *key, const char *text)
{
    json_put_string(w, key, *text ? text : NULL);
}

static void put_count(struct json_writer *w, const char *key, uint64_t count)
{
    if (count == SESSION_UNKNOWN)
        json_put_null(w, key);
    else
        json_put_u64(w, key, count);
}

void session_put_time(struct json_writer *w, const char *key, int64_t time_ns)
{
    if (time_ns == SESSION_NO_TIME)
        json_put_null(w, key);
    else
        json_put_time(w, key, time_ns);
}

static void put_status(struct json_writer *w, const char *key, int64_t status)
{
    if (status == SESSION_NO_STATUS)
        json_put_null(w, key);
    else
        json_put_i64(w, key, status);
}

static void put_mac(struct json_writer *w, const struct session_nic *n)
{
    char text[18];

    snprintf(text, sizeof(text), "%02x:%02x:%02x:%02x:%02x:%02x", n->mac[0], n->mac[1], n->mac[2],
             n->mac[3], n->mac[4], n->mac[5]);
    json_put_string(w, "mac", n->has_mac ? text : NULL);
}

static void put_addresses(struct json_writer *w, const struct session_nic *n)
{
    json_flat_begin(w);
    json_array_begin(w, "addresses");
    for (size_t i = 0; i < n->n_addresses; i++) {
        char address[ADDR_TEXT_BYTES], text[ADDR_TEXT_BYTES + 16];

        snprintf(text, sizeof(text), "%s/%u", addr_text(address, &n->addresses[i].addr),
                 n->addresses[i].family_bits);
        json_put_string(w, NULL, text);
    }
    json_array_end(w);
}

static void put_nic(struct json_writer *w, const struct session_nic *n)
{
    json_object_begin(w, NULL);
    json_put_string(w, "name", n->name);
    put_text(w, "description", n->description);
    put_text(w, "network", n->network);
    put_mac(w, n);
    put_addresses(w, n);
    put_count(w, "speed_bits_per_second", n->speed_bits_per_s);
    put_count(w, "mtu_bytes", n->mtu_bytes);
    json_put_bool(w, "captured", n->is_captured);
    put_text(w, "problem", n->problem);
    put_text(w, "filter", n->filter);
    json_put_u64(w, "link_type", n->link_type);
    put_count(w, "snap_bytes", n->snap_bytes);
    put_count(w, "received_packets", n->received_packets);
    put_count(w, "stored_packets", n->stored_packets);
    put_count(w, "unstored_packets", n->unstored_packets);
    put_count(w, "dropped_kernel", n->dropped_kernel);
    put_count(w, "dropped_interface", n->dropped_nic);
    put_count(w, "dropped_ring", n->dropped_ring);
    json_object_end(w);
}

static void put_command(struct json_writer *w, const struct session_command *c)
{
    json_object_begin(w, NULL);
    json_flat_begin(w);
    json_array_begin(w, "words");
    for (size_t i = 0; i < c->n_words; i++)
        json_put_string(w, NULL, c->words[i]);
    json_array_end(w);
    session_put_time(w, "start", c->start_ns);
    session_put_time(w, "end", c->end_ns);
    put_status(w, "status", c->status);
    put_status(w, "signal", c->signal);
    put_text(w, "problem", c->problem);
    json_object_end(w);
}

void session_put_commands(struct json_writer *w, const struct session *s)
{
    json_array_begin(w, "commands");
    for (size_t i = 0; i < s->n_commands; i++)
        put_command(w, &s->commands[i]);
    json_array_end(w);
}

void session_put_marks(struct json_writer *w, const struct session *s)
{
    json_array_begin(w, "marks");
    for (size_t i = 0; i < s->n_marks; i++) {
        json_flat_begin(w);
        json_object_begin(w, NULL);
        session_put_time(w, "time", s->marks[i].time_ns);
        json_put_string(w, "text", s->marks[i].text);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_captures(struct json_writer *w, const struct session *s)
{
    json_array_begin(w, "captures");
    for (size_t i = 0; i < s->n_captures; i++) {
        const struct session_capture *c = &s->captures[i];

        json_flat_begin(w);
        json_object_begin(w, NULL);
        json_put_string(w, "name", c->name);
        json_put_u64(w, "packets", c->packets);
        json_put_u64(w, "bytes", c->bytes);
        put_text(w, "sha256", c->sha256);
        json_put_bool(w, "removed", c->is_removed);
        json_object_end(w);
    }
    json_array_end(w);
}

static void put_write_problem(struct json_writer *w, const struct session *s)
{
    if (!*s->write_problem) {
        json_put_null(w, "write_problem");
        return;
    }
    json_flat_begin(w);
    json_object_begin(w, "write_problem");
    session_put_time(w, "time", s->write_problem_ns);
    json_put_string(w, "text", s->write_problem);
    json_object_end(w);
}

static void put_session(struct json_writer *w, const struct session *s)
{
    json_object_begin(w, NULL);
    json_put_string(w, "schema", SESSION_SCHEMA);
    json_put_string(w, "state", s->state == SESSION_COMPLETE ? "complete" : "recording");
    put_text(w, "host", s->host);
    put_text(w, "os", s->os);
    put_text(w, "program", s->program);
    put_text(w, "libraries", s->libraries);
    session_put_time(w, "start", s->start_ns);
    session_put_time(w, "end", s->end_ns);
    json_put_i64(w, "start_monotonic_ns", s->start_monotonic_ns);
    json_put_i64(w, "end_monotonic_ns", s->end_monotonic_ns);
    put_text(w, "stop_reason", s->stop_reason);
    put_count(w, "interval_ns", s->interval_ns);
    json_put_u64(w, "lm_port", s->lm_port);
    json_put_u64(w, "smb_port", s->smb_port);
    json_array_begin(w, "networks");
    for (size_t i = 0; i < s->n_networks; i++)
        json_put_string(w, NULL, s->networks[i]);
    json_array_end(w);
    put_text(w, "expect", s->expect);
    put_write_problem(w, s);
    json_array_begin(w, "warnings");
    for (size_t i = 0; i < s->n_warnings; i++)
        json_put_string(w, NULL, s->warnings[i]);
    json_array_end(w);
    session_put_commands(w, s);
    session_put_marks(w, s);
    json_array_begin(w, "interfaces");
    for (size_t i = 0; i < s->n_nics; i++)
        put_nic(w, &s->nics[i]);
    json_array_end(w);
    put_captures(w, s);
    json_object_end(w);
}

int session_text(const struct session *s, struct memory_file *file, const char **ret_text,
                 struct error *err)
{
    FILE *out = memory_file_begin(file);
    struct json_writer w;
    size_t n;

    if (!out)
        return error_memory(err);
    json_writer_init(&w, out);
    put_session(&w, s);
    *ret_text = memory_file_end(file, &n);
    return *ret_text ? 0 : error_memory(err);
}

static int write_part(const char *text, const char *part, struct error *err)
{
    size_t written;
    int file, r;

    disk_remove(part); /* of a recorder that was killed */
    file = disk_create(part);
    if (file < 0)
        return error_system(err, -file, "'%s': can't be made", part);
    r = disk_write(file, text, strlen(text), &written);
    if (r == 0)
        r = disk_sync(file); /* else the new name may outlive a power loss, and not this */
    disk_close(file);
    return r < 0 ? error_system(err, -r, "'%s': can't be written", part) : 0;
}

int session_write_text(const char *text, const char *folder, struct error *err)
{
    char path[SESSION_PATH_BYTES], part[SESSION_PATH_BYTES];
    int r = session_path(path, folder, SESSION_FILE, err);

    if (!r)
        r = session_path(part, folder, SESSION_FILE ".part", err);
    if (!r)
        r = write_part(text, part, err);
    if (r < 0)
        return r;
    r = disk_replace(part, path);
    return r < 0 ? error_system(err, -r, "'%s': can't be replaced", path) : 0;
}

int session_write(const struct session *s, const char *folder, struct error *err)
{
    AUTO(memory_file) file = NULL;
    const char *text;
    int r = memory_file_new(&file, err);

    if (r == 0)
        r = session_text(s, file, &text, err);
    return r < 0 ? r : session_write_text(text, folder, err);
}
