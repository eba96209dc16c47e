#include "src/cli/progress.h"

#include <criterion/criterion.h>

#include "tests/unit/scratch.h"

static char text[160];

Test(progress, tells_percent_bytes_and_packets)
{
    progress_text(text, sizeof(text), 1234567, 3u << 20, 4u << 20);
    cr_assert_str_eq(text, "reading:  75 %, 3.00 MiB of 4.00 MiB, 1,234,567 packets");
}

Test(progress, leaves_out_a_total_that_is_unknown_or_passed)
{
    progress_text(text, sizeof(text), 7, 1u << 20, 0);
    cr_assert_str_eq(text, "reading: 1.00 MiB, 7 packets");
    progress_text(text, sizeof(text), 7, 2u << 20, 1u << 20);
    cr_assert_str_eq(text, "reading: 2.00 MiB, 7 packets");
}

Test(progress, is_silent_where_nobody_looks)
{
    struct progress p;
    struct scratch s = scratch_open();
    char shown[64];

    progress_start(&p, s.out);
    p.started_ms -= 100000;
    progress_show(&p, 1, 2, 3);
    progress_end(&p);
    cr_assert_str_eq(scratch_close(&s, shown, sizeof(shown)), "");
}
