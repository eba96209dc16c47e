#include "src/base/units.h"

#include <criterion/criterion.h>

static void expect_same(int64_t time_ns)
{
    char text[UNITS_TEXT_BYTES];
    int64_t parsed = 1;

    cr_assert_eq(time_parse(&parsed, time_text(text, time_ns), NULL), 0, "%s", text);
    cr_expect_eq(parsed, time_ns, "%s", text);
}

Test(units_time, reads_back_what_it_writes)
{
    expect_same(0);
    expect_same(1);
    expect_same(-1);
    expect_same(1795302548152896400);
    expect_same(951782400000000000);  /* 29 February 2000 */
    expect_same(4107542399999999999); /* the last moment of 28 February 2100 */
    expect_same(4107542400000000000); /* 1 March: 2100 has no leap day */
    for (int64_t day = -100000; day < 100000; day += 13)
        expect_same(day * 86400000000000 + 3661000000001);
}

Test(units_time, takes_fewer_digits)
{
    int64_t parsed;

    cr_assert_eq(time_parse(&parsed, "1970-01-01T00:00:01Z", NULL), 0);
    cr_expect_eq(parsed, 1000000000);
    cr_assert_eq(time_parse(&parsed, "1970-01-01T00:00:01.25Z", NULL), 0);
    cr_expect_eq(parsed, 1250000000);
}

Test(units_time, refuses_what_is_no_time)
{
    static const char *const texts[] = {
        "",
        "now",
        "2026-11-21",
        "2026-11-21T22:59:08",
        "2026-11-21T22:59:08+01:00",
        "2026-11-21T22:59:08.Z",
        "2026-11-21T22:59:08.1234567890Z",
        "2026-13-21T22:59:08Z",
        "2026-00-21T22:59:08Z",
        "2026-11-32T22:59:08Z",
        "2026-11-21T24:59:08Z",
        "2026-11-21T22:60:08Z",
        "2026-11-21 22:59:08Z",
        "1677-01-01T00:00:00Z",
        "2262-01-01T00:00:00Z",
        "2026-11-21T22:59:08ZZ",
        " 2026-11-21T22:59:08Z",
    };
    int64_t parsed = 7;

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        cr_expect_eq(time_parse(&parsed, texts[i], NULL), ERR_INPUT, "%s", texts[i]);
    cr_expect_eq(parsed, 7);
}
