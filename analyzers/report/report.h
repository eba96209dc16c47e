/*
 * The writers: a result in, bytes out. Each is a row in one table; none computes, each reads the
 * result alone, so a saved result can be rendered again in any of them.
 */
#pragma once

#include <stdbool.h>
#include <stdio.h>

#include "analyzers/result.h"
#include "src/base/error.h"

struct report_options {
    bool use_color;
    unsigned verbosity; /* 0: ten lines; 1: every connection and vantage point */
};

struct report_format {
    const char *name; /* as -f takes it */
    const char *summary;
    int (*write)(const struct result *r, const struct report_options *options, FILE *out,
                 struct error *err);
    bool wants_digests; /* shows the inputs' SHA-256, so they must be computed */
};

/* report_formats() - the table, ended by a row without a name. */
const struct report_format *report_formats(void);
/* report_find() - the row called @name. Returns 0 or ERR_USAGE (the text lists the formats). */
int report_find(const struct report_format **ret_format, const char *name, struct error *err);
