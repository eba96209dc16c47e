/* Microsoft's table of host designs for Windows Server 2008 R2: which row is like a host? */
#include <stdio.h>

#include "analyzers/check/rules.h"
#include "analyzers/check/underlay.h"

/* 1G and 10G are the table's words; what is between counts as the lower, what is above as 10G. */
#define SLOWEST_BITS INT64_C(1000000000)
#define FAST_BITS INT64_C(10000000000)

enum role { VM_ACCESS, MANAGEMENT, CLUSTER, MIGRATION, N_ROLES };
enum rating { RECOMMENDED, SUPPORTED, NOT_RECOMMENDED };

/* What a row and a host are compared by. Roles that don't share have adapters of their own. */
struct design {
    int n_slow, n_fast;
    bool shares_management; /* with the virtual machines, as a vNIC */
    bool shares_cluster;    /* with migration */
    bool has_fast_migration, has_fast_vm;
    int n_migration, n_vm; /* adapters of the two teams; 1: no team */
};

static const struct {
    int number;
    struct design design;
    enum rating rating;
    const char *words;
} table[] = {
    { 1,
      { 4, 0, false, false, false, false, 1, 1 },
      RECOMMENDED,
      "each role has an adapter of its own" },
    { 2,
      { 3, 0, true, true, false, false, 2, 1 },
      SUPPORTED,
      "live migration shares a team with the cluster: cap it at 40 %, management at 10 %" },
    { 3,
      { 3, 0, true, false, false, false, 1, 1 },
      SUPPORTED,
      "management shares an adapter with the virtual machines: cap it at 10 %" },
    { 4,
      { 0, 2, true, true, true, true, 1, 1 },
      SUPPORTED,
      "live migration shares an adapter with the cluster: cap it at 50 %, management at 1 %; "
      "recommended with a second path for the cluster" },
    { 5,
      { 1, 2, false, true, true, true, 1, 1 },
      SUPPORTED,
      "live migration shares an adapter with the cluster: cap it at 50 %" },
    { 6,
      { 2, 2, false, false, true, true, 1, 1 },
      SUPPORTED,
      "each role has an adapter of its own" },
    { 7,
      { 3, 0, true, true, false, false, 1, 2 },
      NOT_RECOMMENDED,
      "live migration shares one adapter with the cluster" },
    { 8,
      { 2, 0, true, true, false, false, 1, 1 },
      NOT_RECOMMENDED,
      "live migration shares one adapter with the cluster" },
    { 9,
      { 1, 1, true, true, false, true, 1, 1 },
      NOT_RECOMMENDED,
      "live migration shares the slow adapter with the cluster" },
};
enum { N_ROWS = sizeof(table) / sizeof(table[0]) };

/* ---- a host's design ---- */

static const struct config_adapter *adapter_of(const struct check *c, const struct config_host *h,
                                               enum role role)
{
    const struct topology *t = &c->config.topology;

    for (size_t i = 0; i < h->n_adapters; i++) {
        const struct network *n = &t->networks[h->adapters[i].network];

        if ((role == MIGRATION && n->is_intended) ||
            (role == MANAGEMENT && !n->is_intended && n->role == ROLE_CLUSTER_AND_CLIENT) ||
            (role == CLUSTER && !n->is_intended && n->role == ROLE_CLUSTER))
            return &h->adapters[i];
    }
    return NULL;
}

/* The external switch that the virtual machines are on; of several none is known to be it. */
static int find_vm_access(struct underlay *u, const struct config_host *h,
                          const struct underlay *management, struct error *err)
{
    const struct snapshot_node *list = &h->sections[SECTION_SWITCH];
    struct snapshot_node item;
    size_t n = 0, n_external = 0;
    int r = h->has_section[SECTION_SWITCH] ? snapshot_node_count(list, &n, err) : 0;

    for (size_t i = 0; r >= 0 && i < n; i++) {
        struct underlay one;

        r = snapshot_node_item(list, i, &item, err);
        if (r > 0)
            r = underlay_of_switch(&one, h, &item, err);
        if (r > 0 && ++n_external)
            *u = one;
    }
    if (r < 0 || n_external == 1)
        return r < 0 ? r : 1;
    *u = *management;
    return n_external > 1 && management->kind == UNDERLAY_SWITCH;
}

/* Members by their speed. Returns 1, 0 when one is unknown, or a negative code. */
static int count_members(int *ret_n_slow, int *ret_n_fast, const struct config_host *h,
                         const struct underlay *u, struct error *err)
{
    *ret_n_slow = *ret_n_fast = 0;
    for (size_t i = 0; i < u->n_members; i++) {
        struct config_adapter a = { .name = u->members[i] };
        const struct setting *speed = &a.settings[ADAPTER_SPEED];
        int r = config_adapter_load(&a, h, err);

        if (r < 0 || !speed->is_known || speed->value < SLOWEST_BITS)
            return r < 0 ? r : 0;
        ++*(speed->value >= FAST_BITS ? ret_n_fast : ret_n_slow);
    }
    return 1;
}

static int role_find(struct underlay *u, const struct check *c, const struct config_host *h,
                     enum role role, struct error *err)
{
    const struct config_adapter *a = adapter_of(c, h, role);

    if (!a && role == CLUSTER)
        a = adapter_of(c, h, MIGRATION); /* which then bears the cluster's traffic, too */
    return a ? underlay_find(u, h, a->name, err) : 0;
}

/* Returns 1, 0 when something of it is unknown, or a negative code. */
static int design_of(struct design *d, const struct check *c, const struct config_host *h,
                     struct error *err)
{
    struct underlay roles[N_ROLES];
    int r = role_find(&roles[MANAGEMENT], c, h, MANAGEMENT, err);

    for (int i = CLUSTER; r > 0 && i < N_ROLES; i++)
        r = role_find(&roles[i], c, h, (enum role)i, err);
    if (r > 0)
        r = find_vm_access(&roles[VM_ACCESS], h, &roles[MANAGEMENT], err);
    if (r <= 0)
        return r;
    *d = (struct design){ .n_migration = (int)roles[MIGRATION].n_members,
                          .n_vm = (int)roles[VM_ACCESS].n_members };
    for (int i = 0; r > 0 && i < N_ROLES; i++) {
        bool is_counted = false;
        int n_slow, n_fast;

        for (int k = 0; k < i; k++)
            is_counted |= underlay_overlaps(&roles[i], &roles[k]);
        r = count_members(&n_slow, &n_fast, h, &roles[i], err);
        d->n_slow += is_counted ? 0 : n_slow;
        d->n_fast += is_counted ? 0 : n_fast;
        if (i == MIGRATION)
            d->has_fast_migration = n_fast > 0;
        if (i == VM_ACCESS)
            d->has_fast_vm = n_fast > 0;
    }
    d->shares_management = underlay_overlaps(&roles[MANAGEMENT], &roles[VM_ACCESS]);
    d->shares_cluster = underlay_overlaps(&roles[CLUSTER], &roles[MIGRATION]);
    return underlay_overlaps(&roles[MIGRATION], &roles[VM_ACCESS]) ? 0 : r; /* in no row */
}

/* ---- telling ---- */

static bool is_like(const struct design *a, const struct design *b)
{
    return a->n_slow == b->n_slow && a->n_fast == b->n_fast &&
           a->shares_management == b->shares_management && a->shares_cluster == b->shares_cluster &&
           a->has_fast_migration == b->has_fast_migration && a->has_fast_vm == b->has_fast_vm &&
           a->n_migration == b->n_migration && a->n_vm == b->n_vm;
}

/* One finding for all hosts of a row. @counts: how many hosts; @first: the first of them. */
static int tell_row(struct check *c, int row, size_t count, const struct config_host *first,
                    struct error *err)
{
    static const char *const ratings[] = { "recommended", "supported", "not recommended" };
    char path[SNAPSHOT_PATH_BYTES], value[64], others[48] = "";

    if (count > 1)
        snprintf(others, sizeof(others), " and %zu other%s", count - 1, count == 2 ? "" : "s");
    snprintf(value, sizeof(value), "row %d, %s", table[row].number, ratings[table[row].rating]);
    return check_tell(c, snapshot_node_path(path, &first->sections[SECTION_ADAPTER]), value, NULL,
                      err, "%s%s: row %d, %s; %s", first->name, others, table[row].number,
                      ratings[table[row].rating], table[row].words);
}

static int judge(struct check *c, bool is_bad, struct error *err)
{
    const struct config_host *first[N_ROWS] = { NULL };
    size_t counts[N_ROWS] = { 0 };
    struct design d;
    int r = 0;

    for (size_t k = 0; r >= 0 && k < c->config.n_hosts; k++) {
        r = design_of(&d, c, &c->config.hosts[k], err);
        for (int i = 0; r > 0 && i < N_ROWS; i++) {
            if (!is_like(&d, &table[i].design))
                continue;
            if (counts[i]++ == 0)
                first[i] = &c->config.hosts[k];
        }
    }
    for (int i = 0; r >= 0 && i < N_ROWS; i++)
        if (counts[i] && (table[i].rating == NOT_RECOMMENDED) == is_bad)
            r = tell_row(c, i, counts[i], first[i], err);
    return r < 0 ? r : 0;
}

int rule_table_rates(struct check *c, struct error *err)
{
    return judge(c, false, err);
}

int rule_table_warns(struct check *c, struct error *err)
{
    return judge(c, true, err);
}
