/* The guidance for converged hosts since 2012: which of its points does a host not keep? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyzers/check/rules.h"
#include "analyzers/check/underlay.h"
#include "src/base/auto.h"
#include "src/base/text.h"

enum { JUMBO_BYTES = 9000 };

/* One host at work: its migration vNICs are on one switch. */
struct converged {
    const struct check *check;
    const struct config_host *host;
    struct underlay underlay;
    const struct config_adapter *nics[UNDERLAY_MAX_MEMBERS];
    size_t n_nics;
    struct config_adapter members[UNDERLAY_MAX_MEMBERS];
    size_t n_points; /* not kept */
    char *points;    /* what they are; NULL without memory */
};

/* missed() - one more point that is not kept; @name is part of it, or "". */
static int missed(struct converged *v, const char *text, const char *name, struct error *err)
{
    AUTO_MEMORY char *point = text_format("%s%s", text, name);

    if (!point)
        return error_memory(err);
    text_join(&v->points, "; ", point);
    if (!v->points)
        return error_memory(err);
    v->n_points++;
    return 0;
}

/* ---- the points ---- */

static int point_team(struct converged *v, struct error *err)
{
    if (!v->underlay.has_lbfo_team)
        return 0;
    return missed(v, "Switch Embedded Teaming replaces the team below the switch ",
                  v->underlay.bearer, err);
}

static int point_number(struct converged *v, struct error *err)
{
    char text[96];

    if (v->n_nics >= v->underlay.n_members)
        return 0;
    snprintf(text, sizeof(text), "%zu migration vNIC%s for %zu members, one for each is advised",
             v->n_nics, v->n_nics == 1 ? "" : "s", v->underlay.n_members);
    return missed(v, text, "", err);
}

/* Hyper-V's "LM" is Windows' "vEthernet (LM)". */
static bool is_of(const char *virtual_name, const char *adapter)
{
    size_t n = strlen(virtual_name);

    return strncasecmp(adapter, "vEthernet (", 11) == 0 &&
           strncasecmp(adapter + 11, virtual_name, n) == 0 && strcmp(adapter + 11 + n, ")") == 0;
}

static int is_mapped(const struct converged *v, const char *adapter, struct error *err)
{
    const struct snapshot_node *list = &v->host->sections[SECTION_TEAM_MAPPING];
    struct snapshot_node item, parent;
    const char *text;
    size_t n;
    int r = snapshot_node_count(list, &n, err);

    for (size_t i = 0; r >= 0 && i < n; i++) {
        r = snapshot_node_item(list, i, &item, err);
        if (r <= 0)
            continue;
        parent = snapshot_node_member(&item, "ParentAdapter");
        r = snapshot_node_text(&parent, &text, err);
        if (r > 0 && (strcasecmp(text, adapter) == 0 || is_of(text, adapter)))
            return 1;
    }
    return r < 0 ? r : 0;
}

static int point_mapping(struct converged *v, struct error *err)
{
    if (!v->host->has_section[SECTION_TEAM_MAPPING] || v->underlay.n_members < 2)
        return 0;
    for (size_t i = 0; i < v->n_nics; i++) {
        int r = is_mapped(v, v->nics[i]->name, err);

        if (r < 0)
            return r;
        if (r == 0)
            return missed(v, "no member is mapped to ", v->nics[i]->name, err);
    }
    return 0;
}

static int point_vlan(struct converged *v, struct error *err)
{
    const struct config_host *h = v->host;

    for (size_t i = 0; i < h->n_adapters; i++) {
        const struct config_adapter *a = &h->adapters[i];

        for (size_t k = 0; k < v->n_nics; k++) {
            const struct setting *vlan = &v->nics[k]->settings[ADAPTER_VLAN_ACCESS];
            const struct setting *other = &a->settings[ADAPTER_VLAN_ACCESS];

            if (a->network != v->nics[k]->network && vlan->is_known && other->is_known &&
                vlan->value == other->value)
                return missed(v, "a VLAN for each role, and migration shares one with ", a->name,
                              err);
        }
    }
    return 0;
}

static int point_jumbo(struct converged *v, struct error *err)
{
    for (size_t i = 0; i < v->n_nics; i++) {
        const struct setting *s = &v->nics[i]->settings[ADAPTER_JUMBO];

        if (s->is_known && s->value < JUMBO_BYTES)
            return missed(v, "no jumbo frames on ", v->nics[i]->name, err);
    }
    for (size_t i = 0; i < v->underlay.n_members; i++) {
        const struct setting *s = &v->members[i].settings[ADAPTER_JUMBO];

        if (s->is_known && s->value < JUMBO_BYTES)
            return missed(v, "no jumbo frames on ", v->members[i].name, err);
    }
    return 0;
}

static int point_rdma(struct converged *v, struct error *err)
{
    bool has_rdma = false;

    for (size_t i = 0; i < v->underlay.n_members; i++)
        has_rdma |= v->members[i].settings[ADAPTER_RDMA].value != 0;
    for (size_t i = 0; has_rdma && i < v->n_nics; i++) {
        const struct setting *s = &v->nics[i]->settings[ADAPTER_RDMA];

        if (s->is_known && !s->value)
            return missed(v, "the members have RDMA, and not ", v->nics[i]->name, err);
    }
    return 0;
}

static int (*const points[])(struct converged *v,
                             struct error *err) = { point_team, point_number, point_mapping,
                                                    point_vlan, point_jumbo,  point_rdma };
enum { N_POINTS = sizeof(points) / sizeof(points[0]) };

/* ---- a host ---- */

/* The first migration vNIC names the switch; those on another one are not looked at. */
static int load(struct converged *v, struct error *err)
{
    const struct config_host *h = v->host;
    struct underlay u;
    int r = 0;

    for (size_t i = 0; r >= 0 && i < h->n_adapters && v->n_nics < UNDERLAY_MAX_MEMBERS; i++) {
        const struct config_adapter *a = &h->adapters[i];

        if (!v->check->config.topology.networks[a->network].is_intended)
            continue;
        r = underlay_find(&u, h, a->name, err);
        if (r <= 0 || u.kind != UNDERLAY_SWITCH)
            continue;
        if (v->n_nics == 0)
            v->underlay = u;
        if (strcasecmp(u.bearer, v->underlay.bearer) == 0)
            v->nics[v->n_nics++] = a;
    }
    for (size_t i = 0; r >= 0 && i < v->underlay.n_members; i++) {
        v->members[i].name = v->underlay.members[i];
        r = config_adapter_load(&v->members[i], h, err);
    }
    return r;
}

static int judge(struct check *c, const struct config_host *h, struct error *err)
{
    AUTO_MEMORY struct converged *v = calloc(1, sizeof(*v)); /* its settings are many */
    char path[SNAPSHOT_PATH_BYTES];
    int r;

    if (!v)
        return error_memory(err);
    v->check = c;
    v->host = h;
    v->points = text_copy("");
    r = load(v, err);
    for (size_t i = 0; r >= 0 && v->n_nics > 0 && i < N_POINTS; i++)
        r = points[i](v, err);
    if (r >= 0 && v->n_points > 0)
        r = check_tell(c, snapshot_node_path(path, &h->sections[SECTION_SWITCH]),
                       v->underlay.bearer, NULL, err, "%s: %s", h->name, v->points);
    free(v->points);
    return r < 0 ? r : 0;
}

int rule_converged(struct check *c, struct error *err)
{
    int r = 0;

    for (size_t k = 0; r == 0 && k < c->config.n_hosts; k++)
        r = judge(c, &c->config.hosts[k], err);
    return r;
}
