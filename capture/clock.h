/* The two clocks of a recording: the wall's, which may jump, and one that never does. */
#pragma once

#include <stdint.h>
#include <uv.h>

static inline int64_t clock_wall_ns(void)
{
    uv_timeval64_t now;

    uv_gettimeofday(&now); /* fails for a NULL only; C11's timespec_get() is not everywhere */
    return now.tv_sec * INT64_C(1000000000) + now.tv_usec * INT64_C(1000);
}

static inline int64_t clock_monotonic_ns(void)
{
    return (int64_t)uv_hrtime();
}
