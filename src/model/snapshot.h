/*
 * A snapshot file: the configuration of a cluster or of some hosts, as the collector wrote it.
 *
 * Read once, not changed, any thread may read. What stands in it is asked for by cmdlet and
 * property; snapshot_node.h takes care of the forms.
 */
#pragma once

#include "src/base/auto.h"
#include "src/base/error.h"
#include "src/model/snapshot_node.h"
#include "src/model/snapshot_text.h"

enum { SNAPSHOT_MAX_ERRORS = 16384 }; /* entries of "Errors" */

struct snapshot;

/*
 * snapshot_read() - a whole file.
 *
 * Returns 0, ERR_SYSTEM (can't be read), ERR_INPUT (no JSON, no object, another schema), ERR_LIMIT,
 * ERR_MEMORY. The text begins with the path.
 */
int snapshot_read(struct snapshot **ret_snapshot, const char *path, struct error *err);
/* snapshot_parse() - the same from bytes, which are copied, and a name for messages. */
int snapshot_parse(struct snapshot **ret_snapshot, const void *bytes, size_t n_bytes,
                   const char *name, struct error *err);
struct snapshot *snapshot_free(struct snapshot *s);
DEFINE_AUTO(snapshot)

/* snapshot_name() - the path or name that it was read by. Borrows from @s. */
const char *snapshot_name(const struct snapshot *s);
struct snapshot_node snapshot_root(const struct snapshot *s);

/*
 * snapshot_section() - what a cmdlet told.
 * @owner: the root, or a member of "Nodes"
 *
 * Returns true when it is known, be it empty; false when it is absent or "Errors" tells that the
 * cmdlet failed (there, or on the whole host).
 */
bool snapshot_section(const struct snapshot *s, const struct snapshot_node *owner,
                      const char *cmdlet, struct snapshot_node *ret_section);
