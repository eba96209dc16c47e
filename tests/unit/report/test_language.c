#include "analyzers/report/language.h"

#include <criterion/criterion.h>
#include <string.h>

#include "analyzers/report/numbers.h"

static struct error err;
static char to[200];

/* Bit i: the text has the place {i}. */
static unsigned places_of(const char *text)
{
    unsigned places = 0;

    for (; (text = strchr(text, '{')) != NULL; text++) {
        cr_assert(text[1] >= '1' && text[1] <= '9' && text[2] == '}', "%s", text);
        places |= 1u << (text[1] - '0');
    }
    return places;
}

Test(language, is_found_by_its_name)
{
    enum language language = LANGUAGE_EN;

    cr_assert_eq(language_find(&language, "nl", &err), 0);
    cr_assert_eq(language, LANGUAGE_NL);
    cr_assert_str_eq(language_name(language), "nl");
    cr_assert_eq(language_find(&language, "de", &err), ERR_USAGE);
    cr_assert_eq(language, LANGUAGE_NL);
}

Test(language, has_the_same_places_in_every_language)
{
    for (enum text text = 0; text < N_TEXTS; text++)
        cr_expect_eq(places_of(text_in(LANGUAGE_EN, text)), places_of(text_in(LANGUAGE_NL, text)),
                     "%s", text_in(LANGUAGE_EN, text));
}

Test(language, has_no_text_that_is_markup)
{
    for (enum text text = 0; text < N_TEXTS; text++) {
        for (enum language l = 0; l < N_LANGUAGES; l++)
            cr_expect(strpbrk(text_in(l, text), "<>&\"*`|[]\\\n") == NULL, "%s", text_in(l, text));
    }
}

Test(language, fills_places_wherever_they_stand)
{
    text_with(to, sizeof(to), LANGUAGE_NL, TEXT_WENT_IN, "1%", "2 MiB", "3", "via {1}");
    cr_assert_str_eq(to, "1% van het geheugen (2 MiB in 3 overdrachten) ging via {1}");
}

Test(language, cuts_between_two_characters)
{
    static const char lanes[] = "Gr\303\274n";

    text_with(to, 4, LANGUAGE_EN, TEXT_AS_IT_IS, lanes);
    cr_assert_str_eq(to, "Gr");
    text_with(to, 5, LANGUAGE_EN, TEXT_AS_IT_IS, lanes);
    cr_assert_str_eq(to, "Gr\303\274");
    /* what follows the cut is not written either */
    text_with(to, 4, LANGUAGE_EN, TEXT_NAME_INTENDED, lanes);
    cr_assert_str_eq(to, "Gr");
}

Test(language, lists_items)
{
    static const char *const items[] = { "A", "B", "C" };

    cr_assert_str_eq(text_list(to, sizeof(to), LANGUAGE_EN, items, 0, 0), "");
    cr_assert_str_eq(text_list(to, sizeof(to), LANGUAGE_EN, items, 1, 0), "A");
    cr_assert_str_eq(text_list(to, sizeof(to), LANGUAGE_EN, items, 3, 0), "A, B and C");
    cr_assert_str_eq(text_list(to, sizeof(to), LANGUAGE_NL, items, 3, 2), "A, B, C en nog 2");
}

Test(language, writes_numbers_in_its_way)
{
    cr_assert_str_eq(count_in(LANGUAGE_EN, to, 1234567), "1,234,567");
    cr_assert_str_eq(count_in(LANGUAGE_NL, to, 1234567), "1.234.567");
    cr_assert_str_eq(bytes_in(LANGUAGE_NL, to, 1536), "1,50 KiB");
    cr_assert_str_eq(rate_in(LANGUAGE_NL, to, 2.5e9), "2,50 Gbit/s");
    cr_assert_str_eq(seconds_in(LANGUAGE_NL, to, 7500), "2 u 05 min");
    cr_assert_str_eq(seconds_in(LANGUAGE_EN, to, 7500), "2 h 05 min");
    cr_assert_str_eq(percent_in(LANGUAGE_EN, to, 0.9995), "99.95 %");
    cr_assert_str_eq(percent_in(LANGUAGE_NL, to, 0.9995), "99,95%");
    cr_assert_str_eq(percent_in(LANGUAGE_EN, to, 0.999999), "over 99.99 %");
    cr_assert_str_eq(percent_in(LANGUAGE_NL, to, 0.999999), "meer dan 99,99%");
    cr_assert_str_eq(percent_in(LANGUAGE_NL, to, 0.000001), "minder dan 0,01%");
    cr_assert_str_eq(real_in(LANGUAGE_NL, to, REAL_AS_SHORT, 0.95), "0,95");
    cr_assert_str_eq(real_in(LANGUAGE_NL, to, 1, 12), "12,0");
    cr_assert_str_eq(factor_in(LANGUAGE_NL, to, 3.456), "3,46");
    cr_assert_str_eq(factor_in(LANGUAGE_NL, to, 12345.6), "12.346");
}

Test(language, writes_times_in_its_way)
{
    static const int64_t noon_ns = INT64_C(1795435113152896400);

    cr_assert_str_eq(time_in(LANGUAGE_EN, to, noon_ns), "2026-11-23T11:58:33.152896400Z");
    cr_assert_str_eq(time_in(LANGUAGE_NL, to, noon_ns), "23-11-2026 11:58:33,152896400 UTC");
    cr_assert_str_eq(clock_in(LANGUAGE_EN, to, noon_ns), "11:58:33.152");
    cr_assert_str_eq(clock_in(LANGUAGE_NL, to, noon_ns), "11:58:33,152");
}
