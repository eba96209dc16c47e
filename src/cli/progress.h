/* One line on a terminal's stderr that tells how far long work has come, and is gone at its end. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct progress {
    FILE *out; /* NULL: nobody looks */
    int64_t started_ms;
    int64_t shown_ms;
    int shown_columns; /* what stands on the line now */
};

/* progress_start() - shows nothing when @out is no terminal. */
void progress_start(struct progress *p, FILE *out);
/* progress_show() - work shorter than a second shows nothing; then a few times a second.
 * @total_bytes: 0 when not known */
void progress_show(struct progress *p, uint64_t packets, uint64_t bytes, uint64_t total_bytes);
/* progress_end() - erases the line. */
void progress_end(struct progress *p);
/* progress_text() - what the line says, into @n_bytes at @to. */
void progress_text(char *to, size_t n_bytes, uint64_t packets, uint64_t bytes,
                   uint64_t total_bytes);
