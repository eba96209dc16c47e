/*
 * The packets seen lately, so that the same packet seen again at one vantage point is known for
 * what it is.
 *
 * A packet is known by a print of everything that a second copy shares with it and a retransmission
 * does not. The table is of fixed size, 64 KiB, in sets: of the packets that fall into a set the
 * latest RECENT_WAYS are remembered, so a copy a few hundred packets later is as good as certain to
 * be found.
 */
#pragma once

#include <stdint.h>

enum { RECENT_SETS = 1024, RECENT_WAYS = 8 };

/* Upper 48 bits: the print; lower 16: the time in ticks, which wrap. */
enum { RECENT_TIME_BITS = 16, RECENT_TICK_BITS = 16 };
enum { RECENT_TICK_NS = 1 << RECENT_TICK_BITS }; /* 65 us */

struct recent {
    uint64_t entries[RECENT_SETS][RECENT_WAYS];
    /* Which entry of a set is written next, the oldest. Apart, so that they stay in the cache and
     * adding waits for nothing. */
    uint8_t next[RECENT_SETS];
};

static inline uint64_t recent_entry(uint64_t print, int64_t time_ns)
{
    return print << RECENT_TIME_BITS |
           ((uint64_t)time_ns >> RECENT_TICK_BITS & ((1u << RECENT_TIME_BITS) - 1));
}

static inline unsigned recent_set_of(uint64_t print)
{
    return print >> 48 & (RECENT_SETS - 1);
}

/* recent_add() - remember a packet. */
static inline void recent_add(struct recent *r, uint64_t print, int64_t time_ns)
{
    unsigned set = recent_set_of(print);

    r->entries[set][r->next[set]++ % RECENT_WAYS] = recent_entry(print, time_ns);
}

/*
 * recent_find() - how many ticks ago, or ahead, was the packet remembered? The nearest time counts:
 * one like it may have come before. Returns -1 when it is not.
 */
static inline int recent_find(const struct recent *r, uint64_t print, int64_t time_ns)
{
    const uint64_t *entries = r->entries[recent_set_of(print)];
    uint64_t entry = recent_entry(print, time_ns);
    int nearest = -1;

    for (int i = 0; i < RECENT_WAYS; i++) {
        if ((entries[i] ^ entry) >> RECENT_TIME_BITS == 0) {
            int apart = (int16_t)(uint16_t)(entry - entries[i]);

            apart = apart < 0 ? -apart : apart;
            if (nearest < 0 || apart < nearest)
                nearest = apart;
        }
    }
    return nearest;
}
