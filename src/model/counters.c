/* counters.jsonl as it is written. */
#include "src/model/counters.h"

#include <errno.h>
#include <stdlib.h>

#include "src/base/disk.h"
#include "src/base/json_writer.h"
#include "src/base/text.h"
#include "src/model/session.h"

struct counters_writer {
    char *path;
    FILE *out;             /* NULL after a failure */
    uint64_t n_good_bytes; /* whole lines in the file */
};

static const char *const names[N_COUNTERS] = {
    [COUNTER_RX_BYTES] = "rx_bytes",
    [COUNTER_TX_BYTES] = "tx_bytes",
    [COUNTER_RX_PACKETS] = "rx_packets",
    [COUNTER_TX_PACKETS] = "tx_packets",
    [COUNTER_RX_DROPPED] = "rx_dropped",
    [COUNTER_TX_DROPPED] = "tx_dropped",
    [COUNTER_RX_ERRORS] = "rx_errors",
    [COUNTER_TX_ERRORS] = "tx_errors",
    [COUNTER_RDMA_RX_BYTES] = "rdma_rx_bytes",
    [COUNTER_RDMA_TX_BYTES] = "rdma_tx_bytes",
    [COUNTER_CAPTURE_RECEIVED] = "capture_received",
    [COUNTER_CAPTURE_BYTES] = "capture_bytes",
    [COUNTER_CAPTURE_STORED] = "capture_stored",
    [COUNTER_DROPPED_KERNEL] = "dropped_kernel",
    [COUNTER_DROPPED_NIC] = "dropped_interface",
    [COUNTER_DROPPED_RING] = "dropped_ring",
};

const char *counter_name(enum counter counter)
{
    return names[counter];
}

void counter_row_init(struct counter_row *row, uint32_t nic)
{
    row->nic = nic;
    for (unsigned i = 0; i < N_COUNTERS; i++)
        row->values[i] = COUNTER_UNKNOWN;
}

/* After a failure: the file as it was behind the last whole line. */
static int reopen(struct counters_writer *w)
{
    int file = disk_open(w->path);
    int r;

    if (file < 0)
        return file;
    r = disk_truncate(file, w->n_good_bytes);
    if (r == 0) {
        w->out = fdopen(file, "wb");
        r = w->out ? 0 : -ENOMEM;
    }
    if (r < 0)
        disk_close(file);
    else
        setvbuf(w->out, NULL, _IOFBF, COUNTERS_MAX_LINE_BYTES);
    return r;
}

/* fclose() may yet write half a line: what it leaves is cut off. */
static void give_up(struct counters_writer *w)
{
    int file;

    fclose(w->out);
    w->out = NULL;
    file = disk_open(w->path);
    if (file < 0)
        return;
    (void)disk_truncate(file, w->n_good_bytes);
    disk_close(file);
}

static int finish_line(struct counters_writer *w, struct error *err)
{
    long long at;
    int number;

    if (fflush(w->out) == 0 && !ferror(w->out)) {
        at = (long long)ftello(w->out);
        if (at > 0) {
            w->n_good_bytes = (uint64_t)at;
            return 0;
        }
    }
    number = errno;
    give_up(w);
    return error_system(err, number, "'%s': can't be written", w->path);
}

static int write_schema(struct counters_writer *w, struct error *err)
{
    fputs("{\"schema\": \"" COUNTERS_SCHEMA "\"}\n", w->out);
    return finish_line(w, err);
}

int counters_writer_new(struct counters_writer **ret_writer, const char *folder, struct error *err)
{
    AUTO(counters_writer) w = calloc(1, sizeof(*w));
    char path[SESSION_PATH_BYTES];
    int file, r = session_path(path, folder, COUNTERS_FILE, err);

    if (r < 0)
        return r;
    if (w)
        w->path = text_copy(path);
    if (!w || !w->path)
        return error_memory(err);
    file = disk_create(path);
    if (file < 0)
        return error_system(err, -file, "'%s': can't be made", path);
    disk_close(file);
    r = reopen(w);
    if (r < 0)
        return error_system(err, -r, "'%s': can't be opened", path);
    r = write_schema(w, err);
    if (r < 0)
        return r;
    *ret_writer = w;
    w = NULL;
    return 0;
}

struct counters_writer *counters_writer_free(struct counters_writer *w)
{
    if (w && w->out)
        fclose(w->out);
    if (w)
        free(w->path);
    free(w);
    return NULL;
}

static void put_row(struct json_writer *w, const struct counter_row *row)
{
    json_object_begin(w, NULL);
    json_put_u64(w, "nic", row->nic);
    for (unsigned i = 0; i < N_COUNTERS; i++)
        if (row->values[i] != COUNTER_UNKNOWN)
            json_put_u64(w, names[i], row->values[i]);
    json_object_end(w);
}

static void put_other(struct json_writer *w, const struct counter_other *o)
{
    json_object_begin(w, NULL);
    json_put_string(w, "set", o->set);
    json_put_string(w, "instance", o->instance);
    json_put_string(w, "name", o->name);
    json_put_u64(w, "value", o->value);
    json_object_end(w);
}

int counters_writer_add(struct counters_writer *w, const struct counter_sample *sample,
                        struct error *err)
{
    struct json_writer json;
    int r = w->out ? 0 : reopen(w);

    if (r < 0)
        return error_system(err, -r, "'%s': can't be opened", w->path);
    json_writer_init(&json, w->out);
    json_flat_begin(&json);
    json_object_begin(&json, NULL);
    json_put_time(&json, "time", sample->time_ns);
    json_put_i64(&json, "monotonic_ns", sample->monotonic_ns);
    json_array_begin(&json, "nics");
    for (size_t i = 0; i < sample->n_rows; i++)
        put_row(&json, &sample->rows[i]);
    json_array_end(&json);
    if (sample->n_others) {
        json_array_begin(&json, "others");
        for (size_t i = 0; i < sample->n_others && i < COUNTERS_MAX_OTHERS; i++)
            put_other(&json, &sample->others[i]);
        json_array_end(&json);
    }
    json_object_end(&json);
    return finish_line(w, err);
}
