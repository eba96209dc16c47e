/*
 * A saved result read back: lmpath.analysis/1 as report_write_json() wrote it, into the struct that
 * every writer takes. Written again it is the same, byte for byte, but for the program's version.
 *
 * The file is hostile: sizes, counts and indices are checked. A member that is absent or null is
 * unknown, one that is not known here is ignored, one of another type is an error.
 */
#pragma once

#include <stddef.h>

#include "analyzers/result.h"
#include "src/base/error.h"

enum {
    RESULT_MAX_BYTES = 512 << 20, /* of a file */
    RESULT_MAX_ITEMS = 1 << 20,   /* of a list */
    RESULT_MAX_INPUTS = 16384,
    RESULT_MAX_NETWORKS = 4096,
    RESULT_MAX_HOSTS = 4096,
    RESULT_MAX_TEXTS = 4096, /* that stand for constants: different ones */
};

/* Owns everything in it, also what the result's constants point to. */
struct saved_result {
    struct result result;
    char *lmpath; /* version of the program that made it; "" unknown */
    char **texts;
    size_t n_texts, texts_capacity;
};

/*
 * result_read() - from a file.
 *
 * Returns 0; ERR_SYSTEM; ERR_INPUT (no JSON, another tool's, cut off, a member that is not what it
 * should be); ERR_LIMIT; ERR_MEMORY. Text names the file and the place in it. @ret_saved is written
 * on success only.
 */
int result_read(struct saved_result *ret_saved, const char *path, struct error *err);
/*
 * result_read_bearing() - the same for a comparison, which shows no connection whose role is
 * "other": what such ones tell may be left out, and is all zero then. Several times as fast where
 * most are so.
 */
int result_read_bearing(struct saved_result *ret_saved, const char *path, struct error *err);
/* result_parse(), result_parse_bearing() - the same from bytes, and a name for messages. */
int result_parse_bearing(struct saved_result *ret_saved, const void *bytes, size_t n_bytes,
                         const char *name, struct error *err);
int result_parse(struct saved_result *ret_saved, const void *bytes, size_t n_bytes,
                 const char *name, struct error *err);
/* result_from_json() - the same from what jansson made of them. */
struct json_t;
int result_from_json(struct saved_result *ret_saved, const struct json_t *json, const char *name,
                     struct error *err);
void saved_result_release(struct saved_result *s);
