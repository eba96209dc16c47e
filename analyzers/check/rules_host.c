/* Rules about the hosts' lists of migration networks and their migration settings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analyzers/check/remedies.h"
#include "analyzers/check/rules.h"
#include "src/base/text.h"

enum {
    CREDENTIAL_GUARD = 1, /* in Win32_DeviceGuard's SecurityServicesRunning */
};

static const char *network_words(const struct check *c, int network)
{
    return network == NO_NETWORK ? "no known network" : c->config.topology.networks[network].name;
}

enum { SUBNET_BYTES = PREFIX_TEXT_BYTES + 512 };

/* subnet_text() - "10.10.10.0/24 (Management)"; without a cluster the subnet is the name. */
static const char *subnet_text(char to[SUBNET_BYTES], const struct check *c, const struct prefix *p,
                               int network)
{
    const char *name = network_words(c, network);
    char prefix[PREFIX_TEXT_BYTES];

    prefix_text(prefix, p);
    if (strcmp(prefix, name) == 0)
        snprintf(to, SUBNET_BYTES, "%s", prefix);
    else
        snprintf(to, SUBNET_BYTES, "%s (%.500s)", prefix, name);
    return to;
}

/* best_priority() - of a network in a host's list. Returns false when it isn't there. */
static bool best_priority(int64_t *ret_priority, const struct config_host *h, int network,
                          const struct config_entry **ret_entry)
{
    bool is_listed = false;

    *ret_entry = NULL;
    for (size_t i = 0; i < h->n_entries; i++) {
        const struct config_entry *e = &h->entries[i];

        if (e->network != network || (is_listed && e->priority >= *ret_priority))
            continue;
        *ret_priority = e->priority;
        *ret_entry = e;
        is_listed = true;
    }
    return is_listed;
}

static char *entry_path(char to[SNAPSHOT_PATH_BYTES], const struct config_entry *e,
                        const char *property)
{
    struct snapshot_node node = snapshot_node_member(&e->item, property);

    return snapshot_node_path(to, &node);
}

static char *list_path(char to[SNAPSHOT_PATH_BYTES], const struct config_host *h)
{
    return snapshot_node_path(to, &h->sections[SECTION_MIGRATION_NETWORK]);
}

static char *add_script(const struct check *c, const struct config_host *h, int network)
{
    const struct network *n = &c->config.topology.networks[network];

    return n->n_prefixes ? remedy_add(h->name, &n->prefixes[0], 1) : NULL;
}

/* entries_text() - "10.10.10.0/24 (Management), 10.30.0.0/24 (Heartbeat)" */
static char *entries_text(const struct check *c, const struct config_host *h)
{
    char *text = text_copy(""), subnet[SUBNET_BYTES];

    for (size_t i = 0; i < h->n_entries; i++)
        text_join(&text, ", ",
                  subnet_text(subnet, c, &h->entries[i].prefix, h->entries[i].network));
    return text;
}

static int tell_lacking(struct check *c, const struct config_host *h, int network,
                        struct error *err)
{
    const struct network *n = &c->config.topology.networks[network];
    AUTO_MEMORY char *entries = entries_text(c, h);
    char path[SNAPSHOT_PATH_BYTES], subnet[SUBNET_BYTES];

    if (!entries)
        return error_memory(err);
    subnet_text(subnet, c, &n->prefixes[0], network);
    list_path(path, h);
    if (h->n_entries == 1)
        return check_tell(c, path, entries, add_script(c, h, network), err,
                          "%s has no VMMigrationNetwork entry for %s; its only entry is %s",
                          h->name, subnet, entries);
    return check_tell(c, path, entries, add_script(c, h, network), err,
                      "%s has no VMMigrationNetwork entry for %s; none of its %zu entries is in it",
                      h->name, subnet, h->n_entries);
}

/* On a cluster's node an empty list says nothing: the cluster hands over its networks unseen. */
int rule_list_lacks(struct check *c, struct error *err)
{
    const struct topology *t = &c->config.topology;
    const struct config_entry *e;
    int64_t priority = 0;
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        for (size_t i = 0; r == 0 && h->n_entries && i < t->n_networks; i++) {
            const struct network *n = &t->networks[i];

            if (n->is_intended && n->n_prefixes > 0 && !best_priority(&priority, h, (int)i, &e))
                r = tell_lacking(c, h, (int)i, err);
        }
    }
    return r;
}

int rule_list_empty(struct check *c, struct error *err)
{
    char path[SNAPSHOT_PATH_BYTES];
    int r = 0;

    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        if (h->has_section[SECTION_MIGRATION_NETWORK] && h->n_entries == 0)
            r = check_tell(c, list_path(path, h), "", NULL, err,
                           "%s has no VMMigrationNetwork entry", h->name);
    }
    return r;
}

/* for_entries() - tell of each entry of a host's list that @is_wrong. */
static int for_entries(struct check *c,
                       bool (*is_wrong)(const struct check *c, const struct config_entry *e),
                       const char *what, struct error *err)
{
    char path[SNAPSHOT_PATH_BYTES], prefix[PREFIX_TEXT_BYTES], subnet[SUBNET_BYTES];
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        for (size_t i = 0; r == 0 && i < h->n_entries; i++) {
            const struct config_entry *e = &h->entries[i];

            if (!is_wrong(c, e))
                continue;
            prefix_text(prefix, &e->prefix);
            r = check_tell(c, entry_path(path, e, "Subnet"), prefix,
                           remedy_remove(h->name, &e->prefix), err, "%s lists %s, %s", h->name,
                           subnet_text(subnet, c, &e->prefix, e->network), what);
        }
    }
    return r;
}

static bool is_extra(const struct check *c, const struct config_entry *e)
{
    return config_has_intended(&c->config) &&
           (e->network == NO_NETWORK || !c->config.topology.networks[e->network].is_intended);
}

int rule_list_extra(struct check *c, struct error *err)
{
    return for_entries(c, is_extra, "which is not intended", err);
}

static bool is_without_role(const struct check *c, const struct config_entry *e)
{
    return e->network != NO_NETWORK && c->config.topology.networks[e->network].role == ROLE_NONE &&
           !c->config.topology.networks[e->network].is_intended;
}

static bool is_for_iscsi(const struct check *c, const struct config_entry *e)
{
    return e->network != NO_NETWORK && !is_without_role(c, e) &&
           network_is_iscsi(&c->config.topology.networks[e->network]);
}

int rule_list_no_role(struct check *c, struct error *err)
{
    int r = for_entries(c, is_without_role, "which has no role in the cluster", err);

    return r < 0 ? r : for_entries(c, is_for_iscsi, "which is for iSCSI by its name", err);
}

static const char *priority_text(char to[32], int64_t priority)
{
    if (priority == INT64_MAX)
        return "none";
    snprintf(to, 32, "%lld", (long long)priority);
    return to;
}

/* One network. */
static int judge_priorities(struct check *c, int network, struct sample *samples, struct error *err)
{
    char path[SNAPSHOT_PATH_BYTES], here[32], there[32];
    const struct sample *usual;
    const struct config_entry *e;
    size_t n = 0;
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        struct sample s = { .host = &c->config.hosts[k] };

        if (!best_priority(&s.value, s.host, network, &e))
            continue;
        s.of = e;
        samples[n++] = s;
    }
    usual = check_measure(samples, n);
    for (size_t i = 0; r == 0 && i < n; i++) {
        if (samples[i].value == usual->value)
            continue;
        priority_text(here, samples[i].value);
        r = check_tell(
            c, entry_path(path, samples[i].of, "Priority"), priority_text(here, samples[i].value),
            NULL, err, "%s gives %s the priority %s, %s gives it %s", samples[i].host->name,
            c->config.topology.networks[network].name, priority_text(here, samples[i].value),
            usual->host->name, priority_text(there, usual->value));
    }
    return r;
}

int rule_list_priorities(struct check *c, struct error *err)
{
    const struct topology *t = &c->config.topology;
    AUTO_MEMORY struct sample *samples = calloc(c->config.n_hosts + 1, sizeof(*samples));
    int r = samples ? 0 : error_memory(err);

    for (size_t i = 0; r == 0 && i < t->n_networks; i++)
        if (t->networks[i].is_intended)
            r = judge_priorities(c, (int)i, samples, err);
    return r;
}

static const struct config_entry *intended_entry(const struct check *c, const struct config_host *h)
{
    const struct config_entry *best = NULL;

    for (size_t i = 0; i < h->n_entries; i++) {
        const struct config_entry *e = &h->entries[i];

        if (e->network != NO_NETWORK && c->config.topology.networks[e->network].is_intended &&
            (!best || e->priority < best->priority))
            best = e;
    }
    return best;
}

int rule_list_first(struct check *c, struct error *err)
{
    char path[SNAPSHOT_PATH_BYTES], text[32];
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct config_entry *intended = intended_entry(c, h);

        for (size_t i = 0; r == 0 && intended && i < h->n_entries; i++) {
            const struct config_entry *e = &h->entries[i];

            if (!is_extra(c, e) || e->priority >= intended->priority)
                continue;
            priority_text(text, e->priority);
            r = check_tell(c, entry_path(path, e, "Priority"), text,
                           remedy_remove(h->name, &e->prefix), err, "%s tries %s before %s",
                           h->name, network_words(c, e->network),
                           network_words(c, intended->network));
        }
    }
    return r;
}

/* ---- options ---- */

static int for_flag(struct check *c, enum host_setting setting, bool wrong, const char *command,
                    const char *rest, const char *what, struct error *err)
{
    int r = 0;

    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct setting *s = &h->settings[setting];

        if (s->is_known && (s->value != 0) == wrong)
            r = check_tell_setting(c, s, remedy_host(command, h->name, rest), err, "%s %s", h->name,
                                   what);
    }
    return r;
}

int rule_any_network(struct check *c, struct error *err)
{
    return for_flag(c, HOST_ANY_NETWORK, true, "Set-VMHost", "-UseAnyNetworkForMigration $false",
                    "may use any network for migration", err);
}

int rule_disabled(struct check *c, struct error *err)
{
    return for_flag(c, HOST_ENABLED, false, "Enable-VMMigration", "", "has live migration disabled",
                    err);
}

static const char *const performance_names[] = { "TCPIP", "Compression", "SMB" };
static const char *const authentication_names[] = { "CredSSP", "Kerberos" };

static const char *value_text(char to[32], int64_t value, const char *const *names)
{
    if (names)
        return names[value];
    snprintf(to, 32, "%lld", (long long)value);
    return to;
}

static int differs(struct check *c, enum host_setting setting, const char *const *names,
                   const char *what, struct error *err)
{
    AUTO_MEMORY struct sample *samples = calloc(c->config.n_hosts + 1, sizeof(*samples));
    const struct sample *usual;
    char here[32], there[32];
    size_t n = 0;
    int r = samples ? 0 : error_memory(err);

    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        if (h->settings[setting].is_known)
            samples[n++] = (struct sample){ .value = h->settings[setting].value, .host = h };
    }
    usual = check_measure(samples, n);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (samples[i].value != usual->value)
            r = check_tell_setting(c, &samples[i].host->settings[setting], NULL, err,
                                   "%s of %s is %s, of %s %s", what, samples[i].host->name,
                                   value_text(here, samples[i].value, names), usual->host->name,
                                   value_text(there, usual->value, names));
    return r;
}

int rule_performance_differs(struct check *c, struct error *err)
{
    return differs(c, HOST_PERFORMANCE, performance_names, "the performance option", err);
}

int rule_authentication_differs(struct check *c, struct error *err)
{
    return differs(c, HOST_AUTHENTICATION, authentication_names, "the authentication", err);
}

int rule_maximum_differs(struct check *c, struct error *err)
{
    return differs(c, HOST_MAXIMUM, NULL, "the maximum of simultaneous migrations", err);
}

/* Returns 1, 0 (not, or not known) or a negative code. */
static int runs_credential_guard(const struct config_host *h, struct error *err)
{
    struct snapshot_node services =
        snapshot_node_member(&h->sections[SECTION_DEVICE_GUARD], "SecurityServicesRunning");
    struct snapshot_words words;
    int r;

    if (!h->has_section[SECTION_DEVICE_GUARD])
        return 0;
    snapshot_words_init(&words, &services);
    while ((r = snapshot_words_next(&words, err)) > 0)
        if (strtol(words.word, NULL, 10) == CREDENTIAL_GUARD)
            return 1;
    return r;
}

int rule_credential_guard(struct check *c, struct error *err)
{
    int r = 0;

    for (size_t k = 0; r >= 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct setting *s = &h->settings[HOST_AUTHENTICATION];

        if (!s->is_known || s->value != AUTHENTICATION_CREDSSP)
            continue;
        r = runs_credential_guard(h, err);
        if (r > 0)
            r = check_tell_setting(
                c, s,
                remedy_host("Set-VMHost", h->name,
                            "-VirtualMachineMigrationAuthenticationType Kerberos"),
                err, "%s authenticates with CredSSP while Credential Guard runs", h->name);
    }
    return r < 0 ? r : 0;
}

/* The cluster's number wins over the host's (since the updates of September 2022). */
int rule_too_many(struct check *c, struct error *err)
{
    const struct topology *t = &c->config.topology;
    const struct setting *cluster = &c->config.settings[CLUSTER_MAXIMUM];
    int r = 0;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct setting *maximum = cluster->is_known ? cluster : &h->settings[HOST_MAXIMUM];

        for (size_t i = 0; r == 0 && i < t->n_networks; i++) {
            const struct config_adapter *a =
                t->networks[i].is_intended ? config_adapter_in(h, (int)i) : NULL;

            if (!a || !a->settings[ADAPTER_SPEED].is_known || !maximum->is_known ||
                maximum->value < 1 ||
                a->settings[ADAPTER_SPEED].value / maximum->value >= LEAST_BITS_PER_MIGRATION)
                continue;
            r = check_tell_setting(c, maximum, NULL, err,
                                   "%lld migrations at once share %s's %lld Mbit/s",
                                   (long long)maximum->value, h->name,
                                   (long long)a->settings[ADAPTER_SPEED].value / 1000000);
        }
    }
    return r;
}
