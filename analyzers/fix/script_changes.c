/* A script's changes: each asks what is there, and tells the old value beside the new one. */
#include <inttypes.h>

#include "analyzers/check/remedies.h"
#include "analyzers/fix/script.h"
#include "src/base/quote.h"
#include "src/base/text.h"

/* A value as code that Test-Change takes. */
typedef void put_value(struct script *s, const struct plan_change *c, const struct plan_value *v);

/* A kind of change: what tells the value now, how a value is written, what sets the new one. */
struct form {
    void (*read)(struct script *s, const struct plan_change *c);
    put_value *put;
    void (*set)(struct script *s, const struct plan_change *c);
};

static char *network_code(const struct script *s, int network)
{
    AUTO_MEMORY char *name = quote_powershell(s->plan->config->topology.networks[network].name);

    return name ? text_format("$network[%s]", name) : NULL;
}

/* ---- roles ---- */

static void read_role(struct script *s, const struct plan_change *c)
{
    script_code(s, "$now = $roles[[int] ");
    script_own(s, network_code(s, c->network));
    script_code(s, ".Role]\n");
}

static void put_role(struct script *s, const struct plan_change *c, const struct plan_value *v)
{
    (void)c;
    script_code(s, "'%s'", network_role_name((enum network_role)v->number));
}

static void set_role(struct script *s, const struct plan_change *c)
{
    AUTO_MEMORY char *network = network_code(s, c->network);

    script_code(s, "    ");
    script_own(s, network ? remedy_role(network, (int)c->new.number) : NULL);
    script_code(s, "\n");
}

/* ---- the cluster's lists ---- */

/* Ids of networks that exist are those of the day; others are as they were. */
static void read_ids(struct script *s, const struct plan_change *c)
{
    script_code(s, "$now = Get-MigrationParameter '%s'\n$new = @(", plan_property(c->setting));
    for (size_t i = 0; i < c->new.n_items; i++) {
        const struct plan_item *item = &c->new.items[i];

        script_code(s, "%s", i ? ", " : "");
        if (item->network == NO_NETWORK) {
            script_literal(s, item->id);
            continue;
        }
        script_own(s, network_code(s, item->network));
        script_code(s, ".Id");
    }
    script_code(s, ") -join ';'\n");
}

static void put_ids(struct script *s, const struct plan_change *c, const struct plan_value *v)
{
    AUTO_MEMORY char *ids = text_copy("");

    if (v == &c->new) {
        script_code(s, "$new");
        return;
    }
    for (size_t i = 0; i < v->n_items; i++)
        text_append(&ids, "%s%s", i ? ";" : "", v->items[i].id);
    script_own(s, ids ? quote_powershell(ids) : NULL);
}

static void set_ids(struct script *s, const struct plan_change *c)
{
    script_code(s, "    ");
    script_own(s, remedy_parameter(plan_property(c->setting), "$new"));
    script_code(s, "\n");
}

/* ---- a host's list ---- */

static void read_list(struct script *s, const struct plan_change *c)
{
    script_code(s, "$now = @(Get-MigrationList ");
    script_literal(s, c->host->name);
    script_code(s, ")\n");
}

static void put_list(struct script *s, const struct plan_change *c, const struct plan_value *v)
{
    char subnet[PREFIX_TEXT_BYTES];

    (void)c;
    script_code(s, "@(");
    for (size_t i = 0; i < v->n_items; i++) {
        prefix_text(subnet, &v->items[i].subnet);
        if (v->items[i].priority == NO_PRIORITY)
            script_code(s, "%s'%s without priority'", i ? ", " : "", subnet);
        else
            script_code(s, "%s'%s priority %" PRId64 "'", i ? ", " : "", subnet,
                        v->items[i].priority);
    }
    script_code(s, ")");
}

static void set_list(struct script *s, const struct plan_change *c)
{
    script_code(s, "    foreach ($entry in @(");
    script_own(s, remedy_host("Get-VMMigrationNetwork", c->host->name, ""));
    script_code(s, ")) {\n        ");
    script_own(s, remedy_host("Remove-VMMigrationNetwork", c->host->name, "-Subnet $entry.Subnet"));
    script_code(s, "\n    }\n");
    for (size_t i = 0; i < c->new.n_items; i++) {
        script_code(s, "    ");
        script_own(s, remedy_add(c->host->name, &c->new.items[i].subnet, c->new.items[i].priority));
        script_code(s, "\n");
    }
}

/* ---- options ---- */

static void read_option(struct script *s, const struct plan_change *c)
{
    script_code(s, "$now = (");
    script_own(s, remedy_host("Get-VMHost", c->host->name, ""));
    script_code(s, ").%s\n", plan_property(c->setting));
}

static void put_flag(struct script *s, const struct plan_change *c, const struct plan_value *v)
{
    (void)c;
    script_code(s, v->number ? "$true" : "$false");
}

static void put_number(struct script *s, const struct plan_change *c, const struct plan_value *v)
{
    (void)c;
    script_code(s, "%" PRId64, v->number);
}

static void put_performance(struct script *s, const struct plan_change *c,
                            const struct plan_value *v)
{
    (void)c;
    script_code(s, "'%s'", enum_performance[v->number].name);
}

static void set_enabled(struct script *s, const struct plan_change *c)
{
    script_code(s, "    ");
    script_own(s, remedy_host(c->new.number ? "Enable-VMMigration" : "Disable-VMMigration",
                              c->host->name, ""));
    script_code(s, "\n");
}

static void set_any_network(struct script *s, const struct plan_change *c)
{
    script_code(s, "    ");
    script_own(s, remedy_host("Set-VMHost", c->host->name,
                              c->new.number ? "-UseAnyNetworkForMigration $true"
                                            : "-UseAnyNetworkForMigration $false"));
    script_code(s, "\n");
}

static void set_performance(struct script *s, const struct plan_change *c)
{
    script_code(s, "    ");
    script_own(s, remedy_option(c->host->name, enum_performance[c->new.number].name));
    script_code(s, "\n");
}

static void set_maximum(struct script *s, const struct plan_change *c)
{
    AUTO_MEMORY char *rest =
        text_format("-MaximumVirtualMachineMigrations %" PRId64, c->new.number);

    script_code(s, "    ");
    script_own(s, rest ? remedy_host("Set-VMHost", c->host->name, rest) : NULL);
    script_code(s, "\n");
}

static const struct form forms[N_PLAN_SETTINGS] = {
    [PLAN_ROLE] = { read_role, put_role, set_role },
    [PLAN_ORDER] = { read_ids, put_ids, set_ids },
    [PLAN_EXCLUDE] = { read_ids, put_ids, set_ids },
    [PLAN_ANY_NETWORK] = { read_option, put_flag, set_any_network },
    [PLAN_LIST] = { read_list, put_list, set_list },
    [PLAN_ENABLED] = { read_option, put_flag, set_enabled },
    [PLAN_PERFORMANCE] = { read_option, put_performance, set_performance },
    [PLAN_MAXIMUM] = { read_option, put_number, set_maximum },
};

static void write_change(struct script *s, const struct plan_change *c)
{
    AUTO_MEMORY char *old = plan_value_text(s->plan, c->setting, &c->old);
    AUTO_MEMORY char *new = plan_value_text(s->plan, c->setting, &c->new);
    bool is_ids = c->setting == PLAN_ORDER || c->setting == PLAN_EXCLUDE;
    AUTO_MEMORY char *what =
        text_format("%s: %s%s%s%s", script_subject(s, c), plan_property(c->setting),
                    is_ids ? " (" : "", is_ids && new ? new : "", is_ids ? ")" : "");

    if (!old || !new || !what) {
        s->is_out_of_memory = true;
        return;
    }
    script_code(s, "\n");
    script_comment(s, "", "%s, %s:", script_subject(s, c), plan_words(c->setting));
    script_comment(s, "  old  ", "%s", old);
    script_comment(s, "  new  ", "%s", new);
    forms[c->setting].read(s, c);
    script_code(s, "if (Test-Change ");
    script_literal(s, what);
    script_code(s, " $now ");
    forms[c->setting].put(s, c, &c->old);
    script_code(s, " ");
    forms[c->setting].put(s, c, &c->new);
    script_code(s, ") {\n");
    forms[c->setting].set(s, c);
    script_code(s, "}\n");
}

void script_changes(struct script *s)
{
    script_code(s, "\n# ---- the changes ----\n");
    if (script_has(s, PLAN_ROLE))
        script_code(s, "\n$roles = 'None', 'Cluster', 'Client', 'ClusterAndClient'\n");
    for (size_t i = 0; i < s->plan->n_changes; i++)
        write_change(s, &s->plan->changes[i]);
}
