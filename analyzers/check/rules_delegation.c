/* Kerberos between hosts that share no cluster: what the directory lets their accounts do. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyzers/check/rules.h"
#include "src/base/auto.h"
#include "src/base/quote.h"
#include "src/base/text.h"

/* What a migration asks of the destination in the name of the user. */
static const char *const services[] = { "cifs", "Microsoft Virtual System Migration Service" };
enum { N_SERVICES = sizeof(services) / sizeof(services[0]) };

/* One host's entry of Get-ADComputer; the nodes lead from the root to the list. */
struct account {
    struct snapshot_node section, item, list;
    bool is_known;
    bool is_trusted;  /* may delegate to every host */
    bool is_trusting; /* says itself who may delegate to it: not known here */
    bool in_cluster;
};

/* is_host() - "hv01" is "HV01.corp.example". */
static bool is_host(const char *name, size_t n, const char *host)
{
    size_t n_name = 0, n_host = strcspn(host, ".");

    while (n_name < n && name[n_name] != '.')
        n_name++;
    return n_name == n_host && strncasecmp(name, host, n_host) == 0;
}

static bool is_named(const struct snapshot_node *item, const char *host)
{
    struct snapshot_node name = snapshot_node_member(item, "Name");
    const char *text;

    return snapshot_node_text(&name, &text, NULL) > 0 && is_host(text, strlen(text), host);
}

static int flag(const struct account *a, const char *property, bool *ret_flag, struct error *err)
{
    struct snapshot_node node = snapshot_node_member(&a->item, property);

    return snapshot_node_bool(&node, ret_flag, err);
}

/* It stays unknown when the directory wasn't asked or doesn't know the host. */
static int account_load(struct account *a, const struct check *c, const char *host,
                        struct error *err)
{
    size_t n;
    int r;

    if (!snapshot_section(c->config.snapshot, &c->config.root, "Get-ADComputer", &a->section))
        return 0;
    r = snapshot_node_count(&a->section, &n, err);
    for (size_t i = 0; r >= 0 && i < n && !a->is_known; i++) {
        r = snapshot_node_item(&a->section, i, &a->item, err);
        if (r <= 0 || !is_named(&a->item, host))
            continue;
        a->list = snapshot_node_member(&a->item, "msDS-AllowedToDelegateTo");
        a->is_known = !snapshot_node_is_absent(&a->list);
        r = flag(a, "TrustedForDelegation", &a->is_trusted, err);
        if (r >= 0)
            r = flag(a, "HasResourceBasedDelegation", &a->is_trusting, err);
    }
    return r < 0 ? r : 0;
}

/* has_entry() - "cifs/HV02" or "cifs/hv02.corp.example". Returns 1, 0 or a negative code. */
static int has_entry(const struct account *a, const char *service, const char *host,
                     struct error *err)
{
    size_t n = strlen(service);
    struct snapshot_node element;
    const char *text;

    for (size_t i = 0; snapshot_node_element(&a->list, i, &element); i++) {
        int r = snapshot_node_text(&element, &text, err);

        if (r < 0)
            return r;
        if (r > 0 && strncasecmp(text, service, n) == 0 && text[n] == '/' &&
            is_host(text + n + 1, strcspn(text + n + 1, "/:"), host))
            return 1;
    }
    return 0;
}

/* Every node of a cluster trusts its cluster's account; with the list unknown all share one. */
static int is_in_cluster(const struct check *c, const char *host, struct error *err)
{
    struct snapshot_node list, item;
    size_t n;
    int r;

    if (!snapshot_section(c->config.snapshot, &c->config.root, "Get-ClusterNode", &list))
        return 1;
    r = snapshot_node_count(&list, &n, err);
    for (size_t i = 0; r >= 0 && i < n; i++) {
        r = snapshot_node_item(&list, i, &item, err);
        if (r > 0 && is_named(&item, host))
            return 1;
    }
    return r < 0 ? r : 0;
}

/* "Get-Cluster..." that failed is a cluster that could not be asked. */
static bool has_cluster_error(const struct check *c)
{
    struct snapshot_node list = snapshot_node_member(&c->config.root, "Errors"), item, cmdlet;
    const char *text;
    size_t n = 0;

    snapshot_node_count(&list, &n, NULL);
    for (size_t i = 0; i < n; i++) {
        if (snapshot_node_item(&list, i, &item, NULL) <= 0)
            continue;
        cmdlet = snapshot_node_member(&item, "Cmdlet");
        if (snapshot_node_text(&cmdlet, &text, NULL) > 0 &&
            strncasecmp(text, "Get-Cluster", strlen("Get-Cluster")) == 0)
            return true;
    }
    return false;
}

/* The missing entries of one account: as a message tells them, and as PowerShell adds them. */
struct missing {
    size_t n_hosts, n_entries;
    const char *first_host;
    char *entries;
};

static int missing_add(struct missing *m, const struct account *a, const char *host,
                       struct error *err)
{
    bool is_new = true;

    for (size_t i = 0; i < N_SERVICES; i++) {
        int r = has_entry(a, services[i], host, err);
        char entry[SNAPSHOT_PATH_BYTES];

        if (r != 0) {
            if (r < 0)
                return r;
            continue;
        }
        snprintf(entry, sizeof(entry), "%s/%s", services[i], host);
        quote_append(&m->entries, entry);
        if (!m->entries)
            return error_memory(err);
        m->n_entries++;
        m->n_hosts += is_new;
        is_new = false;
        if (!m->first_host)
            m->first_host = host;
    }
    return 0;
}

static int tell(struct check *c, const struct config_host *h, const struct account *a,
                const struct missing *m, struct error *err)
{
    AUTO_MEMORY char *name = quote_powershell(h->name);
    char *script = name ? text_format("Set-ADComputer -Identity %s -Add "
                                      "@{ 'msDS-AllowedToDelegateTo' = %s }",
                                      name, m->entries)
                        : NULL;
    char path[SNAPSHOT_PATH_BYTES], others[64] = "";

    if (m->n_hosts > 1)
        snprintf(others, sizeof(others), " and %zu other%s", m->n_hosts - 1,
                 m->n_hosts == 2 ? "" : "s");
    return check_tell(c, snapshot_node_path(path, &a->list), "", script, err,
                      "%s uses Kerberos and its account lacks %zu of %zu delegation entries for "
                      "%s%s",
                      h->name, m->n_entries, m->n_hosts * N_SERVICES, m->first_host, others);
}

static int judge_source(struct check *c, const struct account *accounts, size_t source,
                        struct error *err)
{
    const struct config_host *hosts = c->config.hosts;
    const struct account *a = &accounts[source];
    struct missing m = { .entries = text_copy("") };
    int r = 0;

    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++)
        if (k != source && !accounts[k].is_trusting && !(a->in_cluster && accounts[k].in_cluster))
            r = missing_add(&m, a, hosts[k].name, err);
    if (r == 0 && m.n_entries)
        r = tell(c, &hosts[source], a, &m, err);
    free(m.entries);
    return r;
}

static int accounts_load(struct account *accounts, const struct check *c, struct error *err)
{
    int r = 0;

    for (size_t k = 0; r >= 0 && k < c->config.n_hosts; k++) {
        struct account *a = &accounts[k];

        r = c->config.is_cluster ? is_in_cluster(c, c->config.hosts[k].name, err) : 0;
        a->in_cluster = r > 0;
        if (r >= 0)
            r = account_load(a, c, c->config.hosts[k].name, err);
    }
    return r;
}

int rule_delegation(struct check *c, struct error *err)
{
    AUTO_MEMORY struct account *accounts = NULL;
    int r;

    if (!c->config.is_cluster && has_cluster_error(c))
        return 0;
    accounts = calloc(c->config.n_hosts + 1, sizeof(*accounts));
    r = accounts ? accounts_load(accounts, c, err) : error_memory(err);
    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++) {
        const struct setting *s = &c->config.hosts[k].settings[HOST_AUTHENTICATION];

        if (s->is_known && s->value == AUTHENTICATION_KERBEROS && accounts[k].is_known &&
            !accounts[k].is_trusted)
            r = judge_source(c, accounts, k, err);
    }
    return r;
}
