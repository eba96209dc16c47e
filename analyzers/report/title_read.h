/* A report's title fields from a small JSON file. */
#pragma once

#include "analyzers/report/comparison.h"

struct title_file {
    char *customer, *cluster, *author, *date, *reference; /* NULL: not in it; owned */
};

/*
 * title_read() - { "customer": "...", "cluster", "author", "date", "reference" }, all optional.
 *
 * Returns 0; ERR_SYSTEM; ERR_INPUT (no JSON, an unknown field, one that is no text); ERR_MEMORY.
 * @ret_title is written also on failure.
 */
int title_read(struct title_file *ret_title, const char *path, struct error *err);
void title_release(struct title_file *t);
