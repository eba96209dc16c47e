/* Results made by hand, for the writers' tests: static data, so nothing is released. */
#pragma once

#include "analyzers/report/report.h"
#include "analyzers/result.h"

/* sample_result() - one wrong migration from HV01 to HV02, seen at two vantage points, and a UDP
 * heartbeat. Everything may be changed before it is written. */
struct result *sample_result(void);
/* sample_write() - what a writer makes of it; valid until the next call. */
const char *sample_write(const struct result *r, const char *format,
                         const struct report_options *options);
/* sample_lines() - how many lines a text has. */
size_t sample_lines(const char *text);

/* A constant where a result owns its text; nobody writes to it. */
#define TEXT(constant) ((char *)(constant))

/* A name as an attacker would give it: colours, a line break, text turned around, Markdown. */
#define HOSTILE TEXT("\033[31mEvil\r\n| a | b |\342\200\256`<b>\xff[x](http://e.vil)")
