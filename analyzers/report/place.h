/*
 * The members of a saved result's objects, checked as they are read; for result_read*.c alone.
 *
 * Reading goes on after the first mistake with nothing more to say: the reader keeps that one, and
 * every getter gives "unknown" from then on.
 */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "analyzers/report/result_read.h"
#include "analyzers/result.h"
#include "src/base/error.h"

enum { PATH_BYTES = 128 };

struct reader {
    struct saved_result *saved;
    bool is_reduced; /* by result_reduce() */
    int status;      /* negative from the first mistake on */
    struct error *err;
};

/* An object, and where it stands: "transfers[2].source". */
struct place {
    struct reader *reader;
    const json_t *object;
    char path[PATH_BYTES];
};

enum { N_VERDICTS = 5, N_CERTAINTIES = 4, N_SEVERITIES = 3, N_TRANSPORTS = 3, N_ROLES = 6 };

/* place_wrong() - a mistake: "transfers[2].bytes: is no count". */
void place_wrong(const struct place *p, const char *key, const char *what);
void place_no_memory(const struct place *p);
/* place_room() - zeroed, for at least one; NULL without memory, which is told. */
void *place_room(const struct place *p, size_t n, size_t item_bytes);

/* place_member() - NULL: absent, null, or there was a mistake before. */
const json_t *place_member(const struct place *p, const char *key);
struct place place_object(const struct place *p, const char *key);
struct place place_item(const struct place *p, const char *key, const json_t *list, size_t i);
/* place_list() - NULL, and no items: absent. */
const json_t *place_list(const struct place *p, const char *key, size_t max_items, size_t *ret_n);
/*
 * place_read_list() - one list of objects into an array of the result; the count grows as items are
 * read.
 */
void place_read_list(const struct place *top, const char *key, void *array, size_t *n_items,
                     size_t item_bytes, size_t max_items,
                     void (*read)(const struct place *p, struct result *r, size_t i));
#define PLACE_READ_LIST(top, key, field, max, read)                                                \
    place_read_list(top, key, &r->field, &r->n_##field, sizeof(*r->field), max, read)

/* place_string() - borrowed; NULL: unknown. */
const char *place_string(const struct place *p, const char *key);
/* place_text() - a copy, of @otherwise where it is unknown; NULL then, too. */
char *place_text(const struct place *p, const char *key, const char *otherwise);
char **place_texts(const struct place *p, const char *key, size_t *ret_n);
/* place_kept() - one copy of each text, which the saved result owns. */
const char *place_kept(const struct place *p, const char *text);
/* place_constant() - what is a constant in a result that was not read back. */
const char *place_constant(const struct place *p, const char *key);
uint64_t place_count(const struct place *p, const char *key, uint64_t otherwise);
uint64_t place_bounded(const struct place *p, const char *key, uint64_t otherwise, uint64_t most);
int64_t place_integer(const struct place *p, const char *key, int64_t otherwise);
double place_real(const struct place *p, const char *key, double otherwise);
/* place_share() - of a whole; written with a few decimals. */
double place_share(const struct place *p, const char *key);
bool place_bool(const struct place *p, const char *key, bool otherwise);
/* place_flag() - 1, 0; -1: unknown. */
int place_flag(const struct place *p, const char *key);
/* place_span() - seconds, as nanoseconds. */
int64_t place_span(const struct place *p, const char *key);
int64_t place_time(const struct place *p, const char *key, int64_t otherwise);
struct addr place_addr(const struct place *p, const char *key);
/* One of several names: @name_of gives that of each of @n. */
#define PLACE_ENUM(p, key, n, name_of, otherwise)                                                  \
    __extension__({                                                                                \
        const char *text_ = place_string(p, key);                                                  \
        int found_ = text_ ? -1 : (int)(otherwise);                                                \
        for (int i_ = 0; text_ && i_ < (int)(n); i_++) {                                           \
            if (name_of(i_) && strcmp(name_of(i_), text_) == 0)                                    \
                found_ = i_;                                                                       \
        }                                                                                          \
        if (found_ < 0) {                                                                          \
            place_wrong(p, key, "is a name that is not known here");                               \
            found_ = (int)(otherwise);                                                             \
        }                                                                                          \
        found_;                                                                                    \
    })

/* place_network() - an index; -1: none. place_network_named() - the same of a name. */
int place_network(const struct place *p, const char *key);
int place_network_named(const struct result *r, const char *name);
int place_input(const struct place *p, const char *key);
/* place_host() - hosts are known by their names; they are added as they are met. -1: none. */
int place_host(const struct place *p, const char *key, bool is_inferred);
/* place_named_host() - the same where there must be one. */
int place_named_host(const struct place *p, const char *key);

/* place_same() - do both have the same member, or neither? */
bool place_same(const struct place *a, const struct place *b, const char *key);

/* result_read_connections.c: connections and where they were seen; after networks and NICs. */
void result_read_connections(const struct place *top, struct result *r);
/* result_read_findings.c: findings, causes, predictions, layers and checks. */
void result_read_findings(const struct place *top, struct result *r);
