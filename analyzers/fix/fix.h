/* lmpath fix: the writers of a plan. */
#pragma once

#include "analyzers/fix/plan.h"
#include "src/cli/outputs.h"

struct fix_report {
    const struct plan *plan;
    const char *path;    /* of the snapshot, as it was named */
    const char *expect;  /* as given; NULL: not */
    const char *exclude; /* likewise */
};

/* Writers; output_writer, with a struct fix_report. */
output_writer fix_write_script, fix_write_json;
