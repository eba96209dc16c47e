#include "analyzers/predict.h"

#include <string.h>

enum { FIRST_TCP_OFFSET = 34, PORTS_BYTES = 4 };

void predict_init(struct predictor *p)
{
    memset(p, 0, sizeof(*p));
    p->tcp_offset = FIRST_TCP_OFFSET;
}

/* The ports, or whatever stands there: a slot is checked before it is believed. */
static inline uint32_t ports_of(const struct predictor *p, const struct capture_record *record)
{
    uint32_t ports;

    memcpy(&ports, record->bytes + p->tcp_offset, sizeof(ports));
    return ports;
}

static inline size_t slot_of(uint32_t ports)
{
    return (ports * UINT32_C(0x9e3779b1)) >> 25 & (PREDICT_SLOTS - 1);
}

bool predict_packet(const struct predictor *p, uint16_t vantage,
                    const struct capture_record *record, struct flow_packet *ret)
{
    const struct prediction *guess;

    if (record->captured_bytes < p->tcp_offset + (uint32_t)PORTS_BYTES)
        return false;
    guess = &p->slots[slot_of(ports_of(p, record))];
    if (guess->vantage != vantage || !packet_pattern_decode(&guess->pattern, &ret->packet,
                                                            record->bytes, record->captured_bytes))
        return false;
    ret->hint = guess->hint;
    return true;
}

void predict_learn(struct predictor *p, const struct capture_record *record,
                   const struct flow_packet *f)
{
    struct packet_pattern pattern;
    struct prediction *slot;
    uint32_t ports;

    if (!f->packet.ether_type || record->captured_bytes < p->tcp_offset + (uint32_t)PORTS_BYTES)
        return;
    ports = ports_of(p, record);
    slot = &p->slots[slot_of(ports)];
    if (slot->asked != ports || f->outcome != FLOW_COUNTED || f->packet.protocol != IP_TCP) {
        slot->asked = ports;
        return;
    }
    if (!packet_pattern_make(&pattern, record->bytes, record->captured_bytes, &f->packet))
        return;
    p->tcp_offset = pattern.tcp_offset;
    p->slots[slot_of(ports_of(p, record))] = (struct prediction){
        .pattern = pattern, .hint = f->hint, .vantage = f->vantage, .asked = ports
    };
}
