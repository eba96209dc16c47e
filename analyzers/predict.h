/*
 * Which connection is the next frame most likely of? Patterns of the frames seen lately, each with
 * the observation that its packets are counted in, so that the usual frame is neither decoded nor
 * looked up.
 *
 * Of fixed size. A pattern is made when the same ports come again, so that many short connections
 * don't wear it out. A wrong guess costs a comparison, never a wrong count.
 */
#pragma once

#include "analyzers/flow/flow_table.h"
#include "src/file/capture.h"
#include "src/net/pattern.h"

enum { PREDICT_SLOTS = 128 };

struct prediction {
    struct packet_pattern pattern;
    struct flow_hint hint;
    uint16_t vantage;
    uint32_t asked; /* the ports of the frame that fitted nothing here last */
};

struct predictor {
    struct prediction slots[PREDICT_SLOTS];
    uint8_t tcp_offset; /* where TCP began in the frame that a pattern was made of last */
};

/* predict_init() - nothing is known. */
void predict_init(struct predictor *p);

/*
 * predict_packet() - decode a frame that is expected.
 *
 * Returns true and fills @ret's packet and hint; or false: the frame is packet_decode()'s, and
 * predict_learn()'s when it has been counted.
 */
bool predict_packet(const struct predictor *p, uint16_t vantage,
                    const struct capture_record *record, struct flow_packet *ret);

/* predict_learn() - a frame that was not expected, decoded as @f and counted. Ethernet only. */
void predict_learn(struct predictor *p, const struct capture_record *record,
                   const struct flow_packet *f);
