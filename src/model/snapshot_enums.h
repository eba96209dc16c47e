/*
 * The enumerations that a snapshot's cmdlets use, by number and name; rows for
 * snapshot_node_enum().
 *
 * Of several names with one number the first is the one to write.
 */
#pragma once

#include "src/model/snapshot_node.h"

/* Numbers: enum network_role, enum network_state of topology.h. */
extern const struct snapshot_word enum_network_role[], enum_network_state[];
extern const struct snapshot_word enum_nic_state[]; /* Get-ClusterNetworkInterface's State */
extern const struct snapshot_word enum_security_level[];

enum performance { PERFORMANCE_TCPIP, PERFORMANCE_COMPRESSION, PERFORMANCE_SMB };
enum authentication { AUTHENTICATION_CREDSSP, AUTHENTICATION_KERBEROS };
extern const struct snapshot_word enum_performance[], enum_authentication[];

extern const struct snapshot_word enum_switch_type[], enum_bandwidth_mode[], enum_vlan_mode[];
extern const struct snapshot_word enum_teaming_mode[], enum_load_balancing[], enum_team_status[];

extern const struct snapshot_word enum_service_status[], enum_start_type[];

/* Of the Net cmdlets. */
enum { SUFFIX_ORIGIN_RANDOM = 5 };
extern const struct snapshot_word enum_address_family[], enum_prefix_origin[], enum_suffix_origin[];
extern const struct snapshot_word enum_switched[]; /* Disabled, Enabled */
extern const struct snapshot_word enum_allowed[];  /* Blocked, Allowed */
extern const struct snapshot_word enum_rdma_technology[], enum_rss_profile[];
extern const struct snapshot_word enum_network_category[];

/* Of the firewall. */
enum rule_enabled { RULE_ENABLED = 1, RULE_DISABLED = 2 };
enum rule_action { RULE_NOT_CONFIGURED = 0, RULE_ALLOW = 2, RULE_BLOCK = 4 };
enum rule_direction { RULE_INBOUND = 1, RULE_OUTBOUND = 2 };
extern const struct snapshot_word enum_rule_enabled[], enum_rule_action[], enum_rule_direction[];
extern const struct snapshot_word enum_policy_switch[]; /* False, True, NotConfigured */
extern const struct snapshot_word enum_rule_profile[];  /* bits */
extern const struct snapshot_word enum_ipsec_mode[], enum_ipsec_security[];
