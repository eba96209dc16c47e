#include "analyzers/check/check.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/text.h"

static const struct check_row rows[] = {
    { "LM401", "cluster-order", rule_order_empty },
    { "LM402", "cluster-order", rule_stale_ids },
    { "LM403", "cluster-order", rule_ordered_and_excluded },
    { "LM404", "cluster-order", rule_intended_excluded },
    { "LM405", "cluster-order", rule_intended_not_first },
    { "LM406", "cluster-order", rule_management_not_excluded },
    { "LM407", "cluster-order", rule_other_not_excluded },
    { "LM408", "cluster-order", rule_no_role_ordered },
    { "LM410", "network-role", rule_intended_no_role },
    { "LM411", "network-role", rule_intended_for_clients },
    { "LM412", "cluster", rule_intended_down },
    { "LM413", "cluster", rule_intended_partitioned },
    { "LM414", "cluster", rule_no_address },
    { "LM415", "cluster", rule_several_subnets },
    { "LM416", "adapter", rule_two_adapters },
    { "LM417", "host-options", rule_too_many },
    { "LM418", "cluster", rule_heartbeats_shared },
    { "LM420", "host-list", rule_list_lacks },
    { "LM421", "host-list", rule_list_empty },
    { "LM422", "host-list", rule_list_extra },
    { "LM423", "host-list", rule_list_priorities },
    { "LM424", "host-list", rule_list_first },
    { "LM425", "host-list", rule_list_no_role },
    { "LM430", "host-options", rule_any_network },
    { "LM431", "host-options", rule_disabled },
    { "LM432", "host-options", rule_performance_differs },
    { "LM433", "host-options", rule_authentication_differs },
    { "LM434", "host-options", rule_maximum_differs },
    { "LM435", "host-options", rule_credential_guard },
    { "LM436", "host-options", rule_delegation },
    { "LM440", "adapter", rule_slower },
    { "LM441", "adapter", rule_frames_differ },
    { "LM442", "adapter", rule_vlans_differ },
    { "LM443", "adapter", rule_rdma_differs },
    { "LM444", "adapter", rule_metric },
    { "LM445", "smb", rule_smb_unbound },
    { "LM446", "adapter", rule_rss },
    { "LM450", "smb", rule_rdma_unused },
    { "LM451", "smb", rule_smb_without_rdma },
    { "LM452", "smb", rule_smb_encrypted },
    { "LM453", "smb", rule_smb_limit },
    { "LM454", "smb", rule_cluster_limit },
    { "LM455", "host-options", rule_qos_limit },
    { "LM456", "host-options", rule_firewall },
    { "LM457", "host-options", rule_ipsec },
    { "LM458", "smb", rule_smb_one_adapter },
    { "LM460", "host-options", rule_network_atc },
    { "LM461", "cluster", rule_cluster_overrides },
    { "LM462", "host-options", rule_virtual_machine_manager },
    { "LM470", "adapter", rule_table_rates },
    { "LM471", "adapter", rule_table_warns },
    { "LM472", "adapter", rule_converged },
};
enum { N_ROWS = sizeof(rows) / sizeof(rows[0]) };

static int judge(struct check *c, struct error *err)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        int r;

        c->rule_id = rows[i].id;
        r = rows[i].judge(c, err);
        if (r < 0)
            return error_prefix(err, r, "%s", snapshot_name(c->config.snapshot));
    }
    findings_sort(&c->result);
    return 0;
}

int check_init(struct check *c, const struct snapshot *s, const char *expect, struct error *err)
{
    int r;

    memset(c, 0, sizeof(*c));
    result_init(&c->result);
    r = config_init(&c->config, s, expect, err);
    return r < 0 ? r : judge(c, err);
}

int check_init_made(struct check *c, const struct snapshot *s, struct topology *made,
                    struct error *err)
{
    int r;

    memset(c, 0, sizeof(*c));
    result_init(&c->result);
    r = config_init_made(&c->config, s, made, err);
    return r < 0 ? r : judge(c, err);
}

void check_release(struct check *c)
{
    result_release(&c->result);
    config_release(&c->config);
}

const char *check_rule_id(size_t index)
{
    return index < N_ROWS ? rows[index].id : NULL;
}

const char *check_layer(const char *id)
{
    for (size_t i = 0; i < N_ROWS; i++)
        if (strcmp(rows[i].id, id) == 0)
            return rows[i].layer;
    return NULL;
}

bool check_is_failed(const struct check *c)
{
    /* sorted: the most severe is first */
    return c->result.n_findings > 0 && c->result.findings[0].severity != FINDING_INFO;
}

/* ---- telling ---- */

static int tell(struct check *c, const char *path, const char *value, char *powershell,
                struct error *err, const char *format, va_list args)
{
    AUTO_MEMORY char *detail = NULL;
    struct finding *f;
    int r = 0;

    if (text_vformat(&detail, format, args) < 0) {
        free(powershell);
        return error_memory(err);
    }
    f = finding_add(&c->result, c->rule_id, err, "%s", detail);
    if (!f) {
        free(powershell);
        return ERR_MEMORY;
    }
    f->powershell = powershell;
    if (*path)
        r = finding_note_text(f, "path", path, err);
    if (r == 0 && value && *value)
        r = finding_note_text(f, "value", value, err);
    return r;
}

int check_tell(struct check *c, const char *path, const char *value, char *powershell,
               struct error *err, const char *format, ...)
{
    va_list args;
    int r;

    va_start(args, format);
    r = tell(c, path, value, powershell, err, format, args);
    va_end(args);
    return r;
}

int check_tell_setting(struct check *c, const struct setting *s, char *powershell,
                       struct error *err, const char *format, ...)
{
    char path[SNAPSHOT_PATH_BYTES], value[32];
    va_list args;
    int r;

    snprintf(value, sizeof(value), "%" PRId64, s->value);
    snapshot_node_path(path, &s->node);
    va_start(args, format);
    r = tell(c, path, value, powershell, err, format, args);
    va_end(args);
    return r;
}

int check_items(struct check *c, enum section section, judge_item *judge_one, struct error *err)
{
    struct snapshot_node item;
    size_t n;
    int r = 0;

    for (size_t k = 0; r >= 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        if (!h->has_section[section])
            continue;
        r = snapshot_node_count(&h->sections[section], &n, err);
        for (size_t i = 0; r >= 0 && i < n; i++) {
            r = snapshot_node_item(&h->sections[section], i, &item, err);
            if (r > 0)
                r = judge_one(c, h, &item, err);
        }
    }
    return r < 0 ? r : 0;
}

static size_t n_alike(const struct sample *samples, size_t n, int64_t value)
{
    size_t n_found = 0;

    for (size_t i = 0; i < n; i++)
        n_found += samples[i].value == value;
    return n_found;
}

const struct sample *check_measure(const struct sample *samples, size_t n)
{
    const struct sample *best = NULL;
    size_t n_best = 0;

    for (size_t i = 0; i < n; i++) {
        size_t n_found = n_alike(samples, n, samples[i].value);

        if (n_found > n_best) {
            n_best = n_found;
            best = &samples[i];
        }
    }
    return best;
}
