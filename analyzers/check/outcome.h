/* What more than one of a check's writers says. */
#pragma once

#include "analyzers/check/writers.h"

enum { OUTCOME_BYTES = 2048 };

/* outcome_headline() - "CHECK FAILED: 1 error, 2 warnings, 0 notes". Returns @to. */
char *outcome_headline(char to[OUTCOME_BYTES], const struct check *c);
/* outcome_intended() - the intended networks, and why. Returns @to. */
char *outcome_intended(char to[OUTCOME_BYTES], const struct check *c);
/* outcome_network() - a name or "no network"; borrowed. */
const char *outcome_network(const struct topology *t, int network);
/* outcome_paths() - how many predictions a rule has for a network (NO_NETWORK too). */
size_t outcome_paths(const struct check_report *r, enum predict_rule rule, int network);
/* outcome_pairs() - for how many pairs of hosts a rule predicts something. */
size_t outcome_pairs(const struct check_report *r, enum predict_rule rule);
