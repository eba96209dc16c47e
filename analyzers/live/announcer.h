/* The event "connection": each connection once, as soon as it is seen (docs/events.md). */
#pragma once

#include <stdio.h>

#include "analyzers/result.h"
#include "src/base/auto.h"

enum { ANNOUNCER_MAX = 65536 }; /* connections; further ones are not announced */

struct announcer; /* opaque */

/* announcer_new() - NULL without memory. */
struct announcer *announcer_new(void);
struct announcer *announcer_free(struct announcer *a);
DEFINE_AUTO(announcer)
/* announcer_tell() - write one line for each connection of @r that is new.
 * @time_ns: now */
void announcer_tell(struct announcer *a, const struct result *r, int64_t time_ns, FILE *out);
