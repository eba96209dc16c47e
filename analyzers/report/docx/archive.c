#include "analyzers/report/docx/archive.h"

#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "src/base/array.h"
#include "src/base/memory_file.h"

enum {
    READ_BYTES = 64 * 1024, /* at a time */
    ENCRYPTED = 1,          /* flag of a part */
    MADE_BY = 0,            /* MS-DOS, whatever the system, so that the bytes are the same */
    OWN_WINDOW = -MAX_WBITS /* zlib's words for raw deflate */
};

/* 1980-01-01, 00:00: the first time that zip can tell. */
static const zip_fileinfo no_time = { .dosDate = 0x00210000 };

/* What minizip takes for a file. */
struct memory {
    uint8_t *bytes;
    size_t n, capacity, at;
    bool failed;
};

struct archive {
    struct memory memory;
    zipFile zip;
    struct memory_file *part;
    char name[ARCHIVE_NAME_BYTES]; /* of that part */
};

/* ---- memory as a file ---- */

static voidpf ZCALLBACK memory_open(voidpf opaque, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return opaque;
}

static uLong ZCALLBACK memory_read(voidpf opaque, voidpf stream, void *to, uLong n_bytes)
{
    struct memory *m = stream;
    size_t n = m->n - m->at < n_bytes ? m->n - m->at : (size_t)n_bytes;

    (void)opaque;
    if (n > 0)
        memcpy(to, m->bytes + m->at, n);
    m->at += n;
    m->failed |= n < n_bytes; /* minizip takes what is missing for zeros */
    return (uLong)n;
}

static uLong ZCALLBACK memory_write(voidpf opaque, voidpf stream, const void *from, uLong n_bytes)
{
    struct memory *m = stream;

    (void)opaque;
    if (n_bytes > ARCHIVE_MAX_BYTES - m->at ||
        array_reserve(&m->bytes, &m->capacity, m->at + n_bytes, 1, ARCHIVE_MAX_BYTES, NULL) < 0) {
        m->failed = true;
        return 0;
    }
    memcpy(m->bytes + m->at, from, n_bytes);
    m->at += n_bytes;
    if (m->at > m->n)
        m->n = m->at;
    return n_bytes;
}

static ZPOS64_T ZCALLBACK memory_tell(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ((struct memory *)stream)->at;
}

static long ZCALLBACK memory_seek(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    struct memory *m = stream;
    size_t from = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                  : origin == ZLIB_FILEFUNC_SEEK_CUR ? m->at
                                                     : m->n;

    (void)opaque;
    if (offset > m->n - from)
        return -1;
    m->at = from + (size_t)offset;
    return 0;
}

static int ZCALLBACK memory_close(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

static int ZCALLBACK memory_error(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ((struct memory *)stream)->failed;
}

static zlib_filefunc64_def memory_functions(struct memory *m)
{
    return (zlib_filefunc64_def){ memory_open, memory_read,  memory_write, memory_tell,
                                  memory_seek, memory_close, memory_error, m };
}

/* ---- writing ---- */

int archive_new(struct archive **ret_archive, struct error *err)
{
    AUTO(archive) a = calloc(1, sizeof(*a));
    zlib_filefunc64_def functions;

    if (!a)
        return error_memory(err);
    functions = memory_functions(&a->memory);
    a->zip = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &functions);
    if (!a->zip || memory_file_new(&a->part, err) < 0)
        return error_memory(err);
    *ret_archive = a;
    a = NULL; /* the caller owns it now */
    return 0;
}

struct archive *archive_free(struct archive *a)
{
    if (!a)
        return NULL;
    if (a->zip)
        zipClose(a->zip, NULL);
    memory_file_free(a->part);
    free(a->memory.bytes);
    free(a);
    return NULL;
}

static int fail(const struct archive *a, struct error *err)
{
    if (a->memory.n >= ARCHIVE_MAX_BYTES / 2)
        return error_set(err, ERR_LIMIT, "a document of more than %d MiB",
                         ARCHIVE_MAX_BYTES / 1024 / 1024);
    return error_memory(err);
}

FILE *archive_begin(struct archive *a, const char *name)
{
    snprintf(a->name, sizeof(a->name), "%s", name);
    return memory_file_begin(a->part);
}

int archive_end(struct archive *a, struct error *err)
{
    size_t n_bytes;
    const char *bytes = memory_file_end(a->part, &n_bytes);

    return bytes ? archive_add(a, a->name, bytes, n_bytes, err) : error_memory(err);
}

int archive_add(struct archive *a, const char *name, const void *bytes, size_t n_bytes,
                struct error *err)
{
    if (n_bytes > ARCHIVE_MAX_BYTES)
        return fail(a, err);
    if (zipOpenNewFileInZip4_64(a->zip, name, &no_time, NULL, 0, NULL, 0, NULL, Z_DEFLATED,
                                Z_DEFAULT_COMPRESSION, 0, OWN_WINDOW, DEF_MEM_LEVEL,
                                Z_DEFAULT_STRATEGY, NULL, 0, MADE_BY, 0, 0) != ZIP_OK)
        return fail(a, err);
    if (zipWriteInFileInZip(a->zip, bytes, (unsigned)n_bytes) != ZIP_OK ||
        zipCloseFileInZip(a->zip) != ZIP_OK || a->memory.failed)
        return fail(a, err);
    return 0;
}

int archive_finish(struct archive *a, const void **ret_bytes, size_t *ret_n_bytes,
                   struct error *err)
{
    int r = zipClose(a->zip, NULL);

    a->zip = NULL;
    if (r != ZIP_OK || a->memory.failed)
        return fail(a, err);
    *ret_bytes = a->memory.bytes;
    *ret_n_bytes = a->memory.n;
    return 0;
}

/* ---- reading ---- */

void archive_parts_release(struct archive_parts *parts)
{
    for (size_t i = 0; i < parts->n; i++)
        free(parts->parts[i].bytes);
    free(parts->parts);
}

struct archive_part *archive_find(const struct archive_parts *parts, const char *name)
{
    for (size_t i = 0; i < parts->n; i++) {
        if (strcasecmp(parts->parts[i].name, name) == 0)
            return &parts->parts[i];
    }
    return NULL;
}

/* Names that documents have: printable ASCII, no way out of the archive. */
static bool is_part_name(const char *name)
{
    if (*name == '/' || strstr(name, "..") || strchr(name, '\\'))
        return false;
    for (; *name; name++) {
        if (*name <= ' ' || *name > '~')
            return false;
    }
    return true;
}

static int unpack(unzFile zip, struct archive_part *part, size_t n_bytes, struct error *err)
{
    if (n_bytes > ARCHIVE_MAX_PART_BYTES)
        return error_set(err, ERR_LIMIT, "'%s' in it is larger than %d MiB", part->name,
                         ARCHIVE_MAX_PART_BYTES / 1024 / 1024);
    part->bytes = malloc(n_bytes + 1);
    if (!part->bytes)
        return error_memory(err);
    while (part->n_bytes < n_bytes) {
        size_t left = n_bytes - part->n_bytes;
        int n = unzReadCurrentFile(zip, part->bytes + part->n_bytes,
                                   (unsigned)(left < READ_BYTES ? left : READ_BYTES));

        if (n <= 0)
            break;
        part->n_bytes += (size_t)n;
    }
    part->bytes[part->n_bytes] = '\0';
    if (part->n_bytes < n_bytes || unzCloseCurrentFile(zip) != UNZ_OK)
        return error_set(err, ERR_INPUT, "'%s' in it is damaged", part->name);
    return 0;
}

static int read_part(unzFile zip, struct archive_parts *parts, size_t *total, struct error *err)
{
    struct archive_part part = { .bytes = NULL };
    unz_file_info64 info;
    int r;

    if (unzGetCurrentFileInfo64(zip, &info, part.name, sizeof(part.name) - 1, NULL, 0, NULL, 0) !=
            UNZ_OK ||
        info.size_filename >= sizeof(part.name) || !is_part_name(part.name))
        return error_set(err, ERR_INPUT, "it holds a part with a name that no document has");
    if (!*part.name || part.name[strlen(part.name) - 1] == '/')
        return 0;
    if (info.flag & ENCRYPTED)
        return error_set(err, ERR_INPUT, "it is encrypted");
    if (archive_find(parts, part.name))
        return error_set(err, ERR_INPUT, "'%s' is in it twice", part.name);
    *total += info.uncompressed_size < ARCHIVE_MAX_TOTAL_BYTES ? (size_t)info.uncompressed_size
                                                               : ARCHIVE_MAX_TOTAL_BYTES + 1;
    if (*total > ARCHIVE_MAX_TOTAL_BYTES)
        return error_set(err, ERR_LIMIT, "unpacked it is larger than %d MiB",
                         ARCHIVE_MAX_TOTAL_BYTES / 1024 / 1024);
    if (parts->n == ARCHIVE_MAX_PARTS)
        return error_set(err, ERR_LIMIT, "it holds more than %d parts", ARCHIVE_MAX_PARTS);
    r = array_reserve(&parts->parts, &parts->capacity, parts->n + 1, sizeof(part),
                      ARCHIVE_MAX_PARTS, err);
    if (r < 0)
        return r;
    if (unzOpenCurrentFile(zip) != UNZ_OK)
        return error_set(err, ERR_INPUT, "'%s' in it is damaged", part.name);
    r = unpack(zip, &part, (size_t)info.uncompressed_size, err);
    parts->parts[parts->n++] = part;
    return r;
}

static int read_parts(unzFile zip, struct archive_parts *parts, struct error *err)
{
    size_t total = 0;
    int r = 0, at = unzGoToFirstFile(zip);

    for (; r == 0 && at == UNZ_OK; at = unzGoToNextFile(zip))
        r = read_part(zip, parts, &total, err);
    if (r == 0 && at != UNZ_END_OF_LIST_OF_FILE)
        return error_set(err, ERR_INPUT, "its list of parts is damaged");
    return r;
}

int archive_read(struct archive_parts *ret_parts, const void *bytes, size_t n_bytes,
                 struct error *err)
{
    /* minizip gets no way to write: the cast is its interface's */
    struct memory m = { .bytes = (uint8_t *)bytes, .n = n_bytes, .capacity = n_bytes };
    zlib_filefunc64_def functions = memory_functions(&m);
    unzFile zip = unzOpen2_64("", &functions);
    int r;

    *ret_parts = (struct archive_parts){ 0 };
    if (!zip)
        return error_set(err, ERR_INPUT, "it is no zip archive, as every .docx is");
    r = read_parts(zip, ret_parts, err);
    unzClose(zip);
    if (r == 0 && m.failed)
        return error_set(err, ERR_INPUT, "it ends in the middle");
    return r;
}
