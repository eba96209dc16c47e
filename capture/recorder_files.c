/* A recorder's capture files: one, or a ring of them. */
#include <string.h>

#include "capture/clock.h"
#include "capture/recorder_state.h"
#include "src/base/disk.h"

static bool is_ring(const struct recorder *r)
{
    return r->options.limits.ring_bytes || r->options.limits.ring_duration_ns;
}

static struct capture_statistics statistics_of(const struct recorder *r, size_t i)
{
    const struct recorded_source *place = &r->places[i];
    const uint64_t *values = r->sources->values[i];
    uint64_t kernel = recorder_since(values[COUNTER_DROPPED_KERNEL], place->kernel_dropped);
    uint64_t ring = recorder_since(values[COUNTER_DROPPED_RING], place->ring_dropped);

    return (struct capture_statistics){
        .received_packets = CAPTURE_UNKNOWN, /* libpcap counts behind the filter only */
        .dropped_packets = recorder_since(values[COUNTER_DROPPED_NIC], place->nic_dropped),
        .filter_accepted_packets = place->packets + recorder_known(kernel) + recorder_known(ring),
        .os_dropped_packets = kernel,
        .delivered_packets = place->packets,
    };
}

int recorder_write_statistics(struct recorder *r, bool is_end, struct error *err)
{
    int64_t now_ns = clock_wall_ns();
    int code = 0;

    for (size_t i = 0; code == 0 && i < r->sources->n_rows; i++) {
        struct recorded_source *place = &r->places[i];
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

int recorder_begin_file(struct recorder *r, struct error *err)
{
    struct pcapng_section section = { .os = r->options.os, .application = r->options.version };
    char name[64];
    int code;

    session_capture_name(name, sizeof(name), is_ring(r) ? ++r->file_number : 0);
    code = session_path(r->file_path, r->folder, name, err);
    if (code == 0)
        code = session_add_capture(&r->session, name, err);
    if (code >= 0)
        code = pcapng_writer_new(&r->writer, r->file_path, &section, err);
    for (size_t i = 0; code >= 0 && i < r->sources->n_rows; i++)
        if (r->places[i].is_captured)
            code = add_nic_block(r, i, err);
    if (code >= 0)
        code = pcapng_writer_flush(r->writer, err);
    r->file_monotonic_ns = clock_monotonic_ns();
    return code < 0 ? code : 0;
}

int recorder_end_file(struct recorder *r, struct error *err)
{
    struct session_capture *file = recorder_current_file(r);
    int code = recorder_write_statistics(r, true, err);
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
    int code = recorder_end_file(r, &why);

    if (code == 0)
        code = recorder_begin_file(r, &why);
    if (code < 0) {
        r->writer = pcapng_writer_free(r->writer);
        recorder_stop_storing(r, &why);
        return;
    }
    if (r->options.limits.ring_files)
        remove_oldest_file(r);
    r->is_dirty = true;
}

void recorder_check_size(struct recorder *r)
{
    const struct recorder_limits *limits = &r->options.limits;
    uint64_t bytes = pcapng_writer_bytes(r->writer);

    if (limits->stop_bytes && r->older_bytes + bytes >= limits->stop_bytes)
        r->reason = "filesize";
    else if (limits->ring_bytes && bytes >= limits->ring_bytes)
        next_file(r);
}

void recorder_check_time(struct recorder *r)
{
    const struct recorder_limits *limits = &r->options.limits;
    int64_t now_ns = clock_monotonic_ns();

    if (limits->duration_ns && now_ns - r->session.start_monotonic_ns >= limits->duration_ns)
        r->reason = "duration";
    else if (limits->ring_duration_ns && r->writer &&
             now_ns - r->file_monotonic_ns >= limits->ring_duration_ns)
        next_file(r);
}
