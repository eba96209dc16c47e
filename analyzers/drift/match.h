/* Which object of one section is which of another's. */
#pragma once

#include <stddef.h>

#include "analyzers/drift/inventory.h"

/* An object and the one that it is on the other side; NULL: none. */
struct match {
    const struct inventory_object *object, *peer;
};

/*
 * match_objects() - by id where the section has one, then those that are equal in everything, then
 * by keys. Several of one key are paired in their order.
 * @ret_base, @ret_now: as many as the sections have objects, in their order; the caller frees them
 *
 * Returns 0 or ERR_MEMORY.
 */
int match_objects(struct match **ret_base, struct match **ret_now,
                  const struct inventory_section *base, const struct inventory_section *now,
                  struct error *err);
