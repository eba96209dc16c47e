/* A snapshot file of any bytes, as far as a verdict's use of it. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "src/model/snapshot.h"
#include "src/model/topology.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes);

static void use(struct topology *t, struct error *err)
{
    struct addr a;

    topology_intend(t, err);
    for (size_t i = 0; i < t->n_addresses; i++) {
        int network = topology_network_of(t, &t->addresses[i].addr);

        if (network < NO_NETWORK || network >= (int)t->n_networks ||
            t->addresses[i].host >= (int)t->n_hosts)
            abort();
    }
    if (addr_parse(&a, "10.20.0.1", err) == 0)
        topology_guess(t, &a, err);
    topology_expect(t, "Storage1,10.0.0.0/8", err);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n_bytes)
{
    struct snapshot *s = NULL;
    struct topology t;
    struct error err = { "" };

    topology_init(&t);
    if (snapshot_parse(&s, bytes, n_bytes, "x.json", &err) == 0 &&
        topology_add_snapshot(&t, s, &err) == 0)
        use(&t, &err);
    topology_release(&t);
    snapshot_free(s);
    return 0;
}
