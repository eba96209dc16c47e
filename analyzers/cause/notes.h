/* Sentences beside the cause. */
#pragma once

#include "analyzers/result.h"
#include "src/base/error.h"

/*
 * notes_add_fit() - which rules the path of a direction fits, and which not.
 * @is_only: no other direction is told of, so that this one needs no name
 *
 * Both return 0 or ERR_MEMORY.
 */
int notes_add_fit(struct result *r, const struct result_direction *d, double min_share,
                  bool is_only, struct error *err);
/* notes_add_doubts() - nothing is found to blame; the snapshot is of another time. */
int notes_add_doubts(struct result *r, struct error *err);
