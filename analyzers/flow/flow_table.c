#include "analyzers/flow/flow_table.h"

#include <string.h>

#include "analyzers/flow/sequence.h"
#include "analyzers/flow/tally.h"
#include "src/base/array.h"

#define NS_PER_S INT64_C(1000000000)
#define NONE UINT32_MAX

enum {
    FIRST_SLOTS = 1 << 10,
    MAX_CHUNKS = MAX_OBSERVATIONS / OBSERVATIONS_PER_CHUNK,
    FAR_SEQUENCE = 1 << 20,
    SENDER_UNKNOWN = 2, /* nothing that is counted by connection */
};

/* Closed and silent for so long: what comes now is another connection (TIME-WAIT, RFC 9293, 3.4.2).
 */
#define REUSE_IDLE_NS (60 * NS_PER_S)
/* A SYN behind the close is sent again within so long, or opens another connection, even if with
 * the same number: a test that is repeated, a capture that was put behind itself. */
#define SYN_AGAIN_NS (2 * NS_PER_S)
#define FOLD_IDLE_NS (300 * NS_PER_S)

struct slot {
    uint32_t print;  /* upper half of the hash */
    uint32_t number; /* observation number + 1; 0: empty */
};

struct flow_table {
    struct flow_ports ports;
    struct slot *slots;  /* open addressing, linear probing */
    uint32_t n_slots;    /* a power of two */
    uint32_t n_used;     /* slots in use */
    uint32_t generation; /* counts the times when numbers came free for others; never 0 */

    struct observation **chunks;
    size_t n_chunks;
    size_t chunks_capacity;
    uint32_t limit;
    uint32_t n_observations; /* numbers handed out, folded ones included */
    uint32_t first_free;     /* a folded observation's number, chained through series[0] */
    bool chunks_are_lent;
    uint32_t n_until_fold; /* how many are refused before folding is tried again */

    uint64_t n_folded;
    uint64_t folded_bytes;
    uint64_t n_untracked;
    struct tally tally;
};

/*
 * A packet's place in the table: who it is between, in canonical order, and where it was seen. In
 * words, as it is made, hashed and compared once a packet.
 */
struct place {
    uint64_t lower[2]; /* the lower end's address, as loaded */
    uint64_t upper[2];
    uint32_t ports; /* the lower end's port << 16 | the upper's */
    uint32_t where; /* vantage << 8 | protocol */
    uint64_t tags;  /* vlan << 32 | tunnel */
};

int flow_table_new(struct flow_table **ret_table, const struct hash_key *key,
                   struct flow_ports ports, struct error *err)
{
    struct flow_table *t = calloc(1, sizeof(*t));

    if (!t)
        return error_memory(err);
    t->ports = ports;
    t->first_free = NONE;
    t->limit = MAX_OBSERVATIONS;
    t->generation = 1;
    tally_init(&t->tally, key);
    t->n_slots = FIRST_SLOTS;
    t->slots = calloc(t->n_slots, sizeof(*t->slots));
    if (!t->slots) {
        flow_table_free(t);
        return error_memory(err);
    }
    *ret_table = t;
    return 0;
}

struct flow_table *flow_table_free(struct flow_table *t)
{
    if (!t)
        return NULL;
    free(t->slots);
    tally_release(&t->tally);
    for (size_t i = 0; !t->chunks_are_lent && i < t->n_chunks; i++)
        free(t->chunks[i]);
    if (!t->chunks_are_lent)
        free(t->chunks);
    free(t);
    return NULL;
}

void flow_table_limit(struct flow_table *t, uint32_t n_observations)
{
    t->limit = n_observations < MAX_OBSERVATIONS ? n_observations : MAX_OBSERVATIONS;
}

static struct observation *get(const struct flow_table *t, uint32_t number)
{
    return &t->chunks[number / OBSERVATIONS_PER_CHUNK][number % OBSERVATIONS_PER_CHUNK];
}

/* Where the packet's sender stands in canonical order: 0 when it is the lower end. */
static inline int sender_place(const struct packet *p)
{
    uint64_t s0 = hash_load64(p->source.bytes), s1 = hash_load64(p->source.bytes + 8);
    uint64_t d0 = hash_load64(p->destination.bytes), d1 = hash_load64(p->destination.bytes + 8);

    if (s0 != d0)
        return s0 > d0;
    if (s1 != d1)
        return s1 > d1;
    return p->source_port > p->destination_port;
}

static inline struct place place_of(uint16_t vantage, const struct packet *p, int sender)
{
    const struct addr *lower = sender ? &p->destination : &p->source;
    const struct addr *upper = sender ? &p->source : &p->destination;
    uint32_t lower_port = sender ? p->destination_port : p->source_port;
    uint32_t upper_port = sender ? p->source_port : p->destination_port;

    return (struct place){
        .lower = { hash_load64(lower->bytes), hash_load64(lower->bytes + 8) },
        .upper = { hash_load64(upper->bytes), hash_load64(upper->bytes + 8) },
        .ports = lower_port << 16 | upper_port,
        .where = (uint32_t)vantage << 8 | p->protocol,
        .tags = (uint64_t)p->vlan << 32 | p->tunnel,
    };
}

static inline struct place place_of_observation(const struct observation *o)
{
    return (struct place){
        .lower = { hash_load64(o->addr[0].bytes), hash_load64(o->addr[0].bytes + 8) },
        .upper = { hash_load64(o->addr[1].bytes), hash_load64(o->addr[1].bytes + 8) },
        .ports = (uint32_t)o->port[0] << 16 | o->port[1],
        .where = (uint32_t)o->vantage << 8 | o->protocol,
        .tags = (uint64_t)o->vlan << 32 | o->tunnel,
    };
}

static inline uint64_t hash_of(const struct flow_table *t, const struct place *k)
{
    return hash_words(&t->tally.key, k->lower[1] ^ k->tags, k->upper[1],
                      k->lower[0] ^ ((uint64_t)k->ports << 32 | k->where), k->upper[0]);
}

static inline bool is_same(const struct observation *o, const struct place *k)
{
    struct place p = place_of_observation(o);

    return ((p.lower[0] ^ k->lower[0]) | (p.lower[1] ^ k->lower[1]) | (p.upper[0] ^ k->upper[0]) |
            (p.upper[1] ^ k->upper[1]) | (p.ports ^ k->ports) | (p.where ^ k->where) |
            (p.tags ^ k->tags)) == 0;
}

/* The slot that holds the key, or the empty one where it would go. */
static inline struct slot *find_slot(const struct flow_table *t, const struct place *k,
                                     uint64_t hash)
{
    uint32_t print = (uint32_t)(hash >> 32);

    for (uint32_t i = (uint32_t)hash;; i++) {
        struct slot *s = &t->slots[i & (t->n_slots - 1)];

        if (!s->number || (s->print == print && is_same(get(t, s->number - 1), k)))
            return s;
    }
}

static void place_slot(struct slot *slots, uint32_t n_slots, uint64_t hash, uint32_t number)
{
    uint32_t i = (uint32_t)hash;

    while (slots[i & (n_slots - 1)].number)
        i++;
    slots[i & (n_slots - 1)] = (struct slot){ (uint32_t)(hash >> 32), number };
}

/* Moves the live slots into a table of @n_slots; those of folded observations are left behind. */
static int rebuild(struct flow_table *t, uint32_t n_slots, struct error *err)
{
    struct slot *slots = calloc(n_slots, sizeof(*slots));

    if (!slots)
        return error_memory(err);
    t->n_used = 0;
    for (uint32_t i = 0; i < t->n_slots; i++) {
        const struct observation *o;
        struct place key;

        if (!t->slots[i].number)
            continue;
        o = get(t, t->slots[i].number - 1);
        if (!o->protocol)
            continue;
        key = place_of_observation(o);
        place_slot(slots, n_slots, hash_of(t, &key), t->slots[i].number);
        t->n_used++;
    }
    free(t->slots);
    t->slots = slots;
    t->n_slots = n_slots;
    return 0;
}

static void fold_one(struct flow_table *t, uint32_t number)
{
    struct observation *o = get(t, number);

    t->folded_bytes += o->half[0].wire_bytes + o->half[1].wire_bytes;
    tally_forget(&t->tally, o, number);
    t->n_folded++;
    *o = (struct observation){ .series = { t->first_free, NO_SERIES } };
    t->first_free = number;
}

/*
 * Folds what has no bearing and is over, else what has no bearing. Where that is little, it is not
 * tried again for a while: it costs a walk over all. Returns 0 or ERR_MEMORY.
 */
static int fold(struct flow_table *t, int64_t now_ns, struct error *err)
{
    uint32_t n_least = t->n_observations / 16, n = 0;

    for (int pass = 0; pass < 2 && n < n_least; pass++) {
        for (uint32_t i = 0; i < t->n_observations; i++) {
            struct observation *o = get(t, i);

            if (!o->protocol || o->flags & OBSERVATION_OF_INTEREST)
                continue;
            if (pass == 0 && !(o->flags & OBSERVATION_CLOSED) && now_ns - o->last_ns < FOLD_IDLE_NS)
                continue;
            fold_one(t, i);
            n++;
        }
    }
    t->n_until_fold = n < n_least ? n_least - n : 0;
    t->generation++;
    tally_forget_packets(&t->tally);
    return rebuild(t, t->n_slots, err);
}

static int add_chunk(struct flow_table *t, struct error *err)
{
    struct observation *chunk;
    int r = array_reserve(&t->chunks, &t->chunks_capacity, t->n_chunks + 1, sizeof(*t->chunks),
                          MAX_CHUNKS, err);

    if (r < 0)
        return r;
    chunk = malloc(OBSERVATIONS_PER_CHUNK * sizeof(*chunk));
    if (!chunk)
        return error_memory(err);
    t->chunks[t->n_chunks++] = chunk;
    return 0;
}

/* Returns 0 and a number; FLOW_UNTRACKED when the table is full; ERR_MEMORY. */
static int take_number(struct flow_table *t, int64_t now_ns, uint32_t *ret_number,
                       struct error *err)
{
    int r;

    if (t->first_free == NONE && t->n_observations == t->limit) {
        if (t->n_until_fold) {
            t->n_until_fold--;
            return FLOW_UNTRACKED;
        }
        r = fold(t, now_ns, err);
        if (r < 0)
            return r;
        if (t->first_free == NONE)
            return FLOW_UNTRACKED;
    }
    if (t->first_free != NONE) {
        *ret_number = t->first_free;
        t->first_free = get(t, *ret_number)->series[0];
        return 0;
    }
    if (t->n_observations == t->n_chunks * OBSERVATIONS_PER_CHUNK) {
        r = add_chunk(t, err);
        if (r < 0)
            return r;
    }
    *ret_number = t->n_observations++;
    return 0;
}

static bool is_of_interest(const struct flow_table *t, const struct packet *p)
{
    uint16_t ports[] = { p->source_port, p->destination_port };

    for (int i = 0; i < 2; i++) {
        if (p->protocol == IP_TCP &&
            (ports[i] == t->ports.lm || ports[i] == t->ports.smb || ports[i] == PORT_SMB_DIRECT))
            return true;
        if (p->protocol == IP_UDP && (ports[i] == PORT_ROCE || ports[i] == PORT_CLUSTER))
            return true;
    }
    return false;
}

static void observation_begin(struct observation *o, const struct flow_table *t,
                              const struct flow_packet *f)
{
    const struct packet *p = &f->packet;

    *o = (struct observation){
        .vantage = f->vantage,
        .protocol = p->protocol,
        .vlan = p->vlan,
        .tunnel = p->tunnel,
        .first_ns = f->time_ns,
        .last_ns = f->time_ns,
        .series = { NO_SERIES, NO_SERIES },
        .half = { { .holes = NO_HOLES }, { .holes = NO_HOLES } },
    };
    o->addr[f->hint.sender] = p->source;
    o->port[f->hint.sender] = p->source_port;
    o->addr[!f->hint.sender] = p->destination;
    o->port[!f->hint.sender] = p->destination_port;
    if (f->hint.sender)
        o->flags |= OBSERVATION_SECOND_SPOKE_FIRST;
    if (is_of_interest(t, p))
        o->flags |= OBSERVATION_OF_INTEREST;
}

/* A new observation in the packet's place, where it may replace an older life of the same 5-tuple.
 */
static int begin(struct flow_table *t, const struct flow_packet *f, uint32_t *ret_number,
                 struct error *err)
{
    struct place place = place_of(f->vantage, &f->packet, f->hint.sender);
    struct slot *slot;
    int r = take_number(t, f->time_ns, ret_number, err);

    if (r == FLOW_UNTRACKED)
        t->n_untracked++;
    if (r)
        return r;
    observation_begin(get(t, *ret_number), t, f);
    slot = find_slot(t, &place, f->hash);
    if (slot->number) {
        get(t, slot->number - 1)->flags |= OBSERVATION_REPLACED;
        slot->number = *ret_number + 1;
        return 0;
    }
    *slot = (struct slot){ (uint32_t)(f->hash >> 32), *ret_number + 1 };
    t->n_used++;
    if (t->n_used > t->n_slots / 4 * 3)
        return rebuild(t, t->n_slots * 2, err);
    return 0;
}

/* Behind the close and a long silence: data from far off is of another life of the 5-tuple. */
static bool is_far_off(const struct observation *o, int sender, uint32_t seq, int64_t time_ns)
{
    uint32_t next = (uint32_t)o->half[sender].next;

    return time_ns - o->last_ns > REUSE_IDLE_NS &&
           seq - next + FAR_SEQUENCE > 2 * (uint32_t)FAR_SEQUENCE;
}

/* Whether a packet, which is a SYN or comes behind the close, opens another life of the 5-tuple. */
static bool is_another_life(const struct observation *o, int sender, const struct packet *p,
                            int64_t time_ns)
{
    if (p->protocol != IP_TCP || !p->has_seq || p->tcp_flags & TCP_RST)
        return false;
    if (p->tcp_flags & TCP_SYN)
        return sequence_fit_syn(&o->half[sender], p->seq) == SEQUENCE_BEGINS ||
               (o->flags & OBSERVATION_CLOSED && time_ns - o->last_ns > SYN_AGAIN_NS);
    return p->payload_bytes && is_far_off(o, sender, p->seq, time_ns);
}

/* Finds the packet's observation, or begins one. Returns 0, FLOW_UNTRACKED or ERR_MEMORY. */
static int find_or_begin(struct flow_table *t, struct flow_packet *f, struct error *err)
{
    struct place place = place_of(f->vantage, &f->packet, f->hint.sender);
    const struct slot *slot = find_slot(t, &place, f->hash);
    const struct observation *o;

    if (!slot->number)
        return begin(t, f, &f->hint.number, err);
    f->hint.number = slot->number - 1;
    o = get(t, f->hint.number);
    if ((f->packet.tcp_flags & TCP_SYN || o->flags & OBSERVATION_CLOSED) &&
        is_another_life(o, f->hint.sender, &f->packet, f->time_ns))
        return begin(t, f, &f->hint.number, err);
    return 0;
}

/* Whose packet is it, and where is its slot? What will be looked at is on its way then. */
static inline void locate(const struct flow_table *t, struct flow_packet *f)
{
    const struct packet *p = &f->packet;
    struct place place;

    f->hint = (struct flow_hint){ .sender = SENDER_UNKNOWN };
    if (!p->has_ports || (p->protocol != IP_TCP && !is_of_interest(t, p)))
        return;
    f->hint.sender = (uint8_t)sender_place(p);
    place = place_of(f->vantage, p, f->hint.sender);
    f->hash = hash_of(t, &place);
    __builtin_prefetch(&t->slots[(uint32_t)f->hash & (t->n_slots - 1)]);
}

/* The observation that its slot most likely means, on its way, too: it fills four cache lines. */
static inline void fetch(const struct flow_table *t, const struct flow_packet *f)
{
    enum { CACHE_LINE_BYTES = 64 };
    const struct slot *slot = &t->slots[(uint32_t)f->hash & (t->n_slots - 1)];
    const char *o;

    if (f->hint.sender == SENDER_UNKNOWN || !slot->number)
        return;
    o = (const char *)get(t, slot->number - 1);
    for (size_t i = 0; i < sizeof(struct observation); i += CACHE_LINE_BYTES)
        __builtin_prefetch(o + i, 1);
}

/* Where a packet is counted, once its observation and sender are known. */
static void hint_at(struct flow_table *t, struct flow_hint *hint)
{
    struct observation *o = get(t, hint->number);

    hint->observation = o;
    hint->sent = &o->half[hint->sender];
    hint->peer = &o->half[!hint->sender];
    hint->salt = tally_salt(&t->tally, hint->number, hint->sender);
}

/* A fragment behind the first, which may have left a note of who sent it. */
static int add_later_fragment(struct flow_table *t, struct flow_packet *f)
{
    const struct fragment_note *note = tally_fragment(&t->tally, f);

    if (!note)
        return FLOW_UNATTRIBUTED;
    f->hint.number = note->observation;
    f->hint.sender = note->half;
    hint_at(t, &f->hint);
    return tally_add_fragment(&t->tally, note, f);
}

static inline int add_one(struct flow_table *t, struct flow_packet *f, struct error *err)
{
    const struct packet *p = &f->packet;
    int r;

    if (f->hint.sender == SENDER_UNKNOWN)
        return p->fragment_offset && (p->protocol == IP_TCP || p->protocol == IP_UDP)
                   ? add_later_fragment(t, f)
                   : FLOW_IGNORED;
    r = find_or_begin(t, f, err);
    if (r)
        return r;
    f->hint.generation = t->generation;
    hint_at(t, &f->hint);
    return tally_add(&t->tally, f);
}

int flow_table_add(struct flow_table *t, struct flow_packet *packets, size_t n, struct error *err)
{
    int n_else = 0;

    for (size_t i = 0; i < n; i++)
        locate(t, &packets[i]);
    for (size_t i = 0; i < n; i++)
        fetch(t, &packets[i]);
    for (size_t i = 0; i < n; i++) {
        int r = add_one(t, &packets[i], err);

        if (r < 0)
            return r;
        packets[i].outcome = (uint8_t)r;
        n_else += r != FLOW_COUNTED;
    }
    return n_else;
}

/* Whether packets of the observation's 5-tuple may be another's. */
static bool is_outlived(const struct observation *o, const struct sighting *s)
{
    return o->flags & OBSERVATION_REPLACED ||
           (s->segment.payload_bytes && is_far_off(o, s->hint->sender, s->segment.seq, s->time_ns));
}

bool flow_table_add_frame(struct flow_table *t, const struct prediction *guess,
                          const uint8_t *bytes, uint32_t captured_bytes, uint32_t wire_bytes,
                          int64_t time_ns)
{
    const struct observation *o = guess->hint.observation;
    struct sighting s;

    if (guess->hint.generation != t->generation ||
        !packet_pattern_decode(&guess->pattern, &s.segment, bytes, captured_bytes))
        return false;
    s.hint = &guess->hint;
    s.time_ns = time_ns;
    s.wire_bytes = wire_bytes;
    if (o->flags & (OBSERVATION_CLOSED | OBSERVATION_REPLACED) && is_outlived(o, &s))
        return false;
    tally_add_segment(&t->tally, &s);
    return true;
}

/* A direction of which so many packets came twice was captured twice; else the sender repeated
 * them. */
static void settle(struct half *h, const struct suspect *s)
{
    if (s->packets >= h->packets / 2) {
        h->duplicate_packets += s->packets;
        return;
    }
    h->packets += s->packets;
    h->wire_bytes += s->wire_bytes;
    h->payload_bytes += s->payload_bytes;
    h->retransmitted_bytes += s->payload_bytes;
}

void flow_table_settle(struct flow_table *t)
{
    for (size_t i = 0; i < t->tally.suspects.n_slots; i++) {
        const struct suspect *s = &t->tally.suspects.slots[i];
        struct observation *o;

        if (!s->half_number)
            continue;
        o = get(t, (s->half_number - 1) / 2);
        if (o->protocol)
            settle(&o->half[(s->half_number - 1) % 2], s);
    }
    free(t->slots);
    t->slots = NULL;
    hole_pool_release(&t->tally.holes);
    suspects_release(&t->tally.suspects);
}

uint32_t flow_table_count(const struct flow_table *t)
{
    return t->n_observations;
}

const struct observation *flow_table_get(const struct flow_table *t, uint32_t number)
{
    return get(t, number);
}

const struct series *flow_table_series(const struct flow_table *t, const struct observation *o,
                                       int half)
{
    return o->series[half] == NO_SERIES ? NULL : &t->tally.series.series[o->series[half]];
}

uint64_t flow_table_folded(const struct flow_table *t)
{
    return t->n_folded;
}

uint64_t flow_table_folded_bytes(const struct flow_table *t)
{
    return t->folded_bytes;
}

uint64_t flow_table_untracked(const struct flow_table *t)
{
    return t->n_untracked;
}

struct observation **flow_table_take_chunks(struct flow_table *t, size_t *ret_n_chunks)
{
    t->chunks_are_lent = true;
    *ret_n_chunks = t->n_chunks;
    return t->chunks;
}
