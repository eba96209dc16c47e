/* Rules about SMB, and about what limits or blocks migrations. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "analyzers/check/remedies.h"
#include "analyzers/check/rules.h"
#include "src/base/text.h"
#include "src/base/units.h"

enum { LM_PORT = 6600, SMB_PORT = 445, BITS = 8 };

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

/*
 * for_items() - have @judge look at each object of a host's section. It returns 0 or a negative
 * code.
 */
typedef int judge_item(struct check *c, const struct config_host *h,
                       const struct snapshot_node *item, struct error *err);

static int for_items(struct check *c, enum section section, judge_item *judge, struct error *err)
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
                r = judge(c, h, &item, err);
        }
    }
    return r < 0 ? r : 0;
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
    char path[SNAPSHOT_PATH_BYTES], rate[UNITS_TEXT_BYTES];
    int64_t link = fastest_bits(c, h);

    if (bits <= 0 || (link && bits >= link))
        return 0;
    rate_text(rate, (double)bits);
    return check_tell(c, snapshot_node_path(path, &node), rate, NULL, err, "%s of %s caps it at %s",
                      what, h->name, rate);
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
    if (r <= 0 || bytes > INT64_MAX / BITS)
        return r < 0 ? r : 0;
    return tell_limit(c, h, item, "BytesPerSecond", bytes * BITS, "an SMB bandwidth limit", err);
}

int rule_smb_limit(struct check *c, struct error *err)
{
    return for_items(c, SECTION_BANDWIDTH, judge_bandwidth, err);
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
    if (r < 0)
        return r;
    r = integer_of(item, "IPDstPortEndMatchCondition", &last, err);
    if (r < 0)
        return r;
    if (!is_template && (first > LM_PORT || (last ? last : first) < LM_PORT))
        return 0;
    return tell_limit(c, h, item, "ThrottleRateAction", bits, "a QoS policy", err);
}

int rule_qos_limit(struct check *c, struct error *err)
{
    return for_items(c, SECTION_QOS, judge_policy, err);
}

/* ---- what blocks ---- */

static int enum_of(const struct snapshot_node *item, const char *property,
                   const struct snapshot_word *words)
{
    struct snapshot_node node = snapshot_node_member(item, property);
    int value;

    return snapshot_node_enum(&node, words, &value, NULL) > 0 ? value : -1;
}

/* has_port() - "Any", "6600", "6000-7000", or several. Returns 1, 0 or a negative code. */
static int has_port(const struct snapshot_node *item, long port, struct error *err)
{
    struct snapshot_node ports = snapshot_node_member(item, "LocalPort");
    struct snapshot_words words;
    int r;

    snapshot_words_init(&words, &ports);
    while ((r = snapshot_words_next(&words, err)) > 0) {
        long first, last;
        int n = sscanf(words.word, "%ld-%ld", &first, &last);

        if (strcasecmp(words.word, "Any") == 0 || (n == 1 && first == port) ||
            (n == 2 && first <= port && port <= last))
            return 1;
    }
    return r;
}

/* allows() - does a rule let the port in? Returns 1, 0 or a negative code. */
static int allows(const struct config_host *h, long port, struct error *err)
{
    const struct snapshot_node *list = &h->sections[SECTION_FIREWALL];
    struct snapshot_node item;
    size_t n;
    int r = snapshot_node_count(list, &n, err);

    for (size_t i = 0; r >= 0 && i < n; i++) {
        r = snapshot_node_item(list, i, &item, err);
        if (r <= 0 || enum_of(&item, "Enabled", enum_rule_enabled) != RULE_ENABLED ||
            enum_of(&item, "Action", enum_rule_action) != RULE_ALLOW)
            continue;
        r = has_port(&item, port, err);
        if (r != 0)
            return r;
    }
    return r < 0 ? r : 0;
}

int rule_firewall(struct check *c, struct error *err)
{
    char path[SNAPSHOT_PATH_BYTES];
    int r = 0;

    for (size_t k = 0; r >= 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];
        const struct setting *option = &h->settings[HOST_PERFORMANCE];
        int port = option->value == PERFORMANCE_SMB ? SMB_PORT : LM_PORT;

        if (!h->has_section[SECTION_FIREWALL] || !option->is_known)
            continue;
        r = allows(h, port, err);
        if (r == 0)
            r = check_tell(c, snapshot_node_path(path, &h->sections[SECTION_FIREWALL]), "", NULL,
                           err, "no enabled rule of %s lets TCP port %d in", h->name, port);
    }
    return r < 0 ? r : 0;
}

static int judge_ipsec(struct check *c, const struct config_host *h,
                       const struct snapshot_node *item, struct error *err)
{
    struct snapshot_node name = snapshot_node_member(item, "DisplayName");
    char path[SNAPSHOT_PATH_BYTES];
    const char *text;

    if (enum_of(item, "Enabled", enum_rule_enabled) != RULE_ENABLED)
        return 0;
    if (snapshot_node_text(&name, &text, NULL) <= 0)
        text = "without a name";
    return check_tell(c, snapshot_node_path(path, item), text, NULL, err,
                      "the IPsec rule '%s' is in force on %s", text, h->name);
}

int rule_ipsec(struct check *c, struct error *err)
{
    return for_items(c, SECTION_IPSEC, judge_ipsec, err);
}
