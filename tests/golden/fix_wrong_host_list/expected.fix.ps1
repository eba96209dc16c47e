# Makes the live migrations of cluster LAB take Storage1, in all three layers.
#
# Written by lmpath 0.1.0 from snapshots/wrong-host-list.json, collected
# 2026-11-21T09:30:00.0000000Z on HV01. Nothing is changed yet.
#
# 2 changes, old -> new:
#
#   cluster  excluded networks   Management -> Management, Heartbeat
#   HV01     migration networks  10.10.10.0/24 priority 1 -> 10.20.0.0/24 priority 1
#
# Left alone:
#
#   - HV01 and HV02: migrations at once. The cluster's MaximumParallelMigrations (1) holds, whatever
#     a host says. (LM461)
#
# Before you run it:
#
#   - Run it on a node of the cluster, as administrator, in Windows PowerShell. With -WhatIf it only
#     tells what it would change.
#   - It changes only what differs, so it may be run again. Before the first change it stops when
#     this is another cluster, when a host does not answer, or when an intended network is not up on
#     every node.
#   - It excludes all other networks: while the intended one is down, a migration then fails instead
#     of taking a slower one.
#   - Where System Center VMM manages the hosts, make these changes there: it sets its own values
#     again.
#   - Afterwards take a new snapshot and run 'lmpath check' on it. Settings prove no path: watch a
#     test migration with 'lmpath run'.
#
# The way back, as long as you keep this snapshot:
#
#   lmpath fix snapshots/wrong-host-list.json -e Storage1 --undo

#Requires -Version 4.0
#Requires -RunAsAdministrator
#Requires -Modules FailoverClusters, Hyper-V
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    # go on although an intended network is not up on every node
    [switch] $Force
)

$ErrorActionPreference = 'Stop'

# Is a setting to be changed, and may it? In a list the sequence means nothing.
function Test-Change([string] $What, $Now, $Old, $New) {
    $nowText = @($Now | Sort-Object) -join ', '
    $oldText = @($Old | Sort-Object) -join ', '
    $newText = @($New | Sort-Object) -join ', '
    if ($nowText -eq $newText) {
        Write-Verbose "${What}: is '$newText' already"
        return $false
    }
    if ($nowText -ne $oldText) {
        Write-Warning "${What}: is '$nowText' now; expected was '$oldText'"
    }
    if (-not $PSCmdlet.ShouldProcess($What, "change '$nowText' to '$newText'")) {
        return $false
    }
    Write-Host "${What}: '$nowText' -> '$newText'"
    return $true
}

# A host's list, as texts like '10.20.0.0/24 priority 1'.
function Get-MigrationList([string] $HostName) {
    foreach ($entry in @(Get-VMMigrationNetwork -ComputerName $HostName)) {
        if ($null -eq $entry.Priority) {
            "$($entry.Subnet) without priority"
        } else {
            "$($entry.Subnet) priority $($entry.Priority)"
        }
    }
}

# MigrationNetworkOrder or MigrationExcludeNetworks: ids with semicolons between.
function Get-MigrationParameter([string] $Name) {
    $type = Get-ClusterResourceType -Name 'Virtual Machine'
    $found = $type | Get-ClusterParameter | Where-Object { $_.Name -eq $Name }
    return [string] $found.Value
}

# The cluster network of a name, or of a subnet when it has another name by now.
function Get-Network([string] $Name, [string] $Subnet) {
    $found = @($networks | Where-Object { $_.Name -eq $Name })
    if ($found.Count -eq 0 -and $Subnet) {
        $found = @($networks | Where-Object { @(Get-Subnet $_) -contains $Subnet })
    }
    if ($found.Count -ne 1) {
        throw "No cluster network '$Name' ($Subnet). Nothing was changed; take a new snapshot."
    }
    return $found[0]
}

function Get-Subnet($Network) {
    $v4 = @($Network.Ipv4Addresses)
    for ($i = 0; $i -lt $v4.Count; $i++) {
        '{0}/{1}' -f $v4[$i], @($Network.Ipv4PrefixLengths)[$i]
    }
    $v6 = @($Network.Ipv6Addresses)
    for ($i = 0; $i -lt $v6.Count; $i++) {
        '{0}/{1}' -f $v6[$i], @($Network.Ipv6PrefixLengths)[$i]
    }
}

# ---- before anything is changed ----

if ($PSVersionTable['PSEdition'] -eq 'Core') {
    throw 'Run this in Windows PowerShell (powershell.exe): PowerShell 7 sees copies of the cluster only.'
}
$cluster = Get-Cluster
$clusterId = ([string] $cluster.Id).Trim([char[]] '{}')
if ($cluster.Name -ne 'LAB') {
    throw "This is cluster $($cluster.Name) ($clusterId), not the one that the snapshot is of. Nothing was changed."
}

$networks = @(Get-ClusterNetwork)
$network = @{}
$network['Management'] = Get-Network 'Management' '10.10.10.0/24'
$network['Storage1'] = Get-Network 'Storage1' '10.20.0.0/24'
$network['Heartbeat'] = Get-Network 'Heartbeat' '10.30.0.0/24'

# Is each intended network up, on every node?
$troubles = @()
$adapters = @(Get-ClusterNetworkInterface)
foreach ($name in 'Storage1') {
    $own = @($adapters | Where-Object {
            @($_.Network.Name, [string] $_.Network) -contains $network[$name].Name -and
            [string] $_.State -in 'Up', '3'
        })
    if ([string] $network[$name].State -notin 'Up', '3') {
        $troubles += "$name is $($network[$name].State)"
    }
    foreach ($node in @(Get-ClusterNode)) {
        $here = @($own | Where-Object {
                @($_.Node.Name, [string] $_.Node) -contains $node.Name
            })
        if ($here.Count -eq 0) {
            $troubles += "$($node.Name) has no adapter that is up in $name"
        }
    }
}
foreach ($trouble in $troubles) {
    Write-Warning $trouble
}
if ($troubles.Count -gt 0 -and -not $Force -and -not $WhatIfPreference) {
    throw 'Nothing was changed. Mend the network first, or go on with -Force.'
}

# What is new since the snapshot is in no list below.
foreach ($one in $networks) {
    if ($one.Name -notin 'Management', 'Storage1', 'Heartbeat') {
        Write-Warning "network $($one.Name) is not in the snapshot"
    }
}
foreach ($node in @(Get-ClusterNode)) {
    if ($node.Name -notin 'HV01', 'HV02') {
        Write-Warning "node $($node.Name) is not in the snapshot"
    }
}

# Does each host answer?
foreach ($name in 'HV01') {
    $null = Get-VMHost -ComputerName $name
}

# ---- the changes ----

# cluster, excluded networks:
#   old  Management
#   new  Management, Heartbeat
$now = Get-MigrationParameter 'MigrationExcludeNetworks'
$new = @($network['Management'].Id, $network['Heartbeat'].Id) -join ';'
if (Test-Change 'cluster: MigrationExcludeNetworks (Management, Heartbeat)' $now '1f0c5a52-7a3e-4d0e-9b61-0c8a5d2e1a01' $new) {
    Get-ClusterResourceType -Name 'Virtual Machine' | Set-ClusterParameter -Name MigrationExcludeNetworks -Value $new
}

# HV01, migration networks:
#   old  10.10.10.0/24 priority 1
#   new  10.20.0.0/24 priority 1
$now = @(Get-MigrationList 'HV01')
if (Test-Change 'HV01: VMMigrationNetwork' $now @('10.10.10.0/24 priority 1') @('10.20.0.0/24 priority 1')) {
    foreach ($entry in @(Get-VMMigrationNetwork -ComputerName 'HV01')) {
        Remove-VMMigrationNetwork -ComputerName 'HV01' -Subnet $entry.Subnet
    }
    Add-VMMigrationNetwork -ComputerName 'HV01' -Subnet '10.20.0.0/24' -Priority 1
}
