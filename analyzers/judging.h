/*
 * The options that every command shares which comes to a verdict: networks, judging and output; and
 * the way from them to a written result.
 *
 * A command puts a struct judging first into its own option struct, so that the rows here, which
 * are given that struct's address, find it.
 */
#pragma once

#include "analyzers/analysis.h"
#include "analyzers/report/redact.h"
#include "analyzers/report/report.h"
#include "analyzers/word_list.h"
#include "src/base/error.h"
#include "src/cli/options.h"
#include "src/cli/outputs.h"
#include "src/cli/terminal.h"

struct judging {
    struct analysis_options analysis; /* its networks are the list below */
    struct word_list networks;
    struct outputs outputs;
    enum color_choice color;
    enum report_detail detail;
    struct redact_options redact; /* its names are the list below */
    struct word_list redact_names;
};

extern const struct option_row judging_network_rows[]; /* -n, -t */
extern const struct option_row judging_rows[];         /* -e, -m, --min-share */
extern const struct option_row judging_port_rows[];    /* --lm-port, --smb-port */
extern const struct option_row judging_output_rows[];  /* -f, -o, -v, -q, --color */
extern const struct option_row judging_report_rows[];  /* -f, -o, -q of a report */
extern const struct option_row judging_redact_rows[];  /* --redact, --redact-key, --redact-name */

void judging_init(struct judging *o);
void judging_release(struct judging *o);

/* judging_check() - everything that can be wrong with the options, before the work begins. Returns
 * 0 or a negative code. */
int judging_check(struct judging *o, struct error *err);
/*
 * judging_analyze() - analysis_run() with the progress that a terminal is shown, unless quiet.
 * @ret_result is initialized by the caller. Returns 0 or a negative code.
 */
int judging_analyze(struct judging *o, struct result *ret_result, struct error *err);
/* judging_spare() - no output is one of the result's inputs, such as a capture found in a folder.
 * Returns 0 or ERR_USAGE. */
int judging_spare(const struct judging *o, const struct result *result, struct error *err);
/* judging_write() - the result to all outputs, redacted if that is wanted. Returns 0 or a negative
 * code. */
int judging_write(const struct judging *o, const struct result *result, struct error *err);
