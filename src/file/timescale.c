#include "src/file/timescale.h"

enum {
    BINARY = 0x80, /* if_tsresol: 2^-n instead of 10^-n */
    EXPONENT = 0x7f,
    MAX_POWER_OF_TEN = 19, /* 10^20 passes 64 bits */
};

static const uint64_t second_ns = 1000000000;

static uint64_t power_of_ten(unsigned exponent)
{
    uint64_t power = 1;

    while (exponent--)
        power *= 10;
    return power;
}

/* Units of 2^-n s, exactly, rounded down. Returns false over 64 bits. */
static bool binary_ns(unsigned n, uint64_t units, uint64_t *ret_ns)
{
    uint64_t seconds = n < 64 ? units >> n : 0;
    uint64_t fraction = n < 64 ? units & (((uint64_t)1 << n) - 1) : units;
    uint64_t high, ns = 0;

    /* fraction * 10^9 needs up to 94 bits; its low 32 matter only while n is below 32 */
    high = (fraction >> 32) * second_ns + ((fraction & UINT32_MAX) * second_ns >> 32);
    if (n < 32)
        ns = fraction * second_ns >> n;
    else if (n - 32 < 64)
        ns = high >> (n - 32);
    return !__builtin_mul_overflow(seconds, second_ns, &seconds) &&
           !__builtin_add_overflow(seconds, ns, ret_ns);
}

static bool decimal_ns(unsigned n, uint64_t units, uint64_t *ret_ns)
{
    if (n <= 9)
        return !__builtin_mul_overflow(units, power_of_ten(9 - n), ret_ns);
    *ret_ns = n - 9 > MAX_POWER_OF_TEN ? 0 : units / power_of_ten(n - 9);
    return true;
}

struct timescale timescale_of(uint8_t resolution, int64_t offset_s)
{
    struct timescale scale = { .resolution = resolution };
    uint64_t unit_ns;

    scale.has_offset = !__builtin_mul_overflow(offset_s, (int64_t)second_ns, &scale.offset_ns);
    if (scale.has_offset && resolution <= 9) {
        unit_ns = power_of_ten(9u - resolution);
        scale.unit_ns = (int64_t)unit_ns;
        scale.fast_limit =
            (uint64_t)(scale.offset_ns > 0 ? INT64_MAX - scale.offset_ns : INT64_MAX) / unit_ns;
    }
    return scale;
}

bool timescale_convert(const struct timescale *scale, uint64_t units, int64_t *ret_ns)
{
    unsigned n = scale->resolution & EXPONENT;
    int64_t time_ns;
    uint64_t ns;
    bool fits;

    *ret_ns = 0;
    if (!scale->has_offset)
        return false;
    fits = scale->resolution & BINARY ? binary_ns(n, units, &ns) : decimal_ns(n, units, &ns);
    if (!fits || ns > INT64_MAX || __builtin_add_overflow((int64_t)ns, scale->offset_ns, &time_ns))
        return false;
    *ret_ns = time_ns;
    return true;
}
