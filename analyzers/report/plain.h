/*
 * Names and sentences from outside, made fit for a terminal or a page: what would move the cursor,
 * turn the text around or hide in it becomes visible, what is too long is cut.
 */
#pragma once

#include <stddef.h>

enum { PLAIN_UNCUT = 0 };

/*
 * plain_text() - @text in at most @max_columns columns (PLAIN_UNCUT: as @n_bytes allow).
 * @to: terminated; a cut text ends in "..."
 *
 * Control and format characters become \xNN and \uNNNN, bytes that are no UTF-8 a question mark.
 * Returns the columns taken.
 */
unsigned plain_text(char *to, size_t n_bytes, const char *text, unsigned max_columns);
/* plain_columns() - of a text that plain_text() made. */
unsigned plain_columns(const char *text);
