#include "tests/unit/analyzers/files.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "src/base/disk.h"
#include "src/base/text.h"

enum { MAX_FILES = 64, HEADER_BYTES = 24, RECORD_HEADER_BYTES = 16, RECORD_BYTES = 60 };

static char folder[40];
static char *paths[MAX_FILES];
static unsigned n_paths;

void files_begin(void)
{
    char name[] = "test_files_XXXXXX";
    int file = mkstemp(name);

    cr_assert_geq(file, 0);
    close(file);
    remove(name);
    snprintf(folder, sizeof(folder), "%s_d", name);
    cr_assert_eq(disk_make_folder(folder), 0, "%s", folder);
}

void files_end(void)
{
    for (; n_paths; n_paths--) {
        if (remove(paths[n_paths - 1]) != 0)
            rmdir(paths[n_paths - 1]);
        free(paths[n_paths - 1]);
    }
    rmdir(folder);
}

const char *files_path(const char *name)
{
    char *path = text_format("%s/%s", folder, name);

    cr_assert(path && n_paths < MAX_FILES);
    for (unsigned i = 0; i < n_paths; i++) {
        if (strcmp(paths[i], path) == 0) {
            free(path);
            return paths[i];
        }
    }
    return paths[n_paths++] = path;
}

static void write_bytes(const char *name, const void *bytes, size_t n_bytes)
{
    FILE *f = fopen(files_path(name), "wb");

    cr_assert_not_null(f);
    cr_assert_eq(fwrite(bytes, 1, n_bytes, f), n_bytes);
    fclose(f);
}

void files_write_text(const char *name, const char *text)
{
    write_bytes(name, text, strlen(text));
}

static void put_u32(uint8_t *to, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

/* magic | version 2.4 | zone, accuracy 8 | snap length 4 | link type 4; and records of
 * seconds 4 | microseconds 4 | captured 4 | original 4 | bytes */
void files_write_pcap(const char *name, uint8_t mark, const uint32_t *seconds, unsigned n)
{
    uint8_t *bytes = calloc(1, HEADER_BYTES + n * (RECORD_HEADER_BYTES + RECORD_BYTES)), *at;

    cr_assert_not_null(bytes);
    put_u32(bytes, 0xa1b2c3d4);
    put_u32(bytes + 4, 4 << 16 | 2);
    put_u32(bytes + 16, 65535);
    put_u32(bytes + 20, 1);
    at = bytes + HEADER_BYTES;
    for (unsigned i = 0; i < n; i++) {
        put_u32(at, seconds[i]);
        put_u32(at + 8, RECORD_BYTES);
        put_u32(at + 12, RECORD_BYTES);
        memset(at + RECORD_HEADER_BYTES, mark, RECORD_BYTES);
        at += RECORD_HEADER_BYTES + RECORD_BYTES;
    }
    write_bytes(name, bytes, (size_t)(at - bytes));
    free(bytes);
}

void files_make_folder(const char *name)
{
    cr_assert_eq(disk_make_folder(files_path(name)), 0);
}
