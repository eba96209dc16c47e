/*
 * Packets that look like copies of one just seen, but may be quick retransmissions: without an IP
 * id the two are alike. One alone can't be judged, all of a direction together can: a mirror or a
 * capture at several layers doubles nearly every packet, a sender repeats few. So they are counted
 * apart and settled at the end.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MAX_SUSPECTS = 1 << 20 };

/* Of one half of one observation. */
struct suspect {
    uint32_t half_number; /* 2 * observation number + half + 1; 0: empty slot */
    uint32_t packets;
    uint64_t wire_bytes;
    uint64_t payload_bytes;
};

struct suspects {
    struct suspect *slots; /* open addressing */
    size_t n_slots;        /* 0 or a power of two */
    size_t n;
};

void suspects_release(struct suspects *s);

/* suspects_count() - one packet more. Returns false when there is no room for another half. */
bool suspects_count(struct suspects *s, uint32_t number, int half, uint32_t wire_bytes,
                    uint32_t payload_bytes);
/* suspects_forget() - the observation's number is to mean another one. */
void suspects_forget(struct suspects *s, uint32_t number);
