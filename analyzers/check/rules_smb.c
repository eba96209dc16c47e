/* Rules about SMB, and about what limits or blocks migrations. */
#include <stdio.h>
#include <strings.h>

#include "analyzers/check/remedies.h"
#include "analyzers/check/rules.h"
#include "src/base/units.h"

enum { LM_PORT = 6600, BITS = 8 };

/* intended_adapter() - the host's adapter in an intended network, from *at on; NULL behind the
 * last. */
static const struct config_adapter *intended_adapter(const struct check *c,
                                                     const struct config_host *h, size_t *at)
{
    while (*at < h->n_adapters) {
        const struct config_adapter *a = &h->adapters[(*at)++];

        if (c->config.topology.networks[a->network].is_intended)
            return a;
    }
    return NULL;
}

/* for_rdma() - tell of each host whose option is SMB (or not) and whose intended adapters all have
 * RDMA (or none). */
static int for_rdma(struct check *c, bool is_smb, bool has_rdma, const char *option,
                    const char *what, struct error *err)
{
    int r = 0;

    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct setting *s = &h->settings[HOST_PERFORMANCE];
        const struct config_adapter *a;
        size_t at = 0, n = 0, n_fitting = 0;

        if (!s->is_known || (s->value == PERFORMANCE_SMB) != is_smb)
            continue;
        while ((a = intended_adapter(c, h, &at)) != NULL) {
            n++;
            n_fitting += a->settings[ADAPTER_RDMA].is_known &&
                         (a->settings[ADAPTER_RDMA].value != 0) == has_rdma;
        }
        if (n && n == n_fitting)
            r = check_tell_setting(c, s, remedy_option(h->name, option), err, "%s %s", h->name,
                                   what);
    }
    return r;
}

int rule_rdma_unused(struct check *c, struct error *err)
{
    return for_rdma(c, false, true, "SMB",
                    "has RDMA in the intended network and does not migrate over SMB", err);
}

int rule_smb_without_rdma(struct check *c, struct error *err)
{
    return for_rdma(c, true, false, "Compression",
                    "migrates over SMB and has no RDMA in the intended network", err);
}

/* Without RDMA the warning above says more. */
int rule_smb_one_adapter(struct check *c, struct error *err)
{
    int r = 0;

    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct setting *s = &h->settings[HOST_PERFORMANCE];
        size_t at = 0;
        const struct config_adapter *a = intended_adapter(c, h, &at);

        if (!s->is_known || s->value != PERFORMANCE_SMB || !a || intended_adapter(c, h, &at) ||
            !a->settings[ADAPTER_RDMA].is_known || !a->settings[ADAPTER_RDMA].value)
            continue;
        r = check_tell_setting(c, s, NULL, err,
                               "%s migrates over SMB, and %s is its only adapter in an intended "
                               "network",
                               h->name, a->name);
    }
    return r;
}

int rule_smb_encrypted(struct check *c, struct error *err)
{
    int r = 0;

    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct setting *s = &h->settings[HOST_ENCRYPTS];

        if (s->is_known && s->value)
            r = check_tell_setting(c, s, NULL, err, "%s encrypts all SMB", h->name);
    }
    return r;
}

/* ---- limits ---- */

/* fastest_bits() - of the host's intended adapters; 0: not known. */
static int64_t fastest_bits(const struct check *c, const struct config_host *h)
{
    const struct config_adapter *a;
    int64_t fastest = 0;
    size_t at = 0;

    while ((a = intended_adapter(c, h, &at)) != NULL)
        if (a->settings[ADAPTER_SPEED].is_known && a->settings[ADAPTER_SPEED].value > fastest)
            fastest = a->settings[ADAPTER_SPEED].value;
    return fastest;
}

static int integer_of(const struct snapshot_node *item, const char *property, int64_t *ret_value,
                      struct error *err)
{
    struct snapshot_node node = snapshot_node_member(item, property);

    return snapshot_node_integer(&node, ret_value, err);
}

static int tell_limit(struct check *c, const struct config_host *h,
                      const struct snapshot_node *item, const char *property, int64_t bits,
                      const char *what, struct error *err)
{
    struct snapshot_node node = snapshot_node_member(item, property);
    char path[SNAPSHOT_PATH_BYTES], rate[UNITS_TEXT_BYTES], of_link[UNITS_TEXT_BYTES + 32] = "";
    char full[UNITS_TEXT_BYTES];
    int64_t link = fastest_bits(c, h);

    if (bits <= 0 || (link && bits >= link))
        return 0;
    rate_text(rate, (double)bits);
    if (link)
        snprintf(of_link, sizeof(of_link), ", of a link of %s", rate_text(full, (double)link));
    return check_tell(c, snapshot_node_path(path, &node), rate, NULL, err,
                      "%s of %s caps it at %s%s", what, h->name, rate, of_link);
}

/* Names, not numbers: two of Microsoft's pages number the categories differently. */
static int judge_bandwidth(struct check *c, const struct config_host *h,
                           const struct snapshot_node *item, struct error *err)
{
    struct snapshot_node category = snapshot_node_member(item, "Category");
    int64_t bytes = 0;
    const char *text;
    int r;

    if (snapshot_node_text(&category, &text, NULL) <= 0 || strcasecmp(text, "LiveMigration") != 0)
        return 0;
    r = integer_of(item, "BytesPerSecond", &bytes, err);
    if (r <= 0 || bytes <= 0 || bytes > INT64_MAX / BITS)
        return r < 0 ? r : 0;
    return tell_limit(c, h, item, "BytesPerSecond", bytes * BITS, "an SMB bandwidth limit", err);
}

int rule_smb_limit(struct check *c, struct error *err)
{
    return check_items(c, SECTION_BANDWIDTH, judge_bandwidth, err);
}

int rule_cluster_limit(struct check *c, struct error *err)
{
    const struct setting *sets = &c->config.settings[CLUSTER_SETS_LIMIT];
    const struct setting *factor = &c->config.settings[CLUSTER_LIMIT_FACTOR];

    if (!sets->is_known || !sets->value || !factor->is_known)
        return 0;
    return check_tell_setting(c, factor, NULL, err,
                              "the nodes' limit is %.4g %% of all adapters' bandwidth",
                              (double)factor->value / 100);
}

static int judge_policy(struct check *c, const struct config_host *h,
                        const struct snapshot_node *item, struct error *err)
{
    struct snapshot_node template = snapshot_node_member(item, "TemplateMatchCondition");
    int64_t first = 0, last = 0, bits = 0;
    const char *text;
    bool is_template =
        snapshot_node_text(&template, &text, NULL) > 0 && strcasecmp(text, "LiveMigration") == 0;
    int r = integer_of(item, "ThrottleRateAction", &bits, err);

    if (r <= 0)
        return r;
    r = integer_of(item, "IPDstPortStartMatchCondition", &first, err);
    if (r == 0)
        r = integer_of(item, "IPPortMatchCondition", &first, err);
    if (r < 0)
        return r;
    r = integer_of(item, "IPDstPortEndMatchCondition", &last, err);
    if (r < 0)
        return r;
    if (!is_template && (first > LM_PORT || (last ? last : first) < LM_PORT))
        return 0;
    return tell_limit(c, h, item, "ThrottleRateAction", bits,
                      h->settings[HOST_CHIMNEY].value == 1
                          ? "a QoS policy (without effect: TCP Chimney is on)"
                          : "a QoS policy",
                      err);
}

int rule_qos_limit(struct check *c, struct error *err)
{
    return check_items(c, SECTION_QOS, judge_policy, err);
}
