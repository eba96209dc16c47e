/* Opening a capture of either format, and what both formats share. */
#include "src/file/capture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/array.h"
#include "src/file/digest.h"
#include "src/file/foreign.h"
#include "src/file/reader.h"

enum { MAGIC_BYTES = 4 }; /* which tell both formats */

static char no_text[] = "";

static void free_text(char *text)
{
    if (text != no_text)
        free(text);
}

int reader_set_text(char **to, const struct cursor *from, struct error *err)
{
    size_t n_bytes = cursor_left(from);
    char *text = calloc(1, n_bytes + 1);

    if (!text)
        return error_memory(err);
    if (n_bytes)
        memcpy(text, from->at, n_bytes);
    if (*to)
        free_text(*to);
    *to = text;
    return 0;
}

int reader_add_nic(struct capture *c, struct capture_nic **ret_nic, struct error *err)
{
    struct capture_nic *nic;
    int r;

    r = array_reserve(&c->nics, &c->n_nics, c->info.n_nics + (size_t)1,
                      sizeof(struct capture_nic *), CAPTURE_MAX_NICS, err);
    if (r < 0)
        return r;
    nic = calloc(1, sizeof(*nic));
    if (!nic)
        return error_memory(err);
    nic->name = nic->description = nic->filter = no_text;
    nic->os = nic->hardware = nic->comment = no_text;
    nic->speed_bits_per_s = CAPTURE_UNKNOWN;
    nic->section = c->info.n_sections ? c->info.n_sections - 1 : 0;
    nic->statistics = (struct capture_statistics){
        .received_packets = CAPTURE_UNKNOWN,
        .dropped_packets = CAPTURE_UNKNOWN,
        .filter_accepted_packets = CAPTURE_UNKNOWN,
        .os_dropped_packets = CAPTURE_UNKNOWN,
        .delivered_packets = CAPTURE_UNKNOWN,
    };
    c->nics[c->info.n_nics++] = nic;
    *ret_nic = nic;
    return 0;
}

static void free_nic(struct capture_nic *nic)
{
    free_text(nic->name);
    free_text(nic->description);
    free_text(nic->filter);
    free_text(nic->os);
    free_text(nic->hardware);
    free_text(nic->comment);
    free(nic->prefixes);
    free(nic->addresses);
    free(nic);
}

int reader_damage(struct capture *c, uint64_t offset, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(c->info.damage, sizeof(c->info.damage), format, args);
    va_end(args);
    c->info.is_truncated = true;
    c->info.damage_offset = offset;
    c->state = READER_ENDED;
    return 0;
}

int reader_failed(const struct capture *c, int code, struct error *err)
{
    return c->label ? error_prefix(err, code, "'%s'", c->label) : code;
}

int reader_short(struct capture *c, int status, uint64_t n_bytes, struct error *err)
{
    size_t n_left = stream_left(&c->in);
    uint64_t offset = stream_offset(&c->in);

    if (status < 0)
        return reader_failed(c, status, err);
    if (*c->in.damage)
        return reader_damage(c, offset, "%s", c->in.damage);
    if (n_left)
        return reader_damage(c, offset, "the file ends inside a record (%zu of %llu bytes)", n_left,
                             (unsigned long long)n_bytes);
    c->state = READER_ENDED;
    return 0;
}

static int explain_foreign(struct capture *c, struct error *err)
{
    int r;

    r = stream_need(&c->in, FOREIGN_BYTES, err); /* fewer are fine */
    if (r < 0)
        return r;
    if (*c->in.damage)
        return error_set(err, ERR_INPUT,
                         "%s (byte %llu of what it unpacks to); copy the capture again",
                         c->in.damage, (unsigned long long)c->in.end_offset);
    return foreign_error(c->in.at, stream_left(&c->in), err);
}

static int open_format(struct capture *c, struct error *err)
{
    int r;

    r = stream_need(&c->in, MAGIC_BYTES, err);
    if (r < 0)
        return r;
    if (r > 0 && pcap_detect(c->in.at, MAGIC_BYTES))
        return pcap_open(c, err);
    if (r > 0 && pcapng_detect(c->in.at, MAGIC_BYTES))
        return pcapng_open(c, err);
    return explain_foreign(c, err);
}

static int open_stream(struct capture **ret_capture, const char *path, const void *bytes,
                       size_t n_bytes, struct error *err)
{
    AUTO(capture) c = calloc(1, sizeof(*c));
    int r;

    if (!c)
        return error_memory(err);
    c->in.source.file = -1;
    c->info.hardware = c->info.os = c->info.application = c->info.comment = no_text;
    r = stream_open(&c->in, path, bytes, n_bytes, &c->info.n_bytes, err);
    if (r >= 0)
        r = open_format(c, err);
    if (r < 0)
        return r;
    c->info.compression = c->in.compression;
    *ret_capture = c;
    c = NULL;
    return 0;
}

/* Messages that name standard input should not call it '-'. */
static const char *shown_path(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

int capture_open(struct capture **ret_capture, const char *path, struct error *err)
{
    struct capture *c = NULL;
    int r;

    r = open_stream(&c, path, NULL, 0, err);
    if (r < 0)
        return error_prefix(err, r, "'%s'", shown_path(path));
    c->label = strdup(shown_path(path));
    if (!c->label) {
        capture_free(c);
        return error_memory(err);
    }
    *ret_capture = c;
    return 0;
}

int capture_open_memory(struct capture **ret_capture, const void *bytes, size_t n_bytes,
                        struct error *err)
{
    return open_stream(ret_capture, NULL, bytes, n_bytes, err);
}

struct capture *capture_free(struct capture *c)
{
    if (!c)
        return NULL;
    for (uint32_t i = 0; i < c->info.n_nics; i++)
        free_nic(c->nics[i]);
    for (size_t i = 0; i < sizeof(c->texts) / sizeof(c->texts[0]); i++)
        free(c->texts[i]);
    free(c->nics);
    free(c->pcapng.timescales);
    free(c->label);
    stream_release(&c->in);
    free(c);
    return NULL;
}

int capture_next(struct capture *c, struct capture_record *ret_record, struct error *err)
{
    switch (c->state) {
    case READER_PCAP:
        return pcap_next(c, ret_record, err);
    case READER_PCAPNG:
        return pcapng_next(c, ret_record, err);
    case READER_OPENED:
        stream_settle(&c->in);
        c->state = c->info.format == CAPTURE_PCAP ? READER_PCAP : READER_PCAPNG;
        return capture_next(c, ret_record, err);
    case READER_ENDED:
        break;
    }
    return 0;
}

int capture_read(struct capture *c, struct capture_record *records, size_t max, struct error *err)
{
    int r = capture_next(c, records, err);

    if (r <= 0)
        return r;
    if (c->state == READER_PCAP)
        return r + (int)pcap_next_whole(c, records + 1, max - 1);
    if (c->state == READER_PCAPNG)
        return r + (int)pcapng_next_whole(c, records + 1, max - 1);
    return r;
}

const struct capture_nic *capture_nic(const struct capture *c, uint32_t index)
{
    return c->nics[index];
}

const struct capture_info *capture_info(const struct capture *c)
{
    return &c->info;
}

void capture_want_digest(struct capture *c)
{
    c->in.wants_digest = true;
}

int capture_digest(struct capture *c, char *ret_hex, struct error *err)
{
    uint8_t sha256[DIGEST_BYTES];
    int r;

    r = stream_digest(&c->in, sha256, err);
    if (r < 0)
        return reader_failed(c, r, err);
    c->state = READER_ENDED;
    for (size_t i = 0; i < DIGEST_BYTES; i++)
        snprintf(ret_hex + 2 * i, 3, "%02x", sha256[i]);
    return 0;
}

const char *capture_format_name(enum capture_format format)
{
    return format == CAPTURE_PCAP ? "pcap" : "pcapng";
}
