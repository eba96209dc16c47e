#include "src/net/pattern.h"

#include "src/net/bytes.h"

enum {
    TYPE_OFFSET = 12, /* of Ethernet: MAC addresses don't matter */
    TAG_BYTES = 4,
    ETHER_IPV4 = 0x0800,
    ETHER_IPV6 = 0x86dd,
    ETHER_VLAN = 0x8100,
    IPV4_BYTES = 20,
    IPV6_BYTES = 40,
    PORTS_BYTES = 4,
    LEAST_BYTES = TYPE_OFFSET + 2 + IPV4_BYTES + TCP_HEADER_BYTES,
    /* The longest frame's part that matters: a tag, IPv6, TCP up to its flags. */
    MAX_BYTES = TYPE_OFFSET + 2 + TAG_BYTES + IPV6_BYTES + PATTERN_TCP_BYTES,
};

/* Which bits must be what they are, by their place in the frame. */
struct required {
    uint8_t mask[MAX_BYTES];
};

static void require(struct required *required, size_t from, size_t n_bytes)
{
    memset(required->mask + from, 0xff, n_bytes);
}

/* Which bits of an IPv4 header are the same in every frame: not length, id, time to live, checksum.
 */
static void require_ipv4(struct required *required, size_t ip)
{
    require(required, ip, 1);
    required->mask[ip + 6] = 0xbf; /* all of the fragment word but "don't fragment" */
    required->mask[ip + 7] = 0xff;
    require(required, ip + 9, 1);
    require(required, ip + 12, 8);
}

static void require_ipv6(struct required *required, size_t ip)
{
    required->mask[ip] = 0xf0;
    require(required, ip + 6, 1);
    require(required, ip + 8, 32);
}

/* The ports, the header's length, and no flag that opens or ends a connection. */
static void require_tcp(struct required *required, size_t tcp)
{
    require(required, tcp, PORTS_BYTES);
    required->mask[tcp + 12] = 0xf0;
    required->mask[tcp + 13] = TCP_SYN | TCP_FIN | TCP_RST;
}

static void require_link(struct required *required, size_t ip)
{
    if (ip > TYPE_OFFSET + 2) {
        require(required, TYPE_OFFSET, 2);
        required->mask[TYPE_OFFSET + 2] = 0x0f; /* the VLAN id without the priority */
        required->mask[TYPE_OFFSET + 3] = 0xff;
    }
    require(required, ip - 2, 2);
}

static bool is_usual(const struct packet *p, const uint8_t *ip, uint16_t ether_type)
{
    if (!p->has_tcp || p->tunnel || p->fragment_offset || p->more_fragments ||
        p->tcp_flags & (TCP_SYN | TCP_FIN | TCP_RST))
        return false;
    if (ether_type == ETHER_IPV6)
        return ip[0] >> 4 == 6 && ip[6] == IP_TCP;
    return ether_type == ETHER_IPV4 && ip[0] == 0x45 && ip[9] == IP_TCP;
}

/* What is required moves to where a pattern has it: its end is that of the TCP flags. */
static void place(struct packet_pattern *pattern, const struct required *required,
                  const uint8_t *bytes)
{
    uint8_t *is = (uint8_t *)pattern->bytes, *mask = (uint8_t *)pattern->mask;
    size_t end = pattern->tcp_offset + (size_t)PATTERN_TCP_BYTES;

    for (size_t i = TYPE_OFFSET; i < end; i++) {
        mask[PATTERN_BYTES - end + i] = required->mask[i];
        is[PATTERN_BYTES - end + i] = bytes[i] & required->mask[i];
    }
}

bool packet_pattern_make(struct packet_pattern *ret_pattern, const uint8_t *bytes,
                         uint32_t captured_bytes, const struct packet *p)
{
    struct packet_pattern pattern = { .tcp_header_bytes = p->tcp_header_bytes };
    struct required required = { { 0 } };
    size_t ip = TYPE_OFFSET + 2, tcp;

    if (captured_bytes < LEAST_BYTES)
        return false;
    if (bytes_u16be(bytes + TYPE_OFFSET) == ETHER_VLAN)
        ip += TAG_BYTES;
    if (!is_usual(p, bytes + ip, bytes_u16be(bytes + ip - 2)))
        return false;
    pattern.is_ipv6 = bytes_u16be(bytes + ip - 2) == ETHER_IPV6;
    tcp = ip + (pattern.is_ipv6 ? IPV6_BYTES : IPV4_BYTES);
    if (captured_bytes < tcp + p->tcp_header_bytes)
        return false;
    pattern.tcp_offset = (uint8_t)tcp;
    pattern.length_offset = (uint8_t)(ip + (pattern.is_ipv6 ? 4 : 2));
    pattern.length_less = (uint8_t)(p->tcp_header_bytes + (pattern.is_ipv6 ? 0 : IPV4_BYTES));
    pattern.ip_id_mask = pattern.is_ipv6 ? 0 : UINT16_MAX;
    require_link(&required, ip);
    if (pattern.is_ipv6)
        require_ipv6(&required, ip);
    else
        require_ipv4(&required, ip);
    require_tcp(&required, tcp);
    place(&pattern, &required, bytes);
    *ret_pattern = pattern;
    return true;
}
