/* Does the firewall let migrations in, on the intended addresses and from the peers? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "analyzers/check/rules.h"
#include "analyzers/check/scope.h"

enum { DOMAIN_PROFILE = 1, PRIVATE_PROFILE = 2, PUBLIC_PROFILE = 4, EVERY_PROFILE = 7 };

static const long ports[] = { 6600, 445 };
enum { N_PORTS = 2 };

/* One enabled inbound rule, and what of it is the same for every address. */
struct opening {
    struct snapshot_node item;
    const char *name;
    int action;
    int profiles; /* bits; a profile that is not known is in all of them */
    bool has_port[N_PORTS];
    bool is_for_every_peer;
};

struct openings {
    struct opening *rows;
    size_t n;
};

/* ---- reading the rules ---- */

/* "Any", "6600", "6000-7000", or several. */
static int read_ports(struct opening *o, struct error *err)
{
    struct snapshot_node list = snapshot_node_member(&o->item, "LocalPort");
    struct snapshot_words words;
    int r;

    snapshot_words_init(&words, &list);
    while ((r = snapshot_words_next(&words, err)) > 0) {
        long first = -1, last = -1;
        int n = sscanf(words.word, "%ld-%ld", &first, &last);

        for (int i = 0; i < N_PORTS; i++)
            o->has_port[i] |= strcasecmp(words.word, "Any") == 0 || (n == 1 && first == ports[i]) ||
                              (n == 2 && first <= ports[i] && ports[i] <= last);
    }
    return r;
}

/* A number of bits, or their names; 0 and "Any" are all. */
static int read_profiles(struct opening *o, struct error *err)
{
    static const struct {
        const char *name;
        int bits;
    } names[] = { { "Domain", DOMAIN_PROFILE },
                  { "Private", PRIVATE_PROFILE },
                  { "Public", PUBLIC_PROFILE } };
    struct snapshot_node list = snapshot_node_member(&o->item, "Profile");
    struct snapshot_words words;
    int r;

    snapshot_words_init(&words, &list);
    while ((r = snapshot_words_next(&words, err)) > 0) {
        o->profiles |= (int)strtol(words.word, NULL, 10) & EVERY_PROFILE;
        for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
            if (strcasecmp(words.word, names[i].name) == 0)
                o->profiles |= names[i].bits;
    }
    if (o->profiles == 0)
        o->profiles = EVERY_PROFILE;
    return r;
}

/* A rule that holds for one program only says nothing of the kernel's and vmms's ports, but one
 * for vmms is the usual one: so only a block for a program is left out. */
static bool is_for_program(const struct opening *o)
{
    struct snapshot_node node = snapshot_node_member(&o->item, "Program");
    const char *text;

    return snapshot_node_text(&node, &text, NULL) > 0 && strcasecmp(text, "Any") != 0;
}

static int openings_load(struct openings *to, const struct config_host *h, struct error *err)
{
    const struct snapshot_node *list = &h->sections[SECTION_FIREWALL];
    size_t n;
    int r = snapshot_node_count(list, &n, err);

    to->rows = r < 0 ? NULL : calloc(n + 1, sizeof(*to->rows));
    if (r == 0 && !to->rows)
        return error_memory(err);
    for (size_t i = 0; r >= 0 && i < n; i++) {
        struct opening *o = &to->rows[to->n];
        struct snapshot_node name;

        memset(o, 0, sizeof(*o));
        r = snapshot_node_item(list, i, &o->item, err);
        if (r <= 0 || !scope_is_enabled(&o->item) ||
            scope_enum(&o->item, "Direction", enum_rule_direction) == RULE_OUTBOUND)
            continue;
        o->action = scope_enum(&o->item, "Action", enum_rule_action);
        if (o->action != RULE_ALLOW && (o->action != RULE_BLOCK || is_for_program(o)))
            continue;
        name = snapshot_node_member(&o->item, "DisplayName");
        if (snapshot_node_text(&name, &o->name, NULL) <= 0)
            o->name = "without a name";
        r = read_ports(o, err);
        if (r == 0)
            r = read_profiles(o, err);
        if (r == 0)
            r = scope_is_any(&o->item, "RemoteAddress", err);
        o->is_for_every_peer = r > 0;
        to->n++;
    }
    return r < 0 ? r : 0;
}

/* ---- does one fit? ---- */

/* An adapter's alias may hold blanks: it is a text, not words. */
static int is_for_adapter(const struct opening *o, const char *adapter, struct error *err)
{
    struct snapshot_node list = snapshot_node_member(&o->item, "InterfaceAlias"), element;
    const char *text;
    bool is_empty = true;

    for (size_t i = 0; snapshot_node_element(&list, i, &element); i++) {
        int r = snapshot_node_text(&element, &text, err);

        if (r < 0)
            return r;
        if (r == 0)
            continue;
        is_empty = false;
        if (strcasecmp(text, "Any") == 0 || strcasecmp(text, adapter) == 0)
            return 1;
    }
    return is_empty;
}

/* ---- one address of a host ---- */

/* How near a rule came to letting it in. */
enum reach { NO_RULE, OTHER_PROFILE, OTHER_ADDRESS, OTHER_PEER, OPEN };

struct place {
    const struct config_host *host;
    const char *adapter;
    int network;
    const struct addr *local;
    int profiles; /* the network profile that Windows gave it, or all: not known */
    bool is_off;  /* the firewall, with this profile */
};

static const struct snapshot_word category_words[] = { { "Public", PUBLIC_PROFILE },
                                                       { "Private", PRIVATE_PROFILE },
                                                       { "DomainAuthenticated", DOMAIN_PROFILE },
                                                       { 0 } };
/* the cmdlet's numbers of the same: 0, 1, 2 */
static const int category_bits[] = { PUBLIC_PROFILE, PRIVATE_PROFILE, DOMAIN_PROFILE };

static int category_of(const struct snapshot_node *item)
{
    struct snapshot_node node = snapshot_node_member(item, "NetworkCategory");
    int64_t number;
    int bits;

    if (snapshot_node_integer(&node, &number, NULL) > 0)
        return number >= 0 && number < 3 ? category_bits[number] : EVERY_PROFILE;
    return snapshot_node_enum(&node, category_words, &bits, NULL) > 0 ? bits : EVERY_PROFILE;
}

static int find_profile(struct place *p, struct error *err)
{
    const struct snapshot_node *list = &p->host->sections[SECTION_CONNECTION_PROFILE];
    struct snapshot_node item, alias;
    const char *text;
    size_t n = 0;
    int r = 0;

    p->profiles = EVERY_PROFILE;
    if (p->host->has_section[SECTION_CONNECTION_PROFILE])
        r = snapshot_node_count(list, &n, err);
    for (size_t i = 0; r >= 0 && i < n; i++) {
        r = snapshot_node_item(list, i, &item, err);
        if (r <= 0)
            continue;
        alias = snapshot_node_member(&item, "InterfaceAlias");
        if (snapshot_node_text(&alias, &text, NULL) > 0 && strcasecmp(text, p->adapter) == 0)
            p->profiles = category_of(&item);
    }
    return r < 0 ? r : 0;
}

/* Is it switched off, or open by default, with each profile that the place may have? */
static int find_state(struct place *p, struct error *err)
{
    static const struct snapshot_word names[] = { { "Domain", DOMAIN_PROFILE },
                                                  { "Private", PRIVATE_PROFILE },
                                                  { "Public", PUBLIC_PROFILE },
                                                  { 0 } };
    const struct snapshot_node *list = &p->host->sections[SECTION_FIREWALL_PROFILE];
    struct snapshot_node item, enabled;
    int closed = p->profiles;
    bool is_enabled;
    size_t n = 0;
    int r = 0;

    if (p->host->has_section[SECTION_FIREWALL_PROFILE])
        r = snapshot_node_count(list, &n, err);
    for (size_t i = 0; r >= 0 && i < n; i++) {
        r = snapshot_node_item(list, i, &item, err);
        if (r <= 0)
            continue;
        enabled = snapshot_node_member(&item, "Enabled");
        if ((snapshot_node_bool(&enabled, &is_enabled, NULL) > 0 && !is_enabled) ||
            scope_enum(&item, "DefaultInboundAction", enum_rule_action) == RULE_ALLOW)
            closed &= ~scope_enum(&item, "Name", names);
    }
    p->is_off = closed == 0;
    return r < 0 ? r : 0;
}

/* reach_of() - of one rule, for one peer. Returns an enum reach or a negative code. */
static int reach_of(const struct opening *o, const struct place *p, const struct addr *peer,
                    struct error *err)
{
    int r;

    if (!(o->profiles & p->profiles))
        return OTHER_PROFILE;
    r = is_for_adapter(o, p->adapter, err);
    if (r > 0)
        r = scope_holds(&o->item, "LocalAddress", p->local, err);
    if (r <= 0)
        return r < 0 ? r : OTHER_ADDRESS;
    r = scope_holds(&o->item, "RemoteAddress", peer, err);
    return r > 0 ? OPEN : r < 0 ? r : OTHER_PEER;
}

/* best_reach() - of all rules for a port; a block that fits goes before what allows. */
static int best_reach(const struct openings *list, int port, const struct place *p,
                      const struct addr *peer, const struct opening **ret_rule, struct error *err)
{
    int best = NO_RULE;

    *ret_rule = NULL;
    for (size_t i = 0; i < list->n; i++) {
        const struct opening *o = &list->rows[i];
        int reach = o->has_port[port] ? reach_of(o, p, peer, err) : NO_RULE;

        if (reach < 0)
            return reach;
        if (o->action == RULE_BLOCK && reach == OPEN &&
            (o->profiles & p->profiles) == p->profiles) {
            *ret_rule = o;
            return NO_RULE;
        }
        if (o->action == RULE_ALLOW && reach > best) {
            best = reach;
            *ret_rule = o;
        }
    }
    return best;
}

static int tell_closed(struct check *c, const struct place *p, int port, int reach,
                       const struct opening *o, const char *peer, struct error *err)
{
    const char *network = c->config.topology.networks[p->network].name;
    const char *property = reach == OTHER_PEER      ? "RemoteAddress"
                           : reach == OTHER_PROFILE ? "Profile"
                           : o                      ? "LocalAddress"
                                                    : NULL;
    char path[SNAPSHOT_PATH_BYTES], address[ADDR_TEXT_BYTES];
    struct snapshot_node node =
        property ? snapshot_node_member(&o->item, property) : p->host->sections[SECTION_FIREWALL];

    snapshot_node_path(path, &node);
    addr_text(address, p->local);
    if (!o)
        return check_tell(c, path, "", NULL, err, "no enabled rule of %s lets TCP port %ld in",
                          p->host->name, ports[port]);
    if (o->action == RULE_BLOCK)
        return check_tell(c, path, o->name, NULL, err,
                          "the rule '%s' of %s blocks TCP port %ld on %s (%s)", o->name,
                          p->host->name, ports[port], address, network);
    if (reach == OTHER_PROFILE)
        return check_tell(c, path, o->name, NULL, err,
                          "%s of %s (%s) is on a %s network, and the rule '%s' that lets TCP port "
                          "%ld in is for others",
                          p->adapter, p->host->name, network,
                          p->profiles == PUBLIC_PROFILE    ? "public"
                          : p->profiles == PRIVATE_PROFILE ? "private"
                                                           : "domain",
                          o->name, ports[port]);
    if (reach == OTHER_ADDRESS)
        return check_tell(c, path, o->name, NULL, err,
                          "the rule '%s' of %s lets TCP port %ld in, but not on %s (%s)", o->name,
                          p->host->name, ports[port], address, network);
    return check_tell(c, path, o->name, NULL, err,
                      "the rule '%s' of %s lets TCP port %ld in on %s (%s), but not from %s",
                      o->name, p->host->name, ports[port], address, network, peer);
}

/* Returns 1 when something was told. */
static int judge_place(struct check *c, const struct place *p, const struct openings *list,
                       int port, struct error *err)
{
    const struct topology *t = &c->config.topology;
    const struct opening *o;

    for (size_t k = 0; k < c->config.n_hosts; k++) {
        const struct config_host *peer = &c->config.hosts[k];
        int at = peer->address_of[p->network], reach;

        if (peer == p->host || at < 0)
            continue;
        reach = best_reach(list, port, p, &t->addresses[at].addr, &o, err);
        if (reach < 0)
            return reach;
        if (reach == OPEN && o->is_for_every_peer)
            return 0;
        if (reach == OPEN)
            continue;
        reach = tell_closed(c, p, port, reach, o, peer->name, err);
        return reach < 0 ? reach : 1;
    }
    return 0;
}

/* Port 6600 is asked in SMB mode, too: the migration is arranged over it. A port without any rule
 * is told once, not for each network. */
static int judge_host(struct check *c, const struct config_host *h, struct error *err)
{
    const struct topology *t = &c->config.topology;
    struct openings list = { 0 };
    int n_ports = h->settings[HOST_PERFORMANCE].value == PERFORMANCE_SMB ? N_PORTS : 1;
    int r = openings_load(&list, h, err);

    for (int port = 0; port < n_ports; port++) {
        for (size_t i = 0; r == 0 && i < t->n_networks; i++) {
            struct place p = { .host = h, .network = (int)i };

            if (!t->networks[i].is_intended || h->address_of[i] < 0)
                continue;
            p.local = &t->addresses[h->address_of[i]].addr;
            p.adapter = t->addresses[h->address_of[i]].adapter;
            r = find_profile(&p, err);
            if (r == 0)
                r = find_state(&p, err);
            if (r == 0 && !p.is_off)
                r = judge_place(c, &p, &list, port, err);
        }
        r = r < 0 ? r : 0;
    }
    free(list.rows);
    return r;
}

int rule_firewall(struct check *c, struct error *err)
{
    int r = 0;

    for (size_t k = 0; r >= 0 && k < c->config.n_hosts; k++) {
        const struct config_host *h = &c->config.hosts[k];

        if (h->has_section[SECTION_FIREWALL] && h->settings[HOST_PERFORMANCE].is_known)
            r = judge_host(c, h, err);
    }
    return r < 0 ? r : 0;
}
