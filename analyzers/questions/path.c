/* Which transfers went where they should not: wrong, split, routed, outside, or through another
 * adapter? */
#include <string.h>

#include "analyzers/findings.h"
#include "analyzers/questions/questions.h"
#include "src/base/quote.h"
#include "src/base/text.h"
#include "src/base/units.h"

static const char *network_label(const struct result *r, int network)
{
    if (network >= 0)
        return r->networks[network].name;
    return network == NETWORK_CROSS ? "two different networks" : "addresses outside every network";
}

/* The commands that put the intended network where all three layers look. */
static char *mend_commands(const struct result *r)
{
    char *commands = text_copy("");
    int place = 0;

    for (size_t i = 0; i < r->n_networks && commands; i++) {
        const struct result_network *n = &r->networks[i];
        AUTO_MEMORY char *name = quote_powershell(n->name);
        char prefix[PREFIX_TEXT_BYTES];

        for (size_t p = 0; n->is_intended && p < n->n_prefixes && name; p++)
            text_append(&commands, "Add-VMMigrationNetwork -Subnet '%s' -Priority %d  # %s\n",
                        prefix_text(prefix, &n->prefixes[p]), ++place, name);
    }
    return commands;
}

/* $intended names the networks; ids are looked up where the commands are pasted. */
static char *intended_list(const struct result *r)
{
    char *list = text_copy("");

    for (size_t i = 0; i < r->n_networks; i++) {
        if (r->networks[i].is_intended)
            quote_append(&list, r->networks[i].name);
    }
    return list;
}

static char *remedy_powershell(const struct result *r)
{
    AUTO_MEMORY char *commands = mend_commands(r);
    AUTO_MEMORY char *intended = intended_list(r);

    if (!commands || !intended)
        return NULL;
    return text_format(
        "# On one cluster node: intended networks first, all others excluded.\n"
        "$intended = @(%s)\n"
        "$type = Get-ClusterResourceType -Name 'Virtual Machine'\n"
        "$order = @(foreach ($name in $intended) { (Get-ClusterNetwork -Name $name).Id })\n"
        "$exclude = @((Get-ClusterNetwork | Where-Object { $intended -notcontains $_.Name }).Id)\n"
        "$type | Set-ClusterParameter -Name MigrationNetworkOrder -Value ($order -join ';')\n"
        "$type | Set-ClusterParameter -Name MigrationExcludeNetworks -Value ($exclude -join ';')\n"
        "# On every host: only these subnets.\n"
        "Set-VMHost -UseAnyNetworkForMigration $false\n"
        "Get-VMMigrationNetwork | Remove-VMMigrationNetwork\n"
        "%s",
        intended, commands);
}

/* "HV01 to HV02" */
static char *pair_text(const struct result *r, const struct result_transfer *t)
{
    return text_format("%s to %s", r->hosts[t->source_host].name,
                       r->hosts[t->destination_host].name);
}

/* "Storage2 (25.0 %), Management (5.0 %)": all but the largest. */
static int note_other_networks(struct finding *f, const struct result *r,
                               const struct result_transfer *t, struct error *err)
{
    AUTO_MEMORY char *others = text_copy("");

    for (size_t i = 1; i < t->n_networks; i++) {
        char percent[UNITS_TEXT_BYTES];

        text_append(&others, "%s%s (%s)", i > 1 ? ", " : "",
                    network_label(r, t->networks[i].network),
                    percent_text(percent, t->networks[i].share));
    }
    return others ? finding_note_text(f, "others", others, err) : error_memory(err);
}

static int add_wrong_or_split(struct result *r, size_t index, const struct question *q,
                              struct error *err)
{
    const struct result_transfer *t = &r->transfers[index];
    bool is_split = t->verdict == VERDICT_SPLIT_NETWORKS;
    AUTO_MEMORY char *pair = pair_text(r, t);
    char size[UNITS_TEXT_BYTES], percent[UNITS_TEXT_BYTES];
    struct finding *f;
    int n;

    if (!pair)
        return error_memory(err);
    f = finding_add(r, is_split ? "LM102" : "LM101", err, "%s: %s of %s went over %s", pair,
                    percent_text(percent, t->networks[0].share), bytes_text(size, t->bytes),
                    network_label(r, t->networks[0].network));
    n = finding_note_count(f, "transfer", index + 1, err);
    if (!n)
        n = finding_note_text(f, "network", network_label(r, t->networks[0].network), err);
    if (!n)
        n = finding_note_count(f, "bytes", t->networks[0].bytes, err);
    if (!n && t->n_networks > 1)
        n = note_other_networks(f, r, t, err);
    if (!n)
        n = finding_note_real(f, "min_share", q->min_share, err);
    if (!n && !(f->powershell = remedy_powershell(r)))
        n = error_memory(err);
    return n;
}

/* One finding about one connection of a transfer. */
static int add_connection_finding(struct result *r, const char *id, size_t transfer,
                                  uint32_t connection, const char *what, struct error *err)
{
    const struct result_connection *c = &r->connections[connection];
    const struct observation *o = result_totals(r, c);
    char source[ADDR_TEXT_BYTES], destination[ADDR_TEXT_BYTES];
    struct finding *f;
    int n;

    addr_text(source, &o->addr[c->client]);
    addr_text(destination, &o->addr[!c->client]);
    f = finding_add(r, id, err, "connection %u, %s to %s: %s", connection + 1, source, destination,
                    what);
    n = finding_note_count(f, "transfer", transfer + 1, err);
    if (!n)
        n = finding_note_count(f, "connection", connection + 1, err);
    if (!n)
        n = finding_note_text(f, "source_address", source, err);
    if (!n)
        n = finding_note_text(f, "destination_address", destination, err);
    return n;
}

/* A guessed network is none that was given; where none was given at all, nothing is outside. */
static bool is_outside(const struct result *r, int network)
{
    bool any_given = false;

    for (size_t i = 0; i < r->n_networks; i++)
        any_given = any_given || !r->networks[i].is_guessed;
    return any_given && (network < 0 || r->networks[network].is_guessed);
}

static int check_ends(struct result *r, size_t transfer, uint32_t connection, struct error *err)
{
    const struct result_connection *c = &r->connections[connection];
    int client = c->network[c->client], server = c->network[!c->client];
    bool client_outside = is_outside(r, client), server_outside = is_outside(r, server);
    AUTO_MEMORY char *what = NULL;

    if (client_outside || server_outside) {
        what = text_format("%s in no network given (%s)",
                           client_outside && server_outside ? "both ends are"
                           : client_outside                 ? "the source is"
                                                            : "the destination is",
                           network_label(r, client_outside ? client : server));
        return what ? add_connection_finding(r, "LM104", transfer, connection, what, err)
                    : error_memory(err);
    }
    if (client == server)
        return 0;
    what = text_format("the source is in %s, the destination in %s", network_label(r, client),
                       network_label(r, server));
    return what ? add_connection_finding(r, "LM103", transfer, connection, what, err)
                : error_memory(err);
}

/* The network of the NIC that saw a connection against the networks of its ends. */
static int check_adapter(struct result *r, size_t transfer, uint32_t connection, struct error *err)
{
    const struct result_connection *c = &r->connections[connection];

    for (unsigned i = 0; i < c->n_observations; i++) {
        const struct result_nic *nic = &r->nics[result_observation(r, c, i)->vantage];
        const char *label = result_nic_label(nic);
        AUTO_MEMORY char *what = NULL;

        if (nic->network < 0 || (c->network[0] < 0 && c->network[1] < 0) ||
            nic->network == c->network[0] || nic->network == c->network[1])
            continue;
        what =
            text_format("seen on %s, an adapter of %s, not of %s", *label ? label : "an interface",
                        r->networks[nic->network].name, network_label(r, c->network[c->client]));
        return what ? add_connection_finding(r, "LM105", transfer, connection, what, err)
                    : error_memory(err);
    }
    return 0;
}

static int check_transfer(struct result *r, size_t index, const struct question *q,
                          struct error *err)
{
    enum { MAX_CONNECTION_FINDINGS = 8 };
    const struct result_transfer *t = &r->transfers[index];
    size_t n_before;
    int n = 0;

    if (t->verdict == VERDICT_WRONG_NETWORK || t->verdict == VERDICT_SPLIT_NETWORKS)
        n = add_wrong_or_split(r, index, q, err);
    n_before = r->n_findings;
    for (size_t i = 0; i < t->n_connections && !n; i++) {
        uint32_t connection = t->connections[i];

        if (r->n_findings - n_before >= MAX_CONNECTION_FINDINGS)
            break;
        n = check_ends(r, index, connection, err);
        if (!n)
            n = check_adapter(r, index, connection, err);
    }
    return n;
}

/* A conversation about a migration, and no transfer. */
static int check_talk(struct result *r, const struct question *q, struct error *err)
{
    for (size_t i = 0; i < r->n_connections; i++) {
        const struct result_connection *c = &r->connections[i];
        const struct observation *o = result_totals(r, c);
        uint64_t bytes = o->half[0].payload_bytes + o->half[1].payload_bytes;
        char size[UNITS_TEXT_BYTES];
        struct finding *f;

        if (c->role != CONNECTION_MIGRATION_CONTROL || !bytes)
            continue;
        f = finding_add(r, "LM106", err, "TCP port %u carried %s, and no bulk was seen with it",
                        q->ports.lm, bytes_text(size, bytes));
        return finding_note_count(f, "connection", i + 1, err);
    }
    return 0;
}

/* Then less than the VM's memory says nothing. */
static bool was_compressed(const struct result *r)
{
    for (size_t i = 0; i < r->n_findings; i++)
        if (strcmp(r->findings[i].id, "LM211") == 0)
            return true;
    return false;
}

static int check_memory(struct result *r, const struct question *q, struct error *err)
{
    char seen[UNITS_TEXT_BYTES], memory[UNITS_TEXT_BYTES];
    uint64_t total = 0;
    struct finding *f;
    int n;

    for (size_t i = 0; i < r->n_transfers; i++)
        total += r->transfers[i].bytes;
    if (q->vm_memory_bytes == RESULT_UNKNOWN || !total || total >= q->vm_memory_bytes / 2 ||
        was_compressed(r))
        return 0;
    f = finding_add(r, "LM107", err, "%s seen of a VM with %s", bytes_text(seen, total),
                    bytes_text(memory, q->vm_memory_bytes));
    n = finding_note_count(f, "bytes", total, err);
    return n ? n : finding_note_count(f, "vm_memory_bytes", q->vm_memory_bytes, err);
}

int question_path(struct result *r, const struct question *q, struct error *err)
{
    bool has_transfer = false;
    int n = 0;

    for (size_t i = 0; i < r->n_transfers && !n; i++) {
        has_transfer = true;
        n = check_transfer(r, i, q, err);
    }
    if (!n && !has_transfer)
        n = check_talk(r, q, err);
    return n ? n : check_memory(r, q, err);
}
