#include "analyzers/check/underlay.h"

#include <string.h>
#include <strings.h>

static int text_of(const struct snapshot_node *item, const char *property, const char **ret_text,
                   struct error *err)
{
    struct snapshot_node node = snapshot_node_member(item, property);

    return snapshot_node_text(&node, ret_text, err);
}

/* Is @text the value, or one of the list of values, of a property? Returns 1, 0 or a negative. */
static int has_text(const struct snapshot_node *item, const char *property, const char *text,
                    struct error *err)
{
    struct snapshot_node list = snapshot_node_member(item, property), element;
    const char *found;

    for (size_t i = 0; snapshot_node_element(&list, i, &element); i++) {
        int r = snapshot_node_text(&element, &found, err);

        if (r < 0 || (r > 0 && strcasecmp(found, text) == 0))
            return r;
    }
    return 0;
}

/* find_item() - the section's first object whose property has a text. Returns 1, 0 or a negative.
 */
static int find_item(struct snapshot_node *ret_item, const struct config_host *h,
                     enum section section, const char *property, const char *text,
                     struct error *err)
{
    size_t n = 0;
    int r = h->has_section[section] ? snapshot_node_count(&h->sections[section], &n, err) : 0;

    for (size_t i = 0; r >= 0 && i < n; i++) {
        r = snapshot_node_item(&h->sections[section], i, ret_item, err);
        if (r > 0)
            r = has_text(ret_item, property, text, err);
        if (r > 0)
            return 1;
    }
    return r < 0 ? r : 0;
}

static void add_member(struct underlay *u, const char *name)
{
    if (u->n_members < UNDERLAY_MAX_MEMBERS)
        u->members[u->n_members++] = name;
}

static int add_team(struct underlay *u, const struct snapshot_node *team, struct error *err)
{
    struct snapshot_node list = snapshot_node_member(team, "Members"), element;
    const char *name;
    int r;

    for (size_t i = 0; snapshot_node_element(&list, i, &element); i++) {
        r = snapshot_node_text(&element, &name, err);
        if (r < 0)
            return r;
        if (r > 0)
            add_member(u, name);
    }
    return u->n_members > 0;
}

/* A physical adapter by its description, or the team of the old kind that has it. */
static int add_described(struct underlay *u, const struct config_host *h, const char *description,
                         struct error *err)
{
    struct snapshot_node adapter, team;
    const char *name;
    int r = find_item(&adapter, h, SECTION_ADAPTER, "InterfaceDescription", description, err);

    if (r > 0)
        r = text_of(&adapter, "Name", &name, err);
    if (r <= 0)
        return r;
    r = find_item(&team, h, SECTION_TEAM, "TeamNics", name, err);
    if (r == 0)
        add_member(u, name);
    if (r <= 0)
        return r < 0 ? r : 1;
    u->has_lbfo_team = true;
    return add_team(u, &team, err);
}

static int add_switch(struct underlay *u, const struct config_host *h,
                      const struct snapshot_node *item, struct error *err)
{
    struct snapshot_node list = snapshot_node_member(item, "NetAdapterInterfaceDescriptions");
    struct snapshot_node element;
    const char *description;
    int r;

    if (snapshot_node_is_absent(&list) || snapshot_node_is_null(&list))
        list = snapshot_node_member(item, "NetAdapterInterfaceDescription"); /* before 2016 */
    for (size_t i = 0; snapshot_node_element(&list, i, &element); i++) {
        r = snapshot_node_text(&element, &description, err);
        if (r > 0)
            r = add_described(u, h, description, err);
        if (r <= 0)
            return r;
    }
    return u->n_members > 0;
}

/* Hyper-V's name of "vEthernet (LM)" is what stands in the parentheses. Returns false when it is
 * no such adapter. */
static bool virtual_name(char to[SNAPSHOT_WORD_BYTES], const char *adapter)
{
    static const char prefix[] = "vEthernet (";
    size_t n = strlen(adapter), n_prefix = sizeof(prefix) - 1;

    if (n <= n_prefix || n - n_prefix > SNAPSHOT_WORD_BYTES ||
        strncasecmp(adapter, prefix, n_prefix) != 0 || adapter[n - 1] != ')')
        return false;
    memcpy(to, adapter + n_prefix, n - n_prefix - 1);
    to[n - n_prefix - 1] = '\0';
    return true;
}

static int find_switch(struct underlay *u, const struct config_host *h, const char *name,
                       struct error *err)
{
    struct snapshot_node nic, item;
    int r = find_item(&nic, h, SECTION_VM_NIC, "Name", name, err);

    if (r > 0)
        r = text_of(&nic, "SwitchName", &u->bearer, err);
    if (r > 0)
        r = find_item(&item, h, SECTION_SWITCH, "Name", u->bearer, err);
    u->kind = UNDERLAY_SWITCH;
    return r > 0 ? add_switch(u, h, &item, err) : r;
}

int underlay_of_switch(struct underlay *u, const struct config_host *h,
                       const struct snapshot_node *item, struct error *err)
{
    int r;

    *u = (struct underlay){ .kind = UNDERLAY_SWITCH };
    r = text_of(item, "Name", &u->bearer, err);
    return r > 0 ? add_switch(u, h, item, err) : r;
}

int underlay_find(struct underlay *u, const struct config_host *h, const char *adapter,
                  struct error *err)
{
    char name[SNAPSHOT_WORD_BYTES];
    struct snapshot_node team;
    int r;

    *u = (struct underlay){ .bearer = adapter };
    if (virtual_name(name, adapter))
        return find_switch(u, h, name, err);
    r = find_item(&team, h, SECTION_TEAM, "TeamNics", adapter, err);
    if (r == 0)
        add_member(u, adapter);
    if (r <= 0)
        return r < 0 ? r : 1;
    u->kind = UNDERLAY_TEAM;
    r = text_of(&team, "Name", &u->bearer, err);
    return r > 0 ? add_team(u, &team, err) : r;
}

bool underlay_overlaps(const struct underlay *a, const struct underlay *b)
{
    for (size_t i = 0; i < a->n_members; i++)
        for (size_t k = 0; k < b->n_members; k++)
            if (strcasecmp(a->members[i], b->members[k]) == 0)
                return true;
    return false;
}
