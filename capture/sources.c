#include "capture/sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *network_name(const struct topology *t, const struct nic *nic)
{
    for (size_t i = 0; i < nic->n_addresses; i++) {
        int network = topology_network_of(t, &nic->addresses[i].addr);

        if (network != NO_NETWORK)
            return t->networks[network].name;
    }
    return "";
}

static bool has_own_address(const struct nic *nic)
{
    for (size_t i = 0; i < nic->n_addresses; i++)
        if (!addr_is_link_local(&nic->addresses[i].addr))
            return true;
    return false;
}

static bool is_named(const struct nic *nic, const struct sources_options *options)
{
    for (size_t i = 0; i < options->n_names; i++)
        if (strcmp(options->names[i], nic->name) == 0 ||
            strcmp(options->names[i], nic->device) == 0)
            return true;
    return false;
}

static bool is_chosen(const struct source *source, const struct topology *topology,
                      const struct sources_options *options)
{
    const struct nic *nic = source->nic;

    if (options->n_names)
        return is_named(nic, options);
    if (nic->is_loopback || !nic->is_up)
        return false;
    return topology->n_networks ? *source->network : has_own_address(nic);
}

/* A name without a NIC is a NIC without anything: it has its place in the session. */
static int add_missing(struct nics *nics, const struct sources_options *options, struct error *err)
{
    struct nic *nic;
    int r = 0;

    for (size_t i = 0; r == 0 && i < options->n_names; i++)
        r = nics_add(nics, options->names[i], &nic, err);
    return r;
}

static void add_row(struct sources *s, const struct nic *nic, const struct topology *topology,
                    const struct sources_options *options)
{
    struct source row = { .nic = nic, .network = network_name(topology, nic) };
    size_t n_chosen = 0;

    for (size_t i = 0; i < s->n_rows; i++)
        n_chosen += s->rows[i].is_chosen;
    row.is_chosen = n_chosen < SOURCES_CAPTURED_MAX && is_chosen(&row, topology, options);
    if (!row.is_chosen && (nic->is_loopback || s->n_rows >= SOURCES_COUNTED_MAX))
        return;
    s->rows[s->n_rows++] = row;
}

/* Those with addresses come first, so that they are counted however many there are. */
static int by_addresses(const void *a, const void *b)
{
    const struct nic *left = a, *right = b;
    int order = (left->n_addresses == 0) - (right->n_addresses == 0);

    return order ? order : (left->index > right->index) - (left->index < right->index);
}

int sources_init(struct sources *s, const struct topology *topology,
                 const struct sources_options *options, struct error *err)
{
    int r;

    *s = (struct sources){ 0 };
    r = nics_read(&s->nics, err);
    if (r == 0)
        r = add_missing(&s->nics, options, err);
    if (r == 0) {
        s->rows = calloc(s->nics.n_rows + 1, sizeof(*s->rows));
        s->values = calloc(s->nics.n_rows + 1, sizeof(*s->values));
        if (!s->rows || !s->values)
            r = error_memory(err);
    }
    if (r < 0) {
        sources_release(s);
        return r;
    }
    qsort(s->nics.rows, s->nics.n_rows, sizeof(*s->nics.rows), by_addresses);
    for (size_t i = 0; i < s->nics.n_rows; i++)
        add_row(s, &s->nics.rows[i], topology, options);
    return 0;
}

void sources_release(struct sources *s)
{
    sources_close(s);
    free(s->rows);
    free(s->values);
    nics_release(&s->nics);
    *s = (struct sources){ 0 };
}

void sources_close(struct sources *s)
{
    for (size_t i = 0; i < s->n_rows; i++)
        s->rows[i].tap = tap_free(s->rows[i].tap);
}

static struct device_options device_options_of(const struct sources_options *options)
{
    return (struct device_options){ .snap_bytes = options->snap_bytes,
                                    .buffer_bytes = options->buffer_bytes,
                                    .filter = filter_text,
                                    .filter_context = &options->ports };
}

static void set_problem(struct source *row, const struct error *why)
{
    snprintf(row->problem, sizeof(row->problem), "%.*s", (int)sizeof(row->problem) - 1, why->text);
}

void sources_try(struct sources *s, const struct sources_options *options)
{
    const struct device_options device_options = device_options_of(options);

    for (size_t i = 0; i < s->n_rows; i++) {
        struct device *device = NULL;
        struct error why;

        if (device_open(&device, s->rows[i].nic->device, &device_options, &why) < 0)
            set_problem(&s->rows[i], &why);
        device_free(device);
    }
}

static int open_row(struct source *row, const struct sources_options *options, struct error *err)
{
    const struct device_options device_options = device_options_of(options);
    const struct tap_options tap_options = { options->snap_bytes, options->ports.lm };
    struct device *device;
    struct cutter *cutter;
    int r = device_open(&device, row->nic->device, &device_options, err);

    if (r < 0)
        return r;
    r = cutter_new(&cutter, options->ports.smb, err);
    if (r < 0) {
        device_free(device);
        return r;
    }
    return tap_new(&row->tap, device, cutter, &tap_options, err);
}

int sources_open(struct sources *s, const struct sources_options *options, struct error *err)
{
    int n_open = 0, n_chosen = 0;
    struct error first;
    int code = 0;

    for (size_t i = 0; i < s->n_rows; i++) {
        struct source *row = &s->rows[i];
        struct error why;
        int r;

        if (!row->is_chosen)
            continue;
        n_chosen++;
        r = open_row(row, options, &why);
        if (r == 0) {
            n_open++;
            continue;
        }
        set_problem(row, &why);
        if (code == 0) {
            code = r;
            first = why;
        }
    }
    if (n_open || (n_chosen && device_check(NULL) < 0))
        return n_open;
    if (n_chosen)
        return error_set(err, (enum err_code)code, "%s", first.text);
    return error_set(err, ERR_USAGE,
                     "no NIC has an address of a known network; name one with -i, -D lists them");
}

int sources_start(struct sources *s, uv_async_t *ready, struct error *err)
{
    int r = 0;

    for (size_t i = 0; r == 0 && i < s->n_rows; i++)
        if (s->rows[i].tap)
            r = tap_start(s->rows[i].tap, ready, err);
    return r;
}

void sources_stop(struct sources *s)
{
    for (size_t i = 0; i < s->n_rows; i++)
        if (s->rows[i].tap)
            tap_stop(s->rows[i].tap);
}

bool sources_are_ended(const struct sources *s)
{
    for (size_t i = 0; i < s->n_rows; i++)
        if (s->rows[i].tap && tap_state(s->rows[i].tap) < TAP_FAILED)
            return false;
    return true;
}

static void sample_tap(const struct tap *tap, uint64_t values[N_COUNTERS])
{
    struct tap_statistics t;
    uint64_t dropped = 0;

    tap_statistics(tap, &t);
    if (t.device.kernel_dropped_packets != DEVICE_UNKNOWN)
        dropped = t.device.kernel_dropped_packets;
    values[COUNTER_CAPTURE_RECEIVED] = t.packets + t.ring_dropped_packets + dropped;
    values[COUNTER_CAPTURE_BYTES] = t.wire_bytes;
    values[COUNTER_DROPPED_RING] = t.ring_dropped_packets;
    values[COUNTER_DROPPED_KERNEL] = t.device.kernel_dropped_packets;
    values[COUNTER_DROPPED_NIC] = t.device.interface_dropped_packets;
}

void sources_sample(struct sources *s, struct meter *meter)
{
    for (size_t i = 0; i < s->n_rows; i++) {
        for (int c = 0; c < N_COUNTERS; c++)
            s->values[i][c] = COUNTER_UNKNOWN;
        meter_read(meter, s->rows[i].nic, s->values[i], NULL);
        if (s->rows[i].tap)
            sample_tap(s->rows[i].tap, s->values[i]);
    }
}

bool counters_are_known(const uint64_t values[N_COUNTERS])
{
    return values[COUNTER_RX_BYTES] != COUNTER_UNKNOWN;
}
