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

static char *name_hours(enum language language, char *text)
{
    char *hours = strstr(text, " h ");

    if (hours && language == LANGUAGE_NL)
        hours[1] = 'u';
    return text;
}

char *duration_in(enum language language, char *to, int64_t duration_ns)
{
    return swap_separators(language, name_hours(language, duration_text(to, duration_ns)));
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
    char english[UNITS_TEXT_BYTES];

    value_in(language, to, percent_text(english, share), false);
    return to;
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

/* "1,234" and "12.5"; returns its length. */
static size_t digits_bytes(const char *text)
{
    return isdigit((unsigned char)*text) ? strspn(text, "0123456789,.") : 0;
}

static bool is_value(const char *text, bool is_real)
{
    static const char *const units[] = { " byte",   " bytes",  " KiB",    " MiB",   " GiB",
                                         " TiB",    " PiB",    " EiB",    " bit/s", " kbit/s",
                                         " Mbit/s", " Gbit/s", " Tbit/s", " s",     " %" };
    size_t n = digits_bytes(text);
    int minutes, used = 0;

    if (n == 0 || n >= UNITS_TEXT_BYTES / 2)
        return false;
    if (!text[n])
        return is_real || !memchr(text, '.', n);
    for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
        if (strcmp(text + n, units[i]) == 0)
            return true;
    }
    if (sscanf(text + n, " min %2d s%n", &minutes, &used) < 1 || used == 0)
        sscanf(text + n, " h %2d min%n", &minutes, &used);
    return used > 0 && !text[n + (size_t)used];
}

bool value_in(enum language language, char *to, const char *text, bool is_real)
{
    static const struct {
        const char *english;
        enum text text;
    } shares[] = { { "over ", TEXT_PERCENT_OVER }, { "under ", TEXT_PERCENT_UNDER } };
    char number[UNITS_TEXT_BYTES], *unit;
    enum text share = TEXT_PERCENT;
    int64_t time_ns;

    if (time_parse(&time_ns, text, NULL) == 0) {
        time_in(language, to, time_ns);
        return true;
    }
    for (size_t i = 0; i < sizeof(shares) / sizeof(*shares); i++) {
        size_t n = strlen(shares[i].english);

        if (strncmp(text, shares[i].english, n) == 0 && strchr(text, '%')) {
            text += n;
            share = shares[i].text;
        }
    }
    if (!is_value(text, is_real))
        return false;
    snprintf(number, sizeof(number), "%s", text);
    swap_separators(language, number);
    unit = strchr(number, ' ');
    if (unit && strcmp(unit, " %") == 0) {
        *unit = '\0';
        text_with(to, UNITS_TEXT_BYTES, language, share, number);
        return true;
    }
    snprintf(to, UNITS_TEXT_BYTES, "%s", name_hours(language, number));
    return true;
}
