/* Which rules a snapshot lets look at something: one that can't is silent, and has not passed. */
#pragma once

#include "analyzers/check/rules.h"

/* looked_missing() - what the rule @id lacks: "Get-NetAdapterRss", "an intended network"; NULL: it
 * could look. A constant. */
const char *looked_missing(const struct check *c, const char *id);
