#include "analyzers/questions/hosts.h"

#include <stdlib.h>
#include <string.h>

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

/* Every host has them, so they tell none. */
static bool is_loopback(const struct addr *a)
{
    static const struct addr v6 = { { [15] = 1 } };

    return addr_equal(a, &v6) || (addr_is_v4(a) && a->bytes[12] == 127);
}

/* An address of one host alone. */
static bool is_telling(const struct addr *a)
{
    return !is_loopback(a) && !addr_is_link_local(a);
}

/* The address is that host's from now on, unless it is another's already. */
static int claim(struct host_index *index, const struct addr *a, int host, struct error *err)
{
    struct known_address *slot;

    if (index->n_used >= index->n_slots / 2 && grow(index, err) < 0)
        return ERR_MEMORY;
    slot = find_slot(index->slots, index->n_slots, a);
    if (slot->host)
        return 0;
    index->n_used++;
    *slot = (struct known_address){ *a, host + 1 };
    return 0;
}

/* The inputs of one host, by input: the first of them, and at that one the host. */
struct union_of_inputs {
    int *first;
    int *hosts;
};

static int first_of(const struct union_of_inputs *u, int input)
{
    while (u->first[input] != input)
        input = u->first[input] = u->first[u->first[input]];
    return input;
}

struct own_address {
    struct addr addr;
    int input;
};

static int by_addr(const void *left, const void *right)
{
    const struct own_address *a = left, *b = right;

    return memcmp(&a->addr, &b->addr, sizeof(a->addr));
}

/* Two captures that bear the same address were made on the same host. */
static int unite_inputs(struct union_of_inputs *u, const struct result *r, const struct question *q,
                        struct error *err)
{
    AUTO_MEMORY struct own_address *own = malloc((q->n_locals + 1) * sizeof(*own));
    size_t n = 0;

    if (!own)
        return error_memory(err);
    for (size_t i = 0; i < q->n_locals; i++)
        if (is_telling(&q->locals[i].addr))
            own[n++] = (struct own_address){ q->locals[i].addr, r->nics[q->locals[i].nic].input };
    qsort(own, n, sizeof(*own), by_addr);
    for (size_t i = 1; i < n; i++) {
        int a = first_of(u, own[i - 1].input), b = first_of(u, own[i].input);

        if (addr_equal(&own[i - 1].addr, &own[i].addr))
            u->first[a > b ? a : b] = a > b ? b : a;
    }
    return 0;
}

/* The host of that name, or a new one. Not one that another session's recorder called itself too.
 */
static int name_by_session(struct host_index *index, const struct union_of_inputs *u,
                           const char *name, struct error *err)
{
    const struct result *r = index->result;

    for (size_t i = 0; i < r->n_hosts; i++) {
        if (!host_names_equal(r->hosts[i].name, name))
            continue;
        for (size_t n = 0; n < r->n_inputs; n++)
            if (u->hosts[n] == (int)i)
                return NO_HOST;
        return (int)i;
    }
    return host_add(index, text_copy(name), false, err);
}

/* A recorder knows what its host is called. */
static int name_by_sessions(struct host_index *index, const struct union_of_inputs *u,
                            struct error *err)
{
    const struct result *r = index->result;

    for (size_t i = 0; i < r->n_sessions; i++) {
        const struct recorded *s = &r->sessions[i];
        int *host = s->n_inputs ? &u->hosts[first_of(u, (int)s->first_input)] : NULL;

        if (!host || *host != NO_HOST || !*s->session.host)
            continue;
        *host = name_by_session(index, u, s->session.host, err);
        if (*host < NO_HOST)
            return ERR_MEMORY;
    }
    return 0;
}

enum naming { BY_SNAPSHOT, BY_TELLING_ADDRESS, BY_ANY_ADDRESS };

/* The host that an address names, NO_HOST or ERR_MEMORY. */
static int name_host(struct host_index *index, const struct addr *a, enum naming naming,
                     struct error *err)
{
    if (is_loopback(a) || (naming == BY_TELLING_ADDRESS && !is_telling(a)))
        return NO_HOST;
    return naming == BY_SNAPSHOT ? topology_host_of(index->topology, a)
                                 : host_index_of(index, a, err);
}

static int name_by_addresses(struct host_index *index, const struct union_of_inputs *u,
                             const struct question *q, enum naming naming, struct error *err)
{
    for (size_t i = 0; i < q->n_locals; i++) {
        const struct local_address *local = &q->locals[i];
        int *host = &u->hosts[first_of(u, index->result->nics[local->nic].input)];

        if (*host == NO_HOST)
            *host = name_host(index, &local->addr, naming, err);
        if (*host < NO_HOST)
            return ERR_MEMORY;
    }
    return 0;
}

static int name_hosts(struct host_index *index, const struct union_of_inputs *u,
                      const struct question *q, struct error *err)
{
    int r = name_by_addresses(index, u, q, BY_SNAPSHOT, err);

    if (!r)
        r = name_by_sessions(index, u, err);
    if (!r)
        r = name_by_addresses(index, u, q, BY_TELLING_ADDRESS, err);
    return r ? r : name_by_addresses(index, u, q, BY_ANY_ADDRESS, err);
}

/* Every input's own addresses are put to one host. */
static int add_locals(struct host_index *index, const struct question *q, struct error *err)
{
    struct result *r = index->result;
    AUTO_MEMORY int *first = malloc((r->n_inputs + 1) * sizeof(*first));
    AUTO_MEMORY int *hosts = malloc((r->n_inputs + 1) * sizeof(*hosts));
    struct union_of_inputs u = { first, hosts };
    int n;

    if (!first || !hosts)
        return error_memory(err);
    for (size_t i = 0; i < r->n_inputs; i++) {
        first[i] = (int)i;
        hosts[i] = NO_HOST;
    }
    n = unite_inputs(&u, r, q, err);
    if (!n)
        n = name_hosts(index, &u, q, err);
    for (size_t i = 0; i < q->n_locals && !n; i++) {
        const struct local_address *local = &q->locals[i];
        struct result_nic *nic = &r->nics[local->nic];

        nic->host = hosts[first_of(&u, nic->input)];
        if (nic->host != NO_HOST && !is_loopback(&local->addr))
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
