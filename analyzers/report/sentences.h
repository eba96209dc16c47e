/*
 * The sentences of results (reasons, titles and details of findings, evidence), which are written
 * in English alone, in the language of a report. A table has the templates from which the code
 * makes them; the one that fits is found, and its Dutch filled with what stood in its places.
 */
#pragma once

#include <stdbool.h>

#include "analyzers/report/language.h"
#include "analyzers/result.h"

enum { SENTENCE_BYTES = 2048 };

/* Where the sentence comes from; a finding's are found by its id, "LM101". */
#define SENTENCE_REASON "reason"
#define SENTENCE_CAUSE "cause"
#define SENTENCE_DAMAGE "damage"
#define SENTENCE_CAUSE "cause"

/*
 * sentence_in() - @sentence in @language.
 * @r:  names in it that are networks of this result are left alone; NULL: none are known
 * @to: SENTENCE_BYTES; as text_with()'s
 *
 * Returns false when no template fits: then @to has it as it is.
 */
bool sentence_in(enum language language, const struct result *r, const char *where, char *to,
                 const char *sentence);
/* phrase_in() - a value of evidence: a phrase without places; any other text, a name, as it is. */
const char *phrase_in(enum language language, const char *text);
/* sentence_key_in() - the name of a finding's evidence; those of no finding are left as they are.
 */
const char *sentence_key_in(enum language language, const char *key);
