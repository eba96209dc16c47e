/* The three layers of a snapshot, as far as they concern the hosts between which memory moved. */
#pragma once

#include "analyzers/check/config.h"
#include "analyzers/result.h"
#include "src/base/error.h"

/* layers_fill() - the result's layers. Returns 0 or ERR_MEMORY. */
int layers_fill(struct result *r, const struct config *c, struct error *err);
/* layers_host() - what the snapshot tells of one of the result's hosts; NULL: nothing. */
const struct config_host *layers_host(const struct result *r, const struct config *c, int host);
