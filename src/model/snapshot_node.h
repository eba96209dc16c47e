/*
 * One value of a snapshot, in whatever form ConvertTo-Json left it, and where it stands.
 *
 * A node is a plain value that borrows from the snapshot and from its parent node: both must live
 * while it is used. A node of something absent is a node too (it has a path, and reads as unknown).
 *
 * Readers return 1 when they set ret_x; 0 when the value is unknown: absent, null, or flattened to
 * a type's name; ERR_INPUT when it is something else than it should be. The error's text begins
 * with the JSON path.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "src/base/error.h"

enum {
    SNAPSHOT_MAX_ITEMS = 65536, /* in one list of objects */
    SNAPSHOT_MAX_WORDS = 4096,  /* in one list of words */
    SNAPSHOT_WORD_BYTES = 128,
    SNAPSHOT_PATH_BYTES = 256,
    SNAPSHOT_SCALAR_BYTES = 32,
};

struct snapshot_node {
    const void *json; /* private; NULL: absent */
    const struct snapshot_node *parent;
    const char *key; /* the member's name as it stands in the file; NULL: the root, or an item */
    size_t index;    /* of an item */
    bool in_value;   /* the item stands in its list's "value" */
};

/* One name of an enumeration; tables end with a row without a name. */
struct snapshot_word {
    const char *name;
    int value;
};

/* snapshot_node_member() - by exact name, else by one that differs in case only. */
struct snapshot_node snapshot_node_member(const struct snapshot_node *owner, const char *name);
/* snapshot_node_next() - walks an object's members in the file's order; begin with *member all
 * zero. Returns false at the end. */
bool snapshot_node_next(struct snapshot_node *member, const struct snapshot_node *owner);
bool snapshot_node_is_absent(const struct snapshot_node *n);
/* snapshot_node_object() - is it one? Returns 1, 0 when absent or null, ERR_INPUT when it is
 * something else. */
int snapshot_node_object(const struct snapshot_node *n, struct error *err);

/*
 * snapshot_node_count() - how many objects a list has: an array, {"value": [...], "Count": n}, or
 * one object that stands for itself; null is an empty list. Returns 0, ERR_INPUT, ERR_LIMIT.
 */
int snapshot_node_count(const struct snapshot_node *list, size_t *ret_count, struct error *err);
/* snapshot_node_item() - an object of the list. Returns 1, 0 when it is null, ERR_INPUT when it is
 * no object. */
int snapshot_node_item(const struct snapshot_node *list, size_t index,
                       struct snapshot_node *ret_item, struct error *err);

/* snapshot_node_is_null() - is it written, as null? */
bool snapshot_node_is_null(const struct snapshot_node *n);
/*
 * snapshot_node_element() - one of a list of plain values: an array's, {"value": [...]}'s, or the
 * value that stands for itself. Returns false behind the last.
 */
bool snapshot_node_element(const struct snapshot_node *list, size_t index,
                           struct snapshot_node *ret_element);

/* Each takes the plain value or one wrapped in {"value"|"Value"|"value__": ...}. */
/* snapshot_node_text() - *ret_text borrows from the snapshot. */
int snapshot_node_text(const struct snapshot_node *n, const char **ret_text, struct error *err);
/* snapshot_node_scalar() - text, or what a number or truth value is written as into @to. */
int snapshot_node_scalar(const struct snapshot_node *n, char to[SNAPSHOT_SCALAR_BYTES],
                         const char **ret_text, struct error *err);
/* snapshot_node_integer() - a number or its text; unknown when 64 signed bits don't hold it. */
int snapshot_node_integer(const struct snapshot_node *n, int64_t *ret_integer, struct error *err);
/* snapshot_node_bool() - true, "True", 1 and their opposites. */
int snapshot_node_bool(const struct snapshot_node *n, bool *ret_bool, struct error *err);
/* snapshot_node_enum() - number, numeric text or name; unknown when the table lacks it. */
int snapshot_node_enum(const struct snapshot_node *n, const struct snapshot_word *words,
                       int *ret_value, struct error *err);

/*
 * A list of words, item by item: an array of texts or numbers, {"value": [...]}, or one text with
 * blanks, commas or semicolons between, as flattening and cluster parameters leave it.
 */
struct snapshot_words {
    const struct snapshot_node *list;
    struct snapshot_node item; /* where the word at hand stands */
    const char *text;          /* what is left of the item's text */
    size_t n_items, n_words;
    char word[SNAPSHOT_WORD_BYTES];
};

void snapshot_words_init(struct snapshot_words *w, const struct snapshot_node *list);
/* snapshot_words_next() - the next one into w->word. Returns 1, 0 at the end, ERR_INPUT, ERR_LIMIT.
 */
int snapshot_words_next(struct snapshot_words *w, struct error *err);

/* snapshot_node_path() - "Nodes.HV01.Get-NetIPAddress[2].PrefixLength"; keys with other characters
 * as ["..."]; a long one loses its beginning. Returns @to. */
char *snapshot_node_path(char to[SNAPSHOT_PATH_BYTES], const struct snapshot_node *n);
/* snapshot_node_error() - error_set() with ERR_INPUT, behind the path. */
int snapshot_node_error(const struct snapshot_node *n, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
