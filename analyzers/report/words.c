#include "analyzers/report/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "analyzers/report/numbers.h"
#include "analyzers/report/sentences.h"
#include "src/base/plain.h"
#include "src/net/packet.h"

enum { VLAN_PRESENT = 0x1000, VLAN_ID = 0xfff, NAME_COLUMNS = 60 };

struct moved words_moved(const struct observation *o, unsigned sender)
{
    const struct half *h = &o->half[sender], *peer = &o->half[!sender];

    if (o->protocol != IP_TCP)
        return (struct moved){ h->payload_bytes, 0 };
    return (struct moved){ half_stream_bytes(h, peer), half_missing_bytes(h, peer) };
}

const char *words_network(enum language language, const struct result *r, int network)
{
    if (network == NETWORK_CROSS)
        return text_in(language, TEXT_BETWEEN);
    if (network < 0)
        return text_in(language, TEXT_OUTSIDE);
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
    static const char *const names[] = {
        [TUNNEL_GRE] = "gre",           [TUNNEL_ERSPAN] = "erspan", [TUNNEL_VXLAN] = "vxlan",
        [TUNNEL_IP_IN_IP] = "ip-in-ip", [TUNNEL_GENEVE] = "geneve", [TUNNEL_BACKBONE] = "pbb",
    };
    uint32_t kind = tunnel >> 24;

    return kind < sizeof(names) / sizeof(names[0]) ? names[kind] : NULL;
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

const char *words_input(const struct result *r, int input)
{
    return input >= 0 && (size_t)input < r->n_inputs ? r->inputs[input].path : "";
}

const char *words_nic(enum language language, const struct result_nic *nic)
{
    const char *label = result_nic_label(nic);

    return *label ? label : text_in(language, TEXT_UNNAMED);
}

char *words_evidence(enum language language, char to[WORDS_BYTES], const struct finding_evidence *e)
{
    switch (e->kind) {
    case EVIDENCE_TEXT:
        plain_text(to, WORDS_BYTES,
                   e->text ? phrase_in(language, e->text) : text_in(language, TEXT_UNKNOWN),
                   PLAIN_UNCUT);
        break;
    case EVIDENCE_COUNT:
        if (e->count == RESULT_UNKNOWN)
            snprintf(to, WORDS_BYTES, "%s", text_in(language, TEXT_UNKNOWN));
        else
            count_in(language, to, e->count);
        break;
    case EVIDENCE_REAL:
        real_in(language, to, REAL_AS_SHORT, e->real);
        break;
    }
    return to;
}

const char *words_verdict(enum language language, enum verdict v)
{
    static const enum text words[] = { [VERDICT_RIGHT_NETWORK] = TEXT_WORD_RIGHT_NETWORK,
                                       [VERDICT_WRONG_NETWORK] = TEXT_WORD_WRONG_NETWORK,
                                       [VERDICT_SPLIT_NETWORKS] = TEXT_WORD_SPLIT_NETWORKS,
                                       [VERDICT_INCONCLUSIVE] = TEXT_WORD_INCONCLUSIVE,
                                       [VERDICT_NO_MIGRATION] = TEXT_WORD_NO_MIGRATION };

    return text_in(language, words[v]);
}

const char *words_certainty(enum language language, enum certainty c)
{
    static const enum text words[] = { [CERTAINTY_NONE] = TEXT_NONE,
                                       [CERTAINTY_POSSIBLE] = TEXT_WORD_POSSIBLE,
                                       [CERTAINTY_LIKELY] = TEXT_WORD_LIKELY,
                                       [CERTAINTY_CERTAIN] = TEXT_WORD_CERTAIN };

    return text_in(language, words[c]);
}

const char *words_severity(enum language language, enum severity s)
{
    static const enum text words[] = { [FINDING_INFO] = TEXT_WORD_INFO,
                                       [FINDING_WARNING] = TEXT_WORD_WARNING,
                                       [FINDING_ERROR] = TEXT_WORD_ERROR };

    return text_in(language, words[s]);
}

const char *words_role(enum language language, enum connection_role r)
{
    static const enum text words[] = { [CONNECTION_OTHER] = TEXT_WORD_OTHER,
                                       [CONNECTION_MIGRATION] = TEXT_WORD_MIGRATION,
                                       [CONNECTION_MIGRATION_CONTROL] = TEXT_WORD_CONTROL,
                                       [CONNECTION_SMB_MEMORY] = TEXT_WORD_SMB_MEMORY,
                                       [CONNECTION_SMB_OTHER] = TEXT_WORD_SMB_OTHER,
                                       [CONNECTION_HEARTBEAT] = TEXT_WORD_HEARTBEAT };

    return text_in(language, words[r]);
}
