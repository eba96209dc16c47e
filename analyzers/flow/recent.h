/*
 * The packets seen lately, so that the same packet seen again at one vantage point is known for
 * what it is.
 *
 * A packet is known by a 64-bit print of everything that a second copy shares with it and a
 * retransmission does not. The table is direct-mapped and of fixed size: a print is forgotten when
 * another takes its place.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { RECENT_SLOTS = 1 << 14 };

struct recent_slot {
    uint64_t print;
    int64_t time_ns;
};

struct recent {
    struct recent_slot slots[RECENT_SLOTS];
};

/*
 * recent_see() - remember a print. Returns true when it was there, at most @window_ns away. A
 * window below 0 only remembers.
 */
static inline bool recent_see(struct recent *r, uint64_t print, int64_t time_ns, int64_t window_ns)
{
    struct recent_slot *slot = &r->slots[print % RECENT_SLOTS];
    bool is_again = false;

    if (window_ns >= 0 && slot->print == print) {
        uint64_t apart = time_ns > slot->time_ns ? (uint64_t)time_ns - (uint64_t)slot->time_ns
                                                 : (uint64_t)slot->time_ns - (uint64_t)time_ns;

        is_again = apart <= (uint64_t)window_ns;
    }
    *slot = (struct recent_slot){ print, time_ns };
    return is_again;
}
