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

static void expect_kept(const char *text)
{
    expect(text, text);
}

Test(result_reduce, takes_out_connections_of_no_bearing)
{
    expect("{\"connections\": [\n{\"id\": 1, \"role\": \"other\", \"x\": {\"y\": []}},\n"
           "{\"id\": 2, \"role\": \"migration\"}, {\"role\" :\t\"other\"}], \"z\": 1}",
           "{\"connections\": [\nnull,\n{\"id\": 2, \"role\": \"migration\"}, null], \"z\": 1}");
    expect("{\"connections\": [{\"a\": \"\\\"}]\\\\\", \"role\": \"other\"}]}",
           "{\"connections\": [null]}");
}

Test(result_reduce, takes_no_other_role_for_a_connections)
{
    expect_kept("{\"networks\": [{\"role\": \"other\"}]}");
    expect_kept("{\"x\": {\"connections\": [{\"role\": \"other\"}]}}");
    expect_kept("{\"connections\": [{\"x\": {\"role\": \"other\"}}, {\"client\": \"role\", "
                "\"server\": \"other\"}]}");
    expect_kept("{\"connections\": [{\"role\": \"other\", \"role\": \"x\"}]}");
    expect_kept("{\"connections\": [{\"r\\u006fle\": \"other\"}]}");
}

Test(result_reduce, makes_no_token_of_two)
{
    expect_kept("{\"a\": 1 2, \"b\": tr ue}");
    expect("{\"connections\": [1{\"role\": \"other\"}2]}", "{\"connections\": [1null2]}");
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
