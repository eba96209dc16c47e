/*
 * What one vantage point saw of one connection: the record that everything is counted into.
 *
 * A vantage point is one interface of one input. VLAN tags and tunnel ids are part of the identity:
 * the same addresses and ports in two VLANs are two observations. Plain values: an observation owns
 * nothing. It is kept small (one for each connection and vantage point), so totals are methods over
 * few fields:
 *
 *     payload_bytes = stream_bytes - missing_bytes + retransmitted_bytes
 *
 * holds by construction, since missing_bytes is what the other three leave.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "src/net/addr.h"

/* Observations live in chunks of so many, so that a million of them is never copied. */
enum { OBSERVATIONS_PER_CHUNK = 4096 };
#define NO_SERIES UINT32_MAX
#define NO_HOLES UINT32_MAX

enum half_flag {
    HALF_HAS_SYN = 0x01,
    HALF_HAS_FIN = 0x02,
    HALF_HAS_RST = 0x04,
    HALF_HAS_DATA = 0x08,   /* start and next come from segments, not from acknowledgements alone */
    HALF_HAS_ACK = 0x10,    /* acked is set */
    HALF_ID_VARIES = 0x20,  /* two packets in a row had different IP ids: they tell packets apart */
    HALF_ID_REPEATS = 0x80, /* two in a row had the same: without the other flag, they don't */
    HALF_IS_CLIENT = 0x40,  /* the side that opened the connection, as far as can be told */
};

enum observation_flag {
    OBSERVATION_SECOND_SPOKE_FIRST = 0x01, /* addr[1] sent the first packet seen */
    OBSERVATION_OF_INTEREST = 0x02,        /* on a port that migration may use: never folded */
    OBSERVATION_CLOSED = 0x04,             /* both sides sent a FIN, or one a RST */
    OBSERVATION_REPLACED = 0x08,           /* its 5-tuple was used again */
};

/*
 * One direction. Sequence numbers are unwrapped to 64 bits; the low 32 are those of the wire (RFC
 * 9293, 3.4).
 */
struct half {
    uint64_t packets;    /* segments (datagrams) seen */
    uint64_t wire_bytes; /* sum of the frames' original lengths */
    uint64_t payload_bytes;
    uint64_t retransmitted_bytes;
    uint64_t start; /* first byte of the stream */
    uint64_t next;  /* behind the last byte seen */
    uint64_t acked; /* the peer's highest acknowledgement */
    uint32_t duplicate_packets;
    uint32_t holes; /* index of the list of unseen ranges, or NO_HOLES; used while counting */
    uint16_t last_ip_id;
    uint16_t mss;         /* of the SYN; 0: not seen */
    uint8_t flags;        /* enum half_flag */
    uint8_t header_bytes; /* TCP header length seen last */
};

struct observation {
    struct addr addr[2]; /* the lower of the two ends (address, then port) first */
    uint16_t port[2];
    uint16_t vantage; /* index of the vantage point */
    uint8_t protocol; /* IP_TCP or IP_UDP */
    uint8_t flags;    /* enum observation_flag */
    uint32_t vlan;    /* as in struct packet */
    uint32_t tunnel;
    int64_t first_ns; /* least and greatest time seen */
    int64_t last_ns;
    uint32_t series[2];  /* index of each half's rate series, or NO_SERIES */
    struct half half[2]; /* half[i]: what addr[i] sent */
};

/* How far the byte stream advanced: data seen, or acknowledged by the peer. */
uint64_t half_stream_bytes(const struct half *h, const struct half *peer);
/* Payload that must have passed and was not captured. */
uint64_t half_missing_bytes(const struct half *h, const struct half *peer);
/* observation_client() - the index (0 or 1) of the side that opened the connection, or that most
 * likely did. */
int observation_client(const struct observation *o);
