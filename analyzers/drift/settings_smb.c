/* What SMB may use: it carries memory when it is migration's transport. */
#include "analyzers/drift/settings.h"

#define KEY(of, form_of)                                                                           \
    {                                                                                              \
        .property = of, .form = form_of, .flags = SETTING_IS_KEY                                   \
    }

static const char MULTICHANNEL[] =
    "With Multichannel SMB spreads memory over every equal path; without it, it has one.";
static const char ENCRYPTION[] = "Encryption costs speed, and hides in captures what SMB carries.";
static const char SIGNING[] = "Signing costs speed, and keeps older hosts from RDMA.";
static const char CONNECTIONS[] = "The number of connections is part of SMB's speed.";

static const struct setting_kind server[] = {
    { "EncryptData", FORM_BOOL, "SMB server's encryption", LAYER_SMB, ENCRYPTION },
    { "RejectUnencryptedAccess", FORM_BOOL, "SMB server refuses plain access", LAYER_SMB,
      "Who can't encrypt can't send memory by SMB." },
    { "RequireSecuritySignature", FORM_BOOL, "SMB server requires signing", LAYER_SMB, SIGNING },
    { "EnableSecuritySignature", FORM_BOOL, "SMB server's signing", LAYER_SMB, SIGNING },
    { "EnableMultiChannel", FORM_BOOL, "SMB server's Multichannel", LAYER_SMB, MULTICHANNEL },
    { "EnableSMBQUIC", FORM_BOOL, "SMB over QUIC", LAYER_SMB,
      "QUIC is UDP port 443, which nobody counts as migration." },
    { "DisableCompression", FORM_BOOL, "SMB server's compression off", LAYER_SMB,
      "Compressed memory is fewer bytes than the VM's.", SETTING_IS_NOTE },
    { "RequestCompression", FORM_BOOL, "SMB server asks for compression", LAYER_SMB,
      "Compressed memory is fewer bytes than the VM's.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind client[] = {
    { "EnableMultiChannel", FORM_BOOL, "SMB client's Multichannel", LAYER_SMB, MULTICHANNEL },
    { "RequireEncryption", FORM_BOOL, "SMB client requires encryption", LAYER_SMB, ENCRYPTION },
    { "RequireSecuritySignature", FORM_BOOL, "SMB client requires signing", LAYER_SMB, SIGNING },
    { "EnableSecuritySignature", FORM_BOOL, "SMB client's signing", LAYER_SMB, SIGNING },
    { "ConnectionCountPerRssNetworkInterface", FORM_INTEGER, "SMB connections for each adapter",
      LAYER_SMB, CONNECTIONS },
    { "ConnectionCountPerRdmaNetworkInterface", FORM_INTEGER,
      "SMB connections for each RDMA adapter", LAYER_SMB, CONNECTIONS },
    { "MaximumConnectionCountPerServer", FORM_INTEGER, "SMB connections for each server", LAYER_SMB,
      CONNECTIONS },
    { "DisableCompression", FORM_BOOL, "SMB client's compression off", LAYER_SMB,
      "Compressed memory is fewer bytes than the VM's.", SETTING_IS_NOTE },
    { "RequestCompression", FORM_BOOL, "SMB client asks for compression", LAYER_SMB,
      "Compressed memory is fewer bytes than the VM's.", SETTING_IS_NOTE },
    { 0 },
};

static const struct setting_kind limits[] = {
    KEY("Category", FORM_NAME),
    { "BytesPerSecond", FORM_INTEGER, "limit", LAYER_SMB,
      "Migration over SMB can't be faster than the limit of its category.",
      .unit = UNIT_BYTES_PER_SECOND },
    { 0 },
};

static const struct setting_kind constraints[] = {
    KEY("ServerName", FORM_NAME),
    KEY("InterfaceAlias", FORM_NAME),
    { 0 },
};

static const struct setting_kind interfaces[] = {
    KEY("FriendlyName", FORM_NAME),
    { "LinkSpeed", FORM_INTEGER, "speed as SMB sees it", LAYER_SMB,
      "Multichannel takes the fastest adapters, and only those of one speed together.",
      .unit = UNIT_BITS_PER_SECOND },
    { "RssCapable", FORM_BOOL, "RSS as SMB sees it", LAYER_SMB,
      "Multichannel prefers adapters with RSS to those without." },
    { "RdmaCapable", FORM_BOOL, "RDMA as SMB sees it", LAYER_SMB,
      "Multichannel prefers adapters with RDMA, whatever network they are in." },
    { 0 },
};

const struct section_kind sections_smb[] = {
    { "Get-SmbServerConfiguration", server, "SMB server configuration", LAYER_SMB,
      "Without the SMB server a host takes no memory by SMB.", .is_single = true },
    { "Get-SmbClientConfiguration", client, "SMB client configuration", LAYER_SMB,
      "Without the SMB client a host sends no memory by SMB.", .is_single = true },
    { "Get-SmbBandwidthLimit", limits, "SMB bandwidth limit", LAYER_SMB,
      "Migration over SMB can't be faster than the limit of its category." },
    { "Get-SmbMultichannelConstraint", constraints, "SMB Multichannel constraint", LAYER_SMB,
      "To that server SMB uses the constraint's adapters only; without one, any." },
    { "Get-SmbClientNetworkInterface", interfaces, "SMB interface", LAYER_SMB,
      "SMB may spread memory over any interface that it sees.", .is_of_adapter = true },
    { 0 },
};
