/*
 * From the bytes of a snapshot file to JSON text that a strict parser takes.
 *
 * PowerShell's redirection writes UTF-16 or UTF-8 with a byte order mark, or the machine's ANSI
 * code page; and unsigned 64-bit numbers (a link's "unknown" speed) that no signed one holds.
 */
#pragma once

#include <stddef.h>

#include "src/base/error.h"

enum {
    SNAPSHOT_MAX_BYTES = 64 << 20,
    SNAPSHOT_MAX_DEPTH = 128,      /* ConvertTo-Json itself ends at 100 */
    SNAPSHOT_MAX_VALUES = 2000000, /* 64 nodes with all sections have about 300,000 */
};

/*
 * snapshot_text_decode() - UTF-8 with or without a mark, UTF-16 of both byte orders with a mark.
 * @ret_text:  UTF-8, terminated; the caller frees it
 * @bytes:     as read; the byte behind the last must be 0
 *
 * A byte that is no UTF-8 is taken as Latin-1, which most ANSI names are; 0x80 to 0x9f and unpaired
 * surrogates become U+FFFD. Integers of 19 digits and more become text, as PowerShell before 7.5
 * writes them.
 * Returns 0, ERR_INPUT (a zero character), ERR_LIMIT (size, depth, number of values), ERR_MEMORY.
 */
int snapshot_text_decode(char **ret_text, size_t *ret_text_bytes, const char *bytes, size_t n_bytes,
                         struct error *err);
