/* The first line: the verdict in plain words. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "analyzers/report/language.h"
#include "analyzers/result.h"

enum { HEADLINE_BYTES = 1024 };

/* headline_verdict() - "WRONG NETWORK": a constant. */
const char *headline_verdict(enum language language, enum verdict v);
/*
 * headline_text() - "WRONG NETWORK: 100 % of the memory (198 MiB) went over Management, not over
 * Storage1"; without a transfer that decides, the verdict and its first reason. Hostile names in it
 * are harmless.
 */
char *headline_text(enum language language, char to[HEADLINE_BYTES], const struct result *r);
/* headline_says_reasons() - true when it tells what the reasons tell, else it tells the first. */
bool headline_says_reasons(const struct result *r);
