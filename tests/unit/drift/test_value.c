#include "analyzers/drift/value.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "analyzers/drift/pool.h"
#include "src/model/snapshot.h"

enum { TEXT_BYTES = 512 };

static struct pool pool;

static void release(void)
{
    pool_release(&pool);
}

static const struct setting_kind role = { "P", FORM_ENUM, .words = enum_network_role };
static const struct setting_kind profile = { "P", FORM_FLAGS, .words = enum_rule_profile };
static const struct setting_kind subnets = { "P", FORM_SUBNETS, .beside = "L", .instead = "A",
                                             .instead_beside = "M" };
static const struct setting_kind none = { "P", FORM_INTEGER, .flags = SETTING_NULL_IS_NONE };
static const struct setting_kind nested = { "P.Q", FORM_INTEGER };

/* Reads a setting of the object that @json is; items joined by '|'. NULL: unknown. */
static const char *read_json(const struct setting_kind *kind, const char *json)
{
    static char text[TEXT_BYTES];
    AUTO(snapshot) s = NULL;
    struct snapshot_node root;
    struct value v;
    size_t used = 0;

    cr_assert_eq(snapshot_parse(&s, json, strlen(json), "x", NULL), 0, "%s", json);
    root = snapshot_root(s);
    if (value_read(&v, kind, &root, &pool, NULL) < 0)
        return "error";
    if (!v.items)
        return NULL;
    if (value_is_none(&v))
        return "(none)";
    text[0] = '\0';
    for (const char *item = value_next(&v, NULL); item; item = value_next(&v, item))
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s", used ? "|" : "", item);
    return text;
}

static void expect(const struct setting_kind *kind, const char *json, const char *text)
{
    const char *found = read_json(kind, json);

    cr_expect(found ? text && strcmp(found, text) == 0 : !text, "%s: %s", json,
              found ? found : "unknown");
}

static void expect_form(enum setting_form form, const char *json, const char *text)
{
    struct setting_kind kind = { "P", form };

    expect(&kind, json, text);
}

Test(value, has_one_form_for_numbers_and_truth, .fini = release)
{
    expect_form(FORM_INTEGER, "{\"P\": 7}", "7");
    expect_form(FORM_INTEGER, "{\"P\": \" 7\"}", "7");
    expect_form(FORM_INTEGER, "{\"P\": 7.0}", "7");
    expect_form(FORM_INTEGER, "{\"p\": {\"value\": 7}}", "7");
    expect_form(FORM_BOOL, "{\"P\": \"True\"}", "true");
    expect_form(FORM_BOOL, "{\"P\": 0}", "false");
    expect(&nested, "{\"P\": {\"Q\": 3}}", "3");
}

Test(value, takes_what_it_does_not_know_as_it_stands, .fini = release)
{
    expect_form(FORM_INTEGER, "{\"P\": \"25 Gbps\"}", "25 Gbps");
    expect_form(FORM_BOOL, "{\"P\": \"NA\"}", "NA");
    expect_form(FORM_ADDRESS, "{\"P\": \"here\"}", "here");
    expect(&role, "{\"P\": 9}", "9");
    expect_form(FORM_INTEGER, "{\"P\": [7]}", "error");
    expect_form(FORM_TEXT, "{\"P\": {\"a\": 1}}", "error");
}

Test(value, knows_unknown_from_none, .fini = release)
{
    expect_form(FORM_INTEGER, "{}", NULL);
    expect_form(FORM_INTEGER, "{\"P\": null}", NULL);
    expect_form(FORM_TEXT, "{\"P\": \"\"}", NULL);
    expect_form(FORM_TEXT, "{\"P\": \"System.Object\"}", NULL);
    expect(&none, "{\"P\": null}", "(none)");
    expect(&none, "{\"P\": \"\"}", "(none)");
    expect(&none, "{}", NULL);
    expect_form(FORM_WORDS, "{\"P\": null}", "");
    expect_form(FORM_WORDS, "{\"P\": []}", "");
    expect_form(FORM_WORDS, "{\"P\": \"System.String[]\"}", NULL);
}

Test(value, names_enumerations, .fini = release)
{
    expect(&role, "{\"P\": 1}", "Cluster");
    expect(&role, "{\"P\": \"1\"}", "Cluster");
    expect(&role, "{\"P\": \"CLUSTER\"}", "Cluster");
    expect(&role, "{\"P\": {\"value\": 1, \"Value\": \"Cluster\"}}", "Cluster");
    expect(&profile, "{\"P\": 3}", "Domain|Private");
    expect(&profile, "{\"P\": \"Private, Domain\"}", "Domain|Private");
    expect(&profile, "{\"P\": 0}", "Any");
    expect(&profile, "{\"P\": 9}", "9|Domain");
}

Test(value, writes_addresses_and_ids_in_one_way, .fini = release)
{
    expect_form(FORM_GUID, "{\"P\": \"{AB-CD}\"}", "ab-cd");
    expect_form(FORM_MAC, "{\"P\": \"00155d0000aa\"}", "00-15-5D-00-00-AA");
    expect_form(FORM_MAC, "{\"P\": \"00:15\"}", "00:15");
    expect_form(FORM_ADDRESS, "{\"P\": \"FE80::0001%12\"}", "fe80::1");
    expect_form(FORM_SUBNET, "{\"P\": \"10.20.0.9/24\"}", "10.20.0.0/24");
    expect_form(FORM_ORDER, "{\"P\": \"{B};a\"}", "b|a");
    expect_form(FORM_NETWORKS, "{\"P\": \"{B};a\"}", "a|b");
    expect_form(FORM_NETWORK, "{\"P\": {\"Name\": \"LM\", \"Id\": \"x\"}}", "LM");
}

Test(value, makes_sets_of_lists, .fini = release)
{
    expect_form(FORM_WORDS, "{\"P\": [\"b\", \"A\", \"a\", 7]}", "7|A|b");
    expect_form(FORM_NAMES, "{\"P\": [\"NIC #2\", \"NIC #1\"]}", "NIC #1|NIC #2");
    expect_form(FORM_NAMES, "{\"P\": \"NIC #2\"}", "NIC #2");
    expect(&subnets, "{\"P\": [\"10.2.0.0\", \"10.1.0.0\"], \"L\": [\"16\", 24]}",
           "10.1.0.0/24|10.2.0.0/16");
    expect(&subnets, "{\"P\": \"System.String[]\", \"A\": \"10.1.0.0\", \"M\": \"255.255.0.0\"}",
           "10.1.0.0/16");
    expect(&subnets, "{\"P\": [\"10.2.0.0\", \"10.1.0.0\"], \"L\": [\"16\"]}", "error");
    expect(&subnets, "{\"P\": [\"10.2.0.0\"]}", NULL);
}

Test(value, compares_names_without_case_and_texts_with, .fini = release)
{
    struct value a = { "LM", 3 }, b = { "lm", 3 }, unknown = { 0 };

    cr_assert_eq(value_compare(FORM_NAME, &a, &b), 0);
    cr_assert_neq(value_compare(FORM_TEXT, &a, &b), 0);
    cr_assert_lt(value_compare(FORM_NAME, &unknown, &a), 0);
    cr_assert_gt(value_compare(FORM_NAME, &a, &unknown), 0);
    cr_assert_eq(value_compare(FORM_NAME, &unknown, &unknown), 0);
}
