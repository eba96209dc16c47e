/* A check's outcome in each format. */
#pragma once

#include <stdbool.h>

#include "analyzers/check/check.h"
#include "analyzers/check/predict.h"
#include "src/cli/outputs.h"

struct check_report {
    const struct check *check;
    const struct predictions *predictions;
    bool is_whole, use_color;
};

/* Each is given a struct check_report. */
output_writer check_write_text, check_write_json, check_write_markdown, check_write_junit;
