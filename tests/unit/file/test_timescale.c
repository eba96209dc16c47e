#include "src/file/timescale.h"

#include <criterion/criterion.h>

static int64_t converted(uint8_t resolution, int64_t offset_s, uint64_t units)
{
    struct timescale scale = timescale_of(resolution, offset_s);
    int64_t ns = -1;

    cr_assert(timescale_ns(&scale, units, &ns));
    return ns;
}

static bool fits(uint8_t resolution, int64_t offset_s, uint64_t units)
{
    struct timescale scale = timescale_of(resolution, offset_s);
    int64_t ns = -1;
    bool does = timescale_ns(&scale, units, &ns);

    cr_assert(does || ns == 0);
    return does;
}

Test(timescale, converts_powers_of_ten)
{
    cr_expect_eq(converted(0, 0, 1700000000), 1700000000000000000);
    cr_expect_eq(converted(3, 0, 1700000000123), 1700000000123000000);
    cr_expect_eq(converted(6, 0, 1700000000123456), 1700000000123456000);
    cr_expect_eq(converted(7, 0, 17000000001234567), 1700000000123456700);
    cr_expect_eq(converted(9, 0, 1700000000123456789), 1700000000123456789);
    cr_expect_eq(converted(10, 0, 17000000001234567899u), 1700000000123456789);
    cr_expect_eq(converted(12, 0, 1234567), 1234);
    cr_expect_eq(converted(28, 0, UINT64_MAX), 1);
    cr_expect_eq(converted(29, 0, UINT64_MAX), 0);
    cr_expect_eq(converted(127, 0, UINT64_MAX), 0);
}

Test(timescale, converts_powers_of_two_exactly)
{
    cr_expect_eq(converted(0x80, 0, 1700000000), 1700000000000000000);
    cr_expect_eq(converted(0x80 | 1, 0, 3), 1500000000);
    cr_expect_eq(converted(0x80 | 10, 0, 1024 * 5 + 1), 5000976562);
    cr_expect_eq(converted(0x80 | 31, 0, (UINT64_C(7) << 31) + 1), 7000000000);
    cr_expect_eq(converted(0x80 | 32, 0, (UINT64_C(1700000000) << 32) + 0x80000000u),
                 1700000000500000000);
    cr_expect_eq(converted(0x80 | 32, 0, UINT32_MAX), 999999999);
    cr_expect_eq(converted(0x80 | 63, 0, UINT64_MAX), 1999999999);
    cr_expect_eq(converted(0x80 | 64, 0, UINT64_MAX), 999999999);
    cr_expect_eq(converted(0x80 | 65, 0, UINT64_MAX), 499999999);
    cr_expect_eq(converted(0x80 | 96, 0, UINT64_MAX), 0);
    cr_expect_eq(converted(0xff, 0, UINT64_MAX), 0);
}

Test(timescale, adds_the_offset)
{
    cr_expect_eq(converted(6, 1700000000, 5), 1700000000000005000);
    cr_expect_eq(converted(6, -10, 11000000), 1000000000);
    cr_expect_eq(converted(6, -10, 1), -9999999000);
    cr_expect_eq(converted(0x80 | 8, -1, 128), -500000000);
    cr_expect_eq(converted(12, 100, 5000), 100000000005);
}

Test(timescale, tells_what_it_cannot_hold)
{
    cr_expect(fits(9, 0, INT64_MAX));
    cr_expect(!fits(9, 0, (uint64_t)INT64_MAX + 1));
    cr_expect(fits(6, 0, INT64_MAX / 1000));
    cr_expect(!fits(6, 0, INT64_MAX / 1000 + 1));
    cr_expect(!fits(0, 0, UINT64_MAX));
    cr_expect(!fits(0x80, 0, UINT64_MAX));
    cr_expect(!fits(0x80 | 29, 0, UINT64_MAX));
    cr_expect(!fits(0x80 | 29, 0, (UINT64_C(18446744073) << 29) + 483183820)); /* 2^64 ns */
    cr_expect(!fits(9, 1, INT64_MAX));
    cr_expect(!fits(6, INT64_MAX, 0));
    cr_expect(!fits(6, INT64_MIN, 0));
    cr_expect(!fits(6, 10000000000, 0));
    cr_expect(fits(9, -1, (uint64_t)INT64_MAX));
}
