/*
 * Redaction: a result without the names and addresses of those it is about, so that it can be
 * passed on. The result is redacted, not the report: every format tells the same.
 *
 * All that a report is made of is learned first, then rewritten: a name stands for the same in
 * every result and every format. docs/report.md says what is replaced and what is not.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "analyzers/report/comparison.h"
#include "analyzers/report/result_read.h"
#include "src/base/auto.h"

struct redact_options {
    bool is_on;
    const char *key;    /* of the addresses' disguises; NULL: made of what is redacted */
    char *const *names; /* that the user wants gone, too */
    size_t n_names;
};

struct redactor; /* opaque */

int redactor_new(struct redactor **ret_redactor, const struct redact_options *o, struct error *err);
struct redactor *redactor_free(struct redactor *rd);
DEFINE_AUTO(redactor)

/* redactor_learn(), redactor_learn_title() - what may stand in a report: results with where they
 * came from (NULL: no file), and the title. All before the first rewriting. Return 0, ERR_LIMIT or
 * ERR_MEMORY. */
int redactor_learn(struct redactor *rd, const struct result *r, const char *path,
                   struct error *err);
int redactor_learn_title(struct redactor *rd, const struct report_title *title, struct error *err);

/* redactor_rewrite() - a result as it may be passed on, in @ret_saved on success only. Returns 0,
 * ERR_INPUT, ERR_LIMIT or ERR_MEMORY. */
int redactor_rewrite(struct redactor *rd, const struct result *r, struct saved_result *ret_saved,
                     struct error *err);
/* redactor_pseudonym() - of a path or part of a title that was learned; borrowed. NULL of NULL, ""
 * where none is needed. Returns 0 or ERR_MEMORY. */
int redactor_pseudonym(struct redactor *rd, const char *text, const char **ret_pseudonym,
                       struct error *err);
