/*
 * Addresses in disguise, for reports that are passed on: two addresses share as many leading bits
 * as before, so that hosts of one subnet stay in one subnet (the scheme of Xu, Fan, Ammar and Moon,
 * "Prefix-preserving IP address anonymization", 2002, over another keyed hash).
 *
 * What an address is for stays to be seen: IPv4 stays IPv4, private, link-local and global
 * addresses stay such; loopback, multicast, broadcast and the unspecified addresses stay as they
 * are.
 *
 * Who knows some addresses and their disguises knows the bits that others share with them.
 */
#pragma once

#include "src/base/secret_hash.h"
#include "src/net/addr.h"

/* addr_disguise() - one to one under a key. */
struct addr addr_disguise(const struct addr *a, const struct secret_key *key);
/* prefix_disguise() - contains the disguises of what @p contains. */
struct prefix prefix_disguise(const struct prefix *p, const struct secret_key *key);
