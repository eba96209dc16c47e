#include "analyzers/flow/tally.h"

#include <string.h>

#define NS_PER_S INT64_C(1000000000)

enum {
    /* A connection's rate is kept once it is more than a handshake and a few commands. */
    MIN_SERIES_BYTES = 64 * 1024,
};

/*
 * How far apart two copies of one packet may be, in ticks. With an IP id that tells packets apart a
 * copy is certain, and only the id's own reuse bounds it (a second). Without, it is only suspected.
 */
enum { COPY_TICKS = NS_PER_S / RECENT_TICK_NS, SUSPECT_TICKS = 1 };

void tally_init(struct tally *t, const struct hash_key *key)
{
    memset(t, 0, sizeof(*t));
    t->key = *key;
    hole_pool_init(&t->holes);
    series_pool_init(&t->series);
}

void tally_release(struct tally *t)
{
    hole_pool_release(&t->holes);
    series_pool_release(&t->series);
    suspects_release(&t->suspects);
}

/* Where the snap length hid the data offset, the header is taken to be as long as the last one, or
 * plain. */
static uint32_t payload_of(const struct half *h, const struct segment *s)
{
    uint32_t header_bytes = s->tcp_header_bytes ? 0
                            : h->header_bytes   ? h->header_bytes
                                                : (uint32_t)TCP_HEADER_BYTES;

    return s->payload_bytes > header_bytes ? s->payload_bytes - header_bytes : 0;
}

bool tally_is_copy(struct tally *t, struct sighting s, bool has_tcp, int apart)
{
    struct half *h = s.hint->sent;
    bool is_certain =
        s.segment.ip_id && (h->flags & (HALF_ID_VARIES | HALF_ID_REPEATS)) != HALF_ID_REPEATS;
    uint32_t n_bytes = s.segment.tcp_flags & TCP_RST ? 0 : payload_of(h, &s.segment);

    if (apart > (is_certain ? COPY_TICKS : SUSPECT_TICKS))
        return false;
    if (!is_certain)
        /* cut before the acknowledgement, empty segments are all alike */
        return has_tcp &&
               suspects_count(&t->suspects, s.hint->number, s.hint->sender, s.wire_bytes, n_bytes);
    h->duplicate_packets++;
    return true;
}

void tally_begin_series(struct tally *t, struct observation *o, int half, int64_t time_ns)
{
    uint64_t moved = half_stream_bytes(&o->half[half], &o->half[!half]);

    if (moved >= MIN_SERIES_BYTES)
        series_add_anywhere(&t->series, &o->series[half], time_ns, moved);
}

static struct sighting sighting_of(const struct flow_packet *f)
{
    return (struct sighting){ .hint = &f->hint,
                              .segment = segment_of(&f->packet),
                              .time_ns = f->time_ns,
                              .wire_bytes = f->wire_bytes };
}

/* A segment that goes on where the stream stood, or acknowledges more of it than any before, was
 * not seen before. */
static bool is_new(const struct sighting *s)
{
    const struct segment *g = &s->segment;
    const struct half *peer = s->hint->peer;
    uint32_t by = g->ack - (uint32_t)peer->acked;

    return (g->payload_bytes && sequence_continues(s->hint->sent, g->seq)) ||
           (by && g->tcp_flags & TCP_ACK && sequence_acknowledges(peer, by));
}

static bool is_seen(struct tally *t, const struct sighting *s, const struct packet *p)
{
    bool is_known_new = p->has_tcp && !p->fragment_offset && is_new(s);

    return tally_is_seen(t, s, is_known_new, p->has_tcp, p->fragment_offset);
}

/* What UDP carries is its stream: nothing of it can be known to miss or to be sent again. */
static void count_datagram_bytes(struct half *h, uint32_t n_bytes)
{
    h->payload_bytes += n_bytes;
    h->next += n_bytes;
}

/* A segment that opens or ends a direction. What a RST carries is no part of the stream. */
static void count_turning_point(struct tally *t, const struct sighting *s, const struct packet *p,
                                uint32_t n_bytes)
{
    struct observation *o = s->hint->observation;
    struct half *h = s->hint->sent, *peer = s->hint->peer;
    uint32_t seq = p->seq;

    if (p->tcp_flags & TCP_RST) {
        h->flags |= HALF_HAS_RST;
        o->flags |= OBSERVATION_CLOSED;
        return;
    }
    if (p->tcp_flags & TCP_SYN) {
        sequence_add_syn(h, &t->holes, p->seq);
        h->mss = p->mss;
        (p->tcp_flags & TCP_ACK ? peer : h)->flags |= HALF_IS_CLIENT;
        seq++;
    }
    tally_data(t, s, seq, n_bytes);
    if (p->tcp_flags & TCP_FIN && !p->more_fragments) {
        sequence_add_fin(h, &t->holes, seq + n_bytes);
        if (peer->flags & HALF_HAS_FIN)
            o->flags |= OBSERVATION_CLOSED;
    }
    tally_ack(t, s);
}

static void count_segment(struct tally *t, const struct sighting *s, const struct packet *p)
{
    struct half *h = s->hint->sent;
    uint32_t n_bytes = payload_of(h, &s->segment);

    if (p->tcp_header_bytes)
        h->header_bytes = p->tcp_header_bytes;
    if (p->tcp_flags & (TCP_RST | TCP_SYN | TCP_FIN)) {
        count_turning_point(t, s, p, n_bytes);
        return;
    }
    tally_data(t, s, p->seq, n_bytes);
    tally_ack(t, s);
}

static uint64_t fragment_print(const struct tally *t, uint16_t vantage, const struct packet *p)
{
    return hash_words(&t->key, hash_load64(p->source.bytes) ^ hash_load64(p->destination.bytes),
                      hash_load64(p->source.bytes + 8) + 3 * hash_load64(p->destination.bytes + 8),
                      (uint64_t)p->ip_id << 32 | p->vlan,
                      (uint64_t)p->tunnel << 32 | (uint32_t)vantage << 8 | p->protocol);
}

static void note_fragment(struct tally *t, const struct flow_packet *f)
{
    const struct packet *p = &f->packet;

    fragments_add(&t->fragments, (struct fragment_note){
                                     .print = fragment_print(t, f->vantage, p),
                                     .time_ns = f->time_ns,
                                     .observation = f->hint.number,
                                     .seq = p->seq + !!(p->tcp_flags & TCP_SYN),
                                     .half = f->hint.sender,
                                     .header_bytes = p->tcp_header_bytes,
                                 });
}

enum flow_outcome tally_add(struct tally *t, const struct flow_packet *f)
{
    const struct packet *p = &f->packet;
    struct sighting s = sighting_of(f);

    if (is_seen(t, &s, p))
        return FLOW_DUPLICATE;
    if (p->more_fragments)
        note_fragment(t, f);
    tally_frame(&s);
    if (p->protocol == IP_UDP)
        count_datagram_bytes(f->hint.sent, p->payload_bytes);
    else if (p->has_seq)
        count_segment(t, &s, p);
    return FLOW_COUNTED;
}

const struct fragment_note *tally_fragment(struct tally *t, const struct flow_packet *f)
{
    return fragments_find(&t->fragments, fragment_print(t, f->vantage, &f->packet), f->time_ns);
}

enum flow_outcome tally_add_fragment(struct tally *t, const struct fragment_note *note,
                                     const struct flow_packet *f)
{
    const struct packet *p = &f->packet;
    struct sighting s = sighting_of(f);

    if (is_seen(t, &s, p))
        return FLOW_DUPLICATE;
    f->hint.sent->wire_bytes += f->wire_bytes;
    tally_time(f->hint.observation, f->time_ns);
    if (p->protocol == IP_TCP)
        tally_data(t, &s, note->seq + (p->fragment_offset - note->header_bytes), p->payload_bytes);
    else
        count_datagram_bytes(f->hint.sent, p->payload_bytes);
    return FLOW_COUNTED;
}

void tally_forget(struct tally *t, struct observation *o, uint32_t number)
{
    for (int i = 0; i < 2; i++)
        if (o->half[i].holes != NO_HOLES)
            holes_fill(&t->holes, &o->half[i].holes, 0, UINT64_MAX);
    suspects_forget(&t->suspects, number);
}

void tally_forget_packets(struct tally *t)
{
    t->fragments = (struct fragments){ 0 };
    t->recent = (struct recent){ 0 };
}
