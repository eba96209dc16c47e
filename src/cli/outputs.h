/*
 * -f FORMAT and -o FILE in pairs: each -f is written to the -o that follows it, else to stdout.
 *
 * A file is written under a temporary name beside it and renamed when whole, so that nobody ever
 * sees half of one; a link stays, and the file it leads to is replaced. A device or pipe is written
 * to as it is. "-" is stdout, as is "/dev/stdout".
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "src/base/error.h"

enum { OUTPUTS_MAX = 16 };

struct output {
    const char *format; /* NULL: an -o without an -f; the command chooses. Borrowed */
    const char *path;   /* NULL: stdout. Borrowed */
};

struct outputs {
    struct output rows[OUTPUTS_MAX];
    size_t n_rows;
    bool has_open_format; /* the last row still takes an -o */
};

/* outputs_add_format(), outputs_add_path() - in the order of the command line. Return 0 or
 * ERR_USAGE. */
int outputs_add_format(struct outputs *o, const char *format, struct error *err);
int outputs_add_path(struct outputs *o, const char *path, struct error *err);

/*
 * outputs_check() - before the work begins: one row for stdout when there is none at all, no target
 * named twice, every target can be written. Returns 0, ERR_USAGE or ERR_SYSTEM.
 */
int outputs_check(struct outputs *o, struct error *err);

/* outputs_spare() - no output is the file @input, which it would replace; "-" and NULL are none.
 * Returns 0 or ERR_USAGE. */
int outputs_spare(const struct outputs *o, const char *input, struct error *err);

/* What fills an output. Returns 0 or a negative code. */
typedef int output_writer(const void *context, FILE *out, struct error *err);

/*
 * output_write() - have @write fill the target. On failure a file that was there before is as it
 * was, and no temporary file is left, nor when the user interrupts. Returns 0, ERR_SYSTEM, or what
 * @write returned.
 */
int output_write(const struct output *o, output_writer *write, const void *context,
                 struct error *err);
