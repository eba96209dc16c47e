/*
 * What an adapter with an address is made of: itself, the team that it belongs to, or the virtual
 * switch that it is plugged into; and the physical adapters below.
 */
#pragma once

#include "analyzers/check/config.h"

enum { UNDERLAY_MAX_MEMBERS = 32 };

enum underlay_kind { UNDERLAY_ITSELF, UNDERLAY_TEAM, UNDERLAY_SWITCH };

/* All text is borrowed from the snapshot, or from the caller's adapter name. */
struct underlay {
    enum underlay_kind kind;
    const char *bearer; /* of the switch or team, or the adapter's own name */
    bool has_lbfo_team; /* a switch on a team of the old kind */
    const char *members[UNDERLAY_MAX_MEMBERS];
    size_t n_members;
};

/*
 * underlay_find() - Returns 1; 0 when the sections that would tell are unknown, or don't fit
 * together; or a negative code.
 */
int underlay_find(struct underlay *u, const struct config_host *h, const char *adapter,
                  struct error *err);
/* underlay_of_switch() - of an object of Get-VMSwitch; 0 also when it is no external one. */
int underlay_of_switch(struct underlay *u, const struct config_host *h,
                       const struct snapshot_node *item, struct error *err);
/* underlay_overlaps() - do two of them have a physical adapter in common? */
bool underlay_overlaps(const struct underlay *a, const struct underlay *b);
