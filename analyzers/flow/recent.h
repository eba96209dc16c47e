/*
 * The packets seen lately, so that the same packet seen again at one vantage point is known for
 * what it is.
 *
 * A packet is known by a print of everything that a second copy shares with it and a retransmission
 * does not. The table is of fixed size, 64 KiB, in sets of one cache line: of the packets that fall
 * into a set the latest RECENT_WAYS are remembered, so a copy a few hundred packets later is as
 * good as certain to be found.
 */
#pragma once

#include <stdint.h>

enum { RECENT_SETS = 1024, RECENT_WAYS = 7 };

/* Upper 48 bits: the print; lower 16: the time in ticks, which wrap. */
enum { RECENT_TIME_BITS = 16, RECENT_TICK_BITS = 16 };
enum { RECENT_TICK_NS = 1 << RECENT_TICK_BITS }; /* 65 us */

struct recent_set {
    uint64_t next; /* the entry to be written next, the oldest */
    uint64_t entries[RECENT_WAYS];
};

struct recent {
    struct recent_set sets[RECENT_SETS];
};

static inline uint64_t recent_entry(uint64_t print, int64_t time_ns)
{
    return print << RECENT_TIME_BITS |
           ((uint64_t)time_ns >> RECENT_TICK_BITS & ((1u << RECENT_TIME_BITS) - 1));
}

static inline struct recent_set *recent_set_of(struct recent *r, uint64_t print)
{
    return &r->sets[print >> 48 & (RECENT_SETS - 1)];
}

/* recent_add() - remember a packet. */
static inline void recent_add(struct recent *r, uint64_t print, int64_t time_ns)
{
    struct recent_set *set = recent_set_of(r, print);

    set->entries[set->next] = recent_entry(print, time_ns);
    set->next = set->next == RECENT_WAYS - 1 ? 0 : set->next + 1;
}

/*
 * recent_find() - how many ticks ago, or ahead, was the packet remembered? The nearest time counts:
 * one like it may have come before. Returns -1 when it is not.
 */
static inline int recent_find(struct recent *r, uint64_t print, int64_t time_ns)
{
    const struct recent_set *set = recent_set_of(r, print);
    uint64_t entry = recent_entry(print, time_ns);
    int nearest = -1;

    for (int i = 0; i < RECENT_WAYS; i++) {
        if ((set->entries[i] ^ entry) >> RECENT_TIME_BITS == 0) {
            int apart = (int16_t)(uint16_t)(entry - set->entries[i]);

            apart = apart < 0 ? -apart : apart;
            if (nearest < 0 || apart < nearest)
                nearest = apart;
        }
    }
    return nearest;
}
