/*
 * Which connection is the next frame most likely of? Patterns of the frames seen lately, each with
 * the observation that its packets are counted in, so that the usual frame is neither decoded nor
 * looked up.
 *
 * Of fixed size. A pattern is made when frames alike come PREDICT_ASKS times in a row, so that
 * many short connections don't wear it out. A wrong guess costs a comparison, never a wrong count.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "analyzers/flow/flow_packet.h"
#include "src/base/hash.h"
#include "src/net/pattern.h"

enum { PREDICT_SLOTS = 256, PREDICT_ASKS = 4 };

struct prediction {
    struct packet_pattern pattern;
    struct flow_hint hint;
    uint16_t vantage;
    uint32_t key;     /* of the frame that the pattern was made of */
    uint32_t asked;   /* the key of the frame that fitted nothing here last, */
    unsigned n_asked; /* and how often in a row */
};

struct predictor {
    struct prediction slots[PREDICT_SLOTS];
    uint8_t tcp_offset; /* where TCP began in the frame that a pattern was made of last */
};

/* predict_init() - nothing is known. */
void predict_init(struct predictor *p);

enum { PREDICT_KEY_BEFORE = 8, PREDICT_KEY_BYTES = 13 };

/* From the addresses (of IPv6 part of one), the ports, and how long the header is; or whatever
 * stands there: a guess is checked before it is believed. */
static inline uint32_t predict_key(const struct predictor *p, const uint8_t *frame)
{
    const uint8_t *tcp = frame + p->tcp_offset;
    uint64_t addrs, ports = tcp[PREDICT_KEY_BYTES - 1] >> 4;
    uint32_t word;

    memcpy(&addrs, tcp - PREDICT_KEY_BEFORE, PREDICT_KEY_BEFORE);
    memcpy(&word, tcp, sizeof(word));
    ports |= (uint64_t)word << 4;
    return (uint32_t)hash_fold(addrs ^ UINT64_C(0x9e3779b97f4a7c15),
                               ports ^ UINT64_C(0xd6e8feb86659fd93));
}

/* predict_find() - the prediction for a frame of this vantage point, or NULL. */
static inline const struct prediction *predict_find(const struct predictor *p, uint16_t vantage,
                                                    const uint8_t *frame, uint32_t captured_bytes)
{
    const struct prediction *guess;
    uint32_t key;

    if (captured_bytes < p->tcp_offset + (uint32_t)PREDICT_KEY_BYTES)
        return NULL;
    key = predict_key(p, frame);
    guess = &p->slots[key % PREDICT_SLOTS];
    return guess->key == key && guess->vantage == vantage ? guess : NULL;
}

/* predict_learn() - a frame that was not predicted, decoded as @f and counted. */
void predict_learn(struct predictor *p, const uint8_t *frame, uint32_t captured_bytes,
                   const struct flow_packet *f);
