#include "src/model/snapshot.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct error err;

static void expect_refused(const char *json, int code, const char *text)
{
    struct snapshot *s = NULL;

    cr_expect_eq(snapshot_parse(&s, json, strlen(json), "x.json", &err), code, "%s", json);
    cr_expect_eq(s, NULL);
    cr_expect(strncmp(err.text, text, strlen(text)) == 0, "%s", err.text);
}

Test(snapshot, refuses_what_is_no_json_object_and_says_where)
{
    expect_refused("", ERR_INPUT, "x.json: is empty");
    expect_refused(" \r\n", ERR_INPUT, "x.json: is empty");
    expect_refused("[]", ERR_INPUT, "x.json: no JSON object");
    expect_refused("{\"a\":\n 1,}", ERR_INPUT, "x.json: line 2, column 4: no JSON");
    expect_refused("{} {}", ERR_INPUT, "x.json: line 1, column 4: no JSON");
    expect_refused("Get-Cluster : no", ERR_INPUT, "x.json: line 1, column 3: no JSON");
}

Test(snapshot, refuses_another_schema)
{
    expect_refused("{\"schema\":\"lmpath.analysis/1\"}", ERR_INPUT,
                   "x.json: schema: 'lmpath.analysis/1' is no snapshot's 'lmpath.snapshot/1'");
    expect_refused("{\"schema\":\"lmpath.snapshot/2\"}", ERR_INPUT,
                   "x.json: schema: 'lmpath.snapshot/2' is newer than this program's");
    expect_refused("{\"schema\":1}", ERR_INPUT, "x.json: schema: a number is no text");
}

Test(snapshot, refuses_errors_that_are_none)
{
    expect_refused("{\"Errors\":\"none\"}", ERR_INPUT, "x.json: Errors: 'none' is no list");
    expect_refused("{\"Errors\":[{\"Node\":[]}]}", ERR_INPUT, "x.json: Errors[0].Node: an array");
}

Test(snapshot, has_a_limit_for_errors)
{
    size_t n = 3 * ((size_t)SNAPSHOT_MAX_ERRORS + 1);
    char *json = malloc(n + 32);
    char *at = json;

    cr_assert(json != NULL);
    at += sprintf(at, "{\"Errors\":[");
    for (int i = 0; i <= SNAPSHOT_MAX_ERRORS; i++)
        at += sprintf(at, "%s{}", i ? "," : "");
    strcpy(at, "]}");
    expect_refused(json, ERR_LIMIT, "x.json: Errors: more than");
    free(json);
}

Test(snapshot, refuses_a_file_that_is_missing_or_too_large)
{
    struct snapshot *s = NULL;

    cr_expect_eq(snapshot_read(&s, "no/such/snapshot.json", &err), ERR_SYSTEM);
    cr_expect(strstr(err.text, "'no/such/snapshot.json'") != NULL, "%s", err.text);
    cr_expect_eq(snapshot_parse(&s, "", (size_t)SNAPSHOT_MAX_BYTES + 1, "x.json", &err), ERR_LIMIT);
    cr_expect_eq(s, NULL);
}

Test(snapshot, knows_its_name)
{
    struct snapshot *s = NULL;

    cr_assert_eq(snapshot_parse(&s, "{}", 2, "x.json", &err), 0);
    cr_expect_str_eq(snapshot_name(s), "x.json");
    cr_expect_eq(snapshot_free(s), NULL);
    cr_expect_eq(snapshot_free(NULL), NULL);
}

/* ---- sections ---- */

static const char CLUSTER[] =
    "{\"get-cluster\":{\"Name\":\"LAB\"},\"Get-ClusterNetwork\":[],\"Get-ClusterNode\":null,"
    "\"Get-ClusterParameter\":[{\"Name\":\"x\"}],"
    "\"Nodes\":{\"HV01\":{\"Get-VMHost\":{},\"Get-NetAdapter\":[]},"
    "\"HV02\":{\"Get-VMHost\":{},\"Get-NetAdapter\":[]},\"HV03\":{\"Get-VMHost\":{}}},"
    "\"Errors\":[{\"Node\":\"HV01\",\"Cmdlet\":\"Get-ClusterParameter\"},"
    "{\"Node\":\"hv02\",\"Cmdlet\":\"Get-NetAdapter\"},{\"Node\":\"HV03\"}]}";

static bool is_known(const char *host, const char *cmdlet)
{
    AUTO(snapshot) s = NULL;
    struct snapshot_node root, nodes, node, section;

    cr_assert_eq(snapshot_parse(&s, CLUSTER, sizeof(CLUSTER) - 1, "x.json", &err), 0, "%s",
                 err.text);
    root = snapshot_root(s);
    nodes = snapshot_node_member(&root, "Nodes");
    if (!host)
        return snapshot_section(s, &root, cmdlet, &section);
    node = snapshot_node_member(&nodes, host);
    return snapshot_section(s, &node, cmdlet, &section);
}

Test(snapshot_section, is_known_when_it_is_there_even_empty)
{
    cr_expect(is_known(NULL, "Get-Cluster"));
    cr_expect(is_known(NULL, "Get-ClusterNetwork"));
    cr_expect(is_known(NULL, "Get-ClusterNode"));
    cr_expect(is_known("HV01", "Get-NetAdapter"));
}

Test(snapshot_section, is_unknown_when_absent_or_errored)
{
    cr_expect(!is_known(NULL, "Get-ClusterResource"));
    cr_expect(!is_known(NULL, "Get-ClusterParameter"));
    cr_expect(!is_known("HV02", "Get-NetAdapter"));
    cr_expect(!is_known("HV01", "Get-NetIPAddress"));
    cr_expect(!is_known("HV04", "Get-VMHost"));
}

Test(snapshot_section, fails_on_its_own_host_alone)
{
    cr_expect(is_known("HV02", "Get-VMHost"));
    cr_expect(!is_known("HV03", "Get-VMHost"));
}
