/* A script's functions, and what it makes sure of before it changes anything. */
#include "analyzers/fix/script.h"

static const char begin[] =
    "\n"
    "#Requires -Version 4.0\n"
    "#Requires -RunAsAdministrator\n"
    "#Requires -Modules %s\n"
    "[CmdletBinding(SupportsShouldProcess = $true)]\n"
    "param(%s)\n"
    "\n"
    "$ErrorActionPreference = 'Stop'\n"
    "\n"
    "# Is a setting to be changed, and may it? In a list the sequence means nothing.\n"
    "function Test-Change([string] $What, $Now, $Old, $New) {\n"
    "    $nowText = @($Now | Sort-Object) -join ', '\n"
    "    $oldText = @($Old | Sort-Object) -join ', '\n"
    "    $newText = @($New | Sort-Object) -join ', '\n"
    "    if ($nowText -eq $newText) {\n"
    "        Write-Verbose \"${What}: is '$newText' already\"\n"
    "        return $false\n"
    "    }\n"
    "    if ($nowText -ne $oldText) {\n"
    "        Write-Warning \"${What}: is '$nowText' now; expected was '$oldText'\"\n"
    "    }\n"
    "    if (-not $PSCmdlet.ShouldProcess($What, \"change '$nowText' to '$newText'\")) {\n"
    "        return $false\n"
    "    }\n"
    "    Write-Host \"${What}: '$nowText' -> '$newText'\"\n"
    "    return $true\n"
    "}\n";

static const char get_list[] =
    "\n"
    "# A host's list, as texts like '10.20.0.0/24 priority 1'.\n"
    "function Get-MigrationList([string] $HostName) {\n"
    "    foreach ($entry in @(Get-VMMigrationNetwork -ComputerName $HostName)) {\n"
    "        if ($null -eq $entry.Priority) {\n"
    "            \"$($entry.Subnet) without priority\"\n"
    "        } else {\n"
    "            \"$($entry.Subnet) priority $($entry.Priority)\"\n"
    "        }\n"
    "    }\n"
    "}\n";

static const char get_parameter[] =
    "\n"
    "# MigrationNetworkOrder or MigrationExcludeNetworks: ids with semicolons between.\n"
    "function Get-MigrationParameter([string] $Name) {\n"
    "    $type = Get-ClusterResourceType -Name 'Virtual Machine'\n"
    "    $found = $type | Get-ClusterParameter | Where-Object { $_.Name -eq $Name }\n"
    "    return [string] $found.Value\n"
    "}\n";

static const char get_network[] =
    "\n"
    "# The cluster network of a name, or of a subnet when it has another name by now.\n"
    "function Get-Network([string] $Name, [string] $Subnet) {\n"
    "    $found = @($networks | Where-Object { $_.Name -eq $Name })\n"
    "    if ($found.Count -eq 0 -and $Subnet) {\n"
    "        $found = @($networks | Where-Object { @(Get-Subnet $_) -contains $Subnet })\n"
    "    }\n"
    "    if ($found.Count -ne 1) {\n"
    "        throw \"No cluster network '$Name' ($Subnet). Nothing was changed; take a new "
    "snapshot.\"\n"
    "    }\n"
    "    return $found[0]\n"
    "}\n"
    "\n"
    "function Get-Subnet($Network) {\n"
    "    $v4 = @($Network.Ipv4Addresses)\n"
    "    for ($i = 0; $i -lt $v4.Count; $i++) {\n"
    "        '{0}/{1}' -f $v4[$i], @($Network.Ipv4PrefixLengths)[$i]\n"
    "    }\n"
    "    $v6 = @($Network.Ipv6Addresses)\n"
    "    for ($i = 0; $i -lt $v6.Count; $i++) {\n"
    "        '{0}/{1}' -f $v6[$i], @($Network.Ipv6PrefixLengths)[$i]\n"
    "    }\n"
    "}\n";

static const char force_parameter[] =
    "\n"
    "    # go on although an intended network is not up on every node\n"
    "    [switch] $Force\n";

static bool has_guarded_networks(const struct script *s)
{
    return s->plan->config->is_cluster && !s->plan->is_undo;
}

static bool needs_network(const struct script *s, int network)
{
    for (size_t i = 0; has_guarded_networks(s) && i < s->plan->n_intended; i++)
        if (s->plan->intended[i] == network)
            return true;
    for (size_t i = 0; i < s->plan->n_changes; i++) {
        const struct plan_change *c = &s->plan->changes[i];

        if (c->setting == PLAN_ROLE && c->network == network)
            return true;
        for (size_t k = 0; c->setting != PLAN_LIST && k < c->new.n_items; k++)
            if (c->new.items[k].network == network)
                return true;
    }
    return false;
}

static bool needs_networks(const struct script *s)
{
    for (size_t i = 0; i < s->plan->config->topology.n_networks; i++)
        if (needs_network(s, (int)i))
            return true;
    return false;
}

void script_helpers(struct script *s)
{
    script_code(s, begin, s->plan->config->is_cluster ? "FailoverClusters, Hyper-V" : "Hyper-V",
                has_guarded_networks(s) ? force_parameter : "");
    if (script_has(s, PLAN_LIST))
        script_code(s, "%s", get_list);
    if (script_has(s, PLAN_ORDER) || script_has(s, PLAN_EXCLUDE))
        script_code(s, "%s", get_parameter);
    if (needs_networks(s))
        script_code(s, "%s", get_network);
}

/* ---- before anything is changed ---- */

static void guard_cluster(struct script *s)
{
    const struct config *c = s->plan->config;
    struct snapshot_node member = snapshot_node_member(&c->cluster, "Id");
    const char *id = "";

    snapshot_node_text(&member, &id, NULL);
    script_code(s, "\nif ($PSVersionTable['PSEdition'] -eq 'Core') {\n"
                   "    throw 'Run this in Windows PowerShell (powershell.exe): PowerShell 7 sees "
                   "copies of the cluster only.'\n"
                   "}\n"
                   "$cluster = Get-Cluster\n"
                   "$clusterId = ([string] $cluster.Id).Trim([char[]] '{}')\n"
                   "if ($cluster.Name -ne ");
    script_literal(s, c->topology.cluster);
    if (*id) {
        script_code(s, " -or $clusterId -ne ");
        script_code(s, "([string] ");
        script_literal(s, id);
        script_code(s, ").Trim([char[]] '{}')");
    }
    script_code(s,
                ") {\n"
                "    throw \"This is cluster $($cluster.Name) ($clusterId), not the one that the "
                "snapshot is of. Nothing was changed.\"\n"
                "}\n");
}

static void find_networks(struct script *s)
{
    const struct topology *t = &s->plan->config->topology;

    script_code(s, "\n$networks = @(Get-ClusterNetwork)\n$network = @{}\n");
    for (size_t i = 0; i < t->n_networks; i++) {
        char subnet[PREFIX_TEXT_BYTES] = "";

        if (!needs_network(s, (int)i))
            continue;
        if (t->networks[i].n_prefixes)
            prefix_text(subnet, &t->networks[i].prefixes[0]);
        script_code(s, "$network[");
        script_literal(s, t->networks[i].name);
        script_code(s, "] = Get-Network ");
        script_literal(s, t->networks[i].name);
        script_code(s, " '%s'\n", subnet);
    }
}

static void guard_networks(struct script *s)
{
    const struct plan *p = s->plan;

    script_code(s, "\n# Is each intended network up, on every node?\n"
                   "$troubles = @()\n"
                   "$adapters = @(Get-ClusterNetworkInterface)\n"
                   "foreach ($name in ");
    for (size_t i = 0; i < p->n_intended; i++) {
        script_code(s, "%s", i ? ", " : "");
        script_literal(s, p->config->topology.networks[p->intended[i]].name);
    }
    script_code(
        s, ") {\n"
           "    $own = @($adapters | Where-Object {\n"
           "            @($_.Network.Name, [string] $_.Network) -contains $network[$name].Name "
           "-and\n"
           "            [string] $_.State -in 'Up', '3'\n"
           "        })\n"
           "    if ([string] $network[$name].State -notin 'Up', '3') {\n"
           "        $troubles += \"$name is $($network[$name].State)\"\n"
           "    }\n"
           "    foreach ($node in @(Get-ClusterNode)) {\n"
           "        $here = @($own | Where-Object {\n"
           "                @($_.Node.Name, [string] $_.Node) -contains $node.Name\n"
           "            })\n"
           "        if ($here.Count -eq 0) {\n"
           "            $troubles += \"$($node.Name) has no adapter that is up in "
           "$name\"\n"
           "        }\n"
           "    }\n"
           "}\n"
           "foreach ($trouble in $troubles) {\n"
           "    Write-Warning $trouble\n"
           "}\n"
           "if ($troubles.Count -gt 0 -and -not $Force -and -not $WhatIfPreference) {\n"
           "    throw 'Nothing was changed. Mend the network first, or go on with "
           "-Force.'\n"
           "}\n");
}

/* What came since: a script that sets whole lists leaves it out. */
static void warn_of_new(struct script *s)
{
    const struct config *c = s->plan->config;
    size_t n = 0;

    script_code(s, "\n# What is new since the snapshot is in no list below.\n"
                   "foreach ($one in $networks) {\n"
                   "    if ($one.Name -notin ");
    for (size_t i = 0; i < c->topology.n_networks; i++) {
        if (c->topology.networks[i].origin != NETWORK_FROM_CLUSTER)
            continue;
        script_code(s, "%s", n++ ? ", " : "");
        script_literal(s, c->topology.networks[i].name);
    }
    script_code(s, ") {\n"
                   "        Write-Warning \"network $($one.Name) is not in the snapshot\"\n"
                   "    }\n"
                   "}\n");
    if (c->n_hosts == 0)
        return;
    script_code(s, "foreach ($node in @(Get-ClusterNode)) {\n"
                   "    if ($node.Name -notin ");
    for (size_t i = 0; i < c->n_hosts; i++) {
        script_code(s, "%s", i ? ", " : "");
        script_literal(s, c->hosts[i].name);
    }
    script_code(s, ") {\n"
                   "        Write-Warning \"node $($node.Name) is not in the snapshot\"\n"
                   "    }\n"
                   "}\n");
}

static bool is_first_of_host(const struct plan *p, size_t change)
{
    for (size_t i = 0; i < change; i++)
        if (p->changes[i].host == p->changes[change].host)
            return false;
    return p->changes[change].host != NULL;
}

static void guard_hosts(struct script *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->plan->n_changes; i++) {
        if (!is_first_of_host(s->plan, i))
            continue;
        script_code(s, n++ ? ",\n        " : "\n# Does each host answer?\nforeach ($name in ");
        script_literal(s, s->plan->changes[i].host->name);
    }
    if (n)
        script_code(s, ") {\n"
                       "    $null = Get-VMHost -ComputerName $name\n"
                       "}\n");
}

void script_guards(struct script *s)
{
    script_code(s, "\n# ---- before anything is changed ----\n");
    if (s->plan->config->is_cluster)
        guard_cluster(s);
    if (needs_networks(s))
        find_networks(s);
    if (has_guarded_networks(s)) {
        guard_networks(s);
        warn_of_new(s);
    }
    guard_hosts(s);
}
