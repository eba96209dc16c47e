#include "analyzers/flow/predict.h"

enum { FIRST_TCP_OFFSET = 34 }; /* Ethernet and IPv4 */

void predict_init(struct predictor *p)
{
    memset(p, 0, sizeof(*p));
    p->tcp_offset = FIRST_TCP_OFFSET;
}

void predict_learn(struct predictor *p, const uint8_t *frame, uint32_t captured_bytes,
                   const struct flow_packet *f)
{
    struct packet_pattern pattern;
    struct prediction *slot;
    uint32_t key;

    if (captured_bytes < p->tcp_offset + (uint32_t)PREDICT_KEY_BYTES)
        return;
    key = predict_key(p, frame);
    slot = &p->slots[key % PREDICT_SLOTS];
    slot->n_asked = slot->asked == key ? slot->n_asked + 1 : 1;
    slot->asked = key;
    if (slot->n_asked < PREDICT_ASKS || f->outcome != FLOW_COUNTED ||
        f->packet.protocol != IP_TCP ||
        !packet_pattern_make(&pattern, frame, captured_bytes, &f->packet))
        return;
    p->tcp_offset = pattern.tcp_offset;
    key = predict_key(p, frame);
    p->slots[key % PREDICT_SLOTS] = (struct prediction){
        .pattern = pattern, .hint = f->hint, .vantage = f->vantage, .key = key, .asked = key
    };
}
