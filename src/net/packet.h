/*
 * One captured frame, decoded down to TCP or UDP.
 *
 * packet_decode() walks a table of link types and a table of protocols: link layer, VLAN tags,
 * switches' own tags, MPLS, tunnels in which a mirror port delivers (GRE, ERSPAN, VXLAN, Geneve),
 * IP, TCP or UDP. What a packet says is copied into struct packet; nothing is allocated, nothing is
 * logged, any thread. Checksums are not judged: offload fills them late.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "src/net/addr.h"

/* https://www.tcpdump.org/linktypes.html */
enum link_type {
    LINK_NULL = 0,
    LINK_ETHERNET = 1,
    LINK_PPP = 9,
    LINK_RAW_BSD = 12, /* DLT_RAW as some systems write it into files */
    LINK_RAW_OPENBSD = 14,
    LINK_PPP_HDLC = 50,
    LINK_RAW = 101,
    LINK_CISCO_HDLC = 104,
    LINK_LOOP = 108,
    LINK_LINUX_SLL = 113,
    LINK_IPV4 = 228,
    LINK_IPV6 = 229,
    LINK_NFLOG = 239,
    LINK_LINUX_SLL2 = 276,
};

enum packet_status {
    PACKET_OK,           /* decoded as far as its protocol goes */
    PACKET_CUT,          /* the captured bytes ended inside a header; what was read before stands */
    PACKET_MALFORMED,    /* a header contradicts itself, or ends behind the layer it is in */
    PACKET_OTHER,        /* no IP (ARP, LLDP, ...): nothing further to decode */
    PACKET_LINK_UNKNOWN, /* a link type without a row in the table */
};

/* Headers of one frame, tags and tunnels included; a frame with more is malformed. */
enum { PACKET_LAYERS_MAX = 32 };

/* IP protocol numbers in use here (IANA). */
enum ip_protocol {
    IP_ICMP = 1,
    IP_IN_IP = 4,
    IP_TCP = 6,
    IP_UDP = 17,
    IP_GRE = 47,
    IP_ESP = 50,
    IP_ICMPV6 = 58,
};

enum tcp_flag {
    TCP_FIN = 0x01,
    TCP_SYN = 0x02,
    TCP_RST = 0x04,
    TCP_PSH = 0x08,
    TCP_ACK = 0x10,
    TCP_URG = 0x20,
};

/*
 * What the innermost IP packet says. Of a tunnel around it only its kind and id are kept.
 *
 * How much of a TCP header was captured:
 *     has_ports  4 bytes: the ports
 *     has_seq    8 bytes: and seq
 *     has_tcp   14 bytes: and ack, flags, tcp_header_bytes; window needs two more, else it is 0
 * and in a malformed packet has_seq and has_tcp are false.
 */
struct packet {
    struct addr source;
    struct addr destination;
    uint16_t source_port; /* 0 in a fragment that is not the first */
    uint16_t destination_port;
    uint8_t protocol; /* of the innermost IP header; 0 where there is none */
    uint8_t ttl;      /* or hop limit */

    uint8_t tcp_flags;
    uint8_t tcp_header_bytes; /* options included; 0 without has_tcp */
    uint32_t seq;             /* RFC 9293, 3.1 */
    uint32_t ack;
    uint16_t window;
    uint16_t mss;          /* of a SYN's option, else 0 */
    uint32_t options_hash; /* of the captured option bytes; 0 without any */

    /*
     * Bytes behind the last header whose length is known: behind TCP's with has_tcp, behind UDP's
     * with its 8 bytes captured, else all that IP carries. So of a TCP header cut before its data
     * offset it is header and payload together.
     *
     * From the IP length (with length 0, an offload frame, from the frame's original length; with
     * a jumbo option, from that), never from what was captured. Of a fragment: the bytes it brings.
     */
    uint32_t payload_bytes;
    uint32_t ip_id;           /* IPv4 identification, or the IPv6 fragment header's; 0 else */
    uint32_t fragment_offset; /* bytes; with any, no ports are read */
    bool more_fragments;
    bool has_ports; /* of TCP or UDP */
    bool has_seq;
    bool has_tcp;

    uint16_t ether_type; /* innermost; 0 on link types without one */
    /* Outer tag << 16 | inner tag, each VLAN id (12 bits) | 0x1000; one tag stands in the low half;
     * 0: no tag. Id 0, a mere priority, is no tag; of more than two the inner two are kept. */
    uint32_t vlan;
    /* Kind << 24 | VNI, ERSPAN session, backbone service, or low 24 bits of the GRE key (of NVGRE
     * the subnet id); of the innermost tunnel; 0: none. */
    uint32_t tunnel;
};

enum tunnel_kind {
    TUNNEL_GRE = 1,
    TUNNEL_ERSPAN = 2,
    TUNNEL_VXLAN = 3,
    TUNNEL_IP_IN_IP = 4,
    TUNNEL_GENEVE = 5,
    TUNNEL_BACKBONE = 6, /* IEEE 802.1ah */
};

/*
 * packet_decode() - decode one frame.
 * @ret_packet:     always written whole; fields beyond the point reached are zero
 * @link_type:      LINKTYPE_ value of the capture's interface
 * @bytes:          what was captured of the frame
 * @captured_bytes: how much that is
 * @wire_bytes:     the frame's original length; taken for @captured_bytes when it is less
 *
 * Returns one of enum packet_status.
 */
enum packet_status packet_decode(struct packet *ret_packet, uint16_t link_type,
                                 const uint8_t *bytes, uint32_t captured_bytes,
                                 uint32_t wire_bytes);

/*
 * packet_decode_headers() - packet_decode(), and where headers end.
 * @ret_header_bytes: from the frame's start to the end of the last header that was there whole
 */
enum packet_status packet_decode_headers(struct packet *ret_packet, uint32_t *ret_header_bytes,
                                         uint16_t link_type, const uint8_t *bytes,
                                         uint32_t captured_bytes, uint32_t wire_bytes);

/* link_type_name() - "Ethernet", "Linux cooked v2", or NULL for one without a row. */
const char *link_type_name(uint16_t link_type);
