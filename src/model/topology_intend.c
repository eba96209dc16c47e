/* Where the configuration says that the memory should go. The rules stand in the header. */
#include "src/model/topology.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { REASON_BYTES = 1024 };

static int reason_set(struct topology *t, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int reason_set(struct topology *t, struct error *err, const char *format, ...)
{
    char text[REASON_BYTES];
    char *reason;
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    reason = strdup(text);
    if (!reason)
        return error_memory(err);
    free(t->intended_reason);
    t->intended_reason = reason;
    return 0;
}

/* The intended networks' names: "Storage1", "LM1 and LM2", "LM1, LM2 and LM3". */
static char *intended_text(char to[REASON_BYTES / 2], const struct topology *t)
{
    size_t n_left = 0, used = 0;
    const char *between = "";

    to[0] = '\0';
    for (size_t i = 0; i < t->n_networks; i++)
        n_left += t->networks[i].is_intended;
    for (size_t i = 0; i < t->n_networks && used < REASON_BYTES / 2 - 1; i++) {
        if (!t->networks[i].is_intended)
            continue;
        snprintf(to + used, REASON_BYTES / 2 - used, "%s%s", between, t->networks[i].name);
        used += strlen(to + used);
        n_left--;
        between = n_left == 1 ? " and " : ", ";
    }
    return to;
}

/* Entries without a priority come last. */
static uint64_t rank_of(const struct migration_subnet *s)
{
    return s->priority < 0 ? UINT64_MAX : (uint64_t)s->priority;
}

/* subnet_network() - the network that a host list's subnet is, or lies in. */
static int subnet_network(const struct topology *t, const struct migration_subnet *s)
{
    int network = topology_prefix_find(t, &s->prefix);

    return network != NO_NETWORK ? network : topology_network_of(t, &s->prefix.addr);
}

/* host_ranks() - the best rank of a network in one host's list. Returns false when it isn't there.
 */
static bool host_ranks(uint64_t *ret_rank, const struct topology *t, const struct host *h,
                       int network)
{
    bool is_listed = false;

    for (size_t i = 0; i < h->n_migration_subnets; i++) {
        const struct migration_subnet *s = &h->migration_subnets[i];

        if (subnet_network(t, s) != network)
            continue;
        if (!is_listed || rank_of(s) < *ret_rank)
            *ret_rank = rank_of(s);
        is_listed = true;
    }
    return is_listed;
}

/* ---- rule 1: the cluster's order ---- */

static int network_ordered(const struct topology *t, int place)
{
    for (size_t i = 0; i < t->n_networks; i++)
        if (t->networks[i].migration_order == place)
            return (int)i;
    return NO_NETWORK;
}

static int order_first(const struct topology *t)
{
    int first = NO_NETWORK;

    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        if (n->migration_order < 0 || n->is_excluded)
            continue;
        if (first == NO_NETWORK || n->migration_order < t->networks[first].migration_order)
            first = (int)i;
    }
    return first;
}

/* hosts_rank_equal() - does every host that has a list give both the same priority, and one does?
 */
static bool hosts_rank_equal(const struct topology *t, int network, int other)
{
    bool any = false;

    for (size_t i = 0; i < t->n_hosts; i++) {
        const struct host *h = &t->hosts[i];
        uint64_t rank = 0, other_rank = 0;

        if (!h->n_migration_subnets)
            continue;
        if (!host_ranks(&rank, t, h, network) || !host_ranks(&other_rank, t, h, other) ||
            rank != other_rank || rank == UINT64_MAX)
            return false;
        any = true;
    }
    return any;
}

/* Returns 1 when it applied, 0 when it did not, or ERR_MEMORY. */
static int intend_by_order(struct topology *t, struct error *err)
{
    char names[REASON_BYTES / 2];
    int first = order_first(t);
    int next, r;
    bool several = false;

    if (first == NO_NETWORK)
        return 0;
    t->networks[first].is_intended = true;
    for (int place = t->networks[first].migration_order + 1;; place++) {
        next = network_ordered(t, place);
        if (next == NO_NETWORK || t->networks[next].is_excluded ||
            !hosts_rank_equal(t, first, next))
            break;
        t->networks[next].is_intended = true;
        several = true;
    }
    intended_text(names, t);
    if (several)
        r = reason_set(t, err,
                       "%s lead the cluster's migration order, and every host list gives them one "
                       "priority",
                       names);
    else
        r = reason_set(t, err, "%s is first in the cluster's migration order", names);
    return r < 0 ? r : 1;
}

/* ---- rule 2: the cluster's exclude list ---- */

static int intend_by_exclusion(struct topology *t, struct error *err)
{
    size_t n_excluded = 0, n_left = 0, n_left_with_role = 0;
    int left = NO_NETWORK, left_with_role = NO_NETWORK;
    int r;

    for (size_t i = 0; i < t->n_networks; i++) {
        const struct network *n = &t->networks[i];

        if (n->origin != NETWORK_FROM_CLUSTER)
            continue;
        if (n->is_excluded) {
            n_excluded++;
            continue;
        }
        n_left++;
        left = (int)i;
        if (n->role == ROLE_NONE)
            continue;
        n_left_with_role++;
        left_with_role = (int)i;
    }
    if (!n_excluded || (n_left != 1 && n_left_with_role != 1))
        return 0;
    if (n_left != 1)
        left = left_with_role;
    t->networks[left].is_intended = true;
    r = reason_set(t, err,
                   n_left == 1
                       ? "%s is the only network that the cluster does not exclude from migration"
                       : "%s is the only network with a role that the cluster does not exclude "
                         "from migration",
                   t->networks[left].name);
    return r < 0 ? r : 1;
}

/* ---- rule 3: the host lists ---- */

static uint64_t host_best_rank(const struct host *h)
{
    uint64_t best = UINT64_MAX;

    for (size_t i = 0; i < h->n_migration_subnets; i++)
        if (rank_of(&h->migration_subnets[i]) < best)
            best = rank_of(&h->migration_subnets[i]);
    return best;
}

/* first_mark() - which networks this host's list puts first. Returns false when it names none. */
static bool first_mark(bool *is_first, const struct topology *t, const struct host *h)
{
    uint64_t best = host_best_rank(h);
    bool any = false;
    int network;

    memset(is_first, 0, t->n_networks * sizeof(*is_first));
    for (size_t i = 0; i < h->n_migration_subnets; i++) {
        network = subnet_network(t, &h->migration_subnets[i]);
        if (network == NO_NETWORK || rank_of(&h->migration_subnets[i]) != best)
            continue;
        is_first[network] = true;
        any = true;
    }
    return any;
}

/* lists_agree() - @agreed: what the first list puts first; @is_first is scratch. Returns how many
 * lists there are, all of them alike, or 0. */
static size_t lists_agree(bool *agreed, bool *is_first, const struct topology *t)
{
    size_t n_lists = 0;

    for (size_t i = 0; i < t->n_hosts; i++) {
        if (!t->hosts[i].n_migration_subnets)
            continue;
        if (!first_mark(n_lists ? is_first : agreed, t, &t->hosts[i]))
            return 0;
        if (n_lists && memcmp(is_first, agreed, t->n_networks * sizeof(*agreed)) != 0)
            return 0;
        n_lists++;
    }
    for (size_t i = 0; i < t->n_networks; i++)
        if (agreed[i] && t->networks[i].is_excluded)
            return 0;
    return n_lists;
}

static int intend_by_lists(struct topology *t, struct error *err)
{
    AUTO_MEMORY bool *marks = calloc(2 * t->n_networks + 1, sizeof(*marks));
    char names[REASON_BYTES / 2];
    size_t n_lists;
    int r;

    if (!marks)
        return error_memory(err);
    n_lists = lists_agree(marks, marks + t->n_networks, t);
    if (!n_lists)
        return 0;
    for (size_t i = 0; i < t->n_networks; i++)
        t->networks[i].is_intended = marks[i];
    r = reason_set(t, err, "%s: first in the migration network list of %s", intended_text(names, t),
                   n_lists == 1 ? "the one host that has one" : "every host that has one");
    return r < 0 ? r : 1;
}

static int intend_nothing(struct topology *t, struct error *err)
{
    if (!t->has_cluster_order && !t->n_hosts)
        return reason_set(t, err, "neither --expect nor a snapshot says where migration should go");
    return reason_set(t, err,
                      "the snapshot names none: the cluster's migration order lists no usable "
                      "network, its exclude list does not leave exactly one, and the host lists "
                      "are empty or differ");
}

int topology_intend(struct topology *t, struct error *err)
{
    static int (*const rules[])(struct topology *, struct error *) = {
        intend_by_order,
        intend_by_exclusion,
        intend_by_lists,
    };
    int r;

    for (size_t i = 0; i < t->n_networks; i++)
        t->networks[i].is_intended = false;
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        r = rules[i](t, err);
        if (r != 0)
            return r < 0 ? r : 0;
    }
    return intend_nothing(t, err);
}
