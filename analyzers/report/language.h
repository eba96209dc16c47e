/* In which language a report is written. Machine output (JSON, JUnit, Prometheus) never is. */
#pragma once

#include "analyzers/report/texts.h"
#include "src/base/error.h"

enum language { LANGUAGE_EN, LANGUAGE_NL, N_LANGUAGES };

#define TEXT_NAME(name, en, nl) TEXT_##name,
enum text { TEXTS(TEXT_NAME) N_TEXTS };
#undef TEXT_NAME

/* language_find() - "en", "nl". Returns 0 or ERR_USAGE. */
int language_find(enum language *ret_language, const char *name, struct error *err);
/* language_name() - "en": as HTML's lang and Word's w:lang have it. */
const char *language_name(enum language language);
/* text_in() - a constant. */
const char *text_in(enum language language, enum text text);
