/* In which language a report is written. Machine output (JSON, JUnit, Prometheus) never is. */
#pragma once

#include <stddef.h>

#include "analyzers/report/texts.h"
#include "src/base/error.h"

enum language { LANGUAGE_EN, LANGUAGE_NL, N_LANGUAGES };

enum { TEXT_MAX_PLACES = 9 };

#define TEXT_NAME(name, en, nl) TEXT_##name,
enum text { TEXT_NONE, TEXTS(TEXT_NAME) N_TEXTS };
#undef TEXT_NAME

/* language_find() - "en", "nl". Returns 0 or ERR_USAGE. */
int language_find(enum language *ret_language, const char *name, struct error *err);
/* language_name() - "en": as HTML's lang and Word's w:lang have it. */
const char *language_name(enum language language);
/* text_in() - a constant; "" for TEXT_NONE. */
const char *text_in(enum language language, enum text text);
/*
 * text_with() - the text with its places filled: "{1} of {2}" by the words that follow, which the
 * languages may have in different orders.
 * @to: terminated, and returned; what is too long is cut between two characters
 */
#define text_with(to, size, language, text, ...)                                                   \
    text_with_words(to, size, language, text, (const char *const[]){ __VA_ARGS__, NULL })
/* @words: up to TEXT_MAX_PLACES, ended by NULL. */
char *text_with_words(char *to, size_t size, enum language language, enum text text,
                      const char *const words[]);
/*
 * text_list() - "A, B and C", and with @n_more "A, B, C and 2 more". It is cut as text_with()'s is.
 */
char *text_list(char *to, size_t size, enum language language, const char *const items[], size_t n,
                size_t n_more);
