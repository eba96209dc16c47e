#include "analyzers/drift/settings.h"

/* The cluster's sections stand in the first table. */
static const struct section_kind *const tables[] = { sections_cluster, sections_migration,
                                                     sections_smb,     sections_adapter,
                                                     sections_switch,  sections_traffic };

static const char *const layer_names[N_LAYERS] = {
    [LAYER_NETWORK_ROLE] = "network-role",
    [LAYER_CLUSTER_ORDER] = "cluster-order",
    [LAYER_HOST_LIST] = "host-list",
    [LAYER_HOST_OPTIONS] = "host-options",
    [LAYER_SMB] = "smb",
    [LAYER_ADAPTER] = "adapter",
    [LAYER_CLUSTER] = "cluster",
    [LAYER_HOST] = "host",
};

const struct section_kind *settings_section(size_t index)
{
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
        for (const struct section_kind *s = tables[i]; s->cmdlet; s++)
            if (index-- == 0)
                return s;
    return NULL;
}

size_t settings_count(const struct section_kind *section)
{
    size_t n = 0;

    while (section->settings[n].property)
        n++;
    return n;
}

const char *layer_name(enum layer layer)
{
    return layer_names[layer];
}
