/*
 * JSON as it is written: a stream of values to a FILE, with constant memory however much is
 * written. (Reading JSON is jansson's job, in src/model.)
 *
 * Every value function takes the member's key, or NULL inside an array. Text is written as UTF-8;
 * bytes that are no UTF-8 become U+FFFD. Indented by two spaces; begin_line variants keep one
 * object on one line. The writer borrows the FILE; write errors show in ferror().
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json_writer {
    FILE *out;
    unsigned depth;
    unsigned flat_depth; /* from this depth on everything stays on one line; 0: nowhere */
    bool has_member;     /* the open object or array has one already */
};

void json_writer_init(struct json_writer *w, FILE *out);

void json_object_begin(struct json_writer *w, const char *key);
void json_object_end(struct json_writer *w);
void json_array_begin(struct json_writer *w, const char *key);
void json_array_end(struct json_writer *w);
/* json_flat_begin() - what is opened next, and all in it, is written on one line until it ends. */
void json_flat_begin(struct json_writer *w);

void json_put_string(struct json_writer *w, const char *key, const char *text); /* NULL: null */
void json_put_u64(struct json_writer *w, const char *key, uint64_t value);
void json_put_i64(struct json_writer *w, const char *key, int64_t value);
void json_put_real(struct json_writer *w, const char *key, double value,
                   int decimals); /* not finite: null */
void json_put_bool(struct json_writer *w, const char *key, bool value);
void json_put_null(struct json_writer *w, const char *key);
void json_put_time(struct json_writer *w, const char *key,
                   int64_t time_ns); /* RFC 3339, as time_text() */
