/* A rule as a case of JUnit XML, for the results of an analysis and of a check alike. */
#pragma once

#include <stddef.h>
#include <stdio.h>

#include "analyzers/findings.h"
#include "analyzers/result.h"

struct junit_rule {
    const struct finding_kind *kind;
    const struct finding *findings; /* among which its own are */
    size_t n_findings;
    const char *lacks;        /* why it could not look; NULL: it could */
    enum severity fails_from; /* what is less severe passes with a note */
    const char *missing;      /* behind @lacks: what, in words from outside; "" */
};

/* junit_rule_finding() - the first of its findings; NULL: none. */
const struct finding *junit_rule_finding(const struct junit_rule *rule);
bool junit_rule_fails(const struct junit_rule *rule);
/* junit_write_rule() - the case: failed, passed (with a note), or skipped when it could not look.
 */
void junit_write_rule(FILE *out, const char *suite, const struct junit_rule *rule);
