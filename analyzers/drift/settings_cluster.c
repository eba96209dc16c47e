/* What the whole cluster has one of: networks, order, heartbeats, nodes, accounts. */
#include "analyzers/drift/settings.h"

#define KEY(of, form_of)                                                                           \
    {                                                                                              \
        .property = of, .form = form_of, .flags = SETTING_IS_KEY                                   \
    }

static const char HEARTBEAT[] =
    "Heartbeats that share a link with memory can be lost; this decides how many may be, before a "
    "node is thrown out.";

static const struct setting_kind cluster[] = {
    { "Name", FORM_NAME, "cluster name", LAYER_CLUSTER, "The cluster was renamed.",
      SETTING_IS_NOTE },
    { "Id", FORM_GUID, "cluster id", LAYER_CLUSTER,
      "The cluster was built anew: its networks have new ids, and lists with the old ones are "
      "void." },
    { "Domain", FORM_NAME, "cluster domain", LAYER_CLUSTER,
      "Kerberos needs its delegation entries in the new domain." },
    { "ClusterFunctionalLevel", FORM_INTEGER, "functional level", LAYER_CLUSTER,
      "A new level may choose networks by other rules.", SETTING_IS_NOTE },
    { "MaximumParallelMigrations", FORM_INTEGER, "parallel migrations", LAYER_CLUSTER,
      "It overrides the hosts' own number: more at once share the link, fewer wait longer." },
    { "SetSMBBandwidthLimit", FORM_INTEGER, "SMB bandwidth limit", LAYER_SMB,
      "With SMB as transport the cluster limits what migration may take of the link." },
    { "SMBBandwidthLimitFactor", FORM_INTEGER, "SMB bandwidth limit factor", LAYER_SMB,
      "With SMB as transport migration may take this share of the link: 2500 is 25 %." },
    { "SameSubnetDelay", FORM_INTEGER, "heartbeat delay", LAYER_CLUSTER, HEARTBEAT },
    { "SameSubnetThreshold", FORM_INTEGER, "heartbeat threshold", LAYER_CLUSTER, HEARTBEAT },
    { "CrossSubnetDelay", FORM_INTEGER, "heartbeat delay across subnets", LAYER_CLUSTER,
      HEARTBEAT },
    { "CrossSubnetThreshold", FORM_INTEGER, "heartbeat threshold across subnets", LAYER_CLUSTER,
      HEARTBEAT },
    { "CrossSiteDelay", FORM_INTEGER, "heartbeat delay across sites", LAYER_CLUSTER, HEARTBEAT },
    { "CrossSiteThreshold", FORM_INTEGER, "heartbeat threshold across sites", LAYER_CLUSTER,
      HEARTBEAT },
    { "RouteHistoryLength", FORM_INTEGER, "route history", LAYER_CLUSTER, HEARTBEAT,
      SETTING_IS_NOTE },
    { "PlumbAllCrossSubnetRoutes", FORM_INTEGER, "routes across subnets", LAYER_CLUSTER,
      "Decides over which pairs of subnets nodes look for each other." },
    { "NetftIPSecEnabled", FORM_INTEGER, "IPsec between nodes", LAYER_CLUSTER,
      "Encrypts what nodes tell each other; it costs speed on the networks that migration "
      "shares." },
    { "SecurityLevel", FORM_ENUM, "security level", LAYER_CLUSTER,
      "Signing or encryption between nodes costs speed on the networks that migration shares.",
      .words = enum_security_level },
    { "SecurityLevelForStorage", FORM_ENUM, "security level for storage", LAYER_CLUSTER,
      "Encrypted storage traffic takes more of the link that migration shares.",
      .words = enum_security_level },
    { "S2DEnabled", FORM_INTEGER, "Storage Spaces Direct", LAYER_CLUSTER,
      "Storage traffic between nodes shares the fast networks with migration." },
    { 0 },
};

static const struct setting_kind nodes[] = {
    KEY("Name", FORM_NAME),
    { "BuildNumber", FORM_INTEGER, "node build", LAYER_HOST,
      "The rules that choose a network have changed between builds.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind networks[] = {
    { "Name", FORM_NAME, "name", LAYER_CLUSTER,
      "The cluster goes by ids, but scripts and intents that go by name lose the network.",
      SETTING_IS_KEY },
    { "Id", FORM_GUID, "id", LAYER_CLUSTER_ORDER,
      "Order and exclude list name networks by id: a network made anew is in neither.",
      SETTING_IS_ID },
    { "Role", FORM_ENUM, "role", LAYER_NETWORK_ROLE,
      "The role decides what the cluster uses the network for, and whether it is offered to "
      "migration.",
      .words = enum_network_role },
    { "State", FORM_ENUM, "state", LAYER_CLUSTER,
      "While a network is not up, migration moves on to the next one, without a word.",
      .words = enum_network_state },
    { "Ipv4Addresses", FORM_SUBNETS, "IPv4 subnets", LAYER_CLUSTER,
      "Addresses now belong to another network; host lists name subnets and don't follow.",
      .beside = "Ipv4PrefixLengths", .instead = "Address", .instead_beside = "AddressMask" },
    { "Ipv6Addresses", FORM_SUBNETS, "IPv6 subnets", LAYER_CLUSTER,
      "Addresses now belong to another network; host lists name subnets and don't follow.",
      .beside = "Ipv6PrefixLengths" },
    { "Metric", FORM_INTEGER, "metric", LAYER_CLUSTER,
      "Without an order, migration takes networks by their metric." },
    { "AutoMetric", FORM_BOOL, "automatic metric", LAYER_CLUSTER,
      "A metric set by hand stays when links change; an automatic one follows them." },
    { "RdmaCapable", FORM_BOOL, "RDMA capable", LAYER_CLUSTER,
      "It changes the automatic metric, and with it the order when none is set." },
    { "RssCapable", FORM_BOOL, "RSS capable", LAYER_CLUSTER,
      "It changes the automatic metric, and with it the order when none is set." },
    { 0 },
};

static const struct setting_kind nics[] = {
    KEY("Node", FORM_NAME),
    KEY("Name", FORM_NAME),
    { "Network", FORM_NETWORK, "network", LAYER_CLUSTER,
      "The adapter bears another network's traffic now." },
    { "Adapter", FORM_NAME, "adapter", LAYER_ADAPTER, "Another adapter bears the network now." },
    { "Ipv4Addresses", FORM_WORDS, "IPv4 addresses", LAYER_CLUSTER,
      "Migration goes to these addresses; one outside the network's subnet is another path.",
      .instead = "Address" },
    { "Ipv6Addresses", FORM_WORDS, "IPv6 addresses", LAYER_CLUSTER,
      "Migration goes to these addresses; one outside the network's subnet is another path." },
    { "State", FORM_ENUM, "state", LAYER_CLUSTER,
      "While it is not up, migration to and from this host takes another network.",
      .words = enum_nic_state },
    { 0 },
};

static const struct setting_kind parameters[] = {
    { "MigrationNetworkOrder", FORM_ORDER, "migration order", LAYER_CLUSTER_ORDER,
      "The cluster tries networks in this order and takes the first that connects." },
    { "MigrationExcludeNetworks", FORM_NETWORKS, "excluded from migration", LAYER_CLUSTER_ORDER,
      "What is not excluded is a path: when the first network fails, migration moves on to it." },
    { 0 },
};

static const struct setting_kind accounts[] = {
    KEY("Name", FORM_NAME),
    { "TrustedForDelegation", FORM_BOOL, "unconstrained delegation", LAYER_HOST_OPTIONS,
      "Migration with Kerberos between hosts that share no cluster depends on delegation." },
    { "TrustedToAuthForDelegation", FORM_BOOL, "protocol transition", LAYER_HOST_OPTIONS,
      "Migration with Kerberos between hosts that share no cluster depends on delegation." },
    { "msDS-AllowedToDelegateTo", FORM_NAMES, "delegation entries", LAYER_HOST_OPTIONS,
      "Without entries for cifs and the migration service, Kerberos migration fails." },
    { "HasResourceBasedDelegation", FORM_BOOL, "resource-based delegation", LAYER_HOST_OPTIONS,
      "Migration with Kerberos between hosts that share no cluster depends on delegation." },
    { 0 },
};

const struct section_kind sections_cluster[] = {
    { "Get-Cluster", cluster, "cluster", LAYER_CLUSTER,
      "Without a cluster only the hosts' lists decide.", .is_of_cluster = true, .is_single = true },
    { "Get-ClusterNode", nodes, "node", LAYER_CLUSTER,
      "A node that joined has lists and options of its own, which must match the others'.",
      .is_of_cluster = true, .is_of_node = true },
    { "Get-ClusterNetwork", networks, "network", LAYER_CLUSTER,
      "A new network is a new path until it is excluded; one that went leaves stale ids behind.",
      .is_of_cluster = true },
    { "Get-ClusterNetworkInterface", nics, "network interface", LAYER_CLUSTER,
      "A node without an interface in a network can't be reached over it.", .is_of_cluster = true,
      .is_of_node = true },
    { "Get-ClusterParameter", parameters, "parameters", LAYER_CLUSTER_ORDER, "",
      .is_of_cluster = true, .is_parameters = true },
    { "Get-ADComputer", accounts, "computer account", LAYER_HOST_OPTIONS,
      "Without its account's entries a host can't migrate with Kerberos.", .is_of_cluster = true,
      .is_of_node = true },
    { 0 },
};
