/*
 * Numbers, sizes and times as a language writes them: Dutch has a decimal comma, points between
 * thousands, no space before the percent sign and the day before the month.
 *
 * Like those of src/base/units, each writes into the caller's buffer (UNITS_TEXT_BYTES) and returns
 * it. English is what src/base/units writes.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "analyzers/report/language.h"
#include "src/base/units.h"

char *bytes_in(enum language language, char *to, uint64_t bytes);
char *rate_in(enum language language, char *to, double bits_per_second);
char *duration_in(enum language language, char *to, int64_t duration_ns);
char *seconds_in(enum language language, char *to, double seconds);
char *count_in(enum language language, char *to, uint64_t count);
char *percent_in(enum language language, char *to, double share);
enum { REAL_AS_SHORT = -1 };
/* real_in() - with so many decimals, or as short as it gets. */
char *real_in(enum language language, char *to, int decimals, double value);
/* factor_in() - three digits tell a factor: "1.05", "3.4", "12,400". */
char *factor_in(enum language language, char *to, double factor);
/* time_in() - "2026-11-22T02:18:33.152896400Z", "22-11-2026 02:18:33,152896400 UTC". */
char *time_in(enum language language, char *to, int64_t time_ns);
/*
 * value_in() - a number, size, rate, time or share that a sentence has, as src/base/units wrote it.
 * @is_real: "0.125" is one, too; else a name or address could look like that
 *
 * Returns false, and leaves @to alone, when @text is nothing of the kind.
 */
bool value_in(enum language language, char *to, const char *text, bool is_real);
/* clock_in() - the time of day in UTC: "22:59:08.152". */
char *clock_in(enum language language, char *to, int64_t time_ns);
