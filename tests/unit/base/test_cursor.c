#include "src/base/cursor.h"

#include <criterion/criterion.h>

static const uint8_t bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };

Test(cursor, reads_both_byte_orders)
{
    struct cursor c = cursor_of(bytes, sizeof(bytes));

    cr_expect_eq(cursor_u8(&c), 1);
    c = cursor_of(bytes, sizeof(bytes));
    cr_expect_eq(cursor_u16be(&c), 0x0102);
    cr_expect_eq(cursor_u16le(&c), 0x0403);
    c = cursor_of(bytes, sizeof(bytes));
    cr_expect_eq(cursor_u32be(&c), 0x01020304u);
    cr_expect_eq(cursor_u32le(&c), 0x08070605u);
    c = cursor_of(bytes, sizeof(bytes));
    cr_expect_eq(cursor_u64be(&c), UINT64_C(0x0102030405060708));
    c = cursor_of(bytes, sizeof(bytes));
    cr_expect_eq(cursor_u64le(&c), UINT64_C(0x0807060504030201));
    cr_expect_eq(cursor_left(&c), 1);
    cr_expect(!c.failed);
}

Test(cursor, takes_high_bytes_as_they_are)
{
    static const uint8_t high[8] = { 0xff, 0xfe, 0xfd, 0xfc, 0xfb, 0xfa, 0xf9, 0xf8 };
    struct cursor c = cursor_of(high, sizeof(high));

    cr_expect_eq(cursor_u32be(&c), 0xfffefdfcu);
    cr_expect_eq(cursor_u32le(&c), 0xf8f9fafbu);
    c = cursor_of(high, sizeof(high));
    cr_expect_eq(cursor_u64be(&c), UINT64_C(0xfffefdfcfbfaf9f8));
}

Test(cursor, a_read_past_the_end_fails_gives_0_and_moves_nothing)
{
    struct cursor c = cursor_of(bytes, 3);

    cr_expect_eq(cursor_u32be(&c), 0);
    cr_expect(c.failed);
    cr_expect_eq(cursor_left(&c), 3);
    c = cursor_of(bytes, 7);
    cr_expect_eq(cursor_u64le(&c), 0);
    cr_expect(c.failed);
    cr_expect_eq(cursor_left(&c), 7);
}

Test(cursor, a_failure_sticks)
{
    struct cursor c = cursor_of(bytes, 3);

    cursor_skip(&c, 4);
    cr_expect_eq(cursor_u8(&c), 1);
    cr_expect(c.failed);
}

Test(cursor, nothing_has_nothing)
{
    struct cursor c = cursor_of(NULL, 0);

    cr_expect_eq(cursor_left(&c), 0);
    cr_expect_eq(cursor_u8(&c), 0);
    cr_expect(c.failed);
}

Test(cursor, take_and_skip_move_to_the_very_end)
{
    struct cursor c = cursor_of(bytes, sizeof(bytes));

    cr_expect_eq(cursor_take(&c, 4), bytes);
    cursor_skip(&c, 5);
    cr_expect_eq(cursor_left(&c), 0);
    cr_expect(!c.failed);
    cr_expect_eq(cursor_take(&c, SIZE_MAX), NULL);
    cr_expect(c.failed);
}

Test(cursor, a_part_ends_where_it_should)
{
    struct cursor c = cursor_of(bytes, sizeof(bytes)), part = cursor_sub(&c, 2);

    cr_expect_eq(cursor_u16be(&part), 0x0102);
    cr_expect_eq(cursor_u8(&part), 0);
    cr_expect(part.failed);
    cr_expect(!c.failed);
    cr_expect_eq(cursor_u8(&c), 3);
}

Test(cursor, a_part_that_is_not_there_fails_both)
{
    struct cursor c = cursor_of(bytes, 3), part = cursor_sub(&c, 4);

    cr_expect(part.failed);
    cr_expect_eq(cursor_left(&part), 0);
    cr_expect(c.failed);
    cr_expect_eq(cursor_left(&c), 3);
}
