/* The parts that make a plan, and what they add to it by. */
#pragma once

#include "analyzers/fix/plan.h"

int plan_cluster(struct plan *p, const char *exclude, struct error *err);
int plan_hosts(struct plan *p, struct error *err);

/* plan_add() - @change's values are taken over, also on failure. */
int plan_add(struct plan *p, struct plan_change *change, struct error *err);
/* plan_value_add() - @item's id is copied. */
int plan_value_add(struct plan_value *v, const struct plan_item *item, struct error *err);
void plan_value_release(struct plan_value *v);
/* plan_note() - @finding may be NULL. */
int plan_note(struct plan *p, enum plan_note_kind kind, const char *finding, struct error *err,
              const char *format, ...) __attribute__((format(printf, 5, 6)));

enum { PLAN_NAME_BYTES = 128 };

/* Who is meant, gathered one by one. */
struct plan_names {
    char first[2][PLAN_NAME_BYTES];
    size_t n;
    char text[2 * PLAN_NAME_BYTES + 64];
};

void plan_names_add(struct plan_names *names, const char *name);
/* plan_names_text() - "HV01", "HV01 and HV02", "HV01, HV02 and 3 more"; until more are added. */
const char *plan_names_text(struct plan_names *names);

/* plan_is_atc() - does Network ATC manage this host? Returns 0 or a negative code. */
int plan_is_atc(const struct config_host *h, bool *ret_is_atc, struct error *err);
