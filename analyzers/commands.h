/* lmpath's commands: one row each; main.c dispatches, the manual pages are made from the same. */
#pragma once

#include "src/base/error.h"
#include "src/cli/options.h"

extern const struct command command_lmpath; /* the program itself; its commands are the table */
extern const struct command command_analyze;
extern const struct command command_report;
extern const struct command command_check;
extern const struct command command_drift;
extern const struct command command_fix;
extern const struct command command_explain;
extern const struct command command_record;
extern const struct command command_run;
extern const struct command command_snapshot;
extern const struct command command_watch;
extern const struct command command_ctl;
extern const struct command command_interfaces;
extern const struct command command_help_on;

/* command_find() - by name. Returns 0 or ERR_USAGE (the text suggests the nearest). */
int command_find(const struct command **ret_command, const char *name, struct error *err);
/* command_fail() - the one line on stderr. Returns EXIT_TROUBLE. */
int command_fail(const struct error *err);
