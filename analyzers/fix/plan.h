/*
 * lmpath fix: what to change so that a snapshot's three layers say the same, as plain data.
 *
 * The writers and --undo read the plan and nothing else. It borrows from the configuration, which
 * must live as long. What the snapshot does not tell, and what somebody else owns, is not changed;
 * a note says so.
 */
#pragma once

#include "analyzers/check/config.h"

enum {
    PLAN_MAX_CHANGES = 16384,
    PLAN_MAX_NOTES = 16384,
    PLAN_MAX_ITEMS = 8192, /* in one value */
};

/* In the order in which they are made. */
enum plan_setting {
    PLAN_ROLE,    /* of a network */
    PLAN_ORDER,   /* of the cluster */
    PLAN_EXCLUDE, /* of the cluster */
    PLAN_ANY_NETWORK,
    PLAN_LIST, /* of a host, as those above and below it */
    PLAN_ENABLED,
    PLAN_PERFORMANCE,
    PLAN_MAXIMUM,
    N_PLAN_SETTINGS
};

struct plan_item {
    char *id;    /* of the order and the exclude list; owned */
    int network; /* that has the id, or NO_NETWORK */
    struct prefix subnet;
    int64_t priority; /* of the subnet, or NO_PRIORITY */
};

struct plan_value {
    int64_t number; /* role, flag, option, maximum */
    struct plan_item *items;
    size_t n_items, capacity;
};

struct plan_change {
    enum plan_setting setting;
    const struct config_host *host; /* NULL: the cluster's */
    int network;                    /* of a role */
    struct plan_value old, new;
};

enum plan_note_kind {
    PLAN_WARNING, /* look at this before running anything */
    PLAN_LEFT,    /* not changed, and why */
};

struct plan_note {
    enum plan_note_kind kind;
    const char *finding; /* "LM406" when it is about one; else NULL */
    char *text;          /* one sentence; owned */
};

struct plan {
    const struct config *config;
    bool is_undo;
    int *intended; /* in the order in which migrations should try them */
    size_t n_intended;
    struct plan_change *changes;
    size_t n_changes, changes_capacity;
    struct plan_note *notes;
    size_t n_notes, notes_capacity;
};

/*
 * plan_make() - what makes the intended networks explicit everywhere.
 * @exclude: "NAME|PREFIX[,...]" that the cluster's exclude list is to hold; NULL: all others
 *
 * Returns 0, ERR_USAGE (@exclude, or no network of the cluster is intended), ERR_INPUT (also a
 * cluster without a name), ERR_LIMIT, ERR_MEMORY; plan_release() is due in any case.
 */
int plan_make(struct plan *p, const struct config *c, const char *exclude, struct error *err);
/* plan_reverse() - turns it into the way back: old and new are swapped, the notes are dropped. */
void plan_reverse(struct plan *p);
void plan_release(struct plan *p);

/* plan_layer(), plan_property(), plan_words() - of a setting: "host-list", "VMMigrationNetwork",
 * "migration networks". */
const char *plan_layer(enum plan_setting setting);
const char *plan_property(enum plan_setting setting);
const char *plan_words(enum plan_setting setting);
/* plan_value_text() - for people. The caller frees it; NULL without memory. */
char *plan_value_text(const struct plan *p, enum plan_setting setting, const struct plan_value *v);
