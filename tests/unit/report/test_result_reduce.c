#include "analyzers/report/result_reduce.h"

#include <criterion/criterion.h>
#include <string.h>

static void expect(const char *text, const char *reduced)
{
    char to[512] = "";
    size_t n = strlen(text);

    cr_assert_lt(n, sizeof(to));
    to[result_reduce(to, text, n)] = '\0';
    cr_expect_str_eq(to, reduced);
}

Test(result_reduce, takes_blanks_from_between_tokens)
{
    expect("{ \"a\" : [ 1 ,\n\t2 ] }\r\n", "{\"a\":[1,2]}");
    expect("{\"a b\": \"c \\\" d\\\\\", \"e\": 1}", "{\"a b\":\"c \\\" d\\\\\",\"e\":1}");
}

Test(result_reduce, leaves_out_connections_of_no_bearing)
{
    expect("{\"connections\": [{\"id\": 1, \"role\": \"other\", \"x\": {\"y\": []}}, "
           "{\"id\": 2, \"role\": \"migration\"}, {\"role\": \"other\"}], \"z\": 1}",
           "{\"connections\":[0,{\"id\":2,\"role\":\"migration\"},0],\"z\":1}");
}

Test(result_reduce, takes_no_other_role_for_a_connections)
{
    expect("{\"networks\": [{\"role\": \"other\"}]}", "{\"networks\":[{\"role\":\"other\"}]}");
    expect("{\"x\": {\"connections\": [{\"role\": \"other\"}]}}",
           "{\"x\":{\"connections\":[{\"role\":\"other\"}]}}");
    expect("{\"connections\": [{\"x\": {\"role\": \"other\"}}, {\"client\": \"role\", "
           "\"server\": \"other\"}]}",
           "{\"connections\":[{\"x\":{\"role\":\"other\"}},{\"client\":\"role\",\"server\":"
           "\"other\"}]}");
    expect("{\"connections\": [{\"role\": \"other\", \"role\": \"x\"}]}",
           "{\"connections\":[{\"role\":\"other\",\"role\":\"x\"}]}");
}

Test(result_reduce, takes_any_bytes)
{
    static const char *const texts[] = {
        "\"",      "\"\\",
        "]]]}}}",  "{\"connections\":[{\"role\":\"other\"",
        "[{}]}]{", "{\"connections\":[[]],\"connections\":{\"role\":\"other\"}}}",
    };
    char to[128];

    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        cr_expect_leq(result_reduce(to, texts[i], strlen(texts[i])), strlen(texts[i]));
}
