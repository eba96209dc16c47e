/*
 * Text for people's eyes. Names and sentences from outside are made fit for a terminal or a page:
 * what would move the cursor, turn the text around or hide in it becomes visible, what is too long
 * is cut. Sentences are wrapped.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { PLAIN_UNCUT = 0 };

/*
 * plain_text() - @text in at most @max_columns columns (PLAIN_UNCUT: as @n_bytes allow).
 * @to: terminated; a cut text ends in "..."
 *
 * Control and format characters, and marks piled up on a character, become \xNN and \uNNNN, bytes
 * that are no UTF-8 a question mark.
 * Returns the columns taken.
 */
unsigned plain_text(char *to, size_t n_bytes, const char *text, unsigned max_columns);
/* plain_write_lines() - @text with the lines it has, plain and uncut, @indent blanks before each.
 */
void plain_write_lines(FILE *out, const char *text, unsigned indent);
/* plain_is_hidden() - a control or format character, or one that is none at all. */
bool plain_is_hidden(uint32_t c);
/* plain_columns() - of a text that plain_text() made. */
unsigned plain_columns(const char *text);

/* Where lines break: @indent blanks before each but the first, which begins at @at_column. */
struct plain_margins {
    unsigned indent;
    unsigned at_column;
    unsigned columns;
};

/*
 * plain_wrap() - write words, one blank between them, a line end behind the last.
 * @out:  NULL: write nothing, count only
 * @text: blanks and line ends separate words; @n_bytes of it, all of them plain
 *
 * Returns the number of lines. A word wider than the line has one of its own.
 */
unsigned plain_wrap(FILE *out, const char *text, size_t n_bytes, struct plain_margins m);
