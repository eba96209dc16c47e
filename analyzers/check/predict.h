/* Which path each stated rule picks, for each ordered pair of hosts. A prediction is no verdict. */
#pragma once

#include "analyzers/check/config.h"

enum predict_rule {
    PREDICT_CLUSTER_ORDER, /* first of the order that both have and that is not excluded */
    PREDICT_HOST_LIST,     /* the source's list, lowest priority first */
    PREDICT_METRIC, /* lowest metric first; the lowest of all, which the cluster uses, last */
    PREDICT_SMB,    /* every network whose adapters are as good as the best (Multichannel) */
    N_PREDICT_RULES
};

struct prediction_path {
    const struct config_host *source, *destination;
    enum predict_rule rule;
    int network;                             /* NO_NETWORK: the rule applies, and finds none */
    int source_address, destination_address; /* in the topology; -1: none */
};

struct predictions {
    struct prediction_path *paths; /* by source, destination, rule */
    size_t n_paths, capacity;
};

enum { PREDICTIONS_MAX = 1 << 20 };

/* predictions_make() - a rule that has nothing to go by makes none. Returns 0, ERR_LIMIT or
 * ERR_MEMORY; free(paths) is due in any case. */
int predictions_make(struct predictions *p, const struct config *c, struct error *err);
/* predictions_add_pair() - what the rules pick from one host to another. Returns likewise. */
int predictions_add_pair(struct predictions *p, const struct config *c,
                         const struct config_host *source, const struct config_host *destination,
                         struct error *err);
/* predict_rule_name() - "cluster-order", "host-list", "metric", "smb-multichannel". */
const char *predict_rule_name(enum predict_rule rule);
