/*
 * The catalogue of findings: everything the program can find, each with a stable id, and how a
 * question adds one.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "analyzers/result.h"
#include "src/base/error.h"

/* A row of the catalogue. All text is constant. */
struct finding_kind {
    const char *id; /* never given to anything else once published */
    enum severity severity;
    const char *title;
    const char *why;    /* why it matters */
    const char *verify; /* how to make sure */
    const char *remedy; /* what to do */
};

/* finding_kind_at() - what an analysis can find, by id, from 0; NULL behind the end. */
const struct finding_kind *finding_kind_at(size_t index);
/* finding_check_kind_at() - the same of a check of the configuration: LM401 and up. */
const struct finding_kind *finding_check_kind_at(size_t index);
/* finding_kind_find() - any of them by id, letter case doesn't matter; NULL: there is none. */
const struct finding_kind *finding_kind_find(const char *id);

/*
 * finding_add() - a finding of the kind @id (which must exist), with the detail that is special to
 * this case.
 *
 * Returns it, for evidence to be added before the next call; NULL without memory.
 */
struct finding *finding_add(struct result *r, const char *id, struct error *err, const char *format,
                            ...) __attribute__((format(printf, 4, 5)));

/* Evidence, kept in the order added. @key is a constant. All return 0 or ERR_MEMORY, also for @f
 * NULL. */
int finding_note_text(struct finding *f, const char *key, const char *text, struct error *err);
int finding_note_count(struct finding *f, const char *key, uint64_t count, struct error *err);
int finding_note_real(struct finding *f, const char *key, double real, struct error *err);

/* findings_sort() - the most severe first, then by id, else as added. */
void findings_sort(struct result *r);
