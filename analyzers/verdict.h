/* The verdict: the transfers' bytes weighed against the intended networks (docs/verdicts.md). */
#pragma once

#include "analyzers/questions/questions.h"
#include "analyzers/result.h"
#include "src/base/error.h"

/* verdict_reach() - set the result's verdict and reasons, and each transfer's verdict. Needs
 * transfers. */
int verdict_reach(struct result *r, const struct question *q, struct error *err);
