/*
 * A saved result's text with what a comparison doesn't need left out, as reading all of it takes
 * most of a report's time: blanks between tokens, and each connection whose role is "other", in
 * whose place stands RESULT_LEFT_OUT, so that the others keep their numbers.
 *
 * What is left out is not checked: that what stands there is JSON at all is the caller's to find
 * out, by reading the whole text, when the rest can't be read.
 */
#pragma once

#include <stddef.h>

enum { RESULT_LEFT_OUT = 0 }; /* a number, where a result has an object */

/* result_reduce() - @to has room for @n bytes; it may not be @text. Returns the bytes written. */
size_t result_reduce(char *to, const char *text, size_t n);
