/*
 * Numbers as people read them, for text, Markdown and messages; and back, for options.
 *
 * Each x_text() writes into the caller's buffer (UNITS_TEXT_BYTES is always enough), terminates it
 * and returns it, so that it can stand in an argument list. Sizes use binary units as Windows and
 * Hyper-V do (1 GiB = 2^30), rates decimal ones as networks do (1 Gbit/s = 10^9).
 */
#pragma once

#include <stdint.h>

#include "src/base/error.h"

enum { UNITS_TEXT_BYTES = 48 };

/* "512 bytes", "196.6 MiB", "1.50 TiB" */
char *bytes_text(char *to, uint64_t bytes);
/* "2.26 Gbit/s" */
char *rate_text(char *to, double bits_per_second);
/* "0.73 s", "4 min 12 s", "2 h 05 min" */
char *duration_text(char *to, int64_t duration_ns);
/* RFC 3339 in UTC with nanoseconds: "2026-11-21T22:59:08.152896400Z" */
char *time_text(char *to, int64_t time_ns);
/*
 * time_parse() - what time_text() writes: UTC with "Z", a fraction of 1 to 9 digits or none, the
 * years 1678 to 2261. Returns 0 or ERR_INPUT.
 */
int time_parse(int64_t *ret_time_ns, const char *text, struct error *err);
/* "1 234 567" with thin grouping left to the reader: plain "1,234,567" */
char *count_text(char *to, uint64_t count);
/* "100 %", "99.98 %", "0.02 %": never rounds up to 100 nor down to 0 */
char *percent_text(char *to, double share);

/* bytes_parse() - "16GiB", "8G", "512M", "4096". Returns 0 or ERR_USAGE. */
int bytes_parse(uint64_t *ret_bytes, const char *text, struct error *err);
