/* What lets traffic pass, limits or encrypts it: firewall, IPsec, QoS. */
#include "analyzers/drift/settings.h"

#define KEY(of, form_of)                                                                           \
    {                                                                                              \
        .property = of, .form = form_of, .flags = SETTING_IS_KEY                                   \
    }

static const char REACH[] =
    "A host that can't be reached on an address of the intended network is migrated to over "
    "another one, or not at all.";
static const char MATCH[] = "It decides whether the policy takes hold of migration.";

static const struct setting_kind connection_profiles[] = {
    KEY("InterfaceAlias", FORM_NAME),
    { "NetworkCategory", FORM_ENUM, "network category", LAYER_HOST_OPTIONS,
      "The category picks the firewall's profile, and with it the rules for 6600 and 445.",
      .words = enum_network_category },
    { 0 },
};

static const struct setting_kind profiles[] = {
    KEY("Name", FORM_NAME),
    { "Enabled", FORM_ENUM, "firewall", LAYER_HOST_OPTIONS, REACH, .words = enum_policy_switch },
    { "DefaultInboundAction", FORM_ENUM, "default for what comes in", LAYER_HOST_OPTIONS, REACH,
      .words = enum_rule_action },
    { "AllowInboundRules", FORM_ENUM, "rules for what comes in", LAYER_HOST_OPTIONS, REACH,
      .words = enum_policy_switch },
    { 0 },
};

static const struct setting_kind rules[] = {
    KEY("Name", FORM_NAME),
    { "DisplayName", FORM_TEXT, "display name", LAYER_HOST_OPTIONS, "The rule was renamed.",
      SETTING_IS_NOTE },
    { "Enabled", FORM_ENUM, "enabled", LAYER_HOST_OPTIONS, REACH, .words = enum_rule_enabled },
    { "Action", FORM_ENUM, "action", LAYER_HOST_OPTIONS, REACH, .words = enum_rule_action },
    { "Direction", FORM_ENUM, "direction", LAYER_HOST_OPTIONS, REACH,
      .words = enum_rule_direction },
    { "Profile", FORM_FLAGS, "profiles", LAYER_HOST_OPTIONS, REACH, .words = enum_rule_profile },
    { "Protocol", FORM_NAME, "protocol", LAYER_HOST_OPTIONS, REACH },
    { "LocalPort", FORM_WORDS, "ports", LAYER_HOST_OPTIONS, REACH },
    { "LocalAddress", FORM_WORDS, "local addresses", LAYER_HOST_OPTIONS, REACH },
    { "RemoteAddress", FORM_WORDS, "remote addresses", LAYER_HOST_OPTIONS, REACH },
    { "InterfaceAlias", FORM_NAMES, "adapters", LAYER_HOST_OPTIONS, REACH },
    { "Program", FORM_NAME, "program", LAYER_HOST_OPTIONS, REACH },
    { "PolicyStoreSourceType", FORM_NAME, "comes from", LAYER_HOST_OPTIONS,
      "A rule of the domain's policy can't be changed on the host.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind ipsec[] = {
    KEY("Name", FORM_NAME),
    { "DisplayName", FORM_TEXT, "display name", LAYER_HOST_OPTIONS, "The rule was renamed.",
      SETTING_IS_NOTE },
    { "Enabled", FORM_ENUM, "enabled", LAYER_HOST_OPTIONS,
      "IPsec hides migration's ports from captures, and costs speed.", .words = enum_rule_enabled },
    { "Profile", FORM_FLAGS, "profiles", LAYER_HOST_OPTIONS,
      "It decides on which networks the rule holds.", .words = enum_rule_profile },
    { "Mode", FORM_ENUM, "mode", LAYER_HOST_OPTIONS,
      "A tunnel has other addresses outside than inside.", .words = enum_ipsec_mode },
    { "InboundSecurity", FORM_ENUM, "security for what comes in", LAYER_HOST_OPTIONS,
      "What is required of one end must be offered by the other.", .words = enum_ipsec_security },
    { "OutboundSecurity", FORM_ENUM, "security for what goes out", LAYER_HOST_OPTIONS,
      "What is required of one end must be offered by the other.", .words = enum_ipsec_security },
    { "LocalAddress", FORM_WORDS, "local addresses", LAYER_HOST_OPTIONS,
      "It decides on which networks the rule holds." },
    { "RemoteAddress", FORM_WORDS, "remote addresses", LAYER_HOST_OPTIONS,
      "It decides on which networks the rule holds." },
    { "PolicyStoreSourceType", FORM_NAME, "comes from", LAYER_HOST_OPTIONS,
      "A rule of the domain's policy can't be changed on the host.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind policies[] = {
    KEY("Name", FORM_NAME),
    { "Owner", FORM_NAME, "owner", LAYER_HOST_OPTIONS,
      "A policy of the domain's can't be changed on the host.", SETTING_IS_NOTE },
    { "NetworkProfile", FORM_NAME, "profiles", LAYER_HOST_OPTIONS, MATCH, SETTING_NULL_IS_NONE },
    { "Precedence", FORM_INTEGER, "precedence", LAYER_HOST_OPTIONS, MATCH, SETTING_NULL_IS_NONE },
    { "TemplateMatchCondition", FORM_NAME, "template", LAYER_HOST_OPTIONS, MATCH,
      SETTING_NULL_IS_NONE },
    { "AppPathNameMatchCondition", FORM_NAME, "program", LAYER_HOST_OPTIONS, MATCH,
      SETTING_NULL_IS_NONE },
    { "IPProtocolMatchCondition", FORM_NAME, "protocol", LAYER_HOST_OPTIONS, MATCH,
      SETTING_NULL_IS_NONE },
    { "IPPortMatchCondition", FORM_INTEGER, "port", LAYER_HOST_OPTIONS, MATCH,
      SETTING_NULL_IS_NONE },
    { "IPDstPortStartMatchCondition", FORM_INTEGER, "first port", LAYER_HOST_OPTIONS, MATCH,
      SETTING_NULL_IS_NONE },
    { "IPDstPortEndMatchCondition", FORM_INTEGER, "last port", LAYER_HOST_OPTIONS, MATCH,
      SETTING_NULL_IS_NONE },
    { "IPDstPrefixMatchCondition", FORM_NAME, "destination", LAYER_HOST_OPTIONS, MATCH,
      SETTING_NULL_IS_NONE },
    { "NetDirectPortMatchCondition", FORM_INTEGER, "RDMA port", LAYER_HOST_OPTIONS, MATCH,
      SETTING_NULL_IS_NONE },
    { "ThrottleRateAction", FORM_INTEGER, "rate limit", LAYER_HOST_OPTIONS,
      "What the policy matches can't be faster; with TCP Chimney it has no effect.",
      SETTING_NULL_IS_NONE, .unit = UNIT_BITS_PER_SECOND },
    { "MinBandwidthWeightAction", FORM_INTEGER, "bandwidth weight", LAYER_HOST_OPTIONS,
      "It is the share of what the policy matches when others want the link too.",
      SETTING_NULL_IS_NONE },
    { "DSCPAction", FORM_INTEGER, "DSCP", LAYER_HOST_OPTIONS,
      "Network devices may treat marked packets otherwise.", SETTING_NULL_IS_NONE },
    { "PriorityValue8021Action", FORM_INTEGER, "priority", LAYER_HOST_OPTIONS,
      "RDMA needs the priority that flow control protects.", SETTING_NULL_IS_NONE },
    { 0 },
};

const struct section_kind sections_traffic[] = {
    { "Get-NetConnectionProfile", connection_profiles, "connection profile", LAYER_HOST_OPTIONS,
      "The category picks the firewall's profile, and with it the rules for 6600 and 445.",
      .is_of_adapter = true },
    { "Get-NetFirewallProfile", profiles, "firewall profile", LAYER_HOST_OPTIONS, REACH },
    { "Get-NetFirewallRule", rules, "firewall rule", LAYER_HOST_OPTIONS, REACH },
    { "Get-NetIPsecRule", ipsec, "IPsec rule", LAYER_HOST_OPTIONS,
      "IPsec hides migration's ports from captures, and costs speed." },
    { "Get-NetQosPolicy", policies, "QoS policy", LAYER_HOST_OPTIONS,
      "A policy that matches migration's ports can cap or mark it." },
    { 0 },
};
