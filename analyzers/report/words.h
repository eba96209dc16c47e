/* Phrases that more than one writer needs, from the result's indices and numbers. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "analyzers/report/language.h"
#include "analyzers/result.h"

enum { WORDS_BYTES = 320 };

/* What one direction of an observation moved; a datagram's stream is its payload. */
struct moved {
    uint64_t stream_bytes, missing_bytes;
};
struct moved words_moved(const struct observation *o, unsigned sender);

/* words_network() - a network's name, "outside every network" or "between networks"; borrowed. */
const char *words_network(enum language language, const struct result *r, int network);
/* words_host() - "HV01 (10.20.0.1)", or the address alone where that is the host's only name. */
char *words_host(char to[WORDS_BYTES], const struct result *r, int host, const struct addr *a);
/* words_end() - "10.20.0.1:6600", "[fd00:20::1]:6600". */
char *words_end(char to[WORDS_BYTES], const struct addr *a, uint16_t port);
/* words_vlan() - "20", stacked "100.20" (outer first), "" without a tag. */
char *words_vlan(char to[WORDS_BYTES], uint32_t vlan);
/* words_tunnel() - "VXLAN 5001", "" without one. */
char *words_tunnel(char to[WORDS_BYTES], uint32_t tunnel);
/* words_input() - the path of an input; borrowed. */
const char *words_input(const struct result *r, int input);
/* words_nic() - an interface's name, or what else the capture tells of it; borrowed. */
const char *words_nic(enum language language, const struct result_nic *nic);
/* words_evidence() - one value of a finding's evidence. */
char *words_evidence(enum language language, char to[WORDS_BYTES],
                     const struct finding_evidence *e);
/* What result.h's verdict_name() and the like tell, in a language; "" for CERTAINTY_NONE. */
const char *words_verdict(enum language language, enum verdict v);
const char *words_certainty(enum language language, enum certainty c);
const char *words_severity(enum language language, enum severity s);
const char *words_role(enum language language, enum connection_role r);

/* vlan_id(), vlan_outer_id() - the tags of struct packet's vlan; -1: none. */
int vlan_id(uint32_t vlan);
int vlan_outer_id(uint32_t vlan);
/* tunnel_name() - "gre", "erspan", "vxlan", ... of struct packet's tunnel; NULL: none. A constant.
 */
const char *tunnel_name(uint32_t tunnel);
uint32_t tunnel_id(uint32_t tunnel);
