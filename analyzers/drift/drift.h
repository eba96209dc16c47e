/*
 * lmpath drift: what changed between two snapshots of one cluster, by meaning.
 *
 * What one of them doesn't tell is unknown: it is told as a gap, and never as added or removed.
 */
#pragma once

#include "analyzers/drift/inventory.h"

enum { DRIFT_MAX_CHANGES = 500000 };

enum drift_kind { DRIFT_ADDED, DRIFT_REMOVED, DRIFT_CHANGED };

struct drift_change {
    enum drift_kind kind;
    enum layer layer;
    bool is_note;     /* good to know; no drift by itself */
    const char *node; /* NULL: the cluster's */
    const struct section_kind *section;
    const struct setting_kind *setting; /* NULL: the whole object came or went */
    const char *object;                 /* its keys; "" where there is only one */
    const char *what;                   /* "stor1: MTU", "migration network 10.20.0.0/24" */
    const char *old_text, *new_text;    /* NULL: there was none */
    const char *effect;                 /* a sentence */
};

/* What can't be compared, since only one side tells it. */
struct drift_gap {
    const struct section_kind *section; /* NULL: the whole host */
    const struct setting_kind *setting; /* NULL: the whole section */
    bool is_in_base;                    /* else in now */
    const char *node;                   /* NULL: the cluster */
};

struct drift {
    const struct inventory *base, *now; /* borrowed */
    struct drift_change *changes;       /* sorted by layer, setting, node */
    size_t n_changes, changes_capacity;
    struct drift_gap *gaps; /* sorted by section, setting, side: those of one row stand together */
    size_t n_gaps, gaps_capacity;
    bool is_compared[SECTIONS_MAX][SETTINGS_MAX]; /* both sides tell it, of some object */
    struct pool pool;                             /* private */
};

/*
 * drift_init() - compare. @base and @now must live as long; drift_release() is due in any case.
 *
 * Returns 0, ERR_USAGE (they are of two clusters, or have no host in common), ERR_LIMIT,
 * ERR_MEMORY.
 */
int drift_init(struct drift *d, const struct inventory *base, const struct inventory *now,
               struct error *err);
void drift_release(struct drift *d);
/* drift_count() - changes that are notes, or those that are not. */
size_t drift_count(const struct drift *d, bool notes);
const char *drift_kind_name(enum drift_kind kind);
/* drift_gap_is_same() - do two gaps differ in the host only? */
bool drift_gap_is_same(const struct drift_gap *a, const struct drift_gap *b);
