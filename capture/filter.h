/* What the kernel hands over: the filter's text, as pcap-filter(7) has it. */
#pragma once

#include <stdint.h>

struct filter_ports {
    uint16_t lm;  /* TCP, live migration */
    uint16_t smb; /* TCP */
};

/*
 * filter_text() - for one link type: live migration, SMB, iWARP, RoCEv2, cluster heartbeats, ESP,
 * ARP and ICMP errors, over IPv4 and IPv6, and where the link has them in up to two VLAN tags.
 *
 * Returns a new string that the caller frees; NULL without memory. @context is a struct
 * filter_ports: the form that device_options takes.
 */
char *filter_text(const void *context, uint16_t link_type);
