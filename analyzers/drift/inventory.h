/*
 * A snapshot's settings in one form and one order: the cluster's and each host's sections, their
 * objects sorted by their keys, a value for each row of settings.h.
 *
 * Two snapshots of one configuration have equal inventories, whatever PowerShell wrote them. Owns
 * all that is in it; not changed once read.
 */
#pragma once

#include "analyzers/drift/pool.h"
#include "analyzers/drift/settings.h"
#include "analyzers/drift/value.h"
#include "src/base/auto.h"
#include "src/model/snapshot.h"

enum {
    INVENTORY_MAX_HOSTS = 1024,
    INVENTORY_MAX_OBJECTS = 262144, /* of the whole snapshot; 64 hosts have about 30,000 */
    INVENTORY_LABEL_BYTES = 256,
};

struct inventory_object {
    const struct value *values; /* one for each of the section's settings */
};

struct inventory_section {
    const struct section_kind *kind;
    bool is_known;
    const struct inventory_object *objects;
    size_t n_objects;
};

struct inventory_owner {
    const char *name;                   /* of the host; NULL: the cluster */
    struct inventory_section *sections; /* by settings_section()'s index */
};

struct inventory {
    const char *name;               /* of the snapshot: its path */
    const char *collected;          /* when, as it says; "" */
    struct inventory_owner *owners; /* the cluster, then the hosts by name */
    size_t n_owners, n_sections;
    size_t n_objects;
    struct pool pool; /* private */
};

/* inventory_read() - Returns 0, ERR_INPUT (the text has the JSON path), ERR_LIMIT, ERR_MEMORY. */
int inventory_read(struct inventory **ret_inventory, const struct snapshot *s, struct error *err);
struct inventory *inventory_free(struct inventory *i);
DEFINE_AUTO(inventory)

/* inventory_section_of() - one section of an owner. */
const struct inventory_section *inventory_section_of(const struct inventory_owner *owner,
                                                     const char *cmdlet);
/* inventory_text() - the text of the cluster's only object (Get-Cluster); NULL: unknown. */
const char *inventory_text(const struct inventory *i, const char *cmdlet, const char *property);
/* inventory_network_name(), inventory_network_id() - from the other; NULL: none has it. */
const char *inventory_network_name(const struct inventory *i, const char *id);
const char *inventory_network_id(const struct inventory *i, const char *name);
/* inventory_has() - has the section an object whose first key reads so? */
bool inventory_has(const struct inventory_section *s, const char *key);
/* inventory_label() - an object's keys, without the host that the section names in the first. */
char *inventory_label(char to[INVENTORY_LABEL_BYTES], const struct section_kind *kind,
                      const struct inventory_object *o);
