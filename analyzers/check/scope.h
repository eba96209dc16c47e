/*
 * What a firewall or IPsec rule holds for, as the cmdlets write it.
 *
 * An absent list holds everything, and so does a word of the firewall's own (LocalSubnet, DNS):
 * nothing is held against anybody for what isn't known.
 */
#pragma once

#include "src/model/snapshot_node.h"
#include "src/net/addr.h"

/* scope_holds() - is an address within a list of addresses, ranges and subnets? Returns 1, 0 or a
 * negative code. */
int scope_holds(const struct snapshot_node *item, const char *property, const struct addr *a,
                struct error *err);
/* scope_is_any() - does it hold every address? Returns 1, 0 or a negative code. */
int scope_is_any(const struct snapshot_node *item, const char *property, struct error *err);
/* scope_is_enabled() - is the rule itself? */
bool scope_is_enabled(const struct snapshot_node *item);
/* scope_enum() - a property by its name or number; -1: unknown. */
int scope_enum(const struct snapshot_node *item, const char *property,
               const struct snapshot_word *words);
