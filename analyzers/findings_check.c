/* The part of the catalogue that is about the configuration; analyzers/check/ finds them. */
#include "analyzers/findings.h"

static const struct finding_kind kinds[] = {
    { "LM401", FINDING_WARNING, "the cluster has no order of migration networks",
      "Windows then sorts the networks by their metrics, which change with adapters "
      "and drivers: the path is left to chance.",
      "(Get-ClusterResourceType -Name \"Virtual Machine\" | "
      "Get-ClusterParameter).Name and .Value show the order and the exclude list.",
      "Put the intended network first in the cluster's live migration settings, and "
      "exclude the others." },
    { "LM402", FINDING_WARNING,
      "the cluster's migration settings name a network that does not exist",
      "The id belongs to a network that was removed or made anew. The new one has "
      "another id, so it is neither ordered nor excluded.",
      "Compare the ids with those of Get-ClusterNetwork.",
      "Write the order and the exclude list again, with the ids of today." },
    { "LM403", FINDING_ERROR, "a network is both ordered and excluded",
      "The two lists contradict each other; which one wins is not documented.",
      "Compare MigrationNetworkOrder with MigrationExcludeNetworks.",
      "Take the network out of one of the two lists." },
    { "LM404", FINDING_ERROR, "the intended network is excluded from migration",
      "The cluster takes another network, without a word, as long as one is left.",
      "MigrationExcludeNetworks holds the network's id.",
      "Take the network's id out of MigrationExcludeNetworks." },
    { "LM405", FINDING_ERROR, "the intended network is not first in the cluster's order",
      "The cluster tries the networks in this order and takes the first that "
      "connects.",
      "MigrationNetworkOrder, from its left.",
      "Put the intended network's id first in MigrationNetworkOrder." },
    { "LM406", FINDING_WARNING, "the management network is not excluded from migration",
      "When the intended network fails for a moment, migrations move on to "
      "management without a word, and SMB Multichannel may use both.",
      "MigrationExcludeNetworks does not hold the network's id.",
      "Exclude it, unless a slow migration is better than none." },
    { "LM407", FINDING_INFO, "a network that is not intended may carry migrations",
      "It is not excluded, so migrations move on to it when the intended network "
      "fails; if it bears heartbeats, they starve then.",
      "MigrationExcludeNetworks does not hold the network's id.",
      "Exclude it, or keep it as a deliberate second choice." },
    { "LM408", FINDING_WARNING, "the cluster's order holds a network without a role",
      "Networks without a role are mostly storage (iSCSI): a migration there takes "
      "bandwidth from the disks. So it does on one that bears iSCSI in its name.",
      "Get-ClusterNetwork shows role None, or the name.",
      "Take the network out of MigrationNetworkOrder and exclude it." },
    { "LM410", FINDING_WARNING, "the intended network has the role None",
      "The cluster does not watch it: a failure there is noticed when a migration "
      "hangs. Sources disagree on whether Windows uses it for migration at all.",
      "Get-ClusterNetwork shows role None.",
      "Give it the role Cluster (1), if it is not a storage network." },
    { "LM411", FINDING_INFO, "the intended network is open to clients",
      "Clients and cluster addresses may use it, and share it with the memory.",
      "Get-ClusterNetwork shows role ClusterAndClient.",
      "Give it the role Cluster (1), unless there is no other network for clients." },
    { "LM412", FINDING_ERROR, "the intended network is down",
      "No migration can use it; migrations take another network or fail.",
      "Get-ClusterNetwork and Get-ClusterNetworkInterface show the state.",
      "Look at cables, switch ports, teams and adapters of this network." },
    { "LM413", FINDING_ERROR, "the intended network is partitioned",
      "Some nodes don't reach each other over it; between those, migrations take "
      "another network.",
      "Get-ClusterNetworkInterface shows which node's adapter is not up.",
      "Look at the adapter, VLAN and switch port of the nodes that are cut off." },
    { "LM414", FINDING_ERROR, "a host has no address in the intended network",
      "Migrations to and from this host can't use it.", "Get-NetIPAddress on the host.",
      "Give the host an adapter and address in that network." },
    { "LM415", FINDING_WARNING, "one cluster network holds several subnets",
      "The cluster makes a network of an adapter and all its addresses: different "
      "purposes can't be told apart, and ordering or excluding one means all.",
      "Get-ClusterNetwork shows more than one subnet of a family.",
      "Give each purpose an adapter (or a vNIC) and a subnet of its own." },
    { "LM416", FINDING_WARNING, "two adapters of a host are in one subnet",
      "The cluster uses one of them, and routing may take the other: the address "
      "doesn't tell which wire carries the memory.",
      "Get-NetIPAddress on the host.", "Team the adapters, or give each a subnet of its own." },
    { "LM417", FINDING_WARNING, "more migrations at once than the link carries",
      "Each gets a part of the link, each takes longer, and pages change faster "
      "than they are sent.",
      "The link speed divided by the number of simultaneous migrations.",
      "Allow fewer migrations at once." },
    { "LM418", FINDING_WARNING,
      "heartbeats share the migration network or its adapters, and tolerate little",
      "A migration that fills the link delays heartbeats: a node may be taken for "
      "dead and its VMs restarted elsewhere.",
      "SameSubnetDelay times SameSubnetThreshold is the time without heartbeats "
      "that is tolerated; since 2016 the default is 10 s.",
      "Give the cluster a second network for heartbeats, or tolerate more." },
    { "LM420", FINDING_ERROR, "a host's list lacks the intended network",
      "Where the host's list decides, the memory can't go there, whatever the "
      "cluster says.",
      "Get-VMMigrationNetwork on the host.", "Add the intended subnet to the host's list." },
    { "LM421", FINDING_INFO, "a host's list of migration networks is empty",
      "On a cluster's node this is usual, as the cluster hands its own networks to "
      "Hyper-V unseen; but nothing then holds if the cluster's settings are lost.",
      "Get-VMMigrationNetwork, and the events 21122 and 21123 of "
      "Hyper-V-High-Availability.",
      "Add the intended subnet, so that the two layers say the same." },
    { "LM422", FINDING_WARNING, "a host's list has a network that is not intended",
      "The host may migrate over it.", "Get-VMMigrationNetwork on the host.", "Remove the entry." },
    { "LM423", FINDING_WARNING, "hosts give the intended network different priorities",
      "The way there and the way back may differ.",
      "Get-VMMigrationNetwork on each host, Priority.", "Give it the same priority everywhere." },
    { "LM424", FINDING_ERROR, "a host's list puts another network before the intended one",
      "The lowest priority is tried first, and the host's intended network is not "
      "that.",
      "Get-VMMigrationNetwork on the host, Priority.",
      "Give the intended subnet the lowest number." },
    { "LM425", FINDING_WARNING, "a host's list has a network without a role",
      "Networks without a role are mostly storage (iSCSI): a migration there takes "
      "bandwidth from the disks.",
      "Get-VMMigrationNetwork on the host, Get-ClusterNetwork for the role.", "Remove the entry." },
    { "LM430", FINDING_WARNING, "a host may use any network for migration",
      "Its list then means nothing.", "(Get-VMHost).UseAnyNetworkForMigration",
      "Turn it off, and list the intended subnets." },
    { "LM431", FINDING_ERROR, "live migration is disabled on a host",
      "Without a cluster nothing migrates to or from it.",
      "(Get-VMHost).VirtualMachineMigrationEnabled", "Turn it on." },
    { "LM432", FINDING_WARNING, "hosts differ in the migration performance option",
      "The way there and the way back then use different transports, which choose "
      "their path by different rules.",
      "(Get-VMHost).VirtualMachineMigrationPerformanceOption",
      "Set the same option on all hosts." },
    { "LM433", FINDING_WARNING, "hosts differ in the migration authentication",
      "Migrations may work in one direction only.",
      "(Get-VMHost).VirtualMachineMigrationAuthenticationType", "Set the same type on all hosts." },
    { "LM434", FINDING_INFO, "hosts differ in the number of simultaneous migrations",
      "The smaller number of source and destination holds.",
      "(Get-VMHost).MaximumVirtualMachineMigrations", "Set the same number on all hosts." },
    { "LM435", FINDING_WARNING, "CredSSP is chosen where Credential Guard runs",
      "Credential Guard keeps CredSSP from delegating, so migrations that need it "
      "fail. Windows Server 2025 turns it on by itself.",
      "SecurityServicesRunning of Win32_DeviceGuard holds 1.",
      "Use Kerberos, with constrained delegation between hosts that share no "
      "cluster." },
    { "LM436", FINDING_WARNING, "Kerberos is chosen without the delegation that it needs",
      "Hosts that share no cluster migrate in the name of the user who asks. Without both "
      "entries, cifs and Microsoft Virtual System Migration Service, the destination refuses, "
      "unless the user is signed in on the source.",
      "(Get-ADComputer HV01 -Properties msDS-AllowedToDelegateTo).'msDS-AllowedToDelegateTo'",
      "Add the entries to the source's computer account, for both ways on both accounts." },
    { "LM440", FINDING_WARNING, "the intended network is slower than another one",
      "The memory takes the slow link while a faster one is idle.",
      "Get-NetAdapter on the host, LinkSpeed.",
      "Look whether the adapter came up at full speed; else intend the faster "
      "network." },
    { "LM441", FINDING_WARNING, "frame sizes differ between the ends",
      "Frames that one end sends and the other or the switch drops make a migration "
      "hang or crawl, mostly intermittently.",
      "ping -f -l 8972 from end to end passes when jumbo frames work.",
      "Set the same frame size on all adapters of the network, and on the switch." },
    { "LM442", FINDING_WARNING, "VLANs differ between the ends",
      "The ends may not reach each other directly.",
      "Get-VMNetworkAdapterVlan -ManagementOS, Get-NetAdapter.VlanID",
      "Put the adapters of one network into one VLAN." },
    { "LM443", FINDING_WARNING, "RDMA differs between the ends",
      "SMB Direct needs it on both; else SMB falls back to TCP, without a word.",
      "Get-NetAdapterRdma on each host.", "Enable RDMA on both ends, or on none." },
    { "LM444", FINDING_WARNING, "Windows prefers another adapter over the intended one",
      "A higher interface metric makes Windows prefer the other network wherever an "
      "address does not decide, such as resolving the other host's name.",
      "Get-NetIPInterface on the host, InterfaceMetric.",
      "Give the intended network's adapter the lower metric." },
    { "LM445", FINDING_WARNING, "SMB is unbound from an adapter that should carry it",
      "SMB can't carry memory there: neither migrations in SMB mode nor cluster "
      "shared volumes.",
      "Get-NetAdapterBinding on the host: ms_msclient and ms_server.",
      "Bind both to the adapter." },
    { "LM446", FINDING_INFO, "receive processing shares processors",
      "Adapters that use the same processors, or core 0 with the system's own work, "
      "slow each other down at high rates.",
      "Get-NetAdapterRss on the host: BaseProcessorNumber and MaxProcessorNumber.",
      "Give each adapter a range of its own that begins behind core 0." },
    { "LM450", FINDING_INFO, "the intended network has RDMA, and migrations don't use it",
      "SMB with RDMA moves memory faster than Compression, and leaves the "
      "processors alone.",
      "Get-NetAdapterRdma; (Get-VMHost).VirtualMachineMigrationPerformanceOption",
      "Set the performance option to SMB." },
    { "LM451", FINDING_WARNING, "SMB is chosen, but the intended network has no RDMA",
      "SMB without RDMA is not faster than TCP, slower than Compression, and its "
      "Multichannel may use adapters that are not intended.",
      "Get-NetAdapterRdma on the host.",
      "Set the performance option to Compression, or enable RDMA." },
    { "LM452", FINDING_INFO, "SMB encryption is on",
      "It costs speed, and hides from a capture what SMB carries. Right where the "
      "network is not trusted.",
      "(Get-SmbServerConfiguration).EncryptData",
      "Decide whether the migration network needs it." },
    { "LM453", FINDING_WARNING, "an SMB bandwidth limit holds migrations below the link",
      "Memory over SMB never goes faster than this.",
      "Get-SmbBandwidthLimit on the host, category LiveMigration.",
      "Raise the limit, or remove it." },
    { "LM454", FINDING_INFO, "the cluster limits the bandwidth of migrations over SMB",
      "The cluster sets a share of all adapters' bandwidth as the limit on its "
      "nodes, and sets it again when it is changed there.",
      "Get-Cluster: SetSMBBandwidthLimit and SMBBandwidthLimitFactor (2500 is 25 "
      "%).",
      "Nothing, if the rate is enough; else raise the factor." },
    { "LM455", FINDING_WARNING, "a QoS policy holds migrations below the link",
      "What is sent to the port is throttled to this rate. It has no effect with "
      "TCP Chimney offload.",
      "Get-NetQosPolicy on the host.", "Raise the rate or remove the policy." },
    { "LM456", FINDING_ERROR, "the firewall does not let migrations in",
      "Connections to the port are refused, on the intended address or from the peers: "
      "migrations fail, or move on to a network where they are let in.",
      "Get-NetFirewallRule on the host, inbound, enabled; its profile and addresses.",
      "Enable the rules of the group Hyper-V (and File and Printer Sharing for "
      "SMB)." },
    { "LM457", FINDING_INFO, "IPsec holds for the intended network",
      "Migrations work with IPsec, and are slower; a capture shows ESP instead of "
      "ports.",
      "Get-NetIPsecRule on the host.",
      "Exempt the migration network, unless it needs encryption." },
    { "LM458", FINDING_INFO, "SMB is chosen with one adapter",
      "Multichannel has nothing to spread over or to fall back to but networks that are not "
      "intended.",
      "Get-SmbMultichannelConnection on the host, during a migration.",
      "Give migration a second adapter with RDMA, where the rate matters." },
    { "LM460", FINDING_INFO, "Network ATC manages this host's networks",
      "It sets adapters, migration networks, transport and limits by its intents, "
      "and sets them again when they are changed by hand.",
      "Get-NetIntent on the host.", "Change the intents, not the settings." },
    { "LM461", FINDING_INFO, "the cluster overrides the hosts' number of migrations",
      "MaximumParallelMigrations of the cluster holds, and what is set on a host "
      "has no effect.",
      "(Get-Cluster).MaximumParallelMigrations", "Set the number at the cluster." },
    { "LM462", FINDING_INFO, "Virtual Machine Manager manages this host",
      "It sets migration networks, limits and switches by its host properties and logical "
      "networks, and may set them back when they are changed by hand.",
      "Get-Service SCVMMAgent on the host.",
      "Change the host's migration settings in Virtual Machine Manager." },
    { "LM470", FINDING_INFO, "Microsoft's table of 2008 R2 has this design",
      "It rates hosts by their adapters and what each is for. Of an age of 1 and 10 Gbit/s, it "
      "still tells whether migrations can starve the cluster.",
      "Get-NetAdapter, Get-VMSwitch and Get-ClusterNetwork show the adapters and their use.",
      "Nothing, if the caps that it asks for are set." },
    { "LM471", FINDING_WARNING, "Microsoft's table of 2008 R2 advises against this design",
      "Migrations and the cluster's own traffic share an adapter that is too slow for both: "
      "migrations slow down, and nodes may be taken for dead.",
      "Get-NetAdapter, Get-VMSwitch and Get-ClusterNetwork show the adapters and their use.",
      "Add an adapter that separates live migration from the cluster's traffic." },
    { "LM472", FINDING_INFO, "points of the guidance for converged hosts are not kept",
      "Migration, storage and management share a virtual switch here. The guidance since 2012 "
      "keeps them apart, and lets each migration use all of its adapter.",
      "Get-VMSwitch, Get-VMNetworkAdapter -ManagementOS, Get-VMNetworkAdapterVlan and "
      "Get-VMNetworkAdapterTeamMapping on the host.",
      "Take the points that matter here; each stands by itself." },
};
enum { N_KINDS = sizeof(kinds) / sizeof(kinds[0]) };

const struct finding_kind *finding_check_kind_at(size_t index)
{
    return index < N_KINDS ? &kinds[index] : NULL;
}
