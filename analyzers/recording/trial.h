/*
 * A recording made around commands: the background first, then each command with the user's own
 * terminal, then what traffic follows it.
 */
#pragma once

#include "analyzers/recording/recording.h"
#include "src/base/error.h"

struct trial {
    char **words[2]; /* the command and the one for the way back; NULL-ended, NULL: none */
    unsigned n_repeats;
};

/*
 * trial_run() - record, and run all commands in turn; a failed one is the last.
 * @ret_folder: the session's, which the caller frees; set on 0 and 1
 * @err: its text is empty where there is nothing to tell, also when lmpathd has told
 *
 * Returns 0; 1 when something is missing from the session, which @err tells; STATUS_REFUSED or
 * STATUS_MISSING when a command could not be started; a negative code when there is nothing to
 * judge.
 */
int trial_run(const struct trial *t, const struct recording *recording, char **ret_folder,
              struct error *err);
