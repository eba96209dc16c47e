/*
 * What a packet adds to the observation it belongs to: packets and bytes, sequence space, the rate
 * over time; unless it is a copy of one that was counted. Holds what all observations of a table
 * share for that. One thread.
 *
 * A plain segment is nearly all there is, so what counts it stands here, to be inlined.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "analyzers/flow/flow_packet.h"
#include "analyzers/flow/fragments.h"
#include "analyzers/flow/holes.h"
#include "analyzers/flow/observation.h"
#include "analyzers/flow/recent.h"
#include "analyzers/flow/sequence.h"
#include "analyzers/flow/series.h"
#include "analyzers/flow/suspects.h"
#include "src/base/hash.h"
#include "src/net/segment.h"

struct tally {
    struct hash_key key;
    struct hole_pool holes;
    struct series_pool series;
    struct suspects suspects;
    struct fragments fragments;
    struct recent recent;
};

void tally_init(struct tally *t, const struct hash_key *key);
void tally_release(struct tally *t);

/* One packet of an observation: where it is counted, and what is. */
struct sighting {
    const struct flow_hint *hint;
    struct segment segment; /* of UDP and fragments, what there is */
    int64_t time_ns;
    uint32_t wire_bytes; /* the frame's original length */
};

/* tally_add() - count a packet that says its ports, where its hint says. Returns FLOW_COUNTED or
 * FLOW_DUPLICATE. */
enum flow_outcome tally_add(struct tally *t, const struct flow_packet *f);

/* tally_fragment() - what is known of a fragment behind the first, which bears no ports; or NULL.
 */
const struct fragment_note *tally_fragment(struct tally *t, const struct flow_packet *f);
/* tally_add_fragment() - as tally_add(): its bytes belong to the segment that the first one began.
 */
enum flow_outcome tally_add_fragment(struct tally *t, const struct fragment_note *note,
                                     const struct flow_packet *f);

/* tally_forget() - the observation's number is to mean another one. */
void tally_forget(struct tally *t, struct observation *o, uint32_t number);
/* tally_forget_packets() - no packet or fragment from before is to be known again. */
void tally_forget_packets(struct tally *t);

/* The rarer halves of what is inlined below. */

/* A packet like this one was seen @apart ticks before. Was it counted then, or is it put aside, as
 * it may have been? */
bool tally_is_copy(struct tally *t, struct sighting s, bool has_tcp, int apart);
/* A half of interest without a series moved: it gets one when it has become more than a few
 * commands. */
void tally_begin_series(struct tally *t, struct observation *o, int half, int64_t time_ns);

/* tally_salt() - what the prints of one half's packets have in common. */
static inline uint64_t tally_salt(const struct tally *t, uint32_t number, uint8_t sender)
{
    return (2 * (uint64_t)number + sender) * UINT64_C(0x9e3779b97f4a7c15) ^ t->key.words[1];
}

/* Everything that a second copy shares with the packet and a retransmission does not. */
static inline uint64_t tally_print(const struct tally *t, const struct sighting *s,
                                   uint32_t fragment_offset)
{
    const struct segment *g = &s->segment;
    uint64_t numbers = (uint64_t)g->seq << 32 | g->ack;
    uint64_t header = (uint64_t)(g->ip_id << 16 | g->window) << 32 |
                      ((g->payload_bytes + fragment_offset) ^ (uint32_t)g->tcp_flags << 24);

    return hash_fold((numbers + g->options_hash * UINT64_C(0xd6e8feb86659fd93)) ^ t->key.words[0],
                     header + s->hint->salt);
}

/* Remembers the packet, and returns false, unless it is a copy; one @is_new is none. */
static inline bool tally_is_seen(struct tally *t, const struct sighting *s, bool is_new,
                                 bool has_tcp, uint32_t fragment_offset)
{
    uint64_t print = tally_print(t, s, fragment_offset);

    if (!is_new) {
        int apart = recent_find(&t->recent, print, s->time_ns);

        if (apart >= 0 && tally_is_copy(t, *s, has_tcp, apart))
            return true;
    }
    recent_add(&t->recent, print, s->time_ns);
    return false;
}

static inline void tally_time(struct observation *o, int64_t time_ns)
{
    if (time_ns >= o->last_ns)
        o->last_ns = time_ns;
    else if (time_ns < o->first_ns)
        o->first_ns = time_ns;
}

static inline void tally_frame(const struct sighting *s)
{
    struct half *h = s->hint->sent;
    uint16_t ip_id = (uint16_t)s->segment.ip_id;

    if (s->segment.ip_id && h->packets)
        h->flags |= ip_id != h->last_ip_id ? HALF_ID_VARIES : HALF_ID_REPEATS;
    h->last_ip_id = ip_id;
    h->packets++;
    h->wire_bytes += s->wire_bytes;
    tally_time(s->hint->observation, s->time_ns);
}

/* Adds to a half's rate what its stream moved by. */
static inline void tally_progress(struct tally *t, struct observation *o, int half, int64_t time_ns,
                                  uint64_t moved)
{
    if (!moved || !(o->flags & OBSERVATION_OF_INTEREST))
        return;
    if (o->series[half] != NO_SERIES)
        series_add(&t->series, &o->series[half], time_ns, moved);
    else
        tally_begin_series(t, o, half, time_ns);
}

static inline void tally_data(struct tally *t, const struct sighting *s, uint32_t seq,
                              uint32_t n_bytes)
{
    struct half *h = s->hint->sent;

    if (!n_bytes)
        return;
    h->payload_bytes += n_bytes;
    tally_progress(t, s->hint->observation, s->hint->sender, s->time_ns,
                   sequence_add_data(h, &t->holes, seq, n_bytes));
}

static inline void tally_ack(struct tally *t, const struct sighting *s)
{
    if (s->segment.tcp_flags & TCP_ACK)
        tally_progress(t, s->hint->observation, !s->hint->sender, s->time_ns,
                       sequence_add_ack(s->hint->peer, s->segment.ack));
}

/*
 * tally_add_segment() - as tally_add(), of a TCP segment that is whole up to its options, no
 * fragment, without SYN, FIN and RST.
 */
static inline void tally_add_segment(struct tally *t, const struct sighting *s)
{
    struct half *h = s->hint->sent, *peer = s->hint->peer;
    uint32_t n_bytes = s->segment.payload_bytes, by = s->segment.ack - (uint32_t)peer->acked;
    bool continues = n_bytes && sequence_continues(h, s->segment.seq);
    bool acknowledges = s->segment.tcp_flags & TCP_ACK && sequence_acknowledges(peer, by);

    if (tally_is_seen(t, s, continues || (acknowledges && by), true, 0))
        return;
    tally_frame(s);
    h->header_bytes = s->segment.tcp_header_bytes;
    if (continues) {
        h->payload_bytes += n_bytes;
        h->next += n_bytes;
        tally_progress(t, s->hint->observation, s->hint->sender, s->time_ns, n_bytes);
    } else {
        tally_data(t, s, s->segment.seq, n_bytes);
    }
    if (acknowledges)
        peer->acked += by;
    else
        tally_ack(t, s);
}
