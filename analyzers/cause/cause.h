/*
 * Why did the memory go where it went? The path seen is laid beside what the stated rules pick, and
 * the settings that make them pick it are told (docs/cause.md).
 *
 * A cause is never a verdict, and none is told without one: where the verdict is neither wrong nor
 * split, there are predictions and layers only.
 */
#pragma once

#include "analyzers/check/check.h"
#include "analyzers/result.h"
#include "src/base/error.h"

/*
 * cause_find() - fill @r's predictions, layers, checks, causes and cause notes, and add the
 * causes' findings; the check's own ones stay with it.
 * @r: judged; its networks begin with the check's, and hosts are known by the same names
 * @min_share: as for the verdict: what carried less than the rest is no part of the path
 *
 * Returns 0, ERR_LIMIT or ERR_MEMORY.
 */
int cause_find(struct result *r, const struct check *c, double min_share, struct error *err);
