#include "src/net/pattern.h"

#include "src/net/decoder.h"

enum {
    TYPE_OFFSET = 12, /* of Ethernet: MAC addresses don't matter */
    TAG_BYTES = 4,
    ETHER_IPV4 = 0x0800,
    ETHER_IPV6 = 0x86dd,
    ETHER_VLAN = 0x8100,
    IPV4_BYTES = 20,
    IPV6_BYTES = 40,
    TCP_BYTES = 20,
    PORTS_BYTES = 4,
};

/* Sixteen bytes as one value: most processors compare them at once. */
typedef uint64_t two_words __attribute__((vector_size(16)));

static inline two_words load(const uint8_t *at)
{
    two_words words;

    memcpy(&words, at, sizeof(words));
    return words;
}

static void require(struct packet_pattern *pattern, size_t from, size_t n_bytes)
{
    memset(pattern->mask + from, 0xff, n_bytes);
}

/* Which bits of an IPv4 header are the same in every frame: not length, id, time to live, checksum.
 */
static void require_ipv4(struct packet_pattern *pattern, size_t ip)
{
    require(pattern, ip, 1);
    pattern->mask[ip + 6] = 0xbf; /* all of the fragment word but "don't fragment" */
    pattern->mask[ip + 7] = 0xff;
    require(pattern, ip + 9, 1);
    require(pattern, ip + 12, 8 + PORTS_BYTES);
}

static void require_ipv6(struct packet_pattern *pattern, size_t ip)
{
    pattern->mask[ip] = 0xf0;
    require(pattern, ip + 6, 1);
    require(pattern, ip + 8, 32 + PORTS_BYTES);
}

/* What is new in each frame stays out of what they have in common. */
static struct packet common_part(const struct packet *p)
{
    struct packet common = *p;

    common.seq = common.ack = 0;
    common.window = common.mss = 0;
    common.tcp_flags = common.tcp_header_bytes = common.ttl = 0;
    common.options_hash = common.payload_bytes = common.ip_id = 0;
    return common;
}

static bool is_usual(const struct packet *p, const uint8_t *ip, bool is_ipv6)
{
    if (!p->has_tcp || p->tunnel || p->fragment_offset || p->more_fragments)
        return false;
    if (is_ipv6)
        return ip[0] >> 4 == 6 && ip[6] == IP_TCP;
    return ip[0] == 0x45 && ip[9] == IP_TCP;
}

bool packet_pattern_make(struct packet_pattern *ret_pattern, const uint8_t *bytes,
                         uint32_t captured_bytes, const struct packet *p)
{
    struct packet_pattern pattern = { .ip_offset = TYPE_OFFSET + 2 };
    size_t tcp;

    if (captured_bytes < PATTERN_MAX_BYTES)
        return false;
    if (bytes_u16be(bytes + TYPE_OFFSET) == ETHER_VLAN) {
        pattern.mask[TYPE_OFFSET + 2] = 0x0f; /* the VLAN id without the priority */
        pattern.mask[TYPE_OFFSET + 3] = 0xff;
        pattern.ip_offset += TAG_BYTES;
        require(&pattern, TYPE_OFFSET, 2);
    }
    require(&pattern, pattern.ip_offset - 2u, 2);
    pattern.is_ipv6 = bytes_u16be(bytes + pattern.ip_offset - 2) == ETHER_IPV6;
    tcp = pattern.ip_offset + (pattern.is_ipv6 ? IPV6_BYTES : IPV4_BYTES);
    if ((!pattern.is_ipv6 && bytes_u16be(bytes + pattern.ip_offset - 2) != ETHER_IPV4) ||
        tcp + PORTS_BYTES > PATTERN_MAX_BYTES ||
        !is_usual(p, bytes + pattern.ip_offset, pattern.is_ipv6))
        return false;
    if (pattern.is_ipv6)
        require_ipv6(&pattern, pattern.ip_offset);
    else
        require_ipv4(&pattern, pattern.ip_offset);
    memcpy(pattern.bytes, bytes, tcp + PORTS_BYTES);
    pattern.tcp_offset = (uint8_t)tcp;
    pattern.packet = common_part(p);
    *ret_pattern = pattern;
    return true;
}

/* From the Ethernet type to the TCP ports; the last comparison overlaps the one before. */
static inline bool fits(const struct packet_pattern *pattern, const uint8_t *bytes)
{
    size_t last = pattern->tcp_offset + PORTS_BYTES - sizeof(two_words);
    two_words differs =
        (load(bytes + last) ^ load(pattern->bytes + last)) & load(pattern->mask + last);

    for (size_t i = TYPE_OFFSET; i < last; i += sizeof(two_words))
        differs |= (load(bytes + i) ^ load(pattern->bytes + i)) & load(pattern->mask + i);
    return (differs[0] | differs[1]) == 0;
}

bool packet_pattern_decode(const struct packet_pattern *pattern, struct packet *ret_packet,
                           const uint8_t *bytes, uint32_t captured_bytes)
{
    const uint8_t *ip = bytes + pattern->ip_offset, *tcp = bytes + pattern->tcp_offset;
    uint32_t header_bytes, ip_bytes;

    if (!pattern->tcp_offset || captured_bytes < pattern->tcp_offset + (uint32_t)TCP_BYTES ||
        !fits(pattern, bytes))
        return false;
    header_bytes = (tcp[12] >> 4) * 4u;
    ip_bytes = pattern->is_ipv6 ? bytes_u16be(ip + 4) : bytes_u16be(ip + 2) - (uint32_t)IPV4_BYTES;
    /* A length of 0 and all that is out of order wraps or is too short here. */
    if (header_bytes < TCP_BYTES || header_bytes > ip_bytes || ip_bytes > UINT16_MAX ||
        header_bytes > captured_bytes - pattern->tcp_offset ||
        tcp[13] & (TCP_SYN | TCP_FIN | TCP_RST))
        return false;
    *ret_packet = pattern->packet;
    ret_packet->ip_id = pattern->is_ipv6 ? 0 : bytes_u16be(ip + 4);
    ret_packet->ttl = pattern->is_ipv6 ? ip[7] : ip[8];
    ret_packet->seq = bytes_u32be(tcp + 4);
    ret_packet->ack = bytes_u32be(tcp + 8);
    ret_packet->tcp_header_bytes = (uint8_t)header_bytes;
    ret_packet->tcp_flags = tcp[13];
    ret_packet->window = bytes_u16be(tcp + 14);
    ret_packet->payload_bytes = ip_bytes - header_bytes;
    if (header_bytes > TCP_BYTES)
        ret_packet->options_hash = tcp_options_hash(tcp + TCP_BYTES, header_bytes - TCP_BYTES);
    return true;
}
