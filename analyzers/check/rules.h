/*
 * The rules of 'lmpath check'. The next one is a function and a row in check.c's table.
 *
 * A rule looks at what is known and tells what is wrong with it; it returns 0 or a negative code.
 */
#pragma once

#include "analyzers/check/config.h"
#include "analyzers/findings.h"

enum {
    /* two at once, the old default, on 1 Gbit/s: below that each crawls */
    LEAST_BITS_PER_MIGRATION = 500000000,
};

struct check {
    struct config config;
    struct result result; /* its findings */
    const char *rule_id;  /* of the rule at work */
};

typedef int check_rule(struct check *c, struct error *err);

/*
 * check_tell() - a finding of the rule at work.
 * @path, @value: the evidence: JSON path and what stands there; "" leaves them out
 * @powershell:   what mends it, NULL: text alone. Taken over and freed
 */
int check_tell(struct check *c, const char *path, const char *value, char *powershell,
               struct error *err, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* check_tell_setting() - the same about a setting, with its value as a number. */
int check_tell_setting(struct check *c, const struct setting *s, char *powershell,
                       struct error *err, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/*
 * check_items() - have @judge_one look at each object of a section, on each host that has it. It
 * returns 0 or a negative code.
 */
typedef int judge_item(struct check *c, const struct config_host *h,
                       const struct snapshot_node *item, struct error *err);
int check_items(struct check *c, enum section section, judge_item *judge_one, struct error *err);

/* What one host has, of several that should have the same. */
struct sample {
    int64_t value;
    const struct config_host *host;
    const void *of; /* the adapter or entry it stands at; NULL: the host itself */
};

/* check_measure() - the sample whose value most have, the first of those; NULL: there is none.
 * Which of them is right nobody knows, but the odd one out is told. */
const struct sample *check_measure(const struct sample *samples, size_t n);

/* network_is_iscsi() - by its name, which is all that tells. */
bool network_is_iscsi(const struct network *n);

check_rule rule_order_empty, rule_stale_ids, rule_ordered_and_excluded, rule_intended_excluded,
    rule_intended_not_first, rule_management_not_excluded, rule_other_not_excluded,
    rule_no_role_ordered, rule_intended_no_role, rule_intended_for_clients, rule_intended_down,
    rule_intended_partitioned, rule_no_address, rule_several_subnets, rule_heartbeats_shared;
check_rule rule_list_lacks, rule_list_empty, rule_list_extra, rule_list_priorities, rule_list_first,
    rule_list_no_role, rule_any_network, rule_disabled, rule_performance_differs,
    rule_authentication_differs, rule_maximum_differs, rule_credential_guard, rule_too_many;
check_rule rule_two_adapters, rule_slower, rule_frames_differ, rule_vlans_differ, rule_rdma_differs,
    rule_metric, rule_smb_unbound, rule_rss;
check_rule rule_rdma_unused, rule_smb_without_rdma, rule_smb_one_adapter, rule_smb_encrypted,
    rule_smb_limit, rule_cluster_limit, rule_qos_limit;
check_rule rule_delegation, rule_firewall, rule_ipsec;
check_rule rule_network_atc, rule_cluster_overrides, rule_virtual_machine_manager;
check_rule rule_table_rates, rule_table_warns, rule_converged;
