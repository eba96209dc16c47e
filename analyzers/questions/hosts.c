#include "analyzers/questions/hosts.h"

#include <stdlib.h>

#include "src/base/array.h"
#include "src/base/hash.h"
#include "src/base/text.h"

enum { FIRST_SLOTS = 64 };

static int host_add(struct host_index *index, char *name, bool is_inferred, struct error *err)
{
    struct result *r = index->result;

    if (!name)
        return error_memory(err);
    if (array_reserve(&r->hosts, &index->hosts_capacity, r->n_hosts + 1, sizeof(*r->hosts),
                      INT32_MAX, err) < 0) {
        free(name);
        return ERR_MEMORY;
    }
    r->hosts[r->n_hosts] = (struct result_host){ name, is_inferred };
    return (int)r->n_hosts++;
}

void host_index_release(struct host_index *index)
{
    free(index->slots);
    *index = (struct host_index){ 0 };
}

/* A slot's host is kept plus one, so that an empty slot is all zero. */
static struct known_address *find_slot(struct known_address *slots, size_t n_slots,
                                       const struct addr *a)
{
    uint64_t hash = hash_fold(hash_load64(a->bytes) ^ UINT64_C(0x9e3779b97f4a7c15),
                              hash_load64(a->bytes + 8) ^ UINT64_C(0xbf58476d1ce4e5b9));

    for (size_t i = (size_t)hash;; i++) {
        struct known_address *slot = &slots[i & (n_slots - 1)];

        if (!slot->host || addr_equal(&slot->addr, a))
            return slot;
    }
}

static int grow(struct host_index *index, struct error *err)
{
    size_t n_slots = index->n_slots * 2;
    struct known_address *slots = calloc(n_slots, sizeof(*slots));

    if (!slots)
        return error_memory(err);
    for (size_t i = 0; i < index->n_slots; i++)
        if (index->slots[i].host)
            *find_slot(slots, n_slots, &index->slots[i].addr) = index->slots[i];
    free(index->slots);
    index->slots = slots;
    index->n_slots = n_slots;
    return 0;
}

int host_index_of(struct host_index *index, const struct addr *a, struct error *err)
{
    struct known_address *slot;
    char text[ADDR_TEXT_BYTES];
    int host = topology_host_of(index->topology, a);

    if (host != NO_HOST)
        return host;
    if (index->n_used >= index->n_slots / 2 && grow(index, err) < 0)
        return ERR_MEMORY;
    slot = find_slot(index->slots, index->n_slots, a);
    if (!slot->host) {
        host = host_add(index, text_copy(addr_text(text, a)), true, err);
        if (host < 0)
            return host;
        *slot = (struct known_address){ *a, host + 1 };
        index->n_used++;
    }
    return slot->host - 1;
}

/* The snapshot's host that one of the input's own addresses belongs to, or NO_HOST. */
static int host_of_input(const struct result *r, const struct question *q, int input)
{
    for (size_t i = 0; i < q->n_locals; i++) {
        int host = NO_HOST;

        if (r->nics[q->locals[i].nic].input == input)
            host = topology_host_of(q->topology, &q->locals[i].addr);
        if (host != NO_HOST)
            return host;
    }
    return NO_HOST;
}

/* The address is that host's from now on. */
static int claim(struct host_index *index, const struct addr *a, int host, struct error *err)
{
    struct known_address *slot;

    if (index->n_used >= index->n_slots / 2 && grow(index, err) < 0)
        return ERR_MEMORY;
    slot = find_slot(index->slots, index->n_slots, a);
    if (!slot->host)
        index->n_used++;
    *slot = (struct known_address){ *a, host + 1 };
    return 0;
}

/* Every input's own addresses are put to one host. */
static int add_locals(struct host_index *index, const struct question *q, struct error *err)
{
    struct result *r = index->result;
    AUTO_MEMORY int *hosts = malloc((r->n_inputs + 1) * sizeof(*hosts)); /* by input */
    int n = 0;

    if (!hosts)
        return error_memory(err);
    for (size_t i = 0; q->n_locals && i < r->n_inputs; i++)
        hosts[i] = host_of_input(r, q, (int)i);
    for (size_t i = 0; i < q->n_locals && !n; i++) {
        const struct local_address *local = &q->locals[i];
        struct result_nic *nic = &r->nics[local->nic];

        if (hosts[nic->input] == NO_HOST)
            hosts[nic->input] = host_index_of(index, &local->addr, err);
        if (hosts[nic->input] < 0)
            return ERR_MEMORY;
        nic->host = hosts[nic->input];
        n = claim(index, &local->addr, nic->host, err);
    }
    return n;
}

int host_index_init(struct host_index *index, struct result *r, const struct question *q,
                    struct error *err)
{
    const struct topology *t = q->topology;

    *index = (struct host_index){ .result = r, .topology = t, .n_slots = FIRST_SLOTS };
    index->slots = calloc(index->n_slots, sizeof(*index->slots));
    if (!index->slots)
        return error_memory(err);
    for (size_t i = 0; i < t->n_hosts; i++) {
        int n = host_add(index, text_copy(t->hosts[i].name), false, err);

        if (n < 0)
            return n;
    }
    return add_locals(index, q, err);
}
