/*
 * A snapshot written again so that two of them can be laid side by side: one order of objects and
 * keys, one value a line, enumerations by name, nothing that changes by itself. It is a snapshot
 * itself, and its own baseline.
 */
#pragma once

#include "src/cli/outputs.h"

/* baseline_write() - output_writer, with a struct inventory. */
output_writer baseline_write;
