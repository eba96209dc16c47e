#include "analyzers/report/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "src/base/plain.h"
#include "src/base/units.h"
#include "src/net/packet.h"

enum { VLAN_PRESENT = 0x1000, VLAN_ID = 0xfff, NAME_COLUMNS = 60 };

struct moved words_moved(const struct observation *o, unsigned sender)
{
    const struct half *h = &o->half[sender], *peer = &o->half[!sender];

    if (o->protocol != IP_TCP)
        return (struct moved){ h->payload_bytes, 0 };
    return (struct moved){ half_stream_bytes(h, peer), half_missing_bytes(h, peer) };
}

const char *words_network(const struct result *r, int network)
{
    if (network == NETWORK_CROSS)
        return "between networks";
    if (network < 0)
        return "outside every network";
    return r->networks[network].name;
}

char *words_host(char to[WORDS_BYTES], const struct result *r, int host, const struct addr *a)
{
    char address[ADDR_TEXT_BYTES], name[WORDS_BYTES - ADDR_TEXT_BYTES - 8];

    addr_text(address, a);
    if (host < 0 || strcmp(r->hosts[host].name, address) == 0) {
        snprintf(to, WORDS_BYTES, "%s", address);
        return to;
    }
    plain_text(name, sizeof(name), r->hosts[host].name, NAME_COLUMNS);
    snprintf(to, WORDS_BYTES, "%s (%s)", name, address);
    return to;
}

char *words_end(char to[WORDS_BYTES], const struct addr *a, uint16_t port)
{
    char address[ADDR_TEXT_BYTES];

    snprintf(to, WORDS_BYTES, addr_is_v4(a) ? "%s:%u" : "[%s]:%u", addr_text(address, a), port);
    return to;
}

int vlan_id(uint32_t vlan)
{
    return vlan & VLAN_PRESENT ? (int)(vlan & VLAN_ID) : -1;
}

int vlan_outer_id(uint32_t vlan)
{
    return vlan_id(vlan >> 16);
}

char *words_vlan(char to[WORDS_BYTES], uint32_t vlan)
{
    int inner = vlan_id(vlan), outer = vlan_outer_id(vlan);

    *to = '\0';
    if (outer >= 0)
        snprintf(to, WORDS_BYTES, "%d.%d", outer, inner);
    else if (inner >= 0)
        snprintf(to, WORDS_BYTES, "%d", inner);
    return to;
}

const char *tunnel_name(uint32_t tunnel)
{
    switch (tunnel >> 24) {
    case TUNNEL_GRE:
        return "gre";
    case TUNNEL_ERSPAN:
        return "erspan";
    case TUNNEL_VXLAN:
        return "vxlan";
    }
    return NULL;
}

uint32_t tunnel_id(uint32_t tunnel)
{
    return tunnel & 0xffffff;
}

char *words_tunnel(char to[WORDS_BYTES], uint32_t tunnel)
{
    const char *name = tunnel_name(tunnel);

    *to = '\0';
    if (name)
        snprintf(to, WORDS_BYTES, "%s %" PRIu32, name, tunnel_id(tunnel));
    return to;
}

char *words_clock(char to[CLOCK_BYTES], int64_t time_ns)
{
    char whole[UNITS_TEXT_BYTES];
    const char *clock = strchr(time_text(whole, time_ns), 'T');

    snprintf(to, CLOCK_BYTES, "%.12s", clock ? clock + 1 : "");
    return to;
}

const char *words_input(const struct result *r, int input)
{
    return input >= 0 && (size_t)input < r->n_inputs ? r->inputs[input].path : "";
}

const char *words_nic(const struct result_nic *nic)
{
    if (nic->name && *nic->name)
        return nic->name;
    if (nic->description && *nic->description)
        return nic->description;
    return "(unnamed)";
}

char *words_evidence(char to[WORDS_BYTES], const struct finding_evidence *e)
{
    switch (e->kind) {
    case EVIDENCE_TEXT:
        plain_text(to, WORDS_BYTES, e->text ? e->text : "unknown", PLAIN_UNCUT);
        break;
    case EVIDENCE_COUNT:
        if (e->count == RESULT_UNKNOWN)
            snprintf(to, WORDS_BYTES, "unknown");
        else
            count_text(to, e->count);
        break;
    case EVIDENCE_REAL:
        snprintf(to, WORDS_BYTES, "%g", e->real);
        break;
    }
    return to;
}
