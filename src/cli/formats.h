/* The formats that a command's -f names, and an -o's ending where there is no -f. */
#pragma once

#include "src/cli/outputs.h"

/* A table ends with a row without a name; its first is the default. */
struct output_format {
    const char *name, *extension; /* ".json"; NULL: no ending means it */
    output_writer *write;
};

/* formats_add() - as outputs_add_format(), for a name that the table has. */
int formats_add(const struct output_format *formats, struct outputs *to, const char *name,
                struct error *err);
/* formats_find() - of an output: what its -f or its path's ending names, else the first. */
const struct output_format *formats_find(const struct output_format *formats,
                                         const struct output *o);
