/* Frames written as hexadecimal text, header by header, for the tests of the decoders. */
#pragma once

#include <stdlib.h>
#include <string.h>

#include "src/net/packet.h"

/* Headers to put together; each ends in a space. All carry 10.20.0.1 to 10.20.0.2. */
#define ETHERNET(type) "02 00 00 00 00 02  02 00 00 00 00 01  " type " "
#define IPV4(total_bytes, protocol)                                                                \
    "45 00 " total_bytes " 12 34 40 00 40 " protocol " 00 00  0a 14 00 01  0a 14 00 02 "
/* fd00:20::1 to fd00:20::2 */
#define IPV6(payload_bytes, next)                                                                  \
    "60 00 00 00 " payload_bytes " " next " 40 "                                                   \
    "fd 00 00 20 00 00 00 00 00 00 00 00 00 00 00 01 "                                             \
    "fd 00 00 20 00 00 00 00 00 00 00 00 00 00 00 02 "
/* 49153 to 6600; first the byte whose upper half is the header's length in words, then flags */
#define TCP(offset, flags)                                                                         \
    "c0 01 19 c8  11 22 33 44  55 66 77 88 " offset " " flags " 01 f6  00 00 00 00 "
#define UDP(length) "c0 01 0d 0f " length " 00 00 "
#define DATA "de ad be ef "

/* 44 bytes: IPv4, TCP, 4 bytes of data. */
#define IPV4_PACKET IPV4("00 2c", "06") TCP("50", "18") DATA
/* 64 bytes: the same over IPv6. */
#define IPV6_PACKET IPV6("00 18", "06") TCP("50", "18") DATA
enum { IPV4_PACKET_BYTES = 44, IPV6_PACKET_BYTES = 64, DATA_BYTES = 4 };

enum { FRAME_BYTES = 1024 };

struct frame {
    uint8_t bytes[FRAME_BYTES];
    uint32_t n_bytes;
};

static inline struct frame frame_of(const char *hex)
{
    struct frame f = { .n_bytes = 0 };
    char *end;

    for (;;) {
        unsigned long byte = strtoul(hex, &end, 16);

        if (end == hex || f.n_bytes == FRAME_BYTES)
            return f;
        f.bytes[f.n_bytes++] = (uint8_t)byte;
        hex = end;
    }
}

/* The first bytes of the frame, in memory of just that size: a read behind them is found. */
static inline enum packet_status frame_decode_cut(struct packet *ret_packet, uint16_t link_type,
                                                  const struct frame *f, uint32_t captured_bytes,
                                                  uint32_t wire_bytes)
{
    uint8_t *bytes = malloc(captured_bytes ? captured_bytes : 1);
    enum packet_status status;

    if (!bytes)
        abort();
    memcpy(bytes, f->bytes, captured_bytes);
    status = packet_decode(ret_packet, link_type, bytes, captured_bytes, wire_bytes);
    free(bytes);
    return status;
}

static inline enum packet_status frame_decode(struct packet *ret_packet, uint16_t link_type,
                                              const char *hex)
{
    struct frame f = frame_of(hex);

    return frame_decode_cut(ret_packet, link_type, &f, f.n_bytes, f.n_bytes);
}

/* The whole of IPV4_PACKET or IPV6_PACKET was found. */
static inline bool packet_is_sample(const struct packet *p)
{
    char source[ADDR_TEXT_BYTES], destination[ADDR_TEXT_BYTES];
    bool is_v4 = addr_is_v4(&p->source);

    addr_text(source, &p->source);
    addr_text(destination, &p->destination);
    return strcmp(source, is_v4 ? "10.20.0.1" : "fd00:20::1") == 0 &&
           strcmp(destination, is_v4 ? "10.20.0.2" : "fd00:20::2") == 0 && p->protocol == IP_TCP &&
           p->ttl == 64 && p->has_ports && p->source_port == 49153 && p->destination_port == 6600 &&
           p->has_seq && p->seq == 0x11223344 && p->has_tcp && p->ack == 0x55667788 &&
           p->tcp_flags == (TCP_PSH | TCP_ACK) && p->tcp_header_bytes == 20 && p->window == 502 &&
           p->payload_bytes == DATA_BYTES;
}

/*
 * Every shorter prefix of a frame whose data starts at @header_bytes is cut, tells no more than it
 * has, and counts the whole payload once the TCP header's length is known.
 * Returns the first length that is not so, or UINT32_MAX.
 */
static inline uint32_t frame_find_bad_prefix(uint16_t link_type, const char *hex,
                                             uint32_t header_bytes)
{
    struct frame f = frame_of(hex);
    enum packet_status status;
    struct packet p;

    for (uint32_t n = 0; n <= f.n_bytes; n++) {
        status = frame_decode_cut(&p, link_type, &f, n, f.n_bytes);
        if (status != (n < header_bytes ? PACKET_CUT : PACKET_OK) ||
            p.has_ports != (n >= header_bytes - 16) || p.has_seq != (n >= header_bytes - 12) ||
            p.has_tcp != (n >= header_bytes - 6) || (p.has_tcp && p.payload_bytes != DATA_BYTES) ||
            (p.has_seq && !p.has_tcp && p.payload_bytes != 20 + DATA_BYTES))
            return n;
    }
    return UINT32_MAX;
}
