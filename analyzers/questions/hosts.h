/*
 * Whose address is it? Hosts of the snapshot by name; an address that nobody claims is a host of
 * its own, known by the address and marked as inferred.
 */
#pragma once

#include "analyzers/questions/questions.h"
#include "analyzers/result.h"
#include "src/base/error.h"
#include "src/model/topology.h"

struct known_address {
    struct addr addr;
    int host;
};

struct host_index {
    struct result *result; /* its hosts grow */
    const struct topology *topology;
    size_t hosts_capacity;
    struct known_address *slots; /* addresses seen, open addressing */
    size_t n_slots;              /* a power of two */
    size_t n_used;
};

/*
 * host_index_init() - the topology's hosts become the result's first ones; the addresses of one
 * input's own NICs are one host, and so are those of all inputs that share one (but for loopback
 * and link-local addresses): the snapshot's, when it knows any of them, else it has the name that
 * a recorder on it wrote into its session. Sets the NICs' host.
 */
int host_index_init(struct host_index *index, struct result *r, const struct question *q,
                    struct error *err);
void host_index_release(struct host_index *index);
/* host_index_of() - Returns an index into result.hosts, or ERR_MEMORY. */
int host_index_of(struct host_index *index, const struct addr *a, struct error *err);
