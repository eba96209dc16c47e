#include "src/model/snapshot_node.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "src/model/snapshot.h"

static struct snapshot *snapshot;
static struct snapshot_node root;
static struct error err;

static void parse(const char *json)
{
    snapshot = snapshot_free(snapshot);
    cr_assert_eq(snapshot_parse(&snapshot, json, strlen(json), "x.json", &err), 0, "%s", err.text);
    root = snapshot_root(snapshot);
    err.text[0] = '\0';
}

/* The member "v" of a snapshot that has only that. */
static struct snapshot_node value(const char *json)
{
    char whole[512];

    snprintf(whole, sizeof(whole), "{\"v\":%s}", json);
    parse(whole);
    return snapshot_node_member(&root, "v");
}

static void done(void)
{
    snapshot = snapshot_free(snapshot);
}

/* ---- members and lists ---- */

Test(snapshot_node, finds_the_exact_key_before_one_of_other_case)
{
    struct snapshot_node n;
    int64_t i = 0;

    parse("{\"VALUE\":1,\"Value\":2,\"value\":3}");
    n = snapshot_node_member(&root, "Value");
    cr_expect_eq(snapshot_node_integer(&n, &i, &err), 1);
    cr_expect_eq(i, 2);
    n = snapshot_node_member(&root, "vALUE");
    cr_expect_eq(snapshot_node_integer(&n, &i, &err), 1);
    cr_expect_eq(i, 1);
    cr_expect_str_eq(n.key, "VALUE");
    n = snapshot_node_member(&root, "other");
    cr_expect(snapshot_node_is_absent(&n));
    cr_expect_eq(snapshot_node_integer(&n, &i, &err), 0);
    done();
}

Test(snapshot_node, walks_members_in_the_files_order)
{
    struct snapshot_node n = { 0 };
    char keys[8] = "";

    parse("{\"c\":1,\"a\":null,\"b\":[]}");
    while (snapshot_node_next(&n, &root))
        strcat(keys, n.key);
    cr_expect_str_eq(keys, "cab");
    done();
}

static void expect_list(const char *json, int expected_count)
{
    struct snapshot_node list = value(json), item, member;
    int64_t i = 0;
    size_t n = 99;

    cr_assert_eq(snapshot_node_count(&list, &n, &err), 0, "%s", err.text);
    cr_assert_eq((int)n, expected_count, "%s", json);
    for (size_t k = 0; k < n; k++) {
        cr_assert_eq(snapshot_node_item(&list, k, &item, &err), 1, "%s", json);
        member = snapshot_node_member(&item, "i");
        cr_expect_eq(snapshot_node_integer(&member, &i, &err), 1, "%s", json);
        cr_expect_eq(i, (int64_t)k + 1, "%s", json);
    }
    done();
}

Test(snapshot_node, takes_every_form_of_a_list)
{
    expect_list("[{\"i\":1},{\"i\":2}]", 2);
    expect_list("{\"value\":[{\"i\":1},{\"i\":2}],\"Count\":2}", 2);
    expect_list("{\"i\":1}", 1);
    expect_list("{\"i\":1,\"value\":\"text\"}", 1);
    expect_list("[]", 0);
    expect_list("null", 0);
}

Test(snapshot_node, refuses_what_is_no_list_of_objects)
{
    static const char *const bad[] = { "\"x\"", "1", "true" };
    struct snapshot_node list, item;
    size_t n;

    for (size_t i = 0; i < 3; i++) {
        list = value(bad[i]);
        cr_expect_eq(snapshot_node_count(&list, &n, &err), ERR_INPUT, "%s", bad[i]);
        cr_expect_eq(strncmp(err.text, "v: ", 3), 0, "%s", err.text);
    }
    list = value("[null,[],\"System.Object\"]");
    cr_expect_eq(snapshot_node_item(&list, 0, &item, &err), 0);
    cr_expect_eq(snapshot_node_item(&list, 1, &item, &err), ERR_INPUT);
    cr_expect_str_eq(err.text, "v[1]: an array is no object");
    cr_expect_eq(snapshot_node_item(&list, 2, &item, &err), ERR_INPUT);
    cr_expect_str_eq(err.text, "v[2]: 'System.Object' is a flattened object; write the snapshot "
                               "with a larger ConvertTo-Json -Depth");
    done();
}

Test(snapshot_node, has_a_limit_for_lists)
{
    size_t n_bytes = 2 * (SNAPSHOT_MAX_ITEMS + 1) + 16, n = 0;
    char *json = malloc(n_bytes);
    struct snapshot_node list;

    cr_assert(json != NULL);
    strcpy(json, "{\"v\":[0");
    for (int i = 0; i < SNAPSHOT_MAX_ITEMS; i++)
        memcpy(json + 7 + 2 * i, ",0", 2);
    strcpy(json + 7 + 2 * SNAPSHOT_MAX_ITEMS, "]}");
    parse(json);
    list = snapshot_node_member(&root, "v");
    cr_expect_eq(snapshot_node_count(&list, &n, &err), ERR_LIMIT);
    strcpy(json + 5 + 2 * SNAPSHOT_MAX_ITEMS, "]}");
    parse(json);
    list = snapshot_node_member(&root, "v");
    cr_expect_eq(snapshot_node_count(&list, &n, &err), 0);
    cr_expect_eq(n, SNAPSHOT_MAX_ITEMS);
    free(json);
    done();
}

/* ---- scalars ---- */

static void expect_integer(const char *json, int status, int64_t expected)
{
    struct snapshot_node n = value(json);
    int64_t i = -77;

    cr_expect_eq(snapshot_node_integer(&n, &i, &err), status, "%s", json);
    cr_expect_eq(i, status == 1 ? expected : -77, "%s", json);
    cr_expect_eq(err.text[0] != '\0', status < 0, "%s", json);
    done();
}

Test(snapshot_node, reads_an_integer_in_every_form)
{
    expect_integer("70384", 1, 70384);
    expect_integer("\"24\"", 1, 24);
    expect_integer("\" 24 \"", 1, 24);
    expect_integer("-1", 1, -1);
    expect_integer("7.0E4", 1, 70000);
    expect_integer("{\"value\":3,\"Value\":\"ClusterAndClient\"}", 1, 3);
    expect_integer("{\"value__\":3}", 1, 3);
    expect_integer("9223372036854775807", 1, INT64_MAX);
    expect_integer("18446744073709551615", 0, 0);
    expect_integer("\"18446744073709551615\"", 0, 0);
    expect_integer("1.5", 0, 0);
    expect_integer("null", 0, 0);
    expect_integer("\"\"", 0, 0);
    expect_integer("\"x\"", ERR_INPUT, 0);
    expect_integer("\"24x\"", ERR_INPUT, 0);
    expect_integer("true", ERR_INPUT, 0);
    expect_integer("[24]", ERR_INPUT, 0);
    expect_integer("{}", ERR_INPUT, 0);
}

static void expect_bool(const char *json, int status, bool expected)
{
    struct snapshot_node n = value(json);
    bool b = !expected;

    cr_expect_eq(snapshot_node_bool(&n, &b, &err), status, "%s", json);
    cr_expect_eq(b, status == 1 ? expected : !expected, "%s", json);
    cr_expect_eq(err.text[0] != '\0', status < 0, "%s", json);
    done();
}

Test(snapshot_node, reads_a_boolean_in_every_form)
{
    expect_bool("true", 1, true);
    expect_bool("false", 1, false);
    expect_bool("\"True\"", 1, true);
    expect_bool("\"FALSE\"", 1, false);
    expect_bool("1", 1, true);
    expect_bool("\"0\"", 1, false);
    expect_bool("{\"value\":true}", 1, true);
    expect_bool("null", 0, true);
    expect_bool("\"yes\"", ERR_INPUT, true);
    expect_bool("[]", ERR_INPUT, true);
}

static const struct snapshot_word WORDS[] = {
    { "None", 0 },
    { "Cluster", 1 },
    { NULL, 0 },
};

static void expect_enum(const char *json, int status, int expected)
{
    struct snapshot_node n = value(json);
    int i = -77;

    cr_expect_eq(snapshot_node_enum(&n, WORDS, &i, &err), status, "%s", json);
    cr_expect_eq(i, status == 1 ? expected : -77, "%s", json);
    cr_expect_eq(err.text[0] != '\0', status < 0, "%s", json);
    done();
}

Test(snapshot_node, reads_an_enumeration_in_every_form)
{
    expect_enum("1", 1, 1);
    expect_enum("\"1\"", 1, 1);
    expect_enum("\"Cluster\"", 1, 1);
    expect_enum("\"cluster\"", 1, 1);
    expect_enum("\"None\"", 1, 0);
    expect_enum("{\"value\":1,\"Value\":\"Cluster\"}", 1, 1);
    expect_enum("{\"value\":null,\"Value\":\"Cluster\"}", 1, 1);
    expect_enum("{\"Value\":\"Cluster\"}", 1, 1);
    expect_enum("{\"value__\":0}", 1, 0);
    expect_enum("7", 0, 0);
    expect_enum("\"Sideways\"", 0, 0);
    expect_enum("\"\"", 0, 0);
    expect_enum("null", 0, 0);
    expect_enum("[1]", ERR_INPUT, 0);
    expect_enum("true", ERR_INPUT, 0);
    expect_enum("{}", ERR_INPUT, 0);
}

Test(snapshot_node, reads_text_and_nothing_else_as_text)
{
    struct snapshot_node n = value("{\"value\":\"x\",\"DisplayHint\":2}");
    const char *text = NULL;

    cr_expect_eq(snapshot_node_text(&n, &text, &err), 1);
    cr_expect_str_eq(text, "x");
    n = value("null");
    cr_expect_eq(snapshot_node_text(&n, &text, &err), 0);
    n = value("[\"x\"]");
    cr_expect_eq(snapshot_node_text(&n, &text, &err), ERR_INPUT);
    cr_expect_str_eq(err.text, "v: an array is no text");
    done();
}

/* ---- words ---- */

static void expect_words(const char *json, const char *expected)
{
    struct snapshot_node list = value(json);
    struct snapshot_words w;
    char all[256] = "";
    int r;

    snapshot_words_init(&w, &list);
    while ((r = snapshot_words_next(&w, &err)) > 0) {
        strcat(all, w.word);
        strcat(all, "|");
    }
    cr_expect_eq(r, 0, "%s: %s", json, err.text);
    cr_expect_str_eq(all, expected, "%s", json);
    done();
}

Test(snapshot_node, reads_words_in_every_form)
{
    expect_words("[\"10.20.0.0\",\"10.21.0.0\"]", "10.20.0.0|10.21.0.0|");
    expect_words("{\"value\":[\"24\",64],\"Count\":2}", "24|64|");
    expect_words("\"10.20.0.0 10.21.0.0\"", "10.20.0.0|10.21.0.0|");
    expect_words("\" id1 ;id2, ,id3;\"", "id1|id2|id3|");
    expect_words("24", "24|");
    expect_words("[null,\"\",\"a b\"]", "a|b|");
    expect_words("[{\"value\":\"a\"},\"b\"]", "a|b|");
    expect_words("\"System.Collections.Specialized.StringCollection\"", "");
    expect_words("\"\"", "");
    expect_words("null", "");
    expect_words("[]", "");
}

static void expect_bad_words(const char *json, const char *expected)
{
    struct snapshot_node list = value(json);
    struct snapshot_words w;
    int r;

    snapshot_words_init(&w, &list);
    while ((r = snapshot_words_next(&w, &err)) > 0)
        ;
    cr_expect_eq(r, ERR_INPUT, "%s", json);
    cr_expect_str_eq(err.text, expected);
    done();
}

Test(snapshot_node, refuses_what_is_no_word)
{
    expect_bad_words("true", "v: true or false is no list of words");
    expect_bad_words("[\"a\",[]]", "v[1]: an array is no text or number");
    expect_bad_words("{\"value\":[\"a\",{}]}", "v.value[1]: an object is no text or number");
    expect_bad_words("\"0123456789012345678901234567890123456789012345678901234567890123456789"
                     "0123456789012345678901234567890123456789012345678901234567\"",
                     "v: '01234567890123456789012345678901...' is too long");
}

Test(snapshot_node, has_a_limit_for_words)
{
    char *json = malloc(2 * SNAPSHOT_MAX_WORDS + 16);
    struct snapshot_node list;
    struct snapshot_words w;
    int n = 0, r;

    cr_assert(json != NULL);
    strcpy(json, "{\"v\":\"");
    for (int i = 0; i <= SNAPSHOT_MAX_WORDS; i++)
        memcpy(json + 6 + 2 * i, "a ", 2);
    strcpy(json + 6 + 2 * (SNAPSHOT_MAX_WORDS + 1), "\"}");
    parse(json);
    list = snapshot_node_member(&root, "v");
    snapshot_words_init(&w, &list);
    while ((r = snapshot_words_next(&w, &err)) > 0)
        n++;
    cr_expect_eq(r, ERR_LIMIT);
    cr_expect_eq(n, SNAPSHOT_MAX_WORDS);
    free(json);
    done();
}

/* ---- paths ---- */

Test(snapshot_node, tells_where_it_stands)
{
    struct snapshot_node nodes, host, list, item, member;
    char path[SNAPSHOT_PATH_BYTES];

    parse("{\"Nodes\":{\"hv01.lab.example\":{\"Get-X\":{\"value\":[{\"A\":1}]}}}}");
    cr_expect_str_eq(snapshot_node_path(path, &root), "");
    nodes = snapshot_node_member(&root, "Nodes");
    host = snapshot_node_member(&nodes, "HV01.lab.example");
    list = snapshot_node_member(&host, "Get-X");
    cr_assert_eq(snapshot_node_item(&list, 0, &item, &err), 1);
    member = snapshot_node_member(&item, "A");
    cr_expect_str_eq(snapshot_node_path(path, &member),
                     "Nodes[\"hv01.lab.example\"].Get-X.value[0].A");
    done();
}

Test(snapshot_node, keeps_the_end_of_a_long_path)
{
    char json[2 * SNAPSHOT_PATH_BYTES], path[SNAPSHOT_PATH_BYTES];
    struct snapshot_node outer = { 0 }, inner;

    strcpy(json, "{\"");
    memset(json + 2, 'k', 300);
    strcpy(json + 302, "\":{\"Name\":1}}");
    parse(json);
    cr_assert(snapshot_node_next(&outer, &root));
    inner = snapshot_node_member(&outer, "Name");
    snapshot_node_path(path, &inner);
    cr_expect_eq(strlen(path), SNAPSHOT_PATH_BYTES - 1);
    cr_expect_str_eq(path + SNAPSHOT_PATH_BYTES - 1 - 7, "kk.Name");
    done();
}
