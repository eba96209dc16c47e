/* Virtual switches, teams, and the host's own adapters on them. */
#include "analyzers/drift/settings.h"

#define KEY(of, form_of)                                                                           \
    {                                                                                              \
        .property = of, .form = form_of, .flags = SETTING_IS_KEY                                   \
    }

static const char BALANCING[] =
    "It decides over which member a connection goes: migration may share one with management.";
static const char VLAN[] =
    "An adapter in another VLAN doesn't reach its peers, and migration takes another network.";
static const char SHARES[] =
    "Weights and limits decide how much of the link migration gets when others want it too.";

static const struct setting_kind switches[] = {
    KEY("Name", FORM_NAME),
    { "SwitchType", FORM_ENUM, "type", LAYER_ADAPTER,
      "Only an external switch reaches other hosts.", .words = enum_switch_type },
    { "AllowManagementOS", FORM_BOOL, "for the host too", LAYER_ADAPTER,
      "Without it the host has no adapter on the switch, and no path over it." },
    { "EmbeddedTeamingEnabled", FORM_BOOL, "embedded team", LAYER_ADAPTER,
      "Without a team one failed adapter takes the path along." },
    { "NetAdapterInterfaceDescriptions", FORM_NAMES, "physical adapters", LAYER_ADAPTER,
      "The switch's traffic goes over these wires.", .instead = "NetAdapterInterfaceDescription" },
    { "BandwidthReservationMode", FORM_ENUM, "bandwidth mode", LAYER_ADAPTER, SHARES,
      .words = enum_bandwidth_mode },
    { "DefaultFlowMinimumBandwidthAbsolute", FORM_INTEGER, "default minimum bandwidth",
      LAYER_ADAPTER, SHARES, .unit = UNIT_BITS_PER_SECOND },
    { "DefaultFlowMinimumBandwidthWeight", FORM_INTEGER, "default bandwidth weight", LAYER_ADAPTER,
      SHARES },
    { "IovEnabled", FORM_BOOL, "SR-IOV", LAYER_ADAPTER,
      "Traffic that passes the switch by obeys none of its limits.", SETTING_IS_NOTE },
    { "PacketDirectEnabled", FORM_BOOL, "PacketDirect", LAYER_ADAPTER,
      "It changes what the switch costs.", SETTING_IS_NOTE },
    { "SoftwareRscEnabled", FORM_BOOL, "software RSC", LAYER_ADAPTER,
      "Without coalescing what arrives costs more processor time.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind switch_teams[] = {
    KEY("Name", FORM_NAME),
    { "TeamingMode", FORM_ENUM, "teaming mode", LAYER_ADAPTER, BALANCING,
      .words = enum_teaming_mode },
    { "LoadBalancingAlgorithm", FORM_ENUM, "load balancing", LAYER_ADAPTER, BALANCING,
      .words = enum_load_balancing },
    { "NetAdapterInterfaceDescription", FORM_NAMES, "members", LAYER_ADAPTER,
      "The team's traffic goes over these wires." },
    { 0 },
};

static const struct setting_kind teams[] = {
    KEY("Name", FORM_NAME),
    { "Members", FORM_NAMES, "members", LAYER_ADAPTER,
      "The team's traffic goes over these wires." },
    { "TeamNics", FORM_NAMES, "interfaces", LAYER_ADAPTER,
      "Each interface is a path of its own, over the same wires." },
    { "TeamingMode", FORM_ENUM, "teaming mode", LAYER_ADAPTER, BALANCING,
      .words = enum_teaming_mode },
    { "LoadBalancingAlgorithm", FORM_ENUM, "load balancing", LAYER_ADAPTER, BALANCING,
      .words = enum_load_balancing },
    { "Status", FORM_ENUM, "status", LAYER_ADAPTER,
      "A degraded team carries less, and may have nothing left to fail over to.",
      .words = enum_team_status },
    { 0 },
};

static const struct setting_kind team_nics[] = {
    KEY("Name", FORM_NAME),
    { "Team", FORM_NAME, "team", LAYER_ADAPTER, "The interface goes over another team's wires." },
    { "VlanID", FORM_INTEGER, "VLAN", LAYER_ADAPTER, VLAN, SETTING_NULL_IS_NONE },
    { "Primary", FORM_BOOL, "primary", LAYER_ADAPTER,
      "The primary interface takes what has no VLAN of another.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind virtual_nics[] = {
    KEY("Name", FORM_NAME),
    { "SwitchName", FORM_NAME, "switch", LAYER_ADAPTER,
      "The adapter goes over another switch's wires." },
    { "MacAddress", FORM_MAC, "MAC address", LAYER_ADAPTER,
      "The virtual adapter was made anew, or its address set by hand.", SETTING_IS_NOTE },
    { "BandwidthPercentage", FORM_INTEGER, "bandwidth share", LAYER_ADAPTER, SHARES },
    { "BandwidthSetting.MinimumBandwidthAbsolute", FORM_INTEGER, "minimum bandwidth", LAYER_ADAPTER,
      SHARES, .unit = UNIT_BITS_PER_SECOND },
    { "BandwidthSetting.MinimumBandwidthWeight", FORM_INTEGER, "bandwidth weight", LAYER_ADAPTER,
      SHARES },
    { "BandwidthSetting.MaximumBandwidth", FORM_INTEGER, "maximum bandwidth", LAYER_ADAPTER,
      "Migration over this adapter can't be faster.", .unit = UNIT_BITS_PER_SECOND },
    { "VMQWeight", FORM_INTEGER, "VMQ weight", LAYER_ADAPTER,
      "Without a queue of its own one processor takes all that arrives." },
    { "VrssEnabled", FORM_BOOL, "virtual RSS", LAYER_ADAPTER,
      "Without RSS one processor takes all that arrives, which caps a fast link." },
    { "RdmaWeight", FORM_INTEGER, "RDMA weight", LAYER_ADAPTER,
      "At 0 the virtual adapter has no RDMA, and SMB falls back to TCP." },
    { "AllowTeaming", FORM_NAME, "teaming allowed", LAYER_ADAPTER,
      "It decides whether the adapter may be in a team.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind vlans[] = {
    KEY("ParentAdapter", FORM_NAME),
    { "OperationMode", FORM_ENUM, "VLAN mode", LAYER_ADAPTER, VLAN, .words = enum_vlan_mode },
    { "AccessVlanId", FORM_INTEGER, "VLAN", LAYER_ADAPTER, VLAN },
    { "NativeVlanId", FORM_INTEGER, "native VLAN", LAYER_ADAPTER, VLAN },
    { "AllowedVlanIdListString", FORM_WORDS, "allowed VLANs", LAYER_ADAPTER, VLAN },
    { 0 },
};

static const struct setting_kind mappings[] = {
    KEY("ParentAdapter", FORM_NAME),
    { "NetAdapterName", FORM_NAME, "mapped to", LAYER_ADAPTER,
      "The virtual adapter's traffic goes over this wire while it is up." },
    { "DisableOnFailover", FORM_BOOL, "off on failover", LAYER_ADAPTER,
      "When on, the adapter goes down with its wire instead of moving to another." },
    { 0 },
};

const struct section_kind sections_switch[] = {
    { "Get-VMSwitch", switches, "virtual switch", LAYER_ADAPTER,
      "The host's adapters on a switch come and go with it." },
    { "Get-VMSwitchTeam", switch_teams, "switch's team", LAYER_ADAPTER,
      "Without a team one failed adapter takes the path along." },
    { "Get-NetLbfoTeam", teams, "team", LAYER_ADAPTER,
      "A team's interface replaces its members' own." },
    { "Get-NetLbfoTeamNic", team_nics, "team interface", LAYER_ADAPTER,
      "Each interface is a path of its own, over the same wires." },
    { "Get-VMNetworkAdapter", virtual_nics, "virtual adapter", LAYER_ADAPTER,
      "Each virtual adapter with an address is a path, over the switch's wires." },
    { "Get-VMNetworkAdapterVlan", vlans, "VLAN setting of virtual adapter", LAYER_ADAPTER, VLAN },
    { "Get-VMNetworkAdapterTeamMapping", mappings, "team mapping of virtual adapter", LAYER_ADAPTER,
      "Without a mapping the team chooses the wire: two RDMA adapters may share one." },
    { 0 },
};
