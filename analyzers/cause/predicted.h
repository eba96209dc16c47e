/* What the rules pick between the hosts that exchanged memory, beside what was seen there. */
#pragma once

#include "analyzers/check/predict.h"
#include "analyzers/result.h"
#include "src/base/error.h"

/* predicted_fill() - the result's predictions; @min_share as for cause_find(). Returns 0, ERR_LIMIT
 * or ERR_MEMORY. */
int predicted_fill(struct result *r, const struct config *c, double min_share, struct error *err);

/* Of a rule and a direction. */
struct pick {
    bool applies;
    bool takes_wrong; /* one of its networks carried memory there, and is not intended */
    bool agrees;      /* all that was seen is what it picks */
};
struct pick predicted_pick(const struct result *r, const struct result_direction *d,
                           enum predict_rule rule, double min_share);
/* predicted_is_seen() - did a network carry enough of a direction to be part of its path? */
bool predicted_is_seen(const struct result_direction *d, size_t i, double min_share);
