/* What a host has of live migration: its list, its options, its own build. */
#include "analyzers/drift/settings.h"

#include <string.h>

#define KEY(of, form_of)                                                                           \
    {                                                                                              \
        .property = of, .form = form_of, .flags = SETTING_IS_KEY                                   \
    }

static const char LIST[] =
    "The host sends and takes migrations on the subnets of its list; what is in no list is no "
    "path, and a management subnet in it is one.";

static const struct setting_kind vm_host[] = {
    { "VirtualMachineMigrationEnabled", FORM_BOOL, "live migration", LAYER_HOST_OPTIONS,
      "A host on which it is off neither sends nor takes a migration." },
    { "UseAnyNetworkForMigration", FORM_BOOL, "any network", LAYER_HOST_OPTIONS,
      "With any network allowed the host's list decides nothing, and management is a path." },
    { "VirtualMachineMigrationPerformanceOption", FORM_ENUM, "performance option",
      LAYER_HOST_OPTIONS,
      "With SMB the memory goes over port 445 and Multichannel picks the adapters; with the "
      "others it is one path over 6600.",
      .words = enum_performance },
    { "VirtualMachineMigrationAuthenticationType", FORM_ENUM, "authentication", LAYER_HOST_OPTIONS,
      "CredSSP fails where Credential Guard runs, and both ends must use the same.",
      .words = enum_authentication },
    { "MaximumVirtualMachineMigrations", FORM_INTEGER, "migrations at once", LAYER_HOST_OPTIONS,
      "More at once share the link; the cluster's own number overrides this one." },
    { "MaximumStorageMigrations", FORM_INTEGER, "storage migrations at once", LAYER_HOST_OPTIONS,
      "Storage migrations share the link with memory." },
    { 0 },
};

static const struct setting_kind migration_networks[] = {
    KEY("Subnet", FORM_SUBNET),
    { "Priority", FORM_INTEGER, "priority", LAYER_HOST_LIST,
      "The lowest number is tried first; the others are what migration falls back to.",
      SETTING_NULL_IS_NONE },
    { 0 },
};

static const struct setting_kind managed_networks[] = {
    KEY("SubnetNumber", FORM_ADDRESS),
    KEY("PrefixLength", FORM_INTEGER),
    { "Metric", FORM_INTEGER, "metric", LAYER_HOST_LIST,
      "What the cluster or another manager set is tried in this order.", SETTING_NULL_IS_NONE },
    { "Tags", FORM_NAMES, "tags", LAYER_HOST_LIST,
      "Another management system owns the entry now, and may set it back." },
    { 0 },
};

static const struct setting_kind service[] = {
    { "MigrationServiceListenerIPAddressList", FORM_WORDS, "listening addresses", LAYER_HOST_LIST,
      "A migration to this host can only arrive on these addresses." },
    { 0 },
};

static const struct setting_kind service_settings[] = {
    { "EnableCompression", FORM_BOOL, "compression", LAYER_HOST_OPTIONS,
      "It decides the performance option, and wins when SMB is on as well.", SETTING_IS_NOTE },
    { "EnableSmbTransport", FORM_BOOL, "SMB transport", LAYER_HOST_OPTIONS,
      "It decides the performance option, unless compression is on as well.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind intents[] = {
    KEY("IntentName", FORM_NAME),
    { "IntentType", FORM_NAME, "type", LAYER_HOST_OPTIONS,
      "Network ATC sets networks, VLANs and transport by the intent's type." },
    { "IsManagementIntentSet", FORM_BOOL, "for management", LAYER_HOST_OPTIONS,
      "Management and what else the intent bears share its adapters." },
    { "IsComputeIntentSet", FORM_BOOL, "for compute", LAYER_HOST_OPTIONS,
      "Virtual machines and what else the intent bears share its adapters." },
    { "IsStorageIntentSet", FORM_BOOL, "for storage", LAYER_HOST_OPTIONS,
      "Network ATC prefers a storage intent's networks for migration." },
    { "IsStretchIntentSet", FORM_BOOL, "for a stretched cluster", LAYER_HOST_OPTIONS,
      "Replication between sites shares the intent's adapters." },
    { "NetAdapterNamesAsList", FORM_NAMES, "adapters", LAYER_HOST_OPTIONS,
      "The intent's traffic goes over these adapters." },
    { "ManagementVLAN", FORM_INTEGER, "management VLAN", LAYER_HOST_OPTIONS,
      "Network ATC sets it on the adapters.", SETTING_NULL_IS_NONE },
    { "StorageVLANs", FORM_WORDS, "storage VLANs", LAYER_HOST_OPTIONS,
      "Network ATC sets them on the adapters; both ends must have the same." },
    { 0 },
};

static const struct setting_kind overrides[] = {
    { "ClusterOverride.EnableNetworkNaming", FORM_BOOL, "network naming", LAYER_HOST_OPTIONS,
      "Network ATC may rename cluster networks; scripts that go by name lose them.",
      SETTING_NULL_IS_NONE },
    { "ClusterOverride.EnableLiveMigrationNetworkSelection", FORM_BOOL,
      "migration network selection", LAYER_HOST_OPTIONS,
      "While it is on, Network ATC sets the migration networks back to its own choice.",
      SETTING_NULL_IS_NONE },
    { "ClusterOverride.EnableVirtualMachineMigrationPerformanceSelection", FORM_BOOL,
      "performance option selection", LAYER_HOST_OPTIONS,
      "While it is on, Network ATC sets the performance option back to its own choice.",
      SETTING_NULL_IS_NONE },
    { "ClusterOverride.VirtualMachineMigrationPerformanceOption", FORM_ENUM,
      "performance option of Network ATC", LAYER_HOST_OPTIONS,
      "Network ATC sets this transport on every host.", SETTING_NULL_IS_NONE,
      .words = enum_performance },
    { "ClusterOverride.MaximumVirtualMachineMigrations", FORM_INTEGER,
      "migrations at once of Network ATC", LAYER_HOST_OPTIONS,
      "Network ATC sets this number on every host.", SETTING_NULL_IS_NONE },
    { "ClusterOverride.MaximumSMBMigrationBandwidthInGbps", FORM_TEXT,
      "SMB bandwidth limit of Network ATC", LAYER_SMB,
      "Network ATC limits migration over SMB to this rate.", SETTING_NULL_IS_NONE },
    { 0 },
};

static const struct setting_kind services[] = {
    KEY("Name", FORM_NAME),
    { "Status", FORM_ENUM, "status", LAYER_HOST_OPTIONS,
      "While the agent runs, Virtual Machine Manager may set back what it manages.",
      .words = enum_service_status },
    { "StartType", FORM_ENUM, "start", LAYER_HOST_OPTIONS,
      "While the agent runs, Virtual Machine Manager may set back what it manages.",
      .words = enum_start_type },
    { 0 },
};

static const struct setting_kind system_of[] = {
    { "Caption", FORM_TEXT, "operating system", LAYER_HOST,
      "The rules that choose a network have changed between versions.", SETTING_IS_NOTE },
    { "BuildNumber", FORM_INTEGER, "build", LAYER_HOST,
      "The rules that choose a network have changed between builds.", SETTING_IS_NOTE },
    { "UBR", FORM_INTEGER, "update", LAYER_HOST,
      "An update may change defaults: watch a migration after it.", SETTING_IS_NOTE },
    { "DisplayVersion", FORM_TEXT, "version", LAYER_HOST,
      "The rules that choose a network have changed between versions.", SETTING_IS_NOTE },
    { "InstallationType", FORM_TEXT, "installation", LAYER_HOST,
      "Server Core and the desktop behave alike here.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind computer[] = {
    { "Domain", FORM_NAME, "domain", LAYER_HOST,
      "Kerberos needs its delegation entries in the new domain." },
    { "PartOfDomain", FORM_BOOL, "member of a domain", LAYER_HOST,
      "Without a domain there is no Kerberos for migration." },
    { 0 },
};

static const struct setting_kind device_guard[] = {
    { "SecurityServicesRunning", FORM_WORDS, "security services that run", LAYER_HOST,
      "1 is Credential Guard: where it runs, migration with CredSSP fails." },
    { "SecurityServicesConfigured", FORM_WORDS, "security services configured", LAYER_HOST,
      "1 is Credential Guard: it runs from the next start on.", SETTING_IS_NOTE },
    { 0 },
};

/* Get-VMMigrationNetwork tells of these. */
static bool is_users_own(const struct snapshot_node *item)
{
    struct snapshot_node tags = snapshot_node_member(item, "Tags"), tag;
    const char *text;

    for (size_t i = 0; snapshot_node_element(&tags, i, &tag); i++)
        if (snapshot_node_text(&tag, &text, NULL) > 0 && strcmp(text, "Microsoft:UserManaged") == 0)
            return true;
    return false;
}

const struct section_kind sections_migration[] = {
    { "Get-VMHost", vm_host, "Hyper-V host", LAYER_HOST_OPTIONS,
      "A host without Hyper-V takes no migration.", .is_single = true },
    { "Get-VMMigrationNetwork", migration_networks, "migration network", LAYER_HOST_LIST, LIST },
    { "Msvm_VirtualSystemMigrationNetworkSettingData", managed_networks,
      "managed migration network", LAYER_HOST_LIST,
      "The cluster or another manager offers other subnets to migration now.",
      .is_skipped = is_users_own },
    { "Msvm_VirtualSystemMigrationService", service, "migration service", LAYER_HOST_OPTIONS,
      "A host without the service takes no migration.", .is_single = true },
    { "Msvm_VirtualSystemMigrationServiceSettingData", service_settings,
      "migration service's settings", LAYER_HOST_OPTIONS,
      "A host without the service takes no migration.", .is_note = true, .is_single = true },
    { "Get-NetIntent", intents, "intent", LAYER_HOST_OPTIONS,
      "Network ATC sets networks, VLANs and transport by its intents, and sets back what "
      "differs." },
    { "Get-NetIntent -GlobalOverrides", overrides, "global override", LAYER_HOST_OPTIONS,
      "Network ATC leaves alone what an override says, and sets the rest back." },
    { "Get-Service", services, "service", LAYER_HOST_OPTIONS,
      "Virtual Machine Manager sets back what it manages on hosts that have its agent." },
    { "Win32_OperatingSystem", system_of, "operating system", LAYER_HOST,
      "The rules that choose a network have changed between versions.", .is_note = true,
      .is_single = true },
    { "Win32_ComputerSystem", computer, "computer", LAYER_HOST,
      "Kerberos needs its delegation entries in the domain.", .is_single = true },
    { "Win32_DeviceGuard", device_guard, "device guard", LAYER_HOST,
      "Where Credential Guard runs, migration with CredSSP fails.", .is_single = true },
    { 0 },
};
