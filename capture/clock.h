/* The two clocks of a recording: the wall's, which may jump, and one that never does. */
#pragma once

#include <stdint.h>
#include <time.h>
#include <uv.h>

static inline int64_t clock_wall_ns(void)
{
    struct timespec now;

    timespec_get(&now, TIME_UTC);
    return (int64_t)now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

static inline int64_t clock_monotonic_ns(void)
{
    return (int64_t)uv_hrtime();
}
