/*
 * Timestamps of a pcapng interface as nanoseconds since 1970: if_tsresol and if_tsoffset.
 * A plain value, any thread.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct timescale {
    uint64_t fast_limit; /* below it, time = units * unit_ns + offset_ns */
    int64_t unit_ns;     /* 0: shorter than 1 ns, or no power of ten */
    int64_t offset_ns;
    uint8_t resolution; /* if_tsresol */
    bool has_offset;    /* the offset can be told in nanoseconds */
};

enum { TIMESCALE_MICROSECONDS = 6 };

/*
 * timescale_of() - for if_tsresol (10^-n, with the high bit 2^-n) and if_tsoffset (seconds).
 */
struct timescale timescale_of(uint8_t resolution, int64_t offset_s);

/* timescale_convert() - the general case of timescale_ns(). */
bool timescale_convert(const struct timescale *scale, uint64_t units, int64_t *ret_ns);

/* timescale_ns() - returns false, and writes 0, for a time that int64_t nanoseconds can't hold
 * (beyond the year 2262). */
static inline bool timescale_ns(const struct timescale *scale, uint64_t units, int64_t *ret_ns)
{
    if (units >= scale->fast_limit)
        return timescale_convert(scale, units, ret_ns);
    *ret_ns = (int64_t)units * scale->unit_ns + scale->offset_ns;
    return true;
}
