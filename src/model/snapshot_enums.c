/* Names and numbers of the cmdlets' enumerations, as Microsoft's pages on the WMI classes have
 * them. */
#include "src/model/snapshot_enums.h"

#include "src/model/topology.h"

const struct snapshot_word enum_network_role[] = {
    { "None", ROLE_NONE },
    { "Cluster", ROLE_CLUSTER },
    { "Client", ROLE_CLIENT },
    { "ClusterAndClient", ROLE_CLUSTER_AND_CLIENT },
    { 0 },
};
const struct snapshot_word enum_network_state[] = {
    { "Unknown", STATE_UNKNOWN },
    { "Unavailable", STATE_UNAVAILABLE },
    { "Down", STATE_DOWN },
    { "Partitioned", STATE_PARTITIONED },
    { "Paritioned", STATE_PARTITIONED }, /* as the WMI class spells it */
    { "Up", STATE_UP },
    { 0 },
};
const struct snapshot_word enum_nic_state[] = {
    { "Unknown", -1 },    { "Unavailable", 0 }, { "Failed", 1 },
    { "Unreachable", 2 }, { "Up", 3 },          { 0 },
};
const struct snapshot_word enum_security_level[] = {
    { "ClearText", 0 }, { "Sign", 1 }, { "Encrypt", 2 }, { 0 }
};

const struct snapshot_word enum_performance[] = {
    { "TCPIP", PERFORMANCE_TCPIP },
    { "Compression", PERFORMANCE_COMPRESSION },
    { "SMB", PERFORMANCE_SMB },
    { 0 },
};
const struct snapshot_word enum_authentication[] = { { "CredSSP", AUTHENTICATION_CREDSSP },
                                                     { "Kerberos", AUTHENTICATION_KERBEROS },
                                                     { 0 } };

const struct snapshot_word enum_switch_type[] = {
    { "Private", 0 }, { "Internal", 1 }, { "External", 2 }, { 0 }
};
const struct snapshot_word enum_bandwidth_mode[] = {
    { "Default", 0 }, { "Weight", 1 }, { "Absolute", 2 }, { "None", 3 }, { 0 }
};
const struct snapshot_word enum_vlan_mode[] = {
    { "Untagged", 0 }, { "Access", 1 }, { "Trunk", 2 }, { "Private", 3 }, { 0 }
};
const struct snapshot_word enum_teaming_mode[] = {
    { "Static", 0 }, { "SwitchIndependent", 1 }, { "Lacp", 2 }, { 0 }
};
const struct snapshot_word enum_load_balancing[] = {
    { "TransportPorts", 0 }, { "IPAddresses", 2 }, { "MacAddresses", 3 },
    { "HyperVPort", 4 },     { "Dynamic", 5 },     { 0 },
};
const struct snapshot_word enum_team_status[] = {
    { "Up", 0 }, { "Down", 1 }, { "Degraded", 2 }, { 0 }
};

const struct snapshot_word enum_service_status[] = { { "Stopped", 1 },     { "StartPending", 2 },
                                                     { "StopPending", 3 }, { "Running", 4 },
                                                     { "Paused", 7 },      { 0 } };
const struct snapshot_word enum_start_type[] = {
    { "Automatic", 2 }, { "Manual", 3 }, { "Disabled", 4 }, { 0 }
};

const struct snapshot_word enum_address_family[] = { { "IPv4", 2 }, { "IPv6", 23 }, { 0 } };
const struct snapshot_word enum_prefix_origin[] = {
    { "Other", 0 },
    { "Manual", 1 },
    { "WellKnown", 2 },
    { "Dhcp", 3 },
    { "RouterAdvertisement", 4 },
    { 0 },
};
const struct snapshot_word enum_suffix_origin[] = {
    { "Other", 0 }, { "Manual", 1 }, { "WellKnown", 2 },
    { "Dhcp", 3 },  { "Link", 4 },   { "Random", SUFFIX_ORIGIN_RANDOM },
    { 0 },
};
const struct snapshot_word enum_switched[] = {
    { "Disabled", 0 }, { "Enabled", 1 }, { "Automatic", 2 }, { 0 }
};
const struct snapshot_word enum_allowed[] = { { "Blocked", 0 }, { "Allowed", 1 }, { 0 } };
const struct snapshot_word enum_rdma_technology[] = {
    { "iWARP", 1 }, { "InfiniBand", 2 }, { "RoCE", 3 }, { "RoCEv2", 4 }, { 0 }
};
const struct snapshot_word enum_rss_profile[] = {
    { "Closest", 1 },
    { "ClosestProcessor", 1 },
    { "ClosestStatic", 2 },
    { "ClosestProcessorStatic", 2 },
    { "NUMA", 3 },
    { "NUMAScaling", 3 },
    { "NUMAStatic", 4 },
    { "NUMAScalingStatic", 4 },
    { "Conservative", 5 },
    { "ConservativeScaling", 5 },
    { 0 },
};
const struct snapshot_word enum_network_category[] = {
    { "Public", 0 }, { "Private", 1 }, { "DomainAuthenticated", 2 }, { 0 }
};

const struct snapshot_word enum_rule_enabled[] = { { "True", RULE_ENABLED },
                                                   { "False", RULE_DISABLED },
                                                   { 0 } };
const struct snapshot_word enum_rule_action[] = { { "NotConfigured", RULE_NOT_CONFIGURED },
                                                  { "Allow", RULE_ALLOW },
                                                  { "Block", RULE_BLOCK },
                                                  { 0 } };
const struct snapshot_word enum_rule_direction[] = { { "Inbound", RULE_INBOUND },
                                                     { "Outbound", RULE_OUTBOUND },
                                                     { 0 } };
const struct snapshot_word enum_policy_switch[] = {
    { "False", 0 }, { "True", 1 }, { "NotConfigured", 2 }, { 0 }
};
const struct snapshot_word enum_rule_profile[] = {
    { "Any", 0 }, { "Domain", 1 }, { "Private", 2 }, { "Public", 4 }, { 0 }
};
const struct snapshot_word enum_ipsec_mode[] = {
    { "None", 0 }, { "Tunnel", 1 }, { "Transport", 2 }, { 0 }
};
const struct snapshot_word enum_ipsec_security[] = {
    { "None", 0 }, { "Request", 1 }, { "Require", 2 }, { 0 }
};
