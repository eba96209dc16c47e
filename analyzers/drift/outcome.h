/* What more than one of drift's writers says. */
#pragma once

#include "analyzers/drift/drift.h"
#include "src/cli/outputs.h"

enum { OUTCOME_TEXT_BYTES = 512, OUTCOME_LONG_BYTES = 4096 };

/* Writers; output_writer, with a struct drift. */
output_writer drift_write_text, drift_write_json, drift_write_markdown, drift_write_junit;

/* drift_headline() - "DRIFT: 2 changes that may move the path, 1 note". Returns @to. */
char *drift_headline(char to[OUTCOME_TEXT_BYTES], const struct drift *d);
/* drift_side() - "base.json, cluster LAB, collected 2026-11-21T09:30:00Z". Returns @to. */
char *drift_side(char to[OUTCOME_LONG_BYTES], const struct inventory *i);
/* drift_value() - old_text or new_text, with its unit, at most what fits. Returns @to. */
char *drift_value(char to[OUTCOME_LONG_BYTES], const struct drift_change *c, const char *text);
/* drift_movement() - "1514 -> 9014", "added (priority 1)". Returns @to. */
char *drift_movement(char to[OUTCOME_LONG_BYTES], const struct drift_change *c);
/* drift_node() - the host, or "cluster"; borrowed. */
const char *drift_node(const char *node);
/* drift_gap_what() - "Get-NetAdapter: VLAN" or "host HV03". Returns @to. */
char *drift_gap_what(char to[OUTCOME_TEXT_BYTES], const struct drift_gap *gap);
/* drift_gap_end() - behind the last gap that differs from the one at @from in the host only. */
size_t drift_gap_end(const struct drift *d, size_t from);
