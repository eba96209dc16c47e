/*
 * One text, redacted: names become their pseudonyms, addresses and MAC addresses their disguises,
 * wherever in a sentence they stand.
 */
#pragma once

#include "analyzers/report/names.h"
#include "src/base/secret_hash.h"

/* What stands for what. The names are settled. */
struct disguise {
    const struct names *names;
    struct secret_key key;
};

/* text_redact() - a new text; the caller frees it. NULL without memory. */
char *text_redact(const struct disguise *d, const char *text);
/* text_learn() - add the users (DOMAIN\user, user@domain.example) and the paths that stand in a
 * text. Returns as names_add(). */
int text_learn(struct names *names, const char *text, struct error *err);

/* command_redact() - a word of a command: all in it is a name but what is known to be none. The
 * caller frees it; NULL without memory. */
char *command_redact(const struct disguise *d, const char *word);
/* command_learn() - add the names in the words of a command, by the parameters they stand behind.
 * Returns as names_add(). */
int command_learn(struct names *names, const char *const *words, size_t n_words, struct error *err);
