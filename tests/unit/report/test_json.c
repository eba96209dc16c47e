#include <criterion/criterion.h>
#include <string.h>

#include "tests/unit/report/sample.h"

static const struct report_options options = { 0 };

static const char *written(const struct result *r)
{
    return sample_write(r, "json", &options);
}

Test(json, is_one_object_with_its_schema)
{
    const char *at = written(sample_result());

    cr_assert(strstr(at, "{\n  \"schema\": \"lmpath.analysis/1\",\n") == at);
    cr_assert(strstr(at, "\n  \"verdict\": \"wrong-network\",\n"));
    cr_assert_str_eq(at + strlen(at) - 3, "\n}\n");
}

Test(json, writes_both_directions_in_full)
{
    cr_assert(strstr(written(sample_result()),
                     "\"client_to_server\": {\"packets\": 3000, \"wire_bytes\": 208132924, "
                     "\"payload_bytes\": 207934924, \"stream_bytes\": 207925976, "
                     "\"retransmitted_bytes\": 8948, \"missing_bytes\": 0, "
                     "\"duplicate_packets\": 0}"));
}

Test(json, takes_a_datagrams_stream_for_its_payload)
{
    cr_assert(strstr(written(sample_result()),
                     "\"payload_bytes\": 522, \"stream_bytes\": 522, \"retransmitted_bytes\": 0, "
                     "\"missing_bytes\": 0"));
}

Test(json, numbers_connections_and_vantage_points_from_one)
{
    const char *at = written(sample_result());

    cr_assert(strstr(at, "\"connections\": [1]"));
    cr_assert(strstr(at, "\"interface\": null, \"interface_id\": 2, \"vlan\": 20, "
                         "\"outer_vlan\": null, \"tunnel\": null"));
}

Test(json, writes_unknown_as_null)
{
    const char *at = written(sample_result());

    cr_assert(strstr(at, "\"vm_memory_bytes\": null"));
    cr_assert(strstr(at, "\"dropped\": 0"));
    cr_assert(strstr(at, "\"dropped\": null"));
    cr_assert(strstr(at, "\"link_type\": null,\n      \"link_type_number\": 999"));
    cr_assert(strstr(at, "\"mss\": {\"client\": 1460, \"server\": null}"));
    cr_assert(strstr(at, "\"sha256\": null"));
}

Test(json, keeps_outside_and_between_networks_apart)
{
    struct result *r = sample_result();
    struct result_transfer_network shares[] = { { NETWORK_CROSS, 20, 0.8 },
                                                { NETWORK_OUTSIDE, 5, 0.2 } };
    const char *at;

    r->transfers[0].networks = shares;
    r->transfers[0].n_networks = 2;
    at = written(r);
    cr_assert(strstr(at, "{\"name\": null, \"kind\": \"cross-network\", \"bytes\": 20, \"share\": "
                         "0.800000}"));
    cr_assert(strstr(at, "{\"name\": null, \"kind\": \"outside\", \"bytes\": 5, \"share\": "
                         "0.200000}"));
}

Test(json, tells_where_an_input_is_damaged)
{
    struct result *r = sample_result();

    r->inputs[0].is_truncated = true;
    r->inputs[0].damage = TEXT("the block's length lies");
    r->inputs[0].damage_offset = 4711;
    cr_assert(strstr(written(r),
                     "\"truncated\": true,\n      \"damage\": \"the block's length lies\","
                     "\n      \"damage_offset\": 4711"));
}

Test(json, escapes_what_names_bring)
{
    struct result *r = sample_result();

    r->networks[1].name = TEXT("a\"b\\c\n\033\xff");
    cr_assert(strstr(written(r), "\"a\\\"b\\\\c\\n\\u001b\\ufffd\""));
}
