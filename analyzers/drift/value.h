/*
 * One setting's value, whatever form a snapshot has it in: read, compared, shown.
 *
 * A scalar that isn't of the form that its row names (text where a number should be) is taken as it
 * stands, since a newer cmdlet may tell more; an array or object in a scalar's place is an error.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "analyzers/drift/settings.h"
#include "src/base/error.h"
#include "src/model/snapshot_node.h"

struct pool;

/* Items stand one behind the other, each ended by 0; a scalar is one item. */
struct value {
    const char *items; /* NULL: unknown. Borrows from the pool */
    size_t n_bytes;    /* with the items' zeros; 0: an empty list, or none */
};

/* value_is_none() - null, or no text, where that says "none". */
bool value_is_none(const struct value *v);
/* value_next() - walks the items; begin with NULL. Returns NULL behind the last. */
const char *value_next(const struct value *v, const char *item);
/*
 * value_read() - a setting of an object.
 * @object: one of the section's
 *
 * Returns 0 (also when it is unknown), ERR_INPUT (the text has the JSON path), ERR_LIMIT,
 * ERR_MEMORY.
 */
int value_read(struct value *ret_value, const struct setting_kind *kind,
               const struct snapshot_node *object, struct pool *pool, struct error *err);
/* value_read_at() - the same from where the value itself stands. */
int value_read_at(struct value *ret_value, const struct setting_kind *kind,
                  const struct snapshot_node *node, struct pool *pool, struct error *err);
/* value_compare() - by meaning, as the form has it; unknown sorts first. Under 0, 0 or over 0. */
int value_compare(enum setting_form form, const struct value *a, const struct value *b);
/* value_compare_text() - by the bytes, for an order that is always the same. */
int value_compare_text(const struct value *a, const struct value *b);
/* value_is_list() - written as an array? */
bool value_is_list(enum setting_form form);
