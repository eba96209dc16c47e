#include "analyzers/drift/inventory.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "src/base/text.h"

static struct error err;

static int read_text(struct inventory **ret_inventory, const char *json)
{
    AUTO(snapshot) s = NULL;

    cr_assert_eq(snapshot_parse(&s, json, strlen(json), "x.json", &err), 0, "%s", err.text);
    return inventory_read(ret_inventory, s, &err);
}

Test(inventory, sorts_objects_by_their_keys)
{
    AUTO(inventory) i = NULL;
    const struct inventory_section *s;
    char label[INVENTORY_LABEL_BYTES];

    cr_assert_eq(read_text(&i, "{\"Nodes\": {\"b\": {\"Get-VMSwitch\": null}, \"A\": "
                               "{\"Get-NetAdapter\": [{\"Name\": \"z\"}, {\"Name\": \"Y\"}]}}}"),
                 0);
    cr_assert_eq(i->n_owners, 3);
    cr_assert_str_eq(i->owners[1].name, "A");
    s = inventory_section_of(&i->owners[1], "Get-NetAdapter");
    cr_assert(s->is_known);
    cr_assert_eq(s->n_objects, 2);
    cr_assert_str_eq(inventory_label(label, s->kind, &s->objects[0]), "Y");
    cr_assert(inventory_has(s, "Z"));
    cr_assert(!inventory_has(s, "x"));
    s = inventory_section_of(&i->owners[2], "Get-VMSwitch");
    cr_assert(s->is_known && s->n_objects == 0, "none is known to be there");
    cr_assert(!inventory_section_of(&i->owners[2], "Get-NetAdapter")->is_known);
}

Test(inventory, finds_networks_by_name_and_id)
{
    AUTO(inventory) i = NULL;

    cr_assert_eq(read_text(&i, "{\"Get-ClusterNetwork\": {\"Name\": \"LM\", \"Id\": \"{AB}\"}}"),
                 0);
    cr_assert_str_eq(inventory_network_name(i, "ab"), "LM");
    cr_assert_str_eq(inventory_network_id(i, "lm"), "ab");
    cr_assert_null(inventory_network_name(i, "cd"));
    cr_assert_null(inventory_text(i, "Get-Cluster", "Name"));
}

Test(inventory, tells_where_the_trouble_is)
{
    AUTO(inventory) i = NULL;

    cr_assert_eq(read_text(&i, "{\"Nodes\": {\"A\": {\"Get-VMHost\": "
                               "{\"MaximumStorageMigrations\": [1]}}}}"),
                 ERR_INPUT);
    cr_assert(strstr(err.text, "x.json: Nodes.A.Get-VMHost.MaximumStorageMigrations"), "%s",
              err.text);
    cr_assert_eq(read_text(&i, "{\"Nodes\": {\"A\": {}}}"), ERR_INPUT);
}

Test(inventory, has_a_limit_of_hosts)
{
    AUTO_MEMORY char *json = text_copy("{\"Nodes\": {");
    AUTO(inventory) i = NULL;

    for (int n = 0; n <= INVENTORY_MAX_HOSTS; n++) {
        char *longer = text_format("%s%s\"h%d\": {}", json, n ? "," : "", n);

        free(json);
        json = longer;
    }
    {
        AUTO_MEMORY char *whole = text_format("%s}}", json);

        cr_assert_eq(read_text(&i, whole), ERR_LIMIT);
    }
}
