#include "analyzers/report/numbers.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const double ns_per_s = 1e9;

/* A point or comma between two digits belongs to the number. */
static char *swap_separators(enum language language, char *text)
{
    if (language != LANGUAGE_NL)
        return text;
    for (char *at = text; *at; at++) {
        if ((*at == '.' || *at == ',') && at > text && isdigit((unsigned char)at[-1]) &&
            isdigit((unsigned char)at[1]))
            *at = *at == '.' ? ',' : '.';
    }
    return text;
}

char *bytes_in(enum language language, char *to, uint64_t bytes)
{
    return swap_separators(language, bytes_text(to, bytes));
}

char *rate_in(enum language language, char *to, double bits_per_second)
{
    return swap_separators(language, rate_text(to, bits_per_second));
}

char *duration_in(enum language language, char *to, int64_t duration_ns)
{
    char *hour = strstr(duration_text(to, duration_ns), " h ");

    if (hour && language == LANGUAGE_NL)
        hour[1] = 'u';
    return swap_separators(language, to);
}

char *seconds_in(enum language language, char *to, double seconds)
{
    return duration_in(language, to, llround(seconds * ns_per_s));
}

char *count_in(enum language language, char *to, uint64_t count)
{
    return swap_separators(language, count_text(to, count));
}

char *percent_in(enum language language, char *to, double share)
{
    char english[UNITS_TEXT_BYTES], *number = english;
    enum text text = TEXT_PERCENT;

    percent_text(english, share);
    if (strncmp(english, "over ", 5) == 0) {
        text = TEXT_PERCENT_OVER;
        number += 5;
    } else if (strncmp(english, "under ", 6) == 0) {
        text = TEXT_PERCENT_UNDER;
        number += 6;
    }
    number[strcspn(number, " ")] = '\0';
    return text_with(to, UNITS_TEXT_BYTES, language, text, swap_separators(language, number));
}

char *real_in(enum language language, char *to, int decimals, double value)
{
    if (decimals < 0)
        snprintf(to, UNITS_TEXT_BYTES, "%g", value);
    else
        snprintf(to, UNITS_TEXT_BYTES, "%.*f", decimals, value);
    return swap_separators(language, to);
}

char *factor_in(enum language language, char *to, double factor)
{
    if (factor >= 999.5)
        return count_in(language, to, (uint64_t)llround(factor));
    snprintf(to, UNITS_TEXT_BYTES, "%.3g", factor);
    return swap_separators(language, to);
}

char *time_in(enum language language, char *to, int64_t time_ns)
{
    char english[UNITS_TEXT_BYTES];
    int year = 0, month = 0, day = 0;

    time_text(english, time_ns);
    if (language != LANGUAGE_NL || sscanf(english, "%d-%d-%dT", &year, &month, &day) != 3) {
        snprintf(to, UNITS_TEXT_BYTES, "%s", english);
        return to;
    }
    snprintf(to, UNITS_TEXT_BYTES, "%d-%d-%d %.18s UTC", day, month, year,
             strchr(english, 'T') + 1);
    return swap_separators(language, to);
}

char *clock_in(enum language language, char *to, int64_t time_ns)
{
    char whole[UNITS_TEXT_BYTES];

    snprintf(to, UNITS_TEXT_BYTES, "%.12s", strchr(time_text(whole, time_ns), 'T') + 1);
    return swap_separators(language, to);
}
