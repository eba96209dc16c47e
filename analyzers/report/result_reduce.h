/*
 * A saved result's text with the connections whose role is "other" taken out, as parsing all of it
 * takes nearly all of a comparison's time, and most connections are such: a tenth of the time is
 * left for them. In the place of each stands null, so that the others keep their numbers.
 *
 * It assumes what report_write_json() writes: names of members without escapes (one that is written
 * with some is not known, and its connection stays). Any other bytes are safe, and of JSON it makes
 * JSON. It checks nothing: of text that is none a broken connection may be what is taken out, and
 * the rest be JSON. What is taken out is not needed, so such a file is as good as any; where the
 * rest is none, the caller reads the whole text to tell what is wrong, and where.
 */
#pragma once

#include <stddef.h>

/* result_reduce() - @to has room for @n bytes; it may not be @text. Returns the bytes written. */
size_t result_reduce(char *to, const char *text, size_t n);
