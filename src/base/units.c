/* Sizes, rates, times and shares as text, and sizes back from text. */
#include "src/base/units.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define NS_PER_S INT64_C(1000000000)

/* Three significant digits without an exponent: "1.50", "19.6", "196". */
static void scaled(char *to, double value, const char *unit)
{
    const char *format = value < 9.995 ? "%.2f %s" : value < 99.95 ? "%.1f %s" : "%.0f %s";

    snprintf(to, UNITS_TEXT_BYTES, format, value, unit);
}

char *bytes_text(char *to, uint64_t bytes)
{
    static const char *const units[] = { "KiB", "MiB", "GiB", "TiB", "PiB", "EiB" };
    double value = (double)bytes / 1024;
    size_t i = 0;

    if (bytes < 1024) {
        snprintf(to, UNITS_TEXT_BYTES, "%" PRIu64 " byte%s", bytes, bytes == 1 ? "" : "s");
        return to;
    }
    for (; value >= 1023.5 && i + 1 < sizeof(units) / sizeof(*units); i++)
        value /= 1024;
    scaled(to, value, units[i]);
    return to;
}

char *rate_text(char *to, double bits_per_second)
{
    static const char *const units[] = { "bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s" };
    size_t i = 0;

    for (; bits_per_second >= 999.5 && i + 1 < sizeof(units) / sizeof(*units); i++)
        bits_per_second /= 1000;
    if (i == 0)
        snprintf(to, UNITS_TEXT_BYTES, "%.0f %s", bits_per_second, units[i]);
    else
        scaled(to, bits_per_second, units[i]);
    return to;
}

char *duration_text(char *to, int64_t duration_ns)
{
    int64_t seconds = duration_ns / NS_PER_S;

    if (seconds < 60)
        scaled(to, (double)duration_ns / (double)NS_PER_S, "s");
    else if (seconds < 3600)
        snprintf(to, UNITS_TEXT_BYTES, "%" PRId64 " min %02" PRId64 " s", seconds / 60,
                 seconds % 60);
    else
        snprintf(to, UNITS_TEXT_BYTES, "%" PRId64 " h %02" PRId64 " min", seconds / 3600,
                 seconds % 3600 / 60);
    return to;
}

/* Days since 1970-01-01 to a civil date, by 400-year eras that start on 1 March. */
static void civil_date(int64_t days, int64_t *ret_year, int *ret_month, int *ret_day)
{
    int64_t shifted = days + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;

    *ret_day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    *ret_month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    *ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

char *time_text(char *to, int64_t time_ns)
{
    int64_t seconds = time_ns / NS_PER_S, ns = time_ns % NS_PER_S, days, of_day, year;
    int month, day;

    if (ns < 0) {
        ns += NS_PER_S;
        seconds--;
    }
    days = seconds / 86400;
    of_day = seconds % 86400;
    if (of_day < 0) {
        of_day += 86400;
        days--;
    }
    civil_date(days, &year, &month, &day);
    snprintf(to, UNITS_TEXT_BYTES,
             "%04" PRId64 "-%02d-%02dT%02" PRId64 ":%02" PRId64 ":%02" PRId64 ".%09" PRId64 "Z",
             year, month, day, of_day / 3600, of_day / 60 % 60, of_day % 60, ns);
    return to;
}

/* The inverse of civil_date(). */
static int64_t civil_days(int64_t year, int month, int day)
{
    int64_t shifted = year - (month <= 2);
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int64_t year_of_era = shifted - era * 400;
    int64_t month_from_march = month > 2 ? month - 3 : month + 9;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

/* @n digits at *at; moves past them. Returns -1 when there are fewer. */
static int take_digits(const char **at, int n)
{
    int value = 0;

    for (; n > 0; n--, (*at)++) {
        if (**at < '0' || **at > '9')
            return -1;
        value = value * 10 + (**at - '0');
    }
    return value;
}

static bool take_number(const char **at, int n_digits, char behind, int least, int most,
                        int *ret_value)
{
    *ret_value = take_digits(at, n_digits);
    if (*ret_value < least || *ret_value > most || (behind && **at != behind))
        return false;
    *at += behind != 0;
    return true;
}

/* "" or ".5" or ".123456789" */
static bool take_fraction(const char **at, int64_t *ret_ns)
{
    int64_t ns = 0, unit = NS_PER_S;

    *ret_ns = 0;
    if (**at != '.')
        return true;
    for ((*at)++; **at >= '0' && **at <= '9' && unit > 1; (*at)++) {
        unit /= 10;
        ns += (**at - '0') * unit;
    }
    *ret_ns = ns;
    return unit < NS_PER_S;
}

int time_parse(int64_t *ret_time_ns, const char *text, struct error *err)
{
    const char *at = text;
    int year, month, day, hour, minute, second;
    int64_t ns;

    if (!take_number(&at, 4, '-', 1678, 2261, &year) || !take_number(&at, 2, '-', 1, 12, &month) ||
        !take_number(&at, 2, 'T', 1, 31, &day) || !take_number(&at, 2, ':', 0, 23, &hour) ||
        !take_number(&at, 2, ':', 0, 59, &minute) || !take_number(&at, 2, 0, 0, 60, &second) ||
        !take_fraction(&at, &ns) || strcmp(at, "Z") != 0)
        return error_set(err, ERR_INPUT, "'%.40s' is no time such as 2026-11-21T22:59:08.5Z", text);
    *ret_time_ns =
        (civil_days(year, month, day) * 86400 + hour * 3600 + minute * 60 + second) * NS_PER_S + ns;
    return 0;
}

char *count_text(char *to, uint64_t count)
{
    char digits[24];
    size_t n = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, count), at = 0;

    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            to[at++] = ',';
        to[at++] = digits[i];
    }
    to[at] = '\0';
    return to;
}

char *percent_text(char *to, double share)
{
    double percent = share * 100;

    if (percent >= 100 || percent <= 0)
        snprintf(to, UNITS_TEXT_BYTES, "%.0f %%", percent);
    else if (percent > 99.99)
        snprintf(to, UNITS_TEXT_BYTES, "over 99.99 %%");
    else if (percent < 0.01)
        snprintf(to, UNITS_TEXT_BYTES, "under 0.01 %%");
    else if (percent >= 99.95 || percent < 1)
        snprintf(to, UNITS_TEXT_BYTES, "%.2f %%", percent);
    else
        snprintf(to, UNITS_TEXT_BYTES, "%.1f %%", percent);
    return to;
}

int bytes_parse(uint64_t *ret_bytes, const char *text, struct error *err)
{
    static const char units[] = "KMGTP";
    char *end;
    unsigned shift = 0;
    uint64_t value;

    errno = 0;
    value = strtoull(text, &end, 10);
    if (!isdigit((unsigned char)*text) || errno)
        return error_set(err, ERR_USAGE, "'%s' is no size, write one like 16GiB", text);
    if (*end) {
        const char *unit = strchr(units, toupper((unsigned char)*end));

        if (!unit || (end[1] && strcasecmp(end + 1, "iB") && strcasecmp(end + 1, "B")))
            return error_set(err, ERR_USAGE, "'%s' is no size, write one like 16GiB", text);
        shift = 10 * (unsigned)(unit - units + 1);
    }
    if (value > UINT64_MAX >> shift)
        return error_set(err, ERR_USAGE, "'%s' is too large", text);
    *ret_bytes = value << shift;
    return 0;
}
