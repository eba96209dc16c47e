/* A FILE to write into that is read back as bytes: what a json_writer writes becomes a line. */
#pragma once

#include <stddef.h>
#include <stdio.h>

#include "src/base/auto.h"
#include "src/base/error.h"

struct memory_file; /* opaque */

int memory_file_new(struct memory_file **ret_file, struct error *err);
struct memory_file *memory_file_free(struct memory_file *m);
DEFINE_AUTO(memory_file)

/* memory_file_begin() - an empty one to write to; borrowed until memory_file_end(). NULL without
 * memory. */
FILE *memory_file_begin(struct memory_file *m);
/* memory_file_end() - what was written, terminated; borrowed until the next begin. NULL when it
 * could not be kept. */
const char *memory_file_end(struct memory_file *m, size_t *ret_n_bytes);
