/*
 * lmpath check: what is wrong with a configuration, and which path each stated rule predicts.
 *
 * Sources disagree on which layer decides, so every rule is applied and named, and none
 * of the predictions is a verdict.
 */
#pragma once

#include <stdbool.h>

#include "analyzers/check/rules.h"

struct check_row {
    const char *id; /* of the catalogue */
    const char *layer;
    check_rule *judge;
};

/* check_init() - apply all rules. @expect: intended networks, NULL: those of the snapshot. Returns
 * 0 or as config_init(); check_release() is due in any case. */
int check_init(struct check *c, const struct snapshot *s, const char *expect, struct error *err);
/* check_init_made() - the same with what config_init_made() takes over. */
int check_init_made(struct check *c, const struct snapshot *s, struct topology *made,
                    struct error *err);
void check_release(struct check *c);
/* check_rule_id() - the rules' ids, from 0; NULL behind the end. */
const char *check_rule_id(size_t index);
/* check_layer() - of a finding's id: "network-role", "cluster-order", ...; a constant. */
const char *check_layer(const char *id);
/* check_is_failed() - is there an error or a warning? */
bool check_is_failed(const struct check *c);
