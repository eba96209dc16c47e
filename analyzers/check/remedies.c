#include "analyzers/check/remedies.h"

#include <stdio.h>

#include "src/base/auto.h"
#include "src/base/quote.h"
#include "src/base/text.h"

enum { REST_BYTES = PREFIX_TEXT_BYTES + 64 };

char *remedy_host(const char *command, const char *host, const char *rest)
{
    AUTO_MEMORY char *name = quote_powershell(host);

    return name ? text_format("%s -ComputerName %s%s%s", command, name, *rest ? " " : "", rest)
                : NULL;
}

char *remedy_add(const char *host, const struct prefix *p, int64_t priority)
{
    char subnet[PREFIX_TEXT_BYTES], rest[REST_BYTES];

    prefix_text(subnet, p);
    if (priority == NO_PRIORITY)
        snprintf(rest, sizeof(rest), "-Subnet '%s'", subnet);
    else
        snprintf(rest, sizeof(rest), "-Subnet '%s' -Priority %lld", subnet, (long long)priority);
    return remedy_host("Add-VMMigrationNetwork", host, rest);
}

char *remedy_remove(const char *host, const struct prefix *p)
{
    char subnet[PREFIX_TEXT_BYTES], rest[REST_BYTES];

    snprintf(rest, sizeof(rest), "-Subnet '%s'", prefix_text(subnet, p));
    return remedy_host("Remove-VMMigrationNetwork", host, rest);
}

char *remedy_option(const char *host, const char *option)
{
    char rest[REST_BYTES];

    snprintf(rest, sizeof(rest), "-VirtualMachineMigrationPerformanceOption %s", option);
    return remedy_host("Set-VMHost", host, rest);
}

char *remedy_role(const char *network, int role)
{
    return text_format("%s.Role = %d", network, role);
}

char *remedy_parameter(const char *name, const char *value)
{
    return text_format("Get-ClusterResourceType -Name 'Virtual Machine' | "
                       "Set-ClusterParameter -Name %s -Value %s",
                       name, value);
}
