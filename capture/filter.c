#include "capture/filter.h"

#include <stdlib.h>

#include "src/base/text.h"
#include "src/net/packet.h"

/*
 * RFC 792: 3 unreachable, 4 source quench, 5 redirect, 11 time exceeded, 12 parameter problem. RFC
 * 4443: types below 128 are errors; ip6[40] as old libraries know no icmp6[].
 */
static const char MATCHES[] =
    "tcp port %u or tcp port %u or tcp port 5445 or udp port 4791 or udp port 3343 "
    "or ip proto 50 or ip6 proto 50 "
    "or (icmp and (icmp[0] = 3 or icmp[0] = 4 or icmp[0] = 5 or icmp[0] = 11 or icmp[0] = 12)) "
    "or (icmp6 and ip6[40] < 128)";

char *filter_text(const void *context, uint16_t link_type)
{
    const struct filter_ports *ports = context;
    char *matches = text_format(MATCHES, ports->lm, ports->smb);
    char *text;

    if (!matches || link_type != LINK_ETHERNET)
        return matches;
    /* "vlan" moves all that stands behind it by a tag, so the untagged alternative stands first. */
    text = text_format("arp or %s or (vlan and (arp or %s or (vlan and (arp or %s))))", matches,
                       matches, matches);
    free(matches);
    return text;
}
