/* Captures of any kind: open, read to the end, look at all that is told. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "src/file/capture.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

static volatile unsigned seen; /* so that no reading is optimized away */

/* Reads every byte, so that the sanitizers see whether it is there. */
static unsigned sum(const void *bytes, size_t n_bytes)
{
    const uint8_t *at = (const uint8_t *)bytes;
    unsigned total = 0;

    for (size_t i = 0; i < n_bytes; i++)
        total += at[i];
    return total;
}

static void check(const void *must_hold)
{
    if (!must_hold)
        abort();
}

static unsigned look_at_nic(const struct capture_nic *nic)
{
    check(nic);
    return sum(nic->name, strlen(nic->name)) + sum(nic->description, strlen(nic->description)) +
           sum(nic->filter, strlen(nic->filter)) + sum(nic->os, strlen(nic->os)) +
           sum(nic->hardware, strlen(nic->hardware)) + sum(nic->comment, strlen(nic->comment)) +
           sum(nic->addresses, nic->n_addresses * sizeof(*nic->addresses)) +
           sum(nic->prefixes, nic->n_addresses * sizeof(*nic->prefixes));
}

static unsigned look_at_info(const struct capture_info *info)
{
    if (!info->is_truncated != (info->damage[0] == '\0'))
        abort();
    return sum(info->damage, strlen(info->damage)) + sum(info->hardware, strlen(info->hardware)) +
           sum(info->os, strlen(info->os)) + sum(info->application, strlen(info->application)) +
           sum(info->comment, strlen(info->comment));
}

static unsigned look_at_record(const struct capture_record *record, uint32_t n_nics)
{
    if (record->nic >= n_nics || record->captured_bytes > record->wire_bytes ||
        record->captured_bytes > CAPTURE_MAX_RECORD_BYTES ||
        (!record->has_time && record->time_ns != 0))
        abort();
    return sum(record->bytes, record->captured_bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    AUTO(capture) c = NULL;
    struct capture_record records[5];
    const struct capture_info *info;
    struct error err;
    char digest[65];
    uint64_t n_packets = 0;
    int n;

    if (capture_open_memory(&c, bytes, n_bytes, &err) < 0)
        return 0;
    if (n_bytes % 2)
        capture_want_digest(c);
    info = capture_info(c);
    while ((n = capture_read(c, records, 1 + n_bytes % 5, &err)) > 0) {
        for (int i = 0; i < n; i++)
            seen += look_at_record(&records[i], info->n_nics);
        n_packets += (unsigned)n;
    }
    if (info->n_packets != n_packets)
        abort();
    for (uint32_t i = 0; i < info->n_nics; i++)
        seen += look_at_nic(capture_nic(c, i));
    seen += look_at_info(info);
    if (n_bytes % 2 && (capture_digest(c, digest, &err) < 0 || info->n_bytes != n_bytes))
        abort();
    return 0;
}
