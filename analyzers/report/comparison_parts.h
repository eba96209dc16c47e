/* The parts that make a comparison, each in a file of its own; for comparison*.c alone. */
#pragma once

#include "analyzers/report/comparison.h"

/* ---- comparison_rows.c ---- */

/* comparison_counts() - false for a transfer that only may be one. */
bool comparison_counts(const struct result_transfer *t);
/* comparison_intended_bytes() - of a transfer, over intended networks. */
uint64_t comparison_intended_bytes(const struct result *r, const struct result_transfer *t);
/* comparison_has_intended() - does the result know an intended network? */
bool comparison_has_intended(const struct result *r);
/* comparison_measure() - all measures of one run; NAN: unknown. */
void comparison_measure(double to[N_MEASURES], const struct result *r);
/* comparison_spread() - of known values, which it sorts. */
struct spread comparison_spread(double *values, size_t n);
/* comparison_range() - "1.70 s to 1.82 s", "" of one value; into PHRASE_BYTES. */
void comparison_range(char to[PHRASE_BYTES], enum language language, const struct spread *s,
                      char *(*text)(enum language language, char *to, double value));
void comparison_make_rows(struct comparison *c);

/* ---- comparison_set.c ---- */

/*
 * comparison_make_set() - @time: of its runs, tells which is shown.
 *
 * Returns 0 or ERR_MEMORY; what it made so far is released with the comparison.
 */
int comparison_make_set(struct comparison_set *set, enum language language,
                        const struct spread *time, struct error *err);

/* ---- comparison_directions.c ---- */

/* comparison_make_directions() - returns 0 or ERR_MEMORY. */
int comparison_make_directions(struct comparison_set *set, enum language language,
                               struct error *err);

/* ---- comparison_nics.c ---- */

/* comparison_make_nics() - of the run shown. Returns 0 or ERR_MEMORY. */
int comparison_make_nics(struct comparison_set *set, enum language language, struct error *err);

/* ---- comparison_why.c: needs sets and findings ---- */

/* comparison_make_why() - causes, predictions and settings. Returns 0 or ERR_MEMORY. */
int comparison_make_why(struct comparison *c, struct error *err);

/* ---- comparison_words.c: needs rows and sets ---- */

void comparison_make_summary(struct comparison *c);
void comparison_make_symmetry(struct comparison *c);
/* comparison_make_warnings() - returns 0 or ERR_MEMORY. */
int comparison_make_warnings(struct comparison *c, struct error *err);
