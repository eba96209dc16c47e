/* What each adapter of a host is set to. */
#include "analyzers/drift/settings.h"

#include <string.h>

#define KEY(of, form_of)                                                                           \
    {                                                                                              \
        .property = of, .form = form_of, .flags = SETTING_IS_KEY                                   \
    }

static const char ENDS_DIFFER[] =
    "Both ends must have the same: frames that the other end can't take are lost or cut up.";
static const char VLAN[] =
    "An adapter in another VLAN doesn't reach its peers, and migration takes another network.";
static const char PROCESSORS[] =
    "Adapters that share processors, or use the first, slow each other down.";

static const struct setting_kind adapters[] = {
    KEY("Name", FORM_NAME),
    { "Status", FORM_NAME, "status", LAYER_ADAPTER,
      "While the adapter is not up, its network is no path for this host." },
    { "TransmitLinkSpeed", FORM_INTEGER, "link speed", LAYER_ADAPTER,
      "A slower link carries migrations slower, and a network's metric follows the speed.",
      .unit = UNIT_BITS_PER_SECOND },
    { "ReceiveLinkSpeed", FORM_INTEGER, "link speed when receiving", LAYER_ADAPTER,
      "A slower link carries migrations slower.", SETTING_IS_NOTE, .unit = UNIT_BITS_PER_SECOND },
    { "MtuSize", FORM_INTEGER, "MTU", LAYER_ADAPTER, ENDS_DIFFER },
    { "VlanID", FORM_INTEGER, "VLAN", LAYER_ADAPTER, VLAN, SETTING_NULL_IS_NONE },
    { "InterfaceDescription", FORM_TEXT, "device", LAYER_ADAPTER,
      "Another device bears the name: its driver's settings are its own.", SETTING_IS_NOTE },
    { "MacAddress", FORM_MAC, "MAC address", LAYER_ADAPTER,
      "The card was changed, or the address set by hand.", SETTING_IS_NOTE },
    { "DriverVersionString", FORM_TEXT, "driver", LAYER_ADAPTER,
      "A new driver may come with other defaults.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind addresses[] = {
    KEY("IPAddress", FORM_ADDRESS),
    { "InterfaceAlias", FORM_NAME, "adapter", LAYER_ADAPTER,
      "The address goes over another adapter's wire now." },
    { "PrefixLength", FORM_INTEGER, "prefix length", LAYER_ADAPTER,
      "The address is in another subnet now, and may belong to no network of the cluster." },
    { "PrefixOrigin", FORM_ENUM, "origin", LAYER_ADAPTER, "An address from DHCP can change.",
      SETTING_IS_NOTE, .words = enum_prefix_origin },
    { 0 },
};

static const struct setting_kind ip[] = {
    KEY("InterfaceAlias", FORM_NAME),
    { "AddressFamily", FORM_ENUM, .flags = SETTING_IS_KEY, .words = enum_address_family },
    { "InterfaceMetric", FORM_INTEGER, "interface metric", LAYER_ADAPTER,
      "Where two adapters reach one address, the lower metric wins." },
    { "AutomaticMetric", FORM_ENUM, "automatic metric", LAYER_ADAPTER,
      "A metric set by hand stays when links change; an automatic one follows them.",
      .words = enum_switched },
    { "NlMtu", FORM_INTEGER, "IP MTU", LAYER_ADAPTER, ENDS_DIFFER },
    { "Dhcp", FORM_ENUM, "DHCP", LAYER_ADAPTER, "An address from DHCP can change.",
      .words = enum_switched },
    { "Forwarding", FORM_ENUM, "forwarding", LAYER_ADAPTER,
      "A host that forwards can carry a migration between two networks.", .words = enum_switched },
    { "WeakHostSend", FORM_ENUM, "weak host send", LAYER_ADAPTER,
      "When on, packets may leave by another adapter than the one with their address.",
      .words = enum_switched },
    { "WeakHostReceive", FORM_ENUM, "weak host receive", LAYER_ADAPTER,
      "When on, packets may arrive by another adapter than the one with their address.",
      .words = enum_switched },
    { 0 },
};

static const struct setting_kind rdma[] = {
    KEY("Name", FORM_NAME),
    { "Enabled", FORM_BOOL, "RDMA", LAYER_ADAPTER,
      "With SMB as transport the memory goes by RDMA where both ends can, past every capture." },
    { "Operational", FORM_BOOL, "RDMA works", LAYER_ADAPTER,
      "RDMA that is enabled and doesn't work falls back to TCP." },
    { "PFC", FORM_BOOL, "flow control (PFC)", LAYER_ADAPTER,
      "RoCE without flow control loses frames under load." },
    { "ETS", FORM_BOOL, "bandwidth shares (ETS)", LAYER_ADAPTER,
      "Without shares, migration and storage push each other off the link." },
    { "RdmaAdapterInfo.RdmaTechnology", FORM_ENUM, "RDMA technology", LAYER_ADAPTER,
      "iWARP and RoCE don't talk to each other.", .words = enum_rdma_technology },
    { 0 },
};

static const struct setting_kind advanced[] = {
    KEY("Name", FORM_NAME),
    KEY("RegistryKeyword", FORM_NAME),
    { "RegistryValue", FORM_WORDS, "jumbo frames", LAYER_ADAPTER, ENDS_DIFFER,
      .only_of = "*JumboPacket" },
    { "RegistryValue", FORM_WORDS, "driver's VLAN", LAYER_ADAPTER, VLAN, .only_of = "VlanID" },
    { "RegistryValue", FORM_WORDS, "driver's RDMA switch", LAYER_ADAPTER,
      "With SMB as transport the memory goes by RDMA where both ends can, past every capture.",
      .only_of = "*NetworkDirect" },
    { "RegistryValue", FORM_WORDS, "driver's RDMA technology", LAYER_ADAPTER,
      "iWARP and RoCE don't talk to each other.", .only_of = "*NetworkDirectTechnology" },
    { "RegistryValue", FORM_WORDS, "priority and VLAN tags", LAYER_ADAPTER,
      "Without tags there are no VLANs and no priorities on the wire.",
      .only_of = "*PriorityVLANTag" },
    { 0 },
};

static const struct setting_kind rss[] = {
    KEY("Name", FORM_NAME),
    { "Enabled", FORM_BOOL, "RSS", LAYER_ADAPTER,
      "Without RSS one processor takes all that arrives, which caps a fast link." },
    { "Profile", FORM_ENUM, "RSS profile", LAYER_ADAPTER, PROCESSORS, .words = enum_rss_profile },
    { "NumberOfReceiveQueues", FORM_INTEGER, "RSS queues", LAYER_ADAPTER,
      "Fewer queues use fewer processors for what arrives." },
    { "BaseProcessorGroup", FORM_INTEGER, "first RSS processor's group", LAYER_ADAPTER,
      PROCESSORS },
    { "BaseProcessorNumber", FORM_INTEGER, "first RSS processor", LAYER_ADAPTER, PROCESSORS },
    { "MaxProcessorGroup", FORM_INTEGER, "last RSS processor's group", LAYER_ADAPTER, PROCESSORS },
    { "MaxProcessorNumber", FORM_INTEGER, "last RSS processor", LAYER_ADAPTER, PROCESSORS },
    { "MaxProcessors", FORM_INTEGER, "RSS processors", LAYER_ADAPTER, PROCESSORS },
    { "NumaNode", FORM_INTEGER, "RSS NUMA node", LAYER_ADAPTER, PROCESSORS },
    { 0 },
};

static const struct setting_kind bindings[] = {
    KEY("Name", FORM_NAME),
    KEY("ComponentID", FORM_NAME),
    { "Enabled", FORM_BOOL, "SMB client", LAYER_SMB,
      "SMB leaves no memory through an adapter on which its client is off.",
      .only_of = "ms_msclient" },
    { "Enabled", FORM_BOOL, "SMB server", LAYER_SMB,
      "SMB takes no memory on an adapter on which its server is off.", .only_of = "ms_server" },
    { 0 },
};

static const struct setting_kind offloads[] = {
    { "ReceiveSideScaling", FORM_ENUM, "RSS on the host", LAYER_HOST_OPTIONS,
      "Without RSS one processor takes all that arrives, which caps a fast link.",
      .words = enum_switched },
    { "ReceiveSegmentCoalescing", FORM_ENUM, "RSC on the host", LAYER_HOST_OPTIONS,
      "Without coalescing what arrives costs more processor time.", .words = enum_switched },
    { "Chimney", FORM_ENUM, "TCP Chimney", LAYER_HOST_OPTIONS,
      "An offloaded connection passes QoS policies and captures by.", .words = enum_switched },
    { "TaskOffload", FORM_ENUM, "task offload", LAYER_HOST_OPTIONS,
      "Without offload what is sent costs more processor time.", .words = enum_switched },
    { "NetworkDirect", FORM_ENUM, "RDMA on the host", LAYER_HOST_OPTIONS,
      "With SMB as transport the memory goes by RDMA where both ends can, past every capture.",
      .words = enum_switched },
    { "NetworkDirectAcrossIPSubnets", FORM_ENUM, "RDMA across subnets", LAYER_HOST_OPTIONS,
      "RDMA can take a path between two networks when it is allowed.", .words = enum_allowed },
    { 0 },
};

/*
 * Addresses that come and go by themselves: those of the cluster's own name (they move between
 * nodes, and nothing is sent from them), IPv6's temporary ones, and the host's loopback.
 */
static bool is_passing_address(const struct snapshot_node *item)
{
    struct snapshot_node skips = snapshot_node_member(item, "SkipAsSource");
    struct snapshot_node origin = snapshot_node_member(item, "SuffixOrigin");
    struct snapshot_node address = snapshot_node_member(item, "IPAddress");
    bool is_skipped = false;
    const char *text = "";
    int random = 0;

    if (snapshot_node_bool(&skips, &is_skipped, NULL) > 0 && is_skipped)
        return true;
    if (snapshot_node_enum(&origin, enum_suffix_origin, &random, NULL) > 0 &&
        random == SUFFIX_ORIGIN_RANDOM)
        return true;
    return snapshot_node_text(&address, &text, NULL) > 0 &&
           (strncmp(text, "127.", 4) == 0 || strcmp(text, "::1") == 0);
}

const struct section_kind sections_adapter[] = {
    { "Get-NetAdapter", adapters, "adapter", LAYER_ADAPTER,
      "A new adapter with an address is a new path; one that went takes its network along." },
    { "Get-NetIPAddress", addresses, "address", LAYER_ADAPTER,
      "A host without an address in the intended network migrates over another one.",
      .is_skipped = is_passing_address },
    { "Get-NetIPInterface", ip, "IP interface", LAYER_ADAPTER,
      "The adapter speaks this family of addresses only while it is there.",
      .is_of_adapter = true },
    { "Get-NetAdapterRdma", rdma, "RDMA adapter", LAYER_ADAPTER,
      "With SMB as transport the memory goes by RDMA where both ends can, past every capture.",
      .is_of_adapter = true },
    { "Get-NetAdapterAdvancedProperty", advanced, "driver setting", LAYER_ADAPTER,
      "Another driver or device bears the adapter's name.", .is_of_adapter = true },
    { "Get-NetAdapterRss", rss, "RSS of adapter", LAYER_ADAPTER,
      "Without RSS one processor takes all that arrives, which caps a fast link.",
      .is_of_adapter = true },
    { "Get-NetAdapterBinding", bindings, "SMB binding", LAYER_SMB,
      "SMB uses an adapter only where its client and server are bound.", .is_of_adapter = true },
    { "Get-NetOffloadGlobalSetting", offloads, "global offload settings", LAYER_HOST_OPTIONS,
      "They hold for every adapter of the host.", .is_single = true },
    { 0 },
};
